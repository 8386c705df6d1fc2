"""Views on a shelf: the same rows whatever was looked at before, and none that a command would not print."""

import json
from datetime import date
from pathlib import Path

import pytest

from reportedly.deciding import review
from reportedly.exports.rows import event_row, finding_row, plan_row, write_row
from reportedly.ledger.shelf import open_shelf
from reportedly.pipeline import Case, open_case
from reportedly.reconciling.plans import is_tellable
from reportedly.records import Review
from reportedly.viewing import TODAY, name_of, shelve, version_of

DAYS = ("2031-03-14", TODAY, "2031-05-02", "2031-04-21")


def _rows(shelf: Path, view: str, case: Case) -> dict[str, list[str]]:
    found = open_shelf(shelf, version_of(case))
    assert found is not None
    with found:
        kinds = (
            "summary",
            "days",
            "reports",
            "events",
            "cards",
            "members",
            "findings",
            "plans",
            "numbers",
            "conflicts",
            "timeline",
            "gaps",
            "chains",
            "concerns",
            "routes",
            "sources",
            "network",
            "changes",
            "leavings",
        )
        return {kind: [f"{one.id} {one.event} {one.frame} {one.state} {one.body}" for one in found.rows(view, kind)] for kind in kinds}


def test_a_view_is_the_same_whatever_was_looked_at_before(framed: Case, tmp_path: Path) -> None:
    for day in DAYS:
        shelve(framed, day, tmp_path / "one")
    for day in reversed(DAYS):
        with open_case(framed.ledger.path) as fresh:
            shelve(fresh, day, tmp_path / "other")
    assert [_rows(tmp_path / "one", day, framed) for day in DAYS] == [_rows(tmp_path / "other", day, framed) for day in DAYS]


def test_a_view_after_a_decision_is_the_same_as_one_derived_afresh(framed: Case, tmp_path: Path) -> None:
    shelve(framed, TODAY, tmp_path / "one")
    before = _rows(tmp_path / "one", TODAY, framed)
    review(framed, Review(json.loads(before["concerns"][0].split(" ", 4)[4])["claim"], "reject", "Ana"))
    shelve(framed, TODAY, tmp_path / "one")
    with open_case(framed.ledger.path) as fresh:
        shelve(fresh, TODAY, tmp_path / "other")
    assert _rows(tmp_path / "one", TODAY, framed) == _rows(tmp_path / "other", TODAY, framed) != before


def test_what_is_kept_is_what_the_case_answers(framed: Case, tmp_path: Path) -> None:
    shelve(framed, "2031-04-21", tmp_path / "one")
    view, found = framed.view(date(2031, 4, 21)), open_shelf(tmp_path / "one", version_of(framed))
    assert found is not None
    with found:
        assert [one.body for one in found.rows("2031-04-21", "events")] == [write_row(event_row(one)) for one in framed.events(view)]
        assert [one.body for one in found.rows("2031-04-21", "findings")] == [write_row(finding_row(one)) for one in framed.findings(view)]
        plans = [one.body for one in found.rows("2031-04-21", "plans")]
        assert plans == [write_row(plan_row(one)) for one in framed.plans(view) if is_tellable(one)]
        assert plans


def test_what_wants_a_look_first_comes_first(framed: Case, tmp_path: Path) -> None:
    shelve(framed, TODAY, tmp_path / "one")
    rows = [json.loads(row.split(" ", 4)[4]) for row in _rows(tmp_path / "one", TODAY, framed)["concerns"]]
    assert all("overdue" in row["why"] or "contested" in row["why"] for row in rows[:3])
    assert rows[-1]["why"] in (["probable"], ["possible"], ["nobody named"], ["two readings"])


def test_a_place_is_never_drawn_smaller_than_its_name_allows(framed: Case, tmp_path: Path) -> None:
    shelve(framed, TODAY, tmp_path / "one")
    stops = [stop for row in _rows(tmp_path / "one", TODAY, framed)["routes"] for stop in json.loads(row.split(" ", 4)[4])["stops"]]
    assert any(stop["kind"] == "city" and stop["radius_km"] == 10 for stop in stops)
    assert all(stop["lat"] is None or stop["radius_km"] for stop in stops)
    assert all(stop["lat"] is None for stop in stops if stop["kind"] == "country")


def test_copies_are_counted_as_one_text(framed: Case, tmp_path: Path) -> None:
    shelve(framed, TODAY, tmp_path / "one")
    summary = json.loads(_rows(tmp_path / "one", TODAY, framed)["summary"][0].strip())
    assert (summary["texts"], summary["reports"]) == (5, 6)


def test_changes_between_days_have_a_name_of_both() -> None:
    assert name_of(date(2031, 4, 1), date(2031, 5, 1)) == "2031-04-01/2031-05-01"


def test_a_case_with_nothing_in_it_can_be_looked_at(case: Case, tmp_path: Path) -> None:
    shelve(case, TODAY, tmp_path / "one")
    assert json.loads(_rows(tmp_path / "one", TODAY, case)["summary"][0].strip())["reports"] == 0


@pytest.mark.parametrize("name", ["2031-01-01", "2040-01-01"])
def test_a_day_before_or_after_all_reports_can_be_looked_at(name: str, framed: Case, tmp_path: Path) -> None:
    assert shelve(framed, name, tmp_path / "one")
