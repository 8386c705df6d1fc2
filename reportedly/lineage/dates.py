"""When an undated report can have appeared: from what it cites and what cites it, and from the months that it speaks of as past or to
come. An interval with its reasons, never a guess of a day; what gives nothing stays undated."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reportedly.lineage.links import COPIES
from reportedly.lineage.origins import find_roots
from reportedly.records import Claim, Inferred, Link, Report
from reportedly.values import When, resolve_time
from reportedly.values.times import Point, TimeExpression, make_when, move, span_of

_PAST, _COMING = ("occurred", "ongoing"), ("planned", "required", "predicted")


@dataclass(slots=True)
class _Bounds:
    """What is known so far: not before `least`, not after `most`, each with its reason."""

    least: date | None = None
    most: date | None = None
    why_least: str = ""
    why_most: str = ""

    def after(self, day: date | None, why: str) -> bool:
        """Raise the lower bound; whether it moved."""
        if day is None or (self.least is not None and day <= self.least) or (self.most is not None and day > self.most):
            return False
        self.least, self.why_least = day, why
        return True

    def before(self, day: date | None, why: str) -> bool:
        """Lower the upper bound; whether it moved."""
        if day is None or (self.most is not None and day >= self.most) or (self.least is not None and day < self.least):
            return False
        self.most, self.why_most = day, why
        return True


def infer_published(reports: Mapping[str, Report], claims_of: Callable[[str], Sequence[Claim]], links: Iterable[Link]) -> dict[str, Inferred]:
    """For each undated report that is bounded on both sides the interval of its publication. What one gives another is followed until
    nothing moves, so that a chain of citations from one dated report dates them all. `claims_of` gives the claims of a report."""
    undated = sorted(key for key, report in reports.items() if report.published.when is None)
    links = [link for link in links if link.direction != "either way" and not {link.source, link.target}.isdisjoint(undated)]
    bounds = {key: _known(reports[key]) for key in {*undated, *(end for link in links for end in (link.source, link.target))}}
    own = {key: claims_of(key) for key in undated}
    cited = [(link, _told(link, claims_of(link.source))) for link in links]
    moved = True
    for _ in range(len(undated) + 1):
        if not moved:
            break
        moved = False
        for key in undated:
            for link, told in cited:
                moved |= _by_citation(bounds, key, link, told, reports)
            moved |= _by_months(bounds[key], own[key])
    return {key: made for key in undated if (made := _make(key, bounds[key])) is not None}


def find_original_days(links: Iterable[Link], reports: Mapping[str, Report]) -> dict[str, When]:
    """For each copy of a report of another day the original's day of publication, where that is known."""
    links = list(links)
    copying = {link.source for link in links if link.kind in COPIES and link.direction == "copies"}
    days = {copy: reports[root].published.when for copy, root in find_roots(links).items() if copy != root and copy in copying}
    return {copy: when for copy, when in days.items() if when is not None and when != reports[copy].published.when}


def _known(report: Report) -> _Bounds:
    when = report.published.when
    return _Bounds(when.earliest, when.latest) if when else _Bounds()


def _told(link: Link, claims: Sequence[Claim]) -> TimeExpression | None:
    """When the citing words say that the other reported: "in August", "last month"."""
    for claim in claims:
        if any((claim.start, claim.end) == (span.start, span.end) for span in link.spans):
            for voice in claim.voice:
                if voice.kind == "report" and voice.on is not None:
                    return voice.on.time
    return None


