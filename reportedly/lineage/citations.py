"""Citations: "Coast Times reported in May that …" names another report by its outlet and, often, its day."""

from collections.abc import Iterable, Mapping

from reportedly.records import Claim, Link, Report, Voice
from reportedly.values import When, resolve_time
from reportedly.values.places import fold


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
    fits = [one for one in reports.values() if one.id != citing.id and _is_meant(one, citing, voice, told)]
    doubt = "" if len(fits) == 1 else f"; {len(fits)} reports fit"
    kind = "follow-up" if fits and citing.outlet and fold(citing.outlet) == fold(voice.name or voice.text) else "citation"
    day = f" of {told.edtf}" if told and told.edtf else ""
    return [Link(citing.id, one.id, kind, "cites", 1 / len(fits), f"cites {voice.text}{day}: “{claim.quote}”{doubt}") for one in fits]


def _is_meant(report: Report, citing: Report, voice: Voice, told: When | None) -> bool:
    published, later = report.published.when, citing.published.when
    if report.outlet is None or fold(report.outlet) != fold(voice.name or voice.text) or published is None or published.earliest is None:
        return False
    if later is not None and later.latest is not None and published.earliest > later.latest:
        return False
    if told is None or told.earliest is None or told.latest is None:
        return True
    return published.latest is not None and told.earliest <= published.latest and published.earliest <= told.latest
