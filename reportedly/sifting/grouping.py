"""Pages that belong together, brought together by keys on the engine: the same text, copies of one another, one story.

What decides are the functions that decide in a case; here the reports lie in many files, and only those that share keys meet.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from reportedly.engine import Engine, Lost
from reportedly.errors import EngineProblem
from reportedly.ledger.canonical import read_canonical, write_canonical
from reportedly.lineage.boilerplate import SiteLines, site_of
from reportedly.lineage.candidates import LEAST, find_keys, number_of, pair_up
from reportedly.lineage.classify import Paper
from reportedly.lineage.features import find_features
from reportedly.lineage.links import link_papers
from reportedly.reconciling import stories
from reportedly.records import Link, Report
from reportedly.sifting.kept import BODY, Ref, Table, is_kept, read_refs, read_reports, read_rows
from reportedly.sifting.progress import Watch

_CHUNK = 1_000  # pairs that are compared together: what is prepared for them takes some 70 MB
Pair = tuple[Ref, Ref]
Lines = Mapping[str, tuple[str, ...]]  # of a report, those that are its site's
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Copies:
    """Pages whose text another page has: the rows by file of those that are the very same page as one before, and the ids of the others, each with the first
    report of its text by publication."""

    again: Mapping[str, frozenset[int]]
    first: Mapping[str, str]

    def again_in(self, path: str) -> frozenset[int]:
        """The rows of a file that stand in another, or before."""
        return self.again.get(path, frozenset())


def find_copies(engine: Engine, paths: Sequence[str]) -> Copies:
    """The kept pages that say word for word what another says."""
    again: dict[str, set[int]] = defaultdict(set)
    first: dict[str, str] = {}
    for ref, original in engine.group(paths, _emit_pages, _part_pages, _find_first):
        if ref.report == original:
            again[ref.path].add(ref.row)
        else:
            first[ref.report] = original
    return Copies({path: frozenset(found) for path, found in again.items()}, first)


def _emit_pages(path: str) -> Iterator[tuple[int, tuple[Ref, str]]]:
    for ref, row in read_refs(path):
        yield number_of(ref.report), (ref, row["text_sha256"])


def _part_pages(_key: int, values: list[tuple[Ref, str]]) -> Iterator[tuple[int, tuple[str, Ref, bool]]]:
    """The first page of each id, by its text; and the others, which are the same page again."""
    seen: set[str] = set()
    for ref, text in values:
        yield number_of(text), (text, ref, ref.report in seen)
        seen.add(ref.report)


def _find_first(_key: int, values: list[tuple[str, Ref, bool]]) -> Iterator[tuple[Ref, str]]:
    """Each page but the first of its text, with the first report's id; a page that stands there again with its own."""
    first: dict[str, str] = {}
    for text, ref, is_again in values:
        if is_again:
            yield ref, ref.report
        elif (original := first.setdefault(text, ref.report)) != ref.report:
            yield ref, original


def find_links(engine: Engine, paths: Sequence[str], copies: Copies, watch: Watch) -> list[Link]:
    """Which kept reports rest on which, as `lineage` finds it in a case: by source and target."""
    of_file: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for path, report, lines in engine.group(paths, _emit_sites, _find_lines):
        of_file[path][report] = lines
    asked = [(path, copies.again_in(path), of_file[path]) for path in paths]
    pairs = _in_chunks(engine.group(asked, _emit_keys, _pair_up, _count_pairs))
    chunks = [(chunk, {ref.report: of_file[ref.path].get(ref.report, ()) for pair in chunk for ref in pair}) for chunk in pairs]
    return sorted(_on_all(engine, _link, chunks, watch), key=lambda link: (link.source, link.target))


def _emit_sites(path: str) -> Iterator[tuple[int, tuple[str, str, str]]]:
    for row in read_rows(path, ("report", "record"), is_kept):
        site = site_of(report := read_canonical(row["record"], Report))
        if site:
            yield number_of(site), (report.id, path, row["record"])


