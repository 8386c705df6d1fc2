"""PDF files: the text by pdfium, page by page; running heads, page numbers and hyphens at the ends of lines told apart."""

import re
import statistics
from collections import Counter
from collections.abc import Iterator
from functools import partial

from reportedly.errors import UnreadableReport
from reportedly.reading.given import Given
from reportedly.reading.page import Page

_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|von|sur|из)\s*\d{1,4})?\W*", re.IGNORECASE)
_EDGE = 2  # lines at the top and the bottom of a page in which heads stand
_OFTEN = 0.4  # of the pages, at least three, on which a running head stands
_HYPHEN = re.compile(r"(\w*[^\W\d_])[-\u00ad\u2010\u0002\ufffe]$")
_MARKED = re.compile(r"(\w+)[\u0002\ufffe](\w+)")  # how the library marks a hyphen at the end of a line
_SHORT = 0.8  # of the usual length of a line, below which a line that ends a sentence ends its paragraph
_OCR = "install tesseract, then: pip install 'reportedly[ocr]'; or recognise its text first"
_DOTS = 300  # an inch, of the picture that is recognised
_MOST_PAGES = 5_000


def read_pdf(original: bytes, file: str) -> Page:
    """The text of a PDF. Its scripts are not run. What its own data say of a day is no day of publication: they tell when the file was
    made, often by whoever saved it. Raises UnreadableReport (`encrypted`, `damaged`, `no-text`, `too-large`)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(original)
    except pypdfium2.PdfiumError as error:
        raise _refuse(file, str(error)) from error
    try:
        if len(document) > _MOST_PAGES:
            raise UnreadableReport(file, "too-large", f"{len(document):,} pages are more than {_MOST_PAGES:,}", "split it")
        left: list[tuple[str, str]] = []
        pages = _read_pages(document, left)
        if not any(pages) and not left:
            pages = _recognise_pages(document, left) or pages
        facts = document.get_metadata_dict()
    finally:
        document.close()
    heads = _find_heads(pages)
    text, starts = _join(pages, heads, left)
    if not text.strip() and any(reason == "damaged" for reason, _ in left):
        raise UnreadableReport(file, "damaged", f"none of its {len(pages)} pages can be read", "fetch it again")
    if not text.strip():
        raise UnreadableReport(file, "no-text", f"{len(pages)} page{'s' * (len(pages) != 1)} without text, as of a scan", _OCR)
    found = {name: value for name, key in (("title", "Title"), ("byline", "Author")) if (value := " ".join(facts.get(key, "").replace("\0", "").split()))}
    if made := facts.get("CreationDate", ""):
        left.append(("file-date", f"the file was made {made}, which need not be when it was published"))
    return Page(text, "pdf", Given.model_validate(found), {name: f"PDF {'Title' if name == 'title' else 'Author'}" for name in found}, tuple(starts), tuple(left))


def _refuse(file: str, error: str) -> UnreadableReport:
    if "assword" in error or "ecurity" in error:
        return UnreadableReport(file, "encrypted", "the PDF is locked with a password", "save it without one")
    return UnreadableReport(file, "damaged", f"no PDF that can be read ({error[:80]})", "fetch it again")


def _read_pages(document: "object", left: list[tuple[str, str]]) -> list[list[str]]:
    """The lines of each page; a page that cannot be read is said and empty."""
    import pypdfium2

    assert isinstance(document, pypdfium2.PdfDocument)
    pages = []
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage().get_text_bounded()
            page.close()
        except pypdfium2.PdfiumError as error:
            left.append(("damaged", f"page {number + 1} cannot be read ({str(error)[:80]})"))
            text = ""
        pages.append([line.strip() for line in text.replace("\r", "\n").replace("\0", "").split("\n") if line.strip()])
    return pages


def _recognise_pages(document: "object", left: list[tuple[str, str]]) -> list[list[str]]:
    """The lines of a scan by tesseract, where it and the extra are installed; else none. What was recognised is said, for it may be wrong."""
    import pypdfium2

    try:
        import pytesseract
    except ImportError:
        return []
    assert isinstance(document, pypdfium2.PdfDocument)
    pages = []
    for number in range(len(document)):
        try:
            text = pytesseract.image_to_string(document[number].render(scale=_DOTS / 72).to_pil())
        except pytesseract.TesseractNotFoundError:
            return []
        pages.append([line.strip() for line in text.splitlines() if line.strip()])
    left.append(("recognised", f"the words of {len(pages)} pages were recognised from pictures by tesseract {pytesseract.get_tesseract_version()}, and may be wrong"))
    return pages


def _edges(lines: list[str]) -> list[int]:
    """The places of the first and the last lines of a page."""
    return sorted({*range(min(_EDGE, len(lines))), *range(max(0, len(lines) - _EDGE), len(lines))})


def _shape(line: str) -> str:
    """A line with its digits as one mark: heads differ by the page's number."""
    return re.sub(r"\d+", "#", line)


