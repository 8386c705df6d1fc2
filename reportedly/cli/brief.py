"""`reportedly brief`: a case for a reader."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.options import AsOf, CasePath, KnownBy, parse_as_of, parse_known_by
from reportedly.cli.screen import say

Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead of the terminal.", show_default=False)]


def brief(case: CasePath, as_of: AsOf = None, known_by: KnownBy = None, output: Output = None) -> None:
    """Write what the reports say, by voice and time, plans apart from what is said to have happened (Markdown).

    Example: reportedly brief donbas --as-of 2022-11-01 -o brief.md
    """
    from reportedly.keeping import export_brief
    from reportedly.pipeline import open_case
    from reportedly.settings import make_settings

    with open_case(case, make_settings(), parse_known_by(known_by)) as opened:
        if output is None:
            sys.stdout.write(opened.brief(parse_as_of(as_of)))
        else:
            export_brief(opened, output, parse_as_of(as_of))
            say(f"wrote {output}")
