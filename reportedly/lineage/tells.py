"""A copy whose original is not in the case gives itself away: broken sentences, marks of another language's printing, a dateline of an
agency that nobody credits, a note that a program translated it. One mark is a slip; two kinds of them, or an admission, are a copy."""

import re
from collections.abc import Iterator

from reportedly.records import Report, Tell

_ADMITS = re.compile(
    r"\b(?:(?:translat|rewrit|generat|process)\w*\W+(?:\w+\W+){0,6}?(?:automatic\w*|machine|program|software|algorithm|AI|artificial intelligence)"
    r"|(?:automatic\w*|machine|software|AI)[\W]+(?:\w+\W+){0,3}?(?:translat|rewrit|generat)\w*|compiled from the (?:network|internet|web))\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\b(?:the|of|for|and|in|a|an|by|at|with|to|his|her|their|its)\b[ ]?[.!?][ ]+[a-z]\w+[^.\n]{0,40}"  # "security guards of. their"
    r"|\b(?!(?:Blvd|Corp|Univ|Dept|Assn|Bros|Capt|Prof)\.)[A-Z]\w{4,}\.[ ](?:for|of|and|in|to|the|by)\b[^.\n]{0,40}"  # "the Chamber. of Mines"
    r"|\b(?:Mr|Mrs|Ms|Dr|Prof)\.[ ][A-Z][a-z]{2,}\.[ ][A-Z]\w+|(?<![.\w])[A-HJ-Z]\.[ ][a-z]{3,}\b"  # "Dr. Lee. Park", "the U. nion"
)
_LOOSE = re.compile(
    r"\w+[-–][ ]\d+\b|\w[ ][-–]\w+\b(?![-–])|[,;][ ]?[.,;]|\.[ ][.,;]|\w[ ][,;.:?!](?=\s|\Z)|\b\w+['’][ ]s\b"
    r"|\d[ ][,:]\d|\b\d{1,3}\.[ ]\d+[ ](?:million|billion|thousand|percent|per cent)\b|(?<=\s)[\"“][ ](?=\w)"
)
_FOREIGN = re.compile(r"[«»„]|,,\w|\w''")
_ENOUGH_KINDS, _ENOUGH = 2, 3


def find_tells(report: Report) -> list[Tell]:
    """The marks of a copy in a report's body, in the order of the text."""
    found = list(_admissions(report))
    found += [tell for segment in report.segments if segment.kind == "body" for tell in _in_body(report, segment.start, segment.end)]
    found += _in_dateline(report)
    return sorted(found, key=lambda tell: (tell.start, tell.kind))


def is_copy_of_unknown(tells: list[Tell]) -> bool:
    """Whether the marks together say that a report is a copy: an admission, or marks of two kinds and at least three in all."""
    kinds = {tell.kind for tell in tells}
    return "admitted" in kinds or (len(kinds) >= _ENOUGH_KINDS and len(tells) >= _ENOUGH)


def _admissions(report: Report) -> Iterator[Tell]:
    """The sentences that say so, each once. The pattern has only their core: one that began with the sentence would try each of its words."""
    text, end = report.text, 0
    for m in _ADMITS.finditer(text):
        if m.start() >= end:
            start = max(text.rfind(mark, 0, m.start()) for mark in ".\n") + 1
            end = min((at for mark in ".\n" if (at := text.find(mark, m.end())) >= 0), default=len(text))
            yield Tell(report.id, start, end, "admitted", text[start:end].strip())


def _in_body(report: Report, start: int, end: int) -> Iterator[Tell]:
    if report.language not in (None, "en"):
        return  # other languages print otherwise
    text = report.text[start:end]
    for kind, pattern in (("broken sentence", _SPLIT), ("loose marks", _LOOSE), ("foreign quotation marks", _FOREIGN)):
        for m in pattern.finditer(text):
            yield Tell(report.id, start + m.start(), start + m.end(), kind, m.group().strip())


def _in_dateline(report: Report) -> Iterator[Tell]:
    """A dateline of a place, in a report that names neither outlet nor agency."""
    if report.outlet is None and report.agency is None:
        for segment in report.segments:
            if segment.kind == "dateline":
                yield Tell(report.id, segment.start, segment.end, "dateline without credit", report.text[segment.start : segment.end].strip())
