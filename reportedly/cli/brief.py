"""`reportedly brief`: a case for a reader."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.options import AsOf, CasePath, KnownBy, parse_as_of, parse_known_by
from reportedly.cli.screen import say
from reportedly.errors import BadSetting

Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to a file instead of the terminal.", show_default=False)]


def brief(case: CasePath, as_of: AsOf = None, known_by: KnownBy = None, output: Output = None) -> None:
    """Write what the reports say, by voice and time, plans apart from what is said to have happened (Markdown).

    Example: reportedly brief donbas --as-of 2022-11-01 -o brief.md
    """
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        text = opened.brief(parse_as_of(as_of))
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadSetting(f"{output}: cannot be written ({error.strerror}); name another file") from error
    say(f"wrote {output}")
