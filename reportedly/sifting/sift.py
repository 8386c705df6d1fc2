"""From files of pages to the reports that matter, on one page.

    1. sift       shard → kept pages, whole or not at all             (funnel, by `map`)
    2. group      pages with the same text, copies, stories           (grouping, by `group`)
    3. understand kept pages → claims, each text once                 (claims, by `map`)
    4. write      reports, claims and links, a folder a day           (partition, by `group`)
    5. tell       what was kept, what fell out where, what was lost   (manifest)

Where the work runs is the engine's affair. What is finished stays in `.shards` of the output, by the content of its shard and the recipe: who runs the
same again goes on from there. The manifest is written last; without one a sift is not finished.
"""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportedly.engine import Engine, Lost
from reportedly.errors import EngineProblem
from reportedly.records import Leaving
from reportedly.sifting import manifest
from reportedly.sifting.claims import Reading, Understood, understand_pages
from reportedly.sifting.funnel import Outcome, Task, lost_shard, sift_shard
from reportedly.sifting.grouping import Copies, find_copies, find_links, find_stories
from reportedly.sifting.kept import read_refs
from reportedly.sifting.output import DRAFT, hold, publish
from reportedly.sifting.partition import Part, write_audit, write_days, write_links, write_told
from reportedly.sifting.progress import Watch
from reportedly.sifting.recipe import Recipe
from reportedly.sifting.shards import Shard


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a sift found: the manifest as written, and what could not be read."""

    told: manifest.Manifest
    leavings: tuple[Leaving, ...]


def sift(shards: Sequence[Shard], recipe: Recipe, output: Path, engine: Engine, watch: Watch) -> Sifted:
    """Sift shards into a folder. Raises BadInput where it is another's or another sift writes there, OSError where it cannot be written, EngineProblem."""
    began = time.monotonic()
    with hold(output) as work:
        outcomes = _sift_shards(engine, [Task(shard, recipe, str(work / recipe.digest)) for shard in shards], watch)
        held = [one for one in outcomes if one.kept or one.sampled]
        paths = [one.path for one in held]
        watch.begin("copies", len(held))
        copies = find_copies(engine, paths)
        watch.begin("links", len(held))
        links = find_links(engine, paths, copies, watch)
        watch.begin("stories", len(held))
        day_of = {ref.report: row["day"] for path in paths for ref, row in read_refs(path)}
        stories = find_stories(engine, paths, day_of, copies, watch)
        understood = _understand(engine, held, copies, recipe, watch)
        watch.begin("writing", len(held))
        parts = [Part(one.path, understood[one.path].claims, tuple(sorted(copies.again_in(one.path)))) for one in held]
        draft = output.resolve() / DRAFT
        write_told(draft / "told.parquet", {report: min(story) for story in stories for report in story}, copies.first)
        days = write_days(engine, parts, draft / "told.parquet", draft, recipe.columns)
        write_links(links, day_of, draft)
        audited = list(write_audit(parts, draft)) if recipe.share else []
        leavings = [left for one in outcomes for left in one.leavings] + [left for one in understood.values() for left in one.leavings]
        told = manifest.tell(recipe, outcomes, days, len(copies.first), links, stories, audited, leavings)
        publish(output, told, leavings, manifest.tell_timings(outcomes, time.monotonic() - began, engine.workers, watch))
    return Sifted(told, tuple(leavings))


def _sift_shards(engine: Engine, tasks: Sequence[Task], watch: Watch) -> list[Outcome]:
    """What came of each shard, by key; of two with the same bytes and name the first counts."""
    watch.begin("sifting", sum(max(0, task.shard.size) for task in tasks))
    found: dict[str, Outcome] = {}
    unread: list[Outcome] = []
    for task, made in engine.map(sift_shard, tasks):
        outcome = lost_shard(task.shard, made) if isinstance(made, Lost) else made
        if outcome.key:
            found.setdefault(outcome.key, outcome)
        else:
            unread.append(outcome)
        watch.advance(max(0, task.shard.size), outcome.pages, outcome.kept)
    return [*(found[key] for key in sorted(found)), *sorted(unread, key=lambda one: one.shard)]


def _understand(engine: Engine, held: Sequence[Outcome], copies: Copies, recipe: Recipe, watch: Watch) -> dict[str, Understood]:
    """The claim sets of the kept pages, by the path of those; of pages with one text only the first's."""
    watch.begin("understanding", sum(one.kept + one.sampled for one in held))
    tasks: dict[str, Reading] = {}
    for one in held:
        rows = {ref.row for ref, _ in read_refs(one.path) if ref.report in copies.first} | copies.again_in(one.path)
        digest = hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()[:8]
        claims = str(Path(one.path).with_name(f"{one.key}-{digest}.claims.parquet"))
        tasks[one.path] = Reading(one.path, frozenset(rows), claims, recipe.playbooks, recipe.batch_size, recipe.seconds)
    size = {one.path: one.kept + one.sampled for one in held}
    found: dict[str, Understood] = {}
    for task, made in engine.map(understand_pages, tasks.values()):
        if isinstance(made, Lost):
            raise EngineProblem(f"understanding what was kept ended its process again and again ({made.note}); run the same command again, with fewer workers if memory is short")
        found[task.pages] = made
        watch.advance(size[task.pages], 0, 0)
    return {path: found[path] for path in tasks}
