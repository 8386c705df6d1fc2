"""Bundles and the search index: made again, the same; and hostile archives touch nothing."""

import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from tests_support import EXAMPLES, dump, hand_over_brief, write_brief

from reportedly.deciding import review
from reportedly.errors import BadSetting, LedgerProblem
from reportedly.keeping import bundle, dump_rows, verify
from reportedly.ledger.bundle import unpack_bundle
from reportedly.ledger.derived import INDEX, dump_index, open_index
from reportedly.ledger.searching import Wanted
from reportedly.pipeline import Case, init_case, open_case
from reportedly.records import Review


@pytest.fixture
def case(tmp_path: Path) -> Case:
    opened = init_case(tmp_path / "case", "A case", playbooks=("labour_export",))
    opened.add([EXAMPLES])
    return opened


def test_the_same_case_gives_the_same_bytes_and_comes_back_whole(case: Case, tmp_path: Path) -> None:
    head = case.ledger.head
    assert bundle(case, tmp_path / "one.zip") == bundle(case, tmp_path / "two.zip")
    assert list(unpack_bundle(tmp_path / "one.zip", tmp_path / "back")) == []
    with open_case(tmp_path / "back") as back:
        assert dump(back) == dump(case)
        assert back.ledger.head == head
        assert bundle(back, tmp_path / "three.zip") == bundle(case, tmp_path / "two.zip")


def test_an_unpacked_bundle_checks_itself(case: Case, tmp_path: Path) -> None:
    bundle(case, tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        packed.extractall(tmp_path / "plain")
    done = subprocess.run([sys.executable, "-I", "-S", str(tmp_path / "plain" / "verify.py")], capture_output=True, check=False)
    assert done.stdout == b"holds\n"
    log = tmp_path / "plain" / "log.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace("Saturday", "Sunday", 1), encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", "-S", str(tmp_path / "plain" / "verify.py")], capture_output=True, check=False)
    assert done.returncode == 1


def test_each_time_a_case_is_handed_over_is_logged(case: Case, tmp_path: Path) -> None:
    sha256 = bundle(case, tmp_path / "one.zip")
    hand_over_brief(case, tmp_path / "brief.md")
    exports = case.ledger.exports()
    assert [(one.what, one.file) for one in exports] == [("bundle", "one.zip"), ("brief", "brief.md")]
    assert exports[0].sha256 == sha256
    assert exports[0].until == exports[0].seq - 1
    assert next(verify(case), None) is None
    review(case, Review(next(case.claims(case.view())).id, "note", "Ana", "handed over twice"))
    assert bundle(case, tmp_path / "two.zip") != sha256
    assert list(unpack_bundle(tmp_path / "two.zip", tmp_path / "back")) == []
    with open_case(tmp_path / "back") as back:
        assert [one.what for one in back.ledger.exports()] == ["bundle", "brief"]


