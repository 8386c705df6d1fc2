"""From a comparison to a link: which kind, which way, how sure, and why. The weights are few and visible; they were set on pairs labelled
by reading, and the pairs not used for that say how good they are (`gate/lineage`)."""

import re
from dataclasses import dataclass

from reportedly.lineage.boilerplate import host_of
from reportedly.lineage.compare import Comparison
from reportedly.lineage.features import Features
from reportedly.records import Aligned, Link, Report
from reportedly.values.places import find_namesakes, fold

_VERBATIM = 0.93  # of the words of both that stand in common runs
_EDITED = 0.25  # of the words of one
_FEW = 40  # words in common runs below which nothing is copied: a quotation or a boilerplate line is as long
_FACTS = 0.5  # of the names and numbers of one that a copy has: two briefs in the same formula have each their own
_SHARED = 4  # names and numbers that both must have: fewer are any two reports' of one town
_REWRITTEN = 0.53  # of the score below
_WEIGHTS = {"said": 0.35, "names": 0.3, "numbers": 0.25, "order": 0.1}
SHORT, _TOLD = 0.6, 0.25  # a digest is so much shorter than what it credits, and tells so much of itself from it
_UPDATED = 0.6  # of the words of one, below which a later report of one outlet is a new one
_GOES_ON, _SAME_NAMES = 0.25, 0.35  # what a follow-up says again, and the names that both have
_MORE = 0.1  # of the words that a later version of one outlet has more
_FEWER = 0.08  # of the names and numbers that a rewrite has fewer
_NO_SITE = frozenset(("www", "m", "amp", "news", "co", "com", "org", "web"))
_CREDITS = r"(?:reported|reports|said|says|told|according to|citing|first published|originally|published by|via|credit|courtesy of|contribut\w+|source)"


@dataclass(frozen=True, slots=True)
class Paper:
    """A report with its features: what two of are compared."""

    report: Report
    features: Features


def classify(one: Paper, other: Paper, comparison: Comparison) -> Link | None:
    """The link between two reports; None where they only tell of the same, or of nothing in common."""
    same_outlet = _is_same_outlet(one.report, other.report)
    kind, score = _kind_of(comparison, goes_on=same_outlet and one.report.published != other.report.published)
    if (digest := _digest(one, other, comparison)) is not None and kind in ("", "rewritten"):
        kind, score = "digest", digest
    if kind == "":
        return None
    if one.report.language and other.report.language and one.report.language != other.report.language:
        kind = "translated"
    forward, reason = _direction(one.report, other.report, comparison, same_outlet=same_outlet)
    source, target = (one, other) if forward is not False else (other, one)
    direction = "either way" if forward is None else {"follow-up": "follows", "digest": "cites"}.get(kind, "copies")
    return Link(source.report.id, target.report.id, kind, direction, round(score, 2), f"{_evidence(comparison)}; {reason}", _spans(comparison, turned=source is other))


def _is_same_outlet(one: Report, other: Report) -> bool:
    sites = [fold(report.outlet or host_of(report)) for report in (one, other)]
    return sites[0] != "" and sites[0] == sites[1]


def _kind_of(comparison: Comparison, *, goes_on: bool) -> tuple[str, float]:
    """The kind and how sure it is; "" where nothing was taken over. An outlet that goes on with its own story
    another day follows it up: it has the names again, and much that is new."""
    runs = comparison.runs
    if comparison.run_words >= _FEW and max(comparison.facts) >= _FACTS:
        if min(runs) >= _VERBATIM:
            return "verbatim", min(runs)
        if max(runs) >= _EDITED:
            return ("follow-up" if goes_on and min(runs) < _UPDATED else "edited"), max(runs)
    score = rewriting(comparison)
    if comparison.shared < _SHARED:
        return "", score
    if score >= _REWRITTEN:
        return ("follow-up" if goes_on and min(comparison.said) < _UPDATED else "rewritten"), score
    if goes_on and max(comparison.said) >= _GOES_ON and min(comparison.names) >= _SAME_NAMES:
        return "follow-up", score
    return "", score


def rewriting(comparison: Comparison) -> float:
    """How far two texts tell the same in other words (0 to 1): what each says of the other's sentences, the names and numbers that
    both have, and their order. Two reporters at one event agree on some names and numbers, and each has others."""
    values = {"said": sum(comparison.said) / 2, "names": min(comparison.names), "numbers": min(comparison.numbers), "order": comparison.order}
    return sum(_WEIGHTS[name] * value for name, value in values.items())


