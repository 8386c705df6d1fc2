"""The chained log: what was written stays, and whatever changes it is found and named."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests_support import EXAMPLES

from reportedly.deciding import review
from reportedly.errors import LedgerProblem
from reportedly.keeping import stamp, verify
from reportedly.ledger import chain, open_ledger
from reportedly.ledger.chain import FORMAT, Broken, Entry, check_chain, check_evidence
from reportedly.ledger.evidence import evidence_path, store_evidence
from reportedly.ledger.searching import Wanted
from reportedly.ledger.timestamp import is_granted
from reportedly.pipeline import init_case, open_case
from reportedly.records import Review

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A case with two reports, on disk and closed."""
    with init_case(tmp_path / "case", "A case", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES / "1-first-round.md", EXAMPLES / "4-delay.md"])
    return tmp_path / "case"


def entries(path: Path) -> list[Entry]:
    with open_ledger(path) as ledger:
        return list(ledger.entries())


def first_broken(path: Path, head: str | None = None) -> Broken | None:
    with open_case(path) as case:
        return next(verify(case, head), None)


def test_a_case_that_nobody_touched_holds(full: Path) -> None:
    assert first_broken(full) is None


@pytest.mark.parametrize("field", ["at", "kind", "about", "body", "body_sha256", "hash"])
def test_every_changed_character_of_an_entry_is_found(full: Path, field: str) -> None:
    found = entries(full)
    kept = next(number for number, entry in enumerate(found) if entry.kind == "reading")
    text = getattr(found[kept], field)
    for at, letter in enumerate(text):
        for other in random.Random(at).sample(LETTERS, 2):
            if other == letter:
                continue
            changed = Entry(**(vars(found[kept]) | {field: text[:at] + other + text[at + 1 :]}))
            assert next(check_chain([*found[:kept], changed, *found[kept + 1 :]]), None) is not None


def test_random_changes_anywhere_in_the_log_are_found(full: Path) -> None:
    found, draw = entries(full), random.Random(1)
    for _ in range(2_000):
        number = draw.randrange(len(found))
        field = draw.choice(["at", "kind", "about", "body", "body_sha256", "hash"])
        text = getattr(found[number], field)
        at = draw.randrange(len(text))
        letter = draw.choice([one for one in LETTERS if one != text[at]])
        changed = Entry(**(vars(found[number]) | {field: text[:at] + letter + text[at + 1 :]}))
        assert next(check_chain([*found[:number], changed, *found[number + 1 :]]), None) is not None


@pytest.mark.parametrize(
    "spoil", [lambda log: log[:2] + log[3:], lambda log: [*log[:2], log[3], log[2], *log[4:]], lambda log: [*log, log[-1]]], ids=["taken away", "swapped", "twice"]
)
def test_entries_taken_away_swapped_or_repeated_are_found(full: Path, spoil: Callable[[list[Entry]], list[Entry]]) -> None:
    assert next(check_chain(spoil(entries(full))), None) is not None


def test_a_head_noted_down_finds_a_log_that_was_cut_off(full: Path) -> None:
    found = entries(full)
    assert next(check_chain(found[:-1]), None) is None
    assert "cut off" in next(check_chain(found[:-1], found[-1].hash)).why
    assert next(check_chain(found, found[2].hash), None) is None


def test_the_log_refuses_update_delete_and_gaps(full: Path) -> None:
    connection = sqlite3.connect(full / "ledger.sqlite")
    for sql in (
        "UPDATE log SET body = 'x' WHERE seq = 2",
        "UPDATE log SET body = NULL WHERE seq = 2",
        "DELETE FROM log WHERE seq = 2",
        "INSERT INTO log SELECT 99, at, kind, about, body, body_sha256, hash FROM log WHERE seq = 1",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="the log"):
            connection.execute(sql)


def test_every_changed_byte_of_an_original_is_found(tmp_path: Path) -> None:
    original = "Crew 7 left, a cook said — 한국.\r\n".encode()
    sha256 = store_evidence(tmp_path, original)
    path = evidence_path(tmp_path, sha256)
    path.chmod(0o644)
    for at in range(len(original)):
        for value in range(256):
            if value != original[at]:
                path.write_bytes(original[:at] + bytes([value]) + original[at + 1 :])
                assert list(check_evidence([(sha256, "a.txt")], tmp_path)), (at, value)
    for spoilt in (original[:-1], original + b"x", b""):
        path.write_bytes(spoilt)
        assert list(check_evidence([(sha256, "a.txt")], tmp_path))
    path.write_bytes(original)
    assert list(check_evidence([(sha256, "a.txt")], tmp_path)) == []


