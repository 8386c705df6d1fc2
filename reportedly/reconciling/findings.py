"""Findings: for each role of an event all answers, who stands behind them, and how they stand to each other. None is chosen."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from itertools import combinations, pairwise

from reportedly.reconciling.dating import published_day, resolve_of
from reportedly.reconciling.events import is_tied
from reportedly.reconciling.relations import Said, relate
from reportedly.records import STAGES, Answer, Dated, Event, Filler, Finding, Origins, Relation, Rest
from reportedly.values.places import fold

_ANYBODY = frozenset("they them those these he him she her it its we us who whom which that this others some many most all".split())  # answers nothing by itself
_MOST_COMPARED = 60  # answers of one role that are compared each with each; of more, each with the next in time
WHETHER = "whether"  # the role of a finding that asks whether a thing is so
PREFERENCES = ("latest", "most-origins", "rated")

Count = Callable[[list[Dated]], Origins]
_Key = tuple[str, str, str]


def find_findings(events: Iterable[Event], claims: Mapping[str, Dated], count: Count, overdue: Collection[str] = ()) -> list[Finding]:
    """Findings of the events, by event and role; `count` says how many origins some claims can have, `overdue` names the events whose
    plan is late."""
    return [finding for event in events for finding in _findings_of(event, [claims[one] for one in event.claims], count, event.id in overdue)]


def _findings_of(event: Event, members: list[Dated], count: Count, is_overdue: bool) -> list[Finding]:
    by_role: dict[str, list[Said]] = defaultdict(list)
    for dated in members:
        for role, fillers in dated.claim.roles.items():
            by_role[role] += [Said(filler, resolve_of(filler, dated), dated) for filler in fillers if filler.text.lower() not in _ANYBODY]
    return [_make_finding(event, role, by_role[role], count, is_overdue) for role in sorted(by_role)]


def _make_finding(event: Event, role: str, said: list[Said], count: Count, is_overdue: bool) -> Finding:
    groups = _group(said)
    answers = [_make_answer(group, count) for group in groups]
    relations = _relate_all(role, groups)
    late = is_overdue and any(group[0].when is not None and group[0].stage == "ahead" for group in groups)
    return Finding(event.id, event.frame, event.label, role, state_of(answers, relations, is_late=late), tuple(answers), relations)


def _group(said: list[Said]) -> list[list[Said]]:
    """What is said, by answer: each from the first report on, the answers by the first report that gives them."""
    groups: dict[_Key, list[Said]] = defaultdict(list)
    for one in sorted(said, key=_order):
        groups[one.stage, one.dated.claim.polarity, value_key(one.filler, one.dated)].append(one)
    return list(groups.values())


def _order(said: Said) -> tuple[str, str, int]:
    return str(said.day or "9999"), said.dated.claim.id, said.filler.start


def value_key(filler: Filler, dated: Dated) -> str:
    """What makes two fillers one answer: equal bounds and unit, an equal interval, one name, or the same words."""
    if filler.quantity is not None:
        quantity = filler.quantity
        return f"{quantity.least}|{quantity.most}|{quantity.unit}|{quantity.per}|{quantity.scope}"
    when = resolve_of(filler, dated)
    if when is not None and when.edtf:
        return when.edtf
    return fold(filler.name or filler.text).removeprefix("the ")


def _make_answer(group: list[Said], count: Count) -> Answer:
    days = [one.day for one in group if one.day]
    status = min((one.dated.claim.status for one in group), key=STAGES.index)
    members = list({one.dated.claim.id: one.dated for one in group}.values())
    return Answer(
        group[0].filler,
        group[0].when,
        status,
        group[0].dated.claim.polarity,
        count(members),
        tuple(sorted(one.claim.id for one in members)),
        min(days, default=None),
        max(days, default=None),
    )


def _relate_all(role: str, groups: list[list[Said]]) -> tuple[Relation, ...]:
    """The relations between answers whose claims something else than these answers ties together."""
    firsts = [group[0] for group in groups]
    pairs = combinations(firsts, 2) if len(firsts) <= _MOST_COMPARED else pairwise(firsts)
    found = (relate(role, one, other) for one, other in pairs if is_tied(one.dated, other.dated, but="time" if one.when is not None else "people"))
    return tuple(relation for relation in found if relation is not None)


def state_of(answers: Iterable[Answer], relations: Iterable[Relation], *, is_late: bool = False) -> str:
    """How the answers stand. Those that another chain excludes or denies are contested, those that one chain moved are revised; answers
    that can all be true rest on one origin or on several."""
    kinds = {relation.kind for relation in relations}
    if kinds & {"contradicts", "denies"}:
        return "contested"
    if is_late:
        return "overdue"
    if kinds & {"revises", "slips"}:
        return "revised"
    return "corroborated" if any(answer.origins.least > 1 for answer in answers) else "single-origin"


def find_repeats(finding: Finding, claims: Mapping[str, Dated], families: Mapping[str, str]) -> list[Relation]:
    """The claims of each answer that say it again: as a copy where their report goes back to one that said it before, else the same."""
    found = []
    for answer in finding.answers:
        members = sorted((claims[one] for one in answer.claims), key=lambda dated: (str(published_day(dated) or "9999"), dated.claim.id))
        seen: dict[str, str] = {}
        for dated in members:
            family = families.get(dated.report.id, dated.report.id)
            if seen:
                kind, target = ("copy", seen[family]) if family in seen and dated.report.id in families else ("same", next(iter(seen.values())))
                found.append(
                    Relation(dated.claim.id, target, finding.role, kind, f"both give “{answer.filler.text}”" + (", and one text rests on the other" if kind == "copy" else ""))
                )
            seen.setdefault(family, dated.claim.id)
    return found


def find_rests(finding: Finding, claims: Mapping[str, Dated], count: Count) -> Finding:
    """The finding with the reports whose removal alters its state, or leaves nothing of it."""
    if finding.role == WHETHER:
        return replace(finding, rests_on=tuple(_rests_of_sides(finding, claims)))
    event = Event(finding.event, finding.frame, finding.label, "", None, ())
    members = {one: claims[one] for answer in finding.answers for one in answer.claims}
    rests = []
    for report in sorted({dated.report.id for dated in members.values()}):
        others = [dated for dated in members.values() if dated.report.id != report]
        left = next((one for one in _findings_of(event, others, count, finding.state == "overdue") if one.role == finding.role), None)
        if left is None or left.state != finding.state:
            rests.append(Rest(report, left.state if left else "nothing says it"))
    return replace(finding, rests_on=tuple(rests))


def _rests_of_sides(finding: Finding, claims: Mapping[str, Dated]) -> Iterable[Rest]:
    """The reports without which one of two sides says nothing."""
    sides = [{claims[one].report.id for one in answer.claims} for answer in finding.answers]
    for report in sorted({report for side in sides for report in side}):
        if any(side == {report} for side in sides):
            yield Rest(report, "one side only")


def prefer(finding: Finding, how: str, grade: Callable[[str], str | None]) -> tuple[Answer, str] | None:
    """The answer that a rule takes, with the rule in words; None where the rule cannot choose. `grade` gives the best reliability (A to E)
    of those who say a claim. What is only planned stands behind what is told."""
    answers = [answer for answer in finding.answers if answer.polarity == "positive" and finding.role != WHETHER]
    told = [answer for answer in answers if answer.status in ("occurred", "ongoing")] or answers
    if how == "latest":
        dated = [answer for answer in told if answer.last is not None]
        best = max(dated, key=lambda answer: (answer.last, answer.claims), default=None)
        return (best, f"taken because it was said last, on {best.last}") if best else None
    if how == "most-origins":
        best = max(told, key=lambda answer: (answer.origins.least, answer.origins.most), default=None)
        rivals = [answer for answer in told if best and (answer.origins.least, answer.origins.most) == (best.origins.least, best.origins.most)]
        return (best, f"taken because most origins stand behind it, at least {best.origins.least}") if best and len(rivals) == 1 else None
    graded = [(best_grade, answer) for answer in told if (best_grade := min((found for one in answer.claims if (found := grade(one))), default=None))]
    first = min((found for found, _ in graded), default=None)
    rated = [answer for found, answer in graded if found == first]
    return (rated[0], f"taken because its source is rated {first}") if len(rated) == 1 else None
