"""Status, polarity and certainty of a clause, by its grammar: auxiliaries, governing verbs and nouns, hedges.

A clause is its event head ("carry") and the operators above it, outermost first ("plans", "to carry out"). Status is
about the event. The outermost operator decides, except that negation and hedges add up along the way.
"""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from reportedly.understanding.grammar import ancestors, child, children, edges, is_finite, is_negated, is_passive, is_verb, marker, own_subject


@dataclass(frozen=True, slots=True)
class Modality:
    """How a clause is asserted; `condition` is a token range [first, last] in the document."""

    status: str
    polarity: str
    certainty: str
    hedges: tuple[str, ...]
    condition: tuple[int, int] | None


# Verbs, adjectives and nouns that govern an infinitive (or noun) and say how far it is from having happened.
PLANNED = frozenset(
    "plan intend aim prepare schedule slate decide resolve agree promise vow pledge want hope seek arrange set expect_to opt choose undertake commit threaten design "
    "consent due ready poised bound plan_n intention decision preparation promise_n pledge_n agreement aim_n goal scheme".split()
)
CONSIDERED = frozenset(
    "offer consider discuss mull weigh debate study explore contemplate propose suggest_ing recommend option_n idea_n proposal_n consideration_n possibility_n".split()
)
REQUIRED = frozenset(
    "order instruct tell ask require request urge force oblige compel command direct need have must call demand suppose supposed obliged obligated obligation_n order_n instruction_n requirement_n duty_n".split()
)
PREDICTED = frozenset("expect predict forecast anticipate project foresee likely unlikely prospect_n expectation_n".split())
UNDER_WAY = frozenset("begin start continue keep resume proceed commence remain".split())
DONE = frozenset("finish complete manage help get use stop cease end quit come".split())
NEGATING = frozenset("fail refuse decline deny avoid reluctant unable unwilling hesitate forbid prohibit ban prevent stop cease forget neglect miss".split())
# In the passive the outlet's own judgement ("are thought to be hiding"); like "were made to stay", no happening.
JUDGING = frozenset("fear believe think consider assume presume suspect understand estimate".split())
RAISING = frozenset("seem appear tend happen look".split())
_OBJECT_CONTROL = frozenset("want expect forbid prohibit ban prevent help get allow permit need like".split())
OPERATORS = PLANNED | CONSIDERED | REQUIRED | PREDICTED | UNDER_WAY | DONE | NEGATING | RAISING
PASSING_PLANS = frozenset("schedule slate plan expect set due order intend bind poise".split())
NOUN_OPERATORS = {
    "plan": "planned", "intention": "planned", "decision": "planned", "preparation": "planned", "promise": "planned", "pledge": "planned", "agreement": "planned",
    "goal": "planned", "aim": "planned", "arrangement": "planned", "scheme": "planned", "project": "planned", "deal": "planned", "commitment": "planned", "bid": "planned", "effort": "ongoing", "attempt": "ongoing", "proposal": "considered",
    "idea": "considered", "option": "considered", "possibility": "considered", "order": "required", "instruction": "required", "requirement": "required",
    "duty": "required", "obligation": "required", "request": "required", "call": "required", "demand": "required", "expectation": "predicted",
}  # fmt: skip

# Verbs that lend a happening its tense and nothing else: the noun says what happens.
LIGHT = frozenset(
    "carry conduct make hold begin start complete finish organise organize launch undertake do run continue resume plan announce order postpone cancel delay suspend stop halt end "
    "implement perform show demonstrate express voice open prepare schedule arrange manage need receive give get oversee submit draw compile constitute commit amount represent provide supply sign impose introduce lift widen tighten ease".split()
)
ASPECT = frozenset("begin start stall continue resume stop end slip happen occur take proceed slow pause open close".split())
PROBABLE = frozenset("likely probably apparently seemingly presumably reportedly allegedly supposedly purportedly evidently unlikely ostensibly".split())
POSSIBLE = frozenset("possibly perhaps maybe potentially conceivably".split())
_AWAITED = {"expect": "predicted", "anticipate": "predicted", "forecast": "predicted", "plan": "planned", "schedule": "planned", "slate": "planned", "intend": "planned"}
_EVIDENTIAL = frozenset("suggest imply indicate hint mean show seem appear".split())  # "this suggests that": the outlet's inference
_NEGATIVE = frozenset("no never none nobody nothing neither nor hardly scarcely nowhere nearly almost".split())  # "nearly reached" did not; "barely avoided" did
_UPCOMING = frozenset("after before when until once till".split())
_MORE = frozenset("fewer less more longer later earlier sooner".split())
CONDITIONS = frozenset(["if", "unless", "provided", "providing", "once"])
# Verbs whose future nobody decides: "will earn", "will be able" is a forecast; "will send" a plan.
_UNWILLED = frozenset(
    "be become have shrink drop lose worsen improve vanish disappear weaken double halve triple die starve survive fail collapse struggle exceed dwindle climb slump soar plunge recover spend "
    "earn cost cause lead mean need take remain last face suffer rise fall grow increase decrease bring benefit know see get help account happen depend".split()
)


