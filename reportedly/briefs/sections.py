"""What stands in a brief, section by section: each a function from what was made of the claims to lines of sentences.

A sentence either quotes a claim (in one of the forms of `forms`), or says what the case derives from claims, such as that a plan is
overdue; both cite the claims they rest on.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from reportedly.briefs.document import Section, Sentence
from reportedly.briefs.forms import flatten, write_moment, write_said, write_slots
from reportedly.reconciling.findings import WHETHER
from reportedly.reconciling.plans import is_tellable
from reportedly.records import PLACE_ROLES, STATUSES, Answer, Assessment, Body, Dated, Decision, Event, Finding, Gap, Origins, Plan, Reconciled

SUMMARY = "Summary"
_TOLD_APART = ("contested", "revised", "overdue")
_MOST_OF_SUMMARY = 8  # lines of one kind: a summary is read in a minute
_MOST_CITES = 12  # of what the case derives: who wants all asks for the event
_OPEN = (
    ("Said to have happened", ("occurred",), "positive"),
    ("Said to be under way, or to hold", ("ongoing",), "positive"),
    ("Said not to have happened, or not to hold", ("occurred", "ongoing"), "negative"),
    ("Planned", ("planned",), None),
    ("Ordered or required", ("required",), None),
    ("Under consideration", ("considered",), None),
    ("Expected", ("predicted",), None),
    ("Conditional or asked", ("hypothetical",), None),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a brief tells of: what was made of the claims, the questions left, how rules fare, and the headings of the frames in their order."""

    reconciled: Reconciled
    gaps: tuple[Gap, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> dict[str, Dated]:
        """The claims by id."""
        return {line.claim.id: line for line in self.reconciled.claims}


def write_sections(told: Told) -> tuple[Section, ...]:
    """All sections that have something to say, in the order of a brief."""
    lines = told.lines
    made = told.reconciled
    threads = [event for event in made.events if len(event.claims) > 1 or event.round]
    parts: list[Section] = []
    parts += _summary(made, threads, lines)
    parts += _plan_board(made.plans)
    parts += _threads(threads, lines)
    parts += _numbers(made.findings, lines)
    parts += _routes(made.events, lines)
    parts += _options(made.decisions)
    parts += _conflicts(made.findings, lines)
    parts += _unknowns(made.claims)
    parts += _bodies(made.bodies)
    parts += _by_frame(told, threads, lines)
    parts += _timeline(made.claims)
    parts += _assessments(told.assessments, lines)
    parts += _gaps(told.gaps, made.events)
    parts += _voices(made.claims)
    return tuple(parts)


def say(line: Dated) -> Sentence:
    """A claim as a sentence."""
    return Sentence(write_said(line), (line.claim.id,))


def _section(heading: str, lines: Iterable[tuple[Sentence, ...]], level: int = 2) -> list[Section]:
    kept: dict[tuple[str, ...], tuple[Sentence, ...]] = {}
    for line in lines:
        said = tuple(sentence.text for sentence in line)
        kept[said] = tuple(_join(*pair) for pair in zip(kept[said], line, strict=True)) if said in kept else line
    return [Section(heading, tuple(kept.values()), level)] if kept else []


def _join(one: Sentence, other: Sentence) -> Sentence:
    """One sentence for two that say the same."""
    return Sentence(one.text, tuple(dict.fromkeys((*one.cites, *other.cites))))


def _under(heading: str, parts: list[Section]) -> list[Section]:
    """Parts of level 3 below a heading, where there are any."""
    return [Section(heading), *parts] if parts else []


def _summary(made: Reconciled, threads: list[Event], lines: Mapping[str, Dated]) -> list[Section]:
    """The minute's reading: what is late or slipped, what the largest events came to, what is contested."""
    late = [(_plan(plan),) for plan in made.plans if is_tellable(plan) and plan.outcome in ("overdue", "slipped", "denied")]
    largest = sorted(threads, key=lambda event: (-len(event.claims), event.id))
    reached = [(say(_furthest(event, lines)),) for event in largest]
    known = {event.id for event in threads}
    counted = [(_answer(finding, answer, lines),) for finding in made.findings if finding.event in known for answer in finding.answers if answer.filler.quantity]
    disputed = [(relation,) for finding in made.findings if finding.state in _TOLD_APART for relation in _relations(finding)]
    return _section(SUMMARY, (line for kind in (late, reached, counted, disputed) for line in kind[:_MOST_OF_SUMMARY]))


def _furthest(event: Event, lines: Mapping[str, Dated]) -> Dated:
    """Of the claims of the stage that an event has reached the one that says most: most roles, then the longest words, then the newest."""
    members = [lines[one] for one in event.claims]
    at_stage = [line for line in members if line.claim.status == event.status and line.claim.polarity == "positive"] or members
    return max(at_stage, key=lambda line: (len(line.claim.roles), len(line.claim.quote), _reading_order(line)))


def _plan(plan: Plan) -> Sentence:
    """What came of a plan. The words of the reports for it stand in the sentence after."""
    slip = f", {plan.slip_days} days later than first said" if plan.outcome == "slipped" and plan.slip_days else ""
    return _derived(f"Plan {plan.outcome}{slip} — {flatten(plan.label)}: {flatten(plan.why)}.", (*(one.claim.id for one in plan.mentions), *plan.told))


def _plan_board(plans: Iterable[Plan]) -> list[Section]:
    """What was announced and what came of it, overdue first; only what names a day, a round or a number."""
    return _section("Plans and what came of them", ((_plan(plan), say(plan.announced)) for plan in plans if is_tellable(plan)))


def _threads(events: list[Event], lines: Mapping[str, Dated]) -> list[Section]:
    """What several claims tell of, or a round: its stages as they were told, by publication. What is unsure is said."""
    parts: list[Section] = []
    for event in sorted(events, key=lambda event: (min(_reading_order(lines[one]) for one in event.claims), event.id)):
        rows = [(say(line),) for line in sorted((lines[one] for one in event.claims), key=_reading_order)]
        rows += [(_derived(f"Taken together because {flatten('; '.join(event.why))}.", event.claims),)] if event.why else []
        rows += [(_derived(f"{flatten(event.perhaps).capitalize()}.", event.claims),)] if event.perhaps else []
        parts += _section(f"{flatten(event.label)}: {event.status}", rows, 3)
    return _under("What happened, at which stage", parts)


def _reading_order(line: Dated) -> tuple[tuple[str, str], int, str]:
    return line.report.order, line.claim.trigger_start, line.claim.id


def _numbers(findings: Iterable[Finding], lines: Mapping[str, Dated]) -> list[Section]:
    """Every number of an event with who gives it: ranges as they are said, origins as an interval."""
    rows: list[tuple[Sentence, ...]] = []
    for finding in findings:
        counted = [answer for answer in finding.answers if answer.filler.quantity]
        rows += [(_answer(finding, answer, lines),) for answer in counted]
        spread = _range(finding, counted) if len(counted) > 1 else None
        rows += [(spread,)] if spread else []
    return _section("Numbers", rows)


def _answer(finding: Finding, answer: Answer, lines: Mapping[str, Dated]) -> Sentence:
    first = next(lines[one] for one in answer.claims if answer.filler in lines[one].claim.roles.get(finding.role, ()))
    return _derived(write_slots(finding.frame, finding.label, [(finding.role, answer.filler)], first, write_origins(answer.origins)), answer.claims)


def write_origins(origins: Origins) -> str:
    """ "1 origin", "1 to 2 origins"."""
    number = f"{origins.least}" if origins.least == origins.most else f"{origins.least} to {origins.most}"
    return f"{number} origin{'s' * (number != '1')}"


def _range(finding: Finding, answers: list[Answer]) -> Sentence | None:
    """From the least to the most that answers of one stage and one unit give, in their own words."""
    kinds = {(answer.status, answer.polarity, answer.filler.quantity.unit, answer.filler.quantity.per) for answer in answers if answer.filler.quantity}
    if len(kinds) != 1:
        return None
    low, high = min(answers, key=_floor), max(answers, key=_ceiling)
    cites = (one for answer in (low, high, *answers) for one in answer.claims)
    text = f"Range over {len(answers)} answers, {flatten(finding.label)}, {finding.role}: from “{flatten(low.filler.text)}” to “{flatten(high.filler.text)}”."
    return _derived(text, cites)


def _floor(answer: Answer) -> float:
    quantity = answer.filler.quantity
    return quantity.least if quantity and quantity.least is not None else -math.inf


def _ceiling(answer: Answer) -> float:
    quantity = answer.filler.quantity
    return quantity.most if quantity and quantity.most is not None else math.inf


def _routes(events: Iterable[Event], lines: Mapping[str, Dated]) -> list[Section]:
    """From where, through where, to where, by what: claims that name two of these, by the stage they have."""
    named = [(event, lines[one]) for event in events for one in event.claims if sum(bool(lines[one].claim.roles.get(role)) for role in (*PLACE_ROLES, "mode")) > 1]
    chosen = sorted(named, key=lambda pair: (STATUSES.index(pair[1].claim.status), _reading_order(pair[1])))
    return _section("Routes", ((_route(event, line),) for event, line in chosen))


def _route(event: Event, line: Dated) -> Sentence:
    roles = [(role, filler) for role in (*PLACE_ROLES, "mode") for filler in line.claim.roles.get(role, ())]
    return Sentence(write_slots(line.claim.frame, event.label, roles, line), (line.claim.id,))


def _options(decisions: Iterable[Decision]) -> list[Section]:
    """What is weighed against each other, the favoured marked."""
    parts: list[Section] = []
    for decision in decisions:
        favoured = {option.claim.id: Sentence("The report’s words favour it.", (option.claim.id,)) for option in decision.options if option.claim.id in decision.favoured}
        rows = [(say(option), *([favoured[option.claim.id]] if option.claim.id in favoured else [])) for option in decision.options]
        parts += _section(f"{decision.frame}: {len(decision.options)} options in {flatten(decision.options[0].report.file)}", rows, 3)
    return _under("Options under discussion", parts)


def _conflicts(findings: Iterable[Finding], lines: Mapping[str, Dated]) -> list[Section]:
    """Roles whose answers differ: revised by later reports, or contested. All answers stand."""
    parts: list[Section] = []
    for finding in (one for one in findings if one.state in ("contested", "revised")):
        if finding.role == WHETHER:
            rows = [(say(lines[one]),) for answer in finding.answers for one in answer.claims[:_MOST_OF_SUMMARY]]
        else:
            rows = [(_answer(finding, answer, lines),) for answer in finding.answers]
        rows += [(relation,) for relation in _relations(finding)]
        parts += _section(f"{flatten(finding.label)}, {finding.role}: {finding.state}", rows, 3)
    return _under("Conflicts and revisions", parts)


def _relations(finding: Finding) -> list[Sentence]:
    """What stands against what, in the words of the comparison."""
    told = (relation for relation in finding.relations if relation.kind in ("contradicts", "revises", "slips", "denies"))
    return [Sentence(f"{flatten(finding.label)}, {finding.role}, {relation.kind}: {flatten(relation.why)}.", (relation.source, relation.target)) for relation in told]


def _unknowns(lines: Iterable[Dated]) -> list[Section]:
    """What a report says nobody knows, it could not learn or was not told: values of their own, no gap."""
    return _section("Said to be unknown", ((say(line),) for line in lines if line.claim.known != "stated"))


def _bodies(bodies: Iterable[Body]) -> list[Section]:
    """The chain of command as said: each body with those under it, and the words for both."""
    parts: list[Section] = []
    for body in bodies:
        also = f" (also: {', '.join(map(flatten, body.also))})" if body.also else ""
        under = f" → {'; '.join(map(flatten, body.under))}" if body.under else ""
        parts += _section(f"{flatten(body.name)}{also}{under}", [(say(command.dated),) for command in body.commands], 3)
    return _under("Who commands", parts)


def _by_frame(told: Told, threads: list[Event], lines: Mapping[str, Dated]) -> list[Section]:
    """All other claims, by frame and status; those of no playbook by status."""
    shown = {one for event in threads for one in event.claims} | {command.dated.claim.id for body in told.reconciled.bodies for command in body.commands}
    rest = [line for line in lines.values() if line.claim.id not in shown]
    framed: dict[str, list[Dated]] = defaultdict(list)
    for line in rest:
        framed[line.claim.frame if line.claim.playbook else ""].append(line)
    parts: list[Section] = []
    for frame in [*told.headings, *sorted(framed.keys() - told.headings.keys() - {""})]:
        by_status = [part for status in STATUSES for part in _section(status, _said(framed[frame], lambda line, status=status: line.claim.status == status), 3)]  # type: ignore[misc]
        parts += _under(told.headings.get(frame, frame), by_status)
    for heading, statuses, polarity in _OPEN:
        parts += _section(heading, _said(framed[""], lambda line: line.claim.status in statuses and polarity in (None, line.claim.polarity)))  # noqa: B023
    return parts


def _said(lines: Iterable[Dated], wanted: Callable[[Dated], bool]) -> list[tuple[Sentence, ...]]:
    return [(say(line),) for line in sorted(filter(wanted, lines), key=_reading_order)]


def _timeline(lines: Iterable[Dated]) -> list[Section]:
    """What is said of playbooks' frames, in the order of the time that it speaks of."""
    timed = [line for line in lines if line.claim.playbook and line.when and line.when.edtf]
    timed.sort(key=lambda line: (str(line.when.earliest or line.when.latest) if line.when else "", _reading_order(line)))
    return _section("Timeline", ((Sentence(write_moment(line), (line.claim.id,)),) for line in timed))


def _assessments(assessments: Iterable[Assessment], lines: Mapping[str, Dated]) -> list[Section]:
    """How the elements of dated rules fare against the events: elements reported, never a violation."""
    parts: list[Section] = []
    for one in assessments:
        rows = [(Sentence(f"Element “{flatten(test.element)}”: {test.state}; {flatten(test.why)}.", test.claims),) for test in one.tests]
        rows += [(Sentence(f"Exception “{flatten(test.element)}”: {test.state}; {flatten(test.why)}.", test.claims),) for test in one.exceptions]
        rows += [(say(lines[claim]),) for claim in one.opinions]
        parts += _section(f"{flatten(one.reference)}: {flatten(one.label)}", rows, 3)
    return _under("Elements of rules reported; no finding of law", parts)


def _gaps(gaps: Iterable[Gap], events: Iterable[Event]) -> list[Section]:
    """What is not known, as questions: what plans came to, and what is said to be unknown, was not found out, or is denied. What nothing says is
    a list of its own (`gaps`)."""
    claims = {event.id: event.claims for event in events}
    asked = [gap for gap in gaps if gap.state != "unstated" or gap.role == "outcome"]
    return _section("Gaps", ((_derived(f"{gap.state.capitalize()}: {flatten(gap.question)}", gap.claims or claims[gap.event]),) for gap in asked))


def _derived(text: str, cites: Iterable[str]) -> Sentence:
    """What the case makes of claims, with the first of them."""
    return Sentence(text, tuple(dict.fromkeys(cites))[:_MOST_CITES])


def _voices(lines: Iterable[Dated]) -> list[Section]:
    """Unnamed voices of one description in several reports: one person, or several."""
    reports: dict[tuple[str, str], set[str]] = defaultdict(set)
    claims: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in lines:
        voice = line.claim.voice[0]
        if voice.kind == "anonymous":
            key = (flatten(voice.name or voice.text).lower(), line.report.outlet or line.report.file)
            reports[key].add(line.report.id)
            claims[key].append(line.claim.id)
    several = sorted(key for key, found in reports.items() if len(found) > 1)
    rows = [(_derived(f"So described in {len(reports[key])} reports of {flatten(key[1])}, one person or several: {key[0]}.", claims[key]),) for key in several]
    return _section("Unnamed voices", rows)
