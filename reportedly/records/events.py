"""What claims make together: happenings, the answers to what is asked of them, plans and what came of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reportedly.records.claims import Claim, Filler
from reportedly.records.links import Inferred, Link
from reportedly.records.reports import Report
from reportedly.values.times import When

STAGES = ("occurred", "ongoing", "required", "planned", "considered", "predicted", "hypothetical")  # of one event, the furthest first


@dataclass(frozen=True, slots=True)
class Dated:
    """A claim with its report and the interval it speaks of, resolved against the report's day of publication."""

    claim: Claim
    report: Report
    when: When | None


@dataclass(frozen=True, slots=True)
class Event:
    """The claims that speak of one happening. `id` is the smallest id of its claims; `status` the furthest stage that a
    claim asserts; `why` says for each join what two claims share; `round` is the round it names ("second", "further"),
    `perhaps` what it may be besides, and why that is not sure."""

    id: str
    frame: str
    label: str
    status: str
    when: When | None
    claims: tuple[str, ...]
    why: tuple[str, ...] = ()
    round: str | None = None
    perhaps: str | None = None


@dataclass(frozen=True, slots=True)
class Origins:
    """How many independent origins can stand behind something: an interval, with the reason in words."""

    least: int
    most: int
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to "who, how many, where, when?" of an event, with the claims that give it. `first` and `last` are the
    days of the earliest and latest report that gives it (None: undated)."""

    filler: Filler
    when: When | None
    status: str
    polarity: str
    origins: Origins
    claims: tuple[str, ...]
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Finding:
    """All answers for one role of an event, and how they stand: single-origin, corroborated, contested or revised."""

    event: str
    frame: str
    label: str
    role: str
    state: str
    answers: tuple[Answer, ...]
    relations: tuple["Relation", ...] = ()
    rests_on: tuple["Rest", ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """How one claim stands to another in what fills a role: `kind` is same, refines, revises, contradicts, slips, denies, scope-differs
    or copy; the source is the later or the narrower of the two. `why` is one sentence that names both values."""

    source: str
    target: str
    role: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Rest:
    """A report without which a finding would stand otherwise, and how: another state, or "nothing says it"."""

    report: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Something planned, required or expected, and what came of it as of a day. `mentions` are its claims in the order of
    publication; `slip_days` from the first due day to the last; `outcome` open, kept, slipped, overdue, denied or dropped."""

    event: str
    frame: str
    label: str
    announced: Dated
    due: When | None
    mentions: tuple[Dated, ...]
    outcome: str
    slip_days: int | None
    why: str
    told: tuple[str, ...] = ()  # claims that say something of those who were to do it ("the crews who were to leave remain here")
    numbers: tuple[tuple[str, str], ...] = ()  # what was announced and told of how many, by report: (day, words)


@dataclass(frozen=True, slots=True)
class Command:
    """What one claim says of authority: who holds what power over whom, given by whom, since when."""

    holders: tuple[str, ...]
    powers: tuple[str, ...]
    over: tuple[str, ...]
    givers: tuple[str, ...]
    since: When | None
    dated: Dated


@dataclass(frozen=True, slots=True)
class Body:
    """An organ or office of the chain of command: its fullest name, the other names taken for it, what is said of it, and
    the bodies under it by the commands that say so."""

    name: str
    also: tuple[str, ...]
    commands: tuple[Command, ...]
    under: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Options of one decision as one report weighs them; `favoured` are the claim ids that its words favour."""

    frame: str
    options: tuple[Dated, ...]
    favoured: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was made of the claims of a view: all derived, nothing chosen."""

    claims: tuple[Dated, ...] = ()
    events: tuple[Event, ...] = ()
    bodies: tuple[Body, ...] = ()
    plans: tuple[Plan, ...] = ()
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    links: tuple[Link, ...] = ()
    degraded: frozenset[str] = frozenset()  # reports that give themselves away as copies of what is not in the case


@dataclass(frozen=True, slots=True)
class View:
    """The reports a question may use, in the order of publication: those known on a day, or all. `perhaps` were published on or before the day only if early in their interval;
    `undated` is how many were left out for want of a date. `known_by` is the day (ISO) at whose end the log is asked, None for today;
    `withheld` is how many reports it held then and has lost to a withholding since; `inferred` are the days that undated ones were given; `entry` is the number of the log's last entry when it was made."""

    as_of: date | None
    reports: Mapping[str, Report]
    perhaps: frozenset[str]
    undated: int
    known_by: str | None = None
    withheld: int = 0
    inferred: Mapping[str, Inferred] = field(default_factory=dict)
    entry: int = 0
