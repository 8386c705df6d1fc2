"""Links are a function of the reports: taken in one at a time, in any order, with reports that come, change and go, they are what they
are when all are taken in at once."""

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.lineage import Lineage
from reportedly.lineage.candidates import Keys, Neighbours
from reportedly.reading import Given, make_reading
from reportedly.records import Claim, Link, Published, Report, Voice
from reportedly.values import parse_day

WORDS = "crew left yard bureau guard train river border list doctor school permit wage tunnel harbour winter family letter night money clerk".split()
NAMES = "Tarovsk Khasan Orlen Velda Marek Sorin Brask Dolna Ivet Ruzek".split()
PLATE = "Read this story again in the Sunday paper of the valley"  # a line that one outlet prints under every story


def make_reports() -> dict[str, Report]:
    """Thirty reports of three outlets in four families of copies, each family with a vocabulary of its own; one cites another."""
    draw, made = random.Random(3), []
    stories = [[draw.sample(WORDS, 12) + draw.sample(NAMES, 3) + [str(draw.randrange(20, 900))] for _ in range(7)] for _ in range(4)]
    for number in range(30):
        family = stories[number % 4] if number < 22 else [draw.sample(WORDS, 12) for _ in range(6)]
        kept = [sentence for sentence in family if draw.random() > 0.2]
        text = "\n".join(" ".join(["The", *(word for word in sentence if draw.random() > 0.1)]) + "." for sentence in kept)
        outlet = draw.choice(["Hill Post", "Coast Times", "River News"])
        day = f"2031-{draw.randrange(1, 9):02}-{draw.randrange(1, 28):02}" if draw.random() > 0.1 else None
        text += f"\n{PLATE}\n{number} {' '.join(draw.sample(WORDS, 9))}" if outlet == "Hill Post" else ""
        made.append(make_reading(text.encode(), f"{number}.txt", Given(outlet=outlet, published=day)).report)
    return {report.id: report for report in made}


REPORTS = make_reports()
IDS = sorted(REPORTS)


def cite(report: str, outlet: str) -> Claim:
    voice = (Voice("report", outlet), Voice("outlet", "x"))
    return Claim(report, f"c{report}", None, "open", 0, 20, REPORTS[report].text[:20], "left", 4, 8, "occurred", "positive", "certain", {}, None, voice)


CLAIMS = {report: [cite(report, outlet)] for report, outlet in zip(IDS[::5], ["Hill Post", "Coast Times", "River News"] * 9, strict=False)}


def take(lineage: Lineage, reports: Mapping[str, Report | None]) -> list[Link]:
    lineage.take(reports, CLAIMS)
    return lineage.links


def test_the_reports_are_linked_in_more_than_one_way() -> None:
    assert {"edited", "digest"} <= {link.kind for link in take(Lineage(), REPORTS)}


@settings(max_examples=25, deadline=None)
@given(st.permutations(IDS), st.integers(1, 9))
def test_any_order_of_arrival_in_any_portions_gives_the_same_links(order: list[str], size: int) -> None:
    lineage = Lineage()
    for at in range(0, len(order), size):
        found = take(lineage, {name: REPORTS[name] for name in order[at : at + size]})
    assert found == take(Lineage(), REPORTS)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_reports_that_change_and_go_leave_what_all_at_once_gives(data: st.DataObject) -> None:
    lineage, now = Lineage(), dict(REPORTS)
    take(lineage, REPORTS)
    for _ in range(data.draw(st.integers(1, 4))):
        changed: dict[str, Report | None] = {}
        for name in data.draw(st.lists(st.sampled_from(IDS), max_size=2)):
            one = REPORTS[name]
            other_day = replace(one, published=Published(parse_day("2031-12-01"), "given"))
            changed[name] = data.draw(st.sampled_from([None, one, other_day, replace(one, outlet="Hill Post")]))
        now = {name: report for name in {**now, **changed} if (report := changed.get(name, now.get(name)) if name in changed else now[name]) is not None}
        assert take(lineage, changed) == take(Lineage(), now)


def keys_of(draw: random.Random) -> "Keys[int]":
    """Keys of which some are everybody's, and some of a few."""
    common = [number for number in range(6) if draw.random() < 0.9]
    return Keys("Q", sorted({*common, *(draw.randrange(100, 160) for _ in range(6))}))


@pytest.mark.parametrize("seed", range(12))
def test_pairs_worth_comparing_are_kept_as_reports_come_and_go(seed: int) -> None:
    draw = random.Random(seed)
    all_keys = [keys_of(draw) for _ in range(60)]
    start = draw.randrange(15, 30)
    order = list(range(start))  # the reports in the order of publication, by their place in all_keys
    known, number = Neighbours(all_keys[:start]), {name: name for name in range(start)}
    pairs = {frozenset(pair) for pair in known.pairs()}
    for step in range(60):
        doubtful: set[tuple[int, int]]
        if order and draw.random() < 0.4:
            gone = order.pop(draw.randrange(len(order)))
            doubtful = known.remove(number[gone])
            pairs = {pair for pair in pairs if number[gone] not in pair}
        elif start + step < 60:
            new, rank = start + step, draw.randrange(len(order) + 1)
            order.insert(rank, new)
            number[new], partners, doubtful = known.add(all_keys[new], rank)
            pairs |= {frozenset((number[new], other)) for other in partners}
        else:
            break
        for one, other in doubtful:
            (pairs.add if known.share(one, other) else pairs.discard)(frozenset((one, other)))
        fresh = Neighbours([all_keys[name] for name in order]).pairs()
        assert pairs == {frozenset((number[order[one]], number[order[other]])) for one, other in fresh} == {frozenset(pair) for pair in known.pairs()}
