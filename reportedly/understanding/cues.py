"""Attribution cues: the words by which a report gives the word to somebody, and what they say.

A cue has a source (the head of a noun phrase, or none) and contents (heads of clauses). Verbs of speech, writing and
knowledge, "according to", "under the contract", passives without a speaker, adverbs such as "reportedly", and nouns
("rumours that") are cues; an inference ("this suggests that") is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from reportedly.understanding.grammar import QUESTION_WORDS, agent_of, ancestors, child, children, is_finite, is_negated, is_passive, is_verb, marker, own_subject, subject_of
from reportedly.understanding.voices import DOCUMENTS, may_speak
from reportedly.values import find_place

SPEECH = frozenset(
    "say tell add report explain claim state announce note warn confirm deny insist argue complain declare reveal disclose acknowledge admit assert maintain remark comment "
    "reply respond answer recall continue stress emphasize emphasise reiterate contend allege testify write tweet post quote cite describe concede conclude observe caution "
    "predict forecast estimate suggest indicate hint imply specify clarify point_out mention boast joke whisper shout ask wonder vow promise pledge urge recommend advise agree "
    "inform notify remind assure brief read go reckon argue stress".split()
)
SAYING = frozenset(
    "say tell report note add explain state claim announce write warn argue reveal suggest put learn show acknowledge insist believe think recall conclude declare observe predict estimate".split()
)
THOUGHT = frozenset(
    "believe think know learn understand hear doubt suspect fear hope feel realize realise consider assume expect judge calculate speculate see find discover regard view worry decide".split()
)
DOCUMENTARY = frozenset("show find reveal say state indicate suggest note read require provide stipulate specify list put give record".split())
DENIALS = frozenset(["deny", "doubt", "reject", "dispute", "refute"])
UNSPECIFIED_ADVERBS = frozenset("reportedly allegedly supposedly purportedly".split())
UNSPECIFIED_NOUNS = frozenset("rumor rumour report speculation allegation suggestion hearsay gossip word".split())
OUTLET_PASSIVES = frozenset("think believe expect consider assume see".split())  # "are thought to": the outlet's own judgement
_FACTS = frozenset("find discover know learn realize realise".split())  # "were found to be", "is known to": the outlet vouches for it
_HOLDING_NOUNS = frozenset(
    "claim statement assertion belief warning announcement allegation rumor rumour report speculation suggestion admission confirmation denial view argument".split()
)
FORECASTING = frozenset("predict forecast foresee anticipate expect project prophesy".split())
_SURE = frozenset("convinced certain sure confident aware adamant afraid hopeful persuaded".split())
NEG_RAISING = frozenset("believe think expect consider assume see feel".split())  # "does not think that it is" says that it is not
_MEASURES = frozenset(
    "evolution progress course level outcome development need size age type kind degree extent number weight rank order custom tradition taste ability situation circumstance season weather schedule plan norm".split()
)
_NO_SPEAKERS = frozenset("this that which these those what there".split())
_LABELS = frozenset("note update correction analysis exclusive opinion photo video watch read breaking background".split())
_UNDER = frozenset(["under", "per"])


@dataclass(frozen=True, slots=True)
class Cue:
    """`verb` is the cue word, `source` the head of who speaks (None: nobody is named), `contents` the clause heads."""

    verb: Token
    source: Token | None
    contents: tuple[Token, ...]
    kind: str


# Verbs of attitude: what they say of somebody is that he wants, fears, praises; nobody asserts what they take as object.
_ASKING = frozenset("ask wonder inquire question query".split())
_ATTITUDES = frozenset(
    "call describe criticize criticise endorse support praise oppose reject denounce condemn blast slam attack defend propose announce cite mention discuss question dismiss blame accuse welcome applaud back favor "
    "favour promise pledge threaten seek demand want prefer fear regret mock ridicule tout hail outline detail compare liken label dub brand express voice depict portray want plan hope vow refuse decline agree "
    "intend offer urge order encourage press warn advise recommend suggest admire decry lament deride bash rip downplay".split()
)
_ATTITUDE_PREPOSITIONS = {
    "call": "for on", "warn": "of about against", "argue": "for against", "refer": "to", "point": "to", "object": "to", "agree": "with on", "apologize": "for", "apologise": "for", "worry": "about", "boast": "about of", "hint": "at",
    "allude": "to", "campaign": "for against", "rail": "against", "push": "for", "lobby": "for against", "respond": "to", "react": "to", "reply": "to", "testify": "about", "insist": "on", "believe": "in", "hope": "for",
    "ask": "about for", "plead": "for", "advocate": "for", "complain": "about of", "comment": "on about", "write": "about of", "tweet": "about", "joke": "about",
    "hear": "about of", "lie": "about", "think": "about of", "decide": "on against",
}  # fmt: skip


def find_attitudes(sentence: Span) -> list[Cue]:
    """Who asks, wants, urges, praises or rejects what: cues whose contents nobody asserts, and which give the word to nobody.
    Contents are the heads of questions, infinitives, objects, and of what stands after "about", "for" or "against"."""
    return [cue for token in sentence if token.pos_ == "VERB" and (cue := _attitude_at(token))]


def _attitude_at(verb: Token) -> Cue | None:
    source = subject_of(verb)
    if verb.lemma_ in _ASKING and verb.tag_ == "VBN" and (is_passive(verb) or (verb.dep_ == "advcl" and not children(verb, "aux"))):
        asked = tuple(one for one in children(verb, "ccomp", "advcl", "xcomp", "prep") if one.i > verb.i and (one.dep_ != "prep" or one.lower_ in ("about", "if")))
        return Cue(verb, agent_of(verb), asked, "attitude") if asked else None  # "asked whether he would leave, …"
    if source is None or is_passive(verb) or not _is_held(verb) or source.lower_ in _NO_SPEAKERS or source.lower_ in ("it", "nobody"):
        return None
    if verb.lemma_ in _ASKING and (asked := tuple(one for one in children(verb, "ccomp", "advcl", "xcomp") if one.i > verb.i)):
        return Cue(verb, source, asked, "attitude")
    taken = (
        [one for one in children(verb, "dobj", "xcomp", "oprd", "ccomp") if one.i > verb.i and not (one.dep_ == "ccomp" and is_finite(one))] if verb.lemma_ in _ATTITUDES else []
    )
    about = [prep for prep in children(verb, "prep") if prep.lower_ in (_ATTITUDE_PREPOSITIONS.get(verb.lemma_, "").split() or (["for", "of", "as"] if taken else []))]
    taken += about if taken else [noun for prep in about for noun in children(prep, "pobj", "pcomp")]
    return Cue(verb, source, tuple(sorted(taken, key=lambda one: one.i)), "attitude") if taken else None


def _is_held(verb: Token) -> bool:
    """Whether the attitude is somebody's now or then: a verb with tense, or a participle beside one ("…, calling it a loss")."""
    return (
        is_finite(verb)
        or (bool(children(verb, "aux")) and verb.tag_ != "VB")
        or (verb.tag_ == "VBG" and verb.dep_ == "advcl")
        or (verb.tag_ == "VB" and any(one.tag_ == "MD" for one in children(verb, "aux")))
    )


