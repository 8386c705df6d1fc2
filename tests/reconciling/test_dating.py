"""Symbolic times against the day a report appeared."""

from collections.abc import Callable
from dataclasses import replace

from reportedly.reconciling.dating import resolve
from reportedly.records import Claim, Report
from reportedly.understanding.read import understand


def test_the_same_claim_moves_with_its_report(make_report: Callable[..., Report]) -> None:
    report = make_report("The crew left on Monday.", published="2031-06-11")
    claim: Claim = next(understand([report])).claims[0]
    later = replace(report, published=make_report("x y z", published="2031-06-20").published)
    assert [when.edtf for one in (report, later) if (when := resolve(claim.when, one))] == ["2031-06-09", "2031-06-16"]


def test_a_report_dated_to_a_month_gives_the_hull(make_report: Callable[..., Report]) -> None:
    report = make_report("The crew left yesterday.", published="2031-06")
    when = resolve(next(understand([report])).claims[0].when, report)
    assert when
    assert (when.edtf, when.precision) == ("2031-05-31/2031-06-29", "interval")


def test_no_time_resolves_to_nothing(make_report: Callable[..., Report]) -> None:
    assert resolve(None, make_report("The crew left.")) is None
