"""`reportedly sources`, `drift`: what rests on what, and what copies changed."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, parse_as_of, parse_known_by
from reportedly.cli.screen import print_rows, put, say
from reportedly.errors import BadSetting
from reportedly.records import Drift, Link, Report, Tell

Picture = Annotated[Path | None, typer.Option("--picture", metavar="FILE", help="Draw them: FILE.svg, or FILE.dot for Graphviz.", show_default=False)]
Copy = Annotated[str, typer.Argument(metavar="A", help="A report: its id or file name.", show_default=False)]
Original = Annotated[str, typer.Argument(metavar="B", help="Another; which of them is the copy is found out.", show_default=False)]


def sources(case: CasePath, as_of: AsOf = None, known_by: KnownBy = None, picture: Picture = None, as_json: AsJson = False) -> None:
    """List the reports with the voices in them, what each rests on, and which give themselves away as copies of something else.

    Example: reportedly sources donbas --picture sources.svg
    """
    from reportedly.exports.rows import link_row, source_row
    from reportedly.lineage import find_roots
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        view = opened.view(parse_as_of(as_of))
        links, tells = opened.links(view), opened.tells(view)
        voices: Counter[tuple[str, str]] = Counter((claim.report, f"{voice.name or voice.text} ({voice.kind})") for claim in opened.claims(view) for voice in claim.voice[:-1])
        reports = list(view.reports.values())
    if picture is not None:
        _draw(picture, {report.id: report for report in reports}, links)
    roots = find_roots(links)
    if as_json:
        print_rows([*(source_row(report, roots.get(report.id), tells.get(report.id, [])) for report in reports), *map(link_row, links)])
        return
    by_id = {report.id: report for report in reports}
    for report in reports:
        put(_head(report), later=" " * 10)
        heard = sorted((words, count) for (one, words), count in voices.items() if one == report.id)
        lines = [f"{words}: {count} claim{'s' * (count != 1)}" for words, count in heard]
        lines += [_rests_on(link, by_id) for link in links if link.source == report.id]
        lines += [_gives_away(tells[report.id])] if report.id in tells else []
        for line in lines:
            put(line, "    ", "      ")
    copies = len(roots) - len(set(roots.values()))
    if copies:
        say(
            f"{copies} cop{'y counts' if copies == 1 else 'ies count'} with what {'it copies' if copies == 1 else 'they copy'}: see what was changed with: reportedly drift CASE A B"
        )


def _rests_on(link: Link, reports: dict[str, Report]) -> str:
    verb = "of one origin with" if link.direction == "either way" else link.direction
    return f"{link.kind}: {verb} {_head(reports[link.target])} ({link.why})"


def _gives_away(tells: list[Tell]) -> str:
    shown = "; ".join(f"{tell.kind} “{tell.words[:50]}”" for tell in tells[:4])
    return f"copy of an original that is not in the case: {shown}" + (f"; and {len(tells) - 4} more" if len(tells) > 4 else "")


def _draw(picture: Path, reports: dict[str, Report], links: list[Link]) -> None:
    from reportedly.exports.picture import write_dot, write_svg

    write = {".svg": write_svg, ".dot": write_dot}.get(picture.suffix.lower())
    if write is None:
        raise BadSetting(f"{picture}: is drawn as .svg or .dot; name the file so")
    try:
        picture.write_text(write(reports, links), encoding="utf-8")
    except OSError as error:
        raise BadSetting(f"{picture}: cannot be written ({error.strerror}); name another file") from error
    say(f"wrote {picture}")


def _head(report: Report) -> str:
    when = report.published.when
    return f"{report.id[:8]}  {when.edtf if when else 'undated'}  {report.outlet or 'outlet not given'}  {report.file}"


def drift(case: CasePath, one: Copy, other: Original, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """Show what the copy of two reports changed of its original: numbers, names, days, statuses, voices and lost doubts, side by side.

    Example: reportedly drift CASE 2-rewrite 1-first-round
    """
    from reportedly.exports.rows import drift_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        view = opened.view(parse_as_of(as_of))
        link, found = opened.drift(opened.find_report(one, view), opened.find_report(other, view))
        original, copy = view.reports[link.target], view.reports[link.source]
    if as_json:
        print_rows(map(drift_row, found))
        return
    put(_head(original), "original  ")
    put(_head(copy), "copy      ")
    put(f"{link.kind}, {link.score:.2f}: {link.why}", " " * 10)
    sys.stdout.write("\n")
    for change in found:
        _print_change(change, original.text, copy.text)
    if not found:
        say("nothing of number, name, day, status, voice or doubt was changed in what it says again")


def _print_change(change: Drift, original: str, copy: str) -> None:
    put(f"{change.kind}: {change.before} → {change.after or 'gone'}", later="  ")
    for text, start, end in ((original, change.start, change.end), (copy, change.other_start, change.other_end)):
        passage = f"…{text[max(0, start - 60) : start]}[{text[start:end][:120]}]{text[end : end + 60]}…"
        put(passage, "    ")
