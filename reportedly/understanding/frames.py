"""Happenings of a playbook in a sentence: where its words stand, and under which operators.

The grammar is here, the words are the playbook's: passives, control, relative clauses, coordination, light verbs ("carry
out a selection"), nominalisation and participles are read for every playbook alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from reportedly.understanding.compile import Compiled, Matcher, find_matchers, frames_out_of_scope
from reportedly.understanding.grammar import ancestors, child, children, is_finite, is_passive, is_person, is_verb, own_subject, subject_of
from reportedly.understanding.modality import ASPECT, LIGHT, is_operator, operators_above
from reportedly.understanding.voices import DOCUMENTS

SET = frozenset("be set slip move postpone delay cancel put expect plan schedule agree fix announce follow".split())  # what is said of a departure or a round itself
_ATTITUDES = frozenset("reluctant unwilling willing eager hesitant keen afraid ready unable".split())
_WILLING = frozenset("volunteer offer apply decline".split())
_CARRIERS = frozenset("process work task round series wave phase stage batch number practice policy programme program plan".split())
_PHASES = frozenset("begin start complete finish postpone delay cancel suspend stop halt end put set slip schedule plan expect agree fix announce".split())
_NO_PREDICATE = frozenset(["amod", "compound", "nmod", "poss", "npadvmod"])


@dataclass(frozen=True, slots=True)
class Event:
    """A happening: `head` carries tense, `operators` stand above it, `words` is the token that named the frame (the noun
    under a light verb), `marker` the token whose modality counts where that is not the head."""

    matcher: Matcher
    head: Token
    operators: tuple[Token, ...]
    words: Token
    marker: Token

    @property
    def trigger(self) -> Token:
        """The word that names the happening: the noun that a light verb carries ("held talks"); of a beginning, an end or a
        delay the verb, for that is what happened."""
        return self.words if self.words.pos_ in ("NOUN", "PROPN") and self.head.lemma_ not in _PHASES and self.matcher.kind == "noun" else self.head

    @property
    def is_purpose(self) -> bool:
        """Whether it is no more than somebody's aim."""
        return not self.operators and is_verb(self.head) and not _asserts(self.head) and _is_purpose(self.head)


def find_events(sentence: Span, compiled: Compiled) -> Iterator[tuple[Event, ...]]:
    """The happenings of a playbook in a sentence in reading order; for each the readings that its words allow, the first
    of which whose needs are met is meant."""
    seen: set[tuple[str, int]] = set()
    beyond = frames_out_of_scope(sentence, compiled)
    for token in sentence:
        for matchers in (one for one in find_matchers(token, compiled) if one[0].frame not in beyond):
            events = tuple(event for matcher in matchers if (event := make_event(token, matcher)) is not None)
            if events and (events[0].matcher.frame, events[0].head.i) not in seen:
                seen.add((events[0].matcher.frame, events[0].head.i))
                yield events
                yield from _further(events[0])


def _further(event: Event) -> Iterator[tuple[Event, ...]]:
    """ "Their flight was put off and may now slip": each verb said of the flight is a happening of its own."""
    subject = subject_of(event.marker)
    for verb in children(event.marker, "conj"):
        if is_verb(verb) and verb.lemma_ in ASPECT | SET and own_subject(verb) is None and subject is not None and _names(subject, event):
            yield (Event(event.matcher, verb, operators_above(verb), verb, verb),)


def _names(subject: Token, event: Event) -> bool:
    return event.words.i == subject.i or (event.matcher.kind == "verb" and event.marker.lemma_ in SET)


def make_event(token: Token, matcher: Matcher) -> Event | None:
    """The happening that the words of a playbook name at a token, if they say of one."""
    if matcher.kind == "noun":
        return _nominal(token, matcher)
    if matcher.kind == "adjective":
        return _predicate(token, matcher)
    if token.dep_ in _NO_PREDICATE or (token.lower_ == "going" and is_operator(token)) or _is_mentioned(token):
        return None  # "the selected workers" only says which
    if is_operator(token) and not any("to do" in slots for slots in matcher.roles.values()):
        return None  # "is expected to earn": the earning happens
    if token.dep_ == "pcomp" and token.head.lower_ not in ("by", "before", "after"):
        return _nominal(token, matcher)
    operators = operators_above(token)
    if any(one.pos_ == "ADJ" and one.lemma_ in _ATTITUDES and not (one.lemma_ == "ready" and one.head.lemma_ in ("get", "make")) for one in operators):
        return None  # who is reluctant or eager to go has said nothing of a going
    if not operators and not _asserts(token) and not _is_purpose(token):
        return None
    return Event(matcher, token, operators, token, token)


def _is_mentioned(verb: Token) -> bool:
    """ "they call going abroad to work a harvest": words that are named or explained say of no going."""
    return any(one.tag_ == "VBG" and one.dep_ in ("xcomp", "ccomp") and one.head.lemma_ in ("call", "term", "dub") for one in (verb, *ancestors(verb)))


def _is_purpose(verb: Token) -> bool:
    """ "selected workers to send abroad", "sent them to earn currency": an aim, and so a plan. A chance, a right or a
    readiness to do a thing is none."""
    if verb.tag_ != "VB" or is_passive(verb) or not any(one.lower_ == "to" for one in children(verb, "aux")):
        return False
    if verb.head.lemma_ in _WILLING:
        return False  # "volunteered to go": what is offered
    return verb.dep_ == "advcl" or (verb.dep_ in ("acl", "relcl") and is_person(verb.head)) or (verb.dep_ == "conj" and _is_purpose(verb.head))


