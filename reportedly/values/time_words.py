"""The words of times: tables, and the fragments of patterns that are built on them."""

import re

from reportedly.values.feasts import feast_names
from reportedly.values.numbers import NUMBER, ONES, TEENS, TENS, parse_number

_MONTH_NAMES = "january february march april may june july august september october november december".split()
MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_WEEKDAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAYS = {name[:3]: number for number, name in enumerate(_WEEKDAY_NAMES)}
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
PARTS = {
    "early": "early", "mid": "mid", "middle": "mid", "late": "late", "beginning": "early", "start": "early", "end": "late", "close": "late", "first half": "half1", "second half": "half2",
    "latter half": "half2", "last half": "half2", "first week": "week 1", "second week": "week 2", "third week": "week 3", "fourth week": "week 4", "last week": "week last", "final week": "week last",
}  # fmt: skip
SHIFTS = {
    "last": -1, "previous": -1, "past": -1, "latest": -1, "this": 0, "current": 0, "same": 0, "that": 0, "next": 1, "coming": 1, "following": 1, "this coming": 1, "this past": -1, "prior": -1,
    "year-ago": -1, "year-earlier": -1, "preceding": -1,
}  # fmt: skip
DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1, "this morning": 0, "this evening": 0, "this afternoon": 0, "overnight": 0}
DAYPARTS = {"morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night", "nights": "night", "tonight": "night", "overnight": "night"}
# Words of no date: now, before now, and from now on.
VAGUE_POINTS = {
    "now": "in", "currently": "in", "current": "in", "at present": "in", "presently": "in", "at this time": "in", "at this point": "in", "nowadays": "in", "these days": "in", "at the moment": "in",
    "recently": "until", "more recently": "until", "lately": "until", "the past": "until", "not long ago": "until", "recent times": "until", "the recent past": "until", "soon": "since",
    "the future": "since", "the near future": "since", "the near term": "since", "the foreseeable future": "since", "right now": "in",
}  # fmt: skip
VAGUE_LENGTHS = {"a couple of": 2, "couple of": 2, "a few": 3, "few": 3, "several": 3, "many": 3, "some": 2, "": 2}
RELATIONS = {
    "no later than": "by", "not later than": "by", "no earlier than": "since", "not earlier than": "since", "not before": "since", "through": "until", "by": "by", "until": "until",
    "till": "until", "before": "before", "prior to": "before", "ahead of": "before", "since": "since", "from": "since", "as early as": "since", "starting": "since", "after": "after",
    "following": "after",
}  # fmt: skip

YEAR = r"(?:1[5-9]|20)\d\d(?!\d|[,.]\d)"
_YEAR_TENS = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ONES)}))?|{'|'.join(TEENS)})"
SPOKEN_YEAR = rf"(?:(?:[Nn]ineteen|[Ee]ighteen|[Tt]wenty)[- ](?:{_YEAR_TENS}|hundred|oh[- ](?:{'|'.join(ONES)}))|two thousand(?: and)? (?:{'|'.join(ONES)}|{'|'.join(TEENS)}))"
MON = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_ORDINAL_DAYS = {
    **{word: number for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth".split(), start=1)},
    **{word: number for number, word in enumerate("sixteenth seventeenth eighteenth nineteenth twentieth".split(), start=16)},
    **{f"twenty-{word}": 20 + number for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth".split(), start=1)},
    "thirtieth": 30, "thirty-first": 31,
}  # fmt: skip
DAY = rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|,\d|\.\d|:\d|%)|(?:{'|'.join(sorted(_ORDINAL_DAYS, key=len, reverse=True))})\b)"
WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
WD = rf"(?:{WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
PART = (
    r"(?:(?P<part>early|mid|late)[- ](?:in )?"
    r"|(?:the )?(?P<part2>beginning|start|middle|end|close|first half|second half|latter half|last half|first week|second week|third week|fourth week|last week|final week) of )"
)
SHIFT = r"(?P<shift>last|previous|this past|this coming|this|current|next|coming)"
UNIT = r"(?P<unit>day|week|month|quarter|year|decade|centur)(?:s|y|ies)?"
LONG_UNIT = r"(?P<unit>second|minute|hour|day|week|month|quarter|year|decade|centur)(?:s|y|ies)?\b"
COUNT = (
    rf"(?P<count>(?:{NUMBER})(?: 1/[24])?|(?:a )?few|several|many|a couple of|(?<=\bin )an?\b|(?<=\bfor )an?\b|(?<=\bwithin )an?\b"
    r"|(?<!\w)an?(?= (?:day|week|month|year|decade|century) (?:ago|earlier|later|before|after)))"
)
HEDGE = r"(?P<hedge>no more than|no less than|at least|at most|more than|over|up to|less than|fewer than|under|about|around|nearly|almost|some|roughly|approximately)"
FEAST = (
    "(?P<feast>"
    + "|".join(
        sorted(
            (re.escape(name).title().replace("'S", "['’]s").replace("\\ ", " ").replace("Al\\-", "al-").replace(" Of ", " (?:of|Of) ") for name in feast_names()),
            key=len,
            reverse=True,
        )
    )
    + ")"
)
CLOCK = r"(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>[0-5]\d))?(?: o['’]clock)?(?: in the (?P<daypart>morning|afternoon|evening)| ?(?P<half>[ap])\.?m\b\.?)"
CLOCK_24 = r"(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d))(?: ?(?:hours|hrs))?"
ZONE = r"(?: (?P<zone>[ECMP][SD]T|GMT|UTC|KST|JST|MSK|CET|CEST|BST|local time|Moscow time|Pyongyang time))?"


def year_of(text: str) -> int:
    """A year in digits or as it is spoken: "1997", "nineteen ninety-seven", "two thousand and four"."""
    if text.isdigit():
        return int(text)
    first, *rest = re.split(r"[- ]", text.lower())
    if text.lower() == "two thousand":
        return 2000
    if first == "two":
        return int(parse_number(text.lower().replace(" and ", " ")) or 0)
    tail = " ".join(word for word in rest if word != "oh")
    return (parse_int(first) * 100) + (0 if tail == "hundred" else parse_int(tail))


def parse_int(text: str) -> int:
    """A small cardinal in words, as a whole number."""
    return int(parse_number(text) or 0)


def day_of(text: str) -> int:
    """The day of a month from "3", "3rd" or "third"."""
    word = text.lower()
    return _ORDINAL_DAYS.get(word) or int(re.sub(r"\D", "", word))
