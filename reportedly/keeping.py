"""Whether a case holds, reading it again, and handing it over."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from reportedly.ledger import seal
from reportedly.ledger.bundle import write_bundle
from reportedly.ledger.chain import Broken, check_case, find_originals
from reportedly.ledger.checking import compare_rows, find_damaged_words
from reportedly.ledger.derived import INDEX, dump_index, open_index, read_reconciled
from reportedly.ledger.evidence import write_beside
from reportedly.ledger.given_claims import GIVEN
from reportedly.ledger.output import write_out
from reportedly.ledger.timestamp import fetch_token, make_request
from reportedly.pipeline import KINDS, Case
from reportedly.records import BY_HAND, Claim, Export, Report

Made = TypeVar("Made")


def verify(case: Case, head: str | None = None) -> Iterator[Broken]:
    """Everything that does not hold: evidence, chain, spans, and every derived row against one derived afresh."""
    yield from check_case(case.ledger.path, head)
    if not (case.ledger.path / INDEX).exists():
        return
    with closing(case.open_index()) as kept, tempfile.TemporaryDirectory() as folder:
        with closing(open_index(case.ledger.path / "ledger.sqlite", Path(folder) / INDEX)) as fresh:
            yield from compare_rows(dump_index(kept), dump_index(fresh))
        for kind in KINDS:
            reconciled = read_reconciled(kept, kind, case.ledger.last_before_exports())
            if reconciled is not None:
                yield from compare_rows(map(" ".join, reconciled), map(" ".join, case.derive_rows(kind)))
        yield from find_damaged_words(kept, Path(folder) / "words.sqlite")


def dump_rows(case: Case) -> Iterator[str]:
    """Every derived row, in order: the same log gives the same lines."""
    with closing(case.open_index()) as index:
        yield from dump_index(index)
    for kind in KINDS:
        yield from (f"{kind} {row}" for row in case.rows(kind))


def stamp(case: Case, url: str | None) -> Path:
    """Write a time-stamp request (RFC 3161) for the head of the log into the case, and with a server's `url` its answer beside
    it; the path of the last one written. Raises LedgerProblem where the server gives none."""
    head = case.ledger.head
    request = make_request(head)
    folder = case.ledger.path / "timestamps"
    written = write_beside(folder / f"{head}.tsq", request)
    return write_beside(folder / f"{head}.tsr", fetch_token(url, request)) if url else written


def bundle(case: Case, output: Path) -> str:
    """Pack the case into one archive, log that it left, and return its SHA-256: the same case gives the same bytes, for what
    was logged of handing it over since it last changed is not among them. Raises LedgerProblem where it cannot be written."""
    ledger = case.ledger
    originals = (sha256 for sha256, _ in find_originals(ledger.connection))
    _, sha256 = hand_over(case, "bundle", output, lambda draft: write_bundle(ledger.path, ledger.entries(ledger.last_before_exports()), originals, draft))
    return sha256


def hand_over(case: Case, what: str, output: Path, write: Callable[[Path], Made]) -> tuple[Made, str]:
    """Write a file that leaves the case, log that it did, and return what `write` gives with the SHA-256. It takes the place only of a file that is, byte for byte, one
    that was handed over from this case before; where it cannot be logged, it is not written. Raises LedgerProblem."""

    def is_ours(path: Path) -> bool:
        digest = _hash(path)
        return any(one.sha256 == digest for one in case.ledger.exports())

    with write_out(output, case.ledger.path, what, is_ours) as draft:
        made, sha256 = write(draft), _hash(draft)
        _log_export(case, what, output, sha256)
    return made, sha256


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _log_export(case: Case, what: str, output: Path, sha256: str) -> None:
    """Log an export by the SHA-256 of what was written; a case that may not be written to is handed over without."""
    if case.ledger.writable:
        with case.ledger.transaction():
            case.ledger.add_export(Export(what, output.name, sha256, case.settings.analyst or None, case.ledger.last_before_exports()))


@dataclass(frozen=True, slots=True)
class Effect:
    """What another reading makes of a case: claims gained, lost, and changed (before, after), each with its report; and how many
    reports were left as another reader gave their claims."""

    gained: tuple[tuple[Report, Claim], ...]
    lost: tuple[tuple[Report, Claim], ...]
    changed: tuple[tuple[Report, Claim, Claim], ...]
    left: int = 0


def reread(case: Case, *, dry_run: bool, every: bool = False) -> Effect:
    """Parse the reports again with the current playbooks: the claims gained, lost and changed; stored, but for a dry run. What a person
    marked stays. Those whose claims another reader gave are left, unless `every` report is to be read."""
    from reportedly.adding import understand_reports

    found = case.view().reports.values()
    reports = [one for one in found if every or not (case.ledger.reader_of(one.id) or "").startswith(GIVEN)]
    by_id = {report.id: report for report in reports}
    old = {claim.id: (claim_set.report, claim) for claim_set in case.ledger.claim_sets(by_id) for claim in claim_set.claims if claim.found != BY_HAND}
    sets = understand_reports(reports, case.settings.batch_size, case.ledger.playbooks)
    new = {claim.id: (claim_set.report, claim) for claim_set in sets for claim in claim_set.claims}
    if not dry_run:
        with case.ledger.transaction():
            for claim_set in sets:
                case.ledger.add_claims(seal(claim_set))
    return Effect(
        tuple((by_id[new[one][0]], new[one][1]) for one in sorted(new.keys() - old.keys())),
        tuple((by_id[old[one][0]], old[one][1]) for one in sorted(old.keys() - new.keys())),
        tuple((by_id[new[one][0]], old[one][1], new[one][1]) for one in sorted(new.keys() & old.keys()) if new[one][1] != old[one][1]),
        len(found) - len(reports),
    )
