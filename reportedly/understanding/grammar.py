"""Small questions about a parsed sentence: whose subject, which tense, how far a phrase reaches."""

from collections.abc import Iterator

from spacy.tokens import Token

from reportedly.values import find_state
from reportedly.values.words import not_persons

RELATIVES = frozenset(["who", "which", "that", "whom", "whose"])


def is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass", "csubjpass") for child in verb.children)


def children(token: Token, *deps: str) -> list[Token]:
    if token.n_lefts + token.n_rights == 0:
        return []
    return [child for child in token.children if child.dep_ in deps]


def child(token: Token, *deps: str) -> Token | None:
    return next((one for one in token.children if one.dep_ in deps), None)


def agent_of(verb: Token) -> Token | None:
    """Who does what a passive says: the noun after "by"."""
    return next((noun for by in children(verb, "agent") for noun in children(by, "pobj")), None)


def own_subject(verb: Token) -> Token | None:
    """The subject that stands with the verb itself; of a relative clause, the noun it belongs to."""
    subjects = children(verb, "nsubj", "nsubjpass", "csubj", "csubjpass")
    before = [one for one in subjects if one.i < verb.i]
    subject = before[-1] if len(before) > 1 else next(iter(subjects), None)  # "The bags, an officer said, had been …": the nearer
    if subject is not None and verb.dep_ == "relcl" and subject.lower_ in RELATIVES:
        return verb.head
    return subject


def subject_of(verb: Token) -> Token | None:
    """The understood subject: its own, or by coordination, control and participles the one above."""
    seen = 0
    while seen < 8:
        seen += 1
        subject = own_subject(verb)
        if subject is not None:
            return subject
        if verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return verb.head if verb.tag_ in ("VBN", "VBG", "VBD") else _owner(verb.head)
        if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "acomp", "oprd"):
            return None
        if verb.dep_ == "xcomp":
            controlled = child(verb.head, "dobj", "dative")
            if controlled is not None and verb.head.lemma_ not in ("promise", "vow", "use", "take", "do"):
                return controlled
        verb = _verb_above(verb)
    return None


def _owner(noun: Token) -> Token | None:
    """Who has the plan in "the state's plan to send", or does in "the state made plans to send"."""
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    above = noun.head
    for _ in range(4):
        if is_verb(above):
            subject = own_subject(above) if not is_passive(above) else None
            return subject if subject is None or subject.i != noun.i else None
        above = above.head
    return None


# Verbs that a speaker goes on with.
TELLING = frozenset(
    "say add tell note warn insist stress explain claim argue urge ask question describe call praise declare predict suggest promise vow announce acknowledge admit deny write".split()
)


def governor(token: Token) -> Token:
    """What a token hangs on, with one mistake of parsers mended: in "the source said it has weighed ways and is now
    weighing plans" the second verb, without a subject and in another tense than the speech verb, goes on with what is
    said and not with the saying; so it does after "…, said the cook, and was promised the rest". And "said it was early but added …" is two
    things that one speaker said."""
    above = token.head
    if token.dep_ == "conj" and is_verb(token) and above.tag_ == "VBD" and own_subject(token) is None:
        said = next((one for one in reversed(children(above, "ccomp")) if is_verb(one) and one.i < token.i), None)
        speaker = own_subject(above)
        if said is not None and (tense(token) == "present" or (said.i < above.i and speaker is not None and speaker.i > above.i)):
            return said
    if token.dep_ == "conj" and token.tag_ == "VBD" and token.lemma_ in TELLING and above.dep_ == "ccomp" and above.head.tag_ == "VBD" and own_subject(token) is None:
        return above.head if above.head.lemma_ in TELLING and above.i < token.i else above
    return above


def tense(verb: Token) -> str:
    """past, present, future or none, by the first finite form of a verb and its auxiliaries."""
    form = next((aux for aux in children(verb, "aux", "auxpass")), verb)
    return {"VBD": "past", "VBZ": "present", "VBP": "present", "MD": "future"}.get(form.tag_, "none")


def _verb_above(token: Token) -> Token:
    above = governor(token)
    while above.dep_ == "prep" and above.head.i != above.i:
        above = above.head
    return above


def is_negated(verb: Token) -> bool:
    """Whether "not", "never" or a contracted "n't" stands with a verb, wherever the parse hangs the contraction."""
    verbs = (verb, *children(verb, "aux", "auxpass"))
    if any(one.i + 1 < len(one.doc) and one.nbor().lower_ in ("n't", "n’t") for one in verbs):
        return True
    return any(one.dep_ == "neg" and one.lower_ not in ("n't", "n’t") for one in verb.children)


def is_finite(verb: Token) -> bool:
    """Whether a verb, with its auxiliaries, has tense."""
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(aux.tag_ in ("VBD", "VBZ", "VBP", "MD") for aux in children(verb, "aux", "auxpass"))


