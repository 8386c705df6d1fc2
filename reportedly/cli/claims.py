"""`reportedly claims`: what the reports say."""

from typing import Annotated

import typer

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, Limit, OneReport, check_status, check_words, parse_as_of, parse_known_by, tell_view
from reportedly.cli.screen import print_entries, print_rows
from reportedly.records import Claim, Report

Status = Annotated[str | None, typer.Option(metavar="STATUS", help="occurred, ongoing, planned, required, considered, predicted or hypothetical.", show_default=False)]
Frame = Annotated[str | None, typer.Option(metavar="FRAME", help="Claims of one frame of a playbook; open for those of none.", show_default=False)]
Voice = Annotated[str | None, typer.Option(metavar="WORDS", help="Claims by voices with these words.", show_default=False)]
Text = Annotated[str | None, typer.Option(metavar="WORDS", help="Claims whose quote has all these words.", show_default=False)]


def claims(
    case: CasePath,
    report: OneReport = None,
    frame: Frame = None,
    status: Status = None,
    voice: Voice = None,
    text: Text = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """List claims: who says what, about when, in which words.

    Example: reportedly claims donbas --status planned --text November
    """
    from itertools import islice

    from reportedly.exports.rows import claim_row
    from reportedly.pipeline import open_case

    check_status(status)
    for option, words in (("--voice", voice), ("--text", text), ("--report", report)):
        check_words(words, option)
    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        opened.check_frame(frame)
        view = opened.view(parse_as_of(as_of))
        only = opened.find_report(report, view).id if report else None
        found = islice(opened.claims(view, lambda claim: (frame is None or claim.frame == frame) and _fits(claim, only, status, voice, text)), limit)
        if as_json:
            print_rows(claim_row(claim, view.reports[claim.report]) for claim in found)
        else:
            print_entries((_entry(claim, view.reports[claim.report]) for claim in found), "no claims")
    tell_view(view)


def _fits(claim: Claim, report: str | None, status: str | None, voice: str | None, text: str | None) -> bool:
    if (report and claim.report != report) or (status and claim.status != status):
        return False
    if voice and not all(word in " ".join(f"{one.kind} {one.text} {one.name or ''}" for one in claim.voice).lower() for word in voice.lower().split()):
        return False
    return not text or all(word in claim.quote.lower() for word in text.lower().split())


def _entry(claim: Claim, report: Report) -> tuple[tuple[str, ...], str]:
    """Id, status, time, who says so through whom; and the words."""
    from reportedly.reconciling.dating import resolve

    when = resolve(claim.when, report)
    time = when.edtf or (claim.when.text if claim.when else "") if when else ""
    status = ("not " if claim.polarity == "negative" else "") + claim.status
    voices = " → ".join(voice.name or voice.text for voice in claim.voice)
    return (claim.id[:8], status, time, voices), claim.quote
