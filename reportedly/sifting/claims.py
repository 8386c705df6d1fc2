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
    """The claim sets of a chunk, but for reports that no process lives through or the reader fails on."""
    work = partial(_understand_all, batch_size=asked.batch_size, playbooks=asked.playbooks)
    for report, made in zip(reports, guard(asked.seconds).run_each(work, reports), strict=True):
        if isinstance(made, Lost):
            told.leavings.append(Leaving("understanding", made.how, report.file, report.id, note=made.note))
        else:
            yield made


def _understand_all(reports: list[Report], batch_size: int, playbooks: tuple[str, ...]) -> list[Sealed]:
    from reportedly.understanding.parser import load_parser

    load_parser()  # for no reports too: it is no report's fault how long that takes
    return understand_chunk(reports, batch_size, playbooks)
