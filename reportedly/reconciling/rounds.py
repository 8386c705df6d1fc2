"""Rounds: which of a series a claim is of, by its words; and, where words name none, which it may be and why."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from reportedly.reconciling.dating import published_day
from reportedly.records import Claim, Dated, Event

NAMES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
FURTHER = "further"
_ORDINAL = re.compile(rf"\b({'|'.join(NAMES)})(?: and (?:{'|'.join(NAMES)}))?[ -](?:rounds?|batch|wave|phase|intake)\b", re.IGNORECASE)
_NAMED = re.compile(rf"\b({'|'.join(NAMES)})(?:,? (?:and|or) ({'|'.join(NAMES)}))?[ -](?:rounds?|batch|wave|phase|intake|selections?)\b", re.IGNORECASE)
_FURTHER = re.compile(r"\b(?:another|an additional|additional|a further|further|more) (?:selections?|rounds?|recruitments?|batch)\b", re.IGNORECASE)
_RECENT = timedelta(days=400)  # what lies more than a year back belongs to another programme of rounds


def round_of(claim: Claim) -> str | None:
    """The round that a claim is of, if it names one and no other: "second", or "further" for "another selection". A round
    that only a clause before it mentions ("considering the first round, …") is not its own."""
    at = claim.trigger_start - claim.start
    own = [m for m in _ORDINAL.finditer(claim.quote) if m.end() > at or "," not in claim.quote[m.end() : at]]
    if len(own) == 1 and " and " not in own[0][0]:
        return own[0][1].lower()
    later = next((m for m in _FURTHER.finditer(claim.quote) if m.end() > at), None)  # the trigger may be the selection itself
    return FURTHER if later and all(m.start() < at for m in own) else None


def named_rounds(text: str) -> frozenset[str]:
    """Every round that a text names: "the first and second round selections" both."""
    return frozenset(name.lower() for found in _NAMED.findall(text) for name in found if name)


def suppose_rounds(events: Iterable[Event], claims: Mapping[str, Dated]) -> list[Event]:
    """The events of one frame, with `perhaps` said of those of a series of rounds that name none: a further one may be the next after
    the last told of; one that came about before any second was told of, with a number or a recent time, the first."""
    events = list(events)
    numbered = [(event, NAMES.index(event.round)) for event in events if event.round in NAMES]
    if not any(number > 0 for _, number in numbered):
        return events
    told = {event.id: day for event in events if (day := _first_told(event, claims))}
    return [replace(event, perhaps=perhaps) if event.id in told and (perhaps := _supposed(event, numbered, told, claims)) else event for event in events]


def _supposed(event: Event, numbered: list[tuple[Event, int]], told: Mapping[str, date], claims: Mapping[str, Dated]) -> str | None:
    day = told[event.id]
    later = [(told[other.id], number) for other, number in numbered if number > 0 and other.id in told]
    if not later:
        return None
    if event.round == FURTHER:
        asserted = [number for other, number in numbered if other.status in ("occurred", "ongoing", "planned") and told.get(other.id, day) <= day]
        last = max(asserted, default=len(NAMES))
        return f"possibly the {NAMES[last + 1]} round, or an addition to the {NAMES[last]}: no words say which" if last + 1 < len(NAMES) else None
    if event.round is None and event.status == "occurred" and all(other >= day for other, _ in later) and _is_recent(event, day, claims):
        return f"possibly the first round: told of no later than the {NAMES[min(number for _, number in later)]}, and no words say which"
    return None


def _first_told(event: Event, claims: Mapping[str, Dated]) -> date | None:
    return min((day for one in event.claims if (day := published_day(claims[one]))), default=None)


def _is_recent(event: Event, told: date, claims: Mapping[str, Dated]) -> bool:
    counted = any(filler.quantity for one in event.claims for filler in claims[one].claim.roles.get("people", ()))
    when = event.when
    return counted or (when is not None and when.earliest is not None and told - when.earliest <= _RECENT)
