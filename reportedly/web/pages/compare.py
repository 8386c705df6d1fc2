"""Two reports side by side: what both say, where they exclude each other, and, where one rests on the other, what it changed."""

from dataclasses import dataclass

from reportedly.answering import CONFLICTS
from reportedly.errors import UnknownName
from reportedly.exports.rows import Row
from reportedly.ledger.shelf import Chosen
from reportedly.lineage.links import COPIES
from reportedly.reconciling.dating import resolve
from reportedly.reconciling.likeness import Alike, find_alike
from reportedly.records import Dated, Drift, Link, Report
from reportedly.web.asked import Asked
from reportedly.web.desk import Desk, Sight
from reportedly.web.pages.claim import Saying, make_saying

_MOST = 150  # claims of one side
_SHOWN = 20  # pairs that may be of one happening


@dataclass(frozen=True, slots=True)
class Side:
    """A report with its claims; those of playbooks first asked for, all in the order of the text."""

    report: Report
    row: Row
    sayings: tuple[Saying, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where the two meet: a role of an event in which both give the same answer, or in which claims of the two stand against each other."""

    kind: str
    label: str
    role: str
    why: str
    event: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a copy changed, with the words around it on both sides."""

    kind: str
    before: tuple[str, str, str]
    after: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two reports against each other; `choices` are those that can be chosen, `link` how one rests on the other, `alike` the claims that may
    speak of one happening."""

    sides: tuple[Side, ...]
    agreements: tuple[Meeting, ...]
    conflicts: tuple[Meeting, ...]
    link: Link | None
    drift: tuple[Change, ...]
    alike: tuple[Alike, ...]
    choices: tuple[Row, ...]

    @property
    def is_copy(self) -> bool:
        """Whether the two are one voice."""
        return self.link is not None and self.link.kind in COPIES


def make_compare(desk: Desk, sight: Sight, asked: Asked) -> ComparePage:
    """The page of two reports, `one` and `other`; without them a choice, and where the view has two reports those. Raises UnknownName."""
    choices = tuple(row for row in sight.rows("reports", limit=500))
    named = [asked.get("one"), asked.get("other")]
    if not all(named) and len(choices) == 2:
        named = [row["row"]["id"] for row in choices]
    if not all(named):
        return ComparePage((), (), (), None, (), (), choices)
    sides = tuple(_make_side(desk, sight, name) for name in named)
    agreements, conflicts = _meet(sight, *({one.id for one in side.sayings} for side in sides))
    link, drift = _drift(desk, sides[0].report, sides[1].report)
    return ComparePage(sides, tuple(agreements), tuple(conflicts), link, tuple(drift), tuple(_alike(desk, sight, sides)), choices)


def _alike(desk: Desk, sight: Sight, sides: tuple[Side, ...]) -> list[Alike]:
    dated = [[Dated(claim, side.report, resolve(claim.when, side.report)) for claim in desk.claims(one.id for one in side.sayings).values()] for side in sides]
    event_of = {one.claim.id: event for found in dated for one in found if (event := sight.event_of(one.claim.id))}
    return find_alike(dated[0], dated[1], event_of)[:_SHOWN]


def _make_side(desk: Desk, sight: Sight, name: str) -> Side:
    report, row = desk.report(sight, name)
    claims = [one for one in desk.claims_of(name) if not desk.is_rejected(one.id)]
    framed = [one for one in claims if one.playbook is not None] or claims
    return Side(report, row, tuple(make_saying(desk, one, row, other=sight.find("times", one.id)) for one in framed[:_MOST]), len(claims) - len(framed[:_MOST]))


def _meet(sight: Sight, ours: set[str], theirs: set[str]) -> tuple[list[Meeting], list[Meeting]]:
    events = {event for claim in sorted(ours) if (event := sight.event_of(claim))}
    agreements: list[Meeting] = []
    conflicts: list[Meeting] = []
    for event in sorted(events):
        for finding in sight.rows("findings", Chosen(event=event)):
            agreements += [_make_meeting("same", finding, answer["text"], one, other) for answer in finding["answers"] for one, other in _both(answer["claims"], ours, theirs)]
            for relation in (one for one in finding["relations"] if one["kind"] in CONFLICTS):
                ends = (relation["source"], relation["target"])
                conflicts += [_make_meeting(relation["kind"], finding, relation["why"], one, other) for one, other in _both(list(ends), ours, theirs)]
    return agreements, conflicts


def _both(claims: list[str], ours: set[str], theirs: set[str]) -> list[tuple[str, str]]:
    """The first claim of each side, where both have one."""
    one, other = next((claim for claim in claims if claim in ours), None), next((claim for claim in claims if claim in theirs), None)
    return [(one, other)] if one and other and one != other else []


def _make_meeting(kind: str, finding: Row, why: str, one: str, other: str) -> Meeting:
    return Meeting(kind, finding["label"], finding["role"], why, finding["event"], one, other)


def _drift(desk: Desk, one: Report, other: Report) -> tuple[Link | None, list[Change]]:
    try:
        link, found = desk.case.drift(one, other)
    except UnknownName:  # neither rests on the other: nothing was copied, so nothing was changed
        return None, []
    texts = {one.id: one.text, other.id: other.text}
    return link, [_change(change, texts[link.target], texts[link.source]) for change in found]


def _change(change: Drift, original: str, copy: str) -> Change:
    return Change(change.kind, _around(original, change.start, change.end), _around(copy, change.other_start, change.other_end))


def _around(text: str, start: int, end: int) -> tuple[str, str, str]:
    return text[max(0, start - 60) : start], text[start:end][:200], text[end : end + 60]
