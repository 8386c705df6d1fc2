"""Bytes to text: byte-order mark, then UTF-8, then detection. What was decided is recorded, never guessed again."""

import codecs
import re
from dataclasses import dataclass

from reportedly.errors import UnreadableReport

_MARKS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]  # fmt: skip
_SURE = 0.6  # below it chardet names Hebrew or Thai for a line of French
_LATIN = 0.15  # share of bytes above 127 up to which a text is in Latin letters with marks
_SAMPLE = 64 * 1024  # detection looks at this much; more changes no answer and costs seconds on large files


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was in."""

    text: str
    encoding: str


def decode(original: bytes, file: str) -> Decoded:
    """The text of a file, with CR LF as LF and nothing else changed; the byte-order mark is not part of it.

    Raises UnreadableReport with reason code `empty`, `binary` or `encoding`.
    """
    if not original.strip():
        raise UnreadableReport(file, "empty", "the file is empty", "nothing to read; remove it or save the text again")
    text, encoding = _decode(original, file)
    if not text.strip():
        raise UnreadableReport(file, "empty", "the file holds only blank space", "nothing to read; remove it or save the text again")
    return Decoded(text.replace("\r\n", "\n"), encoding)


_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)


def decode_page(original: bytes, file: str, charset: str | None = None) -> Decoded:
    """The text of a web page: by its byte-order mark, as UTF-8 where it is sound, by what the server (`charset`) or the page says, else by
    detection. What cannot be decoded stands as a mark of replacement: a page is read for its story. Raises UnreadableReport (`empty`)."""
    if not original.strip():
        raise UnreadableReport(file, "empty", "the file is empty", "nothing to read; remove it or save the text again")
    for mark, encoding in _MARKS:
        if original.startswith(mark):
            return Decoded(original[len(mark) :].decode(encoding, "replace"), encoding)
    found = _META.search(original[:4096])
    for said in ("utf-8", charset, found[1].decode() if found else None):
        try:
            if said is not None:
                return Decoded(original.decode(said), said.lower())
        except (UnicodeDecodeError, LookupError):
            continue
    import chardet

    at = next((at for at, byte in enumerate(original) if byte >= 0x80), 0)
    guess = chardet.detect(original[max(0, at - _SAMPLE // 2) : at + _SAMPLE // 2])
    encoding = guess["encoding"] if guess["encoding"] and (guess["confidence"] or 0.0) >= _SURE else "windows-1252"
    return Decoded(original.decode(encoding, "replace"), encoding.lower())


def _decode(original: bytes, file: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if original.startswith(mark):
            try:
                return original[len(mark) :].decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise _undecodable(file, encoding, error) from error
    if _looks_binary(original):
        raise UnreadableReport(file, "binary", "this is no text file", "save its text as UTF-8 (.txt or .md) and add that")
    try:
        return original.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _detect(original, file, error)


def _looks_binary(original: bytes) -> bool:
    """A NUL, or more than one control byte in 50: no text encoding without a mark has either."""
    sample = original[:_SAMPLE]
    controls = sum(sample.count(bytes([code])) for code in (*range(1, 9), 11, *range(14, 27), *range(28, 32)))
    return b"\0" in sample or controls * 50 > len(sample)


def _detect(original: bytes, file: str, error: UnicodeDecodeError) -> tuple[str, str]:
    """An older encoding. A file with more sound UTF-8 than broken is half-encoded: refused, not guessed."""
    tolerant = original.decode("utf-8", errors="replace")
    broken = tolerant.count("\ufffd")
    sound = sum(1 for mark in tolerant if mark > "\x7f") - broken
    if sound > broken or (sound and sound * 4 > broken and broken < 20):
        raise UnreadableReport(file, "encoding", f"UTF-8 up to byte {error.start}, then not", "save the whole file in one encoding")
    import chardet  # half a second of tables: only where needed

    guess = chardet.detect(original[max(0, error.start - _SAMPLE // 2) : error.start + _SAMPLE // 2])
    encoding, confidence = guess["encoding"], guess["confidence"] or 0.0
    high = sum(1 for byte in original if byte >= 0x80) / len(original)
    if encoding is None or encoding.lower() in ("ascii", "utf-8") or (confidence < _SURE and high < _LATIN):
        encoding = "windows-1252"  # too little to tell by: the most common of the older ones, and recorded
    try:
        return original.decode(encoding), encoding.lower()
    except (UnicodeDecodeError, LookupError) as failure:
        raise UnreadableReport(file, "encoding", f"neither UTF-8 nor {encoding}", "save it as UTF-8") from failure


def _undecodable(file: str, encoding: str, error: UnicodeDecodeError) -> UnreadableReport:
    return UnreadableReport(file, "encoding", f"byte {error.start} is not {encoding}", "save it as UTF-8")
