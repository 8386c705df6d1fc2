"""The case on disk."""

import sqlite3
import stat
from pathlib import Path

import pytest
from tests_support import EXAMPLES

from reportedly.errors import LedgerProblem
from reportedly.ledger import create_case, open_ledger
from reportedly.ledger.canonical import read_canonical, write_canonical
from reportedly.pipeline import Case
from reportedly.reading import make_reading
from reportedly.records import ClaimSet, Leaving, Published, Report


def test_a_new_case_holds_nothing_and_opens(tmp_path: Path) -> None:
    create_case(tmp_path / "case", 'Crews "north"\nand south')
    with open_ledger(tmp_path / "case") as ledger:
        assert (ledger.title, ledger.reports()) == ('Crews "north" and south', {})


def test_a_case_is_not_made_over_another_or_over_other_files(tmp_path: Path) -> None:
    create_case(tmp_path / "case")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(LedgerProblem, match="is a case already; add reports to it with"):
        create_case(tmp_path / "case")
    with pytest.raises(LedgerProblem, match="not empty; name a new one"):
        create_case(tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["notes.txt"]


def test_a_case_where_a_file_lies_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(LedgerProblem, match="cannot be written"):
        create_case(tmp_path / "file" / "case")


def test_no_case_is_said_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(LedgerProblem, match="no case here; make one with: reportedly init"):
        open_ledger(tmp_path)


@pytest.mark.parametrize(
    ("toml", "message"),
    [("format = 3\n", "format 3, this program reads 2; update"), ("format = [", "cannot be read"), ("", "format None")],
    ids=["newer", "broken", "empty"],
)
def test_another_format_is_refused(tmp_path: Path, toml: str, message: str) -> None:
    create_case(tmp_path / "case")
    (tmp_path / "case" / "case.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(LedgerProblem, match=message):
        open_ledger(tmp_path / "case")


def test_a_damaged_ledger_is_refused_with_the_remedy(tmp_path: Path) -> None:
    create_case(tmp_path / "case")
    (tmp_path / "case" / "ledger.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(LedgerProblem, match="restore it from a copy"):
        open_ledger(tmp_path / "case")


@pytest.mark.parametrize("sql", ["UPDATE log SET body='x'", "DELETE FROM log"], ids=["update", "delete"])
def test_the_log_refuses_to_change(case: Case, sql: str) -> None:
    case.add([EXAMPLES / "6-train.md"])
    with sqlite3.connect(case.ledger.path / "ledger.sqlite") as raw, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(sql)
    raw.close()


def test_the_original_bytes_are_kept_once_and_read_only(case: Case, tmp_path: Path) -> None:
    original = b"\xef\xbb\xbfThe crew left.\r\n"
    (tmp_path / "report.txt").write_bytes(original)
    case.add([tmp_path / "report.txt"])
    case.add([tmp_path / "report.txt"])
    (kept,) = [path for path in (case.ledger.path / "evidence").rglob("*") if path.is_file()]
    assert kept.read_bytes() == original
    assert not kept.stat().st_mode & stat.S_IWUSR


def test_the_same_bytes_are_kept_once_and_each_coming_is_logged(case: Case, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("The crew left.", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text(
        "file,outlet,url,collected_at,collector,source_url,method,note\n"
        "page.txt,Hill Post,https://hill.example/1,2021-06-11T22:30:00-05:00,Ben,https://archive.example/1,saved in a browser,the page was gone a day later\n",
        encoding="utf-8",
    )
    case.add([], manifest=tmp_path / "manifest.csv")
    case.add([tmp_path / "page.txt"])
    case.add([tmp_path / "page.txt"])
    first, *others = case.ledger.collected()
    assert (first.collected_at, first.collector, first.source_url, first.notes) == (
        "2021-06-12T03:30:00+00:00",
        "Ben",
        "https://archive.example/1",
        "the page was gone a day later",
    )
    assert first.method.startswith("saved in a browser; read by reportedly ")
    assert first.media_type == "text/plain"
    assert [(one.collected_at, one.collector, one.source_url) for one in others] == [(one.at, None, None) for one in others]
    assert len(others) == 2
    assert {one.sha256 for one in others} == {first.sha256}
    assert len([path for path in (case.ledger.path / "evidence").rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("moment", ["yesterday", "2021-06-11T22:30:00", "2021-13-01", "2999-01-01", "1066-10-14"])
def test_a_time_of_collection_that_is_none_is_refused(case: Case, tmp_path: Path, moment: str) -> None:
    (tmp_path / "page.txt").write_text("The crew left.", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text(f"file,collected_at\npage.txt,{moment}\n", encoding="utf-8")
    assert [problem.code for problem in case.add([], manifest=tmp_path / "manifest.csv").problems] == ["manifest"]


def test_a_transaction_that_fails_keeps_nothing(case: Case) -> None:
    reading = make_reading(b"The crew left.", "report.txt")

    def add_and_fail() -> None:
        with case.ledger.transaction():
            case.ledger.add_reading(reading)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_and_fail()
    assert case.ledger.reports() == {}


def test_a_locked_out_ledger_says_so_and_keeps_nothing(case: Case) -> None:
    other = sqlite3.connect(case.ledger.path / "ledger.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    case.ledger.connection.execute("PRAGMA busy_timeout=10")
    with pytest.raises(LedgerProblem, match=r"database is locked.*do it again"), case.ledger.transaction():
        pass
    other.close()


def test_records_survive_the_way_to_disk_and_back(case: Case) -> None:
    case.add([EXAMPLES])
    for claim_set in case.ledger.claim_sets():
        assert read_canonical(write_canonical(claim_set), ClaimSet) == claim_set
    report = make_reading("Rasŏn “한국어” 👩‍🚒 é".encode(), "report.txt").report
    assert read_canonical(write_canonical(report), Report) == report


def test_canonical_json_sorts_its_keys() -> None:
    assert write_canonical(Leaving("reading", "empty", "a.txt")).startswith(b'{"end":null,"file":"a.txt","note":"","reason"')
    assert write_canonical(Published(None, "unknown")) == b'{"basis":"unknown","when":null}'
