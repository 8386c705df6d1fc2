"""`reportedly ask`: a question by its parts, answered with claims."""

from datetime import date
from typing import Annotated

import typer

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, Limit, check_status, check_words, parse_as_of, parse_known_by, parse_stretch, tell_view
from reportedly.cli.screen import print_entries, print_rows
from reportedly.errors import BadSetting

What = Annotated[
    list[str] | None,
    typer.Option("--what", metavar="FRAME|WORDS", help="What it is about: a frame, or beginnings of words; a|b for either. Again for another way to say it.", show_default=False),
]
Who = Annotated[str | None, typer.Option("--who", metavar="WORDS|?", help="Who acts or speaks.", show_default=False)]
Where = Annotated[str | None, typer.Option("--where", metavar="WORDS|?", help="A place in it.", show_default=False)]
When = Annotated[str | None, typer.Option("--when", metavar="FROM/TO|WORDS|?", help="Days that it speaks of, or words of the time.", show_default=False)]
HowMany = Annotated[str | None, typer.Option("--how-many", metavar="WORDS|?", help="A number in it.", show_default=False)]
Statuses = Annotated[list[str] | None, typer.Option("--status", metavar="STATUS", help="Of this status; again for another.", show_default=False)]
Round = Annotated[str | None, typer.Option("--round", metavar="NAME", help="Of this round: first, second…; what may be of it too.", show_default=False)]
By = Annotated[str | None, typer.Option("--by", metavar="WORDS", help="Said by a voice with these words.", show_default=False)]
Denied = Annotated[bool, typer.Option("--denied", help="What is said not to be.")]


def ask(
    case: CasePath,
    what: What = None,
    who: Who = None,
    where: Where = None,
    when: When = None,
    how_many: HowMany = None,
    status: Statuses = None,
    round_name: Round = None,
    by: By = None,
    denied: Denied = False,
    limit: Limit = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question with what the claims say, who says it, and how many origins stand behind it. A ? (or any) asks for that part.

    Example: reportedly ask CASE --what selection --round second --how-many ?
    """
    from reportedly.answering import ask as find_answers
    from reportedly.exports.answers import reply_row
    from reportedly.pipeline import open_case
    from reportedly.reconciling.asking import ASKED, Asked

    for option, words in (
        ("--who", who),
        ("--where", where),
        ("--when", when),
        ("--how-many", how_many),
        ("--by", by),
        ("--round", round_name),
        *(("--what", one) for one in what or ()),
    ):
        check_words(words, option)
    statuses = tuple(check_status(one) or "" for one in status or ())
    who, where, when, how_many = (ASKED if one == "any" else one for one in (who, where, when, how_many))  # a shell may take ? for a file's name
    asked = Asked(tuple(what or ()), who, where, _time(when), how_many, round_name.lower() if round_name else None, by, statuses, "negative" if denied else None)
    if asked == Asked():
        raise BadSetting("nothing is asked; give --what, --who, --where, --when, --how-many, --status, --round or --by")
    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        view = opened.view(parse_as_of(as_of))
        replies = find_answers(opened, asked, view)[:limit]
    if as_json:
        print_rows(map(reply_row, replies))
        return
    rows = (
        (
            (one.claims[0][:8], one.status, _origins(one.origins.least, one.origins.most), "; ".join(one.voices[:2])),
            one.answer + (f"  (and {len(one.claims) - 1} more)" if len(one.claims) > 1 else ""),
        )
        for one in replies
    )
    print_entries(rows, "no claim answers that")
    tell_view(view)


def _time(when: str | None) -> tuple[date, date] | str | None:
    """Days where it starts like one, else words of a time."""
    return parse_stretch(when, "--when") if when is not None and when[:4].isdigit() and "-" in when else when


def _origins(least: int, most: int) -> str:
    return f"{least} origin{'s' * (least != 1)}" if least == most else f"{least} to {most} origins"
