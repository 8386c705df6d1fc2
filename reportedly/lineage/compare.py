"""Two reports side by side: which words run alike, which sentences say the same, in which order, with the spans that show it."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from reportedly.lineage.features import Features, Sentence
from reportedly.records import Aligned

_RUN = 5  # words in a row that two texts on one event seldom share by chance
_QUOTED = 3  # words in a row that a quotation keeps when its marks and tenses are changed
_SAYS_SAME = 0.45  # of the weight of a sentence that must stand in its counterpart
_ENOUGH = 4.0  # and at least so much weight: two names, or four words


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much of each text the other one has. `runs` is the share of its words in runs that the other has too, `said` of the weight
    of its sentences that the other says, each as (of one, of other); `order` how far the counterparts stand in the same order;
    `facts` of names and numbers together, `shared` how many both have; `quotes` how many quotations of the one stand in the other, and how many it has; `aligned` the spans."""

    runs: tuple[float, float]
    run_words: int
    said: tuple[float, float]
    order: float
    names: tuple[float, float]
    numbers: tuple[float, float]
    facts: tuple[float, float]
    shared: int
    quotes: tuple[int, int]
    aligned: tuple[Aligned, ...]


def compare(one: Features, other: Features) -> Comparison:
    """Compare two reports, both ways."""
    mine, theirs = _run_marks(one, other), _run_marks(other, one)
    facts = one.names | one.numbers, other.names | other.numbers
    aligned, said = _align(one, other)
    _, said_back = _align(other, one)
    return Comparison(
        runs=(_share(mine), _share(theirs)),
        run_words=min(sum(mine), sum(theirs)),
        said=(said, said_back),
        order=_order(aligned),
        names=(_contained(one.names, other.names), _contained(other.names, one.names)),
        numbers=(_contained(one.numbers, other.numbers), _contained(other.numbers, one.numbers)),
        facts=(_contained(facts[0], facts[1]), _contained(facts[1], facts[0])),
        shared=len(facts[0] & facts[1]),
        quotes=_quotes(one, other),
        aligned=tuple(aligned),
    )


def _run_marks(one: Features, other: Features) -> list[bool]:
    """Of each word of one text whether it stands in a run that the other has too."""
    words = [token.word for token in one.tokens]
    theirs = set(_grams([token.word for token in other.tokens], _RUN))
    marks = [False] * len(words)
    for at, gram in enumerate(_grams(words, _RUN)):
        if gram in theirs:
            marks[at : at + _RUN] = [True] * _RUN
    return marks


def _share(marks: list[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0


def _contained(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return len(mine & theirs) / len(mine) if mine else 1.0


def _align(one: Features, other: Features) -> tuple[list[Aligned], float]:
    """For each sentence of one text the stretch of the other that says it best, one sentence or two that follow each other."""
    index: dict[str, list[int]] = defaultdict(list)
    for at, sentence in enumerate(other.sentences):
        for feature in sentence.weights:
            index[feature].append(at)
    aligned, covered, total = [], 0.0, 0.0
    for sentence in one.sentences:
        weight = sum(sentence.weights.values())
        total += weight
        best = _best(sentence, index, other)
        if best is None:
            continue
        first, last, shared = best
        if shared >= min(_ENOUGH, weight) and shared / weight >= _SAYS_SAME and weight >= 3:
            covered += weight
            aligned.append(Aligned(sentence.start, sentence.end, other.sentences[first].start, other.sentences[last].end, shared / weight))
    return aligned, covered / total if total else 0.0


def _best(sentence: Sentence, index: dict[str, list[int]], other: Features) -> tuple[int, int, float] | None:
    shared: dict[int, float] = defaultdict(float)
    for feature, weight in sentence.weights.items():
        for at in index.get(feature, ()):
            shared[at] += weight
    found: tuple[int, int, float] | None = None
    for at in sorted(shared):
        if found is None or shared[at] > found[2]:
            found = (at, at, shared[at])
        if at + 1 in shared:  # what one sentence says may stand in two
            both = sum(weight for feature, weight in sentence.weights.items() if feature in other.sentences[at].weights or feature in other.sentences[at + 1].weights)
            if both > found[2] * 1.25:
                found = (at, at + 1, both)
    return found


def _order(aligned: list[Aligned]) -> float:
    """The share of neighbours whose counterparts stand in the same order; 1 for fewer than two."""
    pairs = [(one.other_start, other.other_start) for one, other in pairwise(aligned)]
    return sum(first <= second for first, second in pairs) / len(pairs) if pairs else 1.0


def _quotes(one: Features, other: Features) -> tuple[int, int]:
    """How many quotations of one text stand in the other in much the same words, and how many there are."""
    words_there = [token.word for token in other.tokens]
    theirs, grams = set(words_there), set(_grams(words_there, _QUOTED))
    found = count = 0
    for start, end in one.quotes:
        words = [token.word for token in one.tokens if start <= token.start < end]
        if len(words) < 4:
            continue
        count += 1
        mine = _grams(words, _QUOTED)
        same = sum(gram in grams for gram in mine) / len(mine)
        found += same >= 0.5 or (same >= 0.3 and sum(word in theirs for word in words) / len(words) >= 0.8)
    return found, count


def _grams(words: list[str], size: int) -> list[tuple[str, ...]]:
    """All runs of so many words."""
    return [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
