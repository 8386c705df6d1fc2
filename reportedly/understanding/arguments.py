"""The arguments of a clause as roles: who, what, whom, where, whence, via, whither, and the values in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from reportedly.records import Filler
from reportedly.understanding.grammar import RELATIVES, children, is_verb, noun_edges, subject_of
from reportedly.values import find_place, find_state

_TRANSPORT = frozenset("train plane bus ship boat ferry air rail road sea land car truck foot flight".split())
# "in fact", "as a result", "on the other hand": links between sentences, no arguments.
_DISCOURSE = frozenset(
    "fact addition result hand contrast turn particular general short word meantime meanwhile while response case total time moment point instance example such that this consequence".split()
)
_MONEY = frozenset("dollar euro pound ruble rouble yuan won yen cash percent percentage".split())
_PREPOSITIONS = {
    "from": "whence", "out of": "whence", "to": "whither", "into": "whither", "toward": "whither", "towards": "whither", "onto": "whither", "via": "via", "through": "via",
    "across": "via", "in": "where", "at": "where", "inside": "where", "near": "where", "within": "where", "outside": "where", "between": "between", "with": "with", "for": "for",
    "about": "about", "over": "about", "against": "against", "as": "as", "by": "by", "on": "on", "under": "under", "of": "of",
}  # fmt: skip


_OPENS = {")": "(", "]": "[", "”": "“"}


@dataclass(slots=True)
class Roles:
    """Fillers by role while a clause is read."""

    start: int
    times: frozenset[int] = frozenset()
    found: dict[str, list[Filler]] = field(default_factory=dict)

    def add(self, role: str, filler: Filler) -> None:
        """Fill a role; the same words fill it once."""
        fillers = self.found.setdefault(role, [])
        if all((one.start, one.end) != (filler.start, filler.end) for one in fillers):
            fillers.append(filler)


def read_roles(head: Token, operators: tuple[Token, ...], start: int, times: frozenset[int]) -> Roles:
    """The roles of an event head under its operators; `start` is where the passage begins in the report, `times` the
    tokens that are times and so no places."""
    roles = Roles(start, times)
    _read_subject(head, roles)
    for noun in children(head, "dobj", "attr", "oprd", "acomp"):
        _add_nouns(roles, "what", noun)
    for noun in children(head, "dative"):
        if noun.dep_ == "dative" and noun.pos_ != "ADP":
            _add_nouns(roles, "whom", noun)
    for token in (*operators, head):
        for prep in children(token, "prep", "dative", "agent"):
            if prep.pos_ == "ADP" or prep.dep_ == "prep":
                _read_preposition(prep, token, roles)
    return roles


def _read_subject(head: Token, roles: Roles) -> None:
    subject = subject_of(head)
    passive = any(one.dep_ in ("auxpass", "nsubjpass") for one in head.children) or (head.dep_ == "acl" and head.tag_ == "VBN")
    if subject is not None and not (subject.lower_ in RELATIVES and subject.dep_ in ("nsubj", "nsubjpass")):
        _add_nouns(roles, "what" if passive else "who", subject)


def _read_preposition(prep: Token, verb: Token, roles: Roles) -> None:
    objects = [noun for noun in children(prep, "pobj") if noun.i not in roles.times]
    if prep.dep_ == "agent":
        for noun in objects:
            _add_nouns(roles, "who", noun)
        return
    role = _PREPOSITIONS.get(prep.lower_)
    if role is None:
        return
    for noun in objects:
        if (noun.lemma_.lower() in _DISCOURSE and not children(noun, "prep")) or noun.tag_ in ("CD", "$") or noun.lemma_.lower() in _MONEY:
            continue
        name = _role_of(role, noun)
        _add_nouns(roles, name, noun)
        for further in children(noun, "prep"):  # "to Moscow via Beijing": the parse hangs the stage on the place
            if role in ("whither", "whence", "via") and further.lower_ in ("via", "through", "from", "to"):
                _read_preposition(further, verb, roles)
    for further in children(prep, "prep"):
        _read_preposition(further, verb, roles)


def _role_of(role: str, noun: Token) -> str:
    if role == "by":
        return "mode" if noun.lemma_ in _TRANSPORT else "by"
    if role == "whither" and noun.pos_ == "NOUN" and _is_person_like(noun):
        return "whom"
    return role


def _is_person_like(noun: Token) -> bool:
    return noun.lemma_ in ("man", "woman", "people", "person", "reporter", "worker", "official", "family", "agency", "company", "government", "authority")


def _add_nouns(roles: Roles, role: str, noun: Token) -> None:
    """A phrase, and each member of a list as its own filler."""
    if is_verb(noun) and noun.dep_ in ("csubj", "acomp"):
        return
    for one in (noun, *_coordinated(noun)):
        filler = make_filler(one, roles.start)
        if filler is not None:
            roles.add(role, filler)


def _coordinated(noun: Token) -> Iterator[Token]:
    for one in children(noun, "conj"):
        if not is_verb(one):
            yield one
            yield from _coordinated(one)


def make_filler(noun: Token, start: int) -> Filler | None:
    """The words of a noun phrase with their place, and the usual name where they name a known place or state."""
    first, last = noun_edges(noun)
    doc = noun.doc
    while first < last and (doc[first].is_punct or doc[first].is_space) and doc[first].text not in '“"[':
        first += 1
    while last > first and (doc[last].is_punct or doc[last].is_space) and doc[last].text not in '”"]':
        last -= 1
    if last + 1 < len(doc) and doc[last + 1].text in ")]”" and doc[last + 1].text not in doc[first : last + 1].text and _OPENS[doc[last + 1].text] in doc[first : last + 1].text:
        last += 1  # the mark that closes what the phrase opened
    text = doc[first : last + 1].text
    if not any(mark.isalnum() for mark in text):
        return None
    return Filler(text, start + doc[first].idx, start + doc[last].idx + len(doc[last]), name=None if noun.pos_ == "PRON" else find_name(text))


def find_name(text: str) -> str | None:
    """The usual name of a state or place where the whole phrase is one."""
    place = find_place(text)
    return place.name if place else find_state(text)
