"""Tolls: how many people phrases, claims and reports count."""

from collections.abc import Callable

import pytest

from reportedly.reading import Given, make_reading
from reportedly.reconciling.dating import date_claims
from reportedly.reconciling.tolls import Toll, count_tolls, people_in
from reportedly.records import Filler
from reportedly.understanding.compile import compile_named
from reportedly.understanding.read import understand


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("three clerks", 3), ("at least six others", 6), ("a baker", 1), ("her 17-month-old son", 1), ("Ilse Brandt, 27, of Dover", 1), ("a man and woman", 2),
        ("three clerks and a 6-year-old", 4), ("the bodies of two cooks", 2), ("one of the two guards", 1), ("the victims", None), ("the men", None), ("people", None), ("she", 1), ("Two Deputies", 2),
    ],
)  # fmt: skip
def test_a_phrase_counts_the_people_it_names(words: str, count: int | None) -> None:
    assert people_in(Filler(words, 0, len(words))) == count


@pytest.fixture
def tolls() -> Callable[..., tuple[Toll, Toll]]:
    """The killed and the injured of reports (day, text)."""

    def count(*reports: tuple[str, str]) -> tuple[Toll, Toll]:
        made = [make_reading(text.encode(), f"{number}.txt", Given(published=day)).report for number, (day, text) in enumerate(reports)]
        sets = understand(made, playbooks=(compile_named("shooting"),))
        dated = date_claims([claim for one in sets for claim in one.claims if claim.playbook], {one.id: one for one in made})
        dead = count_tolls([one for one in dated if one.claim.frame == "killing"], also="shooter_dead")
        return dead, count_tolls([one for one in dated if one.claim.frame == "injury"], but_for=dead)

    return count


def test_single_victims_told_of_again_are_no_more_than_the_number(tolls: Callable[..., tuple[Toll, Toll]]) -> None:
    killed, injured = tolls(("2031-06-11", "Two men were killed and three others were wounded in a shooting in Dover. One man was found dead at the scene."))
    assert (killed.count, injured.count) == (2, 3)


def test_who_was_wounded_and_died_is_counted_once(tolls: Callable[..., tuple[Toll, Toll]]) -> None:
    killed, injured = tolls(("2031-06-11", "A baker was wounded in a shooting in Dover."), ("2031-06-13", "The baker died at a hospital. He was shot and killed in Dover."))
    assert (killed.count, injured.count) == (1, None)


def test_the_dead_shooter_is_one_of_the_killed(tolls: Callable[..., tuple[Toll, Toll]]) -> None:
    killed, _ = tolls(("2031-06-11", "A gunman shot and killed two clerks in Dover. The gunman then killed himself."))
    assert killed.count == 3


def test_the_number_that_most_reports_give_stands_and_all_are_kept(tolls: Callable[..., tuple[Toll, Toll]]) -> None:
    killed, _ = tolls(
        ("2031-06-11", "Two men were killed in a shooting in Dover."),
        ("2031-06-12", "Three men were killed in a shooting in Dover."),
        ("2031-06-13", "Three men were killed in a shooting in Dover this week."),
    )
    assert (killed.count, [count for _, count in killed.by_report]) == (3, [2, 3, 3])


def test_what_is_denied_or_feared_or_long_ago_is_not_counted(tolls: Callable[..., tuple[Toll, Toll]]) -> None:
    killed, _ = tolls(("2031-06-11", "Nobody was killed in the shooting in Dover. Four men may have been killed. In 2019 six men were killed in a shooting in Dover."))
    assert killed.count is None
