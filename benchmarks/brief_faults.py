"""Faulty sentences made from a brief that is right, to try a lint of citations: python -m benchmarks.brief_faults BRIEF.md CLAIMS.jsonl N SEED

BRIEF.md is a brief as the program writes it, CLAIMS.jsonl what `reportedly claims CASE --json` says of its case. Each fault changes one
sentence so that the claims it cites no longer carry it. At least half are swaps: both things stand in the case, but not so. The same
seed gives the same faults.
"""

import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, permutations, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

_DAY = r"\d{4}-\d\d-\d\d"
_WHEN = rf"(?:on {_DAY}|in \d{{3,4}}X?(?:-\d\d)?|about {_DAY}|from {_DAY}|by {_DAY}|between {_DAY} and {_DAY})"
_STATUSES = ("having happened", "ongoing", "planned", "required", "under consideration", "expected", "hypothetical")
_AS = rf"as (?:probably |possibly )?(?:not )?(?:{'|'.join(_STATUSES)})"
_LEAD = rf"(?P<lead>.+?) reported (?P<published>{_WHEN}|on an unknown day)"
_FORMS = {
    "said": re.compile(
        rf"{_LEAD}, (?P<status>{_AS})(?P<timed> \(time: (?P<time>[^()]*)\))?(?P<conditioned> \(condition: “(?P<condition>.*?)”\))?"
        r"(?P<known> \((?:said to be unknown|not found out)\))?: “(?P<quote>.*)”\."
    ),
    "slots": re.compile(rf"(?P<frame>[A-Z]\w*)(?: \((?P<label>.*?)\))? — (?P<roles>[a-z_]+ “.*), (?P<status>{_AS}), as {_LEAD}(?:; (?P<origins>\d+ origins?[^;]*))?\."),
    "moment": re.compile(rf"(?P<time>(?i:{_WHEN})): (?P<frame>\w+) “(?P<trigger>.*?)”, (?P<status>{_AS}), as {_LEAD}\."),
}
_SENTENCE = re.compile(r"(.+?)((?:\[\^\d+\])+)(?: |$)")
_NOTE = re.compile(r"\[\^(\d+)\]: .*; claim ([0-9a-f]+);")
_ROLE = re.compile(r"([a-z_]+) “(.*?)”(?: = (.+?))?(?=, [a-z_]+ “|$)")
_TOLD = re.compile(rf"told ((?:on|in) (?:{_DAY}|[\d-]+))")
_QUOTED = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”")
_NUMBER = re.compile(r"(?<![\w\-/,.])\d[\d,]*\d(?![\w\\]|-\d|/\d)|(?<![\w\-/,.])\d(?![\w\\,/]|-\d)")
_RANGE = re.compile(r"\s*(?:to|and|or|-|–|million and|million to)\s*(?:\\?\$|USD )?\s*")
_PLAN = re.compile(r"(Plan (?:\w+) — )(.+?)(?=: (?:due by|no day is named|said to have|nothing confirms)|, due by)")
_GAP = re.compile(r"((?:Unstated|Said-unknown): .*?(?:, of|did it happen:) )(.+?)(?=, due by|\?$)")
_REASON = re.compile(r"(Taken together because )(.+)(?=\.$)")

_NEAR_ROLES = (
    {"people", "who", "group", "earner", "holder", "number", "document"},
    {"destination", "whither", "toward", "target", "for", "to", "recipient"},
    {"place", "where", "on", "destination", "whither"},
    {"sender", "selector", "actor", "by", "giver", "payer", "who", "from", "origin", "people"},
    {"mode", "via"},
    {"amount", "number", "duration", "term"},
    {"position", "toward", "act", "attitude", "content", "what", "target"},
)
_ACTOR_ROLES = {"sender", "selector", "actor", "by", "giver", "payer", "from", "to", "recipient", "holder", "earner", "group", "who", "people"}
_PLACE_ROLES = {"destination", "origin", "via", "place", "whither", "where"}
_UNNAMED = re.compile(r"(?:they|them|it|he|she|we|who|which|those|these|that|this|another|one plan|nobody|no one|none|some|many|people|men|the source|he|others)\b.*|.*\d.*", re.I)
_WIDE = {"Russia", "Ukraine", "China", "North Korea", "South Korea", "Asia", "Africa", "Europe", "Donbas", "Donbass", "East", "Far East", "Middle East", "South Asia"}
_STRANGE_PLACES = ("Ulaanbaatar", "Qatar", "Tashkent", "Dalian", "Senegal", "Odesa")
_STRANGE_OUTLETS = ("Kyodo News", "Reuters", "The Moscow Times", "Harbin Courier")
_STRANGE_PEOPLE = ("Park Min-jae", "Pavel Orlov", "Chen Guowei")
_MONTHS = ("January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December")
_NUMBER_WORDS = {"two": "five", "three": "nine", "four": "eleven", "six": "eight", "seven": "twelve", "seventh": "fourth", "hundred": "thousand"}
_TURNED = {
    "having happened": ("planned", "expected"),
    "ongoing": ("planned", "hypothetical"),
    "planned": ("having happened", "ongoing"),
    "required": ("having happened", "under consideration"),
    "under consideration": ("having happened", "required"),
    "expected": ("having happened", "ongoing"),
    "hypothetical": ("having happened", "ongoing"),
}
_HEDGES = (
    (re.compile(r"\b(?:[Aa]bout|[Aa]round|[Rr]oughly|[Nn]early|[Aa]lmost) (?=\\?\$?\d)"), ""),
    (re.compile(r"\b(?:[Aa]t least|[Mm]ore than|[Uu]p to) "), ""),
    (re.compile(r"(?<!the )\b(?:[Rr]eportedly|[Aa]pparently|[Pp]robably|[Pp]ossibly|[Pp]resumably|(?<!highly )likely(?! to)|alleged) "), ""),
    (re.compile(r"\blikely to\b"), "certain to"),
    (re.compile(r"\b(?:may|could|might)\b"), "will"),
    (re.compile(r"\bMAY\b"), "WILL"),
    (re.compile(r"\b(?:seems|appears) (?=\w)"), "is "),
    (re.compile(r"\bare expected to\b"), "are certain to"),
)
_OPPOSITES = dict(
    pair.split("/")
    for pair in (
        "more/fewer|before/after|after/before|completed/abandoned|cheap/costly|safe/dangerous|safest/riskiest|dangerous/safe|fierce/slight|reluctant/eager|eager/reluctant|"
        "avoid/seek|avoiding/seeking|avoided/sought|AVOID/SEEK|most/few|Most/Few|forbid/allow|bans/permits|denied/confirmed|smaller/larger|withdrawn/renewed|inside/outside|"
        "early/late|selected/rejected|picked/rejected|chosen/rejected|volunteered/refused|agree/disagree|agreed/refused|good/bad|high/low|shortage/surplus|backed/opposed|"
        "sold/bought|fewer/more|paid/refused|withhold/refund|increase/reduce|urgently/hardly|strongly/hardly|openly/secretly|overland/maritime|miserable/comfortable|"
        "crossed/never crossed|last/next|welcome/unwelcome|doubt/believe|closed/opened|reopened/closed|taken/returned|abides/does not abide|fierce/mild|better/worse|worth/not worth|"
        "overseas/at home|abroad/at home|winter/summer|already/not yet|condemned/praised|criticizing/praising|excessive/modest|received/were refused|send/withdraw|dispatch/recall"
    ).split("|")
)
_ADDED = (
    "A reliable source says so.",
    "We judge with high confidence that it is likely.",
    "Several independent outlets confirm it.",
    "There is no doubt about it.",
    "The figures have been verified on the spot.",
    "The government in Seoul has protested.",
)
_ADDED_TO_PLANS = ("The departure is confirmed.", "The workers left in November.", "It went ahead as announced.", "The plan has since been dropped.")
_OUTCOMES = {"overdue": ("kept", "dropped"), "open": ("kept", "overdue"), "kept": ("overdue", "open"), "dropped": ("kept",), "revised": ("kept",)}


