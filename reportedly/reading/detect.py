"""What a file is, by its content: a name may lie, and a stranger chose it."""

import re
from pathlib import Path

SUFFIXES = {".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown"}
HEAD = 8192  # bytes that are looked at
TABLE = "application/vnd.apache.parquet"
_MAGIC = [
    (b"PK\x03\x04", "application/zip"), (b"PK\x05\x06", "application/zip"), (b"\x1f\x8b", "application/gzip"), (b"WARC/1.", "application/warc"),
    (b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"), (b"\x7fELF", "application/x-executable"), (b"MZ\x90", "application/x-executable"),
    (b"\xd0\xcf\x11\xe0", "application/msword"), (b"{\\rtf", "application/rtf"), (b"7z\xbc\xaf", "application/x-7z-compressed"), (b"Rar!", "application/vnd.rar"),
    (b"BZh", "application/x-bzip2"), (b"\xfd7zXZ", "application/x-xz"), (b"OggS", "audio/ogg"), (b"ID3", "audio/mpeg"), (b"SQLite format 3\0", "application/vnd.sqlite3"), (b"PAR1", TABLE),
]  # fmt: skip
_JSON = (".json", ".jsonl", ".ndjson")
_MARKS = [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_TAGS = re.compile(rb"<(?:head|body|div|article|section|main|table|h1|p|meta|script|title)[\s>]", re.IGNORECASE)
_BODY = re.compile(rb"<(?:body|div|p)[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|(?:\w+:)?RDF)[\s>]")
_HEADER = re.compile(rb"(?:from|to|subject|date|received|return-path|message-id|mime-version|delivered-to|content-type|reply-to|list-id|x-[\w-]+)[ \t]*:[ \t]*\S.*", re.IGNORECASE)
_FOLDED = re.compile(rb"[\w-]+[ \t]*:.*|[ \t].*")
_MAIL = frozenset((b"from", b"subject", b"received", b"message-id", b"mime-version", b"return-path", b"date", b"content-type"))


def find_media_type(head: bytes, file: str) -> str:
    """The media type by the first bytes; of what is only text by the file's suffix too. Unknown bytes are `text/plain`: decoding says
    what is wrong with them."""
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return _find_text_type(_as_ascii(head).lstrip(), Path(file).suffix.lower())


def _as_ascii(head: bytes) -> bytes:
    """The first bytes without a mark; of UTF-16 its letters below 128."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore").encode("ascii", "replace")
    return head


def _find_text_type(head: bytes, suffix: str) -> str:
    if head.startswith(b"<"):
        if _FEED.search(head[:4096]) and not _HTML.search(head[:512]):
            return "application/rss+xml"
        if _HTML.search(head) or (_TAGS.search(head) and not head.startswith(b"<?xml")) or _BODY.search(head):
            return "text/html"
        return "application/xml" if head.startswith(b"<?xml") else SUFFIXES.get(suffix, "text/plain")
    if head.startswith(b"From ") and re.match(rb"From \S+.*\d{4}.*\r?\n[\w-]+:", head):
        return "application/mbox"
    if _is_mail(head):
        return "message/rfc822"
    if (head.startswith(b"{") and suffix in (*_JSON, "")) or (head.startswith(b"[") and suffix in _JSON):
        return "application/jsonl"
    if suffix in (".csv", ".tsv"):
        return "text/csv"
    return SUFFIXES.get(suffix, "text/plain")


def _is_mail(head: bytes) -> bool:
    """Whether headers open a file: two of a mail's own among them, then a blank line."""
    names: set[bytes] = set()
    for number, line in enumerate(head.splitlines()):
        if not line.strip():
            return len(names & _MAIL) >= 2
        if number == 0 and not _HEADER.fullmatch(line):
            return False
        if not _FOLDED.fullmatch(line):
            return False
        names.add(line.partition(b":")[0].strip().lower())
    return len(names & _MAIL) >= 3
