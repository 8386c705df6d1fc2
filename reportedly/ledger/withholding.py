"""Which entries of the log lose their bodies when a report, or a passage of one, is withheld."""

from collections.abc import Iterator
from dataclasses import replace

from reportedly.errors import LedgerProblem
from reportedly.ledger.canonical import read_canonical
from reportedly.ledger.case import Ledger
from reportedly.ledger.chain import FORMAT
from reportedly.ledger.erasing import mark_pending
from reportedly.ledger.masking import Masked, make_passage
from reportedly.records import Claim, ClaimSet, Leaving, Rating, Reason, Report, Withholding

_READ = ("report", "claims", "reading")  # what of a report is written anew without the passage


def withhold(ledger: Ledger, report: Report, by: str, why: str, masked: Masked | None = None) -> Withholding:
    """Take a report's text and original out of the case behind a tombstone that keeps their hashes, with what people wrote of
    its claims; with `masked` the state of it without a passage stays. The chain holds as before. Call inside a transaction, and
    `erase_withheld` after it. Raises LedgerProblem where the reason says the very words again."""
    if masked is not None and masked.passage.is_in(why):
        raise LedgerProblem(f"{ledger.path}: the reason repeats the words that are withheld; give another")
    mark_pending(ledger.path)
    entries = tuple(sorted({*_entries_of(ledger, report, masked), *_entries_on(ledger, report, masked)}))
    kept = any(one.sha256 == report.sha256 and ledger.withheld_by(one) is None for key, one in ledger.reports().items() if key != report.id)
    withholding = Withholding(report.id, by, masked.places if masked else None, entries, () if kept else (report.sha256,))
    seq = ledger.append("withholding", report.id, withholding)
    ledger.append("reason", report.id, Reason(seq, why))
    title = _masked_title(ledger, masked)
    if title is not None:
        ledger.append("case", ledger.case_number(), {"title": title, "playbooks": list(ledger.playbooks), "format": FORMAT})
    ledger.connection.executemany("UPDATE log SET body = NULL WHERE seq = ?", [(seq,) for seq in entries])
    if masked is not None:
        ledger.add_report(masked.report)
        ledger.append("reading", report.id, masked.leavings)
        ledger.add_claims(masked.sealed)
    return replace(withholding, seq=seq, why=why)


def _masked_title(ledger: Ledger, masked: Masked | None) -> str | None:
    black = masked.passage.black(ledger.title) if masked else ledger.title
    return None if black == ledger.title else black


def _entries_of(ledger: Ledger, report: Report, masked: Masked | None) -> Iterator[int]:
    """The entries of the report itself, and those that name its file among the files that could not be read."""
    for seq, kind, body in ledger.connection.execute("SELECT seq, kind, body FROM log WHERE body IS NOT NULL AND about = ?", (report.id,)):
        if kind in _READ or (masked is None and kind == "collected") or (masked is not None and kind != "withholding" and masked.passage.stands_in(body)):
            yield seq
    for seq, body in ledger.connection.execute("SELECT seq, body FROM log WHERE body IS NOT NULL AND kind = 'failure'"):
        leaving = read_canonical(body, Leaving)
        if masked is None and (leaving.file == report.file or report.file in leaving.note):
            yield seq


def _entries_on(ledger: Ledger, report: Report, masked: Masked | None) -> Iterator[int]:
    """What people decided on the claims that go and on those who speak in no others; and for a passage, whatever says it again but
    what was read from other reports."""
    gone = masked.gone if masked else _all_claims(ledger, report)
    ids, silent = {claim.id for claim in gone}, _silenced(ledger, gone)
    sql = "SELECT seq, kind, about, body FROM log WHERE body IS NOT NULL AND kind NOT IN ('report', 'claims', 'reading', 'withholding') ORDER BY seq"
    for seq, kind, about, body in ledger.connection.execute(sql):
        decided = kind in ("review", "rating") and about.removeprefix("claim ") in ids
        rated = kind == "rating" and about in ("voice", "outlet") and read_canonical(body, Rating).name in silent
        if decided or rated or (masked is not None and masked.passage.stands_in(body)):
            yield seq


def _all_claims(ledger: Ledger, report: Report) -> tuple[Claim, ...]:
    """Every claim that was ever read from a report."""
    bodies = ledger.connection.execute("SELECT body FROM log WHERE kind = 'claims' AND about = ? AND body IS NOT NULL", (report.id,))
    return tuple(claim for (body,) in bodies for claim in read_canonical(body, ClaimSet).claims)


def _silenced(ledger: Ledger, gone: tuple[Claim, ...]) -> frozenset[str]:
    """The rated voices and outlets that speak in claims that go, and in no others."""
    rated = {one.name for one in ledger.ratings() if one.kind != "claim"} & set(_voices(gone))
    away = {claim.id for claim in gone}
    for claim_set in ledger.claim_sets() if rated else ():
        rated -= set(_voices(tuple(claim for claim in claim_set.claims if claim.id not in away)))
    return frozenset(rated)


def _voices(claims: tuple[Claim, ...]) -> Iterator[str]:
    return (name for claim in claims for voice in claim.voice for name in (voice.name, voice.text) if name)


def find_repeats(ledger: Ledger, words: str) -> list[Report]:
    """The reports that say these words still, in their text, title, file name or the like."""
    passage = make_passage(words)
    return [report for report in ledger.reports().values() if passage.is_said_by(report)]
