"""Claims to events, findings and plans: pure functions of the set of claims."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests_support import EXAMPLES, SEEDS, write_brief

from reportedly.pipeline import Case, init_case, read_claims
from reportedly.reading import Given, make_reading
from reportedly.reconciling.dating import date_claims
from reportedly.reconciling.events import find_events
from reportedly.reconciling.plans import is_tellable
from reportedly.records import Dated, Finding, Origins, Plan

Build = Callable[..., Case]


def one_origin(claims: list[Dated]) -> Origins:
    """Origins are counted by lineage; here nobody asks for them."""
    return Origins(1, len(claims), "")


def plans_of(case: Case, day: str) -> dict[str, Plan]:
    return {plan.label: plan for plan in case.plans(case.view(date.fromisoformat(day))) if is_tellable(plan)}


def finding(case: Case, role: str) -> Finding:
    (found,) = [one for one in case.findings(case.view()) if one.role == role]
    return found


ROUNDS = (
    ("Hill Post", "2031-03-03", "The bureau carried out the first round of selections in January."),
    ("Hill Post", "2031-04-03", "The bureau plans to conduct a second round of selections in May."),
    ("Hill Post", "2031-06-03", "The bureau carried out the second round of selections in May."),
)


def test_the_first_and_the_second_round_stay_two_events(build: Build) -> None:
    case = build(*ROUNDS)
    assert {event.label: len(event.claims) for event in case.events(case.view())} == {"first round: selection": 1, "second round: selection": 2}


def test_the_plan_and_the_outcome_are_stages_of_one_event(build: Build) -> None:
    case = build(*ROUNDS)
    assert plans_of(case, "2031-05-01")["second round: selection"].outcome == "open"
    assert plans_of(case, "2031-06-10")["second round: selection"].outcome == "kept"


def test_a_plan_repeated_stays_a_plan_and_becomes_overdue(build: Build) -> None:
    plan = "The trust plans to send forty welders to Khasan in early April."
    case = build(("Hill Post", "2031-03-03", plan), ("Valley News", "2031-03-05", plan), ("Hill Post", "2031-03-20", plan + " It is final."))
    (board,) = plans_of(case, "2031-04-20").values()
    assert (board.outcome, len(board.mentions), board.why) == ("overdue", 3, "due by 2031-04-10, 10 days before 2031-04-20; nothing confirms it")


def test_a_departure_that_moves_is_slipped_by_its_days(build: Build) -> None:
    case = build(
        ("Hill Post", "2031-03-03", "The trust plans to send 44 welders in April."),
        ("Hill Post", "2031-03-25", "The trust now plans to send 44 welders in May."),
    )
    (board,) = plans_of(case, "2031-03-26").values()
    assert (board.outcome, board.slip_days) == ("slipped", 31)


def test_an_overdue_plan_is_not_overdue_on_an_earlier_day(build: Build) -> None:
    case = build(("Hill Post", "2031-03-03", "The trust plans to send forty welders in early April."))
    assert [plans_of(case, day)[next(iter(plans_of(case, day)))].outcome for day in ("2031-03-10", "2031-04-11")] == ["open", "overdue"]


def test_what_experts_doubt_was_never_announced(build: Build) -> None:
    case = build(("Hill Post", "2031-03-03", "Analysts doubt that the trust will send forty welders in April."))
    assert plans_of(case, "2031-03-10") == {}


def test_the_aim_of_something_past_is_no_plan(build: Build) -> None:
    case = build(("Hill Post", "2031-03-03", "The trust sent 40 welders abroad to earn dollars in January 2020."))
    assert [plan for plan in case.plans(case.view()) if plan.frame == "pay" and is_tellable(plan)] == []


def test_what_keeps_a_plan_is_told_in_the_words_that_assert_it(build: Build) -> None:
    case = build(
        ("Hill Post", "2031-04-03", "The bureau plans to conduct a second round of selections in May."),
        ("Hill Post", "2031-06-03", "Those selected in the second round are idle. The bureau has completed the second round of selections."),
    )
    assert plans_of(case, "2031-06-10")["second round: selection"].why == "said to have occurred: “The bureau has completed the second round of selections”"


def test_a_further_selection_is_possibly_the_next_round_and_said_to_be_unsure(build: Build) -> None:
    case = build(*ROUNDS, ("Hill Post", "2031-07-03", "The bureau is conducting another selection."))
    (further,) = [event for event in case.events(case.view()) if event.round == "further"]
    assert further.perhaps == "possibly the third round, or an addition to the second: no words say which"


def test_an_unnumbered_selection_told_of_before_any_second_is_possibly_the_first(build: Build) -> None:
    case = build(("Hill Post", "2031-03-03", "The bureau recruited 400 men."), *ROUNDS[1:])
    (unnumbered,) = [event for event in case.events(case.view()) if event.round is None]
    assert unnumbered.perhaps == "possibly the first round: told of no later than the second, and no words say which"


def test_an_unnumbered_selection_told_of_after_a_second_may_be_any(build: Build) -> None:
    case = build(*ROUNDS, ("Hill Post", "2031-07-03", "The bureau recruited 400 men."))
    assert [event.perhaps for event in case.events(case.view()) if event.round is None] == [None]


def test_a_claim_without_a_round_joins_only_one_of_two_rounds_that_share_its_number(build: Build) -> None:
    case = build(
        ("Hill Post", "2031-03-03", "The bureau chose 400 men in the first round of selections."),
        ("Hill Post", "2031-04-03", "The bureau chose 400 men in the second round of selections."),
        ("Hill Post", "2031-04-05", "The bureau chose 400 men."),
    )
    events = case.events(case.view())
    assert sorted(len(event.claims) for event in events) == [1, 2]
    assert {event.round for event in events} == {"first", "second"}


def test_options_under_discussion_are_one_decision_and_the_favoured_is_marked(build: Build) -> None:
    text = "Officials are discussing plans to send the welders by train. Also being discussed is a plan to send them by sea. They are strongly considering sending them by air."
    case = build(("Hill Post", "2031-03-03", text))
    (decision,) = case.reconcile(case.view()).decisions
    assert len(decision.options) == 3
    assert [one.claim.quote for one in decision.options if one.claim.id in decision.favoured] == ["They are strongly considering sending them by air"]


def test_an_event_of_two_thousand_claims_is_one_event_with_all_of_them() -> None:
    text = "The trust plans to send 440 welders to Khasan in early April. " * 25
    reports = [make_reading(f"{text}{number}".encode(), f"{number}.txt", Given(outlet="Hill Post", published="2031-03-03")).report for number in range(80)]
    claims = [claim for report in reports for claim in read_claims(report, playbooks=("labour_export",)) if claim.frame == "dispatch"]
    (event,) = find_events(date_claims(claims, {report.id: report for report in reports}))
    assert len(event.claims) == len(claims) == 2000


@pytest.mark.parametrize("day", ["", "published: 2031-03-03\n"])
def test_one_report_dated_or_not_gives_a_brief_with_its_event(tmp_path: Path, day: str) -> None:
    (tmp_path / "a.md").write_text(f"---\noutlet: Hill Post\n{day}---\nThe trust plans to send 440 welders in April. The trust sent 440 welders.\n", encoding="utf-8")
    with init_case(tmp_path / "case", playbooks=("labour_export",)) as case:
        case.add([tmp_path / "a.md"])
        (event,) = case.events(case.view())
        assert "### dispatch: 440 welders: occurred" in write_brief(case)
    assert len(event.claims) == 2


def test_two_dispatches_with_other_numbers_and_times_stay_two(build: Build) -> None:
    case = build(("Hill Post", "2031-03-30", "The trust sent 40 welders to Chita on 3 March. The trust sent 60 cooks to Khasan on 20 March."))
    assert [len(event.claims) for event in case.events(case.view()) if event.frame == "dispatch"] == [1, 1]


def test_a_later_number_of_the_same_voices_is_a_revision_and_both_stay(build: Build) -> None:
    case = build(
        ("Hill Post", "2031-03-03", "The bureau chose 400 men in the second round of selections."),
        ("Hill Post", "2031-04-03", "The bureau chose 350 men in the second round of selections."),
    )
    people = finding(case, "people")
    assert (people.state, [answer.filler.text for answer in people.answers]) == ("revised", ["400 men", "350 men"])


def test_a_pronoun_answers_nothing(build: Build) -> None:
    case = build(("Hill Post", "2031-03-03", "The bureau chose 400 men. They leave for Khasan in May."))
    assert [answer.filler.text for one in case.findings(case.view()) if one.role == "people" for answer in one.answers] == ["400 men"]


def test_two_unnamed_sources_of_one_outlet_may_be_one(build: Build) -> None:
    case = build(
        ("Hill Post", "2031-03-03", "A cook said the bureau chose 400 men."),
        ("Hill Post", "2031-04-03", "A driver said the bureau chose 400 men."),
    )
    (answer,) = finding(case, "people").answers
    assert (answer.origins.least, answer.origins.most) == (1, 2)


def test_a_rewrite_adds_no_sure_origin(build: Build) -> None:
    case = build(
        ("Hill Post", "2031-03-03", "A source in Rason said the bureau chose 400 men."),
        ("Valley News", "2031-03-05", "The bureau chose 400 men, a source in Rason said."),
    )
    assert finding(case, "people").answers[0].origins.least == 1


def test_every_member_id_stands_in_one_event_and_the_smallest_names_it(tmp_path: Path) -> None:
    with init_case(tmp_path / "case", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES])
        view = case.view()
        members = [one for event in case.events(view) for one in event.claims]
        assert sorted(members) == sorted(claim.id for claim in case.claims(view) if claim.playbook)
        assert all(event.id == min(event.claims) for event in case.events(view))


def test_a_case_without_a_playbook_has_no_events(case: Case) -> None:
    case.add([EXAMPLES])
    assert (case.events(case.view()), case.plans(case.view())) == ([], [])


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real reports lie beside the checkout, in ../shared/seeds, and are not here")
def test_the_first_departure_of_the_real_reports_is_overdue_by_18_days(tmp_path: Path) -> None:
    with init_case(tmp_path / "case", playbooks=("labour_export",)) as case:
        case.add([SEEDS])
        board = plans_of(case, "2022-11-28")
        early = plans_of(case, "2022-10-20")
    assert board["dispatch: 2022-11-01/2022-11-10"].why.startswith("due by 2022-11-10, 18 days before 2022-11-28")
    assert board["second round: selection"].outcome == "kept"
    assert (board["second round: dispatch"].outcome, str(board["second round: dispatch"].due and board["second round: dispatch"].due.latest)) == ("open", "2023-01-21")
    assert early["dispatch: 2022-11-01/2022-11-10"].outcome == "open"


def test_what_is_said_to_be_unclear_joins_no_event_and_keeps_no_plan(build: Build) -> None:
    case = build(
        ("Coast Times", "2031-04-01", "The bureau will send 40 loggers to Chita in May."),
        ("Coast Times", "2031-06-01", "It is unclear whether the 40 loggers were sent to Chita in May."),
    )
    view = case.view()
    unclear = next(claim for claim in case.claims(view) if claim.known == "said-unknown" and claim.playbook)
    reconciled = case.reconcile(view)
    assert all(unclear.id not in event.claims for event in reconciled.events)
    assert [plan.outcome for plan in reconciled.plans] == ["overdue"]