# Words for people; what they count are persons, and they can speak.
PERSONS = frozenset(
    "people person worker laborer labourer labor man woman child recruit resident soldier troop employee migrant doctor nurse mason student citizen national member individual victim official "
    "volunteer refugee civilian personnel engineer builder programmer electrician villager passenger prisoner detainee fighter specialist technician candidate applicant inmate officer "
    "boy girl teenager adult miner sailor fisherman seamstress carpenter welder cook guard guest staff survivor participant colleague human delegate representative expert source trainee graduate logger lumberjack trader driver foreman farmer mechanic painter plumber cleaner caregiver maid picker packer operator manager master seaman deckhand overseer minder "
    "hiker diver rider actor patient pupil pilot baby infant skier climber consul envoy attache ambassador mayor priest nun monk imam barber chef skipper crewman organiser organizer tailor waiter waitress clerk guide interpreter reporter colleague relative parent widow orphan".split()
)
_TRADE = ("er", "or", "ist", "ian", "ee", "man", "woman", "ess", "eur", "ant", "ese", "smith")
_NO_TRADE = frozenset(  # what can also be people, but in the news is not; what never is: values.words.not_persons
    "anchor beaver business butter cancer carrier center chamber chapter cluster committee computer conditioner congress copper counter cracker crossover destroyer dinner "
    "dishwasher dispenser drawer either factor feeder footer generator gutter hangover hopper letter litter newspaper number opener poster prayer processor quarter "
    "receiver recorder rectifier reminder remover retainer sampler sector shower slipper sneaker starter success supper sweater tanker tender terror trailer transfer "
    "trawler".split()
)


def is_person(noun: Token) -> bool:
    """Whether a noun is a word for people: a known one, a people of a state, or a trade by its ending."""
    lemma = noun.lemma_.lower()
    if lemma in PERSONS:
        return True
    if noun.tag_ in ("NNPS", "NNS"):
        compounds = [one.text for one in noun.lefts if one.dep_ in ("compound", "amod") and one.text[:1].isupper()]
        if find_state(noun.text) is not None or find_state(" ".join([*compounds, noun.text])) is not None:
            return True
    return noun.pos_ == "NOUN" and len(lemma) > 5 and lemma.endswith(_TRADE) and lemma not in _NO_TRADE and lemma not in not_persons()


QUESTION_WORDS = frozenset("what who whom whose which when where why how whenever wherever whether".split())


def marker(verb: Token) -> str:
    """The word that opens a subordinate clause ("because", "if", "where"), in lower case, or ""."""
    mark = child(verb, "mark")
    if mark is not None:
        return str(mark.lower_)
    opening = verb.left_edge
    if verb.dep_ == "advcl" and opening.lower_ in ("had", "were", "should") and opening.dep_ in ("aux", "auxpass"):
        return "if"  # "had the valve been closed, …"
    return str(opening.lower_) if opening.lower_ in QUESTION_WORDS else ""


def edges(token: Token, leave: frozenset[int] = frozenset()) -> tuple[int, int]:
    """First and last token number of a subtree, without the subtrees at `leave`."""
    first = last = token.i
    stack = [token]
    while stack:
        node = stack.pop()
        first, last = min(first, node.i), max(last, node.i)
        stack.extend(one for one in node.children if one.i not in leave)
    return first, last


_OUTSIDE_NOUN = frozenset(["relcl", "appos", "cc", "conj", "punct", "parataxis", "case"])


def noun_edges(noun: Token, coordinated: bool = False) -> tuple[int, int]:
    """First and last token number of a noun phrase: modifiers and "of" phrases in, relative clauses and appositions out.

    A clause that hangs on the noun ("workers to send", "people selected in July") ends the phrase; with `coordinated`
    the other members of a list belong to it.
    """
    first, last = noun.i, noun.i
    for one in noun.children:
        if one.dep_ == "conj" and coordinated:
            first, last = min(first, one.left_edge.i), max(last, noun_edges(one, coordinated=True)[1])
        elif one.dep_ == "punct" and one.lower_ in ("-", "“", '"') and one.i < noun.i:
            first = min(first, one.i)
        elif one.dep_ not in _OUTSIDE_NOUN and not (one.dep_ == "prep" and one.i < noun.i) and not (one.dep_ in ("acl", "advcl") and one.i > noun.i):
            left, right = edges(one, frozenset(child.i for child in one.subtree if child.dep_ in ("relcl", "acl") and child.i > child.head.i))
            first, last = min(first, left), max(last, right)
    return first, last


def ancestors(token: Token) -> Iterator[Token]:
    """The token and all above it up to the root."""
    yield token
    while token.head.i != token.i:
        token = governor(token)
        yield token
