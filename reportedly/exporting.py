"""A case's claims in the formats of other programs: each export says what it cannot carry, and what was withheld stays so."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from reportedly.engine import map_chunks
from reportedly.errors import BadSetting
from reportedly.exports import columns, ftm, jsonld, sheet
from reportedly.exports.rows import claim_row
from reportedly.keeping import log_export
from reportedly.ledger.canonical import read_canonical
from reportedly.ledger.output import write_out
from reportedly.pipeline import Case
from reportedly.reconciling.reviews import Judgement, apply_edits
from reportedly.records import Claim, ClaimSet, Published, Relation, Report, View

FORMATS = {"csv": sheet.LOSSES, "parquet": columns.LOSSES, "jsonld": jsonld.LOSSES, "ftm": ftm.LOSSES}  # each with what it cannot carry
_HEADS = {"csv": b"report,id,playbook,frame,", "parquet": b"PAR1", "jsonld": b'{"@context":{"oa":', "ftm": b'{"id":"rep-'}
_CHUNK = 64  # reports that go to a worker together
_MANY = 200  # reports from which on a second process is worth its start


@dataclass(frozen=True, slots=True)
class Exported:
    """How many claims an export holds, and what its format could not carry."""

    claims: int
    losses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """One report with its claims as the log keeps them, and how those that were reviewed stand."""

    report: Report
    body: str
    judged: dict[str, Judgement]


def export(case: Case, kind: str, output: Path, as_of: date | None = None, *, reviewed_only: bool = False) -> Exported:
    """Write the claims known on a day to a file, as their reviews left them; with `reviewed_only` those that an analyst accepted or edited.
    Raises BadSetting for a format that there is not, LedgerProblem where the file cannot be written, MissingPart without its library."""
    if kind not in FORMATS:
        raise BadSetting(f"{kind}: no such format; there are {', '.join(sorted(FORMATS))}")
    view = case.view(as_of)
    with write_out(output, case.ledger.path, f"{kind} export", partial(_is_export, _HEADS[kind])) as draft:
        count = _write(case, kind, view, draft, reviewed_only=reviewed_only)
        with draft.open("rb") as file:
            log_export(case, kind, output, hashlib.file_digest(file, "sha256").hexdigest())
    return Exported(count, FORMATS[kind])


def _is_export(head: bytes, path: Path) -> bool:
    """Whether a file begins as our exports of a kind do: such a one may be written anew."""
    with path.open("rb") as file:
        return file.read(len(head)) == head


def _write(case: Case, kind: str, view: View, draft: Path, *, reviewed_only: bool) -> int:
    items = _items(case, view)
    if kind == "parquet":
        from reportedly.exports.parquet import write_parquet  # its library is an extra

        chunks = ((None, part) for part in _chunks(items))
        work = partial(_fill_batches, reviewed_only=reviewed_only)
        workers = (case.settings.workers or os.cpu_count() or 1) if len(view.reports) > _MANY else 1
        return write_parquet((batch for _, batches in map_chunks(work, chunks, workers) for batch in batches), draft)
    pairs = ((claim, item.report) for item in items for claim in _claims(item, reviewed_only=reviewed_only))
    if kind == "csv":
        return sheet.write_csv((claim_row(claim, report) for claim, report in pairs), draft)
    if kind == "ftm":
        return ftm.write_ftm(_reports(case, view), pairs, draft)
    rows = ((claim, report, claim_row(claim, report)) for claim, report in pairs)
    return jsonld.write_jsonld(_reports(case, view), rows, _relations(case, view), case.reader, draft)


def _items(case: Case, view: View) -> Iterator[_Item]:
    """Report by report, none kept: memory does not grow with their number."""
    judged = case.judgements()
    for report in _reports(case, view):
        body = case.ledger.claims_body(report.id)
        if body is not None:
            yield _Item(report, body, {claim: judgement for claim, judgement in judged.items() if claim in body})


def _reports(case: Case, view: View) -> Iterator[Report]:
    for number in view.reports:
        report = case.ledger.stored_report(number)
        yield replace(report, published=Published(view.inferred[number].when, "inferred")) if number in view.inferred else report


def _chunks(items: Iterator[_Item]) -> Iterator[list[_Item]]:
    part: list[_Item] = []
    for item in items:
        part.append(_Item(replace(item.report, text="") if item.report.media_type != "text/html" else item.report, item.body, item.judged))
        if len(part) == _CHUNK:
            yield part
            part = []
    if part:
        yield part


def _claims(item: _Item, *, reviewed_only: bool) -> Iterator[Claim]:
    """The claims of a report in the order of the text, as their reviews left them, without those that were rejected."""
    found = read_canonical(item.body, ClaimSet).claims
    for claim in sorted(found, key=lambda claim: (claim.trigger_start, claim.id)):
        judgement = item.judged.get(claim.id)
        if (judgement is None and not reviewed_only) or (judgement is not None and judgement.verdict != "rejected" and not (reviewed_only and _is_open(judgement))):
            yield apply_edits(claim, judgement) if judgement else claim


def _is_open(judgement: Judgement) -> bool:
    """Whether nobody accepted or edited: a note, or a claim that was joined to another, is no review of it."""
    return judgement.verdict == "open" and not judgement.edits


def _fill_batches(items: list[_Item], *, reviewed_only: bool) -> list[bytes]:
    """The columns of some reports' claims, packed: the work of one process."""
    from reportedly.exports.parquet import pack_batch

    batch = columns.Columns()
    for item in items:
        for claim in _claims(item, reviewed_only=reviewed_only):
            batch.add(claim, item.report)
    return [pack_batch(batch)]


def _relations(case: Case, view: View) -> dict[str, list[Relation]]:
    found: dict[str, list[Relation]] = defaultdict(list)
    for finding in case.findings(view):
        for relation in finding.relations:
            found[relation.source].append(relation)
            found[relation.target].append(relation)
    return found
