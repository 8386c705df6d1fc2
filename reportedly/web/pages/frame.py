"""What stands around every page: the case, the day, the way to other pages, and what the view leaves out."""

import json
from dataclasses import dataclass

from reportedly.exports.rows import Row
from reportedly.web.asked import Asked
from reportedly.web.desk import Desk, Sight

PLACES = ("overview", "events", "plans", "timeline", "map", "sources", "reports", "conflicts", "changes", "review", "search")  # in the order of the navigation
_PATHS = {"overview": "/"}


@dataclass(frozen=True, slots=True)
class Frame:
    """The case by its title, who decides, the form's token, the days of the slider, the view in numbers, and how many log entries are newer
    than what is shown; `edited` are the claims in
    which somebody set a value, `kept` is where a scratch case was kept. `scratch` is a case that is gone with the server, unless it is kept."""

    asked: Asked
    title: str
    analyst: str
    writable: bool
    scratch: bool
    form: str
    here: str
    days: tuple[str, ...]
    summary: Row
    newer: int
    entry: int
    edited: frozenset[str]
    kept: str
    problem: str

    @property
    def places(self) -> list[tuple[str, str]]:
        """The pages by name with their addresses as of the same day."""
        return [(name, self.asked.link(_PATHS.get(name, f"/{name}"))) for name in PLACES]

    @property
    def at_day(self) -> int:
        """Where the slider stands: the number of the last day that is shown."""
        day = self.asked.get("as-of")
        return len(self.days) - 1 if not day else max(0, sum(one <= day for one in self.days) - 1)

    @property
    def days_json(self) -> str:
        """The days for the script that moves the slider."""
        return json.dumps(self.days)


def make_frame(desk: Desk, sight: Sight | None, asked: Asked, here: str, form: str, *, scratch: bool, kept: str = "") -> Frame:
    """The frame of a page; without a view (it is being derived) with what is known nevertheless."""
    summary = sight.summary if sight is not None and "/" not in sight.name else {"perhaps": [], "undated": 0, "reports": 0, "claims": 0}
    return Frame(
        asked,
        desk.title,
        desk.settings.analyst,
        desk.writable,
        scratch,
        form,
        here,
        desk.days(sight),
        summary,
        sight.newer if sight else 0,
        sight.entry if sight else 0,
        frozenset(claim for claim, judgement in desk.judgements().items() if judgement.edits),
        kept,
        sight.problem if sight else "",
    )
