"""`reportedly read`: one text, no case: its claims with voices and status marked."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.options import AsJson, Playbooks
from reportedly.cli.screen import STATUS_COLOURS, paint, print_rows, say, show, width
from reportedly.records import Claim, Report

File = Annotated[str, typer.Argument(metavar="FILE", help="A .txt or .md report; - is standard input.", show_default=False)]
Day = Annotated[str | None, typer.Option("--published", metavar="DAY", help="Day of publication: YYYY-MM-DD, YYYY-MM or YYYY.", show_default=False)]
Outlet = Annotated[str | None, typer.Option(help="Who published it.", show_default=False)]


def read(file: File, published: Day = None, outlet: Outlet = None, playbook: Playbooks = None, as_json: AsJson = False) -> None:
    """Show what one report says: each sentence with its claims, who says so, and when.

    Example: reportedly read report.txt --published 2022-10-19
    """
    from reportedly.exports.rows import claim_row
    from reportedly.pipeline import read_claims
    from reportedly.reading import Given, Source, read_source
    from reportedly.settings import make_settings

    if published is not None:
        _check_day(published)
    original = sys.stdin.buffer.read() if file == "-" else None
    source = Source("stdin" if file == "-" else Path(file).name, None if file == "-" else Path(file), Given(published=published, outlet=outlet), original)
    reading = read_source(source, make_settings().max_bytes)
    found = read_claims(reading.report, playbooks=tuple(playbook or ()))
    if as_json:
        print_rows(claim_row(claim, reading.report) for claim in found)
        return
    sys.stdout.write("\n".join(_lines(reading.report, found)) + "\n")
    if reading.leavings:
        counts = sorted({leaving.reason for leaving in reading.leavings})
        say(f"set apart: {', '.join(counts)}")


def _check_day(text: str) -> None:
    from reportedly.errors import BadSetting
    from reportedly.values import parse_day

    try:
        parse_day(text)
    except ValueError:
        raise BadSetting(f"--published {text}: no day; write YYYY-MM-DD, YYYY-MM or YYYY") from None


def _lines(report: Report, claims: list[Claim]) -> list[str]:
    """The text, paragraph by paragraph, with the claims of each below it."""
    import textwrap

    when = report.published.when
    head = f"{show(report.outlet or 'outlet not given')}, {when.edtf if when else 'undated'}, {report.language or 'language unknown'}; {len(claims)} claims"
    lines = [paint(head, "bold"), ""]
    for segment in (one for one in report.segments if one.kind == "body"):
        inside = [claim for claim in claims if segment.start <= claim.trigger_start < segment.end]
        lines += textwrap.wrap(show(" ".join(report.text[segment.start : segment.end].split())), width()) or [""]
        lines += [line for claim in inside for line in _claim_lines(claim, report)]
        lines.append("")
    return lines[:-1]


def _claim_lines(claim: Claim, report: Report) -> list[str]:
    """Status and words, then who says so, then the values, within the width of the terminal."""
    import textwrap

    from reportedly.reconciling.dating import resolve

    when = resolve(claim.when, report)
    status = ("not " if claim.polarity == "negative" else "") + claim.status
    doubt = {"probable": ", probably", "possible": ", possibly"}.get(claim.certainty, "")
    time = f" · {when.edtf or show(claim.when.text) + ' (unresolved)'}" if when and claim.when else ""
    voices = " → ".join(show(voice.name or voice.text) for voice in claim.voice)
    frame = f"{claim.frame}: " if claim.playbook else ""
    head = f"  {frame}{paint(status + doubt, STATUS_COLOURS[claim.status])}{time} · {paint(voices, 'italic')}"
    words = textwrap.wrap(show(_mark(claim)), width() - 6, initial_indent="", max_lines=3, placeholder=" …")
    values = [f"      {name}: {show(filler.text)}{_quantity(filler)}" for name, fillers in claim.roles.items() for filler in fillers if filler.quantity]
    condition = [f"      if: {show(claim.condition)}"] if claim.condition else []
    return [head, *(f"    │ {line}" for line in words), *values, *condition]


def _mark(claim: Claim) -> str:
    """The quote with its trigger between guillemets."""
    at = claim.trigger_start - claim.start
    if not 0 <= at < len(claim.quote):
        return claim.quote
    return f"{claim.quote[:at]}‹{claim.trigger}›{claim.quote[at + len(claim.trigger) :]}"


def _quantity(filler) -> str:  # type: ignore[no-untyped-def]
    quantity = filler.quantity
    low, high = ("…" if bound is None else f"{bound:,}" for bound in (quantity.least, quantity.most))
    value = low if low == high else f"{low} to {high}"
    return f" = {value} {quantity.unit or ''}{' a ' + quantity.per if quantity.per else ''} [{quantity.bound}]"
