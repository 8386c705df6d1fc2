"""The plan board: what was announced, for when, and what came of it. Repetition never upgrades a plan."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from reportedly.reconciling.dating import published_day
from reportedly.reconciling.rounds import round_of
from reportedly.records import Dated, Event, Plan
from reportedly.values import When

_AHEAD = ("planned", "required", "predicted")


def find_plans(events: Iterable[Event], claims: dict[str, Dated], as_of: date) -> list[Plan]:
    """A plan for each event of which a claim plans, requires or expects something, as of a day; overdue ones first."""
    about = _tell_of_others(claims.values())
    plans = [plan for event in events if (plan := _plan_of(event, [claims[one] for one in event.claims], about, as_of))]
    order = ("overdue", "slipped", "denied", "dropped", "open", "kept")
    return sorted(plans, key=lambda plan: (order.index(plan.outcome), str(plan.due.latest if plan.due else "9999"), plan.event))


def _tell_of_others(claims: Iterable[Dated]) -> dict[str, list[tuple[int, int, Dated]]]:
    """By report the phrases of claims in which another claim can stand: "the crews who were to leave in May", of whom it tells."""
    found: dict[str, list[tuple[int, int, Dated]]] = defaultdict(list)
    for dated in claims:
        if dated.claim.playbook is not None:
            span = (dated.claim.start, dated.claim.trigger_start)
            found[dated.report.id].append((*span, dated))
    return found


def _told_of(mentions: list[Dated], about: dict[str, list[tuple[int, int, Dated]]]) -> list[Dated]:
    """The claims that say something of those who were to do what was planned: their subject holds a mention of the plan."""
    inside = {one.claim.id for one in mentions}
    told = {
        dated.claim.id: dated
        for one in mentions
        if _is_in_passing(one)
        for start, end, dated in about.get(one.report.id, ())
        if start <= one.claim.start and one.claim.end <= end and dated.claim.id not in inside
    }
    return sorted(told.values(), key=_published)


def _plan_of(event: Event, members: list[Dated], about: dict[str, list[tuple[int, int, Dated]]], as_of: date) -> Plan | None:
    mentions = sorted((one for one in members if one.claim.status in _AHEAD and not _is_old_aim(one)), key=_published)
    if all(one.claim.polarity == "negative" for one in mentions):
        return None  # what is only denied or doubted was never announced
    dues = [one for one in mentions if one.when and one.when.latest and one.claim.polarity == "positive"]
    first, last = (dues[0].when, dues[-1].when) if dues else (None, None)
    slip = _slip(first, last)
    outcome, why = _outcome(members, last, slip, as_of)
    told = _told_of(mentions, about)
    if told and outcome in ("overdue", "slipped", "open"):
        why += f"; of those concerned it is said: “{told[-1].claim.quote}”"
    return Plan(event.id, event.frame, event.label, mentions[0], last, tuple(mentions), outcome, slip, why, tuple(one.claim.id for one in told), _numbers(members))


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


def _outcome(members: list[Dated], due: When | None, slip: int | None, as_of: date) -> tuple[str, str]:
    """What came of a plan, with the reason. Only a claim that the thing occurred keeps a plan."""
    done = sorted(
        (one for one in members if one.claim.status == "occurred" and one.claim.polarity == "positive" and one.claim.certainty != "possible"),
        key=lambda one: (_is_in_passing(one), *_published(one)),
    )
    if done:
        return "kept", f"said to have occurred: “{done[0].claim.quote}”"
    latest = max((one for one in members if one.claim.status in _AHEAD), key=_published)
    if latest.claim.polarity == "negative":
        return "denied", f"said later not to be planned: “{latest.claim.quote}”"
    if due is not None and due.latest is not None and due.latest < as_of:
        denied = [one for one in members if one.claim.status in ("occurred", "ongoing") and one.claim.polarity == "negative" and str(published_day(one) or "") >= str(due.latest)]
        told = f"said not to have happened: “{denied[-1].claim.quote}”" if denied else "nothing confirms it"
        return "overdue", f"due by {due.latest}, {(as_of - due.latest).days} days before {as_of}; {told}"
    if slip:
        return "slipped", f"the due day moved by {slip} days"
    return "open", f"due by {due.latest}" if due is not None and due.latest is not None else "no day is named"
