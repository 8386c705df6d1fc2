"""From a matched pattern to the expression it means. Each maker takes the match of one kind of words; None where they mean no time."""

import re
from collections.abc import Callable
from dataclasses import replace

from reportedly.values.feasts import feast_names
from reportedly.values.numbers import ORDINALS, parse_number
from reportedly.values.time_words import DAYPARTS, DEICTIC, MONTHS, PARTS, SEASONS, SHIFTS, VAGUE_LENGTHS, VAGUE_POINTS, WEEKDAYS, day_of, year_of
from reportedly.values.times import Length, Point, TimeExpression

Maker = Callable[[re.Match[str]], TimeExpression | None]
TOLD = Point("told")  # stands for the time spoken of before, until `time_grammar` knows which that is
_TODAY = Point("day", shift=0, shift_grain="day")
_UNITS = {"centur": "century", "dai": "day"}


def on(point: Point) -> TimeExpression:
    """In that point."""
    return TimeExpression("date", "in", point)


def _get(m: re.Match[str], *names: str) -> str | None:
    groups = m.groupdict()
    return next((groups[name].lower() for name in names if groups.get(name)), None)


def _part(m: re.Match[str]) -> str | None:
    word = _get(m, "part", "part2")
    return PARTS[word] if word else None


def _year(m: re.Match[str]) -> int | None:
    text = _get(m, "year")
    return year_of(text) if text else None


def _month(m: re.Match[str]) -> int:
    return MONTHS[m["month"].lower()[:3]]


def _grain(m: re.Match[str]) -> str:
    word = m["unit"].lower()
    return _UNITS.get(word, word)


def _by_year(m: re.Match[str], point: Point) -> TimeExpression:
    """The point in the year that "of last year", "this year's" or "a year ago" names, if any does."""
    shift = _get(m, "yshift", "shift")
    if _get(m, "ago"):
        return on(replace(point, shift=-1, shift_grain="year"))
    return on(replace(point, shift=SHIFTS[shift], shift_grain="year") if shift else point)


def make_day(m: re.Match[str]) -> TimeExpression:
    return _by_year(m, Point("day", _year(m), _month(m), day_of(m["day"])))


def make_days(m: re.Match[str]) -> TimeExpression:
    """ "from 9 to 12 November", "November 9-12", "9 and 10 November"."""
    year, month = _year(m), _month(m)
    return TimeExpression("date", "between", Point("day", year, month, day_of(m["day"])), Point("day", year, month, day_of(m["day2"])))


def make_years(m: re.Match[str]) -> TimeExpression | None:
    first, last = int(m["year"]), int(m["year2"])
    return TimeExpression("date", "between", Point("year", first), Point("year", last)) if first < last else None


def make_iso(m: re.Match[str]) -> TimeExpression:
    return on(Point("day", int(m["year"]), int(m["m"]), int(m["d"])))


def make_numeric(m: re.Match[str]) -> TimeExpression | None:
    """ "03/21/99", "12.11.2021": only where one number can be no month, or the order is told by dots."""
    first, second, year = int(m["a"]), int(m["b"]), int(m["year"])
    year += (1900 if year > 50 else 2000) if year < 100 else 0
    if m["dot"] == "." or first > 12:
        first, second = second, first
    elif second <= 12 and first != second:
        return None  # the third of April or the fourth of March
    return on(Point("day", year, first, second)) if 1 <= first <= 12 and 1 <= second <= 31 else None


def make_month(m: re.Match[str]) -> TimeExpression:
    return _by_year(m, Point("month", _year(m), _month(m), part=_part(m)))


def make_shifted_month(m: re.Match[str]) -> TimeExpression:
    """ "last August" looks back, "next August" ahead, "this August" is this year's."""
    shift = SHIFTS[m["shift"].lower()]
    if shift == 0:
        return on(Point("month", None, _month(m), shift=0, shift_grain="year"))
    return on(Point("month", None, _month(m), lean="last" if shift < 0 else "next"))


def make_weekday(m: re.Match[str]) -> TimeExpression:
    """ "Monday", "last Monday", "Monday night", "Monday last week", "late Friday"."""
    number, shift, week = WEEKDAYS[m["weekday"].lower()[:3]], _get(m, "shift"), _get(m, "wshift")
    point = Point("day", weekday=number, daypart=DAYPARTS.get(_get(m, "daypart") or ""))
    if week or (shift and SHIFTS[shift] == 0):
        return on(replace(point, shift=SHIFTS[week or "this"], shift_grain="week"))
    return on(replace(point, lean={-1: "last", 1: "next"}.get(SHIFTS.get(shift or "", 0))))


