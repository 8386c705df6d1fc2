"""Where a happening in the United States was, by town and state, from what its reports name: a pure function of their texts.

Each name is weighed by how it is named, and towns are taken with their states, so that "Salem" in reports that speak of Oregon is that
one. Nothing is said where too little is named.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.records import Report
from reportedly.values.towns import STATE_NAMES, Town, TownMatch, find_states, find_towns

_HEAD = 2_500  # characters in which a report says where it happened; beyond lie other stories
_WITH_STATE = 3.0  # "Salem, Ore."
_OPENING = 1.5  # the dateline, or the headline
_OF_OFFICE = 1.5  # "Salem police"
_AFTER_PREPOSITION = 1.0  # "in Salem"
_IN_PASSING = 0.25  # part of a longer name, or of none that tells
_STATE_NAMED = 1.5
_PEOPLE = 0.8  # for each tenfold of a town's people
_OFFICE = re.compile(r"\s+(?:police|fire|officers?|detectives?|residents?|man|woman|teen|home|Police|Fire|PD|Department|County Sheriff)\b")
_BEFORE = re.compile(r"\b(?:in|In|near|Near|outside|of|from|at|around|east|west|north|south|downtown|IN)\s+$")
_OUTLET = re.compile(
    r"\A([^\n]*?) (?:-|–|—|\||::) [^\n]*\b(?:News|TV|Channel|FOX|ABC|CBS|NBC|KS|W[A-Z]{3}|K[A-Z]{3}|Weather|Sports|\w+\.com)\b[^\n]*"
)  # a station's name behind a headline
_NO_TOWN = re.compile(
    r"\s*(?:County|Parish|neighbou?rhood|section|Street|St\b|Avenue|Ave|Road|Rd|Drive|Lane|Boulevard|Blvd|Park\b|High|Elementary|Middle|University|College|Medical|Hospital|Regional|Apartments|Day\b|Eve\b|Bay\b|Mall)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:\b[A-Z][a-z]+|\b[A-Z]\.|\b(?:Mr|Ms|Mrs|Dr|Sgt|Lt|Capt|Det|Officer|Chief|Sheriff|Judge|Detective|Sergeant)\.?)\s+$")


@dataclass(frozen=True, slots=True)
class Scene:
    """A town and the name of its state; None where nothing tells."""

    town: str | None
    state: str | None


def find_scene(reports: Iterable[Report]) -> Scene:
    """The town and state that the reports name most tellingly; of as telling ones the larger town."""
    named: Counter[str] = Counter()
    with_state: Counter[tuple[str, str]] = Counter()
    states: Counter[str] = Counter()
    towns: dict[str, tuple[Town, ...]] = {}
    for report in reports:
        head = _OUTLET.sub(r"\1", report.text[:_HEAD], count=1)
        seen: dict[str, float] = defaultdict(float)
        for match in find_towns(head):
            name = match.towns[0].name
            towns[name] = match.towns
            seen[name] += _weigh(match, head)
            if match.state is not None:
                with_state[name, match.state] += 1
        named.update({name: min(weight, 6.0) for name, weight in seen.items()})
        states.update(Counter({state: min(count, 3) for state, count in Counter(state for _, state in find_states(head)).items()}))
    best = max(_candidates(named, with_state, states, towns), default=None)
    if best is not None:
        return Scene(best[1], STATE_NAMES[best[2]])
    state = max(sorted(states), key=lambda one: states[one], default=None)
    return Scene(None, STATE_NAMES[state] if state else None)


def _candidates(named: Counter[str], with_state: Counter[tuple[str, str]], states: Counter[str], towns: dict[str, tuple[Town, ...]]) -> Iterable[tuple[float, str, str]]:
    for name, weight in named.items():
        if weight == 0:
            continue
        for town in towns[name]:
            told = _WITH_STATE * math.log1p(with_state[name, town.state]) + _STATE_NAMED * math.log1p(states[town.state])
            yield weight + told + _PEOPLE * math.log10(town.people + 1), name, town.state


def is_telling(match: TownMatch, text: str) -> bool:
    """Whether a name is named as a town: with its state, by a preposition or an office, or in the dateline."""
    return match.state is not None or _weigh(match, text) >= _AFTER_PREPOSITION


def _weigh(match: TownMatch, text: str) -> float:
    """How tellingly a name is named."""
    before, after = text[max(0, match.start - 24) : match.start], text[match.end : match.end + 24]
    if _NO_TOWN.match(after):
        return 0.0
    if text[match.start : match.end].isupper() or match.start < 120:
        return _OPENING if not _PERSON.search(before) else _IN_PASSING
    if _PERSON.search(before) and not _BEFORE.search(before):
        return _IN_PASSING
    if _OFFICE.match(after):
        return _OF_OFFICE
    return _AFTER_PREPOSITION if _BEFORE.search(before) else _IN_PASSING
