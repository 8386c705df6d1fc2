"""The case on the desk: what a request may read of it. Each thread has the case open for itself; what is derived comes off the shelf."""

import json
import os
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reportedly.errors import UnknownName
from reportedly.exports.rows import Row
from reportedly.ledger.canonical import read_canonical
from reportedly.ledger.derived import find_reports_having
from reportedly.ledger.shelf import Chosen, DamagedShelf, Kept, Shelf, drop_shelf
from reportedly.ledger.stored import StoredReports
from reportedly.pipeline import Case, open_case
from reportedly.reconciling.reviews import Judgement, apply_edits
from reportedly.records import Claim, Published, Report, View
from reportedly.settings import Settings
from reportedly.viewing import TODAY, name_of, open_kept, shelf_path
from reportedly.web.deriver import Deriver

_WAIT = 5  # seconds for another program that writes: a person waits no longer for a page
PATIENCE = 0.2  # seconds that a page waits for what is newer before it shows what it has


class NotYet(Exception):
    """A view that is being derived and was not kept before."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A view as it is kept: its name, the shelf, the log's entry as of which it was derived, and how many entries are newer."""

    name: str
    shelf: Shelf
    entry: int
    newer: int

    def rows(self, kind: str, chosen: Chosen | None = None, limit: int = -1, offset: int = 0) -> list[Row]:
        """The bodies of rows of a kind."""
        return [json.loads(one.body) for one in self.shelf.rows(self.name, kind, chosen, limit, offset)]

    def kept(self, kind: str, chosen: Chosen | None = None, limit: int = -1, offset: int = 0) -> list[Kept]:
        """Rows of a kind."""
        return self.shelf.rows(self.name, kind, chosen, limit, offset)

    def count(self, kind: str, chosen: Chosen | None = None) -> int:
        """How many rows of a kind there are."""
        return self.shelf.count(self.name, kind, chosen)

    def find(self, kind: str, one: str) -> Row | None:
        """The body of the row of an id."""
        found = self.shelf.find(self.name, kind, one)
        return json.loads(found.body) if found else None

    def event_of(self, claim: str) -> str | None:
        """The event in which a claim stands."""
        found = self.shelf.find(self.name, "members", claim)
        return found.event if found else None

    @property
    def summary(self) -> Row:
        """The view in numbers."""
        return self.rows("summary", limit=1)[0]

    def tally(self, kind: str) -> dict[tuple[str, str], int]:
        """How many rows of a kind there are of each frame and state."""
        return self.shelf.tally(self.name, kind)


