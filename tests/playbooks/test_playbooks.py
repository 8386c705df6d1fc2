"""Playbooks: mistakes of every kind told with their line, the shipped one proved by its cases."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests_support import EXAMPLES

from reportedly.errors import BadPlaybook, LedgerProblem, UnknownName
from reportedly.exports.rows import claim_row
from reportedly.pipeline import init_case, open_case, read_claims
from reportedly.playbooks import SHIPPED, load_playbook, stamp
from reportedly.playbooks.check import find_mistakes
from reportedly.understanding.prove import prove

BROKEN = yaml.safe_load(Path(__file__).with_name("broken.yaml").read_text(encoding="utf-8"))
SOUND = {
    "playbook.yaml": "name: tiny\ntitle: T\nversion: '1'\nfollows: F\n",
    "frames/move.yaml": "frame: move\nmeans: m\nverbs:\n  - words: go\n    roles: {who: subject}\nroles: {who: {type: actor}}\n",
    "cases.yaml": "- name: n\n  text: The men go.\n  expect: [{frame: move, who: The men}]\n- {name: m, text: The men sing., expect: []}\n",
}


def write(folder: Path, files: dict[str, str | None]) -> str:
    (folder / "frames").mkdir(parents=True)
    for name, text in files.items():
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("broken", BROKEN, ids=[broken["name"] for broken in BROKEN])
def test_a_mistake_is_told_with_its_place_and_remedy(broken: dict[str, Any], tmp_path: Path) -> None:
    name = write(tmp_path / "tiny", SOUND | {broken["file"]: broken["text"]})
    try:
        messages = find_mistakes(load_playbook(name))
    except BadPlaybook as error:
        messages = error.mistakes
    assert any(broken["says"] in message for message in messages), messages


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files = SOUND | {"playbook.yaml": "name: tiny\ntitel: T\nversion: x\nfollows: F\n", "cases.yaml": "- {name: n}\n"}
    with pytest.raises(BadPlaybook) as caught:
        load_playbook(write(tmp_path / "tiny", files))
    assert len(caught.value.mistakes) == 5


def test_a_sound_playbook_has_no_mistakes_and_its_cases_hold(tmp_path: Path) -> None:
    playbook = load_playbook(write(tmp_path / "tiny", dict(SOUND)))
    assert (find_mistakes(playbook), prove(playbook)) == ([], [])


def test_a_case_that_does_not_hold_says_what_was_read(tmp_path: Path) -> None:
    cases = "- name: n\n  text: The men go.\n  expect: [{frame: move, status: planned}]\n- {name: m, text: The men go., expect: []}\n"
    failures = prove(load_playbook(write(tmp_path / "tiny", SOUND | {"cases.yaml": cases})))
    assert [failure.why for failure in failures] == ["move (go): status 'ongoing', not 'planned'", "0 claims expected, 1 read: move (go)"]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_playbook_is_proved_by_its_cases(name: str) -> None:
    playbook = load_playbook(name)
    assert (find_mistakes(playbook), prove(playbook)) == ([], [])


def test_an_unknown_playbook_is_told_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"labor_export: no such playbook; there are disaster, labour_export, shooting"):
        load_playbook("labor_export")


def test_a_playbook_of_10000_names_just_works(tmp_path: Path) -> None:
    places = "".join(f"  - {{name: Camp {number}, also: [Site {number}]}}\n" for number in range(10_000))
    playbook = load_playbook(write(tmp_path / "tiny", SOUND | {"playbook.yaml": SOUND["playbook.yaml"] + "places:\n" + places}))
    assert prove(playbook) == []


def test_a_frame_takes_the_place_of_the_open_claim_of_its_head() -> None:
    text = "The trust plans to send forty welders to Khasan. The road is closed."
    open_claims, framed = read_claims(text), read_claims(text, playbooks=("labour_export",))
    assert [claim.trigger for claim in framed] == [claim.trigger for claim in open_claims] == ["send", "closed"]
    assert [(claim.playbook, claim.frame, claim.status) for claim in framed] == [("labour_export@1", "dispatch", "planned"), (None, "open", "ongoing")]


def test_a_case_reads_with_its_playbook_and_stamps_its_claims(tmp_path: Path) -> None:
    with init_case(tmp_path / "case", "T", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES])
    with open_case(tmp_path / "case") as case:
        view = case.view()
        rows = [claim_row(claim, view.reports[claim.report]) for claim in case.claims(view)]
        assert {row["playbook"] for row in rows} == {None, "labour_export@1"}
        assert {"selection", "dispatch", "pay"} <= {row["frame"] for row in rows}
        assert case.add([EXAMPLES]).known == 6


def test_a_changed_playbook_reads_its_case_again(tmp_path: Path) -> None:
    name = write(tmp_path / "tiny", dict(SOUND))
    (tmp_path / "report.txt").write_text("The men go home. The men sing.", encoding="utf-8")
    with init_case(tmp_path / "case", "T", playbooks=(name,)) as case:
        case.add([tmp_path / "report.txt"])
    frame = tmp_path / "tiny" / "frames" / "move.yaml"
    before = stamp(load_playbook(name))
    frame.write_text(frame.read_text(encoding="utf-8").replace("words: go", "words: [go, sing]"), encoding="utf-8")
    assert stamp(load_playbook(name)) != before
    from reportedly.understanding.compile import compile_named

    compile_named.cache_clear()
    with open_case(tmp_path / "case") as case:
        assert case.add([tmp_path / "report.txt"]).new == 1
        assert [claim.frame for claim in case.claims(case.view())] == ["move", "move"]


def test_a_case_is_not_made_with_a_broken_playbook(tmp_path: Path) -> None:
    name = write(tmp_path / "tiny", SOUND | {"cases.yaml": None})
    with pytest.raises(BadPlaybook):
        init_case(tmp_path / "case", playbooks=(name,))
    with pytest.raises(LedgerProblem):
        open_case(tmp_path / "case")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The ministry plans to start by sending nurses to Doha.", "planned"),
        ("The clinics would be glad if the nurses came.", "hypothetical"),
        ("The list of workers to be sent abroad is closed.", None),
    ],
)
def test_what_has_not_happened_is_never_read_as_done(text: str, status: str | None) -> None:
    found = [claim.status for claim in read_claims(text, playbooks=("labour_export",)) if claim.frame == "dispatch"]
    assert found == ([status] if status else [])
