"""A case that stays open tells after each change what a fresh reader of it tells."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reportedly.deciding import review, withhold
from reportedly.pipeline import Case, open_case
from reportedly.records import Link, Reconciled, Review

Build = Callable[..., Case]
SAID = "A source in Rason said that the bureau chose 400 men in the second round of selections. They will leave for Khasan in May."
COPY = SAID.replace("A source in Rason said that the", "The").replace("selections.", "selections, a source in Rason said.")


def ask(case: Case, day: date | None = None) -> tuple[Reconciled, list[Link]]:
    view = case.view(day)
    return case.reconcile(view), case.links(view)


def ask_afresh(case: Case, day: date | None = None) -> tuple[Reconciled, list[Link]]:
    """What a copy of the case tells of which nothing was derived yet."""
    with TemporaryDirectory() as folder:
        shutil.copytree(case.ledger.path, Path(folder) / "case", ignore=shutil.ignore_patterns("derived.sqlite*"))
        with open_case(Path(folder) / "case") as fresh:
            return ask(fresh, day)


def put(case: Case, folder: Path, name: str, outlet: str, day: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    head = f"published: {day}\n" if day else ""
    (folder / f"{name}.md").write_text(f"---\noutlet: {outlet}\n{head}---\n{text}\n", encoding="utf-8")
    case.add([folder / f"{name}.md"])


@pytest.fixture
def case(build: Build) -> Case:
    """Two reports that matter, and so many others that one more is a small part."""
    others = [("River News", f"2030-{month:02}-{day:02}", f"Clinic {month}{day} took in {month * 31 + day} patients.") for month in range(1, 6) for day in (3, 9, 17, 25)]
    return build(("Hill Post", "2031-03-03", SAID), ("Coast Times", "2031-03-20", "The bureau sent 350 men to Khasan in the second round."), *others)


def test_reports_that_come_and_a_day_that_is_learnt(case: Case, tmp_path: Path) -> None:
    ask(case)
    put(case, tmp_path / "in", "c", "Valley News", "2031-03-05", COPY)
    assert ask(case) == ask_afresh(case)
    put(case, tmp_path / "in", "d", "River News", "", "The 400 men left Khasan in June, Hill Post reported in March.")
    assert ask(case) == ask_afresh(case)
    put(case, tmp_path / "in", "d", "River News", "2031-07-01", "The 400 men left Khasan in June, Hill Post reported in March.")
    assert ask(case) == ask_afresh(case)


def test_a_view_that_was_made_before_a_report_came_tells_what_was_there_and_spoils_nothing(case: Case, tmp_path: Path) -> None:
    old = case.view()
    put(case, tmp_path / "in", "c", "Valley News", "2031-03-05", COPY)
    with open_case(case.ledger.path) as other:
        ask(other)
    assert {one.report.id for one in case.reconcile(old).claims} <= set(old.reports)
    assert ask(case) == ask_afresh(case)


def test_a_translation_of_what_two_files_are_called_is_linked_to_neither(case: Case, tmp_path: Path) -> None:
    for folder, outlet in (("x", "Hill Post"), ("y", "Coast Times")):
        put(case, tmp_path / folder, "a", outlet, "2031-05-03", f"Рабочие уехали в понедельник, сообщает {outlet}.")
    (tmp_path / "t.md").write_text("---\ntranslation_of: a.md\n---\nThe workers left on Monday.\n", encoding="utf-8")
    case.add([tmp_path / "t.md"])
    assert not [link for link in case.links(case.view()) if link.kind == "translated" and link.score == 1.0]


def test_days_that_are_asked_for_in_any_order(case: Case) -> None:
    for day in (None, date(2031, 3, 10), date(2031, 12, 1), date(2030, 1, 1), None, date(2031, 3, 20)):
        assert ask(case, day) == ask_afresh(case, day)


def test_what_reviewers_decide_and_what_is_withheld(case: Case) -> None:
    ask(case)
    claims = [claim for claim in case.claims(case.view()) if claim.playbook]
    chosen, sent = next(one for one in claims if one.frame == "selection"), next(one for one in claims if one.frame == "dispatch")
    decisions = (Review(chosen.id, "edit", "Ana", "misread", "status", "planned"), Review(sent.id, "reject", "Ana", "not this programme"))
    for one in decisions:
        review(case, one)
        assert ask(case) == ask_afresh(case)
    assert sent.id not in {one.claim.id for one in ask(case)[0].claims}
    (done,) = review(case, Review(chosen.id, "reject", "Ana", "wrong"))
    ask(case)
    review(case, Review("", "undo", "Ana", "right after all", undoes=done.seq))
    assert ask(case) == ask_afresh(case)
    withhold(case, case.view().reports[chosen.report], "Ana", "names a source")
    assert ask(case) == ask_afresh(case)
    assert chosen.id not in {one.claim.id for one in ask(case)[0].claims}
