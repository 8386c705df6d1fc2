"""What a brief is made of, before it has a format: sentences that cite claims, in lines, in sections. Nothing here knows Markdown."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with the ids of the claims that carry it."""

    text: str
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 2 or 3 and the lines below it, each of one or more sentences; `prose` where they are paragraphs, no list."""

    heading: str
    lines: tuple[tuple[Sentence, ...], ...] = ()
    level: int = 2
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the words of a claim, where they stand, and what proves it. `page` is that of a PDF; `address` opens a web page at
    the words."""

    number: int
    claim: str
    quote: str
    report: int
    file: str
    start: int
    end: int
    sha256: str
    page: int | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A report in the list of sources, numbered by publication."""

    number: int
    published: str
    outlet: str
    title: str
    rating: str
    rests_on: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief as of a day (None: of all reports). `cover` are the lines under its title; they and `sources` are counted, not cited."""

    title: str
    as_of: date | None
    cover: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    sources: tuple[Source, ...]
    set_apart: str = ""


def sentences_of(sections: tuple[Section, ...]) -> list[Sentence]:
    """Every sentence, in reading order."""
    return [sentence for section in sections for line in section.lines for sentence in line]
