"""Bundles and the search index: made again, the same; and hostile archives touch nothing."""

import stat
import zipfile
from pathlib import Path

import pytest
from tests_support import EXAMPLES, dump

from reportedly.errors import BadSetting, LedgerProblem
from reportedly.ledger.derived import dump_index, open_index
from reportedly.pipeline import INDEX, Case, init_case, open_case, unpack_bundle


@pytest.fixture
def case(tmp_path: Path) -> Case:
    opened = init_case(tmp_path / "case", "A case", playbooks=("labour_export",))
    opened.add([EXAMPLES])
    return opened


def test_the_same_case_gives_the_same_bytes_and_comes_back_whole(case: Case, tmp_path: Path) -> None:
    assert case.bundle(tmp_path / "one.zip") == case.bundle(tmp_path / "two.zip")
    assert list(unpack_bundle(tmp_path / "one.zip", tmp_path / "back")) == []
    with open_case(tmp_path / "back") as back:
        assert dump(back) == dump(case)
        assert back.ledger.head == case.ledger.head
        assert back.bundle(tmp_path / "three.zip") == case.bundle(tmp_path / "two.zip")


def test_an_unpacked_bundle_checks_itself(case: Case, tmp_path: Path) -> None:
    import subprocess
    import sys

    case.bundle(tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        packed.extractall(tmp_path / "plain")
    done = subprocess.run([sys.executable, "-I", "-S", str(tmp_path / "plain" / "verify.py")], capture_output=True, check=False)
    assert done.stdout == b"holds\n"
    log = tmp_path / "plain" / "log.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace("Saturday", "Sunday", 1), encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", "-S", str(tmp_path / "plain" / "verify.py")], capture_output=True, check=False)
    assert done.returncode == 1


def _archive(path: Path, *names: str, link: bool = False, zeros: int = 0) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (stat.S_IFLNK if link else stat.S_IFREG) << 16
            with packed.open(info, "w", force_zip64=True) as stream:
                for _ in range(zeros or 1):
                    stream.write(bytes(1 << 20) if zeros else b"x")
    return path


@pytest.mark.parametrize("name", ["../out", "/tmp/out", "evidence/../../out", "case.toml/", "evidence/aa/short", "C:\\out", "ledger.sqlite"])
def test_names_that_lead_elsewhere_are_refused(name: str, tmp_path: Path) -> None:
    archive = _archive(tmp_path / "bad.zip", "case.toml", "log.jsonl", name)
    with pytest.raises(LedgerProblem, match="nothing was unpacked"):
        unpack_bundle(archive, tmp_path / "new" / "case")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.zip"]


def test_links_zeros_and_other_archives_are_refused(tmp_path: Path) -> None:
    for archive, says in (
        (_archive(tmp_path / "link.zip", "case.toml", "log.jsonl", link=True), "nothing was unpacked"),
        (_archive(tmp_path / "zeros.zip", "case.toml", "log.jsonl", zeros=1_100), "nothing was unpacked"),
        (_archive(tmp_path / "half.zip", "case.toml"), "no bundle of a case"),
    ):
        with pytest.raises(LedgerProblem, match=says):
            unpack_bundle(archive, tmp_path / "new")
    (tmp_path / "text.zip").write_text("no archive", encoding="utf-8")
    with pytest.raises(LedgerProblem, match="cannot be unpacked"):
        unpack_bundle(tmp_path / "text.zip", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_search_finds_claims_and_reports_and_narrows(case: Case) -> None:
    hits = case.search('"early April"', {}, 10)
    assert hits
    assert all("«early April»" in hit.words.replace("» «", " ") for hit in hits)
    planned = case.search("loggers", {"status": "planned"}, 10)
    assert planned
    assert {claim.status for claim in case.claims(case.view()) if claim.id in {hit.claim for hit in planned}} == {"planned"}
    assert case.search("zeppelin", {}, 10) == []


@pytest.mark.parametrize("words", ["", '"', "NEAR(", "a AND", "*"])
def test_a_query_that_is_none_is_refused_in_one_line(case: Case, words: str) -> None:
    with pytest.raises(BadSetting) as refused:
        case.search(words, {}, 10)
    assert "\n" not in str(refused.value)


def test_the_index_made_again_is_the_index_that_grew(case: Case, tmp_path: Path) -> None:
    case.search("loggers", {}, 5)
    (tmp_path / "more.md").write_text("---\noutlet: Hill Post\npublished: 2031-06-11\n---\nA second train carried 40 loggers to Khasan.\n", encoding="utf-8")
    case.add([tmp_path / "more.md"])
    case.search("loggers", {}, 5)
    index = case.ledger.path / INDEX
    with open_index(case.ledger.path / "ledger.sqlite", index) as grown:
        lines = list(dump_index(grown))
    case.rebuild()
    with open_index(case.ledger.path / "ledger.sqlite", index) as again:
        assert list(dump_index(again)) == lines


def test_a_damaged_or_foreign_index_is_derived_again(case: Case) -> None:
    index = case.ledger.path / INDEX
    found = case.search("loggers", {}, 5)
    index.write_bytes(b"no database at all" * 100)
    assert case.search("loggers", {}, 5) == found


def test_a_search_narrows_by_the_days_that_claims_speak_of(case: Case) -> None:
    april = case.search("loggers OR men OR carriages", {"since": "2031-04-01", "until": "2031-04-30"}, 50)
    times = {claim.id: claim.when.text for claim in case.claims(case.view()) if claim.when}
    assert april
    assert all(hit.claim in times for hit in april)
    assert case.search("loggers OR men", {"since": "1990-01-01", "until": "1990-12-31"}, 50) == []


def test_days_are_counted_anew_when_a_report_learns_its_day(case: Case, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("The zeppelin left on Monday, a cook said.", encoding="utf-8")
    case.add([note])
    assert case.search("zeppelin", {"since": "2031-06-01", "until": "2031-06-30"}, 5) == []
    (tmp_path / "manifest.csv").write_text("file,outlet,published\nnote.txt,,2031-06-11\n", encoding="utf-8")
    case.add([], manifest=tmp_path / "manifest.csv")
    assert len(case.search("zeppelin", {"since": "2031-06-01", "until": "2031-06-30"}, 5)) == 1
    before = list(dump_index(open_index(case.ledger.path / "ledger.sqlite", case.ledger.path / INDEX)))
    case.rebuild()
    assert list(dump_index(open_index(case.ledger.path / "ledger.sqlite", case.ledger.path / INDEX))) == before
