"""`reportedly read`: one text, no case: its claims with voices and status marked."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.options import AsJson, Playbooks
from reportedly.cli.screen import STATUS_COLOURS, paint, print_entries, print_rows, say, show, width
from reportedly.cli.words import describe_ends, describe_length, describe_quantity
from reportedly.records import Claim, Filler, Reading, Report, Value, Voice

File = Annotated[str, typer.Argument(metavar="FILE", help="A report, page, PDF, mail, feed or archive; - is standard input.", show_default=False)]
Day = Annotated[str | None, typer.Option("--published", metavar="DAY", help="Day of publication: YYYY-MM-DD, YYYY-MM or YYYY.", show_default=False)]
Outlet = Annotated[str | None, typer.Option(help="Who published it.", show_default=False)]

Kept = Annotated[bool, typer.Option("--kept", help="Show what of a page was kept, what was cut, and where title, day and outlet were read.")]
Values = Annotated[bool, typer.Option("--values", help="List the times, quantities and places instead of the claims.")]


def read(file: File, published: Day = None, outlet: Outlet = None, playbook: Playbooks = None, values: Values = False, kept: Kept = False, as_json: AsJson = False) -> None:
    """Show what one report says: each sentence with its claims, who says so, and when; or every time, number and place in it.

    Example: reportedly read report.txt --published 2022-10-19
    """
    from reportedly.errors import UnreadableReport
    from reportedly.reading import Given, Limits, Source, Worker
    from reportedly.settings import make_settings

    if published is not None:
        _check_day(published)
    original = sys.stdin.buffer.read() if file == "-" else None
    source = Source("stdin" if file == "-" else Path(file).name, None if file == "-" else Path(file), Given(published=published, outlet=outlet), original)
    settings, failed = make_settings(), False
    with Worker(Limits(settings.max_bytes), settings.seconds) as worker:
        for number, item in enumerate(worker.read(source)):
            if isinstance(item, UnreadableReport):
                say(show(f"reportedly: {item}"))
                failed = True
            elif kept:
                sys.stdout.write("\n" * (number > 0) + "\n".join(_kept_lines(item)) + "\n")
            else:
                _tell(item, tuple(playbook or ()), values=values, as_json=as_json)
    if failed:
        raise typer.Exit(1)


def _kept_lines(reading: Reading) -> list[str]:
    """What a page says of itself and where, its story, and what was cut."""
    import textwrap

    report = reading.report
    when = report.published.when
    facts = {"title": report.title, "byline": report.byline, "outlet": report.outlet, "agency": report.agency, "published": when.edtf if when else None, "url": report.url}
    head = f"{report.file}: {report.media_type}, {report.encoding}, {report.language or 'language unknown'}"
    lines = [paint(line, "bold") for line in textwrap.wrap(show(head), width())]
    for name, value in facts.items():
        where = f" [{report.read_from[name]}]" if name in report.read_from else ""
        lines += textwrap.wrap(show(f"{name:<10} {value or '-'}{where}"), width(), subsequent_indent=" " * 11)
    lines += ["", paint(f"Kept: {len(report.text.split()):,} words", "bold"), ""]
    starts = {start: number for number, start in enumerate(report.pages, start=1)}
    at = 0
    for line in report.text.splitlines(keepends=True):
        lines += [paint(f"page {starts[one]}", "bold") for one in sorted(starts) if at <= one < at + len(line)]
        lines += textwrap.wrap(show(line.strip()), width()) or [""]
        at += len(line)
    lines += ["", paint(f"Cut: {len(reading.cut):,} blocks", "bold")] if reading.cut else []
    lines += [line for block in reading.cut for line in textwrap.wrap(show(block), width(), initial_indent="- ", subsequent_indent="  ", max_lines=3, placeholder=" …")]
    notes = [f"{leaving.reason}: {leaving.note or report.text[leaving.start : leaving.end]}" for leaving in reading.leavings if leaving.reason != "outside-story"]
    lines += ["", paint("Set apart", "bold")] if notes else []
    return lines + [line for note in notes for line in textwrap.wrap(show(note), width(), subsequent_indent="  ", max_lines=2, placeholder=" …")]


def _tell(reading: Reading, playbooks: tuple[str, ...], *, values: bool, as_json: bool) -> None:
    """The claims of a report, or its values."""
    from reportedly.exports.rows import claim_row, value_row
    from reportedly.pipeline import read_claims, read_values

    if values:
        found_values = read_values(reading.report, playbooks=playbooks)
        if as_json:
            print_rows(map(value_row, found_values))
        else:
            print_entries(map(_value_entry, found_values), "no times, numbers or places")
        return
    found = read_claims(reading.report, playbooks=playbooks)
    if as_json:
        print_rows(claim_row(claim, reading.report) for claim in found)
        return
    sys.stdout.write("\n".join(_lines(reading.report, found)) + "\n")
    if reading.leavings:
        counts = sorted({leaving.reason for leaving in reading.leavings})
        say(f"set apart: {', '.join(counts)}")


def _value_entry(value: Value) -> tuple[tuple[str, ...], str]:
    """Kind and meaning, then the words with their place."""
    if value.when is not None:
        when = value.when
        meaning = when.edtf or f"unresolved: {when.anchor_reason}"
        meaning += f" or {when.other}" if when.other else ""
    elif value.quantity is not None:
        meaning = describe_quantity(value.quantity)
    elif value.length is not None:
        meaning = describe_length(value.length)
    else:
        assert value.place is not None
        place = value.place.place
        owner = place.country or (f"claimed or held by {' and '.join(place.claimed_by)}" if place.claimed_by else "")
        meaning = ", ".join(one for one in (place.name, place.kind, owner, value.place.said or "") if one)
    return (value.kind, meaning), f"{value.text} [{value.start}–{value.end}]"


def _check_day(text: str) -> None:
    from reportedly.errors import BadSetting
    from reportedly.values import parse_day

    try:
        parse_day(text)
    except ValueError:
        raise BadSetting(f"--published {text}: no day; write YYYY-MM-DD, YYYY-MM or YYYY") from None


def _lines(report: Report, claims: list[Claim]) -> list[str]:
    """The text, paragraph by paragraph and with its headings, with the claims of each below it; at the end the unnamed voices."""
    import textwrap

    when = report.published.when
    head = f"{show(report.outlet or 'outlet not given')}, {when.edtf if when else 'undated'}, {report.language or 'language unknown'}; {len(claims)} claims"
    lines = [paint(head, "bold"), ""]
    label = ""
    for segment in (one for one in report.segments if one.kind in ("body", "heading", "label")):
        words = " ".join(report.text[segment.start : segment.end].split())
        if segment.kind == "label":
            label = words + " "
            continue
        inside = [claim for claim in claims if segment.start <= claim.trigger_start < segment.end]
        lines += [paint(line, "bold") if segment.kind == "heading" else line for line in textwrap.wrap(show(label + words), width()) or [""]]
        lines += [line for claim in inside for line in _claim_lines(claim, report)]
        lines.append("")
        label = ""
    return [*lines, *_unnamed_lines(claims)] if any(_is_unnamed(voice) for claim in claims for voice in claim.voice) else lines[:-1]


def _claim_lines(claim: Claim, report: Report) -> list[str]:
    """Status and words, then who says so, then the values, within the width of the terminal."""
    import textwrap

    from reportedly.reconciling.dating import resolve

    when = resolve(claim.when, report)
    status = ("not " if claim.polarity == "negative" else "") + claim.status
    doubt = {"probable": ", probably", "possible": ", possibly"}.get(claim.certainty, "")
    known = "" if claim.known == "stated" else f", {claim.known}"
    time = f" · {when.edtf or show(claim.when.text) + ' (unresolved)'}" if when and claim.when else ""
    voices = " → ".join(_said_by(voice, report) for voice in claim.voice)
    frame = f"{claim.frame}: " if claim.playbook else ""
    head = textwrap.wrap(f"{frame}{status}{doubt}{known}{time} · {voices}", width() - 2, initial_indent="  ", subsequent_indent="    ")
    head[0] = head[0].replace(status, paint(status, STATUS_COLOURS[claim.status]), 1)
    words = textwrap.wrap(show(_mark(claim)), width() - 6, max_lines=3, placeholder=" …")
    notes = [f"{name}: {filler.text}{_quantity(filler)}" for name, fillers in claim.roles.items() for filler in fillers if filler.quantity]
    notes += [f"if: {claim.condition}"] if claim.condition else []
    notes += [f"hedged: {', '.join(claim.hedges)}"] if claim.hedges else []
    values = [line for note in notes for line in textwrap.wrap(show(note), width(), initial_indent="      ", subsequent_indent="        ")]
    return [*head, *(f"    │ {line}" for line in words), *values]


def _said_by(voice: Voice, report: Report) -> str:
    """A voice in words, with the day on which it spoke."""
    from reportedly.reconciling.dating import resolve

    told = resolve(voice.on, report)
    day = f" [told {told.edtf or show(told.anchor_reason or 'on a day not resolved')}]" if told else ""
    return show(voice.name or voice.text) + day


def _is_unnamed(voice: Voice) -> bool:
    return voice.kind == "anonymous" and voice.start is not None


def _unnamed_lines(claims: list[Claim]) -> list[str]:
    """What the report says of each voice that it does not name."""
    import textwrap

    voices = {(voice.start, voice.end): voice for claim in claims for voice in claim.voice if _is_unnamed(voice)}
    lines = [paint("Unnamed voices", "bold")]
    for voice in sorted(voices.values(), key=lambda one: one.start or 0):
        facts = [f"as {voice.role}"] if voice.role else []
        facts += [f"{describe_ends(voice.count.least, voice.count.most)} person{'' if voice.count.most == 1 else 's'}"] if voice.count else []
        facts += [f"stands in {voice.place}"] if voice.place else []
        facts += [f"spoke {voice.spoke}"] if voice.spoke else []
        facts += [f"not named: {voice.reason}"] if voice.reason else []
        facts += [voice.perhaps] if voice.perhaps else []
        lines += textwrap.wrap(show(f"{voice.text}: {'; '.join(facts) or 'nothing more is said'}"), width(), initial_indent="  ", subsequent_indent="    ")
    return lines


def _mark(claim: Claim) -> str:
    """The quote with its trigger between guillemets."""
    at = claim.trigger_start - claim.start
    if not 0 <= at < len(claim.quote):
        return claim.quote
    return f"{claim.quote[:at]}‹{claim.trigger}›{claim.quote[at + len(claim.trigger) :]}"


def _quantity(filler: Filler) -> str:
    return f" = {describe_quantity(filler.quantity)}" if filler.quantity else ""
