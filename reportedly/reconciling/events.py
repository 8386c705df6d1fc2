"""Claims to events: which of them speak of one happening. A pure function of the set of claims, in any order.

Two claims of one frame are joined when they say the same in a text and its copy, when they share a round, a number of people, or a short
stretch of time; never when they name different rounds, and by time alone not when they name different towns or states in one role.
Status plays no part: the plan, the order and the outcome are stages of one event.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from reportedly.reconciling.dating import published_day
from reportedly.reconciling.rounds import round_of
from reportedly.records import STAGES, Claim, Dated, Event
from reportedly.values import When
from reportedly.values.places import find_place, fold

_YEAR = timedelta(days=400)  # between reports, beyond which a round or a number is another's
_PLACES = ("destination", "origin", "place")
SHORT = timedelta(days=45)  # a longer interval ("since July", "2022") is shared by too many happenings to join two claims


Pairs = frozenset[frozenset[str]]
Tie = tuple[int, str, str]  # how strong, the strongest first; in words; what else must be equal


def find_events(claims: Iterable[Dated], join: Pairs = frozenset(), part: Pairs = frozenset(), families: Mapping[str, str] | None = None) -> list[Event]:
    """Events of framed claims, by the smallest claim id of each. Open claims make none, nor does "whether they left is unclear".
    Pairs of claim ids to `join` stand in one event whatever their words, pairs to `part` in two; `families` names for each copy the group
    of copies that it is of. Claims that no chain of ties connects have no say in each other's events (`Ties`)."""
    by_frame: dict[str, list[Dated]] = defaultdict(list)
    for dated in claims:
        if makes_event(dated.claim):
            by_frame[dated.claim.frame].append(dated)
    events = [_make_event(group) for frame in by_frame for group in _join(by_frame[frame], join, part, families or {})]
    return sorted(events, key=lambda event: event.id)


def find_event_of(events: Iterable[Event]) -> dict[str, Event]:
    """The event in which each claim stands, by the claim's id."""
    return {claim: event for event in events for claim in event.claims}


def makes_event(claim: Claim) -> bool:
    """Whether a claim speaks of a happening: it has a frame, and does not only ask."""
    return claim.playbook is not None and (claim.known == "stated" or claim.certainty != "possible")


@dataclass(slots=True, eq=False)
class _Group:
    """Claims joined so far: the round they name, if any, the towns and states in each role, and why they were joined."""

    members: list[Dated]
    round: str | None
    where: dict[tuple[str, str], frozenset[str]]
    why: list[str] = field(default_factory=list)

    def fits(self, other: "_Group", part: Pairs) -> bool:
        if part and any(_crosses(pair, self, other) for pair in part):
            return False
        return self.round is None or other.round is None or self.round == other.round

    def is_then(self, other: "_Group") -> bool:
        """Whether some claims of the two speak of one short time: then towns that differ are two accounts of one thing."""
        return any(_overlap(one, two) for one in self.members for two in other.members)

    def can_be_there(self, other: "_Group") -> bool:
        """Whether no role names one town here and another there, nor one state and another."""
        return all(places & other.where[key] for key, places in self.where.items() if key in other.where)


def _crosses(pair: frozenset[str], one: _Group, other: _Group) -> bool:
    """Whether two claims that must stand apart are in the two groups."""
    ids = [{dated.claim.id for dated in group.members} for group in (one, other)]
    return bool(pair & ids[0]) and bool(pair & ids[1])


class _Groups:
    """Which group each claim is in. What shares something joins the first group sharing it that names no other round:
    groups that share one thing differ by their rounds only, so there are few, and a thousand claims cost a thousand steps."""

    def __init__(self, claims: list[Dated], part: Pairs) -> None:
        self.part = part
        self.of = {dated.claim.id: _Group([dated], round_of(dated.claim), _where(dated)) for dated in claims}

    def join_pair(self, one: str, other: str, why: str) -> None:
        """Join two claims whatever their words."""
        first, second = self.of[one], self.of[other]
        if first is not second:
            self._merge(first, second, why)

    def join_all(self, claims: Iterable[Dated], why: str, *, in_place: bool) -> None:
        """Join claims that all share one thing; with `in_place` not those that name other towns or states, but of one time."""
        seen: list[_Group] = []
        for dated in claims:
            mine = self.of[dated.claim.id]
            if mine not in seen:
                fit = next((group for group in seen if group.fits(mine, self.part) and (not in_place or group.can_be_there(mine) or group.is_then(mine))), None)
                seen = [group for group in seen if group is not fit] + [self._merge(fit, mine, why) if fit else mine]

    def join_in_time(self, claims: Iterable[Dated]) -> None:
        """Join claims whose short times overlap, swept from the earliest on."""
        open_until: list[tuple[_Group, date]] = []
        for start, end, dated in sorted(((*short, dated) for dated in claims if (short := short_time(dated.when))), key=lambda one: (one[0], one[1], one[2].claim.id)):
            mine = self.of[dated.claim.id]
            open_until = [(group, until) for group, until in open_until if until >= start]
            is_open = any(group is mine for group, _ in open_until)
            fit = None if is_open else next((group for group, _ in open_until if group.fits(mine, self.part) and group.can_be_there(mine)), None)
            joined = self._merge(fit, mine, f"both speak of {dated.when.edtf if dated.when else ''}") if fit else mine
            until = max((until for group, until in open_until if group in (mine, fit)), default=end)
            open_until = [(group, until) for group, until in open_until if group not in (mine, fit)] + [(joined, max(until, end))]

    def _merge(self, one: _Group, other: _Group, why: str) -> _Group:
        large, small = (one, other) if len(one.members) >= len(other.members) else (other, one)
        large.members += small.members
        large.round = large.round or small.round
        large.where |= {key: large.where.get(key, frozenset()) | places for key, places in small.where.items()}
        large.why += [reason for reason in (*small.why, why) if reason not in large.why]
        for dated in small.members:
            self.of[dated.claim.id] = large
        return large


