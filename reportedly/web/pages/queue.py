"""The review queue: what is worth a person's look, most consequential first, and how far the looking has come."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from reportedly.ledger.shelf import Chosen, Kept
from reportedly.web.asked import Asked
from reportedly.web.desk import Desk, Sight
from reportedly.web.pages.claim import Saying, list_sayings

_LISTED = 25
_FETCHED = 200  # rows at once


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
    judged = sorted(one for one, judgement in desk.judgements().items() if judgement.verdict != "open" or judgement.edits)
    decided = [one for one in judged if _is_asked(desk, sight, one, chosen)]
    known = frozenset(decided)
    waiting = (one.id for one in _all_kept(sight, chosen) if one.id not in known)
    show_all = bool(asked.get("all"))
    page = list(islice(chain(waiting, decided if show_all else ()), (asked.page - 1) * _LISTED, asked.page * _LISTED))
    sayings = {one.id: one for one in list_sayings(desk, sight, page)}
    rows = [(saying, sight.find("concerns", one) or {"why": [], "event": None}) for one in page if (saying := sayings.get(one))]
    left = sight.count("concerns", chosen) - sum(sight.shelf.find(sight.name, "concerns", one) is not None for one in decided)
    frames, reasons = sight.tally("concerns")
    return Queue(
        tuple(Concern(saying, tuple(row["why"]), row["event"]) for saying, row in rows),
        left + len(decided),
        len(decided),
        asked.page,
        tuple(sorted(frames)),
        tuple(sorted(reasons.items(), key=lambda pair: -pair[1])),
        show_all,
    )


def _is_asked(desk: Desk, sight: Sight, claim: str, chosen: Chosen) -> bool:
    """Whether a decided claim belongs to what is asked for: one that was rejected stands on no shelf any more, and is counted all the same."""
    kept = sight.shelf.find(sight.name, "concerns", claim)
    if kept is not None:
        return chosen.frame in ("", kept.frame) and chosen.state in ("", kept.state)
    found = desk.claims([claim]).get(claim)
    return found is not None and not chosen.state and chosen.frame in ("", found.frame) and sight.shelf.find(sight.name, "reports", found.report) is not None


def _all_kept(sight: Sight, chosen: Chosen) -> Iterator[Kept]:
    """The rows of the queue, fetched as far as they are looked at."""
    offset = 0
    while rows := sight.kept("concerns", chosen, _FETCHED, offset):
        yield from rows
        offset += len(rows)
