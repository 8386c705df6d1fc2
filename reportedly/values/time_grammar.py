"""The grammar of times in English news: text in, symbolic expressions with their places out.

One list of patterns, tried at every place from left to right, the longest first. A word that is only sometimes
a time ("May", "second", "2397") counts only beside something that makes it one. Adjoining points become ranges
("from July to early November"), and a preposition before a point becomes its relation ("by", "since", "before").
"""

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from reportedly.values.numbers import NUMBER, ORDINALS, parse_number
from reportedly.values.times import FIXED_FEASTS, Length, Point, TimeExpression


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """An expression found at [start, end) of a text; `outer` is where its preposition begins."""

    start: int
    end: int
    outer: int
    expression: TimeExpression


_MONTH_NAMES = "january february march april may june july august september october november december".split()
MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_WEEKDAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAYS = {name[:3]: number for number, name in enumerate(_WEEKDAY_NAMES)}
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
PARTS = {"early": "early", "mid": "mid", "middle": "mid", "late": "late", "beginning": "early", "start": "early", "end": "late"}
SHIFTS = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1, "this morning": 0, "this evening": 0, "this afternoon": 0}
VAGUE_LENGTHS: dict[str, int | None] = {"a couple of": 2, "a few": 3, "few": 3, "several": 3, "recent": None, "many": None}
RELATIONS = {
    "no later than": "by", "not later than": "by", "no earlier than": "since", "not earlier than": "since", "not before": "since", "through": "until", "by": "by", "until": "until", "till": "until", "before": "before", "prior to": "before", "ahead of": "before", "since": "since",
    "from": "since", "as early as": "since", "starting": "since", "after": "after", "following": "after",
}  # fmt: skip

_YEAR = r"(?:1[6-9]|20)\d\d(?!\d|[,.]\d)"
_MON = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d,]\d|\.\d|[:%])"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_WD = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
_PART = r"(?:(?P<part>early|mid|late)[- ](?:in )?|(?:the )?(?P<part2>beginning|start|middle|end) of )"
_SHIFT = r"(?P<shift>last|previous|this|current|next|coming)"
_UNIT = r"(?P<unit>day|week|month|quarter|year|decade|centur)(?:s|y|ies)?"
_COUNT = rf"(?P<count>{NUMBER}|(?:a )?few|several|a couple of|(?<=\bin )a\b|(?<=\bfor )a\b|(?<=\bfor )an\b|(?<=\bin )an\b|(?<=\bwithin )an?\b|(?<!\w)an?(?= (?:day|week|month|year|decade|century) ago))"
_HEDGE = r"(?P<hedge>at least|at most|more than|over|up to|less than|fewer than|under|about|around|nearly|almost|some|roughly|approximately)"
_FEAST = r"(?P<feast>Lunar New Year|Chinese New Year|New Year(?:['’]s)?(?: Eve| Day)?|Christmas(?: Eve| Day)?)"

_Maker = Callable[[re.Match[str]], TimeExpression | None]


def _part(m: re.Match[str]) -> str | None:
    groups = m.groupdict()
    word = groups.get("part") or groups.get("part2")
    return PARTS[word.lower()] if word else None


def _int(m: re.Match[str], name: str) -> int | None:
    text = m.groupdict().get(name)
    return int(re.sub(r"\D", "", text)) if text else None


def _month(m: re.Match[str]) -> int:
    return MONTHS[m["month"].lower()[:3]]


def _on(point: Point) -> TimeExpression:
    return TimeExpression("date", "in", point)


def _make_day(m: re.Match[str]) -> TimeExpression:
    shift = m.groupdict().get("yshift")
    return _on(Point("day", _int(m, "year"), _month(m), _int(m, "day"), shift=SHIFTS[shift.lower()] if shift else None, shift_grain="year" if shift else None))


def _make_days(m: re.Match[str]) -> TimeExpression:
    """ "from 9 to 12 November", "November 9-12", "9 and 10 November"."""
    year, month = _int(m, "year"), _month(m)
    return TimeExpression("date", "between", Point("day", year, month, _int(m, "day")), Point("day", year, month, _int(m, "day2")))


def _make_years(m: re.Match[str]) -> TimeExpression | None:
    first, last = int(m["year"]), int(m["year2"])
    return TimeExpression("date", "between", Point("year", first), Point("year", last)) if first < last else None


def _make_habit(_: re.Match[str]) -> TimeExpression:
    return TimeExpression("set", length=Length(1, 1, "week"))


