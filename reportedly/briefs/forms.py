"""The sentences that a brief is written in, and how they are read back into slots: who, when, how sure, which value in which role.

Writing takes a claim and gives a sentence; reading takes a sentence and gives its slots, which are compared with the claim one by one
(`slots`): stage and days as values, names and fillers as they are worded here.
"""

import re
from collections.abc import Iterable

from reportedly.reconciling.dating import resolve, resolve_of
from reportedly.records import Claim, Dated, Filler, Voice
from reportedly.values import Quantity, When

_STATUS = {
    "occurred": "having happened",
    "ongoing": "ongoing",
    "planned": "planned",
    "required": "required",
    "considered": "under consideration",
    "predicted": "expected",
    "hypothetical": "hypothetical",
}
_DOUBT = {"certain": "", "probable": "probably ", "possible": "possibly "}
KNOWN = {"stated": "", "said-unknown": "said to be unknown", "not-found": "not found out", "unstated": "not said"}
_ARTICLES = ("A", "An", "The", "One", "Two", "Some", "Many", "Most", "Several", "Multiple")
UNDATED = "on an unknown day"


def write_said(dated: Dated) -> str:
    """Who reported when, as what, for which time: the claim's own words."""
    claim = dated.claim
    marks = [f" (time: {time})" if (time := write_time(dated)) else "", f" (condition: “{flatten(claim.condition)}”)" if claim.condition else ""]
    marks += [f" ({KNOWN[claim.known]})" if KNOWN[claim.known] else ""]
    lead = write_lead(dated)
    return f"{lead[0].upper()}{lead[1:]}, {write_status(claim)}{''.join(marks)}: “{flatten(claim.quote)}”."


def write_slots(frame: str, label: str, roles: Iterable[tuple[str, Filler]], dated: Dated, origins: str = "") -> str:
    """What stands in which role of which event, by whose word, and on how many origins it rests."""
    filled = ", ".join(f"{role} {write_filler(filler, dated)}" for role, filler in roles)
    what = f" ({name})" if (name := flatten(label.removeprefix(f"{frame}: "))) else ""
    return f"{frame.capitalize()}{what} — {filled}, {write_status(dated.claim)}, as {write_lead(dated)}{f'; {origins}' if origins else ''}."


def write_moment(dated: Dated) -> str:
    """When something is said to be, in a line of a timeline."""
    claim = dated.claim
    time = write_time(dated)
    return f"{time[0].upper()}{time[1:]}: {claim.frame} “{flatten(claim.trigger)}”, {write_status(claim)}, as {write_lead(dated)}."


def write_lead(dated: Dated) -> str:
    """ "Hanbit Wire, citing a source in Rason (anonymous, told on 2031-03-10), reported on 2031-03-12"."""
    voices = [write_voice(voice, dated) for voice in reversed(dated.claim.voice)]
    return f"{', citing '.join(voices)}{',' * (len(voices) > 1)} reported {write_published(dated)}"


def write_published(dated: Dated) -> str:
    """When the report appeared."""
    when = dated.report.published.when
    return write_when(when) if when else UNDATED


def write_voice(voice: Voice, dated: Dated) -> str:
    """A voice with what it is and when it spoke; an outlet that is not known is that of its file."""
    text = flatten(voice.name or voice.text)
    text = text[0].lower() + text[1:] if text.split(" ", 1)[0] in _ARTICLES else text
    if voice.kind == "outlet" and dated.report.outlet is None:
        text = f"{text} of {flatten(dated.report.file)}"
    if voice.kind == "unspecified":
        text = f"no named source, “{text}”"
    told = resolve(voice.on, dated.report)
    marks = [voice.kind if voice.kind not in ("outlet", "named", "unspecified") else "", f"told {write_when(told)}" if told and told.edtf else ""]
    return text + (f" ({', '.join(mark for mark in marks if mark)})" if any(marks) else "")


def write_status(claim: Claim) -> str:
    """ "as probably not planned"."""
    return f"as {_DOUBT[claim.certainty]}{'not ' if claim.polarity == 'negative' else ''}{_STATUS[claim.status]}"


def write_time(dated: Dated) -> str:
    """The time that a claim speaks of: its interval, else its words; in a copy with the reading from its own day. Empty where there is
    none."""
    when = dated.when
    if when and when.edtf:
        own = f", counted from the original’s day; from the copy’s own {when.other}" if when.anchor == "original" else ""
        return write_when(when) + own
    return f"“{flatten(dated.claim.when.text)}”" if dated.claim.when else ""


def write_when(when: When) -> str:
    """ "on 2031-03-12", "in 2031-03", "from 2031-01-01", "by 2031-04-30", "between 2031-04-01 and 2031-04-10"."""
    if "/" not in when.edtf:
        return f"{'on' if when.edtf.count('-') == 2 else 'in'} {when.edtf}"
    if when.earliest == when.latest:
        return f"about {when.earliest}"
    if when.latest is None:
        return f"from {when.earliest}"
    return f"by {when.latest}" if when.earliest is None else f"between {when.earliest} and {when.latest}"


def write_filler(filler: Filler, dated: Dated) -> str:
    """The words of a filler in quotation marks, with the number or the interval that they mean."""
    when = resolve_of(filler, dated)
    read = write_quantity(filler.quantity) if filler.quantity else write_when(when) if when and when.edtf else ""
    return f"“{flatten(filler.text)}”" + (f" = {read}" if read else "")


