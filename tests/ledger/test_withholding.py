"""What is withheld is gone from every byte of the case, whoever said it again, and whenever the program dies."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import unicodedata
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests_support import write_brief

from reportedly.deciding import rate, review, withhold
from reportedly.errors import BadSetting, LedgerProblem
from reportedly.keeping import bundle, verify
from reportedly.ledger.derived import read_reconciled, write_reconciled
from reportedly.ledger.masking import make_passage
from reportedly.ledger.withholding import find_repeats
from reportedly.pipeline import Case, init_case, open_case
from reportedly.records import Rating, Report, Review

NAME = "Nurse Zlatka"
TEXT = "---\noutlet: Hill Post\npublished: 2031-06-11\n---\nTwo crews left Chita in May, Nurse Zlatka said. They will return in June, a guard said.\n"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return init_case(tmp_path / "case", "A case", playbooks=("labour_export",))


def add(case: Case, name: str, text: str) -> Report:
    path = case.ledger.path.parent / name
    path.write_text(text, encoding="utf-8")
    before = set(case.view().reports)
    case.add([path])
    return next(report for report in case.view().reports.values() if report.id not in before)


def left_of(case: Case, *words: str) -> list[str]:
    """Which of the words lie in some byte of the case still, whatever their case and the coding of their accents."""
    case.__exit__()
    everything = unicodedata.normalize("NFC", b"".join(path.read_bytes() for path in case.ledger.path.rglob("*") if path.is_file()).decode("utf-8", "ignore"))
    names = " ".join(str(path) for path in case.ledger.path.rglob("*"))
    return [one for one in words if one.casefold() in (everything + names).casefold()]


def test_an_original_goes_with_the_last_report_that_shows_it_whole(case: Case, tmp_path: Path) -> None:
    one = add(case, "a.md", TEXT)
    other = add(case, "b.md", TEXT.replace("Hill Post", "Coast Times"))
    third = add(case, "c.md", "Nurse Zlatka left.")
    same = case.ledger.path.parent / "d.txt"
    same.write_bytes((case.ledger.path.parent / "c.md").read_bytes())
    (tmp_path / "manifest.csv").write_text("file,outlet\nd.txt,Hill Post\n", encoding="utf-8")
    case.add([], manifest=tmp_path / "manifest.csv")
    fourth = next(report for report in case.view().reports.values() if report.sha256 == third.sha256 and report.id != third.id)
    assert withhold(case, third, "Ana", "could be found", NAME).evidence == ()
    assert withhold(case, fourth, "Ana", "could be found", NAME).evidence == (third.sha256,)
    for report in (one, other):
        withhold(case, report, "Ana", "could be found", NAME)
    assert next(verify(case), None) is None
    bundle(case, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        assert [name for name in packed.namelist() if name.startswith("evidence/")] == []
    assert left_of(case, NAME) == []


def test_words_go_in_any_case_wrapping_and_coding_wherever_they_stand(tmp_path: Path) -> None:
    case = init_case(tmp_path / "case", "What nurse zlatka said", playbooks=("labour_export",))
    name = "Zoë  Zlatka"
    text = f"---\ntitle: ZOË ZLATKA speaks\nbyline: for {unicodedata.normalize('NFD', 'Zoë Zlatka')}\n---\nTwo crews left, Zoë\nZlatka said. Later zoë zlatka left too. A cook stayed in Chita.\n"
    report = add(case, "zoë zlatka.md", text)
    copy = add(case, "copy.md", "A crew left, zoë\n\tZLATKA said.")
    claim = next(claim for claim in case.claims(case.view()) if claim.report == copy.id)
    withheld = withhold(case, report, "Ana", "she could be found", name)
    assert len(withheld.passages or ()) == 2
    state = case.view().reports[report.id]
    assert (state.title, state.file) == ("██████████ speaks", "██████████.md")
    assert [one.id for one in find_repeats(case.ledger, name)] == [copy.id]
    review(case, Review(claim.id, "note", "Ana", "ask again"))
    withhold(case, copy, "Ana", "she could be found", "zoë zlatka")
    assert case.ledger.title == "What nurse zlatka said"
    other = add(case, "third.md", "Nurse Zlatka left Chita.")
    withhold(case, other, "Ana", "she could be found", "nurse zlatka")
    assert next(verify(case), None) is None
    assert left_of(case, "zlatka") == []
    with open_case(case.ledger.path) as again:
        assert again.ledger.title == "What ████████████ said"


def test_words_in_the_title_alone_can_be_withheld(case: Case) -> None:
    report = add(case, "a.md", "---\ntitle: Nurse Zlatka\n---\nA crew left Chita.\n")
    assert withhold(case, report, "Ana", "could be found", NAME).passages == ()
    assert left_of(case, NAME) == []


def test_a_rated_voice_is_forgotten_with_the_only_report_in_which_it_speaks(case: Case) -> None:
    report = add(case, "a.md", TEXT)
    add(case, "b.md", "---\noutlet: Coast Times\npublished: 2031-06-12\n---\nThree crews left Chita, a guard said.\n")
    spoken = {voice.name or voice.text for claim in case.claims(case.view()) for voice in claim.voice}
    named = next(one for one in spoken if "Zlatka" in one)
    rate(case, Rating("voice", named, "B", "Ana", "she was there"))
    rate(case, Rating("voice", next(one for one in spoken if one == "a guard"), "C", "Ana"))
    withhold(case, report, "Ana", "could be found")
    assert [one.name for one in case.ledger.ratings()] == ["a guard"]
    assert left_of(case, "Zlatka", "she was there") == []


def test_reasons_files_that_failed_and_exports_lose_the_words_too(case: Case, tmp_path: Path) -> None:
    first, second = add(case, "a.md", "The cook Oleg left Chita, he said."), add(case, "b.md", TEXT)
    (tmp_path / "Nurse Zlatka.txt").write_bytes(b"")
    case.add([tmp_path / "Nurse Zlatka.txt"])
    bundle(case, tmp_path / "for Nurse Zlatka.zip")
    withhold(case, first, "Ana", "as Nurse Zlatka asked", "Oleg")
    withhold(case, second, "Ana", "could be found", NAME)
    assert [(one.by, one.why) for one in case.ledger.withholdings()] == [("Ana", ""), ("Ana", "could be found")]
    assert next(verify(case), None) is None
    assert left_of(case, NAME) == []


def test_what_was_withheld_is_refused_without_its_name_in_the_log(case: Case, tmp_path: Path) -> None:
    report = add(case, "Zlatka.md", TEXT)
    withhold(case, report, "Ana", "could be found")
    assert [problem.code for problem in case.add([tmp_path / "Zlatka.md"]).problems] == ["withheld"]
    assert [one.file for one in case.leavings(case.view())] == [report.id]
    assert left_of(case, "Zlatka") == []


CODE = """
import sys
from reportedly.deciding import withhold
from reportedly.pipeline import open_case
with open_case(sys.argv[1]) as case:
    report = next(one for one in case.view().reports.values() if "Zlatka" in one.text)
    print("ready", flush=True)
    withhold(case, report, "Ana", "could be found", "Nurse Zlatka")
