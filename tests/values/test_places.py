"""Places and states by name."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.values import find_place, find_places, find_state
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


@pytest.mark.parametrize(
    ("name", "usual"), [("Kiev", "Kyiv"), ("Lugansk", "Luhansk"), ("Peking", "Beijing"), ("St Petersburg", "Saint Petersburg"), ("Rasŏn", "Rason"), ("Donbass", "Donbas")]
)
def test_other_spellings_lead_to_the_usual_name(name: str, usual: str) -> None:
    place = find_place(name)
    assert place is not None
    assert place.name == usual


@pytest.mark.parametrize("name", ["Crimea", "Donbas", "Donetsk", "Abkhazia", "Western Sahara"])
def test_a_disputed_place_has_no_country_but_those_that_claim_or_hold_it(name: str) -> None:
    place = find_place(name)
    assert place is not None
    assert (place.country, len(place.claimed_by) >= 2) == (None, True)


def test_of_namesakes_the_one_in_the_countries_asked_for_comes_first() -> None:
    first, asked = find_place("Hamilton"), find_place("Hamilton", ["NZ"])
    assert first is not None
    assert asked is not None
    assert (first.country, asked.country) == ("CA", "NZ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They work in Russian-occupied eastern Ukraine.", [("Ukraine", "Russian-occupied eastern", None)]),
        ("They went to the breakaway region of Transnistria.", [("Transnistria", "breakaway region of", 3)]),
        ("In Vladivostok and near Kharkov the trains stop.", [("Vladivostok", None, 1), ("Kharkiv", None, 2)]),
        ("Paris Hilton sang.", []),
        ("The North Korea desk and Liaoning Province's office", [("North Korea", None, None), ("Liaoning", None, 3)]),
    ],
)
def test_places_of_a_text_keep_what_is_said_of_them_and_how_near_they_are(text: str, expected: list[tuple[str, str | None, int | None]]) -> None:
    assert [(match.place.name, match.said, match.place.precision) for match in find_places(text)] == expected
