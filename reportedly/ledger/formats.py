"""The form of a ledger on disk: its one table, how it is opened, and how a case of an earlier format is brought to this one."""

import secrets
import sqlite3
import tomllib
from collections.abc import Iterable
from contextlib import closing
from itertools import chain
from pathlib import Path

from reportedly.errors import LedgerProblem
from reportedly.ledger.canonical import write_canonical
from reportedly.ledger.chain import FORMAT, GENESIS, Entry, hash_body, hash_entry

KINDS = ("case", "collected", "report", "reading", "claims", "failure", "mended", "review", "rating", "withholding", "reason", "export")
SCHEMA = """
CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,           -- UTC, ISO 8601: when the entry was written
    kind TEXT NOT NULL,         -- one of KINDS
    about TEXT NOT NULL,        -- report id; of a review, the claim; nothing that names anybody, for it cannot be withheld
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
StoreError = sqlite3.Error  # what can fail below, for those who may not know what lies there


def connect(path: Path) -> sqlite3.Connection:
    """A connection that waits for another writer, and begins no transaction by itself."""
    return sqlite3.connect(path, timeout=30, isolation_level=None)


def restore_log(path: Path, entries: Iterable[Entry]) -> None:
    """Write the log of a bundle into a new ledger, entry for entry, as it was. Raises ValueError where its numbers have gaps."""
    with closing(connect(path / "ledger.sqlite")) as connection:
        connection.executescript("PRAGMA journal_mode=WAL;" + SCHEMA)
        connection.execute("BEGIN")
        for one in entries:
            row = (one.seq, one.at, one.kind, one.about, one.body, one.body_sha256, one.hash)
            connection.execute(INSERT, row)
        connection.execute("COMMIT")


def write_settings(path: Path, title: str, playbooks: Iterable[str]) -> None:
    """Write `case.toml`; it is there whole or as it was."""
    draft = path / "case.toml.new"
    draft.write_text(f"format = {FORMAT}\ntitle = {_toml_text(title)}\nplaybooks = [{', '.join(map(_toml_text, playbooks))}]\n", encoding="utf-8")
    draft.replace(path / "case.toml")


def clean_title(title: str) -> str:
    """A title as case.toml can hold it: on one line, without control characters."""
    return "".join(mark if mark.isprintable() else " " for mark in title)


def _toml_text(text: str) -> str:
    return '"' + clean_title(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def migrate(path: Path) -> None:
    """Bring a case of format 1, whose log had no chain, to this format: the same entries with the same times, chained, and one that
    says what case it is. The old log stays beside it as ledger.v1.sqlite. Raises LedgerProblem where it cannot be written, or where
    the log has a chain already: that is no case of format 1, and chaining it anew would hide what was done to it."""
    old, new, kept = path / "ledger.sqlite", path / "ledger.new.sqlite", path / OLD_LOG
    try:
        settings = tomllib.loads((path / "case.toml").read_text(encoding="utf-8"))
        title, playbooks = str(settings.get("title", path.resolve().name)), [str(one) for one in settings.get("playbooks", [])]
        if not kept.exists():
            if _has_chain(old):
                raise LedgerProblem(f"{path / 'case.toml'}: says format 1, and the log is of format {FORMAT}; write format = {FORMAT}, and check the case with: reportedly verify")
            new.unlink(missing_ok=True)
            with closing(connect(old)) as source, closing(connect(new)) as target:
                _chain_anew(source, target, {"title": title, "playbooks": playbooks, "format": FORMAT})
            old.replace(kept)
        if new.exists():
            new.replace(old)
        write_settings(path, title, playbooks)
    except (OSError, sqlite3.Error) as error:
        raise LedgerProblem(f"{path}: case format 1 cannot be brought to format {FORMAT} ({say_why(error)}); copy the case to a place that may be written") from error


def _has_chain(ledger: Path) -> bool:
    with closing(connect(ledger)) as connection:
        return any(row[1] == "hash" for row in connection.execute("PRAGMA table_info(log)"))


def _chain_anew(source: sqlite3.Connection, target: sqlite3.Connection, case: dict[str, object]) -> None:
    target.executescript("PRAGMA journal_mode=DELETE; BEGIN;" + SCHEMA)
    before, seq, last = GENESIS, 0, "1970-01-01T00:00:00+00:00"
    old = source.execute("SELECT at, kind, about, body FROM log ORDER BY seq")
    for at, kind, about, body in chain(old, [(None, "case", secrets.token_hex(8), write_canonical(case).decode())]):
        seq, last, sha256 = seq + 1, at or last, hash_body(body.encode())
        before = hash_entry(seq, last, kind, about, sha256, before)
        target.execute(INSERT, (seq, last, kind, about, body, sha256, before))
    target.execute("COMMIT")
    target.execute("PRAGMA journal_mode=WAL")
    source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    source.execute("PRAGMA journal_mode=DELETE")  # so that nothing of it lies in files beside it


def say_why(error: Exception) -> str:
    """What an error of the system or of SQLite says, without its number."""
    return getattr(error, "strerror", None) or str(error)
