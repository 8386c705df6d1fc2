"""Floors under what is read off pages built as real sites are built: a guard against regressions, no claim of quality.

python -m gate.test_reading          prints the scores, and what each page loses and keeps too much
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.reading import Given, make_reading
from reportedly.records import Reading

HERE = Path(__file__).parent
FLOORS: dict[str, float] = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["reading"]
PAGES: list[dict[str, Any]] = yaml.safe_load((HERE / "reading" / "pages.yaml").read_text(encoding="utf-8"))
FACTS = ("title", "byline", "published", "outlet", "agency", "language")
_SHINGLE = 4  # words, as the public benchmarks of article extraction count


def read(page: dict[str, Any]) -> Reading:
    return make_reading((HERE / "reading" / "pages" / page["file"]).read_bytes(), page["file"], Given(url=page["url"]))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)))


def score_text(found: str, wanted: str) -> float:
    mine, theirs = shingles(found), shingles(wanted)
    both = (mine & theirs).total()
    return 200 * both / (mine.total() + theirs.total())


def facts_of(reading: Reading) -> dict[str, str | None]:
    report = reading.report
    when = report.published.when
    return {"published": when.edtf if when else None} | {name: getattr(report, name) for name in FACTS if name != "published"}


def score() -> dict[str, float]:
    """Text F1, the share of strings that must not be kept and are not, and of each fact that a page gives the share that is right."""
    readings = [read(page) for page in PAGES]
    texts = [score_text(reading.report.text, page["text"]) for reading, page in zip(readings, PAGES, strict=True)]
    shut = [words not in " ".join(reading.report.text.split()) for reading, page in zip(readings, PAGES, strict=True) for words in page["without"]]
    scores = {"text F1": sum(texts) / len(texts), "left out": 100 * sum(shut) / len(shut)}
    for name in FACTS:
        wanted = [(facts_of(reading)[name], page[name]) for reading, page in zip(readings, PAGES, strict=True) if page[name]]
        scores[name] = 100 * sum(found == right for found, right in wanted) / len(wanted)
    return {name: round(value, 1) for name, value in scores.items()}


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    return score()


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_score_falls_below_its_floor(scores: dict[str, float], name: str) -> None:
    assert scores[name] >= FLOORS[name], scores


@pytest.mark.parametrize("page", PAGES, ids=[page["file"] for page in PAGES])
def test_each_fact_says_where_it_stands(page: dict[str, Any]) -> None:
    reading = read(page)
    known = {name for name in FACTS if name != "language" and facts_of(reading)[name] is not None}
    assert known <= reading.report.read_from.keys()
