"""JSON rows for pages: an event at a glance, what to look at first, where people are said to go, and who rests on whom. Keys in a
fixed order, always present."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reportedly.exports.rows import Row, answer_row
from reportedly.records import PLACE_ROLES, Dated, Event, Filler, Finding, Link, Report, Tell
from reportedly.values.places import Place, find_place, locate

STATES = ("contested", "overdue", "revised", "corroborated", "single-origin")  # of findings, what wants a look first
_SHOWN = 4  # answers of a card
_ALL = 120  # nodes of a network that can still be looked at
_STOPS = ("origin", "whence", "via", "place", "where", "destination", "whither")  # in the order in which a way leads through them


def event_card(event: Event, findings: Sequence[Finding], claims: Mapping[str, Dated], families: Mapping[str, str]) -> Row:
    """An event with the worst state of its findings, what is counted or contested in it, and how many reports tell of it, and texts: copies
    are one."""
    told = [claims[one] for one in event.claims if one in claims]
    shown = [one for one in findings if one.state in ("contested", "overdue") or any(answer.filler.quantity for answer in one.answers)]
    return {
        "id": event.id,
        "frame": event.frame,
        "label": event.label,
        "status": event.status,
        "state": state_of(findings),
        "when": event.when.edtf if event.when else None,
        "claims": len(event.claims),
        "reports": len({one.report.id for one in told}),
        "texts": count_texts(told, families),
        "first": min((str(day) for one in told if (day := _day(one.report))), default=None),
        "last": max((str(day) for one in told if (day := _day(one.report))), default=None),
        "findings": [
            {"role": one.role, "state": one.state, "answers": [answer_row(answer) for answer in one.answers[:_SHOWN]], "more": max(0, len(one.answers) - _SHOWN)}
            for one in shown[:_SHOWN]
        ],
    }


def count_texts(claims: Iterable[Dated], families: Mapping[str, str]) -> int:
    """How many texts claims stand in, where copies of one are one."""
    return len({families.get(one.report.id, one.report.id) for one in claims})


def state_of(findings: Iterable[Finding]) -> str:
    """The state of an event's findings that wants a look first; "" where it has none."""
    found = {one.state for one in findings}
    return next((state for state in STATES if state in found), "")


def _day(report: Report) -> object:
    return report.published.when.earliest if report.published.when else None


def concern_row(dated: Dated, why: Sequence[str], event: str | None) -> Row:
    """A claim that is worth a look, with why."""
    return {"claim": dated.claim.id, "report": dated.report.id, "event": event, "why": list(why)}


def route_rows(claims: Iterable[Dated], event_of: Mapping[str, Event], own: Mapping[str, Place]) -> Iterable[Row]:
    """The claims that name places on a way, or where something happens, with each place as an area no smaller than its name allows; `own`
    are places of the playbooks by name."""
    claims = list(claims)
    countries = _countries_of(claims)
    for dated in claims:
        claim = dated.claim
        stops = [_stop_row(role, filler, own, countries) for role in _STOPS if role in PLACE_ROLES for filler in claim.roles.get(role, ())]
        if claim.playbook is not None and stops:
            when, event = dated.when, event_of.get(claim.id)
            yield {
                "claim": claim.id,
                "report": claim.report,
                "event": event.id if event else None,
                "frame": claim.frame,
                "status": claim.status,
                "polarity": claim.polarity,
                "label": event.label if event else claim.frame,
                "from": str(when.earliest) if when and when.earliest else None,
                "to": str(when.latest) if when and when.latest else None,
                "stops": stops,
            }


def _countries_of(claims: Iterable[Dated]) -> list[str]:
    """The countries that the claims name, the most named first: a place of a name that several bear is sought there before elsewhere."""
    named = (find_place(filler.name or filler.text) for dated in claims for role in PLACE_ROLES for filler in dated.claim.roles.get(role, ()))
    counted = Counter(place.country for place in named if place is not None and place.kind == "country" and place.country)
    return [country for country, _ in counted.most_common()]


