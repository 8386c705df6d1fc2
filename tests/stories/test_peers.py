"""What other tools get wrong, each as a story told to this one (docs/doctrine.md)."""

from collections.abc import Callable
from datetime import date

from tests_support import write_brief

from reportedly.answering import find_conflicts
from reportedly.pipeline import Case

Build = Callable[..., Case]


def test_two_occurrences_do_not_collapse_into_one_fact(build: Build) -> None:
    """Graphiti #1865."""
    case = build(
        ("Hill Post", "2031-03-03", "The bureau carried out the first round of selections in January."),
        ("Hill Post", "2031-06-03", "The bureau carried out the second round of selections in May."),
    )
    assert len([event for event in case.events(case.view()) if event.frame == "selection"]) == 2


def test_a_newer_report_invalidates_nothing(build: Build) -> None:
    """Graphiti #1728."""
    case = build(
        ("Hill Post", "2031-03-03", "The bureau sent 300 workers to Chita in February."),
        ("Coast Times", "2031-06-03", "The bureau sent 40 workers to Omsk in May, and no worker left in June."),
    )
    assert any("300 workers" in claim.quote for claim in case.claims(case.view()))
    assert any(filler.text == "300 workers" for finding in case.findings(case.view()) for answer in finding.answers for filler in (answer.filler,))


def test_a_year_stays_a_year(build: Build) -> None:
    """Graphiti's dates."""
    case = build(("Hill Post", "2031-03-03", "The bureau sent 300 workers to Chita in 2022."))
    (when,) = {dated.when.edtf for dated in case.dated(case.view()) if dated.when}
    assert when == "2022"


def test_two_dispatches_in_one_month_stay_two(build: Build) -> None:
    """OpenCTI merges relations with the same ends within thirty days."""
    case = build(
        ("Hill Post", "2031-06-03", "The bureau sent the first batch of 300 workers to Chita on 3 May 2031."),
        ("Hill Post", "2031-06-20", "The bureau sent the second batch of 40 workers to Chita on 20 May 2031."),
    )
    events = [event for event in case.events(case.view()) if event.frame == "dispatch"]
    assert len(events) == 2
    assert [event.when.edtf for event in sorted(events, key=lambda one: str(one.when and one.when.edtf)) if event.when] == ["2031-05-03", "2031-05-20"]


def test_two_dispatches_on_one_day_to_two_towns_stay_two(build: Build) -> None:
    case = build(
        ("Hill Post", "2031-06-03", "The bureau sent 300 workers to Chita on 3 May 2031."),
        ("Coast Times", "2031-06-04", "The bureau sent 40 workers to Omsk on 3 May 2031."),
        ("River News", "2031-06-05", "The bureau sent workers to Chita on 3 May 2031."),
    )
    events = [set(event.claims) for event in case.events(case.view()) if event.frame == "dispatch"]
    assert sorted(map(len, events)) == [1, 2]
    assert find_conflicts(case, case.view()) == []


def test_what_a_copy_says_again_stands_in_one_event(build: Build) -> None:
    text = "The bureau sent workers away, a guard said. They were told to wait in Rason until the ice had gone. Their families were paid a first wage, he added, and two of the men had gone home to the river since."
    case = build(("Hill Post", "2031-06-03", text), ("Coast Times", "2031-06-04", text))
    sent = [event for event in case.events(case.view()) if event.frame == "dispatch" and "both stand in a text and its copy" in event.why]
    assert sent
    assert all(len(event.claims) == 2 for event in sent)


def test_a_disputed_figure_shows_both_sides_and_their_origins(build: Build) -> None:
    """OpenCTI #14961, #14993."""
    case = build(
        ("Hill Post", "2031-06-03", "The bureau selected 300 workers in the first round of selections."),
        ("Coast Times", "2031-06-04", "The bureau selected 450 workers in the first round of selections."),
    )
    (found,) = [one for one in find_conflicts(case, case.view()) if one.role == "people"]
    assert (found.state, [(answer.filler.text, answer.origins.least) for answer in found.answers]) == ("contested", [("300 workers", 1), ("450 workers", 1)])
    assert "300 workers" in write_brief(case)
    assert "450 workers" in write_brief(case)


