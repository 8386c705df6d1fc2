"""`reportedly playbook`: for authors of playbooks."""

import sys
from typing import Annotated

import typer

from reportedly.cli.screen import say

app = typer.Typer(name="playbook", help="Check and test playbooks.", no_args_is_help=True, rich_markup_mode=None)
Name = Annotated[str, typer.Argument(metavar="PLAYBOOK", help="A shipped playbook (labour_export) or a folder.", show_default=False)]


@app.command()
def check(playbook: Name) -> None:
    """Read a playbook's files and list all mistakes at once, each with its file and line.

    Example: reportedly playbook check labour_export
    """
    from reportedly.playbooks import load_playbook
    from reportedly.playbooks.check import find_mistakes

    loaded = load_playbook(playbook)
    mistakes = find_mistakes(loaded)
    for mistake in mistakes:
        say(f"reportedly: {playbook}/{mistake}")
    if mistakes:
        raise typer.Exit(1)
    words = sum(len(pattern.words) for frame in loaded.frames for pattern in (*frame.verbs, *frame.nouns, *frame.adjectives))
    sys.stdout.write(f"{loaded.head.title}, version {loaded.head.version}: {len(loaded.frames)} frames, {words} words, {len(loaded.cases)} cases, no mistakes\n")


@app.command()
def test(playbook: Name) -> None:
    """Read the cases of a playbook and say which come out otherwise than expected.

    Example: reportedly playbook test labour_export
    """
    from reportedly.playbooks import load_playbook
    from reportedly.understanding.prove import prove

    loaded = load_playbook(playbook)
    failures = prove(loaded)
    for failure in failures:
        say(f"reportedly: {failure.case}: {failure.why}")
    sys.stdout.write(f"{len(loaded.cases) - len(failures)} of {len(loaded.cases)} cases hold\n")
    if failures:
        raise typer.Exit(1)
