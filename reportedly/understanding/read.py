"""Reports to claims: every main or attributed clause becomes an open claim with voice, time, numbers and status."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from spacy.tokens import Span, Token

from reportedly.records import Claim, ClaimSet, Filler, Leaving, Report, Segment, Voice
from reportedly.understanding.arguments import read_roles
from reportedly.understanding.attribution import Attributed, Speech, attribute, denies, is_past
from reportedly.understanding.clauses import Clause, find_clauses, make_clause
from reportedly.understanding.compile import Compiled
from reportedly.understanding.cues import FORECASTING
from reportedly.understanding.frames import Event, find_events
from reportedly.understanding.grammar import children, edges, is_negated, marker
from reportedly.understanding.measures import Found, Measures, lean, owner_of, read_measures
from reportedly.understanding.modality import CONDITIONS, CONSIDERED, PLANNED, REQUIRED, Modality, read_modality
from reportedly.understanding.parser import BATCH, READ, Passage, load_parser, parse
from reportedly.understanding.quotes import find_quotes, first_char, read_speech
from reportedly.understanding.reader import reader_name
from reportedly.understanding.roles import Context, add_values, choose_readings
from reportedly.understanding.unknowns import Unknown, find_unknowns, is_told_in_past
from reportedly.understanding.voices import Hearing

_NOBODY = Speech(0.0, 0)  # a heading stands in no quotation
LANGUAGES = ("en",)
_ISSUED = frozenset("issue release publish date send write deliver circulate adopt sign submit file make hand present post".split())
_LONGEST_SENTENCE = 1_000  # words and marks; what is longer is a list or a page without full stops, and costs its square


def understand(reports: list[Report], batch_size: int = BATCH, playbooks: tuple[Compiled, ...] = ()) -> Iterator[ClaimSet]:
    """One claim set a report, in order: open claims, and those of the playbooks in the place of open ones. Reports in other languages wait as leavings. Memory of the parser is given
    back after each call."""
    reader = reader_name(*(playbook.stamp for playbook in playbooks))
    if not any(map(is_read, reports)):
        yield from (_set_aside(report, reader) for report in reports)
        return
    with load_parser().memory_zone():
        groups = groupby(parse((report for report in reports if is_read(report)), batch_size), key=lambda passage: passage.report.id)
        for report in reports:
            yield read_passages(report, list(next(groups)[1]), reader, playbooks) if is_read(report) else _set_aside(report, reader)


def is_read(report: Report) -> bool:
    """Whether claims are read from a report: English, with body text."""
    return (report.language or "en").split("-")[0] in LANGUAGES and any(segment.kind == "body" for segment in report.segments)


def _set_aside(report: Report, reader: str) -> ClaimSet:
    leaving = Leaving("understanding", "language", report.file, report.id, 0, len(report.text), f"language {report.language}: claims are read from {', '.join(LANGUAGES)}")
    return ClaimSet(report.id, reader, (), (leaving,))


def read_passages(report: Report, passages: list[Passage], reader: str, playbooks: tuple[Compiled, ...]) -> ClaimSet:
    """The claims of a report from its parsed passages."""
    hearing = Hearing(report)
    claims: list[Claim] = []
    leavings: list[Leaving] = []
    for passage in passages:
        for found in _read_passage(passage, hearing, playbooks):
            (claims if isinstance(found, Claim) else leavings).append(found)  # type: ignore[arg-type]
    claims = [replace(claim, voice=tuple(hearing.complete(voice) for voice in claim.voice)) for claim in claims]
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
    unknowns: tuple[Unknown, ...] = ()

    def unknown_of(self, clause: Clause) -> Unknown | None:
        """The open question that a clause is, or the words that call its subject unknown."""
        mine = {clause.head.i, clause.top.i}
        return next((one for one in self.unknowns if (one.question or one.predicate).i in mine or one.predicate.i in mine), None)

    @property
    def time_tokens(self) -> frozenset[int]:
        """The tokens of the sentence's times: no places."""
        return frozenset(number for found in self.measures.times if self.sentence.start <= found.token.i < self.sentence.end for number in range(found.first, found.last + 1))

    @property
    def values(self) -> list[Found]:
        """The times and quantities of the sentence."""
        return [found for found in (*self.measures.times, *self.measures.quantities) if self.sentence.start <= found.token.i < self.sentence.end]


