"""Rows of reports: JSON lines and CSV, with a map of their columns to ours."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from pydantic import ValidationError

from reportedly.errors import UnreadableReport
from reportedly.reading.given import Given
from reportedly.reading.page import Member, Page

_NAMES = {
    "text": ("text", "body", "content", "article", "maintext", "article_text", "full_text"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publish_date", "date_publish", "pubdate", "datepublished", "publication_date"),
    "outlet": ("outlet", "source", "publisher", "site", "sitename", "source_name"),
    "url": ("url", "link", "uri", "permalink"),
    "byline": ("byline", "author", "authors"),
    "language": ("language", "lang"),
    "agency": ("agency",),
    "dateline": ("dateline",),
}
TEXT = "text"
COLUMNS = tuple(_NAMES)
Columns = Mapping[str, str]  # ours to theirs


def read_json_lines(stream: BinaryIO, file: str, columns: Columns) -> Iterator[Member | UnreadableReport]:
    """A report a line. A line that is none, or has no text, is told with its number."""
    lines = iter(_split_whole(stream))
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield UnreadableReport(f"{file}/{number}", "damaged", f"line {number} is no JSON ({type(error).__name__})", "mend the line and add again")
            continue
        yield make_member(row if isinstance(row, dict) else {}, line.strip(), number, file, columns)


def _split_whole(stream: BinaryIO) -> Iterable[bytes]:
    """The lines; of a file that is one list, or one object over many lines, each object in it as a line."""
    first = stream.readline()
    stream.seek(0)
    if first.strip() not in (b"[", b"{") and not first.lstrip().startswith(b"["):
        return stream
    try:
        whole = json.load(stream)
    except (ValueError, RecursionError):
        stream.seek(0)
        return stream
    return [json.dumps(one, ensure_ascii=False).encode("utf-8", "surrogatepass") for one in (whole if isinstance(whole, list) else [whole])]


def _plain(value: object) -> object:
    """A field as words: of an object its name ("source": {"name": …}), of a list its parts, of a number its figures."""
    if isinstance(value, dict):
        return _plain(value.get("name") or value.get("title"))
    if isinstance(value, list):
        return ", ".join(str(_plain(one)) for one in value)
    return str(value) if isinstance(value, int | float) else _mend(value) if isinstance(value, str) else value


def _mend(text: str) -> str:
    """Text with what JSON lets stand and no text can hold, halves of a pair of surrogates, shown as such (U+FFFD)."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _drop_day(values: dict[str, object]) -> tuple[tuple[str, str], ...]:
    """Leave out a day that cannot be read for certain ("05/03/2024"), and say so: the report is read, undated."""
    day = values.get("published")
    try:
        Given.model_validate({"published": day})
    except ValidationError:
        del values["published"]
        return (("day", f"“{day}” is no day that can be read for certain; give it in a manifest"),)
    return ()


def read_csv(stream: BinaryIO, file: str, columns: Columns) -> Iterator[Member | UnreadableReport]:
    """A report a row below the row of names. Raises UnreadableReport (`encoding`, `damaged`)."""
    csv.field_size_limit(10_000_000)
    try:
        lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        first = lines.readline()
        lines.seek(0)
        reader = csv.DictReader(lines, delimiter=max(",\t;", key=first.count), restkey="", strict=True)
        if not _theirs(reader.fieldnames or [], TEXT, columns):
            raise UnreadableReport(file, "columns", f"no column of text among {', '.join(map(str, reader.fieldnames or []))[:200]}", "name it with --columns text=NAME")
        for number, row in enumerate(reader, start=1):
            if "" in row or None in row.values():
                yield UnreadableReport(
                    f"{file}/{number}", "damaged", f"row {number} has {'more' if '' in row else 'fewer'} fields than there are columns", "mend the row and add again"
                )
                continue
            yield make_member(row, json.dumps(row, ensure_ascii=False).encode(), number, file, columns)
    except UnicodeDecodeError as error:
        raise UnreadableReport(file, "encoding", f"byte {error.start} is not UTF-8", "save the file as UTF-8") from error
    except csv.Error as error:
        raise UnreadableReport(file, "damaged", f"no CSV from there on ({error})", "mend the file and add again") from error


def _theirs(names: Sequence[str], ours: str, columns: Columns) -> str | None:
    """The column that holds one of our fields: the one that was named, else one of a usual name."""
    if ours in columns:
        return columns[ours] if columns[ours] in names else None
    return next((name for wanted in _NAMES[ours] for name in names if str(name).strip().lower() == wanted), None)


def make_member(row: Mapping[str, object], original: bytes, number: int, file: str, columns: Columns) -> Member | UnreadableReport:
    place = f"{file}/{number}"
    names = [name for name in row if row[name] not in (None, "")]
    values = {ours: _plain(row[theirs]) for ours in COLUMNS if (theirs := _theirs(names, ours, columns)) is not None}
    text = values.pop(TEXT, None)
    if not isinstance(text, str) or not text.strip():
        return UnreadableReport(
            place,
            "no-text",
            f"row {number} holds no text" if isinstance(text, str) or TEXT not in columns else f"row {number} has no {columns[TEXT]}",
            "name its column with --columns text=NAME",
        )
    left = _drop_day(values)
    read_from = {ours: f"column {_theirs(names, ours, columns)}" for ours, value in values.items() if value}
    try:
        found = Given.model_validate({**values, **({"published_basis": "metadata"} if values.get("published") else {})})
    except ValidationError as error:
        problem = error.errors()[0]
        return UnreadableReport(
            place, "damaged", f"row {number}: {'.'.join(map(str, problem['loc']))}: {problem['msg'].removeprefix('Value error, ')}", "mend the row and add again"
        )
    return Member(str(number), original, page=Page(text.replace("\r\n", "\n"), "utf-8", found, read_from, left=left), media_type="application/jsonl")
