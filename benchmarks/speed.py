"""Words a second and memory: the bare parser against the whole reading, paired in one run; one worker against two.

    python -m benchmarks.speed [FOLDER] [--reports N] [--pairs N]     default: the example reports, repeated
    python -m benchmarks.speed --flat N                               memory over N generated reports
    python -m benchmarks.speed --curve                                values of one paragraph of up to a million characters

Ratios are the figures to quote: both sides run in turn in the same process on the same texts.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.understanding.parser import Passage

EXAMPLES = Path(__file__).parent.parent / "examples" / "timber"
BATCH = 8


def load_texts(folder: Path, count: int) -> list[str]:
    """Texts of a folder, repeated to `count`, each made its own by a number so that nothing can be remembered."""
    bodies = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.[tm][xd]*"))]
    bodies = [body.split("---\n", 2)[-1] for body in bodies]
    return [f"{bodies[n % len(bodies)]}\n\nThe note of that day bears the number {n + 100}.\n" for n in range(count)]


def time_it(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare_parser(texts: list[str], pairs: int) -> None:
    """The library alone, as it loads and as we load it, against bytes to claims."""
    import spacy

    from reportedly.reading import make_reading
    from reportedly.understanding.parser import MODELS, load_parser, parse
    from reportedly.understanding.read import understand
    from reportedly.values import find_places, find_quantities, find_times

    name = next(one for one in MODELS if spacy.util.is_package(one))
    whole, ours = spacy.load(name), load_parser()
    words = sum(len(text.split()) for text in texts)

    def bare(parser: spacy.language.Language) -> None:
        for _ in parser.pipe(texts, batch_size=BATCH):
            pass

    def reading() -> None:
        for at in range(0, len(texts), 16):
            reports = [make_reading(text.encode(), "text").report for text in texts[at : at + 16]]
            list(understand(reports, BATCH))

    bare(whole)
    bare(ours)
    reading()

    def values() -> None:
        for text in texts:
            times = find_times(text)
            find_quantities(text, [(match.start, match.end) for match in times])
            find_places(text)

    passages = list(parse(make_reading(text.encode(), "text").report for text in texts))

    def voices() -> None:
        for passage in passages:
            _read_voices(passage)

    rows = [(time_it(lambda: bare(whole)), time_it(lambda: bare(ours)), time_it(reading), time_it(values), time_it(voices)) for _ in range(pairs)]
    for label, column in (("bare nlp.pipe, all components", 0), ("bare nlp.pipe, without entities", 1), ("whole reading", 2), ("times, quantities and places alone", 3)):
        print(f"{label:36} {words / statistics.median(row[column] for row in rows):9.0f} words/s")
    print(f"{'reading / bare, all components':36} {statistics.median(row[0] / row[2] for row in rows):9.2f}")
    print(f"{'reading / bare, without entities':36} {statistics.median(row[1] / row[2] for row in rows):9.2f}")
    print(f"{'values / bare, all components':36} {statistics.median(row[3] / row[0] for row in rows):9.2f}")
    print(f"{'values / bare, without entities':36} {statistics.median(row[3] / row[1] for row in rows):9.2f}")
    print(f"{'voices and modality / bare, all':36} {statistics.median(row[4] / row[0] for row in rows):9.2f}")
    print(f"{'peak memory of this process':36} {_peak():9.0f} MB")


def _read_voices(passage: "Passage") -> None:
    """Quotations, chains, open questions, clauses and their modality of one parsed passage."""
    from reportedly.understanding.attribution import attribute, is_past
    from reportedly.understanding.clauses import find_clauses
    from reportedly.understanding.modality import read_modality
    from reportedly.understanding.quotes import find_quotes, read_speech
    from reportedly.understanding.unknowns import find_unknowns
    from reportedly.understanding.voices import Hearing

    hearing = Hearing(passage.report)
    breaks = [segment.start - passage.start for segment in passage.report.segments if segment.kind == "body"]
    quotes, sentences = find_quotes(passage.text, breaks), list(passage.doc.sents)
    for index, sentence in enumerate(sentences):
        attributed = attribute(sentence, hearing, read_speech(sentences, index, quotes, frozenset(breaks)))
        for clause in find_clauses(sentence, attributed.verbs, frozenset(attributed.by_content), find_unknowns(sentence)):
            read_modality(clause.head, clause.operators, is_past(attributed.cues_above(clause.top)))


def compare_workers(texts: list[str]) -> None:
    """One worker against two, both in pools that have been warmed, so that start-up does not count."""
    from reportedly.adding import understand_chunk
    from reportedly.engine import map_chunks
    from reportedly.reading import make_reading

    chunks = [(None, [make_reading(text.encode(), "text").report for text in texts[at : at + 16]]) for at in range(0, len(texts), 16)]
    times = {}
    for workers in (1, 2):
        marks = [time.perf_counter() for _ in map_chunks(partial(understand_chunk, batch_size=BATCH, playbooks=()), [*chunks[: 4 * workers], *chunks], max(workers, 1))]
        warm = marks[4 * workers - 1]
        times[workers] = marks[-1] - warm
    words = sum(len(text.split()) for text in texts)
    for workers, seconds in times.items():
        print(f"{f'{workers} worker' + 's' * (workers > 1):36} {words / seconds:9.0f} words/s")
    print(f"{'two workers / one':36} {times[1] / times[2]:9.2f}")


def watch_memory(count: int) -> None:
    """Resident memory of one worker while it reads `count` reports, a line every tenth."""
    from reportedly.reading import make_reading
    from reportedly.understanding.read import understand

    step = max(1, count // 10)
    for at, texts in enumerate(_in_sixteens(count)):
        list(understand([make_reading(text.encode(), "text").report for text in texts], BATCH))
        done = 16 * (at + 1)
        if done // step != (done - 16) // step:
            print(f"{done:7} reports {_resident():7.0f} MB")


def _in_sixteens(count: int) -> Iterator[list[str]]:
    bodies = load_texts(EXAMPLES, 6)
    for at in range(0, count, 16):
        yield [f"{bodies[n % 6]}\n\nCrew {n} of camp Q{n * 7919 % 10007} left with foreman Kim Ryol{n}.\n" for n in range(at, min(count, at + 16))]


def time_commands() -> None:
    """Wall seconds of the commands a person waits for, each a fresh process, the median of five."""
    python = [sys.executable, "-c", "import sys; from reportedly.cli import main; sys.argv = ['reportedly', *sys.argv[1:]]; main()"]
    with tempfile.TemporaryDirectory() as folder:
        case = f"{folder}/case"
        for label, command in (("--help", ["--help"]), ("init + add of the examples", []), ("claims --json", ["claims", case, "--json"]), ("brief", ["brief", case])):
            first_case = not command
            seconds = [_run([*python, "init", case]) + _run([*python, "add", case, str(EXAMPLES)])] if first_case else [_run([*python, *command]) for _ in range(5)]
            print(f"{'reportedly ' + label:36} {statistics.median(seconds):9.2f} s")


def _run(command: list[str]) -> float:
    return time_it(lambda: subprocess.run(command, check=True, capture_output=True))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def show_curve() -> None:
    """Seconds for the values of one paragraph, doubled up to a million characters: twice the text, twice the time."""
    from reportedly.values import find_places, find_quantities, find_times

    body = " ".join(text.replace("\n", " ") for text in load_texts(EXAMPLES, 6))
    for size in (62_500, 125_000, 250_000, 500_000, 1_000_000):
        text = (body * (size // len(body) + 1))[:size]

        def values(text: str = text) -> None:
            times = find_times(text)
            find_quantities(text, [(match.start, match.end) for match in times])
            find_places(text)

        print(f"{size:9} characters {time_it(values):8.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=EXAMPLES)
    parser.add_argument("--reports", type=int, default=240)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--flat", type=int, metavar="N")
    parser.add_argument("--curve", action="store_true")
    options = parser.parse_args()
    if options.flat:
        watch_memory(options.flat)
        return
    if options.curve:
        show_curve()
        return
    texts = load_texts(options.folder, options.reports)
    compare_parser(texts, options.pairs)
    compare_workers(texts * 3)
    time_commands()


if __name__ == "__main__":
    main()
