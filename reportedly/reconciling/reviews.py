"""What analysts decided, laid over what the machine proposed. Decisions hang on claim ids and are never lost: one whose claim
is no longer read waits for a second look."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportedly.errors import BadSetting
from reportedly.records import AHEAD, CERTAINTIES, POLARITIES, STATUSES, Claim, Filler, Review
from reportedly.values import Quantity, find_quantities, find_times
from reportedly.values.numbers import parse_number

_VALUE, _NOTE = 400, 4_000  # letters of a value and of a note: what is longer is a text, and belongs into a report
EDITABLE = {"status": STATUSES, "polarity": POLARITIES, "certainty": CERTAINTIES}


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a claim stands after its reviews: accepted, rejected, or open; who decided last; its notes; what was edited; the claims
    that it was joined to and parted from."""

    verdict: str
    by: str
    notes: tuple[str, ...]
    edits: tuple[tuple[str, str], ...]
    joined: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()


def standing(reviews: Iterable[Review]) -> list[Review]:
    """The reviews that were not taken back, in the order of writing. An undo can be undone."""
    listed = sorted(reviews, key=lambda one: one.seq)
    gone = taken_back(listed)
    return [one for one in listed if one.verdict != "undo" and one.seq not in gone]


def taken_back(reviews: Iterable[Review]) -> dict[int, int]:
    """The numbers of the reviews that were taken back, each with that of the undo that stands and did so."""
    gone: dict[int, int] = {}
    for one in sorted(reviews, key=lambda one: one.seq, reverse=True):
        if one.verdict == "undo" and one.seq not in gone and one.undoes is not None:
            gone[one.undoes] = one.seq
    return gone


def judge(reviews: Iterable[Review]) -> dict[str, Judgement]:
    """The judgement on each reviewed claim: the last accept or reject stands, edits add up, the last of one field stands. A merge or
    a split is a judgement on each of its claims."""
    by_claim: dict[str, list[Review]] = defaultdict(list)
    for one in (found := standing(reviews)):
        for claim in (one.claim, *one.others):
            by_claim[claim].append(one)
    join, part = pairs(found)
    return {claim: replace(_judge(about), joined=_partners(claim, join), parted=_partners(claim, part)) for claim, about in sorted(by_claim.items())}


def _judge(reviews: list[Review]) -> Judgement:
    decided = [one for one in reviews if one.verdict in ("accept", "reject")]
    verdict = {"accept": "accepted", "reject": "rejected"}[decided[-1].verdict] if decided else "open"
    edits = {one.field: one.value for one in reviews if one.verdict == "edit" and one.field is not None and one.value is not None}
    return Judgement(verdict, (decided or reviews)[-1].by, tuple(one.note for one in reviews if one.note), tuple(sorted(edits.items())))


def _partners(claim: str, pairs: frozenset[frozenset[str]]) -> tuple[str, ...]:
    return tuple(sorted(other for pair in pairs if claim in pair for other in pair - {claim}))


def apply_edits(claim: Claim, judgement: Judgement | None) -> Claim:
    """The claim as its reviewers left it. The quote is never touched: it is what the report says."""
    if judgement is None:
        return claim
    for field, value in judgement.edits:
        if field in EDITABLE:
            claim = replace(claim, **{field: value})  # type: ignore[arg-type]
        elif field == "voice":
            claim = replace(claim, voice=(replace(claim.voice[0], text=value, name=value, start=None, end=None), *claim.voice[1:]))
        else:
            claim = replace(claim, roles=claim.roles | {field: (_edited(claim, field, value),)})
            if field == "time":
                claim = replace(claim, when=claim.roles[field][0])
    return claim


def _edited(claim: Claim, role: str, value: str) -> Filler:
    """A filler as an analyst set it: its words stay those of the report, the value is read by the parsers that read reports."""
    filler = claim.roles.get(role, (Filler(claim.quote, claim.start, claim.end),))[0]
    unit = filler.quantity.unit if filler.quantity else None
    return replace(read_value(filler, value, claim.status, unit), name=value)


