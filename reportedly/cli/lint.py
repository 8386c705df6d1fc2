"""`reportedly lint`: whether a text says only what its citations carry."""

from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.options import AsJson, AsOf, KnownBy, parse_as_of, parse_known_by
from reportedly.cli.screen import print_rows, say, tell

Text = Annotated[Path, typer.Argument(metavar="FILE", help="A text in Markdown whose sentences cite claims: [^ID], or the notes of a brief.", show_default=False)]
Case = Annotated[Path, typer.Option("--case", metavar="CASE", help="The case folder that it speaks of.", show_default=False)]


def lint(text: Text, case: Case, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """Check every number, day, name, place, stage and voice of a text against the claims that it cites; exit 1 where one does not stand.

    Example: reportedly lint brief.md --case CASE
    """
    from reportedly.briefing import lint as check
    from reportedly.briefing import load_text
    from reportedly.exports.answers import fault_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        faults = check(opened, load_text(text), parse_as_of(as_of))
    if as_json:
        print_rows([fault_row(fault.line, fault.word, fault.what, fault.sentence) for fault in faults])
    else:
        for fault in faults:
            tell(f"{text}:{fault.line}: “{fault.word}”: {fault.what}")
            tell(f"    in: {fault.sentence}")
    say(f"{len(faults)} faults" if len(faults) != 1 else "1 fault")
    if faults:
        raise typer.Exit(1)