def _make_stretch(m: re.Match[str]) -> TimeExpression:
    """ "in the past year": from a year before the anchor to it; "within the next week": from it on."""
    grain = m["unit"].lower()
    today = Point("day", shift=0, shift_grain="day")
    if m["way"].lower() == "past":
        return TimeExpression("date", "between", Point("day", shift=-1, shift_grain=grain), today)
    return TimeExpression("date", "between", today, Point("day", shift=1, shift_grain=grain))


def _make_half_year_ago(_: re.Match[str]) -> TimeExpression:
    first, last = (Point("month", shift=shift, shift_grain="month") for shift in (-7, -5))
    return TimeExpression("date", "between", first, last)  # nobody counts half a year to the month


def _make_iso(m: re.Match[str]) -> TimeExpression:
    return _on(Point("day", int(m["year"]), int(m["m"]), int(m["d"])))


def _make_month(m: re.Match[str]) -> TimeExpression | None:
    shift = m.groupdict().get("yshift")
    if shift:
        return _on(Point("month", None, _month(m), part=_part(m), shift=SHIFTS[shift.lower()], shift_grain="year"))
    return _on(Point("month", _int(m, "year"), _month(m), part=_part(m)))


def _make_shifted_month(m: re.Match[str]) -> TimeExpression:
    """ "last August" looks back, "next August" ahead, "this August" is this year's."""
    shift = SHIFTS[m["shift"].lower()]
    if shift == 0:
        return _on(Point("month", None, _month(m), shift=0, shift_grain="year"))
    return _on(Point("month", None, _month(m), lean="last" if shift < 0 else "next"))


def _make_weekday(m: re.Match[str]) -> TimeExpression:
    number = WEEKDAYS[m["weekday"].lower()[:3]]
    shift = SHIFTS.get((m.groupdict().get("shift") or "").lower())
    if m.groupdict().get("wshift"):
        return _on(Point("day", weekday=number, shift=SHIFTS[m["wshift"].lower()], shift_grain="week"))
    if shift == 0:
        return _on(Point("day", weekday=number, shift=0, shift_grain="week"))
    return _on(Point("day", weekday=number, lean={-1: "past", 1: "future"}.get(shift or 0)))


def _make_deictic(m: re.Match[str]) -> TimeExpression:
    return _on(Point("day", shift=DEICTIC[re.sub(r"\s+", " ", m[0].lower())], shift_grain="day"))


def _make_shifted(m: re.Match[str]) -> TimeExpression:
    grain = m["unit"].lower()
    return _on(Point(grain, part=_part(m), shift=SHIFTS[m["shift"].lower()], shift_grain=grain))


def _make_this_unit(m: re.Match[str]) -> TimeExpression:
    """ "the end of the month", with no other anchor: of the month it is said in."""
    return _on(Point(m["unit"].lower(), part=_part(m), shift=0, shift_grain=m["unit"].lower()))


def _make_season(m: re.Match[str]) -> TimeExpression:
    shift = m.groupdict().get("shift") or m.groupdict().get("yshift")
    nth = SEASONS[m["season"].lower()]
    if shift:
        return _on(Point("season", nth=nth, part=_part(m), shift=SHIFTS[shift.lower()], shift_grain="year"))
    return _on(Point("season", _int(m, "year"), nth=nth, part=_part(m)))


def _make_quarter(m: re.Match[str]) -> TimeExpression:
    nth = int(m["q"]) if m.groupdict().get("q") else ORDINALS[m["ordinal"].lower()]
    shift = m.groupdict().get("yshift")
    return _on(Point("quarter", _int(m, "year"), nth=nth, shift=SHIFTS[shift.lower()] if shift else None, shift_grain="year" if shift else None))


def _make_year(m: re.Match[str]) -> TimeExpression:
    return _on(Point("year", int(m["year"]), part=_part(m)))


def _make_decade(m: re.Match[str]) -> TimeExpression:
    return _on(Point("decade", int(m["year"]), part=_part(m)))


def _make_feast(m: re.Match[str]) -> TimeExpression:
    name = re.sub(r"['’]s| day$", "", m["feast"].lower()).replace("chinese", "lunar").strip()
    name = "new year's eve" if name == "new year eve" else name
    shift = m.groupdict().get("yshift")
    assert name == "lunar new year" or name in FIXED_FEASTS
    return _on(Point("day", _int(m, "year"), feast=name, shift=SHIFTS[shift.lower()] if shift else None, shift_grain="year" if shift else None))


