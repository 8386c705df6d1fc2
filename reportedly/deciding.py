"""What people decide of a case: reviews, ratings, withholdings. Each is logged, and laid over what was read."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from reportedly.errors import BadClaims, BadSetting, DecidedMeanwhile, UnknownName
from reportedly.ledger import seal
from reportedly.ledger.derived import list_actors, list_outlets
from reportedly.ledger.erasing import erase_withheld
from reportedly.ledger.given_claims import what_is_wrong
from reportedly.ledger.masking import mask
from reportedly.ledger.withholding import withhold as withhold_from_log
from reportedly.pipeline import Case, only_one
from reportedly.reconciling.by_hand import make_by_hand
from reportedly.reconciling.reviews import check_review, concerning, standing, taken_back
from reportedly.records import Claim, ClaimSet, HandMade, Rating, Report, Review, Withholding


def review(case: Case, *reviews: Review, seen: int | None = None) -> list[Review]:
    """Log decisions, all or none, and return them with their numbers. `seen` is the number of the last review of the claim that the one who
    decides was shown (0: none). Raises UnknownName where there is no such claim or entry, BadSetting where the claim has no such field, a
    value cannot stand in it, claims can stand in no event together, or a review was taken back already, DecidedMeanwhile where there is a
    later one than `seen`."""
    with case.ledger.transaction():  # nobody decides between the checks and the writing
        for one in reviews:
            _check(case, one)
            if seen is not None:
                _refuse_unseen(case, one.claim, seen)
        numbers = [case.ledger.add_review(one) for one in reviews]
    return [one for one in case.ledger.reviews() if one.seq in numbers]


def _refuse_unseen(case: Case, claim: str, seen: int) -> None:
    later = [one for one in concerning(case.ledger.reviews(), claim) if one.seq > seen]
    if later:
        said = "; ".join(f"{one.verdict} by {one.by} on {one.at[:16].replace('T', ' ')} UTC" for one in later[-3:])
        raise DecidedMeanwhile(f"claim {claim[:8]}: {said}, since it was shown to you; nothing was logged, look at it and decide again")


def _check(case: Case, review: Review) -> None:
    if review.verdict != "undo":
        claim, *others = (_find_claim(case, one) for one in (review.claim, *review.others))
        check_review(review, claim, others, _roles_of(case, claim))
        return
    logged = case.ledger.reviews()
    if review.undoes not in {one.seq for one in logged}:
        raise UnknownName(f"review {review.undoes}: no such review; list them with: reportedly reviews CASE")
    by = taken_back(logged).get(review.undoes or 0)
    if by is not None:
        raise BadSetting(f"review {review.undoes}: review {by} took it back already; to have it stand again, take back {by}")


def _find_claim(case: Case, claim: str) -> Claim:
    """A claim as it was read. Raises UnknownName."""
    found = next((one for one in case.read_as(claim) if one.id == claim), None)
    if found is None:
        raise UnknownName(f"claim {claim}: no such claim")
    return found


def _roles_of(case: Case, claim: Claim) -> frozenset[str]:
    """The roles that the playbook of a claim gives its frame, and those that it has."""
    frames = (frame for playbook in case.playbooks for frame in playbook.frames if frame.frame == claim.frame)
    return frozenset(claim.roles).union(*(frame.roles for frame in frames))


def add_claim(case: Case, report: Report, made: HandMade, by: str) -> Claim:
    """Log a claim that a person marked; it stays when the report is read again. Raises BadSetting where its words do not stand in the text, are
    marked already or cannot be read, and BadClaims where it breaks the doctrine."""
    known = next(((playbook, one) for playbook in case.playbooks for one in playbook.frames if one.frame == made.frame), None)
    if known is None and made.frame != "open":
        raise BadSetting(f"frame={made.frame}: no such frame in the case's playbooks; leave it open")
    name = f"{known[0].head.name}@{known[0].head.version}" if known else None
    claim = make_by_hand(report, made, name, {role: one.unit for role, one in known[1].roles.items()} if known else {})
    if wrong := what_is_wrong(claim, report):
        raise BadClaims([wrong])
    with case.ledger.transaction():
        old = next(case.ledger.claim_sets([report.id]), ClaimSet(report.id, case.reader, ()))
        if any(one.id == claim.id for one in old.claims):
            raise BadSetting(f"these words are marked already, as claim {claim.id[:8]}; edit that")
        case.ledger.add_claims(seal(replace(old, claims=(*old.claims, claim))))
        case.ledger.add_review(Review(claim.id, "accept", by, "added by hand"))
    return claim


def find_orphans(case: Case, reviews: Sequence[Review]) -> list[Review]:
    """Those of the reviews that stand and whose claim is not read any more: for a second look."""
    return [one for one in standing(reviews) if all(claim.id != one.claim for claim in case.read_as(one.claim))]


def rate(case: Case, rating: Rating) -> Rating:
    """Log a rating. Raises BadSetting where the grade is none of its kind's, UnknownName where the case has no such outlet or
    voice."""
    grades = "123456" if rating.kind == "claim" else "ABCDEF"
    if rating.grade not in tuple(grades):
        kind = f"{'an' if rating.kind == 'outlet' else 'a'} {rating.kind}"
        raise BadSetting(f"{rating.grade or 'no grade'}: {kind} is rated {', '.join(grades)}; {grades[-1]} where it cannot be judged")
    if rating.kind != "claim":
        rating = replace(rating, name=_known_name(case, rating.kind, rating.name))
    if rating.kind == "claim" and rating.grade == "1":
        _refuse_unconfirmed(case, rating.name)
    with case.ledger.transaction():
        seq = case.ledger.add_rating(rating)
    return replace(rating, seq=seq)


def _refuse_unconfirmed(case: Case, claim: str) -> None:
    """Credibility 1 means confirmed by others. Raises BadSetting while fewer than two origins are certain."""
    answers = [answer for finding in case.findings(case.view()) for answer in finding.answers if claim in answer.claims]
    best = max(answers, key=lambda answer: answer.origins.least, default=None)
    if best is None or best.origins.least < 2:
        why = best.origins.why if best else "it answers nothing that others answer too"
        raise BadSetting(f"1: claim {claim[:8]} is not confirmed, fewer than two origins are certain ({why}); rate it 2 to 5, or 6")


def _known_name(case: Case, kind: str, name: str) -> str:
    """The name of an outlet or voice as the case has it."""
    if not name.strip():
        raise BadSetting(f"no {kind} is named; write its name as the case has it: reportedly sources CASE")
    with closing(case.open_index()) as index:
        known = list_outlets(index) if kind == "outlet" else list_actors(index, name)
    fits = [one for one in known if one.casefold() == " ".join(name.split()).casefold()]
    return only_one(fits, name, kind, known)


def withhold(case: Case, report: Report, by: str, why: str, words: str | None = None) -> Withholding:
    """Take a report, or the passage `words` of it, out of the case behind a tombstone that keeps the hashes, and with it what
    was decided on the claims that go. Raises UnknownName where the words do not stand in it, BadSetting without a reason,
    LedgerProblem where the reason says the words, or where words lie in the case's files still because another program reads them."""
    if not why.strip() or (words is not None and not words.strip()):
        raise BadSetting("nothing is withheld without a reason, and no passage without words; give --why, and --words that stand in it")
    ledger = case.ledger
    masked = mask(report, next(ledger.claim_sets([report.id]), None), ledger.leavings_of(report.id), words) if words is not None else None
    with ledger.transaction():
        withholding = withhold_from_log(ledger, report, by, why, masked)
    erase_withheld(ledger.path, ledger.connection)
    case.rebuild()
    return withholding
