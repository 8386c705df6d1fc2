"""Values of hostile text: never an exception, never more precision than the words, never more time than the length."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.values import find_places, find_quantities, find_times, parse_day, resolve_time
from reportedly.values.numbers import parse_number
from reportedly.values.quantities import BOUNDS, multiply
from reportedly.values.times import Point, TimeExpression, write_edtf

EXACT = settings(deadline=None, max_examples=150, derandomize=True)
WORDS = st.sampled_from(
    "the of in on by last next early mid late first second quarter half year years month week day days ago earlier later Monday Friday May March June 2021 2397 12 31 3.5 1,200 "
    "noon p.m. about more than up to from between and to $ % million dollars Easter weekend now recently teams each before after fiscal century 1990s Q3 'the a an per fold -".split()
)
ANCHOR = parse_day("2031-05-14")


@pytest.mark.parametrize(
    "text",
    [
        "in year 0", "in 99999", "on 31 February 2021", "the 5th of Never", "9" * 400 + " men", "1,2,3,4,5,6,7,8", "١٢٣ men came on ٣ March", "on 3\u200b March 2021", "\u202e2021 yam 3 no\u202c",
        "$" * 500, "-" * 500 + "5%", "1-2-3-4-5", "2021-02-30", "30.02.2021", "Q9 2021", "the 99th century", "25:61 GMT", "half half half of the of the", "a a a year ago ago",
        "from from from to to", "1/0/0", "5 to 4 to 3 percent", "minus minus -5°", "the the the quarter", "May May May", "Sun. Sun. Sun.", "(2021", "'90s '90s", "twenty twenty twenty",
    ],
)  # fmt: skip
def test_odd_words_are_read_or_left_and_never_fail(text: str) -> None:
    for match in find_times(text):
        resolve_time(match.expression.leaning("near"), ANCHOR)
    find_quantities(text)
    find_places(text)


@pytest.mark.parametrize("text", ["in year 0", "in 99999", "on 31 February 2021", "2021-02-30", "30.02.2021"])
def test_a_day_that_is_none_resolves_to_no_day(text: str) -> None:
    whens = [resolve_time(match.expression, ANCHOR) for match in find_times(text)]
    assert all(when.earliest is None and when.anchor_reason for when in whens if "31" in text or "30" in text)


def test_a_number_of_400_digits_is_no_number_and_no_burden() -> None:
    assert parse_number("9" * 400) is None
    assert find_quantities("9" * 400 + " men") == []


@EXACT
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_words_give_values_in_order_that_do_not_overlap(text: str) -> None:
    for found in (find_times(text), find_places(text)):
        assert all(one.end <= other.start for one, other in pairwise(found))  # type: ignore[attr-defined]
    for match in find_times(text):
        when = resolve_time(match.expression, ANCHOR)
        assert when.earliest is None or when.latest is None or when.earliest <= when.latest
        assert 0 <= match.outer <= match.start <= match.bare <= match.end <= len(text)


@EXACT
@given(st.lists(WORDS, max_size=20).map(" ".join))
def test_a_quantity_has_its_lower_bound_below_its_upper(text: str) -> None:
    for match in find_quantities(text):
        quantity = match.quantity
        assert quantity.least is not None or quantity.most is not None
        assert quantity.least is None or quantity.most is None or quantity.least <= quantity.most


@EXACT
@given(st.integers(10, 10**9), st.sampled_from(sorted(set(BOUNDS) - {"sub-"})))
def test_a_hedge_never_narrows_a_number(number: int, hedge: str) -> None:
    (bare,) = [match.quantity for match in find_quantities(f"{number} men")]
    (hedged,) = [match.quantity for match in find_quantities(f"{hedge} {number} men")]
    assert bare.least == bare.most == number
    assert hedged.least is None or hedged.least <= number
    assert hedged.most is None or hedged.most >= number
    assert hedged.bound != "exact"


@EXACT
@given(st.dates(date(1600, 1, 1), date(2099, 12, 31)))
def test_a_written_day_is_read_back(day: date) -> None:
    for text in (f"{day:%Y-%m-%d}", f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}"):
        (match,) = find_times(text)
        assert resolve_time(match.expression, None).edtf == day.isoformat() == write_edtf(day, day, "day")


@EXACT
@given(st.integers(1, 10**12))
def test_a_written_number_is_read_back(number: int) -> None:
    assert parse_number(f"{number:,}") == parse_number(str(number)) == number


@EXACT
@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade", "century"]), st.integers(-3, 3))
def test_a_counted_time_is_no_narrower_than_its_grain(day: date, grain: str, shift: int) -> None:
    when = resolve_time(TimeExpression("date", "in", Point(grain, shift=shift, shift_grain=grain)), parse_day(day.isoformat()))
    least = {"day": 1, "week": 7, "month": 28, "quarter": 90, "half": 181, "year": 365, "decade": 3650, "century": 36500}[grain]
    assert when.earliest is not None
    assert when.latest is not None
    assert (when.latest - when.earliest).days + 1 >= least


def test_a_product_is_as_vague_as_its_factors_and_says_that_it_is_derived() -> None:
    (teams,) = [match.quantity for match in find_quantities("six teams")]
    (size,) = [match.quantity for match in find_quantities("about 50 men")]
    total = multiply(teams, size)
    assert (total.least, total.most, total.bound, total.derived) == (300, 300, "about", True)
