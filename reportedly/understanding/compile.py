"""A playbook as written becomes matchers over the parse. The parser's dialect stays here: no YAML knows it."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Span, Token

from reportedly.playbooks import load_playbook, stamp
from reportedly.playbooks.schema import Frame, Pattern, Playbook, Role
from reportedly.values.places import fold


@dataclass(frozen=True, slots=True)
class Matcher:
    """Words of a frame, compiled: `rest` are the words that must hang on the head ("out" of "ship out"), `source` is the
    pattern that they stand in ("dispatch.verbs.0")."""

    frame: str
    kind: str
    head: str
    rest: tuple[str, ...]
    roles: dict[str, tuple[str, ...]]
    needs: dict[str, frozenset[str]]
    types: dict[str, Role]
    status: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """A playbook ready to match: matchers and exclusions (frame, and words that hang on the head) by the lemma of their head,
    the lemmas that put a sentence out of a frame's scope, and the names of the subject."""

    name: str
    stamp: str
    matchers: dict[tuple[str, str], list[Matcher]]
    leave_out: dict[str, list[tuple[str, tuple[str, ...]]]]
    out_of_scope: dict[str, frozenset[str]]
    names: dict[str, str] = field(default_factory=dict)


@cache
def compile_named(name: str) -> Compiled:
    """A playbook by name or folder, loaded and compiled once a process. Raises BadPlaybook or UnknownName."""
    return compile_playbook(load_playbook(name))


# Which parts of speech the parser may give to the words of each kind.
KINDS = {"verb": ("VERB", "AUX"), "noun": ("NOUN", "PROPN"), "adjective": ("ADJ", "VERB")}


def compile_playbook(playbook: Playbook) -> Compiled:
    """Matchers of a playbook, in the order of its frames; the longest words first, so that "look to" beats "look"."""
    matchers: dict[tuple[str, str], list[Matcher]] = defaultdict(list)
    leave_out: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    out_of_scope: dict[str, set[str]] = defaultdict(set)
    for frame in playbook.frames:
        for kind, patterns in (("verb", frame.verbs), ("noun", frame.nouns), ("adjective", frame.adjectives)):
            for number, pattern in enumerate(patterns):
                for matcher in _matchers(frame, kind, pattern, playbook.head.lists, f"{frame.frame}.{kind}s.{number}"):
                    matchers[kind, matcher.head].append(matcher)
        for exclusion in frame.leave_out:
            for words in exclusion.words:
                head, *rest = words.lower().split()
                leave_out[head].append((frame.frame, tuple(rest)))
        for scope in frame.out_of_scope:
            for word in scope.words:
                out_of_scope[word.lower()].add(frame.frame)
    for found in matchers.values():
        found.sort(key=lambda matcher: -len(matcher.rest))
    names = {fold(other): name.name for name in (*playbook.head.places, *playbook.head.actors) for other in (name.name, *name.also)}
    return Compiled(
        f"{playbook.head.name}@{playbook.head.version}", stamp(playbook), dict(matchers), dict(leave_out), {word: frozenset(frames) for word, frames in out_of_scope.items()}, names
    )


def _matchers(frame: Frame, kind: str, pattern: Pattern, lists: dict[str, list[str]], source: str) -> list[Matcher]:
    roles = {role: tuple(slots) for role, slots in pattern.roles.items()}
    needs = {role: frozenset(word for name in names for word in lists.get(name, [name])) for role, names in pattern.needs.items()}
    found = []
    for words in pattern.words:
        parts = words.lower().split()
        at = len(parts) - 1 if kind == "noun" else 0  # the head of "labour export" is its last word, of "ship out" its first
        rest = tuple(part for index, part in enumerate(parts) if index != at)
        found.append(Matcher(frame.frame, kind, parts[at], rest, roles, needs, frame.roles, pattern.status, source))
    return found


def find_matchers(token: Token, compiled: Compiled) -> list[list[Matcher]]:
    """The matchers whose words stand at a token, by frame, unless an exclusion of the frame stands there too."""
    lemma = token.lemma_.lower()
    left_out = find_leave_outs(token, compiled)
    found: dict[str, list[Matcher]] = {}
    for kind, tags in KINDS.items():
        if token.pos_ not in tags:
            continue
        for matcher in compiled.matchers.get((kind, lemma), []):
            if matcher.frame not in left_out and not lacking(token, matcher.rest):
                found.setdefault(matcher.frame, []).append(matcher)
    return list(found.values())


def find_leave_outs(token: Token, compiled: Compiled) -> dict[str, str]:
    """The frames that leave a token out, each with the words of one exclusion."""
    lemma = token.lemma_.lower()
    return {frame: " ".join((lemma, *rest)) for frame, rest in compiled.leave_out.get(lemma, []) if not lacking(token, rest)}


def frames_out_of_scope(sentence: Span, compiled: Compiled) -> frozenset[str]:
    """The frames of which a sentence makes no claim, for one of its words puts it out of their scope."""
    if not compiled.out_of_scope:
        return frozenset()
    return frozenset(frame for token in sentence for frame in compiled.out_of_scope.get(token.lemma_.lower(), ()))


def lacking(token: Token, words: tuple[str, ...]) -> list[str]:
    """Which of the words do not hang on a token itself, as particles, prepositions, adverbs or heads of objects do."""
    if not words:
        return []
    near = {form for child in token.children if child.dep_ != "expl" for form in (child.lower_, child.lemma_.lower())}
    return [word for word in words if word not in near]