def _join(claims: list[Dated], join: Pairs, part: Pairs, families: Mapping[str, str]) -> Iterator[_Group]:
    """Groups of the claims of one frame, the strongest ties first: an analyst's word, a copy, a round, a number of people, a short time."""
    ordered = sorted(claims, key=lambda dated: dated.claim.id)
    groups = _Groups(ordered, part)
    for pair in sorted(join, key=sorted):
        if len(pair) == 2 and pair <= groups.of.keys():
            one, other = sorted(pair)
            groups.join_pair(one, other, "an analyst joined them")
    sharing: dict[Tie, list[Dated]] = defaultdict(list)
    for dated in ordered:
        for tie in ties_of(dated, families):
            sharing[tie].append(dated)
    for tie in sorted(sharing):
        for near in _runs(sharing[tie]):
            groups.join_all(near, f"both {tie[1]}", in_place=tie[0] > 0)
    groups.join_in_time(ordered)
    yield from {id(group): group for group in groups.of.values()}.values()


def ties_of(dated: Dated, families: Mapping[str, str]) -> Iterator[Tie]:
    """What a claim must share with another of its frame to be joined with it, but for a short time."""
    if family := families.get(dated.report.id):
        yield 0, "stand in a text and its copy", f"{family} {fold(dated.claim.quote)}"
    if name := round_of(dated.claim):
        yield 1, f"speak of the {name} round", ""
    for count in count_keys(dated):
        yield 2, f"count {count}", ""


def _runs(claims: list[Dated]) -> Iterator[list[Dated]]:
    """Claims that share something, parted where the reports lie far apart in time: "the third round" of another year is another's. The
    undated stand with the first."""
    run: list[Dated] = []
    last: date | None = None
    for dated in sorted(claims, key=lambda one: (str(published_day(one) or ""), one.claim.id)):
        day = published_day(dated)
        if run and day is not None and last is not None and day - last > _YEAR:
            yield run
            run = []
        run.append(dated)
        last = day or last
    yield run


def count_keys(dated: Dated) -> list[str]:
    """The numbers of people that a claim gives, of two digits or more."""
    quantities = [filler.quantity for filler in dated.claim.roles.get("people", ())]
    return sorted({f"{q.least} to {'…' if q.most is None else q.most} people" for q in quantities if q and q.unit == "person" and (q.least or 0) >= 10})


def _where(dated: Dated) -> dict[tuple[str, str], frozenset[str]]:
    """The towns and the states that a claim names, by role and kind: a region may lie in any of them, and excludes nothing."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for role in _PLACES:
        for filler in dated.claim.roles.get(role, ()):
            place = find_place(filler.name or filler.text)
            if place is not None and place.kind in ("city", "country"):
                found[role, place.kind] = found.get((role, place.kind), frozenset()) | {place.name}
    return found


def is_tied(one: Dated, other: Dated, *, but: str) -> bool:
    """Whether something else than their numbers (`but` people) or their times (`but` time) says that two claims are of one thing: a
    round, a number, or a short time; only then can they be held against each other in that."""
    if (name := round_of(one.claim)) is not None and name == round_of(other.claim):
        return True
    if but == "time":
        return bool(set(count_keys(one)) & set(count_keys(other)))
    return _overlap(one, other)


def _overlap(one: Dated, other: Dated) -> bool:
    mine, theirs = short_time(one.when), short_time(other.when)
    return mine is not None and theirs is not None and mine[0] <= theirs[1] and theirs[0] <= mine[1]


def short_time(when: When | None) -> tuple[date, date] | None:
    """The first and last day of an interval that is short enough to join claims."""
    if when is None or when.earliest is None or when.latest is None or when.latest - when.earliest > SHORT:
        return None
    return when.earliest, when.latest


def _make_event(group: _Group) -> Event:
    members = sorted(group.members, key=lambda dated: dated.claim.id)
    asserted = [dated for dated in members if dated.claim.polarity == "positive"] or members
    status = min((dated.claim.status for dated in asserted), key=STAGES.index)
    times = sorted((dated.when for dated in asserted if dated.when and dated.when.edtf), key=lambda when: (when.precision == "year", str(when.earliest or when.latest), when.edtf))
    when = times[0] if times else None
    frame = members[0].claim.frame
    return Event(members[0].claim.id, frame, _label(frame, group.round, when, members), status, when, tuple(dated.claim.id for dated in members), tuple(group.why), group.round)


def _label(frame: str, name: str | None, when: When | None, members: list[Dated]) -> str:
    """A short name: the round, else the number of people, else the time, else the words of the first claim."""
    if name is not None:
        return f"{name} round: {frame}"
    counts = sorted({filler.text for dated in members for filler in dated.claim.roles.get("people", ()) if filler.quantity})
    if counts:
        return f"{frame}: {counts[0]}"
    if when is not None:
        return f"{frame}: {when.edtf}"
    people = sorted({filler.text for dated in members for role in ("people", "amount", "document", "holder", "actor") for filler in dated.claim.roles.get(role, ())})
    return f"{frame}: {people[0]}" if people else f"{frame}: {members[0].claim.trigger}"
