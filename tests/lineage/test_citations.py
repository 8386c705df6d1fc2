"""Which report a report cites, by outlet and time."""

from pathlib import Path

import pytest
from tests_support import SEEDS

from reportedly.pipeline import Case


def add(case: Case, folder: Path, *reports: tuple[str, str, str, str]) -> None:
    for file, outlet, day, text in reports:
        (folder / file).write_text(f"---\noutlet: {outlet}\npublished: {day}\n---\n{text}\n", encoding="utf-8")
    case.add([folder / file for file, *_ in reports])


def links(case: Case) -> list[tuple[str, str, str]]:
    view = case.view()
    return sorted((view.reports[link.source].file, view.reports[link.target].file, link.kind) for link in case.links(view))


def test_an_outlet_that_cites_its_own_report_follows_it_up(case: Case, tmp_path: Path) -> None:
    add(
        case,
        tmp_path,
        ("a.md", "Hill Post", "2031-03-03", "The gate was shut."),
        ("b.md", "Hill Post", "2031-05-03", "Hill Post reported in March that the gate was shut."),
    )
    assert links(case) == [("b.md", "a.md", "follow-up")]


def test_another_outlet_cites(case: Case, tmp_path: Path) -> None:
    add(case, tmp_path, ("a.md", "Hill Post", "2031-03-03", "The gate was shut."), ("b.md", "Valley News", "2031-05-03", "The Hill Post reported in March that the gate was shut."))
    assert [kind for *_, kind in links(case)] == ["digest"]


def test_a_report_of_another_month_or_of_the_future_is_not_meant(case: Case, tmp_path: Path) -> None:
    add(
        case,
        tmp_path,
        ("a.md", "Hill Post", "2031-02-03", "The gate was shut."),
        ("b.md", "Hill Post", "2031-05-03", "Hill Post reported in March that the gate was shut."),
        ("c.md", "Hill Post", "2031-06-03", "The gate was opened."),
    )
    assert links(case) == []


def test_of_several_reports_that_fit_the_one_that_says_it_is_meant(case: Case, tmp_path: Path) -> None:
    add(
        case,
        tmp_path,
        ("a.md", "Hill Post", "2031-03-03", "The gate was shut."),
        ("b.md", "Hill Post", "2031-03-13", "The harbour froze."),
        ("c.md", "Hill Post", "2031-04-03", "Hill Post reported last month that the gate was shut."),
    )
    assert links(case) == [("c.md", "a.md", "follow-up")]
    assert "of 2 that fit it says most of this" in case.links(case.view())[0].why


def test_where_several_reports_fit_each_is_linked_and_the_doubt_is_said(case: Case, tmp_path: Path) -> None:
    add(
        case,
        tmp_path,
        ("a.md", "Hill Post", "2031-03-03", "The gate was shut."),
        ("b.md", "Hill Post", "2031-03-13", "The gate was shut for good."),
        ("c.md", "Hill Post", "2031-04-03", "Hill Post reported last month that the gate was shut."),
    )
    assert [link.score for link in case.links(case.view())] == [0.5, 0.5]
    assert all("2 reports fit" in link.why for link in case.links(case.view()))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real reports lie beside the checkout, in ../shared/seeds, and are not here")
def test_the_real_reports_follow_each_other_up_and_the_copy_of_a_wire_story_stands_alone(case: Case) -> None:
    case.add([SEEDS])
    pairs = {(source[:3], target[:3]) for source, target, _ in links(case)}
    assert {("000", "001"), ("002", "000"), ("003", "002")} <= pairs
    assert not any("004" in pair for pair in pairs)
