"""Claims of two reports that may speak of one happening and tell it otherwise: pointed out to a person, never joined, never counted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reportedly.records import PLACE_ROLES, Dated, Event, Filler
from reportedly.values import When
from reportedly.values.places import fold

_NEAR = 10  # days between two times that can still be one happening told loosely
_TOLD = ("occurred", "ongoing")  # the other stages are still to come


@dataclass(frozen=True, slots=True)
class Alike:
    """Two claims, one of each report, with what differs in words."""

    one: str
    other: str
    why: str


def find_alike(ours: Iterable[Dated], theirs: Iterable[Dated], event_of: Mapping[str, Event | str]) -> list[Alike]:
    """The pairs of claims of one frame and polarity, both told or both still to come, near in time and alike in a place or in what is counted, that stand in different events and
    differ in a number or a day; `event_of` gives the event of each."""
    others = list(theirs)
    return [alike for dated in ours for other in others if (alike := _compare(dated, other, event_of)) is not None]


def _compare(one: Dated, other: Dated, event_of: Mapping[str, Event | str]) -> Alike | None:
    a, b = one.claim, other.claim
    if a.playbook is None or a.frame != b.frame or a.polarity != b.polarity or (a.status in _TOLD) != (b.status in _TOLD):
        return None
    if event_of.get(a.id) == event_of.get(b.id) or not _is_near(one.when, other.when):
        return None
    differing = [*_numbers(one, other), *_days(one.when, other.when)]
    if not differing or not (_places(one) & _places(other) or _counted(one) & _counted(other)):
        return None
    return Alike(a.id, b.id, f"{a.frame}: {'; '.join(differing)}: “{a.quote}” and “{b.quote}”")


def _is_near(one: When | None, other: When | None) -> bool:
    if one is None or other is None:
        return False
    ends = [_ends(one), _ends(other)]
    if None in ends:
        return False
    (first, last), (other_first, other_last) = ends  # type: ignore[misc]
    return bool((other_first - last).days <= _NEAR and (first - other_last).days <= _NEAR)


def _ends(when: When) -> tuple[date, date] | None:
    return (when.earliest, when.latest) if when.earliest and when.latest else None


def _days(one: When | None, other: When | None) -> Iterator[str]:
    if one and other and ((one.latest and other.earliest and one.latest < other.earliest) or (other.latest and one.earliest and other.latest < one.earliest)):
        yield f"{one.edtf} against {other.edtf}"


def _numbers(one: Dated, other: Dated) -> Iterator[str]:
    for role, fillers in one.claim.roles.items():
        for ours in fillers:
            for theirs in other.claim.roles.get(role, ()):
                if _excludes(ours, theirs):
                    yield f"{role} {ours.text} against {theirs.text}"


def _excludes(one: Filler, other: Filler) -> bool:
    a, b = one.quantity, other.quantity
    if a is None or b is None or a.unit != b.unit or a.scope != b.scope:
        return False
    return (a.most is not None and b.least is not None and a.most < b.least) or (b.most is not None and a.least is not None and b.most < a.least)


def _places(dated: Dated) -> set[str]:
    return {fold(filler.name or filler.text) for role in PLACE_ROLES for filler in dated.claim.roles.get(role, ())}


def _counted(dated: Dated) -> set[str]:
    """What is counted, by the last word that names it ("400 workers")."""
    return {filler.text.split()[-1].casefold() for fillers in dated.claim.roles.values() for filler in fillers if filler.quantity}
