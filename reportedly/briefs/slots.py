"""Whether the slots of a sentence in one of our forms stand so in a claim: this value in this role of this event, said by this voice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportedly.briefs.forms import KNOWN, flatten, read_form, read_status, read_when, write_filler, write_lead, write_published, write_time
from reportedly.briefs.ground import Ground
from reportedly.briefs.sections import write_origins
from reportedly.records import Dated
from reportedly.values import When


@dataclass(frozen=True, slots=True)
class Complaint:
    """A word of a sentence that its citations do not carry, and what they have instead."""

    word: str
    what: str


def opening(text: str) -> str:
    """The first words of a sentence, for one that is wrong as a whole."""
    return text if len(text) <= _OPENING else text[:_OPENING].rpartition(" ")[0] + " …"


_OPENING = 48


def check_form(text: str, read: Mapping[str, str], cited: Sequence[Dated], ground: Ground) -> list[Complaint]:
    """What does not hold of a sentence in one of our forms, whose slots were `read`. A name or a condition may read like the form itself ("X reported on …"): what the
    claim has, letter by letter, is read as one word."""
    found = check_slots(read, cited, ground)
    for line in cited if found else ():
        masks = {one: f"\ue000{number}\ue001" for number, one in enumerate(_foreign(line, ground), start=1) if one}
        masked = text
        for one, mask in masks.items():
            masked = masked.replace(one, mask)
        slots = read_form(masked)
        if slots is not None and masked != text and not check_slots({name: _unmask(words, masks) for name, words in slots.items()}, cited, ground):
            return []
    return found


def _foreign(line: Dated, ground: Ground) -> list[str]:
    """The stretches of a sentence that are the report's, the longest first."""
    event = ground.events.get(line.claim.id)
    chain = _voice_of(line)
    fillers = [flatten(filler.text) for fillers in line.claim.roles.values() for filler in fillers]
    found = [flatten(line.claim.quote), chain, chain[:1].upper() + chain[1:], flatten(line.claim.condition or ""), flatten(line.claim.trigger), *fillers]
    found += [flatten(event.label.removeprefix(f"{line.claim.frame}: "))] if event else []
    return sorted(dict.fromkeys(one for one in found if any(sign in one for sign in _SIGNS)), key=len, reverse=True)


_SIGNS = ("“", "”", " reported ", "(", ")", ", as ", " — ", ", citing ")


def _unmask(words: str, masks: Mapping[str, str]) -> str:
    for one, mask in masks.items():
        words = words.replace(mask, one)
    return words


def check_slots(slots: Mapping[str, str], cited: Sequence[Dated], ground: Ground) -> list[Complaint]:
    """What does not hold of a sentence: nothing where one of its claims carries every slot, and each of the others the same value."""
    tried = [list(_compare(slots, line, ground)) for line in cited]
    carrying = min(range(len(cited)), key=lambda at: len(tried[at]))
    if tried[carrying]:
        return tried[carrying]
    if not _roles_in(slots):
        return [Complaint(f"claim {line.claim.id[:8]}", f"does not say so: {complaints[0].what}") for line, complaints in zip(cited, tried, strict=True) if complaints]
    return [
        Complaint(words, f"claim {line.claim.id[:8]} does not give it as {role}")
        for line in cited
        for role, words in _roles_in(slots)
        if not _gives(line, role, words) and len(cited) > 1 and not _is_near(line, role, cited[carrying])
    ]


def _compare(slots: Mapping[str, str], line: Dated, ground: Ground) -> Iterator[Complaint]:
    claim, event = line.claim, ground.events.get(line.claim.id)
    known = {
        "voice": _voice_of(line),
        "time": write_time(line),
        "condition": flatten(claim.condition or ""),
        "known": KNOWN[claim.known],
        "quote": flatten(line.report.text[claim.start : claim.end]),
        "frame": claim.frame,
        "trigger": flatten(line.report.text[claim.trigger_start : claim.trigger_end]),
        "label": flatten((event.label if event else "").removeprefix(f"{claim.frame}: ")),
    }
    for name, words in slots.items():
        if name in known and _fold(words) != _fold(known[name]):
            yield Complaint(_differing(words, known[name]), f"the {name} of the claim is {known[name] or 'none'!r}")
    if (said := read_status(slots["status"])) != (claim.status, claim.polarity, claim.certainty):
        yield Complaint(slots["status"], f"the claim is {claim.certainty}, {claim.polarity}, {claim.status}" + (" (a plan is no event)" if said[0] == "occurred" else ""))
    if _days(slots["published"]) != _ends(line.report.published.when) or slots["published"] != write_published(line):
        yield Complaint(slots["published"], f"the report appeared {_ends(line.report.published.when) if line.report.published.when else 'on an unknown day'}")
    yield from _compare_roles(slots, line, ground)


def _compare_roles(slots: Mapping[str, str], line: Dated, ground: Ground) -> Iterator[Complaint]:
    for role, words in _roles_in(slots):
        if not _gives(line, role, words):
            other = next((one for one in line.claim.roles if _gives(line, one, words)), None)
            yield Complaint(words, f"is the {other} of the claim, not its {role}" if other else f"the claim has no such {role}")
    if slots.get("origins"):
        role = _roles_in(slots)[0][0]
        found = ground.origins.get((line.claim.id, role))
        if found is None or write_origins(found) != slots["origins"]:
            yield Complaint(slots["origins"], f"{write_origins(found) if found else 'no origin'} can be told apart")


def _roles_in(slots: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each role of a sentence with its words."""
    return [(name.split()[1], words) for name, words in slots.items() if name.startswith("role: ")]


def _gives(line: Dated, role: str, words: str) -> bool:
    """Whether a claim has this filler in this role: its words in the report, and what they are read as."""
    return any(write_filler(filler, line) == words for filler in line.claim.roles.get(role, ()))


def _is_near(line: Dated, role: str, carrying: Dated) -> bool:
    """Whether a further claim gives the same value in other words ("men" and "workers")."""
    values = [{_value(one, role, number) for number in range(len(one.claim.roles.get(role, ())))} for one in (carrying, line)]
    return bool(values[0] & values[1])


def _value(line: Dated, role: str, number: int) -> tuple[object, ...]:
    filler = line.claim.roles[role][number]
    quantity = filler.quantity
    return (quantity.least, quantity.most, quantity.unit) if quantity else (filler.name or filler.text.lower(),)


def _voice_of(line: Dated) -> str:
    return write_lead(line).rpartition(" reported ")[0].removesuffix(",")


def _ends(when: When | None) -> tuple[str | None, str | None]:
    """First and last day of an interval; a month and a year stand for both."""
    if when is None or not when.edtf:
        return None, None
    if "/" not in when.edtf:
        return when.edtf, when.edtf
    return (when.earliest.isoformat() if when.earliest else None, when.latest.isoformat() if when.latest else None)


def _days(words: str) -> tuple[str | None, str | None]:
    return read_when(words) if any(mark.isdigit() for mark in words) else (None, None)


def _fold(words: str) -> str:
    return words[:1].lower() + words[1:]


def _differing(words: str, known: str) -> str:
    """The stretch of words in which two texts differ, with what stands in the first; the whole where it is short."""
    mine, theirs = words.split(), known.split()
    start = next((at for at, (one, other) in enumerate(zip(mine, theirs, strict=False)) if one != other), min(len(mine), len(theirs)))
    end = 0
    while end < min(len(mine), len(theirs)) - start and mine[-1 - end] == theirs[-1 - end]:
        end += 1
    return " ".join(mine[start : len(mine) - end]) or words