def is_operator(verb: Token) -> bool:
    """Whether a verb or adjective says how its infinitive is meant, and is no happening of its own."""
    if verb.lower_ == "going":
        return any(one.lemma_ == "be" for one in children(verb, "aux")) and bool(children(verb, "xcomp"))
    if verb.lemma_ == "be":  # "are to meet", "one plan is to move them"
        return any(one.dep_ == "xcomp" and one.tag_ in ("VB", "VBN") and any(mark.lower_ == "to" for mark in one.children) for one in verb.children)
    if verb.lemma_ not in OPERATORS and verb.lower_ != "able" and not (is_passive(verb) and verb.lemma_ in JUDGING | {"make"}):
        return False
    if any(one.dep_ == "dobj" for one in verb.children) and verb.lemma_ not in REQUIRED | _OBJECT_CONTROL:
        return False  # "managed a list of men to call": the infinitive belongs to the object
    return any(one.dep_ == "xcomp" and one.pos_ in ("VERB", "AUX") for one in verb.children)


def is_infinitive(verb: Token) -> bool:
    return any(one.lower_ == "to" for one in children(verb, "aux"))


def operators_above(verb: Token) -> tuple[Token, ...]:
    """What governs an infinitive, gerund or the like, outermost first: "was ordered to begin moving", "plans to send"."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "by" and is_verb(verb.head.head):
        return (*operators_above(verb.head.head), verb.head.head)  # "plan to start by sending": as far off as the start
    operators: list[Token] = []
    token = verb
    for _ in range(8):
        above = token.head
        if token.dep_ == "xcomp" and (is_operator(above) or above.lemma_ in LIGHT | ASPECT):
            operators.insert(0, above)
            token = above
        elif token.dep_ == "ccomp" and token.tag_ == "VB" and not is_finite(token) and above.lemma_ in OPERATORS:
            operators.insert(0, above)  # "expects the group to cross"
            break
        elif token.dep_ in ("acl", "relcl") and above.pos_ == "NOUN" and above.lemma_ in NOUN_OPERATORS and token.tag_ == "VB" and is_infinitive(token):
            operators.insert(0, above)
            weighed = next((one for one in (above.head, above.head.head, *above.head.children) if one.lemma_ in CONSIDERED), None)
            if above.dep_ in ("dobj", "nsubjpass", "attr", "nsubj") and weighed is not None:
                operators.insert(0, weighed)  # "discussing plans to …", "being discussed is a plan to …"
            break
        elif token.dep_ in ("conj", "ccomp") and is_verb(above) and not is_finite(token) and token.dep_ == "conj" and not operators:
            token = above
        elif token.dep_ in ("acomp", "oprd") and operators:
            operators.insert(0, above)
            token = above
        elif token.dep_ == "xcomp" and above.pos_ == "ADJ":
            break
        else:
            break
    return tuple(operators)


def is_inference(verb: Token) -> bool:
    """ "This suggests that …": the outlet's inference, which asserts no more than its content."""
    subject = next((one for one in verb.children if one.dep_ in ("nsubj", "expl")), None)
    return verb.lemma_ in _EVIDENTIAL and not _is_speaker(subject) and any(one.dep_ == "ccomp" for one in verb.children)


