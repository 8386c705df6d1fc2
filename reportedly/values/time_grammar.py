"""The grammar of times in English news: text in, symbolic expressions with their places out.

One list of patterns, tried at every place from left to right, the longest first. A word that is only sometimes
a time ("May", "second", "2397") counts only beside something that makes it one. Adjoining points become ranges
("from July to early November"), a clock joins its day ("10 p.m. Wednesday"), a preposition before a point becomes its
relation ("by", "since", "before"), and what counts from a time spoken of before ("a year earlier") is given that time.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from reportedly.values import time_makers as make
from reportedly.values.numbers import NUMBER
from reportedly.values.time_words import (
    CLOCK,
    CLOCK_24,
    COUNT,
    DAY,
    FEAST,
    HEDGE,
    LONG_UNIT,
    MON,
    PART,
    RELATIONS,
    SHIFT,
    SPOKEN_YEAR,
    UNIT,
    VAGUE_POINTS,
    WD,
    WEEKDAY,
    YEAR,
    ZONE,
)  # fmt: skip
from reportedly.values.times import Length, Point, TimeExpression
from reportedly.values.windows import windows


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """An expression found at [start, end) of a text; `outer` is where its preposition begins, `bare` where it begins
    without hedge, and `ends` are the two times of a range."""

    start: int
    end: int
    outer: int
    expression: TimeExpression
    bare: int = -1
    ends: tuple["TimeMatch", ...] = ()


# What stands before four digits that are a year; after the second kind a plural noun makes them a count.
_YEAR_BEFORE = r"(?i:in|since|by|until|till|before|after|during|the|year|spring|summer|autumn|fall|winter|as of|circa|prior to|late|early|mid|into|throughout)"
_OF_BEFORE = r"(?i:of|for|from|between|to|and|through|than|around|about|or|with|[A-Z][a-z]+day)"
_ANY_YEAR = rf"(?P<year>{YEAR}|{SPOKEN_YEAR})"
_TAIL = rf"(?:,? (?:of )?{_ANY_YEAR}|,? (?:of |in )?(?P<yshift>last|this|next) year|,? (?P<ago>a year (?:ago|earlier)))?"
_OWNER = r"(?P<shift>last|this|next) year['’]s "
_NTH = r"(?P<ordinal>first|second|third|fourth|final|last)"
_LATER = r"(?P<way>earlier|later|before|after(?! (?:the|an?|his|her|its|their|[A-Z]|\w+ing)\b)|previously)\b"
_EVENT = r"(?P<event>(?:the|its|his|her|their|that|[A-Z][\w-]+['’]s) (?:[\w-]+ ){0,3}?[\w-]+)(?=[,.;:)\]”\"]|\s|$)"


@dataclass(frozen=True, slots=True)
class _Kind:
    """Patterns that have something in common: they are tried only around what `hint` finds."""

    hint: re.Pattern[str]
    patterns: tuple[tuple[re.Pattern[str], make.Maker], ...]


# named months and days
_MONTHS: list[tuple[str, make.Maker, int]] = [
    (rf"(?P<month>{MON}) (?P<day>{DAY})(?: ?[-–] ?| to | and | through )(?P<day2>{DAY}){_TAIL}", make.make_days, 0),
    (rf"(?:(?:[Ff]rom|[Bb]etween) )?(?P<day>{DAY})(?: ?[-–] ?| to | and | through )(?P<day2>{DAY}) (?:of )?(?P<month>{MON}){_TAIL}", make.make_days, 0),
    (rf"(?:{WD},? (?:the )?)?(?P<month>{MON}) (?P<day>{DAY}){_TAIL}", make.make_day, 0),
    (rf"(?:{WD},? )?(?:the )?(?P<day>{DAY}) (?:day )?(?:of )?(?P<month>{MON}){_TAIL}", make.make_day, 0),
    (rf"{PART}(?P<month>{MON}){_TAIL}", make.make_month, 0),
    (rf"(?P<month>{MON})(?:,? (?:of )?{_ANY_YEAR}|,? (?:of )?(?P<yshift>last|this|next) year)", make.make_month, 0),
    (rf"{SHIFT} (?P<month>{MON})\b", make.make_shifted_month, re.I),
    (r"(?P<month>January|February|April|June|July|August|September|October|November|December)\b", make.make_month, 0),
    (r"\b(?:in|by|since|until|after|from|before|during|through|In|By|Since|Until|After|From|Before|During|last|of) (?P<core>(?P<month>March|May|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.))(?! \d)(?!\w)", make.make_month, 0),
    (rf"\b(?:every|each) (?P<month>{MON})\b", make.make_habit, re.I),
]  # fmt: skip
# weekdays
_WEEKDAYS: list[tuple[str, make.Maker, int]] = [
    (rf"(?:(?:{SHIFT}|[Ee]arly|[Ll]ate|[Ee]arlier|[Ll]ater|[Oo]n|\() )?(?P<core>(?:(?:[Ee]arly|[Ll]ate) )?(?P<weekday>{WD}))(?:,? (?P<wshift>last|this|next) week)?(?:,? (?:early |late )?(?P<daypart>morning|afternoon|evening|night)\b(?!s))?(?!,? (?:{MON}) \d)", make.make_weekday, 0),
    (rf"\b(?:every|each) (?P<weekday>{WD})(?: (?P<daypart>morning|afternoon|evening|night))?\b|\b(?P<weekday2>{WEEKDAY})s\b(?! [A-Z])", make.make_habit, re.I),
    (rf"\b(?P<weekday>{WEEKDAY}) (?P<daypart>morning|afternoon|evening|night)s\b", make.make_habit, 0),
    (rf"\b(?P<way>following|previous|preceding) (?P<weekday>{WEEKDAY})\b", make.make_weekday_of, re.I),
    (rf"\bthe (?P<way>following|next|previous|preceding) (?P<weekday>{WEEKDAY})\b", make.make_weekday_of, re.I),
    (rf"\b{SHIFT} (?P<weekday>{WD})(?:,? (?P<daypart>morning|afternoon|evening|night)\b(?!s))?", make.make_weekday, re.I),
]  # fmt: skip
# years, decades and dates in digits
_DIGITS: list[tuple[str, make.Maker, int]] = [
    (rf"(?P<year>{YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])\b", make.make_iso, 0),
    (r"(?<![\d/.-])(?P<a>\d{1,2})(?P<dot>[/.])(?P<b>\d{1,2})(?P=dot)(?P<year>(?:19|20)\d\d|\d\d)(?![\d/.-]\d)(?!\d)", make.make_numeric, 0),
    (rf"(?<![\d-])(?P<year>{YEAR})(?: ?[–-] ?)(?P<year2>{YEAR})(?![\d-])", make.make_years, 0),
    (rf"\b(?:the )?(?P<year>{YEAR}) {_NTH}[- ](?P<unit>quarter|half)\b", make.make_quarter, re.I),
    (rf"\b(?:the )(?P<year>{YEAR}) (?:quarter|period)\b", make.make_told_quarter, 0),
    (rf"\b(?:the )?(?:(?P<fiscal>fiscal) (?:year )?(?P<year>{YEAR})|(?P<fiscal2>FY) ?(?P<year2>{YEAR}))\b", make.make_fiscal_year, re.I),
    (r"\b(?:the )?(?:(?P<part>early|mid|late)[- ])?(?P<year>(?:1[6-9]|20)\d0)s\b", make.make_decade, re.I),
    (r"\b(?:the )?(?:(?P<part>early|mid|late)[- ])?['’](?P<year>[2-9]0)s\b", make.make_decade, re.I),
    (rf"\b(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Aa]n?|[Tt]hat|both|due|['’]s|post-|pre-)(?:\s|(?<=-))(?P<core>(?P<year>{YEAR}))\b(?![-/%])(?! [a-z]+s\b)", make.make_year, 0),
    (rf"{PART}(?P<year>{YEAR})", make.make_year, 0),
    (rf"\b(?:{_YEAR_BEFORE})\s(?P<core>{_ANY_YEAR})\b(?![-/%])", make.make_year, 0),
    (rf"\b(?:{_OF_BEFORE})\s(?P<core>(?P<year>{YEAR}))\b(?![-/%])(?! [a-z]+s\b)", make.make_year, 0),
    (rf"(?:[(\[–—]|(?<=[a-z]), |\A)(?P<core>(?P<year>{YEAR}))\b(?=[\s,;:.)\]–—]|\Z)(?! [a-z]+s\b)", make.make_year, 0),
    (rf"(?P<core>(?P<year>{YEAR}))['’]s\b", make.make_year, 0),
]  # fmt: skip
# years and decades in words
_SPOKEN: list[tuple[str, make.Maker, int]] = [
    (r"\bthe (?:(?P<part>early|mid|late)[- ])?['’]?(?P<tens>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b", make.make_decade, re.I),
    (rf"\bthe year (?P<year>{YEAR}|two thousand|{SPOKEN_YEAR})\b", make.make_year, re.I),
    (r"\b(?P<year>(?:[Nn]ineteen|[Ee]ighteen)[- ](?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)\b", make.make_year, 0),
]  # fmt: skip
# words that count from the day they are said, or name no date
_WORDS: list[tuple[str, make.Maker, int]] = [
    (r"\b(?:(?:early|late|later|earlier) )?(?:last night|this (?:morning|afternoon|evening)|(?:today|yesterday|tomorrow)(?: (?:morning|afternoon|evening|night))?\b(?!s)|tonight|overnight)\b", make.make_deictic, re.I),
    (rf"(?<!\bas )\b(?:{'|'.join(sorted(VAGUE_POINTS, key=len, reverse=True))})\b(?!['’-])(?! (?:years?|months?|weeks?|days?|decades?|quarters?|fiscal|after|before)\b)", make.make_vague, re.I),
    (r"\bthe (?:next|following) (?P<daypart>morning|afternoon|evening|night)\b", make.make_next_daypart, re.I),
]  # fmt: skip
# seasons
_SEASONS: list[tuple[str, make.Maker, int]] = [
    (rf"\b(?:the )?{SHIFT} (?P<season>spring|summer|autumn|fall|winter)\b", make.make_season, re.I),
    (rf"{PART}?(?:\bthe )?\b(?P<season>spring|summer|autumn|fall|winter)(?: of|,)? (?:{_ANY_YEAR}|(?P<yshift>last|this|next) year)\b", make.make_season, re.I),
    (r"\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Ii]nto|[Ss]ince|[Bb]y|[Uu]ntil|of) (?P<core>(?:the )?(?:(?P<part>early|mid|late)[- ])?(?P<season>spring|summer|autumn|winter))\b(?! (?:of|break|camp|games?|school)\b)", make.make_season, 0),
]  # fmt: skip
# feasts
_FEASTS: list[tuple[str, make.Maker, int]] = [
    (rf"\b(?:the )?{FEAST}{_TAIL}\b", make.make_feast, 0),
]  # fmt: skip
# times of day
_CLOCKS: list[tuple[str, make.Maker, int]] = [
    (rf"\b{CLOCK}{ZONE}(?!\w)", make.make_clock, 0),
    (rf"(?<![\d:.]){CLOCK_24}{ZONE}(?![\d:])(?!\w)", make.make_zoned_clock, 0),
    (r"(?<![\d:.])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) (?P<zone>GMT|UTC)\b", make.make_clock, 0),
    (r"\b(?P<word>noon|midday|midnight)\b", make.make_clock, re.I),
]  # fmt: skip
# units: what is counted from somewhere, quarters, stretches, lengths, habits
_UNITS: list[tuple[str, make.Maker, int]] = [
    (r"\b(?:the )?(?P<way>past|last)(?=(?: \w+)? (?:week|month|quarter|year|decade)\b) (?P<unit>week|month|quarter|year|decade)\b(?=s?)", make.make_stretch, re.I),
    (r"\b(?:within|over|during) the (?P<way>next|coming) (?P<unit>day|week|month|quarter|year|decade)\b", make.make_stretch, re.I),
    (r"\bhalf a year ago\b", make.make_half_year_ago, re.I),
    (rf"(?:{PART}|(?:\b(?:earlier|later) ))?(?:(?:the|this) )?\b{SHIFT} (?P<unit>day|week|month|quarter|year|decade|century)\b(?! of)(?! (?:ago|old)\b)", make.make_shifted, re.I),
    (r"\b(?:the )?(?P<part2>beginning|start|middle|end|close) of (?:the|this) (?P<unit>week|month|quarter|year|decade)\b", make.make_this_unit, re.I),
    (r"\bthe (?P<shift>latest) (?P<unit>week|month|year|quarter)\b", make.make_shifted, re.I),
    (rf"(?:\b(?:for|of|during) )(?P<core>the (?:full )?(?P<unit>year))\b(?! (?:ended|ending|to|ago|earlier|{YEAR}))", make.make_this_unit, 0),
    (r"\bthe (?P<count>one )?(?P<unit>year)(?= (?:ended|ending|to)\b)", make.make_one_length, re.I),
    (rf"\b(?:the )?(?:{SHIFT} )?weekend\b", make.make_weekend, re.I),
    (rf"\byear(?:['’]s)?[- ]end\b(?:,? (?:of )?(?:{_ANY_YEAR}|(?P<yshift>last|this|next) year))?", make.make_year_end, re.I),
    (rf"\bQ(?P<q>[1-4])(?:,? {_ANY_YEAR})?\b", make.make_quarter, 0),
    (rf"(?:\b(?:the |this )(?!\w+-))?\b(?:fiscal[- ])?{_NTH}[- ](?:fiscal )?(?P<unit>quarter|half)\b(?:(?: of|,)? (?:(?:the )?(?:fiscal )?(?:year )?{_ANY_YEAR}|(?P<yshift>last|this|next) year|(?P<ago>a year (?:ago|earlier))))?(?! of (?!(?:the |this )?(?:year|fiscal)))", make.make_quarter, re.I),
    (rf"\b{_OWNER}(?:fiscal )?{_NTH}[- ](?P<unit>quarter|half)\b", make.make_quarter, re.I),
    (r"\b(?:the |a )?(?P<way>year-ago|year-earlier|prior-year|corresponding) (?:quarter|period|third quarter|second quarter|first quarter|fourth quarter)\b(?:,? (?P<ago>(?:a year (?:ago|earlier)|last year|of last year)))?", make.make_told_quarter, re.I),
    (r"\b(?:the same|the corresponding|the comparable|last year['’]s) (?:quarter|period)(?:,? (?P<ago>(?:a year (?:ago|earlier)|(?:of )?last year)))?\b", make.make_told_quarter, re.I),
    (r"\bthe (?:latest )?(?:quarter|period)\b(?!-)(?:,? (?P<ago>a year (?:ago|earlier)))?", make.make_told_quarter, re.I),
    (r"\b(?:the |this )?(?:(?P<shift>last|this|current|next|previous) )?fiscal year\b", make.make_fiscal, re.I),
    (r"\b(?:a year earlier|year-(?:ago|earlier)|the year[- ]before|a year before)\b(?! (?:quarter|period))", make.make_year_ago, re.I),
    (rf"\b(?P<count>{NUMBER}|(?:a )?few|several|a couple of|an?|the(?= \w+[^s] )) (?P<unit>day|week|month|year|decade)s? {_LATER}", make.make_later, re.I),
    (r"\b(?:the (?P<way>following|next|previous|preceding|same|prior)|(?P<way2>that)(?= (?:same )?(?:day|week|month|year|decade|quarter)\b)(?: same)?) (?P<unit>day|week|month|year|decade|quarter)\b(?! of)", make.make_told_unit, re.I),
    (rf"\b(?:(?P<within>within) )?(?:{HEDGE} )?(?P<count>{NUMBER}|a|an|several|a few) {UNIT} (?P<way>into|after|before|from|of|since)(?<!(?<!within )\bof) {_EVENT}", make.make_from_event, re.I),
    (rf"(?:\b{HEDGE} )?(?<!half ){COUNT} (?P<unit>second|minute|hour|day|week|month|quarter|year|decade|centur)(?:s|y|ies)?(?: or (?:so|more))? ago\b", make.make_ago, re.I),
    (rf"\b(?:the )?(?P<way>last|past|next|coming|recent)(?: (?P<count>{NUMBER}|few|several|couple of))? (?P<unit>hour|day|week|month|quarter|year|decade)s\b", make.make_recent, re.I),
    (rf"(?:\b{HEDGE} |\bthe (?:(?:first|latest|final) )?(?!\w+-))?(?!three-quarters){COUNT}(?: (?:to|or) (?P<high>{NUMBER})|[-–](?P<high2>\d+))?(?: (?:full|more|additional|consecutive|straight|long|short))?[- ]{LONG_UNIT}(?!ly)(?: and a (?P<half>half))?(?![- ](?:old|olds)\b)(?! of age\b)", make.make_length, re.I),
    (rf"\b{HEDGE} an? (?P<unit>minute|hour|day|week|month|year|decade|centur)y?\b(?! (?:ago|old|earlier|later|before|after))", make.make_one_length, re.I),
    (r"\bhalf an? (?P<unit>hour|day|week|month|year|decade|centur)y?\b(?! ago)", make.make_half_length, re.I),
    (r"\b(?:for|in|over|within|after|took|take|takes|by|last|lasted) (?P<core>(?P<unit>year|month|week|day|hour|decade|centur)(?:s|ies)\b)(?! (?:old|later|earlier|after|before)\b)", make.make_length, re.I),
    (r"\b(?P<core>(?P<unit>year|month|week|day|hour|decade|centur)(?:s|ies) ago)\b", make.make_long_ago, re.I),
    (r"\b(?:every|each) (?P<unit>day|week|month|quarter|year)\b", make.make_set, re.I),
    (r"\b(?P<core>annually)\b", make.make_set, re.I),
    (rf"\b(?:once|twice|(?:{NUMBER}|several) times) (?:an?|every|each|per) (?P<unit>day|week|month|year)\b", make.make_set, re.I),
    (r"\b(?P<unit>daily|weekly|monthly|yearly|hourly)\b(?! [A-Z])", make.make_set, 0),
    (r"\b(?:the )?(?:(?P<part>early|mid|late)[- ])?(?P<nth>\d{1,2})(?:st|nd|rd|th)[- ]century\b", make.make_century, re.I),
]  # fmt: skip
_KINDS = [
    (MON, 0, _MONTHS),
    (WD, 0, _WEEKDAYS),
    (r"\d[-/.]\d|(?:1[5-9]|20)\d\d|['’]\d0s", re.I, _DIGITS),
    (r"teen[- ]|thousand|twenty[- ]|ties\b", re.I, _SPOKEN),
    (rf"\b(?:today|yesterday|tomorrow|tonight|overnight|night|morning|afternoon|evening|{'|'.join(sorted(VAGUE_POINTS, key=len, reverse=True))})\b", re.I, _WORDS),
    (r"\b(?:spring|summer|autumn|fall|winter)\b", re.I, _SEASONS),
    (FEAST, 0, _FEASTS),
    (r"\d ?[ap]\.?m\b|\d:\d\d|\d (?:GMT|UTC)|o['’]clock|\b(?:noon|midday|midnight)\b|in the (?:morning|afternoon|evening)", re.I, _CLOCKS),
    (r"\b(?:seconds?|minutes?|hours?|days?|weeks?|weekend|months?|quarters?|half|period|years?|decades?|centur(?:y|ies)|daily|weekly|monthly|yearly|hourly|annually|Q[1-4])\b", re.I, _UNITS),
]  # fmt: skip


@cache
def _kinds() -> tuple[_Kind, ...]:
    return tuple(
        _Kind(re.compile(hint, flags | re.ASCII), tuple((re.compile(pattern, more | re.ASCII), maker) for pattern, maker, more in patterns)) for hint, flags, patterns in _KINDS
    )


_ENDED = re.compile(r"\b(?:ended|ending) $")
_YEAR_AGO = Point("year", shift=-1, shift_grain="year")
_NEAR = 300  # characters: farther back a quarter is not what "a year ago" is measured against
_ADVERBS = frozenset(["about", "around", "over", "some", "roughly", "approximately"])  # hedges that stand apart from the words of a time
_BEFORE = re.compile(
    r"\b(no later than|not later than|no earlier than|not earlier than|not before|through|as early as|prior to|ahead of|by|until|till|before|since|from|starting|after|following|between)(?: (?:at least|about|around))?(?: the)? $",
    re.I,
)
_JOIN = re.compile(r" (?:to|and|until|through) (?:the )?| ?[-–] ?|—", re.I)


def find_times(text: str) -> list[TimeMatch]:
    """All time expressions of a text, left to right, none inside another."""
    found = _longest(_candidates(text))
    return list(_join(text, [_relate(text, match) for match in _count_from_told(text, _join_clocks(text, found))]))


def _candidates(text: str) -> Iterator[TimeMatch]:
    for kind in _kinds():
        for start, end in windows(text, kind.hint):
            for pattern, maker in kind.patterns:
                for m in pattern.finditer(text, start, end):
                    expression = maker(m)
                    if expression is not None:
                        yield _make_match(m, expression)


def _make_match(m: re.Match[str], expression: TimeExpression) -> TimeMatch:
    groups = m.groupdict()
    start = m.start("core") if "core" in groups else m.start()
    bare = max(start, m.end("hedge") + 1 if (groups.get("hedge") or "").lower() in _ADVERBS else m.start())
    return TimeMatch(start, m.end(), start, expression, bare, _length_of_event(m, expression, bare))


def _length_of_event(m: re.Match[str], expression: TimeExpression, start: int) -> tuple["TimeMatch", ...]:
    """In "two months after the raid" the length stands by itself."""
    if expression.first is None or expression.first.event is None:
        return ()
    count = abs(expression.first.shift or 0)
    end = m.start("way") - 1
    return (TimeMatch(start, end, start, TimeExpression("duration", length=Length(count, count, expression.first.grain)), start),)


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


_BESIDE = re.compile(r",? (?:on |at |of )?")


def _join_clocks(text: str, matches: list[TimeMatch]) -> Iterator[TimeMatch]:
    """A time of day and the day beside it are one: "10 p.m. Wednesday", "Friday at noon". Alone it is of the day of saying."""
    index = 0
    while index < len(matches):
        match = matches[index]
        follower = matches[index + 1] if index + 1 < len(matches) else None
        if follower and _BESIDE.fullmatch(text[match.end : follower.start]) and (both := _clock_on_day(match.expression, follower.expression)):
            yield TimeMatch(match.start, follower.end, match.outer, both, match.start)
            index += 2
            continue
        point = match.expression.first
        if point is not None and point.grain == "clock":
            match = replace(match, expression=replace(match.expression, first=replace(point, grain="day", shift=0, shift_grain="day")))
        yield match
        index += 1


def _clock_on_day(one: TimeExpression, other: TimeExpression) -> TimeExpression | None:
    for clock, day in ((one, other), (other, one)):
        if clock.first and day.first and clock.first.grain == "clock" and day.first.grain == "day" and day.kind == "date" and day.last is None and day.first.clock is None:
            return replace(day, first=replace(day.first, clock=clock.first.clock, zone=clock.first.zone, daypart=day.first.daypart or clock.first.daypart))
    return None


def _count_from_told(text: str, matches: Iterator[TimeMatch]) -> Iterator[TimeMatch]:
    """Give what counts from a time spoken of before that time: the last dated one, for quarters the last quarter. What
    finds none is unresolved, or ("the quarter") no time at all. A year before a time leaves that time the one spoken of."""
    told: TimeMatch | None = None
    quarter: TimeMatch | None = None
    for found in matches:
        year_ago = found.expression.first == _YEAR_AGO and text[found.start : found.end].lower().endswith("ago")
        match = _with_told(found, told, quarter, is_year_ago=year_ago)
        if match is None:
            continue
        yield match
        if not year_ago and _is_told(text, match):
            told = match
            quarter = match if match.expression.first and match.expression.first.nth and match.expression.first.grain != "season" else quarter


def _is_told(text: str, match: TimeMatch) -> bool:
    """Whether a later "a year earlier" can count from it: a dated time, but neither the year before one nor the end of a
    period ("the quarter ended Sept. 30")."""
    point, expression = match.expression.first, match.expression
    if point is None or expression.kind != "date" or point.grain == "vague" or point.event is not None or expression.length is not None:
        return False
    is_comparison = point.of is not None and point.shift_grain == "year" and point.shift == -1
    return not is_comparison and not _ENDED.search(text, max(0, match.start - 10), match.start)


def _with_told(match: TimeMatch, told: TimeMatch | None, quarter: TimeMatch | None, *, is_year_ago: bool) -> TimeMatch | None:
    point = match.expression.first
    if point is None:
        return match
    of = quarter if point.grain == "quarter" else told
    if point.of == make.TOLD:
        if of is None and point.grain == "quarter":
            return None
        counted = _counted_from(point, of.expression.first if of else None)
    elif is_year_ago and told is not None and quarter is told and match.start - told.end < _NEAR:
        counted = replace(point, grain="quarter", of=told.expression.first)  # "in the third quarter, against 4 million a year ago"
    else:
        return match
    return replace(match, expression=replace(match.expression, first=counted))


def _counted_from(point: Point, of: Point | None) -> Point:
    if of is None:
        return replace(point, of=None, event="a time spoken of before")
    if point.grain == "quarter" and point.year is not None:
        return replace(of, year=point.year, shift=None, shift_grain=None, of=None)
    if point.grain == "quarter" and point.shift == 0:
        return of
    if point.grain == "year" and point.shift == -1 and point.shift_grain == "year":
        return replace(point, grain=of.grain if of.grain != "fiscal year" else "year", of=of, feast=None)
    return replace(point, of=of)


def _relate(text: str, match: TimeMatch) -> TimeMatch:
    """Read the preposition before a point: "by", "since", "before"."""
    before = _BEFORE.search(text, max(0, match.start - 30), match.start)
    point = match.expression.first
    if before is None or point is None or match.expression.kind != "date" or match.expression.relation != "in" or point.grain == "vague":
        return match
    relation = RELATIONS.get(before[1].lower())
    if relation is None:
        return replace(match, outer=before.start())
    if relation in ("by", "until", "before") and point.part == "late":
        point = replace(point, part=None)  # a deadline "by" or "before the end of November" is its last day
        relation = "by" if relation == "before" else relation
    if before[1].lower() == "since" and point.lean is None:
        point = replace(point, lean="past")
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
    if match.expression.length or follower.expression.length:
        return False
    link = text[match.end : follower.start].strip().lower()
    opened = text[match.outer : match.start].lower().startswith(("from", "between"))
    return match.expression.last is None and (opened or link in ("to", "-", "–", "—", "through"))


def _make_range(match: TimeMatch, follower: TimeMatch) -> TimeMatch | None:
    """None where the second end lies before the first."""
    first, last = match.expression.first, follower.expression.first
    if first is None or last is None or "vague" in (first.grain, last.grain):
        return None
    ends = (replace(match, expression=replace(match.expression, relation="in")), replace(follower, expression=replace(follower.expression, relation="in")))
    if first.year is None and first.shift is None and last.year is not None:  # "between July and September 2022", "from November to February 2022"
        later = first.month is not None and last.month is not None and first.month > last.month
        first = replace(first, year=last.year - 1 if later else last.year)
    if first.year is not None and last.year is not None and (first.year, first.month or 0, first.day or 0) > (last.year, last.month or 12, last.day or 31):
        return None
    return TimeMatch(match.start, follower.end, match.outer, TimeExpression("date", "between", first, last), match.start, ends)
