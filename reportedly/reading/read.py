"""One file's bytes to one Report with its leavings."""

import hashlib
import stat
from importlib.metadata import version
from pathlib import Path

from reportedly.errors import UnreadableReport
from reportedly.reading.decode import decode
from reportedly.reading.gather import SUFFIXES, Source
from reportedly.reading.given import Given, read_front_matter
from reportedly.reading.language import find_language
from reportedly.reading.segments import find_segments
from reportedly.records import Collected, Leaving, Reading, Report

VERSION = version("reportedly")
MAX_BYTES = 10_000_000  # a long investigation is 200 kB; more is a dump of many reports, and costs memory in the parser


def read_source(source: Source, max_bytes: int = MAX_BYTES) -> Reading:
    """Load and read a source. Raises UnreadableReport with the place, what is wrong and what to do."""
    original = source.original if source.original is not None else load_original(Path(source.path or ""), max_bytes)
    return make_reading(original, source.file, source.given, max_bytes)


def load_original(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a file, refused unread where it is larger than `max_bytes`."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableReport(str(path), "unreadable", "is no regular file", "save its text to a file, or pipe it to -")
        if path.stat().st_size > max_bytes:
            raise _too_large(str(path), path.stat().st_size, max_bytes)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableReport(str(path), "unreadable", f"cannot be read ({error.strerror})", "check the file and its permissions") from error


def make_reading(original: bytes, file: str, given: Given | None = None, max_bytes: int = MAX_BYTES) -> Reading:
    """A Report from bytes already at hand. What a manifest gives stands over front matter."""
    if len(original) > max_bytes:
        raise _too_large(file, len(original), max_bytes)
    decoded = decode(original, file)
    front = read_front_matter(decoded.text, file)
    fields = (given or Given()).over(front.given)
    text = decoded.text[front.body_start :]
    if not text.strip():
        raise UnreadableReport(file, "empty", "front matter and no text", "add the text of the report below the second '---'")
    media_type = SUFFIXES.get(Path(file).suffix.lower(), "text/plain")
    layout = find_segments(text, media_type)
    body = " ".join(text[segment.start : segment.end] for segment in layout.segments if segment.kind == "body")
    sha256 = hashlib.sha256(original).hexdigest()
    report = Report(
        id=make_report_id(sha256, "", fields.url or fields.outlet or ""),
        file=file,
        place="",
        sha256=sha256,
        text=text,
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        segments=layout.segments,
        published=fields.when_published(),
        media_type=media_type,
        encoding=decoded.encoding,
        language=fields.language or find_language(body),
        outlet=fields.outlet,
        agency=fields.agency or layout.agency,
        title=fields.title or layout.title,
        byline=fields.byline or layout.byline,
        dateline=fields.dateline or layout.dateline,
        url=fields.url,
    )
    leavings = [Leaving("reading", apart.kind, file, report.id, apart.start, apart.end) for apart in layout.apart]
    leavings += [Leaving("reading", "front-matter-key", file, report.id, note=key) for key in front.unknown]
    return Reading(report, original, tuple(leavings), _make_collected(report, fields, "standard input" if file == "stdin" else "file"))


def _make_collected(report: Report, given: Given, how: str) -> Collected:
    """How the bytes came here, as far as it is given; the ledger puts its own time where none is."""
    return Collected(
        report=report.id,
        file=report.file,
        sha256=report.sha256,
        media_type=report.media_type,
        collected_at=given.collected_at or "",
        method=f"{given.method or how}; read by reportedly {VERSION}",
        collector=given.collector,
        source_url=given.source_url or given.url,
        notes=given.note,
    )


def make_report_id(sha256: str, place: str, source: str) -> str:
    """16 hex digits over the original's hash, its place in a container, and the canonical URL or else the outlet."""
    return hashlib.sha256(f"{sha256}\n{place}\n{source}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _too_large(file: str, size: int, limit: int) -> UnreadableReport:
    return UnreadableReport(file, "too-large", f"{size / 1e6:.0f} MB is more than a report of {limit / 1e6:.0f} MB", "split it into one file a report")
