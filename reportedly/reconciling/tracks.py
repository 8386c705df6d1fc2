"""What became of plans, by who announced them: evidence for a rating of a source, never a rating."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from reportedly.reconciling.dating import published_day
from reportedly.reconciling.relations import Said, compare
from reportedly.records import Dated, Event, Plan, Track

_ENDED = ("kept", "overdue", "denied", "dropped")
_Z = 1.96  # of a 95 % interval


def find_tracks(plans: Iterable[Plan], events: Mapping[str, Event], claims: Mapping[str, Dated]) -> list[Track]:
    """The record of each outlet and voice class whose plans have come due or came about; by outlet and voice."""
    by_voice: dict[tuple[str, str], list[Plan]] = defaultdict(list)
    for plan in plans:
        if plan.outcome in _ENDED:
            voice = plan.announced.claim.voice[0]
            outlet = plan.announced.report.outlet or "outlet not given"
            by_voice[outlet, voice.name or voice.text if voice.kind in ("named", "organisation") else voice.kind].append(plan)
    return [_make_track(*key, by_voice[key], events, claims) for key in sorted(by_voice)]


def _make_track(outlet: str, voice: str, plans: list[Plan], events: Mapping[str, Event], claims: Mapping[str, Dated]) -> Track:
    kept = [plan for plan in plans if plan.outcome == "kept"]
    fits = [fit for plan in kept if (fit := _is_in_range(plan, [claims[one] for one in events[plan.event].claims])) is not None]
    return Track(outlet, voice, len(plans), len(kept), sum(_is_on_time(plan, [claims[one] for one in events[plan.event].claims]) for plan in kept), len(fits), sum(fits))


def _is_on_time(plan: Plan, members: list[Dated]) -> bool:
    """Whether what kept a plan is said to have happened, or was reported, by the day that was first named."""
    first = next((one.when for one in plan.mentions if one.when and one.when.latest), None)
    if first is None or first.latest is None:
        return False
    done = [(one.when.earliest if one.when and one.when.earliest else published_day(one)) for one in members if one.claim.status == "occurred" and one.claim.polarity == "positive"]
    days = [day for day in done if day is not None]
    return bool(days) and min(days) <= first.latest


def _is_in_range(plan: Plan, members: list[Dated]) -> bool | None:
    """Whether the number said to have come about agrees with the one announced; None where one of them is not given."""
    announced = [one for dated in plan.mentions[:1] for one in _counted(dated)]
    came = [one for dated in members if dated.claim.status == "occurred" and dated.claim.polarity == "positive" for one in _counted(dated)]
    compared = [found for one in announced for other in came if (found := compare(one, other)) not in (None, "scope")]
    return any(found != "apart" for found in compared) if compared else None


def _counted(dated: Dated) -> list[Said]:
    return [Said(filler, None, dated) for filler in dated.claim.roles.get("people", ()) if filler.quantity]


def find_interval(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927): honest for few cases, where the plain share says 0 or 1. With no case from 0 to 1."""
    if of == 0:
        return 0.0, 1.0
    share = hits / of
    middle = share + _Z**2 / (2 * of)
    spread = _Z * math.sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    below = 1 + _Z**2 / of
    return max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below)
