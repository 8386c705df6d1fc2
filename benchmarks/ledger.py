"""What the ledger costs as it grows: appending, one more report, searching, starting.

    python -m benchmarks.ledger [--claims N …]          default: 10000 100000

Claims are generated, ten a report. Times are of this machine; their growth from one size to the next is what to quote.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.speed import time_it
from reportedly.ledger import seal
from reportedly.ledger.case import create_case, open_ledger
from reportedly.pipeline import open_case
from reportedly.reading import Given, make_reading
from reportedly.records import ClaimSet, Reading
from reportedly.understanding.read import understand

TEXT = "The bureau sent {n} loggers to Chita on Monday, a guard at camp Q{n} said.\n\nThe crew of ship R{n} will leave in May. Each man paid {n} dollars.\n"
TOGETHER = 500  # reports a transaction


def make_reports(count: int) -> list[tuple[Reading, ClaimSet]]:
    """So many reports with ten claims each: one is read, the others are it with other words."""
    model = make_reading(TEXT.format(n="40").encode(), "model.txt", Given(outlet="Hill Post", published="2031-06-11"))
    claims = next(understand([model.report])).claims
    claims = tuple(replace(claims[number % len(claims)], id=f"{number:016x}") for number in range(10))
    made = []
    for number in range(count):
        original = TEXT.format(n=str(number)).encode()
        report = replace(model.report, id=f"{number:016x}", file=f"{number}.txt")
        made.append(
            (Reading(report, original), ClaimSet(report.id, "generated", tuple(replace(one, report=report.id, id=f"{number:08x}{at:08x}") for at, one in enumerate(claims))))
        )
    return made


def append(folder: Path, made: list[tuple[Reading, ClaimSet]]) -> None:
    with open_ledger(folder) as ledger:
        for at in range(0, len(made), TOGETHER):
            with ledger.transaction():
                for reading, claim_set in made[at : at + TOGETHER]:
                    ledger.add_report(reading.report)
                    ledger.add_claims(seal(claim_set))


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[18] if len(times) > 1 else times[0]


def measure(claims: int, work: Path) -> None:
    folder = work / f"case{claims}"
    create_case(folder, "Generated")
    made = make_reports(claims // 10)
    seconds = time_it(lambda: append(folder, made))
    extra = make_reports(claims // 10 + 40)[-40:]
    one = p95([time_it(lambda pair=pair: append(folder, [pair])) for pair in extra[:20]])  # type: ignore[misc]
    first = time_it(lambda: _search(folder, "loggers"))
    full_text = p95([time_it(lambda number=number: _search(folder, f"Q{number} loggers")) for number in range(20)])  # type: ignore[misc]
    after = p95([time_it(lambda: _search(folder, "loggers")) for _ in range(10)])
    start = statistics.median(time_it(lambda: _run("claims", str(folder), "--limit", "20")) for _ in range(3))
    check = time_it(lambda: _run("verify", str(folder)))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(
        f"{claims:9,} claims: append {claims / seconds:9,.0f} claims/s, one report {one * 1000:6.1f} ms, index made {first:6.1f} s, "
        f"search {full_text * 1000:6.1f} ms, of all {after * 1000:6.1f} ms, claims --limit 20 {start:5.2f} s, verify {check:5.1f} s, {size / claims:6.0f} bytes a claim"
    )
    shutil.rmtree(folder)


def _search(folder: Path, words: str) -> None:
    with open_case(folder) as case:
        case.search(words, {}, 50)


def _run(*arguments: str) -> None:
    code = "import sys; from reportedly.cli import main; sys.argv = ['reportedly', *sys.argv[1:]]; main()"
    subprocess.run([sys.executable, "-c", code, *arguments], check=False, capture_output=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        for claims in options.claims:
            measure(claims, Path(work))


if __name__ == "__main__":
    main()
