"""`reportedly reports`: what a case holds."""

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, parse_as_of, parse_known_by, tell_view
from reportedly.cli.screen import print_rows, print_table


def reports(case: CasePath, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List the reports of a case by day of publication.

    Example: reportedly reports donbas --as-of 2022-11-01
    """
    from reportedly.exports.rows import report_row
    from reportedly.lineage import find_roots
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        view = opened.view(parse_as_of(as_of))
        found = list(view.reports.values())
        roots = find_roots(opened.links(view)) if as_json else {}
    if as_json:
        print_rows(report_row(report, roots.get(report.id)) for report in found)
        return
    rows = []
    for report in found:
        when = report.published.when
        day = when.edtf if when else "undated"
        mark = " perhaps" if report.id in view.perhaps else f" {report.published.basis}" if report.published.basis not in ("given", "unknown") else ""
        rows.append((report.id[:8], day + mark, report.outlet or "–", report.language or "–", report.title or report.file))
    print_table(("report", "published", "outlet", "lang", "title or file"), rows, 4, "no reports; add some with: reportedly add CASE FILE")
    tell_view(view, perhaps=False)
