"""How what fills a role stands to what else fills it: one relation with one sentence that names both values."""

from dataclasses import replace
from functools import partial
from zlib import crc32

import pytest

from reportedly.lineage import count_origins
from reportedly.reading import Given, make_reading
from reportedly.reconciling.dating import date_claims
from reportedly.reconciling.denials import Denials
from reportedly.reconciling.findings import find_findings, find_repeats, find_rests, prefer
from reportedly.reconciling.relations import Said, compare, relate
from reportedly.records import Claim, Dated, Event, Filler, Finding, Report, Voice
from reportedly.values import Quantity, find_times

COUNT = partial(count_origins, families={})


def make_report(outlet: str, day: str) -> Report:
    return make_reading(f"{outlet} {day}".encode(), f"{outlet} {day}", Given(published=day, outlet=outlet)).report


def say(
    words: str,
    day: str = "2031-06-11",
    outlet: str = "Hill Post",
    *,
    role: str = "people",
    status: str = "occurred",
    polarity: str = "positive",
    voice: Voice | None = None,
    frame: str = "dispatch",
    number: int = 0,
    quantity: Quantity | None = None,
) -> Dated:
    """A claim that gives one role, as a report of a day and an outlet says it."""
    report = make_report(outlet, day)
    time = find_times(words)[0].expression if role == "time" else None
    filler = Filler(words, 0, len(words), quantity=quantity, time=time)
    chain = (*([voice] if voice else []), Voice("outlet", outlet))
    found = f"{report.id[:8]}{frame[:2]}{number:02}{crc32(f'{words} {status} {polarity}'.encode()) % 10_000:04}"
    claim = Claim(
        report.id,
        found,
        "p@1",
        frame,
        0,
        20,
        f"said of the first round: {words}",
        "said",
        0,
        4,
        status,
        polarity,
        "certain",
        {role: (filler,)},
        filler if role == "time" else None,
        chain,
    )
    return date_claims([claim], {report.id: report})[0]


def people(least: float | None, most: float | None, bound: str = "exact", *, unit: str = "person", scope: str | None = None) -> Quantity:
    return Quantity(least, most, bound, unit, scope=scope)


def said(dated: Dated) -> Said:
    ((role, (filler,)),) = dated.claim.roles.items()
    return Said(filler, dated.when if role == "time" else None, dated)


def kind_of(one: Dated, other: Dated) -> str | None:
    found = relate(next(iter(one.claim.roles)), said(one), said(other))
    return found.kind if found else None


THREE, FOUR = people(300, 300), people(400, 400)
GUARD = Voice("named", "Ana Brandt", "Ana Brandt")


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (say("300 men", quantity=THREE), say("400 men", "2031-07-01", quantity=FOUR), "revises"),
        (say("300 men", quantity=THREE), say("400 men", "2031-07-01", "Coast Times", quantity=FOUR), "contradicts"),
        (say("300 men", quantity=THREE), say("400 men", "2031-07-01", voice=GUARD, quantity=FOUR), "contradicts"),
        (say("300 men", quantity=THREE, voice=Voice("anonymous", "a cook")), say("400 men", "2031-07-01", quantity=FOUR), "revises"),
        (say("300 men", quantity=THREE), say("400 men", quantity=FOUR, number=1), "scope-differs"),
        (say("300 men", quantity=THREE), say("20 men a crew", "2031-07-01", quantity=people(20, 20, scope="team")), "scope-differs"),
        (say("300 men", quantity=THREE), say("300 tonnes", "2031-07-01", quantity=people(300, 300, unit="t")), None),
        (say("about 300 men", quantity=people(300, 300, "about")), say("310 men", "2031-07-01", quantity=people(310, 310)), "refines"),
        (say("more than 200 men", quantity=people(200, None, "more than")), say("300 men", "2031-07-01", "Coast Times", quantity=THREE), "refines"),
        (say("300 men", quantity=THREE, status="planned"), say("400 men", "2031-07-01", quantity=FOUR), None),
        (say("300 men", quantity=THREE, status="considered"), say("400 men", "2031-07-01", quantity=FOUR, status="considered"), None),
        (say("on 3 May 2031", role="time", status="planned"), say("on 9 June 2031", "2031-07-01", role="time", status="planned"), "slips"),
        (say("on 3 May 2031", role="time", status="planned"), say("on 9 June 2031", "2031-07-01", role="time"), "slips"),
        (say("in May 2031", role="time"), say("on 9 May 2031", "2031-07-01", role="time"), "refines"),
        (say("on 3 May 2031", role="time"), say("on 9 June 2031", "2031-07-01", "Coast Times", role="time"), "contradicts"),
        (say("Chita", role="destination"), say("Omsk", "2031-07-01", "Coast Times", role="destination"), None),
        (say("Chita", role="destination"), say("Chita", "2031-07-01", "Coast Times", role="destination", polarity="negative"), "denies"),
    ],
    ids=lambda one: one if isinstance(one, str) or one is None else one.claim.quote[25:],
)  # fmt: skip
def test_two_values_stand_to_each_other_as_their_chains_and_scopes_say(one: Dated, other: Dated, kind: str | None) -> None:
    assert kind_of(one, other) == kind
    assert kind_of(other, one) == kind


def test_about_300_agrees_with_six_teams_of_about_50() -> None:
    total = say("about 300 men", quantity=people(300, 300, "about"))
    derived = say("six teams of about 50", "2031-07-01", "Coast Times", quantity=Quantity(300, 300, "about", "person", derived=True))
    assert compare(said(total), said(derived)) == "same"


