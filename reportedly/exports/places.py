"""Where a passage stands in the original: the page of a PDF, and an address that a browser opens at the words."""

from bisect import bisect_right
from urllib.parse import quote

from reportedly.records import Report

_WHOLE = 8  # words of a passage that an address holds whole; of a longer one the first and the last
_ENDS = 4


def find_page(report: Report, offset: int) -> int | None:
    """The page of a PDF, from 1, on which a character stands; None for what has no pages."""
    return max(1, bisect_right(report.pages, offset)) if report.pages else None


def make_address(report: Report, start: int, end: int) -> str | None:
    """The report's address with the passage as a text fragment (https://wicg.github.io/scroll-to-text-fragment/), which a browser scrolls
    to and marks; None where the report has no address, or is no web page."""
    words = report.text[start:end].split()
    if not (report.url or "").startswith(("https://", "http://")) or report.media_type != "text/html" or not words:
        return None
    ends = [words] if len(words) <= _WHOLE else [words[:_ENDS], words[-_ENDS:]]
    fragment = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in ends)
    return f"{(report.url or '').partition('#')[0]}#:~:text={fragment}"
