"""Frozen lists of words: what is rare is told from them, never from the texts at hand, so that a text weighs the same in any company."""

from functools import cache
from importlib.resources import files


@cache
def common_words() -> frozenset[str]:
    """Words of English that say nothing of what a text is about."""
    return _load("common_words.txt")


@cache
def office_words() -> frozenset[str]:
    """Words of offices, institutions, streets and the press, which stand in capitals and name nobody."""
    return _load("office_words.txt")


def _load(table: str) -> frozenset[str]:
    return frozenset(files("reportedly.values").joinpath("tables", table).read_text(encoding="utf-8").split())
