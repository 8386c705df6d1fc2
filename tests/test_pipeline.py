"""The whole way: what `add` promises, and what was known on a day."""

import random
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests_support import EXAMPLES, dump, write_brief

from reportedly.errors import UnknownName
from reportedly.exports.rows import claim_row, leaving_row
from reportedly.pipeline import Case, init_case, open_case, read_claims, read_report
from reportedly.settings import Settings


def test_adding_the_same_reports_twice_changes_nothing(case: Case) -> None:
    first = case.add([EXAMPLES])
    before = dump(case)
    second = case.add([EXAMPLES])
    assert (first.new, second.new, second.known) == (6, 0, 6)
    assert dump(case) == before


def test_adding_one_by_one_equals_adding_all_at_once(case: Case, tmp_path: Path) -> None:
    case.add([EXAMPLES])
    with init_case(tmp_path / "other", "A case") as other:
        for path in sorted(EXAMPLES.iterdir(), reverse=True):
            other.add([path])
        assert dump(other) == dump(case)


@given(st.randoms(use_true_random=False))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_the_files_changes_no_byte(tmp_path: Path, shuffle: random.Random) -> None:
    paths = sorted(EXAMPLES.iterdir())
    shuffle.shuffle(paths)
    folder = tmp_path / f"case{shuffle.random()}"
    with init_case(folder, "A case") as mixed, init_case(Path(f"{folder}x"), "A case") as plain:
        mixed.add(paths)
        plain.add([EXAMPLES])
        assert dump(mixed) == dump(plain)


@pytest.mark.parametrize("settings_", [Settings(workers=2), Settings(workers=1, batch_size=1), Settings(workers=1, batch_size=32)], ids=["two workers", "batch 1", "batch 32"])
def test_workers_and_batches_change_no_byte(settings_: Settings, case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for copy in range(6):
        for path in sorted(EXAMPLES.iterdir()):
            text = path.read_text(encoding="utf-8") + f"\nCamp {copy} was shut in May.\n"
            (folder / f"{copy}-{path.name}").write_text(text, encoding="utf-8")
    case.add([folder])
    with init_case(tmp_path / "other", "A case", settings_) as other:
        other.add([folder])
        assert dump(other) == dump(case)


def test_a_report_that_cannot_be_read_is_a_leaving_and_the_others_go_on(case: Case, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("The crew left.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    added = case.add([tmp_path / "bad.txt", tmp_path / "good.txt"])
    assert (added.new, [problem.code for problem in added.problems]) == (1, ["binary"])
    assert [(left.file, left.reason) for left in case.leavings(case.view())] == [("bad.txt", "binary")]


def test_a_mended_file_leaves_the_leavings(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"")
    case.add([path])
    path.write_text("The crew left.", encoding="utf-8")
    case.add([path])
    assert list(case.leavings(case.view())) == []


def test_two_files_with_the_same_bytes_are_one_report_and_a_leaving(case: Case, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("The crew left.", encoding="utf-8")
    added = case.add([tmp_path / "b.txt", tmp_path / "a.txt"])
    assert (added.new, [(left.file, left.reason) for left in case.leavings(case.view())]) == (1, [("b.txt", "same-bytes")])


def test_a_date_learnt_later_changes_the_time_and_not_the_claim(case: Case, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("The crew left on Monday.", encoding="utf-8")
    case.add([tmp_path / "report.txt"])
    before = [claim_row(claim, case.view().reports[claim.report]) for claim in case.claims(case.view())]
    (tmp_path / "manifest.csv").write_text("file,published\nreport.txt,2031-06-11\n", encoding="utf-8")
    case.add([], manifest=tmp_path / "manifest.csv")
    after = [claim_row(claim, case.view().reports[claim.report]) for claim in case.claims(case.view())]
    assert [row["id"] for row in before] == [row["id"] for row in after]
    assert (before[0]["when"]["edtf"], after[0]["when"]["edtf"]) == ("", "2031-06-09")


def test_a_day_knows_only_what_was_published_by_then(case: Case) -> None:
    case.add([EXAMPLES])
    view = case.view(date(2031, 4, 2))
    assert sorted(report.file[0] for report in view.reports.values()) == ["1", "2", "3"]
    assert view.undated == 1


def test_as_of_a_day_equals_a_case_built_from_the_reports_of_that_day(case: Case, tmp_path: Path) -> None:
    case.add([EXAMPLES])
    with init_case(tmp_path / "early", "A case") as early:
        early.add([path for path in EXAMPLES.iterdir() if path.name[0] in "123"])
        day = date(2031, 4, 20)
        assert [row for row in dump(case, day) if "claim" in row] == [row for row in dump(early, day) if "claim" in row]


def test_a_report_dated_to_a_month_is_perhaps_known_within_it(case: Case, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("---\npublished: 2031-06\n---\nThe crew left.\n", encoding="utf-8")
    case.add([tmp_path / "report.md"])
    assert [len(case.view(date(2031, month, 15)).perhaps) for month in (5, 6, 7)] == [0, 1, 0]
    assert [len(case.view(date(2031, month, 15)).reports) for month in (5, 6, 7)] == [0, 1, 1]


def test_the_brief_of_a_day_is_the_same_bytes_every_time(case: Case, tmp_path: Path) -> None:
    case.add([EXAMPLES])
    brief = write_brief(case, date(2031, 4, 20))
    shutil.copytree(case.ledger.path, tmp_path / "copy")
    with open_case(tmp_path / "copy") as again:
        assert write_brief(again, date(2031, 4, 20)) == brief


def test_a_report_answers_to_its_id_its_beginning_and_its_file(case: Case) -> None:
    case.add([EXAMPLES])
    view = case.view()
    report = case.find_report("4-delay", view)
    assert {case.find_report(name, view).id for name in (report.id, report.id[:6], "4-delay.md")} == {report.id}


def test_an_unknown_report_is_told_the_known_ones(case: Case) -> None:
    case.add([EXAMPLES])
    with pytest.raises(UnknownName, match=r"nowhere: no such report; there are 1-first-round, 2-rewrite"):
        case.find_report("nowhere", case.view())


def test_the_python_api_reads_without_a_case() -> None:
    report = read_report(EXAMPLES / "6-train.md")
    assert (report.outlet, report.dateline) == ("Coast Times", "VLADIVOSTOK, Russia")
    assert [claim.status for claim in read_claims("The trust plans to send a crew.", published="2031-05-01")] == ["planned"]


def test_every_sentence_is_a_claim_or_a_leaving(case: Case) -> None:
    case.add([EXAMPLES])
    view = case.view()
    covered = {(claim.report, at) for claim in case.claims(view) for at in range(claim.start, claim.end)}
    covered |= {(left.report or "", at) for left in case.leavings(view) if left.start is not None and left.end for at in range(left.start, left.end)}
    for report in view.reports.values():
        for segment in report.segments:
            share = sum((report.id, at) in covered for at in range(segment.start, segment.end)) / (segment.end - segment.start)
            assert share > 0.3, report.text[segment.start : segment.end]


def test_leaving_rows_carry_the_words_left(case: Case) -> None:
    case.add([EXAMPLES])
    view = case.view()
    rows = [leaving_row(left, view.reports[left.report].text) for left in case.leavings(view) if left.report]
    assert {"contact", "other-language-link", "dateline", "heading"} <= {row["reason"] for row in rows}
    assert "Read in Russian" in {row["text"] for row in rows}
