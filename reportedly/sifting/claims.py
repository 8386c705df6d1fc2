"""Understanding at the end of the funnel: the claims of what was kept, in a process that may die of a page."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path

from reportedly.adding import CHUNK, understand_chunk
from reportedly.engine import Lost
from reportedly.ledger import Sealed
from reportedly.ledger.canonical import read_canonical
from reportedly.records import Leaving, Report
from reportedly.sifting.funnel import guard
from reportedly.sifting.kept import BODY, Table, read_rows, write_json


@dataclass(frozen=True, slots=True)
class Reading:
    """A file of kept pages to understand, without some rows (copies, and pages that stand elsewhere too), into a file of claim sets."""

    pages: str
    without: frozenset[int]
    claims: str
    playbooks: tuple[str, ...]
    batch_size: int
    seconds: int


@dataclass(slots=True)
class Understood:
    """What came of a file of kept pages: where the claim sets are, and what could not be understood."""

    claims: str
    leavings: list[Leaving] = field(default_factory=list)


def understand_pages(asked: Reading) -> Understood:
    """The claim sets of a file of kept pages, and of those drawn for the audit, unless that was done before."""
    path = Path(asked.claims)
    done = path.with_suffix(".json")
    if done.exists():
        return replace(read_canonical(done.read_bytes(), Understood), claims=asked.claims)
    told = Understood(asked.claims)
    with Table(path, BODY) as table:
        for reports in _read_chunks(asked):
            for sealed in _understand(reports, asked, told):
                table.add({"report": sealed.report, "body": sealed.body})
    write_json(done, asdict(told))
    return told


def _read_chunks(asked: Reading) -> Iterator[list[Report]]:
    chunk: dict[str, Report] = {}
    for row in read_rows(asked.pages, ("report", "record")):
        if row["row"] not in asked.without:
            chunk[row["report"]] = read_canonical(row["record"], Report)
        if len(chunk) >= CHUNK:
            yield list(chunk.values())
            chunk = {}
    if chunk:
        yield list(chunk.values())


def _understand(reports: list[Report], asked: Reading, told: Understood) -> Iterator[Sealed]:
    """The claim sets of a chunk; where no process lives through it, report by report."""
    work = partial(_understand_all, batch_size=asked.batch_size, playbooks=asked.playbooks)
    made = guard(asked.seconds).run(work, reports)
    if not isinstance(made, Lost):
        yield from made
        return
    for report in reports:
        alone = guard(asked.seconds).run(work, [report]) if len(reports) > 1 else made
        if isinstance(alone, Lost):
            told.leavings.append(Leaving("understanding", alone.how, report.file, report.id, note=alone.note))
        else:
            yield from alone


def _understand_all(reports: list[Report], batch_size: int, playbooks: tuple[str, ...]) -> list[Sealed] | Lost:
    try:
        return understand_chunk(reports, batch_size, playbooks)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 a text that nobody foresaw costs its own claims, not a crawl
        return Lost("unreadable", f"the reader failed on it ({type(error).__name__}: {' '.join(str(error).split())[:100]})")
