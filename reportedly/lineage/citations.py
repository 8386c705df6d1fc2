"""Citations: "Coast Times reported in May that …" names another report by its outlet and, often, its day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from reportedly.lineage.features import weigh_words
from reportedly.records import Aligned, Claim, Link, Report, Voice
from reportedly.values import When, resolve_time
from reportedly.values.places import fold

_TOLD_THERE = 0.5  # of the weight of a citation that an undated report must say to be meant
_MUCH_MORE = 0.15  # and more than a dated one that fits says
_AS_MUCH = 0.04  # of the weight of a citation: a smaller difference tells nothing


def find_citations(claims: Iterable[Claim], reports: Mapping[str, Report]) -> list[Link]:
    """Links from a report to those that its words can mean: of the cited outlet, published in the time they give, and
    before it. Where several fit, each is linked and the reason says so. A report outside the case gives no link."""
    by_report: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_report[claim.report].append(claim)
    known = Citations()
    known.take(reports, by_report)
    return known.links


class Citations:
    """What the reports taken in so far cite of each other."""

    def __init__(self) -> None:
        self._of_outlet: dict[str, dict[str, Report]] = defaultdict(dict)
        self._outlet: dict[str, str] = {}
        self._citing: dict[str, tuple[Report, list[tuple[Claim, Voice]]]] = {}
        self._cited_by: dict[str, set[str]] = defaultdict(set)  # by outlet
        self._links: dict[str, list[Link]] = {}

    def take(self, changed: Mapping[str, Report | None], claims: Mapping[str, Iterable[Claim]]) -> None:
        """Take in reports that came, changed or went (None), by id, with their claims."""
        outlets = {self._outlet[report] for report in changed if report in self._outlet}
        for report, now in changed.items():
            self._forget(report)
            if now is not None:
                self._remember(now, claims.get(report, ()))
        outlets |= {self._outlet[report] for report in changed if report in self._outlet}
        for report in {one for outlet in outlets for one in self._cited_by.get(outlet, ())} | (changed.keys() & self._citing.keys()):
            self._links[report] = self._find(*self._citing[report])

    @property
    def links(self) -> list[Link]:
        """All links by source and target."""
        return [link for report in sorted(self._links) for link in self._links[report]]

    def _forget(self, report: str) -> None:
        if (outlet := self._outlet.pop(report, None)) is not None:
            del self._of_outlet[outlet][report]
        _, citing = self._citing.pop(report, (None, []))
        for _, voice in citing:
            self._cited_by[_name(voice)].discard(report)
        self._links.pop(report, None)

    def _remember(self, report: Report, claims: Iterable[Claim]) -> None:
        if report.outlet:
            self._outlet[report.id] = fold(report.outlet)
            self._of_outlet[fold(report.outlet)][report.id] = report
        citing = [(claim, voice) for claim in claims for voice in claim.voice[:-1] if voice.kind == "report"]
        if citing:
            self._citing[report.id] = report, citing
        for _, voice in citing:
            self._cited_by[_name(voice)].add(report.id)

    def _find(self, report: Report, citing: list[tuple[Claim, Voice]]) -> list[Link]:
        found: dict[str, Link] = {}
        for claim, voice in citing:
            for link in _links_of(claim, voice, report, self._of_outlet.get(_name(voice), {}).values()):
                found.setdefault(link.target, link)
        return [found[target] for target in sorted(found)]


def _name(voice: Voice) -> str:
    """The outlet that a citing voice names."""
    return fold(voice.name or voice.text)


def _links_of(claim: Claim, voice: Voice, citing: Report, of_outlet: Iterable[Report]) -> list[Link]:
    told = resolve_time(voice.on.time, citing.published.when) if voice.on and voice.on.time else None
    possible = [one for one in of_outlet if one.id != citing.id and _is_meant(one, citing, told)]
    fits = _most_alike(claim, possible)
    others = f"; {len(fits)} reports fit" if len(fits) > 1 else f"; of {len(possible)} that fit it says most of this" if len(possible) > 1 else ""
    kind, direction = ("follow-up", "follows") if citing.outlet and fold(citing.outlet) == _name(voice) else ("digest", "cites")
    day = f" of {told.edtf}" if told and told.edtf else ""
    span = Aligned(claim.start, claim.end, 0, 0, 0.0)
    return [Link(citing.id, one.id, kind, direction, round(1 / len(fits), 2), f"cites {voice.text}{day}: “{claim.quote}”{others}", (span,)) for one in fits]


def _most_alike(claim: Claim, reports: list[Report]) -> list[Report]:
    """Of several reports that a citation can mean those that say most of what it tells; all that say about as much."""
    if len(reports) < 2 and all(one.published.when for one in reports):
        return reports
    wanted = weigh_words(claim.quote)
    total = sum(wanted.values())
    told = {one.id: weigh_words(one.text).keys() & wanted.keys() for one in reports}
    shares = {report: sum(weight for word, weight in wanted.items() if word in words) for report, words in told.items()}
    dated = max((shares[one.id] for one in reports if one.published.when is not None), default=0.0)
    least = max(_TOLD_THERE * total, dated + _MUCH_MORE * total)
    reports = [one for one in reports if one.published.when is not None or shares[one.id] >= least]
    most = max((shares[one.id] for one in reports), default=0.0)
    return [one for one in reports if shares[one.id] >= most - _AS_MUCH * total]


def _is_meant(report: Report, citing: Report, told: When | None) -> bool:
    published, later = report.published.when, citing.published.when
    if published is None or published.earliest is None:
        return True  # undated: what it says decides
    if later is not None and later.latest is not None and published.earliest > later.latest:
        return False
    if told is None or told.earliest is None or told.latest is None:
        return True
    return published.latest is not None and told.earliest <= published.latest and published.earliest <= told.latest
