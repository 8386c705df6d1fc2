"""`reportedly init`: an empty case."""

from typing import Annotated

import typer

from reportedly.cli.options import CasePath, Playbooks
from reportedly.cli.screen import say

Title = Annotated[str | None, typer.Option(help="What the case is about; the folder's name if not given.", show_default=False)]


def init(case: CasePath, title: Title = None, playbook: Playbooks = None) -> None:
    """Make an empty case.

    Example: reportedly init donbas --title "Workers for the Donbas" --playbook labour_export
    """
    from reportedly.pipeline import init_case

    with init_case(case, title, playbooks=tuple(playbook or ())):
        say(f"made {case}; add reports with: reportedly add {case} FILE")
