"""The brief says nothing that its claims do not carry, and is the same document in every format."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from lxml import html
from tests_support import write_brief

from reportedly.briefing import build_brief, export_brief, lint
from reportedly.briefs.cited import escape
from reportedly.briefs.document import sentences_of
from reportedly.briefs.forms import read_form
from reportedly.briefs.render import FORMATS, render
from reportedly.deciding import rate
from reportedly.errors import BadBrief, BadSetting, LedgerProblem
from reportedly.pipeline import Case, init_case
from reportedly.records import Rating


def section(brief: str, heading: str) -> str:
    """The text under a heading of level 2."""
    return brief.split(f"\n## {heading}\n")[1].split("\n## ", maxsplit=1)[0]


def test_every_note_quotes_its_report_at_its_offsets(framed: Case) -> None:
    view, brief = framed.view(), build_brief(framed)
    by_number = dict(enumerate(view.reports.values(), start=1))
    assert len(brief.notes) == len(list(framed.claims(view)))
    for note in brief.notes:
        report = by_number[note.report]
        assert note.quote == " ".join(report.text[note.start : note.end].split())
        assert note.sha256 == report.sha256


def test_every_sentence_cites_claims_and_every_cited_claim_has_a_note(framed: Case) -> None:
    brief = build_brief(framed)
    noted = {note.claim for note in brief.notes}
    for sentence in sentences_of(brief.sections):
        assert sentence.cites or "no claim says so or not so" in sentence.text
        assert set(sentence.cites) <= noted


def test_every_claim_is_said_once_at_least_with_its_stage_and_voice(framed: Case) -> None:
    said = {cite: slots for one in sentences_of(build_brief(framed).sections) if (slots := read_form(one.text)) and "quote" in slots for cite in one.cites}
    for claim in framed.claims(framed.view()):
        assert (claim.polarity == "negative") == ("not " in said[claim.id]["status"])
        assert said[claim.id]["quote"] == " ".join(claim.quote.split())


def test_plans_stand_apart_from_what_happened(framed: Case) -> None:
    happened, planned = section(write_brief(framed), "Movements and routes").split("### planned")
    assert "they plan to send the crews" in planned
    assert "they plan to send the crews" not in happened


def test_a_brief_opens_with_what_is_late(framed: Case) -> None:
    brief = write_brief(framed, date(2031, 4, 21))
    assert re.search(r"^- Plan overdue — dispatch: .*nothing confirms it", section(brief, "Summary"), re.MULTILINE)


def test_a_brief_of_a_day_knows_nothing_later(framed: Case) -> None:
    brief = write_brief(framed, date(2031, 4, 20))
    assert "As of 2031-04-20." in brief
    assert "3 reports" in brief
    assert "1 undated report left out." in brief
    assert "Khasan" not in brief
    assert "have yet to cross" not in brief


def test_the_cover_has_the_head_of_the_ledger_and_handing_over_does_not_change_it(framed: Case, tmp_path: Path) -> None:
    before = write_brief(framed)
    assert framed.ledger.head in before
    export_brief(framed, tmp_path / "one.md", build_brief(framed), "md")
    assert write_brief(framed) == before


def test_unnamed_outlets_are_not_taken_for_one(case: Case, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"The crew left camp {name[0]} at dawn.", encoding="utf-8")
    case.add([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert {"The outlet of a.txt reported", "The outlet of b.txt reported"} <= {line[2:30] for line in write_brief(case).splitlines()}


def test_sources_of_one_description_are_said_to_be_perhaps_several(case: Case, tmp_path: Path) -> None:
    for number in (1, 2):
        text = f"---\noutlet: Hill Post\npublished: 2031-03-0{number}\n---\nA source in Rason said that gate {number} was shut.\n"
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    case.add([tmp_path / "1.md", tmp_path / "2.md"])
    assert "So described in 2 reports of Hill Post, one person or several: a source in rason." in write_brief(case)


def test_a_case_without_reports_says_so(case: Case) -> None:
    assert "0 reports, 0 claims" in write_brief(case)


def test_what_nobody_knows_is_said(framed: Case) -> None:
    assert "it is not known which provinces will be asked" in section(write_brief(framed), "Said to be unknown")


def test_a_bound_in_the_brief_is_the_reports_own(framed: Case) -> None:
    assert "people “at least 600 people” = at least 600 people, as planned" in section(write_brief(framed), "Numbers")


def test_a_route_names_whence_and_whither_in_their_roles(framed: Case) -> None:
    assert "destination “Vladivostok”, origin “Pyongyang”, as planned" in section(write_brief(framed), "Routes")


def test_a_rating_stands_in_the_list_of_reports(framed: Case) -> None:
    rate(framed, Rating("outlet", "Hanbit Wire", "B", "mk"))
    assert "| Hanbit Wire | Fewer men than first planned | B |" in write_brief(framed)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_case_and_day_give_the_same_bytes(framed: Case, kind: str) -> None:
    day = date(2031, 4, 20)
    assert render(build_brief(framed, day), kind) == render(build_brief(framed, day), kind)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_brief_is_written_over_an_older_one_and_never_over_one_that_was_changed(framed: Case, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"brief.{kind}"
    export_brief(framed, path, build_brief(framed, date(2031, 4, 20)), kind)
    export_brief(framed, path, build_brief(framed), kind)
    path.write_bytes(changed := path.read_bytes() + b"\nmy own line\n")
    with pytest.raises(LedgerProblem, match="no brief of this case"):
        export_brief(framed, path, build_brief(framed), kind)
    assert path.read_bytes() == changed


def test_word_and_pages_say_what_markdown_says(framed: Case) -> None:
    brief = build_brief(framed)
    texts = [sentence.text for sentence in sentences_of(brief.sections)]
    word = "\n".join(one.text for one in Document(io.BytesIO(render(brief, "docx"))).paragraphs)
    page = html.fromstring(render(brief, "html").decode()).text_content()
    markdown = render(brief, "md").decode()
    for text in texts:
        assert text in page
        assert escape(text) in markdown
        assert text in word


def test_a_pdf_has_every_sentence_as_text(framed: Case) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(render(build_brief(framed), "pdf"))
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    for sentence in sentences_of(build_brief(framed).sections):
        assert "".join(sentence.text.split())[:40] in text


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[link](javascript:alert(1))",
    "**bold** `code`",
    "| cell |",
    "\\input{/etc/passwd} $x$ \\write18{id}",
    "#eval(read(1)) #panic() @label $ x $",
    "{{ 7 * 7 }} {% raise %}",
    "=HYPERLINK(1)",
    "\x07\x1b[31m \u202e \u2028",
    "]]> &amp; <!-- -->",
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", FORMATS)
def test_markup_inside_a_report_stays_text(case: Case, tmp_path: Path, kind: str, words: str) -> None:
    (tmp_path / "report.txt").write_text(f"The crew {words} left the camp at dawn.", encoding="utf-8")
    case.add([tmp_path / "report.txt"])
    brief = build_brief(case)
    shown = brief.notes[0].quote if brief.notes else brief.cover[0]
    original = render(brief, kind)
    if kind == "html":
        page = html.fromstring(original.decode())
        assert shown in page.text_content()
        assert not page.xpath("//script | //img | //*[@onerror]")
    elif kind == "md":
        assert escape(shown) in original.decode()
    elif kind == "docx":
        assert shown in "\n".join(one.text for one in Document(io.BytesIO(original)).paragraphs)
    else:
        assert original.startswith(b"%PDF")
    assert not set(original) & {7, 27} or kind in ("pdf", "docx")


def test_a_name_of_ten_thousand_letters_is_shown(case: Case, tmp_path: Path) -> None:
    name = "A" + "b" * 10_000
    (tmp_path / "report.txt").write_text(f"{name} said that the crew left the camp at dawn.", encoding="utf-8")
    case.add([tmp_path / "report.txt"])
    brief = build_brief(case)
    for kind in FORMATS:
        assert render(brief, kind)


def test_only_web_addresses_become_links(framed: Case, tmp_path: Path) -> None:
    page = "<html><head><title>Camps</title></head><body><article><p>The crew left the camp at dawn on Tuesday, two drivers said, and nobody had told the families of it.</p></article></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (tmp_path / "m.csv").write_text("file,url\npage.html,https://example.org/camps\n", encoding="utf-8")
    framed.add([tmp_path / "page.html"], manifest=tmp_path / "m.csv")
    links = html.fromstring(render(build_brief(framed), "html").decode()).xpath("//a/@href")
    assert any(link.startswith("https://example.org/camps#:~:text=") for link in links)
    assert all(link.startswith(("#", "https://", "http://")) for link in links)


def test_a_template_of_ones_own_stands_in_the_place_of_ours(framed: Case, tmp_path: Path) -> None:
    (tmp_path / "t.md.j2").write_text("Title: {{ brief.title }}\n{% for one in brief.notes %}\n{{ one.quote }}\n{% endfor %}\n", encoding="utf-8")
    filled = render(build_brief(framed), "md", tmp_path / "t.md.j2").decode()
    assert filled.startswith("Title: Crews\n")
    assert "The men would leave in early April" in filled


@pytest.mark.parametrize(
    "source",
    ["{{ brief.nothing }}", "{% for %}", "{{ brief.__class__.__mro__ }}", "{{ cited.__globals__ }}", "{{ ''.__class__ }}", "{{ 1 / 0 }}", "{% include 'other' %}"],
)
def test_a_template_that_is_wrong_or_reaches_out_is_refused(framed: Case, tmp_path: Path, source: str) -> None:
    (tmp_path / "t.j2").write_text(source, encoding="utf-8")
    with pytest.raises(BadSetting, match="--template"):
        render(build_brief(framed), "html", tmp_path / "t.j2")


def test_an_analysts_paragraph_is_checked_and_stands_after_the_summary(framed: Case, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("## Authorities aim to recruit\n\nHanbit Wire reported that the authorities aim to recruit at least 600 people.[^f0dd6f1f]\n", encoding="utf-8")
    brief = build_brief(framed, own=own)
    assert [one.heading for one in brief.sections[:2]] == ["Summary", "Authorities aim to recruit"]
    assert lint(framed, render(brief, "md").decode()) == []


def test_a_brief_with_a_sentence_that_its_claims_do_not_carry_is_not_built(framed: Case, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("Hanbit Wire reported that the authorities aim to recruit at least 800 people.[^f0dd6f1f]\n", encoding="utf-8")
    with pytest.raises(BadBrief, match=r"own\.md:1: “at least 800 people”"):
        build_brief(framed, own=own)


@pytest.mark.parametrize(
    "outlet",
    [
        "X reported on 2031-01-01, as planned: “Y”. Z",
        "x — people “5”, as planned, as Y",
        "Post (“the” one), citing nobody",
        ".coda",
        "!Hola Wire",
        "? Wire",
        "A | B",
        "[^2]",
        "Kyodo & Co &lt;b&gt;",
    ],
)
def test_an_outlet_of_any_name_gives_a_brief_that_holds(case: Case, tmp_path: Path, outlet: str) -> None:
    (tmp_path / "a.txt").write_text(
        "The ministry plans to send 300 workers to Chita by train on 5 May 2031, an official said.\n\nThe crew left the camp at dawn.\n", encoding="utf-8"
    )
    (tmp_path / "m.csv").write_text(f'file,outlet,title,published\na.txt,"{outlet}","{outlet}",2031-04-02\n', encoding="utf-8")
    case.add([tmp_path / "a.txt"], manifest=tmp_path / "m.csv")
    brief = write_brief(case)
    assert lint(case, brief) == []


def test_what_a_report_was_not_told_stands_in_a_brief(framed: Case, tmp_path: Path) -> None:
    text = "---\noutlet: Wire\npublished: 2031-03-12\n---\nThe ministry refused to say when the 30 men would go to Russia.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    framed.add([tmp_path / "a.md"])
    assert "(not said)" in section(write_brief(framed), "Said to be unknown")


def test_an_address_that_is_no_web_page_becomes_no_link(case: Case, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "<html><body><article><p>The crew left the camp at dawn on Tuesday, two drivers said, and nobody had told the families.</p></article></body></html>", encoding="utf-8"
    )
    (tmp_path / "m.csv").write_text("file,url\npage.html,javascript:alert(1)\n", encoding="utf-8")
    case.add([tmp_path / "page.html"], manifest=tmp_path / "m.csv")
    assert "javascript:" not in "".join(html.fromstring(render(build_brief(case), "html").decode()).xpath("//a/@href"))


@pytest.mark.parametrize("source", ["{{ cited(1) }}", "{{ [].pop() }}", "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{{ brief.cover|xmlattr }}"])
def test_whatever_goes_wrong_in_a_template_is_one_line(framed: Case, tmp_path: Path, source: str) -> None:
    (tmp_path / "t.j2").write_text(source, encoding="utf-8")
    with pytest.raises(BadSetting, match="--template"):
        render(build_brief(framed), "html", tmp_path / "t.j2")


def test_a_typst_template_reads_no_file_of_the_user(framed: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (tmp_path / "t.typ").write_text('#read("secret.txt")', encoding="utf-8")
    with pytest.raises(BadSetting, match="--template"):
        render(build_brief(framed), "pdf", tmp_path / "t.typ")


def test_a_number_in_two_wordings_is_given_to_who_said_it_so(tmp_path: Path) -> None:
    with init_case(tmp_path / "case", "Crews", playbooks=("labour_export",)) as case:
        for number, (outlet, words) in enumerate([("Alpha", "600 men"), ("Beta", "600 workers")]):
            text = f"---\noutlet: {outlet}\npublished: 2031-05-0{number + 4}\n---\nThe ministry sent {words} to Chita by train on 2 May 2031, an official said.\n"
            (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
        case.add([tmp_path / "0.md", tmp_path / "1.md"])
        assert "people “600 men” = 600 people, as having happened, as Alpha, citing" in section(write_brief(case), "Numbers")


def test_a_range_is_given_in_the_words_of_its_ends(tmp_path: Path) -> None:
    with init_case(tmp_path / "case", "Crews", playbooks=("labour_export",)) as case:
        for number, words in enumerate(["about 400 men", "at least 600 men"]):
            text = f"---\noutlet: Post {number}\npublished: 2031-05-0{number + 4}\n---\nThe ministry sent {words} of the second round to Chita on 2 May 2031, an official said.\n"
            (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
        case.add([tmp_path / "0.md", tmp_path / "1.md"])
        assert "from “about 400 men of the second round” to “at least 600 men of the second round”" in section(write_brief(case), "Numbers")
