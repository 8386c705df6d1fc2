"""The shelf: what was derived for a view, read row by row, and never more lasting than the log."""

import sqlite3
from pathlib import Path

import pytest

from reportedly.deciding import withhold
from reportedly.errors import LedgerProblem
from reportedly.ledger.shelf import SHELF, Chosen, Kept, Mark, Shelf, open_shelf, write_shelf
from reportedly.pipeline import Case
from reportedly.viewing import TODAY, shelve

VERSION = 7
ROWS = [Kept("a", '{"n":1}', "e1", "dispatch", "contested"), Kept("b", '{"n":2}', "e1", "pay", "revised"), Kept("c", '{"n":3}', "e2", "dispatch", "revised")]


def _write(path: Path, view: str = TODAY, entry: int = 5, *, lost: bool = False, log: str = "log", rows: list[Kept] = ROWS) -> bool:
    return write_shelf(path, VERSION, view, Mark(log, entry, f"{log}{entry}"), [("events", rows)], lambda: lost)


def _entry(shelf: Shelf, view: str) -> int | None:
    mark = shelf.mark_of(view)
    return mark.entry if mark else None


def _open(path: Path) -> Shelf:
    found = open_shelf(path, VERSION)
    assert found is not None
    return found


def test_rows_come_back_in_their_order_narrowed_by_what_is_chosen(tmp_path: Path) -> None:
    _write(tmp_path / SHELF)
    with _open(tmp_path / SHELF) as shelf:
        assert shelf.rows(TODAY, "events") == ROWS
        assert [one.id for one in shelf.rows(TODAY, "events", Chosen(frame="dispatch"))] == ["a", "c"]
        assert [one.id for one in shelf.rows(TODAY, "events", limit=1, offset=1)] == ["b"]
        assert (shelf.count(TODAY, "events", Chosen(event="e1")), shelf.find(TODAY, "events", "c"), _entry(shelf, TODAY)) == (2, ROWS[2], 5)
        assert shelf.tally(TODAY, "events") == {("dispatch", "contested"): 1, ("dispatch", "revised"): 1, ("pay", "revised"): 1}


def test_nothing_is_kept_where_the_log_lost_words_meanwhile(tmp_path: Path) -> None:
    assert not _write(tmp_path / SHELF, lost=True)
    with _open(tmp_path / SHELF) as shelf:
        assert shelf.mark_of(TODAY) is None


def test_a_view_takes_the_place_of_what_was_kept_of_it_and_views_of_another_log_go(tmp_path: Path) -> None:
    _write(tmp_path / SHELF, "2031-04-01", log="old")
    _write(tmp_path / SHELF, entry=5)
    _write(tmp_path / SHELF, entry=6, rows=ROWS[:1])
    with _open(tmp_path / SHELF) as shelf:
        assert (shelf.rows(TODAY, "events"), _entry(shelf, TODAY), _entry(shelf, "2031-04-01")) == (ROWS[:1], 6, None)


def test_of_many_days_those_written_longest_ago_go_and_today_stays(tmp_path: Path) -> None:
    _write(tmp_path / SHELF)
    for day in range(40):
        _write(tmp_path / SHELF, f"2031-05-{day:02}")
    with _open(tmp_path / SHELF) as shelf:
        kept = [day for day in range(40) if _entry(shelf, f"2031-05-{day:02}") is not None]
        assert (_entry(shelf, TODAY), kept) == (5, list(range(16, 40)))


@pytest.mark.parametrize("damage", [b"no database at all", b""])
def test_a_damaged_shelf_is_none_and_is_made_anew(damage: bytes, tmp_path: Path) -> None:
    (tmp_path / SHELF).write_bytes(damage)
    assert open_shelf(tmp_path / SHELF, VERSION) is None
    assert _write(tmp_path / SHELF)
    with _open(tmp_path / SHELF) as shelf:
        assert shelf.rows(TODAY, "events") == ROWS


def test_a_shelf_of_another_version_is_none_and_is_made_anew(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / SHELF) as connection:
        connection.executescript("CREATE TABLE view (other TEXT); PRAGMA user_version = 99;")
    connection.close()
    assert open_shelf(tmp_path / SHELF, VERSION) is None
    assert _write(tmp_path / SHELF)


def test_a_reader_sees_one_state_while_another_is_written(tmp_path: Path) -> None:
    _write(tmp_path / SHELF)
    with _open(tmp_path / SHELF) as shelf:
        assert _entry(shelf, TODAY) == 5
        _write(tmp_path / SHELF, entry=6, rows=[])
        assert (_entry(shelf, TODAY), shelf.rows(TODAY, "events")) == (5, ROWS)


def test_a_shelf_that_cannot_be_written_is_said_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(LedgerProblem, match=r"shelf\.sqlite: cannot be written .*; free space or check permissions"):
        _write(tmp_path / "no such folder" / SHELF)


def test_what_is_withheld_is_gone_from_the_shelf(framed: Case) -> None:
    path = framed.ledger.path / SHELF
    shelve(framed, TODAY, path)
    assert b"early April" in b"".join(one.read_bytes() for one in framed.ledger.path.glob("shelf.sqlite*"))
    withhold(framed, framed.find_report("1-first-round", framed.view()), "Ana", "they could be found", "early April")
    assert list(framed.ledger.path.glob("shelf.sqlite*")) == []
