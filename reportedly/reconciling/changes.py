"""What each new report changed between two days: what slipped, fell due, was kept or denied, what is contested, revised or corroborated
now, what is withdrawn, and what is new."""

from collections.abc import Iterable, Mapping

from reportedly.reconciling.events import find_event_of
from reportedly.records import Change, Event, Finding, Plan, Reconciled

_ORDER = ("slipped", "overdue", "kept", "denied", "contested", "revised", "corroborated", "withdrawn", "new")
_KINDS = {"contested": "contested", "revised": "revised", "corroborated": "corroborated", "overdue": "overdue"}


def find_changes(before: Reconciled, after: Reconciled) -> list[Change]:
    """The changes from one state of a case to a later one, by report in the order of publication. An event that was there is the one that
    shares claims with it; what came about by the day alone (a plan that fell due) has no report."""
    order = {dated.report.id: number for number, dated in reversed(list(enumerate(after.claims)))}
    report_of = {dated.claim.id: dated.report.id for dated in (*before.claims, *after.claims)}
    known = {dated.claim.id for dated in before.claims}
    old_of = find_event_of(before.events)
    found = [*_new_events(after.events, known, report_of), *_moved_plans(before.plans, after, old_of, report_of, known)]
    found += [*_changed_findings(before.findings, after.findings, report_of, known), *_withdrawn(before, after, report_of)]
    return sorted(found, key=lambda one: (order.get(one.report, len(order)), _ORDER.index(one.kind), one.what, one.claims))


def _new_events(events: Iterable[Event], known: set[str], report_of: Mapping[str, str]) -> Iterable[Change]:
    for event in events:
        fresh = [claim for claim in event.claims if claim not in known]
        if len(fresh) == len(event.claims):
            for report in sorted({report_of[claim] for claim in fresh}):
                mine = tuple(claim for claim in fresh if report_of[claim] == report)
                yield Change(report, "new", event.label, "", event.status, mine, bool(event.round or event.when or len(event.claims) > 1))


def _moved_plans(before: Iterable[Plan], after: Reconciled, old_of: Mapping[str, Event], report_of: Mapping[str, str], known: set[str]) -> Iterable[Change]:
    """Plans that stand otherwise: by the last report that says something of them, or by the day alone."""
    old = {plan.event: plan for plan in before}
    told = {dated.claim.id: number for number, dated in enumerate(after.claims)}
    members = {event.id: event.claims for event in after.events}
    for plan in after.plans:
        was = next((old[old_of[one.claim.id].id] for one in plan.mentions if one.claim.id in old_of and old_of[one.claim.id].id in old), None)
        if was is None or (was.outcome == plan.outcome and was.due == plan.due):
            continue
        fresh = sorted((claim for claim in members[plan.event] if claim not in known), key=lambda claim: told[claim], reverse=True)
        moved = plan.outcome if plan.outcome != was.outcome else "slipped" if fresh and _is_later(was, plan) else "revised"
        kind = moved if moved in _ORDER else "revised"
        yield Change(report_of[fresh[0]] if fresh else "", kind, f"plan: {plan.label}", _plan_state(was), _plan_state(plan), tuple(fresh))


def _is_later(was: Plan, plan: Plan) -> bool:
    """Whether the day that is named now lies behind one that was named before: a day named for the first time moved nowhere."""
    return was.due is not None and plan.due is not None and was.due.latest is not None and plan.due.latest is not None and plan.due.latest > was.due.latest


def _plan_state(plan: Plan) -> str:
    return f"{plan.outcome}, due {plan.due.edtf}" if plan.due is not None and plan.due.edtf else plan.outcome


def _changed_findings(before: Iterable[Finding], after: Iterable[Finding], report_of: Mapping[str, str], known: set[str]) -> Iterable[Change]:
    old = {(claim, finding.role): finding for finding in before for answer in finding.answers for claim in answer.claims}
    for finding in after:
        claims = [claim for answer in finding.answers for claim in answer.claims]
        was = next((old[claim, finding.role] for claim in claims if (claim, finding.role) in old), None)
        fresh = [claim for claim in claims if claim not in known]
        if was is None or was.state == finding.state or not fresh:
            continue
        what = f"{finding.label} · {finding.role}"
        for report in sorted({report_of[claim] for claim in fresh}):
            yield Change(report, _KINDS.get(finding.state, "revised"), what, _values(was), _values(finding), tuple(sorted(claim for claim in fresh if report_of[claim] == report)))


def _values(finding: Finding) -> str:
    return f"{finding.state}: " + ", ".join(answer.filler.text for answer in finding.answers[:4])


def _withdrawn(before: Reconciled, after: Reconciled, report_of: Mapping[str, str]) -> Iterable[Change]:
    """Claims that were there and are no longer: rejected by a review, withheld, or of a report whose day was learnt to be later."""
    standing = {dated.claim.id for dated in after.claims}
    for event in before.events:
        gone = [claim for claim in event.claims if claim not in standing]
        for report in sorted({report_of[claim] for claim in gone}):
            yield Change(report, "withdrawn", event.label, event.status, "", tuple(claim for claim in gone if report_of[claim] == report))
