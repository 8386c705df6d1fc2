"""The index: derived from the log alone, kept beside it, and at any time dropped and derived again.

It follows the log entry by entry, so that what was added since it was last used costs what was added, not what is there. With
it is kept what was made of the claims, as of the entry up to which they were compared.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec

from reportedly.errors import LedgerProblem
from reportedly.ledger.chain import open_log
from reportedly.records import PLACE_ROLES
from reportedly.values import When, resolve_time
from reportedly.values.times import TimeExpression

INDEX = "derived.sqlite"  # its name in a case: no part of what a case must keep
_VERSION = 5
_SCHEMA = """
CREATE TABLE seen (version INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE report (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, file TEXT NOT NULL, outlet TEXT, day TEXT NOT NULL,  -- EDTF; 9999 where not known
    earliest TEXT, latest TEXT, published TEXT NOT NULL
) STRICT;
CREATE INDEX report_day ON report (day, id, earliest, latest);
CREATE TABLE claim (
    number INTEGER PRIMARY KEY, report TEXT NOT NULL, id TEXT NOT NULL, frame TEXT NOT NULL, status TEXT NOT NULL, trigger_start INTEGER NOT NULL,
    quote TEXT NOT NULL, voice TEXT NOT NULL, place TEXT NOT NULL, first TEXT, last TEXT,   -- the days that it speaks of
    actors INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_report ON claim (report, trigger_start);
CREATE INDEX claim_id ON claim (id, report);
CREATE INDEX claim_frame ON claim (frame, status);
CREATE VIRTUAL TABLE claim_text USING fts5 (quote, voice, content = 'claim', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE report_text USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE actor (  -- as named, and as reports say it
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, said TEXT NOT NULL, UNIQUE (name, said)
) STRICT;
CREATE VIRTUAL TABLE actor_text USING fts5 (name, said, content = 'actor', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE claim_actor USING rtree_i32 (id, actor, actor_too, first, last);
CREATE TABLE reconciled (kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX reconciled_kind ON reconciled (kind);
CREATE TABLE reconciled_until (kind TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT   -- the entry as of which they were made
"""
MOST_ACTORS = 64  # of one claim: a row of claim_actor is numbered by its claim and its place among them
_NEVER, _EVER = 1, 4_000_000  # days before and after all that reports speak of, as ordinals of the calendar


Index = sqlite3.Connection


def open_index(ledger: Path, index: Path) -> Index:
    """The index of a ledger, brought up to its last entry; of a case that may not be written to, one in memory. Raises
    LedgerProblem where it cannot be written."""
    if not os.access(index if index.exists() else index.parent, os.W_OK):
        return _open_elsewhere(ledger, index)
    try:
        connection = sqlite3.connect(index, timeout=30, isolation_level=None)
        try:
            _follow(connection, ledger)
        except sqlite3.DatabaseError:  # of another version, or damaged: nothing in it is not in the log
            connection.close()
            drop_index(index)
            connection = sqlite3.connect(index, timeout=30, isolation_level=None)
            _follow(connection, ledger)
    except (sqlite3.Error, OSError) as error:
        raise LedgerProblem(f"{index}: the search index cannot be written ({error}); free space or check permissions, then search again") from error
    return connection


def _open_elsewhere(ledger: Path, index: Path) -> Index:
    """The index of a case that may not be written to: the one that lies there, if it is of the log's last entry, else one in memory."""
    if index.exists():
        kept = sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
        try:
            with closing(open_log(ledger)) as log:
                if _last_seen(kept, log)[0] == log.execute("SELECT max(seq) FROM log").fetchone()[0]:
                    return kept
        except sqlite3.Error:
            pass  # damaged, or of another log
        kept.close()
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _follow(connection, ledger)
    return connection


def rebuild_index(ledger: Path, index: Path, *others: Path) -> tuple[int, int]:
    """Drop the index and derive it again; the numbers of reports and claims in it. `others` are databases beside it that are derived too: they are
    dropped, and made when they are wanted. Raises LedgerProblem where one cannot be dropped."""
    try:
        for path in (index, *others):
            drop_index(path)
    except OSError as error:
        raise LedgerProblem(f"{index}: cannot be dropped ({error.strerror}); move it away, then rebuild") from error
    connection = open_index(ledger, index)
    counts = tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("report", "claim"))  # noqa: S608
    connection.close()
    return counts[0], counts[1]


def dump_index(connection: Index) -> Iterator[str]:
    """Every row that is derived from the log alone, in order: two indexes of one log give the same lines, however they were made."""
    for table, order in (("report", "id"), ("claim", "report, trigger_start, id")):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "number"]
        for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"):  # noqa: S608
            yield msgspec.json.encode([table, *row]).decode()
    for row in connection.execute("SELECT report.id, report_text.text FROM report_text JOIN report ON report.number = report_text.rowid ORDER BY report.id"):
        yield msgspec.json.encode(["text", *row]).decode()
    sql = """SELECT actor.name, actor.said, claim.report, claim.id, claim_actor.first, claim_actor.last FROM claim_actor
        JOIN actor ON actor.number = claim_actor.actor JOIN claim ON claim.number = claim_actor.id / ? ORDER BY 1, 2, 3, 4"""
    for row in connection.execute(sql, (MOST_ACTORS,)):
        yield msgspec.json.encode(["actor", *row]).decode()


def check_words(connection: Index) -> str | None:
    """What is wrong with the tables of words against the rows that they are made of; None where nothing is."""
    for table in ("claim_text", "report_text", "actor_text"):
        try:
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        except sqlite3.DatabaseError as error:
            return f"{table} does not hold the words that it should ({error})"
    return None


def write_reconciled(connection: Index, kind: str, until: int, rows: Iterable[tuple[str, str]], newest: Callable[[], int]) -> None:
    """Keep what was made of the claims as of the entry `until`: all of one kind, as (id, JSON), in the order given. Nothing is kept where
    the log went on meanwhile (`newest` is asked under the lock): it may have lost words that these rows say."""
    connection.execute("BEGIN IMMEDIATE")
    if newest() != until:
        connection.execute("ROLLBACK")
        return
    connection.execute("DELETE FROM reconciled WHERE kind = ?", (kind,))
    connection.executemany("INSERT INTO reconciled VALUES (?, ?, ?)", ((kind, *row) for row in rows))
    connection.execute("INSERT INTO reconciled_until VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET seq = excluded.seq", (kind, until))
    connection.execute("COMMIT")


def read_reconciled(connection: Index, kind: str, until: int) -> list[tuple[str, str]] | None:
    """What was kept of a kind; None where it is not as of the entry `until`."""
    if not connection.execute("SELECT 1 FROM reconciled_until WHERE kind = ? AND seq = ?", (kind, until)).fetchone():
        return None
    return connection.execute("SELECT id, body FROM reconciled WHERE kind = ? ORDER BY rowid", (kind,)).fetchall()


def list_published(connection: Index) -> list[tuple[str, str | None, str | None]]:
    """Each report's id with the first and last day (ISO) on which it can have appeared, in the order of publication: by day as
    EDTF, undated last, then id."""
    return connection.execute("SELECT id, earliest, latest FROM report ORDER BY day, id").fetchall()


def find_reports_of(connection: Index, claim: str) -> list[str]:
    """The reports that have claims whose id begins so, by id."""
    rows = connection.execute("SELECT DISTINCT report FROM claim WHERE id >= ? AND id < ? ORDER BY report", (claim, claim + "\U0010ffff"))
    return [report for (report,) in rows]


def find_reports_having(connection: Index, claim: str) -> list[str]:
    """The reports that have a claim of this id, by id."""
    return [report for (report,) in connection.execute("SELECT DISTINCT report FROM claim WHERE id = ? ORDER BY report", (claim,))]


def count_claims(connection: Index) -> dict[str, int]:
    """How many claims each report has, as they were read."""
    return dict(connection.execute("SELECT report, count(*) FROM claim GROUP BY report").fetchall())


def list_outlets(connection: Index) -> list[str]:
    """The outlets of all reports, by name."""
    return [outlet for (outlet,) in connection.execute("SELECT DISTINCT outlet FROM report WHERE outlet IS NOT NULL ORDER BY outlet")]


def list_frames(connection: Index) -> list[str]:
    """The frames of all claims, by name."""
    return [frame for (frame,) in connection.execute("SELECT DISTINCT frame FROM claim ORDER BY frame")]


def list_actors(connection: Index, words: str) -> list[str]:
    """Those who speak or stand in claims and whose name has all these words, by name."""
    query = " ".join('"' + word.replace('"', "") + '"' for word in words.split())
    rows = connection.execute("SELECT DISTINCT name FROM actor WHERE number IN (SELECT rowid FROM actor_text WHERE actor_text MATCH ?) ORDER BY name", (query,))
    return [name for (name,) in rows]


def drop_index(index: Path) -> None:
    """Delete an index with what SQLite keeps beside it. Raises OSError."""
    for path in (index, index.with_name(index.name + "-wal"), index.with_name(index.name + "-shm"), index.with_name(index.name + "-journal")):
        path.unlink(missing_ok=True)


def open_past_index(ledger: Path, until: str) -> Index:
    """The index as of the entries before a time (UTC, ISO), in memory: the past is asked for seldom, and is not kept."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _follow(connection, ledger, until=until)
    return connection


def _follow(connection: Index, ledger: Path, until: str = "~") -> None:
    """Take in what the log has since the index was last used. A log that does not hold that entry is another log."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")  # it can be derived again
    log = open_log(ledger)
    try:
        if _is_current(connection, log):
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'seen'").fetchone():
                for statement in _SCHEMA.split(";\n"):
                    connection.execute(statement)
                connection.execute("INSERT INTO seen VALUES (?, 0, '')", (_VERSION,))
            last = _last_seen(connection, log)
            for seq, kind, about, body, entry_hash in log.execute("SELECT seq, kind, about, body, hash FROM log WHERE seq > ? AND at < ? ORDER BY seq", (last[0], until)):
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


def _is_current(connection: Index, log: sqlite3.Connection) -> bool:
    """Whether there is nothing to follow: then nothing is written, and no reader waits for another."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'seen'").fetchone():
        return False
    return _last_seen(connection, log)[0] == int(log.execute("SELECT coalesce(max(seq), 0) FROM log").fetchone()[0])


def _last_seen(connection: Index, log: sqlite3.Connection) -> tuple[int, str]:
    """The entry up to which an index has followed a log. Raises DatabaseError for an index of another version or log."""
    version, seen, mark = connection.execute("SELECT version, seq, hash FROM seen").fetchone()
    if version != _VERSION or (seen and not log.execute("SELECT 1 FROM log WHERE seq = ? AND hash = ?", (seen, mark)).fetchone()):
        raise sqlite3.DatabaseError("an index of another version or of another log")
    return seen, mark


def _take_in(connection: Index, kind: str, about: str, body: str | None) -> None:
    if kind == "withholding":
        _forget_claims(connection, about)
        _forget_report(connection, about)
    elif kind == "report" and body is not None:
        _forget_report(connection, about)
        row = msgspec.json.decode(body)
        when = row["published"]["when"]
        days = (when["edtf"], when["earliest"], when["latest"]) if when else ("9999", None, None)
        values = (about, row["file"], row["outlet"], *days, msgspec.json.encode(when).decode())
        cursor = connection.execute("INSERT INTO report (id, file, outlet, day, earliest, latest, published) VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        connection.execute("INSERT INTO report_text (rowid, text) VALUES (?, ?)", (cursor.lastrowid, row["text"]))
    elif kind == "claims" and body is not None:
        _forget_claims(connection, about)
        found = connection.execute("SELECT published FROM report WHERE id = ?", (about,)).fetchone()
        published = msgspec.json.decode(found[0], type=When | None) if found else None
        for row in msgspec.json.decode(body)["claims"]:
            _add_claim(connection, row, published)


def _days_of(row: dict, published: When | None) -> tuple[date | None, date | None]:  # type: ignore[type-arg]
    """The first and the last day that a claim speaks of; None where open or not known."""
    if row["when"] is None or row["when"].get("time") is None:
        return None, None
    when = resolve_time(msgspec.convert(row["when"]["time"], TimeExpression), published)
    return when.earliest, when.latest


def _add_claim(connection: Index, row: dict, published: When | None) -> None:  # type: ignore[type-arg]
    voice = " → ".join(one["name"] or one["text"] for one in row["voice"])
    places = sorted({filler["name"] or filler["text"] for role in PLACE_ROLES for filler in row["roles"].get(role, ())} | {one["place"] for one in row["voice"] if one["place"]})
    actors, (first, last) = _actors_of(row), _days_of(row, published)
    days = (first and first.isoformat(), last and last.isoformat())
    values = (row["report"], row["id"], row["frame"], row["status"], row["trigger_start"], row["quote"], voice, "; ".join(places), *days, len(actors))
    sql = "INSERT INTO claim (report, id, frame, status, trigger_start, quote, voice, place, first, last, actors) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    number = connection.execute(sql, values).lastrowid or 0
    connection.execute("INSERT INTO claim_text (rowid, quote, voice) VALUES (?, ?, ?)", (number, row["quote"], voice))
    spoken = (first.toordinal() if first else _NEVER, last.toordinal() if last else _EVER) if first or last else (0, 0)
    for place, one in enumerate(actors):
        actor = _number_of(connection, *one)
        connection.execute("INSERT INTO claim_actor VALUES (?, ?, ?, ?, ?)", (number * MOST_ACTORS + place, actor, actor, *spoken))


def _actors_of(row: dict) -> list[tuple[str, str]]:  # type: ignore[type-arg]
    """Who speaks or stands in a claim, by name and in the report's words: its voices, and what fills its roles but for times and
    counted things."""
    voices = [(one["name"] or one["text"], one["text"]) for one in row["voice"]]
    fillers = [
        (one["name"] or one["text"], one["text"]) for fillers in row["roles"].values() for one in fillers if one["time"] is None and (one["name"] or one["quantity"] is None)
    ]
    return sorted({*voices, *fillers})[:MOST_ACTORS]


def _number_of(connection: Index, name: str, said: str) -> int:
    found = connection.execute("SELECT number FROM actor WHERE name = ? AND said = ?", (name, said)).fetchone()
    if found:
        return int(found[0])
    number = connection.execute("INSERT INTO actor (name, said) VALUES (?, ?)", (name, said)).lastrowid or 0
    connection.execute("INSERT INTO actor_text (rowid, name, said) VALUES (?, ?, ?)", (number, name, said))
    return number


def _forget_claims(connection: Index, report: str) -> None:
    for number, quote, voice, actors in connection.execute("SELECT number, quote, voice, actors FROM claim WHERE report = ?", (report,)).fetchall():
        connection.execute("INSERT INTO claim_text (claim_text, rowid, quote, voice) VALUES ('delete', ?, ?, ?)", (number, quote, voice))
        connection.executemany("DELETE FROM claim_actor WHERE id = ?", [(number * MOST_ACTORS + place,) for place in range(actors)])
    connection.execute("DELETE FROM claim WHERE report = ?", (report,))


def _forget_report(connection: Index, report: str) -> None:
    row = connection.execute("SELECT number FROM report WHERE id = ?", (report,)).fetchone()
    if row:
        connection.execute("DELETE FROM report_text WHERE rowid = ?", row)
        connection.execute("DELETE FROM report WHERE number = ?", row)
