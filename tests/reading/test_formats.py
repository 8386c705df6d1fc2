"""What each format gives: the words, what it says of itself and where, and nothing more."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import brotli
import docx
import docx.oxml
import pytest
from tests_support import make_pdf

from reportedly.errors import UnreadableReport
from reportedly.exports.places import find_page, make_address
from reportedly.ledger.searching import Wanted
from reportedly.pipeline import Case, init_case
from reportedly.reading import Given, Item, Limits, Source, make_reading, read_source
from reportedly.records import Reading

STORY = "The crew of the Orlen left the yard at Tarovsk on Monday. A guard said that 40 men had signed for two years."
MORE = "They will be paid in June, the ministry said. Nobody at the yard would say who had taken their papers from them."
PAGE = f"""<!doctype html><html lang="en"><head><title>Crew leaves | Hill Post</title>
<meta property="og:site_name" content="Hill Post"><link rel="canonical" href="https://post.example/crew">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Crew leaves", "datePublished": "2024-05-03T08:00:00Z",
 "author": {{"@type": "Person", "name": "Ann Lee"}}, "sourceOrganization": {{"name": "Amur Press"}}}}</script></head>
<body><nav><a href="/">All the news of the valley</a></nav><article><h1>Crew leaves</h1><p>{STORY}</p><p>{MORE}</p>
<table><tr><td>Men</td><td>40</td></tr></table><ul><li>two years of work</li></ul></article><aside>Read these other stories too</aside></body></html>"""


def read(original: bytes, file: str, given: Given | None = None, limits: Limits | None = None) -> list[Item]:
    return list(read_source(Source(file, None, given or Given(), original), limits))


def only(items: list[Item]) -> Reading:
    (item,) = items
    assert isinstance(item, Reading), item
    return item


def texts(items: list[Item]) -> list[str]:
    return [item.report.text if isinstance(item, Reading) else item.code for item in items]


def test_a_page_gives_its_story_and_says_where_each_fact_stood() -> None:
    reading = only(read(PAGE.encode(), "saved.bin"))
    report = reading.report
    assert (report.title, report.byline, report.outlet, report.agency, report.url) == ("Crew leaves", "Ann Lee", "Hill Post", "Amur Press", "https://post.example/crew")
    assert (report.published.when.edtf if report.published.when else None, report.published.basis) == ("2024-05-03", "metadata")
    assert report.read_from["published"] == "JSON-LD datePublished"
    assert report.read_from["outlet"] == "meta og:site_name"
    assert report.read_from["agency"] == "JSON-LD sourceOrganization.name"
    assert STORY in report.text
    assert "| Men | 40 |" in report.text
    assert "two years of work" in report.text
    assert reading.cut == ("All the news of the valley", "Read these other stories too")
    assert [leaving.note for leaving in reading.leavings if leaving.reason == "outside-story"] == ["2 blocks of the page, 54 characters"]


def test_what_a_person_gives_stands_over_what_the_page_says() -> None:
    report = only(read(PAGE.encode(), "a.html", Given(outlet="Coast Times", published="2024-05-09"))).report
    assert (report.outlet, report.published.basis, "outlet" in report.read_from) == ("Coast Times", "given", False)


def test_a_passage_of_a_page_has_an_address_that_opens_there() -> None:
    report = only(read(PAGE.encode(), "a.html")).report
    start = report.text.index(STORY)
    assert make_address(report, start, start + len("The crew of the Orlen")) == "https://post.example/crew#:~:text=The%20crew%20of%20the%20Orlen"
    assert make_address(report, start, start + len(STORY)) == "https://post.example/crew#:~:text=The%20crew%20of%20the,signed%20for%20two%20years."


def test_a_pdf_gives_its_pages_without_heads_and_numbers_and_with_its_words_whole() -> None:
    lines = [f"The {name} of the Orlen left the yard at Tarovsk on Monday, and a guard said to them that they would be trans-" for name in ("crew", "cook", "clerk", "mate")]
    pages = [
        ["HILL POST REPORT 12", f"Story of the {line.split()[1]} in {number} parts.", line, f"ported to {line.split()[1]}s elsewhere.", str(number)]
        for number, line in enumerate(lines, start=1)
    ]
    reading = only(read(make_pdf(*pages), "report"))
    report = reading.report
    assert "transported to clerks" in report.text
    assert "HILL POST REPORT" not in report.text
    assert [find_page(report, report.text.index(f"in {number} parts")) for number in range(1, 5)] == [1, 2, 3, 4]
    assert [find_page(report, report.text.rindex("transported")), report.media_type] == [4, "application/pdf"]
    reasons = [leaving.reason for leaving in reading.leavings]
    assert (reasons.count("running-head"), reasons.count("page-number"), reasons.count("hyphen")) == (4, 4, 4)


def test_a_word_broken_over_two_pages_begins_on_the_second() -> None:
    first = ["The crew of the Orlen left the yard at Tarovsk on Monday, and a guard said that they were trans-"]
    report = only(read(make_pdf(first, ["ported to the border on the next morning."]), "a.pdf")).report
    assert "were transported to the border" in report.text
    assert find_page(report, report.text.index("border")) == 2


def test_the_day_on_which_a_pdf_was_made_is_no_day_of_publication() -> None:
    assert only(read(make_pdf([STORY]), "a.pdf")).report.published.when is None


def test_a_word_document_gives_paragraphs_and_tables_in_their_order() -> None:
    document, buffer = docx.Document(), io.BytesIO()
    document.core_properties.title = "Crew leaves"
    document.add_paragraph(STORY)
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Men", "40"
    document.add_paragraph(MORE)
    document.save(buffer)
    report = only(read(buffer.getvalue(), "a")).report
    assert report.text == f"{STORY}\n\n| Men | 40 |\n\n{MORE}"
    assert (report.title, report.read_from["title"]) == ("Crew leaves", "properties of the document")


MAIL = f"""From: Hill Post <news@post.example>
To: reader@mail.example
Subject: Crew leaves
Date: Fri, 03 May 2024 23:30:00 -0900
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: text/plain; charset=utf-8

