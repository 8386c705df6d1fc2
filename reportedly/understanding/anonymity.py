"""What a report says of a voice that it does not name: its trade, how many speak, why it is not named, how and where it spoke."""

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from reportedly.records import Filler
from reportedly.understanding.grammar import ancestors, children, is_verb, subject_of
from reportedly.values import Quantity, find_place
from reportedly.values.numbers import parse_number

# The wish, the promise or the rule not to be named, in the turns of phrase that newsrooms prescribe for it. Rest: why.
_NAMED = r"(?:be(?:ing)? )?(?:publicly |fully )?(?:named|identified|quoted by name|quoted)".replace(" ", r"\ ")
_REASON = re.compile(
    rf"""(?:
      (?:strictly\ )?(?:up)?on\ (?:the\ )?(?:strict\ )?condition\ (?:of\ (?:strict\ )?anonymity|that\ (?:(?:his|her|their|the)\ (?:real\ |full\ )?names?|(?:he|she|they|it))\ (?:would\ |will\ |should\ |is\ |are\ |must\ )?not\ be\ \w+|of\ not\ being\ \w+)
    | (?:asked|asking|requested|requesting|begged|wanted|wished|preferred|insisted)\ (?:for\ anonymity|anonymity|on\ anonymity|to\ (?:remain|stay|be\ kept)\ (?:anonymous|nameless|unnamed)|not\ to\ {_NAMED}|to\ (?:be\ )?not\ {_NAMED}|that\ (?:his|her|their|the)\ (?:real\ |full\ )?names?\ (?:not\ be|be\ not|be\ withheld|be\ kept|be\ left)[^,.;”"]*)
    | (?:declined|declining|refused|refusing|did\ not\ (?:want|wish)|does\ not\ (?:want|wish)|do\ not\ (?:want|wish)|didn['’]t\ want|not\ wanting|unwilling|not\ wishing)\ to\ {_NAMED}
    | (?:was|were|is|are|being)?\ ?(?:not|n['’]t)\ (?:authori[sz]ed|allowed|permitted|cleared)\ to\ (?:speak|talk|comment|brief|discuss|give)[^,.;”"]*
    | (?:was|were|is|are)\ (?:barred|forbidden|banned)\ from\ (?:speaking|talking|commenting)[^,.;”"]*
    | (?:spoke|speaking|talked|talking|spoken)\ (?:anonymously|without\ (?:giving|being\ (?:named|identified))[^,.;”"]*)
    | whose\ (?:real\ |full\ |sur)?(?:name|identity)\ (?:is|was|has\ been)\ (?:being\ )?(?:withheld|changed|not\ (?:being\ )?(?:given|published)|known\ to)[^,.;”"]*
    | (?:whose\ |his\ |her\ |their\ )?(?:real\ |full\ |sur)?(?:names?|identity|identities)\ (?:is|was|are|were|has\ been|have\ been)\ (?:being\ )?(?:withheld|changed)[^,.;”"]*
    | not\ (?:his|her|their)\ real\ names?
    | a\ pseudonym
    )(?:\ (?:because|as|since|for\ fear|out\ of\ fear|fearing|citing|due\ to|to\ (?:protect|avoid|speak|talk|discuss|describe))\ ?[^,.;”"]*|,\ (?:fearing|citing|for\ fear)\ [^,.;”"]*)?
    | (?:fearing|for\ fear\ of|out\ of\ fear\ of|to\ avoid)\ (?:reprisals?|retaliation|repercussions|punishment|arrest|dismissal|retribution)[^,.;”"]*
    | for\ (?:security\ reasons|(?:his|her|their)\ (?:own\ )?(?:safety|security|protection))""",
    re.X | re.I,
)
_SIGNS = re.compile(r"nonym|name|identif|identit|quoted|uthori|allowed to|permitted to|cleared to|fear|to avoid|security|safety|protection|barred|forbidden|banned|without", re.I)
_SPEAKING = frozenset("say tell speak talk add explain report write reply answer confirm state testify note warn claim respond comment".split())
_MEANS = frozenset(
    "telephone phone interview statement letter email e-mail mail message messenger reply answer call conference briefing meeting video app testimony hearing speech broadcast visit post tweet note chat "
    "text voicemail conversation fax".split()
)
_WAYS = frozenset("by in via over from through during at on after".split())
_NO_TRADES = frozenset("source person people man woman individual one other somebody someone many some several those".split())
_FEW = {"several": 3, "multiple": 2, "numerous": 3, "few": 3, "various": 2, "couple": 2, "both": 2, "dozens": 24, "many": 3}
_NO_RANKS = frozenset(
    "several multiple numerous few various many some other another second third first same own unnamed unidentified anonymous different separate further additional more single only two".split()
)


