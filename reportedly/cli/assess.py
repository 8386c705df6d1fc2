"""`reportedly assess`: events against dated sheets of rules, element by element."""

from typing import Annotated

import typer

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, parse_as_of, parse_known_by, tell_view
from reportedly.cli.screen import print_rows, put, say

Sheets = Annotated[
    list[str] | None, typer.Option("--sheet", metavar="S", help="A shipped sheet (un_dprk_workers) or a YAML file; all shipped ones by default.", show_default=False)
]
AnyNumber = Annotated[bool, typer.Option("--all", help="Also the events of which little is reported.")]


def assess(case: CasePath, sheet: Sheets = None, as_of: AsOf = None, known_by: KnownBy = None, every: AnyNumber = False, as_json: AsJson = False) -> None:
    """Say which elements of a rule are reported of an event: met, not met, unstated or contested, and by whom. It finds no violation.

    Example: reportedly assess CASE --sheet un_dprk_workers
    """
    from reportedly.answering import find_assessments, most_reported
    from reportedly.briefs.forms import write_said
    from reportedly.exports.answers import assessment_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        view = opened.view(parse_as_of(as_of))
        found = find_assessments(opened, view, tuple(sheet or ()))
        shown = found if every or as_json else most_reported(found)
        lines = {one.claim.id: one for one in opened.dated(view)}
    if as_json:
        print_rows(map(assessment_row, found))
        return
    put("elements reported; no finding of law", later="  ")
    for one in shown:
        put(f"{one.reference}", later="  ")
        put(f"{one.label}{f' [{one.event[:8]}]' if one.event else ''}", "  ", "    ")
        for test in (*one.tests, *one.exceptions):
            kind = "except" if test in one.exceptions else ""
            put(f"{test.state:<10}{kind:>6} {test.element}: {test.why}{_named(test.claims)}", "    ", " " * 21)
        for claim in one.opinions:
            put(f"of the rule: {write_said(lines[claim])} [{claim[:8]}]", "    ", "      ")
    if len(shown) < len(found):
        say(f"{len(found) - len(shown)} more of which less is reported; list them with --all")
    tell_view(view)


def _named(claims: tuple[str, ...]) -> str:
    return f" [{', '.join(claim[:8] for claim in claims)}]" if claims else ""
