"""Events against sheets of rules: elements reported, by whom, on which day; never more."""

from datetime import date
from pathlib import Path

import pytest

from reportedly.answering import find_assessments
from reportedly.assessing.load import SHIPPED, load_sheet
from reportedly.errors import BadSheet, UnknownName
from reportedly.pipeline import Case, init_case
from reportedly.records import Assessment

SHEET = """\
sheet: mine
title: A rule
version: "1"
playbook: labour_export
provisions:
  - provision: rule-1
    reference: Rule 1
    says: No workers by train.
    checked: by me, 2031-01-01
    start: {start}
{end}    against: [dispatch]
    named: [rule 1]
    elements:
      - element: by train
        met:
          - {{role: mode, words: [train]}}
        not_met:
          - {{role: mode, words: [plane]}}
      - element: they left
        act: "yes"
        met:
          - {{frame: dispatch, role: people}}
"""


def write_sheet(folder: Path, start: str = "2030-01-01", end: str | None = None) -> str:
    path = folder / "mine.yaml"
    path.write_text(SHEET.format(start=start, end=f"    end: {end}\n" if end else ""), encoding="utf-8")
    return str(path)


def make_case(folder: Path, *texts: str) -> Case:
    case = init_case(folder / "case", "Crews", playbooks=("labour_export",))
    for number, text in enumerate(texts):
        (folder / f"{number}.md").write_text(f"---\noutlet: Post {number}\npublished: 2031-05-0{number + 1}\n---\n{text}\n", encoding="utf-8")
    case.add([folder / f"{number}.md" for number in range(len(texts))])
    return case


def states(one: Assessment) -> dict[str, str]:
    return {test.element: test.state for test in one.tests}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_sheet_loads_and_every_provision_says_what_it_refers_to(name: str) -> None:
    sheet = load_sheet(name)
    assert all(one.reference and one.says and one.elements for one in sheet.provisions)


def test_a_plan_does_not_meet_an_act(tmp_path: Path) -> None:
    with make_case(tmp_path, "The ministry plans to send 300 workers to Chita by train, an official said.") as case:
        (one,) = find_assessments(case, case.view(), (write_sheet(tmp_path),))
    assert states(one) == {"in force on the day it speaks of": "met", "by train": "met", "they left": "unstated"}
    assert "only as planned" in one.tests[-1].why


def test_what_is_only_planned_speaks_against_nothing(tmp_path: Path) -> None:
    texts = [
        "The ministry sent 300 workers to Chita by train on 2 May 2031, an official said.",
        "The ministry plans to send 300 workers to Chita by plane on 2 May 2031, a trader said.",
    ]
    with make_case(tmp_path, *texts) as case:
        found = find_assessments(case, case.view(), (write_sheet(tmp_path),))
    assert [states(one)["by train"] for one in found] == ["met"] * len(found)


@pytest.mark.parametrize(("start", "end"), [("0001-01-01", None), ("2030-01-01", "9999-12-31")])
def test_the_ends_of_the_calendar_are_days(tmp_path: Path, start: str, end: str | None) -> None:
    with make_case(tmp_path, "The ministry sent 300 workers to Chita by train on 2 May 2031, an official said.") as case:
        (one,) = find_assessments(case, case.view(), (write_sheet(tmp_path, start, end),))
    assert states(one)["in force on the day it speaks of"] == "met"


def test_what_one_says_and_another_denies_is_contested(tmp_path: Path) -> None:
    with make_case(
        tmp_path,
        "The ministry sent 300 workers to Chita by train on 2 May 2031, an official said.",
        "The ministry sent 300 workers to Chita by plane on 2 May 2031, a trader said.",
    ) as case:
        one = find_assessments(case, case.view(), (write_sheet(tmp_path),))[0]
    assert states(one)["by train"] == "contested"
    assert "an official (Post 0)" in one.tests[1].why
    assert "not according to a trader (Post 1)" in one.tests[1].why


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [("2031-01-01", None, "met"), ("2031-06-01", None, "not met"), ("2030-01-01", "2030-12-31", "not met"), ("2031-01-01", "2031-12-31", "met")],
)
def test_a_rule_is_held_against_the_day_of_the_event(tmp_path: Path, start: str, end: str | None, state: str) -> None:
    with make_case(tmp_path, "The ministry sent 300 workers to Chita by train on 2 May 2031, an official said.") as case:
        (one,) = find_assessments(case, case.view(), (write_sheet(tmp_path, start, end),))
    assert states(one)["in force on the day it speaks of"] == state


