"""The chain of voices behind each clause of a report, sentence by sentence in reading order."""

from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from reportedly.records import Voice
from reportedly.understanding.anonymity import find_reasons, find_spoken
from reportedly.understanding.cues import DENIALS, NEG_RAISING, SPEECH, Cue, find_cues
from reportedly.understanding.grammar import ancestors, child, children, is_negated, is_person, is_verb, own_subject, subject_of
from reportedly.understanding.voices import DOCUMENTS, ORGANISATIONS, Hearing, without_titles

OUTLET_KNOWS = frozenset("learn understand know hear find discover obtain see confirm".split())
QUOTED = 0.6  # share of a sentence's words between marks from which the whole sentence is somebody's speech
_WORKS = ORGANISATIONS | frozenset("plant mill yard shipyard mine farm site hotel works brand".split())
_INTERVIEWING = frozenset("meet interview speak talk ask question".split())
_SOME_WORDS = 4  # fewer quoted words are a title or a scare quote


@dataclass(frozen=True, slots=True)
class Speech:
    """How a sentence stands to the quotation marks: the share and count of its quoted words, the sentences after it in
    the same quotation, whether it follows another sentence of its paragraph, the speaker of a tag ("he declared.") that a
    broken sentence left behind it, and which of its tokens stand between marks."""

    share: float
    words: int
    follows: tuple[Span, ...] = ()
    same_paragraph: bool = False
    tag: Token | None = None
    inside: frozenset[int] = frozenset()
    closes: int = 0  # where the quotation that runs on past the sentence ends


@dataclass(slots=True)
class Attributed:
    """The cues of one sentence and the chain behind each content head."""

    cues: list[Cue]
    chains: dict[int, tuple[Voice, ...]] = field(default_factory=dict)
    by_content: dict[int, list[Cue]] = field(default_factory=dict)
    quoted_by: tuple[Voice, ...] = ()
    continued: bool = False
    tag: Cue | None = None
    verbs: frozenset[int] = frozenset()  # the verbs that only give the word to somebody
    asides: list[tuple[int, int]] = field(default_factory=list)  # what says no more than why a voice is not named

    def chain_of(self, clause_top: Token) -> tuple[Voice, ...]:
        """Voices of a clause, innermost first, without the outlet."""
        for token in ancestors(clause_top):
            if token.i in self.chains:
                return self.chains[token.i]
        return self.quoted_by

    def is_aside(self, head: Token) -> bool:
        """Whether a clause says no more than why a voice is not named."""
        return any(start <= head.idx < end for start, end in self.asides)

    def cues_above(self, clause_top: Token) -> list[Cue]:
        """The cues that govern a clause, innermost first; a quotation's tag where no other does."""
        above = [cue for token in ancestors(clause_top) for cue in self.by_content.get(token.i, []) if cue.kind != "pushed" or token.i == clause_top.i]
        return above or ([self.tag] if self.tag is not None else [])


def attribute(sentence: Span, hearing: Hearing, speech: Speech) -> Attributed:
    """Read who speaks in a sentence.

    A sentence in quotation marks that names nobody is spoken by whoever the rest of its quotation names, else by the
    last speaker; one with only some quoted words goes on with the last speaker too, for the words are somebody's.
    """
    _notice_names(sentence, hearing)
    cues = find_cues(sentence)
    telling = next((cue for cue in cues if _speaks_the_quotation(cue, speech.inside)), None)
    named = names_speaker(cues, speech.inside)
    if telling is None and speech.inside and not named and (tag := _tag_beside(sentence, speech.inside) or _shown_before_colon(sentence, speech.inside)):
        cues.append(tag)
        named = names_speaker([tag], speech.inside)
    attributed = Attributed(cues, verbs=frozenset(cue.verb.i for cue in cues if cue.kind in ("verb", "passive", "tag", "pushed")))
    for cue in attributed.cues:
        for content in cue.contents:
            attributed.by_content.setdefault(content.i, []).append(cue)
    if speech.tag is not None and not named:
        attributed.quoted_by = hearing.hear(speech.tag, ())
    elif speech.share >= QUOTED and not named:
        source = next_speaker(speech)
        attributed.quoted_by = hearing.hear(source, ()) if source is not None else hearing.quoted(speech.same_paragraph)
        attributed.continued = True
    elif speech.words >= _SOME_WORDS and not named and speech.same_paragraph:
        attributed.quoted_by = hearing.last
        attributed.continued = bool(hearing.last)
    attributed.quoted_by = attributed.quoted_by or hearing.floor
    if telling is not None:  # the parse hangs "…,” his wife told us" inside the quotation that it gives to her
        attributed.tag, attributed.quoted_by = telling, _chain(telling, (), hearing)
    for cue in sorted((cue for cue in cues if cue is not telling), key=_depth):
        _hear_cue(cue, attributed, hearing)
    _carry_over_semicolon(sentence, attributed)
    _meet_others(sentence, attributed, hearing)
    _learn_of_voices(sentence, attributed, hearing)
    return attributed


