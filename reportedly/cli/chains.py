"""`reportedly chains`: what is said to hang on what."""

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, parse_as_of, parse_known_by, tell_view
from reportedly.cli.screen import print_entries, print_rows
from reportedly.cli.words import nothing_of


def chains(case: CasePath, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List conditions, causes and sequences as the reports say them, with the happenings that they speak of.

    Example: reportedly chains CASE
    """
    from reportedly.answering import dependences
    from reportedly.exports.answers import dependence_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        view = opened.view(parse_as_of(as_of))
        found = dependences(opened, view)
        labels = {event.id: event.label for event in opened.events(view)}
        quotes = {claim.id: claim.quote for claim in opened.claims(view)}
    if as_json:
        print_rows(map(dependence_row, found))
        return
    rows = (
        ((one.claim[:8], "", one.kind, *([f"on {', '.join(labels[event] for event in one.events)}"] if one.events else [])), f"{one.words}  ←  {quotes[one.claim]}")
        for one in found
    )
    print_entries(rows, nothing_of("nothing is said to hang on anything", opened.ledger.playbooks))
    tell_view(view)
