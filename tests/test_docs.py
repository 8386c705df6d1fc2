"""The documentation is true: its commands run, its transcripts are what the program prints, every command is told of."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests_support import EXAMPLES, ROOT, write_brief

import reportedly
from reportedly.assessing.load import SHIPPED
from reportedly.exporting import FORMATS
from reportedly.pipeline import init_case
from reportedly.settings import _LIMITS

PAGES = sorted((ROOT / "docs").glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _environment(folder: Path) -> dict[str, str]:
    """A shell in which `reportedly` and `python` are those under test."""
    scripts = folder / "bin"
    scripts.mkdir()
    for name, words in (("reportedly", "-c \"import sys; sys.argv[0] = 'reportedly'; from reportedly.cli import main; main()\""), ("python", "")):
        (scripts / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', encoding="utf-8")
        (scripts / name).chmod(0o755)
    (folder / "tmp").mkdir()
    return {**os.environ, "PATH": f"{scripts}:{os.environ['PATH']}", "TMP": str(folder / "tmp"), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_the_commands_of_a_page_run(page: Path, tmp_path: Path) -> None:
    environment = _environment(tmp_path)
    for language, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "sh":
            done = subprocess.run(["bash", "-euc", block], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
            assert done.returncode == 0, done.stderr


def _transcripts() -> list[tuple[str, str]]:
    console = "".join(block for language, block in BLOCK.findall(README) if language == "console")
    parts = re.split(r"^\$ (.*)\n", console, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def test_the_readme_transcripts_are_what_the_program_prints(tmp_path: Path) -> None:
    environment = _environment(tmp_path)
    shutil.copytree(EXAMPLES, tmp_path / "examples" / "timber")
    for command, shown in _transcripts():
        quoted = command.replace('"', '\\"')
        terminal = ["script", "-qec", f'bash -c "stty cols 80; {quoted}"', "/dev/null"]
        asked = terminal if " claims " in command else ["bash", "-c", command]  # a table is for terminals; a progress bar would stand in the way
        done = subprocess.run(asked, cwd=tmp_path, env={**environment, "NO_COLOR": "1"}, capture_output=True, text=True, check=True)
        assert (done.stderr + done.stdout).replace("\r", "") == shown, command


def test_the_readme_begins_with_two_lines_that_set_up_run_the_demo_and_the_tests() -> None:
    language, block = BLOCK.findall(README)[0]
    demo, tests = block.splitlines()
    assert language == "sh"
    assert demo.endswith(".venv/bin/reportedly demo")
    assert tests.endswith(".venv/bin/pytest")


@pytest.mark.parametrize(
    "verb",
    [
        "demo",
        "read",
        "init",
        "add",
        "reports",
        "serve",
        "sift",
        "claims",
        "events",
        "findings",
        "plans",
        "conflicts",
        "gaps",
        "timeline",
        "chains",
        "diff",
        "ask",
        "tolls",
        "withhold",
        "actors",
        "sources",
        "drift",
        "brief",
        "lint",
        "assess",
        "export",
        "leavings",
        "why",
        "search",
        "review",
        "rate",
        "evidence",
        "log",
        "verify",
        "rebuild",
        "reread",
        "bundle",
        "unbundle",
        "playbook check",
        "playbook test",
    ],
)
def test_every_command_is_told_of(verb: str) -> None:
    assert any(f"reportedly {verb}" in page.read_text(encoding="utf-8") for page in (*PAGES, ROOT / "README.md"))


def test_the_example_brief_is_what_the_program_writes(tmp_path: Path) -> None:
    """All but the head of the ledger, in which the hour stands."""
    with init_case(tmp_path / "case", "Timber crews", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES])
        written = write_brief(case)
    page = (ROOT / "docs" / "example-brief.md").read_text(encoding="utf-8")
    assert re.sub(r"ledger: \w+", "", page) == re.sub(r"ledger: \w+", "", written)


@pytest.mark.parametrize("sheet", SHIPPED)
def test_every_sheet_is_told_of(sheet: str) -> None:
    assert f"`{sheet}`" in (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_every_export_is_told_of_with_what_it_loses(kind: str) -> None:
    assert f"| `{kind}` |" in (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", sorted(_LIMITS))
def test_every_setting_is_told_of(setting: str) -> None:
    assert f"REPORTEDLY_{setting.upper()}" in (ROOT / "docs" / "json.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)", prose)
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_page_has_fewer_than_500_lines(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) < 500


def test_the_public_names_are_these_and_no_more() -> None:
    assert sorted(reportedly.__all__) == ["Case", "ReportedlyError", "init_case", "open_case", "read_claims", "read_report"]
    assert all(getattr(reportedly, name) for name in reportedly.__all__)


def test_values_come_without_parser_and_ledger() -> None:
    probe = "import reportedly.values, sys; assert not {'spacy', 'sqlite3', 'pydantic', 'msgspec'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