def _count_of(text: str) -> tuple[int | float | None, int | float | None]:
    word = re.sub(r"\s+", " ", text.lower())
    if word in VAGUE_LENGTHS:
        return VAGUE_LENGTHS[word], None
    value = 1 if word in ("a", "an") else parse_number(word)
    return value, value


def _make_ago(m: re.Match[str]) -> TimeExpression | None:
    least, most = _count_of(m["count"])
    grain = m["unit"].lower()
    if least is None or least > 9_999 or grain == "centur":
        return None
    hedge = (m["hedge"] or "").lower()
    if hedge in ("less than", "fewer than", "under", "up to", "at most"):
        return TimeExpression("date", "between", Point(grain, shift=-int(least), shift_grain=grain), Point("day", shift=0, shift_grain="day"))
    if most is None or hedge in ("more than", "over", "at least"):  # "a few weeks ago": then or earlier
        return TimeExpression("date", "until", Point(grain, shift=-int(least), shift_grain=grain))
    return _on(Point(grain, shift=-int(least), shift_grain=grain))


def _make_recent(m: re.Match[str]) -> TimeExpression | None:
    """ "the last two years", "the past few weeks": from then to the anchor; "the next few months": from it to then."""
    count = m.groupdict().get("count")
    least, most = _count_of(count) if count else (None, None)
    grain = m["unit"].lower()
    ahead = m["way"].lower() in ("next", "coming")
    today = Point("day", shift=0, shift_grain="day")
    if least is None or most is None or most > 9_999 or grain == "centur":
        return TimeExpression("date", "since", replace(today, shift=1)) if ahead else TimeExpression("date", "until", today)
    far = Point("day", shift=int(most) if ahead else -int(most), shift_grain=grain)
    return TimeExpression("date", "between", today, far) if ahead else TimeExpression("date", "between", far, today)


def _make_length(m: re.Match[str]) -> TimeExpression | None:
    least, most = _count_of(m["count"])
    high = m.groupdict().get("high") or m.groupdict().get("high2")
    if high:
        most = parse_number(high)
    hedge = (m.groupdict().get("hedge") or "").lower()
    if hedge in ("at least", "more than", "over"):
        most = None
    if hedge in ("at most", "up to", "less than", "fewer than", "under"):
        least = None
    unit = {"centur": "century"}.get(m["unit"].lower(), m["unit"].lower())
    return TimeExpression("duration", length=Length(least, most, unit)) if (least, most) != (None, None) else None


def _make_set(m: re.Match[str]) -> TimeExpression:
    return TimeExpression("set", length=Length(1, 1, {"dai": "day"}.get(word := m["unit"].lower().removesuffix("ly"), word)))


