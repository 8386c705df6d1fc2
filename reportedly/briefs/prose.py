"""Whether a sentence in free words is carried by the claims that it cites: read as a report is read, and held against them slot by slot.

What a sentence says more vaguely than its claims passes; what it says more precisely, in another role, of another stage, or by another
voice does not.
"""

import re
from collections.abc import Iterator, Sequence

from reportedly.briefs.exchange import find_exchanged
from reportedly.briefs.pools import EMPTY, Pool, bare, is_said, is_same, lay_pools, stem, words_of
from reportedly.briefs.slots import Complaint, opening
from reportedly.briefs.wording import find_opposite, judges, outside_quotations
from reportedly.records import Claim, Dated, ReadSentence, Value, Voice
from reportedly.values import Quantity, When

_AHEAD = ("planned", "required", "considered", "predicted", "hypothetical")
_FIRM = ("planned", "required")
_WEAK = ("considered", "hypothetical")
_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"")
_DIGITS = re.compile(r"\d[\d,.]*\d|\d")
_FREE = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday "
    "mr mrs ms dr jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_WAYS = {"from": "from", "to": "to", "into": "to", "toward": "to", "towards": "to", "for": "to", "via": "via", "through": "via", "across": "via"}
_WAY = re.compile(rf"\b({'|'.join(_WAYS)}) (?:the |a )?((?:[\w’'-]+ ){{0,2}}?)([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)")
_MONEYS = frozenset("percent USD EUR RUB CNY KRW KPW GBP JPY fraction times".split())
_TELLING = r"(?:said|says|told|tells|wrote|writes|written|report(?:ed|s)?|not(?:ed|es)|quot(?:ed|es)|cit(?:ed|es|ing)|publish(?:ed|es)|according|words|added|adds)"
_TOLD_BEFORE = re.compile(rf"\b(?:{_TELLING}|of|from)\b(?:\W+[\w’'-]+){{0,6}}\W*$", re.IGNORECASE)
_JUST_TOLD = re.compile(r"\b(?:report(?:ed|s)?|wrote|writes|not(?:ed|es)|publish(?:ed|es))(?: (?:it|this|that))?(?: on| in| by)?\W*$", re.IGNORECASE)
_NAMED_DAY = re.compile(r"\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)  # "the month before" is no day of telling
_LEANING = re.compile(
    r"(?:(?:is|are|was|were|be|has|have|had)\Z|expect|plan|hope|aim|intend|want|seek|doubt|believ|fear|consider|weigh|discuss|propos|schedul|deni|deny|judg|assess|estimat)\w*",
    re.IGNORECASE,
)
_WEIGHED = re.compile(r"\b(?:discuss|consider|weigh|option|explor|mull|possib|may|might|could)\w*", re.IGNORECASE)
_IS_TELLING = re.compile(rf"{_TELLING}\Z", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;:] )[“\"'(]?([A-Z][\w’'-]+)")
_BESIDE = 4  # words between a day and the outlet that it is the day of
_MOST_SHARED = 2  # what a claim and a sentence must share to be about one thing
_UNNAMED = frozenset(map(stem, "source report note outlet article document account".split()))
_MARKS = str.maketrans("“”„‘’", '"""\'\'')
_WRITERS = ("we", "i", "our")  # who judges
# Nouns by which one tells of what is reported, or counts and orders it: they name nothing that was seen.
_OF_TELLING = frozenset(
    words_of(
        "word account number figure count total people person men women one way part view note notes chance trouble intention suspicion discussion statement claim quote quotation sentence "
        "story article interview day week month year time date end beginning start round case thing fact reason case turn course payment amount sum share half majority others rest group team plan ones pay confidence likelihood judgement judgment view assessment"
    )
)
_FEW = 3  # "several", "a few": no number that could be wrong


def check_prose(read: ReadSentence, parts: Sequence[ReadSentence], cited: Sequence[Dated], around: Sequence[Dated]) -> list[Complaint]:
    """What a sentence says that its claims do not, each with the word that says it. `parts` are its clauses as they are read apart; `around`
    are the claims of their reports: those that stand within the words of a cited one are cited with it."""
    pools = lay_pools(cited, around)
    found = [*_quotations(read.report.text, pools), *_values(read, pools), *_names(read, pools), *_things(read, pools), *_ways(read, pools), *_unattributed(read, pools)]
    found += [complaint for part in parts for complaint in _days_told(part, pools)]
    found += [] if judges(read.report.text) else _opposites(read, pools)
    found += [complaint for part in parts for complaint in _assertions(part, pools)]
    found += find_exchanged(read, pools)
    return list({complaint.word: complaint for complaint in reversed(found)}.values())[::-1]