def read_modality(head: Token, operators: tuple[Token, ...], backshifted: bool) -> Modality:
    """The modality of an event head under its operators. `backshifted` says that a past speech verb governs it."""
    chain = (*operators, head)
    condition = _find_condition(chain)
    status = _status(chain, backshifted, condition is not None and _is_doubtful(chain, condition))
    negations = sum(_negations(token, token.i == head.i) for token in chain)
    hedges = tuple(dict.fromkeys(hedge for token in chain for hedge in _hedges(token)))
    return Modality(status, "negative" if negations % 2 else "positive", _certainty(chain, hedges, status), hedges, condition)


def _is_doubtful(chain: tuple[Token, ...], condition: tuple[int, int]) -> bool:
    """Whether a condition leaves open if the thing comes at all: "if" does and what stands before its clause does; "unless"
    and "once" behind a plan only guard it."""
    opening = chain[0].doc[condition[0]].lower_
    return opening not in ("unless", "once") or condition[0] < chain[0].i


_AHEAD = frozenset("upcoming forthcoming future planned next proposed expected scheduled impending imminent coming".split())
_OPEN = frozenset("possible potential alleged suspected supposed apparent likely probable".split())
_HEARSAY = frozenset("say report claim allege rumor rumour".split())  # "is said to be": nobody answers for it
_TRIES = frozenset("attempt try seek hope".split())


def read_mention(token: Token) -> Modality:
    """The modality of any word that names an event, claim or not: of a verb under what governs it, of a noun by what stands
    beside it ("the upcoming raid"), under the noun that says how it is meant ("plans for a raid") or the verb that carries
    it ("carried out a raid", "the raid is set to begin")."""
    if is_verb(token) or token.pos_ == "ADJ":
        operators = operators_above(token)
        modality = read_modality(token, operators, backshifted=_is_told_back(token))
        if any(one.lemma_ in _TRIES for one in (*operators, *([token.head] if token.dep_ == "xcomp" else []))):
            return replace(modality, certainty="possible")
        told = token.dep_ == "xcomp" and token.head.lemma_ in _HEARSAY and any(one.dep_ in ("nsubjpass", "auxpass") for one in token.head.children)
        return replace(modality, certainty="probable") if told and modality.certainty == "certain" else modality
    beside = {one.lower_ for one in token.children if one.dep_ in ("amod", "det", "nmod", "compound")}
    if beside & (_AHEAD | _OPEN):
        return Modality("planned" if beside & _AHEAD else "occurred", "positive", "possible" if beside & _OPEN else "certain", (), None)
    carried = token
    while carried.dep_ in ("pobj", "compound", "nmod", "conj", "appos") and (
        carried.head.pos_ in ("NOUN", "PROPN") or (carried.head.pos_ == "ADP" and carried.head.head.pos_ in ("NOUN", "PROPN"))
    ):
        above = carried.head if carried.head.pos_ != "ADP" else carried.head.head
        if above.lemma_ in NOUN_OPERATORS:
            return Modality(NOUN_OPERATORS[above.lemma_], "positive", "certain", (), None)
        carried = above
    verb = carried.head
    if not is_verb(verb) or carried.dep_ not in ("dobj", "nsubjpass", "nsubj", "attr"):
        return Modality("occurred", "negative" if "no" in beside else "positive", "certain", (), None)
    if carried.dep_ == "dobj" and verb.lemma_ in (PLANNED | CONSIDERED | REQUIRED | PREDICTED | {"announce"}) - {"have", "need"}:
        status = next((name for name, words in (("considered", CONSIDERED), ("required", REQUIRED), ("predicted", PREDICTED)) if verb.lemma_ in words), "planned")
        return Modality(status, "negative" if is_negated(verb) else "positive", "certain", (), None)
    governed = next((one for one in children(verb, "xcomp") if is_operator(verb) and is_verb(one)), None) if carried.dep_ != "dobj" else None
    modality = read_modality(governed or verb, (verb,) if governed is not None else operators_above(verb), backshifted=_is_told_back(verb))
    denied = carried.dep_ == "dobj" and verb.lemma_ in NEGATING | {"reject", "oppose"}
    return replace(modality, polarity="negative" if denied and modality.polarity == "positive" else modality.polarity)


def _is_told_back(verb: Token) -> bool:
    return any(one.dep_ == "ccomp" and one.head.tag_ in ("VBD", "VBN") for one in (verb, *(above for above in ancestors(verb) if is_verb(above))))


