"""What a copy changed of its original: numbers, names, days, statuses, voices, lost hedges, with the two passages. Never new claims."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from reportedly.lineage.features import Features, Token, stem
from reportedly.records import Aligned, Claim, Drift
from reportedly.values.numbers import ONES, TEENS, TENS

_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december".split())
_SPELT_ALIKE = 0.8  # of the letters
_HEDGES = re.compile(
    r"\b(?:(?-i:may)|might|could|perhaps|possibly|probably|likely|reportedly|allegedly|apparently|unless|seems?|appears?"
    r"|(?:about|around|roughly|nearly|almost|some|up to|at least|more than|over|fewer than|less than)(?= (?:[$€£]?\d|" + "|".join((*ONES, *TEENS, *TENS, "a")) + r")))\b",
    re.IGNORECASE,
)


def find_drift(original: Features, copy: Features, spans: Iterable[Aligned], before: list[Claim], after: list[Claim], texts: tuple[str, str]) -> list[Drift]:
    """What differs between the stretches that say the same; `spans` go from the copy to the original, as in a link, `before` and
    `after` are the claims of both, `texts` theirs. Sorted by place in the original."""
    found: list[Drift] = []
    for span in spans:
        found += _of_tokens(original, copy, span)
        found += _of_claims([one for one in before if _lies(one, span.other_start, span.other_end)], [one for one in after if _lies(one, span.start, span.end)])
        found += _of_hedges(span, texts)
    return sorted(set(found), key=lambda drift: (drift.start, drift.other_start, drift.kind, drift.before))


def _of_tokens(original: Features, copy: Features, span: Aligned) -> Iterator[Drift]:
    """Numbers, names and days that stand on one side each."""
    old = [token for token in original.tokens if span.other_start <= token.start < span.other_end]
    new = [token for token in copy.tokens if span.start <= token.start < span.end]
    for kind in ("number", "name", "day"):
        gone = [token for token in old if _kind(token) == kind and token.word not in {one.word for one in new}]
        come = [token for token in new if _kind(token) == kind and token.word not in {one.word for one in old}]
        for before, after in _paired(gone, come, old, new):
            yield Drift(kind, before.word, after.word, before.start, before.end, after.start, after.end)


def _kind(token: Token) -> str:
    return "day" if token.word in _DAYS else token.kind


def _paired(gone: list[Token], come: list[Token], old: list[Token], new: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Which of what is gone became which of what has come, by the words beside them; a single number by itself. Another spelling of a
    name ("labor") is no change."""
    left = [token for token in come if all(SequenceMatcher(None, token.word, one.word).ratio() < _SPELT_ALIKE or token.kind == "number" for one in gone)]
    for token in gone:
        best = max(left, key=lambda one: len(_beside(token, old) & _beside(one, new)), default=None)
        if best is not None and (_beside(token, old) & _beside(best, new) or (token.kind == "number" and len(gone) == len(come) == 1)):
            left.remove(best)
            yield token, best


def _beside(token: Token, tokens: list[Token]) -> set[str]:
    at = tokens.index(token)
    return {stem(one.word) for one in tokens[max(0, at - 3) : at + 4] if one is not token and len(one.word) > 3}


def _of_claims(before: list[Claim], after: list[Claim]) -> Iterator[Drift]:
    """Status, polarity, certainty and voice of claims by the same word."""
    for old in before:
        for new in after:
            if stem(old.trigger.lower()) != stem(new.trigger.lower()) and (old.frame == "open" or old.frame != new.frame):
                continue
            place = (old.trigger_start, old.trigger_end, new.trigger_start, new.trigger_end)
            for kind in ("status", "polarity", "certainty"):
                if getattr(old, kind) != getattr(new, kind):
                    yield Drift(kind, getattr(old, kind), getattr(new, kind), *place)
            if old.voice[0].kind != new.voice[0].kind and "outlet" in (old.voice[0].kind, new.voice[0].kind):
                yield Drift("voice", old.voice[0].text, new.voice[0].text, *place)


def _of_hedges(span: Aligned, texts: tuple[str, str]) -> Iterator[Drift]:
    """Words of doubt or bounds that the original has, where the copy has none."""
    old = list(_HEDGES.finditer(texts[0], span.other_start, span.other_end))
    if old and not _HEDGES.search(texts[1], span.start, span.end):
        yield Drift("hedge", ", ".join(m.group().lower() for m in old), "", old[0].start(), old[0].end(), span.start, span.end)


def _lies(claim: Claim, start: int, end: int) -> bool:
    return start <= claim.trigger_start < end