# What stands before four digits that are a year; after the second kind a plural noun makes them a count.
_YEAR_BEFORE = r"(?i:in|since|by|until|till|before|after|during|the|year|spring|summer|autumn|fall|winter|as of|circa|prior to|late|early|mid)"
_OF_BEFORE = r"(?i:of|for|from|between|to|and|through|than|around|about|or|with|[A-Z][a-z]+day)"
_TAIL = rf"(?:,? (?:of )?(?P<year>{_YEAR})|,? (?:of )?(?P<yshift>last|this|next) year)?"
_LONG_UNIT = r"(?P<unit>second|minute|hour|day|week|month|year|decade|centur)(?:s|y|ies)?\b"
_PATTERNS: list[tuple[str, _Maker, int]] = [
    (rf"(?P<year>{_YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])\b", _make_iso, 0),
    (rf"(?P<month>{_MON}) (?P<day>{_DAY})(?: ?[-–] ?| to | and | through )(?P<day2>{_DAY}){_TAIL}", _make_days, 0),
    (rf"(?:(?:[Ff]rom|[Bb]etween) )?(?P<day>{_DAY})(?: ?[-–] ?| to | and | through )(?P<day2>{_DAY}) (?:of )?(?P<month>{_MON}){_TAIL}", _make_days, 0),
    (rf"(?<![\d-])(?P<year>{_YEAR})(?: ?[–-] ?)(?P<year2>{_YEAR})(?![\d-])", _make_years, 0),
    (rf"(?:{_WD},? )?(?P<month>{_MON}) (?P<day>{_DAY}){_TAIL}", _make_day, 0),
    (rf"(?:{_WD},? )?(?:the )?(?P<day>{_DAY}) (?:of )?(?P<month>{_MON}){_TAIL}", _make_day, 0),
    (rf"{_PART}(?P<month>{_MON}){_TAIL}", _make_month, 0),
    (rf"(?P<month>{_MON})(?:,? (?:of )?(?P<year>{_YEAR})|,? (?:of )?(?P<yshift>last|this|next) year)", _make_month, 0),
    (rf"{_SHIFT} (?P<month>{_MON})\b", _make_shifted_month, re.I),
    (r"(?P<month>January|February|April|June|July|August|September|October|November|December)\b", _make_month, 0),
    (r"\b(?:in|by|since|until|after|from|before|during|through|In|By|Since|Until|After|From|Before|During) (?P<core>(?P<month>March|May))\b(?! \d)", _make_month, 0),
    (rf"\b(?:(?:every|each|Every|Each) {_WD}|{_WEEKDAY}s)\b", _make_habit, 0),
    (r"\b(?:the )?(?P<way>past) (?P<unit>day|week|month|quarter|year|decade)\b", _make_stretch, re.I),
    (r"\b(?:within|over|during) the (?P<way>next|coming) (?P<unit>day|week|month|quarter|year|decade)\b", _make_stretch, re.I),
    (r"\bhalf a year ago\b", _make_half_year_ago, re.I),
    (rf"(?:{_SHIFT} )?(?P<weekday>{_WD})(?:,? (?P<wshift>last|this|next) week)?(?: (?:morning|afternoon|evening|night)\b)?", _make_weekday, 0),
    (r"\b(?:last night|this (?:morning|afternoon|evening)|today|tonight|yesterday|tomorrow)\b", _make_deictic, re.I),
    (rf"{_PART}?(?:earlier |later )?\b{_SHIFT} (?P<unit>day|week|month|quarter|year|decade)\b(?! of)", _make_shifted, re.I),
    (r"\b(?:the )?(?P<part2>beginning|start|middle|end) of (?:the|this) (?P<unit>week|month|quarter|year|decade)\b", _make_this_unit, re.I),
    (rf"\b(?:the )?{_SHIFT} (?P<season>spring|summer|autumn|fall|winter)\b", _make_season, re.I),
    (rf"{_PART}?(?P<season>spring|summer|autumn|fall|winter)(?: of|,)? (?:(?P<year>{_YEAR})|(?P<yshift>last|this|next) year)\b", _make_season, re.I),
    (rf"\bQ(?P<q>[1-4]),? (?P<year>{_YEAR})", _make_quarter, 0),
    (rf"\b(?:the )?(?P<ordinal>first|second|third|fourth) quarter(?: of)? (?:(?P<year>{_YEAR})|(?P<yshift>last|this|next) year)", _make_quarter, re.I),
    (rf"\b(?:the )?{_FEAST}{_TAIL}\b", _make_feast, 0),
    (rf"(?:\b{_HEDGE} )?(?<!half ){_COUNT} {_UNIT} ago\b", _make_ago, re.I),
    (rf"\b(?:the |in )?(?P<way>last|past|next|coming|recent)(?: (?P<count>{NUMBER}|few|several|couple of))? (?P<unit>day|week|month|year|decade)s\b", _make_recent, re.I),
    (rf"(?:\b{_HEDGE} )?{_COUNT}(?: (?:to|or) (?P<high>{NUMBER})|[-–](?P<high2>\d+))?[- ]{_LONG_UNIT}(?!ly)", _make_length, re.I),
    (r"\b(?:every|each) (?P<unit>day|week|month|year)\b", _make_set, re.I),
    (rf"\b(?:once|twice|(?:{NUMBER}|several) times) (?:an?|every|each|per) (?P<unit>day|week|month|year)\b", _make_set, re.I),
    (r"\b(?P<unit>daily|weekly|monthly|yearly)\b(?! [A-Z])", _make_set, 0),
    (r"\b(?:the )?(?:(?P<part>early|mid|late)[- ])?(?P<year>(?:1[6-9]|20)\d0)s\b", _make_decade, re.I),
    (rf"{_PART}(?P<year>{_YEAR})", _make_year, 0),
    (rf"\b(?:{_YEAR_BEFORE})\s(?P<core>(?P<year>{_YEAR}))\b(?![-/%])", _make_year, 0),
    (rf"\b(?:{_OF_BEFORE})\s(?P<core>(?P<year>{_YEAR}))\b(?![-/%])(?! [a-z]+s\b)", _make_year, 0),
    (rf"(?:[(\[–—]|(?<=[a-z]), |\A)(?P<core>(?P<year>{_YEAR}))\b(?=[\s,;:.)\]–—]|\Z)(?! [a-z]+s\b)", _make_year, 0),
]  # fmt: skip