def _find_lines(_key: int, values: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The lines of a site's reports that are the site's and not the story's."""
    known = SiteLines()
    known.take({name: read_canonical(record, Report) for name, _, record in values})
    for name, path, _ in values:
        if lines := known.of(name):
            yield path, name, tuple(sorted(lines))


def _lines_of(report: Report, lines: Lines) -> frozenset[str]:
    """The site's lines of a report; those of one without a site are told by their words alone."""
    if site_of(report):
        return frozenset(lines.get(report.id, ()))
    alone = SiteLines()
    alone.take({report.id: report})
    return alone.of(report.id)


def _emit_keys(asked: tuple[str, frozenset[int], Lines]) -> Iterator[tuple[int, Ref]]:
    path, again, lines = asked
    for ref, report in _read_refs(path, again):
        for key in find_keys(find_features(report, _lines_of(report, lines))):
            yield int(key), ref


def _read_refs(path: str, again: frozenset[int]) -> Iterator[tuple[Ref, Report]]:
    for row in read_rows(path, ("report", "published", "record"), is_kept):
        if row["row"] not in again:
            yield Ref(row["published"], row["report"], path, row["row"]), read_canonical(row["record"], Report)


def _pair_up(_key: int, refs: list[Ref]) -> Iterator[tuple[int, Pair]]:
    for one, other in pair_up(refs):
        yield number_of(one.report + other.report), (one, other)


def _count_pairs(_key: int, pairs: list[Pair]) -> Iterator[Pair]:
    """The pairs that share keys enough to be compared."""
    return (pair for pair, times in Counter(pairs).items() if times >= LEAST)


def _in_chunks(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """The pairs, some together: each report near those that it is compared with (depth first, from the earliest), so that it is prepared for few chunks."""
    known: dict[Ref, Ref] = {}  # each page once, though every pair brings its own
    held = sorted((known.setdefault(one, one), known.setdefault(other, other)) for one, other in pairs)
    beside: dict[Ref, list[Ref]] = defaultdict(list)
    for one, other in held:
        beside[one].append(other)
        beside[other].append(one)
    place: dict[Ref, int] = {}
    for start in sorted(beside):
        waiting = [start]
        while waiting:
            ref = waiting.pop()
            if ref not in place:
                place[ref] = len(place)
                waiting += [near for near in reversed(beside[ref]) if near not in place]
    ordered = sorted(held, key=lambda pair: sorted((place[pair[0]], place[pair[1]])))
    return [ordered[at : at + _CHUNK] for at in range(0, len(ordered), _CHUNK)]


def _on_all(engine: Engine, work: Callable[[Item], list[Result]], chunks: Sequence[Item], watch: Watch) -> Iterator[Result]:
    """What `work` makes of all chunks, in no order. Raises EngineProblem where no process lived through one."""
    watch.expect(len(chunks))
    for _, made in engine.map(work, chunks):
        watch.advance(1, 0, 0)
        if isinstance(made, Lost):
            raise EngineProblem(f"reports could not be compared ({made.note}); run the same command again")
        yield from made


def _by_file(pairs: Iterable[Pair]) -> list[tuple[str, frozenset[str]]]:
    """The reports of some pairs, by file."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        for ref in pair:
            wanted[ref.path].add(ref.report)
    return [(path, frozenset(ids)) for path, ids in sorted(wanted.items())]


def _link(asked: tuple[list[Pair], Lines]) -> list[Link]:
    pairs, lines = asked
    reports = (report for path, ids in _by_file(pairs) for report in read_reports(path, ids))
    papers = {report.id: Paper(report, find_features(report, _lines_of(report, lines))) for report in reports}
    found = (link_papers(papers[one.report], papers[other.report]) for one, other in pairs)
    return [link for link in found if link is not None]


def find_stories(engine: Engine, paths: Sequence[str], reports: Iterable[str], copies: Copies, watch: Watch) -> list[tuple[str, ...]]:
    """Which kept reports tell of one happening, as `reconciling` finds it in a case."""
    asked = [(path, copies.again_in(path)) for path in paths]
    pairs = _in_chunks(engine.group(asked, _emit_traits, _pair_traits, _once))
    alike = {(one, other): score for one, other, score in _on_all(engine, _score, pairs, watch)}
    return stories.group_stories(reports, alike)


def _emit_traits(asked: tuple[str, frozenset[int]]) -> Iterator[tuple[int, tuple[stories.Key, Ref]]]:
    """Each report by its keys; its traits are put beside it, for it will be compared with many."""
    with Table(_traits_of(asked[0]), BODY) as table:
        for ref, report in _read_refs(*asked):
            traits = stories.find_traits(report)
            table.add({"report": report.id, "body": write_canonical(traits)})
            for key in stories.find_keys(traits):
                yield number_of(repr(key)), (key, ref)


def _traits_of(path: str) -> Path:
    return Path(path).with_suffix(".traits.parquet")


def _pair_traits(_key: int, values: list[tuple[stories.Key, Ref]]) -> Iterator[tuple[int, Pair]]:
    holders: dict[stories.Key, list[Ref]] = defaultdict(list)
    for key, ref in values:
        holders[key].append(ref)
    for key, refs in holders.items():
        for one, other in stories.pair_up(key, sorted(set(refs), key=lambda ref: ref.report)):
            yield number_of(one.report + other.report), (one, other)


def _once(_key: int, pairs: list[Pair]) -> Iterator[Pair]:
    return iter(sorted(set(pairs)))


def _score(pairs: list[Pair]) -> list[tuple[str, str, float]]:
    traits: dict[str, stories.Traits] = {}
    for path, ids in _by_file(pairs):
        rows = read_rows(_traits_of(path), ("report", "body"), lambda row, ids=ids: row["report"] in ids)  # type: ignore[misc]
        traits |= {row["report"]: read_canonical(row["body"], stories.Traits) for row in rows}
    scores = ((one.report, other.report, stories.compare(traits[one.report], traits[other.report])) for one, other in pairs)
    return [one for one in scores if one[2] >= stories.FAINT]
