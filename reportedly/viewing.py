"""What the pages of a view show, derived once and kept on a shelf: rows as the commands print them, and cards, concerns, routes and networks
made of them. Who reads a page reads only its rows; who derives them may take as long as it needs."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from reportedly.answering import changes, dependences, find_conflicts, find_overdue, gaps, timeline
from reportedly.exports.answers import change_row, dependence_row, gap_row, moment_row
from reportedly.exports.cards import STATES, concern_row, event_card, network_rows, route_rows, state_of, voices_of
from reportedly.exports.rows import Row, event_row, finding_row, leaving_row, link_row, plan_row, report_row, source_row, write_row
from reportedly.installed import digest_code
from reportedly.ledger.canonical import write_canonical
from reportedly.ledger.shelf import SHELF, Kept, Mark, write_shelf
from reportedly.lineage import find_families, find_roots
from reportedly.lineage.tells import find_tells
from reportedly.pipeline import Case
from reportedly.playbooks import stamp
from reportedly.reconciling.concerns import find_concerns
from reportedly.reconciling.dating import resolve
from reportedly.reconciling.events import find_event_of
from reportedly.reconciling.plans import is_tellable
from reportedly.records import Dated, Finding, Plan, Reconciled, View
from reportedly.values.places import Place

TODAY = ""  # the name of the view of all reports; another is named by its day, or by two days between which it tells the changes
_NEWEST = 3  # days of publication of which the newest changes are told

Kinds = list[tuple[str, list[Kept]]]


@cache
def version(*playbooks: str) -> int:
    """A number of what rows are derived by, the code and the tables of this package and playbooks by their stamps: what another version kept is
    derived anew."""
    digest = hashlib.sha256("\n".join(playbooks).encode() + digest_code())
    return int.from_bytes(digest.digest()[:4]) >> 1  # SQLite keeps a signed 32-bit number


def version_of(case: Case) -> int:
    """The number of what the rows of a case are derived by."""
    return version(*map(stamp, case.playbooks))


def shelf_path(case: Path, elsewhere: Path | None = None) -> Path:
    """Where the shelf of a case lies: in the case, or in a folder given where the case may not be written to."""
    return (elsewhere or case) / SHELF


def name_of(as_of: date | None, until: date | None = None) -> str:
    """The name of a view, or of the changes between two days."""
    days = [str(day) for day in (as_of, until) if day is not None]
    return "/".join(days)


def shelve(case: Case, name: str, shelf: Path) -> bool:
    """Derive the view of that name and keep it; False where words were withheld meanwhile. Raises LedgerProblem where it cannot be kept."""
    case.open_index().close()  # what is searched is of the same day
    entry = case.ledger.last_before_exports()
    first, _, second = name.partition("/")
    kinds = _derive_changes(case, date.fromisoformat(first), date.fromisoformat(second)) if second else _derive_view(case, date.fromisoformat(first) if first else None)
    return write_shelf(
        shelf,
        version_of(case),
        name,
        Mark(case.ledger.case_number(), entry, case.ledger.hash_of(entry)),
        kinds,
        lambda: any(kind == "withholding" for _, kind, _ in case.ledger.entries_since(entry)),
    )


def _derive_changes(case: Case, since: date, until: date) -> Kinds:
    found, view = changes(case, since, until)
    return [("changes", [_change(change_row(one), made_out=one.made_out) for one in found]), ("reports", list(_reports(view, {}, {})))]


def _change(row: Row, *, made_out: bool) -> Kept:
    return Kept(row["report"] or "", write_row(row), state="made out" if made_out else "more")


def _derive_view(case: Case, as_of: date | None) -> Kinds:
    """Everything that is kept of a view. What the days before looked like is asked first, so that this view is the one at hand afterwards."""
    view = case.view(as_of)
    newest = _newest_changes(case, view)
    made = case.reconcile(view)
    claims = {dated.claim.id: dated for dated in made.claims}
    by_event: dict[str, list[Finding]] = {}
    for finding in made.findings:
        by_event.setdefault(finding.event, []).append(finding)
    event_of = find_event_of(made.events)
    roots = find_roots(made.links)
    counts = Counter(dated.report.id for dated in made.claims)
    tells = {report: find_tells(view.reports[report]) for report in sorted(made.degraded)}
    kinds: Kinds = [
        ("reports", list(_reports(view, roots, counts))),
        ("events", [Kept(one.id, write_row(event_row(one)), one.id, one.frame, state_of(by_event.get(one.id, ()))) for one in made.events]),
        ("cards", _cards(made, by_event, claims)),
        ("members", [Kept(claim, "", event.id, event.frame) for claim, event in event_of.items()]),
        ("times", list(_other_times(made.claims))),
        ("findings", [_finding(one) for one in made.findings]),
        ("plans", [_plan(one) for one in made.plans if is_tellable(one)]),
        ("more-plans", [Kept(one.event, "", one.event, one.frame, one.outcome) for one in made.plans if not is_tellable(one)]),
        ("numbers", [_finding(one) for one in _headlines(made.findings)]),
        ("conflicts", list(_conflicts(case, view))),
        ("timeline", [Kept(one.claim.id, write_row(moment_row(event, one)), event.id if event else "", one.claim.frame, one.claim.status) for event, one in timeline(case, view)]),
        ("gaps", [Kept(one.event, write_row(gap_row(one)), one.event, one.frame, one.state) for one in gaps(case, view, everything=False)]),
        ("chains", [Kept(one.claim, write_row(dependence_row(one)), state=one.kind) for one in dependences(case, view)]),
        ("concerns", [Kept(one.claim.id, write_row(concern_row(one, why, event_of[one.claim.id].id if one.claim.id in event_of else None)), frame=one.claim.frame, state=why[0]) for one, why in find_concerns(made.claims, made.findings, made.plans)]),
        ("routes", [Kept(row["claim"], write_row(row), row["event"] or "", row["frame"], row["status"]) for row in route_rows(made.claims, event_of, _own_places(case))]),
        ("sources", [Kept(one.id, write_row(source_row(one, roots.get(one.id), tells.get(one.id, [])))) for one in view.reports.values()] + [Kept(link.source, write_row(link_row(link)), link.target, state=link.kind) for link in made.links]),
        ("network", [Kept("", write_row(row)) for row in network_rows(view.reports.values(), made.links, roots, tells, voices_of(made.claims))]),
        ("changes", newest),
        ("leavings", list(_leavings(case, view))),
    ]  # fmt: skip
    days = sorted({str(when.earliest) for one in view.reports.values() if (when := one.published.when) and when.earliest})
    return [*kinds, ("summary", [Kept("", write_row(_summary(view, made, roots, days)))]), ("days", [Kept(day, "") for day in days])]


def _newest_changes(case: Case, view: View) -> list[Kept]:
    """What the reports of the last days of publication changed."""
    days = sorted({when.earliest for one in view.reports if (when := view.reports[one].published.when) and when.earliest})
    if len(days) < 2:
        return []
    since = days[max(0, len(days) - _NEWEST)] - timedelta(days=1)
    found, _ = changes(case, since, view.as_of or days[-1])
    return [_change(change_row(one), made_out=one.made_out) for one in reversed(found)]


def _reports(view: View, roots: Mapping[str, str], counts: Mapping[str, int]) -> Iterator[Kept]:
    """The reports of a view, with what its day makes of each."""
    for one in view.reports.values():
        inferred = view.inferred.get(one.id)
        more = {
            "claims": counts.get(one.id, 0),
            "perhaps": one.id in view.perhaps,
            "why": list(inferred.reasons) if inferred else [],
            "day": one.published.when.edtf if one.published.when else None,
        }
        body = write_row({"row": report_row(one, roots.get(one.id)), **more, "published": write_canonical(one.published).decode()})
        yield Kept(one.id, body, roots.get(one.id, ""), one.outlet or "", str(one.published.when.earliest or "") if one.published.when else "")


def _cards(made: Reconciled, by_event: dict[str, list[Finding]], claims: dict[str, Dated]) -> list[Kept]:
    """The events at a glance: what wants a look first, then what most texts tell of; copies are one text."""
    families = find_families(made.links)
    cards = [event_card(one, by_event.get(one.id, ()), claims, families) for one in made.events]
    cards.sort(key=lambda one: (STATES.index(one["state"]) if one["state"] in STATES[:2] else len(STATES), -one["texts"], -one["claims"], one["id"]))
    return [Kept(one["id"], write_row(one), one["id"], one["frame"], one["state"]) for one in cards]


def _other_times(claims: Iterable[Dated]) -> Iterator[Kept]:
    """The times that are not counted from the report's own day: those of copies, which mean the day of their original."""
    for one in claims:
        if one.when is not None and one.when != resolve(one.claim.when, one.report):
            row = {
                "from": str(one.when.earliest or "") or None,
                "to": str(one.when.latest or "") or None,
                "edtf": one.when.edtf,
                "anchor_reason": one.when.anchor_reason,
                "other": one.when.other,
            }
            yield Kept(one.claim.id, write_row(row))


