"""The shelf: what was derived for a view of a case, kept so that a page reads only what it shows.

It lies beside the index, or elsewhere where the case may not be written to. Nothing in it is not in the log: it is dropped with the
index when words are withheld, and whoever finds none derives it again.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from reportedly.errors import LedgerProblem
from reportedly.ledger.derived import drop_index

SHELF = "shelf.sqlite"  # its name in a case
_MOST_VIEWS = 24  # kept beside today's; the one that was written longest ago goes first
_SCHEMA = """
CREATE TABLE view (name TEXT PRIMARY KEY, log TEXT NOT NULL, entry INTEGER NOT NULL, hash TEXT NOT NULL, written INTEGER NOT NULL) STRICT;
CREATE TABLE row (
    view TEXT NOT NULL, kind TEXT NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL, event TEXT NOT NULL, frame TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (view, kind, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX row_id ON row (view, kind, id);
CREATE INDEX row_event ON row (view, kind, event);
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """The entry of a log as of which rows were derived: the log's number, the entry's number, and its hash, which tells one history from
    another."""

    log: str
    entry: int
    hash: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of a shelf: its id, the event it belongs to, its frame and state ("" where it has none), and what is shown, as JSON."""

    id: str
    body: str
    event: str = ""
    frame: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows of a kind are wanted; what is "" narrows nothing."""

    id: str = ""
    event: str = ""
    frame: str = ""
    state: str = ""


class DamagedShelf(Exception):
    """A shelf that cannot be read any more: it is dropped, and derived again."""


class Shelf:
    """An open shelf. Use as a context manager; a reader sees one state of it throughout."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._execute("BEGIN")

    def _execute(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. Raises DamagedShelf where the file is no database any more."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError:
            raise  # locked: it is whole
        except sqlite3.DatabaseError as error:
            raise DamagedShelf(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    def mark_of(self, view: str) -> Mark | None:
        """The entry as of which a view was derived; None where it is not kept."""
        rows = self._execute("SELECT log, entry, hash FROM view WHERE name = ?", (view,))
        return Mark(*rows[0]) if rows else None

    def rows(self, view: str, kind: str, chosen: Chosen | None = None, limit: int = -1, offset: int = 0) -> list[Kept]:
        """Rows of a kind in their order."""
        where, values = _narrow(view, kind, chosen or Chosen())
        sql = f"SELECT id, body, event, frame, state FROM row WHERE {where} ORDER BY place LIMIT ? OFFSET ?"  # noqa: S608  names of ours only
        return [Kept(*row) for row in self._execute(sql, (*values, limit, offset))]

    def count(self, view: str, kind: str, chosen: Chosen | None = None) -> int:
        """How many rows of a kind there are."""
        where, values = _narrow(view, kind, chosen or Chosen())
        return int(self._execute(f"SELECT count(*) FROM row WHERE {where}", values)[0][0])  # noqa: S608

    def find(self, view: str, kind: str, one: str) -> Kept | None:
        """The row of an id."""
        return next(iter(self.rows(view, kind, Chosen(id=one), limit=1)), None)

    def ids(self, view: str, kind: str) -> list[str]:
        """The ids of all rows of a kind, in their order."""
        return [one for (one,) in self._execute("SELECT id FROM row WHERE view = ? AND kind = ? ORDER BY place", (view, kind))]

    def tally(self, view: str, kind: str) -> dict[tuple[str, str], int]:
        """How many rows of a kind there are of each frame and state."""
        sql = "SELECT frame, state, count(*) FROM row WHERE view = ? AND kind = ? GROUP BY frame, state ORDER BY frame, state"
        return {(frame, state): count for frame, state, count in self._execute(sql, (view, kind))}


def _narrow(view: str, kind: str, chosen: Chosen) -> tuple[str, tuple[str, ...]]:
    wanted = {"view": view, "kind": kind, **{name: value for name in ("id", "event", "frame", "state") if (value := getattr(chosen, name))}}
    return " AND ".join(f"{name} = ?" for name in wanted), tuple(wanted.values())


def open_shelf(path: Path, version: int) -> Shelf | None:
    """A shelf to read from; None where there is none, or one that another version of what derives its rows has written."""
    if not path.exists():
        return None
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=5)
        if connection.execute("PRAGMA user_version").fetchone()[0] == version:
            return Shelf(connection)
        connection.close()
    except sqlite3.Error:
        pass  # being made, dropped or damaged: it is derived again
    return None


def write_shelf(path: Path, version: int, view: str, mark: Mark, kinds: Iterable[tuple[str, Iterable[Kept]]], has_lost_words: Callable[[], bool]) -> bool:
    """Keep what was derived for a view as of the entry of a log that `mark` names, in place of what was kept of it; views of another
    log go. Nothing is kept, and False returned, where the log has lost words since (asked under the lock) that these rows may say.
    Raises LedgerProblem where it cannot be written."""
    with closing(_open_to_write(path, version)) as connection:
        with _writing(connection, path):
            if has_lost_words():
                return False
            others = [name for (name,) in connection.execute("SELECT name FROM view WHERE log != ?", (mark.log,))]
            oldest = [name for (name,) in connection.execute("SELECT name FROM view WHERE name NOT IN (?, '') ORDER BY written DESC LIMIT -1 OFFSET ?", (view, _MOST_VIEWS - 1))]
            for gone in {view, *others, *oldest}:
                connection.execute("DELETE FROM row WHERE view = ?", (gone,))
                connection.execute("DELETE FROM view WHERE name = ?", (gone,))
            for kind, rows in kinds:
                found = ((view, kind, place, one.id, one.event, one.frame, one.state, one.body) for place, one in enumerate(rows))
                connection.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?, ?)", found)
            connection.execute("INSERT INTO view SELECT ?, ?, ?, ?, coalesce(max(written), 0) + 1 FROM view", (view, mark.log, mark.entry, mark.hash))
        connection.execute("PRAGMA busy_timeout=3000")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # who opens it next would read through all that was written, each time
    return True


def drop_shelf(path: Path) -> None:
    """Delete a shelf with what SQLite keeps beside it. Raises OSError."""
    drop_index(path)


def _open_to_write(path: Path, version: int) -> sqlite3.Connection:
    """A shelf to write to, made where there is none or one that is damaged or of another version. Raises LedgerProblem."""
    try:
        for _ in range(2):
            connection = sqlite3.connect(path, timeout=30, isolation_level=None)
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=OFF")  # it can be derived again
                if connection.execute("PRAGMA user_version").fetchone()[0] == version:
                    return connection
                if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                    connection.executescript(f"BEGIN IMMEDIATE;{_SCHEMA};PRAGMA user_version = {version};COMMIT;")
                    return connection
            except sqlite3.OperationalError:  # locked, or no place to write: it is whole
                connection.close()
                raise
            except sqlite3.DatabaseError:
                pass
            connection.close()
            drop_shelf(path)
    except (sqlite3.Error, OSError) as error:
        raise LedgerProblem(f"{path}: cannot be written ({error}); free space or check permissions") from error
    raise LedgerProblem(f"{path}: cannot be made; move it away")


@contextmanager
def _writing(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise LedgerProblem(f"{path}: not written ({error}); free space or check permissions") from error
    except sqlite3.DatabaseError as error:
        drop_shelf(path)
        raise LedgerProblem(f"{path}: was damaged ({error}), and is dropped; what it held is derived again") from error
