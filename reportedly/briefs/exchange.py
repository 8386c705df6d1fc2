"""Whether two values of a sentence stand in each other's place: each is looked for in the cited words, and the company that it keeps there is
compared with the company that it keeps here. Nothing is parsed; who stands beside "to", before "said", or near "teams" is enough."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from reportedly.briefs.pools import EMPTY, Pool, Token, stem, tokens_of
from reportedly.briefs.slots import Complaint
from reportedly.records import ReadSentence
from reportedly.values.numbers import parse_number

_SAYING = frozenset(
    map(stem, "said says say told tell tells wrote writes reported reports report noted quoted quotes quoting cited cites citing according added published account words".split())
)
_WINDOW = 5  # words on either side that are company
_MARGIN = 2.5  # by how much the other order must fit better
_WEIGHTS = {"before": 2.0, "after": 1.0, "ahead": 1.0, "behind": 1.0, "near": 0.5, "says": 1.5, "day": 1.5}
Company = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Value:
    """A number, a day, or a name or phrase, with its words in the sentence and its place there as (first, last) token; and the company that
    the cited words give it."""

    kind: str
    text: str
    first: int
    last: int
    company: Company


def find_exchanged(read: ReadSentence, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """Pairs of values of one kind that would fit better the other way round."""
    tokens = tokens_of(read.report.text)
    values = list(_find_values(read, tokens, pools))
    for one, other in combinations(values, 2):
        if one.kind != other.kind or one.text.lower() == other.text.lower() or not (one.last < other.first or other.last < one.first):
            continue
        here = [_company(tokens, value.first, value.last) for value in (one, other)]
        own = _fit(here[0], one.company) + _fit(here[1], other.company)
        turned = _fit(here[0], other.company) + _fit(here[1], one.company)
        if turned >= own + _MARGIN:
            yield Complaint(f"{one.text} … {other.text}", "stand in each other’s place: the cited words have them the other way round")


def _find_values(read: ReadSentence, tokens: list[Token], pools: Sequence[Pool]) -> Iterator[_Value]:
    """The values of the sentence that the cited words have too."""
    texts = [tokens_of(pool.sentences) for pool in pools]
    for value in read.values:
        if value.kind not in ("quantity", "time"):
            continue
        span = _span(tokens, value.start, value.end) if value.kind == "time" else _numeral(tokens, value.start, value.end)
        words = [word for word, _, _ in tokens[span[0] : span[1] + 1]]
        company = _company_of(words, texts, pools, value.when.edtf if value.when else None)
        if company:
            yield _Value(value.kind, value.text, *span, company)
    seen: list[tuple[int, int]] = []
    for phrase in sorted({phrase for pool in pools for phrase in pool.phrases}, key=lambda phrase: (-len(phrase), phrase)):
        for first in range(len(tokens) - len(phrase) + 1):
            last = first + len(phrase) - 1
            if tuple(word for word, _, _ in tokens[first : last + 1]) == phrase and not any(start <= last and first <= end for start, end in seen):
                seen.append((first, last))
                if company := _company_of(list(phrase), texts, pools, None):
                    yield _Value("phrase", read.report.text[tokens[first][1] : tokens[last][2]], first, last, company)


def _span(tokens: list[Token], start: int, end: int) -> tuple[int, int]:
    inside = [number for number, (_, first, last) in enumerate(tokens) if start <= first and last <= end]
    return (inside[0], inside[-1]) if inside else (0, -1)


def _numeral(tokens: list[Token], start: int, end: int) -> tuple[int, int]:
    """The tokens of the number itself: what it counts is company."""
    first, last = _span(tokens, start, end)
    numbers = [at for at in range(first, last + 1) if tokens[at][0][0].isdigit() or parse_number(tokens[at][0]) is not None]
    return (numbers[0], numbers[-1]) if numbers else (0, -1)


def _company_of(words: list[str], texts: list[list[Token]], pools: Sequence[Pool], day: str | None) -> Company:
    """The company of some words wherever the cited words have them; of a voice and an outlet that it speaks, of a day what it is the day of."""
    found: set[tuple[str, str]] = set()
    for tokens, pool in zip(texts, pools, strict=True):
        stems = [word for word, _, _ in tokens]
        for first in range(len(stems) - len(words) + 1) if words else ():
            if stems[first : first + len(words)] == words:
                found |= _company(tokens, first, first + len(words) - 1)
        speaks = set(words) & pool.speakers
        if speaks:
            found |= {("says", ""), *(("day", when.edtf) for when in pool.told)}
        if day is not None and any(when.edtf == day for when in pool.told):
            found |= {("says", ""), *(("near", word) for word in pool.speakers)}
    return frozenset(found) if any(kind == "near" for kind, _ in found) else frozenset()


def _company(tokens: list[Token], first: int, last: int) -> Company:
    """What stands around a stretch, up to a semicolon: right before and after it, ahead of and behind it, and whether that speaks."""
    before, after = tokens[max(0, first - _WINDOW) : first], tokens[last + 1 : last + 1 + _WINDOW]
    cut = next((number for number in range(len(before) - 1, -1, -1) if before[number][0] in ";:"), -1)
    before = before[cut + 1 :]
    after = after[: next((number for number, one in enumerate(after) if one[0] in ";:"), len(after))]
    found = {("before", before[-1][0])} if before else set()
    found |= {("after", after[0][0])} if after else set()
    for side, words in (("ahead", before), ("behind", after)):
        for word, _, _ in words:
            found |= {(side, word), ("near", word)} if word not in EMPTY else set()
    if any(word in _SAYING for word, _, _ in (*before[-3:], *after[:2])):
        found.add(("says", ""))
    return frozenset(found)


def _fit(here: Company, there: Company) -> float:
    return sum(_WEIGHTS[kind] for kind, _ in here & there)
