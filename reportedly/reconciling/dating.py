"""Symbolic times against publication dates: what a claim's words meant on the day they appeared."""

from collections.abc import Iterable, Mapping
from datetime import date

from reportedly.records import Claim, Dated, Filler, Report
from reportedly.values import When, resolve_time


def resolve(filler: Filler | None, report: Report) -> When | None:
    """The interval that a time filler means in this report; None where the filler holds no time."""
    if filler is None or filler.time is None:
        return None
    return resolve_time(filler.time, report.published.when)


def date_claims(claims: Iterable[Claim], reports: Mapping[str, Report]) -> list[Dated]:
    """Claims with their reports and resolved times, by publication, report and place."""
    dated = [Dated(claim, reports[claim.report], resolve(claim.when, reports[claim.report])) for claim in claims]
    return sorted(dated, key=lambda one: (str(published_day(one) or "9999"), one.claim.report, one.claim.trigger_start, one.claim.id))


def publication_order(report: Report) -> tuple[str, str]:
    """What reports are sorted by everywhere: day of publication as EDTF, undated last, then id."""
    when = report.published.when
    return (when.edtf if when else "9999", report.id)


def published_day(dated: Dated) -> date | None:
    """The latest day on which a claim's report can have appeared; None where that is unknown."""
    when = dated.report.published.when
    return when.latest if when else None
