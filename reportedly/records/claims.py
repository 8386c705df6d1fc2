"""What a report asserts: a claim with its words, roles, times and voices."""

from dataclasses import dataclass, field

from reportedly.records.reports import Leaving, Report, Value
from reportedly.values.quantities import Quantity
from reportedly.values.times import TimeExpression

STATUSES = ("occurred", "ongoing", "planned", "required", "considered", "predicted", "hypothetical")
AHEAD = ("planned", "required", "considered", "predicted", "hypothetical")  # what is of these looks ahead for a year or week that is not said
POLARITIES = ("positive", "negative")
CERTAINTIES = ("certain", "probable", "possible")
BY_HAND = "by hand"  # how a claim was found that a person marked in the text
PLACE_ROLES = ("destination", "origin", "via", "place", "where", "whence", "whither")  # of playbooks, and of open claims


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: its words and place, with the canonical `name` of a known place or actor, and a quantity or a
    symbolic time where the words give one."""

    text: str
    start: int
    end: int
    name: str | None = None
    quantity: Quantity | None = None
    time: TimeExpression | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks. `kind` is outlet, named, anonymous, organisation, document, report or unspecified; `on` says when
    it spoke, `place` where it stands, `reason` why it is unnamed and `spoke` how or where it spoke, if said; `role` the
    trade or rank and `count` the number of persons behind an anonymous one. `perhaps` says which earlier voice it may
    repeat, and why that is not sure. The outlet's own voice has no span."""

    kind: str
    text: str
    name: str | None = None
    start: int | None = None
    end: int | None = None
    on: Filler | None = None
    place: str | None = None
    reason: str | None = None
    role: str | None = None
    count: Quantity | None = None
    spoke: str | None = None
    perhaps: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion by one clause. `id` hashes report, playbook, frame, trigger head, sentence and count, so it stays
    when offsets move. `when` is symbolic; `voice` is the chain, innermost first; `found` names the construction. `known` is
    stated, or of a question that the words leave open said-unknown ("how many remains unknown") or not-found ("could not
    find out")."""

    report: str
    id: str
    playbook: str | None
    frame: str
    start: int
    end: int
    quote: str
    trigger: str
    trigger_start: int
    trigger_end: int
    status: str
    polarity: str
    certainty: str
    roles: dict[str, tuple[Filler, ...]]
    when: Filler | None
    voice: tuple[Voice, ...]
    hedges: tuple[str, ...] = ()
    condition: str | None = None
    found: str = ""
    known: str = "stated"


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """What one reader made of one report. `reader` names program, rules and model with their versions."""

    report: str
    reader: str
    claims: tuple[Claim, ...]
    leavings: tuple[Leaving, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence that somebody wrote about reports, as it is read: a report of its own, with its claims, its values, and the words that are
    proper names, or other nouns, with where they stand."""

    report: Report
    claims: tuple[Claim, ...]
    values: tuple[Value, ...]
    names: tuple[tuple[str, int], ...]
    nouns: tuple[tuple[str, int], ...] = ()
