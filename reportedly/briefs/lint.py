"""Whether a text says only what its citations carry: every sentence, word by word, whoever wrote it."""

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from reportedly.briefs.cited import Cited, Placed, last_named, split_sentences
from reportedly.briefs.document import Brief, Source, sentences_of
from reportedly.briefs.forms import flatten, read_form
from reportedly.briefs.ground import Ground
from reportedly.briefs.pools import EMPTY, stem
from reportedly.briefs.prose import check_prose
from reportedly.briefs.slots import Complaint, check_form, opening
from reportedly.briefs.wording import check_columns, check_words
from reportedly.exports.places import find_page, make_address
from reportedly.records import Dated, ReadSentence
from reportedly.values import When

Read = Callable[[list[tuple[str, When | None]]], list[ReadSentence]]


@dataclass(frozen=True, slots=True)
class Fault:
    """A word of a sentence that does not stand, and why. `line` is that of the text, from 1; 0 where it has none yet."""

    line: int
    sentence: str
    word: str
    what: str


def check_sentences(sentences: Iterable[Placed], ground: Ground, read: Read) -> list[Fault]:
    """The faults of some sentences, in their order. `read` reads those that are in none of our forms, all at once: it is not called where
    there are none."""
    faults: list[tuple[int, Fault]] = []
    free: list[tuple[int, Placed, list[Dated]]] = []
    for number, (one, slots) in enumerate(_take_apart(sentences, ground)):
        if len(one.text) > _LONGEST:
            faults.append((number, Fault(one.line, opening(one.text), opening(one.text), f"is longer than {_LONGEST:,} letters; no sentence is")))
            continue
        named = {cite: ground.find(cite) for cite in one.cites}
        cited = [line for found in named.values() for line in found]
        complaints = [*_check_cites(named), *check_words(one.text, cited, ground)]
        if one.text in ground.derived:
            complaints += _check_derived(one, cited, ground)
        elif not one.cites:
            complaints.append(Complaint(opening(one.text), "cites no claim"))
        elif cited and slots is not None:
            complaints += check_form(one.text, slots, cited, ground)
        elif cited:
            free.append((number, one, cited))
        faults += [(number, _make_fault(one, complaint)) for complaint in complaints]
    for (number, one, cited), (said, parts) in zip(free, _read_free(free, read), strict=True):
        faults += [(number, _make_fault(one, complaint)) for complaint in check_prose(said, parts, cited, ground.beside(cited))]
    faults += [(free[at][0], _make_fault(free[at][1], complaint)) for at, complaint in check_columns(one.text for _, one, _ in free)]
    return [fault for _, fault in sorted(faults, key=lambda pair: pair[0])]


def _make_fault(one: Placed, complaint: Complaint) -> Fault:
    return Fault(one.line, one.text, complaint.word, complaint.what)


def _take_apart(sentences: Iterable[Placed], ground: Ground) -> Iterator[tuple[Placed, dict[str, str] | None]]:
    """The sentences, each with its slots if it is in one of our forms; what is neither that nor derived may be several."""
    for one in sentences:
        slots = None if _is_whole(one, ground) else read_form(one.text)
        if slots is not None or _is_whole(one, ground):
            yield one, slots
            continue
        parts = split_sentences(one)
        yield from ((part, read_form(part.text) if len(parts) > 1 else None) for part in parts)


def _is_whole(one: Placed, ground: Ground) -> bool:
    """Whether a sentence is not to be taken apart: the case derives it, or it is too long to be one."""
    return one.text in ground.derived or len(one.text) > _LONGEST


_LONGEST = 25_000  # letters: a claim's quotation may be long, and a sentence that is longer is none
_JOINT = re.compile(r"(?:; |, (?=(?:while|whereas|and|but|though|although) ))")


def _read_free(free: list[tuple[int, Placed, list[Dated]]], read: Read) -> list[tuple[ReadSentence, list[ReadSentence]]]:
    """Free sentences as they are read, each with its parts: where one cites several claims, they are read apart, so that each keeps its own
    voice."""
    if not free:
        return []
    parts = [_JOINT.split(one.text) if len(cited) > 1 else [] for _, one, cited in free]
    days = [_day_of(cited) for _, _, cited in free]
    whole = read([(one.text, day) for (_, one, _), day in zip(free, days, strict=True)])
    pieces = iter(read([(part, day) for several, day in zip(parts, days, strict=True) if len(several) > 1 for part in several]))
    return [(said, [next(pieces) for _ in several] if len(several) > 1 else [said]) for said, several in zip(whole, parts, strict=True)]


def check_brief(brief: Brief, ground: Ground, read: Read) -> list[Fault]:
    """The faults of a brief before it has a format; an empty list where it may be built."""
    return check_sentences([Placed(0, sentence.text, sentence.cites) for sentence in sentences_of(brief.sections)], ground, read)


