"""Events against a sheet: a pure function of what is reported and of the sheet on that day. No clock, no judgement: elements reported."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from reportedly.assessing.schema import CASE, Element, Fact, Provision, Sheet
from reportedly.records import Assessment, Dated, ElementTest, Event, Filler
from reportedly.values import When, find_place

_HELD = ("occurred", "ongoing")
_MOST_CLAIMS = 5  # of one element that are named; the event has the others
_MOST_VOICES = 3
IN_FORCE = "in force on the day it speaks of"


def assess(sheet: Sheet, events: Iterable[Event], claims: Mapping[str, Dated]) -> list[Assessment]:
    """Each provision against each event of its frames of which at least half is met or contested, those with most elements met first; one that is
    held against the whole case always."""
    listed = list(events)
    by_report: dict[str, list[Dated]] = defaultdict(list, {CASE: list(claims.values())})
    for dated in claims.values():
        by_report[dated.report.id].append(dated)
    found: list[Assessment] = []
    for provision in sheet.provisions:
        if provision.against == [CASE]:
            found.append(_assess(sheet, provision, None, by_report[CASE], by_report))
            continue
        made = [_assess(sheet, provision, event, [claims[one] for one in event.claims], by_report) for event in listed if event.frame in provision.against]
        found += sorted((one for one in made if _is_reported(one)), key=lambda one: (-_count(one), one.event or ""))
    return found


def _is_reported(one: Assessment) -> bool:
    """Whether at least half of what a provision asks, beside the day, is said of an event in one way or the other."""
    asked = [test for test in one.tests if test.element != IN_FORCE]
    return 2 * sum(test.state in ("met", "contested") for test in asked) >= len(asked)


def _count(one: Assessment) -> int:
    return sum(test.state == "met" for test in one.tests)


def _assess(sheet: Sheet, provision: Provision, event: Event | None, members: list[Dated], by_report: Mapping[str, list[Dated]]) -> Assessment:
    scopes = {"event": members, "report": [line for report in dict.fromkeys(dated.report.id for dated in members) for line in by_report[report]], "case": by_report[CASE]}
    stage = event.status if event and event.status not in _HELD else None
    return Assessment(
        sheet.sheet,
        provision.provision,
        provision.start,
        provision.reference + ("" if provision.checked else " (check against the document)"),
        event.id if event else None,
        f"{event.label}, {event.status}" if event else "all reports",
        (*([_test_force(provision, members)] if event else []), *(_test(element, scopes[element.within], stage) for element in provision.elements)),
        tuple(_test(exception, scopes[exception.within], None) for exception in provision.exceptions),
        tuple(_opinions(provision, scopes["report"])),
    )


def _test_force(provision: Provision, members: list[Dated]) -> ElementTest:
    """Whether the provision was in force over the whole time that the event is given, or over none of it. Nobody says so: it is computed."""
    inside = [dated for dated in members if _is_within(dated, provision)]
    outside = [dated for dated in members if _is_before(dated, provision.start) or (provision.end is not None and _is_after(dated, provision.end))]
    state = "contested" if inside and outside else "met" if inside else "not met" if outside else "unstated"
    decided = [*inside, *outside] or members
    rule = f"it is in force from {provision.start}" + (f" to {provision.end}" if provision.end else "")
    return ElementTest(IN_FORCE, state, f"{rule}; computed from {_write_span(decided[0])}", _ids(decided)[:_MOST_CLAIMS])


def _write_span(dated: Dated) -> str:
    """The days that a claim is taken to speak of, and whether it says so itself."""
    earliest, latest = _span(dated)
    days = f"{earliest}" if earliest == latest and earliest else f"{earliest or '..'}/{latest or '..'}"
    said = dated.when is not None and (dated.when.earliest or dated.when.latest)
    return f"{days}, the time that is given" if said else f"{days}, the day of the report, for no other is given" if earliest or latest else "no day at all"


def _test(element: Element, claims: list[Dated], stage: str | None) -> ElementTest:
    """One element: who says that it is so, who that it is not. What is only planned does not meet an act, nor does what is said of others where
    the event itself is only at a `stage` ahead."""
    stated = [dated for dated in claims if dated.claim.known == "stated"]
    fitting = [dated for dated in stated if any(_fits(fact, dated) for fact in element.met)]
    said = [dated for dated in fitting if dated.claim.polarity == "positive"]
    held = [dated for dated in said if element.act == "no" or (dated.claim.status in _HELD and stage is None)]
    told = [dated for dated in stated if dated.claim.status in _HELD]  # what is only planned speaks against nothing
    against = [dated for dated in told if dated.claim.polarity == "positive" and any(_fits(fact, dated) for fact in element.not_met)]
    against += [dated for dated in fitting if dated.claim.polarity == "negative" and dated.claim.status in _HELD]
    ahead = [] if held else said
    test = _settle(element.element, held, against, ahead, stage)
    computed = (held or against) and all(fact.model_fields_set <= {"after", "before"} for fact in element.met)
    return replace(test, why=f"computed from {_write_span([*held, *against][0])}") if computed else test


def _settle(element: str, held: list[Dated], against: list[Dated], ahead: list[Dated], stage: str | None) -> ElementTest:
    named = _ids([*held[:_MOST_CLAIMS], *against[:_MOST_CLAIMS]])
    if held and against:
        return ElementTest(element, "contested", f"according to {_who(held)}; not according to {_who(against)}", named)
    if held:
        return ElementTest(element, "met", f"according to {_who(held)}", named)
    if against:
        return ElementTest(element, "not met", f"not according to {_who(against)}", named)
    if ahead:
        return ElementTest(element, "unstated", f"only as {stage or ahead[0].claim.status}, according to {_who(ahead)}", _ids(ahead[:_MOST_CLAIMS]))
    return ElementTest(element, "unstated", "no claim says so or not so", ())


def _ids(claims: list[Dated]) -> tuple[str, ...]:
    """Each claim once, and of claims on the same words the first."""
    return tuple({(dated.report.id, dated.claim.start, dated.claim.end): dated.claim.id for dated in reversed(claims)}.values())[::-1]


def _who(claims: list[Dated]) -> str:
    """Each voice once: "Hanbit Wire, a source in Rason (Daily NK) and others"."""
    voices = list(dict.fromkeys(_name(dated) for dated in claims))
    return ", ".join(voices[:_MOST_VOICES]) + (" and others" if len(voices) > _MOST_VOICES else "")


def _name(dated: Dated) -> str:
    voice = dated.claim.voice[0]
    words = voice.name or voice.text
    words = words[0].lower() + words[1:] if words.startswith(("A ", "An ", "The ")) else words
    doubt = "" if dated.claim.certainty == "certain" else f", as {dated.claim.certainty}"
    doubt += f", as {dated.claim.status}" if dated.claim.status not in _HELD else ""
    name = words if voice.kind == "outlet" or not dated.report.outlet else f"{words} ({dated.report.outlet})"
    return name + doubt


def _fits(fact: Fact, dated: Dated) -> bool:
    """Whether a claim, affirmed or denied, is of what a fact asks."""
    claim = dated.claim
    if (fact.frame and claim.frame != fact.frame) or (fact.status and claim.status not in fact.status):
        return False
    if fact.trigger and claim.trigger.lower() not in fact.trigger:
        return False
    if not _fits_time(fact, dated):
        return False
    if fact.role is None:
        return not fact.words or any(word in claim.quote.lower() for word in fact.words)
    return any(_fits_filler(fact, filler) for filler in claim.roles.get(fact.role, ()))


def _fits_filler(fact: Fact, filler: Filler) -> bool:
    if fact.words and not any(word in filler.text.lower() for word in fact.words):
        return False
    if fact.name and filler.name not in fact.name:
        return False
    country = _country(filler) if fact.country or fact.outside else None
    if fact.country and country not in fact.country:
        return False
    return not fact.outside or (country is not None and country not in fact.outside)


def _country(filler: Filler) -> str | None:
    """The country of a place, as the gazetteer has it; None where it is not known."""
    place = find_place(filler.name or filler.text)
    return place.country if place else None


def _span(dated: Dated) -> tuple[date | None, date | None]:
    """The first and last day that a claim speaks of; what holds without a day holds when it is told, what happened, before."""
    when = dated.when
    if when is not None and (when.earliest or when.latest):
        return when.earliest, when.latest
    told: When | None = dated.report.published.when
    if told is None:
        return None, None
    return (told.earliest, told.latest) if dated.claim.status == "ongoing" else (None, told.latest) if dated.claim.status == "occurred" else (told.earliest, None)


def _fits_time(fact: Fact, dated: Dated) -> bool:
    earliest, latest = _span(dated)
    if fact.after is not None and not (earliest is not None and earliest > fact.after):
        return False
    return fact.before is None or (latest is not None and latest < fact.before)


def _is_within(dated: Dated, provision: Provision) -> bool:
    earliest, latest = _span(dated)
    return earliest is not None and earliest >= provision.start and (provision.end is None or (latest is not None and latest <= provision.end))


def _is_before(dated: Dated, day: date) -> bool:
    latest = _span(dated)[1]
    return latest is not None and latest < day


def _is_after(dated: Dated, day: date) -> bool:
    earliest = _span(dated)[0]
    return earliest is not None and earliest > day


def _opinions(provision: Provision, claims: Iterable[Dated]) -> Iterator[str]:
    """The claims in which a rule so named is the instrument: who says that something breaches it, or does not, or what it forbids. Of claims on
    the same words the first."""
    seen: set[tuple[str, int]] = set()
    for dated in claims:
        words = " ".join(filler.text for filler in dated.claim.roles.get("instrument", ())).lower()
        place = (dated.report.id, dated.claim.start)
        if place not in seen and any(name in words for name in provision.named):
            seen.add(place)
            yield dated.claim.id
