"""Mail: the words of a message with its sender and day, and what is attached to it as reports of their own; boxes of messages."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from reportedly.errors import UnreadableReport
from reportedly.reading.given import Given
from reportedly.reading.html import read_html
from reportedly.reading.page import Member, Page

_ENOUGH = 200  # characters of a plain version that says what the HTML one says: a shorter one says "open in your browser"
_ERRORS = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)  # what strangers' headers make the library raise
_MUCH = 1.5  # times the plain version, from which the page has what that leaves out
_BEGINS = re.compile(rb"From \S+ .*\d{4}\s*$")
_DEEPEST = 10  # messages within messages
_LINE = 20_000_000  # bytes of one message of a box


def read_message(original: bytes, file: str) -> Iterator[Member]:
    """A message: its own words first, then each attachment. Raises UnreadableReport (`damaged`, `nested`, `no-text`)."""
    try:
        message = email.message_from_bytes(original, policy=email.policy.default)
    except _ERRORS as error:
        raise UnreadableReport(file, "damaged", f"no message that can be read ({type(error).__name__})", "save it again") from error
    assert isinstance(message, EmailMessage)
    if _depth(message) > _DEEPEST:
        raise UnreadableReport(file, "nested", f"messages within messages, more than {_DEEPEST} deep", "save the one that matters by itself")
    words, attached = _sort_parts(message)
    try:
        yield Member("", original, page=_read_words(message, words, file))
    except UnreadableReport:
        if not attached:
            raise
    for number, part in enumerate(attached, start=1):
        inner = part.get_content_type() == "message/rfc822"
        payload = _inner_message(part) if inner else part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload:
            yield Member(_filename(part) or f"attachment {number}", payload, media_type="message/rfc822" if inner else None)


def _sort_parts(message: EmailMessage) -> tuple[list[Message], list[Message]]:
    """The parts that are the message's own words, and those that are reports of their own: what is attached or has a name, other
    messages, and whatever is no text."""
    words: list[Message] = []
    attached: list[Message] = []
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting[:0] = [one for one in part.get_payload() if isinstance(one, Message)]
        elif part.get_content_type() in ("text/plain", "text/html") and not _is_attached(part) and not _filename(part):
            words.append(part)
        else:
            attached.append(part)
    return words, attached


def _inner_message(part: Message) -> bytes | None:
    payload = part.get_payload()
    try:
        return payload[0].as_bytes() if isinstance(payload, list) and isinstance(payload[0], Message) else None
    except _ERRORS:
        return None


def read_mbox(stream: BinaryIO) -> Iterator[Member]:
    """The messages of a box, one at a time: each begins after a blank line with "From ", an address and a date."""
    lines: list[bytes] = []
    number = size = 0
    was_blank = True
    for line in stream:
        begins = was_blank and _BEGINS.match(line) is not None
        if begins and lines:
            number += 1
            yield Member(str(number), b"".join(lines), media_type="message/rfc822")
            lines, size = [], 0
        elif not begins and size < _LINE:
            lines.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
        was_blank = not line.strip()
    if lines:
        yield Member(str(number + 1), b"".join(lines), media_type="message/rfc822")


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except _ERRORS:
        return True  # whatever it is, it is not passed over


def _filename(part: Message) -> str | None:
    try:
        return part.get_filename()
    except _ERRORS:
        return None


def _depth(message: EmailMessage) -> int:
    deepest, waiting = 0, [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        deepest = max(deepest, depth)
        if part.is_multipart() and depth <= _DEEPEST:
            waiting += [(one, depth + (part.get_content_type() == "message/rfc822")) for one in part.iter_parts()]  # type: ignore[misc]
    return deepest


def _read_words(message: EmailMessage, words: list[Message], file: str) -> Page:
    """The plain version where it says enough, else the story of the HTML one: a short plain one beside a long page says "open in your
    browser"."""
    plain = "\n\n".join(text for part in words if part.get_content_type() == "text/plain" and (text := _content(part).replace("\r\n", "\n").strip()))
    pages = [_content(part) for part in words if part.get_content_type() == "text/html"]
    page = Page(plain, "mail") if plain and (not pages or len(plain) >= _ENOUGH) else None
    for web in pages:
        try:
            story = read_html(web.encode("utf-8", "replace"), file)
        except UnreadableReport:
            continue
        if page is None or len(story.text) > _MUCH * len(page.text):
            page = story
    if page is None and plain:
        page = Page(plain, "mail")
    if page is None:
        raise UnreadableReport(file, "no-text", "the message holds no words", "nothing to read; remove it")
    found, read_from = _facts(message)
    return Page(page.text, "mail", found.over(page.found), {**page.read_from, **read_from}, left=page.left, cut=page.cut)


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "windows-1252"):
        try:
            return payload.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return payload.decode("utf-8", "replace")


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = str(message.get(name, ""))
    except _ERRORS:
        return ""
    return " ".join(re.sub(r"[\x00-\x1f\ud800-\udfff]", " ", value).split())


def _facts(message: EmailMessage) -> tuple[Given, dict[str, str]]:
    """Subject, sender and day; the day as the sender's clock had it."""
    found, read_from = {}, {}
    name, address = parseaddr(_header(message, "From"))
    for field, value, header in (("title", _header(message, "Subject"), "Subject"), ("outlet", name or address, "From")):
        if value:
            found[field], read_from[field] = value, f"mail {header}"
    try:
        day = parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return Given.model_validate(found), read_from
    return Given.model_validate({**found, "published": day, "published_basis": "metadata"}), {**read_from, "published": f"mail Date: {_header(message, 'Date')[:60]}"}