def make_weekday_of(m: re.Match[str]) -> TimeExpression:
    """ "the following Friday", "the previous Monday": counted from the time spoken of before."""
    return on(Point("day", weekday=WEEKDAYS[m["weekday"].lower()[:3]], shift=SHIFTS[m["way"].lower()], shift_grain="week", of=TOLD))


def make_deictic(m: re.Match[str]) -> TimeExpression:
    words = re.sub(r"\s+", " ", m[0].lower().removeprefix("early ").removeprefix("late ").removeprefix("later ").removeprefix("earlier "))
    daypart = next((DAYPARTS[word] for word in words.split() if word in DAYPARTS), None)
    return on(Point("day", shift=DEICTIC.get(words, DEICTIC.get(words.split()[0], 0)), shift_grain="day", daypart=daypart))


def make_vague(m: re.Match[str]) -> TimeExpression:
    return TimeExpression("date", VAGUE_POINTS[re.sub(r"\s+", " ", m[0].lower())], Point("vague", shift=0, shift_grain="day"))


def make_shifted(m: re.Match[str]) -> TimeExpression:
    grain = _grain(m)
    return on(Point(grain, part=_part(m), shift=SHIFTS[m["shift"].lower()], shift_grain=grain))


def make_this_unit(m: re.Match[str]) -> TimeExpression:
    """ "the end of the month", with no other anchor: of the month it is said in."""
    return on(Point(_grain(m), part=_part(m), shift=0, shift_grain=_grain(m)))


def make_year_end(m: re.Match[str]) -> TimeExpression:
    return _by_year(m, Point("day", _year(m), 12, 31))


def make_season(m: re.Match[str]) -> TimeExpression:
    return _by_year(m, Point("season", _year(m), nth=SEASONS[m["season"].lower()], part=_part(m)))


def make_quarter(m: re.Match[str]) -> TimeExpression:
    """Quarters and halves: "Q3 2022", "the third quarter", "this year's second half"."""
    nth = int(m["q"]) if _get(m, "q") else ORDINALS.get((_get(m, "ordinal") or "").replace("final", "fourth"), 4 if _get(m, "unit") == "quarter" else 2)
    grain = _get(m, "unit") or "quarter"
    if "fiscal" in m[0].lower():
        return _by_year(m, Point("fiscal year", _year(m), nth=nth, shift=None if _get(m, "year") else 0, shift_grain=None if _get(m, "year") else "year"))
    return _by_year(m, Point(grain, _year(m), nth=nth))


def make_told_quarter(m: re.Match[str]) -> TimeExpression:
    """ "the year-earlier quarter", "the same period a year ago", "the 1988 quarter": the one spoken of, a year before."""
    if _get(m, "year"):
        return on(Point("quarter", _year(m), nth=0, of=TOLD))
    return on(Point("quarter", shift=-1 if _get(m, "way", "ago") else 0, shift_grain="year", of=TOLD))


def make_year_ago(_: re.Match[str]) -> TimeExpression:
    """ "a year earlier", "year-ago": the time spoken of, a year before; told apart from the year of publication by `of`."""
    return on(Point("year", shift=-1, shift_grain="year", of=TOLD))


def make_later(m: re.Match[str]) -> TimeExpression | None:
    """ "two days later", "a month earlier", "the day before": counted from the time spoken of before."""
    least, _ = _count_of(_get(m, "count") or "a")
    if least is None or least > 9_999:
        return None
    sign = -1 if m["way"].lower() in ("earlier", "before", "previously") else 1
    grain = _grain(m)
    return on(Point(grain, shift=sign * int(least), shift_grain=grain, of=TOLD))


def make_told_unit(m: re.Match[str]) -> TimeExpression:
    """ "that year", "the same day", "the following month": of the time spoken of before."""
    return on(Point(_grain(m), shift=SHIFTS[_get(m, "way", "way2") or "that"], shift_grain=_grain(m), of=TOLD))


