"""The pages that are a picture and a list, or a list alone: plans, events, timeline, map, sources, reports, conflicts, gaps, changes, leavings."""

from collections.abc import Callable
from dataclasses import dataclass

from reportedly.exports.rows import Row
from reportedly.ledger.shelf import Chosen
from reportedly.web.asked import Asked
from reportedly.web.desk import Desk, Sight

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A stretch of a list: its rows, how many there are in all, and the frames and states that they have, with their numbers."""

    kind: str
    rows: tuple[Row, ...]
    total: int
    page: int
    frames: tuple[tuple[str, int], ...]
    states: tuple[tuple[str, int], ...]
    more: int = 0

    @property
    def last_page(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PER_PAGE))


def make_list(kind: str) -> Callable[[Desk, Sight, Asked], Listed]:
    """What makes a page of the rows of a kind."""

    def make(_: Desk, sight: Sight, asked: Asked) -> Listed:
        frames, states = sight.tally(kind)
        rows = sight.rows(kind, asked.chosen, PER_PAGE, (asked.page - 1) * PER_PAGE)
        more = sight.count("more-plans") if kind == "plans" else 0
        return Listed(kind, tuple(rows), sight.count(kind, asked.chosen), asked.page, _counted(frames), _counted(states), more)

    return make


def _counted(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((pair for pair in counts.items() if pair[0]), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed between two days, or newest where none are named."""

    since: str
    until: str
    rows: tuple[Row, ...]
    files: dict[str, Row]
    more: int


def make_changes(_: Desk, sight: Sight, asked: Asked) -> Changed:
    """The changes that a view keeps: what no round, number or second claim makes out is counted only."""
    found = sight.kept("changes")
    wanted = sight.rows("changes") if asked.get("all") else [row for row, one in zip(sight.rows("changes"), found, strict=True) if one.state == "made out"]
    return Changed(asked.get("from"), asked.get("to"), tuple(wanted[: 4 * PER_PAGE]), name_reports(sight, wanted), len(found) - len(wanted[: 4 * PER_PAGE]))


def name_reports(sight: Sight, rows: list[Row]) -> dict[str, Row]:
    """The reports that rows name, by id."""
    ids = {row["report"] for row in rows if row.get("report")}
    found = {one: sight.find("reports", one) for one in sorted(ids)}
    return {one: row for one, row in found.items() if row is not None}


@dataclass(frozen=True, slots=True)
class Sources:
    """The reports of a view with what each rests on, and the network of those behind them."""

    listed: Listed
    links: dict[str, tuple[Row, ...]]
    tells: dict[str, tuple[Row, ...]]
    reports: dict[str, Row]
    left_out: int


def make_sources(desk: Desk, sight: Sight, asked: Asked) -> Sources:
    """The page of sources."""
    listed = make_list("reports")(desk, sight, asked)
    rests = {row["row"]["id"]: sight.rows("sources", Chosen(id=row["row"]["id"])) for row in listed.rows}
    links = {report: tuple(one for one in found if "kind" in one) for report, found in rests.items()}
    tells = {report: tuple(tell for one in found if "tells" in one for tell in one["tells"]) for report, found in rests.items()}
    others = [{"report": one["to"]} for found in links.values() for one in found]
    left = sight.rows("network", limit=1, offset=max(0, sight.count("network") - 1))
    return Sources(listed, links, tells, name_reports(sight, others), left[0].get("left_out", 0) if left else 0)
