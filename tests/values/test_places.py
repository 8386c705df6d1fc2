"""Places and states by name."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.values import find_place, find_state
from reportedly.values.places import fold

EXACT = settings(deadline=None, max_examples=100, derandomize=True)


@pytest.mark.parametrize(
    ("name", "usual", "kind", "country"),
    [
        ("Seoul", "Seoul", "city", "KR"),
        ("SEOUL", "Seoul", "city", "KR"),
        ("Vladivostok", "Vladivostok", "city", "RU"),
        ("DPRK", "North Korea", "country", "KP"),
        ("the DPRK", "North Korea", "country", "KP"),
        ("Côte d’Ivoire", "Ivory Coast", "country", "CI"),
        ("Burma", "Myanmar", "country", "MM"),
        ("Georgia", "Georgia", "country", "GE"),
        ("The Gambia", "Gambia", "country", "GM"),
    ],
)
def test_a_name_is_hinted_to_be_this_place(name: str, usual: str, kind: str, country: str) -> None:
    place = find_place(name)
    assert place is not None
    assert (place.name, place.kind, place.country) == (usual, kind, country)


@pytest.mark.parametrize("name", ["", "the ", "Atlantis", "Russian", "the", "123", "서"])
def test_what_names_no_place_is_none(name: str) -> None:
    assert find_place(name) is None


@pytest.mark.parametrize(("word", "state"), [("North Korean", "North Korea"), ("DPRK", "North Korea"), ("Russians", "Russia"), ("chinese", "China"), ("the Russian", "Russia")])
def test_an_adjective_stands_for_its_state(word: str, state: str) -> None:
    assert find_state(word) == state


@pytest.mark.parametrize("word", ["", "Seoul", "Korean-style", "the "])
def test_a_town_is_no_state(word: str) -> None:
    assert find_state(word) is None


def test_a_city_has_coordinates_and_a_country_has_none() -> None:
    city, country = find_place("Moscow"), find_place("Russia")
    assert city is not None
    assert country is not None
    assert (city.latitude is not None, country.latitude) == (True, None)


def test_a_town_is_found_with_and_without_its_mark() -> None:
    assert find_place("Malmö") == find_place("Malmo") is not None


def test_every_country_is_a_state() -> None:
    assert [find_state("Chad"), find_state("Gambia")] == ["Chad", "Gambia"]


@EXACT
@given(st.text(max_size=30))
def test_folding_is_the_same_for_both_ways_to_write_a_mark(name: str) -> None:
    assert fold(unicodedata.normalize("NFC", name)) == fold(unicodedata.normalize("NFD", name))


@EXACT
@given(st.text(max_size=30))
def test_any_name_is_a_place_or_none(name: str) -> None:
    found = find_place(name)
    assert found is None or find_place(found.name) is not None
