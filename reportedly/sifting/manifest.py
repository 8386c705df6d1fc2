"""What a sift tells of itself: counts and reasons, the same for the same input; and apart from them how long it took."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reportedly.playbooks import load_playbook, stamp
from reportedly.records import Leaving, Link
from reportedly.sifting.funnel import STAGES, Outcome
from reportedly.sifting.kept import write_text
from reportedly.sifting.partition import Written, lines
from reportedly.sifting.progress import Watch
from reportedly.sifting.recipe import Recipe

Manifest = dict[str, Any]
_SURE = 1.96  # standard deviations of an interval of 95 %


def tell(
    recipe: Recipe,
    outcomes: Sequence[Outcome],
    days: Sequence[Written],
    copies: int,
    links: Sequence[Link],
    stories: Sequence[tuple[str, ...]],
    audited: Sequence[frozenset[str]],
    leavings: Sequence[Leaving],
) -> Manifest:
    """The manifest: a function of shards and recipe."""
    fell: Counter[str] = Counter()
    for one in outcomes:
        fell.update(one.fell)
    pages = sum(one.pages for one in outcomes)
    return {
        "sifted": 1,
        "recipe": recipe.digest,
        "playbooks": [stamp(load_playbook(name)) for name in recipe.playbooks],
        "asked": {"since": _day(recipe.since), "until": _day(recipe.until), "words": recipe.words, "audit": recipe.share, "seed": recipe.seed, "columns": dict(recipe.columns)},
        "shards": [{"shard": one.shard, "key": one.key, "bytes": one.size, "pages": one.pages, "kept": one.kept} for one in outcomes],
        "funnel": _tell_funnel(pages, fell),
        "pages": pages,
        "page_bytes": sum(one.page_bytes for one in outcomes),
        "kept": sum(one.kept for one in outcomes),
        "reports": sum(one.reports for one in days),
        "copies": copies,
        "claims": sum(one.claims for one in days),
        "links": len(links),
        "stories": len(stories),
        "days": {one.day or "unknown": {"reports": one.reports, "claims": one.claims} for one in days},
        "leavings": dict(sorted(Counter(one.reason for one in leavings).items())),
        "audit": _tell_audit(recipe, outcomes, audited) if recipe.share else None,
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _tell_funnel(pages: int, fell: Mapping[str, int]) -> list[dict[str, object]]:
    """Each stage with what came in and what fell out."""
    rows: list[dict[str, object]] = []
    for stage in STAGES:
        rows.append({"stage": stage, "in": pages, "fell": fell.get(stage, 0)})
        pages -= fell.get(stage, 0)
    return rows


def _tell_audit(recipe: Recipe, outcomes: Sequence[Outcome], audited: Sequence[frozenset[str]]) -> Manifest:
    """What the cheap test loses, by the pages that were drawn from those it refused. A claim of a frame that tells of happenings (`same_event_when`), not denied,
    makes a page worth keeping; others speak of what happens round one, and stand in any news."""
    telling = {
        f"{name}/{frame.frame}/positive"
        for playbook in map(load_playbook, recipe.playbooks)
        for name in (playbook.head.name,)
        for frame in playbook.frames
        if frame.same_event_when
    }
    drawn = sum(one.drawn for one in outcomes)  # those that cannot be read, or are of another language, hold no claims
    return {
        "refused": sum(one.refused for one in outcomes),
        "drawn": drawn,
        "with claims": _share(sum(1 for frames in audited if frames), drawn),
        "with happenings": _share(sum(1 for frames in audited if frames & telling), drawn),
    }


def _share(found: int, drawn: int) -> dict[str, object]:
    least, most = interval(found, drawn)
    return {"pages": found, "share": round(found / drawn, 6) if drawn else None, "from": round(least, 6), "to": round(most, 6)}


def interval(found: int, drawn: int) -> tuple[float, float]:
    """Between which shares the true one lies, with 95 % confidence, where `found` of `drawn` were so (Wilson 1927)."""
    if not drawn:
        return 0.0, 1.0
    share, square = found / drawn, _SURE**2
    middle = (share + square / (2 * drawn)) / (1 + square / drawn)
    reach = _SURE / (1 + square / drawn) * math.sqrt(share * (1 - share) / drawn + square / (4 * drawn**2))
    return (0.0 if found == 0 else max(0.0, middle - reach)), (1.0 if found == drawn else min(1.0, middle + reach))


def tell_timings(outcomes: Sequence[Outcome], seconds: float, workers: int, watch: Watch) -> Manifest:
    """How long it took: in all, by stage, and within shards by what a worker did, in seconds of one worker."""
    watch.end()
    spent: Counter[str] = Counter()
    for one in outcomes:
        spent.update(one.seconds)
    pages = sum(one.pages for one in outcomes)
    return {
        "seconds": round(seconds, 3),
        "workers": workers,
        "stages": {stage: round(took, 3) for stage, took in watch.took.items()},
        "in shards": {name: round(took, 3) for name, took in sorted(spent.items())},
        "pages a second": round(pages / watch.took["sifting"], 1) if watch.took.get("sifting") else None,
    }


def write_leavings(path: Path, leavings: Sequence[Leaving]) -> None:
    """What could not be read, a JSON line each."""
    ordered = sorted(leavings, key=lambda one: (one.file, one.stage, one.reason, one.note))
    write_text(path, lines({"stage": one.stage, "reason": one.reason, "file": one.file, "report": one.report, "note": one.note} for one in ordered))
