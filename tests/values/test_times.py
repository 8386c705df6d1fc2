"""When: how an expression becomes an interval of days."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportedly.values import TimeExpression, When, find_times, parse_day, resolve_time
from reportedly.values.feasts import feast_names
from reportedly.values.times import GRAINS, Point, make_when, move, narrow, span_of, write_edtf

EXACT = settings(deadline=None, max_examples=100, derandomize=True)


def load_cases(name: str) -> list[Any]:
    cases = yaml.load(Path(__file__).with_name(name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [
        pytest.param(
            case,
            id=f"{case['text']} [{case.get('published', 'undated')}{case.get('lean', '')}]",
            marks=[pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else [],
        )
        for case in cases
    ]


def resolve_all(case: dict[str, Any]) -> list[When]:
    anchor = parse_day(case["published"]) if "published" in case else None
    expressions = [match.expression for match in find_times(case["text"])]
    return [resolve_time(expression.leaning(case["lean"]) if "lean" in case else expression, anchor) for expression in expressions]


def resolve(text: str, published: str | None, lean: str | None = None) -> When:
    (when,) = resolve_all({"text": text} | ({"published": published} if published else {}) | ({"lean": lean} if lean else {}))
    return when


@pytest.mark.parametrize("case", load_cases("times.yaml"))
def test_a_time_said_on_a_day_means_this_interval(case: dict[str, Any]) -> None:
    assert [when.edtf for when in resolve_all(case)] == case["expect"]


@pytest.mark.parametrize("case", load_cases("widths.yaml"))
def test_an_interval_is_never_narrower_than_the_words(case: dict[str, Any]) -> None:
    whens = resolve_all(case)
    assert whens
    for day in map(date.fromisoformat, case["holds"]):
        assert any(when.edtf and (when.earliest or date.min) <= day <= (when.latest or date.max) for when in whens), day


def test_early_november_is_ten_days_not_a_day() -> None:
    when = resolve("in early November", "2022-11-20")
    assert (when.earliest, when.latest, when.precision) == (date(2022, 11, 1), date(2022, 11, 10), "interval")


def test_a_year_stays_a_year() -> None:
    when = resolve("in 2022", None)
    assert (when.earliest, when.latest, when.precision, when.edtf) == (date(2022, 1, 1), date(2022, 12, 31), "year", "2022")


def test_a_year_needs_no_anchor_and_names_none() -> None:
    when = resolve("in 2019", "2022-10-19")
    assert (when.anchor, when.anchor_reason) == (None, None)


def test_monday_keeps_the_anchor_it_was_resolved_with_and_why() -> None:
    when = resolve("on Monday", "2022-10-19")
    assert (when.anchor, when.anchor_reason) == ("publication", "looking back from publication 2022-10-19")


@pytest.mark.parametrize(("lean", "reason"), [("past", "looking back"), ("future", "looking ahead"), ("near", "the nearest")])
def test_the_reason_says_where_the_year_was_looked_for(lean: str, reason: str) -> None:
    assert resolve("on 5 November", "2022-10-19", lean).anchor_reason == f"{reason} from publication 2022-10-19"


def test_last_month_is_counted_from_the_anchor() -> None:
    assert resolve("last month", "2022-10-19").anchor_reason == "counted from publication 2022-10-19"


@pytest.mark.parametrize(("lean", "taken", "other"), [(None, "2022-10-19", "2022-10-12"), ("future", "2022-10-26", "2022-10-19")])
def test_a_weekday_said_on_that_weekday_keeps_its_other_reading(lean: str | None, taken: str, other: str) -> None:
    when = resolve("on Wednesday", "2022-10-19", lean)
    assert (when.edtf, when.other) == (taken, other)


def test_a_weekday_said_on_another_day_has_no_other_reading() -> None:
    assert resolve("on Monday", "2022-10-19").other is None


@pytest.mark.xfail(strict=True, reason="'next Friday' said on a Wednesday is in two days or in nine: _other knows only equal weekdays")
def test_next_friday_keeps_its_other_reading() -> None:
    assert resolve("next Friday", "2022-10-19").other == "2022-10-28"


def test_a_vague_anchor_gives_the_hull_of_both_its_ends() -> None:
    when = resolve("in November", "2022")
    assert (when.edtf, when.precision) == ("2021-11-01/2022-11-30", "interval")


def test_without_an_anchor_both_ends_are_open_and_the_reason_is_given() -> None:
    when = resolve("last week", None)
    assert (when.earliest, when.latest, when.anchor_reason) == (None, None, "no publication date to resolve it against")


def test_an_unknown_anchor_is_no_anchor() -> None:
    (match,) = find_times("last week")
    assert resolve_time(match.expression, When(None, None, "unknown", "")).edtf == ""


@pytest.mark.parametrize("words", ["on 31 February 2022", "on 30 February", "on 29 February 2023", "on 31 June 2022"])
def test_a_day_that_is_not_in_the_calendar_is_not_bent_into_one(words: str) -> None:
    when = resolve(words, "2022-10-19")
    assert (when.earliest, when.latest, when.edtf, when.anchor_reason) == (None, None, "", "no such day in the calendar")


def test_a_length_is_no_date() -> None:
    when = resolve("for three years", "2022-10-19")
    assert (when.earliest, when.latest, when.anchor_reason) == (None, None, "a duration, no date")


@pytest.mark.parametrize("text", ["", "22", "2022-1", "2022-13", "2022-02-30", "2022/01/01", "0000", "soon", "2022-01-01-01", "²²²²", "-2022"])
def test_what_is_no_written_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|must be in|out of range|invalid literal"):
        parse_day(text)


def test_a_range_that_runs_backwards_is_two_times_and_no_range() -> None:
    assert len(find_times("from 2019 to 2016")) == 2
    assert resolve_time(TimeExpression("date", "between", Point("year", 2019), Point("year", 2016)), None).edtf == ""


def test_the_last_winter_of_the_calendar_does_not_end_before_it_begins() -> None:
    when = resolve_time(TimeExpression("date", "in", Point("season", 9999, nth=4)), None)
    assert when.latest is None or (when.earliest or date.min) <= when.latest


@pytest.mark.parametrize("text", ["0987", "0987-05"])
def test_a_year_before_1000_is_written_with_four_digits(text: str) -> None:
    assert parse_day(text).edtf == text


@pytest.mark.parametrize("grain", GRAINS)
def test_moving_by_nothing_moves_nothing(grain: str) -> None:
    assert move(date(2024, 2, 29), 0, grain) == date(2024, 2, 29)


def test_a_day_that_the_month_lacks_becomes_its_last_day() -> None:
    assert [move(date(2024, 1, 31), 1, "month"), move(date(2024, 2, 29), 1, "year")] == [date(2024, 2, 29), date(2025, 2, 28)]


def test_the_three_parts_of_a_month_cover_it_without_gap() -> None:
    span = span_of("month", date(2024, 2, 5))
    parts = [narrow(span, part, "month") for part in ("early", "mid", "late")]
    assert [day.day for part in parts for day in part] == [1, 10, 11, 20, 21, 29]


DAYS = st.dates() | st.sampled_from([date.min, date.max, date(2024, 2, 29), date(2023, 2, 28), date(9999, 1, 1), date(1, 12, 31)])
YEARS = st.none() | st.integers(1, 9999) | st.sampled_from([1, 9998, 2024])
POINTS = st.builds(
    Point,
    grain=st.sampled_from(GRAINS),
    year=YEARS,
    month=st.none() | st.integers(1, 12),
    day=st.none() | st.integers(1, 31),
    weekday=st.none() | st.integers(0, 6),
    nth=st.none() | st.integers(1, 3),
    feast=st.none() | st.sampled_from(sorted(set(feast_names().values()))),
    part=st.sampled_from([None, "early", "mid", "late"]),
    shift=st.none() | st.integers(-9_999, 9_999),
    shift_grain=st.none() | st.sampled_from(GRAINS),
    lean=st.sampled_from([None, "past", "future", "near"]),
)
RELATIONS = st.sampled_from(["in", "by", "until", "before", "since", "after"])
EXPRESSIONS = st.builds(TimeExpression, kind=st.just("date"), relation=RELATIONS, first=POINTS) | st.builds(
    TimeExpression, kind=st.just("date"), relation=st.just("between"), first=POINTS, last=POINTS
)
ANCHORS = st.none() | st.tuples(DAYS, DAYS).map(lambda pair: make_when(min(pair), max(pair), "interval")) | DAYS.map(lambda day: make_when(day, day, "day"))


@EXACT
@example(TimeExpression("date", "in", Point("day", None, 2, 29)), make_when(date(2024, 2, 29), date(2024, 2, 29), "day"))
@example(TimeExpression("date", "before", Point("day", shift=0, shift_grain="day")), make_when(date.min, date.min, "day"))
@example(TimeExpression("date", "after", Point("day", shift=0, shift_grain="day")), make_when(date.max, date.max, "day"))
@example(TimeExpression("date", "in", Point("day", weekday=0)), make_when(date.min, date.max, "interval"))
@example(TimeExpression("date", "in", Point("decade", shift=-9_999, shift_grain="decade")), make_when(date.min, date.max, "interval"))
@given(EXPRESSIONS, ANCHORS)
def test_no_expression_breaks_the_calendar_or_ends_before_it_begins(expression: TimeExpression, anchor: When | None) -> None:
    when = resolve_time(expression, anchor)
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest


@EXACT
@given(EXPRESSIONS, ANCHORS)
def test_an_open_interval_says_so_in_edtf(expression: TimeExpression, anchor: When | None) -> None:
    when = resolve_time(expression, anchor)
    if when.earliest or when.latest:
        assert (when.edtf.startswith("../"), when.edtf.endswith("/..")) == (when.earliest is None, when.latest is None)


@EXACT
@given(EXPRESSIONS, DAYS, DAYS)
def test_a_vaguer_anchor_never_gives_a_narrower_interval(expression: TimeExpression, one: date, two: date) -> None:
    sharp = resolve_time(expression, make_when(one, one, "day"))
    vague = resolve_time(expression, make_when(min(one, two), max(one, two), "interval"))
    if vague.edtf and sharp.edtf:
        assert (vague.earliest or date.min) <= (sharp.earliest or date.min)
        assert (vague.latest or date.max) >= (sharp.latest or date.max)


@EXACT
@example(date(2024, 2, 29), "month")
@example(date.max, "year")
@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["day", "month", "year"]))
def test_a_written_date_is_read_back_as_it_was_written(day: date, grain: str) -> None:
    written = write_edtf(*span_of(grain, day), grain)
    assert parse_day(written) == make_when(*span_of(grain, day), grain)
    assert parse_day(written).edtf == written


@EXACT
@given(DAYS, st.sampled_from(["week", "month", "quarter", "year", "decade"]), st.sampled_from(["early", "mid", "late"]))
def test_a_part_lies_inside_its_whole(day: date, grain: str, part: str) -> None:
    first, last = span_of(grain, day)
    begin, end = narrow((first, last), part, grain)
    assert first <= begin <= end <= last
