"""Board adapter: the flagship playbook on a folder of texts. python -m benchmarks.claims FOLDER > PREDICTED.jsonl

The folder holds *.txt and manifest.csv (file, outlet, published). `report` is the first three characters of a file's name.
"""

import json
import sys
from pathlib import Path

from reportedly.exports.rows import claim_row
from reportedly.reading import gather_sources, read_source
from reportedly.records import Reading
from reportedly.understanding.compile import compile_named
from reportedly.understanding.read import understand


def main() -> None:
    playbook = compile_named("labour_export")
    reports = [item.report for source in gather_sources([Path(sys.argv[1])]).sources for item in read_source(source) if isinstance(item, Reading)]
    for report, claim_set in zip(reports, understand(reports, playbooks=(playbook,)), strict=True):
        for claim in claim_set.claims:
            print(json.dumps(claim_row(claim, report) | {"report": report.file[:3]}, ensure_ascii=False))


if __name__ == "__main__":
    main()
