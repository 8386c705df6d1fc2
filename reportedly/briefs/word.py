"""A brief as a Word file: headings, lists, a table of reports, and the notes at the end, each linked from where it is cited."""

import io
import zipfile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from reportedly.briefs.document import Brief, Note, Section, Sentence

_EPOCH = (1980, 1, 1, 0, 0, 0)  # of every part: the same brief gives the same bytes


def write_word(brief: Brief, keyword: str) -> bytes:
    """The bytes of the file."""
    document = Document()
    document.core_properties.title = brief.title[:255]
    document.core_properties.keywords = keyword
    document.core_properties.author = "reportedly"
    document.core_properties.comments = ""
    document.add_heading(brief.title, 0)
    for line in brief.cover:
        document.add_paragraph(line)
    numbers = {note.claim: note.number for note in brief.notes}
    for section in brief.sections:
        _add_section(document, section, numbers)
    _add_sources(document, brief)
    if brief.set_apart:
        document.add_heading("Set apart", 1)
        document.add_paragraph(f"{brief.set_apart}.")
    document.add_heading("Notes", 1)
    for note in brief.notes:
        _add_note(document, note)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_clock(buffer)


def _add_section(document: WordDocument, section: Section, numbers: dict[str, int]) -> None:
    document.add_heading(section.heading, section.level - 1)
    for line in section.lines:
        paragraph = document.add_paragraph(style=None if section.prose else "List Bullet")
        for number, sentence in enumerate(line):
            _add_sentence(paragraph, sentence, numbers, " " * (number > 0))


def _add_sentence(paragraph: Paragraph, sentence: Sentence, numbers: dict[str, int], before: str) -> None:
    paragraph.add_run(before + sentence.text)
    for number in (numbers[one] for one in sentence.cites if one in numbers):
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"note-{number}")
        run = paragraph.add_run(f" {number}")
        run.font.superscript = True
        link.append(run._r)  # noqa: SLF001  python-docx has no links within a document
        paragraph._p.append(link)  # noqa: SLF001


def _add_sources(document: WordDocument, brief: Brief) -> None:
    document.add_heading("Reports", 1)
    heads = ("no.", "published", "outlet", "title", "rating", "rests on", "file", "SHA-256 of the original")
    table = document.add_table(rows=1 + len(brief.sources), cols=len(heads), style="Light Grid")
    rows = [heads, *((str(one.number), one.published, one.outlet, one.title, one.rating, one.rests_on, one.file, one.sha256) for one in brief.sources)]
    cells = table._cells  # noqa: SLF001  a table asked cell by cell costs its square
    for number, words in enumerate(word for row in rows for word in row):
        cells[number].text = words


def _add_note(document: WordDocument, note: Note) -> None:
    page = f", page {note.page}" if note.page is not None else ""
    paragraph = document.add_paragraph()
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(note.number))
    start.set(qn("w:name"), f"note-{note.number}")
    paragraph._p.append(start)  # noqa: SLF001
    paragraph.add_run(f"{note.number} ").bold = True
    paragraph._p.append(end)  # noqa: SLF001
    paragraph.add_run(f"“{note.quote}” — report {note.report}, {note.file}{page}, characters {note.start}–{note.end}; claim {note.claim}; original {note.sha256}")


def _without_clock(buffer: io.BytesIO) -> bytes:
    """The parts of a package with one day for all of them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(part))
    return packed.getvalue()
