"""`reportedly conflicts`: where the reports exclude, deny or revise each other."""

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, OneFrame, parse_as_of, parse_known_by, tell_view
from reportedly.cli.screen import print_rows, put, say
from reportedly.cli.words import nothing_of


def conflicts(case: CasePath, frame: OneFrame = None, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List what is contested, denied, revised or slipped, with the sentence that names both sides, and plans that fell due. None is chosen.

    Example: reportedly conflicts CASE --as-of 2031-05-01
    """
    from reportedly.answering import find_conflicts, find_overdue
    from reportedly.exports.rows import finding_row, plan_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        opened.check_frame(frame)
        view = opened.view(parse_as_of(as_of))
        found = [one for one in find_conflicts(opened, view) if frame in (None, one.frame)]
        overdue = [plan for plan in find_overdue(opened, view) if frame in (None, plan.frame)]
    if as_json:
        print_rows([*map(finding_row, found), *map(plan_row, overdue)])
        return
    for plan in overdue:
        put(f"OVERDUE  {plan.label}", later="  ")
        put(f"“{plan.announced.claim.quote}” ({plan.announced.report.outlet or 'outlet not given'}); {plan.why} [{plan.announced.claim.id[:8]}]", "    ", "      ")
    for finding in found:
        put(f"{finding.state.upper()}  {finding.label} · {finding.role}", later="  ")
        for relation in finding.relations:
            if relation.kind not in ("refines", "scope-differs"):
                put(f"{relation.kind}: {relation.why} [{relation.source[:8]} {relation.target[:8]}]", "    ", "      ")
    if not found and not overdue:
        say(nothing_of("nothing that is said excludes anything else that is said", opened.ledger.playbooks))
    tell_view(view)
