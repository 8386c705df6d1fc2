"""`reportedly review`, `reviews`, `rate`, `withhold`: what people decide about claims, sources and texts."""

from typing import Annotated

import typer

from reportedly.cli.options import AsJson, CasePath, KnownBy, parse_known_by
from reportedly.cli.screen import print_entries, print_rows, say, tell
from reportedly.errors import BadSetting
from reportedly.records import Rating, Review

ClaimId = Annotated[str | None, typer.Argument(metavar="CLAIM", help="The claim: its id or the beginning of it.", show_default=False)]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides (else REPORTEDLY_ANALYST).", show_default=False)]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, in words.", show_default=False)]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why it is withheld.", show_default=False)]
Accept = Annotated[bool, typer.Option("--accept", help="The claim is read right.")]
Reject = Annotated[bool, typer.Option("--reject", help="The claim is read wrong: it is shown and counted no more.")]
Edit = Annotated[list[str] | None, typer.Option("--edit", metavar="FIELD=VALUE", help="Set status, polarity, certainty, voice or a role.", show_default=False)]
Merge = Annotated[list[str] | None, typer.Option("--merge", metavar="CLAIM", help="Claims that speak of the same happening.", show_default=False)]
Split = Annotated[list[str] | None, typer.Option("--split", metavar="CLAIM", help="Claims that do not.", show_default=False)]
Undo = Annotated[int | None, typer.Option("--undo", metavar="N", help="Take back review N.", show_default=False)]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Rate an outlet A to F.", show_default=False)]
Voice = Annotated[str | None, typer.Option("--voice", metavar="NAME", help="Rate a voice A to F.", show_default=False)]
OfClaim = Annotated[str | None, typer.Option("--claim", metavar="CLAIM", help="Rate a claim 1 to 6.", show_default=False)]
Grade = Annotated[str, typer.Argument(metavar="GRADE", help="A to F, or 1 to 6; F and 6: it cannot be judged.", show_default=False)]
ReportName = Annotated[str, typer.Argument(metavar="REPORT", help="Its id or file name.", show_default=False)]
Words = Annotated[str | None, typer.Option("--words", metavar="PASSAGE", help="Only these words, wherever the report says them.", show_default=False)]


def review(
    case: CasePath,
    claim: ClaimId = None,
    accept: Accept = False,
    reject: Reject = False,
    edit: Edit = None,
    merge: Merge = None,
    split: Split = None,
    note: Note = "",
    undo: Undo = None,
    by: By = None,
) -> None:
    """Log what you decide on a claim; nothing is erased, and --undo takes a decision back.

    Example: reportedly review CASE 3f2a --edit status=planned --note "the text says will" --by Ana
    """
    from reportedly.deciding import review as log_reviews
    from reportedly.pipeline import open_case

    analyst = _analyst(by)
    asked = sum((accept, reject, bool(edit), bool(merge), bool(split), undo is not None))
    if asked > 1 or (asked == 0 and not note) or (claim is None) == (undo is None):
        raise BadSetting("review takes a claim and one of --accept, --reject, --edit, --merge, --split or --note, or --undo N alone")
    with open_case(case) as opened:
        if undo is not None:
            target = next((one.claim for one in opened.ledger.reviews() if one.seq == undo), "")
            decided = [Review(target, "undo", analyst, note, undoes=undo)]
        else:
            found = opened.find_claim(claim or "", opened.view())[0].id
            others = tuple(opened.find_claim(one, opened.view())[0].id for one in (*(merge or ()), *(split or ())))
            verdict = "accept" if accept else "reject" if reject else "merge" if merge else "split" if split else "note"
            edits = [_field(one) for one in edit or ()]
            decided = [Review(found, "edit", analyst, note, field, value) for field, value in edits] or [Review(found, verdict, analyst, note, others=others)]
        for one in log_reviews(opened, *decided):
            tell(f"logged as review {one.seq}: {one.verdict} {one.claim[:8]}; take it back with: reportedly review {case} --undo {one.seq}")


