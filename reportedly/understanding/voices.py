"""Who speaks: a noun phrase becomes a Voice, and a later "he" or "the source" finds the voice it repeats.

`Hearing` is the memory of one report. It never merges on a guess: a definite phrase joins an earlier voice only with
the same head noun and no contradicting place; a pronoun only the last voice of its number.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Doc, Token

from reportedly.records import Report, Segment, Voice
from reportedly.understanding.anonymity import count_voices, read_role
from reportedly.understanding.grammar import PERSONS, child, children, is_person, is_verb, noun_edges
from reportedly.values import find_place, find_state

DOCUMENTS = frozenset(
    "report memorandum memo contract statement resolution document filing letter survey poll study order law text record transcript decree notice directive agreement treaty convention "
    "bulletin communique article paper dossier certificate email audit review affidavit indictment ruling circular annex guideline charter constitution policy answer advisory datum figure "
    "statistic complaint lawsuit charge paperwork plan ledger handbook manual register roster log diary leaflet brochure note telegram cable invoice receipt petition verdict census file payroll timetable schedule".split()
)
ORGANISATIONS = frozenset(
    "ministry government company group agency party committee department embassy police army court union community state bureau office council firm bank administration regime "
    "team organisation organization institute university commission board authority service corporation consulate coalition alliance association federation foundation church "
    "parliament congress senate union military navy country kingdom republic city county province cabinet leadership side watchdog body network think-tank tribunal campaign ngo charity "
    "hospital school newspaper broadcaster operator regulator manufacturer employer factory publisher sheriff prosecution fbi branch panel media medium directorate outlet newsroom syndicate regiment secretariat delegation bloc guild cooperative clinic mission garrison legation presidency chamber".split()
)
_ORGANISATION_NAMES = re.compile(
    r"\b(?:Ministry|Department|Committee|Council|Commission|Agency|Bureau|Office|Party|Institute|University|Government|Police|Court|Bank|Corporation|Corp|Company|Co|Inc|Ltd|LLC|Group|Union|"
    r"Association|Foundation|Organi[sz]ation|Centre|Center|Board|Authority|Service|Services|Embassy|Army|Navy|Force|Forces|House|Senate|Congress|Parliament|Assembly|Federation|League|"
    r"International|Nations|Watch|Amnesty|Fund|College|School|Hospital|Church|Cabinet|Kremlin|Pentagon|Treasury|NGO|Network|Initiative|Alliance|Coalition|Secretariat|Administration|Society|Project|Trust|Campaign|Team|Guild|Mission|Clinic|Chamber|Cooperative|Federation|Command|Brigade)\b"
)
_OUTLET_NAMES = re.compile(
    r"\b(?:News|Times|Post|Journal|Tribune|Herald|Gazette|Guardian|Telegraph|Observer|Reuters|AP|AFP|Associated Press|KCNA|Yonhap|TASS|Interfax|Xinhua|Kyodo|NHK|BBC|CNN|Bloomberg|NK|Daily|"
    r"Wire|Radio|TV|Television|Broadcasting|Press|Courier|Ledger|Review|Monitor|Chronicle|Politico|Axios|Newsweek|Magazine|NPR|CNBC|MSNBC|ABC|CBS|NBC|Fox|Breitbart|HuffPost|Mail|Sun|Globe|Independent|Examiner)\b"
)
_PEOPLE = frozenset("he she him her his hers himself herself".split())
_MANY = frozenset("they them their".split())
_SELF = frozenset("i we me us you my our".split())
_SMALL_WORDS = frozenset("the a an this that these those same one his her their its our my 's ’s of in from inside at to and for with who another other also".split())
_STANDS = frozenset(["in", "inside", "from", "at", "near", "outside", "within", "based"])
_TRADES = ("er", "or", "ist", "ian", "ant", "ent", "eur", "man", "woman", "ee", "ic", "ive", "al", "son", "ate", "st")
# Words before a name that are no part of it.
TITLES = frozenset(
    "minister director president ambassador general colonel major captain governor mayor secretary chairman chairwoman chair senator judge doctor dr mr mrs ms prof professor sir lady lord king queen "
    "prince princess commissioner inspector consul chancellor premier deputy spokesman spokeswoman bishop father sister comrade gen col lt sgt rep sen gov capt".split()
)
_OUTLETS = frozenset("newspaper paper website magazine agency site outlet channel station wire".split())
_ASKING = frozenset("q question interviewer host anchor presenter reporter correspondent moderator narrator newsreader journalist voiceover".split())
_SPOKESMEN = frozenset("spokesman spokeswoman spokesperson witness source caller voice".split())
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")
_OTHERS = frozenset("another other second third fourth different separate further additional".split())
_SHEETS = frozenset("page pages paragraph full long short joint written new latest same unpublished confidential internal leaked".split())
_GOT = frozenset("see obtain review get read hear deliver publish share leak show examine view".split())  # says how a document was come by, not which it is
_LONGEST_CLAUSE = 25  # words; a longer clause tells a story, and does not say who is meant
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "both"])


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice once heard: its chain (innermost first, without the outlet), head noun, number, telling words, and the verb
    of a clause that says what it does. `spoke` is False of what the report only speaks of so far; `titles` are the offices of a named person."""

    chain: tuple[Voice, ...]
    lemma: str
    plural: bool
    words: frozenset[str]
    deed: str = ""
    spoke: bool = True
    titles: frozenset[str] = frozenset()