{STORY}

--B
Content-Type: text/plain; charset=utf-8
Content-Disposition: attachment; filename="../more.txt"

{MORE}
--B--
"""


def test_a_mail_gives_its_words_and_each_attachment_and_the_senders_day() -> None:
    words, attached = read(MAIL.encode(), "letter")
    assert isinstance(words, Reading)
    assert isinstance(attached, Reading)
    assert (words.report.text, words.report.outlet, words.report.title) == (STORY, "Hill Post", "Crew leaves")
    assert (words.report.published.when.edtf if words.report.published.when else None) == "2024-05-03"
    assert words.report.read_from["published"] == "mail Date: Fri, 03 May 2024 23:30:00 -0900"
    assert (attached.report.text.strip(), attached.report.file) == (MORE, "letter/more.txt")


def test_a_newsletter_that_is_a_page_gives_its_story() -> None:
    head = "From: Hill Post <n@post.example>\nSubject: Crew leaves\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    report = only(read((head + PAGE).encode(), "letter.eml")).report
    assert STORY in report.text
    assert "other stories" not in report.text


def test_a_box_gives_its_messages() -> None:
    box = "".join(f"From a@b.example Fri May  3 10:00:00 2024\nFrom: Hill Post <a@b.example>\nSubject: {n}\n\n{STORY}\n>From here on {n}\n\n" for n in (1, 2))
    assert texts(read(box.encode(), "box")) == [f"{STORY}\nFrom here on {n}" for n in (1, 2)]


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Hill Post</title>
<item><title>Crew leaves</title><link>https://post.example/1</link><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate><description>&lt;p&gt;{STORY}&lt;/p&gt;&lt;p&gt;{MORE}&lt;/p&gt;</description></item>
<item><title>Crew is back</title><link>https://post.example/2</link><content:encoded><![CDATA[<p>{MORE}</p><script>alert(1)</script>]]></content:encoded></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Hill Post</title><entry><title>Crew leaves</title><link href="https://post.example/1"/>
<published>2024-05-03T10:00:00Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p></div></content></entry></feed>"""