def read_role(source: Token) -> str | None:
    """The trade or rank in a description ("labour ministry official"); None where it is no more than a source or a person."""
    ranks = [one for one in source.lefts if one.dep_ in ("compound", "amod", "nmod") and one.lower_ not in _NO_RANKS and not one.is_digit]
    if source.pos_ != "NOUN" or (source.lemma_.lower() in _NO_TRADES and not ranks):
        return None
    first = min((one.left_edge.i for one in ranks), default=source.i)
    return source.doc[first : source.i + 1].text


def count_voices(source: Token) -> Quantity | None:
    """How many speak: "two officials" 2, "several" at least 3, "a source" 1; None for a bare plural and for lists."""
    if children(source, "conj"):
        return None
    beside = [one for one in source.children if one.i < source.i]
    for one in beside:
        number = parse_number(one.text) if one.dep_ == "nummod" else None
        if number is not None:
            return Quantity(number, number, "exact", "person")
        if one.lower_ in _FEW:
            return Quantity(_FEW[one.lower_], None, "at least", "person")
    singular = source.tag_ in ("NN", "NNP") and source.lower_ not in ("police", "people")
    return Quantity(1, 1, "exact", "person") if singular else None


def find_reasons(sentence: Span, start: int) -> Iterator[tuple[Token, Filler]]:
    """Why somebody is not named, each with the head of the phrase or pronoun whom it concerns; `start` is where the passage begins."""
    if _SIGNS.search(sentence.text) is None:
        return
    for found in _REASON.finditer(sentence.text):
        at = sentence.start_char + found.start()
        token = next((one for one in sentence if one.idx + len(one) > at), None)
        who = _concerned(token) if token is not None else None
        if token is not None and who is not None:
            words = _clip(found[0], at, token).strip()
            at += len(found[0]) - len(found[0].lstrip())
            yield who, Filler(words, start + at, start + at + len(words))


def _clip(words: str, at: int, token: Token) -> str:
    """Without what follows the clause: "an official who was not authorised to speak | said …"."""
    clause = next((one for one in ancestors(token) if one.dep_ in ("relcl", "acl", "advcl")), None)
    above = clause.head if clause is not None else None
    while above is not None and not is_verb(above) and above.head.i != above.i:
        above = above.head
    if above is not None and above.idx > token.idx:
        first = min((one.idx for one in children(above, "aux", "auxpass", "advmod", "neg") if one.idx > token.idx), default=above.idx)
        return words[: max(0, min(first, above.idx) - at)]
    return words


def _concerned(token: Token) -> Token | None:
    """Whom words about anonymity concern: the noun that a relative clause hangs on, else the subject of the verb above, or,
    in brackets and of "whose name", the noun beside."""
    for one in ancestors(token):
        if one.dep_ in ("relcl", "acl", "appos") and not is_verb(one.head):
            return one.head
        if one.dep_ == "poss" and one.lower_ == "whose":
            continue
        if is_verb(one):
            subject = subject_of(one)
            if subject is not None and subject.lower_ not in ("who", "which", "that", "it") and subject.lemma_ not in ("name", "surname", "identity"):
                return subject
    return next((one for one in reversed(token.doc[token.sent.start : token.i]) if one.pos_ in ("NOUN", "PROPN", "PRON") and one.dep_ != "compound"), None)


def find_spoken(verb: Token, start: int) -> Filler | None:
    """How or where a voice spoke, by the verb that gives it the word: "by telephone", "in a written reply", "in Seoul"."""
    if verb.lemma_ not in _SPEAKING:
        return None
    for prep in children(verb, "prep", "agent"):
        for noun in children(prep, "pobj"):
            if prep.lower_ in _WAYS and (noun.lemma_.lower() in _MEANS or (noun.pos_ == "PROPN" and prep.lower_ == "in" and find_place(noun.text) is not None)):
                first, last = prep.i, noun.i
                doc = verb.doc
                while last + 1 < len(doc) and doc[last + 1].head.i == noun.i and doc[last + 1].dep_ == "prep" and doc[last + 1].lower_ in ("from", "with"):
                    last = doc[last + 1].right_edge.i
                return Filler(doc[first : last + 1].text, start + doc[first].idx, start + doc[last].idx + len(doc[last]))
    return None
