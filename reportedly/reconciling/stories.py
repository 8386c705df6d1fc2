"""Stories: which reports tell of one happening, by names, streets, ages, towns and days, without reading claims. A pure function of the
set of reports: what is rare is told by frozen lists, candidates share a key, and groups are cut where they hang together weakly."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TypeVar

from reportedly.reconciling.scenes import is_telling
from reportedly.records import Report
from reportedly.values import find_places
from reportedly.values.towns import find_towns
from reportedly.values.words import common_words, office_words

Key = tuple[str, str, int]  # kind, word, stretch of days
Holder = TypeVar("Holder")
_HEAD = 2_500  # characters in which a report tells its own story; beyond lie other stories
_BUCKET = 8  # days: reports share a name and a time where they stand in one bucket, or in the next
_MOST_OF_NAME = 25  # reports with one key of a kind; a key of more tells no story from another
_MOST_OF_KEY = 60
FAINT = 0.02  # likelihood below which two reports are of no story
_SAME = 0.25  # likelihood from which two reports are of one story
_HANGS = 0.8 * _SAME  # mean likelihood between two groups from which they are one

# Marks of two reports of one story, with their weights: fitted once, by logistic regression over pairs of 3,533 reports.
MARKS = (
    ("share a full name", 0.6), ("full names shared, up to four", 0.4), ("streets shared, up to three", 0.9), ("streets, and none shared", -2.4), ("ages shared, up to three", 0.6), ("ages, and none shared", -1.7),
    ("names shared, as cosine", 6.1), ("words shared, as logarithm", 0.6), ("a town shared", 1.6), ("towns, and none shared", -1.3), ("within a day", 1.0), ("within three", 1.3), ("within ten", 1.3), ("within sixty", 1.1),
    ("names that are no towns shared, up to six", 0.2),
)  # fmt: skip
_BIAS = -7.9

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Za-z]")
_CAPITALS = re.compile(r"\b[A-Z][a-zA-Z'’-]+(?:\s+[A-Z][a-zA-Z'’.-]+)+")
_STREET = re.compile(
    r"\b((?:[A-Z0-9][\w'.-]*\s){1,3})(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Way|Highway|Hwy|Parkway|Pkwy|Terrace|Circle|Trail|Pike|Loop)\b"
)
_BLOCK = re.compile(r"\b(\d{1,5})\s+block\b")
_AGE = re.compile(r"\b(\d{1,2})[- ]year[- ]old|, (\d{1,2}),|\baged? (\d{1,2})\b")
_POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True, slots=True)
class Traits:
    """What a report is compared by."""

    report: str
    names: frozenset[str]
    full_names: frozenset[str]
    streets: frozenset[str]
    ages: frozenset[str]
    words: frozenset[str]
    towns: frozenset[str]
    day: int | None


def find_stories(reports: Iterable[Report]) -> list[tuple[str, ...]]:
    """The reports by story, each by id, the stories by their first id; a report that shares none is one by itself."""
    traits = sorted((find_traits(report) for report in reports), key=lambda one: one.report)
    alike = {pair: score for pair in _candidates(traits) if (score := compare(traits[pair[0]], traits[pair[1]])) >= FAINT}
    return sorted(tuple(traits[number].report for number in sorted(group)) for group in _group(len(traits), alike))


def group_stories(reports: Iterable[str], alike: Mapping[tuple[str, str], float]) -> list[tuple[str, ...]]:
    """The same from what was compared elsewhere: pairs of reports with their likelihoods from FAINT on."""
    names = sorted(reports)
    numbers = {name: number for number, name in enumerate(names)}
    pairs = {(numbers[min(pair)], numbers[max(pair)]): score for pair, score in alike.items()}
    return sorted(tuple(names[number] for number in sorted(group)) for group in _group(len(names), pairs))


def find_traits(report: Report) -> Traits:
    """The traits of a report, from its headline and opening."""
    text = report.text[:_HEAD]
    places = [match.place for match in find_places(text)]
    named = {word for place in places for word in place.name.casefold().split()}
    words = _WORD.findall(text)
    lowered = {word for word in words if word[0].islower()}
    names = {name for word in words if word[0].isupper() and (name := _name(word, named, lowered))}
    capitals = [[_POSSESSIVE.sub("", word.lower().strip(".'’")) for word in match[0].split()] for match in _CAPITALS.finditer(text)]
    full = {f"{one} {other}" for run in capitals for one, other in pairwise(run) if one in names and other in names}
    streets = {match[1].split()[-1].lower() for match in _STREET.finditer(text)} | {f"block {match[1]}" for match in _BLOCK.finditer(text)}
    ages = {next(age for age in match.groups() if age) for match in _AGE.finditer(text)}
    telling = {word for word in (one.lower() for one in words) if len(word) > 3 and word not in common_words() and word not in names}
    towns = {place.name.casefold() for place in places if place.kind == "city"} | {match.towns[0].name.casefold() for match in find_towns(text) if is_telling(match, text)}
    when = report.published.when
    day = when.latest.toordinal() if when and when.latest else None
    return Traits(report.id, frozenset(names), frozenset(full), frozenset(streets), frozenset(ages), frozenset(telling), frozenset(towns), day)


def _name(word: str, places: set[str], lowered: set[str]) -> str | None:
    """A capitalised word as a name; None where it is a word, a place, or a station's letters."""
    name = _POSSESSIVE.sub("", word.lower())
    ordinary = word.lower() in common_words() or word.lower() in office_words() or word.lower() in lowered
    return None if ordinary or len(word) < 3 or name in places or (word.isupper() and len(word) <= 5) else name