def test_a_relation_says_why_with_both_values_their_voices_and_days() -> None:
    found = relate("people", said(say("300 men", quantity=THREE)), said(say("300,000 men", "2031-07-01", "Coast Times", quantity=people(300_000, 300_000))))
    assert found is not None
    assert found.kind == "contradicts"
    assert "“300 men” (Hill Post, 2031-06-11) and “300,000 men” (Coast Times, 2031-07-01)" in found.why
    assert "1,000 times the other, perhaps a slip of the pen" in found.why


def findings(*claims: Dated) -> dict[str, Finding]:
    by_id = {dated.claim.id: dated for dated in claims}
    event = Event(min(by_id), "dispatch", "men", "occurred", None, tuple(sorted(by_id)))
    return {one.role: one for one in find_findings([event], by_id, COUNT)}


def test_both_sides_of_a_conflict_stand_with_their_origins() -> None:
    found = findings(say("300 men", quantity=THREE), say("400 men", "2031-07-01", "Coast Times", quantity=FOUR))["people"]
    assert found.state == "contested"
    assert [(answer.filler.text, answer.origins.most) for answer in found.answers] == [("300 men", 1), ("400 men", 1)]


def test_a_chain_that_says_otherwise_later_revises_and_overwrites_nothing() -> None:
    found = findings(say("300 men", quantity=THREE), say("400 men", "2031-07-01", quantity=FOUR))["people"]
    assert (found.state, len(found.answers)) == ("revised", 2)


def test_a_plan_and_its_outcome_are_two_answers_and_no_conflict() -> None:
    found = findings(say("300 men", quantity=THREE, status="planned"), say("400 men", "2031-07-01", "Coast Times", quantity=FOUR))["people"]
    assert (found.state, [answer.status for answer in found.answers]) == ("single-origin", ["planned", "occurred"])


def test_a_thousand_copies_of_one_report_are_one_origin() -> None:
    first = say("300 men", quantity=THREE)
    copies = [say("300 men", "2031-06-12", f"Mirror {number}", quantity=THREE) for number in range(1000)]
    families = {dated.report.id: first.report.id for dated in (first, *copies)}
    by_id = {dated.claim.id: dated for dated in (first, *copies)}
    event = Event("e", "dispatch", "men", "occurred", None, tuple(sorted(by_id)))
    (found,) = find_findings([event], by_id, partial(count_origins, families=families))
    (answer,) = found.answers
    assert (found.state, answer.origins.least, answer.origins.most) == ("single-origin", 1, 1)
    assert {one.kind for one in find_repeats(found, by_id, families)} == {"copy"}


def test_a_finding_names_the_report_whose_removal_alters_it() -> None:
    claims = (say("300 men", quantity=THREE), say("300 men", "2031-06-20", number=1, quantity=THREE), say("400 men", "2031-07-01", "Coast Times", quantity=FOUR))
    found = find_rests(findings(*claims)["people"], {one.claim.id: one for one in claims}, COUNT)
    assert [(rest.report, rest.becomes) for rest in found.rests_on] == [(claims[2].report.id, "single-origin")]


def test_no_answer_is_taken_unless_asked_and_then_the_rule_is_said() -> None:
    found = findings(say("300 men", quantity=THREE), say("400 men", "2031-07-01", "Coast Times", quantity=FOUR))["people"]
    latest = prefer(found, "latest", lambda _: None)
    assert latest is not None
    assert (latest[0].filler.text, latest[1]) == ("400 men", "taken because it was said last, on 2031-07-01")
    assert prefer(found, "most-origins", lambda _: None) is None
    assert prefer(found, "rated", lambda _: None) is None
    first = found.answers[0].claims
    rated = prefer(found, "rated", lambda claim: "B" if claim in first else "C")
    assert rated is not None
    assert rated[1] == "taken because its source is rated B"
    assert prefer(found, "rated", lambda _: "B") is None


def denials(frame: str, *claims: Dated) -> list[Finding]:
    known = Denials()
    for dated in claims:
        known.add(dated)
    return known.find(frame, COUNT)


def test_what_some_say_and_others_deny_is_one_question_with_two_sides() -> None:
    says = say("the sanctions", role="instrument", frame="ban")
    denies = say("sanctions", "2031-07-01", "Coast Times", role="instrument", frame="ban", polarity="negative")
    elsewhere = say("the treaty", "2031-07-01", "Coast Times", role="instrument", frame="ban", polarity="negative")
    later = say("the treaty", "2032-07-01", "River News", role="instrument", frame="ban")
    (found,) = denials("ban", says, denies, elsewhere, later)
    assert (found.role, found.state, found.label) == ("whether", "contested", "ban: sanctions")
    assert [answer.claims for answer in found.answers] == [(says.claim.id,), (denies.claim.id,)]


def test_what_one_group_does_is_not_denied_by_what_another_does_not() -> None:
    farmers, clerks = say("apply", role="toward", frame="uptake"), say("apply", "2031-07-01", role="toward", frame="uptake", polarity="negative")
    groups = [replace(dated, claim=replace(dated.claim, roles=dated.claim.roles | {"group": (Filler(name, 0, 5),)})) for dated, name in ((farmers, "farmers"), (clerks, "clerks"))]
    assert denials("uptake", *groups) == []
    assert len(denials("uptake", farmers, clerks)) == 1


def test_what_nothing_else_ties_is_not_held_against_each_other() -> None:
    one, other = (
        replace(dated, claim=replace(dated.claim, quote="said so")) for dated in (say("300 men", quantity=THREE), say("400 men", "2031-07-01", "Coast Times", quantity=FOUR))
    )
    assert findings(one, other)["people"].state == "single-origin"


def test_one_claim_says_nothing_against_itself_and_now_is_no_plan() -> None:
    planned = say("on 3 May 2031", role="time", status="planned")
    assert relate("time", said(planned), said(planned)) is None
    now = say("now", "2031-07-01", role="time", status="planned")
    assert relate("time", said(planned), said(now)) is None