def find_impressions(sentence: Span) -> list[Cue]:
    """What seems or is expected by nobody named: the subject and what is said of it ("he appears to have left")."""
    found = []
    for verb in sentence:
        raising = verb.lemma_ in ("seem", "appear") and not is_passive(verb)
        if verb.pos_ != "VERB" or not (raising or (is_passive(verb) and verb.lemma_ in OUTLET_PASSIVES)):
            continue
        subject, complements = own_subject(verb), children(verb, "xcomp", "oprd", "acomp", "ccomp")
        if subject is not None and complements and subject.lower_ not in ("i", "we", "you"):
            found.append(Cue(verb, None, (*([subject] if subject.lower_ != "it" else []), *complements), "impression"))
    return found


def find_cues(sentence: Span) -> list[Cue]:
    """All cues of a sentence, in order."""
    found = [cue for token in sentence for cue in _cues_at(token, sentence)]
    return [*_colon_cue(sentence), *found] if ":" in sentence.text else found


def _colon_cue(sentence: Span) -> Iterator[Cue]:
    """ "Ministry: loggers will go home", and turned round, "Loggers gone: ministry"; before the colon stands nothing but who speaks."""
    words = [token for token in sentence if not token.is_space]
    at = next((number for number, token in enumerate(words) if token.text == ":"), 0)
    before, after = words[:at], words[at + 1 :]
    if _names_nothing_but_a_speaker(before) and any(is_verb(one) for one in after):
        said = next((one for one in after if one.dep_ == "ROOT"), None) or next(one for one in after if is_verb(one))
        yield Cue(words[at], _head_of(before), (said,), "colon")
    elif _names_nothing_but_a_speaker([one for one in after if not one.is_punct]) and any(is_verb(one) for one in before):
        said = next((one for one in before if one.dep_ == "ROOT"), None) or next(one for one in before if is_verb(one))
        yield Cue(words[at], _head_of(after), (said,), "colon")


