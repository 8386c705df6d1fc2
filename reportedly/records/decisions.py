"""What people decide, and what leaves a case: logged, never erased."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Export:
    """That something left a case: `what` (bundle, brief), under which file name, with which hash, by whom, and the number of the
    last entry that it holds. `seq` and `at` are those of the log."""

    what: str
    file: str
    sha256: str
    by: str | None
    until: int
    seq: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What an analyst decided on a claim, never erased: `verdict` is accept, reject, edit, split, merge, note or undo. An edit sets `field` (status,
    polarity, certainty, voice, or a role) to `value`; merge and split name `others`, the claims that belong to one happening
    with this one or do not; undo takes back the entry numbered `undoes`. `seq` and `at` are those of the log."""

    claim: str
    verdict: str
    by: str
    note: str = ""
    field: str | None = None
    value: str | None = None
    others: tuple[str, ...] = ()
    undoes: int | None = None
    seq: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """An Admiralty rating, reliability and credibility apart: of an outlet or a voice a letter A to F, of a claim a number 1
    to 6. F and 6 say that it cannot be judged: they are missing values, not middle ones."""

    kind: str
    name: str
    grade: str
    by: str
    note: str = ""
    seq: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True)
class Withholding:
    """What was taken out of a case behind a tombstone: a report whole, or the stretches `passages` of its text (none where the words
    stood in its title or the like only); which log entries lost their bodies, which originals (by SHA-256) are gone, by whom and why.
    The reason is an entry of its own. `seq` and `at` are those of the log."""

    report: str
    by: str
    passages: tuple[tuple[int, int], ...] | None
    entries: tuple[int, ...]
    evidence: tuple[str, ...]
    why: str = ""
    seq: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the withholding with that number was made. It stands alone, so that it can be withheld in its turn and the withholding
    stays. `seq` and `at` are those of the log."""

    withholding: int
    why: str
    seq: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True)
class HandMade:
    """A claim as a person marks it in a report: its words at [start, end) in code points of the text, and what they say of it. What fills the
    roles, the time, the voice (None: the outlet itself) and the trigger (None: the first word) are words within the claim's sentence or its quote."""

    start: int
    end: int
    frame: str = "open"
    status: str = "occurred"
    polarity: str = "positive"
    certainty: str = "certain"
    trigger: str | None = None
    time: str | None = None
    voice: str | None = None
    voice_kind: str = "anonymous"
    roles: Mapping[str, str] = field(default_factory=dict)
