"""Exports read back: the claims of another reader, or of a colleague's spreadsheet, as the lines that `claims --json` prints."""

import csv
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reportedly.errors import BadClaims
from reportedly.exports.jsonld import read_jsonld
from reportedly.exports.rows import Row
from reportedly.exports.sheet import read_csv


def _read_parquet(path: Path) -> Iterator[Row]:
    from reportedly.exports.parquet import read_parquet  # its library is an extra

    return read_parquet(path)


_READERS = {".csv": read_csv, ".parquet": _read_parquet, ".jsonld": read_jsonld}


def read_lines(path: Path) -> list[bytes]:
    """The claims of an export as JSON lines, by the ending of its name; of any other file the lines that it has. Raises BadClaims."""
    reader = _READERS.get(path.suffix.lower())
    try:
        if reader is None:
            return path.read_bytes().splitlines()
        return [msgspec.json.encode(row) for row in reader(path)]
    except OSError as error:
        raise BadClaims([f"{path}: cannot be read ({error.strerror or error})"]) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError, NotImplementedError, csv.Error, msgspec.MsgspecError) as error:
        raise BadClaims([f"{path}: is no export of claims ({error}); write it anew with: reportedly export CASE {path.suffix[1:].lower()} -o {path.name}"]) from error