def test_a_bundle_is_written_over_nothing_but_a_bundle(case: Case, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("mine", encoding="utf-8")
    for output, says in ((note, "is there and no bundle"), (case.ledger.path / "evidence" / "b.zip", "inside the case"), (tmp_path, "is a folder"), (Path(), "is a folder")):
        with pytest.raises(LedgerProblem, match=says):
            bundle(case, output)
    assert note.read_text(encoding="utf-8") == "mine"
    assert bundle(case, tmp_path / "one.zip") == bundle(case, tmp_path / "one.zip")


def test_a_case_that_may_not_be_written_to_is_asked_and_handed_over(case: Case, tmp_path: Path) -> None:
    before, found = dump(case), case.search("loggers", Wanted(), 5)
    case.rebuild()
    case.__exit__()
    for path in (case.ledger.path, *case.ledger.path.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    code = (
        "import os, sys, reportedly.briefs, reportedly.exports.rows\n"
        "from pathlib import Path; from reportedly.pipeline import open_case; from reportedly.keeping import bundle; from reportedly.ledger.searching import Wanted\n"
        "os.setuid(65534) if os.getuid() == 0 else None  # root may write everywhere\n"
        "with open_case(sys.argv[1]) as case:\n"
        "    print(len(list(case.claims(case.view()))), len(case.search('loggers', Wanted(), 5)), case.ledger.writable, bundle(case, Path(sys.argv[2])))"
    )
    (tmp_path / "out").mkdir(mode=0o777)
    (tmp_path / "out").chmod(0o777)
    for above in (tmp_path, *tmp_path.parents[:-1]):
        if "pytest" in str(above):
            above.chmod(above.stat().st_mode | 0o055)
    done = subprocess.run([sys.executable, "-c", code, str(case.ledger.path), str(tmp_path / "out" / "b.zip")], capture_output=True, text=True, check=False)
    case.ledger.path.chmod(0o755)
    assert done.stderr == ""
    claims, hits, writable, _ = done.stdout.split()
    assert (int(claims), int(hits), writable) == (sum(line.startswith("claim ") for line in before), len(found), "False")


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
    hits = case.search('"early April"', Wanted(), 10)
    assert hits
    assert all("«early April»" in hit.words.replace("» «", " ") for hit in hits)
    planned = case.search("loggers", Wanted(status="planned"), 10)
    assert planned
    assert {claim.status for claim in case.claims(case.view()) if claim.id in {hit.claim for hit in planned}} == {"planned"}
    assert case.search("zeppelin", Wanted(), 10) == []


@pytest.mark.parametrize("words", ["", '"', "NEAR(", "a AND", "*"])
def test_a_query_that_is_none_is_refused_in_one_line(case: Case, words: str) -> None:
    with pytest.raises(BadSetting) as refused:
        case.search(words, Wanted(), 10)
    assert "\n" not in str(refused.value)


def test_the_index_made_again_is_the_index_that_grew(case: Case, tmp_path: Path) -> None:
    case.search("loggers", Wanted(), 5)
    (tmp_path / "more.md").write_text("---\noutlet: Hill Post\npublished: 2031-06-11\n---\nA second train carried 40 loggers to Khasan.\n", encoding="utf-8")
    case.add([tmp_path / "more.md"])
    case.search("loggers", Wanted(), 5)
    index = case.ledger.path / INDEX
    with open_index(case.ledger.path / "ledger.sqlite", index) as grown:
        lines = list(dump_index(grown))
    case.rebuild()
    with open_index(case.ledger.path / "ledger.sqlite", index) as again:
        assert list(dump_index(again)) == lines


def test_a_damaged_or_foreign_index_is_derived_again(case: Case) -> None:
    index = case.ledger.path / INDEX
    found = case.search("loggers", Wanted(), 5)
    index.write_bytes(b"no database at all" * 100)
    assert case.search("loggers", Wanted(), 5) == found


def test_a_search_narrows_by_the_days_that_claims_speak_of(case: Case) -> None:
    april = case.search("loggers OR men OR carriages", Wanted(since=date(2031, 4, 1), until=date(2031, 4, 30)), 50)
    times = {claim.id: claim.when.text for claim in case.claims(case.view()) if claim.when}
    assert april
    assert all(hit.claim in times for hit in april)
    assert case.search("loggers OR men", Wanted(since=date(1990, 1, 1), until=date(1990, 12, 31)), 50) == []


def test_claims_are_found_by_who_stands_in_them_and_the_days_that_they_speak_of(case: Case) -> None:
    by_id = {claim.id: claim for claim in case.claims(case.view())}
    hits = case.search(None, Wanted(actor="coast times"), 500)
    assert {by_id[hit.claim or ""].voice[-1].text for hit in hits} == {"Coast Times"}
    assert len(hits) == sum(claim.voice[-1].text == "Coast Times" for claim in by_id.values())
    days = {one.claim.id: one.when for one in case.dated(case.view()) if one.when}
    april = case.search(None, Wanted(since=date(2031, 4, 1), until=date(2031, 4, 30)), 500)
    assert april
    for hit in april:
        when = days[hit.claim or ""]
        assert when.earliest is None or when.earliest <= date(2031, 4, 30)
        assert when.latest is None or when.latest >= date(2031, 4, 1)
    both = case.search(None, Wanted(actor="coast times", since=date(2031, 4, 1), until=date(2031, 4, 30)), 500)
    assert {hit.claim for hit in both} == {hit.claim for hit in hits} & {hit.claim for hit in april}


def test_a_search_of_the_past_finds_what_was_known_then_and_nothing_rejected(case: Case, tmp_path: Path) -> None:
    hits = case.search("loggers", Wanted(status="planned"), 50)
    review(case, Review(hits[0].claim or "", "reject", "Ana"))
    assert [hit.claim for hit in case.search("loggers", Wanted(status="planned"), 50)] == [hit.claim for hit in hits[1:]]
    early = case.view(date(2031, 3, 13))
    found = case.search("loggers", Wanted(), 50, early)
    assert found
    assert {hit.report for hit in found} == set(early.reports)
    with open_case(case.ledger.path, known_by=date(2020, 1, 1)) as past:
        assert past.search("loggers", Wanted(), 50, past.view()) == []
    with open_case(case.ledger.path, known_by=date(2999, 1, 1)) as later:
        assert len(later.search("loggers", Wanted(status="planned"), 50, later.view())) == len(hits) - 1


def test_what_is_made_of_the_claims_is_kept_and_made_again(case: Case) -> None:
    kinds = ("events", "findings", "plans", "links")
    kept = {kind: case.rows(kind) for kind in kinds}
    assert all(kept[kind] for kind in ("events", "findings", "plans"))
    lines = list(dump_rows(case))
    case.rebuild()
    assert list(dump_rows(case)) == lines
    review(case, Review(next(claim.id for claim in case.claims(case.view()) if claim.playbook), "reject", "Ana"))
    assert case.rows("events") != kept["events"]
    assert next(verify(case), None) is None


def test_a_derived_row_that_was_altered_is_found(case: Case) -> None:
    case.rebuild()
    for sql in (
        "UPDATE reconciled SET body = '{}' WHERE kind = 'findings'",
        "UPDATE claim SET status = 'occurred'",
        "UPDATE report_text SET text = 'nothing'",
        "DELETE FROM claim_actor",
    ):
        with open_index(case.ledger.path / "ledger.sqlite", case.ledger.path / INDEX) as index:
            index.execute(sql)
        index.close()
        broken = next(verify(case), None)
        assert broken is not None, sql
        assert broken.place == INDEX
        case.rebuild()
    assert next(verify(case), None) is None


def test_days_are_counted_anew_when_a_report_learns_its_day(case: Case, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("The zeppelin left on Monday, a cook said.", encoding="utf-8")
    case.add([note])
    assert case.search("zeppelin", Wanted(since=date(2031, 6, 1), until=date(2031, 6, 30)), 5) == []
    (tmp_path / "manifest.csv").write_text("file,outlet,published\nnote.txt,,2031-06-11\n", encoding="utf-8")
    case.add([], manifest=tmp_path / "manifest.csv")
    assert len(case.search("zeppelin", Wanted(since=date(2031, 6, 1), until=date(2031, 6, 30)), 5)) == 1
    before = list(dump_index(open_index(case.ledger.path / "ledger.sqlite", case.ledger.path / INDEX)))
    case.rebuild()
    assert list(dump_index(open_index(case.ledger.path / "ledger.sqlite", case.ledger.path / INDEX))) == before


def test_a_file_that_leaves_is_written_over_nothing_that_is_not_of_its_kind(case: Case, tmp_path: Path) -> None:
    note, link = tmp_path / "note.md", tmp_path / "link.md"
    note.write_text("mine", encoding="utf-8")
    link.symlink_to(case.ledger.path / "ledger.sqlite")
    inside = [case.ledger.path / name for name in ("ledger.sqlite", "case.toml", "new.md", "evidence/new.md")]
    for output, says in ((note, "no brief"), (link, "inside the case"), (tmp_path, "is a folder"), (Path(), "is a folder"), *((one, "inside the case") for one in inside)):
        with pytest.raises(LedgerProblem, match=says):
            hand_over_brief(case, output)
    assert note.read_text(encoding="utf-8") == "mine"
    assert case.ledger.exports() == []
    link.unlink()
    link.symlink_to(tmp_path / "brief.md")
    hand_over_brief(case, link)
    hand_over_brief(case, link)
    assert link.is_symlink()
    assert (tmp_path / "brief.md").read_text(encoding="utf-8") == write_brief(case)


def test_nothing_is_written_into_any_case(case: Case, tmp_path: Path) -> None:
    init_case(tmp_path / "other").__exit__()
    bundle(case, tmp_path / "one.zip")
    for place in (case.ledger.path, tmp_path / "other"):
        with pytest.raises(LedgerProblem, match="inside"):
            hand_over_brief(case, place / "brief.md")
        with pytest.raises(LedgerProblem, match="inside a case"):
            unpack_bundle(tmp_path / "one.zip", place / "inner")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for target, says in ((tmp_path / "link", "is there already"), (tmp_path / "file" / "x", "cannot be made")):
        with pytest.raises(LedgerProblem, match=says):
            unpack_bundle(tmp_path / "one.zip", target)


def test_nothing_leaves_that_cannot_be_logged(case: Case, tmp_path: Path) -> None:
    write_brief(case)
    other = sqlite3.connect(case.ledger.path / "ledger.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    case.ledger.connection.execute("PRAGMA busy_timeout=10")
    for leave in (bundle, hand_over_brief):
        with pytest.raises(LedgerProblem, match=r"locked.*do it again"):
            leave(case, tmp_path / "out")  # type: ignore[operator]
    other.close()
    assert not [path for path in tmp_path.iterdir() if path.name != "case"]


def _repacked(archive: Path, target: Path, change: Callable[[str, bytes], bytes], **added: bytes) -> Path:
    """The archive with its members changed, and others beside them."""
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w") as sink:
        for name in source.namelist():
            sink.writestr(name, change(name, source.read(name)))
        for name, content in added.items():
            sink.writestr(name.replace("__", "/"), content)
    return target


PLANTED = f"evidence__{'ab'}__{'ab' * 32}"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda name, old: b"" if name == "log.jsonl" else old, "no entry says what case it is"),
        (lambda name, old: old.replace(b"format = 2", b"format = 99") if name == "case.toml" else old, "case format 99"),
        (lambda name, old: old.replace(b"format = 2", b"format = 1") if name == "case.toml" else old, "case format 1"),
        (lambda name, old: old + b'secret = "x"\n' if name == "case.toml" else old, "holds secret, which no case has"),
        (lambda name, old: b"[1]\n" if name == "log.jsonl" else old, "line 1 of log.jsonl is no entry"),
        (lambda name, old: b"format = [" if name == "case.toml" else old, "case.toml"),
        (lambda name, old: old.replace(b'["labour_export"]', b"7") if name == "case.toml" else old, "playbooks is 7"),
        (lambda name, old: b"{}\n" + old if name == "log.jsonl" else old, "cannot be unpacked"),
        (lambda name, old: old.replace(b'"seq":3', b'"seq":30', 1) if name == "log.jsonl" else old, "cannot be unpacked"),
        (lambda name, old: old.replace(b'"seq":3', b'"seq":99999999999999999999', 1) if name == "log.jsonl" else old, "cannot be unpacked"),
        (lambda name, old: old.replace(b'"seq":3', b'"seq":[3]', 1) if name == "log.jsonl" else old, "cannot be unpacked"),
        (lambda name, old: old.replace(b"loggers", b"miners", 1) if name == "log.jsonl" else old, "its body was changed"),
        (lambda name, old: old[:100] if name == "log.jsonl" else old, "cannot be unpacked"),
    ],
)  # fmt: skip
def test_a_bundle_that_does_not_hold_is_refused_and_nothing_is_made(case: Case, tmp_path: Path, change: Callable[[str, bytes], bytes], says: str) -> None:
    bundle(case, tmp_path / "one.zip")
    bad = _repacked(tmp_path / "one.zip", tmp_path / "bad.zip", change)
    try:
        said = " ".join(f"{one.place}: {one.why}" for one in unpack_bundle(bad, tmp_path / "back"))
    except LedgerProblem as error:
        said = str(error)
    assert says in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.zip", "case", "one.zip"]


def test_a_planted_original_and_a_damaged_stream_are_refused(case: Case, tmp_path: Path) -> None:
    bundle(case, tmp_path / "one.zip")
    planted = _repacked(tmp_path / "one.zip", tmp_path / "planted.zip", lambda _, old: old, **{PLANTED: b"x"})
    assert "no report of the log has this original" in unpack_bundle(planted, tmp_path / "back")[0].why
    whole = bytearray((tmp_path / "one.zip").read_bytes())
    whole[200:260] = bytes(60)
    (tmp_path / "torn.zip").write_bytes(whole)
    with zipfile.ZipFile(tmp_path / "lzma.zip", "w", zipfile.ZIP_LZMA) as packed:
        for name in ("case.toml", "log.jsonl"):
            packed.writestr(name, "x" * 1000)
    for name in ("torn.zip", "lzma.zip"):
        with pytest.raises(LedgerProblem, match=r"cannot be unpacked|nothing was unpacked"):
            unpack_bundle(tmp_path / name, tmp_path / "back")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(LedgerProblem, match="name a new folder"):
        unpack_bundle(tmp_path / "one.zip", tmp_path / "file")
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO claim_text(claim_text) VALUES('delete-all')",
        "INSERT INTO actor_text(actor_text) VALUES('delete-all')",
        "UPDATE report_text_data SET block = x'ffffffffffffffff'",
    ],
)
def test_words_that_are_missing_or_damaged_in_the_index_are_found(case: Case, sql: str) -> None:
    with closing(open_index(case.ledger.path / "ledger.sqlite", case.ledger.path / INDEX)) as index:
        index.execute(sql)
    broken = next(verify(case), None)
    assert broken is not None
    assert broken.place == INDEX
    if "data" in sql:
        with pytest.raises(LedgerProblem, match="reportedly rebuild"):
            case.search("loggers", Wanted(), 5)
    case.rebuild()
    assert next(verify(case), None) is None
    assert case.search("loggers", Wanted(), 5)


