"""From reports to ledger: tests/stories/*.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.pipeline import Case
from reportedly.reconciling.dating import resolve
from reportedly.records import Claim, Report

STORIES = [story for path in sorted(Path(__file__).parent.glob("*.yaml")) for story in yaml.safe_load(path.read_text(encoding="utf-8"))]


def write_reports(folder: Path, reports: list[dict[str, Any]]) -> None:
    folder.mkdir()
    for report in reports:
        given = "".join(f"{key}: {report[key]}\n" for key in ("outlet", "published") if key in report)
        (folder / report["file"]).write_text(f"---\n{given}---\n{report['text']}\n", encoding="utf-8")


def _line(claim: Claim, report: Report) -> str:
    when, told = resolve(claim.when, report), resolve(claim.voice[0].on, report)
    time = [when.edtf or f"(unresolved {'on ' if claim.when and claim.when.text[0].isupper() else ''}{claim.when.text if claim.when else ''})"] if when else []
    marks = [report.file, claim.status, "+" if claim.polarity == "positive" else "-", *time, *([f"told {told.edtf}"] if told and told.edtf else [])]
    voices = " > ".join(voice.text for voice in claim.voice)
    return f"{' '.join(marks)} | {voices} | {claim.quote}"


@pytest.mark.parametrize("story", STORIES, ids=[story["name"] for story in STORIES])
def test_the_ledger_holds_what_the_reports_say(story: dict[str, Any], case: Case, tmp_path: Path) -> None:
    write_reports(tmp_path / "reports", story["reports"])
    case.add([tmp_path / "reports"])
    view = case.view()
    assert [_line(claim, view.reports[claim.report]) for claim in case.claims(view)] == story["claims"]
