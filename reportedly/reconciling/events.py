"""Claims to events: which of them speak of one happening. A pure function of the set of claims, in any order.

Two claims of one frame are joined when they share a round, a number of people, or a short stretch of time, and never when
they name different rounds. Status plays no part: the plan, the order and the outcome are stages of one event.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import combinations

from reportedly.records import Claim, Dated, Event
from reportedly.values import When

_ORDINAL = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?: and (?:first|second|third|fourth|fifth))?[ -](?:rounds?|batch|wave|phase|intake)\b", re.I
)
_FURTHER = re.compile(r"\b(?:another|an additional|a further) (?:selection|round|recruitment|batch)\b", re.I)
_SHORT = timedelta(days=45)  # a longer interval ("since July", "2022") is shared by too many happenings to join two claims
STAGES = ("occurred", "ongoing", "required", "planned", "considered", "predicted", "hypothetical")


def round_of(claim: Claim) -> str | None:
    """The round that a claim is of, if it names one and no other: "second", or "further" for "another selection". A round
    that only a clause before it mentions ("considering the first round, …") is not its own."""
    at = claim.trigger_start - claim.start
    own = [m for m in _ORDINAL.finditer(claim.quote) if m.end() > at or "," not in claim.quote[m.end() : at]]
    if len(own) == 1 and " and " not in own[0][0]:
        return own[0][1].lower()
    return "further" if not own and _FURTHER.search(claim.quote) else None


def find_events(claims: Iterable[Dated]) -> list[Event]:
    """Events of framed claims, by the smallest claim id of each. Open claims make none."""
    by_frame: dict[str, list[Dated]] = defaultdict(list)
    for dated in claims:
        if dated.claim.playbook is not None:
            by_frame[dated.claim.frame].append(dated)
    events = [event for frame in sorted(by_frame) for event in _events_of(by_frame[frame])]
    return sorted(events, key=lambda event: event.id)


def _events_of(claims: list[Dated]) -> Iterator[Event]:
    ordered = sorted(claims, key=lambda dated: dated.claim.id)
    groups = {dated.claim.id: {dated.claim.id} for dated in ordered}
    rounds = {dated.claim.id: {name} if (name := round_of(dated.claim)) else set() for dated in ordered}
    reasons: dict[str, list[str]] = defaultdict(list)
    for _, one, other, why in sorted(_ties(ordered)):
        mine, theirs = groups[one], groups[other]
        if mine is theirs or len(rounds[min(mine)] | rounds[min(theirs)]) > 1:
            continue
        named, kept = rounds[min(mine)] | rounds[min(theirs)], reasons[min(mine)] + reasons[min(theirs)] + [why]
        mine |= theirs
        for member in theirs:
            groups[member] = mine
        rounds[min(mine)], reasons[min(mine)] = named, kept
    members = {dated.claim.id: dated for dated in ordered}
    for group in {min(group): group for group in groups.values()}.values():
        yield _make_event([members[one] for one in sorted(group)], next(iter(rounds[min(group)]), None), tuple(dict.fromkeys(reasons[min(group)])))


def _ties(ordered: list[Dated]) -> Iterator[tuple[int, str, str, str]]:
    """What two claims share, the strongest first: a round, a number of people, a short time."""
    for one, other in combinations(ordered, 2):
        ids = (one.claim.id, other.claim.id)
        name = round_of(one.claim)
        if name is not None and name == round_of(other.claim):
            yield 0, *ids, f"both speak of the {name} round"
        elif count := _shared_count(one.claim, other.claim):
            yield 1, *ids, f"both count {count}"
        elif _share_time(one.when, other.when) and one.when:
            yield 2, *ids, f"both speak of {one.when.edtf}"


def _shared_count(one: Claim, other: Claim) -> str | None:
    """The number of people that both give: equal bounds of two digits or more."""
    counts = [{(q.least, q.most) for filler in claim.roles.get("people", ()) if (q := filler.quantity) and q.unit == "person" and (q.least or 0) >= 10} for claim in (one, other)]
    shared = sorted(counts[0] & counts[1], key=str)
    return f"{shared[0][0]} to {shared[0][1] if shared[0][1] is not None else '…'} people" if shared else None


def _share_time(one: When | None, other: When | None) -> bool:
    """Whether two short intervals overlap."""
    if not one or not other or not one.earliest or not one.latest or not other.earliest or not other.latest:
        return False
    return max(one.latest - one.earliest, other.latest - other.earliest) <= _SHORT and one.earliest <= other.latest and other.earliest <= one.latest


def _make_event(members: list[Dated], name: str | None, why: tuple[str, ...]) -> Event:
    asserted = [dated for dated in members if dated.claim.polarity == "positive"] or members
    status = min((dated.claim.status for dated in asserted), key=STAGES.index)
    times = sorted((dated.when for dated in asserted if dated.when and dated.when.edtf), key=lambda when: (when.precision == "year", str(when.earliest or when.latest), when.edtf))
    when = times[0] if times else None
    frame = members[0].claim.frame
    return Event(members[0].claim.id, frame, _label(frame, name, when, members), status, when, tuple(dated.claim.id for dated in members), why)


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
