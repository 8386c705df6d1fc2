"""PDF files: the text by pdfium, page by page; running heads, page numbers and hyphens at the ends of lines told apart."""

import re
import statistics
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import partial
from typing import TYPE_CHECKING

from reportedly.errors import UnreadableReport
from reportedly.reading.given import Given
from reportedly.reading.page import Page
from reportedly.values.words import common_words

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_NUMBER = re.compile(r"\W*(?:page\s*\d{1,4}|[ivxl]{1,6}|(?:page\s*)?\d{1,4}\s*(?:/|of|von|sur|из)\s*\d{1,4})\W*", re.IGNORECASE)
_FIGURES = re.compile(r"\W*(\d{1,4})\W*")
_SECONDS = frozenset("based backed born bound built controlled era held led like made old owned related run speaking style wide".split())  # of compounds
_FIRSTS = frozenset("all anti cross ex half mid multi non post pre pro self semi then vice well".split())
_EDGE = 2  # lines at the top and the bottom of a page in which heads stand
_OFTEN = 0.4  # of the pages, at least three, on which a running head stands
_HYPHEN = re.compile(r"(\w+)[-\u00ad\u2010\u0002\ufffe]$")
_MARKED = re.compile(r"(\w+)[\u0002\ufffe](\w+)")  # how the library marks a hyphen at the end of a line
_BROKEN = re.compile(r"\w+(?:[-\u00ad\u2010]\n|[\u0002\ufffe]\n?)\w*")
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
    text, starts = _join(_without_edges(pages, left), left)
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


def _read_pages(document: "PdfDocument", left: list[tuple[str, str]]) -> list[list[str]]:
    """The lines of each page; a page that cannot be read is said and empty."""
    import pypdfium2

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


def _recognise_pages(document: "PdfDocument", left: list[tuple[str, str]]) -> list[list[str]]:
    """The lines of a scan by tesseract, where it and the extra are installed; else none. What was recognised is said, for it may be wrong."""
    try:
        import pytesseract
    except ImportError:
        return []
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


def _join(pages: list[list[str]], left: list[tuple[str, str]]) -> tuple[str, list[int]]:
    """The pages as one text with the offset at which each begins. A paragraph that goes on over the page stays one."""
    known = _find_words(pages)
    parts: list[str] = []
    length, starts = 0, []
    for number, lines in enumerate(pages, start=1):
        begins = length
        whole = [_MARKED.sub(partial(_join_word, number, known, left), line) for line in lines]
        for at, (line, ends) in enumerate(_paragraphs(whole)):
            hyphen = _HYPHEN.search(parts[-2]) if parts and line[:1].islower() else None
            if hyphen:
                is_own = _is_compound(hyphen[1], re.split(r"\W", line)[0], known)
                end = hyphen.end() if is_own else hyphen.end(1)
                left += [] if is_own else [("hyphen", f"page {number}: “{hyphen[0]}” and “{line.split()[0]}” are one word")]
                length -= len(parts[-1]) + len(parts[-2]) - end
                parts[-2:] = [parts[-2][:end]]
                begins = length if at == 0 else begins
            parts += [line, "\n\n" if ends else "\n"]
            length += len(line) + len(parts[-1])
        starts.append(begins)
    text = re.sub(r"[\u0002\ufffe]", "-", "".join(parts)).rstrip("\n")
    return text, [min(start, len(text)) for start in starts]


def _find_words(pages: list[list[str]]) -> AbstractSet[str]:
    """The words that stand whole in the pages, and the common ones; none where no word is broken, for then nobody asks."""
    text = "\n".join(line for lines in pages for line in lines)
    if not _BROKEN.search(text):
        return frozenset()
    return common_words() | {word.lower() for word in re.findall(r"[^\W\d_]+", _BROKEN.sub(" ", text))}


def _is_compound(one: str, other: str, known: AbstractSet[str]) -> bool:
    """Whether a hyphen at the end of a line is the word's own: a figure, a name, or two words that the text knows, and does not know as
    one ("well-known", "20-year")."""
    if not one[-1:].isalpha() or not other[:1].islower():
        return True
    if (one + other).lower() in known:
        return False
    return other in _SECONDS or (other in known and (one.lower() in known or one.lower() in _FIRSTS) and min(len(one), len(other)) > 2)


def _join_word(number: int, known: AbstractSet[str], left: list[tuple[str, str]], found: re.Match[str]) -> str:
    """A word that the library found broken over two lines."""
    if _is_compound(found[1], found[2], known):
        return f"{found[1]}-{found[2]}"
    left.append(("hyphen", f"page {number}: “{found[1]}-” and “{found[2]}” are one word"))
    return found[1] + found[2]


def _without_edges(pages: list[list[str]], left: list[tuple[str, str]]) -> list[list[str]]:
    """The pages without running heads and page numbers, which are told. A number alone at an edge is the page's where others go on
    with it: one that is alone may be what the sentence counts."""
    heads = _find_heads(pages)
    counts = Counter(int(m[1]) - number for number, lines in enumerate(pages) for at in _edges(lines) if (m := _FIGURES.fullmatch(lines[at])))
    numbering = {shift for shift, times in counts.items() if times > 1}
    kept = []
    for number, lines in enumerate(pages):
        edges, whole = set(_edges(lines)), []
        for at, line in enumerate(lines):
            figures = _FIGURES.fullmatch(line)
            if at in edges and ((figures and int(figures[1]) - number in numbering) or (not figures and _NUMBER.fullmatch(line))):
                left.append(("page-number", f"page {number + 1}: {line}"))
            elif at in edges and not figures and _shape(line) in heads:
                left.append(("running-head", f"page {number + 1}: {line[:200]}"))
            else:
                whole.append(line)
        kept.append(whole)
    return kept


def _paragraphs(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Each line with whether a paragraph ends with it: it ends a sentence and is short, or is a heading before a long one."""
    usual = statistics.median(map(len, lines)) if lines else 0
    for at, line in enumerate(lines):
        ends_sentence = line.endswith((".", "!", "?", "”", '"', ":"))
        after = lines[at + 1] if at + 1 < len(lines) else ""
        is_heading = len(line) < _SHORT * usual and not ends_sentence and after[:1].isupper()
        yield line, (ends_sentence and len(line) < _SHORT * usual) or is_heading
