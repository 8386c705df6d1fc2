"""Arguments that several verbs share."""

import difflib
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.screen import say
from reportedly.errors import BadSetting
from reportedly.records import STATUSES, View

MOST = 1_000_000_000  # rows of an answer
CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="JSON lines, one record a line.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="Only what was published by that day (YYYY-MM-DD).", show_default=False)]
KnownBy = Annotated[str | None, typer.Option("--known-by", metavar="DAY", help="Only what the ledger held at the end of that day, UTC.", show_default=False)]
OneReport = Annotated[str | None, typer.Option("--report", metavar="REPORT", help="One report: its id or file name.", show_default=False)]
Playbooks = Annotated[list[str] | None, typer.Option("--playbook", metavar="P", help="A playbook to read with: a shipped one (labour_export) or a folder.", show_default=False)]
OneFrame = Annotated[str | None, typer.Option("--frame", metavar="FRAME", help="One frame of the playbook.", show_default=False)]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=0, max=MOST, help="At most N.", show_default=False)]


def parse_as_of(text: str | None) -> date | None:
    """The day of --as-of. Raises BadSetting where it is no whole date."""
    return _parse_day(text, "--as-of")


def parse_known_by(text: str | None) -> date | None:
    """The day of --known-by. Raises BadSetting where it is no whole date."""
    return _parse_day(text, "--known-by")


def check_words(text: str | None, option: str) -> str | None:
    """What an option names, as given. Raises BadSetting where it is blank: it would name everything."""
    if text is not None and not text.strip():
        raise BadSetting(f"{option}: is blank; write words, or leave it out")
    return text


def tell_view(view: View, *, perhaps: bool = True) -> None:
    """Say what a view leaves out, and of which reports it cannot be sure where no list says so."""
    if view.perhaps and perhaps:
        say(f"{len(view.perhaps)} report{'s' * (len(view.perhaps) != 1)} perhaps not published by then: {', '.join(sorted(one[:8] for one in view.perhaps))}")
    if view.undated:
        say(f"{view.undated} undated report{'s' * (view.undated != 1)} left out; list all without --as-of")
    if view.withheld:
        say(f"{view.withheld} report{'s' * (view.withheld != 1)} known then {'were' if view.withheld != 1 else 'was'} withheld since")


def check_status(status: str | None) -> str | None:
    """A status as given. Raises BadSetting where there is none of that name."""
    if status is not None and status not in STATUSES:
        close = difflib.get_close_matches(status, STATUSES, n=1)
        meant = f"; did you mean {close[0]!r}?" if close else "."
        raise BadSetting(f"--status {status}: no such status{meant} There are {', '.join(STATUSES)}")
    return status


def _parse_day(text: str | None, option: str) -> date | None:
    return None if text is None else parse_day(text, option)


def parse_day(text: str, option: str) -> date:
    """The day of an option. Raises BadSetting where it is no whole date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadSetting(f"{option} {text}: no day; write YYYY-MM-DD") from None


def parse_stretch(text: str, option: str) -> tuple[date, date]:
    """Both ends of a stretch FROM/TO, or one day twice. Raises BadSetting where one is no day or they are reversed."""
    first, _, last = text.partition("/")
    try:
        since, until = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise BadSetting(f"{option} {text}: no day; write YYYY-MM-DD, or two of them with a / between") from None
    if until < since:
        raise BadSetting(f"{option} {text}: the stretch ends before it begins; write the earlier day first")
    return since, until
