"""`reportedly add`: reports into a case."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.options import CasePath
from reportedly.cli.screen import say, show
from reportedly.errors import BadSetting

Paths = Annotated[list[str] | None, typer.Argument(metavar="PATH", help="Files or folders: text, pages, PDFs, mail, feeds, archives; - is standard input.", show_default=False)]
Manifest = Annotated[Path | None, typer.Option(help="CSV that says of each file its outlet, day of publication, URL …", show_default=False)]
Given = Annotated[
    Path | None,
    typer.Option(
        "--claims",
        metavar="FILE",
        help="Claims of another reader: JSON lines, or an export (.csv, .parquet, .jsonld); they stand for ours of the same reports.",
        show_default=False,
    ),
]
Workers = Annotated[int | None, typer.Option(min=1, max=64, help="Processes to read with; one for few reports, else two.", show_default=False)]


By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who collected them (else REPORTEDLY_ANALYST).", show_default=False)]
Columns = Annotated[str | None, typer.Option(metavar="OURS=THEIRS,…", help="Columns of CSV and JSON lines: text=body,published=day.", show_default=False)]
Readmit = Annotated[bool, typer.Option("--readmit", help="Take in again what was withheld.")]


def add(
    case: CasePath, paths: Paths = None, manifest: Manifest = None, claims: Given = None, workers: Workers = None, by: By = None, readmit: Readmit = False, columns: Columns = None
) -> None:
    """Read reports into a case. Of the same again only the coming is logged.

    Example: reportedly add donbas reports/ --manifest reports/manifest.csv
    """
    from dataclasses import replace

    from reportedly.pipeline import open_case
    from reportedly.settings import make_settings

    names = paths or []
    if claims is not None:
        _add_given(case, claims)
        if not names and manifest is None:
            return
    if not names and manifest is None:
        raise BadSetting(f"nothing to add; name files, a folder or a manifest: reportedly add {case} FILE")
    settings = make_settings()
    settings = replace(settings, workers=workers or settings.workers, analyst=by or settings.analyst)
    with open_case(case, settings) as opened, _progress() as progress:
        stdin = sys.stdin.buffer.read() if "-" in names else None
        added = opened.add([Path(name) for name in names if name != "-"], manifest=manifest, stdin=stdin, progress=progress, readmit=readmit, columns=parse_columns(columns))
    for problem in added.problems:
        say(show(f"reportedly: {problem}"))
    known = f", {added.known} known already" if added.known else ""
    say(f"added {added.new} report{'s' * (added.new != 1)}{known}; {added.claims} claims, {added.leavings} leavings")
    if added.problems:
        raise typer.Exit(1)


def parse_columns(text: str | None) -> dict[str, str]:
    """Our names to a file's own. Raises BadSetting."""
    from reportedly.reading.rows import COLUMNS

    pairs = dict(part.split("=", 1) for part in (text or "").split(",") if "=" in part)
    if text and (len(pairs) != len(text.split(",")) or not pairs.keys() <= set(COLUMNS) or not all(pairs.values())):
        raise BadSetting(f"--columns {text}: write OURS=THEIRS, with commas between; ours are {', '.join(COLUMNS)}")
    return pairs


def _add_given(case: Path, claims: Path) -> None:
    from reportedly.pipeline import open_case

    with open_case(case) as opened:
        reports, count = opened.add_given(claims)
    say(f"took {count} claim{'s' * (count != 1)} of another reader for {reports} report{'s' * (reports != 1)}")


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr where a person watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress("reading", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
