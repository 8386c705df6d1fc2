"""Times as words say them, before anyone knows when the words were said.

`find_times` reads a text and yields symbolic expressions ("the Monday before the anchor", "the early part of
November"). `resolve_time` places one against an anchor day. Nothing here knows tense or speech: the room
`understanding` sets `lean`, and a publication date learnt later changes the resolved `When`, never the expression.
"""

import calendar
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from reportedly.values.feasts import place_feast

GRAINS = ("day", "weekend", "week", "month", "quarter", "season", "half", "year", "fiscal year", "decade", "century", "vague")


@dataclass(frozen=True, slots=True)
class Point:
    """One place on the calendar, as far as the words give it.

    `grain` is the unit the words name, or `vague` ("now", "recently", "soon"). Fields that the words leave out are None.
    `shift` counts `shift_grain`s from the anchor ("last month": -1 month), or from `of`, a time spoken of before ("a year
    earlier"); where it counts from an `event` whose day nobody says ("seven months into the war") it stays unresolved.
    `lean` (past, future, near, or last and next with the anchor's own month left out) says where to look for a year or week
    that is not said. `nth` numbers a quarter (1-4), a half (1-2) or a season (1 spring .. 4 winter). `clock` ("22:00"),
    `daypart` (morning, afternoon, evening, night) and `zone` ("EST") are kept as said and move no day.
    """

    grain: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    feast: str | None = None
    part: str | None = None
    shift: int | None = None
    shift_grain: str | None = None
    lean: str | None = None
    of: "Point | None" = None
    event: str | None = None
    clock: str | None = None
    daypart: str | None = None
    zone: str | None = None

    @property
    def needs_anchor(self) -> bool:
        """Whether the year is said neither here nor of the time it counts from."""
        return self.year is None and (self.of is None or self.of.needs_anchor)


@dataclass(frozen=True, slots=True)
class Length:
    """A stretch of time: `least` to `most` units (None = open). `vague` says that no number was given ("several years")."""

    least: int | float | None
    most: int | float | None
    unit: str
    vague: bool = False


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """What the words say. `kind` is date, duration or set; `relation` is in, by, until, before, since, after or
    between; `first` and `last` are the ends (one point has no `last`); `length` belongs to durations and habits."""

    kind: str
    relation: str = "in"
    first: Point | None = None
    last: Point | None = None
    length: Length | None = None

    @property
    def needs_anchor(self) -> bool:
        """Whether any end of it needs a day to count from."""
        return any(point is not None and point.needs_anchor for point in (self.first, self.last))

    def leaning(self, lean: str) -> "TimeExpression":
        """The same expression, looking `past`, `future` or `near` for what is not said."""
        return replace(self, first=_lean(self.first, lean), last=_lean(self.last, lean))


