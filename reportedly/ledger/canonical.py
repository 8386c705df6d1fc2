"""Records to canonical JSON and back: keys sorted, no spaces, UTF-8, as RFC 8785 for the values that records hold."""

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from reportedly.records import ClaimSet

Record = TypeVar("Record")
_encoder = msgspec.json.Encoder(order="sorted")


def write_canonical(record: object) -> bytes:
    """The canonical bytes of a record: the same record gives the same bytes, always."""
    return _encoder.encode(record)


def read_canonical(body: bytes | str, kind: type[Record]) -> Record:
    """The record that canonical bytes hold. Raises msgspec.ValidationError where they hold something else."""
    return msgspec.json.decode(body, type=kind)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A claim set in its canonical bytes, made where it was read: a worker sends these, not a tree of records."""

    report: str
    claims: int
    leavings: int
    body: bytes


def seal(claim_set: ClaimSet) -> Sealed:
    """The claim set as the log keeps it."""
    return Sealed(claim_set.report, len(claim_set.claims), len(claim_set.leavings), write_canonical(claim_set))
