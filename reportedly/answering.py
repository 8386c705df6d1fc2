"""What an analyst asks of a case beyond its lists: conflicts, gaps, what changed, what hangs on what, and questions in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from reportedly.lineage import count_origins, find_families
from reportedly.pipeline import Case
from reportedly.reconciling.asking import Asked, answer
from reportedly.reconciling.changes import find_changes
from reportedly.reconciling.dependences import find_dependences
from reportedly.reconciling.events import find_event_of
from reportedly.reconciling.findings import Count, find_repeats, find_rests, prefer
from reportedly.reconciling.gaps import ask_of_plans, find_gaps
from reportedly.reconciling.happenings import find_happenings
from reportedly.reconciling.tracks import find_tracks
from reportedly.records import Answer, Assessment, Change, Dated, Dependence, Event, Finding, Gap, Happening, Plan, Reconciled, Relation, Reply, Track, View

CONFLICTS = ("contradicts", "denies", "revises", "slips")


def find_conflicts(case: Case, view: View) -> list[Finding]:
    """The findings in which a value is excluded, denied, revised or slipped, and whether a thing is so where some deny it; the contested
    first."""
    found = [one for one in case.findings(view) if any(relation.kind in CONFLICTS for relation in one.relations)]
    return sorted(found, key=lambda one: (one.state != "contested", one.event, one.role))


def find_overdue(case: Case, view: View) -> list[Plan]:
    """The plans that fell due and are not confirmed: what was said to come stands against what is told."""
    return [plan for plan in case.plans(view) if plan.outcome == "overdue" and plan.due is not None]


def gaps(case: Case, view: View, *, everything: bool = True) -> list[Gap]:
    """What is not known of each event, and of plans that fell due whether they came about; not `everything`: of what is merely unstated only that of
    events which a round or a second claim makes out."""
    made = case.reconcile(view)
    roles = {frame.frame: {name: role.type for name, role in frame.roles.items()} for playbook in case.playbooks for frame in playbook.frames}
    found = [*ask_of_plans(made.plans), *find_gaps(made.events, _by_id(made.claims), roles)]
    made_out = {event.id for event in made.events if event.round or len(event.claims) > 1}
    return [one for one in found if everything or one.event in made_out or one.state != "unstated"]


def tracks(case: Case, view: View) -> list[Track]:
    """What became of plans, by who announced them."""
    made = case.reconcile(view)
    return find_tracks(made.plans, {event.id: event for event in made.events}, _by_id(made.claims))


def dependences(case: Case, view: View) -> list[Dependence]:
    """What is said to hang on what."""
    made = case.reconcile(view)
    return find_dependences(made.claims, made.events)


def changes(case: Case, since: date, until: date) -> tuple[list[Change], View]:
    """What each report changed between the ends of two days, with the view of the later one."""
    before, after = case.view(since), case.view(until)
    return find_changes(case.reconcile(before), case.reconcile(after)), after


def happenings(case: Case, view: View) -> list[Happening]:
    """The happenings that the reports of a view tell of, with their dead and hurt."""
    return find_happenings(case.dated(view), view.reports)


def ask(case: Case, asked: Asked, view: View) -> list[Reply]:
    """What the claims of a view answer to a question."""
    made = case.reconcile(view)
    return answer(asked, made.claims, made.events, _count_in(made))


def rests(case: Case, view: View, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with the reports whose removal would alter them."""
    made = case.reconcile(view)
    by_id, count = _by_id(made.claims), _count_in(made)
    return [find_rests(finding, by_id, count) for finding in findings]


def choose(case: Case, findings: Sequence[Finding], how: str, view: View) -> list[tuple[Finding, tuple[Answer, str] | None]]:
    """Each finding with the answer that a rule takes and the rule in words; None where it cannot choose."""
    grades = {(one.kind, one.name): one.grade for one in case.ledger.ratings() if one.kind in ("outlet", "voice") and one.grade != "F"}
    claims = {claim.id: claim for claim in case.claims(view)} if how == "rated" else {}

    def grade(claim: str) -> str | None:
        names = [("voice" if voice.kind != "outlet" else "outlet", voice.name or voice.text) for voice in claims[claim].voice]
        return next((grades[name] for name in names if name in grades), None)

    return [(finding, prefer(finding, how, grade)) for finding in findings]


def relations_of(case: Case, claim: str, view: View) -> list[Relation]:
    """How a claim stands to others in its event: the same, a copy, refined, revised, contradicted, slipped, denied, of another scope."""
    made = case.reconcile(view)
    event = find_event_of(made.events).get(claim)
    if event is None:
        return []
    by_id, families = _by_id(made.claims), find_families(made.links)
    mine = [finding for finding in made.findings if finding.event == event.id]
    found = [relation for finding in mine for relation in (*finding.relations, *find_repeats(finding, by_id, families))]
    return [relation for relation in found if claim in (relation.source, relation.target)]


def timeline(case: Case, view: View) -> list[tuple[Event | None, Dated]]:
    """The claims of the playbooks that speak of a time, in its order, each with its event."""
    made = case.reconcile(view)
    event_of = find_event_of(made.events)
    timed = [one for one in made.claims if one.claim.playbook is not None and one.when is not None and one.when.edtf]
    return [(event_of.get(one.claim.id), one) for one in sorted(timed, key=_spoken)]


def _spoken(dated: Dated) -> tuple[str, str, str]:
    when = dated.when
    return (str(when and (when.earliest or when.latest)), str(when and (when.latest or "9999")), dated.claim.id)


def _count_in(made: Reconciled) -> Count:
    """What counts the origins of claims, with the copies that were found."""
    return partial(count_origins, families=find_families(made.links))


def _by_id(claims: Iterable[Dated]) -> dict[str, Dated]:
    return {dated.claim.id: dated for dated in claims}


_LISTED = 3  # events of one provision of which a reader wants to see the elements at once


def find_assessments(case: Case, view: View, sheets: tuple[str, ...] = ()) -> list[Assessment]:
    """Sheets of rules against the events of a view: those named, else the shipped ones that are written for a playbook of the case. Raises
    BadSheet and UnknownName."""
    from reportedly.assessing.assess import assess
    from reportedly.assessing.load import SHIPPED, load_sheet

    made = case.reconcile(view)
    claims = _by_id(made.claims)
    playbooks = {playbook.head.name for playbook in case.playbooks}
    loaded = [load_sheet(name) for name in sheets or SHIPPED] if sheets or playbooks else []
    return [one for sheet in loaded if sheets or sheet.playbook in playbooks for one in assess(sheet, made.events, claims)]


def most_reported(assessments: list[Assessment]) -> list[Assessment]:
    """Of each provision the events of which most elements are reported."""
    seen: Counter[tuple[str, str, date]] = Counter()
    kept: list[Assessment] = []
    for one in assessments:
        seen[one.sheet, one.provision, one.start] += 1
        kept += [one] if seen[one.sheet, one.provision, one.start] <= _LISTED else []
    return kept
