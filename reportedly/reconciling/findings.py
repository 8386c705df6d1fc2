"""Findings: for each role of an event all answers, who stands behind them, and how they stand to each other."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations

from reportedly.reconciling.dating import published_day, resolve_of
from reportedly.records import STAGES, Answer, Dated, Event, Filler, Finding, Origins
from reportedly.values.places import fold

_ANYBODY = frozenset("they them those these he him she her it its we us who whom which that this others some many most all".split())  # answers nothing by itself


Count = Callable[[list[Dated]], Origins]


def find_findings(events: Iterable[Event], claims: dict[str, Dated], count: Count) -> list[Finding]:
    """Findings of the events, by event and role; `count` says how many origins some claims can have."""
    return [finding for event in events for finding in _findings_of(event, [claims[one] for one in event.claims], count)]


def _findings_of(event: Event, members: list[Dated], count: Count) -> list[Finding]:
    by_role: dict[str, dict[str, list[tuple[Filler, Dated]]]] = defaultdict(lambda: defaultdict(list))
    for dated in members:
        for role, fillers in dated.claim.roles.items():
            for filler in (one for one in fillers if one.text.lower() not in _ANYBODY):
                by_role[role][value_key(filler, dated)].append((filler, dated))
    found = []
    for role in sorted(by_role):
        answers = sorted((_make_answer(pairs, count) for pairs in by_role[role].values()), key=lambda answer: (str(answer.first or "9999"), answer.claims))
        found.append(Finding(event.id, event.frame, event.label, role, _state(answers), tuple(answers)))
    return found


def value_key(filler: Filler, dated: Dated) -> str:
    """What makes two fillers one answer: equal bounds and unit, an equal interval, one name, or the same words."""
    if filler.quantity is not None:
        quantity = filler.quantity
        return f"{quantity.least}|{quantity.most}|{quantity.unit}|{quantity.per}|{quantity.scope}"
    when = resolve_of(filler, dated)
    if when is not None and when.edtf:
        return when.edtf
    return fold(filler.name or filler.text).removeprefix("the ")


def _make_answer(pairs: list[tuple[Filler, Dated]], count: Count) -> Answer:
    pairs = sorted(pairs, key=lambda pair: (str(published_day(pair[1]) or "9999"), pair[1].claim.id))
    filler, first = pairs[0]
    days = [day for _, dated in pairs if (day := published_day(dated))]
    status = min((dated.claim.status for _, dated in pairs), key=STAGES.index)
    polarity = "positive" if any(dated.claim.polarity == "positive" for _, dated in pairs) else "negative"
    claims = tuple(sorted({dated.claim.id for _, dated in pairs}))
    return Answer(filler, resolve_of(filler, first), status, polarity, count(_once(pairs)), claims, min(days, default=None), max(days, default=None))


def _once(pairs: list[tuple[Filler, Dated]]) -> list[Dated]:
    """The claims of an answer, each once."""
    return list({dated.claim.id: dated for _, dated in pairs}.values())


def _state(answers: list[Answer]) -> str:
    """How the answers stand. Numbers or times that exclude each other are revised where each comes with a later report,
    else contested; answers that can all be true rest on one origin or on several."""
    if any(_exclude(one, other) for one, other in combinations(answers, 2)):
        return "revised" if len({answer.first for answer in answers}) == len(answers) else "contested"
    return "corroborated" if any(answer.origins.least > 1 for answer in answers) else "single-origin"


def _exclude(one: Answer, other: Answer) -> bool:
    """Whether two answers cannot both be true: their numbers (of one unit and scope) or their times lie apart."""
    mine, theirs = one.filler.quantity, other.filler.quantity
    if mine is not None and theirs is not None:
        same = (mine.unit, mine.per, mine.scope) == (theirs.unit, theirs.per, theirs.scope)
        return same and _apart(mine.least, mine.most, theirs.least, theirs.most)
    if one.when is None or other.when is None or not one.when.edtf or not other.when.edtf:
        return False
    return _apart(*(day.toordinal() if day else None for when in (one.when, other.when) for day in (when.earliest, when.latest)))


def _apart(low: float | None, high: float | None, least: float | None, most: float | None) -> bool:
    return (high is not None and least is not None and high < least) or (most is not None and low is not None and most < low)
