"""Which nouns are words for people: what moves, is counted and speaks hangs on it."""

import runpy

import pytest
from spacy.tokens import Token
from tests_support import ROOT

from reportedly.understanding.grammar import _TRADE, PERSONS, is_person
from reportedly.understanding.parser import load_parser
from reportedly.values.words import not_persons


@pytest.mark.parametrize("noun", ["plasterer", "caretaker", "machinist", "electrician", "evacuee", "publisher", "witness", "riveter", "shrimper", "goldsmith"])
def test_a_trade_by_its_ending_is_a_person(noun: str) -> None:
    assert is_person(_subject(f"The {noun} left on Friday."))


@pytest.mark.parametrize("noun", ["shower", "sensor", "illness", "boiler", "tractor", "powder", "typewriter", "talisman", "anchor"])
def test_a_thing_that_ends_as_a_trade_does_is_none(noun: str) -> None:
    assert not is_person(_subject(f"The {noun} left on Friday."))


def test_what_is_known_to_be_a_word_for_people_is_not_taken_for_a_thing() -> None:
    assert not PERSONS & not_persons()


def _subject(sentence: str) -> Token:
    noun = load_parser()(sentence)[1]
    assert noun.pos_ == "NOUN"  # else nothing is tested
    return noun


def test_the_table_is_made_of_the_endings_that_are_read() -> None:
    made = runpy.run_path(str(ROOT / "reportedly" / "values" / "tables" / "make_not_persons.py"))
    assert made["ENDINGS"] == _TRADE
