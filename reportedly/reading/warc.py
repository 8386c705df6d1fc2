"""Web archives (WARC, plain or gzipped; WACZ): each page that a server gave is a report, with its address and the time of capture."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import IO, TYPE_CHECKING, BinaryIO

from reportedly.errors import UnreadableReport
from reportedly.reading.archive import ZIP_ERRORS
from reportedly.reading.given import Given
from reportedly.reading.http import decode_body
from reportedly.reading.page import Member

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

_PAGES = ("text/", "application/xhtml", "application/pdf", "application/xml", "application/rss", "application/atom", "application/octet-stream")


def read_warc(stream: IO[bytes], file: str, max_bytes: int, today: date | None = None) -> Iterator[Member | UnreadableReport]:
    """The pages of an archive, one record at a time; a record over `max_bytes` is told. A capture after `today` (UTC) is that of a clock that is wrong. Raises UnreadableReport (`damaged`) where it breaks off,
    and gives last (`no-pages`) the counts of records that are no pages."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    passed: Counter[str] = Counter()
    number = 0
    records = ArchiveIterator(stream, record_types=WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion, strict_mode=False)
    while (record := _next(records, file, number)) is not None:
        number += 1
        kind = " ".join(str(record.http_content_type or record.headers.get("Content-Type") or "application/octet-stream").split())
        headers = record.http_headers
        status = (headers.status_code or 0) if headers else 200
        if not 200 <= status < 300 or not kind.lower().startswith(_PAGES):
            passed[f"status {status}" if not 200 <= status < 300 else kind.split(";", maxsplit=1)[0]] += 1
            continue
        length, place = int(record.content_length), f"{number}"
        payload = record.reader.read(max_bytes + 1)
        if len(payload) > max_bytes:
            yield UnreadableReport(
                f"{file}/{place}", "too-large", f"{length / 1e6:.0f} MB is more than a report of {max_bytes / 1e6:.0f} MB", "leave it out, or raise REPORTEDLY_MAX_BYTES"
            )
            continue
        if len(payload) < length:
            raise UnreadableReport(
                file, "damaged", f"record {number} breaks off after {len(payload):,} of {length:,} bytes", "fetch the archive again; what stands before it is read"
            )
        payload = decode_body(payload, headers.get("Transfer-Encoding") or "", headers.get("Content-Encoding") or "", max_bytes) if headers else payload
        address = str(record.headers.get("WARC-Target-URI") or "").strip() or None
        given = _given_by(address, record.record_date, today)
        yield Member(place, payload, given, {"url": "WARC-Target-URI"} if address else {}, charset=record.http_charset)
    if passed:
        told = ", ".join(f"{kind} {times}" for kind, times in sorted(passed.items()))
        yield UnreadableReport(file, "no-pages", f"records that are no pages: {told}", "nothing; they are not read")
    if not number:
        raise UnreadableReport(file, "damaged", "no record in it can be read", "fetch the archive again")


def _given_by(address: str | None, captured: datetime | None, today: date | None) -> Given:
    """What a record says of its page. Not checked as what people write is: there are millions, and each value is made here."""
    sound = captured is not None and captured.astimezone(UTC).date() <= (today or datetime.now(UTC).date())
    collected = captured.astimezone(UTC).replace(microsecond=0).isoformat() if captured and sound else None
    return Given.model_construct(url=address, source_url=address, collected_at=collected, method="web archive")


def read_wacz(stream: BinaryIO, file: str, max_bytes: int, today: date | None = None) -> Iterator[Member | UnreadableReport]:
    """The pages of a packed web archive (WACZ: a ZIP file with archives in `archive/`), one record at a time. Its lists of pages and indexes
    say nothing that the archives do not. Raises UnreadableReport (`damaged`)."""
    try:
        with zipfile.ZipFile(stream) as packed:
            for name in sorted(one for one in packed.namelist() if is_archive(one)):
                with packed.open(name) as archive:
                    for item in read_warc(archive, f"{file}/{name}", max_bytes, today):
                        yield replace(item, name=f"{name}/{item.name}") if isinstance(item, Member) else item
    except ZIP_ERRORS as error:
        raise UnreadableReport(file, "damaged", f"it breaks off ({type(error).__name__})", "fetch the archive again; what stands before it is read") from error


def is_archive(name: str) -> bool:
    """Whether a member of a WACZ file is one of its web archives."""
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _next(records: "ArchiveIterator", file: str, number: int) -> "WarcRecord | None":
    try:
        return next(records, None)
    except (OSError, ValueError, EOFError) as error:
        raise UnreadableReport(file, "damaged", f"it breaks off after record {number} ({str(error)[:60]})", "fetch the archive again; what stands before it is read") from error
