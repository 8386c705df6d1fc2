"""Which clauses of a sentence assert something: event heads with their operators and the stretch they cover."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from reportedly.understanding.cues import SPEECH, THOUGHT, is_withheld
from reportedly.understanding.grammar import QUESTION_WORDS, children, edges, governor, is_finite, is_negated, is_verb, marker, own_subject, subject_of
from reportedly.understanding.modality import CONDITIONS, NOUN_OPERATORS, PASSING_PLANS, is_inference, is_operator, operators_above, shares_auxiliary
from reportedly.understanding.unknowns import Unknown


@dataclass(frozen=True, slots=True)
class Clause:
    """An event head, the operators above it (outermost first), and the token range [first, last] of the assertion."""

    head: Token
    operators: tuple[Token, ...]
    first: int
    last: int
    found: str

    @property
    def top(self) -> Token:
        """The outermost word of the clause: its first operator, or the head itself."""
        return self.operators[0] if self.operators else self.head


_CONSTRUCTIONS = {"ROOT": "main", "conj": "coordinated", "advcl": "adverbial", "relcl": "relative", "ccomp": "content"}
_ADVERBIAL = frozenset(["because", "since", "while", "as", "after", "before", "although", "though", "whereas", "so", "when"])


def find_clauses(sentence: Span, cues: frozenset[int], contents: frozenset[int] = frozenset(), unknowns: Sequence[Unknown] = ()) -> list[Clause]:
    """The assertions of a sentence in the order of their heads. `cues` are the attribution verbs: they assert no more
    than that somebody speaks; the heads of their `contents` assert, even where the parser took a verb for a noun. Of what is
    `unknown` the question is the assertion, and the predicate that leaves it open is none."""
    tops = [token for token in sentence if token.i not in cues and _stands(token, cues, contents)]
    if not tops and sentence.root.pos_ in ("NOUN", "PROPN", "PRON", "ADJ"):
        tops = [one for one in children(sentence.root, "acl", "relcl") if one.tag_ in ("VBD", "VBN") and one.i > sentence.root.i][:1]  # the main verb, taken for a participle
    tops = [_asked(top) for top in tops]
    clauses = [clause for top in tops for clause in _descend(top, frozenset(token.i for token in tops), cues)]
    clauses += [clause for token in sentence if token.pos_ == "NOUN" for clause in _under_noun(token)]
    asked = {one.predicate.i: one.question for one in unknowns if one.question is not None}
    clauses = [clause for clause in clauses if clause.head.i not in asked]
    open_ones = [question for question in asked.values() if all(question.i not in (clause.top.i, clause.head.i) for clause in clauses)]
    clauses += [
        clause
        for question in open_ones
        for clause in (_descend(question, frozenset(), cues) if is_operator(question) else [make_clause(question, operators_above(question), frozenset(), cues)])
    ]
    unique = {clause.head.i: clause for clause in reversed(clauses)}
    return [unique[number] for number in sorted(unique)]


def _asked(top: Token) -> Token:
    """ "Have the guards gone?": the parse may take the auxiliary for the main verb."""
    asked = next((one for one in children(top, "ccomp") if one.i > top.i and not is_finite(one) and own_subject(one) is not None), None)
    return asked if asked is not None and top.lower_ in _AUXILIARIES and own_subject(top) is None and top.tag_ in ("VB", "VBP") else top


_AUXILIARIES = frozenset(["have", "has", "had", "do", "does", "did", "will", "would", "are", "is", "were", "was"])


def _stands(token: Token, cues: frozenset[int], contents: frozenset[int]) -> bool:
    if not is_verb(token) or token.dep_ in ("xcomp", "acl", "relcl"):
        return token.i in contents or (token.dep_ != "xcomp" and is_verb(token) and _asserts(token, cues))
    return _asserts(token, cues)


def _asserts(verb: Token, cues: frozenset[int]) -> bool:
    """Main clauses, contents of speech, what is coordinated with them, and finite side remarks."""
    if is_inference(verb):
        return False
    if verb.dep_ in ("ROOT", "parataxis"):
        return verb.pos_ == "VERB" or is_finite(verb)
    if verb.dep_ == "ccomp" and (is_negated(verb.head) or is_withheld(verb.head)) and verb.head.i not in cues and verb.head.lemma_ in SPEECH | THOUGHT:
        return False  # "did not say that they left"
    if verb.dep_ == "ccomp":
        return (is_finite(verb) or verb.head.i in cues) and marker(verb) not in CONDITIONS | QUESTION_WORDS
    if verb.dep_ == "conj":
        return (
            is_verb(verb.head)
            and (is_finite(verb) or not is_finite(verb.head) or shares_auxiliary(verb))
            and (governor(verb).i in cues or _asserts(verb.head, cues) or is_inference(verb.head))
        )
    if verb.dep_ == "advcl":
        return is_finite(verb) and own_subject(verb) is not None and (marker(verb) in _ADVERBIAL or verb.head.i in cues)
    if verb.dep_ in ("relcl", "acl") and _is_plan(verb):
        return True
    if verb.dep_ == "relcl":
        return is_finite(verb) and verb.head.i + 1 < verb.left_edge.i + 1 and verb.doc[verb.left_edge.i - 1].text in (",", "—", "–")
    return False


def _is_plan(verb: Token) -> bool:
    """ "those scheduled to leave in May", "men who were due to leave": a plan stands, though only in passing."""
    governing = verb if is_operator(verb) else next((one for one in children(verb, "acomp") if is_operator(one)), None)
    return governing is not None and governing.lemma_ in PASSING_PLANS


def _descend(top: Token, tops: frozenset[int], cues: frozenset[int]) -> Iterator[Clause]:
    """From a governing verb down to what it governs: "plans to carry out and pay" gives two events."""
    stack: list[tuple[Token, tuple[Token, ...]]] = [(top, ())]
    while stack:
        verb, operators = stack.pop()
        governed = [one for one in children(verb, "xcomp") if is_verb(one) or one.pos_ == "ADJ"] if is_operator(verb) else []
        bridges = [one for one in children(verb, "acomp") if is_operator(one)]
        if bridges or governed:
            below = bridges or governed
            for one in below:
                stack.append((one, (*operators, verb)))
                joined = [two for two in children(one, "conj") if is_verb(two) and two.i not in tops]
                # "plans to send and is buying tents": a second verb with a tense of its own is not planned
                stack.extend((two, () if is_finite(two) else (*operators, verb)) for two in joined)
            continue
        yield make_clause(verb, operators, tops, cues)


def _under_noun(noun: Token) -> Iterator[Clause]:
    """ "plans to send", "an order to leave": the infinitive under a noun that says how it is meant."""
    if noun.lemma_ not in NOUN_OPERATORS:
        return
    for verb in children(noun, "acl", "relcl"):
        if verb.tag_ == "VB" and any(one.lower_ == "to" for one in children(verb, "aux")):
            for one in (verb, *(two for two in children(verb, "conj") if is_verb(two))):
                first, last = edges(one)
                yield Clause(one, (noun,), min(first, noun.left_edge.i), last, "plan-noun")


def make_clause(head: Token, operators: tuple[Token, ...], tops: frozenset[int], cues: frozenset[int]) -> Clause:
    """The clause of an event head under its operators, without the clauses at `tops` and `cues` that hang on it."""
    top = operators[0] if operators else head
    others = frozenset(number for number in tops | cues if number not in (top.i, head.i, *(one.i for one in operators)))
    leave = frozenset(one.i for one in top.subtree if one.i in others and one.dep_ in ("conj", "parataxis", "ccomp", "advcl"))
    first, last = edges(top, leave)
    subject = subject_of(top)
    if own_subject(top) is None and subject is not None and subject.sent == top.sent and subject.i < first:
        first = subject.left_edge.i
    if top.dep_ in ("relcl", "acl") and top.head.i < first:
        first = min(first, top.head.left_edge.i)
    return Clause(head, operators, first, last, _construction(top, cues))


def _construction(top: Token, cues: frozenset[int]) -> str:
    if top.dep_ == "ccomp" and top.head.i in cues:
        return "content"
    return _CONSTRUCTIONS.get(top.dep_, top.dep_)
