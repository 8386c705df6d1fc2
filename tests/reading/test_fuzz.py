"""Damaged files of each format end as reports or as errors that say so, never as an exception of a library. REPORTEDLY_FUZZ=20000 runs for
minutes."""

import gzip
import io
import os
import zipfile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests_support import make_pdf

from reportedly.errors import UnreadableReport
from reportedly.reading import Given, Source, read_source
from reportedly.records import Reading

STORY = "The crew of the Orlen left the yard at Tarovsk on Monday. A guard said that 40 men had signed for two years."
EXAMPLES = int(os.environ.get("REPORTEDLY_FUZZ", "60"))


def make_docx() -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph(STORY)
    document.save(buffer)
    return buffer.getvalue()


def make_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", STORY)
        archive.writestr("b.html", f"<html><body><p>{STORY}</p></body></html>")
    return buffer.getvalue()


HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>" + STORY.encode() + b"</p></body></html>"
WARC = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nWARC-Date: 2024-05-01T00:00:00Z\r\nContent-Type: application/http\r\n"
WARC += b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(HTTP), HTTP)
HEAD = b"From: Hill Post <a@b.example>\nSubject: =?utf-8?q?Crew?=\nDate: Fri, 03 May 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
SAMPLES = {
    "page.html": f'<!doctype html><html><head><meta property="og:site_name" content="Hill Post"><script type="application/ld+json">{{"datePublished":"2024-05-03"}}</script></head><body><article><p>{STORY}</p><p>{STORY}</p></article></body></html>'.encode(),
    "a.pdf": make_pdf([STORY], [STORY]),
    "a.docx": make_docx(),
    "a.eml": HEAD + b"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n" + STORY.encode() + b"=20\n--B\nContent-Disposition: attachment; filename*=utf-8''a.txt\nContent-Transfer-Encoding: base64\n\nVGhlIGNyZXcgbGVmdC4=\n--B--\n",
    "a.mbox": 2 * (b"From a@b.example Fri May  3 10:00:00 2024\n" + HEAD + b"\n" + STORY.encode() + b"\n\n"),
    "feed.xml": f'<?xml version="1.0"?><rss version="2.0"><channel><title>Hill Post</title><item><title>Crew</title><link>https://a.example</link><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate><description>&lt;p&gt;{STORY}&lt;/p&gt;</description></item></channel></rss>'.encode(),
    "a.warc": 2 * WARC,
    "a.warc.gz": gzip.compress(WARC) + gzip.compress(WARC),
    "a.zip": make_zip(),
    "a.jsonl": f'{{"text": "{STORY}", "date": "2024-05-03", "author": ["Ann"]}}\n{{"text": "x", "url": "u"}}\n'.encode(),
    "a.csv": f'text,published\n"{STORY}",2024-05-03\nx,\n'.encode(),
}  # fmt: skip


@st.composite
def damages(draw: st.DrawFn) -> list[tuple[str, float, bytes]]:
    """What is done to a file: each time a kind, a place (as a share of its length) and some bytes."""
    kinds = st.sampled_from(["cut", "flip", "insert", "double", "drop"])
    return draw(st.lists(st.tuples(kinds, st.floats(0, 1), st.binary(min_size=1, max_size=8)), min_size=1, max_size=4))


def damage(original: bytes, changes: list[tuple[str, float, bytes]]) -> bytes:
    for kind, share, more in changes:
        at = int(share * len(original))
        if kind == "cut":
            original = original[:at] if at else original
        elif kind == "flip":
            original = original[:at] + bytes(byte ^ 0xFF for byte in original[at : at + 1]) + original[at + 1 :]
        elif kind == "insert":
            original = original[:at] + more + original[at:]
        elif kind == "double":
            original = original[:at] + original[at : at + 200] + original[at:]
        else:
            original = original[:at] + original[at + len(more) :]
    return original


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_an_undamaged_file_is_read(name: str) -> None:
    items = list(read_source(Source(name, None, Given(), SAMPLES[name])))
    assert items
    assert all(isinstance(item, Reading) for item in items)


@pytest.mark.parametrize("name", sorted(SAMPLES))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=damages())
def test_a_damaged_file_becomes_reports_or_errors_that_say_so(name: str, changes: list[tuple[str, float, bytes]]) -> None:
    for item in read_source(Source(name, None, Given(), damage(SAMPLES[name], changes))):
        if isinstance(item, UnreadableReport):
            assert "\n" not in str(item)
        else:
            assert item.report.text.encode()
            assert item.report.text.strip()
            assert all(0 <= segment.start < segment.end <= len(item.report.text) for segment in item.report.segments)
