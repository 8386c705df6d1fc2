"""One shard through the funnel: its pages are held against the cheap test, then against language, length and days; what is left is read for its story.

    read      a record of an archive, a row of a table
    words     has the page's visible text a passage on a playbook's subject?     one automaton, no parse
    language, length, day
    story     does the passage stand in the main text that is read from the page?

Each page that falls out is counted under the reason; of those that the cheap test refused a share is drawn to be read all the same (`sampled`).
"""

import atexit
import hashlib
import math
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from reportedly.engine import Guarded, Lost
from reportedly.errors import UnreadableReport
from reportedly.ledger.canonical import read_canonical
from reportedly.reading import Item, Limits
from reportedly.reading.html import read_html
from reportedly.reading.language import ENGLISH
from reportedly.reading.page import Member
from reportedly.reading.read import find_members, read_member
from reportedly.reading.table import describe_member
from reportedly.records import Leaving, Reading, Report
from reportedly.sifting.evidence import Evidence, make_plain
from reportedly.sifting.kept import PAGE, Table, columns_of, pack_report, write_json
from reportedly.sifting.recipe import Recipe, check_installed
from reportedly.sifting.screen import Screen, strip_markup
from reportedly.sifting.shards import Shard, find_key, open_shard

STAGES = ("words", "language", "length", "day", "reading", "story")  # at which a page falls out, in their order
_TESTS = ("words", "story")  # those that a sample is drawn from
_MARKED = ("text/html", "text/plain", "application/xhtml")  # media types whose bytes show their words
_PLAINLY = 0.1  # of the words, English function words: half of what the reader of languages asks, for menus have none
_FEW = 30  # words below which a language is not told from the page
_TOGETHER, _HEAVY = 16, 8_000_000  # pages, and bytes of pages, that are sent to be read together
_NO_PAGE = b"<html><body><article><h1>None</h1><p>There is no page here.</p></article></body></html>"
_MEMORY = 3 << 30  # bytes of address space of the process that reads pages


