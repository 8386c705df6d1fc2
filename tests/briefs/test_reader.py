"""The page of a case for a reader who has nothing installed: whole, inert, and the same every time."""

import re
from datetime import date
from pathlib import Path

from lxml import html

from reportedly.briefing import export_reader
from reportedly.pipeline import Case


def test_every_claim_stands_in_it_with_a_passage_that_holds_its_words(framed: Case, tmp_path: Path) -> None:
    export_reader(framed, tmp_path / "case.html")
    page = html.fromstring((tmp_path / "case.html").read_bytes())
    for claim in framed.claims(framed.view()):
        (block,) = page.xpath(f"//*[@id='claim-{claim.id}']")
        (link,) = (one for one in block.xpath(".//a/@href") if one.startswith("#passage-"))
        (passage,) = page.xpath(f"//*[@id='{link[1:]}']")
        assert " ".join(claim.quote.split()) in " ".join(passage.text_content().split())


def test_it_fetches_nothing_and_runs_one_script_of_ours(framed: Case, tmp_path: Path) -> None:
    export_reader(framed, tmp_path / "case.html")
    text = (tmp_path / "case.html").read_text(encoding="utf-8")
    page = html.fromstring(text.encode())
    assert not page.xpath("//link | //img | //iframe | //object | //*[@src]")
    assert len(page.xpath("//script")) == 1
    assert re.search(r"default-src 'none'.*script-src 'sha256-", text)


def test_the_same_case_and_day_give_the_same_bytes_and_nothing_later(framed: Case, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        export_reader(framed, tmp_path / name, date(2031, 4, 20))
    one = (tmp_path / "one.html").read_bytes()
    assert one == (tmp_path / "two.html").read_bytes()
    assert b"Khasan" not in one


def test_markup_of_a_report_is_text_in_it(case: Case, tmp_path: Path) -> None:
    words = "The crew <script>alert(1)</script> <img src=x onerror=alert(2)> left the camp at dawn."
    (tmp_path / "report.txt").write_text(words, encoding="utf-8")
    case.add([tmp_path / "report.txt"])
    export_reader(case, tmp_path / "case.html")
    page = html.fromstring((tmp_path / "case.html").read_bytes())
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img")
    assert words in page.text_content()
