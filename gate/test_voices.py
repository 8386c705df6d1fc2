"""The floor under voices and modality: 180 sentences of our own, each construction at least five times.

`voices.yaml` was written apart from the code. A case marked `misread` is one that the parser reads wrongly; it must go on
failing, or lose the mark. Floors are in floors.json; lowering one takes a line in the changelog.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.reading import Given, make_reading
from reportedly.reconciling.dating import resolve
from reportedly.records import Claim, Report
from reportedly.understanding.read import understand

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "voices.yaml").read_text(encoding="utf-8"))
FLOORS: dict[str, int] = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["voices"]
_PLAIN = {"voice": [], "status": "occurred", "polarity": "positive", "certainty": "certain"}


def _read(case: dict[str, Any]) -> tuple[Report, tuple[Claim, ...]]:
    report = make_reading(case["text"].encode(), "case.txt", Given(published="2031-06-11", outlet="Coast Times")).report
    return report, next(iter(understand([report]))).claims


def _seen(claim: Claim, report: Report) -> dict[str, object]:
    voice = claim.voice[0]
    told = resolve(voice.on, report)
    return {
        "voice": [[one.kind, _without_article(one.text) if one.kind == "organisation" else one.text] for one in claim.voice[:-1]],
        "status": claim.status,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "condition": claim.condition,
        "known": claim.known,
        "told": told.edtf if told else None,
        "role": voice.role,
        "count": [voice.count.least, voice.count.most] if voice.count else None,
        "place": voice.place,
        "reason": voice.reason,
        "spoke": voice.spoke,
        "perhaps": voice.perhaps is not None,
    }


def _without_article(text: str) -> str:
    return text.removeprefix("The ").removeprefix("the ")


def _mistakes(case: dict[str, Any]) -> list[str]:
    report, claims = _read(case)
    found = []
    for wanted in case["claims"]:
        claim = next((one for one in claims if one.trigger == wanted["trigger"]), None)
        if claim is None:
            found.append(f"no claim “{wanted['trigger']}” among {[one.trigger for one in claims]}")
            continue
        seen = _seen(claim, report)
        asked = _PLAIN | {key: value for key, value in wanted.items() if key != "trigger"}
        found += [f"{wanted['trigger']}: {key} is {seen[key]!r}, not {value!r}" for key, value in asked.items() if seen[key] != value]
    return found


@pytest.mark.parametrize("case", [pytest.param(case, marks=[pytest.mark.xfail(strict=True)] if case.get("misread") else [], id=case["text"][:60]) for case in CASES])
def test_who_says_it_and_how_sure(case: dict[str, Any]) -> None:
    assert _mistakes(case) == []


def _covered(cases: list[dict[str, Any]]) -> Counter[str]:
    return Counter(name for case in cases for name in case["covers"])


def test_each_construction_has_five_cases() -> None:
    covered = _covered(CASES)
    assert {name: count for name, count in covered.items() if count < 5} == {}
    assert len(covered) >= FLOORS["constructions"]


def test_no_floor_is_lowered_by_taking_cases_away() -> None:
    right = [case for case in CASES if not case.get("misread")]
    assert len(CASES) >= FLOORS["cases"]
    assert len(right) >= FLOORS["right"]
    assert min(_covered(right).values()) >= FLOORS["right in each construction"]
