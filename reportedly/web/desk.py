"""The case on the desk: what a request may read of it. Each thread has the case open for itself; what is derived comes off the shelf."""

import json
import os
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reportedly.errors import UnknownName
from reportedly.exports.rows import Row
from reportedly.ledger.canonical import read_canonical
from reportedly.ledger.shelf import Chosen, Kept, Shelf, open_shelf
from reportedly.ledger.stored import StoredReports
from reportedly.pipeline import Case, open_case
from reportedly.reconciling.reviews import apply_edits
from reportedly.records import Claim, Published, Report, View
from reportedly.settings import Settings
from reportedly.viewing import TODAY, name_of, shelf_path
from reportedly.web.deriver import Deriver

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

    @property
    def case(self) -> Case:
        """The case as this thread has it open."""
        found: Case | None = getattr(self._local, "case", None)
        if found is None:
            found = self._local.case = open_case(self.path, self.settings)
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
        if self._entry_of(name) != entry:
            self.deriver.ask(name, PATIENCE)
        shelf = open_shelf(self._shelf)
        kept = shelf.entry_of(name) if shelf else None
        if shelf is None or kept is None:
            raise NotYet(self.deriver.problem)
        with shelf:
            yield Sight(name, shelf, kept, entry - kept)

    def _entry_of(self, name: str) -> int | None:
        shelf = open_shelf(self._shelf)
        if shelf is None:
            return None
        with shelf:
            return shelf.entry_of(name)

    def days(self) -> list[str]:
        """Every day on which a report appeared, as today's view knows them."""
        shelf = open_shelf(self._shelf)
        if shelf is None:
            return []
        with shelf:
            found = shelf.rows(TODAY, "summary", limit=1)
        return json.loads(found[0].body)["days"] if found else []

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
        return [apply_edits(claim, self.case.judgement(claim.id)) for claim in sorted(read, key=lambda claim: (claim.trigger_start, claim.id))]

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by id as their reviews left them; what is not read any more is not among them."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Claim] = {}
        for one in wanted:
            if one not in found:
                judged = self.case.judgement(one)
                for claim in self.case.read_as(one):
                    if claim.id == one:
                        found[one] = apply_edits(claim, judged)
        return found

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