def _read_passage(passage: Passage, hearing: Hearing, playbooks: tuple[Compiled, ...]) -> Iterator[Claim | Leaving]:
    hearing.start = passage.start
    doc, report = passage.doc, passage.report
    measures = read_measures(passage)
    inside = [segment for segment in report.segments if segment.kind in READ and passage.start <= segment.start < passage.start + len(passage.text)]
    breaks = [segment.start - passage.start for segment in inside]
    headings = [(segment.start - passage.start, segment.end - passage.start) for segment in inside if segment.kind == "heading"]
    paragraphs = {segment.start - passage.start: segment for segment in inside}
    quotes = find_quotes(passage.text, breaks)
    sentences = list(doc.sents)
    tag: Token | None = None
    for index, sentence in enumerate(sentences):
        if not any(token.is_alpha for token in sentence):
            continue
        if any(start <= sentence.start_char < end for start, end in headings):
            place = _Place(passage, sentence, measures, attribute(sentence, hearing, _NOBODY))
            voiced = bool(place.attributed.cues)  # a heading asserts nothing of its own; one that names a voice passes its words on
            yield from (claim for claim in _read_sentence(place, hearing.outlet, playbooks) if isinstance(claim, Claim) and (claim.playbook or voiced))
            continue
        opened = paragraphs.get(first_char(sentence))
        if opened is not None:
            open_turn(opened, hearing)
        speech = read_speech(sentences, index, quotes, frozenset(breaks))
        attributed = attribute(sentence, hearing, speech)
        if tag is None:  # else the sentence is the tag of the one before and says no more
            yield from _read_sentence(_Place(passage, sentence, measures, attributed, tuple(find_unknowns(sentence))), hearing.outlet, playbooks)
        tag = speech.tag


def open_turn(paragraph: Segment, hearing: Hearing) -> None:
    """A paragraph with a label gives somebody the floor; one without goes on with the turn or ends it."""
    text, before = hearing.report.text, hearing.turns.get(paragraph.start)
    if before is not None:
        hearing.give_floor(text[before.start : before.end], before.start)
    elif hearing.floor:
        hearing.keep_floor(text[paragraph.start : paragraph.end])


def _read_sentence(place: _Place, outlet: Voice, playbooks: tuple[Compiled, ...]) -> Iterator[Claim | Leaving]:
    """The claims of a sentence; the sentence itself is left where it makes none, a value where no claim takes it."""
    report, attributed = place.passage.report, place.attributed
    if len(place.sentence) > _LONGEST_SENTENCE:
        yield Leaving("understanding", "sentence-too-long", report.file, report.id, *_bounds(place.passage, place.sentence.start, place.sentence.end - 1))
        return
    clauses = find_clauses(place.sentence, attributed.verbs, frozenset(attributed.by_content), place.unknowns)
    clauses = [clause for clause in clauses if not attributed.is_aside(clause.head)]
    owners = {token.i: clause for clause in clauses for token in (*clause.operators, clause.head) if not _has_time_of_its_own(token, clause)}
    asking = place.sentence.text.rstrip().endswith("?") and not attributed.quoted_by and not attributed.cues  # a question of the outlet's own tells of nothing
    events = [] if asking else [(playbook, readings) for playbook in playbooks for readings in find_events(place.sentence, playbook)]
    events = [(playbook, readings) for playbook, readings in events if not attributed.is_aside(readings[0].head)]
    _own_values(events, owners, place)
    if clauses and clauses[0].top.dep_ in ("acl", "relcl") and clauses[0].top.head.i == place.sentence.root.i:
        owners.setdefault(place.sentence.root.i, clauses[0])  # the main verb, taken for a participle of its subject
    framed = [_framed_claim(event, roles, playbook, place, owners, outlet) for playbook in playbooks for event, roles in _chosen(playbook, events, place)]
    starts = {claim.trigger_start for claim in framed}
    heads = {event.marker.i for _, readings in events for event in readings if place.passage.start + event.trigger.idx in starts}
    claims = [_open_claim(clause, place, owners, outlet) for clause in clauses if clause.head.i not in heads]
    claims = sorted([*claims, *framed], key=lambda claim: (claim.trigger_start, claim.frame))
    yield from claims
    if not claims:
        yield Leaving("understanding", "no-clause", report.file, report.id, *_bounds(place.passage, place.sentence.start, place.sentence.end - 1))
        return
    taken = {(filler.start, filler.end) for claim in claims for fillers in claim.roles.values() for filler in fillers if filler.quantity or filler.time}
    taken |= {(voice.on.start, voice.on.end) for claim in claims for voice in claim.voice if voice.on}
    for found in place.values:
        if not _is_vague(found.filler) and (found.filler.start, found.filler.end) not in taken:
            yield Leaving("understanding", "value-without-claim", report.file, report.id, found.filler.start, found.filler.end)


