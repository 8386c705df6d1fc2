"""Makes not_persons.txt: nouns of English that end as trades do ("shower", "sensor", "illness") and name no person and no body of persons in any sense of
WordNet 3.0, whose licence stands in WORDNET-LICENSE.txt.

    apt-get download wordnet-base && dpkg -x wordnet-base_*.deb . && python make_not_persons.py usr/share/wordnet > not_persons.txt
"""

import sys
import textwrap
from pathlib import Path

ENDINGS = ("er", "or", "ist", "ian", "ee", "man", "woman", "ess", "eur", "ant", "ese", "smith")
# trades and peoples of which WordNet has no sense of a person
PEOPLE = frozenset("shrimper canecutter milker polisher sander streamer twitterer ukrainian belarusian estonian galician cantonese balinese sundanese".split())
LEAST = 6  # letters: shorter nouns are told by a list
_GROUP, _PERSON = 14, 18  # WordNet's files of nouns for bodies and for people, lexnames(5WN)


def main() -> None:
    folder = Path(sys.argv[1])
    kind_of = {fields[0]: int(fields[1]) for fields in read_rows(folder / "data.noun")}
    words = []
    for fields in read_rows(folder / "index.noun"):
        word, senses = fields[0], fields[-int(fields[2]) :]
        if word.isalpha() and len(word) >= LEAST and word.endswith(ENDINGS) and word not in PEOPLE and not {kind_of[one] for one in senses} & {_GROUP, _PERSON}:
            words.append(word)
    print(textwrap.fill(" ".join(sorted(words)), 160))


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a file of the dictionary, without its head."""
    return [line.split() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(" ")]


if __name__ == "__main__":
    main()
