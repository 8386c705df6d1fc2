"""The cheap test: what it must not lose, what it refuses, and that no page makes it slow."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.crawl import Crawl, make_story, read_texts
from reportedly.playbooks import load_playbook
from reportedly.reading import make_reading
from reportedly.sifting.evidence import LEAST, find_evidence, make_plain
from reportedly.sifting.screen import Screen, _bounds, _weigh, strip_markup
from reportedly.understanding.forms import find_forms

LABOUR = find_evidence(load_playbook("labour_export"))
SCREEN = Screen([LABOUR])
REPORTS = [f"{one.title}\n{one.text}" for one in read_texts([])]


SHORT = pytest.mark.xfail(strict=True, reason="a follow-up of sixty words that names no country and no workers: its words stand in any news")


@pytest.mark.parametrize("text", [pytest.param(text, marks=SHORT if text.startswith("The loggers who were due") else ()) for text in REPORTS], ids=lambda text: text[:30])
def test_a_report_of_the_example_is_kept(text: str) -> None:
    assert SCREEN.admits(text.encode())


def test_other_news_is_refused() -> None:
    others = [make_story(random.Random(number)) for number in range(600)]
    kept = [one for one in others if SCREEN.admits(f"{one.title}\n{one.text}".encode())]
    assert len(kept) <= 0.02 * len(others)


@pytest.mark.parametrize("name", ["labour_export", "disaster", "shooting"])
def test_the_cases_of_a_playbook_are_mostly_kept_though_each_is_a_sentence(name: str) -> None:
    playbook = load_playbook(name)
    screen = Screen([find_evidence(playbook)])
    cases = [case.text for case in playbook.cases if case.expect]
    assert sum(screen.admits(text.encode()) for text in cases) > 0.5 * len(cases)


def test_a_page_is_kept_wherever_its_story_is() -> None:
    crawl = Crawl(3, read_texts([]), 1.0)
    for number in range(12):
        if number % 6 == 3:  # the short one
            continue
        address, _, page, _ = crawl.page(number)
        reading = make_reading(page, f"{number}.html")
        assert SCREEN.admits(f"{reading.report.title}\n{reading.report.text}".encode()), address
        assert SCREEN.admits_page(page), address


@settings(deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 400), max_size=60), st.integers(0, 200))
def test_a_story_is_admitted_for_what_it_is_rated_at(picked: list[int], filling: int) -> None:
    words = [LABOUR.forms[number % len(LABOUR.forms)][0].decode() for number in picked]
    story = ("plain words " * filling + " of note ".join(words)).encode()
    assert SCREEN.admits(story) == (SCREEN.rate(story) >= LEAST)


def test_words_in_a_menu_or_a_script_are_no_story() -> None:
    words = " ".join(form.decode() for form, _ in LABOUR.forms[:400])
    story = make_story(random.Random(1)).text
    assert not SCREEN.admits_page(f"<html><script>{words}</script><style>{words}</style><h1>A fair</h1><p>{story}</p></html>".encode())
    assert not SCREEN.admits_page(f"<html><h1>A fair</h1><p>{story}</p><p class='{words}'>The end.</p></html>".encode())


def test_letters_are_compared_without_case_and_names_with_their_marks() -> None:
    text = b"RUSSIA TOOK NORTH KOREAN WORKERS, WHO WERE SENT TO CONSTRUCTION SITES ON CONTRACTS; THEIR PASSPORTS WERE KEPT AND WAGES WITHHELD."
    assert SCREEN.weigh(text) == SCREEN.weigh(text.lower()) > LEAST
    assert SCREEN.weigh("sent from Rasŏn".encode()) > SCREEN.weigh(b"sent from Ras")


def test_a_word_within_a_word_is_none() -> None:
    assert SCREEN.weigh(b"the preworkers resent") == 0.0


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("send", {"sends", "sent", "sending"}),
        ("carry", {"carries", "carried", "carrying"}),
        ("ship", {"shipped", "shipping"}),
        ("go", {"went", "gone", "goes"}),
        ("workman", {"workmen"}),
        ("lie", {"lying"}),
    ],
)
def test_forms_of_a_word(word: str, forms: set[str]) -> None:
    assert forms <= find_forms(word)


@settings(deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([form for form, _ in LABOUR.forms[::7]] + [b"the ", b"fair ", b"un", b"<b> "]), max_size=80))
def test_the_quick_bound_is_never_below_the_evidence(words: list[bytes]) -> None:
    plain = make_plain(b"".join(words))
    hunt = SCREEN._hunts[0]
    found = SCREEN._automaton.find_matches_as_indexes(plain)
    assert _bounds(hunt, found, 3)[1] >= _weigh(hunt, plain, found) - 1e-9
    assert _bounds(hunt, found, 3)[0] >= _weigh(hunt, plain, found[:3]) - 1e-9


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (b"<p>One</p><script>var two = '<p>2</p>';</script><p>three</p>", b"One three"),
        (b"<style>p{}</style>One<STYLE>x</STYLE>two", b"One two"),
        (b"<script>one two", b"one two"),
        (b"1 < 2 and 3 > 2", b"1 2"),
        (b"one <b", b"one <b"),
        (b"", b""),
    ],
)
def test_markup_is_taken_off(page: bytes, text: bytes) -> None:
    assert b" ".join(strip_markup(page).split()) == text


@pytest.mark.parametrize("page", [b"<" * 2_000_000, b"<script" * 300_000, b"<script></" * 300_000, b"<!--" * 500_000, b"<a " * 600_000, b"</script" * 300_000])
def test_no_page_makes_it_slow(page: bytes) -> None:
    strip_markup(page)  # with the square of its length this would not end


def test_evidence_is_the_same_in_any_process() -> None:
    assert find_evidence(load_playbook("labour_export")) == LABOUR
    assert all(re.fullmatch(rb"[a-z ]+ ", form) for form, _ in LABOUR.forms)
