"""`reportedly leavings`: what was set aside, and why."""

from typing import Annotated

import typer

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, OneReport, parse_as_of, parse_known_by
from reportedly.cli.screen import print_rows, print_table

Reason = Annotated[str | None, typer.Option(metavar="CODE", help="Only this reason code.", show_default=False)]


def leavings(case: CasePath, report: OneReport = None, reason: Reason = None, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List what was set aside: captions, contact lines, headings, files that are no reports, sentences without a claim.

    Example: reportedly leavings donbas --reason caption
    """
    from reportedly.exports.rows import leaving_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        view = opened.view(parse_as_of(as_of))
        only = opened.find_report(report, view).id if report else None
        found = [one for one in opened.leavings(view) if (only is None or one.report == only) and reason in (None, one.reason)]
        rows = [leaving_row(one, view.reports[one.report].text if one.report is not None and one.report in view.reports else None) for one in found]
    if as_json:
        print_rows(rows)
        return
    table = [(str(row["file"]), str(row["reason"]), f"{row['start']}–{row['end']}" if row["start"] is not None else "", row["note"] or row["text"] or "") for row in rows]
    print_table(("file", "reason", "place", "words"), table, 3, "nothing was set aside")
