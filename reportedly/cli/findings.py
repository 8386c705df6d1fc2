"""`reportedly findings`: who, how many, where, when of each event, with all answers."""

from typing import Annotated

import typer

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, OneFrame, parse_as_of, parse_known_by
from reportedly.cli.screen import print_rows, put, say
from reportedly.cli.words import describe_ends, nothing_of
from reportedly.records import Answer

Role = Annotated[str | None, typer.Option(metavar="ROLE", help="One role of the frames.", show_default=False)]


def findings(case: CasePath, frame: OneFrame = None, role: Role = None, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List the answers for each role of each event, with their state and how many origins can stand behind them.

    Example: reportedly findings donbas --frame selection --role people
    """
    from reportedly.exports.rows import finding_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        found = [one for one in opened.findings(opened.view(parse_as_of(as_of))) if frame in (None, one.frame) and role in (None, one.role)]
    if as_json:
        print_rows(map(finding_row, found))
        return
    for finding in found:
        put(f"{finding.label} · {finding.role}: {finding.state}", later="  ")
        for answer in finding.answers:
            put(_answer(answer), "    ", "      ")
    if not found:
        say(nothing_of("no findings", opened.ledger.playbooks))


def _answer(answer: Answer) -> str:
    """The words, their value, the status, and the origins as an interval."""
    quantity = answer.filler.quantity
    value = ""
    if quantity is not None:
        value = f" = {describe_ends(quantity.least, quantity.most)} {quantity.unit or ''}"
    elif answer.when is not None and answer.when.edtf:
        value = f" = {answer.when.edtf}"
    origins = str(answer.origins.least) if answer.origins.least == answer.origins.most else f"{answer.origins.least} to {answer.origins.most}"
    denied = "not " if answer.polarity == "negative" else ""
    return f"{answer.filler.text}{value}  {denied}{answer.status}  origins {origins}  {answer.first or 'undated'}"
