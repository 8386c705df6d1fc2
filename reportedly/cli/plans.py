"""`reportedly plans`: what was announced, for when, and what came of it."""

import sys
import textwrap
from typing import Annotated

import typer

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, OneFrame, parse_as_of, parse_known_by
from reportedly.cli.screen import paint, print_rows, put, say, show, width
from reportedly.cli.words import nothing_of
from reportedly.records import Plan, Track

TrackRecord = Annotated[bool, typer.Option("--track", help="Instead, what became of the plans of each outlet and kind of voice.")]
All = Annotated[bool, typer.Option("--all", help="Also plans that name no day, round or number.")]
_COLOURS = {"overdue": "magenta", "slipped": "yellow", "denied": "bright_black", "dropped": "bright_black", "open": "cyan", "kept": "green"}


def plans(
    case: CasePath, frame: OneFrame = None, as_of: AsOf = None, known_by: KnownBy = None, everything: All = False, track: TrackRecord = False, as_json: AsJson = False
) -> None:
    """The plan board, overdue first: who announced what, for when, and what came of it as of a day.

    Example: reportedly plans donbas --as-of 2022-11-28
    """
    from reportedly.answering import tracks
    from reportedly.exports.rows import plan_row
    from reportedly.pipeline import open_case
    from reportedly.reconciling.plans import is_tellable

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        opened.check_frame(frame)
        if track:
            _print_tracks(tracks(opened, opened.view(parse_as_of(as_of))), opened.ledger.playbooks, as_json=as_json)
            return
        found = [plan for plan in opened.plans(opened.view(parse_as_of(as_of))) if frame in (None, plan.frame)]
    shown = [plan for plan in found if everything or is_tellable(plan)]
    if as_json:
        print_rows(map(plan_row, shown))
        return
    for plan in shown:
        _print_plan(plan)
    if len(found) > len(shown):
        say(f"{len(found) - len(shown)} more name no day, round or number; list them with --all")
    if not found:
        say(nothing_of("no plans", opened.ledger.playbooks))


def _print_tracks(found: list[Track], playbooks: tuple[str, ...], *, as_json: bool) -> None:
    from reportedly.exports.answers import track_row

    if as_json:
        print_rows(map(track_row, found))
        return
    for row in map(track_row, found):
        shares = "; ".join(
            f"{name.replace('_', ' ')} {row[name]['n']} of {row[name]['of']} ({row[name]['from']:.0%} to {row[name]['to']:.0%})" for name in ("kept", "on_time", "in_range")
        )
        put(f"{row['outlet']}, {row['voice']}: {shares}", later="  ")
    say("evidence for a rating, not a rating: few plans make a wide interval" if found else nothing_of("no plan has fallen due or come about", playbooks))


def _print_plan(plan: Plan) -> None:
    """Outcome and label; who announced it; why the outcome."""
    announced = plan.announced
    voice = " → ".join(voice.name or voice.text for voice in announced.claim.voice)
    day = announced.report.published.when
    label = textwrap.fill(show(plan.label), width(), initial_indent=" " * 10, subsequent_indent=" " * 10)
    sys.stdout.write(paint(plan.outcome.upper().ljust(8), _COLOURS[plan.outcome]) + label[8:] + "\n")
    told = f"announced {day.edtf if day else 'on no known day'} by {voice}: “{announced.claim.quote}” [{announced.claim.id[:8]}]"
    put(told + (f" (and {len(plan.mentions) - 1} more)" if len(plan.mentions) > 1 else ""), " " * 10)
    put(plan.why, " " * 10)
    if len(plan.numbers) > 1:
        put("numbers: " + "; ".join(f"{words} ({when})" for when, words in plan.numbers[:6]), " " * 10)
