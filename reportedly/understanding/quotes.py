"""Quotation marks of a text: which stretches stand between them."""

import re
from itertools import pairwise

from spacy.tokens import Span

from reportedly.understanding.attribution import Speech, tag_speaker

_OPENING = {"“": "”", "«": "»", "「": "」", "„": "“"}


_SINGLE = re.compile(r"’(?!\w)")


def find_quotes(text: str, breaks: list[int]) -> list[tuple[int, int]]:
    """Stretches [start, end) inside double quotation marks, marks included. `breaks` are the paragraph starts.

    A quotation that its paragraph does not close ends with the paragraph. Straight marks open and close in turn; two single
    ones stand for a double one. Straight single marks are left alone, they are apostrophes too often; of curly ones only
    the opening mark is sure, and the quotation ends at the first closing one behind a mark or before a blank.
    """
    found = []
    bounds = [*breaks, len(text)] if breaks and breaks[0] == 0 else [0, *breaks, len(text)]
    for start, end in pairwise(bounds):
        found += _in_paragraph(text, start, end)
    return found


def _in_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found, opened, closing = [], -1, ""
    for at in range(start, end):
        mark = text[at]
        if mark in "'`" and text[at : at + 2] in ("''", "``") and at + 1 < end:  # two single marks stand for a double one
            if opened >= 0 and closing == "''":
                found.append((opened, at + 2))
                opened = -1
            elif opened < 0:
                opened, closing = at, "''"
            continue
        if opened < 0 and mark == "‘" and (closed := _close_single(text, at, end)):
            found.append((at, closed))
            continue
        if opened < 0 and (mark in _OPENING or mark == '"'):
            opened, closing = at, _OPENING.get(mark, '"')
        elif opened >= 0 and (mark == closing or (closing == "”" and mark == '"')):
            found.append((opened, at + 1))
            opened = -1
    if opened >= 0:
        found.append((opened, end))
    return found


def _close_single(text: str, start: int, end: int) -> int:
    """Where a quotation in ‘single marks’ that begins at `start` ends; 0 where it does not within its paragraph."""
    ends = [m.end() for m in _SINGLE.finditer(text, start + 1, end)]
    return next((one for one in ends if text[one - 2] in ",.!?…"), ends[0] if ends else 0)


def read_speech(sentences: list[Span], index: int, quotes: list[tuple[int, int]], breaks: frozenset[int]) -> Speech:
    """How sentence `index` of a passage stands to the quotations `quotes`; `breaks` are the paragraph starts."""
    sentence = sentences[index]
    words = [token.idx for token in sentence if token.is_alpha or token.is_digit]
    near = [(start, end) for start, end in quotes if start < sentence.end_char and end > sentence.start_char]
    inside = sum(any(start <= at < end for start, end in near) for at in words) if near else 0
    running = next((quote for quote in quotes if quote[0] < sentence.end_char < quote[1]), None)
    follows = tuple(one for one in sentences[index + 1 : index + 12] if running is not None and one.start_char < running[1])
    after = sentences[index + 1] if index + 1 < len(sentences) and first_char(sentences[index + 1]) not in breaks else None
    tag = tag_speaker(after) if after is not None and not sentence.text.rstrip().endswith((".", "!", "?", ".”", ",”", '."', ',"', "’")) else None
    between = frozenset(token.i for token in sentence if any(start <= token.idx < end for start, end in near)) if near else frozenset()
    return Speech(inside / max(1, len(words)), inside, follows, first_char(sentence) not in breaks, tag, between, running[1] if running else 0)


def first_char(sentence: Span) -> int:
    """Where the first word or mark of a sentence stands in its document: the parser may put blanks before it."""
    return next((token.idx for token in sentence if not token.is_space), sentence.start_char)
