"""What a page shows at a glance: where people are said to go, and who rests on whom."""

from collections.abc import Callable

from reportedly.exports.cards import network_rows, route_rows, voices_of
from reportedly.lineage import find_roots
from reportedly.pipeline import Case
from reportedly.reconciling.events import find_event_of
from reportedly.values.places import find_place, locate


def _stops(case: Case) -> dict[str, dict[str, object]]:
    made = case.reconcile(case.view())
    return {stop["text"]: stop for row in route_rows(made.claims, find_event_of(made.events), {}) for stop in row["stops"]}


def test_a_name_that_several_places_bear_is_sought_in_the_countries_that_the_case_names(build: Callable[..., Case]) -> None:
    case = build(("Coast Times", "2031-03-04", "North Korea sent 40 workers to the United States on 1 March. North Korea sent 20 workers to Virginia on 2 March."))
    assert (_stops(case)["Virginia"]["kind"], _stops(case)["Virginia"]["area"]) == ("region", "United States")


def test_a_region_is_an_area_and_a_country_has_no_point() -> None:
    donbas, russia, town = (find_place(name) for name in ("Donbas", "Russia", "Vladivostok"))
    assert donbas
    assert russia
    assert town
    areas = [locate(place) for place in (donbas, russia, town)]
    assert [(area.radius, area.country) for area in areas if area] == [(160, None), (None, "Russia"), (10, None)]


def test_a_copy_leads_to_what_it_copies_and_voices_to_their_outlet(framed: Case) -> None:
    view = framed.view()
    made = framed.reconcile(view)
    rows = network_rows(view.reports.values(), made.links, find_roots(made.links), {}, voices_of(made.claims))
    edges = {(row["from"], row["to"], row["kind"]): row["count"] for row in rows if "to" in row}
    assert edges["o:Amur Digest", "o:Hanbit Wire", "copies"] == 1
    assert edges["v:anonymous:two traders in Dandong", "o:Border Ledger", "speaks"] >= 1
    assert {row["node"]: row["own"] for row in rows if row.get("kind") == "outlet"}["o:Amur Digest"] == 0
    assert rows[-1] == {"left_out": 0}


def test_of_very_many_voices_the_largest_are_kept_and_the_others_counted(framed: Case) -> None:
    view = framed.view()
    voices = {(f"voice {number}", "named", "Hanbit Wire"): number for number in range(1, 400)}
    rows = network_rows(view.reports.values(), [], {}, {}, voices)
    shown = [row["name"] for row in rows if row.get("kind") == "voice"]
    assert "voice 399" in shown
    assert "voice 1" not in shown
    assert rows[-1]["left_out"] == 399 - len(shown)
    assert {row["from"] for row in rows if "to" in row} <= {row["node"] for row in rows if "node" in row}
