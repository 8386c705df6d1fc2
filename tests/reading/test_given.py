"""Front matter and manifests: all mistakes at once, nothing skipped."""

import pytest

from reportedly.errors import BadManifest, UnreadableReport
from reportedly.reading.given import Given, read_front_matter, read_manifest

BODY = "The quarry hired forty masons in spring.\n"


def front(fields: str) -> Given:
    return read_front_matter(f"---\n{fields}---\n{BODY}", "page.md").given


def refusal_of(fields: str) -> str:
    with pytest.raises(UnreadableReport) as refusal:
        front(fields)
    assert refusal.value.code == "front-matter"
    return str(refusal.value)


def mistakes_of(manifest: str) -> list[str]:
    with pytest.raises(BadManifest) as refusal:
        read_manifest(manifest, "m.csv")
    return refusal.value.mistakes


def test_front_matter_gives_fields_and_where_the_text_begins() -> None:
    text = f"---\ntitle: Masons leave\ndate: 2022-05\nauthor: Ilse Brandt\n---\n{BODY}"
    read = read_front_matter(text, "page.md")
    assert (read.given.title, read.given.published, read.given.byline) == ("Masons leave", "2022-05", "Ilse Brandt")
    assert text[read.body_start :] == BODY


@pytest.mark.parametrize("text", [BODY, "----\nx: y\n----\n" + BODY, "---\ntitle: never closed\n" + BODY, " ---\nx: y\n---\n" + BODY, ""])
def test_a_text_without_front_matter_is_text_from_its_first_letter(text: str) -> None:
    assert read_front_matter(text, "page.md").body_start == 0


@pytest.mark.parametrize("fields", ["", "\n", "# only a comment\n", "title:\n", "title: ''\n"])
def test_empty_front_matter_gives_nothing(fields: str) -> None:
    assert front(fields) == Given()


@pytest.mark.parametrize("fields", ["title: [a\n", "- a\n- b\n", "just words\n", "? [a, b]\n: c\n", "a: b: c\n", "\t- x\n", "title: *nobody\n", "[" * 5_000 + "\n"])
def test_broken_front_matter_is_refused(fields: str) -> None:
    assert refusal_of(fields).startswith("page.md: front matter: ")


@pytest.mark.parametrize("fields", ["title: !!python/object/apply:os.getcwd []\n", "title: !!python/object:os.stat_result {}\n", "outlet: [a, b]\n", "url: {a: b}\n"])
def test_a_list_or_a_tagged_object_is_no_text(fields: str) -> None:
    assert "one plain text is wanted here, no list" in refusal_of(fields)


def test_a_tag_on_a_word_is_not_obeyed() -> None:
    assert front("title: !!python/name:os.getcwd Masons\n").title == "Masons"


@pytest.mark.parametrize("day", ["soon", "31 June 2022", "2022-06-31", "2022-13", "0000", "22-06-01", "[2022]"])
def test_a_bad_date_is_refused_with_the_form_that_is_wanted(day: str) -> None:
    assert "is no date; write YYYY-MM-DD, YYYY-MM or YYYY, or leave it empty" in refusal_of(f"published: {day}\n")


def test_all_mistakes_of_front_matter_are_told_at_once() -> None:
    message = refusal_of("title: {a: b}\npublished: soon\npublished_basis: guessed\n")
    assert [field in message for field in ("title:", "published:", "published_basis:")] == [True, True, True]


@pytest.mark.parametrize(
    ("written", "edtf"), [("2022", "2022"), ("2022-06", "2022-06"), ("2022-06-01", "2022-06-01"), ("2022-06-01T09:30:00Z", "2022-06-01"), ("2022-06-01 09:30", "2022-06-01")]
)
def test_a_date_keeps_the_precision_it_was_written_with(written: str, edtf: str) -> None:
    when = front(f"published: {written}\n").when_published().when
    assert when is not None
    assert when.edtf == edtf


@pytest.mark.parametrize(
    ("fields", "basis"),
    [("", "unknown"), ("published: 2022\n", "given"), ("published: 2022\npublished_basis: inferred\n", "inferred"), ("published: 2022\npublished_basis: unknown\n", "unknown")],
)
def test_the_basis_of_a_date_is_kept(fields: str, basis: str) -> None:
    published = front(fields).when_published()
    assert (published.basis, published.when is None) == (basis, basis == "unknown")