def _status(chain: tuple[Token, ...], backshifted: bool, conditional: bool) -> str:
    for index, token in enumerate(chain):
        if index and token.tag_ == "VB" and any(one.lower_ in ("whether", "if") for one in token.children):
            return "considered"  # "decide whether to replace them"
        status = _modal_status(token, chain, backshifted, conditional)
        if status:
            return status
        if index < len(chain) - 1:
            status = _operator_status(token)
            if status:
                return status
    if len(chain) == 1 and _asks(chain[0]):
        return "considered"
    return _borrowed_status(chain, backshifted, conditional) or _tense_status(chain)


def _asks(verb: Token) -> bool:
    """ "weighed when to send", "discussed whether to go": a question is weighed."""
    return verb.tag_ == "VB" and any(one.lower_ == "to" for one in verb.children) and any(one.lower_ in ("when", "where", "how", "whether") for one in verb.children)


def _borrowed_status(chain: tuple[Token, ...], backshifted: bool, conditional: bool) -> str | None:
    """ "could split up, heading for Chita"; "will be told after they arrive": as far off as what governs them."""
    top, above = chain[0], chain[0].head
    participle = top.tag_ == "VBG" and not children(top, "aux")
    upcoming = top.tag_ in ("VBP", "VBZ") and (marker(top) in _UPCOMING or any(one.lower_ in _UPCOMING for one in children(top, "advmod")))
    if top.dep_ != "advcl" or not (participle or upcoming):
        return None
    return _modal_status(above, (*chain[:-1], above), backshifted, conditional)


def _modal_status(token: Token, chain: tuple[Token, ...], backshifted: bool, conditional: bool) -> str | None:
    head = chain[-1]
    shared = token.dep_ == "conj" and token.tag_ == "VB" and not children(token, "aux")  # "must pay and guarantee"
    for aux in children(token.head if shared else token, "aux"):
        modal = aux.lower_
        if modal in ("will", "'ll", "’ll", "wo", "shall"):
            return "hypothetical" if conditional else _future(head, token)
        if modal == "would" or (modal in ("'d", "’d") and aux.tag_ == "MD"):
            if conditional:
                return "hypothetical"
            return _future(head, token) if backshifted else "hypothetical"
        if modal in ("must", "should", "ought"):
            return "required"
        if modal == "could" and head.lemma_ not in _UNWILLED:
            return "hypothetical"
        if modal in ("may", "might", "could"):
            return "hypothetical" if conditional else "occurred" if child(token, "aux") and _has_perfect(token) else "predicted"
        if modal in ("can", "ca"):
            return "hypothetical" if conditional else "ongoing"
    return None


def _has_perfect(verb: Token) -> bool:
    return any(aux.lower_ == "have" for aux in children(verb, "aux"))


def _future(head: Token, token: Token) -> str:
    """A decided future is planned; a hedged one, or one that nobody decides, is predicted."""
    if any(one.lower_ in PROBABLE | POSSIBLE for one in (*token.children, *head.children)) or (
        token.dep_ in ("ccomp", "acl", "advcl") and token.head.lower_ in PROBABLE | POSSIBLE
    ):
        return "predicted"
    passive = any(one.dep_ in ("nsubjpass", "auxpass") for one in head.children)
    return "predicted" if head.lemma_ in _UNWILLED and not passive else "planned"


def _operator_status(operator: Token) -> str | None:
    lemma = operator.lemma_.lower()
    if operator.pos_ in ("NOUN", "PROPN"):
        return NOUN_OPERATORS.get(lemma)
    if lemma in ("expect", "anticipate") and not any(one.dep_ in ("nsubjpass", "auxpass") for one in operator.children):
        return "predicted"
    if lemma in PREDICTED:
        return "predicted"
    if lemma == "be":
        subject = next((one for one in operator.children if one.dep_ == "nsubj"), None)
        return NOUN_OPERATORS.get(subject.lemma_, "planned") if subject is not None else "planned"
    if lemma == "have" and any(one.lower_ == "yet" for one in operator.children):
        return "occurred"  # "has yet to leave": what has not happened
    if (
        lemma in ("force", "compel", "coerce")
        and operator.tag_ in ("VBD", "VBN")
        and not any(one.lower_ in ("be", "is", "are", "being") for one in children(operator, "aux", "auxpass"))
    ):
        return "occurred"  # who was forced to do a thing did it
    if lemma in ("have", "need"):
        return "required"
    if operator.lower_ == "going":
        return "planned"
    for status, words in (("planned", PLANNED), ("considered", CONSIDERED), ("required", REQUIRED)):
        if lemma in words:
            return status
    return None