def _digest(one: Paper, other: Paper, comparison: Comparison) -> float | None:
    """How much of a short report that credits the other comes from it; None where there is no such one."""
    lengths = len(one.features.tokens), len(other.features.tokens)
    for short, long, paper, source, said in ((*lengths, one, other, comparison.said[0]), (*lengths[::-1], other, one, comparison.said[1])):
        if short < SHORT * long and said >= _TOLD and credited(paper.report, source.report):
            return said
    return None


def _direction(one: Report, other: Report, comparison: Comparison, *, same_outlet: bool) -> tuple[bool | None, str]:
    """Whether the first rests on the second (True), the second on the first (False), or it cannot be told (None); and by what. Credit
    tells most, then the days of publication; of one outlet and day the version that has all of the other and more is the later, and
    of a text and its rewrite the one that drops facts is the rewrite."""
    mine, theirs = credited(one, other), credited(other, one)
    if (mine is None) != (theirs is None):
        return mine is not None, f"it credits {mine or theirs}"
    days = [report.published.when for report in (one, other)]
    if days[0] is not None and days[1] is not None:
        if _before(days[1].latest, days[0].earliest):
            return True, f"published {days[0].edtf}, after {days[1].edtf}"
        if _before(days[0].latest, days[1].earliest):
            return False, f"published {days[1].edtf}, after {days[0].edtf}"
    if not same_outlet and comparison.run_words < _FEW and abs(comparison.facts[0] - comparison.facts[1]) > _FEWER:
        return comparison.facts[0] > comparison.facts[1], "all of its facts are the other's, which has more"
    if same_outlet and abs(comparison.runs[0] - comparison.runs[1]) > _MORE:
        return comparison.runs[0] < comparison.runs[1], "it has what the other has, and more"
    return None, "which came first is not known"


def _before(one: object, other: object) -> bool:
    return one is not None and other is not None and one < other  # type: ignore[operator]


def credited(report: Report, other: Report) -> str | None:
    """The name under which a report gives credit to the other's outlet, site or agency; None where it does not."""
    own = {fold(name) for name in _names_of(report)}
    for name in _names_of(other):
        if fold(name) in own:
            continue
        if report.agency is not None and fold(report.agency) == fold(name):
            return name
        words = re.escape(name.removeprefix("The ").removeprefix("the "))
        if re.search(rf"(?:{_CREDITS}\W+(?:\w+\W+){{0,4}}?{words}\b|\b{words}\b(?:,[^.,\n]{{0,80}},)?\W+(?:\w+\W+){{0,2}}?{_CREDITS}\b|\({words}\))", report.text, re.IGNORECASE):
            return name
    return None


def _names_of(report: Report) -> list[str]:
    """Outlet, and the name of the site in its address: "ksl" of www.ksl.com, "wxii" of www.wxii12.com; not a town's."""
    labels = [label.rstrip("0123456789") for label in host_of(report).split(".")[:-1] if label not in _NO_SITE]
    sites = [label for label in labels[-1:] if len(label) > 2 and not find_namesakes(label)]
    return [name for name in (report.outlet, *sites) if name]


def _evidence(comparison: Comparison) -> str:
    """The figures in words."""
    parts = [f"{comparison.run_words} words run alike"] if comparison.run_words else []
    same = len(comparison.aligned)
    parts += [f"{same} sentence{'s say' if same != 1 else ' says'} the same"] if same else []
    if comparison.quotes[0]:
        parts.append(f"{comparison.quotes[0]} of {comparison.quotes[1]} quotations")
    parts.append(f"{max(comparison.names):.0%} of the names and {max(comparison.numbers):.0%} of the numbers of one stand in the other")
    return ", ".join(parts)


def _spans(comparison: Comparison, *, turned: bool) -> tuple[Aligned, ...]:
    """The stretches from the source to the target of a link."""
    if not turned:
        return comparison.aligned
    swapped = (Aligned(one.other_start, one.other_end, one.start, one.end, one.share) for one in comparison.aligned)
    return tuple(sorted(swapped, key=lambda one: (one.start, one.other_start)))
