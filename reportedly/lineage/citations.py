"""Citations: "Coast Times reported in May that …" names another report by its outlet and, often, its day."""

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
    found: dict[tuple[str, str], Link] = {}
    for claim in claims:
        for voice in claim.voice[:-1]:
            if voice.kind == "report":
                for link in _links_of(claim, voice, reports):
                    found.setdefault((link.source, link.target), link)
    return [found[pair] for pair in sorted(found)]


def _links_of(claim: Claim, voice: Voice, reports: Mapping[str, Report]) -> list[Link]:
    citing = reports[claim.report]
    told = resolve_time(voice.on.time, citing.published.when) if voice.on and voice.on.time else None
    possible = [one for one in reports.values() if one.id != citing.id and _is_meant(one, citing, voice, told)]
    fits = _most_alike(claim, possible)
    others = f"; {len(fits)} reports fit" if len(fits) > 1 else f"; of {len(possible)} that fit it says most of this" if len(possible) > 1 else ""
    kind, direction = ("follow-up", "follows") if citing.outlet and fold(citing.outlet) == fold(voice.name or voice.text) else ("digest", "cites")
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


def _is_meant(report: Report, citing: Report, voice: Voice, told: When | None) -> bool:
    published, later = report.published.when, citing.published.when
    if report.outlet is None or fold(report.outlet) != fold(voice.name or voice.text):
        return False
    if published is None or published.earliest is None:
        return True  # undated: what it says decides
    if later is not None and later.latest is not None and published.earliest > later.latest:
        return False
    if told is None or told.earliest is None or told.latest is None:
        return True
    return published.latest is not None and told.earliest <= published.latest and published.earliest <= told.latest
