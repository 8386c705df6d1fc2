"""The overview: what is known as of a day, on one screen."""

from dataclasses import dataclass

from reportedly.exports.rows import Row
from reportedly.ledger.shelf import Chosen
from reportedly.web.asked import Asked
from reportedly.web.desk import Desk, Sight
from reportedly.web.pages.lists import Changed, make_changes

_EVENTS, _PLANS, _CONFLICTS, _CHANGES, _NUMBERS = 6, 6, 4, 6, 5
_OUTCOMES = ("overdue", "slipped", "open", "kept", "denied", "dropped")  # in the order of the plan board


@dataclass(frozen=True, slots=True)
class Overview:
    """What the overview shows: numbers, plans with the overdue in front, headline numbers with their origins, what is contested,
    events, and the newest changes."""

    summary: Row
    plans: tuple[Row, ...]
    outcomes: tuple[tuple[str, int], ...]
    numbers: tuple[Row, ...]
    conflicts: tuple[Row, ...]
    conflict_count: int
    events: tuple[Row, ...]
    changes: Changed
    concerns: int
    fresh: bool


def make_overview(desk: Desk, sight: Sight, asked: Asked) -> Overview:
    """The overview of a view."""
    _, outcomes = sight.tally("plans")
    _, states = sight.tally("conflicts")
    changed = make_changes(desk, sight, asked)
    newest = Changed("", "", changed.rows[:_CHANGES], changed.files, changed.more + len(changed.rows[_CHANGES:]))
    contested = [row for row in sight.rows("conflicts", limit=200) if "answers" in row]
    return Overview(
        sight.summary,
        tuple(sight.rows("plans", limit=_PLANS)),
        tuple((one, outcomes[one]) for one in _OUTCOMES if one in outcomes),
        tuple(sight.rows("numbers", limit=_NUMBERS)),
        tuple(contested[:_CONFLICTS]),
        states.total() - states["overdue"],
        tuple(sight.rows("cards", limit=_EVENTS)),
        newest,
        sight.count("concerns"),
        sight.count("reports", Chosen()) == 0,
    )
