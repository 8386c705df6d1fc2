"""How things stand between claims, kept while reports come and go: what a report cannot touch is not made again. The result is a
function of the claims alone; taking them in one by one, in any order, or all at once gives the same.

A claim can change the events of claims that a chain of ties connects with it (`Ties`), the findings and plans of those events, and what
is denied in its frame. The day of asking can change what came of any plan.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from reportedly.reconciling.actors import find_bodies, find_commands
from reportedly.reconciling.dating import published_day, reading_order
from reportedly.reconciling.denials import Denials
from reportedly.reconciling.events import Pairs, find_events
from reportedly.reconciling.findings import find_findings
from reportedly.reconciling.options import find_decisions
from reportedly.reconciling.plans import Course, find_course, find_plans
from reportedly.reconciling.rounds import suppose_rounds
from reportedly.reconciling.ties import Ties
from reportedly.records import Body, Command, Dated, Decision, Event, Finding, Origins, Plan

Families = Mapping[str, str]
_Order = tuple[str, str]  # of reports: publication and id
_MOST = 0.25  # of the claims: where more come or go, all are joined anew, which is less work than to look for what they touch


@dataclass(slots=True)
class _Report:
    """The claims of a report in reading order, and what is made of them alone."""

    claims: Sequence[Dated]
    order: _Order = field(init=False)
    commands: Sequence[Command] = field(init=False)
    decisions: Sequence[Decision] = field(init=False)

    def __post_init__(self) -> None:
        self.order = reading_order(self.claims[0])[:2]
        self.commands, self.decisions = find_commands(self.claims), find_decisions(self.claims)


class Standing:
    """Events, plans and findings of the claims taken in so far. `count` says how many origins some claims have, given the group that each
    copy is of."""

    def __init__(self, count: Callable[[list[Dated], Families], Origins]) -> None:
        self._count = count
        self._families: Families = {}
        self._join: Pairs = frozenset()
        self._part: Pairs = frozenset()
        self._reports: dict[str, _Report] = {}
        self._order: list[_Order] = []
        self._by_id: dict[str, Dated] = {}
        self._last_day: date | None = None
        self._ties, self._denials = Ties(), Denials()
        self._events: dict[str, dict[str, Event]] = {}  # by frame and id
        self._event_of: dict[str, Event] = {}
        self._supposed: dict[str, list[Event]] = {}
        self._courses: dict[str, Course] = {}
        self._overdue: frozenset[str] = frozenset()
        self._found: dict[str, list[Finding]] = {}
        self._denied: dict[str, list[Finding]] = {}
        self.plans: list[Plan] = []
        self.bodies: list[Body] = []

    def take(self, changed: Mapping[str, Sequence[Dated]], *, families: Families, join: Pairs = frozenset(), part: Pairs = frozenset(), as_of: date | None = None) -> None:
        """Take in the claims of the reports that changed, by report: all that it has now, none where it is gone. The other
        arguments are those of `find_events` and `find_plans` for all claims; without a day plans are told as of the last report's."""
        again = {report for report in (families.keys() | self._families.keys()) & self._reports.keys() if families.get(report) != self._families.get(report)}
        now = {report: changed[report] if report in changed else self._reports[report].claims for report in again | changed.keys()}
        gone = [dated for report in now if report in self._reports for dated in self._reports[report].claims]
        paired = {one for pair in (join ^ self._join) | (part ^ self._part) for one in pair}
        touched = self._reach([*gone, *self._named(paired)])
        had_commands = any(self._reports[report].commands for report in now if report in self._reports)
        self._forget(gone)
        self._families, self._join, self._part = families, join, part
        self._remember(now)
        come = [dated for claims in now.values() for dated in claims]
        touched = self._reach([*self._named(touched.keys() | paired), *come])
        fresh = self._rejoin(touched, gone, {dated.claim.id for dated in come})
        for frame in sorted({dated.claim.frame for dated in chain(gone, come)}):
            self._denied[frame] = self._denials.find(frame, self._origins)
        if had_commands or any(self._reports[report].commands for report in now if report in self._reports):
            self.bodies = find_bodies([command for report in self._ordered() for command in report.commands])
        self._tell(fresh, as_of)

    def _origins(self, claims: list[Dated]) -> Origins:
        return self._count(claims, self._families)

    def _named(self, claims: Iterable[str]) -> Iterator[Dated]:
        return (self._by_id[one] for one in claims if one in self._by_id)

    def _reach(self, claims: list[Dated]) -> dict[str, Dated]:
        if len(claims) > _MOST * len(self._by_id):
            return dict(self._by_id)
        return self._ties.reach(claims, self._families, self._join, self._by_id)

    def _forget(self, claims: list[Dated]) -> None:
        for dated in claims:
            self._ties.remove(dated, self._families)
            self._denials.remove(dated)
            self._by_id.pop(dated.claim.id, None)
            if (report := self._reports.pop(dated.report.id, None)) is not None:
                del self._order[bisect_left(self._order, report.order)]
        if any(published_day(dated) == self._last_day for dated in claims):
            self._last_day = max((day for report in self._reports.values() if (day := published_day(report.claims[0]))), default=None)

    def _remember(self, reports: Mapping[str, Sequence[Dated]]) -> None:
        for report, claims in reports.items():
            if claims:
                self._reports[report] = made = _Report(sorted(claims, key=reading_order))
                insort(self._order, made.order)
                self._last_day = max((day for day in (self._last_day, published_day(claims[0])) if day), default=None)
            for dated in claims:
                self._by_id[dated.claim.id] = dated
                self._ties.add(dated, self._families)
                self._denials.add(dated)

    def _rejoin(self, touched: Mapping[str, Dated], gone: Iterable[Dated], changed: set[str]) -> list[Event]:
        """Join the claims that were touched anew; the events that are not what they were, or whose claims are not."""
        old = {event.id: event for one in (*touched, *(dated.claim.id for dated in gone)) if (event := self._event_of.pop(one, None)) is not None}
        for event in old.values():
            del self._events[event.frame][event.id]
        events = find_events(touched.values(), self._join, self._part, self._families)
        for event in events:
            self._events.setdefault(event.frame, {})[event.id] = event
            self._event_of |= dict.fromkeys(event.claims, event)
        for frame in {event.frame for event in (*events, *old.values())}:
            self._supposed[frame] = suppose_rounds(self._events[frame].values(), self._by_id)
        fresh = [event for event in events if old.get(event.id) != event or not changed.isdisjoint(event.claims)]
        for one in old.keys() - {event.id for event in events}:
            self._courses.pop(one, None)
            self._found.pop(one, None)
        return fresh

    def _tell(self, fresh: list[Event], as_of: date | None) -> None:
        """The plans as of the day, and the findings of fresh events and of those that came to be overdue, or are no longer."""
        for event in fresh:
            course = find_course(event, list(self._named(event.claims)), self._claims_of)
            if course is None:
                self._courses.pop(event.id, None)
            else:
                self._courses[event.id] = course
        day = as_of or self._last_day
        self.plans = find_plans(self._courses.values(), day) if day else []
        overdue = frozenset(plan.event for plan in self.plans if plan.outcome == "overdue")
        turned = {one: self._event_of[one] for one in overdue ^ self._overdue if one in self._event_of}
        self._overdue = overdue
        for event in ({event.id: event for event in fresh} | turned).values():
            self._found[event.id] = find_findings([event], self._by_id, self._origins, overdue)

    def _claims_of(self, report: str) -> Sequence[Dated]:
        return self._reports[report].claims if report in self._reports else ()

    def _ordered(self) -> list[_Report]:
        return [self._reports[report] for _, report in self._order]

    @property
    def claims(self) -> tuple[Dated, ...]:
        """All claims in reading order."""
        return tuple(chain.from_iterable(report.claims for report in self._ordered()))

    @property
    def events(self) -> list[Event]:
        """All events by id, with the rounds that they may be of."""
        return sorted(chain.from_iterable(self._supposed.values()), key=lambda event: event.id)

    @property
    def findings(self) -> list[Finding]:
        """What is answered, by event and role, then what is denied, by frame."""
        answered = (self._found[one] for one in sorted(self._found))
        return [*chain.from_iterable(answered), *chain.from_iterable(self._denied[frame] for frame in sorted(self._denied))]

    @property
    def decisions(self) -> list[Decision]:
        """What single reports weigh, by frame and report."""
        found = [(decision.frame, report, decision) for report, made in self._reports.items() for decision in made.decisions]
        return [decision for _, _, decision in sorted(found, key=lambda one: one[:2])]
