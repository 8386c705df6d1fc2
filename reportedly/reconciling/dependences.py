"""What is said to hang on what: conditions, causes, and what came after what, in the words of the reports."""

import re
from collections.abc import Iterable, Mapping

from reportedly.reconciling.events import find_event_of
from reportedly.reconciling.rounds import named_rounds
from reportedly.records import Dated, Dependence, Event

# Subordinators of English that open a clause or phrase of condition, cause or time before; "since" of a time ("since July") is none.
_OPENERS = (
    ("condition", r"depending on|on condition that|provided that|as long as|unless|if"),
    (
        "cause",
        r"because of|because|due to|owing to|thanks to|given that|given|since (?!(?:then|\d|january|february|march|april|may|june|july|august|september|october|november|december|last)\b)|as a result of|out of|for fear of",
    ),
    ("after", r"after|once|following"),
)
_CLAUSE = re.compile("|".join(rf"\b(?P<{kind}>(?:{words})\s+[^,;:.”\"]+)" for kind, words in _OPENERS), re.IGNORECASE)


def find_dependences(claims: Iterable[Dated], events: Iterable[Event]) -> list[Dependence]:
    """What each claim of a playbook is said to hang on, in the order of the claims; with the events that the words name by their round,
    or in whose claims' triggers they stand."""
    claims = list(claims)
    event_of = find_event_of(events)
    triggers: dict[str, list[tuple[int, int, str]]] = {}
    for dated in claims:
        if dated.claim.id in event_of:
            triggers.setdefault(dated.report.id, []).append((dated.claim.trigger_start, dated.claim.trigger_end, event_of[dated.claim.id].id))
    rounds: dict[str, list[str]] = {}
    for event in {event.id: event for event in event_of.values()}.values():
        if event.round:
            rounds.setdefault(event.round, []).append(event.id)
    return [found for dated in claims if dated.claim.playbook for found in _of_claim(dated, triggers.get(dated.report.id, []), rounds)]


def _of_claim(dated: Dated, triggers: list[tuple[int, int, str]], rounds: Mapping[str, list[str]]) -> Iterable[Dependence]:
    claim = dated.claim
    for match in _CLAUSE.finditer(claim.quote):
        kind = match.lastgroup or ""
        start, end = claim.start + match.start(), claim.start + match.end()
        if start <= claim.trigger_start < end:
            continue  # the claim itself is what something else hangs on
        named = {event for name in named_rounds(match[0]) for event in rounds.get(name, ())}
        spoken = {event for first, last, event in triggers if start <= first and last <= end}
        yield Dependence(claim.id, kind, match[0].strip(), start, end, tuple(sorted(named | spoken)))
