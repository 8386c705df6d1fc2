"""Symbolic times against publication dates: what a claim's words meant on the day they appeared."""

from reportedly.records import Filler, Report
from reportedly.values import When, resolve_time


def resolve(filler: Filler | None, report: Report) -> When | None:
    """The interval that a time filler means in this report; None where the filler holds no time."""
    if filler is None or filler.time is None:
        return None
    return resolve_time(filler.time, report.published.when)
