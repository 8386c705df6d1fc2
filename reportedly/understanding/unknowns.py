"""What is said to be unknown: questions that a sentence leaves open, and who left them open.

"How many will go remains unclear" is said-unknown, "could not find out where they went" not-found, "did not say when"
unstated. A question with "whether" says nothing of whether the thing happened; one with "how many" or "where" takes it
for granted and leaves only the answer open.
"""

from dataclasses import dataclass

from spacy.tokens import Span, Token

from reportedly.understanding.grammar import QUESTION_WORDS, children, is_negated, is_passive, is_verb, marker, own_subject

_UNKNOWN = frozenset("unknown unclear uncertain unsure undisclosed undetermined unresolved unexplained mystery".split())
_CLEAR = frozenset("clear certain sure known obvious evident apparent".split())
_NOBODY = frozenset(["nobody", "no-one", "noone", "none", "neither"])
_FINDING = frozenset("find learn determine establish verify confirm ascertain trace corroborate discover authenticate independently_verify".split())
_ESTABLISHED = frozenset("know establish determine settle clarify explain".split())
_TELLING = frozenset("say tell disclose reveal specify explain name give state answer comment clarify mention elaborate detail".split())
_PREDICATES = _FINDING | _ESTABLISHED | _TELLING | {"be", "become", "remain", "stay", "seem", "appear", "leave"}
_REFUSING = frozenset("decline refuse".split())
_POLAR = frozenset(["whether", "if", "that", ""])


@dataclass(frozen=True, slots=True)
class Unknown:
    """An open question: its clause head (None: the predicate itself says what is unknown), the predicate that leaves it open,
    said-unknown, not-found or unstated, and whether it asks if a thing is so at all."""

    question: Token | None
    predicate: Token
    known: str
    is_polar: bool

    @property
    def top(self) -> Token:
        """The word that governs the predicate: "was" of "was unable to find out"."""
        token = self.predicate
        while token.dep_ in ("xcomp", "acomp") and token.head.i != token.i:
            token = token.head
        return token


def find_unknowns(sentence: Span) -> list[Unknown]:
    """The open questions of a sentence, in order."""
    found = []
    for token in sentence:
        known = _left_open(token) if is_verb(token) else None
        if known is None:
            continue
        question = _question_of(token)
        if question is not None:
            found.append(Unknown(question, token, known, _asks_whether(question)))
        elif known != "unstated" and (known == "not-found" or _is_of_thing(token)):
            found.append(Unknown(None, token, known, is_polar=False))
    return found


def _left_open(verb: Token) -> str | None:
    """How a predicate leaves something open, if it does."""
    if verb.lemma_ not in _PREDICATES:
        return None
    said = {one.lower_ for one in children(verb, "acomp", "attr", "oprd", "dobj")} | {two.lower_ for one in children(verb, "acomp") for two in children(one, "conj")}
    denied = is_negated(verb) or any(one.lower_ in ("hardly", "never", "neither") for one in verb.children) or _is_yet_to(verb)
    if verb.lemma_ in ("be", "remain", "stay", "seem", "appear", "leave") and said & _UNKNOWN:
        return "said-unknown"
    if verb.lemma_ in ("be", "become", "remain", "seem") and said & _CLEAR and denied:
        return "said-unknown"
    subject = own_subject(verb)
    nobody = subject is not None and (subject.lower_ in _NOBODY or any(one.lower_ == "no" for one in subject.children))
    if verb.lemma_ in _ESTABLISHED and ((is_passive(verb) and denied) or (verb.lemma_ == "know" and (denied or nobody))):
        return "said-unknown"
    if verb.lemma_ in _FINDING and (_is_unable(verb) or (denied and any(one.lower_ in ("could", "can", "ca") for one in children(verb, "aux")))):
        return "not-found"
    if verb.lemma_ in _TELLING and (denied or nobody or verb.head.lemma_ in _REFUSING) and not is_passive(verb):
        return "unstated"
    return None


def _is_yet_to(verb: Token) -> bool:
    """ "has yet to be established"."""
    return verb.dep_ == "xcomp" and any(one.lower_ == "yet" for one in verb.head.children)


def _is_unable(verb: Token) -> bool:
    above = verb.head
    words = {above.lower_, above.lemma_}
    return verb.dep_ in ("xcomp", "acl", "ccomp") and (
        bool(words & {"unable", "impossible", "fail", "struggle"}) or (above.lower_ in ("able", "possible") and is_negated(above.head))
    )


def _is_of_thing(verb: Token) -> bool:
    """ "The destination is unknown", not "he is unknown" or "it is unclear"."""
    subject = own_subject(verb)
    return subject is not None and subject.pos_ in ("NOUN", "PROPN") and verb.lemma_ in ("be", "remain", "stay", "know", "establish", "determine", "settle")


def _question_of(verb: Token) -> Token | None:
    """The clause that a predicate leaves open, wherever the parse hangs it."""
    hosts = (verb, *children(verb, "acomp", "attr", "oprd"))
    for clause in (one for host in hosts for one in children(host, "ccomp", "csubj", "csubjpass", "advcl", "xcomp", "acl")):
        opening = _opening(clause)
        if is_verb(clause) and (
            opening in QUESTION_WORDS
            or (opening == "if" and clause.i > verb.i and _takes_if(verb))
            or (opening == "that" and verb.lemma_ in ("confirm", "verify", "corroborate", "establish"))
        ):
            return clause
    above = verb.head  # "How many will be sent remains unknown": the parse may turn it round
    if verb.dep_ in ("advcl", "conj", "ccomp", "xcomp") and above.i < verb.i and is_verb(above) and above.left_edge.lower_ in QUESTION_WORDS and above.dep_ == "ROOT":
        return above
    return None


def _takes_if(verb: Token) -> bool:
    """Whether an "if" behind the predicate asks; "is not known if they come" does, "will not say much if asked" may not."""
    return verb.lemma_ in ("be", "remain", "know", "say", "find", "learn", "determine", "establish", "verify", "confirm")


def _opening(clause: Token) -> str:
    return marker(clause) or str(clause.left_edge.lower_)


def _asks_whether(question: Token) -> bool:
    return marker(question) in _POLAR and question.left_edge.lower_ not in QUESTION_WORDS - _POLAR


def is_told_in_past(predicate: Token) -> bool:
    """Whether a refusal to say lies in the past, so that "would" in its question is a future seen from then."""
    forms = (predicate, predicate.head, *children(predicate, "aux"))
    return predicate.lemma_ in _TELLING and any(one.tag_ == "VBD" for one in forms)
