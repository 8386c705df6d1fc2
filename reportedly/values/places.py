"""Places by name: a frozen gazetteer of countries, capitals and large cities.

A name found here is a hint that the words name a place, and gives its usual spelling; which of several towns of one
name is meant, and who owns a disputed one, is not decided.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its usual name, kind (country or city), ISO 3166-1 country, and coordinates where known (degrees)."""

    name: str
    kind: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def fold(name: str) -> str:
    """A name without marks and case: "Malmö" and "Malmo" fold alike."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold()


def _rows(table: str) -> list[list[str]]:
    text = files("reportedly.values").joinpath("tables", table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _gazetteer() -> dict[str, Place]:
    """Folded name to place. Of several cities of one name the most populous stands; a country beats a city."""
    best: dict[str, tuple[int, Place]] = {}
    for name, kind, country, latitude, longitude, people in _rows("places.tsv"):
        place = Place(name, kind, country, float(latitude) if latitude else None, float(longitude) if longitude else None)
        weight = 10**12 if kind == "country" else int(people or 0)
        if weight > best.get(fold(name), (-1, place))[0]:
            best[fold(name)] = (weight, place)
    return {name: place for name, (_, place) in best.items()} | _other_names(best)


def _other_names(best: dict[str, tuple[int, Place]]) -> dict[str, Place]:
    """Other names of states; their adjectives ("Russian") name no place."""
    return {fold(other): best[fold(name)][1] for name, others, _ in _rows("states.tsv") for other in others.split(",") if other}


@cache
def _states() -> dict[str, str]:
    rows = _rows("states.tsv")
    countries = {fold(name): name for name, kind, *_ in _rows("places.tsv") if kind == "country"}
    return countries | {fold(word): name for name, others, people in rows for word in (name, *others.split(","), *people.split(",")) if word}


def find_place(name: str) -> Place | None:
    """The place of that name, or None. Case, marks and a leading "the" do not matter."""
    folded = fold(name)
    return _gazetteer().get(folded) or _gazetteer().get(folded.removeprefix("the "))


def find_state(name: str) -> str | None:
    """The state that a name or adjective stands for: "DPRK" and "North Korean" are both North Korea."""
    return _states().get(fold(name).removeprefix("the "))