def _asserts(verb: Token) -> bool:
    """Whether a verb without operator says that something happens: it has tense, or is a participle with a load of its own."""
    if is_finite(verb) or verb.dep_ == "pcomp":
        return True
    if any(one.lower_ == "to" for one in children(verb, "aux")):
        return False  # "workers to be dispatched" only says which
    if verb.dep_ == "ccomp" and verb.tag_ == "VB" and verb.head.lemma_ in ("see", "watch", "hear") and own_subject(verb) is not None:
        return True  # "have seen people avoid it"
    if verb.dep_ in ("ROOT", "conj", "parataxis") and verb.tag_ in ("VBD", "VBN", "VBG", "VBZ", "VBP", "VB"):
        return verb.dep_ != "conj" or _asserts(verb.head) or not is_verb(verb.head)
    if verb.tag_ == "VBG":
        beside = (
            verb.dep_ == "acl" and verb.i > 0 and (verb.nbor(-1).is_punct or verb.head.lemma_ in DOCUMENTS)
        )  # "people living there" only says which, "a letter ordering …" orders
        return verb.dep_ in ("advcl", "ccomp") or beside
    if verb.tag_ == "VBN":
        return verb.dep_ in ("acl", "advcl", "ccomp") and any(one.dep_ in ("prep", "agent", "advmod", "npadvmod") for one in verb.children)
    return False


def _nominal(noun: Token, matcher: Matcher) -> Event | None:
    """A noun or gerund that happens by its verb: "held the third selection", "recruitment stalled"."""
    carried = noun
    for _ in range(4):
        if carried.dep_ in ("pobj", "pcomp") and carried.head.lower_ in ("of", "for") and carried.head.head.lemma_ in _CARRIERS:
            carried = carried.head.head
        else:
            break
    verb = (
        next((one for one in children(carried, "acl") if carried.dep_ == "nsubj" and one.lemma_ in ASPECT and one.tag_ in ("VBN", "VBD") and one.i == carried.i + 1), None)
        or carried.head
    )
    if verb.head.i == carried.i:  # "recruitment stalled": the main verb, taken for a participle
        return Event(matcher, verb, (), noun, verb)
    if carried.dep_ == "pobj" and verb.lower_ == "with" and verb.head.lemma_ in ("provide", "supply"):  # "provide the ministry with lists"
        carried, verb = verb, verb.head
    if not is_verb(verb):
        return None
    if (carried.dep_ in ("dobj", "nsubjpass", "prep", "attr") and verb.lemma_ in LIGHT | SET) or (carried.dep_ == "nsubj" and verb.lemma_ in ASPECT | SET):
        verb = _governed(verb)
        operators = operators_above(verb)
        if operators or _asserts(verb):
            return Event(matcher, verb, operators, noun, verb)
    return None


def _is_headline(token: Token) -> bool:
    """Whether a sentence has no end mark, as headlines have none."""
    words = [one for one in token.sent if not one.is_space]
    return words[-1].text not in (".", "!", "?", "…", "”", '"', "’") and len(words) <= 30


def is_headline_predicate(word: Token) -> bool:
    """ "4 dead, 2 missing": in a headline an adjective right behind a number or a person is said of it."""
    noun = word.head
    behind = word.i > noun.i and all(one.head.i == word.i or one.i == noun.i for one in word.doc[noun.i : word.i])
    return word.dep_ in ("amod", "advmod", "acl") and behind and (noun.pos_ == "NUM" or is_person(noun)) and _is_headline(word)


def is_headline_passive(verb: Token) -> bool:
    """ "Two men shot in Dayton": without an object, who stands before it was shot."""
    subject = own_subject(verb)
    bare = verb.tag_ in ("VBD", "VBN") and not children(verb, "dobj", "aux", "auxpass", "ccomp", "xcomp", "prt")
    return bare and subject is not None and (subject.pos_ == "NUM" or is_person(subject) or subject.lemma_.lower() in ("man", "woman", "teen")) and _is_headline(verb)


def _governed(verb: Token) -> Token:
    """Of "a round is scheduled to start": the start, which has the day; the scheduling stands above it."""
    for _ in range(3):
        governed = next((one for one in children(verb, "xcomp") if is_verb(one) and one.lemma_ in LIGHT | SET | ASPECT), None)
        if governed is None or not is_operator(verb):
            break
        verb = governed
    return verb


def _predicate(adjective: Token, matcher: Matcher) -> Event | None:
    """ "are reluctant to go": the copula lends tense and negation."""
    above = adjective.head
    if is_headline_predicate(adjective) or (adjective.dep_ == "ROOT" and own_subject(adjective) is not None and child(adjective, "cop", "aux") is None and _is_headline(adjective)):
        return Event(matcher, adjective, (), adjective, adjective)
    if above.lemma_ == "get":
        return None  # "get ready to send" prepares, and takes no position
    if adjective.dep_ in ("acomp", "oprd", "attr", "conj") and is_verb(above) and (is_finite(above) or operators_above(above)):
        return Event(matcher, adjective, operators_above(above), adjective, above)
    if adjective.dep_ in ("ROOT", "advcl", "ccomp", "acl", "relcl") and is_verb(adjective):
        return Event(matcher, adjective, operators_above(adjective), adjective, adjective)
    return None
