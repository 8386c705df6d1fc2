"""Tolls: how many people a frame counts, over the reports of one happening. A first, simple merge: no winner is hidden, for
the count of each report is kept beside the one that is taken."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from reportedly.reconciling.dating import publication_order, published_day
from reportedly.records import Dated, Filler
from reportedly.values.numbers import parse_number

_LONG_AGO = timedelta(days=200)  # what is told of as lying further back is another happening
_OTHERS = frozenset("other others another additional more second third fourth fifth remaining surviving survivor".split())


@dataclass(frozen=True, slots=True)
class Toll:
    """How many people: the number taken, and what each report says (report id, number) by publication. None where no report
    gives any."""

    count: int | None
    by_report: tuple[tuple[str, int], ...]


def count_tolls(claims: Iterable[Dated], role: str = "people", also: str | None = None, but_for: Toll | None = None) -> Toll:
    """The toll of claims of one frame. In a report the largest number counts, for single victims are told of again and again;
    somebody who fills `also` (a dead shooter) is one more where the number does not take him in. One person is not counted
    where there is a toll of `but_for` and no word ("another", "a second") says that he is somebody else: who died, in
    whichever report, was wounded first. Over the reports the number that most give stands; of two that as many give, the later one's."""
    died = but_for is not None and bool(but_for.count)
    by_report: dict[str, list[Dated]] = {}
    for dated in sorted(claims, key=lambda one: (publication_order(one.report), one.claim.trigger_start)):
        if _counts(dated):
            by_report.setdefault(dated.report.id, []).append(dated)
    found = [(report, count) for report, members in by_report.items() if (count := _count(members, role, also, died)) is not None]
    votes = Counter(count for _, count in found)
    last = {count: number for number, (_, count) in enumerate(found)}
    taken = max(votes, key=lambda count: (votes[count], last[count]), default=None)
    return Toll(taken, tuple(found))


def _counts(dated: Dated) -> bool:
    claim = dated.claim
    if claim.polarity == "negative" or claim.certainty == "possible" or claim.status not in ("occurred", "ongoing"):
        return False
    published = published_day(dated)
    return not (dated.when and dated.when.latest and published and dated.when.latest < published - _LONG_AGO)


def _count(members: list[Dated], role: str, also: str | None, died: bool) -> int | None:
    numbers = [(number, dated) for dated in members if (number := _people_of(dated, role)) and not (died and number == 1 and not _is_another(dated, role))]
    beside = [dated for dated in members if also is not None and also in dated.claim.roles]
    apart = [(number, dated) for number, dated in numbers if dated not in beside]
    if not numbers and not beside:
        return None
    largest, told = max(apart, key=lambda one: one[0], default=(0, None))
    within = told is not None and "including" in told.claim.quote
    return largest + (1 if beside and not within else 0)


def _people_of(dated: Dated, role: str) -> int:
    """How many people one claim counts: "three clerks and a child" are four."""
    fillers = [one for one in dated.claim.roles.get(role, ()) if one.time is None]
    return sum(people_in(filler) or 0 for filler in fillers if not any(other is not filler and other.start <= filler.start and filler.end <= other.end for other in fillers))


def _is_another(dated: Dated, role: str) -> bool:
    return any(word in _OTHERS for filler in dated.claim.roles.get(role, ()) for word in filler.text.lower().split())


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


def first_day(claims: Iterable[Dated]) -> date | None:
    """The day that most claims name as one whole day; of as many, the earliest."""
    days = Counter(dated.when.earliest for dated in claims if _counts(dated) and dated.when and dated.when.earliest and dated.when.earliest == dated.when.latest)
    return max(sorted(days), key=lambda day: days[day], default=None)
