"""A case's claims in the formats of other programs: each export says what it cannot carry, and what was withheld stays so."""

import gc
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from reportedly.engine import map_chunks
from reportedly.errors import BadSetting
from reportedly.exports import columns, ftm, jsonld, sheet
from reportedly.exports.rows import claim_row
from reportedly.keeping import hand_over
from reportedly.ledger.canonical import read_canonical
from reportedly.pipeline import Case
from reportedly.reconciling.reviews import Judgement, apply_edits
from reportedly.records import Claim, ClaimSet, Published, Relation, Report, View
from reportedly.values import When

FORMATS = {"csv": sheet.LOSSES, "parquet": columns.LOSSES, "jsonld": jsonld.LOSSES, "ftm": ftm.LOSSES}  # each with what it cannot carry
_CHUNK = 8_000_000  # letters of claim sets that go to a worker together: some ten thousand claims, a row group each
_MANY = 2_000  # reports from which on a second process is worth its start


@dataclass(frozen=True, slots=True)
class Exported:
    """How many claims an export holds, and what its format could not carry."""

    claims: int
    losses: tuple[str, ...]


class _Item(NamedTuple):
    """One report and its claims as the log keeps them, and the day that an undated one was given. A tuple of texts: it goes to other processes
    as it is."""

    report: str
    claims: str
    inferred: When | None


@dataclass(frozen=True, slots=True)
class _Reviews:
    """How the claims stand that were reviewed, whether only those are wanted, and which claims are (None: all)."""

    judged: dict[str, Judgement]
    only: bool
    claims: frozenset[str] | None = None

    def apply(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims as their reviews left them, without those that were rejected; where only reviewed ones are wanted, those that somebody
        accepted or edited: a note, or a claim that was joined to another, is no review of it."""
        kept: list[Claim] = []
        for claim in claims:
            judgement = self.judged.get(claim.id)
            looked_at = judgement is not None and (judgement.verdict == "accepted" or bool(judgement.edits))
            is_wanted = (looked_at or not self.only) and (self.claims is None or claim.id in self.claims)
            if is_wanted and not (judgement and judgement.verdict == "rejected"):
                kept.append(apply_edits(claim, judgement))
        return kept


def export(case: Case, kind: str, output: Path, as_of: date | None = None, *, reviewed_only: bool = False, claims: frozenset[str] | None = None) -> Exported:
    """Write the claims known on a day to a file, as their reviews left them; with `reviewed_only` those that an analyst accepted or edited, with
    `claims` those of these ids.
    Raises BadSetting for a format that there is not, LedgerProblem where the file cannot be written, MissingPart without its library."""
    if kind not in FORMATS:
        raise BadSetting(f"{kind}: no such format; there are {', '.join(sorted(FORMATS))}")
    view = case.view(as_of)
    count, _ = hand_over(case, kind, output, lambda draft: _write(case, kind, view, draft, _Reviews(case.judgements(), reviewed_only, claims)))
    return Exported(count, FORMATS[kind])


def _write(case: Case, kind: str, view: View, draft: Path, reviews: _Reviews) -> int:
    items = _items(case, view)
    if kind == "parquet":
        from reportedly.exports.parquet import write_parquet  # its library is an extra

        chunks = ((None, part) for part in _chunks(items))
        work = partial(_fill_batches, reviews=reviews)
        workers = (case.settings.workers or os.cpu_count() or 1) if len(view.reports) > _MANY else 1
        return write_parquet((batch for _, batches in map_chunks(work, chunks, workers) for batch in batches), draft)
    pairs = ((claim, report) for item in items for report, claims in [_read(item, reviews)] for claim in claims)
    if kind == "csv":
        return sheet.write_csv((claim_row(claim, report) for claim, report in pairs), draft)
    if kind == "ftm":
        return ftm.write_ftm(_reports(case, view), pairs, draft)
    rows = ((claim, report, claim_row(claim, report)) for claim, report in pairs)
    return jsonld.write_jsonld(_reports(case, view), rows, _relations(case, view), case.reader, draft)


def _items(case: Case, view: View) -> Iterator[_Item]:
    """Report by report, none kept: memory does not grow with their number."""
    for number in view.reports:
        report, claims = case.ledger.bodies(number)
        if claims is not None:
            inferred = view.inferred[number].when if number in view.inferred else None
            yield _Item(report, claims, inferred)


def _reports(case: Case, view: View) -> Iterator[Report]:
    for number in view.reports:
        yield _read_report(case.ledger.bodies(number)[0], view.inferred[number].when if number in view.inferred else None)


def _read_report(body: str, inferred: When | None) -> Report:
    report = read_canonical(body, Report)
    return replace(report, published=Published(inferred, "inferred")) if inferred else report


def _chunks(items: Iterator[_Item]) -> Iterator[list[_Item]]:
    part: list[_Item] = []
    size = 0
    for item in items:
        part.append(item)
        size += len(item.claims)
        if size > _CHUNK:
            yield part
            part, size = [], 0
    if part:
        yield part


def _read(item: _Item, reviews: _Reviews) -> tuple[Report, list[Claim]]:
    """A report with its claims in the order of the text, as their reviews left them."""
    found = sorted(read_canonical(item.claims, ClaimSet).claims, key=lambda claim: (claim.trigger_start, claim.id))
    return _read_report(item.report, item.inferred), reviews.apply(found)


def _fill_batches(items: list[_Item], *, reviews: _Reviews) -> list[bytes]:
    """The columns of some reports' claims, packed: the work of one process."""
    from reportedly.exports.parquet import pack_batch

    batch = columns.Columns()
    gc.disable()  # records hold no cycles, and looking for some costs a third of the time
    try:
        for item in items:
            report, claims = _read(item, reviews)
            for claim in claims:
                batch.add(claim, report)
    finally:
        gc.enable()
    return [pack_batch(batch)]


def _relations(case: Case, view: View) -> dict[str, list[Relation]]:
    found: dict[str, list[Relation]] = defaultdict(list)
    for finding in case.findings(view):
        for relation in finding.relations:
            found[relation.source].append(relation)
            found[relation.target].append(relation)
    return found
