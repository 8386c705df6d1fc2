"""Board adapter: which reports tell of one happening. python -m benchmarks.clusters INPUT.jsonl > PREDICTED.jsonl"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from reportedly.reading import Given, make_reading
from reportedly.reconciling.stories import find_stories
from reportedly.records import Report


def read_clusters(rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """One row a report, with the first report of its story as the name of its cluster."""
    reports = [_report(row) for row in rows]
    names = {report.id: report.file for report in reports}
    for story in find_stories(reports):
        yield from ({"id": names[report], "cluster": story[0]} for report in story)


def _report(row: dict[str, str]) -> Report:
    text = f"{row.get('title') or ''}\n\n{row['text']}"
    given = Given.model_validate({"published": row["published"], "url": f"https://example.org/{row['id']}"})
    return make_reading(text.encode("utf-8", "surrogatepass"), row["id"], given).report


def main() -> None:
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    for row in read_clusters(rows):
        print(json.dumps(row))


if __name__ == "__main__":
    main()
