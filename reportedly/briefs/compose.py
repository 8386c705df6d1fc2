"""A brief from a view of a case: its sections, with the claims that they cite as footnotes, its cover and its list of sources."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from reportedly.briefs.document import Brief, Note, Section, Sentence, Source, sentences_of
from reportedly.briefs.forms import UNDATED, flatten, write_when
from reportedly.briefs.sections import SUMMARY, Told, write_sections
from reportedly.exports.places import find_page, make_address
from reportedly.records import Dated, Leaving, Link, Report, View

MARK = "Every sentence cites the claims that carry it"  # on the cover of every brief


def make_brief(
    title: str, view: View, told: Told, leavings: Iterable[Leaving], *, head: str, grade: Callable[[str], str | None] = lambda _: None, own: tuple[Section, ...] = ()
) -> Brief:
    """The brief of a view: the same case and day give the same brief. `head` is the hash of the log up to what it holds; `grade` gives the
    reliability that an outlet was rated with; `own` are an analyst's sections, which stand after the summary."""
    numbers = {report: number for number, report in enumerate(view.reports, start=1)}
    written = write_sections(told)
    first = 1 if written and written[0].heading == SUMMARY else 0
    sections = (*written[:first], *own, *written[first:])
    return Brief(
        flatten(title),
        view.as_of,
        tuple(_cover(view, len(told.reconciled.claims), head)),
        sections,
        tuple(make_notes(sentences_of(sections), told.lines, numbers)),
        tuple(_sources(view, told.reconciled.links, told.reconciled.degraded, numbers, grade)),
        _set_apart(leavings),
    )


def _cover(view: View, claims: int, head: str) -> Iterable[str]:
    yield f"As of {view.as_of}." if view.as_of else "All reports, whatever their date."
    yield f"{_count(len(view.reports), 'report')}, {_count(claims, 'claim')}."
    inferred = sum(report.published.basis == "inferred" for report in view.reports.values())
    if inferred:
        yield f"The day of {_count(inferred, 'report')} is inferred; the list of reports says which."
    if view.undated:
        yield f"{_count(view.undated, 'undated report')} left out."
    if view.known_by:
        yield f"As the ledger stood at the end of {view.known_by} (UTC)."
    if view.withheld:
        yield f"{_count(view.withheld, 'report')} known then {'were' if view.withheld != 1 else 'was'} withheld since."
    yield f"Head of the ledger: {head}."
    yield f"{MARK}: the notes give their words, the report, the characters and the SHA-256 of the original. A copy is no second source."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def make_notes(sentences: Iterable[Sentence], lines: dict[str, Dated], numbers: dict[str, int]) -> Iterable[Note]:
    """The claims that sentences cite, numbered in the order of their first citation."""
    cited = dict.fromkeys(one for sentence in sentences for one in sentence.cites if one in lines)
    for number, claim in enumerate(cited, start=1):
        line = lines[claim]
        report, start, end = line.report, line.claim.start, line.claim.end
        yield Note(
            number,
            claim,
            flatten(line.claim.quote),
            numbers[report.id],
            flatten(report.file),
            start,
            end,
            report.sha256,
            find_page(report, start),
            make_address(report, start, end),
        )


def _sources(view: View, links: Iterable[Link], degraded: frozenset[str], numbers: dict[str, int], grade: Callable[[str], str | None]) -> Iterable[Source]:
    rests: dict[str, list[str]] = defaultdict(list)
    for link in links:
        rests[link.source].append(f"{link.kind} {'with' if link.direction == 'either way' else 'of'} {numbers[link.target]}")
    for copy in degraded:
        rests[copy].append("an original that is not here")
    for report in view.reports.values():
        rating = grade(report.outlet) if report.outlet else None
        yield Source(
            numbers[report.id],
            _published(report) + (" perhaps" if report.id in view.perhaps else ""),
            flatten(report.outlet or "–"),
            flatten(report.title or "–"),
            rating or "not rated",
            "; ".join(rests[report.id]) or "–",
            flatten(report.file),
            report.sha256,
        )


def _published(report: Report) -> str:
    when = report.published.when
    return f"{write_when(when)} ({report.published.basis})" if when else UNDATED


def _set_apart(leavings: Iterable[Leaving]) -> str:
    counts = Counter(leaving.reason for leaving in leavings)
    listed = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
    return f"{listed}. List them with: reportedly leavings CASE" if listed else ""
