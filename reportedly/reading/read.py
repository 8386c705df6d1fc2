"""Bytes to Reports with their leavings: what a file is, what it holds, and each report in it."""

import hashlib
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from reportedly.errors import UnreadableReport
from reportedly.reading.archive import ZIP_ERRORS, read_zip, unpack_gzip
from reportedly.reading.decode import decode
from reportedly.reading.detect import HEAD, SUFFIXES, TABLE, find_media_type
from reportedly.reading.docx import read_docx
from reportedly.reading.feed import read_feed
from reportedly.reading.gather import Source
from reportedly.reading.given import Given, read_front_matter
from reportedly.reading.html import read_html
from reportedly.reading.language import find_language
from reportedly.reading.mail import read_mbox, read_message
from reportedly.reading.page import Member, Page
from reportedly.reading.pdf import read_pdf
from reportedly.reading.rows import read_csv, read_json_lines
from reportedly.reading.segments import find_segments
from reportedly.reading.warc import is_archive, read_wacz, read_warc
from reportedly.records import Collected, Leaving, Reading, Report

VERSION = version("reportedly")
MAX_BYTES = 10_000_000  # a long investigation is 200 kB; more is a dump of many reports, and costs memory in the parser
_MOST_DEEP = 3  # containers within containers
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LIBRARIES = {"text/html": "trafilatura", "application/pdf": "pypdfium2", _DOCX: "python-docx", "message/rfc822": "trafilatura", "application/rss+xml": "lxml"}
_WITH_PICTURES = ("application/pdf", _DOCX, "message/rfc822")
_OF_ONE = ("title", "byline", "dateline", "published", "published_basis", "url", "translation_of")  # of what is given, what one report alone has
_ROWS = ("application/jsonl", "text/csv")
_NOT_TEXT = re.compile("[\0\ud800-\udfff]")

Item = Reading | UnreadableReport
READERS: dict[str, Callable[[bytes, str], Page]] = {"application/pdf": read_pdf, _DOCX: read_docx}  # of what bytes alone decide; a web page has an address too


@dataclass(frozen=True, slots=True)
class Limits:
    """What a report may cost: bytes of one, and which columns of rows mean what (ours to theirs). `today` is the day (UTC) after which nothing
    can have been saved or published; None: by this machine's clock. Without `cut` what of a web page is outside its story is not looked for."""

    max_bytes: int = MAX_BYTES
    columns: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None
    cut: bool = True

    def of(self, media_type: str) -> int:
        """The bytes that one file of a type may have: documents carry pictures."""
        return 10 * self.max_bytes if media_type in _WITH_PICTURES else self.max_bytes


def read_source(source: Source, limits: Limits | None = None, first: int = 0, begin: Callable[[int], None] = lambda _: None) -> Iterator[Item]:
    """Every report of a source in its order; what in it cannot be read stands among them as the error that says so, and the rest goes on. Of a
    container the members before `first` are passed over, and `begin` is told the number of each before it is read."""
    limits = limits or Limits()
    try:
        with io.BytesIO(source.original) if source.original is not None else _open(Path(source.path or "")) as stream:
            yield from _read(stream, source.file, source.given, limits, 0, first=first, begin=begin)
    except UnreadableReport as problem:
        yield problem


def find_members(stream: BinaryIO, file: str, limits: Limits) -> Iterator[Member | UnreadableReport]:
    """What a file holds, unread: of a container its members, else itself. Raises UnreadableReport where it breaks off, or is too large."""
    media_type = _find_type(stream, file)
    if media_type in _CONTAINERS:
        return _members(media_type, stream, file, limits)
    return iter([Member("", _load(stream, file, limits, media_type), media_type=media_type)])


def read_member(member: Member, file: str, limits: Limits) -> list[Item]:
    """The reports of one member of a file."""
    items: list[Item] = []
    try:
        items.extend(_read_member(member, f"{file}/{_label(member.name)}" if member.name else file, Given(), limits, 0, ""))
    except UnreadableReport as problem:
        items.append(problem)
    return items


def make_reading(original: bytes, file: str, given: Given | None = None, max_bytes: int = MAX_BYTES) -> Reading:
    """The one report that bytes at hand are. What a manifest gives stands over what they say of themselves. Raises UnreadableReport; with
    code `format` where they are a container of reports."""
    media_type = _find_type(io.BytesIO(original), file)
    if media_type in _CONTAINERS:
        raise UnreadableReport(file, "format", f"{media_type} holds other files", "add it to a case")
    return _make_reading(original, file, given or Given(), Limits(max_bytes), media_type)