@dataclass
class Hearing:
    """The voices of one report in the order in which they were heard, the full names met so far, the names that are those
    of bodies ("the Sorel factory"), and `last`: the chain of whoever the report itself gave the word to last, () if nobody
    yet. `seen` is who the sentence before was about, if a person. `told_of` is the person that the last thing said was about. `floor` is the chain of whoever has the floor in a transcript, `answering` of whom an interview asks. `reasons` and `spoken` hold, by the span of a voice, what any sentence says of why it is not named and how it spoke."""

    report: Report
    start: int = 0
    heard: list[Heard] = field(default_factory=list)
    names: dict[str, tuple[int, int]] = field(default_factory=dict)
    bodies: set[str] = field(default_factory=set)
    last: tuple[Voice, ...] = ()
    seen: tuple[Voice, ...] = ()
    told_of: Token | None = None
    floor: tuple[Voice, ...] = ()
    answering: tuple[Voice, ...] = ()
    reasons: dict[tuple[int, int], str] = field(default_factory=dict)
    spoken: dict[tuple[int, int], str] = field(default_factory=dict)

    @cached_property
    def turns(self) -> dict[int, Segment]:
        """The label that opens a paragraph, by the place where the paragraph begins."""
        return {after.start: label for label, after in pairwise(self.report.segments) if label.kind == "label"}

    @property
    def outlet(self) -> Voice:
        """The report's own voice, the last of every chain."""
        return Voice("outlet", self.report.outlet or "the outlet")

    def notice_name(self, first: Token, last: Token) -> None:
        """Remember a full name, so that its surname alone finds it: the first full mention stands."""
        for token in first.doc[first.i : last.i + 1]:
            if len(token.text) > 2:
                self.names.setdefault(token.text, (self.start + first.idx, self.start + last.idx + len(last)))

    def hear(self, source: Token, outer: tuple[Voice, ...]) -> tuple[Voice, ...]:
        """The chain that a source phrase stands for: an earlier voice again, or a new one under `outer`."""
        chain = self._hear(source, outer)
        if not outer:
            self.last = chain
        return chain

    def quoted(self, same_paragraph: bool) -> tuple[Voice, ...]:
        """Who speaks a quotation beside which nobody is named: in a paragraph whom its last sentence showed ("The widow shook
        her head."), else the last speaker, else whom the report showed."""
        self.last = (self.seen if self.seen and self.seen[0].start is not None and (same_paragraph or not self.last) else ()) or self.last
        return self.last

    def give_floor(self, label: str, start: int) -> None:
        """The turn of a transcript goes to whom its label at offset `start` of the report names."""
        words = re.split(r"[(,:]| [–—-] ", label.strip(" \t:.–—-"))[0].strip()
        if words.lower() in _ASKING:
            self.floor = ()
            return
        if words.lower() in ("a", "answer", "interviewee"):
            self.answering = self.answering or self._guest() or (Voice("unspecified", words, None, start, start + len(words)),)
            self.floor = self.answering
        else:
            self.floor = self._called(words, start)
        self.last = self.floor

    def keep_floor(self, paragraph: str) -> None:
        """A paragraph without a label goes on with the turn only where it says I or we."""
        if not _FIRST_PERSON.search(paragraph):
            self.floor = ()

    def _guest(self) -> tuple[Voice, ...]:
        known = self._latest(lambda one: one.chain[0].kind in ("named", "anonymous") and not one.plural)
        return known.chain if known is not None else ()

    def _called(self, words: str, start: int) -> tuple[Voice, ...]:
        """Whom a label calls by a name, in capitals or not, or by a trade."""
        known = next((one for one in reversed(self.heard) if words.lower() in (one.chain[0].name or "").lower().split(" ") or words.lower() == one.chain[0].text.lower()), None)
        if known is not None:
            return known.chain
        span = next((span for span in self.names.values() if self.report.text[slice(*span)].lower().endswith(words.lower())), None)
        if span is not None:
            text = self.report.text[slice(*span)]
            return (Voice("named", text, text, *span),)
        lemma = words.lower().split(" ")[-1]
        kind = "organisation" if lemma in ORGANISATIONS else "anonymous" if lemma in PERSONS or lemma.removesuffix("s") in PERSONS or lemma in _SPOKESMEN else "named"
        voice = Voice(kind, words, (words.title() if words.isupper() else words) if kind == "named" else None, start, start + len(words))
        self.heard.append(Heard((voice,), lemma, plural=False, words=frozenset(words.lower().split(" "))))
        return (voice,)

    def meet(self, noun: Token) -> None:
        """Whom or what the report speaks of may be the "he" or "the answer" of a later sentence, though it said nothing yet."""
        voice = self.describe(noun)
        if voice.kind in ("named", "document") or is_person(noun):
            self.heard.append(Heard((voice,), noun.lemma_.lower(), plural=_is_plural(noun), words=_telling(noun), deed=_deed(noun), spoke=False, titles=_titles(noun)))

    def describe_again(self, source: Token) -> tuple[Voice, ...]:
        """The chain of an earlier voice that a phrase repeats, else a voice of its own, without taking note of it."""
        known = self._again(source)
        return known.chain if known is not None else (self.describe(source),)

    def complete(self, voice: Voice) -> Voice:
        """The voice with what the whole report says of its anonymity and of how it spoke."""
        if voice.start is None or voice.end is None:
            return voice
        span = (voice.start, voice.end)
        return replace(voice, reason=voice.reason or self.reasons.get(span), spoke=voice.spoke or self.spoken.get(span))

    def _hear(self, source: Token, outer: tuple[Voice, ...]) -> tuple[Voice, ...]:
        known = self._again(source, outer)
        if known is not None:
            self.heard.append(known)
            return known.chain
        voice = self.describe(source)
        if outer and voice == outer[0]:
            return outer
        chain = (replace(voice, perhaps=self._perhaps(source, voice)), *outer)
        self.heard.append(Heard(chain, source.lemma_.lower(), _is_plural(source), _telling(source), _deed(source), titles=_titles(source)))
        return chain

    def _perhaps(self, source: Token, voice: Voice) -> str | None:
        """The earlier unnamed voice that this one may be again, and why that is no more than a guess."""
        if voice.kind != "anonymous" or _telling(source) & _OTHERS or any(one.lower_ in _OTHERS for one in source.children):
            return None
        for one in reversed(self.heard):
            earlier = one.chain[0]
            if earlier.kind != "anonymous" or one.lemma != source.lemma_.lower() or one.plural != _is_plural(source) or earlier.start is None:
                continue
            if voice.place and earlier.place and voice.place.lower() != earlier.place.lower():
                continue
            if not (_telling(source) <= one.words or one.words <= _telling(source)):
                continue
            return f"perhaps “{earlier.text}” again: the same word for both, and nothing that tells them apart or makes them one"
        return None

    def _again(self, source: Token, outer: tuple[Voice, ...] = ()) -> Heard | None:
        word = source.lower_
        if word in ("he", "she") and outer and outer == self.last and self.told_of is not None:
            return Heard((self.describe(self.told_of), *outer), self.told_of.lemma_, plural=False, words=frozenset())  # in "“A man came. He told us …”", not who tells it
        if word in _PEOPLE:
            return self._latest(lambda one: one.chain[0].kind in ("named", "anonymous") and not one.plural)
        if word in _SELF:
            return Heard(self.floor, word, word == "we", frozenset()) if self.floor else self.heard[-1] if self.heard else None
        if word in _MANY:
            return self._latest(lambda one: one.plural or one.chain[0].kind == "organisation")
        if word == "it":
            return self._latest(lambda one: one.chain[0].kind in ("organisation", "report") or (one.chain[0].kind == "document" and one.spoke))
        if source.pos_ == "PROPN" and source.lemma_.lower() not in DOCUMENTS:
            words = {token.text for token in source.subtree if token.pos_ == "PROPN" and token.dep_ in ("compound", source.dep_)}
            return self._latest(lambda one: one.chain[0].kind in ("named", "organisation", "report") and _same_name(words, one.chain[0]))
        if _is_definite(source):
            telling = _telling(source) - {word.lower() for word in (self.report.outlet or "").split()}
            lemma = source.lemma_.lower()
            if lemma in DOCUMENTS:
                telling = frozenset(word for word in telling if not word.isdigit() and word not in _SHEETS)  # "the 61-page report" only describes it
            known = self._latest(lambda one: one.lemma == lemma and one.plural == _is_plural(source) and telling <= one.words | {lemma, source.lower_})
            if known is None and lemma not in DOCUMENTS:
                known = self._latest(lambda one: lemma in one.titles and not one.plural and one.chain[0].kind == "named")
            return known or self._latest(lambda one: one.deed != "" and _is_doer(lemma, one.deed) and one.plural == _is_plural(source))
        return None

    def _latest(self, fits: object) -> Heard | None:
        assert callable(fits)
        return next((one for one in reversed(self.heard) if fits(one)), None)

    def describe(self, source: Token) -> Voice:
        """A voice from the noun phrase of `source`; its text is the phrase without clauses that hang on it."""
        apposition = next((one for one in children(source, "appos") if one.pos_ == "PROPN"), None)
        if apposition is not None and source.pos_ == "NOUN" and source.lemma_.lower() not in ORGANISATIONS | DOCUMENTS:
            source = apposition  # "its director, Ana Velin, said": the name is the voice
        kind, name = self._kind(source)
        first, last = phrase_edges(source) if kind in ("anonymous", "document") else noun_edges(source, coordinated=True)
        while last > first and (source.doc[last].is_space or source.doc[last].text in ",;:"):
            last -= 1
        start, end = self.start + source.doc[first].idx, self.start + source.doc[last].idx + len(source.doc[last])
        if (kind == "named" or (kind == "organisation" and source.pos_ == "PROPN" and first >= source.i - 1)) and source.text in self.names:
            start, end = self.names[source.text]
            name = self.report.text[start:end]
        unnamed = kind == "anonymous"
        return Voice(
            kind, self.report.text[start:end], name, start, end, place=_stand(source), role=read_role(source) if unnamed else None, count=count_voices(source) if unnamed else None
        )

    def _kind(self, source: Token) -> tuple[str, str | None]:
        lemma = source.lemma_.lower()
        if source.pos_ == "PRON" and source.lower_ in _PEOPLE | _MANY | _SELF | {"it"}:
            return "unspecified", None  # nobody met so far fits
        if source.pos_ == "PROPN" or (source.text[:1].isupper() and source.i != source.sent.start and source.pos_ == "NOUN"):
            return self._kind_of_name(source)
        if lemma in _OUTLETS and self.report.outlet and any(one.lower_ in ("this", "our") for one in source.children):
            return "report", self.report.outlet  # "this newspaper"
        if lemma in DOCUMENTS:
            return "document", None
        if lemma in ORGANISATIONS:
            return "organisation", None
        return "anonymous", None

    def _kind_of_name(self, source: Token) -> tuple[str, str | None]:
        left, right = _name_edges(source)
        name = source.doc[left : right + 1].text
        first, last = noun_edges(source)
        phrase = source.doc[first : last + 1].text
        if self.report.outlet and name.lower() == self.report.outlet.lower():
            return "report", self.report.outlet
        if source.text in self.bodies or any(one.lemma_.lower() in ORGANISATIONS and one.pos_ == "NOUN" for one in children(source, "compound", "nmod")):
            return "organisation", name
        if find_state(name) or (find_place(name) and source.text not in self.names):
            return "organisation", find_state(name) or name
        if source.lemma_.lower() in ORGANISATIONS or _ORGANISATION_NAMES.search(phrase):
            return "organisation", name
        if _OUTLET_NAMES.search(name):
            return "report", name
        if source.lemma_.lower() in DOCUMENTS:
            return "document", name
        if left == right and source.text.isupper() and len(source.text) > 1:
            return "organisation", name
        return "named", name


