"""Reports to claims: every main or attributed clause becomes an open claim with voice, time, numbers and status."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from spacy.tokens import Span, Token

from reportedly.records import Claim, ClaimSet, Filler, Leaving, Report, Voice
from reportedly.understanding.arguments import read_roles
from reportedly.understanding.attribution import Attributed, attribute, denies, is_past
from reportedly.understanding.clauses import Clause, find_clauses
from reportedly.understanding.cues import Cue
from reportedly.understanding.measures import Found, Measures, lean, owner_of, read_measures
from reportedly.understanding.modality import Modality, read_modality
from reportedly.understanding.parser import BATCH, Passage, load_parser, parse
from reportedly.understanding.quotes import find_quotes, read_speech
from reportedly.understanding.reader import reader_name
from reportedly.understanding.voices import Hearing

LANGUAGES = ("en",)


def understand(reports: list[Report], batch_size: int = BATCH) -> Iterator[ClaimSet]:
    """One claim set a report, in order. Reports in other languages wait as leavings. Memory of the parser is given
    back after each call."""
    reader = reader_name()
    if not any(map(is_read, reports)):
        yield from (_set_aside(report, reader) for report in reports)
        return
    with load_parser().memory_zone():
        groups = groupby(parse((report for report in reports if is_read(report)), batch_size), key=lambda passage: passage.report.id)
        for report in reports:
            yield _read_report(report, list(next(groups)[1]), reader) if is_read(report) else _set_aside(report, reader)


def is_read(report: Report) -> bool:
    """Whether claims are read from a report: English, with body text."""
    return (report.language or "en").split("-")[0] in LANGUAGES and any(segment.kind == "body" for segment in report.segments)


def _set_aside(report: Report, reader: str) -> ClaimSet:
    leaving = Leaving("understanding", "language", report.file, report.id, 0, len(report.text), f"language {report.language}: claims are read from {', '.join(LANGUAGES)}")
    return ClaimSet(report.id, reader, (), (leaving,))


def _read_report(report: Report, passages: list[Passage], reader: str) -> ClaimSet:
    hearing = Hearing(report)
    claims: list[Claim] = []
    leavings: list[Leaving] = []
    for passage in passages:
        for found in _read_passage(passage, hearing):
            (claims if isinstance(found, Claim) else leavings).append(found)  # type: ignore[arg-type]
    return ClaimSet(report.id, reader, tuple(_number(claims)), tuple(leavings))


def _number(claims: list[Claim]) -> Iterator[Claim]:
    """Final ids: the same words claimed twice in one report are told apart by their count."""
    seen: Counter[str] = Counter()
    for claim in claims:
        yield replace(claim, id=make_claim_id(claim.id, seen[claim.id]))
        seen[claim.id] += 1


def make_claim_id(key: str, nth: int) -> str:
    """16 hex digits over a claim's key (report, playbook, frame, trigger, sentence) and its count."""
    return hashlib.sha256(f"{key}\n{nth}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Place:
    """What a clause is read against: its passage, the values in it, and the speech of its sentence."""

    passage: Passage
    sentence: Span
    measures: Measures
    attributed: Attributed

    @property
    def time_tokens(self) -> frozenset[int]:
        """The tokens of the sentence's times: no places."""
        return frozenset(number for found in self.measures.times if self.sentence.start <= found.token.i < self.sentence.end for number in range(found.first, found.last + 1))

    @property
    def values(self) -> list[Found]:
        """The times and quantities of the sentence."""
        return [found for found in (*self.measures.times, *self.measures.quantities) if self.sentence.start <= found.token.i < self.sentence.end]


def _read_passage(passage: Passage, hearing: Hearing) -> Iterator[Claim | Leaving]:
    hearing.start = passage.start
    doc, report = passage.doc, passage.report
    measures = read_measures(passage)
    breaks = [segment.start - passage.start for segment in report.segments if segment.kind == "body" and passage.start <= segment.start < passage.start + len(passage.text)]
    quotes = find_quotes(passage.text, breaks)
    sentences = list(doc.sents)
    tag: Token | None = None
    for index, sentence in enumerate(sentences):
        if not any(token.is_alpha for token in sentence):
            continue
        speech = read_speech(sentences, index, quotes, frozenset(breaks))
        attributed = attribute(sentence, hearing, speech)
        if tag is None:  # else the sentence is the tag of the one before and says no more
            yield from _read_sentence(_Place(passage, sentence, measures, attributed), hearing.outlet)
        tag = speech.tag


def _read_sentence(place: _Place, outlet: Voice) -> Iterator[Claim | Leaving]:
    """The claims of a sentence; the sentence itself is left where it makes none, a value where no claim takes it."""
    report, attributed = place.passage.report, place.attributed
    clauses = find_clauses(place.sentence, attributed.verbs, frozenset(attributed.by_content))
    if not clauses:
        yield Leaving("understanding", "no-clause", report.file, report.id, *_bounds(place.passage, place.sentence.start, place.sentence.end - 1))
        return
    owners = {token.i: clause for clause in clauses for token in (*clause.operators, clause.head)}
    if clauses[0].top.dep_ in ("acl", "relcl") and clauses[0].top.head.i == place.sentence.root.i:
        owners.setdefault(place.sentence.root.i, clauses[0])  # the main verb, taken for a participle of its subject
    claims = [_make_claim(clause, place, owners, outlet) for clause in clauses]
    yield from claims
    taken = {(filler.start, filler.end) for claim in claims for fillers in claim.roles.values() for filler in fillers if filler.quantity or filler.time}
    taken |= {(voice.on.start, voice.on.end) for claim in claims for voice in claim.voice if voice.on}
    for found in place.values:
        if (found.filler.start, found.filler.end) not in taken:
            yield Leaving("understanding", "value-without-claim", report.file, report.id, found.filler.start, found.filler.end)


def _make_claim(clause: Clause, place: _Place, owners: dict[int, Clause], outlet: Voice) -> Claim:
    report, start = place.passage.report, place.passage.start
    cues = place.attributed.cues_above(clause.top)
    modality = _modality(clause, place, cues)
    roles = read_roles(clause.head, clause.operators, start, place.time_tokens)
    told_back = is_past(cues) and any(token.tag_ in ("VBD", "VBN") for token in clause.operators)
    times = [lean(found.filler, modality.status, told_back) for found in place.measures.times if _belongs(found.token, clause, owners, place)]
    for filler in times:
        roles.add("time" if filler.time and filler.time.kind == "date" else "duration", filler)
    for found in place.measures.quantities:
        if _belongs(found.token, clause, owners, place) and not _in_brackets(place, found.token.idx, clause.head.idx):
            roles.add("amount" if (found.filler.quantity and (found.filler.quantity.unit or "").isupper()) else "number", found.filler)
    first, last = _trim(place.passage, *_bounds(place.passage, clause.first, clause.last))
    head = clause.head
    return Claim(
        report=report.id,
        id=_key(report, head.text, place.sentence),
        playbook=None,
        frame="open",
        start=first,
        end=last,
        quote=report.text[first:last],
        trigger=head.text,
        trigger_start=start + head.idx,
        trigger_end=start + head.idx + len(head),
        status=modality.status,
        polarity=modality.polarity,
        certainty=modality.certainty,
        roles={name: tuple(fillers) for name, fillers in sorted(roles.found.items())},
        when=next((filler for filler in times if filler.time and filler.time.kind == "date"), None),
        voice=_voices(clause, place, owners, outlet),
        hedges=modality.hedges,
        condition=_words(place.passage, modality.condition),
        found=clause.found + ("; quotation continued" if place.attributed.continued else ""),
    )


def _modality(clause: Clause, place: _Place, cues: list[Cue]) -> Modality:
    modality = read_modality(clause.head, clause.operators, is_past(cues))
    contents = {content.i for content in cues[0].contents} if cues else set()
    if denies(cues) and (clause.top.i in contents or (clause.top.head.i in contents and clause.top.dep_ == "conj")):
        modality = replace(modality, polarity="negative" if modality.polarity == "positive" else "positive")
    unspecified = [cue.verb.text for cue in cues if cue.source is None and cue.kind in ("adverb", "passive", "noun")]
    if unspecified and modality.certainty == "certain":
        modality = replace(modality, certainty="probable")
    if place.sentence.text.rstrip().endswith("?"):
        modality = replace(modality, status="hypothetical", certainty="possible")
    return modality


def _belongs(token: Token, clause: Clause, owners: dict[int, Clause], place: _Place) -> bool:
    if not place.sentence.start <= token.i < place.sentence.end:
        return False
    owner = owner_of(token, {*owners, *place.attributed.verbs})
    return owner is not None and owners.get(owner) is clause


def _voices(clause: Clause, place: _Place, owners: dict[int, Clause], outlet: Voice) -> tuple[Voice, ...]:
    """The chain of the clause, ending with the outlet. Words in [brackets] inside a quotation are the outlet's."""
    if _in_brackets(place, clause.head.idx, -1):
        return (outlet,)
    chain = place.attributed.chain_of(clause.top)
    cues = place.attributed.cues_above(clause.top)
    if chain and cues:
        day = _told_on(cues[0].verb.i, place, owners)
        chain = (replace(chain[0], on=day), *chain[1:]) if day else chain
    return (*chain, outlet)


def _told_on(cue: int, place: _Place, owners: dict[int, Clause]) -> Filler | None:
    """The day that the words give to the telling itself: "told … on Monday"."""
    for found in place.measures.times:
        dated = found.filler.time and found.filler.time.kind == "date" and place.sentence.start <= found.token.i < place.sentence.end
        if dated and owner_of(found.token, {*owners, *place.attributed.verbs}) == cue:
            return lean(found.filler, "occurred")
    return None


def _in_brackets(place: _Place, at: int, beside: int) -> bool:
    """Whether a place lies within [brackets] of the sentence that do not hold the place `beside`."""
    text, start = place.passage.text, place.sentence.start_char
    opened = text.rfind("[", start, at)
    closed = text.find("]", opened, place.sentence.end_char)
    return opened >= 0 and closed >= at and not opened <= beside < closed


def _key(report: Report, trigger: str, sentence: Span) -> str:
    return "\n".join((report.id, "", "open", trigger, re.sub(r"\s+", " ", sentence.text).strip()))


def _bounds(passage: Passage, first: int, last: int) -> tuple[int, int]:
    doc = passage.doc
    while first < last and (doc[first].is_space or (doc[first].dep_ in ("cc", "mark") and doc[first].lower_ in ("that", "and", "but", "or", "so"))):
        first += 1
    while last > first and (doc[last].is_space or doc[last].dep_ == "cc" or (doc[last].text in ",;" and doc[last - 1].dep_ == "cc")):
        last -= 1
    return passage.start + doc[first].idx, passage.start + doc[last].idx + len(doc[last])


_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))


def _trim(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Without the marks at either end that belong to the sentence around the clause."""
    text = passage.report.text
    while start < end - 1 and (text[start] in " ,;:—–-.\n\t" or _is_unpaired(text[start:end], text[start])):
        start += 1
    while end > start + 1 and (text[end - 1] in " ,;:—–-.\n\t" or _is_unpaired(text[start:end], text[end - 1])):
        end -= 1
    inner = text[start + 1 : end - 1]
    if end - start > 2 and (text[start], text[end - 1]) in (*_PAIRS[:2], ('"', '"')) and not {text[start], text[end - 1]} & set(inner):
        return _trim(passage, start + 1, end - 1)  # one quotation from end to end: the marks say no more than the voice does
    return start, end


def _is_unpaired(quote: str, mark: str) -> bool:
    if mark == '"':
        return quote.count(mark) % 2 == 1
    return any(mark in pair and quote.count(pair[0]) != quote.count(pair[1]) for pair in _PAIRS)


def _words(passage: Passage, tokens: tuple[int, int] | None) -> str | None:
    if tokens is None:
        return None
    first, last = _trim(passage, *_bounds(passage, *tokens))
    return passage.report.text[first:last]