def _names_nothing_but_a_speaker(words: list[Token]) -> bool:
    if not 1 <= len(words) <= 8 or any(one.pos_ not in ("NOUN", "PROPN", "ADJ", "DET", "ADP", "PART", "NUM") for one in words):
        return False
    head = _head_of(words)
    if may_speak(head):
        return True
    return head.pos_ == "PROPN" and head.lemma_.lower() not in _LABELS and find_place(head.text) is None  # "DELHI: " is where a report was written


def _head_of(words: list[Token]) -> Token:
    inside = {one.i for one in words}
    nouns = [one for one in words if one.pos_ in ("NOUN", "PROPN")]
    return next((one for one in nouns if one.head.i not in inside or one.head.i == one.i), nouns[-1] if nouns else words[-1])


def _cues_at(token: Token, sentence: Span) -> Iterator[Cue]:
    if token.lemma_ in ("quote", "cite") and is_verb(token):
        yield from _quoting(token)
    if token.pos_ in ("VERB", "AUX") and token.lemma_ in SPEECH | THOUGHT | DOCUMENTARY:
        cue = _verb_cue(token)
        if cue:
            yield cue
    elif token.lower_ == "according":
        yield from _according(token, sentence)
    elif token.lower_ in _SURE and (is_passive(token) or token.head.lemma_ in ("be", "remain", "feel", "seem")):
        yield from _conviction(token, token if is_passive(token) else token.head)
    elif token.lower_ in UNSPECIFIED_ADVERBS and token.dep_ in ("advmod", "npadvmod"):
        verb = next((one for one in ancestors(token) if is_verb(one)), None)
        if verb is not None and token.head.i == verb.i:
            yield Cue(token, None, (_clause_of(verb),), "adverb")
    elif token.pos_ == "NOUN" and token.lemma_ in _HOLDING_NOUNS | UNSPECIFIED_NOUNS:
        yield from _noun_cue(token)
    elif token.lower_ in _UNDER and token.dep_ == "prep":
        yield from _under_document(token)
    elif token.lower_ in ("by", "in", "on") and token.dep_ == "prep":
        yield from _by_account(token)


def _quoting(verb: Token) -> Iterator[Cue]:
    """ "quoted the minister as saying that …": who quotes gives the word to whom he quotes."""
    for saying in (one for prep in children(verb, "prep") if prep.lower_ == "as" for one in children(prep, "pcomp")):
        quoted = child(verb, "dobj") or own_subject(verb) if not is_passive(verb) else own_subject(verb)
        contents = tuple(one for one in children(saying, "ccomp") if is_verb(one))
        if quoted is None or not contents:
            continue
        if not is_passive(verb):
            yield Cue(verb, subject_of(verb), (saying,), "verb")
        else:
            agent = next((noun for prep in (*children(verb, "agent"), *children(verb, "prep")) if prep.lower_ in ("by", "in") for noun in children(prep, "pobj")), None)
            if agent is not None:
                yield Cue(verb, agent, (saying,), "verb")
        yield Cue(saying, quoted, contents, "verb")


