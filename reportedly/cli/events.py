"""`reportedly events`: which claims speak of one happening."""

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, OneFrame, parse_as_of, parse_known_by
from reportedly.cli.screen import print_entries, print_rows, say
from reportedly.cli.words import nothing_of


def events(case: CasePath, frame: OneFrame = None, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List events: the claims of a playbook's frames that share a round, a number of people or a short time.

    Example: reportedly events donbas --frame selection
    """
    from reportedly.exports.rows import event_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        found = [event for event in opened.events(opened.view(parse_as_of(as_of))) if frame in (None, event.frame)]
    if as_json:
        print_rows(map(event_row, found))
        return
    shown = sorted(found, key=lambda event: (-len(event.claims), event.id))
    rows = (
        (
            (event.id[:8], event.status, event.when.edtf if event.when else "", f"{len(event.claims)} claim{'s' * (len(event.claims) != 1)}"),
            f"{event.label} ({event.perhaps})" if event.perhaps else event.label,
        )
        for event in shown
    )
    print_entries(rows, nothing_of("no events", opened.ledger.playbooks))
    if found:
        say("two voices of one description may be one person: count claims, not sources")
