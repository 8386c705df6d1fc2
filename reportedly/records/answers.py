"""What is made of a case on request: gaps, changes, chains, tolls, replies, assessments."""

from dataclasses import dataclass
from datetime import date

from reportedly.records.events import Origins


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not known of an event: the role, whether it is unstated, said-unknown, not-found or denied, the claims that say so, the
    question to ask and words to search with."""

    event: str
    frame: str
    label: str
    role: str
    state: str
    claims: tuple[str, ...]
    question: str
    search: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dependence:
    """That a claim is said to hang on something: `kind` is condition, cause or after; its words with their place, and the events that
    they speak of."""

    claim: str
    kind: str
    words: str
    start: int
    end: int
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """What became of the plans that a voice class of an outlet announced: how many were due by the day, came true, came true on time,
    and in range of the number announced; each share with its 95 % interval. Evidence for a rating, never a rating."""

    outlet: str
    voice: str
    due: int
    kept: int
    on_time: int
    counted: int
    in_range: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a report changed between two days: `kind` is slipped, overdue, kept, denied (of plans), contested, revised, corroborated,
    withdrawn or new; what it concerns, in words, before and after; the claims that did it. `made_out` where a round, a number, a time
    or a second claim tells what it is of."""

    report: str
    kind: str
    what: str
    before: str
    after: str
    claims: tuple[str, ...]
    made_out: bool = True


@dataclass(frozen=True, slots=True)
class Happening:
    """One happening in the reports that tell of it: how many were killed and hurt (None where no pair of numbers stands out, `share` is
    the weight of the pair among all), the largest numbers of each report, the day, the town and the state."""

    reports: tuple[str, ...]
    killed: int | None
    injured: int | None
    share: float
    by_report: tuple[tuple[str, int | None, int | None], ...]
    day: date | None
    town: str | None
    state: str | None


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer to a question: its words, its status, the voices that give it, how many origins can stand behind it, and its claims."""

    answer: str
    status: str
    voices: tuple[str, ...]
    origins: Origins
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ElementTest:
    """One element of a rule held against what is reported: `state` is met, not met, unstated or contested, `why` one sentence, `claims`
    those that decide it."""

    element: str
    state: str
    why: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """How the elements of one provision, in the version from `start` on, of a dated sheet fare against an event (or against the whole case, `event` None): elements reported,
    never a finding of law. `opinions` are the claims that name the rule: who says that it is breached, or is not."""

    sheet: str
    provision: str
    start: date
    reference: str
    event: str | None
    label: str
    tests: tuple[ElementTest, ...]
    exceptions: tuple[ElementTest, ...]
    opinions: tuple[str, ...]