def _speaks_the_quotation(cue: Cue, inside: frozenset[int]) -> bool:
    outside = cue.kind == "verb" and cue.source is not None and not {cue.verb.i, cue.source.i} & inside
    return outside and any(one.i in inside and is_verb(one) for one in ancestors(cue.verb)) and all(content.i in inside for content in cue.contents)


def _meet_others(sentence: Span, attributed: Attributed, hearing: Hearing) -> None:
    """Who is the subject of a sentence that gives nobody the word, and every document that it brings up, may speak later."""
    sources = {cue.source.i for cue in attributed.cues if cue.source is not None}
    for token in sentence:
        if token.pos_ == "NOUN" and token.lemma_ in DOCUMENTS and token.i not in sources and any(one.lower_ in ("a", "an") for one in children(token, "det")):
            hearing.meet(token)
        if token.pos_ == "VERB" and token.lemma_ in _INTERVIEWING:
            for guest in (*children(token, "dobj"), *(noun for prep in children(token, "prep") if prep.lower_ in ("to", "with") for noun in children(prep, "pobj"))):
                hearing.meet(guest)
    subject = own_subject(sentence.root)
    owner = child(subject, "poss") if subject is not None and not attributed.cues else None
    if owner is not None and owner.pos_ == "PROPN":
        hearing.meet(owner)  # "Ilse's contract ends in May. She …"
    hearing.told_of = next((one for cue in attributed.cues for content in cue.contents if (one := own_subject(content)) is not None and is_person(one) and one.tag_ == "NN"), None)
    named = subject is not None and not attributed.cues and (subject.pos_ == "PROPN" or is_person(subject))
    if subject is not None and named:
        hearing.meet(subject)
    hearing.seen = hearing.describe_again(subject) if subject is not None and not attributed.cues and (named or subject.lower_ in ("he", "she")) else ()


def _learn_of_voices(sentence: Span, attributed: Attributed, hearing: Hearing) -> None:
    """Why a voice is not named, and how or where it spoke: said once, it holds for the voice wherever it is heard."""
    heard = {cue.source.i: attributed.chains[cue.contents[0].i][0] for cue in attributed.cues if cue.source is not None and attributed.chains.get(cue.contents[0].i)}
    for who, reason in find_reasons(sentence, hearing.start):
        attributed.asides.append((reason.start - hearing.start, reason.end - hearing.start))
        voice = heard.get(who.i) or hearing.describe_again(who)[0]
        if voice.start is not None and voice.end is not None and voice.kind in ("anonymous", "named"):
            hearing.reasons.setdefault((voice.start, voice.end), reason.text)
    for token in sentence:
        spoken = find_spoken(token, hearing.start) if token.pos_ == "VERB" else None
        subject = subject_of(token) if spoken is not None else None
        if spoken is None or subject is None:
            continue
        voice = heard.get(subject.i) or hearing.describe_again(subject)[0]
        if voice.start is not None and voice.end is not None:
            hearing.spoken.setdefault((voice.start, voice.end), spoken.text)


