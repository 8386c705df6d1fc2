"""What a sift keeps on its way: files of pages that are written whole or not at all, and read a few rows at a time."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import msgspec

from reportedly.errors import MissingPart
from reportedly.ledger.canonical import read_canonical, write_canonical
from reportedly.reading.table import SIFTED
from reportedly.records import Report

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError as error:
    raise MissingPart("sift writes Parquet: pip install 'reportedly[parquet]'") from error

_GROUP = 64  # rows of a group: pages are large
PAGE = pa.schema(
    [
        ("report", pa.string()), ("published", pa.string()), ("day", pa.string()), ("text_sha256", pa.string()), ("sampled", pa.string()), ("evidence", pa.float64()), ("record", pa.string()),
        ("place", pa.string()), ("original", pa.binary()), ("media_type", pa.string()), ("charset", pa.string()), ("given", pa.string()), ("read_from", pa.string()),
    ]
)  # fmt: skip
BODY = pa.schema([("report", pa.string()), ("body", pa.binary())])  # what is made of a report: its claim set, its traits
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """Where a kept page stands: by publication and id, as reports are sorted everywhere, and in which file and row."""

    published: str
    report: str
    path: str
    row: int


class Table:
    """A Parquet file that is written row by row. Use as a context manager: the file is there when all is well."""

    def __init__(self, path: Path, schema: pa.Schema, metadata: Mapping[bytes, bytes] | None = None) -> None:
        self._path, self._schema = path, schema.with_metadata(dict(metadata or {}))
        self._draft = draft_of(path)
        self._rows: list[Row] = []
        self._writer: parquet.ParquetWriter

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._writer = parquet.ParquetWriter(self._draft, self._schema, compression="zstd")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._flush()
            self._writer.close()
            if kind is None:
                settle(self._draft, self._path)
        finally:
            with suppress(FileNotFoundError):
                self._draft.unlink()

    def add(self, row: Row) -> None:
        """One row more."""
        self._rows.append(row)
        if len(self._rows) >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []


def read_rows(path: Path | str, columns: Iterable[str], wanted: Callable[[Row], bool] | None = None) -> Iterator[Row]:
    """The rows of a file, some of its columns, a group at a time; `wanted` is asked of a row's `report`, `day` and `sampled` before more of it is read."""
    names = list(columns)
    with parquet.ParquetFile(path) as table:
        asked = [name for name in ("report", "day", "sampled") if name in table.schema_arrow.names]
        at = 0
        for group in range(table.num_row_groups):
            size = table.metadata.row_group(group).num_rows
            numbers = range(size)
            if wanted is not None:
                told = table.read_row_group(group, columns=asked).to_pylist()
                numbers = [number for number in numbers if wanted(told[number])]  # type: ignore[assignment]
            if numbers:
                rows = table.read_row_group(group, columns=names).to_pylist()
                yield from (rows[number] | {"row": at + number} for number in numbers)
            at += size


def is_kept(row: Row) -> bool:
    """Whether a row is of a page that was kept, not of one that was only drawn to be looked at."""
    return not row["sampled"]


def read_refs(path: str) -> Iterator[tuple[Ref, Row]]:
    """The kept pages of a file, without what they say."""
    for row in read_rows(path, ("report", "published", "day", "text_sha256", "sampled"), is_kept):
        yield Ref(row["published"], row["report"], path, row["row"]), row


def read_reports(path: str, reports: frozenset[str]) -> Iterator[Report]:
    """Those reports of the kept pages of a file that have these ids."""
    for row in read_rows(path, ("report", "record"), lambda row: is_kept(row) and row["report"] in reports):
        yield read_canonical(row["record"], Report)


def pack_report(report: Report) -> str:
    """A report as a column."""
    return write_canonical(report).decode()


def columns_of(columns: Mapping[str, str]) -> dict[bytes, bytes]:
    """What a file of pages says of itself: by which columns its rows were read."""
    return {SIFTED: msgspec.json.encode(dict(sorted(columns.items())))}


def settle(draft: Path, path: Path) -> None:
    """Give what is finished its name, once it is on the disk."""
    number = os.open(draft, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
    draft.replace(path)


def draft_of(path: Path) -> Path:
    """A name of its own for what is not finished: two workers may be at one shard, on two machines."""
    return path.with_name(f".{path.name}.{uuid4().hex}")


def write_json(path: Path, told: object) -> None:
    """JSON in a file, whole or not at all."""
    write_text(path, json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def write_text(path: Path, text: str) -> None:
    """A text in a file, whole or not at all."""
    draft = draft_of(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        draft.write_text(text, encoding="utf-8", errors="surrogatepass")
        settle(draft, path)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
