"""A claim that a person marks in a report: the same record as one that is read, its words where they stand, its values by the same parsers."""

import hashlib
import re
from collections.abc import Mapping

from reportedly.errors import BadSetting
from reportedly.reconciling.reviews import read_value
from reportedly.records import BY_HAND, Claim, Filler, HandMade, Report, Voice

_WORD = re.compile(r"\w+")


def make_by_hand(report: Report, made: HandMade, playbook: str | None, units: Mapping[str, str | None]) -> Claim:
    """The claim that was marked; `units` are the roles that it can have with what each counts. Raises BadSetting where its words do not stand in
    the text, cannot be read, or fill no role of the frame."""
    if not 0 <= made.start < made.end <= len(report.text):
        raise BadSetting(f"{made.start}–{made.end}: no stretch of this text; mark words of it")
    start, end = _trim(report.text, made.start, made.end)
    trigger_start, trigger_end = _find_trigger(report.text, start, end, made.trigger)
    trigger, quote = report.text[trigger_start:trigger_end], report.text[start:end]
    when = _fill(report, made, made.time, (start, end), "time", None) if made.time else None
    if when is not None and when.time is None:
        raise BadSetting(f"time={made.time}: reads as no time; mark words such as in early April")
    if foreign := sorted(set(made.roles) - units.keys()):
        raise BadSetting(f"{foreign[0]}: {made.frame} has no such role; there are {', '.join(sorted(units)) or 'none'}")
    roles: dict[str, tuple[Filler, ...]] = {name: (_fill(report, made, words, (start, end), name, units[name]),) for name, words in sorted(made.roles.items())}
    voice = (*((_speak(report, made),) if made.voice else ()), Voice("outlet", report.outlet or "the outlet"))
    nth = report.text.count(quote, 0, start)
    key = "\n".join((report.id, (playbook or "").partition("@")[0], made.frame, trigger, quote, str(nth), BY_HAND))
    return Claim(
        report.id,
        hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        playbook,
        made.frame,
        start,
        end,
        quote,
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
    """Where whole words stand; the blanks between them may be others."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = re.compile(rf"(?<!\w){pattern}(?!\w)").search(text, start, end)
    if not pattern or found is None:
        raise BadSetting(f"{what}={words[:60]}: these words do not stand in what is marked; write them as the report does")
    return found.start(), found.end()


def _fill(report: Report, made: HandMade, words: str, within: tuple[int, int], role: str, unit: str | None) -> Filler:
    first, last = _find(report.text, words, *within, role)
    text = report.text[first:last]
    filler = read_value(Filler(text, first, last), text, made.status, unit)
    if any(mark.isdigit() for mark in text) and filler.quantity is None and filler.time is None:
        raise BadSetting(f"{role}={words[:60]}: its number reads as none; mark it with the words that count, such as at least 40 men")
    return filler


def _speak(report: Report, made: HandMade) -> Voice:
    """The voice by its words: they may stand anywhere in the report; those that stand last before the end of the claim are meant."""
    words = r"\s+".join(map(re.escape, (made.voice or "").split()))
    found = list(re.finditer(rf"(?<!\w){words}(?!\w)", report.text)) if words else []
    if not found:
        raise BadSetting(f"voice={(made.voice or '')[:60]}: these words do not stand in the report; write them as it does")
    meant = next((one for one in reversed(found) if one.start() < made.end), found[0])
    return Voice(made.voice_kind, meant.group(), start=meant.start(), end=meant.end())