def _candidates(traits: Sequence[Traits]) -> set[tuple[int, int]]:
    """Pairs that share a full name or a street, or a name or a town within days: those that no key joins are never compared."""
    keys: dict[Key, list[int]] = defaultdict(list)
    for number, one in enumerate(traits):
        for key in find_keys(one):
            keys[key].append(number)
    return {pair for key, members in keys.items() for pair in pair_up(key, members)}


def pair_up(key: Key, members: Sequence[Holder]) -> Iterator[tuple[Holder, Holder]]:
    """The pairs of reports that share a key; none where so many share it that it tells no story from another."""
    return combinations(members if len(members) <= (_MOST_OF_NAME if key[0] == "name" else _MOST_OF_KEY) else (), 2)


def find_keys(one: Traits) -> Iterator[Key]:
    """The keys under which a report is found: names and places, the commoner ones with a stretch of days."""
    yield from (("full name", name, 0) for name in one.full_names)
    yield from (("street", street, 0) for street in one.streets)
    if one.day is not None:
        for bucket in (one.day // _BUCKET, one.day // _BUCKET + 1):
            yield from (("name", name, bucket) for name in one.names)
            yield from (("town", town, bucket) for town in one.towns)


def compare(one: Traits, other: Traits) -> float:
    """How likely two reports tell of one story, by MARKS."""
    return 1 / (1 + math.exp(-(_BIAS + sum(weight * mark for (_, weight), mark in zip(MARKS, mark_pair(one, other), strict=True)))))


def mark_pair(one: Traits, other: Traits) -> list[float]:
    """The marks of a pair, in the order of MARKS."""
    names, full, streets, ages, towns = one.names & other.names, one.full_names & other.full_names, one.streets & other.streets, one.ages & other.ages, one.towns & other.towns
    apart = abs(one.day - other.day) if one.day is not None and other.day is not None else None
    return [
        float(bool(full)), min(len(full), 4), min(len(streets), 3), float(bool(one.streets and other.streets and not streets)), min(len(ages), 3), float(bool(one.ages and other.ages and not ages)),
        len(names) / math.sqrt(max(1, len(one.names)) * max(1, len(other.names))), math.log1p(len(one.words & other.words)), float(bool(towns)), float(bool(one.towns and other.towns and not towns)),
        *(float(apart is not None and apart <= days) for days in (1, 3, 10, 60)), min(len(names - one.towns - other.towns), 6),
    ]  # fmt: skip


def _group(count: int, alike: dict[tuple[int, int], float]) -> Iterable[list[int]]:
    """Groups joined from the likeliest pair on, while two hang together on the whole: a chain of weak links makes no story."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), score in alike.items():
        near[one][other] = near[other][one] = score
    members, of = {number: [number] for number in range(count)}, list(range(count))
    for _, one, other in sorted((-score, one, other) for (one, other), score in alike.items() if score >= _SAME):
        mine, theirs = of[one], of[other]
        if mine == theirs:
            continue
        large, small = sorted((mine, theirs), key=lambda group: (-len(members[group]), group))
        mean = sum(near[a].get(b, 0.0) for a in members[small] for b in members[large]) / (len(members[small]) * len(members[large]))
        if mean >= _HANGS:
            for number in members.pop(small):
                of[number] = large
                members[large].append(number)
    return members.values()