def test_changed_and_missing_originals_are_named(full: Path) -> None:
    path = next((full / "evidence").glob("??/*"))
    path.chmod(0o644)
    original = path.read_bytes()
    for at in range(0, len(original), 97):
        path.write_bytes(original[:at] + bytes([original[at] ^ 1]) + original[at + 1 :])
        broken = first_broken(full)
        assert broken is not None
        assert path.name in broken.place
    path.unlink()
    broken = first_broken(full)
    assert broken is not None
    assert "is missing" in broken.why


def test_a_truncated_database_is_refused_or_found(full: Path) -> None:
    with open_ledger(full) as ledger:
        ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = (full / "ledger.sqlite").read_bytes()
    (full / "ledger.sqlite").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LedgerProblem, match="restore it from a copy"):
        assert first_broken(full) is None


def test_a_clock_that_was_set_back_is_refused_with_both_times(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Yesterday(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(tz) - timedelta(days=1)  # type: ignore[arg-type]

    monkeypatch.setattr("reportedly.ledger.case.datetime", Yesterday)
    with open_case(full) as case, pytest.raises(LedgerProblem, match="set the clock right"):
        case.add([EXAMPLES / "2-second-round.md"])
    monkeypatch.undo()
    assert first_broken(full) is None


def test_two_logs_put_together_by_hand_do_not_hold(full: Path, tmp_path: Path) -> None:
    with init_case(tmp_path / "other") as case:
        case.add([EXAMPLES / "3-fewer-men.md"])
    ours, theirs = entries(full), entries(tmp_path / "other")
    moved = [Entry(**(vars(one) | {"seq": len(ours) + number})) for number, one in enumerate(theirs, start=1)]
    assert next(check_chain([*ours, *moved]), None) is not None


def test_a_case_of_format_1_is_brought_to_this_one_entry_for_entry(full: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    (old / "evidence").mkdir(parents=True)
    (old / "case.toml").write_text('format = 1\ntitle = "Old"\nplaybooks = ["labour_export"]\n', encoding="utf-8")
    log = [entry for entry in entries(full) if entry.kind != "case"]
    connection = sqlite3.connect(old / "ledger.sqlite")
    connection.execute("CREATE TABLE log (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL, body TEXT NOT NULL) STRICT")
    connection.executemany("INSERT INTO log (at, kind, about, body) VALUES (?, ?, ?, ?)", [(one.at, one.kind, one.about, one.body) for one in log])
    connection.commit()
    connection.close()
    with open_case(old) as case, open_case(full) as fresh:
        assert list(case.claims(case.view())) == list(fresh.claims(fresh.view()))
    assert [(one.at, one.kind, one.about, one.body) for one in entries(old)][:-1] == [(one.at, one.kind, one.about, one.body) for one in log]
    assert next(check_chain(entries(old)), None) is None
    assert f"format = {FORMAT}" in (old / "case.toml").read_text(encoding="utf-8")
    assert (old / "ledger.v1.sqlite").exists()
    assert entries(old)[-1].kind == "case"


def test_a_log_that_is_chained_is_not_chained_anew(full: Path) -> None:
    (full / "case.toml").write_text((full / "case.toml").read_text(encoding="utf-8").replace("format = 2", "format = 1"), encoding="utf-8")
    before = (full / "ledger.sqlite").read_bytes()
    with pytest.raises(LedgerProblem, match="the log is of format 2"):
        open_case(full)
    assert (full / "ledger.sqlite").read_bytes() == before
    assert not (full / "ledger.new.sqlite").exists()


def test_what_was_known_by_a_day_is_what_the_log_held_then(full: Path) -> None:
    with open_case(full, known_by=date(2020, 1, 1)) as case:
        assert case.view().reports == {}
        assert case.ledger.reviews() == []
    with open_case(full) as case:
        claim = next(case.claims(case.view()))
        review(case, Review(claim.id, "reject", "Ana"))
    with open_case(full, known_by=datetime.now(UTC).date()) as case:
        assert len(case.view().reports) == 2
        assert claim.id not in {one.id for one in case.claims(case.view())}


def test_the_verifier_needs_nothing_but_python(full: Path, tmp_path: Path) -> None:
    script = tmp_path / "verify.py"
    script.write_bytes(Path(chain.__file__).read_bytes())
    done = subprocess.run([sys.executable, "-I", "-S", str(script), str(full)], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"holds\n")
    path = next((full / "evidence").glob("??/*"))
    path.chmod(0o644)
    path.write_bytes(b"other")
    done = subprocess.run([sys.executable, "-I", "-S", str(script), str(full)], capture_output=True, check=False)
    assert done.returncode == 1
    assert b"was changed" in done.stdout


def test_a_flipped_byte_of_the_file_is_found_or_does_no_harm(full: Path) -> None:
    with open_case(full) as case:
        derived = list(case.claims(case.view()))
        case.ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole, draw = (full / "ledger.sqlite").read_bytes(), random.Random(3)
    found = 0
    for at in draw.sample(range(len(whole)), 150):
        (full / "ledger.sqlite").write_bytes(whole[:at] + bytes([whole[at] ^ (1 << draw.randrange(8))]) + whole[at + 1 :])
        try:
            with open_case(full) as case:
                broken = next(verify(case), None)
                found += broken is not None
                assert broken is not None or list(case.claims(case.view())) == derived
        except LedgerProblem:
            found += 1
        for side in ("-wal", "-shm"):
            (full / f"ledger.sqlite{side}").unlink(missing_ok=True)
    assert found > 75


def test_a_time_stamp_request_is_der_over_the_head_and_always_the_same(full: Path) -> None:
    import hashlib

    with open_case(full) as case:
        written = stamp(case, None)
        head = case.ledger.head
        assert stamp(case, None).read_bytes() == written.read_bytes()
    request = written.read_bytes()
    assert (request[0], request[1]) == (0x30, len(request) - 2)
    assert hashlib.sha256(head.encode()).digest() in request
    assert request.endswith(bytes.fromhex("0101ff"))


@pytest.mark.parametrize(("answer", "granted"), [("30053003020100", True), ("30053003020101", True), ("30053003020102", False), ("", False), ("3c68746d6c3e", False)])
def test_only_a_granted_stamp_is_one(answer: str, *, granted: bool) -> None:
    assert is_granted(bytes.fromhex(answer)) is granted


def test_a_server_that_does_not_answer_leaves_the_request(full: Path) -> None:
    with open_case(full) as case:
        for url in ("http://127.0.0.1:9/", "ftp://example.org", "nowhere"):
            with pytest.raises(LedgerProblem, match=r"no time stamp|named by"):
                stamp(case, url)
    assert [path.suffix for path in (full / "timestamps").iterdir()] == [".tsq"]


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('format = 2\ntitle = "Another"\nplaybooks = ["labour_export"]\n', "title is 'Another', and the log says 'A case'"),
        ('format = 2\ntitle = "A case"\nplaybooks = []\n', "playbooks is []"),
    ],
)
def test_settings_that_are_not_those_of_the_log_are_found(full: Path, toml: str, says: str) -> None:
    (full / "case.toml").write_text(toml, encoding="utf-8")
    broken = first_broken(full)
    assert broken is not None
    assert (broken.place, says in broken.why) == ("case.toml", True)


def test_a_damaged_original_is_mended_by_its_true_bytes(full: Path) -> None:
    path = next((full / "evidence").glob("??/*"))
    path.chmod(0o644)
    path.write_bytes(b"other")
    assert first_broken(full) is not None
    with open_case(full) as case:
        case.add([EXAMPLES / "1-first-round.md", EXAMPLES / "4-delay.md"])
    assert first_broken(full) is None


READ = """
import ctypes, sys
libc, folder = ctypes.CDLL(None), sys.argv[1].encode()
NEW_NAMESPACE, BIND, REMOUNT_READ_ONLY, PRIVATE = 0x20000, 4096, 4096 | 32 | 1, (1 << 18) | (1 << 14)
if libc.unshare(NEW_NAMESPACE) or libc.mount(None, b"/", None, PRIVATE, None) or libc.mount(folder, folder, None, BIND, None) or libc.mount(None, folder, None, REMOUNT_READ_ONLY, None):
    raise SystemExit(77)
from datetime import date
from reportedly.keeping import verify
from reportedly.ledger.searching import Wanted
from reportedly.pipeline import open_case
with open_case(sys.argv[1]) as case:
    print(case.ledger.writable, next(verify(case), None), len(case.search("loggers", Wanted(), 5)))
with open_case(sys.argv[1], known_by=date(2999, 1, 1)) as case:
    print(len(case.search("loggers", Wanted(), 5)))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a mount of one's own is had on Linux")
@pytest.mark.parametrize("left_over", [False, True])
def test_a_case_on_a_medium_that_may_not_be_written_is_read_or_refused_in_a_line(full: Path, *, left_over: bool) -> None:
    with open_case(full) as case:
        hits = len(case.search("loggers", Wanted(), 5))
        if left_over:
            review(case, Review(next(case.claims(case.view())).id, "note", "Ana", "still in the other file"))
            saved = (full / "ledger.sqlite-wal").read_bytes()
    if left_over:
        (full / "ledger.sqlite-wal").write_bytes(saved)
    done = subprocess.run([sys.executable, "-c", READ, str(full)], capture_output=True, text=True, check=False)
    if done.returncode == 77:
        pytest.skip("no right to mount here")
    if left_over:
        assert "may be written: copy the case to such a place" in done.stderr
    else:
        assert (done.stderr, done.stdout.split()) == ("", ["False", "None", str(hits), str(hits)])
