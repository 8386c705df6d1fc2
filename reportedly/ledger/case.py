"""A case folder: `case.toml`, `ledger.sqlite`, `evidence/`. Entries are appended, never changed."""

import hashlib
import os
import secrets
import sqlite3
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from reportedly.errors import LedgerProblem
from reportedly.ledger.canonical import Sealed, read_canonical, seal, write_canonical
from reportedly.ledger.chain import FORMAT, GENESIS, PENDING, Entry, hash_body, hash_entry, open_log, read_entries
from reportedly.ledger.erasing import erase_withheld
from reportedly.ledger.evidence import store_evidence
from reportedly.ledger.formats import INSERT, SCHEMA, clean_title, connect, migrate, say_why, write_settings
from reportedly.records import BY_HAND, ClaimSet, Collected, Export, Leaving, Rating, Reading, Reason, Report, Review, Withholding

Logged = TypeVar("Logged", Review, Rating, Export, Collected, Withholding, Reason)
_ALWAYS = "~"  # later than any entry
_SLACK = timedelta(minutes=2)  # a clock may be put right by so much; what is written then bears the time of the last entry


def create_case(path: Path, title: str | None = None, playbooks: tuple[str, ...] = ()) -> None:
    """Make an empty case folder that is read with these playbooks. Raises LedgerProblem where something else is there or it cannot be written."""
    if (path / "case.toml").exists():
        raise LedgerProblem(f"{path}: is a case already; add reports to it with: reportedly add {path} FILE")
    try:
        if path.exists() and any(path.iterdir()):
            raise LedgerProblem(f"{path}: the folder is not empty; name a new one")
        path.mkdir(parents=True, exist_ok=True)
        (path / "evidence").mkdir()
        with connect(path / "ledger.sqlite") as connection:
            connection.executescript("PRAGMA journal_mode=WAL;" + SCHEMA)
        connection.close()
        title = clean_title(title or path.resolve().name)
        write_settings(path, title, playbooks)
        with open_ledger(path) as ledger, ledger.transaction():
            ledger.append("case", secrets.token_hex(8), {"title": title, "playbooks": list(playbooks), "format": FORMAT})
    except (OSError, sqlite3.Error) as error:
        raise LedgerProblem(f"{path}: the case cannot be written ({say_why(error)}); choose a folder you may write to") from error


