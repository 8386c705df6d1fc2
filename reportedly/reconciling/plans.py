"""The plan board: what was announced, for when, and what came of it. Repetition never upgrades a plan."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from reportedly.reconciling.dating import published_day
from reportedly.reconciling.rounds import round_of
from reportedly.records import Dated, Event, Plan
from reportedly.values import When

_AHEAD = ("planned", "required", "predicted")


@dataclass(frozen=True, slots=True)
class Course:
    """What became of something announced, as far as it does not hang on the day of asking: its mentions, what was said of those who were
    to do it, its latest mention (an old aim too), the first claim that it was done, the claims that it was not."""

    event: Event
    mentions: tuple[Dated, ...]
    due: When | None
    slip: int | None
    latest: Dated
    done: Dated | None
    undone: tuple[Dated, ...]
    told: tuple[Dated, ...]
    numbers: tuple[tuple[str, str], ...]


def find_course(event: Event, members: list[Dated], claims_of: Callable[[str], Iterable[Dated]]) -> Course | None:
    """The course of an event of which a claim plans, requires or expects something; None of the others, and of what is only denied or
    doubted, for that was never announced. `claims_of` gives all claims of a report."""
    mentions = sorted((one for one in members if one.claim.status in _AHEAD and not _is_old_aim(one)), key=_published)
    if all(one.claim.polarity == "negative" for one in mentions):
        return None
    dues = [one for one in mentions if one.when and one.when.latest and one.claim.polarity == "positive"]
    first, last = (dues[0].when, dues[-1].when) if dues else (None, None)
    latest = max((one for one in members if one.claim.status in _AHEAD), key=_published)
    done = min((one for one in members if _is_done(one)), key=lambda one: (_is_in_passing(one), *_published(one)), default=None)
    undone = tuple(one for one in members if one.claim.status in ("occurred", "ongoing") and one.claim.polarity == "negative")
    return Course(event, tuple(mentions), last, _slip(first, last), latest, done, undone, tuple(_told_of(mentions, claims_of)), _numbers(members))


def find_plans(courses: Iterable[Course], as_of: date) -> list[Plan]:
    """The plans as of a day, overdue ones first."""
    order = ("overdue", "slipped", "denied", "dropped", "open", "kept")
    plans = [_make_plan(course, as_of) for course in courses]
    return sorted(plans, key=lambda plan: (order.index(plan.outcome), str(plan.due.latest if plan.due else "9999"), plan.event))


def _told_of(mentions: list[Dated], claims_of: Callable[[str], Iterable[Dated]]) -> list[Dated]:
    """The claims that say something of those who were to do what was planned: before their verb stands a mention of the plan, as in
    "the crews who were to leave in May remain here"."""
    inside = {one.claim.id for one in mentions}
    told = {
        dated.claim.id: dated
        for one in mentions
        if _is_in_passing(one)
        for dated in claims_of(one.report.id)
        if dated.claim.playbook is not None and dated.claim.start <= one.claim.start and one.claim.end <= dated.claim.trigger_start and dated.claim.id not in inside
    }
    return sorted(told.values(), key=_published)


def _make_plan(course: Course, as_of: date) -> Plan:
    outcome, why = _outcome(course, as_of)
    if course.told and outcome in ("overdue", "slipped", "open"):
        why += f"; of those concerned it is said: “{course.told[-1].claim.quote}”"
    event, told = course.event, tuple(one.claim.id for one in course.told)
    return Plan(event.id, event.frame, event.label, course.mentions[0], course.due, course.mentions, outcome, course.slip, why, told, course.numbers)


def _numbers(members: list[Dated]) -> tuple[tuple[str, str], ...]:
    """How many were announced and told of, in the order of the reports: each number once."""
    found: dict[str, str] = {}
    for dated in sorted(members, key=_published):
        for filler in dated.claim.roles.get("people", ()):
            if filler.quantity is not None and filler.text not in found:
                found[filler.text] = f"{published_day(dated) or 'undated'} {dated.claim.status}"
    return tuple((when, words) for words, when in found.items())


def _is_old_aim(dated: Dated) -> bool:
    """ "sent them in 2020 to earn currency": the aim of something past announces nothing."""
    published = published_day(dated)
    return dated.claim.found.startswith("aim") and dated.when is not None and dated.when.latest is not None and published is not None and dated.when.latest < published


def _is_in_passing(dated: Dated) -> bool:
    """ "those selected in the second round": says that it was done, but only to say who is meant."""
    return dated.claim.found.split(";")[0] in ("acl", "relative")


def is_tellable(plan: Plan) -> bool:
    """Whether a plan names a day, a round or a number, so that what came of it can be told. The others are kept, and shown
    on request: "the state plans to send workers" can be neither late nor kept."""
    counted = any(filler.quantity for dated in plan.mentions for filler in dated.claim.roles.get("people", ()))
    return plan.due is not None or counted or any(round_of(dated.claim) for dated in plan.mentions)


def _published(dated: Dated) -> tuple[str, str, int]:
    return str(published_day(dated) or "9999"), dated.claim.report, dated.claim.trigger_start


def _slip(first: When | None, last: When | None) -> int | None:
    """Days by which the latest due day moved."""
    if first is None or last is None or first.latest is None or last.latest is None:
        return None
    return (last.latest - first.latest).days


def _is_done(dated: Dated) -> bool:
    return dated.claim.status == "occurred" and dated.claim.polarity == "positive" and dated.claim.certainty != "possible"


def _outcome(course: Course, as_of: date) -> tuple[str, str]:
    """What came of a plan, with the reason. Only a claim that the thing occurred keeps a plan."""
    if course.done is not None:
        return "kept", f"said to have occurred: “{course.done.claim.quote}”"
    if course.latest.claim.polarity == "negative":
        return "denied", f"said later not to be planned: “{course.latest.claim.quote}”"
    due = course.due.latest if course.due is not None else None
    if due is not None and due < as_of:
        undone = [one for one in course.undone if str(published_day(one) or "") >= str(due)]
        told = f"said not to have happened: “{undone[-1].claim.quote}”" if undone else "nothing confirms it"
        return "overdue", f"due by {due}, {(as_of - due).days} days before {as_of}; {told}"
    if course.slip:
        return "slipped", f"the due day moved by {course.slip} days"
    return "open", f"due by {due}" if due is not None else "no day is named"
