"""The files that a sift reads: found by patterns, here or wherever fsspec reaches, and known by their content."""

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import fsspec

from reportedly.errors import BadInput, MissingPart
from reportedly.reading.gather import label_of

_PACKED = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2", ".xz": "xz"}  # rows that are packed; a web archive is unpacked record by record
_READ = 1 << 20


@dataclass(frozen=True, slots=True, order=True)
class Shard:
    """A file to sift: its address, its name for people, and how many bytes it has (-1 where its store does not say)."""

    address: str
    name: str
    size: int


def find_shards(patterns: Iterable[str], output: Path | None = None) -> list[Shard]:
    """The files that patterns (paths, folders, URLs, with * and **) name, each once, by name, but for those in `output`. Raises BadInput where one names none."""
    found: dict[str, Shard] = {}
    out = str(output.resolve()) + os.sep if output else "\0"
    for pattern in patterns:
        shards = [one for one in (_far(pattern) if "://" in pattern else _near(pattern)) if not one.address.startswith(out)]
        if not shards:
            raise BadInput(f"--in {pattern}: no such file; check the path, and put a pattern in quotation marks")
        for one in shards:
            found[one.address] = min(one, found.get(one.address, one))  # two links may lead to one file
    return sorted(found.values(), key=lambda one: (one.name, one.address))


def _near(pattern: str) -> Iterator[Shard]:
    paths = [Path(pattern)] if Path(pattern).exists() else map(Path, glob.glob(pattern, recursive=True))  # noqa: PTH207 a pattern may begin at any folder
    for path in paths:
        files = (one for one in path.rglob("*") if not any(part.startswith(".") for part in one.relative_to(path).parts)) if path.is_dir() else [path]
        yield from (Shard(str(one.resolve()), label_of(Path(one.name)), one.stat().st_size) for one in sorted(files) if one.is_file())


def _far(pattern: str) -> Iterator[Shard]:
    try:
        store, path = fsspec.core.url_to_fs(pattern)
        paths = store.glob(path) if glob.has_magic(path) else store.find(path)
        for one in paths:
            told = store.info(one)
            if told["type"] == "file":
                yield Shard(store.unstrip_protocol(one), one.rsplit("/", 1)[-1], -1 if told.get("size") is None else int(told["size"]))
    except ImportError as error:
        raise MissingPart(f"--in {pattern}: {' '.join(str(error).split())}") from error
    except (OSError, ValueError) as error:
        raise BadInput(f"--in {pattern}: cannot be listed ({' '.join(str(error).split())[:120]}); check the address and your access to it") from error


def find_key(shard: Shard) -> str:
    """What a shard is known by: a digest of its bytes; of one that lies elsewhere, of what its store says of them (size, tag, time), so that it is not
    fetched to be passed over. Raises OSError."""
    digest = hashlib.sha256()
    if "://" in shard.address:
        store, path = fsspec.core.url_to_fs(shard.address)
        told = store.info(path)
        digest.update(repr([shard.address, told.get("size"), *(str(told.get(name)) for name in ("ETag", "etag", "md5Hash", "LastModified", "last_modified", "mtime"))]).encode())
    else:
        with Path(shard.address).open("rb") as stream:
            while part := stream.read(_READ):
                digest.update(part)
    digest.update(shard.name.encode())  # reports are named after it
    return digest.hexdigest()[:32]


@contextmanager
def open_shard(shard: Shard) -> Iterator[tuple[BinaryIO, str]]:
    """The bytes of a shard, of packed rows unpacked, and its name without what it was packed by."""
    packed = None if ".warc" in shard.name or ".wacz" in shard.name else _PACKED.get(Path(shard.name).suffix)
    name = Path(shard.name).stem if packed else shard.name
    if "://" not in shard.address and packed is None:
        with Path(shard.address).open("rb") as stream:
            yield stream, name
        return
    with fsspec.open(shard.address, "rb", compression=packed) as stream:
        yield cast("BinaryIO", stream), name
