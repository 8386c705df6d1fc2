"""Towns, scenes and stories: where a happening was, and which reports tell of it."""

import random
from pathlib import Path

import pytest

from reportedly.answering import happenings
from reportedly.pipeline import init_case
from reportedly.reading import Given, make_reading
from reportedly.reconciling.scenes import Scene, find_scene
from reportedly.reconciling.stories import find_stories
from reportedly.records import Report
from reportedly.values.towns import find_states, find_towns


def make(text: str, day: str = "2031-06-11", name: str = "a") -> Report:
    return make_reading(text.encode(), name, Given(published=day, url=f"https://example.org/{name}")).report


def test_a_town_is_found_with_its_state_and_the_longest_name_stands() -> None:
    text = "Grand Rapids police met in St. Louis, Missouri. SALEM, Ore. (AP) -- A man left West Palm Beach, FL."
    assert [(text[one.start : one.end], one.state) for one in find_towns(text)] == [("Grand Rapids", None), ("St. Louis", "MO"), ("SALEM", "OR"), ("West Palm Beach", "FL")]
    assert [state for _, state in find_states("From W.Va. to New York and Washington")] == ["WV", "NY", "WA"]


@pytest.mark.parametrize(
    ("texts", "scene"),
    [
        (["SALEM, Ore. -- A man was shot in Salem, police said."], Scene("Salem", "Oregon")),
        (["A man was shot in Decatur. Decatur police searched.", "Shots in Decatur\n\nA shooting in Decatur, Georgia, left one hurt."], Scene("Decatur", "Georgia")),
        (["The Salem County sheriff spoke of a man shot in Illinois."], Scene(None, "Illinois")),
        (["Nobody says where."], Scene(None, None)),
        (["Clerk hurt - WXYZ News 4 Memphis, Tennessee\n\nA clerk was hurt in Tupelo, Miss., officers in Tupelo said."], Scene("Tupelo", "Mississippi")),
    ],
)
def test_a_scene_is_the_town_that_is_named_most_tellingly_with_its_state(texts: list[str], scene: Scene) -> None:
    reports = [make(text, name=str(number)) for number, text in enumerate(texts)]
    assert find_scene(reports) == scene
    assert find_scene(reversed(reports)) == scene


ONE = (
    ("Baker shot at Arden Street shop\n\nIlse Brandt, 27, was shot at a bakery on Arden Street in Tulsa, Oklahoma, on Monday. Oskar Lindqvist was arrested.", "2031-06-10"),
    ("Tulsa police arrest man\n\nTULSA, Okla. -- Oskar Lindqvist, 41, was arrested after Ilse Brandt, 27, was shot on Arden Street in Tulsa.", "2031-06-11"),
    ("Ilse Brandt recovers\n\nIlse Brandt, 27, shot at the Arden Street bakery in Tulsa, left hospital. Oskar Lindqvist is charged.", "2031-06-13"),
)
OTHER = (
    ("Clerk hurt on Moss Lane\n\nRuben Achterberg, 33, was shot on Moss Lane in Dayton, Ohio, on Tuesday, and Petra Holub fled.", "2031-06-10"),
    ("Dayton clerk shot\n\nDAYTON, Ohio -- Ruben Achterberg, 33, was hurt on Moss Lane in Dayton. Petra Holub is sought.", "2031-06-11"),
)


def test_reports_of_one_happening_are_one_story_whatever_their_order() -> None:
    reports = [make(text, day, f"r{number}") for number, (text, day) in enumerate((*ONE, *OTHER))]
    reports.append(make("Weather\n\nRain is expected in Tulsa on Monday.", "2031-06-11", "weather"))
    found = find_stories(reports)
    names = {report.id: report.file for report in reports}
    assert sorted(sorted(names[one] for one in story) for story in found) == [["r0", "r1", "r2"], ["r3", "r4"], ["weather"]]
    for seed in range(5):
        shuffled = reports[:]
        random.Random(seed).shuffle(shuffled)
        assert find_stories(shuffled) == found


def test_a_case_lists_its_happenings_with_what_each_report_counts(tmp_path: Path) -> None:
    with init_case(tmp_path / "case", playbooks=("shooting",)) as case:
        (tmp_path / "reports").mkdir()
        for number, (text, day) in enumerate((*ONE, *OTHER)):
            (tmp_path / "reports" / f"{number}.md").write_text(f"---\npublished: {day}\nurl: https://example.org/{number}\n---\n{text}\n", encoding="utf-8")
        case.add([tmp_path / "reports"])
        found = happenings(case, case.view())
    assert [(len(one.reports), one.killed, one.injured, one.town, one.state) for one in found] == [(3, 0, 1, "Tulsa", "Oklahoma"), (2, 0, 1, "Dayton", "Ohio")]
    assert {str(one.day) for one in found} == {"2031-06-09", "2031-06-10"}


def test_undated_and_empty_reports_are_stories_by_themselves() -> None:
    undated = make_reading(b"...", "u", Given()).report
    assert find_stories([undated]) == [(undated.id,)]
    assert find_stories([]) == []
