"""Gaps, dependences, changes, track records and questions: from reports to answers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reportedly.answering import ask, changes, choose, dependences, find_conflicts, find_overdue, gaps, relations_of, rests, timeline, tracks
from reportedly.deciding import rate, review
from reportedly.pipeline import Case, init_case
from reportedly.reconciling.asking import Asked
from reportedly.reconciling.tracks import find_interval
from reportedly.records import Rating, Review

Build = Callable[..., Case]
STORY = (
    ("Hill Post", "2031-03-03", "The bureau selected 300 workers in the first round of selections in February. It plans to send 300 workers to Chita in May 2031, a guard said."),
    (
        "Hill Post",
        "2031-04-03",
        "The bureau will conduct a third round of selections after it receives a request for more workers, depending on the income of the first and second rounds.",
    ),
    ("Coast Times", "2031-06-20", "The bureau selected 450 workers in the first round of selections in February. How many workers were hurt remains unknown."),
    ("Hill Post", "2031-06-25", "The crews who were to leave for Chita in May 2031 remain in Rason, a guard said."),
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    (tmp_path / "reports").mkdir()
    for number, (outlet, day, text) in enumerate(STORY):
        (tmp_path / "reports" / f"{number}.md").write_text(f"---\noutlet: {outlet}\npublished: {day}\n---\n{text}\n", encoding="utf-8")
    case = init_case(tmp_path / "case", playbooks=("labour_export",))
    case.add([tmp_path / "reports"])
    return case


def test_a_conflict_names_both_sides(case: Case) -> None:
    (found,) = [one for one in find_conflicts(case, case.view()) if one.role == "people"]
    assert found.state == "contested"
    assert "“300 workers” (Hill Post, 2031-03-03) and “450 workers” (Coast Times, 2031-06-20)" in found.relations[0].why
    one, other = (answer.claims[0] for answer in found.answers)
    assert "contradicts" in {relation.kind for relation in relations_of(case, other, case.view())}
    assert relations_of(case, one, case.view()) != []


def test_a_plan_that_fell_due_stands_beside_what_is_told_of_those_concerned(case: Case) -> None:
    (plan,) = find_overdue(case, case.view())
    assert "of those concerned it is said: “The crews who were to leave for Chita in May 2031 remain in Rason”" in plan.why
    assert find_overdue(case, case.view(date(2031, 4, 30))) == []


def test_what_is_not_stated_is_no_denial_and_what_is_unknown_is_said_to_be(case: Case) -> None:
    found = {(gap.label.split(":")[0], gap.role): gap for gap in gaps(case, case.view())}
    assert found["first round", "destination"].state == "unstated"
    assert "first round" in found["first round", "destination"].search[0]
    assert ("first round", "people") not in found
    assert any(gap.role == "outcome" and gap.question.startswith("did it happen") for gap in found.values())


def test_what_hangs_on_what_is_told_in_the_words_of_the_report(case: Case) -> None:
    found = {one.kind: one for one in dependences(case, case.view())}
    report = next(report for report in case.view().reports.values() if "third round" in report.text)
    condition = found["condition"]
    assert condition.words == "depending on the income of the first and second rounds"
    assert report.text[condition.start : condition.end] == condition.words
    first = next(event for event in case.events(case.view()) if event.round == "first")
    assert first.id in condition.events
    assert found["after"].words == "after it receives a request for more workers"


def test_a_diff_tells_what_each_report_changed(case: Case) -> None:
    found, view = changes(case, date(2031, 3, 31), date(2031, 6, 30))
    kinds = {(view.reports[one.report].file if one.report else None, one.kind) for one in found}
    assert ("1.md", "new") in kinds
    assert ("2.md", "contested") in kinds
    assert any(one.kind in ("overdue", "slipped") and one.what.startswith("plan: ") for one in found)
    contested = next(one for one in found if one.kind == "contested")
    assert contested.before.startswith("single-origin: 300 workers")
    assert contested.after.startswith("contested: 300 workers, 450 workers")
    assert changes(case, date(2031, 6, 30), date(2031, 6, 30))[0] == []


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        (Asked(what=("selection",), round="first", how_many="?"), {"300 workers", "450 workers"}),
        (Asked(what=("dispatch",), where="?", statuses=("planned",)), {"Chita"}),
        (Asked(what=("selection",), how_many="450"), {"The bureau selected 450 workers in the first round of selections in February"}),
        (Asked(what=("selection",), round="third"), {"The bureau will conduct a third round of selections"}),
        (Asked(what=("zeppelin",)), set()),
        (Asked(what=("selection",), when=(date(1990, 1, 1), date(1990, 12, 31))), set()),
    ],
)
def test_a_question_is_answered_by_what_the_claims_say(case: Case, asked: Asked, answers: set[str]) -> None:
    replies = ask(case, asked, case.view())
    assert {reply.answer.split(" after")[0] for reply in replies} == answers
    assert all(reply.claims and reply.voices and reply.origins.least >= 1 for reply in replies)


def test_an_answer_is_as_of_the_day_that_is_asked_for(case: Case) -> None:
    early = ask(case, Asked(what=("selection",), round="first", how_many="?"), case.view(date(2031, 5, 1)))
    assert [reply.answer for reply in early] == ["300 workers"]


def test_a_finding_tells_what_it_rests_on_and_a_rating_can_choose(case: Case) -> None:
    view = case.view()
    found = [one for one in case.findings(view) if one.role == "people" and one.state == "contested"]
    (rested,) = rests(case, view, found)
    assert {rest.becomes for rest in rested.rests_on} == {"single-origin"}
    ((_, chosen),) = choose(case, found, "rated", view)
    assert chosen is None
    rate(case, Rating("outlet", "Coast Times", "B", "Ana"))
    ((_, chosen),) = choose(case, found, "rated", view)
    assert chosen is not None
    assert chosen[0].filler.text == "450 workers"


def test_the_track_record_counts_plans_that_fell_due_with_an_interval(case: Case) -> None:
    record = {(one.outlet, one.voice): one for one in tracks(case, case.view())}
    assert record["Hill Post", "anonymous"].due >= 1
    assert record["Hill Post", "anonymous"].kept == 0
    assert find_interval(0, 0) == (0.0, 1.0)
    low, high = find_interval(1, 1)
    assert 0.2 < low < 0.21
    assert high == 1.0


def test_a_rejected_claim_is_withdrawn_and_in_no_answer(case: Case) -> None:
    claim = next(one for one in case.claims(case.view()) if "450" in one.quote and one.playbook)
    review(case, Review(claim.id, "reject", "Ana"))
    assert find_conflicts(case, case.view()) == []
    assert all(claim.id not in reply.claims for reply in ask(case, Asked(what=("selection",)), case.view()))


def test_the_timeline_keeps_intervals_and_stages(case: Case) -> None:
    found = [(dated.when.edtf if dated.when else "", dated.claim.status) for _, dated in timeline(case, case.view())]
    assert ("2031-02", "occurred") in found
    assert ("2031-05", "planned") in found
    assert found == sorted(found, key=lambda one: one[0])


def test_claims_without_day_place_or_number_are_kept_and_nothing_is_made_of_them(tmp_path: Path) -> None:
    (tmp_path / "bare.txt").write_text("Workers were sent. Workers were not sent. They left. Nobody left.", encoding="utf-8")
    with init_case(tmp_path / "bare", playbooks=("labour_export",)) as bare:
        bare.add([tmp_path / "bare.txt"])
        view = bare.view()
        assert list(bare.claims(view))
        assert find_conflicts(bare, view) == []
        assert bare.plans(view) == []
        assert {gap.state for gap in gaps(bare, view)} == {"unstated"}
        assert changes(bare, date(2031, 1, 1), date(2031, 2, 1))[0] == []