def make_from_event(m: re.Match[str]) -> TimeExpression | None:
    """ "seven months into the war", "within 24 months of its adoption": counted from something nobody dates."""
    least, _ = _count_of(m["count"])
    if least is None or least > 9_999 or (m["way"].lower() == "of" and not _get(m, "within")):
        return None
    before = m["way"].lower() == "before"
    relation = "by" if _get(m, "within") else "in"
    return TimeExpression("date", relation, Point(_grain(m), shift=-int(least) if before else int(least), shift_grain=_grain(m), event=re.sub(r"\s+", " ", m["event"])))


def make_year(m: re.Match[str]) -> TimeExpression:
    return on(Point("fiscal year" if _get(m, "fiscal") else "year", _year(m), part=_part(m)))


def make_fiscal_year(m: re.Match[str]) -> TimeExpression:
    return on(Point("fiscal year", int(m["year"] or m["year2"])))


def make_fiscal(m: re.Match[str]) -> TimeExpression:
    shift = _get(m, "shift")
    return on(Point("fiscal year", shift=SHIFTS[shift] if shift else 0, shift_grain="year"))


def make_decade(m: re.Match[str]) -> TimeExpression:
    word = _get(m, "tens")
    if m.groupdict().get("year") and len(m["year"]) == 2:
        return on(Point("decade", 1900 + int(m["year"]), part=_part(m)))
    year = 1900 + 10 * ("twenties thirties forties fifties sixties seventies eighties nineties".split().index(word) + 2) if word else int(m["year"])
    return on(Point("decade", year, part=_part(m)))


def make_century(m: re.Match[str]) -> TimeExpression:
    return on(Point("century", 100 * (int(m["nth"]) - 1), part=_part(m)))


def make_weekend(m: re.Match[str]) -> TimeExpression:
    shift = _get(m, "shift")
    return on(Point("weekend", shift=SHIFTS[shift], shift_grain="week") if shift else Point("weekend"))


def make_feast(m: re.Match[str]) -> TimeExpression:
    name = feast_names()[re.sub(r"\s+", " ", m["feast"].lower().replace("’", "'"))]
    return _by_year(m, Point("day", _year(m), feast=name))


def _count_of(text: str) -> tuple[int | float | None, int | float | None]:
    word = re.sub(r"\s+", " ", text.lower())
    if word in VAGUE_LENGTHS:
        return VAGUE_LENGTHS[word], None
    if fraction := re.fullmatch(r"(.+) 1/([24])", word):
        whole = parse_number(fraction[1])
        value: int | float | None = whole + 1 / int(fraction[2]) if whole is not None else None
    else:
        value = 1 if word in ("a", "an", "the", "one") else parse_number(word)
    return value, value


def make_ago(m: re.Match[str]) -> TimeExpression | None:
    least, most = _count_of(m["count"])
    grain = _grain(m)
    if least is None or least > 9_999 or grain == "century":
        return None
    if grain in ("hour", "minute", "second"):
        return TimeExpression("date", "in", Point("day", shift=0, shift_grain="day")) if grain != "hour" or least < 5 else None
    hedge = _get(m, "hedge") or ""
    if hedge in ("less than", "fewer than", "under", "up to", "at most", "no more than"):
        return TimeExpression("date", "between", Point(grain, shift=-int(least), shift_grain=grain), _TODAY)
    if most is None or hedge in ("more than", "over", "at least", "no less than"):  # "a few weeks ago": then or earlier
        return TimeExpression("date", "until", Point(grain, shift=-int(least), shift_grain=grain))
    return on(Point(grain, shift=-int(least), shift_grain=grain))


def make_long_ago(_: re.Match[str]) -> TimeExpression:
    return TimeExpression("date", "until", Point("vague", shift=0, shift_grain="day"))


def make_half_year_ago(_: re.Match[str]) -> TimeExpression:
    first, last = (Point("month", shift=shift, shift_grain="month") for shift in (-7, -5))
    return TimeExpression("date", "between", first, last)  # nobody counts half a year to the month


def make_recent(m: re.Match[str]) -> TimeExpression | None:
    """ "the last two years", "the past few weeks": from then to the anchor; "the next few months": from it to then. The
    length is kept beside the days."""
    count = _get(m, "count")
    least, most = _count_of(count) if count else (2, None)
    grain = _grain(m)
    ahead = m["way"].lower() in ("next", "coming")
    if most is None or most > 9_999 or grain in ("century", "hour", "minute", "second"):
        length = Length(least, most, grain, vague=most is None and count != "couple of")
        return TimeExpression("date", "since", replace(_TODAY, shift=1), length=length) if ahead else TimeExpression("date", "until", _TODAY, length=length)
    far = Point("day", shift=int(most) if ahead else -int(most), shift_grain=grain)
    first, last = (_TODAY, far) if ahead else (far, _TODAY)
    return TimeExpression("date", "between", first, last, Length(least, most, grain))


