"""`reportedly search`: claims and reports by their words."""

from typing import Annotated

import typer

from reportedly.cli.options import MOST, AsJson, AsOf, CasePath, KnownBy, check_status, check_words, parse_as_of, parse_known_by, parse_stretch, tell_view
from reportedly.cli.screen import print_entries, print_rows
from reportedly.errors import BadSetting

Query = Annotated[str | None, typer.Argument(metavar="[WORDS]", help='Words, "a phrase", a OR b, a NOT b, NEAR(a b).', show_default=False)]
Frame = Annotated[str | None, typer.Option(metavar="FRAME", help="Claims of one frame.", show_default=False)]
Status = Annotated[str | None, typer.Option(metavar="STATUS", help="Claims of one status.", show_default=False)]
Voice = Annotated[str | None, typer.Option(metavar="WORDS", help="Claims by voices with these words.", show_default=False)]
Place = Annotated[str | None, typer.Option(metavar="NAME", help="Claims that name this place.", show_default=False)]
Actor = Annotated[str | None, typer.Option("--actor", metavar="NAME", help="Claims in which this one speaks or stands.", show_default=False)]
Speaks = Annotated[str | None, typer.Option("--when", metavar="FROM/TO", help="Claims that speak of days in this stretch: 2031-04-01/2031-04-30, or one day.", show_default=False)]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, max=MOST, help="At most N of each kind.")]


def search(
    case: CasePath,
    words: Query = None,
    frame: Frame = None,
    status: Status = None,
    voice: Voice = None,
    place: Place = None,
    actor: Actor = None,
    when: Speaks = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Find claims, then whole reports, by their words, best first; or claims by who stands in them and the days they speak of.

    Example: reportedly search CASE 'loggers "second round"' --status planned
    """
    from pathlib import Path

    from reportedly.ledger.searching import Wanted
    from reportedly.pipeline import open_case

    since, until = (None, None) if when is None else parse_stretch(when, "--when")
    for option, given in (("--voice", voice), ("--place", place), ("--actor", actor)):
        check_words(given, option)
    wanted = Wanted(frame, check_status(status), voice, place, actor, since, until)
    if words is None and wanted == Wanted():
        raise BadSetting("nothing to search for; name words, or one of --actor, --when, --frame, --status, --voice, --place")
    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        opened.check_frame(frame)
        view = opened.view(parse_as_of(as_of))
        hits, reports = opened.search(words, wanted, limit, view), view.reports
        if as_json:
            print_rows({"report": hit.report, "claim": hit.claim, "words": hit.words, "rank": hit.rank} for hit in hits)
            return
        print_entries(((((hit.claim or "report")[:8], "", Path(reports[hit.report].file).stem), hit.words) for hit in hits), "nothing found")
    tell_view(view)