@dataclass(slots=True)
class Outcome:
    """What came of a shard: where its pages lie, how many there were and fell out at each stage, and what could not
    be read. Of the pages that the cheap test `refused` some were `drawn` for the audit, and of those `sampled` could be read."""

    shard: str
    key: str
    path: str
    size: int = 0
    pages: int = 0
    page_bytes: int = 0
    kept: int = 0
    refused: int = 0
    drawn: int = 0
    sampled: int = 0
    fell: dict[str, int] = field(default_factory=dict)
    leavings: list[Leaving] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to sift into a folder."""

    shard: Shard
    recipe: Recipe
    folder: str


def sift_shard(task: Task) -> Outcome:
    """Sift one shard, unless that was done before. What is finished is there whole: the pages first, then the outcome that names them."""
    check_installed(task.recipe)
    try:
        key = find_key(task.shard)
    except OSError as error:
        return lost_shard(task.shard, Lost("unreadable", f"it cannot be opened ({error.strerror or type(error).__name__})"))
    pages = Path(task.folder) / f"{key}.parquet"
    done = pages.with_suffix(".json")
    if done.exists():
        return replace(read_canonical(done.read_bytes(), Outcome), path=str(pages))  # the folder may have been moved since
    outcome = Outcome(task.shard.name, key, str(pages), task.shard.size)
    with Table(pages, PAGE, columns_of(task.recipe.columns)) as table:
        is_whole = _Funnel(task, outcome, table).run()
    if is_whole:
        write_json(done, asdict(outcome))
    return outcome


def lost_shard(shard: Shard, lost: Lost) -> Outcome:
    """What came of a shard that cannot be opened, or that no worker lived through."""
    return Outcome(shard.name, "", "", shard.size, leavings=[Leaving("reading", lost.how, shard.name, note=lost.note)])


class _Funnel:
    """One shard on its way."""

    def __init__(self, task: Task, outcome: Outcome, table: Table) -> None:
        self._shard, self._recipe, self._outcome, self._table = task.shard, task.recipe, outcome, table
        self._screen = _make_screen(task.recipe.evidence)
        self._limits = Limits(task.recipe.max_bytes, task.recipe.columns, task.recipe.today, cut=False)
        self._fell: Counter[str] = Counter(dict.fromkeys(STAGES, 0))
        self._clock: dict[str, float] = defaultdict(float)
        self._is_whole = True
        self._waiting: list[tuple[Member, str]] = []  # pages to be read for their story, each with the stage that refused it

    def run(self) -> bool:
        """Every page of the shard. False where it could not be read to its end for a reason that may pass: another time there may be more."""
        began = time.perf_counter()
        for member in self._members():
            if isinstance(member, UnreadableReport):
                self._leave(member)
                continue
            self._outcome.pages += 1
            self._outcome.page_bytes += len(member.original)
            self._take(member)
        self._read()
        self._outcome.fell = dict(self._fell)
        self._outcome.seconds = {"shard": time.perf_counter() - began, **self._clock}
        return self._is_whole

    def _members(self) -> Iterator[Member | UnreadableReport]:
        """What the shard holds; where it breaks off that is told last, and what stands before it is kept."""
        if not self._shard.size:
            yield UnreadableReport(self._shard.name, "empty", "it is empty", "fetch it again")
            return
        try:
            with open_shard(self._shard) as (stream, name):
                yield from find_members(stream, name, self._limits)
        except UnreadableReport as problem:
            self._is_whole = "://" not in self._shard.address  # of what comes over a network nobody knows whether it is damaged
            yield problem
        except Exception as error:  # noqa: BLE001 packers and stores of all kinds raise what they like
            self._is_whole = False
            what = " ".join(str(error).split())[:80] or type(error).__name__
            yield UnreadableReport(self._shard.name, "damaged", f"it breaks off ({what})", "fetch it again; what stands before it is read")

    def _take(self, member: Member) -> None:
        """Have a page read, or count why not."""
        began = time.perf_counter()
        fallen = self._refuse(member)
        self._clock["test"] += time.perf_counter() - began
        sampled = ""
        if fallen is not None:
            if fallen not in _TESTS or not self._draws(member):
                self._drop(fallen)
                return
            sampled = fallen
            self._outcome.drawn += 1
        self._waiting.append((member, sampled))
        if len(self._waiting) >= _TOGETHER or sum(len(one.original) for one, _ in self._waiting) > _HEAVY:
            self._read()

    def _read(self) -> None:
        """Read the pages that wait, in a process that may die of them, and keep them, or count why not."""
        if not self._waiting:
            return
        began = time.perf_counter()
        work = partial(_read_all, file=self._shard.name, limits=self._limits)
        read = guard(self._recipe.seconds).run_each(work, [member for member, _ in self._waiting])
        self._clock["main text"] += time.perf_counter() - began
        for (member, sampled), items in zip(self._waiting, read, strict=True):
            item = _only(items, f"{self._shard.name}/{member.name}")
            if isinstance(item, UnreadableReport):
                self._drop(sampled or "reading")
                self._leave(item)
            else:
                self._settle(member, item, sampled)
        self._waiting = []

    def _refuse(self, member: Member) -> str | None:
        """The stage at which a page falls out before it is read for its story; None where it stays."""
        text = member.page.text.encode("utf-8", "surrogatepass") if member.page is not None else member.original
        if member.page is None and not _shows_words(member):
            return None
        if b"\0" in text[:64]:
            text = _unfold(text)
        if not (self._screen.admits_page(text) if member.page is None else self._screen.admits(_head_first(member, text))):
            return "words"
        words = make_plain(strip_markup(text)).split()
        if len(words) >= _FEW and sum(word in _FUNCTION_WORDS for word in words) < _PLAINLY * len(words):
            return "language"
        if len(words) < self._recipe.words:
            return "length"
        saved = member.given.collected_at
        return "day" if saved and self._recipe.since and saved[:10] < self._recipe.since.isoformat() else None  # nothing appears after it was saved

    def _settle(self, member: Member, reading: Reading, sampled: str) -> None:
        """Keep a report, or count why not; one that was drawn is kept apart."""
        report = reading.report
        story = f"{report.title or ''}\n{report.text}".encode("utf-8", "surrogatepass")
        fallen = self._judge(report) or (None if self._screen.admits(story) else "story")
        if fallen == "story" and not sampled and self._draws(member):
            sampled = "story"
            self._outcome.drawn += 1
        if sampled or fallen is not None:
            self._drop(sampled or fallen or "")
        if fallen not in (None, "story") or (fallen == "story" and not sampled):
            return
        self._outcome.kept += not sampled
        self._outcome.sampled += bool(sampled)
        when = report.published.when
        day = when.earliest.isoformat() if when and when.earliest else ""
        told = {
            "report": report.id,
            "published": report.order[0],
            "day": day,
            "text_sha256": report.text_sha256,
            "sampled": sampled,
            "evidence": math.floor(100 * self._screen.rate(story)) / 100,
            "record": pack_report(report),
        }
        self._table.add(told | describe_member(member, report.file) | {"media_type": member.media_type or report.media_type})

    def _judge(self, report: Report) -> str | None:
        """The stage at which a report that was read falls out for its language, length or day."""
        if (report.language or "en").split("-")[0] != "en":
            return "language"
        body = " ".join(report.text[one.start : one.end] for one in report.segments if one.kind == "body")
        if body.count(" ") < self._recipe.words - 1:
            return "length"
        when = report.published.when
        if when and ((self._recipe.since and when.latest and when.latest < self._recipe.since) or (self._recipe.until and when.earliest and when.earliest > self._recipe.until)):
            return "day"
        return None

    def _draws(self, member: Member) -> bool:
        """Whether a refused page is drawn for the audit: by its bytes and the seed, so that any worker draws the same."""
        if not self._recipe.share:
            return False
        drawn = hashlib.blake2b(member.original, digest_size=8, key=str(self._recipe.seed).encode()).digest()
        return int.from_bytes(drawn, "big") < self._recipe.share * 2**64

    def _drop(self, stage: str) -> None:
        self._fell[stage] += 1
        self._outcome.refused += stage in _TESTS

    def _leave(self, problem: UnreadableReport) -> None:
        self._outcome.leavings.append(Leaving("reading", problem.code, problem.file, note=problem.what))


_FUNCTION_WORDS = frozenset(word.encode() for word in ENGLISH)


def _shows_words(member: Member) -> bool:
    """Whether the words of a page stand in its bytes: those of a PDF or of mail do not."""
    head = member.original[:512].lstrip().lower()
    if member.media_type is not None:
        return member.media_type.startswith(_MARKED)
    return head.startswith(b"<") or not (head.startswith((b"%pdf", b"pk\x03\x04", b"\x1f\x8b")) or b"%pdf-" in head)


def _head_first(member: Member, text: bytes) -> bytes:
    """A row's text with its headline before it."""
    return f"{member.given.title or (member.page.found.title if member.page else '') or ''}\n".encode("utf-8", "surrogatepass") + text


def _unfold(text: bytes) -> bytes:
    """A page of two or four bytes a letter as one of one."""
    return text.replace(b"\0", b"")


@cache
def _make_screen(evidence: tuple[Evidence, ...]) -> Screen:
    """The cheap test, made once a process."""
    return Screen(evidence)


@cache
def guard(seconds: int) -> Guarded:
    """The process of this process that may die of a page."""
    guarded = Guarded(seconds, _MEMORY)
    atexit.register(guarded.end)
    return guarded


def _read_all(members: list[Member], file: str, limits: Limits) -> list[list[Item]]:
    if not members:
        with suppress(UnreadableReport):
            read_html(_NO_PAGE, "none.html")  # loads the libraries: it is no page's fault how long that takes
    return [read_member(member, file, limits) for member in members]


def _only(items: list[Item] | Lost, file: str) -> Item:
    """The one report of a page, or why there is none."""
    if isinstance(items, Lost):
        return UnreadableReport(file, items.how, items.note, "look at it by hand")
    if len(items) > 1:
        return UnreadableReport(file, "nested", f"it holds {len(items)} reports", "unpack it, and add it to a case")
    return items[0] if items else UnreadableReport(file, "no-text", "it holds no report", "nothing; it is not read")
