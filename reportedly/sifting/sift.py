"""From files of pages to the reports that matter, on one page.

    1. find       patterns → shards                                   (shards)
    2. sift       shard → kept pages, whole or not at all             (funnel, by `map`)
    3. group      pages with the same text, copies, stories           (grouping, by `group`)
    4. understand kept pages → claims, each text once                 (claims, by `map`)
    5. write      reports, claims and links, a folder a day           (partition, by `group`)
    6. tell       what was kept, what fell out where, what was lost   (manifest)

Where the work runs is the engine's affair. What is finished stays in `.shards` of the output, by the content of its shard and the recipe: who runs the
same again goes on from there. The manifest is written last; without one a sift is not finished.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from reportedly.engine import Engine, Lost
from reportedly.errors import BadInput
from reportedly.installed import list_versions
from reportedly.playbooks import load_playbook, stamp
from reportedly.reading.gather import SIFT_WORK, SIFTED
from reportedly.records import Leaving
from reportedly.sifting import manifest
from reportedly.sifting.claims import Reading, Understood, understand_pages
from reportedly.sifting.evidence import find_evidence
from reportedly.sifting.funnel import Outcome, Recipe, Task, lost_shard, sift_shard
from reportedly.sifting.grouping import Copies, again_in, find_copies, find_links, find_stories
from reportedly.sifting.kept import read_refs, write_json
from reportedly.sifting.partition import Part, write_audit, write_days, write_links, write_told
from reportedly.sifting.progress import Watch
from reportedly.sifting.shards import Shard

_DRAFT = ".draft"
_TABLES = ("reports", "claims", "links", "audit")


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a sift found: the manifest as written, and what could not be read."""

    told: manifest.Manifest
    leavings: tuple[Leaving, ...]


def versions(playbooks: tuple[str, ...]) -> dict[str, str]:
    """Everything that results rest on, by name: a worker must have the same. Raises UnknownName or BadPlaybook where it lacks a playbook."""
    return list_versions() | {f"the playbook {name}": stamp(load_playbook(name)) for name in playbooks}


def seal(recipe: Recipe) -> Recipe:
    """The recipe with the evidence of its playbooks and its digest: over what is asked, the playbooks and the versions. The day by which clocks are judged is no part of it: only pages
    saved in the future would fall otherwise."""
    asked = {name: str(getattr(recipe, name)) for name in ("playbooks", "since", "until", "words", "share", "seed", "max_bytes", "seconds")}
    asked |= {"columns": json.dumps(dict(sorted(recipe.columns.items())))}
    digest = hashlib.sha256(json.dumps(asked | versions(recipe.playbooks), sort_keys=True).encode()).hexdigest()
    return replace(recipe, evidence=tuple(find_evidence(load_playbook(name)) for name in recipe.playbooks), digest=digest[:16])


