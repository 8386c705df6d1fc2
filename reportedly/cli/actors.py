"""`reportedly actors`: who commands whom, as said."""

import sys
import textwrap

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, parse_as_of, parse_known_by
from reportedly.cli.screen import print_rows, say, show, width
from reportedly.cli.words import nothing_of
from reportedly.records import Body, Command


def actors(case: CasePath, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List what is said of authority over the programme: bodies with those under them, what they hold, since when, and who says so.

    Example: reportedly actors donbas
    """
    from reportedly.exports.rows import command_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        view = opened.view(parse_as_of(as_of))
        if as_json:
            print_rows(map(command_row, opened.commands(view)))
            return
        bodies = opened.reconcile(view).bodies
    for body in bodies:
        sys.stdout.write("\n".join(_lines(body)) + "\n")
    if not bodies:
        say(nothing_of("nothing is said of authority", opened.ledger.playbooks))


def _lines(body: Body) -> list[str]:
    """A body with those under it, then what is said of it."""
    lines = [show(body.name) + (show(f" (also: {'; '.join(body.also)})") if body.also else "")]
    lines += [f"  → {show(one)}" for one in body.under]
    return lines + [line for command in body.commands for line in textwrap.wrap(show(_said(command)), width() - 4, initial_indent="    ", subsequent_indent="      ")]


def _said(command: Command) -> str:
    """ "the authority over …, since 2021, given by …, says a source → Outlet [id]"."""
    claim = command.dated.claim
    powers = ", ".join(command.powers) or claim.trigger
    over = f"{'' if powers == claim.trigger else ' over'} {', '.join(command.over)}" if command.over else ""
    given = f" to {', '.join(command.holders)}" if command.givers and command.holders else ""
    since = f", {command.since.edtf}" if command.since and command.since.edtf else ""
    denied = "not: " if claim.polarity == "negative" else ""
    return f"{denied}{powers}{over}{given}{since}, says {' → '.join(voice.name or voice.text for voice in claim.voice)} [{claim.id[:8]}]"
