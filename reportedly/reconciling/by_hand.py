"""A claim that a person marks in a report: the same record as one that is read, its words where they stand, its values by the same parsers."""

import hashlib
import re
from dataclasses import replace

from reportedly.errors import BadSetting
from reportedly.records import BY_HAND, Claim, Filler, HandMade, Report, Voice
from reportedly.values import find_quantities, find_times

_WORD = re.compile(r"\w+")


def make_by_hand(report: Report, made: HandMade, playbook: str | None) -> Claim:
    """The claim that was marked. Raises BadSetting where its words do not stand in the text."""
    if not 0 <= made.start < made.end <= len(report.text):
        raise BadSetting(f"{made.start}–{made.end}: no stretch of this text; mark words of it")
    start, end = _trim(report.text, made.start, made.end)
    trigger_start, trigger_end = _find_trigger(report.text, start, end, made.trigger)
    trigger = report.text[trigger_start:trigger_end]
    when = _fill(report, made.time, start, end, "time") if made.time else None
    if when is not None and when.time is None:
        raise BadSetting(f"time={made.time}: reads as no time; mark words such as in early April")
    roles: dict[str, tuple[Filler, ...]] = {name: (_fill(report, words, start, end, name),) for name, words in sorted(made.roles.items()) if words.strip()}
    voice = (*((_speak(report, made),) if made.voice else ()), Voice("outlet", report.outlet or "the outlet"))
    key = "\n".join((report.id, str(playbook), made.frame, trigger, report.text[start:end], str(start), BY_HAND))
    return Claim(
        report.id,
        hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        playbook,
        made.frame,
        start,
        end,
        report.text[start:end],
        trigger,
        trigger_start,
        trigger_end,
        made.status,
        made.polarity,
        made.certainty,
        roles | ({"time": (when,)} if when else {}),
        when,
        voice,
        found=BY_HAND,
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without blanks at its ends. Raises BadSetting where nothing is left."""
    words = text[start:end]
    if not words.strip():
        raise BadSetting("no words are marked; mark a clause of the text")
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _find_trigger(text: str, start: int, end: int, wanted: str | None) -> tuple[int, int]:
    """Where the word stands that the claim hangs on: the one that was named, else the first."""
    if wanted and wanted.strip():
        return _find(text, wanted.strip(), start, end, "trigger")
    first = _WORD.search(text, start, end)
    return (first.start(), first.end()) if first else (start, end)


def _find(text: str, words: str, start: int, end: int, what: str) -> tuple[int, int]:
    at = text.find(words, start, end)
    if at < 0:
        raise BadSetting(f"{what}={words[:60]}: these words do not stand in what is marked; write them as the report does")
    return at, at + len(words)


def _fill(report: Report, words: str, start: int, end: int, role: str) -> Filler:
    first, last = _find(report.text, words.strip(), start, end, role)
    text = report.text[first:last]
    times = [match.expression for match in find_times(text) if match.end - match.start >= len(text) - 4]
    quantities = [match.quantity for match in find_quantities(text)] if not times else []
    return replace(Filler(text, first, last), time=times[0] if times else None, quantity=quantities[0] if quantities else None)


def _speak(report: Report, made: HandMade) -> Voice:
    """The voice by its words: they may stand anywhere in the report, the nearest before the claim are meant."""
    words = (made.voice or "").strip()
    at = report.text.rfind(words, 0, made.end)
    at = at if at >= 0 else report.text.find(words)
    if at < 0:
        raise BadSetting(f"voice={words[:60]}: these words do not stand in the report; write them as it does")
    return Voice(made.voice_kind, words, start=at, end=at + len(words))