def _tense_status(chain: tuple[Token, ...]) -> str:
    """By the tense of the outermost finite verb: past and perfect have occurred, present goes on."""
    if chain[0].tag_ == "VBN" and chain[0].dep_ in ("acl", "relcl") and not children(chain[0], "aux", "auxpass"):
        return "occurred"  # "those selected in May", whatever the verb above
    if chain[0].tag_ == "VBN" and any(aux.lower_ == "to" for aux in children(chain[0], "aux")) and any(aux.lower_ == "be" for aux in children(chain[0], "auxpass")):
        return "planned"  # "an event to be held"
    if len(chain) == 1 and chain[0].tag_ == "VB" and any(aux.lower_ == "to" for aux in children(chain[0], "aux")):
        return "planned"  # a bare infinitive has not happened, whatever the tense above
    if len(chain) == 1 and chain[0].tag_ == "VB" and chain[0].dep_ == "conj" and any(one.lemma_ in PLANNED | REQUIRED for one in ancestors(chain[0].head)):
        return "planned"  # "plan to start in May and then send more", wherever the parse hangs the second
    if any(aux.lower_ == "have" for aux in children(chain[-1], "aux")) and not is_finite(chain[-1]):
        return "occurred"  # "is said to have left"
    if chain[0].tag_ == "VB" and chain[0].dep_ in ("ccomp", "conj") and not children(chain[0], "aux") and own_subject(chain[0] if chain[0].dep_ == "ccomp" else chain[0].head):
        return "ongoing"  # "said the nurses sleep in a laundry": a present that the tagger took for an infinitive
    token = next((one for one in chain if is_finite(one)), None) or _finite_above(chain[0]) or chain[0]
    aux = {one.lower_ for one in children(token, "aux", "auxpass")}
    if token.i == chain[-1].i and token.lemma_ in _AWAITED and children(token, "auxpass"):
        return _AWAITED[token.lemma_]  # "the train is expected in May"
    if aux & {"has", "have", "had", "'ve", "’ve"}:
        return "ongoing" if "been" in aux and token.tag_ == "VBG" else "occurred"
    if token.tag_ == "VBG" and aux & {"is", "are", "am", "'s", "'re", "’s", "’re"}:
        return "ongoing"
    if token.tag_ == "VBD" or aux & {"was", "were", "did"}:
        return "occurred"
    if (token.tag_ == "VBN" and not aux & {"is", "are", "be", "being"}) or (
        chain[-1].tag_ == "VBN" and not children(chain[-1], "aux", "auxpass") and token.i not in {one.i for one in chain}
    ):
        return "occurred"
    return "ongoing"


def _finite_above(token: Token) -> Token | None:
    """A participle or infinitive without operator takes the time of the verb it hangs on."""
    for _ in range(3):
        token = token.head
        if is_finite(token):
            return token
    return None


