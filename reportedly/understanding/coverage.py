"""How far a playbook reaches over texts: which of its words never fired, and which predicates it may lack."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from reportedly.playbooks.schema import Playbook
from reportedly.records import Report
from reportedly.understanding.compile import Compiled, compile_playbook
from reportedly.understanding.cues import SPEECH, THOUGHT
from reportedly.understanding.explain import find_fits, make_context, words_of
from reportedly.understanding.grammar import children, is_person, is_verb
from reportedly.understanding.modality import OPERATORS
from reportedly.understanding.parser import parse
from reportedly.understanding.roles import is_one_of

_BARE = frozenset("be have do say tell add report make take get give use see know think want".split())


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A predicate that stands near words of the playbook's lists and that no line covers, how often, and one sentence."""

    predicate: str
    count: int
    near: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of some texts: the claims each frame makes, the words that never fired (place, words), and predicates to consider."""

    claims: dict[str, int]
    idle: tuple[tuple[str, str], ...]
    suggestions: tuple[Suggestion, ...]


def measure_coverage(reports: list[Report], playbook: Playbook) -> Coverage:
    """Read texts with a playbook and count what fired, what did not, and what it passed by."""
    compiled = compile_playbook(playbook)
    fired: set[tuple[str, str]] = set()
    claims: Counter[str] = Counter({frame.frame: 0 for frame in playbook.frames})
    passed: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for passage in parse(iter(reports)):
        context = make_context(passage, compiled)
        for sentence in passage.doc.sents:
            fits = list(find_fits(sentence, compiled, context))
            fired |= {(event.matcher.source, words_of(event.matcher)) for event in fits}
            claims.update(event.matcher.frame for event in fits)
            for predicate, list_name in _passed_by(sentence, compiled, playbook):
                passed[predicate].append((list_name, " ".join(sentence.text.split())))
    known = sorted({(matcher.source, words_of(matcher)) for matchers in compiled.matchers.values() for matcher in matchers} - fired)
    idle = tuple((playbook.lines.get(source, source), words) for source, words in known)
    return Coverage(dict(claims), idle, tuple(_rank(passed)))


def _passed_by(sentence: Span, compiled: Compiled, playbook: Playbook) -> Iterator[tuple[str, str]]:
    """The verbs whose subject or object is a word of a list, and that head no line of the playbook."""
    for verb in sentence:
        if not is_verb(verb) or verb.pos_ == "AUX" or verb.lemma_ in _BARE | OPERATORS | SPEECH | THOUGHT or ("verb", verb.lemma_.lower()) in compiled.matchers:
            continue
        nouns = children(verb, "nsubj", "nsubjpass", "dobj")
        near = next((name for noun in nouns for name in _lists_of(noun, playbook)), None)
        if near is not None:
            particle = next((f" {one.lower_}" for one in children(verb, "prt")), "")
            yield verb.lemma_.lower() + particle, near


def _lists_of(noun: Token, playbook: Playbook) -> Iterator[str]:
    if noun.pos_ in ("NOUN", "PROPN"):
        if is_person(noun) and any("person" in words for words in playbook.head.lists.values()):
            yield next(name for name, words in playbook.head.lists.items() if "person" in words)
        yield from (name for name, words in playbook.head.lists.items() if is_one_of(noun, frozenset(words) - {"person"}))


def _rank(passed: dict[str, list[tuple[str, str]]]) -> Iterator[Suggestion]:
    for predicate, found in sorted(passed.items(), key=lambda item: (-len(item[1]), item[0])):
        lists = Counter(name for name, _ in found)
        yield Suggestion(predicate, len(found), tuple(name for name, _ in lists.most_common(3)), min((text for _, text in found), key=lambda text: (len(text), text)))
