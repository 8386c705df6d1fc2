"""The source network as SVG and DOT: every report and link is there, and names from reports cannot break out."""

import xml.etree.ElementTree as ET

from reportedly.exports.picture import write_dot, write_svg
from reportedly.reading import Given, make_reading
from reportedly.records import Link, Report

NAMES = ('a"b.txt', "<script>.txt", "c.txt")


def make() -> tuple[dict[str, Report], list[Link]]:
    reports = [make_reading(f"The crew left {name}.".encode(), name, Given(outlet=f"Post & {name}", published="2031-05-0" + str(at + 1))).report for at, name in enumerate(NAMES)]
    links = [Link(reports[1].id, reports[0].id, "rewritten", "copies", 0.8, "3 sentences say the <same>"), Link(reports[2].id, reports[1].id, "verbatim", "either way", 1.0, "all")]
    return {report.id: report for report in reports}, links


def test_the_picture_is_well_formed_and_shows_every_report_and_link() -> None:
    reports, links = make()
    root = ET.fromstring(write_svg(reports, links))
    titles = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}title")]
    assert all(any(name in title for title in titles) for name in NAMES)
    assert sum(title.startswith(("rewritten", "verbatim")) for title in titles) == 2
    assert write_svg(reports, links) == write_svg(reports, links)
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))


def test_the_graph_names_both_ends_of_each_link() -> None:
    reports, links = make()
    dot = write_dot(reports, links)
    assert dot.count("->") == 2
    assert 'label="verbatim", dir=none' in dot
    assert r"a\"b.txt" in dot
