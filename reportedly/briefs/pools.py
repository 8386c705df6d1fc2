"""What a cited claim offers to a sentence in free words: its words, numbers, days, ways and voices, and those of the claims within it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportedly.reconciling.dating import resolve, resolve_of
from reportedly.records import Dated, Filler, Voice
from reportedly.values import Quantity, When, resolve_time
from reportedly.values.quantities import find_quantities
from reportedly.values.time_grammar import find_times
from reportedly.values.times import Length

_WORD = re.compile(r"[^\W\d_]+")
_ROLE_WAYS = {"destination": "to", "whither": "to", "origin": "from", "whence": "from", "via": "via"}


def stem(word: str) -> str:
    """Enough of a word that its forms are one: "Russia", "Russian", "Russia's"."""
    for ending in ("ians", "ian", "ans", "an", "ese", "ing", "ed", "es", "s", "a", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def words_of(text: str) -> list[str]:
    """The stems of a text's words, in their order; parts of a hyphenated word are words."""
    return [stem(word) for word in _WORD.findall(text.lower()) if word != "s"]


Token = tuple[str, int, int]
_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*|[;:]")
_ARTICLES = frozenset("the a an its their his her this that these those".split())


def tokens_of(text: str) -> list[Token]:
    """Stems with their place, numbers and semicolons among them; articles are left out, so that "the camp" and "a camp" are one."""
    return [(stem(m[0].lower()), m.start(), m.end()) for m in _TOKEN.finditer(text) if m[0].lower() not in _ARTICLES and m[0] != "s"]


EMPTY = frozenset(
    words_of(
        "the a an this that these those its it he she they them his her their same one another other also further of in at on from to for by with and or as who which "
        "whom whose said says say told tell tells according reported reports report citing cited cites quoted quoting quotes unnamed anonymous outlet earlier later is are was were be been "
        "being has have had would will could may might not no there then than more most some any each about around wrote writes"
    )
)


@dataclass(frozen=True, slots=True)
class Pool:
    """`line` is the claim cited, `lines` with those that stand within its words; `spans` all their words, `words` as stems, `raw` as
    written; `quantities`, `times` and `lengths` the values; `told` the days of the report and its voices; `ways` the places by
    direction; `voices` of the chain and the report; `speakers` the words by which a sentence names one of them; `phrases`
    the names and short phrases that fill its roles or speak, as stems; `sentences` the whole sentences of the report in which the claim stands, `near` their stems."""

    line: Dated
    lines: tuple[Dated, ...]
    spans: tuple[str, ...]
    words: frozenset[str]
    raw: frozenset[str]
    frames: frozenset[str]
    quantities: tuple[Quantity, ...]
    times: tuple[When, ...]
    lengths: tuple[Length, ...]
    told: tuple[When, ...]
    ways: frozenset[tuple[str, str]]
    voices: tuple[frozenset[str], ...]
    speakers: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    sentences: str
    near: frozenset[str]


def lay_pools(cited: Sequence[Dated], around: Iterable[Dated]) -> list[Pool]:
    """One pool a cited claim."""
    beside = list(around)
    return [_lay(line, [one for one in beside if _is_within(one, line)]) for line in cited]


def _is_within(one: Dated, line: Dated) -> bool:
    return one.claim.report == line.claim.report and line.claim.start <= one.claim.start and one.claim.end <= line.claim.end