def test_a_copy_adds_no_origin(build: Build) -> None:
    """A third of another tool's corroborated stories were one publisher."""
    text = "The bureau selected 300 workers in the first round of selections, a guard said. They were told to wait in Rason until the ice had gone, and nobody was given a day. Their families were paid a first wage at the end of the month, he added, and two of the men had gone home to the river since."
    case = build(("Hill Post", "2031-06-03", text), ("Coast Times", "2031-06-04", text), ("River News", "2031-06-04", text))
    (found,) = [one for one in case.findings(case.view()) if one.role == "people" and one.frame == "selection"]
    assert [(answer.origins.least, answer.origins.most) for answer in found.answers] == [(1, 1)]
    assert found.state == "single-origin"


def test_what_is_meant_is_not_what_is_done_and_repetition_upgrades_nothing(build: Build) -> None:
    """PLOVER and GDELT code intent as the act, and count reports as events."""
    plan = "The bureau plans to send 300 workers to Chita in May 2031."
    case = build(("Hill Post", "2031-03-03", plan), ("Coast Times", "2031-03-04", plan), ("River News", "2031-03-05", plan))
    assert {claim.status for claim in case.claims(case.view()) if claim.frame == "dispatch"} == {"planned"}
    (plans,) = [one for one in case.plans(case.view(date(2031, 4, 1))) if one.due]
    assert plans.outcome == "open"


def test_spans_are_exact_on_any_text(build: Build) -> None:
    """LangExtract #334."""
    case = build(("Hill Post", "2031-03-03", "“국경” — the bureau sent 300 workers 🚂 to Chita, a café owner said.\r\nThe bureau sent 40 more."))
    for claim in case.claims(case.view()):
        text = case.view().reports[claim.report].text
        assert text[claim.start : claim.end] == claim.quote


def test_a_claimer_outside_the_sentence_is_found(build: Build) -> None:
    """NewsClaims: F1 2.7 where the claimer stands outside the sentence."""
    case = build(("Hill Post", "2031-03-03", "A guard in Rason spoke on Monday. “The bureau sent 300 workers to Chita,” he said. “They left by train,” he added."))
    voices = {claim.voice[0].text if claim.voice[0].name is None else claim.voice[0].name for claim in case.claims(case.view()) if "left by train" in claim.quote}
    assert len(voices) == 1
    assert "guard" in voices.pop()


def test_a_vague_day_keeps_both_ends(build: Build) -> None:
    """Aleph 3.12: vague dates fall on the first of the month."""
    case = build(("Hill Post", "2031-03-03", "The bureau plans to send 300 workers to Chita in early May 2031."))
    (dated,) = [one for one in case.dated(case.view()) if one.when]
    assert dated.when is not None
    assert (str(dated.when.earliest), str(dated.when.latest)) == ("2031-05-01", "2031-05-10")


def test_a_report_after_the_day_asked_for_is_not_known_on_it(build: Build) -> None:
    case = build(
        ("Hill Post", "2031-03-03", "The bureau plans to send 300 workers to Chita in early May 2031."),
        ("Hill Post", "2031-06-03", "The bureau sent 300 workers to Chita in early May 2031."),
    )
    assert [plan.outcome for plan in case.plans(case.view(date(2031, 5, 20))) if plan.due] == ["overdue"]
    assert [plan.outcome for plan in case.plans(case.view()) if plan.due] == ["kept"]


def test_two_reports_that_swap_two_towns_are_shown_side_by_side(build: Build) -> None:
    case = build(
        ("Hill Post", "2031-06-03", "The bureau sent 300 workers from Chita to Omsk in May 2031."),
        ("Coast Times", "2031-06-04", "The bureau sent 300 workers from Omsk to Chita in May 2031."),
    )
    towns = {finding.role: {answer.filler.text for answer in finding.answers} for finding in case.findings(case.view()) if finding.role in ("origin", "destination")}
    assert towns == {"origin": {"Chita", "Omsk"}, "destination": {"Chita", "Omsk"}}
    assert {finding.state for finding in case.findings(case.view()) if finding.role == "origin"} == {"single-origin"}
