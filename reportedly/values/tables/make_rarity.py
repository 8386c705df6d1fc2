"""Makes rarity.tsv: how rare words of English are, from the word probabilities that spacy-lookups-data ships (MIT).

    pip download --no-deps spacy-lookups-data && python make_rarity.py spacy_lookups_data-*.whl > rarity.tsv

A line holds a number and all words of that rarity: tenths of the negative decimal logarithm of a word's share of running text.
"""

import gzip
import json
import math
import re
import sys
import zipfile
from collections import defaultdict

MOST = 40_000


def main() -> None:
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        told = json.loads(gzip.decompress(wheel.read("spacy_lookups_data/data/en_lexeme_prob.json.gz")))
    shares: dict[str, float] = defaultdict(float)
    for word, logarithm in told.items():
        if re.fullmatch("[A-Za-z]+", word):
            shares[word.lower()] += math.exp(logarithm)
    lines: dict[int, list[str]] = defaultdict(list)
    for word in sorted(shares, key=lambda one: (-shares[one], one))[:MOST]:
        lines[round(-10 * math.log10(shares[word]))].append(word)
    for rarity in sorted(lines):
        print(rarity, " ".join(sorted(lines[rarity])), sep="\t")


if __name__ == "__main__":
    main()
