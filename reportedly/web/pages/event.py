"""One event: every answer to every question of it, who stands behind each, what excludes what, and the claims."""

from dataclasses import dataclass

from reportedly.errors import UnknownName
from reportedly.exports.rows import Row
from reportedly.ledger.shelf import Chosen
from reportedly.web.asked import Asked
from reportedly.web.desk import Desk, Sight
from reportedly.web.pages.claim import Saying, list_sayings

_CLAIMS = 50


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event with its findings, its plan where it is one, what is not known of it, and its claims."""

    card: Row
    event: Row
    findings: tuple[Row, ...]
    plan: Row | None
    gaps: tuple[Row, ...]
    sayings: tuple[Saying, ...]
    more: int


def find_event(sight: Sight, name: str) -> str:
    """The id of the event that a claim's id means. Raises UnknownName."""
    found = sight.event_of(name)
    if found is None:
        raise UnknownName(f"{name[:32]}: no event of this view answers to that")
    return found


def make_event(desk: Desk, sight: Sight, asked: Asked, name: str) -> EventPage:
    """The page of an event by the id of any of its claims. Raises UnknownName."""
    number = find_event(sight, name)
    card, event = sight.find("cards", number), sight.find("events", number)
    assert card is not None and event is not None  # they are kept together  # noqa: PT018
    mine = Chosen(event=number)
    sayings = list_sayings(desk, sight, event["claims"][(asked.page - 1) * _CLAIMS : asked.page * _CLAIMS])
    ordered = sorted(sayings, key=lambda one: (one.day or "9999", one.id))
    return EventPage(
        card,
        event,
        tuple(sight.rows("findings", mine)),
        next(iter(sight.rows("plans", mine)), None),
        tuple(sight.rows("gaps", mine, 30)),
        tuple(ordered),
        len(event["claims"]) - len(ordered),
    )
