"""The nouns of the ledger: frozen, without behaviour. What each word means stands in docs/architecture.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reportedly.values.places import PlaceMatch
from reportedly.values.quantities import Quantity
from reportedly.values.times import Length, TimeExpression, When

STATUSES = ("occurred", "ongoing", "planned", "required", "considered", "predicted", "hypothetical")
POLARITIES = ("positive", "negative")
CERTAINTIES = ("certain", "probable", "possible")
STAGES = ("occurred", "ongoing", "required", "planned", "considered", "predicted", "hypothetical")  # of one event, the furthest first
PLACE_ROLES = ("destination", "origin", "via", "place", "where", "whence", "whither")  # of playbooks, and of open claims


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a report's text, [start, end) in code points: `body` is read for claims."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Published:
    """When a report appeared. `basis` is given, metadata, inferred or unknown; `when` is None exactly if unknown."""

    when: When | None
    basis: str


@dataclass(frozen=True, slots=True)
class Report:
    """One published text. `id` hashes the original bytes, the place in their container and the URL or else the
    outlet. Offsets everywhere count code points of `text`; a byte-order mark and front matter are outside it. `read_from` says for what
    was read off a format where it stood ("meta article:published_time"); `pages` are the offsets at which the pages of a PDF begin;
    `translation_of` names the report that this one puts into another language."""

    id: str
    file: str
    place: str
    sha256: str
    text: str
    text_sha256: str
    segments: tuple[Segment, ...]
    published: Published
    media_type: str
    encoding: str
    language: str | None = None
    outlet: str | None = None
    agency: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    url: str | None = None
    read_from: dict[str, str] = field(default_factory=dict)
    pages: tuple[int, ...] = ()
    translation_of: str | None = None

    @property
    def order(self) -> tuple[str, str]:
        """What reports are sorted by everywhere: day of publication as EDTF, undated last, then id."""
        return (self.published.when.edtf if self.published.when else "9999", self.id)


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
class Leaving:
    """Something set aside: the stage that left it, a reason code, and where it is. `report` is None where no report
    could be made; then `file` says which file it was."""

    stage: str
    reason: str
    file: str
    report: str | None = None
    start: int | None = None
    end: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """That bytes were brought to a case (Berkeley Protocol): as which report, from which file, with which hash and media type; when
    and by whom they were collected, from which URL, how, and with which notes. `collected_at` is as given (a page may have been
    saved long before), else the UTC time of reading; `method` names who read the bytes, with versions. What was not given is
    None. `seq` and `at` are those of the log."""

    report: str
    file: str
    sha256: str
    media_type: str
    collected_at: str
    method: str
    collector: str | None = None
    source_url: str | None = None
    notes: str | None = None
    seq: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one report yields: the report, its bytes, what was set apart, how it came here, and the blocks of a web page that were
    cut, for a look at them."""

    report: Report
    original: bytes
    leavings: tuple[Leaving, ...]
    collected: Collected
    cut: tuple[str, ...] = ()


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
class ClaimSet:
    """What one reader made of one report. `reader` names program, rules and model with their versions."""

    report: str
    reader: str
    claims: tuple[Claim, ...]
    leavings: tuple[Leaving, ...] = field(default=())


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
class Value:
    """A time, length, quantity or place of a report, whether or not a claim takes it: its words at [start, end), and the one
    reading that its kind has."""

    kind: str
    text: str
    start: int
    end: int
    when: When | None = None
    length: Length | None = None
    quantity: Quantity | None = None
    place: PlaceMatch | None = None


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
    """How the elements of one provision of a dated sheet fare against an event (or against the whole case, `event` None): elements reported,
    never a finding of law. `opinions` are the claims that name the rule: who says that it is breached, or is not."""

    sheet: str
    provision: str
    reference: str
    event: str | None
    label: str
    tests: tuple[ElementTest, ...]
    exceptions: tuple[ElementTest, ...]
    opinions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence that somebody wrote about reports, as it is read: a report of its own, with its claims, its values, and the words that are
    proper names with where they stand."""

    report: Report
    claims: tuple[Claim, ...]
    values: tuple[Value, ...]
    names: tuple[tuple[str, int], ...]
