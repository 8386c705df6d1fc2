"""Claims as Parquet, a batch at a time, so that a million claims take no more memory than a batch."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reportedly.errors import MissingPart
from reportedly.exports.columns import FILLER, PLAIN, VOICE, WHEN, Columns, turn
from reportedly.exports.rows import Row

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError as error:
    raise MissingPart("Parquet needs pyarrow: pip install 'reportedly[parquet]'") from error

_PLAIN_TYPES = {
    "start": pa.int64(),
    "end": pa.int64(),
    "page": pa.int32(),
    "trigger_start": pa.int64(),
    "trigger_end": pa.int64(),
    "published_from": pa.date32(),
    "published_to": pa.date32(),
}
_PART_TYPES = {
    "start": pa.int64(),
    "end": pa.int64(),
    "min": pa.float64(),
    "max": pa.float64(),
    "derived": pa.bool_(),
    "from": pa.date32(),
    "to": pa.date32(),
    "count": pa.list_(pa.float64()),
}
_OF_REPORT = ("outlet", "published_from", "published_to")  # beside what a claim row has


def pack_batch(batch: Columns) -> bytes:
    """A batch as bytes that another process can take."""
    table, sink = _table(batch), pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def write_parquet(packed: Iterable[bytes], path: Path) -> int:
    """Write packed batches one after the other, and return how many claims they held."""
    count = 0
    with parquet.ParquetWriter(path, _table(Columns()).schema, compression="zstd") as writer:
        for one in packed:
            table = pa.ipc.open_stream(one).read_all()
            writer.write_table(table)
            count += table.num_rows
        if not count:
            writer.write_table(_table(Columns()))
    return count


def read_parquet(path: Path) -> Iterator[Row]:
    """The claim rows of such a file, as the commands print them. Raises ValueError where it is none."""
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches():
            yield from map(_row, batch.to_pylist())


def _row(row: Row) -> Row:
    roles: dict[str, list[Row]] = {}
    for filler in row["roles"]:
        roles.setdefault(filler["role"], []).append({name: _as_said(filler[name]) for name in FILLER if name != "role"})
    when = {name: _as_said(row["when"][name]) for name in WHEN} if row["when"] else None
    voice = [one | {"count": [_as_said(end) for end in one["count"]] if one["count"] else None} for one in row["voice"]]
    return {name: row[name] for name in PLAIN if name not in _OF_REPORT} | {"roles": roles, "when": when, "voice": voice, "hedges": row["hedges"]}


def _as_said(value: object) -> object:
    """Days as ISO, whole numbers as such."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _table(batch: Columns) -> pa.Table:
    arrays = {name: pa.array(values, _PLAIN_TYPES.get(name, pa.string())) for name, values in turn(PLAIN, batch.plain).items()}
    arrays["roles"] = pa.ListArray.from_arrays(pa.array(batch.filler_ends, pa.int32()), _struct(turn(FILLER, batch.fillers)))
    whens = turn(WHEN, batch.whens)
    arrays["when"] = _struct(whens, pa.array([text is None for text in whens["text"]], pa.bool_()))
    arrays["voice"] = pa.ListArray.from_arrays(pa.array(batch.voice_ends, pa.int32()), _struct(turn(VOICE, batch.voices)))
    arrays["hedges"] = pa.array(batch.hedges, pa.list_(pa.string()))
    return pa.table(arrays)


def _struct(columns: Mapping[str, list[object]], missing: pa.Array | None = None) -> pa.Array:
    arrays = [pa.array(values, _PART_TYPES.get(name, pa.string())) for name, values in columns.items()]
    return pa.StructArray.from_arrays(arrays, list(columns), mask=missing)
