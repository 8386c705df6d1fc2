"""The lint finds what a sentence says and its claims do not, whoever wrote it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests_support import EXAMPLES, write_brief

from reportedly.briefing import lint
from reportedly.briefs.forms import read_form, read_status, read_when
from reportedly.deciding import rate
from reportedly.errors import BadSetting
from reportedly.pipeline import Case, init_case
from reportedly.records import Rating

CASES = yaml.safe_load((Path(__file__).parent / "lint.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with init_case(tmp_path_factory.mktemp("lint") / "framed", "Crews", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES])
        yield case


@pytest.mark.parametrize("one", CASES, ids=[one["name"] for one in CASES])
def test_each_case_finds_the_words_that_do_not_stand(framed: Case, one: dict[str, object]) -> None:
    found = [fault.word for fault in lint(framed, str(one["text"]))]
    assert found == one["words"], lint(framed, str(one["text"]))


def test_the_programs_own_brief_has_no_fault(framed: Case) -> None:
    assert lint(framed, write_brief(framed)) == []


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("6 reports, 55 claims", "9 reports, 55 claims", "9 reports, 55 claims"),
        ("| 3 | on 2031-04-02", "| 3 | on 2031-04-09", "3"),
        ("characters 269–324", "characters 269–325", "325"),
        ("58f8deeada85dde4", "68f8deeada85dde4", "68f8deeada85dde4"),
        ("### second round: selection: planned", "### second round: selection: done on 2031-05-16", "2031-05-16"),
        ("40 days before 2031-05-20", "4 days before 2031-05-20", "Plan overdue"),
        ("— report 1, 1-first-round.md, characters 269", "— report 4, 4-delay.md, characters 269", "4-delay.md"),
        ("reported on 2031-03-14", "reported about 2031-03-14", "about 2031-03-14"),
        ("as planned: “they plan", "as planned: they plan", "”"),
        ("[^3]: “A second", "[^3]: A second", "A second"),
        ("## Routes", "## Confirmed atrocities by Kim Chol", "Kim Chol"),
    ],
)
def test_the_counted_parts_of_a_brief_are_checked_too(framed: Case, before: str, after: str, word: str) -> None:
    brief = write_brief(framed)
    assert before in brief
    faults = lint(framed, brief.replace(before, after, 1))
    assert any(word in fault.word or word in fault.sentence for fault in faults)


def test_a_fault_has_the_line_of_its_sentence(framed: Case) -> None:
    text = "# A note\n\nSome words.\n\n- Hanbit Wire reported that the authorities aim to recruit at least 600 people.[^f0dd6f1f]\n- Hanbit Wire reported that the authorities aim to recruit at least 700 people.[^f0dd6f1f]\n"
    assert [(fault.line, fault.word) for fault in lint(framed, text)] == [(3, "Some words."), (6, "at least 700 people")]


def test_a_rated_source_may_be_called_reliable(framed: Case) -> None:
    text = "A reliable outlet, Hanbit Wire, reported that the authorities aim to recruit at least 600 people.[^f0dd6f1f]"
    assert [fault.word for fault in lint(framed, text)] == ["reliable"]
    rate(framed, Rating("outlet", "Hanbit Wire", "B", "mk"))
    assert lint(framed, text) == []


def test_two_certain_origins_confirm_and_two_copies_do_not(tmp_path: Path) -> None:
    with init_case(tmp_path / "case", "Crews", playbooks=("labour_export",)) as case:
        for number, (outlet, voice) in enumerate([("Hill Post", "Mayor Kim Yun"), ("Coast Times", "Captain Ro Hak")]):
            (tmp_path / f"{number}.md").write_text(
                f"---\noutlet: {outlet}\npublished: 2031-05-06\n---\nThe state sent 440 welders to Chita on 2 May, {voice} said.\n", encoding="utf-8"
            )
        case.add([tmp_path / "0.md", tmp_path / "1.md"])
        claims = [claim for claim in case.claims(case.view()) if claim.playbook]
        text = "It is confirmed that the state sent 440 welders to Chita on 2 May, Mayor Kim Yun told Hill Post." + "".join(f"[^{one.id}]" for one in claims[:1])
        assert [fault.word for fault in lint(case, text) if "origin" in fault.what] == []
    with init_case(tmp_path / "one", "Crews", playbooks=("labour_export",)) as case:
        case.add([tmp_path / "0.md"])
        assert "confirmed" in [fault.word for fault in lint(case, text)]


def test_the_day_on_the_cover_decides_which_claims_there_are(framed: Case) -> None:
    text = "# Crews\n\nAs of 2031-03-31.\n\nHanbit Wire reported that the authorities aim to recruit at least 600 people.[^f0dd6f1f]\n"
    assert "[^f0dd6f1f]" in [fault.word for fault in lint(framed, text)]


@pytest.mark.parametrize(
    "text",
    [
        "[^a]: Kim Chol killed 500 workers on 5 May 2031.\n",
        "#Kim Chol killed the loggers. Everyone is dead.\n",
        "# Note\n\n## Kim Chol killed five hundred loggers\n",
        "Border Ledger reported that we believe the loggers crossed the border.[^9228263a]\n",
        "With high confidence: two traders told Border Ledger that the loggers crossed the border.[^9228263a]\n",
        "[^1]: claim f0dd6f1f\n[^1]: claim 85fbc8e2\n",
        "Pay (over 200 dollars a month) — amount “over 200 dollars a month” = 200 USD per month and all were shot, as required, as Hanbit Wire, citing a source in Ryanggang Province (anonymous), reported on 2031-03-12.[^458fa0be]\n",
        "Selection (sent) — people “600 men” and all were shot, as having happened, as Hanbit Wire reported on 2031-03-12; 1 origin.[^f0dd6f1f]\n",
        "Hanbit Wire reported that the authorities aim to recruit “600 people”.[^f0dd6f1f] “Ecruit at least” was said by Hanbit Wire.[^f0dd6f1f]\n",
        "Hanbit Wire reported that the authorities aim to recruit “t”.[^f0dd6f1f]\n",
        "# 900 workers shot by Hanbit Wire\n\nHanbit Wire reported that the authorities aim to recruit at least 600 people.[^f0dd6f1f]\n",
        "# Workers recruited\n\nHanbit Wire reported that the authorities aim to recruit at least 600 people.[^f0dd6f1f]\n",
        "Hanbit Wire reported, and there is no doubt that it is confirmed, that the authorities aim to recruit at least 600 people.[^f0dd6f1f]\n",
        "Hanbit Wire reported on 2031-04-02, as planned (time: on 2031-05-15): “A second round of selections is scheduled to start on May 15”.[^db2ff4cc][^f0dd6f1f]\n",
    ],
)
def test_there_is_no_way_round_it(framed: Case, text: str) -> None:
    assert lint(framed, text)


def test_a_day_on_a_cover_that_is_none_is_refused(framed: Case) -> None:
    with pytest.raises(BadSetting, match="As of 2031-02-30: no day"):
        lint(framed, "# Crews\n\nAs of 2031-02-30.\n")


@pytest.mark.parametrize("piece", ["a reported on 2031-01-01, as planned: ", "confirmed ", "[^", ". A", "x", "“", "1 "])
def test_a_long_text_is_checked_in_little_time(framed: Case, piece: str) -> None:
    assert lint(framed, piece * 60_000)


@pytest.mark.parametrize("text", ["", "\n\n", "```\ncode 5\n```\n", "[^1]: a note of nothing\n", "\ufeff# Head\n", "x" * 200_000, "“" * 5_000, "[^" * 5_000, "| a | b |\n" * 500])
def test_any_text_is_checked_without_an_accident(framed: Case, text: str) -> None:
    lint(framed, text)


def test_slots_are_read_from_a_sentence() -> None:
    text = "Dispatch (them) — destination “Moscow”, destination “St Petersburg”, via “Beijing”, as probably not planned, as Hill Post, citing a source (anonymous), reported on 2031-03-12; 1 to 2 origins."
    assert read_form(text) == {
        "frame": "dispatch",
        "label": "them",
        "status": "as probably not planned",
        "voice": "Hill Post, citing a source (anonymous)",
        "published": "on 2031-03-12",
        "origins": "1 to 2 origins",
        "role: destination 1": "“Moscow”",
        "role: destination 2": "“St Petersburg”",
        "role: via 3": "“Beijing”",
    }


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("on 2031-03-12", ("2031-03-12", "2031-03-12")),
        ("in 2031-03", ("2031-03", "2031-03")),
        ("from 2031-01-01", ("2031-01-01", None)),
        ("by 2031-04-30", (None, "2031-04-30")),
        ("between 2031-04-01 and 2031-04-10", ("2031-04-01", "2031-04-10")),
    ],
)
def test_an_interval_is_read_from_words(words: str, days: tuple[str | None, str | None]) -> None:
    assert read_when(words) == days


def test_a_stage_is_read_from_words() -> None:
    assert read_status("as possibly not having happened") == ("occurred", "negative", "possible")
    assert read_status("as under consideration") == ("considered", "positive", "certain")