def _name_edges(noun: Token) -> tuple[int, int]:
    """First and last token of the run of proper nouns (with hyphens) that a name's head stands in, without titles."""
    doc, first, last = noun.doc, noun.i, noun.i
    while first > noun.sent.start and (doc[first - 1].pos_ == "PROPN" or (doc[first - 1].text == "-" and first > noun.sent.start + 1)):
        first -= 1
    while last + 1 < noun.sent.end and (doc[last + 1].text == "-" or (doc[last + 1].pos_ == "PROPN" and doc[last].text == "-")):
        last += 1
    return without_titles(doc, first, last), last


def without_titles(doc: Doc, first: int, last: int) -> int:
    """Where a name begins behind "Labour Minister" or "Gen."; the first token where it has no title before it."""
    titled = [number for number in range(first, last) if doc[number].lower_.strip(".") in TITLES]
    return titled[-1] + 1 if titled else first


def phrase_edges(noun: Token) -> tuple[int, int]:
    """First and last token of a phrase with the clauses that say which is meant ("drivers who cross there", "a count
    released by the union"): what follows without a comma, and says nothing of its own."""
    first, last = noun_edges(noun, coordinated=True)
    for clause in children(noun, "acl", "relcl"):
        is_who = noun.lemma_.lower() not in DOCUMENTS or (bool(children(clause, "agent")) and clause.lemma_ not in _GOT)
        if is_who and clause.left_edge.i == last + 1 < clause.right_edge.i and not children(clause, "ccomp") and clause.right_edge.i - last <= _LONGEST_CLAUSE:
            last = clause.right_edge.i
            while noun.doc[last].is_punct or noun.doc[last].is_space:
                last -= 1
    after = noun.doc[last + 1] if last + 1 < noun.sent.end else None
    if after is not None and after.lower_ == "from" and after.head.i == noun.head.i < noun.i:  # "complained the builder from Urgench"
        last = noun_edges(child(after, "pobj") or after)[1]
    return first, last


