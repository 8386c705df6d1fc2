"""All links of a set of reports: candidates by shared keys, compared and classified, and what the reports cite themselves."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping

from reportedly.lineage.boilerplate import SiteLines
from reportedly.lineage.candidates import Keys, Neighbours, find_keys
from reportedly.lineage.citations import Citations
from reportedly.lineage.classify import SHORT, Paper, classify
from reportedly.lineage.compare import compare
from reportedly.lineage.features import find_features
from reportedly.records import Claim, Link, Report

_AT_HAND = 512  # reports whose features are kept while pairs are compared
_MOST = 0.1  # of the reports: where more come or go, all pairs are looked for anew, which is less work
COPIES = ("verbatim", "edited", "rewritten", "translated")  # kinds under which two reports are one voice


class Lineage:
    """The links between the reports taken in so far: a function of the reports and their claims, in whatever order and portions they come."""

    def __init__(self) -> None:
        self._copies, self._citations = Copies(), Citations()

    def take(self, changed: Mapping[str, Report | None], claims: Mapping[str, Iterable[Claim]]) -> None:
        """Take in reports that came, changed or went (None), by id, with their claims in the order of the text."""
        self._copies.take(changed)
        self._citations.take(changed, claims)

    @property
    def links(self) -> list[Link]:
        """All links by source and target. A report that cites another and tells what it told is a digest of it, or of one outlet a
        follow-up; copies are told by their text."""
        found = {(link.source, link.target): link for link in (*self._copies.links, *find_translations(self._copies.reports))}
        by_pair = {frozenset(pair): link for pair, link in found.items()}
        for link in self._citations.links:
            known = by_pair.get(frozenset((link.source, link.target)))
            if known is not None and known.kind in COPIES and not self._is_digest(link, known):
                continue
            if known is not None:
                found.pop((known.source, known.target), None)
            found[link.source, link.target] = link
        return [found[pair] for pair in sorted(found)]

    def _is_digest(self, citation: Link, known: Link) -> bool:
        """Whether what looks like a rewrite is a short account that says whose it is."""
        lengths = [len(self._copies.reports[one].text) for one in (citation.source, citation.target)]
        return citation.kind == "digest" and known.kind == "rewritten" and lengths[0] < SHORT * lengths[1]


def link_papers(first: Paper, second: Paper) -> Link | None:
    """The link that the texts of two reports show, the earlier one first."""
    return classify(first, second, compare(first.features, second.features))


def find_translations(reports: Mapping[str, Report]) -> list[Link]:
    """The links of reports that are given as translations to what they translate, by its id, address or file; none where several fit."""
    translated = sorted((report for report in reports.values() if report.translation_of), key=lambda report: report.id)
    named: dict[str, set[str]] = {}
    for report in reports.values() if translated else ():
        for name in {report.id, report.url, report.file} - {None}:
            named.setdefault(str(name), set()).add(report.id)
    pairs = [(report, named.get(report.translation_of or "", set()) - {report.id}) for report in translated]
    return [Link(one.id, min(meant), "translated", "copies", 1.0, f"given as a translation of {one.translation_of}") for one, meant in pairs if len(meant) == 1]


def find_copies(reports: Mapping[str, Report]) -> list[Link]:
    """The links that the texts of some reports show by themselves."""
    copies = Copies()
    copies.take(reports)
    return copies.links


class Copies:
    """The links that the texts of the reports taken in so far show by themselves. Only keys are kept of them; what is compared is read
    again, a few at a time."""

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {}
        self._lines = SiteLines()
        self._order: list[tuple[str, str]] = []
        self._number: dict[str, int] = {}
        self._name: dict[int, str] = {}
        self._neighbours: Neighbours  # there from the first report on: it loads numpy
        self._papers: dict[str, Paper] = {}
        self._found: dict[frozenset[str], Link] = {}

    def take(self, changed: Mapping[str, Report | None]) -> None:
        """Take in reports that came, changed or went (None), by id."""
        touched = self._lines.take(changed)
        gone = [report for report in sorted(touched) if report in self.reports]
        old_order = {report: self.reports[report].order for report in gone}
        self.reports = {name: report for name, report in self.reports.items() if name not in changed} if gone else self.reports
        self.reports |= {name: report for name, report in changed.items() if report is not None}
        come = [report for report in sorted(touched) if report in self.reports]
        self._found = {pair: link for pair, link in self._found.items() if pair.isdisjoint(touched)}
        for report in touched:
            self._papers.pop(report, None)
        if len(gone) + len(come) > _MOST * len(self.reports):
            self._start_anew()
            return
        doubtful = set[tuple[int, int]]()
        for report in gone:
            del self._order[bisect_left(self._order, old_order[report])]
            doubtful |= self._neighbours.remove(number := self._number.pop(report))
            del self._name[number]
        pairs = set[frozenset[str]]()
        for report in come:
            insort(self._order, order := self.reports[report].order)
            number, partners, apart = self._neighbours.add(self._keys(report), bisect_left(self._order, order))
            self._number[report], self._name[number] = number, report
            doubtful |= apart
            pairs |= {frozenset((report, self._name[other])) for other in partners}
        self._doubt(doubtful, pairs)
        for pair in pairs:
            self._compare(*pair)

    def _doubt(self, doubtful: Iterable[tuple[int, int]], pairs: set[frozenset[str]]) -> None:
        """Look again whether pairs share enough: who stands between two in time decides in what many share."""
        for one, other in doubtful:
            if one not in self._name or other not in self._name:
                continue
            pair = frozenset((self._name[one], self._name[other]))
            if not self._neighbours.share(one, other):
                pairs.discard(pair)
                self._found.pop(pair, None)
            elif pair not in self._found:
                pairs.add(pair)

    def _start_anew(self) -> None:
        self._order = sorted(report.order for report in self.reports.values())
        names = [name for _, name in self._order]
        self._number = {name: number for number, name in enumerate(names)}
        self._name = dict(enumerate(names))
        self._neighbours = Neighbours([self._keys(name) for name in names])
        self._found = {}
        for one, other in self._neighbours.pairs():
            self._compare(names[one], names[other])

    def _compare(self, one: str, other: str) -> None:
        first, second = sorted((one, other), key=lambda name: self.reports[name].order)
        pair = frozenset((one, other))
        if pair not in self._found:
            link = link_papers(self._paper(first), self._paper(second))
            if link is not None:
                self._found[pair] = link

    @property
    def links(self) -> list[Link]:
        """All links by source and target."""
        return sorted(self._found.values(), key=lambda link: (link.source, link.target))

    def _keys(self, report: str) -> "Keys[int]":
        return find_keys(find_features(self.reports[report], self._lines.of(report)))

    def _paper(self, report: str) -> Paper:
        """A report as it is compared."""
        if report not in self._papers:
            if len(self._papers) >= _AT_HAND:
                self._papers.clear()
            self._papers[report] = Paper(self.reports[report], find_features(self.reports[report], self._lines.of(report)))
        return self._papers[report]
