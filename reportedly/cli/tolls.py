"""`reportedly tolls`: the happenings of a case with their dead and hurt."""

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, parse_as_of, parse_known_by, tell_view
from reportedly.cli.screen import print_rows, put, say
from reportedly.records import Happening


def tolls(case: CasePath, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List the happenings that reports tell of with their dead and hurt, day and town, and what each report counts (playbook shooting).

    Example: reportedly tolls CASE --as-of 2031-06-12
    """
    from reportedly.answering import happenings
    from reportedly.exports.answers import happening_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        view = opened.view(parse_as_of(as_of))
        found = happenings(opened, view)
        files = {one: view.reports[one].file for happening in found for one in happening.reports}
    if as_json:
        print_rows(map(happening_row, found))
        return
    for one in found:
        put(_head(one), later="  ")
        for report, killed, injured in one.by_report:
            put(f"{files[report]}: killed {_count(killed)}, hurt {_count(injured)}", "    ", "      ")
    if not found:
        say("no report tells of dead or hurt; a case needs a playbook for that: reportedly init CASE --playbook shooting")
    tell_view(view)


def _head(one: Happening) -> str:
    where = ", ".join(part for part in (one.town, one.state) if part) or "nowhere named"
    toll = f"{one.killed} killed, {one.injured} hurt" if one.killed is not None else "no toll stands out"
    return f"{one.day or 'undated'}  {where}: {toll} ({len(one.reports)} report{'s' * (len(one.reports) != 1)}, weight {one.share:.0%})"


def _count(number: int | None) -> str:
    return "not counted" if number is None else str(number)