def _has_time_of_its_own(token: Token, clause: Clause) -> bool:
    """ "promised on Monday to leave": the day is the promise's, and no operator in the past lends it to what it governs."""
    return token.i != clause.head.i and token.tag_ == "VBD" and token.lemma_ in PLANNED | REQUIRED | CONSIDERED


def _own_values(events: list[tuple[Compiled, tuple[Event, ...]]], owners: dict[int, Clause], place: _Place) -> None:
    """Events own the values below their words, so that "the men who left in May are back" gives May to the leaving."""
    tops = frozenset(clause.top.i for clause in owners.values())
    for _, readings in events:
        for event in readings:
            clause = owners.get(event.marker.i) or make_clause(event.marker, event.operators, tops, place.attributed.verbs)
            for token in (event.marker, event.head, event.words):
                owners.setdefault(token.i, clause)


def _open_claim(clause: Clause, place: _Place, owners: dict[int, Clause], outlet: Voice) -> Claim:
    """A claim of any topic: who, what, whom, where, with the values of its clause."""
    modality = _modality(clause, place)
    roles = read_roles(clause.head, clause.operators, place.passage.start, place.time_tokens)
    times = _times(clause, place, owners, modality)
    for filler in times:
        roles.add("time" if filler.time and filler.time.kind == "date" else "duration", filler)
    for filler in _quantities(clause, place, owners):
        roles.add("amount" if _is_money(filler) else "number", filler)
    return _build(clause, clause.head, place, owners, outlet, _Said(None, "open", modality, roles.found, times))


def _chosen(playbook: Compiled, events: list[tuple[Compiled, tuple[Event, ...]]], place: _Place) -> list[tuple[Event, dict[str, list[Filler]]]]:
    """The happenings of a playbook whose needs are met, with their roles."""
    context = Context(place.passage.start, place.measures.quantities, place.measures.times, playbook.names)
    return choose_readings((readings for one, readings in events if one is playbook), context)


def _framed_claim(event: Event, roles: dict[str, list[Filler]], playbook: Compiled, place: _Place, owners: dict[int, Clause], outlet: Voice) -> Claim:
    """The claim of a happening that a playbook knows."""
    tops = frozenset(clause.top.i for clause in owners.values())
    clause = make_clause(event.marker, event.operators, tops, place.attributed.verbs)
    owned = frozenset(token.i for token in (event.marker, event.head, event.words, *event.operators))
    modality = _modality(clause, place)
    if "to do" in {slot for slots in event.matcher.roles.values() for slot in slots} and any(is_negated(one) for one in children(event.head, "xcomp")):
        modality = replace(modality, polarity="negative" if modality.polarity == "positive" else "positive")  # "decided not to go"
    if event.is_purpose or (event.matcher.status and modality.status in ("occurred", "ongoing")):
        modality = replace(modality, status=event.matcher.status or "planned")  # what lies ahead or hangs on a condition stays so
    times = _times(clause, place, owners, modality, owned)
    add_values(roles, event.matcher.types, times, _quantities(clause, place, owners, owned))
    clause = replace(clause, found="aim") if event.is_purpose else clause
    return _build(clause, event.trigger, place, owners, outlet, _Said(playbook.name, event.matcher.frame, modality, roles, times))


@dataclass(frozen=True, slots=True)
class _Said:
    """What a clause says, by whose words: the playbook (None: open) and frame, modality, roles and times."""

    playbook: str | None
    frame: str
    modality: Modality
    roles: dict[str, list[Filler]]
    times: list[Filler]