def open_ledger(path: Path) -> "Ledger":
    """Open a case folder. Raises LedgerProblem where there is none or its format is newer than this program."""
    try:
        settings = tomllib.loads((path / "case.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LedgerProblem(f"{path}: no case here; make one with: reportedly init {path}") from None
    except (OSError, ValueError) as error:
        raise LedgerProblem(f"{path / 'case.toml'}: cannot be read ({say_why(error)}); restore it from a copy") from error
    _check_settings(path, settings)
    if settings.get("format") == 1:
        migrate(path)
    if not (path / "ledger.sqlite").is_file():
        raise LedgerProblem(f"{path / 'ledger.sqlite'}: missing; restore it from a copy")
    writable = os.access(path, os.W_OK) and os.access(path / "ledger.sqlite", os.W_OK)
    connection: sqlite3.Connection | None = None
    try:
        connection = connect(path / "ledger.sqlite") if writable else open_log(path / "ledger.sqlite")
        connection.execute("SELECT seq FROM log LIMIT 1").fetchone()
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise LedgerProblem(f"{path / 'ledger.sqlite'}: cannot be read ({error}); restore it from a copy") from error
    ledger = Ledger(path, str(settings.get("title", path.resolve().name)), tuple(settings.get("playbooks", [])), connection, writable=writable)
    if writable and any(path.glob(PENDING)):
        ledger.see_withholdings_through()
    return ledger


def _keep_by_hand(old: ClaimSet, new: ClaimSet) -> Sealed:
    """A claim set with the claims of the one before that a person marked."""
    known = {claim.id for claim in new.claims}
    return seal(replace(new, claims=(*new.claims, *(claim for claim in old.claims if claim.found == BY_HAND and claim.id not in known))))


def _check_settings(path: Path, settings: dict[str, object]) -> None:
    """Refuse a case.toml of another format, or with values of another kind."""
    if settings.get("format") not in (1, FORMAT):
        raise LedgerProblem(f"{path}: case format {settings.get('format')!r}, this program reads {FORMAT}; update reportedly")
    playbooks = settings.get("playbooks", [])
    if not isinstance(settings.get("title", ""), str) or not isinstance(playbooks, list) or any(not isinstance(one, str) for one in playbooks):
        raise LedgerProblem(f'{path / "case.toml"}: title is to be a text, and playbooks a list of texts; write title = "…" and playbooks = ["…"]')


class Ledger:
    """An open case. Use as a context manager; every write is whole or not there."""

    def __init__(self, path: Path, title: str, playbooks: tuple[str, ...], connection: sqlite3.Connection, *, writable: bool) -> None:
        self.path = path
        self.writable = writable
        self.title = title
        self.playbooks = playbooks
        self.connection = connection
        self._until = _ALWAYS

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.connection.close()

    def wait_at_most(self, seconds: int) -> None:
        """How long to wait for another program that writes, where that is not the usual half minute."""
        self.connection.execute(f"PRAGMA busy_timeout={seconds * 1000}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All appends inside are committed together, or none of them. Raises LedgerProblem where SQLite fails."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise LedgerProblem(f"{self.path / 'ledger.sqlite'}: not written ({error}); nothing of this step is kept, do it again") from error

    def add_reading(self, reading: Reading) -> None:
        """Append a report with how it was collected and what its reading set apart, and keep its bytes. Call inside a transaction."""
        self.add_collected(reading)
        self.add_report(reading.report)
        self.append("reading", reading.report.id, reading.leavings)

    def add_collected(self, reading: Reading) -> None:
        """Append that bytes were brought to the case, each time they are, and keep them where they are not kept yet or were lost.
        Call inside a transaction."""
        store_evidence(self.path / "evidence", reading.original)
        collected = reading.collected
        self.append("collected", collected.report, replace(collected, collected_at=collected.collected_at or datetime.now(UTC).replace(microsecond=0).isoformat()))

    def collected(self, report: str | None = None) -> list[Collected]:
        """Every time that bytes were brought to the case, or those of one report, in the order of writing; of what was collected
        before this was logged, and of what is withheld, nothing."""
        return self._logged("collected", Collected, report)

    def add_report(self, report: Report) -> None:
        """Append the newest state of a report (a date learnt later)."""
        self.append("report", report.id, report)

    def add_claims(self, sealed: Sealed) -> None:
        """Append a claim set; it stands for earlier ones of the same report, but for the claims in them that a person marked: those stay."""
        old = self._newest_body("claims", sealed.report)
        if old and BY_HAND in old:
            sealed = _keep_by_hand(read_canonical(old, ClaimSet), read_canonical(sealed.body, ClaimSet))
        self._append_body("claims", sealed.report, sealed.body)

    def add_failure(self, leaving: Leaving) -> None:
        """Append a file that could not become a report; once, however often it is tried."""
        newest = self._newest_of("failure", "mended", about=_key_of(leaving.file))
        if newest != ("failure", write_canonical(leaving).decode()):
            self.append("failure", _key_of(leaving.file), leaving)

    def add_mended(self, file: str) -> None:
        """Append that a file which failed has been read since."""
        self.append("mended", _key_of(file), None)

    def has_failed(self, file: str) -> bool:
        """Whether the last word on a file is that it could not be read."""
        newest = self._newest_of("failure", "mended", about=_key_of(file))
        return newest is not None and newest[0] == "failure"

    def _newest_of(self, *kinds: str, about: str) -> tuple[str, str | None] | None:
        sql = f"SELECT kind, body FROM log WHERE kind IN ({', '.join('?' * len(kinds))}) AND about=? ORDER BY seq DESC LIMIT 1"  # noqa: S608
        row = self.connection.execute(sql, (*kinds, about)).fetchone()
        return (row[0], row[1]) if row else None

    def append(self, kind: str, about: str, record: object) -> int:
        """Append an entry and return its number. Call inside a transaction."""
        return self._append_body(kind, about, write_canonical(record))

    def _append_body(self, kind: str, about: str, body: bytes) -> int:
        last = self.connection.execute("SELECT seq, at, hash FROM log ORDER BY seq DESC LIMIT 1").fetchone() or (0, "", GENESIS)
        seq, at, sha256 = last[0] + 1, self._now(last[1]), hash_body(body)
        row = (seq, at, kind, about, body.decode(), sha256, hash_entry(seq, at, kind, about, sha256, last[2]))
        self.connection.execute(INSERT, row)
        return int(seq)

    def _now(self, last: str) -> str:
        """The time of an entry, never before the last one's. Raises LedgerProblem where the clock was set back."""
        now = datetime.now(UTC).replace(microsecond=0)
        if last and now.isoformat() < last:
            if datetime.fromisoformat(last) - now > _SLACK:
                raise LedgerProblem(f"{self.path}: the clock says {now.isoformat()}, and the last entry is of {last}; set the clock right and do it again")
            return last
        return now.isoformat()

    def entries(self, until: int | None = None) -> Iterator[Entry]:
        """The log, entry by entry; with `until` up to the entry of that number."""
        return read_entries(self.connection, until)

    def entries_since(self, seq: int) -> list[tuple[int, str, str]]:
        """Number, kind and what it is about of each entry after one, in the order of writing."""
        return self.connection.execute("SELECT seq, kind, about FROM log WHERE seq > ? AND at < ? ORDER BY seq", (seq, self._until)).fetchall()

    def newest_entries(self, kind: str | None = None, limit: int | None = None) -> list[Entry]:
        """The last entries, or those of one kind, the newest first."""
        sql = "SELECT seq, at, kind, about, body, body_sha256, hash FROM log WHERE at < ? AND (? IS NULL OR kind = ?) ORDER BY seq DESC LIMIT ?"
        rows = self.connection.execute(sql, (self._until, kind, kind, -1 if limit is None else limit))
        return [Entry(*row) for row in rows]

    def case_number(self) -> str:
        """The number that was drawn for this case when it was made."""
        return str(self.connection.execute("SELECT about FROM log WHERE kind = 'case' ORDER BY seq LIMIT 1").fetchone()[0])

    @property
    def head(self) -> str:
        """The hash of the last entry: who notes it down can tell later that nothing before it changed."""
        row = self.connection.execute("SELECT hash FROM log ORDER BY seq DESC LIMIT 1").fetchone()
        return str(row[0]) if row else GENESIS

    @property
    def last_entry(self) -> int:
        """The number of the last entry; 0 where there is none."""
        return int(self.connection.execute("SELECT coalesce(max(seq), 0) FROM log").fetchone()[0])

    def newest_title(self) -> str:
        """The title as the log has it now: words of it may have been withheld since the case was opened."""
        row = self.connection.execute("SELECT body FROM log WHERE kind = 'case' AND body IS NOT NULL ORDER BY seq DESC LIMIT 1").fetchone()
        return str(read_canonical(row[0], dict)["title"]) if row else ""

    def hash_of(self, entry: int) -> str:
        """The hash of an entry by its number; that of no entry where there is none."""
        row = self.connection.execute("SELECT hash FROM log WHERE seq = ?", (entry,)).fetchone()
        return str(row[0]) if row else GENESIS

    def last_before_exports(self) -> int:
        """The number of the last entry that changed what the case holds: what is handed over ends there, so that handing over
        the same case twice gives the same bytes, though each time is logged."""
        row = self.connection.execute("SELECT seq FROM log WHERE kind != 'export' AND at < ? ORDER BY seq DESC LIMIT 1", (self._until,)).fetchone()
        return int(row[0]) if row else 0

    def head_before_exports(self) -> str:
        """The hash of that entry: of what the case holds, whether or not it was handed over since."""
        row = self.connection.execute("SELECT hash FROM log WHERE seq = ?", (self.last_before_exports(),)).fetchone()
        return str(row[0]) if row else GENESIS

    def rename(self, title: str) -> None:
        """Give the case another title, in the log and in case.toml. Call inside a transaction."""
        self.append("case", self.case_number(), {"title": clean_title(title), "playbooks": list(self.playbooks), "format": FORMAT})
        write_settings(self.path, clean_title(title), self.playbooks)

    def add_export(self, export: Export) -> int:
        """Append that something left the case, and return the entry's number."""
        return self.append("export", export.what, replace(export, seq=0, at=""))

    def exports(self) -> list[Export]:
        """What left the case, in the order of writing."""
        return self._logged("export", Export)

    def add_review(self, review: Review) -> int:
        """Append a review and return its number."""
        return self.append("review", review.claim, replace(review, seq=0, at=""))

    def reviews(self) -> list[Review]:
        """Every review in the order of writing, those taken back too; not those whose words were withheld with a report."""
        return self._logged("review", Review)

    def add_rating(self, rating: Rating) -> int:
        """Append a rating and return its number; it stands for earlier ones of the same thing."""
        return self.append("rating", f"claim {rating.name}" if rating.kind == "claim" else rating.kind, replace(rating, seq=0, at=""))

    def ratings(self) -> list[Rating]:
        """The newest rating of each outlet, voice and claim."""
        found = {(one.kind, one.name): one for one in self._logged("rating", Rating)}
        return [found[key] for key in sorted(found)]

    def withheld_decisions(self) -> int:
        """How many reviews and ratings lost their words with a report or a passage."""
        sql = "SELECT count(*) FROM log WHERE kind IN ('review', 'rating') AND body IS NULL AND at < ?"
        return int(self.connection.execute(sql, (self._until,)).fetchone()[0])

    def see_withholdings_through(self) -> None:
        """Finish what a program that died in the middle of a withholding left undone; what another program still reads waits for
        the next time, and `verify` tells of it."""
        self.connection.execute("PRAGMA busy_timeout=200")
        with suppress(LedgerProblem):
            erase_withheld(self.path, self.connection)
        self.connection.execute("PRAGMA busy_timeout=30000")

    def withholdings(self) -> list[Withholding]:
        """All withholdings with their reasons, in the order of writing."""
        reasons = {one.withholding: one.why for one in self._logged("reason", Reason)}
        return [replace(one, why=reasons.get(one.seq, "")) for one in self._logged("withholding", Withholding)]

    def withheld_by(self, report: Report) -> Withholding | None:
        """The withholding under which a report or its bytes stand; None where there is none, or where it was taken back since."""
        found = [one for one in self.withholdings() if report.id == one.report or report.sha256 in one.evidence]
        if not found:
            return None
        row = self.connection.execute("SELECT max(seq) FROM log WHERE kind='collected' AND about=?", (report.id,)).fetchone()
        return found[-1] if (row[0] or 0) < found[-1].seq else None

    def known_by(self, day: date) -> None:
        """From here on answer from what the log held at the end of that day (UTC)."""
        self._until = f"{day.isoformat()}T24"

    def _logged(self, kind: str, record: type[Logged], about: str | None = None) -> list[Logged]:
        """All records of a kind, or those about one thing, with the numbers and times of their entries."""
        narrowed = "" if about is None else " AND about = ?"
        sql = f"SELECT seq, at, body FROM log WHERE kind = ? AND at < ? AND body IS NOT NULL{narrowed} ORDER BY seq"  # noqa: S608
        rows = self.connection.execute(sql, (kind, self._until, *([] if about is None else [about])))
        return [replace(read_canonical(body, record), seq=seq, at=at) for seq, at, body in rows]

    @property
    def until(self) -> str:
        """The time (UTC, ISO) before which the entries lie that this answers from."""
        return self._until

    @property
    def known_day(self) -> str | None:
        """The day (ISO) at whose end the log is asked; None where it is asked as it stands."""
        return self._until[:10] if self.is_past else None

    def withheld_since(self) -> int:
        """How many reports the log held on the day that is asked for, and has lost to a withholding since."""
        sql = "SELECT count(*) FROM (SELECT about FROM log WHERE kind = 'report' AND at < ? GROUP BY about HAVING count(body) = 0)"
        gone = "SELECT count(DISTINCT about) FROM log WHERE kind = 'withholding' AND at < ? AND json_extract(body, '$.passages') IS NULL"
        return int(self.connection.execute(sql, (self._until,)).fetchone()[0]) - int(self.connection.execute(gone, (self._until,)).fetchone()[0])

    @property
    def is_past(self) -> bool:
        """Whether this answers from what the log held on an earlier day."""
        return self._until != _ALWAYS

    def reports(self) -> dict[str, Report]:
        """The newest state of every report, by id."""
        found = (read_canonical(body, Report) for body in self._newest("report"))
        return {report.id: report for report in found}

    def report(self, report: str) -> Report | None:
        """The newest state of one report."""
        body = self._newest_body("report", report)
        return read_canonical(body, Report) if body else None

    def stored_report(self, report: str) -> Report:
        """The newest state of a report that the log is known to hold. Raises LedgerProblem where it does not."""
        found = self.report(report)
        if found is None:
            raise self._missing(report)
        return found

    def _missing(self, report: str) -> LedgerProblem:
        return LedgerProblem(f"{self.path / 'ledger.sqlite'}: report {report} is not in the log; check the case with: reportedly verify {self.path}")

    def reader_of(self, report: str) -> str | None:
        """Who read the newest claim set of a report; None where it has none."""
        sql = "SELECT json_extract(body, '$.reader') FROM log WHERE kind='claims' AND about=? AND body IS NOT NULL ORDER BY seq DESC LIMIT 1"
        row = self.connection.execute(sql, (report,)).fetchone()
        return row[0] if row else None

    def claim_sets(self, reports: Iterable[str] | None = None) -> Iterator[ClaimSet]:
        """The newest claim set of every report by id, or of those named in their order."""
        if reports is None:
            yield from (read_canonical(body, ClaimSet) for body in self._newest("claims"))
            return
        for report in reports:
            body = self._newest_body("claims", report)
            if body:
                yield read_canonical(body, ClaimSet)

    def bodies(self, report: str) -> tuple[str, str | None]:
        """A report and its newest claim set in their canonical bytes, as text; None where it has none. Raises LedgerProblem where the log
        does not hold the report."""
        found = self._newest_body("report", report)
        if found is None:
            raise self._missing(report)
        return found, self._newest_body("claims", report)

    def reading_leavings(self) -> Iterator[Leaving]:
        """What reading set apart in every report."""
        for body in self._newest("reading"):
            yield from read_canonical(body, tuple[Leaving, ...])

    def failures(self) -> Iterator[Leaving]:
        """Files that could not be read and have not been read since, by name."""
        sql = """SELECT body FROM log WHERE kind='failure' AND seq IN (
            SELECT max(seq) FROM log WHERE kind IN ('failure', 'mended') AND at < ? GROUP BY about) AND body IS NOT NULL"""
        found = (read_canonical(body, Leaving) for (body,) in self.connection.execute(sql, (self._until,)))
        return iter(sorted(found, key=lambda one: one.file))

    def _newest_body(self, kind: str, about: str) -> str | None:
        sql = "SELECT body FROM log WHERE kind=? AND about=? AND body IS NOT NULL AND at < ? ORDER BY seq DESC LIMIT 1"
        row = self.connection.execute(sql, (kind, about, self._until)).fetchone()
        return row[0] if row else None

    def leavings_of(self, report: str) -> tuple[Leaving, ...]:
        """What reading set apart in one report."""
        body = self._newest_body("reading", report)
        return read_canonical(body, tuple[Leaving, ...]) if body else ()

    def _newest(self, kind: str) -> Iterator[str]:
        sql = "SELECT body FROM log WHERE seq IN (SELECT max(seq) FROM log WHERE kind=? AND at < ? GROUP BY about) AND body IS NOT NULL ORDER BY about"
        return (body for (body,) in self.connection.execute(sql, (kind, self._until)))


def _key_of(file: str) -> str:
    """What a failure is about: a file's name may name a person, and what an entry is about cannot be withheld."""
    return hashlib.sha256(file.encode("utf-8", "surrogatepass")).hexdigest()[:16]
