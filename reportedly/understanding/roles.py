"""What fills the roles of a happening: which phrases stand in the slots of a playbook's line, whether they are what it needs,
and the values of the clause."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from reportedly.playbooks.schema import Role
from reportedly.records import Filler
from reportedly.understanding.arguments import make_filler
from reportedly.understanding.compile import Matcher
from reportedly.understanding.frames import Event, is_headline_passive, is_headline_predicate
from reportedly.understanding.grammar import RELATIVES, ancestors, child, children, edges, is_passive, is_person, is_verb, noun_edges, own_subject, subject_of
from reportedly.understanding.measures import Found
from reportedly.understanding.modality import OPERATORS
from reportedly.values.places import fold
from reportedly.values.quantities import multiply


@dataclass(frozen=True, slots=True)
class Context:
    """What roles are read against: where the passage begins, its values, and the names of the playbook."""

    start: int
    quantities: tuple[Found, ...]
    times: tuple[Found, ...]
    names: dict[str, str]


def fill_roles(event: Event, context: Context) -> dict[str, list[Filler]] | None:
    """The fillers of an event's roles; None where a role that the words need is not filled by such a word."""
    found: dict[str, list[Filler]] = {}
    for role, slots in event.matcher.roles.items():
        for slot in slots:
            heads = [head for head in _in_slot(slot, event) if _may_fill(head, role, event, context)]
            fillers = [filler for head in heads if (filler := _filler(head, slot, event.matcher, role, context)) is not None]
            if fillers:
                known = found.setdefault(role, [])
                known += [filler for filler in fillers if all((filler.start, filler.end) != (one.start, one.end) for one in known)]
                break
    if any(role not in found for role in event.matcher.needs):
        return None
    return found


def choose_readings(events: Iterable[tuple[Event, ...]], context: Context) -> list[tuple[Event, dict[str, list[Filler]]]]:
    """Of each happening the first reading whose needs are met, with its roles. One that stands under another of its frame is
    none: "avoided applying" is one unwillingness, not two."""
    chosen = [(event, roles) for readings in events for event, roles in _first_fit(readings, context)]
    heads = {(event.matcher.frame, event.head.i) for event, _ in chosen}
    return [(event, roles) for event, roles in chosen if not any((event.matcher.frame, one.i) in heads and one.i != event.head.i for one in event.operators)]


def _first_fit(readings: tuple[Event, ...], context: Context) -> Iterator[tuple[Event, dict[str, list[Filler]]]]:
    for event in readings:
        roles = fill_roles(event, context)
        if roles is not None:
            yield event, roles
            return


_GROUPS = frozenset("crew team group batch brigade wave turn pair convoy hurry silence secret tear person".split())


def _may_fill(head: Token, role: str, event: Event, context: Context) -> bool:
    needed = event.matcher.needs.get(role)
    if event.matcher.types[role].type == "place" and (is_person(head) or head.lemma_.lower() in _GROUPS) and needed is None:
        return False  # "left in crews of 20": nobody goes to a crew
    return needed is None or is_one_of(head, needed) or (event.matcher.types[role].type == "money" and _holds_money(head, context))


def missing_needs(event: Event, context: Context) -> list[str]:
    """For each role that the words need and that is not filled: what stands in its slots instead."""
    found = fill_roles(event, context)
    if found is not None:
        return []
    lacking = []
    for role, needed in event.matcher.needs.items():
        heads = [head for slot in event.matcher.roles.get(role, ()) for head in _in_slot(slot, event)]
        if any(_may_fill(head, role, event, context) for head in heads):
            continue
        wanted = ", ".join(sorted(needed)[:4]) + (" …" if len(needed) > 4 else "")
        instead = f"{', '.join(repr(head.text) for head in heads)} is none of {wanted}" if heads else f"nothing stands in {' or '.join(event.matcher.roles.get(role, ()))}"
        lacking.append(f"{role}: {instead}")
    return lacking or ["what stands in its slots is a time or no phrase"]


_ANYBODY = frozenset(
    "dozens hundreds thousands scores none one nobody you they them those he him she her we us i who each many some most all others more rest anybody anyone nobody everyone several few first second both another".split()
)


def _holds_money(head: Token, context: Context) -> bool:
    first, last = noun_edges(head)
    inside = [found for found in context.quantities if first <= found.token.i <= last]
    return any(_counts(found, "money") or (found.filler.quantity is not None and found.filler.quantity.unit is None) for found in inside)


_POINTING = {
    "they": True,
    "them": True,
    "these": True,
    "those": True,
    "it": False,
    "that": False,
    "this": False,
    "mine": None,
    "theirs": None,
    "ours": None,
    "hers": None,
    "his": None,
}
_NEAR = 60  # words back to what a pronoun can mean: the sentence and the one or two before


