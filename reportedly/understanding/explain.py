"""Why a playbook reads a sentence as it does: which of its lines matched, which almost did, and what they lacked."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from reportedly.playbooks.schema import Playbook
from reportedly.records import Report
from reportedly.understanding.compile import KINDS, Compiled, Matcher, compile_playbook, find_leave_outs, frames_out_of_scope, lacking
from reportedly.understanding.frames import Event, find_events, make_event
from reportedly.understanding.measures import read_measures
from reportedly.understanding.parser import Passage, parse
from reportedly.understanding.roles import Context, choose_readings, fill_roles, missing_needs

_PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "name", "ADJ": "adjective"}


@dataclass(frozen=True, slots=True)
class Tried:
    """One line of a playbook tried on one word: `place` is file and line, `words` those of the line, `outcome` matched, left
    or missed, and `why` what it took or what it lacked."""

    word: str
    frame: str
    place: str
    words: str
    outcome: str
    why: str


def explain(report: Report, playbook: Playbook) -> list[Tried]:
    """Every line of a playbook that has to do with a word of the text, in reading order; matched ones first at each word."""
    compiled = compile_playbook(playbook)
    return [
        tried
        for passage in parse(iter([report]))
        for context in (make_context(passage, compiled),)
        for sentence in passage.doc.sents
        for tried in _explain_sentence(sentence, compiled, context, playbook)
    ]


def make_context(passage: Passage, compiled: Compiled) -> Context:
    """What the roles of a passage are read against."""
    measures = read_measures(passage)
    return Context(passage.start, measures.quantities, measures.times, compiled.names)


def find_fits(sentence: Span, compiled: Compiled, context: Context) -> Iterator[Event]:
    """Of each happening of a sentence the first reading whose needs are met."""
    return (event for event, _ in choose_readings(find_events(sentence, compiled), context))


def _explain_sentence(sentence: Span, compiled: Compiled, context: Context, playbook: Playbook) -> Iterator[Tried]:
    taken = {(event.words.i, event.matcher.frame): event for event in find_fits(sentence, compiled, context)}
    beyond = frames_out_of_scope(sentence, compiled)
    spoken = {form for token in sentence for form in (token.lower_, token.lemma_.lower())}
    for token in sentence:
        tried = []
        for matcher in _near(token, compiled, spoken):
            event = taken.get((token.i, matcher.frame))
            if event is not None and event.matcher is matcher:
                outcome, why = "matched", _roles(event, context)
            else:
                outcome, why = _lacks(token, matcher, context, compiled, beyond)
            if outcome == "matched" and event is not None and event.matcher is not matcher:
                outcome, why = "left", f"{playbook.lines.get(event.matcher.source, event.matcher.source)} stands before it"
            tried.append(Tried(token.text, matcher.frame, playbook.lines.get(matcher.source, matcher.source), words_of(matcher), outcome, why))
        yield from sorted(tried, key=lambda one: ("matched", "left", "missed").index(one.outcome))


def words_of(matcher: Matcher) -> str:
    """The words of a matcher as its author wrote them."""
    return " ".join((*matcher.rest, matcher.head) if matcher.kind == "noun" else (matcher.head, *matcher.rest))


def _near(token: Token, compiled: Compiled, spoken: set[str]) -> list[Matcher]:
    """The lines that have the word as the head of their words, whatever kind of word they want, and all of whose words the
    sentence holds."""
    found = (matcher for kind in KINDS for matcher in compiled.matchers.get((kind, token.lemma_.lower()), []))
    return [matcher for matcher in found if set(matcher.rest) <= spoken]


def _roles(event: Event, context: Context) -> str:
    roles = fill_roles(event, context) or {}
    return "; ".join(f"{name}: {', '.join(filler.text for filler in fillers)}" for name, fillers in roles.items()) or "no roles filled"


def _lacks(token: Token, matcher: Matcher, context: Context, compiled: Compiled, beyond: frozenset[str]) -> tuple[str, str]:
    """What a line lacks at a word; "matched" where it lacks nothing."""
    if matcher.frame in beyond:
        return "left", "a word of the sentence puts it out of scope"
    if token.pos_ not in KINDS[matcher.kind]:
        return "missed", f"the line is for {matcher.kind}s, and this is read as {_PARTS.get(token.pos_, token.pos_.lower())}"
    if words := lacking(token, matcher.rest):
        return "missed", f"{' and '.join(words)} does not hang on it"
    if left := find_leave_outs(token, compiled).get(matcher.frame):
        return "left", f"left out: {left}"
    event = make_event(token, matcher)
    if event is None:
        return "missed", "it says of no happening here: it only says which is meant, or hangs on no verb that carries it"
    if missing := missing_needs(event, context):
        return "missed", "; ".join(missing)
    return "matched", ""
