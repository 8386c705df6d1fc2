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


@cache
def not_persons() -> frozenset[str]:
    """Nouns that end as trades do ("sensor", "illness") and name no person in any sense of WordNet. By `tables/make_not_persons.py`."""
    return _load("not_persons.txt")


def _load(table: str) -> frozenset[str]:
    return frozenset(files("reportedly.values").joinpath("tables", table).read_text(encoding="utf-8").split())


def rarity_of(word: str) -> float:
    """The negative decimal logarithm of the share that a word in small letters has of running English; of one that the table lacks, that of its
    rarest. By `tables/make_rarity.py`."""
    return _rarities().get(word, _RAREST)


_RAREST = 7.0


@cache
def _rarities() -> dict[str, float]:
    lines = files("reportedly.values").joinpath("tables", "rarity.tsv").read_text(encoding="utf-8").splitlines()
    return {word: int(tenths) / 10 for tenths, _, words in (line.partition("\t") for line in lines) for word in words.split()}
