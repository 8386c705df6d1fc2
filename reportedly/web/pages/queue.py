"""The review queue: what is worth a person's look, most consequential first, and how far the looking has come."""

import json
from dataclasses import dataclass

from reportedly.ledger.shelf import Chosen
from reportedly.web.asked import Asked
from reportedly.web.desk import Desk, Sight
from reportedly.web.pages.claim import Saying, list_sayings

_LISTED = 25


@dataclass(frozen=True, slots=True)
class Concern:
    """A claim of the queue with why it stands there."""

    saying: Saying
    why: tuple[str, ...]
    event: str | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The next claims of the queue, how many there are in all, and how many of them are decided."""

    concerns: tuple[Concern, ...]
    total: int
    decided: int
    page: int
    frames: tuple[str, ...]
    reasons: tuple[tuple[str, int], ...]
    all: bool

    @property
    def last_page(self) -> int:
        """The number of the last page."""
        return max(1, -(-(self.total - (0 if self.all else self.decided)) // _LISTED))


def make_queue(desk: Desk, sight: Sight, asked: Asked) -> Queue:
    """The queue of a view; with `all` the decided claims too."""
    chosen = Chosen(frame=asked.get("frame"), state=asked.get("why"))
    kept = sight.kept("concerns", chosen)
    judged = {one for one, judgement in desk.case.judgements().items() if judgement.verdict != "open" or judgement.edits}
    show_all = bool(asked.get("all"))
    waiting = [one for one in kept if show_all or one.id not in judged]
    page = waiting[(asked.page - 1) * _LISTED : asked.page * _LISTED]
    sayings = {one.id: one for one in list_sayings(desk, sight, [one.id for one in page])}
    rows = [(sayings[one.id], json.loads(one.body)) for one in page if one.id in sayings]
    tally = sight.tally("concerns")
    reasons: dict[str, int] = {}
    for (_, why), count in tally.items():
        reasons[why] = reasons.get(why, 0) + count
    return Queue(
        tuple(Concern(saying, tuple(row["why"]), row["event"]) for saying, row in rows),
        len(kept),
        sum(one.id in judged for one in kept),
        asked.page,
        tuple(sorted({frame for frame, _ in tally})),
        tuple(sorted(reasons.items(), key=lambda pair: -pair[1])),
        show_all,
    )
