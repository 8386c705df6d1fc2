"""A passage taken out of a report: blacked out letter for letter wherever the report says it, and whatever repeats it gone with it."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from urllib.parse import unquote

import msgspec

from reportedly.errors import BadSetting, UnknownName
from reportedly.ledger.canonical import Sealed, seal
from reportedly.records import Claim, ClaimSet, Leaving, Report

_BLACK = "█"
_PIECE = re.compile(r"(?:%[0-9A-Fa-f]{2})+|&#?\w{2,8};|.", re.DOTALL)  # a letter, or the code of one in an address or a page
_FIELDS = ("file", "place", "title", "byline", "dateline", "outlet", "agency", "url")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words to withhold, as they are compared: whatever their case, accents and width, the kind of their quotation marks and dashes, and
    whether spaces, line breaks, hyphens, underscores or the codes of addresses part them."""

    words: str

    def is_in(self, text: str) -> bool:
        """Whether a text says them."""
        return self.words in " ".join(_plain(unquote(unescape(text))).split())

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where a text says them."""
        plain, spans = _plain_with_places(text)
        found, at = [], plain.find(self.words)
        while at >= 0:
            found.append((spans[at][0], spans[at + len(self.words) - 1][1]))
            at = plain.find(self.words, at + len(self.words))
        return found

    def black(self, text: str) -> str:
        """The text with as many black marks in their place."""
        for start, end in reversed(self.places(text)):
            text = text[:start] + _BLACK * (end - start) + text[end:]
        return text

    def stands_in(self, body: str) -> bool:
        """Whether a record in canonical JSON says them."""
        return self._is_said(msgspec.json.decode(body))

    def is_said_by(self, record: object) -> bool:
        """Whether a record says them."""
        return self._is_said(msgspec.to_builtins(record))

    def _is_said(self, value: object) -> bool:
        return any(self.is_in(text) for text in _strings(value))


def make_passage(words: str) -> Passage:
    """The passage that some words name. Raises BadSetting where no letter or digit is in them."""
    plain = " ".join(_plain(words).split())
    if not any(mark.isalnum() for mark in plain):
        raise BadSetting(f"{words!r}: no letter is in these words; give --words with some")
    return Passage(plain)


@cache
def _alike() -> dict[int, str | None]:
    """What letters are taken for where words are compared: accents and marks without width for nothing, dashes and the like for a
    space, quotation marks for one of them."""
    found: dict[int, str | None] = {code: None for code in range(0x10000) if unicodedata.category(chr(code)) in ("Mn", "Me", "Cf")}
    found |= dict.fromkeys(map(ord, "-_+‐‑‒–—―−"), " ")
    return found | dict.fromkeys(map(ord, "’‘‛ʼʻ′`´＇"), "'") | dict.fromkeys(map(ord, "“”„‟«»″"), '"')


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text.translate(_alike())).casefold().translate(_alike())


def _plain_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text as it is compared, and where each of its letters stands; what is taken for nothing belongs to the letter before."""
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _PIECE.finditer(text):
        piece = match[0]
        said = _plain(unquote(unescape(piece)) if len(piece) > 1 else piece)
        for letter in said:
            if letter.isspace() and letters and letters[-1] == " ":
                spans[-1] = (spans[-1][0], match.end())
            else:
                letters.append(" " if letter.isspace() else letter)
                spans.append(match.span())
        if not said and spans:
            spans[-1] = (spans[-1][0], match.end())
    return "".join(letters), spans


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
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
    fields = {name: passage.black(value) for name in _FIELDS if (value := getattr(report, name)) and passage.is_in(value)}
    places = tuple(passage.places(report.text))
    if not places and not fields:
        raise UnknownName(f"{words!r}: stands nowhere in {report.file}; give words that stand there")
    text = passage.black(report.text)
    masked = replace(report, text=text, text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), **fields)  # type: ignore[arg-type]
    claims = claim_set.claims if claim_set else ()
    gone = tuple(claim for claim in claims if any(_touches(claim, *span) for span in places) or passage.is_said_by(claim))
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