def _carry_over_semicolon(sentence: Span, attributed: Attributed) -> None:
    """ "The source said they are tired; they want to go": what follows the semicolon goes on in the same voice."""
    root = sentence.root
    marks = [token.i for token in sentence if token.text == ";" and token.i < root.i]
    if not marks or root.i in attributed.chains:
        return
    for cue in attributed.cues:
        if cue.kind in ("verb", "according") and cue.verb.i < marks[0] and cue.contents[0].i in attributed.chains:
            attributed.chains[root.i] = attributed.chains[cue.contents[0].i]


def _tag_beside(sentence: Span, inside: frozenset[int]) -> Cue | None:
    """ "…,” said the clerk": a verb of speech right beside the marks, where the parse did not see what it says. The speaker is
    its subject, else the noun on its other side."""
    words = [token for token in sentence if token.i not in inside and not token.is_punct and not token.is_space]
    verb = next((token for token in words if token.lemma_ in SPEECH and token.tag_ in ("VBD", "VBZ") and _touches(token, words, inside)), None)
    if verb is None or is_negated(verb):
        return None
    at = words.index(verb)
    nouns = ("NOUN", "PROPN", "PRON")
    subject = own_subject(verb)
    if subject is None or subject.i in inside:
        subject = next((token for token in reversed(words[:at]) if token.pos_ in nouns), None) or next(
            (token for token in words[at + 1 :] if token.pos_ in nouns and token.dep_ not in ("compound", "nmod")), None
        )
    quoted = [token for token in sentence if token.i in inside and token.is_alpha]
    said = tuple(token for token in quoted if token.head.i not in inside) or tuple(quoted[:1])
    return Cue(verb, subject, said, "tag") if subject is not None and said else None


def _shown_before_colon(sentence: Span, inside: frozenset[int]) -> Cue | None:
    """ "The widow was blunt: “…”": whom the clause before the colon is about speaks the quotation behind it."""
    colon = next((token for token in sentence if token.text == ":" and token.i + 1 in inside and token.i not in inside), None)
    verb = next((token for token in sentence if colon is not None and token.i < colon.i and is_verb(token) and token.i not in inside and own_subject(token) is not None), None)
    speaker = own_subject(verb) if verb is not None else None
    if colon is None or speaker is None or not (speaker.pos_ == "PROPN" or speaker.lower_ in ("he", "she") or is_person(speaker)):
        return None
    quoted = [token for token in sentence if token.i in inside and token.i > colon.i and token.is_alpha]
    return Cue(colon, speaker, tuple(token for token in quoted if token.head.i not in inside) or tuple(quoted[:1]), "tag") if quoted else None


def _touches(verb: Token, words: list[Token], inside: frozenset[int]) -> bool:
    """Whether no more than a name stands between a verb of speech and the marks before or after it."""
    at = words.index(verb)
    run = [token for token in words if abs(words.index(token) - at) <= 4]
    before = [token.i for token in run if token.i <= verb.i]
    after = [token.i for token in run if token.i >= verb.i]
    return any(number - 1 in inside or number - 2 in inside for number in before) or any(number + 1 in inside or number + 2 in inside for number in after)


def tag_speaker(sentence: Span) -> Token | None:
    """The speaker of a sentence that is nothing but "he declared": what is left where the parse broke a sentence."""
    words = [token for token in sentence if token.is_alpha]
    root = sentence.root
    if len(words) > 5 or root.lemma_ not in SPEECH or not is_verb(root) or child(root, "dobj", "ccomp") is not None:
        return None
    return own_subject(root)


def names_speaker(cues: list[Cue], inside: frozenset[int] = frozenset()) -> bool:
    """Whether a sentence itself gives the word to somebody: a main verb of speech, or "according to". What stands between
    the marks ("They told us to go") is part of what is said."""
    cues = [cue for cue in cues if cue.verb.i not in inside]
    return any(cue.kind in ("according", "tag", "colon") or (cue.kind in ("verb", "object") and cue.verb.dep_ in ("ROOT", "parataxis")) for cue in cues)


def next_speaker(speech: Speech) -> Token | None:
    """Whom a later sentence of the same quotation gives the word to, outside its marks."""
    for sentence in speech.follows:
        for cue in find_cues(sentence):
            if cue.kind == "verb" and cue.verb.dep_ == "ROOT" and cue.source is not None and cue.verb.idx >= speech.closes:
                return cue.source
    return None


