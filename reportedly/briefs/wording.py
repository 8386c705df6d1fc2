"""Words that a brief may not use, or not together, whatever its claims say.

Likelihood: the two columns of Intelligence Community Directive 203 (Analytic Standards, 2015, D.6.e.2.a). A text keeps to one of them,
and never puts a likelihood and a confidence in one sentence (same place).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from reportedly.briefs.ground import Ground
from reportedly.briefs.pools import bare, words_of
from reportedly.briefs.slots import Complaint
from reportedly.records import Dated

_COLUMNS = (
    re.compile(r"\b(?:almost no chance|(?:very )?unlikely|roughly even chance|(?:very )?likely|almost certain(?:ly)?)\b", re.IGNORECASE),
    re.compile(r"\b(?:remote(?:ly)?|(?:highly )?improbabl[ey]|roughly even odds|(?:highly )?probabl[ey]|nearly certain)\b", re.IGNORECASE),
)
_CONFIDENCE = re.compile(r"\b(?:(?:low|moderate|medium|high)(?:er|est)? confidence|confidence (?:is|level|in)|confident(?:ly)?)\b", re.IGNORECASE)
_JUDGING = re.compile(r"(?:we (?:judge|assess|estimate|think|believe)|in our (?:judgement|judgment|view|assessment)|with (?:low|moderate|medium|high) confidence)\b", re.IGNORECASE)
_CONFIRMED = re.compile(r"\b(?:confirm\w*|verif\w*|corroborat\w*|proven|established beyond)", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not(?: been| be| yet| independently)*|nothing|nobody|no one|no report|no source|never|cannot(?: be)?|could not(?: be)?|without|yet to(?: be)?|remains to be)(?: \w+)? $",
    re.IGNORECASE,
)
_RELIABLE = re.compile(r"\b(?:reliable|reliably|credible|credibly|trustworthy|trusted|dependable|well[- ]placed|impeccable)\b", re.IGNORECASE)
_GOOD = ("A", "B")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
# Pairs that turn a sentence round; each side in its common forms. Size, leave, knowledge, will, movement, rise and fall.
_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("smaller lower", "larger bigger greater higher"),
        (
            "forbid forbids forbidden forbade ban bans banned bar bars barred prohibit prohibits prohibited",
            "allow allows allowed permit permits permitted authorise authorises authorised",
        ),
        ("unknown unclear", "known clear"),
        ("reluctant unwilling loath hesitant", "keen eager willing ready"),
        (
            "refuse refuses refused reject rejects rejected decline declined deny denies denied",
            "accept accepts accepted agree agrees agreed welcome welcomes welcomed confirm confirms confirmed admit admits admitted",
        ),
        ("leave leaves left depart departs departed", "arrive arrives arrived return returns returned"),
        ("rise rises rose risen increase increases increased grow grows grew", "fall falls fell fallen decrease decreases decreased drop drops dropped shrink shrank"),
        ("open opens opened reopen reopens reopened reopening", "close closes closed closing shut shuts"),
        ("give gives gave given", "take takes took taken seize seized confiscate confiscated withhold withheld"),
        ("arrival", "departure"),
        ("still", "longer"),
        ("first", "last"),
        ("all every", "some no none nobody few"),
        ("support supports supported back backs backed endorse endorsed", "oppose opposes opposed"),
        ("legal lawful", "illegal unlawful"),
        ("safe", "dangerous unsafe"),
        ("minimum", "maximum"),
        ("early", "late"),
        ("north northern", "south southern"),
        ("east eastern", "west western"),
    )
)
_NEAR = 60  # letters before a word in which it is denied
_CERTAIN = 2  # origins, at least, behind what is called confirmed


def outside_quotations(text: str) -> str:
    """A sentence with what it quotes blanked, letter for letter."""
    return _QUOTED.sub(lambda m: " " * len(m[0]), text)


def judges(text: str) -> bool:
    """Whether a sentence is its writer's own judgement, and says so at its beginning."""
    return bool(_JUDGING.match(text))


def check_words(text: str, cited: Sequence[Dated], ground: Ground) -> Iterator[Complaint]:
    """The words of one sentence that may not stand."""
    own = outside_quotations(text)
    likely = next((m for column in _COLUMNS if (m := column.search(own))), None)
    if likely and (sure := _CONFIDENCE.search(own)):
        yield Complaint(sure[0], f"a likelihood ({likely[0]}) and a confidence stand in one sentence; write two")
    asserted = [m for m in _CONFIRMED.finditer(own) if not _NOT.search(own[max(0, m.start() - _NEAR) : m.start()])]
    least = _least(own, cited, ground) if asserted else _CERTAIN
    for m in asserted:
        if least < _CERTAIN:
            yield Complaint(m[0], f"{least} certain origin{'s' * (least != 1)} behind it; it takes {_CERTAIN}")
    if (m := _RELIABLE.search(own)) and not any(ground.grades.get(name) in _GOOD for line in cited for name in _names(line)):
        yield Complaint(m[0], "no source of it is rated A or B; rate it, or leave the word out")


def check_columns(sentences: Iterable[str]) -> Iterator[tuple[int, Complaint]]:
    """Where a text takes a likelihood from the other column than the one it began with, by number of sentence."""
    first: tuple[int, str] | None = None
    for number, text in enumerate(sentences):
        own = outside_quotations(text)
        for column, pattern in enumerate(_COLUMNS):
            if m := pattern.search(own):
                if first is not None and first[0] != column:
                    yield number, Complaint(m[0], f"is of the other vocabulary than {first[1]} (ICD 203 has two); keep to one")
                first = first or (column, m[0])


def find_opposite(word: str, said: frozenset[str]) -> str | None:
    """The opposite of a word where that was said, and neither the word nor one of its kind was."""
    for sides in _OPPOSITES:
        for mine, others in (sides, sides[::-1]):
            if word in mine and not mine & said and others & said:
                return min(others & said)
    return None


def _least(text: str, cited: Sequence[Dated], ground: Ground) -> int:
    """The certain origins behind what a sentence says: of each cited claim the fewest that stand behind a role whose words it has, of all the
    claims the fewest. A claim alone is one."""
    said = frozenset(words_of(text))
    counts: list[int] = []
    for line in cited:
        known = {role: ground.origins[line.claim.id, role].least for role in line.claim.roles if (line.claim.id, role) in ground.origins}
        mine = [least for role, least in known.items() if any(said & bare(filler.text) for filler in line.claim.roles[role])]
        counts.append(min(mine or known.values(), default=1))
    return min(counts, default=0)


def _names(line: Dated) -> Iterator[str]:
    yield from (line.report.outlet or "", *(name for voice in line.claim.voice for name in (voice.name or "", voice.text)))
