"""Reviews, ratings and withholding: what people decide, laid over what was read, and never lost."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests_support import EXAMPLES

from reportedly.deciding import find_orphans, rate, review, withhold
from reportedly.errors import BadSetting, LedgerProblem, UnknownName
from reportedly.keeping import bundle, reread, verify
from reportedly.ledger import seal
from reportedly.ledger.searching import Wanted
from reportedly.ledger.withholding import find_repeats
from reportedly.pipeline import Case, init_case, open_case
from reportedly.records import Claim, Rating, Review

WORDS = "crossed into Russia on Saturday"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    opened = init_case(tmp_path / "case", "A case", playbooks=("labour_export",))
    opened.add([EXAMPLES])
    return opened


def first(case: Case, status: str = "planned") -> Claim:
    return next(claim for claim in case.claims(case.view()) if claim.playbook and claim.status == status)


def now(case: Case, claim: str) -> Claim | None:
    return next((one for one in case.claims(case.view()) if one.id == claim), None)


def test_a_rejected_claim_is_shown_and_counted_no_more_until_that_is_taken_back(case: Case) -> None:
    claim = first(case)
    (logged,) = review(case, Review(claim.id, "reject", "Ana", "misread"))
    assert now(case, claim.id) is None
    assert all(claim.id not in event.claims for event in case.events(case.view()))
    review(case, Review(claim.id, "undo", "Ben", undoes=logged.seq))
    assert now(case, claim.id) == claim
    assert [one.verdict for one in case.ledger.reviews()] == ["reject", "undo"]


def test_a_rejected_claim_can_still_be_asked_for_and_accepted(case: Case) -> None:
    claim = first(case)
    review(case, Review(claim.id, "reject", "Ana"))
    assert case.find_claim(claim.id[:8], case.view())[0].id == claim.id
    review(case, Review(claim.id, "accept", "Ben", "read again"))
    assert now(case, claim.id) == claim
    judgement = case.judgement(claim.id)
    assert judgement is not None
    assert (judgement.verdict, judgement.by, judgement.notes) == ("accepted", "Ben", ("read again",))


def test_an_undo_can_be_undone(case: Case) -> None:
    claim = first(case)
    (rejected,) = review(case, Review(claim.id, "reject", "Ana"))
    (undone,) = review(case, Review(claim.id, "undo", "Ana", undoes=rejected.seq))
    review(case, Review(claim.id, "undo", "Ana", undoes=undone.seq))
    assert now(case, claim.id) is None


def test_an_edit_changes_the_field_and_never_the_quote(case: Case) -> None:
    claim = first(case)
    review(case, Review(claim.id, "edit", "Ana", field="status", value="required"))
    review(case, Review(claim.id, "edit", "Ana", field="voice", value="a guard"))
    review(case, Review(claim.id, "edit", "Ana", field="destination", value="Chita"))
    edited = now(case, claim.id)
    assert edited is not None
    assert (edited.status, edited.voice[0].text, edited.roles["destination"][0].name) == ("required", "a guard", "Chita")
    assert edited.quote == claim.quote


@pytest.mark.parametrize(
    ("role", "value", "read"),
    [("people", "300 to 400 loggers", (300, 400)), ("people", "250", (250, 250)), ("people", "more than a thousand men", (1000, None))],
)
def test_an_edited_number_is_read_as_numbers_in_reports_are(case: Case, role: str, value: str, read: tuple[int, int | None]) -> None:
    claim = next(one for one in case.claims(case.view()) if one.frame == "dispatch")
    review(case, Review(claim.id, "edit", "Ana", field=role, value=value))
    edited = now(case, claim.id)
    assert edited is not None
    quantity = edited.roles[role][0].quantity
    assert quantity is not None
    assert (quantity.least, quantity.most) == read


def test_an_edited_time_moves_the_claim(case: Case) -> None:
    claim = first(case)
    review(case, Review(claim.id, "edit", "Ana", field="time", value="on 3 May 2031"))
    dated = next(one for one in case.dated(case.view()) if one.claim.id == claim.id)
    assert dated.when is not None
    assert dated.when.edtf == "2031-05-03"


def test_merge_and_split_say_what_stands_in_one_event(case: Case) -> None:
    one, other = _two_dispatches(case)
    review(case, Review(one, "merge", "Ana", others=(other,)))
    joined = next(event for event in case.events(case.view()) if one in event.claims)
    assert other in joined.claims
    assert "an analyst joined them" in joined.why
    review(case, Review(one, "split", "Ana", others=(other,)))
    assert all(not {one, other} <= set(event.claims) for event in case.events(case.view()))


@pytest.mark.parametrize(
    ("decision", "error", "says"),
    [
        (Review("0" * 16, "accept", "Ana"), UnknownName, "no such claim"),
        (Review("", "undo", "Ana", undoes=99), UnknownName, "no such review"),
    ],
)
def test_a_review_of_nothing_is_refused(case: Case, decision: Review, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        review(case, decision)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("status", "done", "it is one of occurred"),
        ("STATUS", "planned", "no such field"),
        ("quote", "other words", "no such field"),
        ("frame", "pay", "no such field"),
        ("colour", "red", "no such field; there are status"),
        ("time", "soonish", "reads as no time"),
        ("people", "-5", "its number reads as none"),
    ],
)
def test_a_value_that_cannot_stand_is_refused(case: Case, field: str, value: str, says: str) -> None:
    claim = next(one for one in case.claims(case.view()) if one.frame == "dispatch" and "people" in one.roles)
    with pytest.raises(BadSetting, match=says):
        review(case, Review(claim.id, "edit", "Ana", field=field, value=value))
    assert case.ledger.reviews() == []


def test_claims_that_can_stand_in_no_event_together_are_neither_joined_nor_parted(case: Case) -> None:
    claims = list(case.claims(case.view()))
    framed = next(claim for claim in claims if claim.frame == "dispatch")
    others = (framed, next(claim for claim in claims if claim.playbook is None), next(claim for claim in claims if claim.playbook and claim.frame != "dispatch"))
    for other in others:
        for verdict in ("merge", "split"):
            with pytest.raises(BadSetting, match=r"itself|no event together"):
                review(case, Review(framed.id, verdict, "Ana", others=(other.id,)))


def test_a_claim_tells_what_it_was_joined_to_and_parted_from(case: Case) -> None:
    one, other = _two_dispatches(case)
    review(case, Review(one, "merge", "Ana", others=(other,)))
    judgements = [case.judgement(claim) for claim in (one, other)]
    assert [judgement.joined for judgement in judgements if judgement] == [(other,), (one,)]
    review(case, Review(other, "split", "Ana", others=(one,)))
    judgement = case.judgement(one)
    assert judgement is not None
    assert (judgement.joined, judgement.parted) == ((), (other,))


def _two_dispatches(case: Case) -> tuple[str, str]:
    events = [event for event in case.events(case.view()) if event.frame == "dispatch"]
    return events[0].claims[0], events[1].claims[0]


def test_reviews_survive_a_reading_again_and_orphans_wait(case: Case) -> None:
    claim = first(case)
    review(case, Review(claim.id, "accept", "Ana"))
    reread(case, dry_run=False)
    assert find_orphans(case, case.ledger.reviews()) == []
    with case.ledger.transaction():
        sealed = next(case.ledger.claim_sets([claim.report]))
        case.ledger.add_claims(seal(replace(sealed, claims=())))
    assert [one.claim for one in find_orphans(case, case.ledger.reviews())] == [claim.id]


def test_ratings_of_sources_and_of_claims_are_apart(case: Case) -> None:
    rate(case, Rating("outlet", "Coast Times", "B", "Ana"))
    rate(case, Rating("outlet", "Coast Times", "C", "Ben"))
    assert [(one.name, one.grade) for one in case.ledger.ratings()] == [("Coast Times", "C")]
    assert rate(case, Rating("outlet", " coast  TIMES", "D", "Ana")).name == "Coast Times"


@pytest.mark.parametrize(("kind", "grade"), [("outlet", "1"), ("claim", "A"), ("voice", "G"), ("outlet", "AB"), ("claim", "12"), ("outlet", ""), ("claim", "7")])
def test_a_grade_that_is_none_is_refused(case: Case, kind: str, grade: str) -> None:
    with pytest.raises(BadSetting, match="is rated"):
        rate(case, Rating(kind, "Coast Times", grade, "Ana"))


def test_a_source_that_the_case_does_not_have_is_not_rated(case: Case) -> None:
    with pytest.raises(UnknownName, match=r"there are .*Coast Times"):
        rate(case, Rating("outlet", "Coast Tims", "B", "Ana"))
    with pytest.raises(UnknownName, match="no such voice"):
        rate(case, Rating("voice", "a zeppelin", "B", "Ana"))


def _bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_withheld_report_is_gone_from_every_byte_and_the_case_holds(case: Case, tmp_path: Path) -> None:
    report = next(one for one in case.view().reports.values() if WORDS in one.text)
    case.search("loggers", Wanted(), 5)
    withheld = withhold(case, report, "Ana", "the driver could be found")
    assert next(verify(case), None) is None
    assert report.id not in case.view().reports
    assert all(hit.report != report.id for hit in case.search("Saturday", Wanted(), 50))
    folder = case.ledger.path
    case.__exit__()
    assert WORDS.encode() not in _bytes_of(folder)
    assert not (folder / "evidence" / withheld.evidence[0][:2] / withheld.evidence[0]).exists()
    with open_case(folder) as again:
        assert [(one.by, one.why) for one in again.ledger.withholdings()] == [("Ana", "the driver could be found")]
        bundle(again, tmp_path / "bundle.zip")


def test_a_withheld_passage_is_black_and_takes_its_claims_with_it(case: Case) -> None:
    report = next(one for one in case.view().reports.values() if WORDS in one.text)
    before = {claim.id for claim in case.claims(case.view()) if claim.report == report.id and WORDS in claim.quote}
    withhold(case, report, "Ana", "the driver could be found", WORDS)
    masked = case.view().reports[report.id].text
    assert len(masked) == len(report.text)
    assert WORDS not in masked
    assert "█" * len(WORDS) in masked
    assert before
    assert before.isdisjoint(claim.id for claim in case.claims(case.view()))
    assert next(verify(case), None) is None


def test_what_people_wrote_of_withheld_words_goes_with_them(case: Case) -> None:
    claims = list(case.claims(case.view()))
    touched = next(claim for claim in claims if WORDS in claim.quote)
    elsewhere = next(claim for claim in claims if claim.report != touched.report and claim.playbook)
    review(case, Review(touched.id, "note", "Ana", "the driver Oleg said so"))
    review(case, Review(elsewhere.id, "note", "Ana", f"compare: they  {WORDS.upper()}"))
    review(case, Review(elsewhere.id, "accept", "Ana", "read twice"))
    rate(case, Rating("claim", touched.id, "2", "Ana", "Oleg was there"))
    withhold(case, case.view().reports[touched.report], "Ana", "the driver could be found", WORDS)
    assert [one.note for one in case.ledger.reviews()] == ["read twice"]
    assert case.ledger.ratings() == []
    assert case.ledger.withheld_decisions() == 3
    assert find_orphans(case, case.ledger.reviews()) == []
    assert next(verify(case), None) is None
    case.__exit__()
    left = _bytes_of(case.ledger.path).lower()
    assert all(words.lower().encode() not in left for words in (WORDS, "Oleg"))


def test_a_passage_goes_from_title_and_byline_too(tmp_path: Path) -> None:
    with init_case(tmp_path / "case") as case:
        (tmp_path / "a.md").write_text("---\ntitle: Nurse Kim speaks\nbyline: nobody\n---\nNurse Kim left on Monday, a cook said. The crew left.\n", encoding="utf-8")
        case.add([tmp_path / "a.md"])
        (report,) = case.view().reports.values()
        withhold(case, report, "Ana", "she could be found", "Nurse Kim")
        assert case.view().reports[report.id].title == "█████████ speaks"
        assert b"Nurse Kim" not in _bytes_of(case.ledger.path)
        assert next(verify(case), None) is None


def test_nothing_is_withheld_without_a_reason_that_can_stay(case: Case) -> None:
    report = next(one for one in case.view().reports.values() if WORDS in one.text)
    for why, words in (("", None), ("  ", None), ("a reason", ""), ("a reason", " ")):
        with pytest.raises(BadSetting, match="without a reason"):
            withhold(case, report, "Ana", why, words)
    with pytest.raises(LedgerProblem, match="repeats the words"):
        withhold(case, report, "Ana", f"somebody {WORDS}", WORDS)
    assert case.ledger.withholdings() == []


@pytest.mark.parametrize("words", [None, WORDS], ids=["whole", "a passage"])
def test_what_was_withheld_stays_out_until_it_is_taken_in_again(case: Case, words: str | None) -> None:
    report = next(one for one in case.view().reports.values() if WORDS in one.text)
    withheld = withhold(case, report, "Ana", "the driver could be found", words)
    added = case.add([EXAMPLES])
    assert [problem.code for problem in added.problems] == ["withheld"]
    assert WORDS.encode() not in _bytes_of(case.ledger.path)
    assert case.add([EXAMPLES], readmit=True).new == 1
    assert WORDS in case.view().reports[report.id].text
    assert (case.ledger.path / "evidence" / withheld.evidence[0][:2] / withheld.evidence[0]).exists()
    assert case.add([EXAMPLES]).problems == []
    assert next(verify(case), None) is None
    evidence = case.ledger.path / "evidence" / withheld.evidence[0][:2] / withheld.evidence[0]
    evidence.chmod(0o644)
    evidence.unlink()
    assert next(verify(case), None) is not None


def test_copies_that_still_say_the_words_are_named(case: Case, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(f"A bus {WORDS}, a cook said.", encoding="utf-8")
    case.add([tmp_path / "copy.txt"])
    report = next(one for one in case.view().reports.values() if WORDS in one.text and one.file != "copy.txt")
    withhold(case, report, "Ana", "the driver could be found", WORDS)
    assert [one.file for one in find_repeats(case.ledger, WORDS)] == ["copy.txt"]


def test_words_to_withhold_must_stand_in_the_report(case: Case) -> None:
    report = next(iter(case.view().reports.values()))
    with pytest.raises(UnknownName, match="stands nowhere"):
        withhold(case, report, "Ana", "why", "no such words")
    assert next(verify(case), None) is None


def test_a_review_is_taken_back_once(case: Case) -> None:
    claim = first(case)
    (rejected,) = review(case, Review(claim.id, "reject", "Ana"))
    (undone,) = review(case, Review(claim.id, "undo", "Ana", undoes=rejected.seq))
    with pytest.raises(BadSetting, match=f"review {undone.seq} took it back already"):
        review(case, Review(claim.id, "undo", "Ana", undoes=rejected.seq))
    review(case, Review(claim.id, "undo", "Ana", undoes=undone.seq))
    assert now(case, claim.id) is None


def test_several_decisions_are_logged_all_or_none(case: Case) -> None:
    claim = first(case)
    with pytest.raises(BadSetting, match="it is one of"):
        review(case, Review(claim.id, "edit", "Ana", field="voice", value="a guard"), Review(claim.id, "edit", "Ana", field="status", value="done"))
    assert case.ledger.reviews() == []
