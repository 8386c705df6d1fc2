"""Parquet: rows of reports, with a map of their columns to ours; and what `sift` kept, each page as it was found."""

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from reportedly.errors import MissingPart, UnreadableReport
from reportedly.reading.given import Given
from reportedly.reading.page import Member
from reportedly.reading.rows import Columns, make_member, read_json_lines

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError as error:
    raise MissingPart("Parquet needs pyarrow: pip install 'reportedly[parquet]'") from error

SIFTED = b"reportedly.columns"  # in the metadata of a file: it is of sifted pages, and the columns that their rows were read by
KEPT = ("place", "original", "media_type", "charset", "given", "read_from")  # columns by which a sifted page is read again
_ROWS = 64  # that are in memory together: pages are large


def read_table(stream: BinaryIO, file: str, columns: Columns) -> Iterator[Member | UnreadableReport]:
    """A report a row. Raises UnreadableReport (`damaged`) where it breaks off."""
    try:
        with parquet.ParquetFile(stream) as table:
            sifted = (table.schema_arrow.metadata or {}).get(SIFTED)
            mapped = msgspec.json.decode(sifted, type=dict[str, str]) if sifted else columns
            wanted = list(KEPT) if sifted else None
            number = 0
            for batch in table.iter_batches(batch_size=_ROWS, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield restore_member(row, file, mapped) if sifted else make_member(row, _as_line(row), number, file, columns)
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise UnreadableReport(file, "damaged", f"it cannot be read as Parquet ({' '.join(str(error).split())[:80]})", "fetch the file again") from error


def describe_member(member: Member, label: str) -> dict[str, Any]:
    """A member as the columns of KEPT; `label` is its name with that of its container."""
    given = {name: value for name, value in member.given.model_dump().items() if value is not None}
    return {
        "place": label,
        "original": member.original,
        "media_type": member.media_type,
        "charset": member.charset,
        "given": json.dumps(given, ensure_ascii=False, sort_keys=True),
        "read_from": json.dumps(dict(member.read_from), ensure_ascii=False, sort_keys=True),
    }


def restore_member(row: dict[str, Any], file: str, columns: Columns) -> Member | UnreadableReport:
    """A member from such columns."""
    if row["media_type"] == "application/jsonl":
        found = next(read_json_lines(io.BytesIO(row["original"]), f"{file}/{row['place']}", columns))
        return Member(row["place"], found.original, found.given, found.read_from, found.page, found.media_type) if isinstance(found, Member) else found
    given = Given.model_construct(**json.loads(row["given"]))
    return Member(row["place"], row["original"], given, json.loads(row["read_from"]), media_type=row["media_type"], charset=row["charset"])


def _as_line(row: dict[str, Any]) -> bytes:
    """A row as a line of JSON: what stands for its bytes. What JSON has no form for stands as its text."""
    return json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
