"""Arguments that several verbs share."""

import difflib
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from reportedly.errors import BadSetting
from reportedly.records import STATUSES

CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="JSON lines, one record a line.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="Only what was published by that day (YYYY-MM-DD).", show_default=False)]
KnownBy = Annotated[str | None, typer.Option("--known-by", metavar="DAY", help="Only what the ledger held at the end of that day, UTC.", show_default=False)]
OneReport = Annotated[str | None, typer.Option("--report", metavar="REPORT", help="One report: its id or file name.", show_default=False)]
Playbooks = Annotated[list[str] | None, typer.Option("--playbook", metavar="P", help="A playbook to read with: a shipped one (labour_export) or a folder.", show_default=False)]
OneFrame = Annotated[str | None, typer.Option("--frame", metavar="FRAME", help="One frame of the playbook.", show_default=False)]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=0, help="At most N.", show_default=False)]


def parse_as_of(text: str | None) -> date | None:
    """The day of --as-of. Raises BadSetting where it is no whole date."""
    return _parse_day(text, "--as-of")


def parse_known_by(text: str | None) -> date | None:
    """The day of --known-by. Raises BadSetting where it is no whole date."""
    return _parse_day(text, "--known-by")


def check_status(status: str | None) -> str | None:
    """A status as given. Raises BadSetting where there is none of that name."""
    if status is not None and status not in STATUSES:
        close = difflib.get_close_matches(status, STATUSES, n=1)
        meant = f"; did you mean {close[0]!r}?" if close else "."
        raise BadSetting(f"--status {status}: no such status{meant} There are {', '.join(STATUSES)}")
    return status


def _parse_day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadSetting(f"{option} {text}: no day; write YYYY-MM-DD") from None
