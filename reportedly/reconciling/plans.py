"""The plan board: what was announced, for when, and what came of it. Repetition never upgrades a plan."""

from collections.abc import Iterable
from datetime import date

from reportedly.reconciling.dating import published_day
from reportedly.reconciling.rounds import round_of
from reportedly.records import Dated, Event, Plan
from reportedly.values import When

_AHEAD = ("planned", "required", "predicted")


def find_plans(events: Iterable[Event], claims: dict[str, Dated], as_of: date) -> list[Plan]:
    """A plan for each event of which a claim plans, requires or expects something, as of a day; overdue ones first."""
    plans = [plan for event in events if (plan := _plan_of(event, [claims[one] for one in event.claims], as_of))]
    order = ("overdue", "slipped", "denied", "dropped", "open", "kept")
    return sorted(plans, key=lambda plan: (order.index(plan.outcome), str(plan.due.latest if plan.due else "9999"), plan.event))


def _plan_of(event: Event, members: list[Dated], as_of: date) -> Plan | None:
    mentions = sorted((one for one in members if one.claim.status in _AHEAD and not _is_old_aim(one)), key=_published)
    if all(one.claim.polarity == "negative" for one in mentions):
        return None  # what is only denied or doubted was never announced
    dues = [one for one in mentions if one.when and one.when.latest and one.claim.polarity == "positive"]
    first, last = (dues[0].when, dues[-1].when) if dues else (None, None)
    slip = _slip(first, last)
    outcome, why = _outcome(members, last, slip, as_of)
    return Plan(event.id, event.frame, event.label, mentions[0], last, tuple(mentions), outcome, slip, why)


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
        return "overdue", f"due by {due.latest}, {(as_of - due.latest).days} days before {as_of}; nothing confirms it"
    if slip:
        return "slipped", f"the due day moved by {slip} days"
    return "open", f"due by {due.latest}" if due is not None and due.latest is not None else "no day is named"
