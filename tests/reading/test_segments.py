"""What of a text is report, and what is the page around it."""

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportedly.reading.segments import Layout, find_segments

EXACT = settings(deadline=None, max_examples=100, derandomize=True)
LINES = [
    "The quarry hired forty masons in spring.", "“We walk out,” she said.", "Masons leave", "MASONS LEAVE THE QUARRY NOW", "By Ilse Brandt", "Photo: the gate.", "SEOUL (AP) — They left.", "Share",
    "© 2024 Quarry Post", "stone, wages, roads", "", "  ", "노동자 40명이 떠났다.", "🙂", "e\u0301", "---", "TOP SECRET MASONS AT GATE They ran. THEN THE GATES WERE SHUT They hid.", "\x1c", "\u2028", "\r",
]  # fmt: skip
PAGES = st.text(max_size=120) | st.lists(st.sampled_from(LINES), max_size=10).map("\n".join)
MARKS = ["# ", "**", "_", "`", "- ", "> ", "[", "](x)", "![", "forty masons", ".", "\n", " ", "*", "1. "]
BODY = "The quarry hired forty masons in spring."


def load_cases() -> list[Any]:
    cases = yaml.safe_load(Path(__file__).with_name("segments.yaml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["text"][:60], marks=[pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []) for case in cases]


def bodies(layout: Layout, text: str) -> list[str]:
    return [text[segment.start : segment.end] for segment in layout.segments if segment.kind == "body"]


def uncovered(layout: Layout, text: str) -> str:
    held = {at for segment in (*layout.segments, *layout.apart) for at in range(segment.start, segment.end)}
    return "".join(letter for at, letter in enumerate(text) if at not in held and not letter.isspace())


def seconds(text: str) -> float:
    """The best of three runs: a busy machine only ever adds."""
    runs = []
    for _ in range(3):
        start = time.process_time()
        find_segments(text)
        runs.append(time.process_time() - start)
    return max(min(runs), 0.001)  # below a millisecond the clock is all that is measured


@pytest.mark.parametrize("case", load_cases())
def test_a_page_falls_into_body_and_what_is_set_apart(case: dict[str, Any]) -> None:
    layout = find_segments(case["text"], f"text/{case.get('media', 'plain')}")
    assert bodies(layout, case["text"]) == case["body"]
    assert [segment.kind for segment in layout.apart] == case["apart"]


def test_title_and_byline_are_read_off_the_page() -> None:
    layout = find_segments(f"Masons leave the quarry\nBy Ilse Brandt\n\n{BODY}")
    assert (layout.title, layout.byline) == ("Masons leave the quarry", "Ilse Brandt")


def test_a_later_heading_is_no_title() -> None:
    assert find_segments(f"{BODY}\n\nWhat the union says\n\n{BODY}").title is None


@pytest.mark.parametrize(
    ("opening", "dateline", "agency"),
    [
        ("TAMPERE, Finland (AP) — ", "TAMPERE, Finland", "AP"),
        ("Seoul — ", "Seoul", None),
        ("Oslo, 3 March — ", "Oslo", None),
        pytest.param("OSLO, March 3 (Reuters) - ", "OSLO", "Reuters"),
    ],
)
def test_a_dateline_gives_the_town_and_the_agency(opening: str, dateline: str, agency: str | None) -> None:
    layout = find_segments(opening + BODY)
    assert (layout.dateline, layout.agency) == (dateline, agency)


@pytest.mark.xfail(strict=True, reason="a town alone on its line is a heading, and becomes the title")
def test_a_town_alone_on_its_line_is_no_title() -> None:
    assert find_segments(f"MOSCOW\n{BODY}").title is None


def test_an_unknown_word_before_a_dash_is_no_dateline() -> None:
    layout = find_segments(f"Nobody — {BODY}")
    assert layout.dateline is None
    assert bodies(layout, f"Nobody — {BODY}") == [f"Nobody — {BODY}"]


def test_a_blank_text_has_no_segments() -> None:
    assert find_segments(" \n\n\t ") == Layout((), ())


def test_markup_inside_the_body_is_marked_and_not_cut() -> None:
    text = "Forty **masons** were hired."
    kinds = [(segment.kind, text[segment.start : segment.end]) for segment in find_segments(text, "text/markdown").segments]
    assert kinds == [("body", text), ("markup", "**"), ("markup", "**")]


def test_stars_in_a_plain_text_are_no_markup() -> None:
    assert [segment.kind for segment in find_segments("Forty **masons** were hired.").segments] == ["body"]


@EXACT
@example("A\n\n“B”\nBy Ilse Brandt")
@example("TOP SECRET MASONS AT GATE They ran. THEN THE GATES WERE SHUT They hid.")
@given(PAGES)
def test_body_and_what_is_set_apart_never_overlap_and_lie_in_order(text: str) -> None:
    layout = find_segments(text)
    assert list(layout.apart) == sorted(layout.apart, key=lambda segment: segment.start)
    at = 0
    pieces = [segment for segment in layout.segments if segment.kind != "heading"]  # a heading is set apart, and a segment too for playbooks
    for segment in sorted((*pieces, *layout.apart), key=lambda segment: segment.start):
        assert at <= segment.start < segment.end <= len(text)
        at = segment.end


@EXACT
@given(PAGES)
def test_every_letter_is_body_or_set_apart(text: str) -> None:
    assert uncovered(find_segments(text), text) == ""


@EXACT
@given(st.lists(st.sampled_from(MARKS), max_size=14).map("".join))
def test_no_markdown_takes_segments_outside_the_text(text: str) -> None:
    layout = find_segments(text, "text/markdown")
    assert all(0 <= segment.start < segment.end <= len(text) for segment in (*layout.segments, *layout.apart))
    assert not set(uncovered(layout, text)) & set("fortymasn")


@pytest.mark.parametrize("text", [f"# Masons\n\n{BODY}", f"- {BODY}", f"**{BODY}**", f"> {BODY}", f"[{BODY}](https://example.org)"])
def test_every_mark_of_markdown_is_a_segment_or_set_apart(text: str) -> None:
    assert uncovered(find_segments(text, "text/markdown"), text) == ""


def test_an_image_in_a_sentence_is_not_both_body_and_apart() -> None:
    layout = find_segments("Forty ![gate](gate.png) masons were hired.", "text/markdown")
    body = [segment for segment in layout.segments if segment.kind == "body"]
    assert not [apart for apart in layout.apart for piece in body if piece.start < apart.end and apart.start < piece.end]


@EXACT
@given(PAGES, st.sampled_from(["text/plain", "text/markdown"]))
def test_cutting_twice_cuts_the_same(text: str, media: str) -> None:
    assert find_segments(text, media) == find_segments(text, media)


def test_four_times_the_page_takes_about_four_times_as_long() -> None:
    long = f"{BODY}\n\n" * 4_000
    assert seconds(long) / seconds(long[: len(long) // 4]) < 8


@pytest.mark.parametrize(
    "piece",
    [
        f"{BODY} ",
        "((((",
        "comma, ",
        pytest.param("A. "),
        pytest.param(" "),
    ],
)
def test_no_single_long_line_costs_its_square(piece: str) -> None:
    long = (piece * 8_000)[:8_000]
    assert seconds(long) / seconds(long[:2_000]) < 8
