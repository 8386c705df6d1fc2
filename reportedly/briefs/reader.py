"""A case in one file for somebody who has nothing installed: the brief, every claim, the passages that carry them, the plan board and the
reports, to be searched offline. It is a page that fetches nothing and can change nothing."""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from reportedly.briefs.document import Brief
from reportedly.briefs.forms import flatten, write_said
from reportedly.briefs.render import fill_page
from reportedly.exports.places import find_page, make_address
from reportedly.records import STATUSES, Dated, Plan, Report


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage, marked where a claim rests on it."""

    text: str
    said: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a report that claims rest on, or several where a claim runs over its end."""

    report: int
    file: str
    page: int | None
    start: int
    end: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A claim in the list of claims; `passage` is the number of its passage."""

    id: str
    frame: str
    status: str
    said: str
    report: int
    start: int
    end: int
    passage: int
    address: str | None


@dataclass(frozen=True, slots=True)
class Board:
    """A plan in the plan board."""

    outcome: str
    label: str
    due: str
    mentions: tuple[str, ...]
    why: str


def write_reader(brief: Brief, claims: Iterable[Dated], plans: Iterable[Plan], numbers: Mapping[str, int]) -> bytes:
    """The bytes of the file; `numbers` are those of the reports in the brief. The same brief gives the same bytes."""
    lines = list(claims)
    passages, place = _find_passages(lines, numbers)
    script = files("reportedly.briefs").joinpath("templates", "reader.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return fill_page(
        "reader.html.j2",
        brief,
        claims=[_line(line, numbers, place) for line in lines],
        passages=passages,
        plans=[Board(plan.outcome, flatten(plan.label), plan.due.edtf if plan.due else "", tuple(one.claim.id for one in plan.mentions), flatten(plan.why)) for plan in plans],
        frames=sorted({line.claim.frame for line in lines}),
        statuses=[one for one in STATUSES if any(line.claim.status == one for line in lines)],
        script=script,
        script_hash=f"sha256-{digest}",
    )


def _line(line: Dated, numbers: Mapping[str, int], place: Mapping[str, int]) -> Line:
    claim, report = line.claim, line.report
    return Line(
        claim.id, claim.frame, claim.status, write_said(line), numbers[report.id], claim.start, claim.end, place[claim.id], make_address(report, claim.start, claim.end)
    )  # fmt: skip


def _find_passages(lines: Iterable[Dated], numbers: Mapping[str, int]) -> tuple[list[Passage], dict[str, int]]:
    """The passages by report and place, and for each claim the number of its own, from 1."""
    by_report: dict[str, list[Dated]] = defaultdict(list)
    for line in lines:
        by_report[line.report.id].append(line)
    passages: list[Passage] = []
    place: dict[str, int] = {}
    for report in sorted(by_report, key=lambda one: numbers[one]):
        for start, end, inside in _group(by_report[report]):
            passages.append(_make_passage(inside[0].report, numbers[report], start, end, inside))
            place |= {line.claim.id: len(passages) for line in inside}
    return passages, place


def _group(lines: list[Dated]) -> list[tuple[int, int, list[Dated]]]:
    """Claims by the paragraphs in which they stand; paragraphs that a claim joins are one."""
    groups: list[tuple[int, int, list[Dated]]] = []
    for line in sorted(lines, key=lambda one: (one.claim.start, one.claim.end, one.claim.id)):
        start, end = _paragraph(line)
        if groups and start < groups[-1][1]:
            first, last, inside = groups.pop()
            groups.append((first, max(last, end), [*inside, line]))
        else:
            groups.append((start, end, [line]))
    return groups


def _paragraph(line: Dated) -> tuple[int, int]:
    """The ends of the paragraphs that a claim touches."""
    claim = line.claim
    touched = [segment for segment in line.report.segments if segment.start < claim.end and claim.start < segment.end]
    return min([claim.start, *(segment.start for segment in touched)]), max([claim.end, *(segment.end for segment in touched)])


def _make_passage(report: Report, number: int, start: int, end: int, lines: list[Dated]) -> Passage:
    """A passage with the words of its claims marked; where they overlap, once."""
    parts: list[Part] = []
    at = start
    for line in lines:
        first, last = max(at, line.claim.start), line.claim.end
        if last <= at:
            continue
        parts += [Part(_shown(report.text[at:first]), said=False)] if first > at else []
        parts.append(Part(_shown(report.text[first:last]), said=True))
        at = last
    parts += [Part(_shown(report.text[at:end]), said=False)] if end > at else []
    return Passage(number, flatten(report.file), find_page(report, start), start, end, tuple(parts))


def _shown(text: str) -> str:
    """Text with its blanks kept as one, and control characters shown."""
    return f"{' ' * text[:1].isspace()}{flatten(text)}{' ' * (len(text) > 1 and text[-1:].isspace())}"