def test_two_dates_are_not_one() -> None:
    assert "is no date" in refusal_of("published: 2022-05-01 or 2022-05-03\n")


@pytest.mark.parametrize("fields", ["title: A\ntitle: B\n", "published: 2022-06\ndate: 2021-01-01\n", "byline: A\nauthor: B\n"])
def test_two_answers_to_one_field_are_not_settled_in_silence(fields: str) -> None:
    refusal_of(fields)


def test_an_unknown_key_is_named_and_the_rest_is_used() -> None:
    read = read_front_matter(f"---\ncolour: red\ntitle: Masons\n7: x\n---\n{BODY}", "page.md")
    assert (read.unknown, read.given.title) == (("colour", "7"), "Masons")


def test_a_note_is_never_evidence_and_no_unknown_key() -> None:
    assert read_front_matter(f"---\nnote: from a friend\n---\n{BODY}", "page.md").unknown == ()


def test_what_a_manifest_gives_stands_over_front_matter() -> None:
    merged = Given(title="Row", url=" ").over(Given(title="Front", outlet="Post"))
    assert (merged.title, merged.outlet, merged.url) == ("Row", "Post", None)


def test_an_unknown_column_fails_with_what_was_meant_and_all_at_once() -> None:
    assert mistakes_of("file,outlt,publishd,qqqq\n") == [
        "m.csv:1: outlt: unknown column; did you mean 'outlet'?",
        "m.csv:1: publishd: unknown column; did you mean 'published'?",
        "m.csv:1: qqqq: unknown column; known are file, outlet, agency, title, byline, dateline, published, published_basis, language, url, translation_of, collected_at, collector, source_url, method, note",
    ]


def test_a_column_that_stands_twice_fails() -> None:
    assert mistakes_of("file,outlet,outlet\na.txt,A,B\n") == ["m.csv:1: outlet: column stands twice; keep one"]


@pytest.mark.parametrize("manifest", ["", "\n", "outlet,title\nA,B\n", "note\n"])
def test_a_manifest_without_the_file_column_fails(manifest: str) -> None:
    assert mistakes_of(manifest) == ["m.csv:1: file: column is missing; it names the file of each row"]


def test_the_mistakes_of_the_header_come_together() -> None:
    assert len(mistakes_of("outlt,title,title\n")) == 3


@pytest.mark.parametrize("manifest", ['file,title\na.txt,"open\n', 'file,title\na.txt,"b"c\n'])
def test_broken_quotation_marks_fail(manifest: str) -> None:
    assert "write one line a file, commas between the columns" in mistakes_of(manifest)[0]


def test_broken_quotation_marks_fail_at_their_line() -> None:
    assert mistakes_of('file,title\na.txt,"b"c\n')[0].startswith("m.csv:2:")


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("a.txt,soon,", "published: 'soon' is no date; write YYYY-MM-DD, YYYY-MM or YYYY, or leave it empty"),
        ("a.txt,2022,A,B", "more fields than columns; put quotation marks round a field that holds a comma"),
        (",2022,A", "the row names no file; fill in the column 'file'"),
        ("ok.txt,2022,A", "the file stands in an earlier row too; keep one"),
    ],
)
def test_a_row_with_a_mistake_says_so_and_spoils_no_other(line: str, mistake: str) -> None:
    rows = read_manifest(f"file,published,title\nok.txt,2022,OK\n{line}\nlast.txt,2021-05,Last\n", "m.csv")
    assert [(row.line, row.mistake) for row in rows] == [(2, None), (3, mistake), (4, None)]


def test_a_row_may_be_short_blank_or_many_lines_long() -> None:
    rows = read_manifest('file,title,outlet\na.txt\n\n,,\nb.txt,"two\nlines",Post\n', "m.csv")
    assert [(row.file, row.given) for row in rows] == [("a.txt", Given()), ("b.txt", Given(title="two\nlines", outlet="Post"))]


def test_a_manifest_may_begin_with_a_byte_order_mark() -> None:
    assert [row.file for row in read_manifest("\ufefffile,title\na.txt,A\n", "m.csv")] == ["a.txt"]


def test_a_note_in_a_manifest_is_kept_and_not_read() -> None:
    assert read_manifest("file,note\na.txt,from a friend\n", "m.csv")[0].given == Given(note="from a friend")