class Desk:
    """A case that is served. `elsewhere` is where its shelf lies if the case may not be written to."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self.settings = settings
        self._local = threading.local()
        with open_case(path, settings) as case:
            self.title, self.writable, self.playbooks, self.number = case.ledger.title, case.ledger.writable, case.ledger.playbooks, case.ledger.case_number()
            self.frames = {one.frame: sorted(one.roles) for playbook in case.playbooks for one in playbook.frames}
            self.playbook_of = {one.frame: f"{playbook.head.name}@{playbook.head.version}" for playbook in case.playbooks for one in playbook.frames}
        self._elsewhere = None if self.writable and os.access(path, os.W_OK) else tempfile.TemporaryDirectory(prefix="reportedly-shelf-")
        self._shelf = shelf_path(path, Path(self._elsewhere.name) if self._elsewhere else None)
        self.deriver = Deriver(path, self._shelf)
        self._members: dict[tuple[str, int], frozenset[str]] = {}
        self._judged: tuple[str, dict[str, Judgement]] = ("", {})
        self._days: tuple[int, tuple[str, ...]] = (-1, ())

    @property
    def case(self) -> Case:
        """The case as this thread has it open."""
        found: Case | None = getattr(self._local, "case", None)
        if found is None:
            found = self._local.case = open_case(self.path, self.settings)
            found.ledger.wait_at_most(_WAIT)
        return found

    def close(self) -> None:
        """End what runs beside the pages."""
        self.deriver.close()
        if self._elsewhere is not None:
            self._elsewhere.cleanup()

    @contextmanager
    def look(self, as_of: date | None = None, until: date | None = None) -> Iterator[Sight]:
        """A view, or the changes between two days, as far as it is derived: brought up to the log if that takes no longer than a moment, else as it was kept.
        Raises NotYet where it was never derived."""
        name = name_of(as_of, until)
        entry = self.case.ledger.last_before_exports()
        shelf, kept = self._open(name)
        if kept != entry:
            if shelf is not None:
                shelf.close()
            self.deriver.ask(name, PATIENCE)
            shelf, kept = self._open(name)
        if shelf is None:
            raise NotYet(self.deriver.problem)
        try:
            if kept is None:
                raise NotYet(self.deriver.problem)
            yield Sight(name, shelf, kept, entry - kept)
        except DamagedShelf:
            self._drop()
            raise NotYet("") from None
        finally:
            shelf.close()

    def _open(self, name: str) -> tuple[Shelf | None, int | None]:
        """The shelf as it is now, and the entry as of which it has a view."""
        shelf = open_kept(self._shelf)
        try:
            return shelf, shelf.entry_of(name) if shelf else None
        except DamagedShelf:
            self._drop()
            return None, None

    def _drop(self) -> None:
        """Drop a damaged shelf: everything on it can be derived again."""
        with suppress(OSError):
            drop_shelf(self._shelf)

    def is_current(self) -> bool:
        """Whether today's view holds all that the log does; it is asked for where it does not."""
        entry = self.case.ledger.last_before_exports()
        shelf, kept = self._open(TODAY)
        if shelf is not None:
            shelf.close()
        if kept != entry:
            self.deriver.ask(TODAY, PATIENCE)
        return kept == entry

    def days(self, sight: Sight | None) -> tuple[str, ...]:
        """Every day on which a report appeared, as today's view knows them."""
        entry = sight.shelf.entry_of(TODAY) if sight is not None else None
        if sight is None or entry is None:
            return ()
        if self._days[0] != entry:
            self._days = (entry, tuple(sight.shelf.ids(TODAY, "days")))
        return self._days[1]

    def judgement(self, claim: str) -> Judgement | None:
        """How a claim stands after its reviews; None where it has none."""
        return self.judgements().get(claim)

    def judgements(self) -> dict[str, Judgement]:
        """How the claims stand that were reviewed, made once for all threads."""
        head = self.case.ledger.head
        judged = self._judged
        if judged[0] != head:
            judged = self._judged = (head, self.case.judgements())
        return judged[1]

    def report(self, sight: Sight, name: str) -> tuple[Report, Row]:
        """A report of a view, with the day that was inferred where it bears none, and what the view makes of it. Raises UnknownName."""
        row = sight.find("reports", name)
        if row is None:
            raise UnknownName(f"{name}: no such report")
        stored = self.case.ledger.stored_report(name)
        return replace(stored, published=read_canonical(row["published"], Published)), row

    def claims_of(self, report: str) -> list[Claim]:
        """The claims of a report as their reviews left them, the rejected ones too."""
        read = (claim for claim_set in self.case.ledger.claim_sets([report]) for claim in claim_set.claims)
        return [apply_edits(claim, self.judgement(claim.id)) for claim in sorted(read, key=lambda claim: (claim.trigger_start, claim.id))]

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by id, in that order, as their reviews left them; what is not read any more is not among them."""
        wanted = list(dict.fromkeys(ids))
        with closing(self.case.open_index()) as index:
            reports = dict.fromkeys(report for one in wanted for report in find_reports_having(index, one))
        read = {claim.id: claim for claim_set in self.case.ledger.claim_sets(reports) for claim in claim_set.claims}
        return {one: apply_edits(read[one], self.judgement(one)) for one in wanted if one in read}

    def view(self, sight: Sight, as_of: date | None) -> View:
        """A view by the ids of its reports alone: enough to tell what belongs to it."""
        key = (sight.name, sight.entry)
        if key not in self._members:
            if len(self._members) > 32:
                self._members.clear()
            self._members[key] = frozenset(sight.shelf.ids(sight.name, "reports"))
        ledger = self.case.ledger
        reports: Mapping[str, Report] = StoredReports(self._members[key], ledger.stored_report)
        return View(as_of, reports, frozenset(), 0, entry=sight.entry)