def test_an_interval_across_the_first_day_of_a_rule_is_unstated(tmp_path: Path) -> None:
    with make_case(tmp_path, "The ministry sent 300 workers to Chita by train in May 2031, an official said.") as case:
        (one,) = find_assessments(case, case.view(), (write_sheet(tmp_path, "2031-05-15"),))
    assert states(one)["in force on the day it speaks of"] == "unstated"


def test_a_reference_that_nobody_compared_says_so(framed: Case) -> None:
    found = find_assessments(framed, framed.view())
    assert found
    assert all(one.reference.endswith("(check against the document)") for one in found)


def test_who_names_the_rule_is_listed_and_no_verdict_is_given(framed: Case) -> None:
    found = [one for one in find_assessments(framed, framed.view()) if one.opinions]
    claims = {one.claim.id: one.claim for one in framed.dated(framed.view())}
    assert any("forbid the employment" in claims[claim].quote for one in found for claim in one.opinions)
    assert not any("violat" in test.why or "breach" in test.why for one in found for test in one.tests)


def test_retained_passports_and_withheld_wages_are_indicators_and_the_rest_is_unstated(framed: Case) -> None:
    (one,) = find_assessments(framed, framed.view(), ("ilo_forced_labour",))
    assert {name for name, state in states(one).items() if state == "met"} == {"retention of identity documents", "withholding of wages", "excessive overtime"}
    assert states(one)["debt bondage"] == "unstated"


def test_an_assessment_knows_nothing_later(framed: Case) -> None:
    found = find_assessments(framed, framed.view(date(2031, 3, 13)), ("ilo_forced_labour",))
    assert set(states(found[0]).values()) == {"unstated"}


def test_every_deciding_claim_is_of_the_case(framed: Case) -> None:
    known = {one.claim.id for one in framed.dated(framed.view())}
    for one in find_assessments(framed, framed.view()):
        assert {claim for test in (*one.tests, *one.exceptions) for claim in test.claims} | set(one.opinions) <= known


MISTAKES = [
    ("    start: 2030-01-01\n", "    start: 2030-01-01\n    begin: 1\n", r"mine\.yaml:11: provisions\.0\.begin: unknown key"),
    ("role: mode", "role: mod", r"mine\.yaml:16: role 'mod': the playbook has none of that name; did you mean 'mode'"),
    ("frame: dispatch", "frame: dispach", r"frame 'dispach': the playbook has none of that name; did you mean 'dispatch'"),
    ("against: [dispatch]", "against: [departure]", r"mine\.yaml:11: frame 'departure'"),
    ("2030-01-01", "yesterday", r"mine\.yaml:10: provisions\.0\.start"),
    ("playbook: labour_export", "playbook: nothing", r"mine\.yaml:4: playbook: nothing: no such playbook"),
    ("{role: mode, words: [train]}", "{name: [train]}", r"says nothing; give a frame"),
    ("{role: mode, words: [train]}", "{frame: dispatch, name: [train]}", r"of a role; give the role"),
    ("{role: mode, words: [train]}", "{}", r"says nothing"),
    ("title: A rule", "title: &a A rule\nversion2: *a", r"an alias"),
    ("title: A rule", "title: !!python/name:os.system", r"tags are not read"),
]


@pytest.mark.parametrize(("before", "after", "says"), MISTAKES, ids=range(len(MISTAKES)))
def test_a_sheet_with_a_mistake_is_refused_with_its_line(tmp_path: Path, before: str, after: str, says: str) -> None:
    path = Path(write_sheet(tmp_path))
    path.write_text(path.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BadSheet, match=says):
        load_sheet(str(path))


def test_versions_of_one_provision_may_not_overlap(tmp_path: Path) -> None:
    path = Path(write_sheet(tmp_path))
    text = path.read_text(encoding="utf-8")
    again = text[text.index("  - provision") :].replace("2030-01-01", "2032-01-01")
    path.write_text(text + again, encoding="utf-8")
    with pytest.raises(BadSheet, match=r"rule-1: overlaps the version that begins 2030-01-01"):
        load_sheet(str(path))
    path.write_text(text.replace("    start: 2030-01-01\n", "    start: 2030-01-01\n    end: 2031-12-31\n") + again, encoding="utf-8")
    assert len(load_sheet(str(path)).provisions) == 2


def test_a_sheet_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownName, match="there are ilo_forced_labour"):
        load_sheet("nothing")
