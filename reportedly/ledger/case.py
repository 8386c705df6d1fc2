"""A case folder: `case.toml`, `ledger.sqlite`, `evidence/`. Entries are appended, never changed."""

import os
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from reportedly.errors import LedgerProblem
from reportedly.ledger.canonical import Sealed, read_canonical, write_canonical
from reportedly.ledger.evidence import store_evidence
from reportedly.records import ClaimSet, Leaving, Reading, Report

FORMAT = 1
_SCHEMA = """
CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,      -- UTC, ISO 8601: when the entry was written
    kind TEXT NOT NULL,    -- report, reading, claims, failure, mended
    about TEXT NOT NULL,   -- report id; of a failure, the file
    body TEXT NOT NULL     -- canonical JSON
) STRICT;
CREATE INDEX log_kind ON log (kind, about, seq);
CREATE TRIGGER log_is_append_only BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_keeps_all BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
"""


def create_case(path: Path, title: str | None = None, playbooks: tuple[str, ...] = ()) -> None:
    """Make an empty case folder that is read with these playbooks. Raises LedgerProblem where something else is there or it cannot be written."""
    if (path / "case.toml").exists():
        raise LedgerProblem(f"{path}: is a case already; add reports to it with: reportedly add {path} FILE")
    try:
        if path.exists() and any(path.iterdir()):
            raise LedgerProblem(f"{path}: the folder is not empty; name a new one")
        path.mkdir(parents=True, exist_ok=True)
        (path / "evidence").mkdir()
        with _connect(path / "ledger.sqlite") as connection:
            connection.executescript("PRAGMA journal_mode=WAL;" + _SCHEMA)
        connection.close()
        (path / "case.toml").write_text(
            f"format = {FORMAT}\ntitle = {_toml_text(title or path.resolve().name)}\nplaybooks = [{', '.join(map(_toml_text, playbooks))}]\n", encoding="utf-8"
        )
    except (OSError, sqlite3.Error) as error:
        raise LedgerProblem(f"{path}: the case cannot be written ({_why(error)}); choose a folder you may write to") from error


def _toml_text(text: str) -> str:
    plain = "".join(mark if mark.isprintable() else " " for mark in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=30, isolation_level=None)