_MONIES = frozenset("dollar euro yuan ruble rouble won yen riyal dinar dirham rupee dong leu lei pound franc peso taka percent money cent".split())


def _is_rest_of(head: Token, words: frozenset[str]) -> bool:
    """ "A welder gets 260 euros. The rest …": of what was counted last, people or money."""
    for token in reversed(head.doc[max(0, head.i - _NEAR) : head.i]):
        if token.lemma_.lower() in _MONIES or token.tag_ == "$":
            return bool(words & _MONIES)
        if is_person(token):
            return "person" in words
    return head.lemma_.lower() in words


def _points_at(pronoun: Token, words: frozenset[str]) -> bool:
    """Whether a pronoun for things can mean one of the words: the nearest thing before it of its number is one."""
    plural = _POINTING[pronoun.lower_]
    for noun in reversed(pronoun.doc[max(0, pronoun.i - _NEAR) : pronoun.i]):
        if noun.pos_ != "NOUN" or is_person(noun) or noun.dep_ in ("compound", "npadvmod"):
            continue
        if (plural is None and children(noun, "poss")) or (plural is not None and (noun.tag_ == "NNS") is plural):
            return noun.lemma_.lower() in words
    return False


def is_one_of(head: Token, words: frozenset[str]) -> bool:
    """Whether a filler's head, or what it stands for, is one of the words; "they" and "those" may be anybody."""
    of = next((one for prep in children(head, "prep") if prep.lower_ == "of" for one in children(prep, "pobj")), None)
    if head.lemma_.lower() in ("rest", "remainder") and of is None:
        return _is_rest_of(head, words)
    if "person" in words and (is_person(head) or ((head.lower_ in _ANYBODY or head.pos_ == "NUM") and of is None)):
        return True
    near = (head, *(one for one in head.children if one.dep_ in ("compound", "nmod")))
    if not words or any(one.lemma_.lower() in words or one.lower_ in words for one in near):
        return True
    if head.lower_ in _POINTING and "person" not in words:
        return _points_at(head, words)
    return of is not None and _is_part(head) and is_one_of(of, words)


def _is_part(head: Token) -> bool:
    """Whether "of" says of what a number or share is: "most of the men", "a group of nurses"; not "papers of the men"."""
    return head.pos_ in ("NUM", "DET", "ADJ", "PRON") or head.lemma_.lower() in _PARTS


_PARTS = frozenset(
    "number total group most half third quarter fifth majority minority bulk handful dozen hundred thousand million batch team crew part rest remainder couple pair all many some lot share "
    "portion percent series round wave list contingent brigade kind sort type".split()
)


def _in_slot(slot: str, event: Event) -> Iterator[Token]:
    """The heads that stand in a slot; of "subject and with" those of both."""
    return (head for part in slot.split(" and ") for head in _heads(part, event))


def _heads(slot: str, event: Event) -> Iterator[Token]:
    verb, words = event.head, event.words
    if slot == "subject":
        yield from _subjects(event)
    elif slot == "object":
        yield from _objects(words if is_verb(words) else verb)
    elif slot == "whom":
        yield from (one for one in children(verb, "dative") if one.pos_ != "ADP")
        if is_passive(verb) and children(verb, "dobj") and (told := subject_of(verb)) is not None:
            yield told
    elif slot == "owner":
        yield from children(words, "poss")
    elif slot == "compound":
        yield from (one for one in children(words, "compound", "amod", "nmod") if one.pos_ in ("NOUN", "PROPN"))
    elif slot == "self":
        yield words
    elif slot == "ordinal":
        yield from _ordinals(event)
    elif slot in ("to do", "that", "because"):
        yield from _clausal(slot, event)
    elif slot == "away":
        yield from (one for one in verb.children if one.lower_ in ("home", "abroad", "overseas", "elsewhere", "back") and one.dep_ in ("advmod", "npadvmod", "dobj", "acomp"))
    else:
        yield from _prepositional(slot, event)


def _subjects(event: Event) -> Iterator[Token]:
    """The logical subject: of a passive the "by" phrase; of an order, who is told."""
    verb = event.marker
    if is_headline_predicate(verb):
        yield verb.head
        return
    if is_headline_passive(verb) and any("object" in slots for slots in event.matcher.roles.values()):
        return
    if is_passive(verb) or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
        yield from (noun for agent in children(verb, "agent") for noun in children(agent, "pobj"))
        if event.operators and not any(is_passive(one) for one in event.operators if is_verb(one)):
            return
        return
    subject = subject_of(event.operators[0] if event.operators and is_verb(event.operators[0]) else verb)
    if event.operators and subject_of(verb) is not None:
        subject = subject_of(verb)
    if subject is not None and not (subject.lower_ in RELATIVES and subject.dep_ in ("nsubj", "nsubjpass")):
        yield from (subject, *_coordinated(subject))