def _titles(noun: Token) -> frozenset[str]:
    """The offices of a named person: "Oda Brandt, the director of …", "Labour Minister Karel Vosk", "Vosk, its minister"."""
    beside = children(noun, "appos")
    if noun.pos_ != "PROPN":
        return frozenset([noun.lemma_.lower()] if any(one.pos_ == "PROPN" for one in beside) else [])
    offices = [*beside, *(two for one in beside for two in children(one, "conj", "appos")), *(one for one in noun.lefts if one.dep_ in ("compound", "nmod"))]
    offices = [one for one in offices if one.pos_ == "NOUN" or one.lower_ in TITLES]
    offices += [noun.head] if noun.dep_ == "appos" and noun.head.pos_ == "NOUN" else []
    return frozenset(one.lemma_.lower() for one in offices)


def _deed(noun: Token) -> str:
    """What a voice is said to do: "a person who supplies crates" can be "the supplier"."""
    return next((clause.lemma_ for clause in children(noun, "relcl", "acl") if is_verb(clause)), "")


def _is_doer(lemma: str, deed: str) -> bool:
    stem = re.sub(r"(?:ier|er|or)$", "", lemma)
    return stem != lemma and len(stem) >= 3 and deed.startswith(stem) and len(deed) - len(stem) <= 1


