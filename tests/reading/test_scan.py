"""A scan is recognised where tesseract is installed, and that it was is said."""

import io
import shutil

import pypdfium2
import pytest
from tests_support import make_pdf

from reportedly.errors import UnreadableReport
from reportedly.reading import make_reading


def make_scan(*lines: str) -> bytes:
    """A PDF whose page is a picture of these lines."""
    picture = pypdfium2.PdfDocument(make_pdf(list(lines)))[0].render(scale=4).to_pil().convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, "PDF", resolution=288)
    return buffer.getvalue()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed (Debian: tesseract-ocr)")
def test_a_scan_is_recognised_and_that_it_was_is_said() -> None:
    reading = make_reading(make_scan("The crew of the ship left the yard on Monday.", "A guard said that forty men had signed."), "scan.pdf")
    assert "left the yard on Monday" in reading.report.text
    assert [leaving.reason for leaving in reading.leavings if leaving.note.startswith("the words of 1 pages were recognised")] == ["recognised"]


def test_a_scan_that_cannot_be_recognised_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableReport, match=r"1 page without text, as of a scan; install tesseract") as refusal:
        make_reading(make_scan("The crew left."), "scan.pdf")
    assert refusal.value.code == "no-text"
