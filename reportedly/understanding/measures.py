"""Times and quantities of a passage: found by the grammar of `values`, tied to their clause by the parse."""

import re
from bisect import bisect_right
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from reportedly.playbooks.schema import Name
from reportedly.records import AHEAD, Filler, Report, Value
from reportedly.understanding.grammar import ancestors, child, children, is_finite, is_person
from reportedly.understanding.modality import operators_above, read_modality
from reportedly.understanding.parser import Passage
from reportedly.values import Place, find_place, find_places, find_quantities, find_times, resolve_time
from reportedly.values.places import fold
from reportedly.values.quantities import RATE, QuantityMatch, with_unit
from reportedly.values.time_grammar import TimeMatch
from reportedly.values.times import TimeExpression

_TEAMS = frozenset("team group batch crew brigade squad".split())
_RATE = re.compile(RATE, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A value at its token: the highest token of its words, the filler as far as words alone give it, and the numbers of
    the first and last token."""

    token: Token
    filler: Filler
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Measures:
    """All times and quantities of a passage in reading order."""

    times: tuple[Found, ...]
    quantities: tuple[Found, ...]


def read_measures(passage: Passage, found: list[TimeMatch] | None = None) -> Measures:
    """Values of a passage, their words as the report has them; `found` are its times where they are known already."""
    starts = [token.idx for token in passage.doc]
    text = passage.report.text[passage.start : passage.start + len(passage.text)]
    times = [match for match in (find_times(passage.text) if found is None else found) if not _is_rate(match, passage.text)]
    numbers = find_quantities(passage.text, [(match.start, match.end) for match in times])
    return Measures(
        tuple(_time(match, passage, starts, text) for match in times),
        tuple(one for match in numbers if (one := _quantity(match, passage, starts, text)) is not None),
    )


def _is_rate(match: TimeMatch, text: str) -> bool:
    """ "12 hours a day" is a quantity, no length of time."""
    return match.expression.kind == "duration" and _RATE.match(text, match.end) is not None


def _time(match: TimeMatch, passage: Passage, starts: list[int], text: str) -> Found:
    first, last = _tokens(starts, match.start, match.end)
    return Found(_highest(passage.doc, first, last), _time_filler(match, text, passage.start), first, last)


def _quantity(match: QuantityMatch, passage: Passage, starts: list[int], text: str) -> Found | None:
    """None where the parse takes the words for a name or an adverb and no unit says otherwise."""
    first, last = _tokens(starts, match.number_start, match.number_end)
    token = _highest(passage.doc, first, last)
    counts = token.pos_ == "NUM" or (token.tag_ in ("CD", "NN", "NNS", "DT", "PDT", "JJ") and token.pos_ != "PROPN")
    if not match.quantity.unit and (not counts or _is_name(token, text[match.number_start : match.number_end])):
        return None
    opening = passage.doc[_tokens(starts, match.start, match.start + 1)[0]]
    return Found(token, _quantity_filler(_without_particle(match, opening), token, text, passage.start), first, last)


def _is_name(number: Token, digits: str) -> bool:
    """Whether a number without unit is part of a name or the year of one: "the Nikkei 225 index", "Camp 14", "900 Turbo",
    "ended 2019 at"."""
    counted = _counted(number)
    if digits.lower() == "one" and counted is None:
        return True  # "get hold of one", "Channel One"
    if not digits.isdigit():
        return False
    if counted is not None and (counted.tag_ in ("NNS", "NNPS") or is_person(counted)):
        return False
    if counted is None and len(digits) == 4 and digits[:2] in ("19", "20"):
        return True
    before = number.doc[number.i - 1] if number.i > number.sent.start else None
    after_name = before is not None and before.pos_ == "PROPN" and before.whitespace_ == " " and (counted is not None or number.dep_ not in ("nsubj", "nsubjpass"))
    return after_name or (counted is not None and counted.tag_ == "NNP" and counted.i == number.i + 1)


def _without_particle(match: QuantityMatch, opening: Token) -> QuantityMatch:
    """ "hand over 200 dollars": the particle belongs to the verb and bounds nothing."""
    if opening.lower_ not in ("over", "under", "around", "about") or opening.i == 0:
        return match
    if opening.dep_ != "prt" and not (opening.lower_ == "over" and opening.i and opening.nbor(-1).lemma_ in ("hand", "turn", "sign", "pay", "take", "give")):
        return match
    value = match.quantity.least if match.quantity.least is not None else match.quantity.most
    bare = match.quantity if match.quantity.bound == "range" else replace(match.quantity, least=value, most=value, bound="exact")
    return replace(match, start=match.number_start, quantity=bare)


def _tokens(starts: list[int], start: int, end: int) -> tuple[int, int]:
    first = max(0, bisect_right(starts, start) - 1)
    return first, max(first, bisect_right(starts, end - 1) - 1)


def _highest(doc: Doc, first: int, last: int) -> Token:
    """The token from `first` to `last` that hangs on something outside them."""
    return next((token for token in doc[first : last + 1] if not first <= token.head.i <= last or token.head.i == token.i), doc[first])


def _time_filler(match: TimeMatch, text: str, start: int) -> Filler:
    begin = match.outer if match.expression.relation not in ("in",) else match.start
    return Filler(text[begin : match.end], start + begin, start + match.end, time=match.expression)


def _quantity_filler(match: QuantityMatch, token: Token, text: str, start: int) -> Filler:
    counted = _counted(token)
    end = match.end
    unit, scope = match.quantity.unit, _scope(token, counted)
    if counted is None and scope == "team":
        unit = unit or "person"  # "crews of 20 to 25"
    if counted is not None and (unit is None or unit == "fraction"):
        unit = unit or unit_of(counted)
        what = _contents(counted)
        stop = what.idx + len(what)
        if end < stop <= end + 60:
            end = stop
    quantity = with_unit(match.quantity, unit, scope)
    rate = _RATE.match(text, end) if quantity.per is None else None
    if rate and not (unit or "").isupper():
        quantity, end = replace(quantity, per=rate["per"].lower()), rate.end()
    return Filler(text[match.start : end], start + match.start, start + end, quantity=quantity)


_CONTAINERS = frozenset(
    "barrel ton tonne bag sack box crate case truckload container bottle pack packet piece pair bundle roll sheet litre liter kilo kilogram gram gallon cubic kind type category class set batch cup drum".split()
)


def _contents(counted: Token) -> Token:
    """What a measure holds: "40 barrels of oil" counts barrels of oil."""
    of = child(counted, "prep")
    inside = child(of, "pobj") if of is not None and of.lower_ == "of" and counted.lemma_ in _CONTAINERS else None
    return inside if inside is not None and inside.i <= counted.i + 4 else counted


def _counted(number: Token) -> Token | None:
    """The noun that a number counts: "800 workers", "hundreds of workers", "six of the men"."""
    token = number
    while token.dep_ in ("quantmod", "compound", "nummod", "npadvmod", "advmod", "amod", "det", "predet") and token.head.i > token.i:
        token = token.head
        if token.pos_ in ("NOUN", "PROPN"):
            return token
    of = child(token, "prep")
    if of is not None and of.lower_ == "of" and of.i > token.i:
        return child(of, "pobj")
    return token if token.i != number.i and token.pos_ == "NOUN" else None


def unit_of(noun: Token) -> str:
    """`person` for words for people and for nationals of a state, `team` for small bodies of people, else the noun itself
    in the singular."""
    lemma = noun.lemma_.lower()
    if lemma in _TEAMS:
        return "team"
    if is_person(noun):
        return "person"
    return lemma


def _scope(number: Token, counted: Token | None) -> str | None:
    noun = counted if counted is not None else number
    above = noun.head
    if above.lower_ == "of" and above.head.lemma_ in _TEAMS:
        return "team"
    if above.lower_ == "of" and above.head.lemma_ == "total":
        return "total"
    if any(one.lower_ in ("each", "apiece") for one in (*number.children, *noun.children, *noun.head.children)):
        return "each"
    return None


def owner_of(token: Token, owners: AbstractSet[int]) -> int | None:
    """The nearest token above that owns a clause or a cue; None where another clause, not read as a claim, lies between
    ("the men who left in May have returned": the month is not the return's)."""
    for one in ancestors(token):
        if one.i in owners:
            return one.i
        if one.lower_ == "according" or one.dep_ in ("relcl", "acl") or (one.dep_ == "advcl" and one.tag_ == "VBN") or (one.dep_ in ("advcl", "ccomp", "csubj") and is_finite(one)):
            return None
    return None


@dataclass(frozen=True, slots=True)
class Timed:
    """A time of a text with the side it looks to: its place without hedge, and the ends of a range with theirs."""

    start: int
    end: int
    expression: TimeExpression
    ends: tuple[tuple[int, int, TimeExpression], ...] = ()


def read_times(passage: Passage, found: list[TimeMatch] | None = None) -> list[Timed]:
    """All times of a passage in reading order, each leaning as the verb above it does: what is read of any text, claim or
    not. Offsets are the report's; `found` are the times where they are known already."""
    starts = [token.idx for token in passage.doc]
    return [_timed(match, passage, starts) for match in (find_times(passage.text) if found is None else found)]


def _timed(match: TimeMatch, passage: Passage, starts: list[int]) -> Timed:
    token = _highest(passage.doc, *_tokens(starts, match.start, match.end))
    point = match.expression.first
    way = "near" if point and point.grain in ("quarter", "half") else _way(token, is_weekday=point is not None and point.weekday is not None)
    ends = tuple((passage.start + end.bare, passage.start + end.end, end.expression.leaning(way)) for end in match.ends)
    return Timed(passage.start + match.bare, passage.start + match.end, match.expression.leaning(way), ends)


_DEADLINES = frozenset("until till by through to before due payable effective".split())
_SETS = frozenset("schedule plan set slate arrange fix expect".split())  # what is set stands ahead: with an object, as a participle
_SAYS = frozenset("say tell be have report write add announce show know think believe remain".split())


def _way(token: Token, *, is_weekday: bool) -> str:
    """Where a time looks for what is not said: ahead under a verb of the future, back under one of the past; the nearest for
    a deadline, where a noun lies between ("the raid of 6 November"), and under a verb of the present. A weekday beside a
    noun is the last one, the weekday of a deadline or of a present ("they meet on Monday") the next."""
    verb, in_noun = _verb_above(token)
    status = _status_of(verb) if verb is not None else "ongoing"
    if _is_deadline(token) and (not is_weekday or token.head.lower_ in ("until", "till", "by", "as")):
        return "future" if is_weekday or status in AHEAD else "near"
    if verb is None:
        return "near"
    if verb.lemma_ in _SETS and (children(verb, "dobj") or verb.dep_ == "acl"):
        return "future"
    if is_weekday and (in_noun or _is_past_beside(token)):
        return "past"
    if is_weekday and verb.tag_ in ("VBZ", "VBP") and verb.lemma_ not in _SAYS and not children(verb, "aux"):
        return "future"
    if status in AHEAD:
        return "near" if is_weekday and status == "hypothetical" else "future"
    return "past" if status == "occurred" and not in_noun else "near"


def _status_of(verb: Token) -> str:
    if verb.tag_ == "VB" and verb.dep_ == "xcomp" and verb.head.tag_ == "VBD" and not operators_above(verb):
        return "occurred"  # "voted to support it on Friday"
    return read_modality(verb, operators_above(verb), backshifted=verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN")).status


def _is_deadline(token: Token) -> bool:
    """ "until Tuesday", "by August", "as early as Tuesday", "payable on 1 December"."""
    before = token.doc[max(0, token.i - 4) : token.i]
    return token.head.lower_ in _DEADLINES or any(one.lower_ == "as" and one.nbor().lower_ in ("soon", "early") for one in before if one.i + 1 < token.i)


def _verb_above(token: Token) -> tuple[Token | None, bool]:
    """The nearest verb above, and whether a noun lies between."""
    in_noun = False
    for above in ancestors(token):
        if above.i == token.i:
            continue
        if above.pos_ in ("VERB", "AUX"):
            return above, in_noun
        in_noun = in_noun or above.pos_ in ("NOUN", "PROPN")
    return None, in_noun


def _is_past_beside(token: Token) -> bool:
    """ "said Friday", "was announced on Wednesday": the verb right before, wherever the parse hangs the day."""
    before = token.i - 1
    if before > 0 and token.doc[before].lower_ == "on":
        before -= 1
    return before >= 0 and token.doc[before].tag_ in ("VBD", "VBN")


def list_values(passage: Passage, names: list[Name]) -> list[Value]:
    """All values of a passage in reading order, whether or not a claim takes them: times as the verb above them leans,
    quantities with what they count, places with those of `names` first."""
    report, times = passage.report, find_times(passage.text)
    measures = read_measures(passage, times)
    own = {fold(spelling): _place_of(name) for name in names for spelling in (name.name, *name.also)}
    found = [_time_value(time, report) for time in read_times(passage, times)]
    found += [Value("quantity", one.filler.text, one.filler.start, one.filler.end, quantity=one.filler.quantity) for one in measures.quantities]
    starts = [(passage.start + match.start, passage.start + match.end, match) for match in find_places(passage.text, own=own)]
    found += [Value("place", report.text[start:end], start, end, place=match) for start, end, match in starts]
    return sorted(found, key=lambda value: (value.start, value.end, value.kind))


def _place_of(name: Name) -> Place:
    """The place as the playbook gives it; where it names no country, as the gazetteer knows it."""
    known = find_place(name.name) if name.country is None else None
    return known or Place(name.name, name.kind or "place", name.country)


def _time_value(time: Timed, report: Report) -> Value:
    expression, words = time.expression, report.text[time.start : time.end]
    if expression.kind == "date":
        return Value("time", words, time.start, time.end, when=resolve_time(expression, report.published.when))
    return Value("duration" if expression.kind == "duration" else "set", words, time.start, time.end, length=expression.length)


def lean(filler: Filler, status: str, told_back: bool = False) -> Filler:
    """Let an incomplete time look ahead in a plan, and back in a report of what was. A plan spoken of in the past ("had
    planned to start on 1 November", "those scheduled for November are still here") may lie on either side: the nearest."""
    if filler.time is None:
        return filler
    points = (filler.time.first, filler.time.last)
    if any(point is not None and point.lean is not None for point in points):
        return filler
    way = "past" if status not in AHEAD else "near" if told_back else "future"
    return replace(filler, time=filler.time.leaning(way))
