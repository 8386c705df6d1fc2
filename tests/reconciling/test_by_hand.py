"""A claim that a person marks: its words where they stand, its values by the parsers that read reports."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import BadSetting, UnreadableReport
from reportedly.ledger.given_claims import what_is_wrong
from reportedly.reading import make_reading
from reportedly.reconciling.by_hand import make_by_hand
from reportedly.reconciling.dating import resolve
from reportedly.records import HandMade, Report

UNITS = {"people": "person", "destination": None}
TEXT = "A driver at the port said that about 60 welders would board on 4 May. The ministry denied it."


@pytest.fixture
def report(make_report: Callable[..., Report]) -> Report:
    return make_report(TEXT, outlet="Coast Times", published="2031-05-01")


def _span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_words_times_numbers_and_voices_stand_where_the_report_has_them(report: Report) -> None:
    made = HandMade(
        *_span("about 60 welders would board on 4 May"), frame="dispatch", trigger="board", time="on 4 May", voice="A driver at the port", roles={"people": "about 60 welders"}
    )
    claim = make_by_hand(report, made, "labour_export@1", UNITS)
    people = claim.roles["people"][0]
    assert what_is_wrong(claim, report) == ""
    assert (claim.trigger, claim.when and claim.when.text, people.quantity and people.quantity.bound) == ("board", "on 4 May", "about")
    assert [(one.kind, one.text) for one in claim.voice] == [("anonymous", "A driver at the port"), ("outlet", "Coast Times")]
    assert claim.roles["time"] == (claim.when,)


def test_the_outlet_itself_speaks_where_no_voice_is_named(report: Report) -> None:
    claim = make_by_hand(report, HandMade(*_span("The ministry denied it")), None, UNITS)
    assert [one.kind for one in claim.voice] == ["outlet"]
    assert (claim.trigger, claim.quote) == ("The", "The ministry denied it")


def test_blanks_at_the_ends_of_what_is_marked_are_no_part_of_it(report: Report) -> None:
    start, end = _span(" The ministry denied it")
    assert make_by_hand(report, HandMade(start, end), None, UNITS).quote == "The ministry denied it"


def test_the_same_words_marked_twice_are_one_claim(report: Report) -> None:
    made = HandMade(*_span("The ministry denied it"))
    assert make_by_hand(report, made, None, UNITS).id == make_by_hand(report, made, None, UNITS).id


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"start": 5, "end": 5}, "no stretch of this text"),
        ({"start": 0, "end": 10_000}, "no stretch of this text"),
        ({"time": "4 June"}, "time=4 June: these words do not stand in what is marked"),
        ({"time": "The ministry"}, "time=The ministry: reads as no time"),
        ({"voice": "a pilot"}, "voice=a pilot: these words do not stand in the report"),
        ({"trigger": "swam"}, "trigger=swam"),
        ({"roles": {"people": "90 cooks"}}, "people=90 cooks"),
        ({"roles": {"colour": "it"}}, "colour: open has no such role; there are destination, people"),
    ],
)
def test_what_does_not_stand_in_the_text_is_refused_by_name(changed: dict[str, object], said: str, report: Report) -> None:
    fields: dict[str, object] = {"start": _span("The ministry denied it")[0], "end": len(TEXT)}
    with pytest.raises(BadSetting, match=said):
        make_by_hand(report, HandMade(**(fields | changed)), None, UNITS)  # type: ignore[arg-type]


@settings(deadline=None)  # the first text loads tables
@given(st.text(min_size=1, max_size=60), st.integers(0, 59), st.integers(1, 60))
def test_a_quote_is_the_text_at_its_span_whatever_is_marked(text: str, start: int, end: int) -> None:
    with suppress(UnreadableReport, BadSetting):  # either a claim, or a line that says why not
        report = make_reading(text.encode("utf-8", "replace"), "any.txt").report
        claim = make_by_hand(report, HandMade(start, end), None, UNITS)
        assert report.text[claim.start : claim.end] == claim.quote == claim.quote.strip()
        assert what_is_wrong(claim, report) == ""


def test_what_is_planned_looks_ahead_and_what_happened_back(make_report: Callable[..., Report]) -> None:
    report = make_report("The crews leave in April, an agent said.", outlet="Coast Times", published="2031-06-10")
    years = {}
    for status in ("planned", "occurred"):
        claim = make_by_hand(report, HandMade(0, 25, status=status, time="in April"), None, UNITS)
        when = resolve(claim.when, report)
        years[status] = when.edtf if when else ""
    assert years == {"planned": "2032-04", "occurred": "2031-04"}


def test_a_number_takes_the_unit_of_its_role_and_stands_where_it_is_a_word_of_its_own(make_report: Callable[..., Report]) -> None:
    report = make_report("In 2040 the mill sent 40 men\nand 12 cooks north.", outlet="Coast Times", published="2040-06-10")
    claim = make_by_hand(report, HandMade(0, 40, frame="dispatch", roles={"people": "40"}), "labour_export@1", UNITS)
    people = claim.roles["people"][0]
    assert (report.text[people.start : people.start + 6], people.quantity and people.quantity.unit) == ("40 men", "person")
    across = make_by_hand(report, HandMade(0, 40, frame="dispatch", roles={"people": "40 men and"}), "labour_export@1", UNITS)
    assert across.roles["people"][0].text == "40 men\nand"