class Filler(NamedTuple):
    """What stands in a role of a claim; the offsets are those of the report."""

    role: str
    text: str
    name: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What this seeder needs to know of a claim; texts are escaped as in the brief."""

    id: str
    report: str
    start: int
    raw: str
    quote: str
    frame: str
    fillers: tuple[Filler, ...]
    voices: tuple[str, ...]

    def gives(self, role: str, words: str) -> bool:
        """Whether these words stand in this role."""
        return any(one.role == role and _fold(one.text) == _fold(words) for one in self.fillers)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the brief with its footnotes, the claims they name, and where its parts stand in it."""

    line: int
    section: str
    text: str
    marks: tuple[int, ...]
    cited: tuple[Claim, ...]
    form: str
    spans: Mapping[str, tuple[int, int]]

    def part(self, name: str) -> str:
        """The words of a part, empty where it has none."""
        start, end = self.spans.get(name, (0, 0))
        return self.text[start:end]

    def put(self, **parts: str) -> str:
        """The sentence with other words for some of its parts."""
        text = self.text
        for name, words in sorted(parts.items(), key=lambda item: -self.spans[item[0]][0]):
            start, end = self.spans[name]
            text = text[:start] + words + text[end:]
        return self.marked(text)

    def marked(self, text: str, marks: Sequence[int] | None = None) -> str:
        """A text with the footnotes of this sentence, or with others."""
        return text + "".join(f"[^{mark}]" for mark in (self.marks if marks is None else marks))

    @property
    def voices(self) -> list[str]:
        """Outlet first, the innermost voice last."""
        return self.part("lead").removesuffix(",").split(", citing ") if self.part("lead") else []

    def say(self, voices: Sequence[str], **parts: str) -> str:
        """The sentence by other voices."""
        lead = ", citing ".join(voices) + "," * (len(voices) > 1)
        lead = lead[0].upper() + lead[1:] if self.form == "said" else lead.replace("The outlet of", "the outlet of")
        return self.put(lead=lead, **parts)

    @property
    def roles(self) -> list[tuple[str, str, str]]:
        """Role, words and reading of what the sentence puts in roles."""
        return [(m[1], m[2], m[3] or "") for m in _ROLE.finditer(self.part("roles"))]

    def fill(self, roles: Iterable[tuple[str, str, str]]) -> str:
        """The sentence with other things in its roles."""
        return self.put(roles=", ".join(f"{role} “{words}”" + (f" = {read}" if read else "") for role, words, read in roles))

    @property
    def claim(self) -> Claim | None:
        """The cited claim whose words the sentence quotes."""
        return next((one for one in self.cited if one.quote == self.part("quote")), None)

    @property
    def words(self) -> str:
        """All that the cited claims say, for a look whether something stands there."""
        return " | ".join(one.quote for one in self.cited)


@dataclass(slots=True)
class Case:
    """The sentences of a brief in their order, and what can be taken from one for another."""

    sentences: list[Sentence]
    claims: Mapping[int, Claim]
    voices: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    outlets: dict[str, str] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)

    def near(self, one: Sentence, far: int = 3) -> Iterator[Sentence]:
        """The sentences of the same form and section that stand nearby."""
        at = self.sentences.index(one)
        for other in self.sentences[max(0, at - far) : at + far + 1]:
            if other is not one and other.form == one.form and other.section == one.section:
                yield other


Kind = Callable[[Sentence, Case], Iterator[str]]


# Reading


def read_claims(lines: Iterable[str]) -> dict[str, Claim]:
    """The claims of a case by id, from JSON lines."""
    return {claim.id: claim for claim in map(_read_claim, lines)}


