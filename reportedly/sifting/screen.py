"""The cheap test: one automaton over the words and names of all playbooks, no parse. It may keep what is not wanted, and must not lose what is."""

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import ahocorasick_rs

from reportedly.sifting.evidence import LEAST, Evidence, make_plain

_WORD = 6.0  # bytes of a word with the space behind it, in running English
_AGAIN = 60 * _WORD  # bytes within which a word that stands again tells less
_LESS = 0.5  # of its weight
_UNSEEN = re.compile(rb"<(?=script\b|style\b)", re.IGNORECASE)
_SEEN_AGAIN = re.compile(rb"</(?:script|style)\b", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]*>")
_HEADING = re.compile(rb"<h1\b", re.IGNORECASE)
_HEAD = 600  # bytes in which a story says what it is about: headline and first paragraph
_ABOUT = 2.0  # nats that evidence there is worth more: who is looked for seldom comes in passing
_USUAL = 100  # words of a story for which `least` is meant; among e times as many chance finds one nat more (Karlin and Altschul 1990)
_SHORT = 60
_HEADINGS = 4  # of a page that are looked at: some sites put their own name into one
_ROOM = 8_000  # bytes of a page, with markup, that hold a headline and first paragraph

Found = list[tuple[int, int, int]]  # form, start, end
_start = itemgetter(1)


@dataclass(frozen=True, slots=True)
class _Hunt:
    """One playbook in the automaton: of each form the number of its word (-1 where the playbook lacks it), its weight, and what a byte between costs."""

    words: tuple[int, ...]
    weights: tuple[float, ...]
    cost: float


class Screen:
    """What holds texts against the evidence of playbooks. `least` is the evidence of a passage from which a text is kept, in nats."""

    def __init__(self, evidence: Sequence[Evidence], least: float = LEAST) -> None:
        forms = sorted({form for one in evidence for form, _ in one.forms})
        self._least = least
        self._automaton = ahocorasick_rs.BytesAhoCorasick(forms, ahocorasick_rs.MatchKind.LeftmostLongest, ahocorasick_rs.Implementation.DFA)
        self._hunts = [_make_hunt(one, forms) for one in evidence]

    def admits(self, story: bytes) -> bool:
        """Whether what speaks for a story, as `rate` tells it, is enough; most are told from without weighing it."""
        plain = make_plain(story) + b" "
        least = self._least + _price(plain)
        found = self._automaton.find_matches_as_indexes(plain)
        head = bisect_left(found, _HEAD, key=_start)
        for hunt in self._hunts:
            first, whole = _bounds(hunt, found, head)
            if first >= least - _ABOUT and _weigh(hunt, plain, found[:head]) >= least - _ABOUT:
                return True
            if whole >= least and _weigh(hunt, plain, found) >= least:
                return True
        return False

    def rate(self, story: bytes) -> float:
        """The evidence, in nats, that a story, headline first, is on some playbook's subject: that of its best passage, the more so at its head and the shorter
        it is. A story is admitted for `least` of it."""
        plain = make_plain(story) + b" "
        found = self._automaton.find_matches_as_indexes(plain)
        head = found[: bisect_left(found, _HEAD, key=_start)]
        best = max((max(_weigh(hunt, plain, head) + _ABOUT, _weigh(hunt, plain, found)) for hunt in self._hunts), default=0.0)
        return best - _price(plain)

    def admits_page(self, page: bytes) -> bool:
        """Whether the story of a page may be admitted. Which of its words are the story is not known yet: what surrounds it is no reason to refuse it."""
        plain = make_plain(strip_markup(page)) + b" "
        least = self._least + _price(b"")
        found = self._automaton.find_matches_as_indexes(plain)
        if not self._holds(plain, found, least - _ABOUT):
            return False
        heads = [m.start() for m in _HEADING.finditer(page)][:_HEADINGS]
        return not heads or self._holds(plain, found, least) or any(self.weigh(strip_markup(page[at : at + _ROOM])[:_HEAD]) >= least - _ABOUT for at in heads)

    def weigh(self, text: bytes) -> float:
        """The evidence of the best passage of a text, in nats."""
        plain = make_plain(text) + b" "
        found = self._automaton.find_matches_as_indexes(plain)
        return max((_weigh(hunt, plain, found) for hunt in self._hunts), default=0.0)

    def _holds(self, plain: bytes, found: Found, least: float) -> bool:
        """Whether some passage has so much evidence."""
        return any(_bounds(hunt, found, 0)[1] >= least and _weigh(hunt, plain, found) >= least for hunt in self._hunts)


def strip_markup(page: bytes) -> bytes:
    """A page without its tags, scripts and styles. No parse, and linear in whatever strangers make: what is broken stays, and is looked through."""
    first, *rest = _UNSEEN.split(page)
    parts = [first]
    for part in rest:
        m = _SEEN_AGAIN.search(part)
        parts.append(b" " + part[m.start() :] if m else b"<" + part)
    return _TAG.sub(b" ", b"".join(parts))


def _price(plain: bytes) -> float:
    """What the length of a story costs, in nats: the longer, the more stands together by chance."""
    return math.log(max(_SHORT, len(plain) / _WORD) / _USUAL)


def _make_hunt(evidence: Evidence, forms: list[bytes]) -> _Hunt:
    known = dict(evidence.forms)
    words = tuple(known.get(form, -1) for form in forms)
    return _Hunt(words, tuple(0.0 if word < 0 else evidence.weights[word] for word in words), evidence.gap / _WORD)


def _bounds(hunt: _Hunt, found: Found, head: int) -> tuple[float, float]:
    """What no stretch of the first words found, and none of all, can weigh more than: ends of words count as words, and words that stand again in full.
    This is the loop that every page goes through."""
    weights, cost = hunt.weights, hunt.cost
    first = best = run = 0.0
    before = 0
    for part in (found[:head], found[head:]):
        first = best
        for form, start, _ in part:
            run -= (start - before) * cost
            if run < 0.0:  # noqa: PLR1730 a call costs as much as all the rest of the loop
                run = 0.0
            run += weights[form]
            before = start
            if run > best:  # noqa: PLR1730
                best = run
    return first, best


def _weigh(hunt: _Hunt, plain: bytes, found: Found) -> float:
    """The most that a stretch of text weighs: its words, less what lies between (the greatest sum of a run, Bentley 1984)."""
    best = run = 0.0
    before = 0
    last: dict[int, int] = {}
    for form, start, _ in found:
        word = hunt.words[form]
        if word < 0 or (start > 0 and plain[start - 1] != 32):
            continue
        again = word in last and start - last[word] < _AGAIN
        last[word] = start
        run = max(0.0, run - (start - before) * hunt.cost) + hunt.weights[form] * (_LESS if again else 1.0)
        before = start
        best = max(best, run)
    return best
