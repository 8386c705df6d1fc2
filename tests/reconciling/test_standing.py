"""What stands between claims is a function of the claims: taken in one report at a time, in any order, with reports that come, change and go,
it is what it is when all are taken in at once."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests_support import EXAMPLES

from reportedly.lineage import count_origins
from reportedly.pipeline import init_case
from reportedly.reading import Given, make_reading
from reportedly.reconciling.dating import date_claims
from reportedly.reconciling.events import Pairs
from reportedly.reconciling.standing import Standing
from reportedly.records import Claim, Dated, Filler, Voice
from reportedly.values import Quantity, find_times

Reports = Mapping[str, Sequence[Dated]]
DAY = date(2031, 7, 1)
NONE: Pairs = frozenset()


def take(standing: Standing, reports: Reports, families: Mapping[str, str] = {}, join: Pairs = NONE, part: Pairs = NONE, day: date | None = None) -> Standing:
    standing.take(reports, families=families, join=join, part=part, as_of=day)
    return standing


def tell(standing: Standing) -> tuple[object, ...]:
    return standing.claims, standing.events, standing.findings, standing.plans, standing.decisions, standing.bodies


def by_report(claims: Iterable[Dated]) -> dict[str, list[Dated]]:
    found: dict[str, list[Dated]] = {}
    for dated in claims:
        found.setdefault(dated.report.id, []).append(dated)
    return found


def make_claims() -> list[Dated]:
    """Claims of forty reports that share rounds, numbers, days and things that some deny."""
    draw, claims = random.Random(4), []
    for number in range(40):
        day = f"203{draw.randrange(1, 3)}-{draw.randrange(1, 7):02}-{draw.randrange(1, 28):02}"
        outlet = draw.choice(["Hill Post", "Coast Times", "River News"])
        report = make_reading(f"{outlet} {day} {number}".encode(), str(number), Given(published=day, outlet=outlet)).report
        claims += date_claims([make_claim(draw, report.id, f"{number:02}{at}") for at in range(draw.randrange(1, 4))], {report.id: report})
    return claims


def make_claim(draw: random.Random, report: str, name: str) -> Claim:
    count = draw.choice([20, 25, 300, 400])
    people = Filler(f"{count} men", 0, 7, quantity=Quantity(count, count, unit="person"))
    words = f"on {draw.randrange(1, 28)} {draw.choice(['May', 'June'])} 2031"
    when = Filler(words, 0, len(words), time=find_times(words)[0].expression)
    quote = draw.choice(["men left", "men left in the second round", "men left in the third round", "men left for another selection"])
    roles = {role: filler for role, filler in {"people": (people,), "time": (when,), "instrument": (Filler("the treaty", 0, 5),)}.items() if draw.random() < 0.6}
    status = draw.choice(["planned", "planned", "occurred", "ongoing", "considered"])
    polarity = draw.choice(["positive", "positive", "negative"])
    frame = draw.choice(["dispatch", "dispatch", "selection"])
    return Claim(
        report, name, "p@1", frame, 0, len(quote), quote, "left", 4, 8, status, polarity, "certain", roles, when if "time" in roles else None, (Voice("anonymous", "a guard"),)
    )


MADE = by_report(make_claims())
NAMES = sorted(MADE)
ROOTS = {NAMES[0]: NAMES[0], NAMES[1]: NAMES[0], NAMES[2]: NAMES[0]}
IDS = sorted(dated.claim.id for claims in MADE.values() for dated in claims)
PAIRS: list[Pairs] = [NONE, frozenset({frozenset((IDS[0], IDS[7])), frozenset((IDS[3], IDS[9]))}), frozenset({frozenset((IDS[2], IDS[5]))})]


@settings(max_examples=60, deadline=None)
@given(st.permutations(NAMES), st.integers(1, 12))
def test_any_order_of_arrival_in_any_portions_gives_the_same(order: list[str], size: int) -> None:
    standing = Standing(count_origins)
    for at in range(0, len(order), size):
        take(standing, {name: MADE[name] for name in order[at : at + size]})
    assert tell(standing) == tell(take(Standing(count_origins), MADE))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_comes_changes_and_goes_leaves_what_all_at_once_gives(data: st.DataObject) -> None:
    standing, now = take(Standing(count_origins), MADE), dict(MADE)
    for _ in range(data.draw(st.integers(1, 6))):
        changed: dict[str, Sequence[Dated]] = {}
        for name in data.draw(st.lists(st.sampled_from(NAMES), max_size=5)):
            whole = MADE[name]
            changed[name] = data.draw(st.sampled_from([[], whole, whole[:1], [replace(one, when=None) for one in whole]]))
        now |= changed
        families, join, part = data.draw(st.sampled_from([{}, ROOTS])), data.draw(st.sampled_from(PAIRS)), data.draw(st.sampled_from(PAIRS))
        day = data.draw(st.sampled_from([None, DAY, date(2033, 1, 1)]))
        take(standing, changed, families, join, part, day)
        assert tell(standing) == tell(take(Standing(count_origins), now, families, join, part, day))


def test_what_is_made_is_rich_enough_to_differ() -> None:
    standing = take(Standing(count_origins), MADE, ROOTS, day=DAY)
    assert {"contested", "single-origin"} <= {finding.state for finding in standing.findings}
    assert {"kept", "overdue"} <= {plan.outcome for plan in standing.plans}
    assert any(event.perhaps for event in standing.events)
    assert any(finding.role == "whether" for finding in standing.findings)
    assert standing.decisions


@pytest.mark.parametrize("seed", range(5))
def test_the_example_reports_one_by_one_give_what_they_give_together(tmp_path: Path, seed: int) -> None:
    with init_case(tmp_path / "case", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES])
        reports = by_report(case.dated(case.view()))
    standing = Standing(count_origins)
    for name in random.Random(seed).sample(sorted(reports), len(reports)):
        take(standing, {name: reports[name]})
    assert tell(standing) == tell(take(Standing(count_origins), reports))