def _lay(line: Dated, within: list[Dated]) -> Pool:
    lines = (line, *(one for one in within if one.claim.id != line.claim.id))
    report = line.report
    fillers = [filler for one in lines for fillers in one.claim.roles.values() for filler in fillers]
    voices = [voice for one in lines for voice in one.claim.voice]
    said = [part for voice in voices for part in (voice.text, voice.name, voice.place, voice.reason, voice.role) if part]
    heads = [part for part in (report.outlet, report.agency, report.title, report.byline) if part]
    quote = report.text[line.claim.start : line.claim.end]
    spans = [quote, *(filler.text for filler in fillers), *(filler.name for filler in fillers if filler.name), *said, *heads]
    spans += [part for one in lines for part in (one.claim.condition, one.claim.when.text if one.claim.when else None) if part]
    published = report.published.when
    times = [*(resolve_of(filler, one) for one in lines for fillers in one.claim.roles.values() for filler in fillers), *(one.when for one in lines)]
    found = find_times(quote)
    times += [resolve_time(time.expression, published) for time in found]
    lengths = [filler.time.length for filler in fillers if filler.time and filler.time.length] + [time.expression.length for time in found if time.expression.length]
    told = [published, *(resolve(voice.on, report) for voice in voices)]
    around = _around(line)
    return Pool(
        line,
        lines,
        tuple(spans),
        frozenset(word for span in spans for word in words_of(span)),
        frozenset(word for span in spans for word in re.findall(r"[a-z]+", span.lower())),
        frozenset(one.claim.frame for one in lines),
        tuple([filler.quantity for filler in fillers if filler.quantity] + [match.quantity for span in (quote, *said) for match in find_quantities(span)]),
        tuple(when for when in times if when and when.edtf),
        tuple(lengths),
        tuple(when for when in told if when and when.edtf),
        frozenset((way, word) for role, way in _ROLE_WAYS.items() for one in lines for filler in one.claim.roles.get(role, ()) for word in words_of(filler.text)),
        tuple(bare(part) for part in (*said, *heads)),
        frozenset(word for voice in line.claim.voice for word in _speaker(voice))
        | bare(report.outlet or "")
        | bare(report.agency or "")
        | (bare(report.title or "") if not report.outlet else frozenset()),
        frozenset(
            phrase for part in (*(filler.text for filler in fillers if not filler.quantity and not filler.time), *said) if part != report.outlet and (phrase := _phrase(part))
        ),
        around,
        frozenset(words_of(around)),
    )


_SENTENCE_END = re.compile(r"[.!?][”\"’)]*\s|\n")
_REACH = 400  # letters before and after a claim in which its sentence begins and ends


def _around(line: Dated) -> str:
    text, start, end = line.report.text, line.claim.start, line.claim.end
    before = [m.end() for m in _SENTENCE_END.finditer(text, max(0, start - _REACH), start)]
    after = _SENTENCE_END.search(text, end, end + _REACH)
    return text[before[-1] if before else max(0, start - _REACH) : after.start() if after else end + _REACH]


_LONGEST_PHRASE = 6  # words: what is longer is no name


def _phrase(text: str) -> tuple[str, ...]:
    """A short phrase as stems, without its articles; empty where it is long, or says nothing by itself."""
    words = tuple(word for word, _, _ in tokens_of(text) if word not in ";:")
    return words if len(words) <= _LONGEST_PHRASE and not set(words) <= EMPTY and not any(word[0].isdigit() for word in words) else ()


def _speaker(voice: Voice) -> frozenset[str]:
    """The words by which a voice is named: its name, or what it is called before a preposition says more."""
    return bare(voice.name) if voice.name else bare(re.split(r" (?:in|at|from|of|inside|within|on|with|who|for|close|familiar) ", voice.text)[0])


def bare(words: str) -> frozenset[str]:
    """The stems of words that mean something."""
    return frozenset(words_of(words)) - EMPTY


def is_said(word: str, pool: Pool) -> bool:
    """Whether a pool has a word, in some form."""
    return all(part in pool.words or any(_is_kin(part, one) for one in pool.words) for part in words_of(word))


def _is_kin(one: str, other: str) -> bool:
    """Whether two stems are forms of one name: "russi" and "russ"."""
    shared = next((at for at, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs), min(len(one), len(other)))
    return shared >= _KIN and shared >= max(len(one), len(other)) - 2


_KIN = 4  # letters that they share


def is_same(mine: Filler, given: Filler) -> bool:
    """Whether two fillers are one value: a number, or the words that are left without articles."""
    if mine.quantity and given.quantity:
        return (mine.quantity.least, mine.quantity.most) == (given.quantity.least, given.quantity.most)
    words, others = bare(mine.name or mine.text), bare(given.name or given.text)
    return bool(words) and bool(others) and (words <= others or others <= words)
