"""What an export costs as a case grows, and a brief of a thousand reports.

    python -m benchmarks.exports [--claims N …]          default: 10000 100000

Claims are generated, ten a report (`benchmarks.ledger`). Each format's claims a second are given beside what reading the same claims out of the
ledger costs alone, in the same run, and the most memory that the process took.
"""

import argparse
import resource
import tempfile
from pathlib import Path

from benchmarks.ledger import fill
from benchmarks.speed import time_it
from reportedly.briefing import build_brief
from reportedly.briefs.render import render
from reportedly.exporting import export
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
            seconds = time_it(lambda kind=kind: export(case, kind, work / f"out{claims}.{kind}"))  # type: ignore[misc]
            print(f"  {kind:<8} {claims / seconds:>9,.0f} a second, {bare / seconds:.2f} of that; {_most_memory()} MB at most")


def _most_memory() -> int:
    """Megabytes that this process and the largest of its workers took at most."""
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024


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
