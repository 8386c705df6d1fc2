"""What in a page speaks for a playbook's subject: its words and names, each with the weight that its cases and a frozen table of English give it.

A word's weight is the logarithm of how much more often it stands in texts on the subject than in English at large (naive Bayes, one feature a
dictionary word). The subject's share is taken from the playbook's own cases, English's from a table that is shipped, so that a page weighs the same in
any company. Words that say nothing are dearer the more of them lie between those that do: that is the `gap`.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.playbooks.schema import Playbook
from reportedly.values.words import rarity_of

LEAST = 6.8  # nats from which a story is kept: measured on reports that hold claims, see docs/sifting.md
_UNSEEN = 2e-4  # share of a text on the subject that a word of the playbook has which no case uses
_TRUST = 0.3  # of one sight of a word in a case, what the share above counts
_DOUBT = 0.7  # of a case, taken off all that a word stands in: one sight is little to go by
_WORTH = 1.0  # nats from which a word is looked for: the others stand everywhere
_MOST = 5.0  # nats that one word can weigh: a name alone is no subject
_CROWDED = 0.6  # of a text on the subject, the share that the playbook's words may take
_PLAIN = bytes(one + 32 if 65 <= one <= 90 else one if 97 <= one <= 122 else 32 for one in range(256))  # small letters, all else a space


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a playbook is told by: `forms` as they stand in plain text, each with the number of its dictionary word, the weights of those, in nats, and what
    a word costs that is none of them."""

    forms: tuple[tuple[bytes, int], ...]
    weights: tuple[float, ...]
    gap: float


def make_plain(text: bytes) -> bytes:
    """Text, in UTF-8 or another encoding that has ASCII's letters, as words in small letters with spaces between. As long as the text."""
    return text.translate(_PLAIN)


def find_evidence(playbook: Playbook) -> Evidence:
    """What a playbook's subject is told by."""
    from reportedly.understanding.forms import find_forms  # loads the parser, which a mistake in what is asked need not wait for

    forms = {form: word for word in sorted(_words(playbook)) for form in sorted(find_forms(word))} | {word: word for word in sorted(_words(playbook))}
    seen, total = _count_cases(playbook, forms)
    usual: Counter[str] = Counter()
    for form, word in forms.items():
        usual[word] += 10 ** -rarity_of(form)  # type: ignore[assignment]
    shares = {word: (max(0.0, seen[word] - _DOUBT) + _TRUST) / (total + _TRUST / _UNSEEN) for word in usual}
    weights = {word: min(weight, _MOST) for word in sorted(usual) if (weight := math.log(shares[word] / usual[word])) >= _WORTH}
    numbers = {word: number for number, word in enumerate(weights)}
    gap = math.log((1 - sum(usual[word] for word in weights)) / (1 - min(_CROWDED, sum(shares[word] for word in weights))))
    found = {make_plain(form.encode()) + b" ": numbers[word] for form, word in forms.items() if word in weights}
    return Evidence(tuple(sorted(found.items())), tuple(weights.values()), max(gap, 0.01))


def _words(playbook: Playbook) -> set[str]:
    """The dictionary words of all patterns, of what their roles need, and of all names."""
    patterns = [pattern for frame in playbook.frames for pattern in (*frame.verbs, *frame.nouns, *frame.adjectives)]
    written = [words for pattern in patterns for words in pattern.words]
    written += [word for pattern in patterns for needed in pattern.needs.values() for name in needed for word in playbook.head.lists.get(name, [name])]
    written += [other for name in (*playbook.head.places, *playbook.head.actors) for other in (name.name, *name.also)]
    return {word for words in written for word in _split(words)}


def _split(words: str) -> Iterator[str]:
    """The words of a text in small letters; those of one or two letters tell nothing."""
    return (word for word in re.findall(r"[^\W\d_]+", words.lower()) if len(word) > 2)


def _count_cases(playbook: Playbook, forms: dict[str, str]) -> tuple[Counter[str], int]:
    """In how many cases each word stands, and how many words they have."""
    cases = [list(_split(case.text)) for case in playbook.cases if case.expect]
    return Counter(word for case in cases for word in {forms[one] for one in case if one in forms}), sum(map(len, cases))
