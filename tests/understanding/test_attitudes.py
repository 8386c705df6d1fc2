"""Attitudes, impressions and the modality of any mention: what is read beside claims."""

from collections.abc import Callable

import pytest
from spacy.tokens import Span

from reportedly.understanding.cues import Cue, find_attitudes, find_impressions
from reportedly.understanding.grammar import edges
from reportedly.understanding.modality import read_mention
from reportedly.understanding.parser import load_parser


def cues(text: str, find: Callable[[Span], list[Cue]]) -> list[tuple[str, str | None, list[str]]]:
    (sentence,) = list(load_parser()(text).sents)
    return [(cue.verb.text, cue.source.text if cue.source else None, [sentence.doc[first : last + 1].text for first, last in map(edges, cue.contents)]) for cue in find(sentence)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor criticised the new port.", [("criticised", "mayor", ["the new port"])]),
        ("The mayor called for a new port.", [("called", "mayor", ["a new port"])]),
        ("The union wants to close the mine.", [("wants", "union", ["to close the mine"])]),
        ("A reporter asked whether the mine is safe.", [("asked", "reporter", ["whether the mine is safe"])]),
        ("The mine was praised.", []),
        ("The mine closed.", []),
    ],
)
def test_an_attitude_has_a_holder_and_what_it_is_about(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert cues(text, find_attitudes) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The men seem to have left.", [("seem", None, ["The men", "to have left"])]),
        ("The men are expected to leave.", [("expected", None, ["The men", "to leave"])]),
        ("The men left.", []),
    ],
)
def test_an_impression_is_nobodys(text: str, expected: list[tuple[str, None, list[str]]]) -> None:
    assert cues(text, find_impressions) == expected


@pytest.mark.parametrize(
    ("text", "word", "status", "polarity", "certainty"),
    [
        ("The trial is set to begin.", "trial", "planned", "positive", "certain"),
        ("They discussed the upcoming visit.", "visit", "planned", "positive", "certain"),
        ("The army is planning a raid.", "raid", "planned", "positive", "certain"),
        ("The police carried out a raid.", "raid", "occurred", "positive", "certain"),
        ("There was no raid.", "raid", "occurred", "negative", "certain"),
        ("They fear a possible raid.", "raid", "occurred", "positive", "possible"),
        ("He attempted to reach the gate.", "reach", "planned", "positive", "possible"),
        ("It is an event to be held in May.", "held", "planned", "positive", "certain"),
        ("They may leave.", "leave", "predicted", "positive", "possible"),
    ],
)
def test_any_word_that_names_an_event_has_a_modality(text: str, word: str, status: str, polarity: str, certainty: str) -> None:
    token = next(one for one in load_parser()(text) if one.text == word)
    modality = read_mention(token)
    assert (modality.status, modality.polarity, modality.certainty) == (status, polarity, certainty)
