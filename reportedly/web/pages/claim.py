"""A claim as pages show it: its words, who says so, how it was read, what it stands against, and what was decided of it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.exports.rows import Row, claim_row
from reportedly.ledger.canonical import read_canonical
from reportedly.ledger.shelf import Chosen
from reportedly.reconciling.reviews import EDITABLE, Judgement, concerning, taken_back
from reportedly.records import Claim, Published, Report, Review
from reportedly.values import resolve_time
from reportedly.web.desk import Desk, Sight

_SHOWN = 12  # claims that say the same, and relations
_FILLERS = 40  # of one claim
_CONTEXT = 240  # characters before a claim that are shown with it


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim in a list: its words with who printed them when, its stage, and how it stands after its reviews."""

    id: str
    quote: str
    frame: str
    status: str
    polarity: str
    certainty: str
    voice: str
    report: str
    outlet: str
    day: str
    when: str
    verdict: str
    edited: bool
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """How a claim stands to another, with the sentence that says why."""

    kind: str
    why: str
    role: str
    other: Saying


@dataclass(frozen=True, slots=True)
class Panel:
    """All that is known of one claim. `seen` is the number of the last decision on it that this page shows."""

    claim: Claim
    row: Row
    report: Report
    day: str
    fillers: tuple[tuple[str, Row], ...]
    more_fillers: int
    event: Row | None
    related: tuple[Related, ...]
    same: tuple[Saying, ...]
    more_same: int
    judgement: Judgement | None
    before: str
    after: str
    near: tuple[Saying, ...]
    reviews: tuple[Review, ...]
    gone: frozenset[int]
    fields: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def seen(self) -> int:
        """The number of the last review."""
        return max((one.seq for one in self.reviews), default=0)

    @property
    def undoable(self) -> int | None:
        """The last review that stands and can be taken back."""
        return max((one.seq for one in self.reviews if one.seq not in self.gone and one.verdict != "undo"), default=None)


def make_panel(desk: Desk, sight: Sight, claim: Claim) -> Panel:
    """What a page shows of a claim as of a view. Raises UnknownName where its report is not in the view."""
    report, row = desk.report(sight, claim.report)
    event = sight.event_of(claim.id)
    findings = sight.rows("findings", Chosen(event=event)) if event else []
    reviews = concerning(desk.case.ledger.reviews(), claim.id)
    same = _same(claim, findings)
    shown = claim_row(claim, report)
    if shown["when"] and (other := sight.find("times", claim.id)):
        shown["when"] |= other
    fillers = [(name, one) for name, found in shown["roles"].items() for one in found]
    return Panel(
        claim,
        shown,
        report,
        row["day"] or "",
        tuple(fillers[:_FILLERS]),
        max(0, len(fillers) - _FILLERS),
        sight.find("cards", event) if event else None,
        tuple(_related(desk, sight, claim, findings)),
        tuple(list_sayings(desk, sight, same[:_SHOWN], copies_of=claim.report)),
        max(0, len(same) - _SHOWN),
        desk.judgement(claim.id),
        *_around(report, claim),
        tuple(_near(desk, sight, claim, event)),
        tuple(reviews),
        frozenset(taken_back(desk.case.ledger.reviews())),
        tuple(_fields(desk, claim, shown)),
    )


def _fields(desk: Desk, claim: Claim, row: Row) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """What can be edited: the field, its value as it stands, and the choices where there are some."""
    judgement = desk.judgement(claim.id)
    edits = dict(judgement.edits) if judgement else {}
    for name, choices in EDITABLE.items():
        yield name, str(row[name]), choices
    yield "voice", claim.voice[0].name or claim.voice[0].text, ()
    yield "time", edits.get("time") or (claim.when.text if claim.when else ""), ()
    for role in sorted({*desk.frames.get(claim.frame, ()), *list(claim.roles)[:_FILLERS]} - {"time"}):
        found = claim.roles.get(role, ())
        yield role, edits.get(role) or (found[0].text if found else ""), ()


def _around(report: Report, claim: Claim) -> tuple[str, str]:
    """What stands before and after the claim in its paragraph: a doubt may stand there that its words do not hold."""
    start = max(report.text.rfind("\n", 0, claim.start) + 1, claim.start - _CONTEXT)
    end = report.text.find("\n", claim.end)
    return report.text[start : claim.start], report.text[claim.end : min(end if end >= 0 else len(report.text), claim.end + _CONTEXT // 2)]


def _near(desk: Desk, sight: Sight, claim: Claim, event: str | None) -> list[Saying]:
    """Claims of the same frame in other events: those that it may have to be joined to."""
    members = sight.kept("members", Chosen(frame=claim.frame), _SHOWN * 4) if claim.playbook else []
    return list_sayings(desk, sight, [one.id for one in members if one.event != event][:_SHOWN])


def _related(desk: Desk, sight: Sight, claim: Claim, findings: list[Row]) -> Iterable[Related]:
    seen = [(relation, finding["role"]) for finding in findings for relation in finding["relations"] if claim.id in (relation["source"], relation["target"])][:_SHOWN]
    others = list_sayings(desk, sight, [one["target"] if one["source"] == claim.id else one["source"] for one, _ in seen])
    by_id = {one.id: one for one in others}
    for relation, role in seen:
        other = by_id.get(relation["target"] if relation["source"] == claim.id else relation["source"])
        if other is not None:
            yield Related(relation["kind"], relation["why"], role, other)


def _same(claim: Claim, findings: list[Row]) -> list[str]:
    """The claims that give the same answer to something."""
    return list(dict.fromkeys(one for finding in findings for answer in finding["answers"] if claim.id in answer["claims"] for one in answer["claims"] if one != claim.id))


def list_sayings(desk: Desk, sight: Sight, ids: Iterable[str], copies_of: str = "") -> list[Saying]:
    """Claims of a view by id, in the order given; those of a report that goes back to the same text as `copies_of` are copies."""
    mine = sight.shelf.find(sight.name, "reports", copies_of) if copies_of else None
    listed = []
    for claim in desk.claims(ids).values():
        kept = sight.shelf.find(sight.name, "reports", claim.report)
        if kept is not None:
            is_copy = bool(mine and mine.event and mine.event == kept.event and kept.id != kept.event)
            listed.append(make_saying(desk, claim, json.loads(kept.body), other=sight.find("times", claim.id), is_copy=is_copy))
    return listed


def make_saying(desk: Desk, claim: Claim, row: Row, *, other: Row | None = None, is_copy: bool = False) -> Saying:
    """A claim as a line; `row` is its report as the view has it, `other` its time where that is not counted from the report's own day."""
    judgement = desk.judgement(claim.id)
    published = read_canonical(row["published"], Published)
    when = resolve_time(claim.when.time, published.when) if claim.when and claim.when.time else None
    return Saying(
        claim.id,
        claim.quote,
        claim.frame,
        claim.status,
        claim.polarity,
        claim.certainty,
        " → ".join(one.name or one.text for one in claim.voice),
        claim.report,
        row["row"]["outlet"] or row["row"]["file"],
        row["day"] or "",
        other["edtf"] if other else (when.edtf or (claim.when.text if claim.when else "")) if when else "",
        judgement.verdict if judgement else "",
        bool(judgement and judgement.edits),
        is_copy,
    )
