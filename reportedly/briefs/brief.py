"""The brief: who says what, by voice and by the time spoken of; plans apart from what is said to have happened.

Nothing is said here that a report does not say: each line is a quotation with its source. The same claims and day
give the same bytes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reportedly.reconciling.dating import resolve
from reportedly.records import Claim, Leaving, Report, Voice
from reportedly.values import When

_SECTIONS = (
    ("Said to have happened", ("occurred",), "positive"),
    ("Said to be under way, or to hold", ("ongoing",), "positive"),
    ("Said not to have happened, or not to hold", ("occurred", "ongoing"), "negative"),
    ("Planned", ("planned",), None),
    ("Ordered or required", ("required",), None),
    ("Under consideration", ("considered",), None),
    ("Expected", ("predicted",), None),
    ("Conditional or asked", ("hypothetical",), None),
)
_DOUBT = {"probable": "probably", "possible": "possibly"}


@dataclass(frozen=True, slots=True)
class Line:
    """A claim as it stands in the brief, with the time it speaks of."""

    claim: Claim
    report: Report
    when: When | None


def write_brief(title: str, claims: Iterable[Claim], reports: dict[str, Report], as_of: date | None, perhaps: frozenset[str], undated: int, leavings: Iterable[Leaving]) -> str:
    """The brief of a case as Markdown. `reports` are those known on the day; each is numbered by its publication."""
    numbers = {report.id: number for number, report in enumerate(sorted(reports.values(), key=_published), start=1)}
    lines = [Line(claim, reports[claim.report], resolve(claim.when, reports[claim.report])) for claim in claims]
    parts = [_heading(title, as_of, len(numbers), len(lines), undated)]
    for heading, statuses, polarity in _SECTIONS:
        chosen = [line for line in lines if line.claim.status in statuses and polarity in (None, line.claim.polarity)]
        if chosen:
            parts.append(_section(heading, chosen, numbers))
    parts.append(_sources(reports, numbers, perhaps))
    parts.append(_set_apart(leavings, reports))
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(title: str, as_of: date | None, reports: int, claims: int, undated: int) -> str:
    day = f"as of {as_of}" if as_of else "all reports, whatever their date"
    left = f" {undated} undated left out." if undated else ""
    counts = f"{reports} report{'s' * (reports != 1)}, {claims} claims; {day}.{left}"
    return f"# {_plain(title)}\n\n{counts} Each line is a report's own words; who says so stands above it, the time it speaks of before it.\nReports and copies are not counted as independent sources here."


def _section(heading: str, lines: list[Line], numbers: dict[str, int]) -> str:
    by_voice: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_voice[_chain(line.claim.voice)].append(line)
    parts = [f"## {heading}"]
    for voice in sorted(by_voice, key=lambda voice: (min(numbers[line.claim.report] for line in by_voice[voice]), voice)):
        rows = sorted(by_voice[voice], key=lambda line: (_spoken_of(line.when), numbers[line.claim.report], line.claim.trigger_start, line.claim.id))
        parts.append(f"### {voice}\n\n" + "\n".join(_row(line, numbers) for line in rows))
    return "\n\n".join(parts)


def _row(line: Line, numbers: dict[str, int]) -> str:
    claim = line.claim
    time = f"`{line.when.edtf}` " if line.when and line.when.edtf else f"({_plain(claim.when.text)}) " if claim.when else ""
    marks = [word for word in ("not" if claim.polarity == "negative" else "", _DOUBT.get(claim.certainty, "")) if word]
    marks += [f"if: {_plain(claim.condition)}"] if claim.condition else []
    told = _told(claim.voice, line.report)
    note = f" — *{'; '.join(marks)}*" if marks else ""
    return f"- {time}“{_plain(claim.quote)}” · **{_plain(claim.trigger)}**{note}{told} [{numbers[claim.report]}: {claim.start}–{claim.end}]"


def _told(chain: tuple[Voice, ...], report: Report) -> str:
    told = resolve(chain[0].on, report)
    return f" — told {told.edtf}" if told and told.edtf else ""


def _chain(chain: tuple[Voice, ...]) -> str:
    """ "a source in North Korea (anonymous) → Daily NK": who speaks, through whom, to whom."""
    words = [_plain(voice.name or voice.text) + (f" ({voice.kind})" if voice.kind not in ("outlet", "named") else "") for voice in chain]
    return " → ".join(words)


def _sources(reports: dict[str, Report], numbers: dict[str, int], perhaps: frozenset[str]) -> str:
    rows = ["## Reports", "", "| no. | published | outlet | title | file | SHA-256 of the original |", "|---|---|---|---|---|---|"]
    for report in sorted(reports.values(), key=_published):
        when = report.published.when
        day = f"{when.edtf} ({report.published.basis})" if when else "undated"
        cells = (str(numbers[report.id]), day + (" perhaps" if report.id in perhaps else ""), report.outlet or "–", report.title or "–", report.file, report.sha256[:16] + "…")
        rows.append("| " + " | ".join(_plain(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def _set_apart(leavings: Iterable[Leaving], reports: dict[str, Report]) -> str:
    counts = Counter(leaving.reason for leaving in leavings)
    if not counts:
        return ""
    listed = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
    return f"## Set apart\n\n{listed}. List them with `reportedly leavings CASE`."


def _published(report: Report) -> tuple[str, str]:
    when = report.published.when
    return (when.edtf if when else "9999", report.id)


def _spoken_of(when: When | None) -> str:
    if when is None or not when.edtf:
        return "9999"
    return str(when.earliest or when.latest)


def _plain(text: str) -> str:
    """Text that stays text in Markdown: one line, control characters shown, markup escaped."""
    line = "".join(mark if mark.isprintable() else " " if mark.isspace() else f"\\u{ord(mark):04x}" for mark in text)
    line = " ".join(line.split())
    return "".join("\\" + mark if mark in "\\`*_[]<>#" else mark for mark in line)