def _field(text: str) -> tuple[str, str]:
    field, mark, value = text.partition("=")
    if not mark or not field.strip() or not value.strip():
        raise BadSetting(f"--edit {text}: write FIELD=VALUE, such as status=planned")
    return field.strip(), " ".join(value.split())


def _analyst(by: str | None) -> str:
    from reportedly.settings import make_settings

    name = (make_settings().analyst if by is None else by).strip()
    if not name:
        raise BadSetting("nobody signs this; give --by NAME, or set REPORTEDLY_ANALYST")
    return name


def reviews(case: CasePath, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """List all decisions in the order of writing, and those whose claim is not read any more.

    Example: reportedly reviews CASE
    """
    from reportedly.deciding import find_orphans
    from reportedly.exports.rows import review_row
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        listed = opened.ledger.reviews()
        orphans = {one.seq for one in find_orphans(opened, listed)}
        ratings, withheld = opened.ledger.ratings(), opened.ledger.withheld_decisions()
    if as_json:
        print_rows(review_row(one, orphan=one.seq in orphans) for one in listed)
        return
    rows = [((str(one.seq), one.verdict, one.claim[:8], one.at[:10], one.by), _said(one) + (" [its claim is not read any more]" if one.seq in orphans else "")) for one in listed]
    rows += [((str(one.seq), "rating", one.kind, one.at[:10], one.by), f"{one.name}: {one.grade} {one.note}".rstrip()) for one in ratings]
    print_entries(rows, "no reviews")
    if withheld:
        say(f"{withheld} more lost their words with what was withheld")
    if orphans:
        say(f"{len(orphans)} review{'s' * (len(orphans) != 1)} for a second look: the playbook or the reader changed, and the claim is gone")


def _said(review: Review) -> str:
    what = f"{review.field}={review.value}" if review.field else f"takes back {review.undoes}" if review.undoes else " ".join(one[:8] for one in review.others)
    return " · ".join(one for one in (what, review.note) if one) or "no note"


def rate(case: CasePath, grade: Grade, outlet: Outlet = None, voice: Voice = None, claim: OfClaim = None, note: Note = "", by: By = None) -> None:
    """Rate an outlet or a voice for reliability (A to F), or a claim for credibility (1 to 6); the two are apart.

    Example: reportedly rate CASE B --outlet "Coast Times" --by Ana
    """
    from reportedly.deciding import rate as log_rating
    from reportedly.pipeline import open_case

    given = [(kind, name) for kind, name in (("outlet", outlet), ("voice", voice), ("claim", claim)) if name is not None]
    if len(given) != 1:
        raise BadSetting("rate takes one of --outlet, --voice or --claim")
    (kind, name) = given[0]
    with open_case(case) as opened:
        name = opened.find_claim(name, opened.view())[0].id if kind == "claim" else name
        logged = log_rating(opened, Rating(kind, name, grade.upper(), _analyst(by), note))
    tell(f"logged as rating {logged.seq}: {kind} {logged.name} is {logged.grade}")


def withhold(case: CasePath, report: ReportName, why: Why, words: Words = None, by: By = None) -> None:
    """Take a report, or a passage of it, out of the case: its hashes stay and `verify` holds, its words are gone for good.

    Example: reportedly withhold CASE 3-fewer-men --words "a nurse in camp 4" --why "she could be found" --by Ana
    """
    from reportedly.deciding import withhold as log_withholding
    from reportedly.ledger.withholding import find_repeats
    from reportedly.pipeline import open_case

    with open_case(case) as opened:
        found = opened.find_report(report, opened.view())
        withheld = log_withholding(opened, found, _analyst(by), why, words)
        copies = find_repeats(opened.ledger, words) if words else []
    places = len(withheld.passages or ())
    what = f"words in {places} place{'s' * (places != 1)} of " if words else ""
    gone = f"the original {withheld.evidence[0][:16]}… is gone" if withheld.evidence else "the original stays: another report has the same bytes"
    tell(f"withheld {what}report {found.id[:8]}: {len(withheld.entries)} entries of the log lost their bodies, {gone}")
    if copies:
        say(f"the same words still stand in {', '.join(f'{one.id[:8]} {one.file}' for one in copies)}; withhold them there too")
