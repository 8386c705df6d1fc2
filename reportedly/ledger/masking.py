"""A passage taken out of a report: blacked out letter for letter wherever the report says it, and whatever repeats it gone with it."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec

from reportedly.errors import UnknownName
from reportedly.ledger.canonical import Sealed, seal, write_canonical
from reportedly.records import Claim, ClaimSet, Leaving, Report

_BLACK = "█"
_FIELDS = ("file", "place", "title", "byline", "dateline", "outlet", "agency", "url")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words to withhold, found whatever their case, their spaces and line breaks, and the way their accents are coded."""

    words: re.Pattern[str]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where a text says them."""
        return [match.span() for match in self.words.finditer(text)]

    def black(self, text: str) -> str:
        """The text with as many black marks in their place."""
        return self.words.sub(lambda match: _BLACK * len(match[0]), text)

    def stands_in(self, body: str) -> bool:
        """Whether a record in canonical JSON says them."""
        return any(self.words.search(text) for text in _strings(msgspec.json.decode(body)))


def make_passage(words: str) -> Passage:
    """The passage that some words name."""
    return Passage(re.compile(r"\s+".join(map(_either, words.split())), re.IGNORECASE))


def _either(word: str) -> str:
    """One word in either coding of its accents: file names of some systems have theirs taken apart."""
    forms = sorted({re.escape(unicodedata.normalize(form, word)) for form in ("NFC", "NFD")})
    return forms[0] if len(forms) == 1 else f"(?:{'|'.join(forms)})"


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


@dataclass(frozen=True, slots=True)
class Masked:
    """A report, its claims and what reading set apart of it, without a passage that stood at `places` of its text; `gone` are the
    claims that touched or repeated it."""

    report: Report
    sealed: Sealed
    leavings: tuple[Leaving, ...]
    passage: Passage
    places: tuple[tuple[int, int], ...]
    gone: tuple[Claim, ...]


def mask(report: Report, claim_set: ClaimSet | None, leavings: tuple[Leaving, ...], words: str) -> Masked:
    """Take a passage out of a report wherever its text, its title, its byline, its file's name and the like say it. Raises
    UnknownName where they nowhere do."""
    passage = make_passage(words)
    fields = {name: passage.black(value) for name in _FIELDS if (value := getattr(report, name)) and passage.words.search(value)}
    places = tuple(passage.places(report.text))
    if not places and not fields:
        raise UnknownName(f"{words!r}: stands nowhere in {report.file}; give words that stand there")
    text = passage.black(report.text)
    masked = replace(report, text=text, text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), **fields)  # type: ignore[arg-type]
    claims = claim_set.claims if claim_set else ()
    gone = tuple(claim for claim in claims if any(_touches(claim, *span) for span in places) or passage.stands_in(write_canonical(claim).decode()))
    away = {claim.id for claim in gone}
    left = tuple(_black(one, passage) for one in claim_set.leavings) if claim_set else ()
    left += tuple(Leaving("ledger", "withheld", masked.file, report.id, *span) for span in places)
    sealed = seal(ClaimSet(report.id, claim_set.reader if claim_set else "", tuple(claim for claim in claims if claim.id not in away), left))
    return Masked(masked, sealed, tuple(_black(one, passage) for one in leavings), passage, places, gone)


def _black(leaving: Leaving, passage: Passage) -> Leaving:
    return replace(leaving, file=passage.black(leaving.file), note=passage.black(leaving.note))


def _touches(claim: Claim, start: int, end: int) -> bool:
    spans = [(claim.start, claim.end), (claim.trigger_start, claim.trigger_end)]
    spans += [(voice.start, voice.end) for voice in claim.voice if voice.start is not None and voice.end is not None]
    spans += [(filler.start, filler.end) for fillers in claim.roles.values() for filler in fillers]
    spans += [(claim.when.start, claim.when.end)] if claim.when else []
    return any(first < end and start < last for first, last in spans)
