"""Sentences that somebody writes about reports, read as reports are: each on its own, with the day it may speak from."""

import hashlib
from itertools import groupby

from reportedly.records import Published, ReadSentence, Report, Segment
from reportedly.understanding.compile import Compiled
from reportedly.understanding.measures import list_values
from reportedly.understanding.parser import BATCH, Passage, load_parser, parse
from reportedly.understanding.read import read_passages
from reportedly.values import When

_CLAUSES = ("ROOT", "relcl", "ccomp", "advcl", "pcomp")  # where what looks like a noun heads a clause, it is a verb: "forbids sending …"


def read_sentences(sentences: list[tuple[str, When | None]], playbooks: tuple[Compiled, ...] = ()) -> list[ReadSentence]:
    """Each sentence as it is read, with the day from which its times are counted."""
    reports = [_as_report(text, day, number) for number, (text, day) in enumerate(sentences)]
    with load_parser().memory_zone():
        groups = {key: list(passages) for key, passages in groupby(parse(iter(reports), BATCH), key=lambda passage: passage.report.id)}
        return [_read(report, groups.get(report.id, []), playbooks) for report in reports]


def _as_report(text: str, day: When | None, number: int) -> Report:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    published = Published(day, "given" if day else "unknown")
    return Report(f"{number}-{digest[:16]}", "sentence", "", digest, text, digest, (Segment(0, len(text), "body"),), published, "text/plain", "utf-8", "en")


def _read(report: Report, passages: list[Passage], playbooks: tuple[Compiled, ...]) -> ReadSentence:
    claims = read_passages(report, passages, "sentence", playbooks).claims
    values = tuple(value for passage in passages for value in list_values(passage, []))
    names = tuple((token.text, passage.start + token.idx) for passage in passages for token in passage.doc if token.pos_ == "PROPN")
    nouns = tuple(
        (token.text, passage.start + token.idx) for passage in passages for token in passage.doc if token.pos_ == "NOUN" and token.is_alpha and token.dep_ not in _CLAUSES
    )
    return ReadSentence(report, claims, values, names, nouns)
