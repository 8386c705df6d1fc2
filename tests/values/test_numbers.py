"""Cardinal numbers in words and digits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.values.numbers import parse_number

EXACT = settings(deadline=None, max_examples=100, derandomize=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1,200", 1_200),
        ("2.5 million", 2_500_000),
        ("twenty-five", 25),
        ("Two Hundred and six", 206),
        ("three thousand five hundred", 3_500),
        ("a thousand", 1_000),
        ("hundred", 100),
        ("3 bn", 3_000_000_000),
        ("two million five hundred thousand", 2_500_000),
        ("0.5", 0.5),
    ],
)
def test_a_cardinal_has_this_value(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "a", "and", "many", "first", "1st", "5G", "٣٠", "1/2", "minus", "NaN", "inf", "1e9"])
def test_what_is_no_cardinal_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_scales_upon_scales_multiply() -> None:
    assert parse_number("one million million") == 10**12


def test_a_large_whole_number_is_kept_to_the_last_digit() -> None:
    assert parse_number("9,007,199,254,740,993") == 9_007_199_254_740_993


@pytest.mark.parametrize("text", ["1" + ",000" * 120, "one" + " hundred" * 200, "9" * 400], ids=["digits", "words", "plain"])
def test_a_number_of_400_digits_breaks_nothing(text: str) -> None:
    parse_number(text)


@EXACT
@given(st.integers(0, 2**53))
def test_digits_with_commas_keep_their_value(number: int) -> None:
    assert parse_number(f"{number:,}") == number


@EXACT
@given(st.text(max_size=40))
def test_any_text_has_a_number_or_none(text: str) -> None:
    assert parse_number(text) is None or isinstance(parse_number(text), int | float)
