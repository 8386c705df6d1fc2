"""What a playbook must keep beyond its shape: roles that exist and can be filled, and cases that prove it."""

import difflib

from reportedly.playbooks.schema import Frame, Head, Playbook

_BY_VALUE = ("time", "duration", "money", "quantity")  # roles that the values of a clause can fill without a slot


def find_mistakes(playbook: Playbook) -> list[str]:
    """All that is wrong with a playbook whose files have the right shape, each as `file: key: what`."""
    found = [mistake for frame in playbook.frames for mistake in _frame_mistakes(frame, playbook.head.lists)]
    names = [frame.frame for frame in playbook.frames]
    found += [f"frames: {name}: two files define this frame; keep one" for name in sorted({name for name in names if names.count(name) > 1})]
    found += [f"playbook.yaml: brief: {name}: no such frame{_meant(name, names)}" for name in playbook.head.brief if name not in names]
    return [*found, *_name_mistakes(playbook.head), *_case_mistakes(playbook)]


def _name_mistakes(head: Head) -> list[str]:
    """Other names that stand for two things, in a circle or not: what they mean would be a guess."""
    owners: dict[str, set[str]] = {}
    for one in (*head.places, *head.actors):
        for word in {one.name, *one.also}:
            owners.setdefault(word.lower(), set()).add(one.name)
    return [f"playbook.yaml: {word!r} stands for {' and '.join(sorted(names))}; give it to one" for word, names in sorted(owners.items()) if len(names) > 1]


def _frame_mistakes(frame: Frame, lists: dict[str, list[str]]) -> list[str]:
    label = f"frames/{frame.frame}.yaml"
    patterns = [*frame.verbs, *frame.nouns, *frame.adjectives]
    found = []
    if not patterns:
        found.append(f"{label}: no words; give verbs, nouns or adjectives")
    used = {role for pattern in patterns for role in (*pattern.roles, *pattern.needs)}
    found += [f"{label}: {role}: used by words but not among the roles{_meant(role, list(frame.roles))}" for role in sorted(used - set(frame.roles))]
    idle = [name for name, role in frame.roles.items() if name not in used and role.type not in _BY_VALUE]
    found += [f"{label}: roles.{name}: no words fill it; give it a slot or remove it" for name in idle]
    found += [
        f"{label}: needs.{role}: the words {', '.join(pattern.words[:3])} need a role that they have no slot for"
        for pattern in patterns
        for role in pattern.needs
        if role not in pattern.roles
    ]
    found += [f"{label}: same_event_when: {role}: no such role{_meant(role, list(frame.roles))}" for role in frame.same_event_when if role not in frame.roles]
    found += [f"{label}: out_of_scope: {word!r} is more than one word; name one" for scope in frame.out_of_scope for word in scope.words if len(word.split()) != 1]
    empty = [name for name, words in lists.items() if not words]
    return found + [f"playbook.yaml: lists.{name}: is empty" for name in empty]


def _meant(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(known)}"


def _case_mistakes(playbook: Playbook) -> list[str]:
    """A positive case and a negative one, and one for every exclusion; frames that exist."""
    frames = {frame.frame: frame for frame in playbook.frames}
    found = [
        f"cases.yaml: {case.name}: no frame {expected.frame!r}{_meant(expected.frame, list(frames))}"
        for case in playbook.cases
        for expected in case.expect
        if expected.frame not in frames
    ]
    expected = {one.frame for case in playbook.cases for one in case.expect}
    found += [f"cases.yaml: no case expects the frame {name}; add one" for name in frames if name not in expected]
    if not any(not case.expect for case in playbook.cases):
        found.append("cases.yaml: no negative case; add a text that looks like the subject and is not, with expect: []")
    proved = {case.leaves_out for case in playbook.cases if case.leaves_out}
    for frame in playbook.frames:
        for exclusion in (*frame.leave_out, *frame.out_of_scope):
            if not proved & set(exclusion.words):
                found.append(f"cases.yaml: no case proves that {frame.frame} leaves out {exclusion.words[0]!r}; add one with leaves_out: {exclusion.words[0]}")
    return found
