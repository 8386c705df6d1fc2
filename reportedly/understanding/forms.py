"""The forms that a dictionary word may stand in, for a search that parses nothing: more than English has, so that none is missed."""

from functools import cache

from reportedly.understanding.parser import load_parser

_VOWELS = "aeiou"


def find_forms(word: str) -> frozenset[str]:
    """A word (a lemma, in small letters), its regular forms by all rules that may hold, and those irregular ones that the parser takes back to it."""
    return frozenset({word, *_regular(word), *_irregular().get(word, ())})


def _regular(word: str) -> set[str]:
    stems = {word}
    if len(word) > 2 and word[-1] not in "aeiouywx" and word[-2] in _VOWELS:
        stems.add(word + word[-1])  # ship, shipped
    if word.endswith("e"):
        stems.add(word[:-1])
    forms = {stem + "ing" for stem in stems} | {stem + "ed" for stem in stems} | {word + "s", word + "es"}
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        forms |= {word[:-1] + "ies", word[:-1] + "ied"}
    if word.endswith("ie"):
        forms.add(word[:-2] + "ying")
    if word.endswith("man"):
        forms.add(word[:-3] + "men")
    return forms


@cache
def _irregular() -> dict[str, list[str]]:
    """The parser's exceptions the other way round: lemma to forms."""
    table = load_parser().get_pipe("lemmatizer").lookups.get_table("lemma_exc")  # type: ignore[attr-defined]
    found: dict[str, list[str]] = {}
    for exceptions in table.values():
        for form, lemmas in exceptions.items():
            for lemma in lemmas:
                found.setdefault(lemma, []).append(form)
    return found