def load_original(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a file that is one report, refused unread where it is larger than its type may be. Raises UnreadableReport."""
    with _open(path) as stream:
        return _load(stream, str(path), Limits(max_bytes), _find_type(stream, path.name))


def is_plain(source: Source) -> bool:
    """Whether a source is plain text, which is read without a worker: nothing in it can run away."""
    try:
        if source.original is not None:
            head = source.original[:HEAD]
        else:
            with _open(Path(source.path or "")) as stream:
                head = stream.read(HEAD)
    except UnreadableReport:
        return True
    return find_media_type(head, source.file) in SUFFIXES.values()


def _open(path: Path) -> BinaryIO:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableReport(str(path), "unreadable", "is no regular file", "save its text to a file, or pipe it to -")
        return path.open("rb")
    except OSError as error:
        raise UnreadableReport(str(path), "unreadable", f"cannot be read ({error.strerror})", "check the file and its permissions") from error


def _find_type(stream: BinaryIO, file: str) -> str:
    """The media type; of a ZIP file whether it is a Word document, of a gzip file whether it is a web archive."""
    head = stream.read(HEAD)
    stream.seek(0)
    media_type = find_media_type(head, file)
    if media_type == "application/zip":
        return _find_zip_type(stream)
    if media_type == "application/gzip":
        try:
            return "application/warc" if zlib.decompressobj(wbits=31).decompress(head, 16).startswith(b"WARC/1.") else media_type
        except zlib.error:
            return media_type
    return media_type


def _find_zip_type(stream: BinaryIO) -> str:
    try:
        names = set(zipfile.ZipFile(stream).namelist())
    except ZIP_ERRORS:
        return "application/zip"
    finally:
        stream.seek(0)
    if "word/document.xml" in names:
        return _DOCX
    if "datapackage.json" in names and any(map(is_archive, names)):
        return "application/wacz"
    return "application/vnd.office" if "[Content_Types].xml" in names or "mimetype" in names else "application/zip"


def _members(media_type: str, stream: BinaryIO, file: str, limits: Limits) -> Iterator[Member | UnreadableReport]:
    """What a container holds."""
    if media_type == "application/zip":
        return read_zip(stream, file, limits.max_bytes)
    if media_type == "application/gzip":
        return iter([Member(file.rpartition("/")[2].removesuffix(".gz"), unpack_gzip(stream, file, limits.max_bytes))])
    if media_type == "application/warc":
        return read_warc(stream, file, limits.max_bytes, limits.today)
    if media_type == "application/wacz":
        return read_wacz(stream, file, limits.max_bytes, limits.today)
    if media_type == "application/mbox":
        return read_mbox(stream)
    if media_type == "message/rfc822":
        return read_message(_load(stream, file, limits, media_type), file)
    if media_type == "application/rss+xml":
        return read_feed(stream, file)
    if media_type == TABLE:
        from reportedly.reading.table import read_table  # its library is an extra

        return read_table(stream, file, limits.columns)
    return read_json_lines(stream, file, limits.columns) if media_type == "application/jsonl" else read_csv(stream, file, limits.columns)


_CONTAINERS = frozenset(("application/zip", "application/gzip", "application/warc", "application/wacz", "application/mbox", "message/rfc822", "application/rss+xml", TABLE, *_ROWS))


def _read(
    stream: BinaryIO, file: str, given: Given, limits: Limits, depth: int, member: Member | None = None, *, first: int = 0, begin: Callable[[int], None] = lambda _: None
) -> Iterator[Item]:
    media_type = (member.media_type if member else None) or _find_type(stream, file)
    if media_type not in _CONTAINERS:
        yield _make_reading(_load(stream, file, limits, media_type), file, given, limits, media_type, member.charset if member else None)
        return
    if depth > _MOST_DEEP:
        raise UnreadableReport(file, "nested", f"archives within archives, more than {_MOST_DEEP} deep", "unpack it, and add the files")
    labels: set[str] = set()  # two members may bear one name
    for number, found in enumerate(_members(media_type, stream, file, limits)):
        if number < first:
            continue
        begin(number)
        if isinstance(found, UnreadableReport):
            yield found
            continue
        label = f"{file}/{_label(found.name)}" if found.name else file
        label = f"{label} ({number + 1})" if label in labels else label
        labels.add(label)
        try:
            yield from _read_member(found, label, given, limits, depth, media_type)
        except UnreadableReport as problem:
            yield problem


def _read_member(member: Member, file: str, given: Given, limits: Limits, depth: int, media_type: str) -> Iterator[Item]:
    whole = given if not member.name else given.model_copy(update=dict.fromkeys(_OF_ONE))  # what is said of a container is not each member's
    given = whole.over(member.given)
    if member.page is not None:
        page = replace(member.page, read_from={**member.page.read_from, **member.read_from})
        yield _make_report(member.original, file, given, page, limits, member.media_type or media_type)
        return
    for item in _read(io.BytesIO(member.original), file, given, limits, depth + 1, member):
        yield item if isinstance(item, UnreadableReport) or not member.read_from else _with_sources(item, member.read_from)


def _with_sources(reading: Reading, read_from: Mapping[str, str]) -> Reading:
    return replace(reading, report=replace(reading.report, read_from={**reading.report.read_from, **read_from}))


def _label(name: str) -> str:
    """A name that a stranger chose, for showing: it is never used as a path."""
    parts = [part for part in re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", name).replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts)[-300:] or "unnamed"


def _load(stream: BinaryIO, file: str, limits: Limits, media_type: str) -> bytes:
    """All bytes of one report, refused where they are more than it may have."""
    size, most = stream.seek(0, os.SEEK_END), limits.of(media_type)
    stream.seek(0)
    if size > most:
        raise _too_large(file, size, most)
    return stream.read()


def _make_reading(original: bytes, file: str, given: Given, limits: Limits, media_type: str, charset: str | None = None) -> Reading:
    if len(original) > limits.of(media_type):
        raise _too_large(file, len(original), limits.of(media_type))
    if media_type in SUFFIXES.values():
        page = _read_text(original, file)
    elif media_type == "text/html":
        page = read_html(original, file, given.url, charset, cut=limits.cut, latest=_last_day(given, limits))
    elif media_type in READERS:
        page = READERS[media_type](original, file)
    else:
        raise UnreadableReport(file, "binary" if Path(file).suffix.lower() in SUFFIXES else "format", f"{media_type} is not read", "save its text as .txt and add that")
    return _make_report(original, file, given, page, limits, media_type)


def _read_text(original: bytes, file: str) -> Page:
    """Plain text or Markdown, with the front matter that may open it."""
    decoded = decode(original, file)
    front = read_front_matter(decoded.text, file)
    text = decoded.text[front.body_start :]
    if not text.strip():
        raise UnreadableReport(file, "empty", "front matter and no text", "add the text of the report below the second '---'")
    return Page(text, decoded.encoding, front.given, left=tuple(("front-matter-key", key) for key in front.unknown))


def _make_report(original: bytes, file: str, given: Given, page: Page, limits: Limits, media_type: str) -> Reading:
    if len(page.text) > limits.max_bytes:
        raise _too_large(file, len(page.text), limits.max_bytes)
    text = _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", page.text)
    if not text.strip():
        raise UnreadableReport(file, "empty", "it holds no text", "nothing to read; remove it")
    fields = given.over(page.found)
    late = media_type not in SUFFIXES.values() and given.published is None and (fields.published or "") > _last_day(fields, limits)
    if late:  # a clock that is wrong, or a day of which the page tells
        fields = fields.model_copy(update={"published": None, "published_basis": None})
    layout = find_segments(text, media_type)
    body = " ".join(text[segment.start : segment.end] for segment in layout.segments if segment.kind == "body")
    sha256 = hashlib.sha256(original).hexdigest()
    read_from = {name: place for name, place in page.read_from.items() if getattr(given, name, None) in (None, getattr(page.found, name, None)) and getattr(fields, name, None)}
    read_from |= {name: f"line “{getattr(layout, name)}”" for name in ("agency", "title", "byline", "dateline") if getattr(fields, name) is None and getattr(layout, name)}
    report = Report(
        id=make_report_id(sha256, "", fields.url or fields.outlet or ""),
        file=file,
        place="",
        sha256=sha256,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        segments=layout.segments,
        published=fields.when_published(),
        media_type=media_type,
        encoding=page.encoding,
        language=fields.language or find_language(body),
        outlet=fields.outlet,
        agency=fields.agency or layout.agency,
        title=fields.title or layout.title,
        byline=fields.byline or layout.byline,
        dateline=fields.dateline or layout.dateline,
        url=fields.url,
        read_from=read_from if media_type not in SUFFIXES.values() else {},
        pages=page.starts,
        translation_of=fields.translation_of,
    )
    leavings = [Leaving("reading", apart.kind, file, report.id, apart.start, apart.end) for apart in layout.apart]
    leavings += [Leaving("reading", reason, file, report.id, note=words) for reason, words in page.left]
    leavings += [Leaving("reading", "future-day", file, report.id, note=f"{page.found.published} is said to be its day, and lies ahead")] if late else []
    return Reading(report, original, tuple(leavings), _make_collected(report, fields, "standard input" if file == "stdin" else "file"), page.cut)


def _last_day(given: Given, limits: Limits) -> str:
    """The last day on which a page can have appeared: the day after it was saved, for the sake of time zones."""
    saved = date.fromisoformat(given.collected_at[:10]) if given.collected_at else limits.today or datetime.now(UTC).date()
    return (saved + timedelta(days=1)).isoformat()


def _make_collected(report: Report, given: Given, how: str) -> Collected:
    """How the bytes came here, as far as it is given; the ledger puts its own time where none is."""
    library = _LIBRARIES.get(report.media_type)
    return Collected(
        report=report.id,
        file=report.file,
        sha256=report.sha256,
        media_type=report.media_type,
        collected_at=given.collected_at or "",
        method=f"{given.method or how}; read by reportedly {VERSION}" + (f" with {library} {_version_of(library)}" if library else ""),
        collector=given.collector,
        source_url=given.source_url or given.url,
        notes=given.note,
    )


@cache
def _version_of(library: str) -> str:
    return version(library)


def make_report_id(sha256: str, place: str, source: str) -> str:
    """16 hex digits over the original's hash, its place in a container, and the canonical URL or else the outlet."""
    return hashlib.sha256(f"{sha256}\n{place}\n{source}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _too_large(file: str, size: int, limit: int) -> UnreadableReport:
    return UnreadableReport(file, "too-large", f"{size / 1e6:.0f} MB is more than a report of {limit / 1e6:.0f} MB", "split it into one file a report")
