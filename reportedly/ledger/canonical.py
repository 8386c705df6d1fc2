"""Records to canonical JSON and back: keys sorted, no spaces, UTF-8, as RFC 8785 for the values that records hold."""

from typing import TypeVar

import msgspec

Record = TypeVar("Record")
_encoder = msgspec.json.Encoder(order="sorted")


def write_canonical(record: object) -> bytes:
    """The canonical bytes of a record: the same record gives the same bytes, always."""
    return _encoder.encode(record)


def read_canonical(body: bytes | str, kind: type[Record]) -> Record:
    """The record that canonical bytes hold. Raises msgspec.ValidationError where they hold something else."""
    return msgspec.json.decode(body, type=kind)