def _build(clause: Clause, trigger: Token, place: _Place, owners: dict[int, Clause], outlet: Voice, said: _Said) -> Claim:
    report, start = place.passage.report, place.passage.start
    unknown = place.unknown_of(clause)
    if unknown is not None:  # the words that leave it open belong to the quote
        left, right = edges(unknown.top)
        clause = replace(clause, first=min(clause.first, left), last=max(clause.last, right))
    for label in (cue.verb.i for cue in place.attributed.cues if cue.kind == "colon"):
        clause = replace(clause, first=max(clause.first, label + 1)) if label < clause.head.i else replace(clause, last=min(clause.last, label - 1))
    first, last = _trim(place.passage, *_bounds(place.passage, clause.first, clause.last))
    return Claim(
        report=report.id,
        id=_key(report, said, trigger.text, place.sentence),
        playbook=said.playbook,
        frame=said.frame,
        start=first,
        end=last,
        quote=report.text[first:last],
        trigger=report.text[start + trigger.idx : start + trigger.idx + len(trigger)],
        trigger_start=start + trigger.idx,
        trigger_end=start + trigger.idx + len(trigger),
        status=said.modality.status,
        polarity=said.modality.polarity,
        certainty=said.modality.certainty,
        roles={name: tuple(_verbatim(filler, report) for filler in fillers) for name, fillers in sorted(said.roles.items())},
        when=_when(said),
        voice=_voices(clause, place, owners, outlet),
        hedges=said.modality.hedges,
        condition=_words(place.passage, said.modality.condition),
        found=clause.found + ("; quotation continued" if place.attributed.continued else ""),
        known=unknown.known if unknown is not None else "stated",
    )


def _when(said: _Said) -> Filler | None:
    """The time spoken of: the first that names one, else "now" or "recently" of what is or was; "now plans" dates no plan."""
    dates = [filler for filler in said.times if filler.time and filler.time.kind == "date"]
    named = next((filler for filler in dates if not _is_vague(filler)), None)
    return named or (dates[0] if dates and said.modality.status in ("occurred", "ongoing") else None)


def _is_vague(filler: Filler) -> bool:
    return filler.time is not None and filler.time.first is not None and filler.time.first.grain == "vague"


def _verbatim(filler: Filler, report: Report) -> Filler:
    """The filler in the report's own letters: the parser saw headings in small letters and every blank as a space."""
    words = report.text[filler.start : filler.end]
    return filler if words == filler.text else replace(filler, text=words)


def _times(clause: Clause, place: _Place, owners: dict[int, Clause], modality: Modality, owned: frozenset[int] = frozenset()) -> list[Filler]:
    past = [token for token in clause.operators if (token.lemma_ == "be" and token.tag_ == "VBD") or any(aux.tag_ == "VBD" for aux in token.children if aux.dep_ == "auxpass")]
    told_back = bool(past) or (is_past(place.attributed.cues_above(clause.top)) and any(token.tag_ in ("VBD", "VBN") for token in clause.operators))
    return [lean(found.filler, modality.status, told_back) for found in place.measures.times if _belongs(found.token, clause, owners, place, owned)]


def _quantities(clause: Clause, place: _Place, owners: dict[int, Clause], owned: frozenset[int] = frozenset()) -> list[Filler]:
    mine = (found for found in place.measures.quantities if _belongs(found.token, clause, owners, place, owned))
    return [found.filler for found in mine if not _in_brackets(place, found.token.idx, clause.head.idx)]


def _is_money(filler: Filler) -> bool:
    return filler.quantity is not None and (filler.quantity.unit or "").isupper()