@cache
def _compiled() -> list[tuple[re.Pattern[str], _Maker]]:
    return [(re.compile(pattern, flags | re.ASCII), make) for pattern, make, flags in _PATTERNS]


# Every time holds one of these; a text without them is not looked at again.
_HINT = re.compile(
    r"\d{4}|(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
    r"|day\b|days\b|night|morning|evening|afternoon|tomorrow|week|month|quarter|year|decade|centur|spring|summer|autumn|fall|winter|Q[1-4]|Christmas|hour|minute|second|daily|\d0s|Mon\.|Tue|Wed|Thu|Fri\.|Sat\.|Sun\.",
    re.I,
)
_BEFORE = re.compile(
    r"\b(no later than|not later than|no earlier than|not earlier than|not before|through|as early as|prior to|ahead of|by|until|till|before|since|from|starting|after|following|between)(?: (?:at least|about|around))?(?: the)? $",
    re.I,
)
_JOIN = re.compile(r" (?:to|and|until|through) (?:the )?| ?[-–] ?|—", re.I)


def find_times(text: str) -> list[TimeMatch]:
    """All time expressions of a text, left to right, none inside another."""
    if not _HINT.search(text):
        return []
    return list(_join(text, [_relate(text, match) for match in _longest(_candidates(text))]))


def _candidates(text: str) -> Iterator[TimeMatch]:
    for pattern, make in _compiled():
        for m in pattern.finditer(text):
            expression = make(m)
            if expression is not None:
                start = m.start("core") if "core" in pattern.groupindex else m.start()
                yield TimeMatch(start, m.end(), start, expression)


def _longest(found: Iterator[TimeMatch]) -> list[TimeMatch]:
    """The longest match at each place; of two that overlap the longer stays, of two as long the earlier."""
    kept: list[TimeMatch] = []
    starts: list[int] = []
    for match in sorted(found, key=lambda match: (match.start - match.end, match.start)):
        at = bisect(starts, match.start)
        if (at == 0 or kept[at - 1].end <= match.start) and (at == len(kept) or match.end <= kept[at].start):
            starts.insert(at, match.start)
            kept.insert(at, match)
    return kept


def _relate(text: str, match: TimeMatch) -> TimeMatch:
    """Read the preposition before a point: "by", "since", "before"."""
    before = _BEFORE.search(text, max(0, match.start - 30), match.start)
    if before is None or match.expression.kind != "date" or match.expression.relation != "in":
        return match
    relation = RELATIONS.get(before[1].lower())
    if relation is None:
        return replace(match, outer=before.start())
    point = match.expression.first
    if relation in ("by", "until", "before") and point and point.part == "late":
        point = replace(point, part=None)  # a deadline "by" or "before the end of November" is its last day
        relation = "by" if relation == "before" else relation
    return replace(match, outer=before.start(), expression=replace(match.expression, relation=relation, first=point))


def _join(text: str, matches: list[TimeMatch]) -> Iterator[TimeMatch]:
    """Two points with "to", "and" or a dash between them, after "from" or "between", are one range."""
    index = 0
    while index < len(matches):
        match = matches[index]
        follower = matches[index + 1] if index + 1 < len(matches) else None
        joined = _make_range(match, follower) if follower and _is_range(text, match, follower) else None
        if joined:
            yield joined
            index += 2
        else:
            yield match
            index += 1


def _is_range(text: str, match: TimeMatch, follower: TimeMatch) -> bool:
    if match.expression.kind != "date" or follower.expression.kind != "date" or not _JOIN.fullmatch(text[match.end : follower.start]):
        return False
    link = text[match.end : follower.start].strip().lower()
    opened = text[match.outer : match.start].lower().startswith(("from", "between"))
    return match.expression.last is None and (opened or link in ("to", "-", "–", "—", "through"))


def _make_range(match: TimeMatch, follower: TimeMatch) -> TimeMatch | None:
    """None where the second end lies before the first."""
    first, last = match.expression.first, follower.expression.first
    if first is None or last is None:
        return None
    if first.year is None and first.shift is None and last.year is not None:  # "between July and September 2022", "from November to February 2022"
        later = first.month is not None and last.month is not None and first.month > last.month
        first = replace(first, year=last.year - 1 if later else last.year)
    if first.year is not None and last.year is not None and (first.year, first.month or 0, first.day or 0) > (last.year, last.month or 12, last.day or 31):
        return None
    return TimeMatch(match.start, follower.end, match.outer, TimeExpression("date", "between", first, last))
