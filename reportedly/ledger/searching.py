"""Searches in the index: claims and reports by words, claims by who stands in them and the days that they speak of."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reportedly.errors import BadSetting, LedgerProblem
from reportedly.ledger.derived import MOST_ACTORS

_OPERATORS = re.compile(r"\b(?:AND|OR|NOT|NEAR)\b|\*")
_COMMON = 20_000  # claims with a word beyond which to rank by it costs more than it says


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: a claim (its id) or a stretch of a report (None), with the words found between « and », and its rank,
    smaller is better; 0 where nothing was asked for that could rank."""

    report: str
    claim: str | None
    words: str
    rank: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows a search to claims: frame, status, words of the voice or the place, an actor by words of its name, and the
    first and last day (both, or neither) that the claim speaks of."""

    frame: str | None = None
    status: str | None = None
    voice: str | None = None
    place: str | None = None
    actor: str | None = None
    since: date | None = None
    until: date | None = None


def search_claims(connection: sqlite3.Connection, words: str | None, wanted: Wanted, limit: int) -> list[Hit]:
    """Claims whose quote or voice has the words, best first; without words, or where one of several that are all asked for stands in
    very many claims, in the order in which they were read. Of those that are wanted. Raises BadSetting for words that are no query."""
    conditions = list(_narrow(wanted))
    tables, columns, order = "claim", "claim.quote, 0.0", "claim.number"
    if words is not None:
        conditions.insert(0, ("claim_text MATCH ?", (as_query(words),)))
        tables, order = "claim_text CROSS JOIN claim ON claim.number = claim_text.rowid", "claim_text.rowid"
        columns = "snippet(claim_text, 0, '«', '»', '…', 40), 0.0"
        if _ranks(connection, "claim_text", words):
            columns, order = columns.replace("0.0", "bm25(claim_text, 4.0, 1.0) AS score"), "score, claim.report, claim.trigger_start"
    where = " AND ".join(condition for condition, _ in conditions) or "1"
    values = [value for _, given in conditions for value in given]
    rows = _execute(connection, f"SELECT claim.report, claim.id, {columns} FROM {tables} WHERE {where} ORDER BY {order} LIMIT ?", (*values, limit), words)  # noqa: S608  names of ours only
    return [Hit(*row) for row in rows]


def _narrow(wanted: Wanted) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The conditions of a search with their values."""
    for name in ("frame", "status"):
        if value := getattr(wanted, name):
            yield f"claim.{name} = ?", (value,)
    for name in ("voice", "place"):
        if value := getattr(wanted, name):
            yield f"claim.{name} LIKE ? ESCAPE '^'", ("%" + re.sub(r"([%_^])", r"^\1", value) + "%",)
    days = (wanted.until.toordinal(), wanted.since.toordinal()) if wanted.since and wanted.until else None
    in_days = "claim_actor.first <= ? AND claim_actor.last >= ?"  # of no day at all: from 0 to 0
    if wanted.actor is not None:
        spoken = f" AND {in_days}" if days else ""
        named = "actor_text CROSS JOIN claim_actor ON claim_actor.actor <= actor_text.rowid AND claim_actor.actor_too >= actor_text.rowid"
        yield f"claim.number IN (SELECT claim_actor.id / {MOST_ACTORS} FROM {named} WHERE actor_text MATCH ?{spoken})", (_as_names(wanted.actor), *(days or ()))  # noqa: S608
    elif days:
        yield f"claim.number IN (SELECT claim_actor.id / {MOST_ACTORS} FROM claim_actor WHERE {in_days})", days  # noqa: S608


def _ranks(connection: sqlite3.Connection, table: str, words: str) -> bool:
    """Whether ranking what has these words says something and is worth its cost: all that have all of them differ by how rare each
    word is in nothing, and to know that of a word in half a million claims takes longer than all else."""
    if _OPERATORS.search(words):
        return True
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT ?)"  # noqa: S608
    return all(_execute(connection, sql, (word, _COMMON), words)[0][0] < _COMMON for word in _split(words))


def search_reports(connection: sqlite3.Connection, words: str, limit: int) -> list[Hit]:
    """Reports whose text has the words, best first, as claims are. Raises BadSetting for words that are no query."""
    ranks = _ranks(connection, "report_text", words)
    score, order = ("bm25(report_text) AS score", "score, report.id") if ranks else ("0.0", "report_text.rowid")
    sql = (
        f"SELECT report.id, NULL, snippet(report_text, 0, '«', '»', '…', 24), {score} FROM report_text "  # noqa: S608
        f"JOIN report ON report.number = report_text.rowid WHERE report_text MATCH ? ORDER BY {order} LIMIT ?"
    )
    return [Hit(*row) for row in _execute(connection, sql, (as_query(words), limit), words)]


def _execute(connection: sqlite3.Connection, sql: str, values: tuple[object, ...], words: str | None) -> list[tuple]:  # type: ignore[type-arg]
    try:
        return connection.execute(sql, values).fetchall()
    except sqlite3.OperationalError as error:
        if words is None:
            raise LedgerProblem(f"the index cannot be searched ({error}); derive it again with: reportedly rebuild CASE") from error
        raise BadSetting(f'cannot search for {words}: write words, "a phrase", AND, OR or NOT between two of them, NEAR(a b), or word*') from error
    except sqlite3.DatabaseError as error:
        raise LedgerProblem(f"the index is damaged ({error}); derive it again with: reportedly rebuild CASE") from error


def as_query(words: str) -> str:
    """What a person types as a query: phrases, AND, OR, NOT and NEAR(…) as they are, other words one by one, all wanted. Raises
    BadSetting where nothing is asked for."""
    if not words.strip():
        raise BadSetting("nothing to search for; name a word")
    return words if _OPERATORS.search(words) else " ".join(_split(words))


def _as_names(words: str) -> str:
    """Words of a name as a query, all wanted: nothing in them is an operator. Raises BadSetting where there is none."""
    names = [f'"{name}"' for name in re.findall(r"[^\W_]+", words)]
    if not names:
        raise BadSetting(f"--actor {words}: names nobody; write words of a name")
    return " ".join(names)


def _split(words: str) -> list[str]:
    """Phrases and single words, each in quotation marks: nothing in them is an operator."""
    return [part if part.startswith('"') else '"' + part + '"' for part in re.findall(r'"[^"]*"|[^\s"]+', words)]