def _verb_cue(verb: Token) -> Cue | None:
    """A verb with a content clause, or one that interrupts or follows what is said."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.lemma_ in ("quote", "cite"):
        return None  # read with who quotes
    if marker(verb) in ("if", "whether", "unless") or is_withheld(verb) or (is_negated(verb) and verb.lemma_ not in NEG_RAISING):
        return None  # what somebody "did not say" is said by nobody
    if is_passive(verb):
        return _passive_cue(verb)
    source = subject_of(verb)
    if _is_barred(verb, source):
        return None
    if verb.lemma_ in SPEECH and (turned := (_turned_cue(verb) if own_subject(verb) is None else None) or _lost_cue(verb)):
        return turned
    if pushed := _pushed_down(verb):
        return Cue(verb, source, pushed, "pushed") if source is not None else None
    contents = _contents(verb)
    if not contents and verb.lemma_ in _FORESEEING and source is not None and (source.pos_ == "PROPN" or source.lower_ in ("he", "she") or may_speak(source)):
        return Cue(verb, source, (verb,), "forecast") if any(is_verb(one) for one in children(verb, "ccomp", "xcomp")) else None  # "expects them to cross": a forecast has a voice
    if not contents and verb.lemma_ in ("say", "add") and source is not None and child(verb, "dobj") is not None and not _mistaken_content(verb):
        return Cue(verb, source, (verb,), "object")  # "said most of them are from the provinces", where the parse finds no clause
    if not contents and verb.lemma_ in SPEECH | SAYING:
        contents = _mistaken_content(verb) or _wrapped_content(verb)
    if not contents or (source is None and verb.dep_ not in ("ROOT", "advcl", "parataxis")):
        return None
    if verb.lemma_ not in SPEECH | THOUGHT and (source is None or source.pos_ not in ("NOUN", "PROPN")):
        return None
    reasons = tuple(one for one in children(verb, "advcl") if marker(one) in ("because", "since") and one.i > contents[-1].i)
    return Cue(verb, source, (*contents, *reasons), "verb")  # "thinks it is too high, because …": the reason is the speaker's


def _conviction(word: Token, verb: Token) -> Iterator[Cue]:
    """ "is convinced that the captain left"."""
    contents = tuple(one for host in (word, verb) for one in children(host, "ccomp") if is_verb(one) and is_finite(one))
    source = subject_of(verb)
    if contents and source is not None and source.lower_ != "it" and not is_negated(verb):
        yield Cue(word, source, contents, "conviction")


def _contents(verb: Token) -> tuple[Token, ...]:
    """The clauses that a verb takes as what is said; of speech also an infinitive that the parse sets before the last of them."""
    clauses = children(verb, "ccomp")
    said = [one for one in clauses if _is_content(one, verb)]
    if said and verb.lemma_ in SPEECH:
        said = [one for one in clauses if one in said or (is_verb(one) and verb.i < one.i < said[-1].i)]
    return tuple(said)


def _is_barred(verb: Token, source: Token | None) -> bool:
    """Whether a verb gives the word to nobody: "nobody doubts that", "this says that", "may think that"."""
    if verb.lemma_ in THOUGHT and any(aux.lower_ in ("may", "might", "could", "would", "should") for aux in children(verb, "aux")):
        return True
    if source is None:
        return False
    if source.lower_ in ("nobody", "none", "noone") or any(one.lower_ == "no" for one in source.children):
        return True
    faceless = (
        (source.lower_ in _NO_SPEAKERS and not (source.lower_ in ("those", "these") and children(source, "acl", "relcl", "prep")))
        or (source.lower_ == "it" and verb.lemma_ not in SPEECH)
        or source.pos_ in ("VERB", "AUX")
    )
    return faceless and verb.dep_ != "relcl"


_FORESEEING = frozenset(["expect", "anticipate", "foresee"])


def _mistaken_content(verb: Token) -> tuple[Token, ...]:
    """ "told the clerk that one crew, of masons, went": the parse takes "that" for an object and the verb for a participle."""
    after = [one for one in children(verb, "dobj", "ccomp") if one.i > verb.i and not is_verb(one)]
    nouns = [noun for one in after if one.lower_ == "that" for noun in children(one, "nsubj", "nsubjpass")]
    nouns += [one for one in after if one.left_edge.lower_ == "that"]
    return tuple(one for noun in nouns for one in children(noun, "acl", "relcl") if one.tag_ in ("VBD", "VBN", "VBZ", "VBP"))[:1]


def _turned_cue(verb: Token) -> Cue | None:
    """ "The men must leave, told Mr. Adil": where what is said stands first and the verb has no subject, its object speaks."""
    said = tuple(one for one in children(verb, "ccomp") if one.i < verb.i and is_verb(one))
    speaker = next((one for one in children(verb, "dobj") if verb.i < one.i and one.left_edge.i == verb.i + 1), None)
    if not said and verb.dep_ in ("advcl", "dep", "parataxis") and marker(verb) == "" and verb.i and verb.nbor(-1).text in ("”", '"', "’"):
        said = (_clause_of(verb.head),)  # "“…,” warned an organiser, “they will leave.”"
    return Cue(verb, speaker, said, "verb") if said and speaker is not None and (speaker.pos_ == "PROPN" or may_speak(speaker)) else None


def _lost_cue(verb: Token) -> Cue | None:
    """ "The captain informed, that three men escaped": no main clause opens with "that", so the participle is the cue."""
    noun, root = verb.head, verb.sent.root
    that = child(root, "mark")
    if verb.dep_ == "acl" and noun.dep_ in ("nsubj", "dep") and noun.head.i == root.i and that is not None and that.lower_ == "that" and that.i > verb.i:
        return Cue(verb, noun, (root,), "verb")
    return None


def _pushed_down(verb: Token) -> tuple[Token, ...]:
    """ "the departure, which this paper reported was set for May, …": what the relative clause reports is the next verb."""
    if verb.dep_ != "relcl" or not any(one.lower_ in ("which", "who") and one.dep_ == "dobj" for one in verb.children):
        return ()
    after = verb.right_edge.i + 1
    following = verb.doc[after] if after < verb.sent.end else None
    if following is None or following.tag_ not in ("VBD", "VBZ", "MD"):
        return ()
    return (following if following.dep_ not in ("aux", "auxpass") else following.head,)


def is_withheld(verb: Token) -> bool:
    """ "neither confirmed nor denied", "refused to confirm or deny": what follows is said by nobody, either way."""
    chain = (verb, verb.head) if verb.dep_ in ("conj", "xcomp") else (verb,)
    words = {one.lower_ for each in chain for one in each.children}
    refused = any(one.dep_ == "xcomp" and one.head.lemma_ in ("refuse", "decline") for one in chain) or any(one.lemma_ in ("refuse", "decline") for one in chain)
    return bool(words & {"neither", "nor"}) or (refused and verb.lemma_ in SPEECH)


def _is_content(clause: Token, verb: Token) -> bool:
    """A finite clause that is asserted: not a question ("whether"), not the object of "see them leave"; but "polls show them
    losing" asserts the losing."""
    if verb.lemma_ in ("show", "find", "suggest", "indicate") and clause.i > verb.i and own_subject(clause) is not None and clause.tag_ in ("VBG", "VBN", "JJ", "RB", "IN"):
        source = subject_of(verb)
        return source is not None and may_speak(source)
    if not is_verb(clause) and child(clause, "nsubj") is None and clause.i > verb.i:
        return False
    if marker(clause) in QUESTION_WORDS | {"if"} and clause.i > verb.i:
        return False
    return is_finite(clause) or clause.i < verb.i or clause.tag_ not in ("VB", "VBG") or own_subject(clause) is None


