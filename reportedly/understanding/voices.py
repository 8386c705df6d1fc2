"""Who speaks: a noun phrase becomes a Voice, and a later "he" or "the source" finds the voice it repeats.

`Hearing` is the memory of one report. It never merges on a guess: a definite phrase joins an earlier voice only with
the same head noun and no contradicting place; a pronoun only the last voice of its number.
"""

import re
from dataclasses import dataclass, field

from spacy.tokens import Token

from reportedly.records import Report, Voice
from reportedly.understanding.grammar import PERSONS, children, noun_edges
from reportedly.values import find_place, find_state

DOCUMENTS = frozenset(
    "report memorandum memo contract statement resolution document filing letter survey poll study order law text record transcript decree notice directive agreement treaty convention "
    "bulletin communique article paper dossier certificate email audit review affidavit indictment ruling circular annex guideline charter constitution policy answer advisory datum figure "
    "statistic complaint lawsuit charge court_filing paperwork plan".split()
)
ORGANISATIONS = frozenset(
    "ministry government company group agency party committee department embassy police army court union community state bureau office council firm bank administration regime "
    "team organisation organization institute university commission board authority service corporation consulate coalition alliance association federation foundation church "
    "parliament congress senate union military navy country kingdom republic city county province cabinet leadership side watchdog body network think-tank tribunal campaign ngo charity "
    "hospital school newspaper broadcaster operator regulator manufacturer employer factory publisher sheriff prosecution fbi branch panel media medium directorate outlet newsroom syndicate regiment secretariat delegation bloc".split()
)
_ORGANISATION_NAMES = re.compile(
    r"\b(?:Ministry|Department|Committee|Council|Commission|Agency|Bureau|Office|Party|Institute|University|Government|Police|Court|Bank|Corporation|Corp|Company|Co|Inc|Ltd|LLC|Group|Union|"
    r"Association|Foundation|Organi[sz]ation|Centre|Center|Board|Authority|Service|Services|Embassy|Army|Navy|Force|Forces|House|Senate|Congress|Parliament|Assembly|Federation|League|"
    r"International|Nations|Watch|Amnesty|Fund|College|School|Hospital|Church|Cabinet|Kremlin|Pentagon|Treasury|NGO|Network|Initiative|Alliance|Coalition|Secretariat|Administration|Society|Project|Trust|Campaign|Team)\b"
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
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "both"])


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice once heard: its chain (innermost first, without the outlet), head noun, number and telling words."""

    chain: tuple[Voice, ...]
    lemma: str
    plural: bool
    words: frozenset[str]


@dataclass(slots=True)
class Hearing:
    """The voices of one report in the order in which they were heard, the full names met so far, and `last`: the chain
    of whoever the report itself gave the word to last, () if nobody yet."""

    report: Report
    start: int = 0
    heard: list[Heard] = field(default_factory=list)
    names: dict[str, tuple[int, int]] = field(default_factory=dict)
    last: tuple[Voice, ...] = ()

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

    def meet(self, person: Token) -> None:
        """A named person whom the report speaks of may be the "he" of the next sentence, though nothing was said yet."""
        voice = self.describe(person)
        if voice.kind == "named":
            self.heard.append(Heard((voice,), person.lemma_.lower(), plural=False, words=_telling(person)))

    def _hear(self, source: Token, outer: tuple[Voice, ...]) -> tuple[Voice, ...]:
        known = self._again(source)
        if known is not None:
            self.heard.append(known)
            return known.chain
        voice = self.describe(source)
        if outer and voice == outer[0]:
            return outer
        chain = (voice, *outer)
        self.heard.append(Heard(chain, source.lemma_.lower(), _is_plural(source), _telling(source)))
        return chain

    def _again(self, source: Token) -> Heard | None:
        word = source.lower_
        if word in _PEOPLE:
            return self._latest(lambda one: one.chain[0].kind in ("named", "anonymous") and not one.plural)
        if word in _SELF:
            return self.heard[-1] if self.heard else None
        if word in _MANY:
            return self._latest(lambda one: one.plural or one.chain[0].kind == "organisation")
        if word == "it":
            return self._latest(lambda one: one.chain[0].kind in ("organisation", "document", "report"))
        if source.pos_ == "PROPN":
            words = {token.text for token in source.subtree if token.pos_ == "PROPN" and token.dep_ in ("compound", source.dep_)}
            return self._latest(lambda one: one.chain[0].kind in ("named", "organisation", "report") and _same_name(words, one.chain[0]))
        if _is_definite(source):
            telling = _telling(source) - {word.lower() for word in (self.report.outlet or "").split()}
            return self._latest(
                lambda one: one.lemma == source.lemma_.lower() and one.plural == _is_plural(source) and telling <= one.words | {source.lemma_.lower(), source.lower_}
            )
        return None

    def _latest(self, fits: object) -> Heard | None:
        assert callable(fits)
        return next((one for one in reversed(self.heard) if fits(one)), None)

    def describe(self, source: Token) -> Voice:
        """A voice from the noun phrase of `source`; its text is the phrase without clauses that hang on it."""
        apposition = next((one for one in children(source, "appos") if one.pos_ == "PROPN"), None)
        if apposition is not None and source.pos_ == "NOUN" and source.lemma_.lower() not in ORGANISATIONS | DOCUMENTS:
            source = apposition  # "its director, Ana Velin, said": the name is the voice
        first, last = noun_edges(source, coordinated=True)
        start, end = self.start + source.doc[first].idx, self.start + source.doc[last].idx + len(source.doc[last])
        kind, name = self._kind(source)
        if kind == "named" and source.text in self.names:
            start, end = self.names[source.text]
            name = self.report.text[start:end]
        return Voice(kind, self.report.text[start:end], name, start, end, place=_stand(source))

    def _kind(self, source: Token) -> tuple[str, str | None]:
        lemma = source.lemma_.lower()
        if source.pos_ == "PRON" and source.lower_ in _PEOPLE | _MANY | _SELF | {"it"}:
            return "unspecified", None  # nobody met so far fits
        if source.pos_ == "PROPN" or (source.text[:1].isupper() and source.i != source.sent.start and source.pos_ == "NOUN"):
            return self._kind_of_name(source)
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
    """First and last token of the run of proper nouns (with hyphens) that a name's head stands in."""
    doc, first, last = noun.doc, noun.i, noun.i
    while first > noun.sent.start and (doc[first - 1].pos_ == "PROPN" or (doc[first - 1].text == "-" and first > noun.sent.start + 1)):
        first -= 1
    while last + 1 < noun.sent.end and (doc[last + 1].text == "-" or (doc[last + 1].pos_ == "PROPN" and doc[last].text == "-")):
        last += 1
    return first, last


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
