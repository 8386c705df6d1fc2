"""A case folder: `case.toml`, `ledger.sqlite`, `evidence/`. Entries are appended, never changed."""

import os
import re
import secrets
import sqlite3
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from reportedly.errors import LedgerProblem
from reportedly.ledger.canonical import Sealed, read_canonical, write_canonical
from reportedly.ledger.chain import GENESIS, Entry, hash_body, hash_entry, read_entries
from reportedly.ledger.evidence import evidence_path, store_evidence
from reportedly.records import ClaimSet, Leaving, Rating, Reading, Report, Review, Withholding

FORMAT = 2
SCHEMA = """
CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,           -- UTC, ISO 8601: when the entry was written
    kind TEXT NOT NULL,         -- case, report, reading, claims, failure, mended, review, rating, withholding
    about TEXT NOT NULL,        -- report id; of a failure, the file; of a review, the claim
    body TEXT,                  -- canonical JSON; NULL where a later entry says that it is withheld
    body_sha256 TEXT NOT NULL,
    hash TEXT NOT NULL          -- SHA-256 over the canonical entry and the hash of the one before
) STRICT;
CREATE INDEX log_kind ON log (kind, about, seq);
CREATE TRIGGER log_is_append_only BEFORE UPDATE ON log
WHEN NEW.body IS NOT NULL OR NEW.seq != OLD.seq OR NEW.at != OLD.at OR NEW.kind != OLD.kind OR NEW.about != OLD.about OR NEW.body_sha256 != OLD.body_sha256 OR NEW.hash != OLD.hash
    OR NOT EXISTS (SELECT 1 FROM log AS later, json_each(later.body, '$.entries') AS one WHERE later.kind = 'withholding' AND one.value = OLD.seq)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_keeps_all BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_has_no_gaps BEFORE INSERT ON log WHEN NEW.seq != (SELECT coalesce(max(seq), 0) + 1 FROM log) BEGIN SELECT RAISE(ABORT, 'the log has no gaps'); END;
"""
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
        with _connect(path / "ledger.sqlite") as connection:
            connection.executescript("PRAGMA journal_mode=WAL;" + SCHEMA)
        connection.close()
        title = title or path.resolve().name
        (path / "case.toml").write_text(f"format = {FORMAT}\ntitle = {_toml_text(title)}\nplaybooks = [{', '.join(map(_toml_text, playbooks))}]\n", encoding="utf-8")
        with open_ledger(path) as ledger, ledger.transaction():
            ledger.append("case", secrets.token_hex(8), {"title": title, "playbooks": list(playbooks), "format": FORMAT})
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
    if settings.get("format") == 1:
        migrate(path)
    elif settings.get("format") != FORMAT:
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