def _by_citation(bounds: Mapping[str, _Bounds], key: str, link: Link, told: TimeExpression | None, reports: Mapping[str, Report]) -> bool:
    source, target = bounds[link.source], bounds[link.target]
    point = told.first if told is not None else None
    months = -point.shift if point is not None and point.shift_grain == "month" and point.shift is not None and point.shift < 0 else None
    if link.source == key:
        name = reports[link.target].file
        moved = source.after(target.least, f"it rests on {name}")
        if months is not None:
            moved |= source.after(_month(target.least, months, last=False), f"it says that {name} appeared {months} month{'s' * (months != 1)} before")
            moved |= source.before(_month(target.most, months, last=True), f"it says that {name} appeared {months} month{'s' * (months != 1)} before")
        elif point is not None and point.month is not None and target.least is not None:
            end = span_of("month", target.least)[1] if target.least.month == point.month else None
            moved |= source.after(end + timedelta(1) if end else None, f"it speaks of the month of {name} by its name, as past")
        return moved
    if link.target == key:
        name = reports[link.source].file
        moved = target.before(source.most, f"{name} rests on it")
        if months is not None:
            moved |= target.after(_month(source.least, -months, last=False), f"{name} says that it appeared {months} month{'s' * (months != 1)} before")
            moved |= target.before(_month(source.most, -months, last=True), f"{name} says that it appeared {months} month{'s' * (months != 1)} before")
        elif told is not None and reports[link.source].published.when is not None:
            when = resolve_time(told, reports[link.source].published.when)
            moved |= target.after(when.earliest, f"{name} says so") | target.before(when.latest, f"{name} says so")
        return moved
    return False


def _month(day: date | None, months: int, *, last: bool) -> date | None:
    """The first or last day of the month so many months after a day's."""
    if day is None:
        return None
    first, end = span_of("month", move(day.replace(day=1), months, "month"))
    return end if last else first


def _by_months(bounds: _Bounds, claims: Sequence[Claim]) -> bool:
    """From days and months that the report speaks of in its own words or its sources': what is past lies before it, what is to come
    after. A time that something has happened in already bounds nothing by being planned."""
    own = [claim for claim in claims if claim.when is not None and claim.when.time is not None and all(voice.kind != "report" for voice in claim.voice)]
    past = [span for claim in own if claim.status in _PAST and claim.polarity == "positive" and (span := _place(claim, bounds, "past"))]
    moved = False
    for start, words in past:
        moved |= bounds.after(start[0], f"it speaks of “{words}” as past")
    for claim in own:
        if claim.status in _COMING and claim.polarity == "positive" and (found := _place(claim, bounds, "future")):
            (_, end), words = found
            if all(start[0] is None or found[0][0] is None or start[0] < found[0][0] for start, _ in past):
                moved |= bounds.before(end, f"it speaks of “{words}” as to come")
    return moved


def _place(claim: Claim, bounds: _Bounds, lean: str) -> tuple[tuple[date | None, date | None], str] | None:
    """The days of a claim's month or day of the calendar, the year as said, or as the bounds give it; None for a time that counts
    from the day of publication itself."""
    assert claim.when is not None
    assert claim.when.time is not None
    expression = claim.when.time
    points = [point for point in (expression.first, expression.last) if point is not None]
    if not points or not all(_on_calendar(point) for point in points) or (expression.relation in ("until", "before") and lean == "past"):
        return None
    anchor = bounds.least if lean == "future" else bounds.most or bounds.least
    if any(point.year is None for point in points):
        if anchor is None:
            return None
        expression = replace(expression, first=_leaning(expression.first, lean), last=_leaning(expression.last, lean))
    near = make_when(anchor, anchor, "day") if anchor else None
    if lean == "past" and bounds.most is None and anchor is not None:
        near = make_when(anchor + timedelta(183), anchor + timedelta(183), "day")  # half a year on: the months round the lower bound
    when = resolve_time(expression, near)
    return ((when.earliest, when.latest), claim.when.text) if when.edtf else None


def _on_calendar(point: Point) -> bool:
    return point.shift is None and point.of is None and point.event is None and point.month is not None


def _leaning(point: Point | None, lean: str) -> Point | None:
    return replace(point, lean=lean) if point is not None else None


def _make(report: str, bounds: _Bounds) -> Inferred | None:
    if bounds.least is None or bounds.most is None:
        return None  # an open end dates nothing: the report could be of any later, or earlier, year
    return Inferred(report, make_when(bounds.least, bounds.most, "interval"), tuple(why for why in (bounds.why_least, bounds.why_most) if why))