def _connect_read_only(path: Path) -> sqlite3.Connection:
    """A case on a medium or in a folder that may not be written can still be read."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, timeout=30, isolation_level=None)


def open_ledger(path: Path) -> "Ledger":
    """Open a case folder. Raises LedgerProblem where there is none or its format is newer than this program."""
    try:
        settings = tomllib.loads((path / "case.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LedgerProblem(f"{path}: no case here; make one with: reportedly init {path}") from None
    except (OSError, ValueError) as error:
        raise LedgerProblem(f"{path / 'case.toml'}: cannot be read ({_why(error)}); restore it from a copy") from error
    if settings.get("format") != FORMAT:
        raise LedgerProblem(f"{path}: case format {settings.get('format')!r}, this program reads {FORMAT}; update reportedly")
    if not (path / "ledger.sqlite").is_file():
        raise LedgerProblem(f"{path / 'ledger.sqlite'}: missing; restore it from a copy")
    connection = _connect(path / "ledger.sqlite") if os.access(path, os.W_OK) and os.access(path / "ledger.sqlite", os.W_OK) else _connect_read_only(path / "ledger.sqlite")
    try:
        connection.execute("SELECT seq FROM log LIMIT 1").fetchone()
    except sqlite3.Error as error:
        connection.close()
        raise LedgerProblem(f"{path / 'ledger.sqlite'}: cannot be read ({error}); restore it from a copy") from error
    return Ledger(path, str(settings.get("title", path.name)), tuple(map(str, settings.get("playbooks", []))), connection)


class Ledger:
    """An open case. Use as a context manager; every write is whole or not there."""

    def __init__(self, path: Path, title: str, playbooks: tuple[str, ...], connection: sqlite3.Connection) -> None:
        self.path = path
        self.title = title
        self.playbooks = playbooks
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All appends inside are committed together, or none of them. Raises LedgerProblem where SQLite fails."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise LedgerProblem(f"{self.path / 'ledger.sqlite'}: not written ({error}); nothing of this step is kept, add again") from error

    def add_reading(self, reading: Reading) -> None:
        """Append a report with what its reading set apart, and keep its bytes. Call inside a transaction."""
        self.keep_evidence(reading)
        self.add_report(reading.report)
        self._append("reading", reading.report.id, reading.leavings)

    def keep_evidence(self, reading: Reading) -> None:
        """Keep the original bytes, where they are not kept yet or were lost."""
        store_evidence(self.path / "evidence", reading.original)

    def add_report(self, report: Report) -> None:
        """Append the newest state of a report (a date learnt later)."""
        self._append("report", report.id, report)

    def add_claims(self, sealed: Sealed) -> None:
        """Append a claim set; it stands for earlier ones of the same report."""
        self._append_body("claims", sealed.report, sealed.body)

    def add_failure(self, leaving: Leaving) -> None:
        """Append a file that could not become a report; once, however often it is tried."""
        newest = self._newest_of("failure", "mended", about=leaving.file)
        if newest != ("failure", write_canonical(leaving).decode()):
            self._append("failure", leaving.file, leaving)

    def add_mended(self, file: str) -> None:
        """Append that a file which failed has been read since."""
        self._append("mended", file, None)

    def has_failed(self, file: str) -> bool:
        """Whether the last word on a file is that it could not be read."""
        newest = self._newest_of("failure", "mended", about=file)
        return newest is not None and newest[0] == "failure"

    def _newest_of(self, *kinds: str, about: str) -> tuple[str, str] | None:
        sql = f"SELECT kind, body FROM log WHERE kind IN ({', '.join('?' * len(kinds))}) AND about=? ORDER BY seq DESC LIMIT 1"  # noqa: S608
        row = self._connection.execute(sql, (*kinds, about)).fetchone()
        return (row[0], row[1]) if row else None

    def _append(self, kind: str, about: str, record: object) -> None:
        self._append_body(kind, about, write_canonical(record))

    def _append_body(self, kind: str, about: str, body: bytes) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._connection.execute("INSERT INTO log (at, kind, about, body) VALUES (?, ?, ?, ?)", (now, kind, about, body.decode()))

    def reports(self) -> dict[str, Report]:
        """The newest state of every report, by id."""
        found = (read_canonical(body, Report) for body in self._newest("report"))
        return {report.id: report for report in found}

    def report(self, report: str) -> Report | None:
        """The newest state of one report."""
        row = self._connection.execute("SELECT body FROM log WHERE kind='report' AND about=? ORDER BY seq DESC LIMIT 1", (report,)).fetchone()
        return read_canonical(row[0], Report) if row else None

    def reader_of(self, report: str) -> str | None:
        """Who read the newest claim set of a report; None where it has none."""
        sql = "SELECT json_extract(body, '$.reader') FROM log WHERE kind='claims' AND about=? ORDER BY seq DESC LIMIT 1"
        row = self._connection.execute(sql, (report,)).fetchone()
        return row[0] if row else None

    def claim_sets(self, reports: set[str] | None = None) -> Iterator[ClaimSet]:
        """The newest claim set of every report, or of those named, by report id."""
        if reports is None:
            yield from (read_canonical(body, ClaimSet) for body in self._newest("claims"))
            return
        for report in sorted(reports):
            row = self._connection.execute("SELECT body FROM log WHERE kind='claims' AND about=? ORDER BY seq DESC LIMIT 1", (report,)).fetchone()
            if row:
                yield read_canonical(row[0], ClaimSet)

    def reading_leavings(self) -> Iterator[Leaving]:
        """What reading set apart in every report."""
        for body in self._newest("reading"):
            yield from read_canonical(body, tuple[Leaving, ...])

    def failures(self) -> Iterator[Leaving]:
        """Files that could not be read and have not been read since, by name."""
        sql = """SELECT body FROM log WHERE kind='failure' AND seq IN (
            SELECT max(seq) FROM log WHERE kind IN ('failure', 'mended') GROUP BY about) ORDER BY about"""
        return (read_canonical(body, Leaving) for (body,) in self._connection.execute(sql))

    def _newest(self, kind: str) -> Iterator[str]:
        sql = "SELECT body FROM log WHERE seq IN (SELECT max(seq) FROM log WHERE kind=? GROUP BY about) ORDER BY about"
        return (body for (body,) in self._connection.execute(sql, (kind,)))


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
