"""Reports into a ledger: what is new is read and understood, what is known is logged as having come again, what cannot be read is
a leaving. Each report is stored whole or not at all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from reportedly.engine import map_chunks
from reportedly.errors import UnreadableReport
from reportedly.ledger import Ledger, Sealed, seal
from reportedly.ledger.given_claims import GIVEN
from reportedly.reading import Gathered, Item, Limits, Source, Worker
from reportedly.records import ClaimSet, Leaving, Reading, Report, Withholding
from reportedly.settings import Settings

Progress = Callable[[int, int], None]
_FEW = 150  # reports below which starting worker processes costs more than it saves
_QUIET = ("format", "no-pages", "hidden")  # of files that merely lie in a folder, or in an archive
CHUNK = 16  # reports that are parsed, and committed, together


@dataclass(slots=True)
class Added:
    """What `add` did: new reports, those known before, claims, leavings, and each problem met."""

    new: int = 0
    known: int = 0
    claims: int = 0
    leavings: int = 0
    problems: list[UnreadableReport] = field(default_factory=list)

    def count(self, reading: Reading, sealed: Sealed) -> None:
        """One more report is stored."""
        self.new += 1
        self.claims += sealed.claims
        self.leavings += len(reading.leavings) + sealed.leavings


@dataclass(frozen=True, slots=True)
class Intake:
    """What takes reports into a ledger: `reader` is who reads their claims; with `readmit` what was withheld comes in again; `columns`
    says which columns of rows hold what."""

    ledger: Ledger
    settings: Settings
    reader: str
    readmit: bool
    columns: Mapping[str, str]

    def add(self, gathered: Gathered, progress: Progress | None) -> Added:
        """Read all sources into the ledger, a few at a time."""
        added = Added(problems=list(gathered.problems), leavings=len(gathered.leavings) + len(gathered.problems))
        with self.ledger.transaction():
            for leaving in (*gathered.leavings, *map(_failure, gathered.problems)):
                self.ledger.add_failure(leaving)
        workers = self.settings.workers or (1 if len(gathered.sources) < _FEW else 2)
        work = partial(understand_chunk, batch_size=self.settings.batch_size, playbooks=self.ledger.playbooks)
        if progress:
            progress(0, len(gathered.sources))
        chunks = ((readings, [reading.report for reading in readings]) for readings in self._read(gathered, added))
        for readings, sealed_sets in map_chunks(work, chunks, workers):
            with self.ledger.transaction():
                for reading, sealed in zip(readings, sealed_sets, strict=True):
                    self._store(reading, sealed, added)
            if progress:
                progress(added.new + added.known + len(added.problems), len(gathered.sources))
        return added

    def _store(self, reading: Reading, sealed: Sealed, added: Added) -> None:
        if self._is_known(reading.report):  # another `add` was quicker
            self._add_known(reading, added)
            return
        self.ledger.add_reading(reading)
        self.ledger.add_claims(sealed)
        added.count(reading, sealed)

    def _read(self, gathered: Gathered, added: Added) -> Iterator[list[Reading]]:
        """Readings that the ledger does not hold yet, a few at a time. Of two reports with the same bytes and outlet the
        first by name stands. A date or title learnt since is logged; the claims stay."""
        seen: dict[str, str] = {}
        fresh: list[Reading] = []
        with Worker(Limits(self.settings.max_bytes, self.columns), self.settings.seconds) as worker:
            for source in gathered.sources:
                for item in worker.read(source):
                    reading = self._admit(item, source, seen, added)
                    if reading is not None:
                        fresh.append(reading)
                    if len(fresh) >= CHUNK:
                        yield fresh
                        fresh = []
        if fresh:
            yield fresh

    def _admit(self, item: Item, source: Source, seen: dict[str, str], added: Added) -> Reading | None:
        """The reading of a report that the ledger does not hold yet; of any other what is to be said of it is logged."""
        label = _label_of(item, source)
        if isinstance(item, UnreadableReport):
            if item.code not in _QUIET or label == item.file:  # what lies in a folder was not meant by name
                added.problems.append(item)
            self._leave(Leaving("reading", item.code, label, note=item.what), added)
            return None
        if not self.readmit and (withheld := self.ledger.withheld_by(item.report)) is not None:
            self._refuse(item.report, label, withheld, added)
            return None
        if self.ledger.has_failed(label):
            with self.ledger.transaction():
                self.ledger.add_mended(label)
        first = seen.setdefault(item.report.id, label)
        if first != label:
            self._leave(Leaving("reading", "same-bytes", label, note=f"the same bytes and outlet as {first}"), added)
            return None
        collector = item.collected.collector or self.settings.analyst or None
        reading = replace(item, collected=replace(item.collected, collector=collector))
        if not self._is_known(reading.report):
            return reading
        with self.ledger.transaction():
            self._add_known(reading, added)
        return None

    def _refuse(self, report: Report, name: str, withheld: Withholding, added: Added) -> None:
        """Leave out what was withheld. The log has it under the report's number: its file's name may be what was to go."""
        problem = UnreadableReport(name, "withheld", f"was withheld by {withheld.by} on {withheld.at[:10]}", "leave it out, or take it in again with --readmit")
        added.problems.append(problem)
        self._leave(Leaving("reading", problem.code, report.id, note=problem.what), added)

    def _leave(self, leaving: Leaving, added: Added) -> None:
        with self.ledger.transaction():
            self.ledger.add_failure(leaving)
        added.leavings += 1

    def _is_known(self, report: Report) -> bool:
        """Whether the ledger holds a report with its claims as they are read now, or as another reader gave them, and nothing of it
        is withheld."""
        reader = self.ledger.reader_of(report.id) or ""
        return (reader == self.reader or reader.startswith(GIVEN)) and self.ledger.withheld_by(report) is None

    def _add_known(self, reading: Reading, added: Added) -> None:
        """Log that a report of the case came again, and what is given of it now and was not before."""
        stored = self.ledger.report(reading.report.id)
        added.known += 1
        self.ledger.add_collected(reading)
        if stored is not None and (newer := _learn(stored, reading.report)) != stored:
            self.ledger.add_report(newer)


def understand_chunk(reports: list[Report], batch_size: int, playbooks: tuple[str, ...]) -> list[Sealed]:
    """The claim sets of some reports, as the log keeps them: the work of one worker process."""
    return [seal(claim_set) for claim_set in understand_reports(reports, batch_size, playbooks)]


def understand_reports(reports: list[Report], batch_size: int, playbooks: tuple[str, ...]) -> list[ClaimSet]:
    """The claim sets of some reports, read with these playbooks."""
    from reportedly.understanding.compile import compile_named  # loads the parser's library: only where something is read
    from reportedly.understanding.read import understand

    return list(understand(reports, batch_size, tuple(map(compile_named, playbooks))))


def _learn(stored: Report, found: Report) -> Report:
    """The stored report with what is given now and was not, or was otherwise; nothing known is lost."""
    given = {name: getattr(found, name) for name in ("agency", "title", "byline", "dateline", "url", "outlet", "language", "translation_of") if getattr(found, name)}
    published = found.published if found.published.when else stored.published
    return replace(stored, published=published, **given)


def _label_of(item: Item, source: Source) -> str:
    """The name that a report goes by in the case: its source's, and in a container its own after it."""
    file = item.file if isinstance(item, UnreadableReport) else item.report.file
    return (source.label or source.file) + (file.removeprefix(source.file) if file.startswith(source.file) else "")


def _failure(problem: UnreadableReport) -> Leaving:
    """A problem met while gathering as a leaving, under the name its file goes by."""
    where = "" if problem.file == problem.place else f"{Path(problem.place).name}: "
    return Leaving("reading", problem.code, problem.file, note=where + problem.what)
