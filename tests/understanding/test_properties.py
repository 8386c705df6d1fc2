"""What holds of every text whatever it says."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import UnreadableReport
from reportedly.reading import make_reading
from reportedly.records import Claim, Report
from reportedly.understanding.read import understand

WORDS = st.sampled_from(
    'The crew left. |“We go,” he said. |She told Coast Times on Monday that 300 to 400 men | plan to | may | not | in early May|한국어 |Rasŏn |👩‍🚒 |é |ё|\r\n|\n\n|“|”|"|[|]|(|)| — |…|\u200b|\u202e|\xa0|12|if |who |, |. |? |! '.split(
        "|"
    )
)
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map("".join) | st.text(max_size=200)


def _claims(text: str, batch_size: int = 8) -> tuple[Report, list[Claim]] | None:
    if not text.strip() or "\0" in text:
        return None
    try:
        report = make_reading(text.encode(), "report.txt").report
    except UnreadableReport:  # what reading refuses is another test's matter
        return None
    return report, list(next(understand([report], batch_size)).claims)


@given(TEXTS)
@settings(max_examples=120, deadline=None)
def test_every_span_holds_the_words_it_says(text: str) -> None:
    read = _claims(text)
    if read is None:
        return
    report, claims = read
    for claim in claims:
        assert report.text[claim.start : claim.end] == claim.quote
        assert report.text[claim.trigger_start : claim.trigger_end] == claim.trigger
        assert all(report.text[f.start : f.end] == f.text for fillers in claim.roles.values() for f in fillers)
        assert all(report.text[v.start : v.end] == v.text for v in claim.voice if v.start is not None)
        assert claim.voice[-1].kind == "outlet"


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_reading_twice_gives_the_same_claims(text: str) -> None:
    assert _claims(text, 1) == _claims(text, 32)


STORY = "A nurse in Chita said on Monday that forty men had left.\n\nThe men would return in May, she added. The gate was closed.\n"


@pytest.mark.parametrize("before", ["The wind was cold.\n\n", "Prices rose.\nFares fell.\n\n", "“Nobody knows,” a clerk said.\n\n"])
def test_claim_ids_depend_on_their_own_sentence_and_not_on_what_stands_before_it(before: str) -> None:
    report = make_reading(STORY.encode(), "report.txt").report
    longer = make_reading((before + STORY).encode(), "report.txt").report
    ids = [claim.id for claim in next(understand([report])).claims]
    from dataclasses import replace

    moved = [claim.id for claim in next(understand([replace(longer, id=report.id)])).claims]
    assert moved[-len(ids) :] == ids


def test_the_same_words_twice_in_a_report_are_two_claims(read: Callable[..., list[Claim]]) -> None:
    first, second = read("The crew left.\n\nThe crew left.")
    assert first.id != second.id


def test_a_report_reads_the_same_alone_and_among_others(make_report: Callable[..., Report]) -> None:
    reports = [make_report(STORY + f"Camp {n} was shut.", outlet=f"Outlet {n}") for n in range(9)]
    together = list(understand(reports, 4))
    assert together == [next(understand([report], 1)) for report in reports]


@pytest.mark.parametrize("mark", ['"', "“", "”", "‘", "’", "«", "「", "([", "“”“", "'\""])
def test_unbalanced_marks_lose_no_sentence(mark: str, make_report: Callable[..., Report]) -> None:
    report = make_report(f"{mark}The crew left. {mark}A driver said the road was open.")
    claims = next(understand([report])).claims
    assert {"left", "was"} <= {claim.trigger for claim in claims}


def test_another_language_waits_as_a_leaving(make_report: Callable[..., Report]) -> None:
    text = "Северокорейские рабочие выехали из Пхеньяна в понедельник, сообщил источник в порту, и к вечеру прибыли в город."
    claim_set = next(understand([make_report(text)]))
    assert (claim_set.claims, [leaving.reason for leaving in claim_set.leavings]) == ((), ["language"])


def test_a_long_paragraph_is_cut_and_read_to_its_end(make_report: Callable[..., Report]) -> None:
    report = make_report("The crew left the camp at dawn. " * 2_000)
    claims = next(understand([report])).claims
    assert len(claims) == 2_000


@pytest.mark.parametrize("blank", ["\u00a0", "\u2009", "\t", "\u3000"])
def test_a_phrase_with_another_blank_in_it_keeps_it(blank: str, make_report: Callable[..., Report]) -> None:
    report = make_report(f"The first{blank}northern brigade left the old{blank}harbour camp with forty{blank}men.")
    fillers = [f for claim in next(understand([report])).claims for fillers in claim.roles.values() for f in fillers]
    assert fillers
    assert all(report.text[f.start : f.end] == f.text for f in fillers)
