"""The case on the desk: what a request may read of it. Each thread has the case open for itself; what is derived comes off the shelf."""

import json
import os
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reportedly.errors import UnknownName
from reportedly.exports.rows import Row
from reportedly.ledger.canonical import read_canonical
from reportedly.ledger.derived import count_claims, find_reports_having
from reportedly.ledger.shelf import Chosen, DamagedShelf, Kept, Shelf, drop_shelf, open_shelf
from reportedly.ledger.stored import StoredReports
from reportedly.pipeline import Case, open_case
from reportedly.reconciling.reviews import Judgement, apply_edits
from reportedly.records import Claim, Published, Report, View
from reportedly.settings import Settings
from reportedly.viewing import TODAY, name_of, shelf_path, version_of
from reportedly.web.deriver import Deriver

_VIEWS = 32  # of which the reports are remembered
_WAIT = 5  # seconds for another program that writes: a person waits no longer for a page
PATIENCE = 0.2  # seconds that a page waits for what is newer before it shows what it has


class NotYet(Exception):
    """A view that is being derived and was not kept before."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A view as it is kept: its name, the shelf, the log's entry as of which it was derived, how many entries are newer, and why
    these could not be worked in, if they could not."""

    name: str
    shelf: Shelf
    entry: int
    newer: int
    problem: str = ""

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

    def tally(self, kind: str) -> tuple[Counter[str], Counter[str]]:
        """How many rows of a kind there are of each frame, and of each state."""
        frames, states = Counter[str](), Counter[str]()
        for (frame, state), count in self.shelf.tally(self.name, kind).items():
            frames[frame] += count
            states[state] += count
        return frames, states


class Desk:
    """A case that is served. `elsewhere` is where its shelf lies if the case may not be written to."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self.settings = settings
        self._local = threading.local()
        with open_case(path, settings) as case:
            self.writable, self.number = case.ledger.writable, case.ledger.case_number()
            self._version = version_of(case)
            self.frames = {one.frame: sorted(one.roles) for playbook in case.playbooks for one in playbook.frames}
        self.roles = tuple(sorted({role for found in self.frames.values() for role in found}))
        self._elsewhere = None if self.writable and os.access(path, os.W_OK) else tempfile.TemporaryDirectory(prefix="reportedly-shelf-")
        self._shelf = shelf_path(path, Path(self._elsewhere.name) if self._elsewhere else None)
        self.deriver = Deriver(path, self._shelf)
        self._members: dict[tuple[str, int], frozenset[str]] = {}
        self._judged: tuple[str, dict[str, Judgement]] = ("", {})
        self._days: tuple[str, tuple[str, ...]] = ("", ())

    @property
    def title(self) -> str:
        """The title of the case as the log has it now."""
        return self.case.ledger.newest_title()

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
        if kept is None or kept < entry:
            if shelf is not None:
                shelf.close()
            self.deriver.ask(name, PATIENCE)
            shelf, kept = self._open(name)
        problem = self.deriver.problem(name)
        if shelf is None:
            raise NotYet(problem)
        try:
            if kept is None:
                raise NotYet(problem)
            newer = max(0, entry - kept)
            yield Sight(name, shelf, kept, newer, problem if newer else "")
        except DamagedShelf:
            self._drop()
            raise NotYet("") from None
        finally:
            shelf.close()

    def _open(self, name: str) -> tuple[Shelf | None, int | None]:
        """The shelf as it is now, and the entry as of which it has a view that may be shown: one of this log, which has lost no words since."""
        shelf = open_shelf(self._shelf, self._version)
        try:
            mark = shelf.mark_of(name) if shelf else None
        except DamagedShelf:
            self._drop()
            return None, None
        ledger = self.case.ledger
        if mark is None or ledger.hash_of(mark.entry) != mark.hash or any(kind == "withholding" for _, kind, _ in ledger.entries_since(mark.entry)):
            return shelf, None
        return shelf, mark.entry

    def _drop(self) -> None:
        """Drop a damaged shelf: everything on it can be derived again."""
        with suppress(OSError):
            drop_shelf(self._shelf)

    def has_worked_in(self, entry: int) -> bool:
        """Whether today's view holds what the log did at an entry, or cannot be derived; it is asked for where it does not."""
        shelf, kept = self._open(TODAY)
        if shelf is not None:
            shelf.close()
        is_there = kept is not None and kept >= entry
        if not is_there:
            self.deriver.ask(TODAY, PATIENCE)
        return is_there or bool(self.deriver.problem(TODAY))

    def days(self, sight: Sight | None) -> tuple[str, ...]:
        """Every day on which a report appeared, as today's view knows them."""
        mark = sight.shelf.mark_of(TODAY) if sight is not None else None
        if sight is None or mark is None:
            return ()
        days = self._days
        if days[0] != mark.hash:
            days = self._days = (mark.hash, tuple(sight.shelf.ids(TODAY, "days")))
        return days[1]

    def judgement(self, claim: str) -> Judgement | None:
        """How a claim stands after its reviews; None where it has none."""
        return self.judgements().get(claim)

    def is_rejected(self, claim: str) -> bool:
        """Whether a claim was rejected, and counts no more."""
        judgement = self.judgement(claim)
        return judgement is not None and judgement.verdict == "rejected"

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

    def count_claims(self) -> dict[str, int]:
        """How many claims each report has that were not rejected."""
        rejected = [one for one, judgement in self.judgements().items() if judgement.verdict == "rejected"]
        with closing(self.case.open_index()) as index:
            counts = Counter(count_claims(index))
            counts.subtract(report for one in rejected for report in find_reports_having(index, one))
        return counts

    def claim(self, name: str) -> Claim:
        """A claim by its whole id. Raises UnknownName."""
        found = self.claims([name[:64]]).get(name)
        if found is None:
            raise UnknownName(f"{name[:32]}: no such claim; it may be read otherwise now")
        return found

    def view(self, sight: Sight, as_of: date | None) -> View:
        """A view by the ids of its reports alone: enough to tell what belongs to it."""
        key = (sight.name, sight.entry)
        members = self._members.get(key)
        if members is None:
            members = frozenset(sight.shelf.ids(sight.name, "reports"))
            self._members = dict(list(self._members.items())[-_VIEWS:]) | {key: members}
        reports: Mapping[str, Report] = StoredReports(members, self.case.ledger.stored_report)
        return View(as_of, reports, frozenset(), 0, entry=sight.entry)