def test_a_feed_gives_its_entries_with_day_and_address() -> None:
    first, second = read(RSS.encode(), "feed")
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert (first.report.text, second.report.text) == (f"{STORY}\n\n{MORE}", MORE)
    assert (first.report.outlet, first.report.url, first.report.read_from["published"]) == ("Hill Post", "https://post.example/1", "feed pubdate: Fri, 03 May 2024 10:00:00 GMT")
    assert second.report.published.when is None
    atom = only(read(ATOM.encode(), "feed.xml")).report
    assert (atom.text, atom.url, atom.published.when.edtf if atom.published.when else None) == (STORY, "https://post.example/1", "2024-05-03")


def make_record(url: str, body: bytes, kind: str = "text/html", status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{url[-1]}>\r\n"
    return f"{head}Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_gives_its_pages_with_address_and_time_of_capture(packed: bool) -> None:
    records = [
        make_record("https://post.example/1", PAGE.encode()),
        make_record("https://post.example/2", b"x", "image/png"),
        make_record("https://post.example/3", b"", status="404 Not Found"),
    ]
    original = b"".join(map(gzip.compress, records)) if packed else b"".join(records)
    page, told = read(original, "crawl")
    assert isinstance(page, Reading)
    assert (page.collected.collected_at, page.collected.source_url) == ("2024-05-04T10:00:00+00:00", "https://post.example/1")
    assert page.report.file == "crawl/1"
    assert isinstance(told, UnreadableReport)
    assert (told.code, told.what) == ("no-pages", "records that are no pages: image/png 1, status 404 1")


def test_the_charset_that_a_server_said_is_used_where_the_page_is_silent() -> None:
    page = "<html><body><article><p>Рабочие уехали со стройки в понедельник. Охранник сказал, что сорок человек подписали бумаги.</p></article></body></html>"
    record = make_record("https://post.example/1", page.encode("windows-1251"), "text/html; charset=windows-1251")
    report = only(read(record, "crawl")).report
    assert (report.encoding, report.language) == ("windows-1251", "ru")
    assert "сорок человек" in report.text


def test_a_packed_web_archive_gives_the_pages_of_its_archives_and_nothing_else() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("pages/pages.jsonl", '{"text": "The crew left."}')
        archive.writestr("archive/data.warc.gz", gzip.compress(make_record("https://post.example/1", PAGE.encode())))
    report = only(read(buffer.getvalue(), "saved.wacz")).report
    assert (report.file, STORY in report.text) == ("saved.wacz/archive/data.warc.gz/1", True)


def test_rows_are_reports_and_their_columns_can_be_named() -> None:
    rows = [{"content": STORY, "headline": "Crew leaves", "date": "2024-05-03", "source": "Hill Post"}, {"content": ""}]
    lines = "\n".join(map(json.dumps, rows)).encode()
    found = read(lines, "rows.jsonl")
    assert texts(found) == [STORY, "no-text"]
    assert isinstance(found[0], Reading)
    assert (found[0].report.outlet, found[0].report.title, found[0].report.read_from["published"]) == ("Hill Post", "Crew leaves", "column date")
    csv = f'wort,tag\n"{STORY}",2024-05-03\n'.encode()
    assert texts(read(csv, "rows.csv")) == ["columns"]
    named = only(read(csv, "rows.csv", limits=Limits(columns={"text": "wort", "published": "tag"}))).report
    assert (named.text, named.published.when.edtf if named.published.when else None) == (STORY, "2024-05-03")


def test_an_archive_gives_what_is_in_it_of_every_kind() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", STORY)
        archive.writestr("deep/page.html", PAGE)
        archive.writestr("picture.png", b"\x89PNG\r\n\x1a\n")
        archive.writestr("more.gz", gzip.compress(MORE.encode()))
    found = read(buffer.getvalue(), "a.zip")
    assert [item.report.file if isinstance(item, Reading) else (item.place, item.code) for item in found] == [
        "a.zip/a.txt", "a.zip/deep/page.html", ("a.zip/picture.png", "format"), "a.zip/more.gz/more",
    ]  # fmt: skip


def test_a_container_is_no_single_report() -> None:
    with pytest.raises(UnreadableReport, match="holds other files"):
        make_reading(RSS.encode(), "feed.xml")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return init_case(tmp_path / "case")


def test_other_languages_wait_and_a_translation_is_read_and_linked(case: Case, tmp_path: Path) -> None:
    russian = "Рабочие уехали со стройки в понедельник. Охранник сказал, что сорок человек подписали бумаги на два года."
    (tmp_path / "ru.txt").write_text(russian, encoding="utf-8")
    (tmp_path / "en.md").write_text("---\ntranslation_of: ru.txt\noutlet: Hill Post\n---\nThe workers left on Monday. A guard said that forty men had signed.\n", encoding="utf-8")
    case.add([tmp_path / "ru.txt", tmp_path / "en.md"])
    view = case.view()
    claims = list(case.claims(view))
    assert {view.reports[claim.report].file for claim in claims} == {"en.md"}
    assert [(leaving.reason, leaving.file) for leaving in case.leavings(view)] == [("language", "ru.txt")]
    (link,) = case.links(view)
    assert (view.reports[link.source].file, view.reports[link.target].file, link.kind, link.direction) == ("en.md", "ru.txt", "translated", "copies")
    assert [hit.report for hit in case.search("рабочие", Wanted(), 5)] == [link.target]


def test_the_text_is_made_again_from_the_bytes_that_are_kept(case: Case, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "in" / "b.pdf").write_bytes(make_pdf([STORY], [MORE]))
    (tmp_path / "in" / "c.eml").write_text(MAIL, encoding="utf-8")
    assert case.add([tmp_path / "in"]).new == 4
    kept = {path.name: path.read_bytes() for path in (case.ledger.path / "evidence").rglob("*") if path.is_file()}
    for report in case.view().reports.values():
        original = next(content for name, content in kept.items() if report.sha256.endswith(name) or name.startswith(report.sha256))
        again = [item.report.text for item in read(original, report.file) if isinstance(item, Reading)]
        assert report.text in again
    assert all("read by reportedly" in one.method for one in case.ledger.collected())


def test_a_hyphen_of_a_compound_stays_and_a_number_in_a_sentence_too() -> None:
    lines = ["He is a well-", "known and 20-", "year-old Pyongyang-", "based recruit-", "ment clerk of the known well.", "The dead were counted as", "42", "men"]
    text = only(read(make_pdf(lines), "a.pdf")).report.text
    assert "a well-known and 20-year-old Pyongyang-based recruitment clerk" in text
    assert "counted as\n42\nmen" in text


def test_a_body_that_was_sent_in_chunks_or_packed_is_read_and_one_that_only_says_so_too() -> None:
    page = PAGE.encode()
    chunked = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (page[:300], page[300:])) + b"0\r\n\r\n"
    for number, (headers, body) in enumerate(
        [
            ("Transfer-Encoding: chunked", chunked),
            ("Content-Encoding: gzip", gzip.compress(page)),
            ("Content-Encoding: br", brotli.compress(page)),
            ("Content-Encoding: gzip", page),
            ("Transfer-Encoding: chunked", page),
        ]
    ):
        record = make_record(f"https://post.example/{number}", body, f"text/html\r\n{headers}")
        assert STORY in only(read(record, "crawl")).report.text


