"""Board adapter: the reports of one incident, reconciled. python -m benchmarks.incidents INPUT.jsonl > PREDICTED.jsonl

The playbook is `shooting`; the merge is that of `tolls CASE`. Null where it cannot tell.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from reportedly.reading import Given, make_reading
from reportedly.reconciling.dating import date_claims
from reportedly.reconciling.happenings import make_happening
from reportedly.records import Claim, Report
from reportedly.understanding.compile import compile_named
from reportedly.understanding.read import understand

Row = dict[str, object]


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
    found = make_happening(reports.values(), (one for one in date_claims(claims, reports) if one.claim.playbook))
    return {"killed": found.killed, "injured": found.injured, "date": str(found.day) if found.day else None, "city": found.town, "state": found.state}


def main() -> None:
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    for row in read_incidents(rows):
        print(json.dumps(row))


if __name__ == "__main__":
    main()
