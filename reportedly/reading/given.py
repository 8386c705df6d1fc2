"""What a person says about a report beside its text: front matter in the file, or a row of a manifest.

Both are hand-written, so their fields are checked by pydantic, an unknown column fails, and all mistakes of a file are
told at once. A `note` is for the analyst and is never evidence: it is kept with how the report was collected, and not read.
"""

import csv
import difflib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from reportedly.errors import BadManifest, UnreadableReport
from reportedly.records import Published
from reportedly.values import parse_day

_MAX_FRONT_MATTER = 64 * 1024
_SYNONYMS = {"date": "published", "author": "byline", "lang": "language"}


def _check_day(value: object) -> str | None:
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    day = text[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)? ?(?:Z|[+-]\d\d:?\d\d)?", text, re.ASCII) else text
    try:
        parse_day(day)
    except ValueError as error:
        raise ValueError(f"{text!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY, or leave it empty") from error
    return day


def _blank(value: object) -> str | None:
    if value is not None and not isinstance(value, str | int | float):
        raise ValueError("one plain text is wanted here, no list")
    text = "" if value is None else str(value).strip()
    return None if text.lower() in ("", "null", "~", "none") else text


_FIRST_COLLECTED = datetime(1970, 1, 1, tzinfo=UTC)


def _check_moment(value: object) -> str | None:
    """A day, or a time with its offset as UTC: a time of no zone could be another day."""
    text = _blank(value)
    if text is None:
        return None
    day = re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) is not None
    try:
        moment = datetime.fromisoformat(text + "T00:00:00+00:00" if day else text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no day or time; write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SSZ") from error
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} says no zone; add Z or an offset such as +09:00")
    if not _FIRST_COLLECTED <= moment <= datetime.now(UTC) + timedelta(days=1):
        raise ValueError(f"{text!r} lies before there were files, or in the future; write when the file was saved")
    return text if day else moment.astimezone(UTC).replace(microsecond=0).isoformat()


_Words = Annotated[str | None, BeforeValidator(_blank)]


class Given(BaseModel):
    """Fields a person may give. All are optional: a report without a date or an outlet is a normal report. `translation_of` names the file, address or id of the report that this one translates. The last five say how
    it was collected: when, by whom, from where (else from `url`), how, and what should be remembered of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    outlet: _Words = None
    agency: _Words = None
    title: _Words = None
    byline: _Words = None
    dateline: _Words = None
    published: Annotated[str | None, BeforeValidator(_check_day)] = None
    published_basis: Annotated[Literal["given", "metadata", "inferred", "unknown"] | None, BeforeValidator(_blank)] = None
    language: _Words = None
    url: _Words = None
    translation_of: _Words = None
    collected_at: Annotated[str | None, BeforeValidator(_check_moment)] = None
    collector: _Words = None
    source_url: _Words = None
    method: _Words = None
    note: _Words = None

    def over(self, other: "Given") -> "Given":
        """These fields, and the other's where these are silent."""
        mine = {name: value for name, value in self.model_dump().items() if value is not None}
        theirs = other.model_dump(exclude={"published_basis"} if self.published is not None else None)  # whose day it is, theirs is the basis
        return Given.model_construct(**(theirs | mine))  # both were checked

    def when_published(self) -> Published:
        """The day of publication with its basis; no date, or basis `unknown`, is an unknown day."""
        if self.published is None or self.published_basis == "unknown":
            return Published(None, "unknown")
        return Published(parse_day(self.published), self.published_basis or "given")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a manifest: the file it names, or the mistake that makes it useless."""

    line: int
    file: str
    given: Given | None
    mistake: str | None = None


def read_manifest(text: str, name: str) -> list[Row]:
    """The rows of a manifest CSV. A row with a mistake keeps its file name and says what is wrong.

    Raises BadManifest when the columns are wrong, so that no row can be trusted: all mistakes at once.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restkey="", strict=True)
    try:
        columns = list(reader.fieldnames or [])
        _check_columns(columns, name)
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise BadManifest([f"{name}:{max(reader.line_num + 1, 2)}: {error}; write one line a file, commas between the columns"]) from error
    seen: set[str] = set()
    return [_read_row(line, row, seen) for line, row in rows if any(row.values())]


def _check_columns(columns: list[str], name: str) -> None:
    known = ["file", *Given.model_fields]
    mistakes = [f"{name}:1: {column or '(empty)'}: unknown column{_meant(column, known)}" for column in columns if column not in known]
    mistakes += [f"{name}:1: {column}: column stands twice; keep one" for column in sorted({c for c in columns if columns.count(c) > 1})]
    if "file" not in columns:
        mistakes.append(f"{name}:1: file: column is missing; it names the file of each row")
    if mistakes:
        raise BadManifest(mistakes)


def _meant(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(known)}"


def _read_row(line: int, row: dict[str, str], seen: set[str]) -> Row:
    file = (row.get("file") or "").strip()
    if not file:
        return Row(line, "", None, "the row names no file; fill in the column 'file'")
    if "" in row:
        return Row(line, file, None, "more fields than columns; put quotation marks round a field that holds a comma")
    if file in seen:
        return Row(line, file, None, "the file stands in an earlier row too; keep one")
    seen.add(file)
    try:
        return Row(line, file, Given.model_validate({key: value for key, value in row.items() if key != "file"}))
    except ValidationError as error:
        return Row(line, file, None, "; ".join(_describe(problem) for problem in error.errors()))


def _describe(problem: object) -> str:
    assert isinstance(problem, dict)
    message = str(problem["msg"]).removeprefix("Value error, ")
    return f"{'.'.join(map(str, problem['loc']))}: {message}"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The given fields, keys that mean nothing to us, and where the text begins."""

    given: Given
    unknown: tuple[str, ...]
    body_start: int


def read_front_matter(text: str, file: str) -> FrontMatter:
    """YAML between two `---` lines at the start of a text; absent front matter gives empty fields.

    Raises UnreadableReport (`front-matter`) where it is broken, with all its mistakes.
    """
    m = re.match(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", text[:_MAX_FRONT_MATTER], re.S)
    if m is None:
        return FrontMatter(Given(), (), 0)
    fields = _load_yaml(m[1] or "", file)
    known = {_SYNONYMS.get(key, key): value for key, value in fields.items() if _SYNONYMS.get(key, key) in Given.model_fields}
    unknown = tuple(key for key in fields if _SYNONYMS.get(key, key) not in Given.model_fields)
    try:
        return FrontMatter(Given.model_validate(known), unknown, m.end())
    except ValidationError as error:
        raise _bad(file, "; ".join(_describe(problem) for problem in error.errors())) from error


def _load_yaml(text: str, file: str) -> dict[str, str]:
    try:
        fields = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 every scalar stays the text it was written as; no tags, no code
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _bad(file, f"line {mark.line + 2 if mark else '?'}: {getattr(error, 'problem', None) or 'no YAML'}") from error
    if fields is None or fields == "":
        return {}
    if not isinstance(fields, dict):
        raise _bad(file, "wanted are lines of the form 'key: value'")
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    assert node is not None
    keys = [_SYNONYMS.get(key.value, key.value) for key, _ in node.value]
    twice = sorted({str(key) for key in keys if keys.count(key) > 1})
    if twice:
        raise _bad(file, f"{', '.join(twice)} stands twice (under this or another name); keep one")
    return {str(key): value for key, value in fields.items()}


def _bad(file: str, what: str) -> UnreadableReport:
    return UnreadableReport(file, "front-matter", f"front matter: {what}", "mend it or remove the lines between the two '---'")
