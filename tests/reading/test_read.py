"""One file's bytes to one Report with its leavings."""

from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from reportedly.errors import UnreadableReport
from reportedly.reading import Given, Limits, Source, make_reading, read_source
from reportedly.records import Published, Report
from reportedly.values import parse_day

EXACT = settings(deadline=None, max_examples=100, derandomize=True)
BODY = "The quarry hired forty masons in spring."
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\r"), min_size=1, max_size=200)


def read(text: str, file: str = "page.md", **given: str) -> Report:
    return make_reading(text.encode("utf-8"), file, Given.model_validate(given)).report


def code_of(original: bytes, max_bytes: int = 10_000) -> str:
    with pytest.raises(UnreadableReport) as refusal:
        make_reading(original, "page.md", max_bytes=max_bytes)
    return refusal.value.code


@pytest.mark.parametrize(
    ("original", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"---\ntitle: x\n---\n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0", "binary"),
        ("Kraków ".encode() + b"\xf3", "encoding"),
        (b"---\ntitle: [\n---\nx\n", "front-matter"),
        (b"x" * 10_001, "too-large"),
    ],
    ids=["empty", "blank", "front matter alone", "png", "half-encoded", "broken yaml", "oversize"],
)
def test_what_is_no_report_is_refused_with_its_reason(original: bytes, code: str) -> None:
    assert code_of(original) == code


def test_a_file_of_exactly_the_limit_is_read() -> None:
    assert make_reading(b"x" * 10, "page.txt", max_bytes=10).report.text == "x" * 10


def test_an_oversize_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    path.write_text(BODY, encoding="utf-8")
    (problem,) = read_source(Source("dump.txt", path, Given()), Limits(10))
    assert "split it into one file a report" in str(problem)


def test_a_file_that_vanished_is_unreadable(tmp_path: Path) -> None:
    (problem,) = read_source(Source("gone.txt", tmp_path / "gone.txt", Given()))
    assert isinstance(problem, UnreadableReport)
    assert (problem.code, "gone.txt: cannot be read" in str(problem)) == ("unreadable", True)


def test_front_matter_and_the_byte_order_mark_are_outside_the_text() -> None:
    report = read(f"\ufeff---\r\ntitle: Masons\r\npublished: 2022-05\r\n---\r\n{BODY}\r\n")
    assert (report.text, report.title, report.segments[0].start) == (f"{BODY}\n", "Masons", 0)
    assert report.published == Published(parse_day("2022-05"), "given")


def test_a_report_without_a_date_has_none() -> None:
    published = read(BODY).published
    assert (published.when, published.basis) == (None, "unknown")


def test_an_unknown_key_of_front_matter_becomes_a_leaving() -> None:
    reading = make_reading(f"---\ncolour: red\nshape: round\n---\n{BODY}\n".encode(), "page.md")
    assert [(leaving.stage, leaving.reason, leaving.note) for leaving in reading.leavings] == [("reading", "front-matter-key", "colour"), ("reading", "front-matter-key", "shape")]


def test_what_is_set_apart_becomes_a_leaving_with_its_place() -> None:
    reading = make_reading(f"Share\n{BODY}\n\nRead in Finnish".encode(), "page.txt")
    text = reading.report.text
    assert [(leaving.reason, text[leaving.start : leaving.end]) for leaving in reading.leavings] == [("skip-link", "Share"), ("other-language-link", "Read in Finnish")]
    assert {leaving.report for leaving in reading.leavings} == {reading.report.id}


def test_what_is_given_stands_over_what_the_page_says() -> None:
    report = read(f"Masons leave\nBy Ilse Brandt\n\nSEOUL (AP) — {BODY}", title="Given title", agency="TT")
    assert (report.title, report.byline, report.dateline, report.agency) == ("Given title", "Ilse Brandt", "SEOUL", "TT")


def test_a_copy_at_another_outlet_is_another_report_and_the_same_bytes() -> None:
    one, two, again = read(BODY, outlet="Post"), read(BODY, outlet="Times"), read(BODY, file="other.md", outlet="Post")
    assert one.id != two.id
    assert one.id == again.id
    assert one.sha256 == two.sha256


def test_the_address_names_a_report_before_its_outlet_does() -> None:
    assert read(BODY, url="https://example.org/a", outlet="Post").id == read(BODY, url="https://example.org/a", outlet="Times").id


def test_the_given_date_does_not_change_the_id() -> None:
    assert read(BODY, published="2022").id == read(BODY).id


@pytest.mark.parametrize(("file", "media"), [("a.md", "text/markdown"), ("a.MARKDOWN", "text/markdown"), ("a.txt", "text/plain"), ("stdin", "text/plain")])
def test_the_suffix_says_the_media_type(file: str, media: str) -> None:
    assert read(BODY, file=file).media_type == media


@pytest.mark.parametrize(
    "sentence",
    [
        "“We walk out,” she said — it’s over.",
        "석공 40명이 월요일에 떠났다.",
        "🙂 Forty masons 👷🏽‍♀️ left.",
        "Cafe\u0301 masons and Rasŏn masons left.",
        "\U0001d40cathematical masons left.",
        "שלום masons left.",
    ],
    ids=["curly quotes", "hangul", "emoji", "combining marks", "astral letters", "right to left"],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_offsets_count_code_points_of_the_text(sentence: str, line_end: str) -> None:
    reading = make_reading(line_end.join(["---", "title: 🙂", "---", sentence, "", sentence, ""]).encode(), "page.txt")
    bodies = [reading.report.text[segment.start : segment.end] for segment in reading.report.segments]
    assert bodies == [sentence, sentence]


@EXACT
@example("🙂\n---\n---\n", "page.md")
@example("a\r\n\r\nb", "page.txt")
@given(TEXTS, st.sampled_from(["page.txt", "page.md"]))
def test_reading_twice_gives_the_same_report(text: str, file: str) -> None:
    assume(text.removeprefix("\ufeff").strip() and not text.removeprefix("\ufeff").startswith("---"))
    original = text.encode("utf-8")
    one = make_reading(original, file)
    assert one == make_reading(original, file)
    assert one.original == original
    assert all(0 <= segment.start < segment.end <= len(one.report.text) for segment in one.report.segments)


@EXACT
@example(b"---\n!!python/object/apply:os.getcwd []\n---\nx")
@example(b"---\n- \xf0\x9f\x99\x82\n---\n")
@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda middle: b"---\n" + middle + b"\n---\nForty masons left.\n"))
def test_any_bytes_become_a_report_or_a_refusal(original: bytes) -> None:
    try:
        outcome = "report" if make_reading(original, "page.md").report.text.strip() else "nothing"
    except UnreadableReport as refusal:
        outcome = refusal.code
    assert outcome in {"report", "empty", "binary", "encoding", "front-matter", "damaged", "format", "no-text"}