def make_stretch(m: re.Match[str]) -> TimeExpression | None:
    """ "in the past year": from a year before the anchor to it; "within the next week": from it on."""
    grain = _grain(m)
    if m[0].lower().startswith("last"):
        return None  # "last month" is the month before
    back = m["way"].lower() in ("past", "last")
    far = Point("day", shift=-1 if back else 1, shift_grain=grain)
    first, last = (far, _TODAY) if back else (_TODAY, far)
    return TimeExpression("date", "between", first, last, Length(1, 1, grain))


def make_length(m: re.Match[str]) -> TimeExpression | None:
    least, most = _count_of(_get(m, "count") or "")
    vague = most is None and "couple" not in (_get(m, "count") or "")
    high = _get(m, "high", "high2")
    if high:
        most = parse_number(high)
    hedge = _get(m, "hedge") or ""
    if hedge in ("at least", "more than", "over", "no less than"):
        most = None
    if hedge in ("at most", "up to", "less than", "fewer than", "under", "no more than"):
        least, most = None, most if most is not None else least
    unit = _grain(m)
    if _get(m, "half") and least is not None:  # "a minute and a half"
        least, most = least + 0.5, most + 0.5 if most is not None else None
    return TimeExpression("duration", length=Length(least, most, unit, vague)) if (least, most) != (None, None) else None


def make_one_length(m: re.Match[str]) -> TimeExpression:
    """ "the year ended in March", "nearly an hour": one unit, with its hedge."""
    hedge = _get(m, "hedge") or ""
    least, most = (
        (1, None) if hedge in ("at least", "more than", "over", "no less than") else (None, 1) if hedge in ("at most", "up to", "less than", "under", "no more than") else (1, 1)
    )
    return TimeExpression("duration", length=Length(least, most, _grain(m)))


def make_next_daypart(m: re.Match[str]) -> TimeExpression:
    return on(Point("day", shift=1, shift_grain="day", daypart=m["daypart"].lower(), of=TOLD))


def make_half_length(m: re.Match[str]) -> TimeExpression:
    return TimeExpression("duration", length=Length(0.5, 0.5, _grain(m)))


def make_set(m: re.Match[str]) -> TimeExpression:
    word = (_get(m, "unit", "core") or "week").removesuffix("ly").replace("annual", "year")
    return TimeExpression("set", length=Length(1, 1, _UNITS.get(word, word)))


def make_habit(m: re.Match[str]) -> TimeExpression:
    """ "every Monday", "Tuesday nights", "each July": a set of days, weeks apart or years."""
    if _get(m, "weekday2"):
        return TimeExpression("set", length=Length(1, 1, "week"))
    if _get(m, "month"):
        return TimeExpression("set", "in", Point("month", None, _month(m)), length=Length(1, 1, "year"))
    return TimeExpression("set", "in", Point("day", weekday=WEEKDAYS[m["weekday"].lower()[:3]], daypart=DAYPARTS.get(_get(m, "daypart") or "")), length=Length(1, 1, "week"))


def make_clock(m: re.Match[str]) -> TimeExpression:
    """A time of day, alone: of a day that stands beside it, else of the day it is said."""
    word = _get(m, "word")
    if word:
        return on(Point("clock", clock={"noon": "12:00", "midday": "12:00", "midnight": "24:00"}[word]))
    hour = int(m["hour"])
    if _get(m, "half") == "p" or _get(m, "daypart") in ("afternoon", "evening"):
        hour = hour % 12 + 12
    elif _get(m, "half") == "a":
        hour %= 12
    zone = m.groupdict().get("zone")
    return on(Point("clock", clock=f"{hour:02d}:{_get(m, 'minute') or '00'}", zone=zone))


def make_zoned_clock(m: re.Match[str]) -> TimeExpression | None:
    """ "0735 GMT", "14:30 KST": without a zone 2:15 may be a score or a verse."""
    return make_clock(m) if m["zone"] else None