def check_text(text: Cited, brief: Brief, ground: Ground, read: Read) -> list[Fault]:
    """The faults of a text: of its sentences, tables, headings and notes; and where it has the cover, the headings, the list of reports or
    the notes of a brief, whether they are those of `brief`, which the case gives for that day."""
    counted = {*brief.cover, f"{brief.set_apart}."}
    rows = {_HEADS, *("\t".join(_cells_of(source)) for source in brief.sources)}
    told = [one for one in (*text.sentences, *text.rows) if one.text not in counted | rows]
    notes, said = _check_notes(text, brief, ground)
    faults = [*check_sentences([*told, *said], ground, read), *_check_headings(text, brief), *notes]
    return sorted(faults, key=lambda fault: fault.line)


def _check_headings(text: Cited, brief: Brief) -> Iterator[Fault]:
    """A heading cites nothing: it is one of a brief's, or has only words that stand so in the sentences below it; the first in any sentence."""
    known = {brief.title, "Reports", "Set apart", "Notes", *(section.heading for section in brief.sections)}
    told = sorted((*text.sentences, *text.rows), key=lambda one: one.line)
    for number, head in enumerate(text.headings):
        if head.text in known:
            continue
        first = 0 if number == 0 else bisect(told, head.line, key=_line_of)
        last = bisect(told, text.headings[number + 1].line, key=_line_of) if 0 < number < len(text.headings) - 1 else len(told)
        below = {word for one in told[first:last] for word in _words(one.text)}
        if strange := [word for word in _words(head.text) if word not in below and word not in _NEUTRAL and stem(word) not in EMPTY]:
            yield Fault(head.line, head.text, " ".join(strange), "is in a heading, which cites nothing, and in no sentence below it")


def _line_of(one: Placed) -> int:
    return one.line


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


_NEUTRAL = frozenset(
    "summary background introduction notes note sources source analysis assessment findings question questions method annex appendix who what when where why how conclusion context overview in the analyst words".split()
)
_HEADS = "\t".join(("no.", "published", "outlet", "title", "rating", "rests on", "file", "SHA-256 of the original"))


def _cells_of(source: Source) -> tuple[str, ...]:
    return str(source.number), source.published, source.outlet, source.title, source.rating, source.rests_on, source.file, source.sha256


def _check_cites(named: Mapping[str, list[Dated]]) -> Iterator[Complaint]:
    for cite, found in named.items():
        if len(found) != 1:
            yield Complaint(f"[^{cite}]", "names no claim of the case on that day" if not found else f"{len(found)} claims answer to that; give more of the id")


def _check_derived(one: Placed, cited: list[Dated], ground: Ground) -> Iterator[Complaint]:
    """What the case derives cites just the claims that it rests on."""
    known = ground.derived[one.text]
    if frozenset(line.claim.id for line in cited) not in known:
        yield Complaint(opening(one.text), f"rests on {' or '.join(', '.join(sorted(claim[:8] for claim in claims)) or 'no claim' for claims in sorted(known, key=sorted))}")


def _day_of(cited: list[Dated]) -> When | None:
    """The day from which a sentence speaks: that of the newest report that it cites."""
    days = [line.report.published.when for line in cited if line.report.published.when and line.report.published.when.latest]
    return max(days, key=lambda when: str(when.latest), default=None)


_NOTE = re.compile(
    r"“(?P<quote>.*)” — report (?P<report>\d+), (?P<file>.*?)(?:, page (?P<page>\d+))?, characters (?P<start>\d+)–(?P<end>\d+); claim (?P<claim>[0-9A-Za-z_.-]+); original (?P<sha256>[0-9a-f]{64})(?:; (?P<address>\S+))?"
)
_BARE = re.compile(r"(?:claim )?[0-9A-Za-z_.-]{1,64}")


def _check_notes(text: Cited, brief: Brief, ground: Ground) -> tuple[list[Fault], list[Placed]]:
    """The faults of notes, and the notes that are sentences themselves. A note in the form of a brief says what the claim says, where it stands
    and what proves it; one that only names a claim says nothing; any other is held against the claim that it names. Two notes of one label are
    one too many."""
    faults: list[Fault] = []
    said: list[Placed] = []
    seen: set[str] = set()
    numbers = {(one.sha256, one.file): str(one.number) for one in brief.sources}
    for line, label, words in text.notes:
        faults += [Fault(line, words, f"[^{label}]", "is defined twice")] if label in seen else []
        seen.add(label)
        m = _NOTE.fullmatch(words)
        found = ground.find(m["claim"]) if m else []
        if m is not None and len(found) == 1:
            faults += [
                Fault(line, words, m[name] or name, f"the {name} of claim {m['claim'][:16]} is {value or 'none'}")
                for name, value in _proof(found[0], numbers).items()
                if (m[name] or "") != value
            ]
        elif not _BARE.fullmatch(words):
            named = last_named(words)
            said.append(Placed(line, words, (named,) if named else ()))
    return faults, said


def _proof(line: Dated, numbers: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """What a note of a brief says of a claim; `numbers` are those of the reports by hash and file."""
    claim, report = line.claim, line.report
    file, page = flatten(report.file), find_page(report, claim.start)
    return {
        "quote": flatten(claim.quote),
        "report": numbers.get((report.sha256, file), ""),
        "file": file,
        "page": "" if page is None else str(page),
        "start": str(claim.start),
        "end": str(claim.end),
        "sha256": report.sha256,
        "address": make_address(report, claim.start, claim.end) or "",
    }
