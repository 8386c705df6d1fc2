"""`reportedly timeline`: claims in the order of the time that they speak of."""

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, Limit, OneFrame, parse_as_of, parse_known_by, tell_view
from reportedly.cli.screen import print_entries, print_rows
from reportedly.cli.words import nothing_of


def timeline(case: CasePath, frame: OneFrame = None, as_of: AsOf = None, known_by: KnownBy = None, limit: Limit = None, as_json: AsJson = False) -> None:
    """List what the claims of the playbooks speak of, by its time: intervals stay intervals, and plans stay plans.

    Example: reportedly timeline CASE --frame dispatch
    """
    from reportedly.answering import timeline as order_in_time
    from reportedly.exports.answers import moment_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        opened.check_frame(frame)
        view = opened.view(parse_as_of(as_of))
        found = [pair for pair in order_in_time(opened, view) if frame in (None, pair[1].claim.frame)][:limit]
    if as_json:
        print_rows(moment_row(event, dated) for event, dated in found)
        return
    rows = (
        (
            (
                one.when.edtf if one.when else "",
                ("not " if one.claim.polarity == "negative" else "") + one.claim.status,
                event.label if event else one.claim.frame,
                one.claim.id[:8],
            ),
            one.claim.quote,
        )
        for event, one in found
    )
    print_entries(rows, nothing_of("no claim speaks of a time", opened.ledger.playbooks))
    tell_view(view)
