"""Places by name: a frozen gazetteer of countries, capitals and large cities, regions of states, and other spellings.

A name found here is a hint that the words name a place, and gives its usual spelling. Of several places of one name those
of the countries asked for come first, then the most populous. Who owns a disputed place is not decided: it has no country,
only those that claim or hold it, and what a text says of it ("Russian-occupied") stays beside it in its own words.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its usual name, kind (country, region or city), ISO 3166-1 country (None where disputed, then `claimed_by`),
    and coordinates where known (degrees). `precision` is ACLED's code for the place as named: 1 a town, 2 near one or a
    part of a region, 3 a region; None for a whole country."""

    name: str
    kind: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    claimed_by: tuple[str, ...] = ()
    precision: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place named at [start, end) of a text. `said` are the words before it that tell of a disputed status ("breakaway",
    "Russian-occupied"); `others` how many other places bear the name."""

    start: int
    end: int
    place: Place
    said: str | None = None
    others: int = 0


def fold(name: str) -> str:
    """A name without marks and case: "Malmö" and "Malmo" fold alike."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold()


def _rows(table: str) -> list[list[str]]:
    text = files("reportedly.values").joinpath("tables", table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _gazetteer() -> dict[str, tuple[Place, ...]]:
    """Folded name to the places that bear it: a country first, then cities by people, then regions."""
    weighed: dict[str, list[tuple[int, Place]]] = defaultdict(list)
    claims = {city: tuple(claimed.split(",")) for _, claimed, _, *cities in _rows("regions.tsv") if cities for city in cities[0].split("|")}
    spellings = {name: others.split(",") for name, others in _rows("spellings.tsv")}
    contested = {one.split(",")[0]: tuple(claimed.split(",")) for country, claimed, named, *_ in _rows("regions.tsv") if not country for one in named.split("|")}
    for name, kind, country, latitude, longitude, people in _rows("places.tsv"):
        disputed = contested.get(name, ()) if kind == "country" else claims.get(name, ()) if country in claims.get(name, (country,)) else ()
        where = (float(latitude) if latitude else None, float(longitude) if longitude else None)
        place = Place(name, kind, None if disputed else country, *where, disputed, 1 if kind == "city" else None)
        for spelling in (name, *(spellings.get(name, ()) if kind == "city" else ())):
            weighed[fold(spelling)].append((10**12 if kind == "country" else int(people or 0), place))
    for country, claimed, named, *_ in _rows("regions.tsv"):
        for one in named.split("|"):
            usual, *others = one.split(",")
            region = Place(usual, "region", country or None, claimed_by=tuple(claimed.split(",")) if claimed else (), precision=3)
            for spelling in (usual, *others):
                weighed[fold(spelling)].append((-1, region))
    states = {name: places for name, places in weighed.items() if any(weight == 10**12 for weight, _ in places)}
    for name, known, _ in _rows("states.tsv"):
        for other in (one for one in known.split(",") if one):
            weighed[fold(other)].append((10**12, next(place for weight, place in states[fold(name)] if weight == 10**12)))
    return {name: tuple(place for _, place in sorted(places, key=lambda pair: -pair[0])) for name, places in weighed.items()}


@cache
def _states() -> dict[str, str]:
    rows = _rows("states.tsv")
    countries = {fold(name): name for name, kind, *_ in _rows("places.tsv") if kind == "country"}
    return countries | {fold(word): name for name, others, people in rows for word in (name, *others.split(","), *people.split(",")) if word}


def find_namesakes(name: str) -> tuple[Place, ...]:
    """All places of that name, a country first, then the most populous. Case, marks and a leading "the" do not matter."""
    folded = fold(name)
    return _gazetteer().get(folded) or _gazetteer().get(folded.removeprefix("the ")) or ()


def find_place(name: str, countries: Collection[str] = ()) -> Place | None:
    """The place of that name, or None: of several the first in one of `countries` (ISO 3166-1, in the order of
    `find_namesakes`), else the first."""
    fits = find_namesakes(name)
    return next((place for place in fits if place.country in countries or set(place.claimed_by) & set(countries)), fits[0] if fits else None)


def find_state(name: str) -> str | None:
    """The state that a name or adjective stands for: "DPRK" and "North Korean" are both North Korea."""
    return _states().get(fold(name).removeprefix("the "))


_NAME = re.compile(r"(?<![\w’'])[A-Z][\w’'-]*(?:\.(?= [A-Z]))?(?:(?: (?:of|al|es|de|la))? [A-Z][\w’'-]*){0,4}")
_STATUS = re.compile(r"(?:\b(?:[A-Z]\w+-(?:occupied|held|annexed|controlled|backed)|occupied|breakaway|disputed|annexed|self-proclaimed|self-declared|separatist|so-called|unrecogni[sz]ed|rebel-held)(?: (?:parts?|areas?|regions?|territor(?:y|ies)) (?:of|in))?[ “\"]{1,2}(?:(?:the|eastern|western|northern|southern|central) )*)$")  # fmt: skip
_NEAR = re.compile(r"\b(?:near|outside|around|close to|north of|south of|east of|west of|(?:eastern|western|northern|southern|central)) (?:the )?$", re.IGNORECASE)


def find_places(text: str, countries: Collection[str] = (), own: Mapping[str, Place] | None = None) -> list[PlaceMatch]:
    """The places that a text names, left to right; `own` are places of a subject by their folded names and come first. A run
    of capitalised words that only begins with a place ("Paris Hilton") names none; the longest name that fills its run, or
    what follows the first word of a sentence, counts."""
    return [match for m in _NAME.finditer(text) if (match := _read_name(text, m, countries, own or {}))]


def _read_name(text: str, m: re.Match[str], countries: Collection[str], own: Mapping[str, Place]) -> PlaceMatch | None:
    start = m.start()
    while True:
        name = re.sub(r"['’]s?$", "", text[start : m.end()])
        opening = name.split(" ", 1)
        mine = own.get(fold(name))
        place = mine or (find_place(name, countries) if opening[0] not in _LEADING else None)
        if place is not None:
            return _make_match(text, start, start + len(name), place, 0 if mine else len(find_namesakes(name)) - 1)
        if opening[0] not in _LEADING or len(opening) == 1:
            return None
        start += len(opening[0]) + 1


def _make_match(text: str, start: int, end: int, place: Place, others: int) -> PlaceMatch:
    status = _STATUS.search(text, max(0, start - 60), start)
    if place.precision == 1 and _NEAR.search(text, max(0, start - 20), start):
        place = replace(place, precision=2)
    return PlaceMatch(start, end, place, status[0].strip(' “"') if status else None, others)


_LEADING = frozenset(["The", "In", "At", "From", "To", "Near", "Both", "While", "When", "As", "But", "And", "Outside", "Inside", "Across"])  # capitals of a sentence's first word


_TOWN = 10  # kilometres within which a town as named lies
_NEAR_TOWN = 60  # "near Dandong", "north of Dandong"


@dataclass(frozen=True, slots=True)
class Area:
    """Where a place lies as far as its name tells: within `radius` kilometres of a point (degrees), or, with no point, somewhere in
    `country` (its usual name)."""

    latitude: float | None
    longitude: float | None
    radius: int | None
    country: str | None


@cache
def _centres() -> dict[str, Area]:
    return {name: Area(float(latitude), float(longitude), int(radius), None) for name, latitude, longitude, radius in _rows("centres.tsv")}


@cache
def _countries() -> dict[str, str]:
    return {country: name for name, kind, country, *_ in _rows("places.tsv") if kind == "country"}


def locate(place: Place) -> Area | None:
    """The area that a place is drawn as, never smaller than its name allows; None where that is not known."""
    if place.latitude is not None and place.longitude is not None:
        return Area(place.latitude, place.longitude, _NEAR_TOWN if place.precision == 2 else _TOWN, None)
    if place.name in _centres():
        return _centres()[place.name]
    if place.kind == "country":
        return Area(None, None, None, place.name)
    country = _countries().get(place.country or "")
    return Area(None, None, None, country) if country else None