def _read_claim(line: str) -> Claim:
    given: dict[str, Any] = json.loads(line)
    fillers = tuple(Filler(role, _escape(one["text"]), one["name"], one["start"], one["end"]) for role, ones in given["roles"].items() for one in ones if not one["derived"])
    voices = tuple(_escape(name) for voice in given["voice"] for name in (voice["text"], voice["name"]) if name)
    return Claim(given["id"], given["report"], given["start"], given["quote"], _escape(given["quote"]), given["frame"], fillers, voices)


def read_brief(text: str, claims: Mapping[str, Claim]) -> Case:
    """The sentences of a brief that cite claims, and what they can lend each other."""
    lines = text.splitlines()
    notes = {int(m[1]): claims[m[2]] for line in lines if (m := _NOTE.match(line))}
    case, section = Case([], notes), ""
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            section = line
        if section == "## Reports":
            break
        for m in _SENTENCE.finditer(line.removeprefix("- ")):
            case.sentences.append(_read_sentence(number, section, m[1], tuple(map(int, re.findall(r"\d+", m[2]))), notes))
    _collect(case)
    return case


def _read_sentence(line: int, section: str, text: str, marks: tuple[int, ...], notes: Mapping[int, Claim]) -> Sentence:
    for form, pattern in _FORMS.items():
        if m := pattern.fullmatch(text):
            spans = {name: m.span(name) for name, words in m.groupdict().items() if words is not None}
            return Sentence(line, section, text, marks, tuple(notes[mark] for mark in marks), form, spans)
    return Sentence(line, section, text, marks, tuple(notes[mark] for mark in marks), "derived", {})


