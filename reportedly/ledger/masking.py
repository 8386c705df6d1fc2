"""A passage taken out of a report: its text blacked out letter for letter, and whatever repeats it gone with it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec

from reportedly.errors import UnknownName
from reportedly.ledger.canonical import Sealed, seal, write_canonical
from reportedly.records import Claim, ClaimSet, Leaving, Report

_BLACK = "█"
_FIELDS = ("title", "byline", "dateline", "outlet", "agency", "url")


@dataclass(frozen=True, slots=True)
class Masked:
    """A report and its claims without the passage `words`, which stood at `span`; `gone` are the ids of the claims that touched
    or repeated it."""

    report: Report
    sealed: Sealed
    words: str
    span: tuple[int, int]
    gone: frozenset[str]


def mask(report: Report, claim_set: ClaimSet | None, words: str) -> Masked:
    """Take a passage out of a report. Raises UnknownName where the words do not stand in it exactly once."""
    start = report.text.find(words)
    if start < 0 or report.text.find(words, start + 1) >= 0:
        raise UnknownName(f"{words!r}: stands {'nowhere' if start < 0 else 'more than once'} in {report.file}; give words that stand there once")
    span = (start, start + len(words))
    text = report.text[: span[0]] + _BLACK * len(words) + report.text[span[1] :]
    fields = {name: value.replace(words, _BLACK * len(words)) for name in _FIELDS if (value := getattr(report, name))}
    masked = replace(report, text=text, text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), **fields)
    kept = tuple(claim for claim in claim_set.claims if not _touches(claim, *span) and not repeats(write_canonical(claim).decode(), words)) if claim_set else ()
    leavings = (*(claim_set.leavings if claim_set else ()), Leaving("ledger", "withheld", report.file, report.id, *span))
    gone = frozenset(claim.id for claim in claim_set.claims) - {claim.id for claim in kept} if claim_set else frozenset()
    return Masked(masked, seal(ClaimSet(report.id, claim_set.reader if claim_set else "", kept, leavings)), words, span, gone)


def repeats(body: str, words: str) -> bool:
    """Whether a record in canonical JSON says these words, whatever their case and spaces."""
    wanted = _fold(words)
    return any(wanted in _fold(text) for text in _strings(msgspec.json.decode(body)))


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _touches(claim: Claim, start: int, end: int) -> bool:
    spans = [(claim.start, claim.end)] + [(voice.start, voice.end) for voice in claim.voice if voice.start is not None and voice.end is not None]
    spans += [(filler.start, filler.end) for fillers in claim.roles.values() for filler in fillers]
    return any(first < end and start < last for first, last in spans)
