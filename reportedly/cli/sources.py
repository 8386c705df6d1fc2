"""`reportedly sources`: what rests on what."""

import sys
from collections import Counter

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, parse_as_of, parse_known_by
from reportedly.cli.screen import print_rows, say, show
from reportedly.records import Report


def sources(case: CasePath, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List the reports with the voices in them, and which report cites which.

    Example: reportedly sources donbas
    """
    from reportedly.exports.rows import link_row, source_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        view = opened.view(parse_as_of(as_of))
        links = opened.links(view)
        voices: Counter[tuple[str, str]] = Counter((claim.report, f"{voice.name or voice.text} ({voice.kind})") for claim in opened.claims(view) for voice in claim.voice[:-1])
        reports = list(view.reports.values())
    if as_json:
        print_rows([*map(source_row, reports), *map(link_row, links)])
        return
    for report in reports:
        sys.stdout.write(show(_head(report)) + "\n")
        heard = sorted((words, count) for (one, words), count in voices.items() if one == report.id)
        sys.stdout.writelines(show(f"    {words}: {count} claim{'s' * (count != 1)}") + "\n" for words, count in heard)
        for link in (one for one in links if one.source == report.id):
            sys.stdout.write(show(f"    {link.kind} of {_head(view.reports[link.target])}") + "\n")
    say("copies are not told from originals yet: count no report as a second source")


def _head(report: Report) -> str:
    when = report.published.when
    return f"{report.id[:8]}  {when.edtf if when else 'undated'}  {report.outlet or 'outlet not given'}  {report.file}"
