"""What a server sent, as a web archive keeps it: undone are the ways in which bodies are sent (chunks, compression)."""

import re
import zlib

import brotli

_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")


def decode_body(body: bytes, transfer: str, content: str, most: int) -> bytes:
    """The body of a response without its transfer and content codings; at most one byte more than `most`. Where a header says what is not
    so, the body stands as it is: servers and archivers lie."""
    if "chunked" in transfer.lower():
        body = _join_chunks(body) or body
    for coding in reversed([one.strip().lower() for one in content.split(",") if one.strip()]):
        body = _unpack(body, coding, most) or body
    return body


def _join_chunks(body: bytes) -> bytes | None:
    """The chunks as one; None where it is no chunked body. What breaks off is kept up to there."""
    parts: list[bytes] = []
    at = 0
    while (m := _CHUNK.match(body, at)) is not None:
        size = int(m[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[m.end() : m.end() + size])
        at = m.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return b"".join(parts) if parts and at >= len(body) else None


def _unpack(body: bytes, coding: str, most: int) -> bytes | None:
    """The body without one coding; None where it is not in it."""
    try:
        if coding in ("gzip", "x-gzip"):
            return zlib.decompressobj(wbits=31).decompress(body, most + 1)
        if coding == "deflate":
            return zlib.decompressobj(wbits=15 if body[:1] == b"x" else -15).decompress(body, most + 1)
        if coding == "br":
            return bytes(brotli.Decompressor().process(body, output_buffer_limit=most + 1))
    except (zlib.error, brotli.error, ValueError):
        pass
    return None
