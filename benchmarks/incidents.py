"""Board adapter: the reports of one incident, reconciled. python -m benchmarks.incidents INPUT.jsonl > PREDICTED.jsonl

The playbook is `shooting`; the merge is that of reconciling/tolls.py. What no report says is null or, of a toll, none.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from reportedly.reading import Given, make_reading
from reportedly.reconciling.dating import date_claims
from reportedly.reconciling.tolls import count_tolls, first_day
from reportedly.records import Claim, Dated, Report
from reportedly.understanding.compile import compile_named
from reportedly.understanding.read import understand
from reportedly.values import find_places

Row = dict[str, object]
_STATES = {
    "ala": "Alabama", "ariz": "Arizona", "ark": "Arkansas", "calif": "California", "colo": "Colorado", "conn": "Connecticut", "del": "Delaware", "fla": "Florida", "ga": "Georgia",
    "ill": "Illinois", "ind": "Indiana", "kan": "Kansas", "ky": "Kentucky", "la": "Louisiana", "md": "Maryland", "mass": "Massachusetts", "mich": "Michigan", "minn": "Minnesota",
    "miss": "Mississippi", "mo": "Missouri", "mont": "Montana", "neb": "Nebraska", "nev": "Nevada", "okla": "Oklahoma", "ore": "Oregon", "pa": "Pennsylvania", "tenn": "Tennessee",
    "tex": "Texas", "va": "Virginia", "vt": "Vermont", "wash": "Washington", "wis": "Wisconsin", "wyo": "Wyoming",
}  # fmt: skip
_FULL = "|".join(
    [
        *sorted(set(_STATES.values())),
        "Alaska",
        "Hawaii",
        "Idaho",
        "Iowa",
        "Maine",
        "New Hampshire",
        "New Jersey",
        "New Mexico",
        "New York",
        "North Carolina",
        "North Dakota",
        "Ohio",
        "Rhode Island",
        "South Carolina",
        "South Dakota",
        "Utah",
        "West Virginia",
        "District of Columbia",
    ]
)
_TOWN = re.compile(
    rf"\b([A-Z][\w.'-]+(?: [A-Z][\w.'-]+){{0,2}}), (?:({_FULL})\b|({'|'.join(one.capitalize() for one in _STATES)})\.)|^([A-Z][A-Z .'-]+[A-Z])(?:, ({_FULL})| ?[,—–(-])"
)
_STATE = re.compile(rf"\b(?:{_FULL})\b")


def read_incidents(rows: list[dict]) -> Iterator[Row]:  # type: ignore[type-arg]
    """One answer an incident, in order; reports of many incidents are parsed together."""
    playbook = compile_named("shooting")
    for at in range(0, len(rows), 16):
        group = rows[at : at + 16]
        reports = [_report(one) for row in group for one in row["reports"]]
        claims = {claim_set.report: claim_set.claims for claim_set in understand(reports, playbooks=(playbook,))}
        by_name = {report.file: report for report in reports}
        for row in group:
            mine = {report.id: report for one in row["reports"] for report in (by_name[one["id"]],)}
            yield {"incident": row["incident"], **_answer(mine, [claim for key in mine for claim in claims[key]])}


def _report(row: dict[str, str]) -> Report:
    text = f"{row.get('title') or ''}\n\n{row['text']}"
    given = Given.model_validate({"published": row["published"], "url": row.get("url") or f"https://example.org/{row['id']}"})
    return make_reading(text.encode("utf-8", "surrogatepass"), row["id"], given).report


def _answer(reports: dict[str, Report], claims: list[Claim]) -> Row:
    dated = [one for one in date_claims(claims, reports) if one.claim.playbook]
    dead = count_tolls(_of(dated, "killing"), also="shooter_dead")
    killed = dead.count or 0
    injured = count_tolls(_of(dated, "injury"), but_for=dead).count or 0
    shot = count_tolls(_of(dated, "shooting")).count or 0
    days = [report.published.when.earliest for report in reports.values() if report.published.when and report.published.when.earliest]
    day = first_day(_of(dated, "killing") + _of(dated, "injury") + _of(dated, "shooting")) or min(days, default=None)
    city, state = _place(reports)
    return {"killed": killed, "injured": max(injured, shot - killed), "date": str(day) if day else None, "city": city, "state": state}


def _of(dated: list[Dated], frame: str) -> list[Dated]:
    return [one for one in dated if one.claim.frame == frame]


def _place(reports: dict[str, Report]) -> tuple[str | None, str | None]:
    towns: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for report in reports.values():
        head = report.text[:3_000]
        for m in _TOWN.finditer(head):
            towns[(m[1] or m[4]).title()] += 1
            states[m[2] or _STATES.get((m[3] or "").lower(), "") or m[5] or ""] += 1
        states.update(m[0] for m in _STATE.finditer(head))
        towns.update(match.place.name for match in find_places(head) if match.place.country == "US" and match.place.kind == "city")
    states.pop("", None)
    return next((name for name, _ in towns.most_common(1)), None), next((name for name, _ in states.most_common(1)), None)


def main() -> None:
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    for row in read_incidents(rows):
        print(json.dumps(row))


if __name__ == "__main__":
    main()