def may_speak(noun: Token) -> bool:
    """Whether a common noun can be a source: people by their trade or rank, bodies, documents."""
    lemma = noun.lemma_.lower()
    if lemma in DOCUMENTS | ORGANISATIONS | PERSONS or (noun.tag_ == "NNS" and lemma.endswith(_TRADES)):
        return True
    return lemma.endswith(_TRADES) or lemma in (
        "account",
        "source",
        "witness",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "police",
        "medium",
        "research",
        "estimate",
        "rumour",
        "rumor",
    )


def _same_name(words: set[str], voice: Voice) -> bool:
    return bool(words) and words <= set(re.findall(r"[\w’'-]+", (voice.name or "") + " " + voice.text)) | set((voice.name or "").split())


def _is_plural(noun: Token) -> bool:
    return noun.tag_ in ("NNS", "NNPS") or bool(children(noun, "conj")) or noun.lower_ in _MANY


def _is_definite(noun: Token) -> bool:
    owner = children(noun, "poss")
    return any(one.lower_ in _DEFINITE for one in children(noun, "det")) or bool(owner)


def _telling(noun: Token) -> frozenset[str]:
    """The words of a phrase that tell it from others of its head: places, ranks; never articles or owners."""
    first, last = noun_edges(noun)
    return frozenset(one.lower_ for one in noun.doc[first : last + 1] if one.lower_ not in _SMALL_WORDS and (one.is_alpha or one.is_digit))


def _stand(noun: Token) -> str | None:
    """Where a voice stands: "a source in North Korea"."""
    for prep in children(noun, "prep"):
        if prep.lower_ in _STANDS:
            for place in children(prep, "pobj"):
                first, last = noun_edges(place)
                return str(place.doc[first : last + 1].text)
    return None
