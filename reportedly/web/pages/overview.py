"""The overview: what is known as of a day, on one screen."""

from dataclasses import dataclass

from reportedly.exports.rows import Row
from reportedly.ledger.shelf import Chosen
from reportedly.web.asked import Asked
from reportedly.web.desk import Desk, Sight
from reportedly.web.pages.lists import Changed, make_changes

_EVENTS, _PLANS, _CONFLICTS, _CHANGES = 6, 6, 5, 8


@dataclass(frozen=True, slots=True)
class Overview:
    """What the overview shows: numbers, plans with the overdue in front, what is contested, events with their headline numbers, and the
    newest changes."""

    summary: Row
    plans: tuple[Row, ...]
    outcomes: tuple[tuple[str, int], ...]
    conflicts: tuple[Row, ...]
    conflict_count: int
    events: tuple[Row, ...]
    changes: Changed
    concerns: int
    fresh: bool


def make_overview(desk: Desk, sight: Sight, asked: Asked) -> Overview:
    """The overview of a view."""
    outcomes: dict[str, int] = {}
    for (_, outcome), count in sight.tally("plans").items():
        outcomes[outcome] = outcomes.get(outcome, 0) + count
    changed = make_changes(desk, sight, asked)
    newest = Changed("", "", changed.rows[:_CHANGES], changed.files, changed.more + len(changed.rows[_CHANGES:]))
    contested = [row for row in sight.rows("conflicts", limit=200) if "answers" in row]
    return Overview(
        sight.summary,
        tuple(sight.rows("plans", limit=_PLANS)),
        tuple(outcomes.items()),
        tuple(contested[:_CONFLICTS]),
        sum(count for (_, state), count in sight.tally("conflicts").items() if state != "overdue"),
        tuple(sight.rows("cards", limit=_EVENTS)),
        newest,
        sight.count("concerns"),
        sight.count("reports", Chosen()) == 0,
    )
