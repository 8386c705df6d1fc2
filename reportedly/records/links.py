"""How reports rest on each other, and when undated ones can have appeared."""

from dataclasses import dataclass

from reportedly.values.times import When


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two stretches, [start, end) in each of two texts, that run alike or say the same, and how much of the first the second says
    (0 to 1)."""

    start: int
    end: int
    other_start: int
    other_end: int
    share: float


@dataclass(frozen=True, slots=True)
class Link:
    """One report resting on another. `kind` is verbatim, edited, rewritten, translated, digest or follow-up; `direction` says what
    `source` does to `target` (copies, cites, follows), or "either way" where two are of one origin and which came first cannot be
    told. `score` from 0 to 1, `why` in words, `spans` the stretches of source and target that show it."""

    source: str
    target: str
    kind: str
    direction: str
    score: float
    why: str
    spans: tuple[Aligned, ...] = ()


@dataclass(frozen=True, slots=True)
class Inferred:
    """The interval in which an undated report can have appeared, and why, bound by bound."""

    report: str
    when: When
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tell:
    """A stretch [start, end) of a report by which a copy of something not in the case gives itself away, and what it shows."""

    report: str
    start: int
    end: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Drift:
    """What a copy changed of its original: `kind` is number, name, day, status, polarity, certainty, hedge or voice; `before` in the
    original at [start, end), `after` in the copy at [other_start, other_end)."""

    kind: str
    before: str
    after: str
    start: int
    end: int
    other_start: int
    other_end: int
