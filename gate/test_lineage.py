"""The floor under lineage: rewrites of our own at four strengths, retellings that are none, copies of unknown originals; and, where the
public board lies beside the checkout, pairs of its reports labelled by reading.

`lineage/rewrites.yaml` was written apart from the code. Floors are in floors.json; lowering one takes a line in the changelog.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.lineage.boilerplate import SiteLines
from reportedly.lineage.classify import Paper, classify
from reportedly.lineage.compare import compare
from reportedly.lineage.features import find_features
from reportedly.lineage.links import Lineage
from reportedly.lineage.tells import find_tells, is_copy_of_unknown
from reportedly.reading import Given, make_reading
from reportedly.records import Link, Report
from reportedly.understanding.read import understand

HERE = Path(__file__).parent
BOARD = HERE.parent.parent / "shared" / "bench" / "data" / "incidents.dev.jsonl"
FLOORS: dict[str, float] = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["lineage"]
TEXTS: list[dict[str, Any]] = yaml.safe_load((HERE / "lineage" / "rewrites.yaml").read_text(encoding="utf-8"))
PAIRS: list[dict[str, Any]] = yaml.safe_load((HERE / "lineage" / "pairs.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def linked() -> dict[frozenset[str], Link]:
    """The links that are found among all our texts at once, by the names of the two; with what the texts cite themselves."""
    names = {_report(row).id: row["id"] for row in TEXTS}
    reports = {report.id: report for report in map(_report, TEXTS)}
    lineage = Lineage()
    lineage.take(reports, {claim_set.report: claim_set.claims for claim_set in understand(list(reports.values()))})
    return {frozenset((names[link.source], names[link.target])): link for link in lineage.links}


def _report(row: dict[str, Any]) -> Report:
    return make_reading(row["text"].encode(), f"{row['id']}.txt", Given(published=row.get("published"), outlet=row.get("outlet"))).report


@pytest.mark.parametrize("strength", [1, 2, 3, 4])
def test_rewrites_are_found_at_every_strength(linked: dict[frozenset[str], Link], strength: int) -> None:
    pairs = [frozenset((row["id"], row["of"])) for row in TEXTS if row.get("strength") == strength]
    assert len(pairs) == 15
    assert sum(pair in linked for pair in pairs) >= FLOORS[f"strength {strength}"]


def test_what_tells_of_the_same_or_sounds_alike_is_no_copy(linked: dict[frozenset[str], Link]) -> None:
    family = {row["id"]: row.get("of", row["id"]) for row in TEXTS}
    apart = {row["id"] for row in TEXTS if row.get("relation") in ("retelling", "negative")}
    false = [sorted(pair) for pair in linked if pair & apart or len({family[one] for one in pair}) > 1]
    assert len(false) <= FLOORS["false links"], false


def test_follow_ups_and_digests_are_told_as_such(linked: dict[frozenset[str], Link]) -> None:
    told = {(row["relation"], row["id"]): linked.get(frozenset((row["id"], row["of"]))) for row in TEXTS if row.get("relation") in ("follow-up", "digest")}
    found = Counter(relation for (relation, _), link in told.items() if link is not None and link.kind == relation)
    assert found["follow-up"] >= FLOORS["follow-ups"]
    assert found["digest"] >= FLOORS["digests"]


def test_a_copy_gives_its_missing_original_away_and_a_slip_of_the_pen_does_not() -> None:
    told = {row["id"]: is_copy_of_unknown(find_tells(_report(row))) for row in TEXTS}
    assert [name for name, copy in sorted(told.items()) if copy] == [row["id"] for row in TEXTS if row.get("relation") == "unknown-original"]


@pytest.mark.skipif(not BOARD.is_file(), reason="the public board lies beside the checkout, in ../shared/bench, and is not here")
def test_labelled_pairs_of_real_reports_are_linked_as_a_reader_links_them() -> None:
    scores = score_pairs()
    for name, floor in FLOORS.items():
        if name.startswith("pairs"):
            assert scores[name] >= floor, scores


def score_pairs() -> dict[str, float]:
    """Link F1, and of the links found in both the shares of right kinds and directions, in percent."""
    texts = {one["id"]: one for line in BOARD.read_text(encoding="utf-8").splitlines() for one in json.loads(line)["reports"]}
    counts: Counter[str] = Counter()
    for row in PAIRS:
        one, other = (_real(texts[row[side]]) for side in ("a", "b"))
        lines = SiteLines()
        lines.take({one.id: one, other.id: other})
        papers = [Paper(report, find_features(report, lines.of(report.id))) for report in (one, other)]
        link = classify(*papers, compare(papers[0].features, papers[1].features))
        counts["right" if link and row["link"] else "false" if link else "missed" if row["link"] else "none"] += 1
        if link and row["link"]:
            way = "none" if link.direction == "either way" else "AB" if link.target == one.id else "BA"
            counts["kind"] += link.kind == row["kind"]
            counts["way"] += way == row["direction"]
    right = counts["right"]
    return {"pairs F1": 200 * right / (2 * right + counts["false"] + counts["missed"]), "pairs kind": 100 * counts["kind"] / right, "pairs direction": 100 * counts["way"] / right}


def _real(row: dict[str, Any]) -> Report:
    archived = re.search(r"/web/\d+/(https?://.*)", row["url"] or "")
    url = re.sub(r":80(?=/)", "", archived[1]) if archived else row["url"]
    return make_reading(row["text"].encode(), f"{row['id']}.txt", Given(published=row["published"], url=url)).report