def _find_heads(pages: list[list[str]]) -> frozenset[str]:
    """The shapes of the lines at the edges of many pages."""
    counts = Counter(shape for lines in pages for shape in {_shape(lines[at]) for at in _edges(lines)})
    return frozenset(shape for shape, times in counts.items() if times >= max(3, _OFTEN * len(pages)))


def _join(pages: list[list[str]], heads: frozenset[str], left: list[tuple[str, str]]) -> tuple[str, list[int]]:
    """The pages as one text with the offset at which each begins. A paragraph that goes on over the page stays one."""
    parts: list[str] = []
    length, starts = 0, []
    for number, lines in enumerate(pages, start=1):
        begins = length
        whole = [_MARKED.sub(partial(_join_word, number, left), line) for line in _without_heads(lines, heads, number, left)]
        for at, (line, ends) in enumerate(_paragraphs(whole)):
            hyphen = _HYPHEN.search(parts[-2]) if parts and line[:1].islower() else None
            if hyphen:
                left.append(("hyphen", f"page {number}: “{hyphen[0]}” and “{line.split()[0]}” are one word"))
                length -= len(parts[-1]) + len(parts[-2]) - hyphen.end(1)
                parts[-2:] = [parts[-2][: hyphen.end(1)]]
                begins = length if at == 0 else begins
            parts += [line, "\n\n" if ends else "\n"]
            length += len(line) + len(parts[-1])
        starts.append(begins)
    text = "".join(parts).rstrip("\n")
    return text, [min(start, len(text)) for start in starts]


def _join_word(number: int, left: list[tuple[str, str]], found: re.Match[str]) -> str:
    """A word that the library found broken over two lines; what goes on with a capital or a figure keeps its hyphen."""
    if not found[2][0].islower():
        return f"{found[1]}-{found[2]}"
    left.append(("hyphen", f"page {number}: “{found[1]}-” and “{found[2]}” are one word"))
    return found[1] + found[2]


def _without_heads(lines: list[str], heads: frozenset[str], number: int, left: list[tuple[str, str]]) -> Iterator[str]:
    edges = set(_edges(lines))
    for at, line in enumerate(lines):
        if at in edges and _NUMBER.fullmatch(line):
            left.append(("page-number", f"page {number}: {line}"))
        elif at in edges and _shape(line) in heads:
            left.append(("running-head", f"page {number}: {line[:200]}"))
        else:
            yield line


def _paragraphs(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Each line with whether a paragraph ends with it: it ends a sentence and is short, or is a heading before a long one."""
    usual = statistics.median(map(len, lines)) if lines else 0
    for at, line in enumerate(lines):
        ends_sentence = line.endswith((".", "!", "?", "”", '"', ":"))
        after = lines[at + 1] if at + 1 < len(lines) else ""
        is_heading = len(line) < _SHORT * usual and not ends_sentence and after[:1].isupper()
        yield line, (ends_sentence and len(line) < _SHORT * usual) or is_heading