def _lean(point: Point | None, lean: str) -> Point | None:
    return replace(point, lean=point.lean or lean, of=_lean(point.of, lean)) if point else None


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days (both ends included, None = open), never narrower than the words.

    `anchor` names what it was resolved against ("publication", or None when the words need nothing), and
    `anchor_reason` says how. `other` is the EDTF string of a second reading where one exists.
    """

    earliest: date | None
    latest: date | None
    precision: str
    edtf: str
    anchor: str | None = None
    anchor_reason: str | None = None
    other: str | None = None


def make_when(earliest: date | None, latest: date | None, precision: str) -> When:
    """A When with its EDTF string. `precision` is the grain the words name, or `interval`."""
    return When(earliest, latest, precision, write_edtf(earliest, latest, precision))


def write_edtf(earliest: date | None, latest: date | None, precision: str) -> str:
    """ISO 8601-2 (EDTF level 1): a day, month, year or decade where the interval is one, else `from/to`."""
    if earliest is None and latest is None:
        return ""
    if earliest is not None and latest is not None:
        if precision == "day" and earliest == latest:
            return earliest.isoformat()
        if precision == "month" and (earliest, latest) == span_of("month", earliest):
            return earliest.isoformat()[:7]
        if precision == "year" and (earliest, latest) == span_of("year", earliest):
            return earliest.isoformat()[:4]
        if precision == "decade" and (earliest, latest) == span_of("decade", earliest):
            return earliest.isoformat()[:3] + "X"
    return f"{earliest or '..'}/{latest or '..'}"


def parse_day(text: str) -> When:
    """A written date of the form YYYY, YYYY-MM or YYYY-MM-DD. Raises ValueError on anything else."""
    parts = text.strip().split("-")
    if not all(part.isdigit() for part in parts) or [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]):
        raise ValueError(f"not a date: {text!r}")
    year, month, day = (*map(int, parts), 1, 1)[:3]
    grain = ("year", "month", "day")[len(parts) - 1]
    first = date(year, month, day)
    return make_when(*span_of(grain, first), grain)


def span_of(grain: str, day: date) -> tuple[date, date]:
    """First and last day of the day, weekend, week (from Monday), month, quarter, half, year, decade or century that holds
    `day`; of the week that holds it for a weekend."""
    if grain == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, _later(monday, 6)
    if grain == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if grain == "quarter":
        first = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
        return first, span_of("month", first.replace(month=first.month + 2))[1]
    if grain == "half":
        return (day.replace(month=1, day=1), day.replace(month=6, day=30)) if day.month <= 6 else (day.replace(month=7, day=1), day.replace(month=12, day=31))
    if grain == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if grain in ("decade", "century"):
        years = 10 if grain == "decade" else 100
        begun = day.year // years * years
        return date(max(1, begun), 1, 1), date(min(9999, begun + years - 1), 12, 31)
    if grain == "weekend":
        saturday = _later(span_of("week", day)[0], 5)
        return saturday, _later(saturday, 1)
    return day, day


def _later(day: date, days: int) -> date:
    """Days later (or earlier), held inside the calendar."""
    return date.fromordinal(max(1, min(date.max.toordinal(), day.toordinal() + days)))


def move(day: date, count: int, grain: str) -> date:
    """`count` grains later; a day that the month lacks becomes its last day. Held inside years 1 to 9999."""
    if grain in ("day", "vague"):
        return _later(day, count)
    if grain in ("week", "weekend"):
        return _later(day, 7 * count)
    months = _MONTHS_IN[grain] * count
    index = max(12, min(9999 * 12 + 11, day.year * 12 + day.month - 1 + months))
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_MONTHS_IN = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "fiscal year": 12, "decade": 120, "century": 1200}


def narrow(span: tuple[date, date], part: str | None, grain: str) -> tuple[date, date]:
    """The early, middle or late part of a span: thirds of a month by ten days, of a year by four months. Halves; the weeks
    of a month by its sevens of days, the last week its last seven days."""
    if part is None:
        return span
    first, last = span
    if part in ("half1", "half2"):
        halves = {"month": date(first.year, first.month, 15), "year": date(first.year, 6, 30)}
        middle = halves.get(grain) or _later(first, ((last - first).days + 1) // 2 - 1)
        return (first, middle) if part == "half1" else (_later(middle, 1), last)
    if part == "week last":
        return _later(last, -6), last
    if part.startswith("week"):
        opening = _later(first, 7 * (int(part[-1]) - 1))
        return opening, _later(opening, 6)
    if grain == "month":
        bounds = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day)}[part]
        return first.replace(day=bounds[0]), first.replace(day=bounds[1])
    if grain == "year":
        start, stop = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part]
        return first.replace(month=start), span_of("month", first.replace(month=stop))[1]
    length = (last - first).days + 1
    third = max(1, length // 3)
    edges = {"early": (0, third - 1), "mid": (third, length - third - 1), "late": (length - third, length - 1)}[part]
    return _later(first, edges[0]), max(_later(first, edges[0]), _later(first, edges[1]))


def _place_with_year(point: Point, year: int) -> tuple[date, date]:
    """The span of a point once its year is known."""
    if point.feast:
        return place_feast(point.feast, year)
    if point.grain == "fiscal year":  # whose begins when is not said: any twelve months that begin or end in that year
        return date(max(1, year - 1), 2, 1), date(min(9999, year + 1), 11, 30)
    if point.month and point.day:
        return span_of("day", date(year, point.month, point.day))
    if point.month:
        return narrow(span_of("month", date(year, point.month, 1)), point.part, "month")
    if point.grain == "quarter" and point.nth:
        return span_of("quarter", date(year, 3 * point.nth - 2, 1))
    if point.grain == "half" and point.nth:
        return span_of("half", date(year, 6 * point.nth, 1))
    if point.grain == "season" and point.nth:
        return _season(year, point.nth, hull=point.year is not None)
    if point.grain == "decade" and year % 100 == 0:
        return date(year, 1, 1), date(min(9999, year + 99), 12, 31)  # "the 1800s": the decade or the century
    if point.grain in ("decade", "century"):
        return narrow(span_of(point.grain, date(year, 1, 1)), point.part, point.grain)
    return narrow(span_of("year", date(year, 1, 1)), point.part, "year")


def _season(year: int, nth: int, *, hull: bool) -> tuple[date, date]:
    """Three whole months. The winter named by one year ("the winter of 2020") is the one that ends or the one that begins
    in it: the hull of both; else the one that begins in it."""
    first = date(year, 3 * nth, 1)
    last = span_of("month", move(first, 2, "month"))[1]
    return (date(max(1, year - 1), 12, 1) if hull and nth == 4 and year > 1 else first), max(first, last)


def _place_by_anchor(point: Point, anchor: date) -> tuple[date, date]:
    """The span of a point whose year is not said, seen from the anchor day."""
    if point.shift is not None:
        grain = point.shift_grain or point.grain
        moved = move(anchor, point.shift, grain)
        if point.weekday is not None:
            monday = span_of("week", moved)[0]
            day = _later(monday, point.weekday)
            return day, day
        if point.nth == 4 and point.shift_grain == "year" and anchor.month <= 2:
            return _place_with_year(point, max(1, moved.year - 1))  # "this winter", said in January, began last year
        if point.month or point.feast or point.nth or point.grain == "fiscal year":
            return _place_with_year(point, moved.year)
        return narrow(span_of(grain, moved), point.part, grain)
    if point.grain == "weekend":
        is_ahead = point.lean == "future"
        return span_of("weekend", anchor if is_ahead or anchor.weekday() > 5 else _later(anchor, -7))
    if point.weekday is not None:
        back = (anchor.weekday() - point.weekday) % 7
        ahead = (point.weekday - anchor.weekday()) % 7 or 7
        if point.lean == "last":  # "last Monday", said on a Monday, is a week ago
            back = back or 7
        day = _later(anchor, ahead if point.lean in ("future", "next") else -back)
        return day, day
    return _nearest_year(point, anchor)


def _nearest_year(point: Point, anchor: date) -> tuple[date, date]:
    """The last such span that has begun (lean past), or the first that has not ended (lean future)."""
    spans = list(_spans(point, range(max(1, anchor.year - 4), min(9999, anchor.year + 4) + 1)))
    if not spans:
        raise ValueError("no such day in any year")
    if point.lean == "near":
        return min(spans, key=lambda span: 2 * (anchor - span[0]).days if span[0] <= anchor else 3 * (span[0] - anchor).days)  # news tells more of what was
    month = span_of("month", anchor)
    if point.lean == "last":  # "last October", said in October, is a year ago
        return next((span for span in reversed(spans) if span[1] < month[0]), spans[0])
    if point.lean == "next":
        return next((span for span in spans if span[0] > month[1]), spans[-1])
    if point.lean == "future":
        return next((span for span in spans if span[1] >= anchor or (point.month and not point.day and span[0] >= month[0])), spans[-1])
    begun = [span for span in spans if span[0] <= anchor]
    return begun[-1] if begun else spans[0]


def _spans(point: Point, years: range) -> Iterator[tuple[date, date]]:
    """The point in each year that has it: 29 February is not in all."""
    for year in years:
        with suppress(ValueError):
            yield _place_with_year(point, year)


def _place_by_other(point: Point, of: Point, anchor: date | None) -> tuple[date, date] | None:
    """The span of a point counted from another: "a year earlier", "two days later", "that year", "the following Friday"."""
    base = _place(of, anchor)
    if base is None:
        return None
    if point.weekday is not None:
        ahead = (point.weekday - base[1].weekday()) % 7 or 7
        back = (base[0].weekday() - point.weekday) % 7 or 7
        day = _later(base[1], ahead) if (point.shift or 0) >= 0 else _later(base[0], -back)
        return day, day
    start = move(base[1] if (point.shift or 0) > 0 and point.grain == "day" else base[0], point.shift or 0, point.shift_grain or point.grain)
    if point.nth and point.grain in ("quarter", "half", "season"):
        return _place_with_year(replace(point, of=None, shift=None), start.year)
    if point.grain == of.grain and of.grain not in ("day", "weekend", "week", "month", "quarter", "half", "year", "decade", "century"):
        return start, move(base[1], point.shift or 0, point.shift_grain or point.grain)
    return narrow(span_of(point.grain, start), point.part, point.grain)


def _place(point: Point, anchor: date | None) -> tuple[date, date] | None:
    try:
        if point.event is not None:
            return None
        if point.of is not None:
            return _place_by_other(point, point.of, anchor)
        if point.year is not None:
            return _place_with_year(point, point.year)
        return _place_by_anchor(point, anchor) if anchor else None
    except ValueError:  # 31 February, year 0: the words name no day
        return None


@lru_cache(maxsize=65_536)  # times are few and claims are many: "on Tuesday" of one day is resolved once
def resolve_time(expression: TimeExpression, anchor: When | None) -> When:
    """The interval that an expression means when said on `anchor` (a publication date, itself an interval).

    Without an anchor, or where the words name no real day, both ends are None and the reason says so. A vague
    anchor gives the hull of both its ends' readings.
    """
    if expression.first is None or expression.kind != "date":
        return When(None, None, expression.length.unit if expression.length else "unknown", "", None, f"a {expression.kind}, no date")
    if expression.first.event is not None:
        return When(None, None, expression.first.grain, "", None, f"counts from {expression.first.event!r}, whose day is not said")
    precision = "interval" if expression.last or expression.relation != "in" or expression.first.part else expression.first.grain
    if not expression.needs_anchor:
        hull = _hull(expression, None)
        if hull is None:
            return When(None, None, precision, "", None, "no such day in the calendar")
        return make_when(*hull, _honest(precision, hull))
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return When(None, None, precision, _unanchored_edtf(expression), None, "no publication date to resolve it against")
    return _resolve_by(expression, anchor, precision)


def _resolve_by(expression: TimeExpression, anchor: When, precision: str) -> When:
    assert anchor.earliest
    assert anchor.latest
    early, late = _hull(expression, anchor.earliest), _hull(expression, anchor.latest)
    if early is None or late is None:
        return When(None, None, precision, "", "publication", "no such day in the calendar")
    first = None if early[0] is None or late[0] is None else min(early[0], late[0])
    last = None if early[1] is None or late[1] is None else max(early[1], late[1])
    when = make_when(first, last, _honest(precision, (first, last)) if early == late else "interval")
    return replace(when, anchor="publication", anchor_reason=_reason(expression, anchor), other=_other(expression, anchor))


def _honest(precision: str, hull: tuple[date | None, date | None]) -> str:
    """A feast whose day is not in the table is no day."""
    return "interval" if precision == "day" and hull[0] != hull[1] else precision


def _hull(expression: TimeExpression, anchor: date | None) -> tuple[date | None, date | None] | None:
    """Ends of the interval by the relation: `by` has no start, `since` no end, `before` ends the day before."""
    assert expression.first
    first = _place(expression.first, anchor)
    if first is None:
        return None
    if expression.last is not None:
        follows = expression.last.needs_anchor and expression.last.shift is None  # "from Monday to Friday": the Friday after
        last = _place(replace(expression.last, lean="future"), first[0]) if follows else _place(expression.last, anchor)
        return (first[0], last[1]) if last and last[1] >= first[0] else None
    ends: dict[str, tuple[date | None, date | None]] = {
        "by": (None, first[1]),
        "until": (None, first[1]),
        "before": (None, _later(first[0], -1)),
        "since": (first[0], None),
        "after": (_later(first[1], 1) if expression.first.grain == "day" else first[0], None),
    }
    return ends.get(expression.relation, first)


def _reason(expression: TimeExpression, anchor: When) -> str:
    assert expression.first
    lean = {"future": "looking ahead", "near": "the nearest"}.get(expression.first.lean or "", "looking back")
    way = "counted" if expression.first.shift is not None else lean
    after = " by a time spoken of before" if expression.first.of is not None else ""
    return f"{way} from publication {anchor.edtf}{after}"


def _other(expression: TimeExpression, anchor: When) -> str | None:
    """A weekday said on that same weekday may mean today or a week away: the reading not taken, as EDTF."""
    point = expression.first
    if point is None or point.weekday is None or point.shift is not None or anchor.latest is None or anchor.earliest != anchor.latest:
        return None
    if anchor.latest.weekday() != point.weekday or expression.relation != "in":
        return None
    return (anchor.latest if point.lean == "future" else _later(anchor.latest, -7)).isoformat()


def _unanchored_edtf(expression: TimeExpression) -> str:
    """What is known without a year: `XXXX-11`, `XXXX-11-01`; nothing for a weekday, "last month" or an open interval."""
    point = expression.first
    if point is None or point.month is None or point.shift is not None or point.part or expression.last or expression.relation != "in":
        return ""
    return f"XXXX-{point.month:02d}" + (f"-{point.day:02d}" if point.day else "")
