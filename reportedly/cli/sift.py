"""`reportedly sift`: from web archives to the few reports that matter."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.add import Columns, parse_columns
from reportedly.cli.options import Playbooks, parse_day
from reportedly.cli.screen import say, show, tell
from reportedly.errors import BadSetting

if TYPE_CHECKING:
    from reportedly.engine import Engine
    from reportedly.settings import Settings
    from reportedly.sifting import Recipe, Sifted, Watch

Inputs = Annotated[
    list[str] | None, typer.Option("--in", metavar="PATTERN", help="Archives (WARC, WACZ), Parquet, JSON lines, folders; * and **; here or at a URL.", show_default=False)
]
Output = Annotated[Path, typer.Option("--out", metavar="DIR", help="A folder for what is found; on a cluster one that all workers see.", show_default=False)]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="Only reports published on that day or later.", show_default=False)]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Only reports published by that day.", show_default=False)]
Words = Annotated[int, typer.Option(min=0, max=100_000, help="Stories with fewer words are left out.")]
Kind = Annotated[str, typer.Option(metavar="local|dask", help="Where the work runs: processes of this machine, or a Dask cluster.")]
Scheduler = Annotated[str | None, typer.Option(metavar="ADDRESS", help="The cluster's scheduler: tcp://HOST:8786.", show_default=False)]
Workers = Annotated[int | None, typer.Option(min=1, max=256, help="Processes of this machine; one a core.", show_default=False)]
Audit = Annotated[float, typer.Option(metavar="SHARE", min=0.0, max=1.0, help="Read this share of what the cheap test refused as well, and tell what it loses: 0.001.")]
Seed = Annotated[int, typer.Option(min=0, help="Draws the pages of the audit.")]
Metrics = Annotated[Path | None, typer.Option(metavar="FILE", help="Keep progress there as Prometheus text.", show_default=False)]
_MOST = 20  # shards that are named, of those that could not be read whole
_QUIET = ("no-pages", "format")  # an archive has other records too
_OFTEN = 2.0  # seconds between two states of the file for Prometheus
_SELDOM = 30.0  # seconds between two lines in a log


def sift(
    output: Output,
    inputs: Inputs = None,
    playbook: Playbooks = None,
    since: Since = None,
    until: Until = None,
    words: Words = 40,
    engine: Kind = "local",
    scheduler: Scheduler = None,
    workers: Workers = None,
    audit: Audit = 0.0,
    seed: Seed = 1,
    metrics: Metrics = None,
    columns: Columns = None,
) -> None:
    """Sift web archives for the reports on a playbook's subject.

    Example: reportedly sift --playbook labour_export --in 'news/*.warc.gz' --out sifted
    """
    from reportedly.settings import make_settings
    from reportedly.sifting import Recipe, Watch, find_shards, seal
    from reportedly.sifting import sift as run

    if not inputs:
        raise BadSetting("--in: nothing to sift; name files: --in 'news/*.warc.gz'")
    if not playbook:
        raise BadSetting("--playbook: a sift needs to know what matters; name a shipped playbook (labour_export, disaster, shooting) or a folder")
    settings = make_settings()
    first, last = _parse(since, "--since"), _parse(until, "--until")
    if first and last and last < first:
        raise BadSetting(f"--until {until}: lies before --since {since}")
    _check_engine(engine, scheduler, workers)
    shards = find_shards(inputs, output)
    names, mapped = tuple(_absolute(name) for name in playbook), parse_columns(columns)
    recipe = seal(Recipe(names, first, last, words, audit, seed, datetime.now(UTC).date(), settings.max_bytes, settings.seconds, settings.batch_size, mapped))
    with _watching(metrics) as told, _open_engine(scheduler, workers, recipe, output, settings) as opened:
        found = run(shards, recipe, output, opened, Watch(told))
    _tell(found, output)
    shards_named = {one["shard"] for one in found.told["shards"]}
    broken = [one for one in found.leavings if one.file in shards_named and one.reason not in _QUIET]
    for leaving in broken[:_MOST]:
        say(show(f"reportedly: {leaving.file}: {leaving.note}"))
    pages = sum(one.file not in shards_named for one in found.leavings)
    if pages or len(broken) > _MOST:
        say(f"{pages:,} pages could not be read; why: {output / 'leavings.jsonl'}")
    if broken:
        raise typer.Exit(1)


def _parse(day: str | None, option: str) -> date | None:
    return None if day is None else parse_day(day, option)


def _absolute(playbook: str) -> str:
    """A shipped playbook by its name, a folder by its whole path: workers have their own current folder."""
    from reportedly.playbooks import SHIPPED

    return str(Path(playbook).resolve()) if playbook not in SHIPPED and Path(playbook).is_dir() else playbook


def _check_engine(kind: str, scheduler: str | None, workers: int | None) -> None:
    if kind not in ("local", "dask"):
        raise BadSetting(f"--engine {kind}: no such engine; there are local and dask")
    if kind == "local" and scheduler is not None:
        raise BadSetting("--scheduler: is for a cluster; add --engine dask")
    if kind == "dask" and scheduler is None:
        raise BadSetting("--scheduler: say where the cluster is: --scheduler tcp://HOST:8786")
    if kind == "dask" and workers is not None:
        raise BadSetting("--workers: a cluster has those that were started for it; leave it out")


@contextmanager
def _open_engine(scheduler: str | None, workers: int | None, recipe: "Recipe", output: Path, settings: "Settings") -> "Iterator[Engine]":
    import os

    from reportedly.engine import Local
    from reportedly.sifting.output import make_work_folder

    if scheduler is None:
        with Local(workers or settings.workers or os.cpu_count() or 1, make_work_folder(output)) as local:
            yield local
        return
    from functools import partial

    from reportedly.engine.cluster import Cluster
    from reportedly.sifting import versions
    from reportedly.sifting.output import mark_output, sees_output

    with mark_output(output) as mark, Cluster(scheduler, partial(versions, recipe.playbooks), partial(sees_output, str(mark))) as cluster:
        yield cluster


@contextmanager
def _watching(metrics: Path | None) -> "Iterator[Callable[[Watch], None]]":
    """A bar where a person watches, else a line now and then; and the file for Prometheus."""
    from reportedly.sifting import write_metrics

    last = [0.0]

    def write(watch: "Watch") -> None:
        if metrics is not None and (time.monotonic() - last[0] > _OFTEN or watch.done >= watch.total or not watch.done):
            write_metrics(metrics, watch)
            last[0] = time.monotonic()

    if not sys.stderr.isatty():
        said = [time.monotonic()]

        def say_line(watch: "Watch") -> None:
            write(watch)
            if time.monotonic() - said[0] > _SELDOM:
                left = "" if watch.left is None else f", {watch.left / 60:.0f} min left"
                say(f"{watch.stage}: {watch.pages:,} pages, {watch.rate:,.0f} a second, {watch.kept:,} kept, {watch.size / 1e6:,.0f} MB{left}")
                said[0] = time.monotonic()

        yield say_line
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), TextColumn("{task.fields[told]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("sifting", total=None, told="")

        def show_bar(watch: "Watch") -> None:
            write(watch)
            if watch.stage != bar.tasks[0].description:
                bar.reset(task, description=watch.stage)
            bar.update(task, completed=watch.done, total=watch.total or 1, told=f"{watch.pages:,} pages, {watch.rate:,.0f}/s, {watch.kept:,} kept, {watch.size / 1e6:,.0f} MB")

        yield show_bar


def _tell(found: "Sifted", output: Path) -> None:
    """The funnel, and what is left."""
    told = found.told
    tell(f"{told['pages']:,} pages in {len(told['shards']):,} shard{'s' * (len(told['shards']) != 1)}")
    for row in told["funnel"]:
        if row["fell"]:
            tell(f"  {row['fell']:>12,}  {_WHY[row['stage']]}")
    tell(f"  {told['kept']:>12,}  kept: {told['reports']:,} reports ({told['copies']:,} word for word copies) in {told['stories']:,} stories, {told['claims']:,} claims")
    audit = told["audit"]
    if audit:
        tell(f"audit: {audit['drawn']:,} of {audit['refused']:,} refused pages read")
        tell(_tell_share(audit["with happenings"], "with claims of a happening"))
        tell(_tell_share(audit["with claims"], "with any claim"))
    say(f"in {output}; take it into a case: reportedly add CASE {output}")


_WHY = {
    "words": "have nowhere enough of the playbook's words together",
    "language": "are not in English",
    "length": "are too short",
    "day": "are of other days",
    "reading": "hold no story that can be read",
    "story": "have the words outside their story",
}


def _tell_share(share: dict[str, float], what: str) -> str:
    return f"  {share['pages']:>12,}  {what} ({100 * share['from']:.2f} to {100 * share['to']:.2f} % of all refused)"