"""


def test_a_withholding_that_is_killed_is_not_there_or_is_seen_through(case: Case, tmp_path: Path) -> None:
    add(case, "a.md", TEXT + "Another crew came, a cook said. " * 2000)
    case.rebuild()
    case.__exit__()
    draw, done = random.Random(5), set()
    for number in range(12):
        folder = tmp_path / f"copy{number}"
        shutil.copytree(case.ledger.path, folder)
        with subprocess.Popen([sys.executable, "-c", CODE, str(folder)], stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            assert running.stdout.readline() == "ready\n"
            time.sleep(draw.random() * 0.25)
            running.send_signal(signal.SIGKILL)
        with open_case(folder) as again:
            assert next(verify(again), None) is None
            logged = bool(again.ledger.withholdings())
            done.add(logged)
            assert logged == (left_of(again, NAME) == [])
    assert done


def test_words_that_another_program_reads_still_are_told_and_go_later(case: Case, tmp_path: Path) -> None:
    report = add(case, "a.md", TEXT)
    reader = sqlite3.connect(case.ledger.path / "ledger.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM log").fetchone()
    case.ledger.connection.execute("PRAGMA busy_timeout=50")
    with pytest.raises(LedgerProblem, match="another program reads the case"):
        withhold(case, report, "Ana", "could be found", NAME)
    broken = next(verify(case), None)
    assert broken is not None
    assert "not seen through" in broken.why
    with pytest.raises(LedgerProblem, match="not seen through"):
        bundle(case, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()
    reader.close()
    case.__exit__()
    with open_case(case.ledger.path) as again:
        assert next(verify(again), None) is None
    assert left_of(case, NAME) == []


def test_an_original_that_came_back_by_another_way_is_found(case: Case) -> None:
    report = add(case, "a.md", TEXT)
    withhold(case, report, "Ana", "could be found", NAME)
    path = case.ledger.path / "evidence" / report.sha256[:2] / report.sha256
    path.write_bytes((case.ledger.path.parent / "a.md").read_bytes())
    broken = next(verify(case), None)
    assert broken is not None
    assert "was withheld, and is here" in broken.why


def test_a_day_before_a_withholding_says_what_it_lacks(case: Case) -> None:
    withhold(case, add(case, "a.md", TEXT), "Ana", "could be found")
    add(case, "b.md", "A crew left Chita.")
    today = datetime.now(UTC).date()
    with open_case(case.ledger.path, known_by=today) as past:
        assert (past.view().known_by, past.view().withheld) == (today.isoformat(), 0)
        assert f"at the end of {today}" in write_brief(past)
    connection = sqlite3.connect(case.ledger.path / "ledger.sqlite")
    connection.executescript("DROP TRIGGER log_is_append_only; UPDATE log SET at = '2031-01-01T00:00:00+00:00' WHERE kind IN ('withholding', 'reason')")
    connection.close()
    with open_case(case.ledger.path, known_by=today) as past:
        assert past.view().withheld == 1
        assert "1 report known then was withheld since" in write_brief(past)
    with open_case(case.ledger.path, known_by=date.max) as later:
        assert later.view().withheld == 0


def test_the_name_of_a_withheld_file_goes_from_what_was_said_of_others(case: Case, tmp_path: Path) -> None:
    report = add(case, "Zlatka.md", TEXT)
    (tmp_path / "twin.md").write_text(TEXT, encoding="utf-8")
    case.add([tmp_path / "Zlatka.md", tmp_path / "twin.md"])
    assert any("Zlatka.md" in leaving.note for leaving in case.leavings(case.view()))
    withhold(case, report, "Ana", "could be found")
    assert left_of(case, "Zlatka") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("O'Zorban", "Pat O’Zorban"),
        ("Pat O’Zorban", "PAT O'ZORBAN"),
        ("Großkopf", "GROSSKOPF"),
        ("José Kim", "J\u00ado\u00adsé Kim"),
        ("José Kim", "José\u200b Kim"),
        ("José Kim", "Jos\uff45\u0301 Kim"),
        ("José Kim", "Jose Kim"),
        ("José Kim", "José&nbsp;Kim"),
        ("José Kim", "José-Kim"),
        ("Mary Quuux", "mary_quuux.md"),
        ("Mary Quuux", "https://x.example/Mary%20Quuux"),
        ("José Kim", "https://x.example/Jos%C3%A9+Kim"),
        ("김철수", unicodedata.normalize("NFD", "김철수")),
    ],
)
def test_one_name_is_found_in_every_typing(words: str, said: str) -> None:
    passage = make_passage(words)
    text = f"before {said} behind"
    assert passage.is_in(text)
    assert len(passage.places(text)) == 1
    black = passage.black(text)
    assert len(black) == len(text)
    assert not passage.is_in(black)


@given(st.text(alphabet="aAbé-_ \n'’%20&;ßSs\u0301\u200b", max_size=40), st.text(alphabet="aAbés '", min_size=1, max_size=4))
def test_what_is_found_is_what_is_blacked_out(text: str, words: str) -> None:
    assume(any(mark.isalnum() for mark in words))
    passage = make_passage(words)
    assert passage.is_in(text) == bool(passage.places(text))
    assert not passage.is_in(passage.black(text))


@pytest.mark.parametrize("words", ["█", "- -", "’"])
def test_words_without_a_letter_are_refused(case: Case, words: str) -> None:
    with pytest.raises(BadSetting, match="no letter"):
        withhold(case, add(case, "a.md", TEXT), "Ana", "why", words)


def test_the_rating_of_an_outlet_goes_with_its_only_report(case: Case) -> None:
    report = add(case, "a.md", TEXT)
    rate(case, Rating("outlet", "Hill Post", "B", "Ana"))
    withhold(case, report, "Ana", "its writer could be found")
    assert case.ledger.ratings() == []
    assert left_of(case, "Hill Post") == []


KILLED_WHILE_STORING = """
import os, sys
from pathlib import Path
import reportedly.ledger.evidence as evidence
from reportedly.pipeline import open_case
evidence.os.fsync = lambda _: os.kill(os.getpid(), 9)
with open_case(sys.argv[1]) as case:
    case.add([Path(sys.argv[2])])
"""


def test_what_a_killed_add_left_of_an_original_goes_too(case: Case, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    subprocess.run([sys.executable, "-c", KILLED_WHILE_STORING, str(case.ledger.path), str(tmp_path / "a.md")], check=False)
    assert [path for path in (case.ledger.path / "evidence").rglob(".*") if path.is_file()]
    withhold(case, add(case, "b.md", TEXT), "Ana", "could be found")
    assert left_of(case, NAME) == []


def test_rows_made_of_an_older_log_are_not_kept(case: Case) -> None:
    add(case, "a.md", TEXT)
    rows, until = case.derive_rows("events"), case.ledger.last_before_exports()
    add(case, "b.md", "Another crew left Chita, a guard said.")
    with closing(case.open_index()) as index:
        write_reconciled(index, "events", until, rows, case.ledger.last_before_exports)
        assert read_reconciled(index, "events", until) is None
