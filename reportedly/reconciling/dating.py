"""Symbolic times against publication dates: what a claim's words meant on the day they appeared."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from reportedly.records import Claim, Dated, Filler, Report
from reportedly.values import When, resolve_time


def resolve(filler: Filler | None, report: Report) -> When | None:
    """The interval that a time filler means in this report; None where the filler holds no time."""
    if filler is None or filler.time is None:
        return None
    return resolve_time(filler.time, report.published.when)


def date_claims(claims: Iterable[Claim], reports: Mapping[str, Report], originals: Mapping[str, When] | None = None) -> list[Dated]:
    """Claims with their reports and resolved times, by publication, report and place. `originals` gives for each copy the day of
    publication of what it copies: its "Monday" is the original's."""
    dated = [Dated(claim, reports[claim.report], _resolve_copy(claim.when, reports[claim.report], (originals or {}).get(claim.report))) for claim in claims]
    return sorted(dated, key=reading_order)


def reading_order(dated: Dated) -> tuple[str, str, int, str]:
    """What claims are sorted by: publication, report and place in it."""
    return str(published_day(dated) or "9999"), dated.claim.report, dated.claim.trigger_start, dated.claim.id


def _resolve_copy(filler: Filler | None, report: Report, original: When | None) -> When | None:
    """What a time means in a copy: counted from the original's day, the reading from its own day kept as the other one."""
    own = resolve(filler, report)
    if own is None or original is None or filler is None or filler.time is None or not filler.time.needs_anchor:
        return own
    there = resolve_time(filler.time, original)
    if there.edtf in ("", own.edtf):
        return own
    reason = f"{there.anchor_reason}, the day of the original; from the copy's own day it would be {own.edtf or 'unresolved'}"
    return replace(there, anchor="original", anchor_reason=reason, other=own.edtf or there.other)


def resolve_of(filler: Filler, dated: Dated) -> When | None:
    """The interval that a filler of a claim means; for the claim's own time as it was resolved with the claim."""
    return dated.when if filler == dated.claim.when else resolve(filler, dated.report)


def published_day(dated: Dated) -> date | None:
    """The latest day on which a claim's report can have appeared; None where that is unknown."""
    when = dated.report.published.when
    return when.latest if when else None
