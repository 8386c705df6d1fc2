"""What the ledger costs as it grows: appending, one more report, searching, starting.

    python -m benchmarks.ledger [--claims N …]          default: 10000 100000

Claims are generated, ten a report, of a thousand voices and three years. Times are of this machine; their growth from one size to
the next, and what one report costs against an empty case in the same run, are what to quote.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.speed import time_it
from reportedly.ledger import seal
from reportedly.ledger.case import create_case, open_ledger
from reportedly.ledger.searching import Wanted
from reportedly.pipeline import open_case
from reportedly.reading import Given, make_reading
from reportedly.records import ClaimSet, Published, Reading
from reportedly.understanding.read import understand
from reportedly.values import parse_day

TEXT = "The bureau sent {n} loggers to Chita on Monday, a guard at camp Q{n} said.\n\nThe crew of ship R{n} will leave in May. Each man paid {n} dollars.\n"
FIRST = date(2031, 1, 1)
DAYS, VOICES = 1095, 1000
TOGETHER = 500  # reports a transaction


def make_reports(first: int, count: int) -> Iterator[tuple[Reading, ClaimSet]]:
    """So many reports with ten claims each: one is read, the others are it with other numbers, voices and days."""
    model = make_reading(TEXT.format(n="40").encode(), "model.txt", Given(outlet="Hill Post", published="2031-06-11"))
    claims = next(understand([model.report])).claims
    claims = tuple(claims[number % len(claims)] for number in range(10))
    for number in range(first, first + count):
        published = Published(parse_day((FIRST + timedelta(number % DAYS)).isoformat()), "given")
        report = replace(model.report, id=f"{number:016x}", file=f"{number}.txt", published=published)
        voice = replace(claims[0].voice[0], name=f"guard {number * 7 % VOICES}")
        made = tuple(replace(one, report=report.id, id=f"{number:08x}{at:08x}", voice=(voice, *one.voice[1:])) for at, one in enumerate(claims))
        yield replace(model, report=report, collected=replace(model.collected, report=report.id)), ClaimSet(report.id, "generated", made)


def append(folder: Path, made: list[tuple[Reading, ClaimSet]]) -> None:
    with open_ledger(folder) as ledger, ledger.transaction():
        for reading, claim_set in made:
            ledger.add_reading(reading)
            ledger.add_claims(seal(claim_set))


def fill(folder: Path, reports: int) -> float:
    """Append so many reports, and the seconds that it took without making them."""
    seconds = 0.0
    for first in range(0, reports, TOGETHER):
        made = list(make_reports(first, min(TOGETHER, reports - first)))
        seconds += time_it(lambda made=made: append(folder, made))  # type: ignore[misc]
    return seconds


def p95(run: Callable[[int], object], times: int = 40) -> float:
    """Seconds that 95 of a hundred calls stay under."""
    return statistics.quantiles([time_it(lambda number=number: run(number)) for number in range(times)], n=20)[18]  # type: ignore[misc]


def measure(claims: int, work: Path) -> None:
    folder, empty = work / f"case{claims}", work / "empty"
    for case in (folder, empty):
        create_case(case, "Generated")
    appended = fill(folder, claims // 10)
    indexed = time_it(lambda: _search(folder, "loggers", Wanted()))
    extra = [list(make_reports(claims + number, 1)) for number in range(40)]
    commits = [p95(lambda number, case=case: append(case, extra[number])) for case in (folder, empty)]  # type: ignore[misc]
    texts = [_write(work / f"{number}.txt", TEXT.format(n=str(claims + number))) for number in range(41)]
    adds = []
    for case in (folder, empty):
        _add(case, texts[40])
        adds.append(statistics.median(time_it(lambda path=path, case=case: _add(case, path)) for path in texts[:40]))  # type: ignore[misc]
    words = p95(lambda number: _search(folder, f"guard {number}", Wanted()))
    common = p95(lambda _: _search(folder, "loggers", Wanted()))
    actor = p95(lambda number: _search(folder, None, Wanted(actor=f"guard {number}", since=FIRST + timedelta(number * 20), until=FIRST + timedelta(number * 20 + 30))))
    start = statistics.median(time_it(lambda: _run("claims", str(folder), "--limit", "20")) for _ in range(5))
    check = time_it(lambda: _run("verify", str(folder)))
    size = (folder / "ledger.sqlite").stat().st_size
    index = (folder / "derived.sqlite").stat().st_size
    print(
        f"{claims:9,} claims: append {claims / appended:7,.0f} claims/s, index {claims / indexed:7,.0f} claims/s, {size / claims:5.0f} + {index / claims:.0f} bytes a claim\n"
        f"    one report committed {commits[0] * 1000:.1f} ms (empty case {commits[1] * 1000:.1f}), added whole {adds[0] * 1000:.0f} ms (empty {adds[1] * 1000:.0f}, {adds[0] / adds[1]:.2f}×)\n"
        f"    words {words * 1000:.1f} ms, a word of all claims {common * 1000:.1f} ms, actor and month {actor * 1000:.1f} ms, claims --limit 20 {start:.2f} s, verify {check:.0f} s"
    )
    for case in (folder, empty):
        shutil.rmtree(case)


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _add(folder: Path, path: Path) -> None:
    with open_case(folder) as case:
        case.add([path])


def _search(folder: Path, words: str | None, wanted: Wanted) -> None:
    with open_case(folder) as case:
        case.search(words, wanted, 50)


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
