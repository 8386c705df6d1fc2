"""Whose turn it is: the labels of transcripts and interviews, and what only looks like one."""

import pytest

from reportedly.reading.labels import find_labels
from reportedly.reading.segments import find_segments


@pytest.mark.parametrize(
    ("paragraphs", "labels"),
    [
        (["Q: When did you leave?", "A: In May."], ["Q: ", "A: "]),
        (["Q. When did you leave?", "A. In May."], ["Q. ", "A. "]),
        (["HOST: The crews are back.", "They look tired.", "ALBANO (by telephone): We were not paid."], ["HOST: ", "", "ALBANO (by telephone): "]),
        (["Interviewer: Who chose you?", "Tomas Albano: The bureau.", "Interviewer: When?", "Tomas Albano: In May."], ["Interviewer: ", "Tomas Albano: "] * 2),
        (["A: The first list is long."], [""]),
        (["Pay: 600 dollars a month.", "Term: three years.", "Place: the coast."], ["", "", ""]),
        (["DELHI: The crews left.", "MUMBAI: The ship waits."], ["", ""]),
        (["NOTE: names were changed.", "CORRECTION: it was May."], ["", ""]),
        (["The minister said: we are ready."], [""]),
    ],
)
def test_a_label_is_one_where_the_text_has_turns(paragraphs: list[str], labels: list[str]) -> None:
    assert [paragraph[:length] for paragraph, length in zip(paragraphs, find_labels(paragraphs), strict=True)] == labels


def test_labels_are_segments_of_their_own_beside_the_words_they_give_to_somebody() -> None:
    text = "Q: When did you leave?\n\nA: In May.\n"
    found = [(segment.kind, text[segment.start : segment.end]) for segment in find_segments(text).segments]
    assert found == [("label", "Q: "), ("body", "When did you leave?"), ("label", "A: "), ("body", "In May.")]