def write_quantity(quantity: Quantity) -> str:
    """ "400 to 500 people", "at least 600 people", "about 200 USD per month"."""
    least, most = (f"{one:,}" if one is not None else None for one in (quantity.least, quantity.most))
    if least is not None and most is not None and least != most:
        number = f"{least} to {most}" if quantity.bound in ("exact", "range") else f"{quantity.bound} {least} to {most}"
    elif quantity.bound in ("exact", "range"):
        number = least or most or "an unknown number of"
    else:
        number = f"{quantity.bound} {least if least is not None else most}"
    unit = "people" if quantity.unit == "person" else flatten(quantity.unit or "")
    return " ".join([number, *([unit] if unit else []), *([f"per {flatten(quantity.per)}"] if quantity.per else [])])


def flatten(text: str) -> str:
    """Text on one line; control characters are shown, not passed on."""
    line = text if text.isprintable() else "".join(mark if mark.isprintable() else " " if mark.isspace() else f"\\u{ord(mark):04x}" for mark in text)
    return " ".join(line.split())


_DAY = r"\d{4}-\d\d-\d\d"
_WHEN = rf"(?:on {_DAY}|in \d{{3,4}}X?(?:-\d\d)?|about {_DAY}|from {_DAY}|by {_DAY}|between {_DAY} and {_DAY})"
_AS = rf"as (?:probably |possibly )?(?:not )?(?:{'|'.join(_STATUS.values())})"
_LEAD = rf"(?P<voice>.+?,?) reported (?P<published>{_WHEN}|{UNDATED})"
_SAID = re.compile(
    rf"{_LEAD}, (?P<status>{_AS})(?: \(time: (?P<time>{_WHEN}[^()“”]*|“[^”]*”)\))?(?: \(condition: “(?P<condition>.*?)”\))?"
    rf"(?: \((?P<known>{'|'.join(filter(None, KNOWN.values()))})\))?: “(?P<quote>.*)”\."
)
_HEAD = re.compile(r"(?P<frame>[A-Z]\w*)(?: \((?P<label>.*?)\))? — (?P<rest>[a-z_]+ “.*)")
_TAIL = re.compile(rf" reported (?P<published>{_WHEN}|{UNDATED})(?:; (?P<origins>[^;]*))?\.")
_MOMENT = re.compile(rf"(?P<time>(?i:{_WHEN})[^“”]*?|“[^”]*”): (?P<frame>\w+) “(?P<trigger>.*?)”, (?P<status>{_AS}), as {_LEAD}\.")
_ROLE = re.compile(r"([a-z_]+) (“.*?”(?: = .+?)?)(?=, [a-z_]+ “|$)")


def read_form(text: str) -> dict[str, str] | None:
    """The slots of a sentence that is in one of the forms, None for any other. Roles are named "role: people 1", for two fillers may share one;
    a mark that is not there is empty."""
    if m := _SAID.fullmatch(text):
        return {name: (words or "").removesuffix("," if name == "voice" else "\0") for name, words in m.groupdict().items()}
    if m := _MOMENT.fullmatch(text):
        return m.groupdict() | {"voice": m["voice"].removesuffix(",")}
    return _read_slots(text)


def _read_slots(text: str) -> dict[str, str] | None:
    """The form with roles, taken apart from its end: what stands in a role may hold any words."""
    head, at = _HEAD.fullmatch(text), text.rfind(" reported ")
    tail = _TAIL.fullmatch(text, at) if at >= 0 else None
    if head is None or tail is None or at < head.start("rest"):
        return None
    before, _, voice = text[head.start("rest") : at].rpartition(", as ")
    roles, _, status = before.rpartition(", as ")
    found = list(_ROLE.finditer(roles))
    if not re.fullmatch(_AS, f"as {status}") or not found or ", ".join(one[0] for one in found) != roles:
        return None
    slots = {"frame": head["frame"].lower(), "label": head["label"] or "", "status": f"as {status}", "voice": voice.removesuffix(",")}
    slots |= {"published": tail["published"], "origins": tail["origins"] or ""}
    return slots | {f"role: {one[1]} {number}": one[2] for number, one in enumerate(found, start=1)}


def read_status(words: str) -> tuple[str, str, str]:
    """Status, polarity and certainty of "as probably not planned"."""
    rest = words.removeprefix("as ")
    certainty = next(name for name, said in _DOUBT.items() if said and rest.startswith(said)) if rest.startswith(("probably ", "possibly ")) else "certain"
    rest = rest.removeprefix(_DOUBT[certainty])
    polarity = "negative" if rest.startswith("not ") else "positive"
    return next(name for name, said in _STATUS.items() if said == rest.removeprefix("not ")), polarity, certainty


def read_when(words: str) -> tuple[str | None, str | None]:
    """First and last day (ISO) of an interval as `write_when` words it, None where open; a month or a year stands for both."""
    how, *days = re.findall(r"^\w+|\d{3,4}X?(?:-\d\d){0,2}", words)
    if how == "from":
        return days[0], None
    return (None, days[0]) if how == "by" else (days[0], days[-1])