def restore_log(path: Path, entries: Iterable[Entry]) -> None:
    """Write the log of a bundle into a new ledger, entry for entry, as it was. Raises ValueError where its numbers have gaps."""
    with closing(_connect(path / "ledger.sqlite")) as connection:
        connection.executescript("PRAGMA journal_mode=WAL;" + SCHEMA)
        connection.execute("BEGIN")
        for one in entries:
            row = (one.seq, one.at, one.kind, one.about, one.body, one.body_sha256, one.hash)
            connection.execute("INSERT INTO log (seq, at, kind, about, body, body_sha256, hash) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("COMMIT")


def migrate(path: Path) -> None:
    """Bring a case of format 1, whose log had no chain, to this format: the same entries with the same times, chained. The old
    log stays beside it as ledger.v1.sqlite. Raises LedgerProblem where it cannot be written."""
    old, new, kept = path / "ledger.sqlite", path / "ledger.new.sqlite", path / "ledger.v1.sqlite"
    try:
        if not kept.exists():
            new.unlink(missing_ok=True)
            source, target = _connect(old), _connect(new)
            target.executescript("PRAGMA journal_mode=DELETE; BEGIN;" + SCHEMA)
            before = GENESIS
            for seq, (at, kind, about, body) in enumerate(source.execute("SELECT at, kind, about, body FROM log ORDER BY seq"), start=1):
                sha256 = hash_body(body.encode())
                before = hash_entry(seq, at, kind, about, sha256, before)
                target.execute("INSERT INTO log (seq, at, kind, about, body, body_sha256, hash) VALUES (?, ?, ?, ?, ?, ?, ?)", (seq, at, kind, about, body, sha256, before))
            target.execute("COMMIT")
            target.execute("PRAGMA journal_mode=WAL")
            target.close()
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            source.execute("PRAGMA journal_mode=DELETE")  # so that nothing of it lies in files beside it
            source.close()
            old.replace(kept)
        if new.exists():
            new.replace(old)
        toml = (path / "case.toml").read_text(encoding="utf-8")
        draft = path / "case.toml.new"
        draft.write_text(re.sub(r"(?m)^format\s*=\s*1\s*$", f"format = {FORMAT}", toml), encoding="utf-8")
        draft.replace(path / "case.toml")
    except (OSError, sqlite3.Error) as error:
        raise LedgerProblem(f"{path}: case format 1 cannot be brought to format {FORMAT} ({_why(error)}); copy the case to a place that may be written") from error


class Ledger:
    """An open case. Use as a context manager; every write is whole or not there."""

    def __init__(self, path: Path, title: str, playbooks: tuple[str, ...], connection: sqlite3.Connection) -> None:
        self.path = path
        self.title = title
        self.playbooks = playbooks
        self._connection = connection
        self._until = "9999"

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
        self.append("reading", reading.report.id, reading.leavings)

    def keep_evidence(self, reading: Reading) -> None:
        """Keep the original bytes, where they are not kept yet or were lost."""
        store_evidence(self.path / "evidence", reading.original)

    def add_report(self, report: Report) -> None:
        """Append the newest state of a report (a date learnt later)."""
        self.append("report", report.id, report)

    def add_claims(self, sealed: Sealed) -> None:
        """Append a claim set; it stands for earlier ones of the same report."""
        self._append_body("claims", sealed.report, sealed.body)

    def add_failure(self, leaving: Leaving) -> None:
        """Append a file that could not become a report; once, however often it is tried."""
        newest = self._newest_of("failure", "mended", about=leaving.file)
        if newest != ("failure", write_canonical(leaving).decode()):
            self.append("failure", leaving.file, leaving)

    def add_mended(self, file: str) -> None:
        """Append that a file which failed has been read since."""
        self.append("mended", file, None)

    def has_failed(self, file: str) -> bool:
        """Whether the last word on a file is that it could not be read."""
        newest = self._newest_of("failure", "mended", about=file)
        return newest is not None and newest[0] == "failure"

    def _newest_of(self, *kinds: str, about: str) -> tuple[str, str] | None:
        sql = f"SELECT kind, body FROM log WHERE kind IN ({', '.join('?' * len(kinds))}) AND about=? ORDER BY seq DESC LIMIT 1"  # noqa: S608
        row = self._connection.execute(sql, (*kinds, about)).fetchone()
        return (row[0], row[1]) if row else None

    def append(self, kind: str, about: str, record: object) -> int:
        """Append an entry and return its number. Call inside a transaction."""
        return self._append_body(kind, about, write_canonical(record))

    def _append_body(self, kind: str, about: str, body: bytes) -> int:
        last = self._connection.execute("SELECT seq, at, hash FROM log ORDER BY seq DESC LIMIT 1").fetchone() or (0, "", GENESIS)
        seq, at, sha256 = last[0] + 1, self._now(last[1]), hash_body(body)
        row = (seq, at, kind, about, body.decode(), sha256, hash_entry(seq, at, kind, about, sha256, last[2]))
        self._connection.execute("INSERT INTO log (seq, at, kind, about, body, body_sha256, hash) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return int(seq)

    def _now(self, last: str) -> str:
        """The time of an entry, never before the last one's. Raises LedgerProblem where the clock was set back."""
        now = datetime.now(UTC).replace(microsecond=0)
        if last and now.isoformat() < last:
            if datetime.fromisoformat(last) - now > _SLACK:
                raise LedgerProblem(f"{self.path}: the clock says {now.isoformat()}, and the last entry is of {last}; set the clock right and do it again")
            return last
        return now.isoformat()

    def entries(self) -> Iterator[Entry]:
        """The log, entry by entry."""
        return read_entries(self._connection)

    @property
    def head(self) -> str:
        """The hash of the last entry: who notes it down can tell later that nothing before it changed."""
        row = self._connection.execute("SELECT hash FROM log ORDER BY seq DESC LIMIT 1").fetchone()
        return str(row[0]) if row else GENESIS

    def add_review(self, review: Review) -> int:
        """Append a review and return its number."""
        return self.append("review", review.claim, replace(review, seq=0, at=""))

    def reviews(self) -> list[Review]:
        """Every review in the order of writing, those taken back too."""
        return [replace(read_canonical(body, Review), seq=seq, at=at) for seq, at, body in self._all("review")]

    def add_rating(self, rating: Rating) -> int:
        """Append a rating and return its number; it stands for earlier ones of the same thing."""
        return self.append("rating", f"{rating.kind} {rating.name}", replace(rating, seq=0, at=""))

    def ratings(self) -> list[Rating]:
        """The newest rating of each outlet, voice and claim."""
        found = {(one.kind, one.name): one for seq, at, body in self._all("rating") for one in (replace(read_canonical(body, Rating), seq=seq, at=at),)}
        return [found[key] for key in sorted(found)]

    def withhold(self, report: Report, by: str, why: str, replacement: tuple[Report, Sealed] | None = None, span: tuple[int, int] | None = None) -> Withholding:
        """Take a report's text and original out of the case behind a tombstone that keeps their hashes; with `replacement` a
        state of it without the stretch `span` stays. The chain holds as before. Call inside a transaction; then `erase`."""
        kinds = "('report', 'reading', 'claims')"
        entries = tuple(seq for (seq,) in self._connection.execute(f"SELECT seq FROM log WHERE kind IN {kinds} AND about=? AND body IS NOT NULL ORDER BY seq", (report.id,)))  # noqa: S608
        shared = any(one.sha256 == report.sha256 for key, one in self.reports().items() if key != report.id)
        withholding = Withholding(report.id, by, why, span[0] if span else None, span[1] if span else None, entries, () if shared else (report.sha256,))
        self.append("withholding", report.id, withholding)
        self._connection.executemany("UPDATE log SET body = NULL WHERE seq = ?", [(seq,) for seq in entries])
        if replacement is not None:
            self.add_report(replacement[0])
            self.add_claims(replacement[1])
        return withholding

    def erase(self, withholding: Withholding) -> None:
        """Remove the originals that a withholding names, and what is left of its texts in the database file."""
        for sha256 in withholding.evidence:
            path = evidence_path(self.path / "evidence", sha256)
            if path.exists():
                path.chmod(0o644)
                path.unlink()
        self._connection.execute("PRAGMA secure_delete=ON")
        self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def withholdings(self) -> list[Withholding]:
        """All withholdings, in the order of writing."""
        return [read_canonical(body, Withholding) for _, _, body in self._all("withholding")]

    def known_by(self, day: date) -> None:
        """From here on answer from what the log held at the end of that day (UTC)."""
        self._until = (datetime.combine(day, time(), UTC) + timedelta(days=1)).isoformat()

    def _all(self, kind: str) -> list[tuple[int, str, str]]:
        sql = "SELECT seq, at, body FROM log WHERE kind=? AND at < ? AND body IS NOT NULL ORDER BY seq"
        return self._connection.execute(sql, (kind, self._until)).fetchall()

    def reports(self) -> dict[str, Report]:
        """The newest state of every report, by id."""
        found = (read_canonical(body, Report) for body in self._newest("report"))
        return {report.id: report for report in found}

    def report(self, report: str) -> Report | None:
        """The newest state of one report."""
        row = self._connection.execute(
            "SELECT body FROM log WHERE kind='report' AND about=? AND body IS NOT NULL AND at < ? ORDER BY seq DESC LIMIT 1", (report, self._until)
        ).fetchone()
        return read_canonical(row[0], Report) if row else None

    def reader_of(self, report: str) -> str | None:
        """Who read the newest claim set of a report; None where it has none."""
        sql = "SELECT json_extract(body, '$.reader') FROM log WHERE kind='claims' AND about=? AND body IS NOT NULL ORDER BY seq DESC LIMIT 1"
        row = self._connection.execute(sql, (report,)).fetchone()
        return row[0] if row else None

    def claim_sets(self, reports: set[str] | None = None) -> Iterator[ClaimSet]:
        """The newest claim set of every report, or of those named, by report id."""
        if reports is None:
            yield from (read_canonical(body, ClaimSet) for body in self._newest("claims"))
            return
        for report in sorted(reports):
            row = self._connection.execute(
                "SELECT body FROM log WHERE kind='claims' AND about=? AND body IS NOT NULL AND at < ? ORDER BY seq DESC LIMIT 1", (report, self._until)
            ).fetchone()
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
        sql = "SELECT body FROM log WHERE seq IN (SELECT max(seq) FROM log WHERE kind=? AND at < ? GROUP BY about) AND body IS NOT NULL ORDER BY about"
        return (body for (body,) in self._connection.execute(sql, (kind, self._until)))


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
