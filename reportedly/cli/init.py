"""`reportedly init`: an empty case."""

from typing import Annotated

import typer

from reportedly.cli.options import CasePath
from reportedly.cli.screen import say


def init(case: CasePath, title: Annotated[str | None, typer.Option(help="What the case is about; the folder's name if not given.", show_default=False)] = None) -> None:
    """Make an empty case.

    Example: reportedly init donbas --title "Workers for the Donbas"
    """
    from reportedly.pipeline import init_case

    with init_case(case, title):
        say(f"made {case}; add reports with: reportedly add {case} FILE")
