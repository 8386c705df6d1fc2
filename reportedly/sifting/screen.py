"""The cheap test: one automaton over the words and names of all playbooks, no parse. It may keep what is not wanted, and must not lose what is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import ahocorasick_rs

from reportedly.sifting.evidence import LEAST, Evidence, make_plain

_WORD = 6.0  # bytes of a word with the space behind it, in running English
_AGAIN = 60 * _WORD  # bytes within which a word that stands again tells less
_LESS = 0.5  # of its weight
_UNSEEN = re.compile(rb"<(?=script\b|style\b)", re.IGNORECASE)
_SEEN_AGAIN = re.compile(rb"</(?:script|style)\b", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]*>")

Found = list[tuple[int, int, int]]  # form, start, end


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

    def admits(self, text: bytes) -> bool:
        """Whether a text, without its markup, has a passage on some playbook's subject."""
        plain = make_plain(text)
        found = self._automaton.find_matches_as_indexes(plain)
        return any(_bound(hunt, found) >= self._least and _weigh(hunt, plain, found) >= self._least for hunt in self._hunts)

    def weigh(self, text: bytes) -> float:
        """The evidence of the best passage of a text, in nats."""
        plain = make_plain(text)
        found = self._automaton.find_matches_as_indexes(plain)
        return max((_weigh(hunt, plain, found) for hunt in self._hunts), default=0.0)


def strip_markup(page: bytes) -> bytes:
    """A page without its tags, scripts and styles. No parse, and linear in whatever strangers make: what is broken stays, and is looked through."""
    first, *rest = _UNSEEN.split(page)
    parts = [first]
    for part in rest:
        m = _SEEN_AGAIN.search(part)
        parts.append(b" " + part[m.start() :] if m else b"<" + part)
    return _TAG.sub(b" ", b"".join(parts))


def _make_hunt(evidence: Evidence, forms: list[bytes]) -> _Hunt:
    known = dict(evidence.forms)
    words = tuple(known.get(form, -1) for form in forms)
    return _Hunt(words, tuple(0.0 if word < 0 else evidence.weights[word] for word in words), evidence.gap / _WORD)


def _bound(hunt: _Hunt, found: Found) -> float:
    """What no stretch of a text can weigh more than: ends of words count as words, and words that stand again in full. This is the loop that every page
    goes through."""
    weights, cost = hunt.weights, hunt.cost
    best = run = 0.0
    before = 0
    for form, start, _ in found:
        run -= (start - before) * cost
        if run < 0.0:
            run = 0.0
        run += weights[form]
        before = start
        if run > best:
            best = run
    return best


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
