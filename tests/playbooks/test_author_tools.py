"""What an author of a playbook has at hand: a start, an explanation, what a playbook passes by, what a change does."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from tests_support import EXAMPLES

from reportedly.authoring import compare_playbooks, cover_texts, explain_text
from reportedly.errors import BadSetting
from reportedly.pipeline import Case, init_case
from reportedly.playbooks import load_playbook
from reportedly.playbooks.check import find_mistakes
from reportedly.playbooks.start import start_playbook
from reportedly.understanding.prove import prove


def test_a_new_playbook_is_whole_and_proved(tmp_path: Path) -> None:
    start_playbook(tmp_path / "dock-strikes")
    playbook = load_playbook(str(tmp_path / "dock-strikes"))
    assert playbook.head.name == "dock_strikes"
    assert find_mistakes(playbook) == []
    assert prove(playbook) == []


@pytest.mark.parametrize("name", ["9lives", "a.b", "a b"])
def test_a_new_playbook_needs_a_name_that_claims_can_carry(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="letters"):
        start_playbook(tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_new_playbook_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(BadSetting, match="not empty"):
        start_playbook(tmp_path / "mine")
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def outcomes(sentence: str) -> dict[tuple[str, str], str]:
    return {(one.word, one.frame): f"{one.outcome}: {one.why}" for one in reversed(explain_text(sentence, "labour_export"))}


def test_an_explanation_names_the_line_and_what_it_took() -> None:
    tried = next(one for one in explain_text("The bureau sent forty men to Khasan.", "labour_export") if one.outcome == "matched")
    file, line = tried.place.rsplit(":", 1)
    text = files("reportedly.playbooks").joinpath("labour_export", file).read_text(encoding="utf-8").splitlines()
    assert "send" in text[int(line) - 1]
    assert tried.why == "sender: The bureau; people: forty men; destination: Khasan"


@pytest.mark.parametrize(
    ("sentence", "key", "says"),
    [
        ("The bureau sent a message.", ("sent", "dispatch"), "left: left out: send message"),
        ("The bureau sent three chairs.", ("sent", "dispatch"), "missed: people: 'chairs' is none of"),
        ("The selected men waited.", ("selected", "selection"), "missed: it says of no happening here"),
        ("The ban on men is old.", ("ban", "ban"), "missed: the line is for verbs, and this is read as noun"),
    ],
)
def test_an_explanation_says_what_a_line_lacks(sentence: str, key: tuple[str, str], says: str) -> None:
    assert outcomes(sentence)[key].startswith(says)


def test_coverage_counts_claims_idle_words_and_predicates_passed_by(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The bureau sent forty men to Khasan. The bureau vaccinated the workers. Nobody vaccinated the nurses.", encoding="utf-8")
    covered = cover_texts([tmp_path], "labour_export")
    assert covered.claims["dispatch"] == 1
    idle = [words for place, words in covered.idle if place == "frames/dispatch.yaml:6"]
    assert "dispatch" in idle
    assert "send" not in idle
    assert [(one.predicate, one.count) for one in covered.suggestions] == [("vaccinate", 2)]


@pytest.fixture
def changed(tmp_path: Path) -> str:
    """The flagship playbook without the word "send", and with "cross" planned."""
    source, folder = files("reportedly.playbooks").joinpath("labour_export"), tmp_path / "changed"
    shutil.copytree(str(source), folder)
    file = folder / "frames" / "dispatch.yaml"
    text = file.read_text(encoding="utf-8").replace("words: [send, dispatch,", "words: [dispatch,")
    file.write_text(text, encoding="utf-8")
    return str(folder)


def test_a_changed_playbook_shows_its_effect_on_a_case_and_stores_nothing(changed: str, tmp_path: Path) -> None:
    with init_case(tmp_path / "case", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES])
        before = _ids(case)
        effect = compare_playbooks(case, "labour_export", changed)
        assert {claim.trigger for _, claim in effect.lost} == {"send"}
        assert not effect.gained
        assert _ids(case) == before
        assert compare_playbooks(case, "labour_export", "labour_export").lost == ()


def _ids(case: Case) -> list[str]:
    return [claim.id for claim in case.claims(case.view())]


def test_other_names_in_a_circle_are_a_mistake_and_ten_thousand_are_none(tmp_path: Path) -> None:
    start_playbook(tmp_path / "mine")
    file = tmp_path / "mine" / "playbook.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("actors: []", "actors: [{name: Trust, also: [Union]}, {name: Union, also: [Trust]}]"), encoding="utf-8")
    assert [mistake.split(";")[0] for mistake in find_mistakes(load_playbook(str(tmp_path / "mine")))] == [
        "playbook.yaml: 'trust' stands for Trust and Union",
        "playbook.yaml: 'union' stands for Trust and Union",
    ]
    many = ", ".join(f"Trust {number}" for number in range(10_000))
    file.write_text(whole.replace("actors: []", f"actors: [{{name: Trust, also: [{many}]}}]"), encoding="utf-8")
    assert find_mistakes(load_playbook(str(tmp_path / "mine"))) == []
