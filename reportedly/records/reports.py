"""What was read: a published text, how it came here, and what of it was set aside."""

from dataclasses import dataclass, field

from reportedly.values.places import PlaceMatch
from reportedly.values.quantities import Quantity
from reportedly.values.times import Length, When


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
