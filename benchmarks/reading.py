"""What reading costs against the bare libraries in the same run, and how good it is on our own pages.

python -m benchmarks.reading [--rounds 3]           throughput of pages, PDFs and a web archive, one core
python -m benchmarks.reading --pages                scores on gate/reading, page by page
python -m benchmarks.reading --archive 2000         memory over a generated web archive of so many megabytes
python -m benchmarks.reading --add 1000             so many pages into a case, end to end
"""

import argparse
import gc
import io
import json
import resource
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.speed import time_it
from gate.test_reading import FACTS, HERE, PAGES, facts_of, read, score, score_text
from reportedly.errors import UnreadableReport
from reportedly.pipeline import init_case
from reportedly.reading import Given, Limits, Source, Worker, make_reading, read_source
from reportedly.reading.html import read_html

_COPIES = 4  # of each page


def _pages() -> list[bytes]:
    return [(HERE / "reading" / "pages" / page["file"]).read_bytes() for page in PAGES] * _COPIES


def make_pdf(pages: int) -> bytes:
    """A PDF of so many pages of text, written by hand."""
    story = " ".join(f"The crew of the Orlen left yard {number} at Tarovsk, and a guard said that they had signed for two years." for number in range(40))
    lines = [f"({line}) Tj T*" for line in textwrap.wrap(story, 95)]
    stream = ("BT /F1 9 Tf 12 TL 40 800 Td " + " ".join(lines) + " ET").encode()
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(pages))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>".encode(), b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for number in range(pages):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        objects += [page.encode(), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def write_warc(path: Path, bodies: Iterator[bytes]) -> int:
    """A web archive of pages, each with a line of its own; how many."""
    count = 0
    with path.open("wb") as out:
        for count, body in enumerate(bodies, start=1):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body + b"<!-- %d -->" % count
            head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/{count}\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n"
            head += f"WARC-Record-ID: <urn:uuid:{count:032x}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            out.write(head.encode() + http + b"\r\n\r\n")
    return count


def _bare_html(originals: list[bytes]) -> None:
    from trafilatura import bare_extraction

    for original in originals:
        bare_extraction(original, include_comments=False, with_metadata=True)


def _bare_pdf(original: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(original)
    for page in document:
        page.get_textpage().get_text_bounded()


def _bare_warc(path: Path) -> None:
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    from trafilatura import bare_extraction

    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            bare_extraction(record.reader.read(), include_comments=False, with_metadata=True)


def _ratio(name: str, ours: Callable[[], object], bare: Callable[[], object], rounds: int, count: int) -> None:
    pairs = [(time_it(ours), time_it(bare)) for _ in range(rounds)]
    mine, theirs = min(one for one, _ in pairs), min(other for _, other in pairs)
    print(f"{name:24} {count / mine:8,.0f} a second, {mine / theirs:.2f} × the library alone")


def compare(rounds: int) -> None:
    pages = _pages()
    _bare_html(pages[:4])  # what is loaded once is not counted
    _ratio("pages", lambda: [read_html(original, "page.html") for original in pages], lambda: _bare_html(pages), rounds, len(pages))
    _ratio("pages to reports", lambda: [make_reading(original, "page.html") for original in pages], lambda: _bare_html(pages), rounds, len(pages))
    pdf = make_pdf(300)
    _ratio("PDF pages to reports", lambda: make_reading(pdf, "long.pdf"), lambda: _bare_pdf(pdf), rounds, 300)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crawl.warc"
        count = write_warc(path, iter(pages))
        _ratio("web archive to reports", lambda: list(read_source(Source(path.name, path, Given()))), lambda: _bare_warc(path), rounds, count)


def measure_archive(megabytes: int) -> None:
    """The memory of reading an archive of large pages: most of its bytes are outside the stories."""
    body = _pages()[1] + b"<!-- " + b"x" * 400_000 + b" -->"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crawl.warc"
        write_warc(path, (body for _ in range(megabytes * 1_000_000 // len(body))))
        size, count = path.stat().st_size, 0
        with Worker(Limits()) as worker:
            for count, _ in enumerate(worker.read(Source(path.name, path, Given())), start=1):
                if count % max(1, megabytes // 8) == 0:
                    gc.collect()
        mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        theirs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"web archive of {size / 1e6:,.0f} MB, {count:,} reports: {mine} MB here, {theirs} MB in the worker")


def measure_add(reports: int) -> None:
    """Pages with a line of their own each into a new case."""
    pages = _pages()
    with tempfile.TemporaryDirectory() as folder, init_case(Path(folder) / "case") as case:
        for number in range(reports):
            name = Path(folder) / "in" / f"{number:05}.html"
            name.parent.mkdir(exist_ok=True)
            name.write_bytes(pages[number % len(pages)].replace(b"</body>", b"<p>%d</p></body>" % number))
        seconds = time_it(lambda: case.add([Path(folder) / "in"]))
        words = sum(len(report.text.split()) for report in case.view().reports.values())
        print(f"{reports:,} pages added in {seconds:.1f} s: {reports / seconds:.1f} pages and {words / seconds:,.0f} words a second")


def tell_pages() -> None:
    for page in PAGES:
        reading = read(page)
        found, text = facts_of(reading), " ".join(reading.report.text.split())
        wrong = {name: (found[name], page[name]) for name in FACTS if found[name] != page[name]}
        kept = [words for words in page["without"] if words in text]
        lost = [line[:60] for line in page["text"].split("\n") if line.strip() and " ".join(line.split()) not in text]
        print(f"{score_text(reading.report.text, page['text']):5.1f} {page['file']} {wrong or ''}{f' kept: {kept}' if kept else ''}{f' lost: {lost}' if lost else ''}")
    print(json.dumps(score()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--archive", type=int, metavar="MB")
    parser.add_argument("--add", type=int, metavar="REPORTS")
    options = parser.parse_args()
    try:
        if options.pages:
            tell_pages()
        elif options.archive:
            measure_archive(options.archive)
        elif options.add:
            measure_add(options.add)
        else:
            compare(options.rounds)
    except UnreadableReport as problem:
        print(problem)


if __name__ == "__main__":
    main()
