"""Tolls: how many were killed and how many hurt, over the reports of one happening. Every number that some report gives is weighed by a
visible list of marks; the count of each report is kept beside the pair that is taken, and where no pair stands out none is."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reportedly.reconciling.counting import people_in
from reportedly.reconciling.dating import published_day
from reportedly.records import Dated, Report
from reportedly.values.numbers import parse_number

FRAMES = ("killing", "injury", "shooting")  # of the playbook whose claims count people
_LONG_AGO = timedelta(days=200)  # what is told of as lying further back is another happening
_OTHERS = frozenset("other others another additional more second third fourth fifth remaining surviving survivor".split())
_OPENING = 500  # characters in which a report tells its own story; beyond lie earlier ones and other places
_SURE = 0.42  # of a pair's weight among all pairs, below which nothing is said

# Marks of a number of dead, with their weights: fitted once, by conditional logit over the numbers that reports of 893 happenings give.
KILLED = (
    ("none", 3.7), ("none, though some report counts dead", -3.0), ("share of reports: largest", 1.2), ("share: largest in the opening", 2.0),
    ("share: first told", -0.3), ("last report's largest", 0.2), ("share that tell it anywhere", 0.9), ("share of headlines", 1.0), ("share of openings", -0.1),
    ("size", -0.4), ("one", -0.1), ("none, though a headline counts dead", -1.9), ("none, though words of death open a report", -1.1),
)  # fmt: skip
# The same of a number of hurt, beside a number of dead.
INJURED = (
    ("none", -0.7), ("none, though some report counts hurt", -2.7), ("none, though some report counts shot", -1.5), ("none beside dead", 3.9),
    ("share of reports: largest", 0.4), ("share: largest in the opening", 1.4), ("share: first told", 1.4), ("last report's largest", 0.0),
    ("share: shot, less the dead", 0.8), ("share: shot in the opening, less the dead", 1.0), ("share of headlines", 0.6), ("share of openings", 1.4),
    ("headline's shot, less the dead", 1.4), ("opening's shot, less the dead", 0.3), ("size", -0.3), ("one", -1.7), ("share that tell it anywhere", 0.4),
    ("share that tell it shot, less the dead", 0.9), ("largest hurt, less the dead: they were hurt first", 0.2), ("none, though words of wounds open a report", -0.7),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Toll:
    """How many were killed and hurt; None where no pair of numbers stands out. `share` is its weight among all pairs; `by_report` the
    largest number of dead and of hurt that each report gives, by publication."""

    killed: int | None
    injured: int | None
    share: float
    by_report: tuple[tuple[str, int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What one report tells of one thing: its largest number, the largest in its opening, the first, and all."""

    largest: int | None
    opening: int | None
    first: int | None
    every: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one report tells of dead, hurt and shot by its claims, and by the bare words of its headline and its opening."""

    report: Report
    dead: _Told | None
    hurt: _Told | None
    shot: _Told | None
    headline: tuple[frozenset[int], frozenset[int], frozenset[int]]
    lede: tuple[frozenset[int], frozenset[int], frozenset[int]]


def count_tolls(claims: Iterable[Dated], reports: Iterable[Report]) -> Toll:
    """The toll that claims of the frames killing, injury and shooting give over the reports of one happening."""
    heard = _hear(list(claims), sorted(reports, key=lambda report: report.order))
    pairs = weigh_pairs(heard)
    share, killed, injured = max(pairs, key=lambda one: (one[0], -one[1], -one[2]), default=(0.0, 0, 0))
    by_report = tuple((one.report.id, one.dead.largest if one.dead else None, one.hurt.largest if one.hurt else None) for one in heard)
    return Toll(killed, injured, share, by_report) if share >= _SURE else Toll(None, None, share, by_report)


def weigh_pairs(heard: Sequence[_Heard]) -> list[tuple[float, int, int]]:
    """Each pair of dead and hurt with its share of the weight."""
    dead = _numbers(heard, "dead", 0)
    found = []
    for killed, weight in zip(dead, _soften([_weigh(KILLED, mark_killed(heard, one)) for one in dead]), strict=True):
        hurt = hurt_numbers(heard, killed)
        found += [(weight * share, killed, one) for one, share in zip(hurt, _soften([_weigh(INJURED, mark_injured(heard, killed, other)) for other in hurt]), strict=True)]
    return found


def _weigh(weights: Sequence[tuple[str, float]], marks: Sequence[float]) -> float:
    return sum(weight * mark for (_, weight), mark in zip(weights, marks, strict=True))


def _soften(weights: list[float]) -> list[float]:
    most = max(weights)
    parts = [math.exp(one - most) for one in weights]
    return [part / sum(parts) for part in parts]


def _numbers(heard: Sequence[_Heard], what: str, place: int) -> list[int]:
    """Every number that some report gives, and none."""
    told = [one for report in heard if (one := getattr(report, what)) is not None]
    found = {number for one in told for number in (one.largest, one.opening, one.first, *one.every) if number is not None}
    return sorted(found | {0} | {number for one in heard for number in (*one.headline[place], *one.lede[place])})


def hurt_numbers(heard: Sequence[_Heard], killed: int) -> list[int]:
    """Every number of hurt that some report gives, by itself or as those shot less the dead."""
    shot = {max(0, number - killed) for number in _numbers(heard, "shot", 2)}
    hurt = _numbers(heard, "hurt", 1)
    return sorted({*hurt, *shot, max(0, max(hurt) - killed)})


def mark_killed(heard: Sequence[_Heard], killed: int) -> list[float]:
    """The marks of a number of dead, in the order of KILLED."""
    told = [one.dead for one in heard if one.dead is not None]
    none, all_of = float(killed == 0), len(heard) or 1
    return [
        none, none * len(told) / all_of, _share(told, "largest", killed), _share(told, "opening", killed), _share(told, "first", killed), float(bool(told) and told[-1].largest == killed),
        sum(killed in one.every for one in told) / all_of, sum(killed in one.headline[0] for one in heard) / all_of, sum(killed in one.lede[0] for one in heard) / all_of,
        math.log1p(killed), float(killed == 1), none * sum(bool(one.headline[0]) for one in heard) / all_of, none * float(any(_DEATH.search(one.report.text, 0, 600) for one in heard)),
    ]  # fmt: skip


def mark_injured(heard: Sequence[_Heard], killed: int, injured: int) -> list[float]:
    """The marks of a number of hurt beside a number of dead, in the order of INJURED."""
    hurt, shot = [one.hurt for one in heard if one.hurt is not None], [one.shot for one in heard if one.shot is not None]
    none, all_of, both = float(injured == 0), len(heard) or 1, injured + killed
    largest = max((number for one in heard for number in (*one.headline[1], *one.lede[1], (one.hurt and one.hurt.largest) or 0)), default=0)
    return [
        none, none * len(hurt) / all_of, none * len(shot) / all_of, none * (killed > 0), _share(hurt, "largest", injured), _share(hurt, "opening", injured), _share(hurt, "first", injured),
        float(bool(hurt) and hurt[-1].largest == injured), _share(shot, "largest", both), _share(shot, "opening", both), sum(injured in one.headline[1] for one in heard) / all_of,
        sum(injured in one.lede[1] for one in heard) / all_of, sum(both in one.headline[2] for one in heard) / all_of, sum(both in one.lede[2] for one in heard) / all_of, math.log1p(injured),
        float(injured == 1), sum(injured in one.every for one in hurt) / all_of, sum(both in one.every for one in shot) / all_of, float(killed > 0 and 0 < largest == both),
        none * float(any(_WOUND.search(one.report.text, 0, 600) for one in heard)),
    ]  # fmt: skip


def _share(told: Sequence[_Told], what: str, number: int) -> float:
    return float(sum(getattr(one, what) == number for one in told)) / (len(told) or 1)


_DEATH = re.compile(r"murder|homicide|deadly|killed|dead\b|fatal", re.IGNORECASE)
_WOUND = re.compile(r"injur|wound|hospital|critical|\bhurt\b", re.IGNORECASE)


def _hear(claims: list[Dated], reports: list[Report]) -> list[_Heard]:
    of: dict[tuple[str, str], list[Dated]] = {}
    for dated in sorted(claims, key=lambda one: one.claim.trigger_start):
        if is_told(dated):
            of.setdefault((dated.report.id, dated.claim.frame), []).append(dated)
    died = any(_largest(members, "shooter_dead", died=False) for (_, frame), members in of.items() if frame == "killing")
    return [
        _Heard(one, _tell(of.get((one.id, "killing"), []), "shooter_dead", died=False), _tell(of.get((one.id, "injury"), []), None, died=died), _tell(of.get((one.id, "shooting"), []), None, died=False), *_read_openings(one.text))
        for one in reports
    ]  # fmt: skip


def is_told(dated: Dated) -> bool:
    """Whether a claim says that something has happened now: not denied, not only possible, not long ago."""
    claim = dated.claim
    if claim.polarity == "negative" or claim.certainty == "possible" or claim.status not in ("occurred", "ongoing"):
        return False
    published = published_day(dated)
    return not (dated.when and dated.when.latest and published and dated.when.latest < published - _LONG_AGO)


def _tell(members: list[Dated], also: str | None, *, died: bool) -> _Told | None:
    if not members:
        return None
    counts = [_people_of(one) for one in members]
    opening = [one for one in members if one.claim.trigger_start < _OPENING]
    return _Told(_largest(members, also, died=died), _largest(opening, also, died=died), next((one for one in counts if one), None), frozenset(one for one in counts if one))


def _largest(members: list[Dated], also: str | None, *, died: bool) -> int | None:
    """The largest number that a report gives, for single victims are told of again and again; somebody who fills `also` (a dead shooter)
    is one more where the number does not take him in. One person is not counted as hurt where some died, and no word ("another") says
    that he is somebody else: who died was wounded first."""
    numbers = [(number, dated) for dated in members if (number := _people_of(dated)) and not (died and number == 1 and not _is_another(dated))]
    beside = [dated for dated in members if also is not None and also in dated.claim.roles]
    if not numbers and not beside:
        return None
    largest, told = max(((number, dated) for number, dated in numbers if dated not in beside), key=lambda one: one[0], default=(0, None))
    within = told is not None and "including" in told.claim.quote
    return largest + (1 if beside and not within else 0)


def _people_of(dated: Dated) -> int:
    """How many people one claim counts: "three clerks and a child" are four."""
    fillers = [one for one in dated.claim.roles.get("people", ()) if one.time is None]
    return sum(people_in(filler) or 0 for filler in fillers if not any(other is not filler and other.start <= filler.start and filler.end <= other.end for other in fillers))


def _is_another(dated: Dated) -> bool:
    return any(word in _OTHERS for filler in dated.claim.roles.get("people", ()) for word in filler.text.lower().split())


# Headlines leave out the verbs that a parser goes by ("3 dead, 2 hurt at club"): a number, at most three words, and the word that says what of.
_COUNTED = r"\b(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?|another|man|woman|boy|girl|teen|teenager|child|baby|toddler|officer|victim|person)\b(?:[ -](?!and\b)[\w'’-]+){0,3}?[ ,]+(?:\w+ )?(?:(?:was|were|is|are|had been|been) )?(?:\w+ )?"
_WORDS = (
    (
        rf"{_COUNTED}(?:killed|dead|dies|died|slain|fatally|shot to death|murdered|kills|killing|found dead|gunned down)\b",
        r"\b(?:kills|killing|killed|leaves|left|leaving)\s+(\w+)\b(?:\s[\w'’-]+){0,3}?(?:\s+dead)?",
    ),
    (
        rf"{_COUNTED}(?:injured|wounded|hurt|hospitali[sz]ed|critical(?:ly)?|in stable|wounds|injures|injuring|wounding|injury|injuries|recovering)\b",
        r"\b(?:injures|injuring|wounds|wounding|hurts|hurting|injured|wounded|hurt)\s+(\w+)\b",
    ),
    (rf"{_COUNTED}(?:shot|hit by)\b",),
)
_PATTERNS = tuple(tuple(re.compile(one, re.IGNORECASE) for one in words) for words in _WORDS)
_SINGLE = frozenset("a an another man woman boy girl teen teenager child baby toddler officer victim person".split())


def _read_openings(text: str) -> tuple[tuple[frozenset[int], frozenset[int], frozenset[int]], tuple[frozenset[int], frozenset[int], frozenset[int]]]:
    """The numbers of dead, hurt and shot by the bare words of the headline, and of the opening."""
    headline, _, rest = text.partition("\n")
    first, second = (tuple(_read_numbers(patterns, part) for patterns in _PATTERNS) for part in (headline, rest.strip()[:600]))
    return (first[0], first[1], first[2]), (second[0], second[1], second[2])


def _read_numbers(patterns: tuple[re.Pattern[str], ...], text: str) -> frozenset[int]:
    words = (match[1].lower() for pattern in patterns for match in pattern.finditer(text))
    numbers = (1 if word in _SINGLE else parse_number(word) for word in words)
    return frozenset(int(number) for number in numbers if number is not None and number == int(number) and 0 < number < 1_000)


def first_day(claims: Iterable[Dated]) -> date | None:
    """The day that most claims name as one whole day; of as many, the earliest."""
    days: dict[date, int] = {}
    for dated in claims:
        if is_told(dated) and dated.when and dated.when.earliest and dated.when.earliest == dated.when.latest:
            days[dated.when.earliest] = days.get(dated.when.earliest, 0) + 1
    return max(sorted(days), key=lambda day: days[day], default=None)
