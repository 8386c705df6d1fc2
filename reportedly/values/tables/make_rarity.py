"""Makes rarity.tsv: how rare words of English are, each in the register where it is commonest: talk on the web by the word probabilities of
spacy-lookups-data, print by the counts of symspellpy (from Google Books n-grams). Both are under the MIT licence.

    pip download --no-deps spacy-lookups-data symspellpy && python make_rarity.py spacy_lookups_data-*.whl symspellpy-*.whl > rarity.tsv

A line holds a number and all words of that rarity: tenths of the negative decimal logarithm of a word's share of running text.
"""

import gzip
import json
import math
import re
import sys
import zipfile
from collections import defaultdict

MOST = 50_000
_WORD = re.compile("[a-z]+")


def main() -> None:
    talked, printed = read_talk(sys.argv[1]), read_print(sys.argv[2])
    shares = {word: max(talked.get(word, 0.0), printed.get(word, 0.0)) for word in talked.keys() | printed.keys()}
    lines: dict[int, list[str]] = defaultdict(list)
    for word in sorted(shares, key=lambda one: (-shares[one], one))[:MOST]:
        lines[round(-10 * math.log10(shares[word]))].append(word)
    for rarity in sorted(lines):
        print(rarity, " ".join(sorted(lines[rarity])), sep="\t")


def read_talk(wheel: str) -> dict[str, float]:
    with zipfile.ZipFile(wheel) as packed:
        told = json.loads(gzip.decompress(packed.read("spacy_lookups_data/data/en_lexeme_prob.json.gz")))
    shares: dict[str, float] = defaultdict(float)
    for word, logarithm in told.items():
        if _WORD.fullmatch(word.lower()):
            shares[word.lower()] += math.exp(logarithm)
    return shares


def read_print(wheel: str) -> dict[str, float]:
    with zipfile.ZipFile(wheel) as packed:
        lines = packed.read("symspellpy/frequency_dictionary_en_82_765.txt").decode("utf-8-sig").splitlines()
    counts = {word: int(count) for word, count in (line.split() for line in lines) if _WORD.fullmatch(word)}
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items()}


if __name__ == "__main__":
    main()
