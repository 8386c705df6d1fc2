"""The brief says nothing that a report does not say."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests_support import EXAMPLES

from reportedly.pipeline import Case, init_case

LINE = re.compile(r"^- .*“(?P<quote>.*)” · \*\*.*\[(?P<number>\d+): (?P<start>\d+)–(?P<end>\d+)\]$")


def unescape(text: str) -> str:
    return re.sub(r"\\([\\`*_\[\]<>#])", r"\1", text)


def test_every_line_quotes_its_report_at_its_offsets(case: Case) -> None:
    case.add([EXAMPLES])
    view = case.view()
    numbered = sorted(view.reports.values(), key=lambda one: (one.published.when.edtf if one.published.when else "9999", one.id))
    lines = [line for line in case.brief().splitlines() if line.startswith("- ")]
    assert len(lines) >= len(list(case.claims(view)))
    for line in lines:
        m = LINE.match(line)
        assert m, line
        words = numbered[int(m["number"]) - 1].text[int(m["start"]) : int(m["end"])]
        assert unescape(m["quote"]) == " ".join(words.split())


def test_plans_stand_apart_from_what_happened(case: Case) -> None:
    case.add([EXAMPLES])
    happened, planned = case.brief().split("## Said to have happened")[1].split("## Planned")
    assert "they plan to send the crews" in planned
    assert "they plan to send the crews" not in happened
    assert "provincial committees had chosen" in happened


def test_a_brief_of_a_day_knows_nothing_later(case: Case) -> None:
    case.add([EXAMPLES])
    brief = case.brief(date(2031, 4, 20))
    assert "3 reports" in brief
    assert "1 undated report left out." in brief
    assert "Khasan" not in brief
    assert "have yet to cross" not in brief


def test_unnamed_outlets_are_not_taken_for_one(case: Case, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"The crew left camp {name[0]} at dawn.", encoding="utf-8")
    case.add([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert {"### the outlet of a.txt", "### the outlet of b.txt"} <= set(case.brief().splitlines())


def test_sources_of_one_description_are_said_to_be_perhaps_several(case: Case, tmp_path: Path) -> None:
    for number in (1, 2):
        text = f"---\noutlet: Hill Post\npublished: 2031-03-0{number}\n---\nA source in Rason said that gate {number} was shut.\n"
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    case.add([tmp_path / "1.md", tmp_path / "2.md"])
    assert "### a source in Rason (anonymous) → Hill Post — so described in 2 reports; one person or several" in case.brief()


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "[link](http://x)", "**bold** `code`", "# head", "| cell |"])
def test_markup_inside_a_report_stays_text(case: Case, tmp_path: Path, words: str) -> None:
    (tmp_path / "report.txt").write_text(f"The crew {words} left the camp at dawn.", encoding="utf-8")
    case.add([tmp_path / "report.txt"])
    row = next(line for line in case.brief().splitlines() if line.startswith("- "))
    assert words[0] == "|" or all(row[at - 1] == "\\" for at in range(len(row)) if row.startswith(words, at))
    assert words in unescape(row)


def test_a_case_without_reports_says_so(case: Case) -> None:
    assert "0 reports, 0 claims" in case.brief()


@pytest.fixture
def framed(tmp_path: Path) -> Iterator[Case]:
    with init_case(tmp_path / "framed", "Crews", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES])
        yield case


def test_with_a_playbook_the_brief_opens_with_what_became_of_the_plans(framed: Case) -> None:
    brief = framed.brief(date(2031, 4, 21))
    sections = [line for line in brief.splitlines() if line.startswith("## ")]
    assert sections[:2] == ["## Plans and what came of them", "## What happened, at which stage"]
    assert "- **overdue** " in brief


def test_every_claim_stands_in_the_brief_with_its_place(framed: Case) -> None:
    brief, view = framed.brief(), framed.view()
    for claim in framed.claims(view):
        assert f": {claim.start}–{claim.end}]" in brief


def test_what_nobody_knows_is_said(framed: Case) -> None:
    unknown = framed.brief().split("## Said to be unknown")[1].split("\n## ")[0]
    assert "it is not known which provinces will be asked" in unknown


def test_a_bound_in_the_brief_is_the_reports_own(framed: Case) -> None:
    numbers = framed.brief().split("## Numbers")[1].split("\n## ")[0]
    assert "“at least 600 people”, planned, origins 1" in numbers