def read_value(filler: Filler, words: str, status: str, unit: str | None) -> Filler:
    """The filler with what words mean that a person typed or marked: a time, looking ahead or back as the stage of the claim does, else a
    quantity, of `unit` where they name none."""
    times = [match.expression for match in find_times(words) if match.end - match.start >= len(words) - 4]
    quantities = [match.quantity for match in find_quantities(words)] if not times else []
    if not times and not quantities and (number := parse_number(words)) is not None:
        quantities = [Quantity(number, number)]
    quantity = replace(quantities[0], unit=quantities[0].unit or unit) if quantities else None
    return replace(filler, quantity=quantity, time=times[0].leaning("future" if status in AHEAD else "past") if times else None)


def concerning(reviews: Iterable[Review], claim: str) -> list[Review]:
    """The reviews that have to do with a claim, in the order of writing: those on it, those that join or part it, and those that take one of them
    back, under whichever claim."""
    found: dict[int, Review] = {}
    for one in sorted(reviews, key=lambda one: one.seq):
        if claim in (one.claim, *one.others) or one.undoes in found:
            found[one.seq] = one
    return list(found.values())


def try_edit(claim: Claim, field: str, value: str, roles: frozenset[str]) -> Filler | None:
    """How a value typed into a field would be read: a filler where the field is a role or the time, None where it is one of a few words or a
    name. Raises BadSetting where it cannot stand there."""
    _check_edit(claim, field, value, roles | frozenset(claim.roles))
    return None if field in EDITABLE or field == "voice" else _edited(claim, field, value)


def check_review(review: Review, claim: Claim, others: list[Claim], roles: frozenset[str]) -> None:
    """Refuse a decision that would change nothing or cannot be read. `roles` are those that the claim can have. Raises BadSetting."""
    for what, text, most in (("value", review.value or "", _VALUE), ("note", review.note, _NOTE)):
        if len(text) > most:
            raise BadSetting(f"{what}: has {len(text):,} letters; write at most {most:,}")
    if review.verdict == "edit":
        _check_edit(claim, review.field or "", review.value or "", roles)
    for other in others:
        if other.id == claim.id:
            raise BadSetting(f"{review.verdict} {claim.id[:8]}: a claim cannot be {'parted from' if review.verdict == 'split' else 'joined to'} itself; name another")
        if claim.playbook is None or other.playbook is None or claim.frame != other.frame:
            raise BadSetting(f"{review.verdict} {claim.id[:8]} {other.id[:8]}: {claim.frame} and {other.frame} are not of one frame of a playbook, and stand in no event together")


def _check_edit(claim: Claim, field: str, value: str, roles: frozenset[str]) -> None:
    if field in EDITABLE:
        if value not in EDITABLE[field]:
            raise BadSetting(f"{field}={value}: it is one of {', '.join(EDITABLE[field])}")
    elif field == "time":
        if _edited(claim, field, value).time is None:
            raise BadSetting(f"time={value}: reads as no time; write it as a report would, such as on 3 May 2031")
    elif field != "voice":
        if field not in roles:
            raise BadSetting(f"{field}: the claim has no such field; there are {', '.join((*EDITABLE, 'voice', 'time', *sorted(roles - {'time'})))}")
        if any(mark.isdigit() for mark in value) and (value[0] in "-−+" or _edited(claim, field, value).quantity is None):
            raise BadSetting(f"{field}={value}: its number reads as none; write it as a report would, such as at least 40 men")


def pairs(reviews: Iterable[Review]) -> tuple[frozenset[frozenset[str]], frozenset[frozenset[str]]]:
    """The pairs of claims that must stand in one event, and those that must not: the last word on a pair stands."""
    last: dict[frozenset[str], str] = {}
    for one in standing(reviews):
        if one.verdict in ("merge", "split"):
            for other in one.others:
                last[frozenset((one.claim, other))] = one.verdict
    return (
        frozenset(pair for pair, verdict in last.items() if verdict == "merge"),
        frozenset(pair for pair, verdict in last.items() if verdict == "split"),
    )
