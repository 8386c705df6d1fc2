"""The command line as a person meets it: real processes, exit codes, what goes to which stream."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests_support import EXAMPLES

COMMAND = [sys.executable, "-c", "import sys; sys.argv[0] = 'reportedly'; from reportedly.cli import main; main()"]


def run(*words: str | Path, stdin: bytes | None = None, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONUTF8": "1", **(env or {})}
    return subprocess.run([*COMMAND, *map(str, words)], input=stdin, capture_output=True, env=environment, timeout=120, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "case"
    assert run("init", folder).returncode == 0
    added = run("add", folder, EXAMPLES)
    assert (added.returncode, added.stdout) == (0, b"")
    assert added.stderr.startswith(b"added 6 reports; ")
    return folder


def test_help_lists_every_verb_and_each_verb_has_an_example() -> None:
    top = run("--help").stdout.decode()
    for verb in (
        "demo",
        "read",
        "init",
        "add",
        "reports",
        "claims",
        "events",
        "findings",
        "plans",
        "actors",
        "sources",
        "brief",
        "lint",
        "assess",
        "export",
        "sift",
        "bundle",
        "leavings",
        "why",
    ):
        assert f"  {verb} " in top
        assert f"Example: reportedly {verb}" in run(verb, "--help").stdout.decode()


def test_help_loads_neither_parser_nor_ledger() -> None:
    probe = "import sys; sys.argv = ['reportedly', '--help']\nfrom reportedly.cli import main\ntry: main()\nexcept SystemExit: pass\nassert not {'spacy', 'sqlite3', 'pydantic'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, check=False).returncode == 0


def test_an_unknown_verb_is_a_usage_error() -> None:
    assert run("reprots").returncode == 2


@pytest.mark.parametrize("verb", ["reports", "claims", "leavings"])
def test_json_lines_are_one_record_a_line(built: Path, verb: str) -> None:
    done = run(verb, built, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("framed") / "case"
    assert run("init", folder, "--playbook", "labour_export").returncode == 0
    assert run("add", folder, EXAMPLES).returncode == 0
    return folder


@pytest.mark.parametrize(
    ("verb", "keys"),
    [
        ("events", "id frame label round perhaps status when claims why"),
        ("findings", "event frame label role state answers relations rests_on"),
        ("plans", "event frame label announced due mentions outcome slip_days why told numbers"),
        ("actors", "holder power over giver since claim voice"),
    ],
)
def test_what_is_reconciled_is_json_with_its_keys(framed: Path, verb: str, keys: str) -> None:
    done = run(verb, framed, "--json")
    assert done.returncode == 0
    assert {tuple(json.loads(line)) for line in done.stdout.splitlines()} <= {tuple(keys.split())}
    assert done.stdout or verb == "actors"


def test_sources_are_reports_and_links(framed: Path) -> None:
    keys = {tuple(json.loads(line)) for line in run("sources", framed, "--json").stdout.splitlines()}
    assert ("report", "outlet", "agency", "published", "origin", "tells") in keys
    assert keys <= {("report", "outlet", "agency", "published", "origin", "tells"), ("from", "to", "kind", "direction", "score", "why", "spans")}


def test_the_plan_board_puts_what_is_overdue_first(framed: Path) -> None:
    lines = run("plans", framed, "--as-of", "2031-04-21").stdout.decode().splitlines()
    assert lines[0].startswith("OVERDUE")
    assert "nothing confirms it" in " ".join(lines[:8])


@pytest.mark.parametrize("verb", ["events", "findings", "plans", "actors"])
def test_a_case_without_a_playbook_is_told_what_it_lacks(built: Path, verb: str) -> None:
    done = run(verb, built)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"a case needs a playbook: reportedly init CASE --playbook labour_export" in done.stderr


def test_a_playbook_can_be_checked_and_tested() -> None:
    assert b"no mistakes" in run("playbook", "check", "labour_export").stdout
    assert b"cases hold" in run("playbook", "test", "labour_export").stdout
    wrong = run("playbook", "check", "nowhere")
    assert (wrong.returncode, wrong.stderr.count(b"\n")) == (1, 1)


def test_claims_json_is_the_same_bytes_twice(built: Path) -> None:
    assert run("claims", built, "--json").stdout == run("claims", built, "--json").stdout != b""


def test_claims_can_be_narrowed(built: Path) -> None:
    rows = [json.loads(line) for line in run("claims", built, "--status", "planned", "--text", "CREWS roads", "--voice", "source", "--json").stdout.splitlines()]
    assert [row["trigger"] for row in rows] == ["send"]
    assert len(run("claims", built, "--report", "4-delay", "--limit", "2", "--json").stdout.splitlines()) == 2


def test_an_unknown_status_is_told_the_known_ones(built: Path) -> None:
    done = run("claims", built, "--status", "plannd")
    assert (done.returncode, done.stdout) == (1, b"")
    assert (
        done.stderr == b"reportedly: --status plannd: no such status; did you mean 'planned'? There are occurred, ongoing, planned, required, considered, predicted, hypothetical\n"
    )


def test_why_shows_the_words_in_their_place_and_how_they_were_read(built: Path) -> None:
    row = json.loads(run("claims", built, "--text", "400 and 500", "--json").stdout.splitlines()[0])
    shown = " ".join(run("why", built, row["id"][:8]).stdout.decode().split())
    assert f"[{row['quote']}]" in shown
    assert "voice anonymous: A source in Ryanggang Province" in shown
    assert "told 2031-03-10" in shown
    assert "400 to 500 person [range]" in shown


def test_the_brief_can_go_to_a_file(built: Path, tmp_path: Path) -> None:
    done = run("brief", built, "-o", tmp_path / "brief.md")
    assert (done.returncode, done.stdout) == (0, b"")
    assert (tmp_path / "brief.md").read_bytes() == run("brief", built).stdout


def test_a_text_is_checked_against_its_case(framed: Path, tmp_path: Path) -> None:
    assert run("brief", framed, "-o", tmp_path / "brief.md").returncode == 0
    assert run("lint", tmp_path / "brief.md", "--case", framed).returncode == 0
    (tmp_path / "mine.md").write_text("Hanbit Wire reported that the authorities aim to recruit at least 700 people.[^f0dd6f1f]\n", encoding="utf-8")
    done = run("lint", tmp_path / "mine.md", "--case", framed)
    assert done.returncode == 1
    assert f"{tmp_path / 'mine.md'}:1: “at least 700 people”: " in done.stdout.decode()
    row = json.loads(run("lint", tmp_path / "mine.md", "--case", framed, "--json").stdout)
    assert (row["line"], row["word"]) == (1, "at least 700 people")


def test_a_brief_that_does_not_hold_is_not_written(framed: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("Hanbit Wire reported that the authorities aim to recruit at least 700 people.[^f0dd6f1f]\n", encoding="utf-8")
    done = run("brief", framed, "--with", tmp_path / "mine.md", "-o", tmp_path / "brief.md")
    assert (done.returncode, (tmp_path / "brief.md").exists()) == (1, False)
    assert "mine.md:1: “at least 700 people”" in done.stderr.decode()


def test_elements_of_rules_are_told_with_their_claims(framed: Path) -> None:
    shown = " ".join(run("assess", framed, "--sheet", "ilo_forced_labour").stdout.decode().split())
    assert "met retention of identity documents: according to Workers at two felling camps" in shown
    (row,) = (json.loads(line) for line in run("assess", framed, "--sheet", "ilo_forced_labour", "--json").stdout.splitlines())
    assert row["tests"][6]["state"] == "met"


def test_an_export_says_what_it_cannot_carry(framed: Path, tmp_path: Path) -> None:
    done = run("export", framed, "ftm", "-o", tmp_path / "c.ftm")
    assert done.returncode == 0
    assert "not carried: status, polarity and certainty" in done.stderr.decode()


def test_a_missing_library_is_named_with_its_install_line(framed: Path, tmp_path: Path) -> None:
    for missing, words, says in (
        ("typst", ("brief", framed, "-o", tmp_path / "b.pdf"), "reportedly[pdf-brief]"),
        ("pyarrow", ("export", framed, "parquet", "-o", tmp_path / "c.parquet"), "reportedly[parquet]"),
    ):
        probe = f"import sys; sys.modules[{missing!r}] = None; sys.argv = ['reportedly', *sys.argv[1:]]; from reportedly.cli import main; main()"
        done = subprocess.run([sys.executable, "-c", probe, *map(str, words)], capture_output=True, check=False)
        assert (done.returncode, says in done.stderr.decode()) == (1, True), done.stderr.decode()


@pytest.mark.parametrize("day", ["2031-13-01", "yesterday", "2031"])
def test_a_day_that_is_none_is_one_line_with_the_remedy(built: Path, day: str) -> None:
    done = run("brief", built, "--as-of", day)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == f"reportedly: --as-of {day}: no day; write YYYY-MM-DD\n".encode()


def test_read_takes_standard_input_and_marks_voices_and_status() -> None:
    done = run("read", "-", "--published", "2031-06-11", "--outlet", "Coast Times", stdin=b"A pilot said on Monday that the crews will sail in July.")
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "Coast Times, 2031-06-11, en; 1 claims"
    assert "  planned · 2031-07 · A pilot [told 2031-06-09] → Coast Times" in lines
    assert max(map(len, lines)) <= 80


def test_colour_is_for_terminals_without_no_color() -> None:
    script = f'{subprocess.list2cmdline(COMMAND[:1])} -c "{COMMAND[2]}" read {EXAMPLES / "4-delay.md"}'
    shown = {value: subprocess.run(["script", "-qec", f"{value} {script}", "/dev/null"], capture_output=True, check=False).stdout for value in ("NO_COLOR=", "NO_COLOR=1")}
    assert b"\x1b[3" in shown["NO_COLOR="]
    assert b"\x1b[" not in shown["NO_COLOR=1"]


def test_add_reads_standard_input(tmp_path: Path) -> None:
    run("init", tmp_path / "case")
    assert run("add", tmp_path / "case", "-", stdin=b"The crew left.").returncode == 0
    assert json.loads(run("reports", tmp_path / "case", "--json").stdout)["file"] == "stdin"


BAD_FILES = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n ", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(64), "binary"),
    "half.txt": ("Der Präsident reiste ab. ".encode() * 3 + "Später kam er zurück.".encode("latin-1"), "encoding"),
    "large.txt": (b"The crew left. " * 3_400_000, "too-large"),
    "front.md": (b"---\npublished: someday\n---\nThe crew left.\n", "front-matter"),
}


def test_bad_files_are_one_line_each_and_leavings_and_the_others_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, (content, _) in BAD_FILES.items():
        (folder / name).write_bytes(content)
    (folder / "good.txt").write_text("The crew left.", encoding="utf-8")
    run("init", tmp_path / "case")
    done = run("add", tmp_path / "case", folder)
    lines = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (1, b"", len(BAD_FILES) + 1)
    assert all(line.startswith("reportedly: ") and "; " in line for line in lines[:-1])
    assert lines[-1].startswith("added 1 report; 1 claims")
    left = {row["file"]: row["reason"] for row in map(json.loads, run("leavings", tmp_path / "case", "--json").stdout.splitlines())}
    assert left == {f"reports/{name}": reason for name, (_, reason) in BAD_FILES.items()}


MANIFESTS = {
    "missing file": ("file,outlet\nnowhere.txt,X\ngood.txt,X\n", "manifest.csv:2: nowhere.txt does not exist; mend the name or remove the row", 1),
    "bad date": ("file,published\nother.txt,31/02/2031\ngood.txt,2031-02-03\n", "other.txt: published: '31/02/2031' is no date; write YYYY-MM-DD", 1),
    "unknown column": ("file,publishd,outlett\ngood.txt,2031-02-03,X\n", "manifest.csv:1: publishd: unknown column; did you mean 'published'?", 0),
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_bad_manifest_says_where_and_what_to_do(tmp_path: Path, name: str) -> None:
    text, message, added = MANIFESTS[name]
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "manifest.csv").write_text(text, encoding="utf-8")
    for file in ("good.txt", "other.txt"):
        (folder / file).write_text(f"The crew of {file} left.", encoding="utf-8")
    run("init", tmp_path / "case")
    done = run("add", tmp_path / "case", "--manifest", folder / "manifest.csv")
    assert done.returncode == 1
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert len(run("reports", tmp_path / "case", "--json").stdout.splitlines()) == added


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = run("init", tmp_path / "file" / "case")
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert "choose a folder you may write to" in done.stderr.decode()


def test_a_closed_pipe_is_silent(built: Path) -> None:
    shell = f'{subprocess.list2cmdline(COMMAND[:1])} -c "{COMMAND[2]}" claims {built} --json | head -c 10'
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False)
    assert (len(done.stdout), done.stderr) == (10, b"")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupt_keeps_whole_reports_and_adding_again_completes(tmp_path: Path, workers: str) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(f"A clerk said camp {number} was shut. " * 20, encoding="utf-8")
    run("init", tmp_path / "case")
    add = subprocess.Popen([*COMMAND, "add", str(tmp_path / "case"), str(folder), "--workers", workers], stderr=subprocess.PIPE, start_new_session=True)
    for _ in range(600):
        time.sleep(0.05)
        if run_sql(tmp_path / "case", "SELECT count(*) FROM log WHERE kind='claims'") >= 16:
            break
    os.killpg(add.pid, signal.SIGINT)
    _, said = add.communicate(timeout=60)
    assert (add.returncode, said.decode().count("\n")) == (130, 1), said
    assert run_sql(tmp_path / "case", "SELECT count(*) FROM log WHERE kind='report'") == run_sql(tmp_path / "case", "SELECT count(*) FROM log WHERE kind='claims'")
    again = run("add", tmp_path / "case", folder)
    assert again.returncode == 0
    assert run_sql(tmp_path / "case", "SELECT count(DISTINCT about) FROM log WHERE kind='claims'") == 400


def run_sql(case: Path, sql: str) -> int:
    import sqlite3

    connection = sqlite3.connect(case / "ledger.sqlite", timeout=30)
    try:
        return int(connection.execute(sql).fetchone()[0])
    finally:
        connection.close()


def test_control_characters_are_shown_and_not_sent_to_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("The crew \x1b[31mleft\u202e the camp.", encoding="utf-8")
    done = run("read", tmp_path / "report.txt")
    assert b"\x1b" not in done.stdout
    assert "\u202e" not in done.stdout.decode()
    assert "\\u001b" in done.stdout.decode()


def test_the_demo_builds_a_case_prints_its_brief_and_three_commands_that_work(tmp_path: Path) -> None:
    done = run("demo", env={"TMPDIR": str(tmp_path)})
    assert (done.returncode, done.stdout.startswith(b"# Timber crews for the north\n")) == (0, True)
    commands = [line.split() for line in done.stderr.decode().splitlines() if line.startswith("  reportedly ")]
    assert len(commands) == 3
    for command in commands:
        assert run(*command[1:]).returncode == 0


@pytest.mark.parametrize(("name", "value"), [("REPORTEDLY_WORKERS", "many"), ("REPORTEDLY_BATCH_SIZE", "0"), ("REPORTEDLY_MAX_BYTES", "1")])
def test_a_setting_that_makes_no_sense_is_one_line(built: Path, name: str, value: str) -> None:
    done = run("add", built, EXAMPLES, env={name: value})
    assert (done.returncode, done.stderr.decode().count("\n")) == (1, 1)
    assert f"{name}={value}: set it to a whole number from" in done.stderr.decode()


def test_every_value_of_a_text_is_listed_and_is_json_with_its_keys(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("About 40 men left Donetsk on Monday for three weeks.", encoding="utf-8")
    lines = run("read", tmp_path / "a.txt", "--values", "--published", "2031-05-14", "--json").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [(row["kind"], row["text"]) for row in rows] == [("quantity", "About 40 men"), ("place", "Donetsk"), ("time", "Monday"), ("duration", "three weeks")]
    assert (rows[1]["country"], rows[1]["claimed_by"], rows[2]["edtf"], rows[3]["min"], rows[0]["bound"]) == (None, ["UA", "RU"], "2031-05-12", 3, "about")
    plain = run("read", tmp_path / "a.txt", "--values", "--published", "2031-05-14").stdout.decode()
    assert "claimed or held by UA and RU" in plain


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("search", "CASE", "--actor", "*"), 1, "names nobody"),
        (("search", "CASE", "--actor", " "), 1, "--actor: is blank"),
        (("search", "CASE", "--voice", ""), 1, "--voice: is blank"),
        (("search", "CASE", "x", "--limit", "99999999999999999999"), 2, "--limit"),
        (("claims", "CASE", "--limit", "99999999999999999999"), 2, "--limit"),
        (("claims", "CASE", "--voice", " "), 1, "--voice: is blank"),
        (("claims", "CASE", "--report", ""), 1, "--report: is blank"),
        (("log", "CASE", "--kind", "nosuch"), 1, "no such kind; there are case, collected"),
        (("rate", "CASE", "B", "--voice", "", "--by", "Ana"), 1, "no voice is named"),
        (("rate", "CASE", "B", "--outlet", "Coast Times", "--by", " "), 1, "nobody signs this"),
        (("verify", "CASE", "--head", "abc"), 1, "it has 64 digits"),
        (("brief", "CASE", "-o", ""), 1, "name the file to write"),
        (("brief", "CASE", "--format", "pdf"), 1, "is no text for a terminal; name a file with -o"),
        (("brief", "CASE", "--format", "odt"), 1, "no such format; there are md, html, pdf, docx"),
        (("brief", "CASE", "--with", "nowhere.md"), 1, "nowhere.md: cannot be read"),
        (("brief", "CASE", "--template", "nowhere.j2"), 1, "--template nowhere.j2: cannot be read"),
        (("lint", "nowhere.md", "--case", "CASE"), 1, "nowhere.md: cannot be read"),
        (("lint", "nowhere.md"), 2, "--case"),
        (("assess", "CASE", "--sheet", "nothing"), 1, "no such sheet; there are ilo_forced_labour"),
        (("export", "CASE", "xlsx", "-o", "x.xlsx"), 1, "no such format; there are csv, ftm, jsonld, parquet"),
        (("export", "CASE", "csv", "-o", ""), 1, "name the file to write"),
        (("bundle", "CASE", "-o", "x.zip", "--as-of", "2031-04-01"), 1, "it goes with --html"),
        (("bundle", "CASE", "-o", ""), 1, "name the file to write"),
        (("diff", "CASE", "--from", "2031-05-01", "--to", "2031-04-01"), 1, "give the earlier day first"),
        (("ask", "CASE"), 1, "nothing is asked"),
        (("ask", "CASE", "--when", "2031-13"), 1, "no day; write YYYY-MM-DD"),
        (("findings", "CASE", "--prefer", "mine"), 1, "no such rule; there are latest"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_what_makes_no_sense_is_refused_in_one_line(framed: Path, words: tuple[str, ...], code: int, says: str) -> None:
    done = run(*(str(framed) if word == "CASE" else word for word in words))
    said = done.stderr.decode()
    assert (done.returncode, says in said) == (code, True), said
    assert code == 2 or said.count("\n") == 1
    assert "Traceback" not in said


def test_the_last_day_of_the_calendar_is_a_day(framed: Path) -> None:
    assert run("claims", framed, "--known-by", "9999-12-31", "--limit", "1").returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind there")
@pytest.mark.parametrize(
    "words",
    [
        "claims",
        "reports",
        "events",
        "findings",
        "plans",
        "conflicts",
        "gaps",
        "timeline",
        "chains",
        "sources",
        "leavings",
        "log",
        "evidence",
        "verify",
        "search loggers",
        "ask --what selection",
        "diff --from 2031-03-01 --to 2031-05-20",
        "verify --head abc",
    ],
)
def test_nothing_is_wider_than_a_terminal_of_80_columns(framed: Path, words: str) -> None:
    import pty

    verb, *others = words.split()
    wait, terminal = pty.fork()
    if wait == 0:
        os.environ.update(COLUMNS="80", NO_COLOR="1", PYTHONUTF8="1")
        os.execv(sys.executable, [*COMMAND, verb, str(framed), *others])
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.waitpid(wait, 0)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode().replace("\r", ""))
    wide = [line for line in plain.split("\n") if len(line) > 80 and str(framed) not in line]
    assert wide == []
