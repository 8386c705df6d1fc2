"""`reportedly findings`: who, how many, where, when of each event, with all answers."""

from typing import Annotated

import typer

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, OneFrame, parse_as_of, parse_known_by
from reportedly.cli.screen import print_rows, put, say
from reportedly.cli.words import describe_ends, nothing_of
from reportedly.errors import BadSetting
from reportedly.records import Answer

Prefer = Annotated[str | None, typer.Option(metavar="RULE", help="Mark the answer that a rule takes: latest, most-origins or rated. It is no finding.", show_default=False)]
RestsOn = Annotated[bool, typer.Option("--rests-on", help="Name the reports whose removal would alter a finding.")]
Role = Annotated[str | None, typer.Option(metavar="ROLE", help="One role of the frames.", show_default=False)]


def findings(
    case: CasePath,
    frame: OneFrame = None,
    role: Role = None,
    prefer: Prefer = None,
    rests_on: RestsOn = False,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    as_json: AsJson = False,
) -> None:
    """List the answers for each role of each event, with their state and how many origins can stand behind them.

    Example: reportedly findings donbas --frame selection --role people
    """
    from reportedly.answering import choose, rests
    from reportedly.exports.answers import preferred_row
    from reportedly.exports.rows import finding_row
    from reportedly.pipeline import open_case
    from reportedly.reconciling.findings import PREFERENCES

    if prefer is not None and prefer not in PREFERENCES:
        raise BadSetting(f"--prefer {prefer}: no such rule; there are {', '.join(PREFERENCES)}")
    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        opened.check_frame(frame)
        view = opened.view(parse_as_of(as_of))
        found = [one for one in opened.findings(view) if frame in (None, one.frame) and role in (None, one.role)]
        found = rests(opened, view, found) if rests_on else found
        chosen = [pair[1] for pair in choose(opened, found, prefer, view)] if prefer else [None] * len(found)
        files = {report: one.file for report, one in view.reports.items()} if rests_on else {}
    if as_json:
        print_rows(finding_row(one) | ({"preferred": preferred_row(answer)} if prefer else {}) for one, answer in zip(found, chosen, strict=True))
        return
    for finding, preferred in zip(found, chosen, strict=True):
        put(f"{finding.label} · {finding.role}: {finding.state}", later="  ")
        for answer in finding.answers:
            put(_answer(answer), "    ", "      ")
        for rest in finding.rests_on:
            put(f"without {files[rest.report]}: {rest.becomes}", "      ")
        if prefer:
            put(f"→ {preferred[0].filler.text}: {preferred[1]}" if preferred else f"→ the rule {prefer} takes none: all stand", "      ", "        ")
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