@pytest.mark.parametrize("actor", ["a AND", "NEAR(a", "camp's*", 'a"b'])
def test_a_name_is_words_and_never_a_query(case: Case, actor: str) -> None:
    assert case.search(None, Wanted(actor=actor), 5) == []


@pytest.mark.parametrize("actor", ["*", '"', "'", "()"])
def test_a_name_without_a_word_is_refused(case: Case, actor: str) -> None:
    with pytest.raises(BadSetting, match="names nobody"):
        case.search(None, Wanted(actor=actor), 5)


def test_an_actor_is_found_by_name_and_by_the_words_of_a_report(tmp_path: Path) -> None:
    with init_case(tmp_path / "case", playbooks=("labour_export",)) as case:
        (tmp_path / "a.md").write_text("---\noutlet: Hill Post\npublished: 2031-06-11\n---\nRussia's foreign ministry said that 40 loggers left Chita.\n", encoding="utf-8")
        case.add([tmp_path / "a.md"])
        assert case.search(None, Wanted(actor="russia's foreign ministry"), 5)


def test_an_export_of_the_past_ends_where_the_past_does(case: Case, tmp_path: Path) -> None:
    with open_case(case.ledger.path, known_by=date(2020, 1, 1)) as past:
        hand_over_brief(past, tmp_path / "brief.md")
    assert case.ledger.exports()[0].until == 0