def _headlines(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that give a number, those that are contested or revised first, then those with most origins behind an answer."""
    counted = [one for one in findings if any(answer.filler.quantity for answer in one.answers)]

    def order(finding: Finding) -> tuple[int, int, int, str, str]:
        origins = [answer.origins for answer in finding.answers]
        return (STATES.index(finding.state), -max(one.least for one in origins), -max(one.most for one in origins), finding.event, finding.role)

    return sorted(counted, key=order)


def _conflicts(case: Case, view: View) -> Iterator[Kept]:
    yield from map(_finding, find_conflicts(case, view))
    yield from map(_plan, find_overdue(case, view))


def _finding(one: Finding) -> Kept:
    return Kept(f"{one.event} {one.role}", write_row(finding_row(one)), one.event, one.frame, one.state)


def _plan(one: Plan) -> Kept:
    return Kept(one.event, write_row(plan_row(one)), one.event, one.frame, one.outcome)


def _leavings(case: Case, view: View) -> Iterable[Kept]:
    for one in case.leavings(view):
        text = view.reports[one.report].text if one.report and one.report in view.reports else None
        yield Kept(one.report or "", write_row(leaving_row(one, text)), frame=one.stage, state=one.reason)


def _own_places(case: Case) -> dict[str, Place]:
    """The places of the case's playbooks by name."""
    return {one.name: Place(one.name, one.kind or "region", one.country) for playbook in case.playbooks for one in playbook.head.places}


def _summary(view: View, made: Reconciled, roots: dict[str, str], days: list[str]) -> Row:
    """What a view holds, in numbers: reports that are copies of one text are one text."""
    return {
        "as_of": str(view.as_of) if view.as_of else None,
        "reports": len(view.reports),
        "texts": len(view.reports) - len(roots) + len(set(roots.values())),
        "outlets": len({one.outlet for one in view.reports.values() if one.outlet}),
        "claims": len(made.claims),
        "events": len(made.events),
        "perhaps": sorted(view.perhaps),
        "undated": view.undated,
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
    }