def _depth(cue: Cue) -> tuple[int, bool, int]:
    """Outer cues first, so that an inner voice stands under the outer one."""
    return sum(1 for _ in ancestors(cue.contents[0])), cue.kind in ("pushed", "forecast"), cue.verb.i


def _hear_cue(cue: Cue, attributed: Attributed, hearing: Hearing) -> None:
    outer = _outer_chain(cue, attributed)
    chain = _chain(cue, outer, hearing)
    for content in cue.contents:
        if cue.kind == "pushed":  # only this clause; what is coordinated with it goes on in the outer voice
            attributed.chains.update({one.i: outer for one in children(content, "conj")})
        attributed.chains[content.i] = chain


def _outer_chain(cue: Cue, attributed: Attributed) -> tuple[Voice, ...]:
    start = cue.verb if cue.kind == "forecast" or cue.verb.i not in {content.i for content in cue.contents} else cue.verb.head
    for token in ancestors(start):
        if token.i in attributed.chains:
            return attributed.chains[token.i]
    return attributed.quoted_by


def _chain(cue: Cue, outer: tuple[Voice, ...], hearing: Hearing) -> tuple[Voice, ...]:
    if cue.source is None:
        if cue.kind in ("adverb", "passive", "noun"):
            start = hearing.start + cue.verb.idx
            if outer:
                return outer if cue.kind == "adverb" else (Voice("unspecified", cue.verb.text, None, start, start + len(cue.verb)), *outer)
            return (Voice("unspecified", cue.verb.text, None, start, start + len(cue.verb)),)
        return outer or hearing.last
    if _is_outlet(cue.source, hearing) and (cue.verb.lemma_ in OUTLET_KNOWS or cue.verb.tag_ in ("VBZ", "VBP")):
        return outer  # "Coast Times has learned", "Coast Times warns": its own voice; "reported in May" is an earlier report
    chain = outer if cue.source.lower_ in ("we", "i") and outer else hearing.hear(cue.source, outer)
    if cue.verb.lemma_ == "hear":  # hearsay: who told it is not said
        start = hearing.start + cue.verb.idx
        return (Voice("unspecified", cue.verb.text, None, start, start + len(cue.verb)), *chain)
    return chain


def _is_outlet(source: Token, hearing: Hearing) -> bool:
    """Whether the phrase names the report's own outlet, or is its "we" outside quotations."""
    outlet = hearing.report.outlet
    if outlet is None:
        return False
    words = outlet.lower().split()
    return source.lower_ == words[-1] and (len(words) == 1 or any(one.lower_ in words for one in source.children))


def _notice_names(sentence: Span, hearing: Hearing) -> None:
    """Full names are two or more proper nouns in a row, hyphens included."""
    run: list[Token] = []
    for token in sentence:
        if token.pos_ == "PROPN" or (token.text == "-" and run):
            run.append(token)
            continue
        _close_run(run, hearing)
        run = []
    _close_run(run, hearing)


def _close_run(run: list[Token], hearing: Hearing) -> None:
    while run and run[-1].text == "-":
        run.pop()
    if run and run[-1].dep_ in ("compound", "nmod") and run[-1].head.lemma_ in _WORKS:
        hearing.bodies.update(token.text for token in run)  # "the Sorel tile factory": Sorel is no person
    first = without_titles(run[0].doc, run[0].i, run[-1].i) if run else 0
    if run and run[-1].i > first:
        hearing.notice_name(run[0].doc[first], run[-1])


def denies(cues: list[Cue]) -> bool:
    """Whether the innermost voice denies or doubts what the clause says."""
    if not cues:
        return False
    verb = cues[0].verb
    return verb.lemma_ in DENIALS or (verb.lemma_ in NEG_RAISING and is_negated(verb))


def is_past(cues: list[Cue]) -> bool:
    """Whether a past speech verb governs the clause, so that its "would" is a future seen from then."""
    return bool(cues) and any(cue.verb.tag_ in ("VBD", "VBN") for cue in cues)
