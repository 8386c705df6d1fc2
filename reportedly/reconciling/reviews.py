"""What analysts decided, laid over what the machine proposed. Decisions hang on claim ids and are never lost: one whose claim
is no longer read waits for a second look."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportedly.records import CERTAINTIES, POLARITIES, STATUSES, Claim, Filler, Review
from reportedly.values import Quantity, find_quantities, find_times
from reportedly.values.numbers import parse_number

EDITABLE = {"status": STATUSES, "polarity": POLARITIES, "certainty": CERTAINTIES}


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a claim stands after its reviews: accepted, rejected, or open; who decided last; its notes; what was edited."""

    verdict: str
    by: str
    notes: tuple[str, ...]
    edits: tuple[tuple[str, str], ...]


def standing(reviews: Iterable[Review]) -> list[Review]:
    """The reviews that were not taken back, in the order of writing. An undo can be undone."""
    listed = sorted(reviews, key=lambda one: one.seq)
    gone: set[int] = set()
    for one in reversed(listed):
        if one.verdict == "undo" and one.seq not in gone and one.undoes is not None:
            gone.add(one.undoes)
    return [one for one in listed if one.verdict != "undo" and one.seq not in gone]


def judge(reviews: Iterable[Review]) -> dict[str, Judgement]:
    """The judgement on each reviewed claim: the last accept or reject stands, edits add up, the last of one field stands."""
    by_claim: dict[str, list[Review]] = defaultdict(list)
    for one in standing(reviews):
        by_claim[one.claim].append(one)
    return {claim: _judge(found) for claim, found in sorted(by_claim.items())}


def _judge(reviews: list[Review]) -> Judgement:
    decided = [one for one in reviews if one.verdict in ("accept", "reject")]
    verdict = {"accept": "accepted", "reject": "rejected"}[decided[-1].verdict] if decided else "open"
    edits = {one.field: one.value for one in reviews if one.verdict == "edit" and one.field is not None and one.value is not None}
    return Judgement(verdict, (decided or reviews)[-1].by, tuple(one.note for one in reviews if one.note), tuple(sorted(edits.items())))


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
    times = [match.expression for match in find_times(value) if match.end - match.start >= len(value) - 4]
    quantities = [match.quantity for match in find_quantities(value)] if not times else []
    if not times and not quantities and (number := parse_number(value)) is not None:
        quantities = [Quantity(number, number)]
    unit = filler.quantity.unit if filler.quantity else None
    quantity = replace(quantities[0], unit=quantities[0].unit or unit) if quantities else None
    return replace(filler, name=value, quantity=quantity, time=times[0] if times else None)


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
