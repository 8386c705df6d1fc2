"""`reportedly diff`: what each new report changed between two days."""

from datetime import date
from typing import Annotated

import typer

from reportedly.cli.options import AsJson, CasePath, KnownBy, parse_day, parse_known_by
from reportedly.cli.screen import print_rows, put, say
from reportedly.cli.words import nothing_of
from reportedly.errors import BadSetting

From = Annotated[str, typer.Option("--from", metavar="DAY", help="What was published by the end of this day.", show_default=False)]
All = Annotated[bool, typer.Option("--all", help="Also new happenings that no round, time or second claim makes out.")]
To = Annotated[str, typer.Option("--to", metavar="DAY", help="Against what was published by the end of this one.", show_default=False)]


def diff(case: CasePath, since: From, until: To, everything: All = False, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """Show what each report between two days changed: plans slipped, overdue, kept or denied, answers contested or revised, what is new.

    Example: reportedly diff CASE --from 2031-03-31 --to 2031-05-01
    """
    from reportedly.answering import changes
    from reportedly.exports.answers import change_row
    from reportedly.pipeline import open_case

    first, last = _order(parse_day(since, "--from"), parse_day(until, "--to"))
    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        found, view = changes(opened, first, last)
        names = {report.id: f"{report.id[:8]}  {report.published.when.edtf if report.published.when else 'undated'}  {report.file}" for report in view.reports.values()}
    if as_json:
        print_rows(map(change_row, found))
        return
    heading = None
    shown = [change for change in found if everything or change.made_out]
    for change in shown:
        if change.report != heading:
            heading = change.report
            put(names.get(heading, "by the day alone"), later="  ")
        moved = f": {change.before} → {change.after}" if change.before else ""
        put(f"{change.kind}  {change.what}{moved} [{', '.join(one[:8] for one in change.claims[:3]) or 'no claim'}]", "    ", "      ")
    if len(found) > len(shown):
        say(f"{len(found) - len(shown)} more happenings that no round, time or second claim makes out; list them with --all")
    if not found:
        say(nothing_of("nothing changed between the two days", opened.ledger.playbooks))


def _order(since: date, until: date) -> tuple[date, date]:
    if until < since:
        raise BadSetting(f"--to {until}: lies before --from {since}; give the earlier day first")
    return since, until
