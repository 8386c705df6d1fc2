"""What several test modules ask of a case."""

from datetime import date
from pathlib import Path

import msgspec

from reportedly.briefing import build_brief, export_brief
from reportedly.briefs.render import render
from reportedly.exports.rows import claim_row, leaving_row, report_row
from reportedly.pipeline import Case

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "timber"
SEEDS = ROOT.parent / "shared" / "seeds"


def dump(case: Case, as_of: date | None = None) -> list[str]:
    """Every derived record of a case as canonical lines."""
    view = case.view(as_of)
    lines = ["report " + _line(report_row(report)) for _, report in sorted(view.reports.items())]
    lines += ["claim " + _line(claim_row(claim, view.reports[claim.report])) for claim in case.claims(view)]
    lines += ["leaving " + _line(leaving_row(left, view.reports[left.report].text if left.report else None)) for left in case.leavings(view)]
    return lines


def _line(row: dict[str, object]) -> str:
    return msgspec.json.encode(row).decode()


def write_brief(case: Case, as_of: date | None = None) -> str:
    """The brief of a case as Markdown."""
    return render(build_brief(case, as_of), "md").decode()


def hand_over_brief(case: Case, output: Path) -> None:
    """The brief of a case in a file, as Markdown."""
    export_brief(case, output, build_brief(case), "md")


def make_pdf(*pages: list[str]) -> bytes:
    """A PDF with these lines on its pages, by the library that reads them."""
    import ctypes
    import io

    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument.new()
    for lines in pages:
        page = document.new_page(595, 842)
        for number, line in enumerate(lines):
            text = raw.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", 10.0)
            encoded = (line + "\0").encode("utf-16-le")
            raw.FPDFText_SetText(text, ctypes.cast(ctypes.create_string_buffer(encoded), raw.FPDF_WIDESTRING))
            raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 60, 800 - 14 * number)
            raw.FPDFPage_InsertObject(page.raw, text)
        page.gen_content()
        page.close()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
