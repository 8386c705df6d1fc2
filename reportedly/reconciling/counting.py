"""How many people a phrase counts: "four adults and a child" are five."""

import re

from reportedly.records import Filler
from reportedly.values.numbers import parse_number

_LEAD = re.compile(r"^(?:(?:the )?(?:bodies|body|lives|life|deaths|death) of )?(?:(?:at least|as many as|more than|about|some|another|all|the other|the|other) )*", re.I)
_AGE = re.compile(r"\b\d+[- ](?:year|month|week|day)s?[- ]old\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)[- ](?:year|month)s?[- ]old\b", re.I)
_DETERMINERS = frozenset("a an one another the his her their its my our your this that".split())
_PLURALS = frozenset("men women children people police".split())
_PEOPLE = frozenset("man woman boy girl child son daughter mother father wife husband baby brother sister friend".split())
_SINGLE = frozenset("he she him her himself herself i me".split())


def people_in(filler: Filler) -> int | None:
    """How many people a phrase means: the sum of its members, each its number or one for a person in the singular ("four
    adults and a child" are five). An age is no number of people; a plural without a number gives none."""
    parts = re.split(r",? and |, ", _AGE.sub("aged", filler.text.strip()))
    members = [_member(part, follows=number > 0) for number, part in enumerate(parts)]
    total = sum(number for number in members if number is not None)
    return total or None


def _member(part: str, *, follows: bool) -> int | None:
    words = _LEAD.sub("", part).split()
    opening = part.split(maxsplit=1)[0].lower() if part.split() else ""
    if not words:
        return None
    number = parse_number(words[0].strip("([")) if not re.fullmatch(r"\d{1,3}", part.strip()) else None  # a number alone is an age
    if number is not None:
        return int(number) if number == int(number) and number < 1_000 else None
    if part.lower() in _SINGLE or words[0].lower() in _SINGLE:
        return 1
    last = words[-1].lower()
    is_plural = last in _PLURALS or (last.endswith("s") and not last.endswith(("ss", "'s", "’s")))
    single = opening in _DETERMINERS or words[0] == "aged" or words[0][:1].isupper() or (follows and len(words) == 1 and last in _PEOPLE)  # "a man and woman"
    return 1 if single and not (is_plural and not words[0][:1].isupper()) else None
