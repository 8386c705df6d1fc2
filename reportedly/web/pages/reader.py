"""The reader: a report's text with its claims marked, and beside it what is known of one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reportedly.errors import UnknownName
from reportedly.exports.rows import Row
from reportedly.records import Claim, Report
from reportedly.web.asked import Asked, read_number
from reportedly.web.desk import Desk, Sight
from reportedly.web.pages.claim import Panel, make_panel

_DEEPEST = 8  # claims over one stretch: of more the innermost
_LISTED = 300  # claims beside a text
_PART = 24_000  # characters of a report on one page: what a browser still lays out at once


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text between two ends of claims, from `start` on (code points of the report's text): `claims` cover it, the innermost last; `page` begins with it."""

    start: int
    text: str
    claims: tuple[Claim, ...]
    page: int | None


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """A report, a part of its text, the claim that is looked at, and where the text goes on."""

    report: Report
    row: Row
    stretches: tuple[Stretch, ...]
    panel: Panel | None
    claims: tuple[Claim, ...]
    rejected: frozenset[str]
    part: int
    parts: int
    frames: tuple[str, ...]
    roles: tuple[str, ...]
    overlapping: tuple[Claim, ...]


def make_reader(desk: Desk, sight: Sight, asked: Asked, name: str) -> ReaderPage:
    """The page of a report; `claim` names the claim that is looked at, `part` the part of a long text. Raises UnknownName."""
    report, row = desk.report(sight, name)
    claims = desk.claims_of(report.id)
    chosen = next((one for one in claims if one.id == asked.get("claim")), None)
    if asked.get("claim") and chosen is None:
        raise UnknownName(f"{asked.get('claim')[:32]}: no such claim in this report; it may be read otherwise now")
    ends = find_parts(report.text)
    part = _find_part(ends, chosen, asked)
    start, end = ends[part - 1]
    rejected = frozenset(one.id for one in claims if desk.is_rejected(one.id))
    marked = [one for one in claims if one.id not in rejected or one is chosen]
    stretches = tuple(cut_text(report, [one for one in marked if one.start < end and start < one.end], start, end))
    overlapping = tuple(one for one in marked if chosen and one is not chosen and one.start < chosen.end and chosen.start < one.end)
    panel = make_panel(desk, sight, chosen) if chosen else None
    return ReaderPage(
        report,
        row,
        stretches,
        panel,
        tuple(one for one in claims if start <= one.trigger_start < end)[:_LISTED],
        rejected,
        part,
        len(ends),
        tuple(sorted(desk.frames)),
        desk.roles,
        overlapping,
    )


def _find_part(ends: list[tuple[int, int]], chosen: Claim | None, asked: Asked) -> int:
    wanted = read_number(asked.get("part"), len(ends))
    if wanted:
        return wanted
    return next((number for number, (start, end) in enumerate(ends, start=1) if chosen and start <= chosen.start < end), 1)


def find_parts(text: str) -> list[tuple[int, int]]:
    """The parts in which a text is shown: cut at the end of a line, else of a word, else anywhere."""
    ends: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > _PART:
        latest = start + _PART
        cut = max(text.rfind("\n", start + _PART // 2, latest), 0) or max(text.rfind(" ", start + _PART // 2, latest), 0) or latest - 1
        ends.append((start, cut + 1))
        start = cut + 1
    return [*ends, (start, len(text))]


def cut_text(report: Report, claims: list[Claim], start: int, end: int) -> Iterator[Stretch]:
    """The text from `start` to `end`, cut where a claim or a page of a PDF begins or ends."""
    pages = {at: number for number, at in enumerate(report.pages, start=1) if start <= at < end}
    cuts = sorted({start, end, *pages, *(at for one in claims for at in (one.start, one.end) if start < at < end)})
    waiting = sorted(claims, key=lambda one: one.start, reverse=True)
    covering: list[Claim] = []
    for first, last in pairwise(cuts):
        covering = [one for one in covering if one.end > first]
        while waiting and waiting[-1].start <= first:
            covering.append(waiting.pop())
        inner = sorted((one for one in covering if one.end >= last), key=lambda one: (one.start - one.end, one.start, one.id))
        yield Stretch(first, report.text[first:last], tuple(inner[-_DEEPEST:]), pages.get(first))
