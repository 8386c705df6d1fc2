"""`reportedly actors`: who commands whom, as said."""

import sys

from reportedly.cli.options import AsJson, AsOf, CasePath, parse_as_of
from reportedly.cli.screen import print_rows, say, show
from reportedly.records import Command


def actors(case: CasePath, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List what is said of authority over the programme: holder, power, over whom, since when, and who says so.

    Example: reportedly actors donbas
    """
    from reportedly.exports.rows import command_row
    from reportedly.pipeline import open_case

    with open_case(case) as opened:
        found = opened.commands(opened.view(parse_as_of(as_of)))
    if as_json:
        print_rows(map(command_row, found))
        return
    for command in found:
        sys.stdout.write("\n".join(show(line) for line in _lines(command)) + "\n")
    if not found:
        say("nothing is said of authority; a case needs a playbook: reportedly init CASE --playbook labour_export")


def _lines(command: Command) -> list[str]:
    holder = ", ".join(command.holders) or "holder not named"
    given = f"{', '.join(command.givers)} → " if command.givers else ""
    over = f" → {', '.join(command.over)}" if command.over else ""
    since = f" ({command.since.edtf})" if command.since and command.since.edtf else ""
    claim = command.dated.claim
    voices = " → ".join(voice.name or voice.text for voice in claim.voice)
    denied = "not: " if claim.polarity == "negative" else ""
    return [f"{denied}{given}{holder}{over}{since}", f"    {', '.join(command.powers) or claim.trigger}, says {voices} [{claim.id[:8]}]"]