def _modality(clause: Clause, place: _Place) -> Modality:
    cues = place.attributed.cues_above(clause.top)
    unknown = place.unknown_of(clause)
    modality = read_modality(clause.head, clause.operators, is_past(cues) or (unknown is not None and unknown.predicate.tag_ == "VB" and is_told_in_past(unknown.predicate)))
    contents = {content.i for content in cues[0].contents} if cues else set()
    if denies(cues) and (clause.top.i in contents or (clause.top.head.i in contents and clause.top.dep_ == "conj")):
        modality = replace(modality, polarity="negative" if modality.polarity == "positive" else "positive")
    if clause.top.dep_ == "advcl" and marker(clause.top) in CONDITIONS and unknown is None:
        modality = replace(modality, status="hypothetical")  # "if they came" says of no coming
    if cues and cues[0].verb.lemma_ == "doubt" and modality.certainty == "certain":
        modality = replace(modality, certainty="probable")  # a doubt is no denial
    if cues and cues[0].verb.lemma_ in FORECASTING and modality.status == "planned":
        modality = replace(modality, status="predicted")  # "forecast that it will be closed" is no plan of the closing
    unspecified = [cue.verb.text for cue in cues if cue.source is None and cue.kind in ("adverb", "passive", "noun")]
    if (unspecified or (cues and cues[0].verb.lemma_ == "hear")) and modality.certainty == "certain":
        modality = replace(modality, certainty="probable")
    if place.sentence.text.rstrip(' \n”"’').endswith("?"):
        modality = replace(modality, status="hypothetical", certainty="possible")
    if unknown is not None:
        modality = _left_open(modality, unknown)
    return modality


def _left_open(modality: Modality, unknown: Unknown) -> Modality:
    """ "Whether they left is unclear" says of no leaving; "the number is not known" denies nothing of the number."""
    if unknown.question is None:
        return replace(modality, polarity="positive") if unknown.known == "said-unknown" else modality
    return replace(modality, certainty="possible") if unknown.is_polar else modality


def _belongs(token: Token, clause: Clause, owners: dict[int, Clause], place: _Place, owned: frozenset[int]) -> bool:
    """Whether a value is the clause's: the nearest owner above it is one of `owned`, or owns the clause."""
    if not place.sentence.start <= token.i < place.sentence.end:
        return False
    owner = owner_of(token, {*owners, *place.attributed.verbs})
    return owner is not None and (owner in owned or owners.get(owner) is clause)


def _voices(clause: Clause, place: _Place, owners: dict[int, Clause], outlet: Voice) -> tuple[Voice, ...]:
    """The chain of the clause, ending with the outlet. Words in [brackets] inside a quotation are the outlet's."""
    if _in_brackets(place, clause.head.idx, -1):
        return (outlet,)
    chain = place.attributed.chain_of(clause.top)
    cues = place.attributed.cues_above(clause.top)
    if chain and cues:
        day = _told_on(cues[0].verb.i, place, owners) or (_issued_on(cues[0].source, place) if cues[0].source is not None and chain[0].kind == "document" else None)
        chain = (replace(chain[0], on=day), *chain[1:]) if day else chain
    return (*chain, outlet)


def _told_on(cue: int, place: _Place, owners: dict[int, Clause]) -> Filler | None:
    """The day that the words give to the telling itself: "told … on Monday"."""
    for found in place.measures.times:
        dated = found.filler.time and found.filler.time.kind == "date" and place.sentence.start <= found.token.i < place.sentence.end
        if dated and owner_of(found.token, {*owners, *place.attributed.verbs}) == cue:
            return lean(found.filler, "occurred")
    return None


def _issued_on(source: Token, place: _Place) -> Filler | None:
    """The day on which a document came out: "a count printed last week", "the order of 3 May"."""
    clauses = [one for one in children(source, "acl", "relcl") if one.lemma_ in _ISSUED]
    within = {token.i for one in (*clauses, *(two for two in children(source, "prep") if two.lower_ in ("of", "from"))) for token in one.subtree}
    found = next((found for found in place.measures.times if found.token.i in within and found.filler.time and found.filler.time.kind == "date"), None)
    return lean(found.filler, "occurred") if found is not None else None


def _in_brackets(place: _Place, at: int, beside: int) -> bool:
    """Whether a place lies within [brackets] of the sentence that do not hold the place `beside`."""
    text, start = place.passage.text, place.sentence.start_char
    opened = text.rfind("[", start, at)
    closed = text.find("]", opened, place.sentence.end_char)
    return opened >= 0 and closed >= at and not opened <= beside < closed


def _key(report: Report, said: _Said, trigger: str, sentence: Span) -> str:
    playbook = (said.playbook or "").split("@")[0]
    return "\n".join((report.id, playbook, said.frame, trigger, re.sub(r"\s+", " ", sentence.text).strip()))


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
