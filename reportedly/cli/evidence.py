"""`reportedly evidence`, `log`: how each original came to the case, and everything that was logged since it was made."""

from typing import Annotated

import typer

from reportedly.cli.options import AsJson, CasePath, KnownBy, Limit, OneReport, parse_known_by
from reportedly.cli.screen import print_entries, print_rows, print_table
from reportedly.errors import BadSetting

Kind = Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Entries of one kind, such as review or export.", show_default=False)]


def evidence(case: CasePath, report: OneReport = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List each time that an original came to the case: when, by whom, from where, how, and its SHA-256.

    Example: reportedly evidence CASE --report 3-fewer-men
    """
    from reportedly.exports.rows import collected_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        found = opened.ledger.collected(opened.find_report(report, opened.view()).id if report is not None else None)
    if as_json:
        print_rows(map(collected_row, found))
        return
    rows = (
        ((one.report[:8], "", one.collected_at, *([f"by {one.collector}"] if one.collector else []), one.sha256[:16] + "…"), " · ".join(
            part for part in (one.file, one.source_url, one.media_type, one.method, one.notes) if part
        ))
        for one in found
    )  # fmt: skip
    print_entries(rows, "nothing was collected; add reports with: reportedly add CASE FILE")


def log(case: CasePath, kind: Kind = None, limit: Limit = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List what was logged, the newest first: number, time, kind, what it is about, and the hash that chains it.

    Example: reportedly log CASE --kind export
    """
    from reportedly.exports.rows import entry_row
    from reportedly.ledger.formats import KINDS
    from reportedly.pipeline import open_case

    if kind is not None and kind not in KINDS:
        raise BadSetting(f"--kind {kind}: no such kind; there are {', '.join(KINDS)}")
    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        found = opened.ledger.newest_entries(kind, limit)
    if as_json:
        print_rows(map(entry_row, found))
        return
    rows = [(str(one.seq), one.at, one.kind + (" (withheld)" if one.body is None else ""), one.about, one.hash[:12] + "…") for one in found]
    print_table(("entry", "at", "kind", "about", "hash"), rows, 3, "nothing is logged of that kind")
