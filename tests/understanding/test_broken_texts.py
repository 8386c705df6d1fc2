"""Texts as they come: no exception, no sentence dropped in silence, and no voice made up."""

from collections.abc import Callable

import pytest

from reportedly.records import Report
from reportedly.understanding.read import understand

BROKEN = [
    '"The crew left, he said. The gate was closed.',
    "“The crew left,\" she said. 'We go too,’ he added.",
    "«The crew “left” at night», said a guard. 「The yard burned」, 『they』 said.",
    "” said. “ added. “” : Q:",
    "Q: Q: A: A:\n\nA: \n\nQ: Who left?\n\nA: Nobody left.",
    "A SOURCE SAID THE CREW LEFT. HE ADDED THAT THE GATE WAS CLOSED.",
    "The crew left.\n\nA source said.\n\nSo it was.",
    "It is told from sources that workers in number forty they did go to the abroad.",
    "He said she said they said it said the crew left.",
    "(“[The crew] left,” [he] said) — “",
    "HOST: HOST: HOST:\n\nHOST: The crew left.",
    "Whether, how many, when and where: unknown; unclear; not known.",
    "said said said said said",
]


@pytest.mark.parametrize("text", BROKEN)
def test_every_sentence_is_a_claim_or_a_leaving(text: str, make_report: Callable[..., Report]) -> None:
    report = make_report(text, outlet="Coast Times")
    found = next(understand([report]))
    held = [(claim.start, claim.end) for claim in found.claims] + [(left.start or 0, left.end or 0) for left in found.leavings]
    labels = [(segment.start, segment.end) for segment in report.segments if segment.kind in ("label", "heading")]
    for segment in (one for one in report.segments if one.kind == "body"):
        words = report.text[segment.start : segment.end]
        assert not any(mark.isalpha() for mark in words) or any(start < segment.end and segment.start < end for start, end in (*held, *labels)), words
    assert all(claim.voice[-1].kind == "outlet" for claim in found.claims)
    assert all(report.text[voice.start : voice.end] == voice.text for claim in found.claims for voice in claim.voice if voice.start is not None)


def test_an_answer_without_a_guest_has_an_unspecified_voice(read: Callable[..., list]) -> None:  # type: ignore[type-arg]
    claims = read("Q: Who left?\n\nA: The whole crew left in May.")
    assert [[voice.kind for voice in claim.voice] for claim in claims if claim.trigger == "left" and claim.status == "occurred"] == [["unspecified", "outlet"]]


def test_a_paragraph_of_an_interview_without_a_label_is_the_guests_only_where_it_says_i(read: Callable[..., list]) -> None:  # type: ignore[type-arg]
    text = "Coast Times met Ilse Brandt, a cook.\n\nQ: Who left?\n\nA: The crew left.\n\nWe stayed on the ship.\n\nThe harbour is small.\n"
    voices = {claim.trigger: claim.voice[0].text for claim in read(text)}
    assert (voices["stayed"], voices["is"]) == ("Ilse Brandt", "Coast Times")
