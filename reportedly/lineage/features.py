"""What of a report survives a rewrite: its sentences with their content words, names and numbers. No parser: a hundred thousand reports
are prepared for each other in minutes, and the same bytes give the same features on any machine."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from reportedly.records import Report
from reportedly.values.numbers import ONES, SCALES, TEENS, TENS, parse_number
from reportedly.values.words import common_words

_TOKEN = re.compile(r"\d[\d,.\u00a0\u202f]*\d|\w+(?:['’]\w+)?")
_END = re.compile(r"[.!?…]['\"”’»)\]]*\s+(?=[\w'\"“‘«(\[„])|\n+")
_QUOTE = re.compile(r"[“\"«„]([^“”\"«»„\n]{12,600})[”\"»“]|(?<!\w)[‘']([^‘’'\n]{20,600})[’'](?!\w)")
_NUMBER_WORDS = frozenset((*ONES, *TEENS, *TENS, *SCALES, "and", "half"))
_STARTS_NUMBER = frozenset((*ONES, *TEENS, *TENS, "half", "dozen"))
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Rep|Sen|Gov|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|vs|approx)\.$")
_LONGEST = 400_000  # characters of one report that are compared: beyond it stand dumps, whose story lies before


class Token(NamedTuple):
    """A word folded to lower case without accents, or a number as digits; where it stands; whether it was a name or a number. A tuple,
    for there are as many as words in a case."""

    word: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence [start, end) with the weights of what it says: content stems, names and numbers."""

    start: int
    end: int
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Features:
    """A report as it is compared: all its words in order, its sentences, names, numbers, and the quotations in it."""

    report: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    quotes: tuple[tuple[int, int], ...]


def find_features(report: Report, without: frozenset[str] = frozenset()) -> Features:
    """The features of a report's body, but for its lines `without`, which belong to the site."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    quotes: list[tuple[int, int]] = []
    for start, end in _lines(report, without):
        text = report.text[start:end]
        found = list(_tokens(text, start))
        tokens += found
        quotes += [(start + m.start(), start + m.end()) for m in _QUOTE.finditer(text)]
        sentences += _sentences(text, start, found)
    names = frozenset(one.word for one in tokens if one.kind == "name")
    numbers = frozenset(one.word for one in tokens if one.kind == "number")
    return Features(report.id, tuple(tokens), tuple(sentences), names, numbers, tuple(quotes))


def _lines(report: Report, without: frozenset[str]) -> Iterator[tuple[int, int]]:
    for segment in report.segments:
        if segment.kind not in ("body", "heading") or segment.start > _LONGEST:
            continue
        at = segment.start
        for line in report.text[segment.start : segment.end].splitlines(keepends=True):
            if line.strip() and line.strip() not in without:
                yield at, at + len(line)
            at += len(line)


def _tokens(text: str, offset: int) -> Iterator[Token]:
    """The words of a line; number words that stand together are one number."""
    matches = list(_TOKEN.finditer(text))
    at = 0
    while at < len(matches):
        word = matches[at].group()
        lower = word.lower()
        end = at + 1
        if lower in _STARTS_NUMBER:
            while end < len(matches) and matches[end].group().lower() in _NUMBER_WORDS and text[matches[end - 1].end() : matches[end].start()].strip(" -") == "":
                end += 1
            while matches[end - 1].group().lower() == "and":
                end -= 1
        elif word[0].isdigit() and end < len(matches) and matches[end].group().lower() in SCALES:
            end += 1
        first, last = matches[at].start(), matches[end - 1].end()
        at = end
        if lower in _STARTS_NUMBER or word[0].isdigit():
            number = text[first:last].rstrip(".,")
            value = parse_number(number.replace("-", " ") if lower in _STARTS_NUMBER else number)
            if value is not None:
                yield Token(str(value), offset + first, offset + last, "number" if value > 12 or value != int(value) else "word")
                continue
        kind = "name" if word[0].isupper() and (lower not in common_words()) and not _opens(text, first) else "word"
        yield Token(_fold(lower.removesuffix("'s").removesuffix("’s")), offset + first, offset + last, kind)


def _opens(text: str, at: int) -> bool:
    """Whether a word opens a line or a sentence: its capital says nothing then, unless another capital follows."""
    before = text[:at].rstrip()
    opens = not before.strip("“\"‘'«„([-–—• ") or before[-1] in ".!?:"
    return opens and not re.match(r"\w+ [A-Z]", text[at:])


def _fold(word: str) -> str:
    return word if word.isascii() else "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))


def _sentences(text: str, offset: int, tokens: list[Token]) -> Iterator[Sentence]:
    ends = [m.end() for m in _END.finditer(text) if not _ABBREVIATED.search(text[max(0, m.start() - 8) : m.start() + 1])]
    start, at = 0, 0
    for end in [*(one for one in ends if one < len(text)), len(text)]:
        first = at
        while at < len(tokens) and tokens[at].start < offset + end:
            at += 1
        if weights := _weights(tokens[first:at]):
            yield Sentence(offset + start, offset + end, weights)
        start = end


def weigh_words(text: str) -> dict[str, float]:
    """The features of a stretch of text with their weights."""
    return _weights(_tokens(text, 0))


def _weights(tokens: Iterable[Token]) -> dict[str, float]:
    return {feature: weight for feature, weight in map(weigh, tokens) if weight}


def weigh(token: Token) -> tuple[str, float]:
    """What a token says of the story and how much: a number or a name more than a word, a common word nothing."""
    if token.kind == "number":
        return "#" + token.word, 2.0
    if token.kind == "name":
        return token.word, 2.0
    if len(token.word) < 4 or token.word in common_words():
        return "", 0.0
    return stem(token.word), 1.0


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its commonest endings, cut after seven letters: "recruited", "recruiting" and "recruits" are one."""
    for ending in ("ational", "ations", "ation", "ings", "ing", "ments", "ment", "edly", "ers", "ies", "ied", "ed", "es", "er", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:7].removesuffix("e")
