"""Claims as CSV: one claim a row; what has parts stands in its cell as JSON. No cell begins a formula."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from reportedly.exports.rows import Row

COLUMNS = (
    "report", "id", "playbook", "frame", "start", "end", "quote", "page", "address", "translation_of", "trigger", "trigger_start", "trigger_end", "status", "polarity",
    "certainty", "roles", "when", "voice", "hedges", "condition", "known",
)  # fmt: skip
_NESTED = ("roles", "when", "voice", "hedges")
_NUMBERS = ("start", "end", "page", "trigger_start", "trigger_end")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")  # what a spreadsheet takes for a formula (OWASP, CSV injection), and the mark that stops it
LOSSES = ("an empty word and none are one: a condition of no letters comes back as none",)


def write_csv(rows: Iterable[Row], path: Path) -> int:
    """Write claim rows, and return how many they were."""
    count = 0
    with path.open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow([_cell(name, row[name]) for name in COLUMNS])
            count += 1
    return count


def read_csv(path: Path) -> Iterator[Row]:
    """The claim rows of such a file. Raises ValueError where a cell is none of ours, KeyError where a column is missing."""
    csv.field_size_limit((1 << 31) - 1)
    with path.open(encoding="utf-8-sig", newline="", errors="surrogatepass") as file:
        for cells in csv.DictReader(file):
            yield {name: _value(name, cells[name]) for name in COLUMNS}


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    text = msgspec.json.encode(value).decode() if name in _NESTED else str(value)
    return "'" + text if text.startswith(_FORMULA) else text


def _value(name: str, cell: str) -> object:
    text = cell.removeprefix("'")
    if not text:
        return None
    if name in _NESTED:
        return msgspec.json.decode(text)
    return int(text) if name in _NUMBERS else text
