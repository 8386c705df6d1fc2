"""What lineage costs as reports grow: features and keys, candidates, comparisons, against bare signatures of the same texts; and what one
report more costs.

    python -m benchmarks.lineage [--reports N …]          default: 1000 10000

Reports are generated: 120 to 600 words of a fixed vocabulary, one in ten a copy of another with sentences cut and words swapped. The
signatures are MinHash of word 5-grams by rensa, which finds no rewrites: the floor of what it costs to look at every text once.
"""

import argparse
import random
import resource
from dataclasses import replace

from rensa import RMinHash  # type: ignore[import-untyped]

from benchmarks.speed import time_it
from reportedly.lineage.links import Lineage, find_copies
from reportedly.reading import Given, make_reading
from reportedly.records import Published, Report
from reportedly.values import parse_day

_SYLLABLES = "ba ko ri ten mal shu ver dor lin pas tra gol mi ne sar vo qui ter han zel".split()
_ALONE = 100  # reports that are taken in one by one
_OUTLETS = [f"Outlet {number}" for number in range(200)]


def make_reports(count: int, seed: int = 7) -> dict[str, Report]:
    """So many reports by id, in the order of publication; the same seed gives the same reports."""
    draw = random.Random(seed)
    words = ["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))) for _ in range(8000)]
    common = draw.choices(words, k=400)
    names = [word.capitalize() for word in draw.choices(words, k=6000)]
    model = make_reading(b"The crew left.", "model.txt", Given(outlet="x", published="2031-01-01")).report
    made: list[Report] = []
    for number in range(count):
        text = _copy(draw, draw.choice(made).text, words) if made and number % 10 == 0 else _story(draw, words, common, names)
        day = Published(parse_day(f"2031-{number * 12 // count + 1:02d}-{number % 28 + 1:02d}"), "given")
        segment = replace(model.segments[0], start=0, end=len(text))
        made.append(replace(model, id=f"{number:016x}", file=f"{number}.txt", text=text, segments=(segment,), published=day, outlet=draw.choice(_OUTLETS)))
    return {report.id: report for report in sorted(made, key=lambda report: (report.published.when.edtf if report.published.when else "", report.id))}


def _story(draw: random.Random, words: list[str], common: list[str], names: list[str]) -> str:
    who, length, sentences = draw.choices(names, k=6), draw.randint(120, 600), []
    while length > 0:
        size = draw.randint(10, 28)
        parts = [draw.choice(common) if draw.random() < 0.5 else draw.choice(words) for _ in range(size)]
        parts[draw.randrange(1, size)] = draw.choice(who)
        if draw.random() < 0.4:
            parts[draw.randrange(1, size)] = str(draw.randint(13, 9000))
        sentences.append(" ".join(parts).capitalize() + ".")
        length -= size
    return " ".join(sentences)


def _copy(draw: random.Random, text: str, words: list[str]) -> str:
    kept = [sentence for sentence in text.split(". ") if draw.random() > 0.15]
    return ". ".join(" ".join(draw.choice(words) if draw.random() < 0.15 and word.islower() else word for word in sentence.split(" ")) for sentence in kept)


def _sign(reports: dict[str, Report]) -> None:
    for report in reports.values():
        words = report.text.split()
        signature = RMinHash(num_perm=128, seed=1)
        signature.update([" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))])
        signature.digest()


def _one_more(reports: dict[str, Report]) -> list[float]:
    """Seconds of each of the last reports, taken into the links of all others alone."""
    last = random.Random(2).sample(sorted(reports), _ALONE)
    lineage = Lineage()
    lineage.take({name: report for name, report in reports.items() if name not in last}, {})
    return sorted(time_it(lambda name=name: _take(lineage, reports[name])) for name in last)  # type: ignore[misc]


def _take(lineage: Lineage, report: Report) -> int:
    lineage.take({report.id: report}, {})
    return len(lineage.links)


def measure(count: int) -> None:
    reports = make_reports(count)
    floor = time_it(lambda: _sign(reports))
    found: list[int] = []
    seconds = time_it(lambda: found.append(len(find_copies(reports))))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    alone = _one_more(reports)
    print(f"{count:8,} reports: {seconds:7.1f} s ({count / seconds:,.0f} a second), {found[0]:,} links, {seconds / floor:.1f} × bare signatures, {memory:,.0f} MB")
    print(f"{'':8} one more: {1000 * alone[len(alone) // 2]:.1f} ms, p95 {1000 * alone[int(0.95 * len(alone))]:.1f} ms of {len(alone)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[1_000, 10_000])
    for count in parser.parse_args().reports:
        measure(count)


if __name__ == "__main__":
    main()