def _wrapped_content(verb: Token) -> tuple[Token, ...]:
    """ "The plan, he said, is ready": the cue is a side remark of what it reports; "as the agency reported" likewise."""
    if own_subject(verb) is not None and is_verb(verb.head) and verb.lemma_ in SAYING:
        if verb.dep_ == "parataxis" or (verb.dep_ == "advcl" and marker(verb) == "as" and child(verb, "dobj") is None):
            return (_clause_of(verb.head),)
        if verb.dep_ in ("ccomp", "conj", "dep") and verb.i > verb.head.i and _closes_sentence(verb):
            return (_clause_of(verb.head),)  # "…, sources told the paper": the parse may hang the cue on what it reports
    return tuple(one for one in children(verb, "parataxis") if is_verb(one))


def _closes_sentence(verb: Token) -> bool:
    """Whether a clause stands behind a comma and ends its sentence."""
    before = verb.left_edge.i - 1 if verb.left_edge.text != "," else verb.left_edge.i
    return marker(verb) == "" and verb.doc[max(0, before)].text in (",", "”", '"') and verb.right_edge.i >= verb.sent.end - 2


def _passive_cue(verb: Token) -> Cue | None:
    """ "is said to", "it was reported that": nobody is named. "Are thought to" is the outlet's judgement: no cue."""
    contents = tuple(one for one in children(verb, "xcomp", "ccomp") if is_verb(one) and (one.dep_ == "xcomp" or _is_content(one, verb)))
    agent = agent_of(verb) or _written_in(verb)
    if not contents and verb.dep_ in ("advcl", "parataxis", "ccomp") and agent is not None and marker(verb) in ("as", "") and verb.lemma_ in SPEECH:
        contents = _wrapped_content(verb) or ((_clause_of(verb.head),) if verb.dep_ == "advcl" and is_verb(verb.head) else ())
    if not contents or is_negated(verb) or (verb.lemma_ in OUTLET_PASSIVES and agent is None) or (verb.lemma_ in _FACTS and agent is None) or verb.lemma_ not in SPEECH | THOUGHT:
        return None
    if any(one.dep_ == "xcomp" for one in contents) and verb.lemma_ in ("ask", "tell", "urge", "advise", "expect", "recommend", "remind"):
        return None  # an order to somebody, no report
    return Cue(verb, agent, contents, "verb" if agent is not None else "passive")