def test_a_mail_loses_no_part() -> None:
    head = "From: Hill Post <a@b.example>\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
    inner = f"From: Coast Times <c@d.example>\nSubject: y\n\n{MORE}\n"
    parts = [
        f"Content-Type: text/plain\n\n{STORY}\n",
        "Content-Type: text/plain\n\nForty men came back.\n",
        f"Content-Type: message/rfc822\n\n{inner}",
        'Content-Type: text/csv; name="rows.csv"\n\ntext\n"The mill shut."\n',
    ]
    mail = head + "".join(f"--B\n{part}\n" for part in parts) + "--B--\n"
    assert texts(read(mail.encode(), "m.eml")) == [f"{STORY}\n\nForty men came back.", MORE, "The mill shut."]


def test_an_entry_of_a_feed_is_not_read_from_its_pictures_nor_linked_to_its_edit_form() -> None:
    media = '<media:title xmlns:media="http://search.yahoo.com/mrss/">A dog</media:title>'
    rss = RSS.replace("<item><title>Crew leaves", f"<item>{media}<title>Crew leaves")
    first = read(rss.encode(), "feed")[0]
    assert isinstance(first, Reading)
    assert first.report.title == "Crew leaves"
    atom = ATOM.replace(
        '<link href="https://post.example/1"/>',
        '<link rel="edit" href="https://api.example/1"/><link rel="alternate" href="https://post.example/1"/><author><name>Ann Lee</name><email>a@b.example</email></author>',
    )
    report = only(read(atom.encode(), "feed.xml")).report
    assert (report.url, report.byline) == ("https://post.example/1", "Ann Lee")


