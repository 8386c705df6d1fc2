"""The search index: derived from the log alone, kept beside it, and at any time dropped and derived again.

It follows the log entry by entry, so that what was added since it was last used costs what was added, not what is there.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from reportedly.errors import BadSetting, LedgerProblem
from reportedly.values import When, resolve_time
from reportedly.values.times import TimeExpression

_VERSION = 2
_SCHEMA = """
CREATE TABLE seen (version INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE report (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, file TEXT NOT NULL, outlet TEXT, day TEXT, published TEXT) STRICT;
CREATE TABLE claim (
    number INTEGER PRIMARY KEY, report TEXT NOT NULL, id TEXT NOT NULL, frame TEXT NOT NULL, status TEXT NOT NULL, trigger_start INTEGER NOT NULL,
    quote TEXT NOT NULL, voice TEXT NOT NULL, place TEXT NOT NULL, first TEXT, last TEXT   -- the days that it speaks of
) STRICT;
CREATE INDEX claim_report ON claim (report, trigger_start);
CREATE INDEX claim_frame ON claim (frame, status);
CREATE INDEX claim_days ON claim (first, last);
CREATE VIRTUAL TABLE claim_text USING fts5 (quote, voice, content = 'claim', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE report_text USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
"""
_PLACES = ("destination", "origin", "via", "place", "where", "whence", "whither")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: a claim (its id) or a stretch of a report (None), with the words found between « and », and its rank,
    smaller is better."""

    report: str
    claim: str | None
    words: str
    rank: float


def open_index(ledger: Path, index: Path) -> sqlite3.Connection:
    """The index of a ledger, brought up to its last entry; of a case that may not be written to, one in memory. Raises
    LedgerProblem where it cannot be written."""
    if not os.access(index if index.exists() else index.parent, os.W_OK):
        connection = sqlite3.connect(":memory:", isolation_level=None)
        _follow(connection, ledger)
        return connection
    try:
        connection = sqlite3.connect(index, timeout=30, isolation_level=None)
        try:
            _follow(connection, ledger)
        except sqlite3.DatabaseError:  # of another version, or damaged: nothing in it is not in the log
            connection.close()
            _drop(index)
            connection = sqlite3.connect(index, timeout=30, isolation_level=None)
            _follow(connection, ledger)
    except (sqlite3.Error, OSError) as error:
        raise LedgerProblem(f"{index}: the search index cannot be written ({error}); free space or check permissions, then search again") from error
    return connection


def rebuild_index(ledger: Path, index: Path) -> tuple[int, int]:
    """Drop the index and derive it again; the numbers of reports and claims in it."""
    _drop(index)
    connection = open_index(ledger, index)
    counts = tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("report", "claim"))  # noqa: S608
    connection.close()
    return counts[0], counts[1]


def dump_index(connection: sqlite3.Connection) -> Iterator[str]:
    """Every row that is derived, in order: two indexes of one log give the same lines, however they were made."""
    for table, order in (("report", "id"), ("claim", "report, trigger_start, id")):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "number"]
        for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"):  # noqa: S608
            yield msgspec.json.encode([table, *row]).decode()
    for row in connection.execute("SELECT report.id, report_text.text FROM report_text JOIN report ON report.number = report_text.rowid ORDER BY report.id"):
        yield msgspec.json.encode(["text", *row]).decode()


def _drop(index: Path) -> None:
    for path in (index, index.with_name(index.name + "-wal"), index.with_name(index.name + "-shm"), index.with_name(index.name + "-journal")):
        path.unlink(missing_ok=True)


