"""The search: claims and reports by words, voices, places and days, all of it in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reportedly.errors import BadSetting
from reportedly.exporting import FORMATS
from reportedly.ledger.searching import Hit, Wanted
from reportedly.records import STATUSES
from reportedly.web.asked import Asked
from reportedly.web.desk import Desk, Sight
from reportedly.web.pages.claim import Saying, list_sayings

_SHOWN = 40
SEARCHED = ("q", "frame", "status", "voice", "place", "actor", "from", "to")  # parameters of which any makes a search
MOST = 2000  # hits of a search: a list that nobody reads to its end wants narrower words


@dataclass(frozen=True, slots=True)
class Found:
    """A report that has the words."""

    id: str
    outlet: str
    day: str
    file: str
    words: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found; `asked` is whether anything was looked for."""

    asked: bool
    sayings: tuple[Saying, ...]
    snippets: Mapping[str, str]
    reports: tuple[Found, ...]
    total: int
    report_total: int
    most: bool
    page: int
    statuses: tuple[str, ...]
    frames: tuple[str, ...]
    formats: tuple[str, ...]
    problem: str

    @property
    def last_page(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // _SHOWN))


def find_hits(desk: Desk, sight: Sight, asked: Asked, limit: int = MOST) -> list[Hit]:
    """What the parameters of an address find. Raises BadSetting where they are no search."""
    words, wanted = asked.get("q") or None, read_wanted(asked)
    if words is None and wanted == Wanted():
        return []
    if wanted.frame and wanted.frame != "open" and wanted.frame not in desk.frames:
        desk.case.check_frame(wanted.frame)
    return desk.case.search(words, wanted, limit, desk.view(sight, asked.as_of))


def read_wanted(asked: Asked) -> Wanted:
    """The filters of an address. Raises BadSetting."""
    status = asked.get("status")
    if status and status not in STATUSES:
        raise BadSetting(f"status={status[:20]}: there are {', '.join(STATUSES)}")
    since, until = asked.day("from"), asked.day("to")
    if since and until and until < since:
        raise BadSetting(f"to={until}: lies before from={since}; give the earlier day first")
    if since or until:
        since, until = since or date.min, until or date.max
    return Wanted(asked.get("frame") or None, status or None, asked.get("voice") or None, asked.get("place") or None, asked.get("actor") or None, since, until)


def make_search(desk: Desk, sight: Sight, asked: Asked) -> SearchPage:
    """The page of a search; what cannot be looked for is said on it."""
    problem = ""
    hits: list[Hit] = []
    try:
        hits = find_hits(desk, sight, asked)
    except BadSetting as error:
        problem = str(error)
    claims = [hit for hit in hits if hit.claim is not None]
    page = claims[(asked.page - 1) * _SHOWN : asked.page * _SHOWN]
    reports = [hit for hit in hits if hit.claim is None][:_SHOWN] if asked.page == 1 else []
    looked = any(asked.get(name) for name in SEARCHED)
    return SearchPage(
        looked,
        tuple(list_sayings(desk, sight, [hit.claim for hit in page if hit.claim])),
        {hit.claim: hit.words for hit in page if hit.claim},
        tuple(_found(sight, hit) for hit in reports),
        len(claims),
        sum(hit.claim is None for hit in hits),
        len(claims) >= MOST,
        asked.page,
        STATUSES,
        tuple(sorted({*desk.frames, "open"})),
        tuple(FORMATS),
        problem,
    )


def _found(sight: Sight, hit: Hit) -> Found:
    row = sight.find("reports", hit.report)
    assert row is not None  # a hit is of the view
    return Found(hit.report, row["row"]["outlet"] or "", row["day"] or "", row["row"]["file"], hit.words)
