"""Word documents (.docx): paragraphs and tables in their order."""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from reportedly.errors import UnreadableReport
from reportedly.reading.archive import ZIP_ERRORS
from reportedly.reading.given import Given
from reportedly.reading.page import Page

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST = 50_000_000  # bytes of all its parts together, pictures too


def read_docx(original: bytes, file: str) -> Page:
    """The text of a Word document; the cells of a table's row stand in one line. Raises UnreadableReport (`damaged`, `entities`, `too-large`,
    `no-text`)."""
    import docx

    _check_parts(original, file)
    try:
        document = docx.Document(io.BytesIO(original))
        text = "\n\n".join(_blocks(document.element.body))
        left = tuple(_heads(document))
    except Exception as error:
        raise UnreadableReport(file, "damaged", f"no Word document that can be read ({type(error).__name__})", "save it again, or its text as .txt") from error
    if not text.strip():
        raise UnreadableReport(file, "no-text", "the document holds no text", "save its text as .txt and add that")
    facts = document.core_properties
    found = {name: " ".join(value.split()) for name, value in (("title", facts.title), ("byline", facts.author)) if value and value != "python-docx"}
    return Page(text, "docx", Given.model_validate(found), dict.fromkeys(found, "properties of the document"), left=left)


def _check_parts(original: bytes, file: str) -> None:
    """Refuse parts that unpack to more than they may, before they are unpacked, and XML that declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(original)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST:
                raise UnreadableReport(file, "too-large", f"its parts unpack to more than {_MOST / 1e6:.0f} MB", "save its text as .txt and add that")
            for part in archive.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        _refuse_entities(opened.read(), file)
    except ZIP_ERRORS as error:
        raise UnreadableReport(file, "damaged", "no Word document that can be read", "save it again, or its text as .txt") from error


def _refuse_entities(xml: bytes, file: str) -> None:
    """Refuse XML that declares entities: it can grow without bound, or read other files. Raises UnreadableReport (`entities`)."""
    if b"<!ENTITY" in xml or b"<!DOCTYPE" in xml:
        raise UnreadableReport(file, "entities", "its XML declares a document type or entities, which can grow or reach without bound", "save its text as .txt and add that")


def _blocks(parent: "etree._Element") -> Iterator[str]:
    """Paragraphs, and rows of tables, in their order; what was inserted under review is read, what was deleted is not."""
    for element in parent:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name == "p":
            if text := _words(element):
                yield text
        elif name == "tbl":
            rows = ([_words(cell) for cell in row.iterchildren(f"{_W}tc")] for row in element.iter(f"{_W}tr"))
            yield from (f"| {' | '.join(cells)} |" for cells in rows if any(cells))
        elif name in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo"):
            yield from _blocks(element)


def _words(element: "etree._Element") -> str:
    """The words in an element, a text box's among them."""
    parts = (part for part in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}p") if not _is_gone(part))
    return " ".join("".join(part.text or "" if part.tag == f"{_W}t" else " " for part in parts).split())


def _is_gone(part: "etree._Element") -> bool:
    """Whether it was deleted, or stands a second time for older programs."""
    return any(one.tag.rpartition("}")[2] in ("del", "moveFrom", "Fallback") for one in part.iterancestors() if isinstance(one.tag, str))


def _heads(document: "Document") -> Iterator[tuple[str, str]]:
    """What stands at the head and the foot of pages, which is no part of the text."""
    said = [_words(part._element) for section in document.sections for part in (section.header, section.footer)]  # noqa: SLF001 the library gives their paragraphs, without what was inserted
    yield from (("running-head", text[:500]) for text in dict.fromkeys(said) if text)
