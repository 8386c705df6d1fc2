"""The real reports, where they are: read, briefed, each span exact. Skipped where they are not beside the checkout."""

from datetime import date
from pathlib import Path

import pytest
from tests_support import SEEDS, dump, write_brief

from reportedly.pipeline import Case
from reportedly.reconciling.dating import resolve

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the real reports lie beside the checkout, in ../shared/seeds, and are not here")


@pytest.fixture
def seeds(case: Case) -> Case:
    added = case.add([SEEDS])
    assert (added.new, added.problems) == (5, [])
    return case


def test_every_span_of_the_real_reports_is_exact(seeds: Case) -> None:
    view = seeds.view()
    for claim in seeds.claims(view):
        text = view.reports[claim.report].text
        assert text[claim.start : claim.end] == claim.quote
        assert all(text[f.start : f.end] == f.text for fillers in claim.roles.values() for f in fillers)


def test_the_page_around_the_reports_is_set_apart(seeds: Case) -> None:
    reasons = {leaving.reason for leaving in seeds.leavings(seeds.view())}
    assert {"caption", "contact", "other-language-link", "skip-link", "disclaimer", "heading", "tags", "author-note", "dateline"} <= reasons


def test_the_note_of_the_manifest_is_no_evidence(seeds: Case) -> None:
    assert not any("scraped without its date" in line for line in dump(seeds))


def test_a_departure_is_planned_for_early_november_and_nothing_says_it_happened(seeds: Case) -> None:
    view = seeds.view(date(2022, 10, 20))
    spoken = [(claim.status, when.edtf) for claim in seeds.claims(view) if claim.trigger == "send" and (when := resolve(claim.when, view.reports[claim.report]))]
    assert {status for status, day in spoken if day == "2022-11-01/2022-11-10"} == {"planned"}


def test_what_was_told_on_monday_keeps_its_day_and_its_voice(seeds: Case) -> None:
    view = seeds.view()
    (claim,) = [one for one in seeds.claims(view) if one.trigger == "recruited" and one.status == "occurred" and "1,000" in one.quote]
    told = resolve(claim.voice[0].on, view.reports[claim.report])
    assert told
    assert ([voice.kind for voice in claim.voice], told.edtf) == (["anonymous", "outlet"], "2022-10-17")
    assert [(q.least, q.most, q.unit) for filler in claim.roles["number"] if (q := filler.quantity)] == [(800, 1000, "person")]


def test_the_brief_of_a_day_is_the_same_bytes_and_knows_nothing_later(seeds: Case, tmp_path: Path) -> None:
    brief = write_brief(seeds, date(2022, 10, 20))
    assert brief == write_brief(seeds, date(2022, 10, 20))
    assert "3 reports" in brief
    assert "2022-11-28" not in brief