def _quotations(text: str, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """Quotations stand word for word in a cited span; a first letter may be raised, and marks of quotation are of any form."""
    if text.count("“") != text.count("”") or text.count('"') % 2:
        yield Complaint("“" if text.count("“") > text.count("”") else "”", "is a mark of quotation without its pair")
    for m in _QUOTED.finditer(text):
        words = " ".join((m[1] or m[2]).split()).rstrip(".,;:!?")
        if not any(_stands_in(_plain_marks(words), _plain_marks(span)) for pool in pools for span in pool.spans):
            yield Complaint(words, "is in quotation marks and stands so in no cited span")


def _stands_in(words: str, span: str) -> bool:
    """Whether words stand whole in a span; their first letter may be raised or lowered."""
    return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", span) for one in (words, words[:1].swapcase() + words[1:]))


def _plain_marks(text: str) -> str:
    return " ".join(text.split()).translate(_MARKS)


def _values(read: ReadSentence, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """Numbers and days of the sentence, each known to a cited claim, no more precise than there."""
    own = outside_quotations(read.report.text)
    covered: list[tuple[int, int]] = []
    for value in read.values:
        if not own[value.start : value.end].strip() or value.kind == "place":
            continue
        covered.append((value.start, value.end))
        if any(re.search(rf"(?<!\w){re.escape(value.text)}(?!\w)", span) for pool in pools for span in pool.spans) and value.kind != "quantity":
            continue
        if value.kind == "quantity" and value.quantity:
            yield from _number(value, pools)
        elif value.when and value.when.edtf:
            yield from _day(value, own, pools)
        elif (
            value.length
            and value.length.least != 1
            and not any((value.length.least, value.length.most, value.length.unit) == (one.least, one.most, one.unit) for pool in pools for one in pool.lengths)
        ):
            yield Complaint(value.text, "is no length of time of the cited claims")
    for m in _DIGITS.finditer(own):
        if not any(start <= m.start() < end for start, end in covered) and not any(m[0] in span for pool in pools for span in pool.spans):
            yield Complaint(m[0], "stands in no cited span")


def _day(value: Value, own: str, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """A day is one of the thing told, or one of the telling; each stands where it belongs."""
    when = value.when
    assert when is not None
    spoken_of = any(_is_no_narrower(when, one) for pool in pools for one in pool.times)
    told = any(_is_no_narrower(when, one) for pool in pools for one in pool.told if when.earliest is not None or when.latest == one.latest)
    before, after = own[: value.start], own[value.end :]
    heads = {word for pool in pools for word in pool.speakers}
    if not spoken_of and not told:
        yield Complaint(value.text, "is no day or time of the cited claims, their voices or their reports")
    elif not spoken_of and not _TOLD_BEFORE.search(before) and not heads & set(words_of(" ".join([*before.split()[-4:], *after.split()[:9]]))):
        yield Complaint(value.text, "is when it was told, not when it is")
    elif not told and _NAMED_DAY.search(value.text) and _JUST_TOLD.search(before):
        yield Complaint(value.text, f"is what is told of; it was told {pools[0].told[0].edtf if pools[0].told else 'on an unknown day'}")


def _days_told(read: ReadSentence, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """The day beside an outlet is that of its report, or one on which a voice spoke to it."""
    text = read.report.text
    outlets = list(dict.fromkeys(pool.line.report.outlet for pool in pools if pool.line.report.outlet))
    for value in read.values:
        when = value.when
        if value.kind != "time" or when is None or not any(when.edtf == told.edtf for pool in pools for told in pool.told):
            continue
        near = " ".join([*text[: value.start].split()[-_BESIDE:], "|", *text[value.end :].split()[:_BESIDE]]).lower()
        for outlet in outlets:
            days = {told.edtf for pool in pools if pool.line.report.outlet == outlet for told in pool.told}
            others = [one for one in outlets if one != outlet and one.lower() in near]
            if outlet.lower() in near and not others and when.edtf not in days:
                yield Complaint(value.text, f"is no day on which {outlet} told it: {', '.join(sorted(days))}")


def _number(value: Value, pools: Sequence[Pool]) -> Iterator[Complaint]:
    quantity = value.quantity
    assert quantity is not None
    known = [one for pool in pools for one in pool.quantities]
    if (
        any(_is_no_closer(quantity, one) for one in known)
        or quantity.least == quantity.most == 1
        or (quantity.most is None and (quantity.least or 0) <= _FEW and not _DIGITS.search(value.text))
    ):
        return
    near = next((one for one in known if (one.least, one.most) == (quantity.least, quantity.most) or quantity.least in (one.least, one.most)), None)
    yield Complaint(
        value.text,
        f"the cited claim gives {near.bound} {near.least if near.least is not None else near.most} {near.unit or ''}".rstrip() if near else "is no number of the cited claims",
    )


def _is_no_closer(mine: Quantity, given: Quantity) -> bool:
    """Whether a number says no more than another: the same ends, and no hedge less."""
    if mine.unit != given.unit and {mine.unit, given.unit} & _MONEYS and mine.unit and given.unit:
        return False
    if mine.per != given.per and mine.per and given.per:
        return False
    return (mine.least, mine.most) == (given.least, given.most) and (mine.bound in (given.bound, "about") or {mine.bound, given.bound} == {"exact", "range"})


def _is_no_narrower(mine: When, given: When) -> bool:
    """Whether a time says no more than another: it takes in all of it."""
    starts = mine.earliest is None or (given.earliest is not None and mine.earliest <= given.earliest)
    ends = mine.latest is None or (given.latest is not None and mine.latest >= given.latest)
    return starts and ends


def _names(read: ReadSentence, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """Proper names, each in a cited span, or of its voice, outlet or title."""
    own = outside_quotations(read.report.text)
    capital = [(m[1], m.start(1)) for m in _NAME.finditer(own)]
    unsaid: list[tuple[str, int]] = []
    for name, at in sorted(dict.fromkeys((*read.names, *capital)), key=lambda pair: pair[1]):
        word = name.lower()
        counted = any(value.kind == "quantity" and value.start <= at < value.end for value in read.values)
        if (
            not counted
            and own[at : at + 1].strip()
            and len(word) > 1
            and word[0].isalpha()
            and name[0].isupper()
            and word not in _FREE | EMPTY
            and not any(is_said(word, pool) for pool in pools)
        ):
            follows = unsaid and at == unsaid[-1][1] + len(unsaid[-1][0]) + 1
            unsaid[-1:] = [(f"{unsaid[-1][0]} {name}", unsaid[-1][1])] if follows else [*unsaid[-1:], (name, at)]
    yield from (Complaint(name, "is a name that no cited span has") for name, _ in unsaid)


def _things(read: ReadSentence, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """What the sentence is about is named in the sentences that the claims come from; words by which one tells of reports are free."""
    own = outside_quotations(read.report.text)
    for noun, at in read.nouns:
        stems = set(words_of(noun))
        if own[at : at + 1].strip() and not stems <= EMPTY | _OF_TELLING and not any(is_said(noun.lower(), pool) or stems <= pool.near for pool in pools):
            yield Complaint(noun, "is nothing that the cited sentences name")


def _ways(read: ReadSentence, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """A place that the claims go to is not one that the sentence comes from."""
    given = [{(_WAYS[m[1].lower()], stem(m[3].lower())) for span in pool.spans for m in _WAY.finditer(span)} | pool.ways for pool in pools]
    for m in _WAY.finditer(outside_quotations(read.report.text)):
        way, name = _WAYS[m[1].lower()], stem(m[3].lower())
        known = {one for ways in given for one, other in ways if other == name}
        if known and way not in known:
            yield Complaint(f"{m[1]} {m[3]}", f"the cited claim has it the other way: {', '.join(sorted(known))} {m[3]}")


def _unattributed(read: ReadSentence, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """A sentence says who says it: a voice of its claims, or their outlet."""
    own = frozenset(words_of(read.report.text))
    if not any((pool.speakers | _UNNAMED) & own for pool in pools):
        line = pools[0].line
        yield Complaint(
            opening(read.report.text), f"says nobody; the claim is by {line.claim.voice[0].name or line.claim.voice[0].text}, of {line.report.outlet or line.report.file}"
        )


def _opposites(read: ReadSentence, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """A word whose opposite the cited words have, and not itself."""
    said = frozenset(word for pool in pools for word in pool.raw)
    for word in re.findall(r"[a-z]+", outside_quotations(read.report.text).lower()):
        if (opposite := find_opposite(word, said)) is not None:
            yield Complaint(word, f"the cited words have its opposite, {opposite!r}")


def _assertions(read: ReadSentence, pools: Sequence[Pool]) -> list[Complaint]:
    """Each claim that the sentence makes, held against the cited claim that it shares most with."""
    found: list[Complaint] = []
    for claim in read.claims:
        if _IS_TELLING.match(claim.trigger):
            continue
        tried = [(_shared(claim, pool), _compare(claim, read, pool, pools), pool) for pool in pools]
        most = max(shared for shared, _, _ in tried)
        complaints, pool = min(((complaints, pool) for shared, complaints, pool in tried if shared >= most - 1), key=lambda pair: len(pair[0]))
        found += [*complaints, *_outlet(read, pool, pools)]
    return found


def _outlet(read: ReadSentence, pool: Pool, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """An outlet that a clause names reported what the clause says."""
    text = read.report.text.lower()
    named = [outlet for one in pools if (outlet := one.line.report.outlet) and outlet.lower() in text]
    if named and pool.line.report.outlet and pool.line.report.outlet not in named:
        yield Complaint(named[0], f"did not report it; {pool.line.report.outlet} did")


def _shared(claim: Claim, pool: Pool) -> int:
    """How much a claim of the sentence and a cited one have in common: words, frame, and who speaks."""
    words = (set(words_of(claim.quote)) - EMPTY) & pool.words
    return len(words) + 2 * (claim.frame != "open" and claim.frame in pool.frames) + 3 * (claim.voice[0].kind != "outlet" and _knows(claim.voice[0], pool))


def _compare(claim: Claim, read: ReadSentence, pool: Pool, pools: Sequence[Pool]) -> list[Complaint]:
    """What a claim of the sentence says otherwise than one that it cites: than that of the claims within the cited words which it fits best."""
    if _shared(claim, pool) < _MOST_SHARED:
        return [Complaint(opening(claim.quote), "the cited claim is of something else")]
    best = min(([*_stage(claim, line.claim, read.report.text), *_roles(claim, line)] for line in pool.lines), key=len)
    return [*_voices(claim.voice, pool, pools), *best, *_counts(claim, pool, pools)]


def _stage(claim: Claim, given: Claim, text: str) -> Iterator[Complaint]:
    """The stage, the polarity and the certainty of a claim; what somebody expects or denies is told by the claim below."""
    if _LEANING.match(claim.trigger) or (judges(text) and (claim.voice[0].kind == "outlet" or claim.voice[0].text.lower() in _WRITERS)):
        return
    if claim.polarity != given.polarity:
        yield Complaint(claim.trigger, f"the cited claim is {given.polarity}")
    if claim.status in ("occurred", "ongoing") and given.status in _AHEAD:
        yield Complaint(claim.trigger, f"the cited claim is {given.status}; a plan is no event")
    elif (claim.status in _AHEAD and given.status in ("occurred", "ongoing")) or (claim.status in _FIRM and given.status in _WEAK and not _WEIGHED.search(text)):
        yield Complaint(claim.trigger, f"the cited claim is {given.status}")
    if claim.certainty == "certain" and given.certainty != "certain":
        yield Complaint(claim.trigger, f"the cited claim is only {given.certainty}; keep the hedge")


def _knows(voice: Voice, pool: Pool) -> bool:
    """Whether a voice is one of a claim's chain, or its outlet."""
    mine = bare(voice.name or voice.text)
    return bool(mine) and any(one and (mine <= one or one <= mine) for one in pool.voices)


def _voices(voices: Sequence[Voice], pool: Pool, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """Who speaks first speaks in the claim; who else is named speaks in one of those cited."""
    for number, voice in enumerate(voices):
        known = _knows(voice, pool) if number == 0 else any(_knows(voice, one) for one in pools)
        words = bare(voice.name or voice.text)
        if voice.kind not in ("outlet", "unspecified") and words and not set(words_of(voice.text)) & _UNNAMED and not known:
            yield Complaint(voice.text, f"does not say so: {' ← '.join(one.name or one.text for one in reversed(pool.line.claim.voice))}")


def _roles(claim: Claim, line: Dated) -> Iterator[Complaint]:
    """What fills a role does not fill another one in the cited claim, nor speak there: who pays is not who is paid."""
    given = line.claim.roles
    for role, fillers in claim.roles.items():
        for filler in fillers:
            if claim.frame == "open" or claim.frame != line.claim.frame or role == "time" or filler.quantity or any(is_same(filler, one) for one in given.get(role, ())):
                continue
            others = [other for other, ones in given.items() if other not in (role, "time") and any(is_same(filler, one) for one in ones)]
            if others and given.get(role):
                yield Complaint(filler.text, f"is the {others[0]} of the cited claim, not its {role}")
            elif any(voice.kind != "outlet" and bare(voice.name or voice.text) == bare(filler.text) for voice in line.claim.voice):
                yield Complaint(filler.text, f"speaks in the cited claim, and is not its {role}")


def _counts(claim: Claim, pool: Pool, pools: Sequence[Pool]) -> Iterator[Complaint]:
    """A number that another cited claim gives is not this one's, where this one gives its own in that role."""
    for role, fillers in claim.roles.items():
        mine = [filler for filler in fillers if filler.quantity]
        given = [filler for line in pool.lines for filler in line.claim.roles.get(role, ()) if filler.quantity]
        others = [filler for other in pools for line in other.lines for fillers in line.claim.roles.values() for filler in fillers if filler.quantity]
        for filler in mine if given else ():
            if not any(is_same(filler, one) for one in given) and any(is_same(filler, one) for one in others):
                yield Complaint(filler.text, f"is another number of the cited claims; as {role} they give “{given[0].text}”")
