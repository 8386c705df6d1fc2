"""Whether a text says only what its citations carry: every sentence, word by word, whoever wrote it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reportedly.briefs.cited import Cited, Placed, split_sentences
from reportedly.briefs.document import Brief, Source
from reportedly.briefs.forms import flatten, read_form
from reportedly.briefs.ground import Ground
from reportedly.briefs.prose import check_prose
from reportedly.briefs.slots import Complaint, check_slots, opening
from reportedly.briefs.wording import check_columns, check_words
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
    placed = [part for one in sentences for part in ([one] if _is_ours(one, ground) else split_sentences(one))]
    for number, one in enumerate(placed):
        cited = [line for cite in one.cites for line in ground.find(cite)]
        found = [*_check_cites(one, ground), *check_words(one.text, cited, ground)]
        found += [] if one.cites or ground.derived.get(one.text) == frozenset() else [Complaint(opening(one.text), "cites no claim")]
        if cited and one.text in ground.derived:
            found += [Complaint(opening(one.text), f"claim {line.claim.id[:8]} is none that it rests on") for line in cited if line.claim.id not in ground.derived[one.text]]
        elif cited and (slots := read_form(one.text)) is not None:
            found += check_slots(slots, cited, ground)
        elif cited:
            free.append((number, one, cited))
        faults += [(number, Fault(one.line, one.text, complaint.word, complaint.what)) for complaint in found]
    for (number, one, cited), (said, parts) in zip(free, _read_free(free, read), strict=True):
        faults += [(number, Fault(one.line, one.text, complaint.word, complaint.what)) for complaint in check_prose(said, parts, cited, ground.beside(cited))]
    own = [(number, one) for number, one, _ in free]
    faults += [(own[at][0], Fault(own[at][1].line, own[at][1].text, complaint.word, complaint.what)) for at, complaint in check_columns(one.text for _, one in own)]
    return [fault for _, fault in sorted(faults, key=lambda pair: pair[0])]


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
    sentences = [(sentence, section.heading) for section in brief.sections for line in section.lines for sentence in line]
    return check_sentences([Placed(0, sentence.text, sentence.cites) for sentence, _ in sentences], ground, read)


def check_text(text: Cited, brief: Brief, ground: Ground, read: Read) -> list[Fault]:
    """The faults of a text: of its sentences and tables; and where it has the cover, the headings, the list of reports or the notes of a
    brief, whether they are those of `brief`, which the case gives for that day."""
    counted = {*brief.cover, f"{brief.set_apart}."}
    rows = {_HEADS, *("\t".join(_cells_of(source)) for source in brief.sources)}
    told = [one for one in (*text.sentences, *text.rows) if one.text not in counted | rows and not _RULE.fullmatch(one.text)]
    headings = {brief.title, *(section.heading for section in brief.sections)}
    bare = [
        Fault(one.line, one.text, m[0], "a heading cites nothing; write the number in a sentence")
        for one in text.headings
        if one.text not in headings and (m := _DIGIT.search(one.text))
    ]
    return sorted([*check_sentences(told, ground, read), *bare, *_check_notes(text, ground)], key=lambda fault: fault.line)


_DIGIT = re.compile(r"\d[\d.,:/-]*")
_RULE = re.compile(r"[:\-\s]*")
_HEADS = "\t".join(("no.", "published", "outlet", "title", "rating", "rests on", "file", "SHA-256 of the original"))


def _cells_of(source: Source) -> tuple[str, ...]:
    return str(source.number), source.published, source.outlet, source.title, source.rating, source.rests_on, source.file, source.sha256


def _is_ours(one: Placed, ground: Ground) -> bool:
    return one.text in ground.derived or read_form(one.text) is not None


def _check_cites(one: Placed, ground: Ground) -> Iterator[Complaint]:
    for cite in one.cites:
        found = ground.find(cite)
        if len(found) != 1:
            yield Complaint(f"[^{cite}]", "names no claim of the case on that day" if not found else f"{len(found)} claims answer to that; give more of the id")


def _day_of(cited: list[Dated]) -> When | None:
    """The day from which a sentence speaks: that of the newest report that it cites."""
    days = [line.report.published.when for line in cited if line.report.published.when and line.report.published.when.latest]
    return max(days, key=lambda when: str(when.latest), default=None)


_NOTE = re.compile(r"“(?P<quote>.*)” — report \d+, .*characters (?P<start>\d+)–(?P<end>\d+); claim (?P<claim>[0-9a-f]+); original (?P<sha256>[0-9a-f]{64})")


def _check_notes(text: Cited, ground: Ground) -> Iterator[Fault]:
    """A note in the form of a brief says what the claim says, where it stands and what proves it."""
    for line, label, words in text.notes:
        m = _NOTE.match(words)
        found = ground.find(m["claim"]) if m else []
        if m is None or len(found) != 1:
            continue
        claim, report = found[0].claim, found[0].report
        known = {"quote": flatten(claim.quote), "start": str(claim.start), "end": str(claim.end), "sha256": report.sha256}
        yield from (Fault(line, f"[^{label}]", m[name], f"the {name} of claim {claim.id[:8]} is {value}") for name, value in known.items() if m[name] != value)
