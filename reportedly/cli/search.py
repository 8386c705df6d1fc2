"""`reportedly search`: claims and reports by their words."""

from typing import Annotated

import typer

from reportedly.cli.options import AsJson, CasePath
from reportedly.cli.screen import print_entries, print_rows
from reportedly.errors import BadSetting

Query = Annotated[str, typer.Argument(metavar="WORDS", help='Words, "a phrase", a OR b, NOT c, NEAR(a b).', show_default=False)]
Frame = Annotated[str | None, typer.Option(metavar="FRAME", help="Claims of one frame.", show_default=False)]
Status = Annotated[str | None, typer.Option(metavar="STATUS", help="Claims of one status.", show_default=False)]
Voice = Annotated[str | None, typer.Option(metavar="WORDS", help="Claims by voices with these words.", show_default=False)]
Place = Annotated[str | None, typer.Option(metavar="NAME", help="Claims that name this place.", show_default=False)]
Speaks = Annotated[str | None, typer.Option("--when", metavar="FROM/TO", help="Claims that speak of days in this stretch: 2031-04-01/2031-04-30, or one day.", show_default=False)]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most N of each kind.")]


def search(
    case: CasePath,
    words: Query,
    frame: Frame = None,
    status: Status = None,
    voice: Voice = None,
    place: Place = None,
    when: Speaks = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Find claims, then whole reports, by their words, best first.

    Example: reportedly search CASE 'loggers "second round"' --status planned
    """
    from pathlib import Path

    from reportedly.pipeline import open_case

    wanted = {name: value for name, value in (("frame", frame), ("status", status), ("voice", voice), ("place", place)) if value}
    if when is not None:
        first, _, last = when.partition("/")
        wanted |= {"since": _day(first), "until": _day(last or first)}
    with open_case(case) as opened:
        hits = opened.search(words, wanted, limit)
        reports = opened.ledger.reports()
    if as_json:
        print_rows({"report": hit.report, "claim": hit.claim, "words": hit.words, "rank": hit.rank} for hit in hits)
        return
    print_entries(((((hit.claim or "report")[:8], "", Path(reports[hit.report].file).stem), hit.words) for hit in hits), "nothing found")


def _day(text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadSetting(f"--when {text}: no day; write YYYY-MM-DD, or two of them with a / between") from None
