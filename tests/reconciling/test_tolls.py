"""Tolls: how many people phrases, claims and reports count."""

from collections.abc import Callable

import pytest

from reportedly.reading import Given, make_reading
from reportedly.reconciling.counting import people_in
from reportedly.reconciling.dating import date_claims
from reportedly.reconciling.tolls import Toll, count_tolls
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
def toll() -> Callable[..., Toll]:
    """The killed and the injured of reports (day, text)."""

    def count(*reports: tuple[str, str]) -> Toll:
        made = [make_reading(text.encode(), f"{number}.txt", Given(published=day)).report for number, (day, text) in enumerate(reports)]
        sets = understand(made, playbooks=(compile_named("shooting"),))
        return count_tolls(date_claims([claim for one in sets for claim in one.claims if claim.playbook], {one.id: one for one in made}), made)

    return count


def test_single_victims_told_of_again_are_no_more_than_the_number(toll: Callable[..., Toll]) -> None:
    found = toll(
        ("2031-06-11", "Two killed, three hurt in Dover\n\nTwo men were killed and three others were wounded in a shooting in Dover. One man was found dead at the scene.")
    )
    assert (found.killed, found.injured) == (2, 3)


def test_who_was_wounded_and_died_is_counted_once(toll: Callable[..., Toll]) -> None:
    found = toll(("2031-06-11", "A baker was wounded in a shooting in Dover."), ("2031-06-13", "Baker dies\n\nThe baker died at a hospital. He was shot and killed in Dover."))
    assert (found.killed, found.injured) == (1, 0)


def test_the_dead_shooter_is_one_of_the_killed(toll: Callable[..., Toll]) -> None:
    found = toll(("2031-06-11", "A gunman shot and killed two clerks in Dover. The gunman then killed himself."))
    assert [dead for _, dead, _ in found.by_report] == [3]


def test_the_count_of_each_report_is_kept_beside_the_pair_that_is_taken(toll: Callable[..., Toll]) -> None:
    found = toll(
        ("2031-06-11", "Two men were killed in a shooting in Dover."),
        ("2031-06-12", "Three men were killed in a shooting in Dover."),
        ("2031-06-13", "Three men were killed in a shooting in Dover this week."),
    )
    assert (found.killed, [dead for _, dead, _ in found.by_report]) == (3, [2, 3, 3])


def test_what_is_denied_or_feared_or_long_ago_is_not_counted(toll: Callable[..., Toll]) -> None:
    found = toll(("2031-06-11", "Nobody was killed in the shooting in Dover. Four men may have been killed. In 2019 six men were killed in a shooting in Dover."))
    assert [dead for _, dead, _ in found.by_report] == [None]


def test_where_no_pair_stands_out_none_is_taken(toll: Callable[..., Toll]) -> None:
    found = toll(
        ("2031-06-11", "Two men were killed and one was wounded in a shooting in Dover."),
        ("2031-06-11", "Five men were wounded in a shooting in Dover."),
        ("2031-06-11", "Three women were killed and four men were wounded in a shooting in Dover."),
    )
    assert (found.killed, found.injured) == (None, None)
    assert 0 < found.share < 1