def _objects(verb: Token) -> Iterator[Token]:
    for noun in children(verb, "dobj", "attr"):
        if noun.lower_ in RELATIVES and verb.dep_ == "relcl":
            yield verb.head
        else:
            yield from (noun, *_coordinated(noun))
    if not is_passive(verb) and not children(verb, "dobj") and verb.lemma_ not in OPERATORS:  # "selected workers to be sent": the parse makes them subject of the sending
        infinitives = [one for one in children(verb, "ccomp") if any(mark.lower_ == "to" for mark in children(one, "aux"))]
        yield from (noun for one in infinitives for noun in children(one, "nsubj", "nsubjpass") if noun.i > verb.i)
    if is_headline_passive(verb):
        yield from (one for subject in children(verb, "nsubj") for one in (subject, *_coordinated(subject)))  # "7 adults, one child shot"
    elif is_passive(verb):
        subject = subject_of(verb)
        if subject is not None and not children(verb, "dobj"):  # "was paid 70 roubles": the roubles are the object, and who got them is told
            yield from (subject, *_coordinated(subject))
    elif verb.dep_ in ("acl", "relcl") and verb.tag_ == "VB" and not children(verb, "dobj", "nsubj") and verb.head.pos_ in ("NOUN", "PROPN"):
        yield verb.head  # "workers to send"
    elif (verb.dep_ == "acl" and verb.tag_ == "VBN") or (verb.dep_ == "relcl" and child(verb, "dobj") is None and child(verb, "nsubj") is not None):
        yield verb.head
    elif verb.dep_ == "xcomp" and is_passive(verb.head) and not children(verb, "dobj"):
        return
    elif verb.dep_ == "conj" and is_verb(verb.head) and not children(verb, "dobj") and verb.i < verb.head.right_edge.i:
        later = [one for one in children(verb.head, "dobj") if one.i > verb.i]
        yield from later
    elif not children(verb, "dobj"):
        sharing = next((one for one in _joined(verb) if children(one, "dobj")), None)
        yield from children(sharing, "dobj") if sharing is not None else ()  # "select, train and send men"


def _joined(verb: Token) -> Iterator[Token]:
    """The verbs coordinated behind one that share its object."""
    for one in children(verb, "conj"):
        if is_verb(one) and own_subject(one) is None:
            yield one
            yield from _joined(one)


def _coordinated(noun: Token) -> Iterator[Token]:
    for one in children(noun, "conj", "appos"):
        if one.dep_ == "conj" and not is_verb(one):
            yield one
            yield from _coordinated(one)


def _ordinals(event: Event) -> Iterator[Token]:
    """The counted round: "the second round of selections", "second round selections"."""
    near = [event.words, *(one for one in ancestors(event.words) if one.pos_ == "NOUN"), *event.words.subtree]
    for noun in near:
        if noun.lemma_ in ("round", "batch", "wave", "phase", "group", "intake") and any(one.dep_ in ("amod", "compound") and one.tag_ in ("JJ", "RB") for one in noun.children):
            yield noun
            return


def _clausal(slot: str, event: Event) -> Iterator[Token]:
    verb = event.head
    if slot == "to do":
        for one in children(verb, "xcomp", "acl"):
            if is_verb(one):
                yield one
    elif slot == "that":
        yield from (one for one in children(verb, "ccomp", "csubj") if is_verb(one))
    else:
        for one in children(event.marker, "advcl"):
            if any(mark.lower_ in ("because", "since", "as") for mark in children(one, "mark")):
                yield one


def _prepositional(slot: str, event: Event) -> Iterator[Token]:
    hosts = [event.head, *([event.words] if event.words.i != event.head.i else []), event.marker]
    found = {prep.i: prep for host in hosts for prep in _preps(host) if prep.lower_ == slot}
    if not found:  # "men from Ryanggang were chosen": what hangs on the noun, where nothing hangs on the verb
        nouns = [noun for host in hosts for noun in children(host, "dobj", "nsubjpass", "attr")]
        found = {prep.i: prep for host in nouns for prep in _preps(host) if prep.lower_ == slot}
    for prep in found.values():
        for noun in children(prep, "pobj"):
            yield from (noun, *_coordinated(noun))
        yield from children(prep, "pcomp")


def _preps(host: Token) -> Iterator[Token]:
    for prep in children(host, "prep", "dative", "agent"):
        if prep.pos_ in ("ADP", "SCONJ", "PART") or prep.dep_ == "prep":
            yield prep
            for noun in children(prep, "pobj"):
                yield from (one for one in children(noun, "prep") if one.lower_ in ("via", "through", "from", "to"))
            yield from children(prep, "prep")