def _negations(token: Token, is_event: bool) -> int:
    if token.pos_ == "NOUN":
        return int(any(one.lower_ == "no" for one in token.children))  # "no plan to send"
    count = int(is_negated(token)) or int(_shares_negation(token))
    if token.lemma_ == "be" and not count:
        count = int(any(two.dep_ == "neg" for one in children(token, "acomp", "attr") for two in one.children))  # "is not so sure"
    count += sum(1 for one in token.children if one.dep_ != "neg" and one.lower_ in _NEGATIVE and one.dep_ in ("advmod", "preconj", "nsubj", "nsubjpass", "dobj"))
    if token.dep_ == "conj" and children(token, "aux") and children(token, "nsubj"):
        count += int(token.left_edge.i > 0 and token.left_edge.nbor(-1).lower_ == "nor")  # "…, nor do they want …"
    count += int(token.lower_ == "unlikely") + int(token.dep_ == "conj" and any(one.lower_ == "neither" for one in token.head.children))
    if is_event and token.dep_ in ("ccomp", "csubj"):
        judged = {one.lemma_ for one in children(token.head, "acomp")}  # "it is false that …", "it is not true that …"
        count += int(bool(judged & {"false", "untrue", "wrong"})) + int("true" in judged and is_negated(token.head))
    for prep in children(token, "prep"):
        if prep.lower_ in ("of", "about", "in", "to"):  # "knew of no", "ended in no"; not "left with no"
            count += any(one.lower_ == "no" for noun in children(prep, "pobj") for one in noun.children)
    for noun in children(token, "nsubj", "nsubjpass", "dobj", "attr"):
        count += noun.i < token.i and any(one.lower_ == "not" for one in noun.children)  # "not everybody welcomes it"
        count += any(one.lower_ in ("no", "neither", "hardly", "scarcely") and one.tag_ != "NN" and one.nbor().lower_ not in _MORE for one in noun.lefts)
    if not is_event and token.lemma_ in NEGATING:
        count += 1
    if not is_event and token.lemma_ == "have" and any(one.lower_ == "yet" for one in token.children):
        count += 1  # "has yet to leave"
    return count


def _shares_negation(verb: Token) -> bool:
    """ "did not open or inspect", "will not pay and feed them": one auxiliary and one "not" for both."""
    above = verb.head
    return verb.dep_ == "conj" and shares_auxiliary(verb) and is_verb(above) and is_negated(above)


def shares_auxiliary(verb: Token) -> bool:
    """ "must register and insure": the second verb has no auxiliary, subject or tense of its own."""
    bare = verb.dep_ == "conj" and verb.tag_ == "VB" and not children(verb, "aux") and own_subject(verb) is None
    return bare and any(one.tag_ == "MD" or one.lemma_ == "do" for one in children(verb.head, "aux"))


def _hedges(token: Token) -> list[str]:
    found = [one.lower_ for one in token.children if one.lower_ in PROBABLE | POSSIBLE and one.dep_ in ("advmod", "acomp", "amod", "oprd", "npadvmod")]
    found += [one.lower_ for one in children(token, "aux") if one.lower_ in ("may", "might", "could")]
    if (token.lemma_ in RAISING and children(token, "xcomp", "acomp", "oprd")) or (token.lower_ in ("likely", "unlikely") and token.lower_ not in found):
        found.append(token.lower_)
    if is_passive(token) and token.lemma_ in JUDGING and children(token, "xcomp", "oprd", "acomp"):
        found.append(token.lower_)
    above = token.head
    if token.dep_ == "ccomp" and is_inference(above) and above.lemma_ in ("suggest", "imply", "indicate", "hint", "seem", "appear"):
        found.append(above.lower_)
    return found


def _is_speaker(subject: Token | None) -> bool:
    return subject is None or subject.lower_ not in ("this", "that", "it", "which", "these", "those")


def _certainty(chain: tuple[Token, ...], hedges: tuple[str, ...], status: str) -> str:
    if any(hedge in POSSIBLE or hedge in ("may", "might", "could") for hedge in hedges):
        return "possible"
    if hedges:
        return "probable"
    return "probable" if status == "predicted" and any(token.lemma_ in PREDICTED for token in chain[:-1]) else "certain"


def _find_condition(chain: tuple[Token, ...]) -> tuple[int, int] | None:
    for token in chain:
        opening = token.left_edge
        if token.dep_ != "advcl" and opening.lower_ in CONDITIONS and opening.head.i == token.i:
            comma = next((one.i for one in token.doc[opening.i : token.i] if one.text == ","), None)
            if comma is not None:
                return opening.i, comma - 1  # the parser took the verb of the condition for a noun
        clauses = children(token, "advcl")
        for clause in (*clauses, *(one for above in clauses if not marker(above) for one in children(above, "advcl") if one.i < above.i)):
            if marker(clause) in CONDITIONS and not any(one.lower_ in ("even", "as") for one in clause.children):
                return edges(clause)
        for prep in children(token, "prep"):
            if prep.lower_ == "depending" or (prep.lower_ == "in" and any(one.lower_ in ("case", "event") for one in prep.children)):
                return edges(prep)
    return None