def _stop_row(role: str, filler: Filler, own: Mapping[str, Place], countries: Sequence[str]) -> Row:
    """A place of a way. Where a capital stands for its state, it is the capital that is on the way."""
    name = filler.name or filler.text
    place = own.get(name) or find_place(filler.text, countries) or find_place(name, countries)
    area = locate(place) if place else None
    return {
        "role": {"whence": "origin", "whither": "destination", "where": "place"}.get(role, role),
        "text": filler.text,
        "name": place.name if place else name,
        "kind": place.kind if place else None,
        "lat": area.latitude if area else None,
        "lon": area.longitude if area else None,
        "radius_km": area.radius if area else None,
        "area": area.country if area else None,
    }


def network_rows(
    reports: Iterable[Report], links: Iterable[Link], roots: Mapping[str, str], tells: Mapping[str, Sequence[Tell]], voices: Mapping[tuple[str, str, str], int]
) -> list[Row]:
    """Who rests on whom: outlets, agencies and voices as nodes, what joins them as edges with their number. `roots` gives the text that a copy
    goes back to, `voices` the number of claims of each voice (its name and kind) through an outlet. Of very many the largest are kept, and a last row says how many are left out."""
    by_id = {report.id: report for report in reports}
    printed = Counter(_outlet(report) for report in by_id.values())
    credited = Counter(report.agency for report in by_id.values() if report.agency)
    own = Counter(_outlet(report) for report in by_id.values() if roots.get(report.id, report.id) == report.id and report.id not in tells)
    spoken: Counter[tuple[str, str]] = Counter()
    for (name, kind, _), count in voices.items():
        spoken[name, kind] += count
    nodes = [_node(f"o:{name}", "outlet", name, count, 0, own[name]) for name, count in printed.items()]
    nodes += [_node(f"a:{name}", "agency", name, count, 0, None) for name, count in credited.items()]
    nodes += [_node(f"v:{kind}:{name}", "voice", name, 0, count, None) for (name, kind), count in spoken.items()]
    nodes += [_node("x:", "original", "an original not in the case", len(tells), 0, None)] if tells else []
    edges: Counter[tuple[str, str, str]] = Counter()
    why: dict[tuple[str, str, str], str] = {}
    for link in links:
        kind = {"copies": "copies", "either way": "copies", "cites": "cites", "follows": "follows"}.get(link.direction, "follows")
        key = (f"o:{_outlet(by_id[link.source])}", f"o:{_outlet(by_id[link.target])}", kind)
        edges[key] += 1
        why.setdefault(key, link.why)
    for report in by_id.values():
        if report.agency:
            edges[f"o:{_outlet(report)}", f"a:{report.agency}", "copies"] += 1
        if report.id in tells:
            edges[f"o:{_outlet(report)}", "x:", "copies"] += 1
    for (name, voice, outlet), count in voices.items():
        edges[f"v:{voice}:{name}", f"o:{outlet}", "speaks"] += count
    return _largest(
        nodes, [{"from": source, "to": target, "kind": kind, "count": count, "why": why.get((source, target, kind), "")} for (source, target, kind), count in sorted(edges.items())]
    )


def _node(number: str, kind: str, name: str, reports: int, claims: int, own: int | None) -> Row:
    return {"node": number, "kind": kind, "name": name, "reports": reports, "claims": claims, "own": own}


def _largest(nodes: list[Row], edges: list[Row]) -> list[Row]:
    kept = sorted(nodes, key=lambda one: (one["kind"] == "voice", -one["reports"], -one["claims"], one["node"]))
    few = [one for one in kept if one["kind"] != "voice"][: _ALL // 2]
    few += [one for one in kept if one["kind"] == "voice"][: _ALL - len(few)]
    known = {one["node"] for one in few}
    return [*few, *(one for one in edges if one["from"] in known and one["to"] in known), {"left_out": len(nodes) - len(few)}]


def _outlet(report: Report) -> str:
    return report.outlet or report.file


def voices_of(claims: Iterable[Dated]) -> dict[tuple[str, str, str], int]:
    """How many claims each voice makes through each outlet, by its name and kind: the outlet's own word is not among them."""
    counted: Counter[tuple[str, str, str]] = Counter()
    spelt: dict[str, str] = {}  # "The government" and "the government" are one node
    for dated in claims:
        for voice in dated.claim.voice[:-1]:
            name = "nobody named" if voice.kind == "unspecified" else voice.name or voice.text
            if voice.kind != "outlet" and name != dated.report.outlet:
                counted[spelt.setdefault(name.casefold(), name), voice.kind, _outlet(dated.report)] += 1
    return counted
