"""`reportedly gaps`: what the reports leave open, as questions."""

from typing import Annotated

import typer

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, OneFrame, parse_as_of, parse_known_by, tell_view
from reportedly.cli.screen import print_rows, put, say
from reportedly.cli.words import nothing_of

All = Annotated[bool, typer.Option("--all", help="Also of happenings that no round, number or second claim makes out.")]
Search = Annotated[bool, typer.Option("--search", help="Show the words to search with.")]


def gaps(case: CasePath, frame: OneFrame = None, everything: All = False, search: Search = False, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List what is unstated, said to be unknown, not found out or denied of each happening, and which plans fell due unconfirmed.

    Example: reportedly gaps CASE --frame dispatch --search
    """
    from reportedly.answering import gaps as find_gaps
    from reportedly.exports.answers import gap_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        opened.check_frame(frame)
        view = opened.view(parse_as_of(as_of))
        found = [one for one in find_gaps(opened, view, everything=everything) if frame in (None, one.frame)]
    if as_json:
        print_rows(map(gap_row, found))
        return
    label = ""
    for gap in found:
        if gap.label != label:
            put(gap.label, later="  ")
            label = gap.label
        said = f" [{', '.join(one[:8] for one in gap.claims[:4])}]" if gap.claims else ""
        put(f"{gap.state}: {gap.question.removesuffix(f', of {gap.label}?')}{said}", "    ", "      ")
        if search:
            put(f"search: {' · '.join(gap.search)}", "      ", "        ")
    if not found:
        say(nothing_of("nothing is open", opened.ledger.playbooks))
    tell_view(view)
