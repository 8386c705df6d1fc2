"""Archives: the members of a ZIP file, and what a gzip file holds. Nothing is unpacked to disk, and no name in one is used as a path."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from reportedly.errors import UnreadableReport
from reportedly.reading.page import Member

ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, IndexError)  # what damaged ones make the library raise
_MOST = 100_000  # members
_CHUNK = 1 << 16


def read_zip(stream: BinaryIO, file: str, max_bytes: int) -> Iterator[Member | UnreadableReport]:
    """The members of a ZIP file in its order; one that unpacks to more than `max_bytes`, or is locked, is told. Raises UnreadableReport
    (`damaged`, `too-large`)."""
    try:
        archive = zipfile.ZipFile(stream)
    except ZIP_ERRORS as error:
        raise UnreadableReport(file, "damaged", "no ZIP file that can be read; it may be cut", "fetch it again") from error
    members = [member for member in archive.infolist() if not member.filename.endswith("/")]  # a name may be empty, which is_dir() does not bear
    if len(members) > _MOST:
        raise UnreadableReport(file, "too-large", f"{len(members):,} members are more than {_MOST:,}", "split it")
    for member in members:
        place = f"{file}/{member.filename}"
        if any(part.startswith(".") or part == "__MACOSX" for part in member.filename.split("/") if part not in (".", "..")):
            yield UnreadableReport(place, "hidden", "a hidden member is not read", "unpack it, and name the file itself")
            continue
        if member.flag_bits & 1:
            yield UnreadableReport(place, "encrypted", "is locked with a password", "unpack it, and add the file")
            continue
        try:
            with archive.open(member) as opened:
                original = opened.read(max_bytes + 1)
        except ZIP_ERRORS as error:
            yield UnreadableReport(place, "damaged", f"cannot be unpacked ({type(error).__name__})", "fetch the archive again")
            continue
        if len(original) > max_bytes:
            yield UnreadableReport(place, "too-large", f"unpacks to more than {max_bytes / 1e6:.0f} MB", "unpack it, and split it")
            continue
        yield Member(member.filename, original)


def unpack_gzip(stream: BinaryIO, file: str, max_bytes: int) -> bytes:
    """What a gzip file holds. Raises UnreadableReport (`too-large`, `damaged`)."""
    unpacker = zlib.decompressobj(wbits=31)
    found, is_whole = bytearray(), False
    try:
        while chunk := stream.read(_CHUNK):
            while chunk:
                found += unpacker.decompress(chunk, max_bytes + 1 - len(found))
                if len(found) > max_bytes:
                    raise UnreadableReport(file, "too-large", f"unpacks to more than {max_bytes / 1e6:.0f} MB", "unpack it, and split it")
                chunk = unpacker.unconsumed_tail or unpacker.unused_data
                is_whole = unpacker.eof
                if is_whole:
                    unpacker = zlib.decompressobj(wbits=31)
    except zlib.error as error:
        raise UnreadableReport(file, "damaged", "no gzip file that can be read", "fetch it again") from error
    if not is_whole:
        raise UnreadableReport(file, "damaged", "the gzip file breaks off", "fetch it again")
    return bytes(found)