def _collect(case: Case) -> None:
    """Voices, outlet and day of each report, and the places that claims name."""
    for one in case.sentences:
        if one.form == "derived":
            continue
        report = one.cited[0].report
        case.outlets.setdefault(report, one.voices[0].replace("The outlet of", "the outlet of"))
        case.published.setdefault(report, one.part("published"))
        case.voices[report] += [bare for voice in one.voices[1:] if (bare := _untold(voice)) not in case.voices[report]]
    found = {one.text.removeprefix("the ") for claim in case.claims.values() for one in claim.fillers if one.role in _PLACE_ROLES}
    case.places = sorted(name for name in found if re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?", name))


def _escape(text: str) -> str:
    """Text on one line, escaped as the brief escapes it."""
    return "".join("\\" + mark if mark in "\\`*_[]<>#|~$" else mark for mark in " ".join(text.split()))


def _untold(voice: str) -> str:
    """A voice without the day on which it spoke."""
    return re.sub(rf"(?:, |(?<=\()){_TOLD.pattern}", "", voice).replace(" ()", "")


def _fold(text: str) -> str:
    """A name without article, case and marks, to see whether two are the same."""
    return re.sub(r"^(?:a|an|the|some|many|multiple) ", "", re.sub(r" \((?:anonymous|organisation|report|unspecified)\b.*\)$", "", text).lower().replace("\\", "").strip())


def _alike(one: str, other: str) -> bool:
    """Whether two names may stand for the same: one is in the other."""
    return _fold(one) in _fold(other) or _fold(other) in _fold(one)


def _interval(when: str) -> tuple[str, str]:
    """First and last day as text that sorts."""
    days = re.findall(r"\d{4}(?:-\d\d){0,2}", when)
    if not days:
        return "0", "9"
    how = when.split(maxsplit=1)[0].lower()
    return ("0" if how == "by" else days[0]), ("9" if how == "from" else days[-1] + "-99")


def _apart(one: str, other: str) -> bool:
    """Whether two times have no day in common."""
    (start, end), (first, last) = _interval(one), _interval(other)
    return end < first or last < start


# Swaps: both things stand in the case


def swap_role_values(one: Sentence, _: Case) -> Iterator[str]:
    """Two roles of a sentence exchange their values."""
    for (i, a), (j, b) in combinations(enumerate(one.roles), 2):
        if a[0] != b[0] and not _given(one, a[0], b[1]) and not _given(one, b[0], a[1]) and not _related(a[0], b[0]):
            roles = list(one.roles)
            roles[i], roles[j] = (a[0], *b[1:]), (b[0], *a[1:])
            yield one.fill(roles)


def rename_role(one: Sentence, _: Case) -> Iterator[str]:
    """A value stands under the name of another role that the claim also has."""
    for at, (role, words, read) in enumerate(one.roles):
        for other in sorted({filler.role for claim in one.cited for filler in claim.fillers} - {role}):
            if not _given(one, other, words) and not _related(role, other):
                yield one.fill([*one.roles[:at], (other, words, read), *one.roles[at + 1 :]])


def take_value_of_same_claim(one: Sentence, _: Case) -> Iterator[str]:
    """A role is given another value of the same claim."""
    for at, (role, words, _read) in enumerate(one.roles):
        for filler in one.cited[0].fillers:
            if filler.role != role and not _alike(filler.text, words) and not _related(role, filler.role) and not _given(one, role, filler.text):
                yield one.fill([*one.roles[:at], (role, filler.text, ""), *one.roles[at + 1 :]])


def _given(one: Sentence, role: str, words: str) -> bool:
    return any(claim.gives(role, words) for claim in one.cited)


def _related(role: str, other: str) -> bool:
    """Whether a value could stand in either of two roles and both be right."""
    return any({role, other} <= near for near in _NEAR_ROLES)


def swap_fillers_in_quotation(one: Sentence, _: Case) -> Iterator[str]:
    """Who and whom, whence and whither exchange their places in the quoted words."""
    claim = one.claim
    if claim is None or claim.frame == "contact":
        return
    fillers = [filler for filler in claim.fillers if filler.role in _ACTOR_ROLES | _PLACE_ROLES | {"target"}]
    for a, b in combinations(sorted(fillers, key=lambda filler: filler.start), 2):
        if a.role != b.role and a.end < b.start and not _alike(a.text, b.text) and not _UNNAMED.fullmatch(a.text) and not _UNNAMED.fullmatch(b.text):
            first, second = a.start - claim.start, b.start - claim.start
            between = claim.raw[a.end - claim.start : second]
            if first >= 0 and b.end - claim.start <= len(claim.raw) and between.strip() not in ("", "and", "or", ","):
                ends = claim.raw[:first], claim.raw[b.end - claim.start :]
                words = claim.raw[first : a.end - claim.start], claim.raw[second : b.end - claim.start]
                yield one.put(quote=_escape(f"{ends[0]}{words[1]}{between}{words[0]}{ends[1]}"))


def voice_of_actor(one: Sentence, _: Case) -> Iterator[str]:
    """The innermost voice gives way to someone whom the claim only speaks of."""
    if len(one.voices) > 1:
        yield from (one.say([*one.voices[:-1], actor]) for actor in _actors(one))


def voice_added_from_actor(one: Sentence, _: Case) -> Iterator[str]:
    """What the outlet says itself is put in the mouth of someone whom the claim speaks of."""
    if len(one.voices) == 1:
        yield from (one.say([*one.voices, actor]) for actor in _actors(one))


def _actors(one: Sentence) -> Iterator[str]:
    """Those who act in the cited claims and are no voices of theirs."""
    said = [name for claim in one.cited for name in claim.voices]
    for filler in (filler for claim in one.cited for filler in claim.fillers if filler.role in _ACTOR_ROLES):
        names = [filler.text, *([filler.name] if filler.name else [])]
        if len(filler.text) < 60 and not _UNNAMED.fullmatch(filler.text) and not any(_alike(name, voice) for name in names for voice in [*said, *one.voices]):
            actor = re.sub(r"^(?:The|An?|Some|Many|Most|Each) ", lambda m: m[0].lower(), filler.text)
            yield f"{actor} ({'organisation' if filler.name else 'anonymous'})"


def voice_of_same_report(one: Sentence, case: Case) -> Iterator[str]:
    """The innermost voice gives way to another voice of the report."""
    if len(one.voices) > 1:
        yield from (one.say([*one.voices[:-1], voice]) for voice in _others(one, case))


def voice_added_from_same_report(one: Sentence, case: Case) -> Iterator[str]:
    """What the outlet says itself is put in the mouth of a voice of its report."""
    if len(one.voices) == 1:
        yield from (one.say([*one.voices, voice]) for voice in _others(one, case))


def _others(one: Sentence, case: Case) -> Iterator[str]:
    """Voices of the report that are none of the cited claims."""
    said = [name for claim in one.cited for name in claim.voices] + one.voices
    words = one.words.lower()
    for voice in case.voices[one.cited[0].report]:
        if not any(_alike(voice, name) for name in said) and "(unspecified" not in voice and _fold(voice) not in words:
            yield voice


def voices_of_neighbour(one: Sentence, case: Case) -> Iterator[str]:
    """A sentence is given the voices of one nearby; its citations stay."""
    for other in case.near(one):
        mine, theirs = ([_fold(voice) for voice in sentence.voices] for sentence in (one, other))
        if mine and mine != theirs and not any(_alike(other.voices[-1], name) for claim in one.cited for name in claim.voices):
            yield one.say(other.voices)


def outlet_of_another_report(one: Sentence, case: Case) -> Iterator[str]:
    """The outlet of another report stands for that of the cited one."""
    for outlet in sorted(set(case.outlets.values())):
        if one.voices and _fold(outlet) != _fold(one.voices[0]) and outlet not in {case.outlets[claim.report] for claim in one.cited}:
            yield one.say([outlet, *one.voices[1:]])


def published_of_another_report(one: Sentence, case: Case) -> Iterator[str]:
    """The report appeared on the day of another."""
    for day in sorted(set(case.published.values())):
        if one.voices and "unknown" not in day and day not in {case.published[claim.report] for claim in one.cited}:
            yield one.put(published=day)


def swap_published_and_told(one: Sentence, _: Case) -> Iterator[str]:
    """The day of publication and the day told exchange their places."""
    published = one.part("published")
    for at, voice in enumerate(one.voices):
        if (m := _TOLD.search(voice)) and m[1] != published:
            voices = [*one.voices[:at], voice.replace(m[1], published), *one.voices[at + 1 :]]
            yield one.say(voices, published=m[1])


def swap_published_and_time(one: Sentence, _: Case) -> Iterator[str]:
    """The day of publication and the time spoken of exchange their places."""
    time, published = one.part("time"), one.part("published")
    days = re.findall(_DAY, time)
    if days and published.startswith("on 2") and days[0] not in published:
        new = published if len(days) > 1 else time.replace(days[0], published.removeprefix("on "))
        yield one.put(time=new[0].upper() + new[1:] if one.form == "moment" else new, published=f"on {days[0]}")


def swap_told_and_time(one: Sentence, _: Case) -> Iterator[str]:
    """The day told and the time spoken of exchange their places."""
    days = re.findall(_DAY, one.part("time"))
    for at, voice in enumerate(one.voices):
        if (m := _TOLD.search(voice)) and len(days) == 1 and m[1].startswith("on ") and days[0] not in m[1]:
            voices = [*one.voices[:at], voice.replace(m[1], f"on {days[0]}"), *one.voices[at + 1 :]]
            yield one.say(voices, time=one.part("time").replace(days[0], m[1].removeprefix("on ")))


def time_of_another_claim(one: Sentence, case: Case) -> Iterator[str]:
    """The time that another sentence speaks of; it has no day in common with the right one."""
    for time in sorted({other.part("time") for other in case.sentences if other.form == "said" and re.fullmatch(_WHEN, other.part("time"))}):
        if re.search(r"\d", one.part("time")) and _apart(time, one.part("time")):
            yield one.put(time=time[0].upper() + time[1:] if one.form == "moment" else time)


def swap_numbers_in_quotation(one: Sentence, _: Case) -> Iterator[str]:
    """Two numbers of a quotation exchange their places; not the ends of one range, which mean the same either way."""
    pattern = re.compile(rf"{_NUMBER.pattern}|\b(?:two|three|four|six|seven|seventh|ten|hundred|thousand)\b")
    for name in ("quote", "condition"):
        text = one.part(name)
        found = list(pattern.finditer(text))
        for a, b in combinations(found, 2):
            if a[0] != b[0] and not _RANGE.fullmatch(text[a.end() : b.start()]) and a[0][-1].isdigit() == b[0][-1].isdigit():
                yield one.put(**{name: f"{text[: a.start()]}{b[0]}{text[a.end() : b.start()]}{a[0]}{text[b.end() :]}"})


def number_of_another_claim(one: Sentence, case: Case) -> Iterator[str]:
    """A number in quoted words gives way to one that another claim has."""
    pool = sorted({m[0] for claim in case.claims.values() for m in _NUMBER.finditer(claim.quote)} - {m[0] for m in _NUMBER.finditer(one.words)})
    yield from _renumber(one, lambda number: [other for other in pool if _is_year(other) == _is_year(number)])


def place_of_another_claim(one: Sentence, case: Case) -> Iterator[str]:
    """A place in quoted words gives way to one that another claim has; never to one that might hold it."""
    pool = [place for place in case.places if place not in _WIDE and place not in one.words]
    yield from _replace_place(one, case, pool)


def swap_quotations(one: Sentence, case: Case) -> Iterator[str]:
    """Two quotations of a line exchange their places, those of one sentence or of two."""
    if one.form == "derived":
        quotes = list(re.finditer(r"“([^“”]*)” \([^()]*\d\d\d\d-", one.text))
        for a, b in combinations(quotes, 2):
            yield one.marked(one.text[: a.start(1)] + b[1] + one.text[a.end(1) : b.start(1)] + a[1] + one.text[b.end(1) :])
    for other in case.sentences:
        if one.form == "said" and other.line == one.line and other is not one:
            yield from (one.put(quote=quote[1:-1]) for quote in _QUOTED.findall(other.text) if _foreign(quote[1:-1], one.cited))


def quotation_of_same_voice(one: Sentence, case: Case) -> Iterator[str]:
    """The words of the next sentence by the same voices; the citations stay."""
    for other in case.near(one):
        if one.form == "said" and one.part("lead") == other.part("lead") and one.part("published") == other.part("published") and _foreign(other.part("quote"), one.cited):
            yield one.put(quote=other.part("quote"))


def trigger_of_another_claim(one: Sentence, case: Case) -> Iterator[str]:
    """In the timeline, the word of the next event."""
    for other in case.near(one):
        if one.form == "moment" and other.part("trigger").lower() not in one.words.lower():
            yield one.put(trigger=other.part("trigger"))


def citations_of_neighbour(one: Sentence, case: Case) -> Iterator[str]:
    """Two sentences nearby exchange their citations."""
    for other in case.near(one):
        if not set(one.marks) & set(other.marks) and _cannot_rest_on(one, other.cited):
            yield one.marked(one.text, other.marks)


def _cannot_rest_on(one: Sentence, claims: Sequence[Claim]) -> bool:
    """Whether other claims lack the very words of a sentence; a derived sentence rests on its own only."""
    if one.form == "said":
        return _foreign(one.part("quote"), claims)
    if one.form == "slots":
        return any(all(not _alike(words, filler.text) for claim in claims for filler in claim.fillers) for _, words, _ in one.roles)
    return one.form == "derived" or all(one.part("trigger").lower() not in claim.quote.lower() for claim in claims)


def _foreign(quote: str, claims: Sequence[Claim]) -> bool:
    """Whether a quotation is in no claim, and none in it."""
    return bool(quote) and all(quote.lower() not in claim.quote.lower() and claim.quote.lower() not in quote.lower() for claim in claims)


def label_of_another_event(one: Sentence, case: Case) -> Iterator[str]:
    """The name of another event, and one that can be told apart: by a number, a day, a round or a name."""
    if one.form == "slots":
        for other in case.sentences:
            label = other.part("label")
            if other.part("frame") == one.part("frame") and re.search(r"\d|round|hundred|thousand|[a-z] [A-Z]", label) and _is_other_event(label, one):
                yield one.put(label=label)
    for pattern in (_PLAN, _GAP, _REASON):
        if m := pattern.match(one.text):
            labels = sorted({n[2] for other in case.sentences if (n := pattern.match(other.text))})
            yield from (one.marked(one.text[: m.start(2)] + label + one.text[m.end(2) :]) for label in labels if label != m[2] and not _alike(label, m[2]) and _tells(label))


def _is_other_event(label: str, one: Sentence) -> bool:
    return bool(one.part("label")) and not _alike(label, one.part("label")) and all(not _alike(label, filler.text) for claim in one.cited for filler in claim.fillers)


def _tells(label: str) -> bool:
    return bool(re.search(r"\d|round|hundred|thousand", label))


def swap_ordinals(one: Sentence, _: Case) -> Iterator[str]:
    """ "the first" and "the second" exchange their places; where they are one list, they mean the same either way."""
    for start, end in [(0, len(one.text))] if one.form == "derived" else [one.spans["quote"]] if "quote" in one.spans else []:
        text = one.text[start:end]
        for a, b in combinations(re.finditer(r"\b(?:first|second|third)\b", text), 2):
            if a[0] != b[0] and text[a.end() : b.start()].strip() not in ("and", "or", "and the", "or the"):
                yield one.marked(one.text[:start] + text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :] + one.text[end:])


