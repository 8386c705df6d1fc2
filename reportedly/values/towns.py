"""Towns and states of the United States by name, as reports of local happenings name them: "Salem, Ore.", "SALEM, Ore. (AP)", "Salem police".

The table is frozen and derived from GeoNames; a name may stand in many states, and nothing here decides which is meant.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Name, postal code, and the abbreviation of news agencies (AP stylebook; None where the name is written out).
_STATES = (
    ("Alabama", "AL", "Ala"), ("Alaska", "AK", None), ("Arizona", "AZ", "Ariz"), ("Arkansas", "AR", "Ark"), ("California", "CA", "Calif"), ("Colorado", "CO", "Colo"),
    ("Connecticut", "CT", "Conn"), ("Delaware", "DE", "Del"), ("District of Columbia", "DC", "D.C"), ("Florida", "FL", "Fla"), ("Georgia", "GA", "Ga"), ("Hawaii", "HI", None),
    ("Idaho", "ID", None), ("Illinois", "IL", "Ill"), ("Indiana", "IN", "Ind"), ("Iowa", "IA", None), ("Kansas", "KS", "Kan"), ("Kentucky", "KY", "Ky"), ("Louisiana", "LA", "La"),
    ("Maine", "ME", None), ("Maryland", "MD", "Md"), ("Massachusetts", "MA", "Mass"), ("Michigan", "MI", "Mich"), ("Minnesota", "MN", "Minn"), ("Mississippi", "MS", "Miss"),
    ("Missouri", "MO", "Mo"), ("Montana", "MT", "Mont"), ("Nebraska", "NE", "Neb"), ("Nevada", "NV", "Nev"), ("New Hampshire", "NH", "N.H"), ("New Jersey", "NJ", "N.J"),
    ("New Mexico", "NM", "N.M"), ("New York", "NY", "N.Y"), ("North Carolina", "NC", "N.C"), ("North Dakota", "ND", "N.D"), ("Ohio", "OH", None), ("Oklahoma", "OK", "Okla"),
    ("Oregon", "OR", "Ore"), ("Pennsylvania", "PA", "Pa"), ("Rhode Island", "RI", "R.I"), ("South Carolina", "SC", "S.C"), ("South Dakota", "SD", "S.D"), ("Tennessee", "TN", "Tenn"),
    ("Texas", "TX", "Tex"), ("Utah", "UT", None), ("Vermont", "VT", "Vt"), ("Virginia", "VA", "Va"), ("Washington", "WA", "Wash"), ("West Virginia", "WV", "W.Va"),
    ("Wisconsin", "WI", "Wis"), ("Wyoming", "WY", "Wyo"),
)  # fmt: skip
STATE_NAMES: Mapping[str, str] = {code: name for name, code, _ in _STATES}
_CODES = {written: code for name, code, short in _STATES for written in (name, *([f"{short}."] if short else []))}
_CODES_AFTER_TOWN = _CODES | {code: code for _, code, _ in _STATES} | {"W. Va.": "WV"}
_WRITTEN = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(one) for one in sorted(_CODES, key=len, reverse=True))})(?!\w)")
_AFTER = re.compile(rf",? (?:\([^)]{{2,20}}\) )?({'|'.join(re.escape(one) for one in sorted(_CODES_AFTER_TOWN, key=len, reverse=True))})(?!\w)")
_NAME = re.compile(r"\b(?:(?:(?:St|Ft|Mt)\.|[A-Z][\w'’.-]*[a-zA-Z])(?:[ -](?=[A-Z]))?){1,4}")


@dataclass(frozen=True, slots=True)
class Town:
    """A town of a state, by its postal code, with its people."""

    name: str
    state: str
    people: int


@dataclass(frozen=True, slots=True)
class TownMatch:
    """A name of towns at [start, end) of a text, with every town that bears it; `state` where the words after it name one."""

    start: int
    end: int
    towns: tuple[Town, ...]
    state: str | None


@cache
def _towns() -> dict[str, tuple[Town, ...]]:
    """Towns by folded name."""
    text = files("reportedly.values").joinpath("tables", "towns_us.tsv").read_text(encoding="utf-8")
    found: dict[str, list[Town]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, state, people = line.split("\t")
            found.setdefault(_fold(name), []).append(Town(name, state, int(people)))
    return {name: tuple(sorted(towns, key=lambda one: -one.people)) for name, towns in found.items()}


def _fold(name: str) -> str:
    return re.sub(r"\bst\b\.?", "saint", re.sub(r"\bft\b\.?", "fort", name.casefold().replace("’", "'")))


def find_towns(text: str) -> list[TownMatch]:
    """The names of towns in a text, the longest first: of "Grand Rapids police" it is Grand Rapids."""
    towns, found = _towns(), []
    for match in _NAME.finditer(text):
        words = [(one.start() + match.start(), one.end() + match.start()) for one in re.finditer(r"[^ ]+", match[0])]
        at = 0
        while at < len(words):
            size = next((size for size in range(len(words) - at, 0, -1) if _fold(text[words[at][0] : words[at + size - 1][1]]) in towns), 0)
            if size:
                start, end = words[at][0], words[at + size - 1][1]
                after = _AFTER.match(text, end)
                found.append(TownMatch(start, end, towns[_fold(text[start:end])], _CODES_AFTER_TOWN[after[1]] if after else None))
            at += size or 1
    return found


def find_states(text: str) -> list[tuple[int, str]]:
    """The states that a text names, by postal code, with their places."""
    return [(match.start(), _CODES[match[0]]) for match in _WRITTEN.finditer(text)]
