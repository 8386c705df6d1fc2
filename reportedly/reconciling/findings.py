"""Findings: for each role of an event all answers, who stands behind them, and how they stand to each other."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from reportedly.reconciling.dating import published_day, resolve
from reportedly.records import STAGES, Answer, Dated, Event, Filler, Finding, Origins
from reportedly.values.places import fold

_ANYBODY = frozenset("they them those these he him she her it its we us who whom which that this others some many most all".split())  # answers nothing by itself


def find_findings(events: Iterable[Event], claims: dict[str, Dated]) -> list[Finding]:
    """Findings of the events, by event and role."""
    return [finding for event in events for finding in _findings_of(event, [claims[one] for one in event.claims])]


def _findings_of(event: Event, members: list[Dated]) -> list[Finding]:
    by_role: dict[str, dict[str, list[tuple[Filler, Dated]]]] = defaultdict(lambda: defaultdict(list))
    for dated in members:
        for role, fillers in dated.claim.roles.items():
            for filler in (one for one in fillers if one.text.lower() not in _ANYBODY):
                by_role[role][value_key(filler, dated)].append((filler, dated))
    found = []
    for role in sorted(by_role):
        answers = sorted((_make_answer(pairs) for pairs in by_role[role].values()), key=lambda answer: (str(answer.first or "9999"), answer.claims))
        found.append(Finding(event.id, event.frame, event.label, role, _state(answers), tuple(answers)))
    return found


def value_key(filler: Filler, dated: Dated) -> str:
    """What makes two fillers one answer: equal bounds and unit, an equal interval, one name, or the same words."""
    if filler.quantity is not None:
        quantity = filler.quantity
        return f"{quantity.least}|{quantity.most}|{quantity.unit}|{quantity.per}|{quantity.scope}"
    when = resolve(filler, dated.report)
    if when is not None and when.edtf:
        return when.edtf
    return fold(filler.name or filler.text).removeprefix("the ")


def _make_answer(pairs: list[tuple[Filler, Dated]]) -> Answer:
    pairs = sorted(pairs, key=lambda pair: (str(published_day(pair[1]) or "9999"), pair[1].claim.id))
    filler, first = pairs[0]
    days = [day for _, dated in pairs if (day := published_day(dated))]
    status = min((dated.claim.status for _, dated in pairs), key=STAGES.index)
    polarity = "positive" if any(dated.claim.polarity == "positive" for _, dated in pairs) else "negative"
    claims = tuple(sorted({dated.claim.id for _, dated in pairs}))
    return Answer(filler, resolve(filler, first.report), status, polarity, count_origins([dated for _, dated in pairs]), claims, min(days, default=None), max(days, default=None))


def count_origins(claims: list[Dated]) -> Origins:
    """An interval of independent origins. Until copies are told from originals, only different named voices are surely
    different; unnamed voices and outlets may all be one."""
    voices = {(voice.kind, fold(voice.name or voice.text), dated.report.outlet or dated.report.id) for dated in claims for voice in dated.claim.voice[:1]}
    named = {name for kind, name, _ in voices if kind == "named"}
    most = len({(kind, name) if kind == "named" else (kind, name, outlet) for kind, name, outlet in voices})
    least = max(1, len(named))
    outlets = len({outlet for *_, outlet in voices})
    return Origins(least, max(least, most), f"{most} voice{'s' * (most != 1)} in {outlets} outlet{'s' * (outlets != 1)}, {len(named)} named")


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
