"""Claims that may speak of one happening and tell it otherwise are pointed out, and nothing is joined."""

from collections.abc import Callable

import pytest

from reportedly.pipeline import Case
from reportedly.reconciling.events import find_event_of
from reportedly.reconciling.likeness import Alike, find_alike


def _alike(case: Case) -> list[Alike]:
    made = case.reconcile(case.view())
    first, second = (report for report in case.view().reports)
    sides = [[dated for dated in made.claims if dated.report.id == report] for report in (first, second)]
    return find_alike(*sides, find_event_of(made.events))


def test_two_counts_of_one_departure_told_a_day_apart_are_pointed_out(build: Callable[..., Case]) -> None:
    case = build(
        ("Coast Times", "2031-03-04", "North Korea sent 400 workers to Russia on 1 March, a port official said."),
        ("Hill Post", "2031-03-05", "North Korea sent 250 workers to Russia on 2 March, according to two traders."),
    )
    found = _alike(case)
    assert len(found) == 1
    assert "people 400 workers against 250 workers" in found[0].why
    assert "2031-03-01 against 2031-03-02" in found[0].why


@pytest.mark.parametrize(
    "second",
    [
        "North Korea sent 250 workers to Russia on 2 August, according to two traders.",
        "North Korea will send 250 workers to Russia on 2 March, according to two traders.",
        "North Korea paid 250 workers in Russia on 2 March, according to two traders.",
        "North Korea sent 400 workers to Russia on 1 March, according to two traders.",
    ],
    ids=["months apart", "a plan", "another frame", "the same"],
)
def test_what_is_of_another_time_stage_or_frame_or_says_the_same_is_not(second: str, build: Callable[..., Case]) -> None:
    case = build(("Coast Times", "2031-03-04", "North Korea sent 400 workers to Russia on 1 March, a port official said."), ("Hill Post", "2031-03-05", second))
    assert _alike(case) == []
