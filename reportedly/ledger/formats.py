"""The form of a ledger on disk: its one table, how it is opened, and how a case of an earlier format is brought to this one."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from reportedly.errors import LedgerProblem
from reportedly.ledger.chain import GENESIS, Entry, hash_body, hash_entry

FORMAT = 2
SCHEMA = """
CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,           -- UTC, ISO 8601: when the entry was written
    kind TEXT NOT NULL,         -- case, collected, report, reading, claims, failure, mended, review, rating, withholding, export
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
INSERT = "INSERT INTO log (seq, at, kind, about, body, body_sha256, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
OLD_LOG = "ledger.v1.sqlite"


def connect(path: Path) -> sqlite3.Connection:
    """A connection that waits for another writer, and begins no transaction by itself."""
    return sqlite3.connect(path, timeout=30, isolation_level=None)


def connect_read_only(path: Path) -> sqlite3.Connection:
    """A case on a medium or in a folder that may not be written can still be read."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, timeout=30, isolation_level=None)


def restore_log(path: Path, entries: Iterable[Entry]) -> None:
    """Write the log of a bundle into a new ledger, entry for entry, as it was. Raises ValueError where its numbers have gaps."""
    with closing(connect(path / "ledger.sqlite")) as connection:
        connection.executescript("PRAGMA journal_mode=WAL;" + SCHEMA)
        connection.execute("BEGIN")
        for one in entries:
            row = (one.seq, one.at, one.kind, one.about, one.body, one.body_sha256, one.hash)
            connection.execute(INSERT, row)
        connection.execute("COMMIT")


def migrate(path: Path) -> None:
    """Bring a case of format 1, whose log had no chain, to this format: the same entries with the same times, chained. The old
    log stays beside it as ledger.v1.sqlite. Raises LedgerProblem where it cannot be written."""
    old, new, kept = path / "ledger.sqlite", path / "ledger.new.sqlite", path / OLD_LOG
    try:
        if not kept.exists():
            new.unlink(missing_ok=True)
            source, target = connect(old), connect(new)
            target.executescript("PRAGMA journal_mode=DELETE; BEGIN;" + SCHEMA)
            before = GENESIS
            for seq, (at, kind, about, body) in enumerate(source.execute("SELECT at, kind, about, body FROM log ORDER BY seq"), start=1):
                sha256 = hash_body(body.encode())
                before = hash_entry(seq, at, kind, about, sha256, before)
                target.execute(INSERT, (seq, at, kind, about, body, sha256, before))
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
        raise LedgerProblem(f"{path}: case format 1 cannot be brought to format {FORMAT} ({say_why(error)}); copy the case to a place that may be written") from error


def say_why(error: Exception) -> str:
    """What an error of the system or of SQLite says, without its number."""
    return getattr(error, "strerror", None) or str(error)