def _filler(head: Token, slot: str, matcher: Matcher, role: str, context: Context) -> Filler | None:
    """A phrase as a filler, with the quantity in it where the role counts something."""
    if head.i in _time_tokens(context, head):
        return None
    if slot == "self":
        return Filler(head.text, context.start + head.idx, context.start + head.idx + len(head))
    if slot in ("to do", "that", "because") or is_verb(head):
        return _clause_filler(head, context.start)
    if slot == "ordinal":
        doc, first = head.doc, next((one.i for one in head.lefts if one.tag_ in ("JJ", "RB")), head.i)
        return Filler(doc[first : head.i + 1].text, context.start + doc[first].idx, context.start + head.idx + len(head))
    filler = make_filler(head, context.start)
    if filler is None:
        return None
    name = context.names.get(fold(filler.text).removeprefix("the ")) or filler.name
    kind = matcher.types[role].type
    if kind in ("quantity", "money"):
        first, last = noun_edges(head)
        inside = (found for found in context.quantities if first <= found.token.i <= last and _counts(found, kind))
        counted = next((found for found in inside if not (found.filler.quantity and found.filler.quantity.scope == "age")), None)  # "a 19-year-old man" is one man
        if counted is not None and counted.filler.quantity is not None:
            scope = matcher.types[role].scope
            return replace(
                filler,
                name=name,
                quantity=replace(counted.filler.quantity, unit=counted.filler.quantity.unit or matcher.types[role].unit, scope=counted.filler.quantity.scope or scope),
            )
    return replace(filler, name=name)


def _counts(found: Found, kind: str) -> bool:
    unit = (found.filler.quantity.unit or "") if found.filler.quantity else ""
    is_money = unit.isupper() or unit == "percent"
    return is_money == (kind == "money")


def _time_tokens(context: Context, head: Token) -> frozenset[int]:
    return frozenset(number for found in context.times if found.first <= head.i <= found.last for number in range(found.first, found.last + 1))


def _clause_filler(verb: Token, start: int) -> Filler:
    """A clause as a filler: from its first word, without "to" and "that", to its end."""
    doc = verb.doc
    first, last = edges(verb)
    while first < verb.i and (doc[first].lower_ in ("to", "that", "because", "since") or doc[first].is_punct):
        first += 1
    while last > first and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    return Filler(doc[first : last + 1].text, start + doc[first].idx, start + doc[last].idx + len(doc[last]))


def add_values(roles: dict[str, list[Filler]], types: dict[str, Role], times: list[Filler], quantities: list[Filler]) -> None:
    """The times, lengths, sums and team sizes of the clause, where the frame has a role of that kind."""
    for filler in times:
        wanted = "time" if filler.time and filler.time.kind == "date" else "duration"
        role = next((name for name, role in types.items() if role.type == wanted), None)
        if role is not None:
            roles.setdefault(role, []).append(filler)
    for filler in quantities:
        name = _role_of_quantity(filler, types)
        if name is not None and all(not (one.start <= filler.start < one.end and one.quantity) for one in roles.get(name, [])):
            kept = [one for one in roles.get(name, []) if one.quantity]  # a bare phrase gives way to the number in it
            roles[name] = [*kept, filler]
    _derive_total(roles, types)


def _derive_total(roles: dict[str, list[Filler]], types: dict[str, Role]) -> None:
    """ "six teams of about 50": the people of all, derived and marked so, where no words count them."""
    counted = next((name for name, role in types.items() if role.type == "quantity" and role.unit == "person" and role.scope is None), None)
    teams = next((filler for filler in roles.get("teams", []) if filler.quantity and filler.quantity.unit == "team"), None)
    size = next((filler for filler in roles.get("team", []) if filler.quantity and filler.quantity.scope == "team"), None)
    if counted is None or teams is None or size is None or any(filler.quantity and filler.quantity.unit != "team" for filler in roles.get(counted, [])):
        return
    assert teams.quantity
    assert size.quantity
    total = multiply(teams.quantity, size.quantity)
    whole = next((filler for filler in roles.get(counted, []) if filler.quantity), None)
    first, last = (teams, size) if teams.start <= size.start else (size, teams)
    named = replace(whole, quantity=total) if whole else Filler(f"{first.text} … {last.text}", first.start, last.end, quantity=total)
    roles[counted] = [*(filler for filler in roles.get(counted, []) if filler is not whole), named]


def _role_of_quantity(filler: Filler, types: dict[str, Role]) -> str | None:
    quantity = filler.quantity
    if quantity is None:
        return None
    if (quantity.unit or "").isupper():
        return next((name for name, role in types.items() if role.type == "money"), None)
    if quantity.scope == "team":
        return next((name for name, role in types.items() if role.type == "quantity" and role.scope == "team"), None)
    return next((name for name, role in types.items() if role.type == "quantity" and role.unit == quantity.unit == "team"), None)
