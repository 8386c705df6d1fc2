"""What money and measures are called: tables of currencies (ISO 4217) and units, and the patterns that find their words."""

import re
from functools import cache
from importlib.resources import files


@cache
def _rows(name: str) -> tuple[tuple[str, ...], ...]:
    text = files("reportedly.values").joinpath(f"tables/{name}.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((*line, "", "")[:3] for line in lines)


def _split(cell: str) -> list[str]:
    return [one for one in cell.split("|") if one]


@cache
def currency_signs() -> dict[str, str]:
    """Signs, in capitals and without blanks, to codes: "$" USD, "HK$" HKD; every code stands for itself."""
    signs = {sign.upper().replace(" ", ""): code for code, _, found in _rows("currencies") for sign in _split(found)}
    return signs | {code: code for code, _, _ in _rows("currencies")}


@cache
def currency_names() -> dict[str, str]:
    """Names in small letters, singular, to codes: "dollar" USD, "australian dollar" AUD, "ruble" RUB."""
    return {name: code for code, names, _ in _rows("currencies") for name in _split(names)}


@cache
def measure_names() -> dict[str, str]:
    """Signs as written, and words in small letters, singular, to the usual name of a unit of measure."""
    return {word: name for name, words, signs in _rows("measures") for word in (*_split(words), *_split(signs))}


def currency_of(words: str) -> str | None:
    """The code that a name of money stands for: "Australian dollars" AUD, "50 cents" USD. None where it is none."""
    return _look_up(words.lower(), currency_names())


def measure_of(words: str) -> str | None:
    """The usual name of a unit of measure by its sign ("kWh") or its words ("square feet")."""
    return measure_names().get(words) or _look_up(words.lower(), measure_names())


def _look_up(words: str, names: dict[str, str]) -> str | None:
    if words in names:
        return names[words]
    first, *rest = words.split(" ", 1)  # "degrees celsius", "miles per hour": the plural stands on the first word
    single = " ".join((first.removesuffix("s"), *rest))
    return names.get(words.removesuffix("s")) or names.get(single)


def _alternatives(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def sign_pattern() -> str:
    """Any sign of money before a number, with the blank after it."""
    codes = [code for code, _, _ in _rows("currencies")] + ["RMB"]
    signs = [sign for _, _, found in _rows("currencies") for sign in _split(found) if not sign[0].isalpha() or not sign.isalpha()]
    return rf"(?:(?:{_alternatives(signs)}) ?|\b(?:{_alternatives(codes)}) ?)"


@cache
def money_pattern() -> str:
    """Any name or code of money after a number."""
    names = [name for _, found, _ in _rows("currencies") for name in _split(found)]
    codes = [code for code, _, _ in _rows("currencies")] + ["RMB"]
    return rf"(?:(?: of)? (?:{_alternatives(names)})s?\b|[ -]?(?-i:{_alternatives(codes)})\b|¢)"


@cache
def measure_pattern() -> str:
    """Any unit of measure after a number: signs with or without a blank, words after one."""
    signs = [sign for _, _, found in _rows("measures") for sign in _split(found)]
    words = [re.escape(word).replace(r"\ ", "s?[ -]", 1) + "s?" for _, found, _ in _rows("measures") for word in _split(found)]
    return rf"(?:[ -]?(?-i:{_alternatives(signs)})(?![\w/])|[ -](?:{'|'.join(sorted(words, key=len, reverse=True))})\b)"