# Others: something that stands nowhere, or is left out


def _is_year(number: str) -> bool:
    return number.isdigit() and 1900 < int(number) < 2100


def _new_numbers(number: str) -> list[str]:
    """Other numbers, written alike."""
    value = int(number.replace(",", ""))
    others = (value - 3, value + 2) if _is_year(number) else (value * 3, value + max(1, value // 2))
    return [f"{other:,}" if "," in number or other > 9999 else str(other) for other in others]


def _renumber(one: Sentence, give: Callable[[str], list[str]]) -> Iterator[str]:
    """The sentence with another number in its quoted words; in a role also where they are read."""
    for m in _NUMBER.finditer(one.part("quote")):
        text = one.part("quote")
        yield from (one.put(quote=text[: m.start()] + new + text[m.end() :]) for new in give(m[0]))
    for at, (role, words, read) in enumerate(one.roles):
        for m in _NUMBER.finditer(words):
            for new in give(m[0]):
                changed = words[: m.start()] + new + words[m.end() :]
                yield one.fill([*one.roles[:at], (role, changed, re.sub(rf"\b{m[0]}\b", new, read)), *one.roles[at + 1 :]])
                yield one.fill([*one.roles[:at], (role, changed, read), *one.roles[at + 1 :]])


def change_number_quoted(one: Sentence, _: Case) -> Iterator[str]:
    """A number in quoted words is another."""
    known = {m[0] for m in _NUMBER.finditer(one.words)}
    yield from _renumber(one, lambda number: [new for new in _new_numbers(number) if new not in known])
    text = one.part("quote")
    for m in re.finditer(r"\b(?:two|three|four|six|seven|seventh|hundred)\b", text):
        yield one.put(quote=text[: m.start()] + _NUMBER_WORDS[m[0]] + text[m.end() :])


def change_number_read(one: Sentence, _: Case) -> Iterator[str]:
    """What a number is read as is another."""
    for at, (role, words, read) in enumerate(one.roles):
        for m in _NUMBER.finditer(read):
            yield from (one.fill([*one.roles[:at], (role, words, read[: m.start()] + new + read[m.end() :]), *one.roles[at + 1 :]]) for new in _new_numbers(m[0]))


def change_number_derived(one: Sentence, _: Case) -> Iterator[str]:
    """A number of a sentence that the program derives is another: days late, reports, ends of a range, people counted."""
    if one.form == "derived":
        for m in _NUMBER.finditer(one.text):
            if not any(quote.start() < m.start() < quote.end() for quote in _QUOTED.finditer(one.text)):
                yield from (one.marked(one.text[: m.start()] + new + one.text[m.end() :]) for new in _new_numbers(m[0]))


def change_origins(one: Sentence, _: Case) -> Iterator[str]:
    """The number of origins is another."""
    if m := re.match(r"(\d+) origins?", one.part("origins")):
        yield from (one.put(origins=one.part("origins").replace(m[0], f"{int(m[1]) + more} origins", 1)) for more in (1, 2))


def change_date(one: Sentence, _: Case) -> Iterator[str]:
    """A day outside the quotations is another, and not one that the right one implies (by the 30th, so by the 31st)."""
    for m in re.finditer(_DAY, one.text):
        if not any(quote.start() < m.start() < quote.end() for quote in _QUOTED.finditer(one.text)):
            how = "/" if "/" in (one.text[m.start() - 1], one.text[m.end() : m.end() + 1]) else one.text[: m.start()].split()[-1].lower()
            for days in {"by": (-5, -16), "from": (-31, -12), "about": (-40, 33), "between": (3,), "and": (-3,), "/": (-31, 30)}.get(how, (-9, 13)):
                new = (date.fromisoformat(m[0]) + timedelta(days)).isoformat()
                if new not in one.text:
                    yield one.marked(one.text[: m.start()] + new + one.text[m.end() :])


def change_month_quoted(one: Sentence, _: Case) -> Iterator[str]:
    """A month in quoted words is another."""
    text = one.part("quote")
    for m in re.finditer(rf"\b(?:{'|'.join(_MONTHS)})\b", text):
        yield from (one.put(quote=text[: m.start()] + new + text[m.end() :]) for new in (_MONTHS[_MONTHS.index(m[0]) - step] for step in (1, 3)) if new not in text)


def change_place(one: Sentence, case: Case) -> Iterator[str]:
    """A place is one of which no claim speaks."""
    yield from _replace_place(one, case, [place for place in _STRANGE_PLACES if not any(place in claim.quote for claim in case.claims.values())])
    for at, voice in enumerate(one.voices[1:], 1):
        for m in re.finditer(r"(?<=\b(?:in|at) )[A-Z]\w+(?: [A-Z]\w+)*|(?<=\binside )[A-Z]\w+(?: [A-Z]\w+)*", voice):
            yield from (one.say([*one.voices[:at], voice[: m.start()] + new + voice[m.end() :], *one.voices[at + 1 :]]) for new in _STRANGE_PLACES)


def _replace_place(one: Sentence, case: Case, pool: Sequence[str]) -> Iterator[str]:
    """The sentence with another place in its quotation or in a role."""
    if not case.places:
        return
    pattern = re.compile(rf"\b(?<!-)(?:{'|'.join(map(re.escape, sorted(case.places, key=len, reverse=True)))})\b(?!’s|'s| [A-Z])")
    for m in pattern.finditer(one.part("quote")):
        yield from (one.put(quote=one.part("quote")[: m.start()] + new + one.part("quote")[m.end() :]) for new in pool)
    for at, (role, words, read) in enumerate(one.roles):
        for m in pattern.finditer(words):
            yield from (one.fill([*one.roles[:at], (role, words[: m.start()] + new + words[m.end() :], read), *one.roles[at + 1 :]]) for new in pool)


def change_outlet(one: Sentence, _: Case) -> Iterator[str]:
    """The outlet is one of which there is no report."""
    if one.voices:
        yield from (one.say([new, *one.voices[1:]]) for new in _STRANGE_OUTLETS)


def change_person(one: Sentence, _: Case) -> Iterator[str]:
    """A named voice is another person."""
    for at, voice in enumerate(one.voices[1:], 1):
        if "(" not in voice or "(organisation" in voice:
            yield from (one.say([*one.voices[:at], new + voice[len(voice.split(" (")[0]) :], *one.voices[at + 1 :]]) for new in _STRANGE_PEOPLE)


def drop_voice(one: Sentence, _: Case) -> Iterator[str]:
    """The outlet, or the voice it cites, is made to say itself what it says on another's word."""
    if len(one.voices) > 1:
        yield one.say(one.voices[:-1])


def turn_status(one: Sentence, _: Case) -> Iterator[str]:
    """A plan becomes an event, an event a plan, and the like."""
    for said in _STATUSES:
        if one.part("status").endswith(said):
            yield from (one.put(status=one.part("status").removesuffix(said) + new) for new in _TURNED[said])


def turn_polarity(one: Sentence, _: Case) -> Iterator[str]:
    """ "not" is added or taken away."""
    if status := one.part("status"):
        yield one.put(status=status.replace(" not ", " ") if " not " in status else re.sub(r"^as (probably |possibly )?", lambda m: f"{m[0]}not ", status))


def drop_doubt(one: Sentence, _: Case) -> Iterator[str]:
    """ "probably" or "possibly" is left out, or "possibly" becomes "probably"."""
    status = one.part("status")
    if m := re.search(r"probably |possibly ", status):
        yield one.put(status=status.replace(m[0], ""))
        if m[0] == "possibly ":
            yield one.put(status=status.replace(m[0], "probably "))


def drop_hedge_quoted(one: Sentence, _: Case) -> Iterator[str]:
    """A word of caution is left out of quoted words; in a role also where they are read."""
    for pattern, new in _HEDGES:
        for m in pattern.finditer(one.part("quote")):
            yield one.put(quote=one.part("quote")[: m.start()] + new + one.part("quote")[m.end() :])
        for at, (role, words, read) in enumerate(one.roles):
            for m in pattern.finditer(words):
                changed = words[: m.start()] + new + words[m.end() :]
                yield one.fill([*one.roles[:at], (role, changed, read), *one.roles[at + 1 :]])
                if (plain := re.sub(r"^(?:about|at least|more than|at most|up to) ", "", read)) != read:
                    yield one.fill([*one.roles[:at], (role, changed, plain), *one.roles[at + 1 :]])


def drop_hedge_read(one: Sentence, _: Case) -> Iterator[str]:
    """A number is read as exact, or "about" as "more than"."""
    for at, (role, words, read) in enumerate(one.roles):
        for m in re.finditer(r"^(?:about|at least|more than) ", read):
            for new in ("", *(other for other in ("about ", "more than ", "at most ") if other != m[0] and {other, m[0]} != {"at least ", "more than "})):
                yield one.fill([*one.roles[:at], (role, words, new + read[m.end() :]), *one.roles[at + 1 :]])


def drop_condition(one: Sentence, case: Case) -> Iterator[str]:
    """A condition is left out, also of the quoted words, or is that of another claim."""
    if condition := one.part("condition"):
        quote = re.sub(rf" ?{re.escape(condition)}(?:, )?", "", one.part("quote"))
        yield one.put(conditioned="", quote=quote)
        yield from (one.put(condition=other) for other in sorted({other.part("condition") for other in case.sentences} - {"", condition}) if not _alike(other, condition))


def change_told(one: Sentence, case: Case) -> Iterator[str]:
    """The day told is left out, or invented where none is said; never one on which the voice did speak."""
    known = {m[1] for other in case.sentences if other.voices and other.cited[0].report == one.cited[0].report for m in _TOLD.finditer(other.part("lead"))}
    for at, voice in enumerate(one.voices[1:], 1):
        if _TOLD.search(voice):
            yield one.say([*one.voices[:at], _untold(voice), *one.voices[at + 1 :]])
        elif (m := re.search(r"\((anonymous|organisation)\)$", voice)) and (day := re.search(_DAY, one.part("published"))):
            for back in (1, 2, 6):
                told = f"on {date.fromisoformat(day[0]) - timedelta(back)}"
                if told not in known:
                    yield one.say([*one.voices[:at], voice.replace(m[0], f"({m[1]}, told {told})"), *one.voices[at + 1 :]])


def replace_citation(one: Sentence, case: Case) -> Iterator[str]:
    """A citation names a claim of another report that has other words."""
    for mark, claim in case.claims.items():
        elsewhere = claim.report not in {cited.report for cited in one.cited} and _cannot_rest_on(one, [claim])
        if elsewhere and (one.form != "derived" or not _matters(claim.quote) & _matters(f"{one.text} {one.words}")):
            yield one.marked(one.text, [mark])


def _matters(text: str) -> set[str]:
    """The longer words of a text: two texts without one in common do not speak of the same."""
    return {word.lower() for word in re.findall(r"[A-Za-z]{5,}", text)}


def remove_citation(one: Sentence, _: Case) -> Iterator[str]:
    """All citations are left out, or the one that has words which the sentence quotes."""
    yield one.text
    quotes = [quote[1:-1] for quote in _QUOTED.findall(one.text)] if one.form == "derived" else [words for _, words, _ in one.roles]
    for mark, claim in zip(one.marks, one.cited, strict=True):
        rest = [other for other in one.marks if other != mark]
        others = " | ".join(other.quote for other in one.cited if other is not claim)
        if rest and any(quote in claim.quote and quote not in others for quote in quotes):
            yield one.marked(one.text, rest)


def add_sentence(one: Sentence, _: Case) -> Iterator[str]:
    """Free words after it, with its citations or without."""
    added = _ADDED + (_ADDED_TO_PLANS if one.part("status").endswith(("planned", "expected", "hypothetical")) and " not " not in one.part("status") else ())
    for words in added:
        yield f"{one.marked(one.text)} {one.marked(words)}"
        yield f"{one.marked(one.text)} {words}"


def turn_outcome(one: Sentence, _: Case) -> Iterator[str]:
    """What came of a plan is another thing; so is what the case does not know."""
    if m := re.match(r"Plan (\w+) — ", one.text):
        yield from (one.marked(one.text[: m.start(1)] + new + one.text[m.end(1) :]) for new in _OUTCOMES.get(m[1], ()))
    for old, new in (("nothing confirms it", "one report confirms it"), ("said to have occurred", "said not to have occurred"), ("no day is named", "a day is named")):
        if one.form == "derived" and old in one.text:
            yield one.marked(one.text.replace(old, new))


def turn_gap(one: Sentence, _: Case) -> Iterator[str]:
    """ "nobody says" and "said to be unknown" stand for each other."""
    for old, new in permutations(("Unstated: ", "Said-unknown: ")):
        if one.text.startswith(old):
            yield one.marked(new + one.text.removeprefix(old))


def turn_word_quoted(one: Sentence, _: Case) -> Iterator[str]:
    """A quoted word is its opposite."""
    text = one.part("quote")
    for m in re.finditer(r"[\w’]+", text):
        if m[0] in _OPPOSITES:
            yield one.put(quote=text[: m.start()] + _OPPOSITES[m[0]] + text[m.end() :])


SWAPS: dict[str, Kind] = {
    "role-values-swapped": swap_role_values,
    "role-renamed": rename_role,
    "value-of-same-claim": take_value_of_same_claim,
    "fillers-swapped-in-quotation": swap_fillers_in_quotation,
    "voice-of-actor": voice_of_actor,
    "voice-added-from-actor": voice_added_from_actor,
    "voice-of-same-report": voice_of_same_report,
    "voice-added-from-same-report": voice_added_from_same_report,
    "voices-of-neighbour": voices_of_neighbour,
    "outlet-of-another-report": outlet_of_another_report,
    "published-of-another-report": published_of_another_report,
    "published-and-told-swapped": swap_published_and_told,
    "published-and-time-swapped": swap_published_and_time,
    "told-and-time-swapped": swap_told_and_time,
    "time-of-another-claim": time_of_another_claim,
    "numbers-swapped-in-quotation": swap_numbers_in_quotation,
    "number-of-another-claim": number_of_another_claim,
    "place-of-another-claim": place_of_another_claim,
    "quotations-swapped": swap_quotations,
    "quotation-of-same-voice": quotation_of_same_voice,
    "trigger-of-another-claim": trigger_of_another_claim,
    "citations-of-neighbour": citations_of_neighbour,
    "label-of-another-event": label_of_another_event,
    "ordinals-swapped": swap_ordinals,
}
OTHERS: dict[str, Kind] = {
    "number-changed-quoted": change_number_quoted,
    "number-changed-read": change_number_read,
    "number-changed-derived": change_number_derived,
    "origins-changed": change_origins,
    "date-changed": change_date,
    "month-changed-quoted": change_month_quoted,
    "place-changed": change_place,
    "outlet-changed": change_outlet,
    "person-changed": change_person,
    "voice-dropped": drop_voice,
    "status-turned": turn_status,
    "polarity-turned": turn_polarity,
    "doubt-dropped": drop_doubt,
    "hedge-dropped-quoted": drop_hedge_quoted,
    "hedge-dropped-read": drop_hedge_read,
    "condition-dropped": drop_condition,
    "told-changed": change_told,
    "citation-replaced": replace_citation,
    "citation-removed": remove_citation,
    "sentence-added": add_sentence,
    "outcome-turned": turn_outcome,
    "gap-turned": turn_gap,
    "word-turned-quoted": turn_word_quoted,
}


# Drawing


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence before and after it was made wrong."""

    kind: str
    line: int
    before: str
    after: str


def make_faults(case: Case, count: int, seed: int) -> list[Fault]:
    """So many faults, evenly from all kinds, at least half of them swaps; fewer where the brief gives no more."""
    chance = random.Random(seed)
    true = {_key(one.text, one.marks) for one in case.sentences}
    seen: set[tuple[str, str]] = set()
    swaps = _draw(SWAPS, case, true, seen, chance, count - count // 2)
    others = _draw(OTHERS, case, true, seen, chance, min(count // 2, len(swaps)))
    return sorted([*swaps, *others], key=lambda fault: (fault.line, fault.kind, fault.after))


def _draw(kinds: Mapping[str, Kind], case: Case, true: set[tuple[str, str]], seen: set[tuple[str, str]], chance: random.Random, count: int) -> list[Fault]:
    """One fault of each kind in turn until there are enough, or no more."""
    drawn: list[Fault] = []
    for turn in zip_longest(*(_candidates(kind, make, case, chance) for kind, make in kinds.items())):
        for fault in turn:
            if fault and len(drawn) < count and (fault.before, fault.after) not in seen and _split(fault.after) not in true:
                seen.add((fault.before, fault.after))
                drawn.append(fault)
    return drawn


def _candidates(kind: str, make: Kind, case: Case, chance: random.Random) -> list[Fault]:
    """All faults of a kind in an order by chance in which each sentence has its turn before one has two."""
    per_sentence: list[list[Fault]] = []
    for one in case.sentences:
        before = one.marked(one.text)
        faults = [Fault(kind, one.line, before, after) for after in dict.fromkeys(make(one, case))]
        chance.shuffle(faults)
        per_sentence.append(faults)
    chance.shuffle(per_sentence)
    return [fault for turn in zip_longest(*per_sentence) for fault in turn if fault]


def _key(text: str, marks: Iterable[int]) -> tuple[str, str]:
    return text.lower(), " ".join(map(str, sorted(marks)))


def _split(after: str) -> tuple[str, str]:
    """A faulty sentence in the form in which the true ones are kept."""
    return _key(re.sub(r"\[\^\d+\]", "", after), map(int, re.findall(r"\[\^(\d+)\]", after)))


def main() -> int:
    """Write the faults as JSON lines."""
    if len(sys.argv) != 5:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    case = read_brief(Path(sys.argv[1]).read_text(encoding="utf-8"), read_claims(Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()))
    for fault in make_faults(case, int(sys.argv[3]), int(sys.argv[4])):
        sys.stdout.write(json.dumps({"kind": fault.kind, "line": fault.line, "before": fault.before, "after": fault.after}, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
