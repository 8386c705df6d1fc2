"""`reportedly serve`: the workbench in a browser of this machine."""

import signal
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.options import Playbooks
from reportedly.cli.screen import say, tell

Case = Annotated[Path | None, typer.Argument(metavar="[CASE]", help="The case folder; without one, a scratch case to paste texts into.", show_default=False)]
Port = Annotated[int | None, typer.Option("--port", metavar="N", min=1, max=65535, help="Listen on this port (else 8377, or the next free one).", show_default=False)]
Host = Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Only 127.0.0.1 for now.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides (else REPORTEDLY_ANALYST).", show_default=False)]


def serve(case: Case = None, port: Port = None, host: Host = "127.0.0.1", by: By = None, playbook: Playbooks = None) -> None:
    """Open the workbench: overview, plans as they slip, timeline, map, sources, reader, review queue, search. Ctrl-C ends it.

    Example: reportedly serve CASE --by Ana
    """
    from reportedly.errors import BadSetting
    from reportedly.settings import make_settings
    from reportedly.web.serve import serve as run

    if case is not None and playbook:
        raise BadSetting("--playbook: a case is read with its own; leave it out, or leave CASE out for a scratch case")
    settings = make_settings()
    settings = replace(settings, analyst=(settings.analyst if by is None else by).strip())
    if not settings.analyst:
        say("nobody signs decisions: to review, start with --by NAME, or set REPORTEDLY_ANALYST")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # either ends it, and what is not kept is removed
        signal.signal(number, signal.default_int_handler)
    run(case, settings, host=host, port=port, playbooks=tuple(playbook or ("labour_export",)), tell=_tell)


def _tell(address: str) -> None:
    tell(address)
    say("open this address in a browser of this machine; Ctrl-C ends the workbench")
