"""Copies are told from originals, whatever the order in which they came, and nothing is linked by boilerplate alone."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests_support import write_brief

from reportedly.keeping import verify
from reportedly.lineage.features import find_features
from reportedly.lineage.links import find_copies
from reportedly.pipeline import Case, init_case
from reportedly.reading import Given, make_reading
from reportedly.records import Link, Report

STORY = (
    "About 430 loggers from Anju left for Khasan on 14 May, a railway clerk told the Hill Post.\n\n"
    "The men were picked by the Forestry Bureau in three districts of Tokchon county, the clerk said, and each was given 2,500 roubles for the road.\n\n"
    "“We were told that the train would not stop before Ussuriysk,” said Pak Chol, a crane driver who went with the first carriages.\n\n"
    "Camp 17, where most of them are to work until October, has room for 280. Its director, Viktor Belov, declined to comment."
)
REWRITTEN = (
    "Some 430 woodcutters of Anju set off toward Khasan on May 14, according to a clerk of the railway cited by a newspaper.\n\n"
    "It was the Forestry Bureau which chose these persons, in 3 districts of the Tokchon county; to everyone were handed 2500 roubles for travel.\n\n"
    "Pak Chol, operator of a crane who travelled in the first wagons, was promised no halt of the train before Ussuriysk.\n\n"
    "Majority will labour till October in Camp 17 having 280 places, whose director Viktor Belov gave no comments."
)
RETOLD = (
    "Pak Chol never saw the harbour at Khasan by day. The crane driver was one of hundreds who crossed in May, his sister said in an interview.\n\n"
    "She has had two letters since, both from a place he calls the wet camp, and no money.\n\n"
    "A trader at the Khasan market put the number of new arrivals at 600 and said that many had been ill."
)


def make(file: str, text: str, outlet: str | None = None, published: str | None = None, url: str | None = None) -> Report:
    return make_reading(text.encode(), file, Given(outlet=outlet, published=published, url=url)).report


def links(*reports: Report) -> list[Link]:
    return find_copies({report.id: report for report in sorted(reports, key=lambda report: report.order)})


def seen(found: list[Link], *reports: Report) -> list[tuple[str, str, str, str]]:
    files = {report.id: report.file for report in reports}
    return [(files[link.source], files[link.target], link.kind, link.direction) for link in found]


ORIGINAL = make("a.txt", STORY, "Hill Post", "2031-05-20")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (STORY.replace("“", '"').replace("”", '"'), "verbatim"),
        ("\n\n".join(STORY.split("\n\n")[:3]).replace("2,500", "2500"), "edited"),
        (REWRITTEN, "rewritten"),
    ],
    ids=["other quotation marks", "a part left out", "every sentence in other words"],
)
def test_a_copy_is_linked_to_its_original(text: str, kind: str) -> None:
    copy = make("b.txt", text, "Amur Digest", "2031-05-22")
    found = links(ORIGINAL, copy)
    assert seen(found, ORIGINAL, copy) == [("b.txt", "a.txt", kind, "copies")]
    assert found[0].spans
    for span in found[0].spans:
        mine, theirs = copy.text[span.start : span.end].lower(), ORIGINAL.text[span.other_start : span.other_end].lower()
        assert set(mine.split()) & set(theirs.split())


def test_another_reporter_at_the_same_event_is_no_copy() -> None:
    assert links(ORIGINAL, make("b.txt", RETOLD, "Valley News", "2031-05-24")) == []


def test_two_briefs_in_one_formula_are_two() -> None:
    brief = "{n} men from {town} left for {camp} on Tuesday, the Forestry Bureau said in its weekly notice. The bureau added that all papers were in order and that no complaint had been received so far."
    one = make("a.txt", brief.format(n=45, town="Anju", camp="Chita"), "Hill Post", "2031-05-06")
    other = make("b.txt", brief.format(n=72, town="Sonchon", camp="Magadan"), "Hill Post", "2031-06-03")
    assert links(one, other) == []


def test_which_way_cannot_be_told_of_two_copies_of_one_day() -> None:
    one, other = make("a.txt", STORY, "Amur Digest", "2031-05-22"), make("b.txt", STORY, "Valley News", "2031-05-22")
    assert [way for *_, way in seen(links(one, other), one, other)] == ["either way"]


def test_credit_tells_the_way_where_the_days_do_not() -> None:
    one, other = make("a.txt", STORY, "Hill Post"), make("b.txt", STORY.replace("told the Hill Post", "said") + "\n\nFirst published by the Hill Post.", "Amur Digest")
    assert seen(links(one, other), one, other) == [("b.txt", "a.txt", "verbatim", "copies")] or seen(links(one, other), one, other) == [("b.txt", "a.txt", "edited", "copies")]


def test_a_sites_own_lines_link_none_of_its_stories() -> None:
    rail = "Most read this week: a walk round the old harbour with Anna Lind and her 14 dogs\n\nHill Post, 12 Quay Street, Port Selm, founded 1931 by Otto Brandt, printed in 3 towns\n\n"
    stories = [
        "The mayor of Port Selm opened a bridge over the Tarn on Friday.",
        "A ferry with 62 people ran aground near Cape Orlo, the coast guard said.",
        "Teachers in Velm county want 9 percent more pay, their union said.",
        "Snow closed the Rauk pass for the third day, drivers said.",
    ]
    reports = [make(f"{number}.txt", rail + story, "Hill Post", f"2031-0{number + 1}-03") for number, story in enumerate(stories)]
    assert links(*reports) == []


@pytest.mark.parametrize(
    "texts",
    [
        ("", ""),
        ("Sign in with your account. Forgot your password?", "Sign in with your account. Forgot your password?"),
        ("Strike in Selm\nFire in Orlo\nStorm in Velm", "Strike in Selm\nFire in Orlo\nSnow on Rauk"),
    ],
    ids=["nothing", "a form", "headlines"],
)
def test_what_is_no_story_is_linked_to_nothing(texts: tuple[str, str]) -> None:
    reports = [make(f"{number}.txt", text or "x", f"Outlet {number}", "2031-05-22") for number, text in enumerate(texts)]
    assert links(*reports) == []


def test_a_very_long_page_takes_bounded_time() -> None:
    pages = [make(f"{number}.txt", (STORY + "\n\n") * 9000, f"Outlet {number}", "2031-05-22") for number in range(2)]
    assert len(pages[0].text) > 4_000_000
    assert sum(end.end - end.start for end in find_features(pages[0]).sentences) < 500_000
    assert len(links(*pages)) == 1


def test_links_are_the_same_in_every_order_of_arrival() -> None:
    reports = [
        ORIGINAL,
        make("b.txt", STORY, "Amur Digest", "2031-05-22"),
        make("c.txt", STORY[:500], "Valley News", "2031-05-23"),
        make("d.txt", RETOLD, "Coast Times", "2031-05-23"),
    ]
    first = links(*reports)
    assert len(first) == 3
    for seed in range(5):
        assert links(*random.Random(seed).sample(reports, 4)) == first


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=400))
def test_features_stand_where_they_say_in_any_text(text: str) -> None:
    report = make_reading(("x " + text).encode("utf-8", "replace"), "a.txt").report
    features = find_features(report)
    assert all(0 <= token.start < token.end <= len(report.text) for token in features.tokens)
    assert [token.start for token in features.tokens] == sorted(token.start for token in features.tokens)


@pytest.fixture
def framed(tmp_path: Path) -> Case:
    return init_case(tmp_path / "case", playbooks=("labour_export",))


def add(case: Case, folder: Path, *reports: tuple[str, str, str]) -> None:
    for file, outlet, text in reports:
        day = f"published: 2031-05-{10 + len(file)}\n" if outlet else ""
        (folder / file).write_text(f"---\noutlet: {outlet}\n{day}---\n{text}\n", encoding="utf-8")
    case.add([folder / file for file, *_ in reports])


def origins(case: Case) -> dict[str, tuple[int, int]]:
    """Of each answer on people the origins that can stand behind it."""
    return {answer.filler.text: (answer.origins.least, answer.origins.most) for finding in case.findings(case.view()) if finding.role == "people" for answer in finding.answers}


def test_a_copy_adds_no_origin_and_the_reason_says_so(framed: Case, tmp_path: Path) -> None:
    add(framed, tmp_path, ("a.md", "Hill Post", STORY), ("bb.md", "Amur Digest", STORY))
    answer = next(answer for finding in framed.findings(framed.view()) for answer in finding.answers if "430" in answer.filler.text)
    assert len(answer.claims) == 2
    assert (answer.origins.least, answer.origins.most) == (1, 1)
    assert "1 copy counts with what it copies" in answer.origins.why


def test_unnamed_voices_of_two_outlets_may_be_one_or_two(framed: Case, tmp_path: Path) -> None:
    say = "{who} said that the bureau sent 430 loggers to Khasan in April."
    add(framed, tmp_path, ("a.md", "Hill Post", say.format(who="A clerk")), ("bb.md", "Coast Times", say.format(who="A guard")))
    assert origins(framed)["430 loggers"] == (1, 2)


def test_named_persons_are_surely_two_and_one_wherever_quoted(framed: Case, tmp_path: Path) -> None:
    say = "{who} said that the bureau sent 430 loggers to Khasan in April."
    add(
        framed,
        tmp_path,
        ("a.md", "Hill Post", say.format(who="Pak Chol")),
        ("bb.md", "Coast Times", say.format(who="Viktor Belov")),
        ("ccc.md", "Valley News", say.format(who="Pak Chol")),
    )
    assert origins(framed)["430 loggers"] == (2, 2)


def test_what_an_outlet_repeats_in_its_own_words_adds_nothing_to_its_source(framed: Case, tmp_path: Path) -> None:
    add(
        framed,
        tmp_path,
        ("a.md", "Hill Post", "A clerk said that the bureau sent 430 loggers to Khasan in April."),
        ("bb.md", "Hill Post", "The bureau sent 430 loggers to Khasan in April."),
    )
    answer = next(answer for finding in framed.findings(framed.view()) for answer in finding.answers if "430" in answer.filler.text)
    assert (answer.origins.least, answer.origins.most) == (1, 1)
    assert "adds nothing to its source" in answer.origins.why


def test_drift_shows_what_a_copy_changed_and_lost(framed: Case, tmp_path: Path) -> None:
    copy = STORY.replace("About 430", "340").replace("14 May", "17 May").replace("are to work", "work").replace("Viktor Belov", "Viktor Orlov")
    add(framed, tmp_path, ("a.md", "Hill Post", STORY), ("bb.md", "Amur Digest", copy))
    view = framed.view()
    link, drift = framed.drift(*(framed.find_report(name, view) for name in ("a", "bb")))
    assert view.reports[link.source].file == "bb.md"
    changes = {(one.kind, one.before, one.after) for one in drift}
    assert {("number", "430", "340"), ("number", "14", "17"), ("name", "belov", "orlov"), ("hedge", "about", "")} <= changes
    original, changed = view.reports[link.target].text, view.reports[link.source].text
    number = next(one for one in drift if one.after == "340")
    assert (original[number.start : number.end], changed[number.other_start : number.other_end]) == ("430", "340")


def test_an_undated_report_is_dated_by_what_it_cites_and_what_it_tells_of(framed: Case, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\noutlet: Hill Post\npublished: 2031-03-12\n---\nThe bureau has selected 430 loggers in Tokchon, a clerk said.\n", encoding="utf-8")
    text = "Hill Post reported in March that the bureau had selected 430 loggers in Tokchon. They will leave on 5 May, a guard said."
    (tmp_path / "b.md").write_text(f"---\noutlet: Hill Post\n---\n{text}\n", encoding="utf-8")
    framed.add([tmp_path / "a.md", tmp_path / "b.md"])
    from datetime import date

    report = next(one for one in framed.view().reports.values() if one.file == "b.md")
    assert report.published.when is not None
    assert (report.published.basis, report.published.when.edtf) == ("inferred", "2031-04-01/2031-05-05")
    assert len(framed.view(date(2031, 3, 20)).reports) == 1
    assert framed.view(date(2031, 4, 10)).perhaps == {report.id}
    assert next(verify(framed), None) is None


def test_a_copy_of_an_unknown_original_is_named_as_such_in_the_brief(framed: Case, tmp_path: Path) -> None:
    text = "The Chamber. of Forestry said that 430 loggers left for Khasan, a clerk told. . This page was translated automatically."
    add(framed, tmp_path, ("a.md", "Amur Digest", text), ("bb.md", "Hill Post", STORY))
    (report,) = framed.tells(framed.view())
    assert framed.view().reports[report].file == "a.md"
    row = next(line for line in write_brief(framed).splitlines() if "a.md" in line)
    assert "an original that is not here" in row


def test_the_monday_of_a_copy_is_the_originals_and_the_other_reading_stays(framed: Case, tmp_path: Path) -> None:
    text = STORY.replace("on 14 May", "on Monday")
    for file, outlet, day in (("a.md", "Hill Post", "2031-05-21"), ("b.md", "Amur Digest", "2031-05-28")):
        (tmp_path / file).write_text(f"---\noutlet: {outlet}\npublished: {day}\n---\n{text}\n", encoding="utf-8")
    framed.add([tmp_path / "a.md", tmp_path / "b.md"])
    times = {one.report.file: one.when for one in framed.dated(framed.view()) if one.claim.when and one.claim.when.text == "Monday" and one.claim.playbook}
    original, copy = times["a.md"], times["b.md"]
    assert original is not None
    assert copy is not None
    assert (original.edtf, copy.edtf, copy.other, copy.anchor) == ("2031-05-19", "2031-05-19", "2031-05-26", "original")
    assert "the day of the original" in (copy.anchor_reason or "")
    assert "counted from the original’s day; from the copy’s own 2031-05-26" in write_brief(framed)