def _written_in(verb: Token) -> Token | None:
    """ "it is written in the memo that": the document speaks."""
    subject = own_subject(verb)
    if subject is None or subject.lower_ != "it":
        return None
    return next((noun for prep in children(verb, "prep") if prep.lower_ in ("in", "by") for noun in children(prep, "pobj") if noun.lemma_.lower() in DOCUMENTS), None)


_RECKONINGS = frozenset("count reckoning estimate account tally calculation admission figure estimation telling word datum record assessment".split())


def _by_account(prep: Token) -> Iterator[Cue]:
    """ "by the union's own count", "by the words of a guard", "in the words of the consul", "on his telling"."""
    noun = child(prep, "pobj")
    if noun is None or noun.lemma_ not in _RECKONINGS or not is_verb(prep.head):
        return
    of = next((one for two in children(noun, "prep") if two.lower_ == "of" for one in children(two, "pobj")), None)
    source = child(noun, "poss") or (of if noun.lemma_ in ("word", "datum", "record", "estimate", "figure", "account") else None)
    if source is not None and (source.pos_ in ("PROPN", "PRON") or may_speak(source)):
        yield Cue(prep, source, (_clause_of(prep.head),), "according")


def _according(token: Token, sentence: Span) -> Iterator[Cue]:
    to = child(token, "prep")
    source = child(to, "pobj") if to is not None else child(token, "pobj")
    if source is None:
        return
    if source.lemma_ in ("word", "telling"):
        source = next((one for prep in children(source, "prep") if prep.lower_ == "of" for one in children(prep, "pobj")), source)
    if source.pos_ == "NOUN" and not may_speak(source) and (source.lemma_ in _MEASURES or not any(one.dep_ in ("det", "poss", "amod", "compound") for one in source.children)):
        return  # "according to the progress of the work", "according to plan"
    host = next((one for one in ancestors(token.head) if is_verb(one)), sentence.root)
    alone = token.i - sentence.start <= 2 or token.right_edge.i >= sentence.end - 3
    fronted = token.i - sentence.start <= 2
    yield Cue(token, source, (sentence.root if alone and (host.dep_ in ("conj", "advcl") or (host.dep_ == "relcl" and fronted)) else _clause_of(host),), "according")


def _clause_of(verb: Token) -> Token:
    """The verb that carries the clause: up from a governed infinitive ("plans to send") and from its auxiliary."""
    while verb.dep_ == "xcomp" and is_verb(verb.head):
        verb = verb.head
    return verb


def _noun_cue(noun: Token) -> Iterator[Cue]:
    """ "rumours that …", "the claim that …": the owner of the claim speaks, or nobody."""
    contents = tuple(
        one for one in noun.children if one.dep_ in ("acl", "ccomp", "relcl") and marker(one) == "that" and is_verb(one) and child(one, "nsubj", "nsubjpass", "expl") is not None
    )
    contents = tuple(one for one in contents if child(one, "mark") is not None)
    if contents:
        by = next((one for prep in children(noun, "prep", "agent") if prep.lower_ in ("by", "of", "from") for one in children(prep, "pobj")), None)
        yield Cue(noun, child(noun, "poss") or by, contents, "noun")


def _under_document(prep: Token) -> Iterator[Cue]:
    source = child(prep, "pobj")
    fronted = prep.i < prep.head.i  # "Under the memorandum, employers must pay"; not "arrived under an agreement"
    if fronted and source is not None and source.lemma_.lower() in DOCUMENTS and is_verb(prep.head) and any(one.dep_ in ("det", "poss") for one in source.children):
        yield Cue(prep, source, (_clause_of(prep.head),), "document")
