"""Questions to a case: who, what, where, when, how many, at which stage. The answer is what claims say, with who stands behind it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from reportedly.reconciling.events import find_event_of
from reportedly.reconciling.findings import Count, value_key
from reportedly.reconciling.rounds import named_rounds
from reportedly.records import PLACE_ROLES, STAGES, Dated, Event, Filler, Reply
from reportedly.values import find_quantities, find_times

ASKED = "?"  # in place of words: this is what the question wants to know


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: words that must stand in what is said (`what`: a frame, or words; each of several will do), in who speaks or acts
    (`who`), in the places (`where`), the numbers (`how_many`), the round; days that it speaks of (`when`) or words of a time; who says so
    (`by`); statuses and polarity. ASKED in place of words asks for it. None asks for nothing."""

    what: tuple[str, ...] = ()
    who: str | None = None
    where: str | None = None
    when: tuple[date, date] | str | None = None
    how_many: str | None = None
    round: str | None = None
    by: str | None = None
    statuses: tuple[str, ...] = ()
    polarity: str | None = None


def answer(asked: Asked, claims: Iterable[Dated], events: Iterable[Event], count: Count) -> list[Reply]:
    """What the claims answer, by what is asked for (the quotes where nothing is), what has happened first, then in the order in which
    it was told."""
    event_of = find_event_of(events)
    grouped: dict[tuple[str, str, str], list[tuple[str, Dated]]] = {}
    for dated in _outermost(dated for dated in claims if _fits(asked, dated, event_of.get(dated.claim.id))):
        for key, words in _answers_in(asked, dated):
            grouped.setdefault((dated.claim.status, dated.claim.polarity, key), []).append((words, dated))
    replies = [_make_reply(found, count) for found in grouped.values()]
    return sorted(replies, key=lambda reply: STAGES.index(reply.status.removeprefix("not ")))


def _outermost(claims: Iterable[Dated]) -> list[Dated]:
    """The claims without those whose words stand within another's of the same stage: they say nothing that it does not."""
    by_report: dict[str, list[Dated]] = {}
    for dated in claims:
        by_report.setdefault(dated.report.id, []).append(dated)
    return [dated for found in by_report.values() for dated in found if not any(_is_within(dated, other) for other in found)]


def _is_within(one: Dated, other: Dated) -> bool:
    inner, outer = one.claim, other.claim
    if one is other or (inner.status, inner.polarity) != (outer.status, outer.polarity) or not (outer.start <= inner.start and inner.end <= outer.end):
        return False
    same = (inner.start, inner.end) == (outer.start, outer.end)
    return not same or (outer.playbook is not None, outer.id) > (inner.playbook is not None, inner.id)


def _make_reply(found: list[tuple[str, Dated]], count: Count) -> Reply:
    members = list({dated.claim.id: dated for _, dated in found}.values())
    claim = members[0].claim
    status = ("not " if claim.polarity == "negative" else "") + claim.status
    voices = dict.fromkeys(" → ".join(voice.name or voice.text for voice in dated.claim.voice) for dated in members)
    return Reply(found[0][0], status, tuple(voices), count(members), tuple(dated.claim.id for dated in members))


def _answers_in(asked: Asked, dated: Dated) -> list[tuple[str, str]]:
    """What a claim answers, each with what makes two answers one."""
    wanted: list[Filler] = []
    roles = dated.claim.roles.items()
    if asked.how_many == ASKED:
        wanted += [one for _, fillers in roles for one in fillers if one.quantity]
    if asked.where == ASKED:
        wanted += [one for role, fillers in roles if role in PLACE_ROLES for one in fillers]
    if asked.who == ASKED:
        wanted += [one for role, fillers in roles if role not in PLACE_ROLES for one in fillers if one.quantity is None and one.time is None]
    if asked.when == ASKED and dated.claim.when:
        wanted.append(dated.claim.when)
    if wanted:
        return [(value_key(one, dated), one.text) for one in {(one.start, one.end): one for one in wanted}.values()]
    if asked.how_many == ASKED and (numbers := _numbers_in(dated.claim.quote)):
        return [(number, number) for number in numbers]
    return [(dated.claim.id, dated.claim.quote)]


def _fits(asked: Asked, dated: Dated, event: Event | None) -> bool:
    """Whether a claim meets all that a question names."""
    claim = dated.claim
    return (
        (not asked.statuses or claim.status in asked.statuses)
        and asked.polarity in (None, claim.polarity)
        and (not asked.what or any(_is_about(what, dated) for what in asked.what))
        and _has(asked.who, lambda: [*_voices(dated), *_fillers(dated, but=PLACE_ROLES)])
        and _has(asked.where, lambda: [*_fillers(dated, only=PLACE_ROLES), *(voice.place or "" for voice in claim.voice)], lambda: _fillers(dated, only=PLACE_ROLES))
        and _has(asked.by, lambda: _voices(dated))
        and _has_number(asked.how_many, dated)
        and _has_time(asked.when, dated)
        and (asked.round is None or _is_of_round(asked.round, dated, event))
    )


def _is_about(what: str, dated: Dated) -> bool:
    return what == dated.claim.frame or _says(what, dated.claim.quote)


def _has(words: str | None, texts: Callable[[], Iterable[str]], asked: Callable[[], Iterable[str]] | None = None) -> bool:
    if words is None:
        return True
    if words == ASKED:
        return any((asked or texts)())
    return _says(words, "\n".join(texts()))


def _voices(dated: Dated) -> list[str]:
    return [f"{voice.name or ''} {voice.text} {voice.role or ''}" for voice in dated.claim.voice]


def _fillers(dated: Dated, only: tuple[str, ...] | None = None, but: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{one.name or ''} {one.text}" for role, fillers in dated.claim.roles.items() if role not in but and (only is None or role in only) for one in fillers if one.time is None
    ]


def _has_number(words: str | None, dated: Dated) -> bool:
    if words is None:
        return True
    counted = [one.text for fillers in dated.claim.roles.values() for one in fillers if one.quantity]
    counted += _numbers_in(dated.claim.quote)
    return bool(counted) if words == ASKED else _says(words, "\n".join(counted))


def _numbers_in(quote: str) -> list[str]:
    """The numbers of a quote that count something: those of a day count nothing."""
    days = [(one.start, one.end) for one in find_times(quote)]
    return [quote[one.start : one.end] for one in find_quantities(quote) if not any(start <= one.start and one.end <= end for start, end in days)]


def _has_time(when: tuple[date, date] | str | None, dated: Dated) -> bool:
    if when is None:
        return True
    if isinstance(when, str):
        return dated.claim.when is not None if when == ASKED else dated.claim.when is not None and _says(when, dated.claim.when.text)
    spoken = dated.when
    if spoken is None or (spoken.earliest is None and spoken.latest is None):
        return False
    return (spoken.earliest is None or spoken.earliest <= when[1]) and (spoken.latest is None or spoken.latest >= when[0])


def _is_of_round(name: str, dated: Dated, event: Event | None) -> bool:
    """Whether a claim names the round, or stands in an event that is of it or may be."""
    if event is not None and (event.round == name or (event.perhaps is not None and event.perhaps.startswith(f"possibly the {name} "))):
        return True
    return name in named_rounds(dated.claim.quote)


def _says(words: str, text: str) -> bool:
    """Whether a text has words that begin with each of those asked for, in any order; of a|b either will do."""
    said = re.findall(r"[^\W_]+", text.casefold())
    return all(any(one.startswith(part) for part in re.findall(r"[^\W_]+", word.casefold()) or ["\0"] for one in said) for word in words.split())