@pytest.mark.parametrize("head", ["<title>Nine dead in mine blast – police</title>", '<title>Crew leaves | Hill Post</title><meta name="date" content="2099-01-05">'])
def test_what_a_page_does_not_say_for_certain_is_not_taken(head: str) -> None:
    title = head.partition("<title>")[2].partition("<")[0].partition(" | ")[0]
    page = f"<html><head>{head}</head><body><article><h1>{title}</h1><p>{STORY}</p><p>{MORE}</p></article><footer>Copyright 2019</footer></body></html>"
    report = only(read(page.encode(), "a.html")).report
    assert (report.title, report.published.when) == (title, None)
    assert report.outlet in (None, "Hill Post")


def test_a_day_that_only_the_text_tells_of_is_inferred() -> None:
    page = f"<html><body><article><h1>Crew leaves</h1><p>Published on 3 May 2023</p><p>{STORY}</p><p>{MORE}</p></article></body></html>"
    report = only(read(page.encode(), "a.html")).report
    assert report.published.basis in ("inferred", "unknown")


def test_a_day_of_a_change_says_only_that_it_was_published_before() -> None:
    page = f'<html><head><meta property="article:modified_time" content="2023-05-03T10:00:00Z"></head><body><article><p>{STORY}</p><p>{MORE}</p></article></body></html>'
    assert only(read(page.encode(), "a.html")).report.published.basis in ("inferred", "unknown")


def test_what_is_cut_is_told_and_names_do_not_collide() -> None:
    assert texts(read(gzip.compress(PAGE.encode())[:-20], "a.html.gz")) == ["damaged"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("a.txt", "../a.txt", "__MACOSX/._a.txt"):
            archive.writestr(name, f"{STORY} {name}")
    found = read(buffer.getvalue(), "a.zip", Given(title="The archive", outlet="Hill Post"))
    assert [item.report.file if isinstance(item, Reading) else item.code for item in found] == ["a.zip/a.txt", "a.zip/a.txt (2)", "hidden"]
    assert [(item.report.title, item.report.outlet) for item in found if isinstance(item, Reading)] == [(None, "Hill Post")] * 2


def test_lists_of_json_nested_fields_and_days_that_could_be_two_are_read() -> None:
    rows = [{"content": STORY, "source": {"id": None, "name": "Hill Post"}, "date": "05/03/2024"}, {"text": "", "body": MORE}]
    first, second = read(json.dumps(rows, indent=1).encode(), "rows.json")
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert (first.report.outlet, first.report.published.when, second.report.text) == ("Hill Post", None, MORE)
    assert [leaving.note for leaving in first.leavings if leaving.reason == "day"] == ["“05/03/2024” is no day that can be read for certain; give it in a manifest"]
    assert texts(read(f'text;date\n"{STORY}";2024-05-03\n'.encode(), "rows.csv")) == [STORY]


def test_a_word_document_under_review_is_read_as_it_would_stand() -> None:
    document, buffer = docx.Document(), io.BytesIO()
    paragraph = document.add_paragraph("The crew left ")
    inserted, deleted = docx.oxml.parse_xml(INSERTED.format("ins", "t", "in May")), docx.oxml.parse_xml(INSERTED.format("del", "delText", "in June"))
    paragraph._p.append(inserted)
    paragraph._p.append(deleted)
    document.sections[0].header.paragraphs[0].text = "Hill Post 12"
    document.save(buffer)
    reading = only(read(buffer.getvalue(), "a.docx"))
    assert reading.report.text == "The crew left in May"
    assert [leaving.note for leaving in reading.leavings if leaving.reason == "running-head"] == ["Hill Post 12"]


INSERTED = '<w:{0} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="a"><w:r><w:{1}>{2}</w:{1}></w:r></w:{0}>'