def sift(shards: Sequence[Shard], recipe: Recipe, output: Path, engine: Engine, watch: Watch) -> Sifted:
    """Sift shards into a folder. Raises BadInput where another sift writes there, OSError where it cannot be written, EngineProblem."""
    began = time.time()
    with _alone(output):
        work = output.resolve() / SIFT_WORK / recipe.digest
        _sweep(work)
        outcomes = _sift_shards(engine, [Task(shard, recipe, str(work)) for shard in shards], watch)
        held = [one for one in outcomes if one.kept or one.sampled]
        paths = [one.path for one in held]
        watch.begin("copies", len(held))
        copies = find_copies(engine, paths)
        watch.begin("links", len(held))
        links = find_links(engine, paths, copies)
        watch.begin("stories", len(held))
        day_of = {ref.report: row["day"] for path in paths for ref, row in read_refs(path)}
        stories = find_stories(engine, paths, day_of, copies)
        understood = _understand(engine, held, copies, recipe, watch)
        parts = [Part(one.path, understood[one.path].claims, tuple(sorted(again_in(one.path, copies)))) for one in held]
        watch.begin("writing", len(parts))
        draft = output.resolve() / _DRAFT
        shutil.rmtree(draft, ignore_errors=True)
        write_told(draft / "told.parquet", {report: min(story) for story in stories for report in story}, copies.first)
        days = write_days(engine, parts, draft / "told.parquet", draft, recipe.columns)
        write_links(links, day_of, draft)
        audited = dict(write_audit(parts, draft)) if recipe.share else {}
        leavings = [leaving for one in outcomes for leaving in one.leavings] + [leaving for one in understood.values() for leaving in one.leavings]
        told = manifest.tell(recipe, outcomes, days, len(copies.first), links, stories, audited, leavings)
        _publish(output, draft, told, leavings)
        write_json(output / "timings.json", manifest.tell_timings(outcomes, time.time() - began, engine.workers, watch))
    return Sifted(told, tuple(leavings))


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    """No two sifts write into one folder. What a dead one left is not in the way."""
    try:
        output.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise BadInput(f"--out {output}: is a file; name a folder") from error
    strange = [one.name for one in output.iterdir() if one.name not in (SIFTED, "timings.json", "leavings.jsonl", SIFT_WORK, _DRAFT, ".lock", *_TABLES)]
    if strange:
        raise BadInput(f"--out {output}: holds other files ({', '.join(sorted(strange)[:3])}); name a new folder, or one that a sift wrote")
    import fcntl

    with (output / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BadInput(f"--out {output}: another sift writes there; wait for it, or name another folder") from error
        yield


def _sweep(work: Path) -> None:
    """Take away what workers that died had begun."""
    for draft in work.glob(".*"):
        draft.unlink(missing_ok=True)


@contextmanager
def mark_output(output: Path) -> Iterator[Path]:
    """A file in the output for as long, by which workers elsewhere tell whether they see the same folder."""
    output.mkdir(parents=True, exist_ok=True)
    mark = output.resolve() / SIFT_WORK / f"seen-{os.getpid()}"
    mark.parent.mkdir(exist_ok=True)
    mark.touch()
    try:
        yield mark
    finally:
        mark.unlink(missing_ok=True)


def sees_output(mark: str) -> str:
    """What is wrong with the output as this machine sees it; "" where all is well."""
    if not Path(mark).exists():
        return f"does not see {Path(mark).parent.parent}; put the output on a disk that all workers have at the same path"
    return "" if os.access(Path(mark).parent, os.W_OK) else f"may not write to {Path(mark).parent.parent}; give it the right to"


def _sift_shards(engine: Engine, tasks: Sequence[Task], watch: Watch) -> list[Outcome]:
    """What came of each shard, by key; of two with the same bytes and name the first counts."""
    watch.begin("sifting", sum(task.shard.size for task in tasks))
    found: dict[str, Outcome] = {}
    unread: list[Outcome] = []
    for task, made in engine.map(sift_shard, tasks):
        outcome = lost_shard(task.shard, made) if isinstance(made, Lost) else made
        if outcome.key:
            found.setdefault(outcome.key, outcome)
        else:
            unread.append(outcome)
        watch.advance(task.shard.size, outcome.pages, outcome.kept)
    return [*(found[key] for key in sorted(found)), *sorted(unread, key=lambda one: one.shard)]


def _understand(engine: Engine, held: Sequence[Outcome], copies: Copies, recipe: Recipe, watch: Watch) -> dict[str, Understood]:
    """The claim sets of the kept pages, by the path of those; of pages with one text only the first's."""
    watch.begin("understanding", sum(one.kept + one.sampled for one in held))
    tasks: dict[str, Reading] = {}
    for one in held:
        rows = {ref.row for ref, _ in read_refs(one.path) if ref.report in copies.first} | again_in(one.path, copies)
        digest = hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()[:8]
        claims = str(Path(one.path).with_name(f"{one.key}-{digest}.claims.parquet"))
        tasks[one.path] = Reading(one.path, frozenset(rows), claims, recipe.playbooks, recipe.batch_size, recipe.seconds)
    size = {one.path: one.kept + one.sampled for one in held}
    found: dict[str, Understood] = {}
    for task, made in engine.map(understand_pages, tasks.values()):
        if isinstance(made, Lost):
            raise BadInput(f"{task.pages}: understanding it ended its process twice ({made.note}); run the same command again, with fewer workers if memory is short")
        found[task.pages] = made
        watch.advance(size[task.pages], 0, 0)
    return {path: found[path] for path in tasks}


def _publish(output: Path, draft: Path, told: Mapping[str, object], leavings: Sequence[Leaving]) -> None:
    """Put what was written in the place of what an earlier sift left, the manifest last."""
    (output / SIFTED).unlink(missing_ok=True)
    for table in _TABLES:
        shutil.rmtree(output / table, ignore_errors=True)
        if (draft / table).exists():
            (draft / table).replace(output / table)
    manifest.write_leavings(output / "leavings.jsonl", leavings)
    shutil.rmtree(draft)
    write_json(output / SIFTED, told)
