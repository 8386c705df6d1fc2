"""What an export costs as a case grows, and a brief of a thousand reports.

    python -m benchmarks.exports [--claims N …]          default: 10000 100000

Claims are generated, ten a report (`benchmarks.ledger`). Each format's claims a second are given beside what reading the same claims out of the
ledger costs alone, in the same run, and the most memory that the process took.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.ledger import fill
from benchmarks.speed import time_it
from reportedly.briefing import build_brief
from reportedly.briefs.render import render
from reportedly.ledger.case import create_case
from reportedly.pipeline import Case, open_case


def measure(claims: int, work: Path) -> None:
    folder = work / f"case{claims}"
    create_case(folder, "Generated")
    fill(folder, claims // 10)
    with open_case(folder) as case:
        case.view()
        bare = time_it(lambda: sum(len(one.claims) for one in case.ledger.claim_sets()))
    print(f"{claims:,} claims: read out of the ledger {claims / bare:,.0f} a second")
    for kind in ("parquet", "csv", "ftm"):
        seconds, memory = _export(folder, kind, work / f"out{claims}.{kind}")
        print(f"  {kind:<8} {claims / seconds:>9,.0f} a second, {bare / seconds:.2f} of that; {memory} MB at most")


def _export(folder: Path, kind: str, output: Path) -> tuple[float, int]:
    """Seconds that the command takes, with its start, and the megabytes that the largest process of it took so far."""
    command = [sys.executable, "-c", "from reportedly.cli import main; main()", "export", str(folder), kind, "-o", str(output)]
    seconds = time_it(lambda: subprocess.run(command, check=True, capture_output=True))
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def measure_brief(reports: int, work: Path) -> None:
    folder = work / f"brief{reports}"
    create_case(folder, "Generated")
    fill(folder, reports)
    with open_case(folder) as case:
        _report_brief(case, reports)


def _report_brief(case: Case, reports: int) -> None:
    made = []
    composed = time_it(lambda: made.append(build_brief(case)))
    print(f"brief of {reports:,} reports: composed and checked {composed:.2f} s", end="")
    for kind in ("md", "html"):
        print(f", {kind} {time_it(lambda kind=kind: render(made[0], kind)):.2f} s", end="")  # type: ignore[misc]
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        measure_brief(1_000, Path(work))
        for claims in arguments.claims:
            measure(claims, Path(work))


if __name__ == "__main__":
    main()
