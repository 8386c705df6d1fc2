"""What a sentence says, case by case: claims.yaml."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.reading import Given, make_reading
from reportedly.reconciling.dating import resolve
from reportedly.records import Claim

CASES = yaml.safe_load(Path(__file__).with_name("claims.yaml").read_text(encoding="utf-8"))
PUBLISHED = "2031-06-11"


def _seen(claim: Claim, wanted: dict[str, Any]) -> dict[str, Any]:
    """Of a claim, what the case asks for."""
    report = make_reading(b"text", "text", Given(published=PUBLISHED)).report
    when, told = resolve(claim.when, report), resolve(claim.voice[0].on, report)
    seen: dict[str, Any] = {
        "trigger": claim.trigger,
        "status": claim.status,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "voice": [[voice.kind, voice.name if voice.kind in ("named", "organisation") else voice.text] for voice in claim.voice[:-1]],
        "hedges": list(claim.hedges),
        "condition": claim.condition,
        "when": when.edtf if when else None,
        "told": told.edtf if told else None,
    }
    for role in ("number", "amount"):
        seen[role] = next(([q.least, q.most, q.bound, q.unit] for filler in claim.roles.get(role, ()) if (q := filler.quantity)), None)
    seen["roles"] = {role: claim.roles[role][0].text for role in wanted.get("roles", {}) if role in claim.roles}
    return {key: seen[key] for key in wanted}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_sentence_is_read_as_it_says(case: dict[str, Any], read: Callable[..., list[Claim]]) -> None:
    defaults = {"status": "occurred", "polarity": "positive", "certainty": "certain", "voice": []}
    wanted = [{key: str(value) if key in ("when", "told") and value else value for key, value in (defaults | expect).items()} for expect in case["expect"]]
    claims = read(case["text"], published=PUBLISHED)
    assert [claim.trigger for claim in claims] == [expect["trigger"] for expect in wanted]
    assert [_seen(claim, expect) for claim, expect in zip(claims, wanted, strict=True)] == wanted