def _follow(connection: sqlite3.Connection, ledger: Path) -> None:
    """Take in what the log has since the index was last used. A log that does not hold that entry is another log."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")  # it can be derived again
    log = sqlite3.connect(f"{ledger.resolve().as_uri()}?mode=ro", uri=True, timeout=30, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'seen'").fetchone():
                for statement in _SCHEMA.split(";\n"):
                    connection.execute(statement)
                connection.execute("INSERT INTO seen VALUES (?, 0, '')", (_VERSION,))
            last = _last_seen(connection, log)
            for seq, kind, about, body, entry_hash in log.execute("SELECT seq, kind, about, body, hash FROM log WHERE seq > ? ORDER BY seq", (last[0],)):
                _take_in(connection, kind, about, body)
                if kind == "report":  # its day may have been learnt: what its claims say of "Monday" is another day now
                    newest = log.execute(
                        "SELECT body FROM log WHERE kind = 'claims' AND about = ? AND seq < ? AND body IS NOT NULL ORDER BY seq DESC LIMIT 1", (about, seq)
                    ).fetchone()
                    _take_in(connection, "claims", about, newest[0] if newest else None)
                last = (seq, entry_hash)
            connection.execute("UPDATE seen SET seq = ?, hash = ?", last)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    finally:
        log.close()


def _last_seen(connection: sqlite3.Connection, log: sqlite3.Connection) -> tuple[int, str]:
    """The entry up to which an index has followed a log. Raises DatabaseError for an index of another version or log."""
    version, seen, mark = connection.execute("SELECT version, seq, hash FROM seen").fetchone()
    if version != _VERSION or (seen and not log.execute("SELECT 1 FROM log WHERE seq = ? AND hash = ?", (seen, mark)).fetchone()):
        raise sqlite3.DatabaseError("an index of another version or of another log")
    return seen, mark


def _take_in(connection: sqlite3.Connection, kind: str, about: str, body: str | None) -> None:
    if kind == "withholding":
        _forget_claims(connection, about)
        _forget_report(connection, about)
    elif kind == "report" and body is not None:
        _forget_report(connection, about)
        row = msgspec.json.decode(body)
        when = row["published"]["when"]
        day = when["edtf"] if when else None
        values = (about, row["file"], row["outlet"], day, msgspec.json.encode(when).decode())
        cursor = connection.execute("INSERT INTO report (id, file, outlet, day, published) VALUES (?, ?, ?, ?, ?)", values)
        connection.execute("INSERT INTO report_text (rowid, text) VALUES (?, ?)", (cursor.lastrowid, row["text"]))
    elif kind == "claims" and body is not None:
        _forget_claims(connection, about)
        found = connection.execute("SELECT published FROM report WHERE id = ?", (about,)).fetchone()
        published = msgspec.json.decode(found[0], type=When | None) if found else None
        for row in msgspec.json.decode(body)["claims"]:
            _add_claim(connection, row, published)


def _days_of(row: dict, published: When | None) -> tuple[str | None, str | None]:  # type: ignore[type-arg]
    """The first and the last day that a claim speaks of; None where open or not known."""
    if row["when"] is None or row["when"].get("time") is None:
        return None, None
    when = resolve_time(msgspec.convert(row["when"]["time"], TimeExpression), published)
    return str(when.earliest) if when.earliest else None, str(when.latest) if when.latest else None


def _add_claim(connection: sqlite3.Connection, row: dict, published: When | None) -> None:  # type: ignore[type-arg]
    voice = " → ".join(one["name"] or one["text"] for one in row["voice"])
    places = sorted({filler["name"] or filler["text"] for role in _PLACES for filler in row["roles"].get(role, ())} | {one["place"] for one in row["voice"] if one["place"]})
    values = (row["report"], row["id"], row["frame"], row["status"], row["trigger_start"], row["quote"], voice, "; ".join(places), *_days_of(row, published))
    sql = "INSERT INTO claim (report, id, frame, status, trigger_start, quote, voice, place, first, last) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    number = connection.execute(sql, values).lastrowid
    connection.execute("INSERT INTO claim_text (rowid, quote, voice) VALUES (?, ?, ?)", (number, row["quote"], voice))


def _forget_claims(connection: sqlite3.Connection, report: str) -> None:
    for number, quote, voice in connection.execute("SELECT number, quote, voice FROM claim WHERE report = ?", (report,)).fetchall():
        connection.execute("INSERT INTO claim_text (claim_text, rowid, quote, voice) VALUES ('delete', ?, ?, ?)", (number, quote, voice))
    connection.execute("DELETE FROM claim WHERE report = ?", (report,))


def _forget_report(connection: sqlite3.Connection, report: str) -> None:
    row = connection.execute("SELECT number FROM report WHERE id = ?", (report,)).fetchone()
    if row:
        connection.execute("DELETE FROM report_text WHERE rowid = ?", row)
        connection.execute("DELETE FROM report WHERE number = ?", row)


def search_claims(connection: sqlite3.Connection, words: str, wanted: dict[str, str], limit: int) -> list[Hit]:
    """Claims whose quote or voice has the words, best first; `wanted` narrows by frame, status, voice or place, and by the days
    `since` and `until` (ISO) that they speak of."""
    narrowed = "".join(f" AND {_CLAIM_FILTERS[name]}" for name in wanted)
    values = [f"%{value.replace('%', '').replace('_', ' ')}%" if name in ("voice", "place") else value for name, value in wanted.items()]
    sql = (
        "SELECT claim.report, claim.id, snippet(claim_text, 0, '«', '»', '…', 40), bm25(claim_text, 4.0, 1.0) AS score FROM claim_text "  # noqa: S608  names of ours only
        f"JOIN claim ON claim.number = claim_text.rowid WHERE claim_text MATCH ?{narrowed} ORDER BY score, claim.report, claim.trigger_start LIMIT ?"
    )
    return [Hit(*row) for row in _match(connection, sql, (words, *values, limit))]


_CLAIM_FILTERS = {
    "frame": "claim.frame = ?",
    "status": "claim.status = ?",
    "voice": "claim.voice LIKE ?",
    "place": "claim.place LIKE ?",
    "since": "claim.last >= ?",
    "until": "claim.first <= ?",
}


def search_reports(connection: sqlite3.Connection, words: str, limit: int) -> list[Hit]:
    """Reports whose text has the words, best first."""
    sql = (
        "SELECT report.id, NULL, snippet(report_text, 0, '«', '»', '…', 24), bm25(report_text) AS score FROM report_text "
        "JOIN report ON report.number = report_text.rowid WHERE report_text MATCH ? ORDER BY score, report.id LIMIT ?"
    )
    return [Hit(*row) for row in _match(connection, sql, (words, limit))]


def _match(connection: sqlite3.Connection, sql: str, values: tuple[object, ...]) -> list[tuple]:  # type: ignore[type-arg]
    try:
        return connection.execute(sql, values).fetchall()
    except sqlite3.OperationalError as error:
        raise BadSetting(f"cannot search for {values[0]}: {error}; put a phrase in quotation marks, and write AND, OR, NOT and NEAR(a b) in capitals") from error


def as_query(words: str) -> str:
    """What a person types as a query: phrases, AND, OR, NOT and NEAR(…) as they are, other words one by one, all wanted."""
    if not words.strip():
        raise BadSetting("nothing to search for; name a word")
    if re.search(r"\b(?:AND|OR|NOT|NEAR)\b|\*", words):
        return words
    parts = re.findall(r'"[^"]*"|[^\s"]+', words)
    return " ".join(part if part.startswith('"') else '"' + part + '"' for part in parts)
