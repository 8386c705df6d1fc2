"""A text with citations, as written by hand or by a program: Markdown whose sentences end in footnotes that name claims."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"(?<!\\)\[\^([^\]\[\s\\]{1,80})\]")
_MARKS = re.compile(r"(?<!\\)\[\^[^\]\[\s\\]{1,80}\](?:\s?\[\^[^\]\[\s\\]{1,80}\])*")
_DEFINED = re.compile(r"\[\^([^\]\s]+)\]:\s*(.*)")
_NAMED = re.compile(r"\bclaim ([0-9A-Za-z_.-]{1,64}?)(?=[;,.]?(?:\s|$))")
_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_STOP = re.compile(r"[.,;:!?](?=\s|$)")
_LIST = re.compile(r"^\s*(?:(?:[-*+]|\d{1,3}[.)])\s+|>\s?)")
_MARKUP = "\\`*_[]<>#|~$&"  # what Markdown may read as markup
_ESCAPE = re.compile(rf"\\([{re.escape(_MARKUP)}])")
_END = re.compile(r"(?<=[.!?])(?P<close>[”’\"')]*)\s+(?=[“\"'(]*[A-Z0-9])")
_SHORT = re.compile(
    r"(?:\b(?:[A-Z]|[Mm]r|[Mm]rs|[Mm]s|[Dd]r|[Ss]t|[Nn]o|[Gg]en|[Cc]ol|[Ll]t|[Ss]gt|[Gg]ov|[Ss]en|[Rr]ep|[Pp]rof|[Vv]s|[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ept?|[Oo]ct|[Nn]ov|[Dd]ec))\.$"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence with its line (from 1) and what its citations name."""

    line: int
    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A text taken apart: its sentences, rows of its tables, headings, and the notes that it defines as (line, label, words)."""

    sentences: tuple[Placed, ...] = ()
    rows: tuple[Placed, ...] = ()
    headings: tuple[Placed, ...] = ()
    notes: tuple[tuple[int, str, str], ...] = ()


def read_cited(text: str) -> Cited:
    """Sentences and notes of a Markdown text. A note that says "claim ID" names that claim; a citation without a note names it itself."""
    notes = [(number, m[1], unescape(m[2])) for number, line in enumerate(text.splitlines(), start=1) if (m := _DEFINED.match(line))]
    named = {label: claim for _, label, words in reversed(notes) if (claim := last_named(words))}
    sentences: list[Placed] = []
    rows: list[Placed] = []
    headings: list[Placed] = []
    for number, line in _paragraphs(text):
        if line.startswith("|") and not re.fullmatch(r"[|:\-\s]*", line):
            rows.append(Placed(number, _cells(line), tuple(named.get(label, label) for label in _MARK.findall(line))))
        elif line.startswith("|"):
            continue
        elif _HEADING.match(line):
            headings.append(Placed(number, unescape(line.lstrip("#").strip()), ()))
        else:
            sentences += _sentences(number, line, named)
    return Cited(tuple(sentences), tuple(rows), tuple(headings), tuple(notes))


def _cells(line: str) -> str:
    """A row with a tab between its cells, without its citations."""
    cells = re.split(r"(?<!\\)\|", _MARK.sub("", line).strip().removeprefix("|").removesuffix("|"))
    return "\t".join(unescape(cell).strip() for cell in cells)


def last_named(words: str) -> str | None:
    """The claim that a note names, at the last place where it names one: the words that it quotes stand before."""
    found = _NAMED.findall(words)
    return str(found[-1]) if found else None


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Lines that belong together, with the number of the first: a list item, a paragraph, a row, a heading. Notes and rules are none."""
    kept: list[str] = []
    first = 0
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        opens = _HEADING.match(line) is not None or line.startswith("|") or _LIST.match(line) is not None
        if kept and (opens or not line.strip() or _DEFINED.match(line) or kept[-1].endswith("  ")):
            yield first, " ".join(part.strip() for part in kept)
            kept = []
        if not line.strip() or _DEFINED.match(line) or re.fullmatch(r"[-=*_\s]{3,}", line):
            continue
        if line.startswith("|") or _HEADING.match(line):
            yield number, line
        else:
            first = first if kept else number
            kept.append(_LIST.sub("", line, count=1) if not kept else line)


def _sentences(number: int, line: str, named: dict[str, str]) -> Iterator[Placed]:
    """The sentences of a paragraph: what stands between two runs of citations is one or, where it has more ends, several, of which the last
    is cited."""
    at = 0
    for run in _MARKS.finditer(line):
        labels = _MARK.findall(run[0])
        body = unescape(line[at : run.start()]).strip()
        at = run.end()
        if _STOP.match(line, at):  # a citation before the full stop
            body, at = body + line[at], at + 1
        yield Placed(number, body, tuple(dict.fromkeys(named.get(label, label) for label in labels)))
    if rest := unescape(line[at:]).strip():
        yield Placed(number, rest, ())


def split_sentences(placed: Placed) -> list[Placed]:
    """What was taken for one sentence, cut where sentences end outside quotations; all but the last cite nothing."""
    parts: list[str] = []
    start = 0
    for m in _END.finditer(placed.text):
        before = placed.text[start : m.end("close")]
        if before.count("“") == before.count("”") and before.count('"') % 2 == 0 and not _SHORT.search(before):
            parts.append(before)
            start = m.end()
    parts.append(placed.text[start:])
    return [Placed(placed.line, part, placed.cites if part is parts[-1] else ()) for part in parts if part.strip()]


def escape(text: str) -> str:
    """Text with what Markdown reads as markup escaped."""
    return "".join("\\" + mark if mark in _MARKUP else mark for mark in text)


def unescape(text: str) -> str:
    """Text without the marks that keep Markdown from reading it as markup."""
    return _ESCAPE.sub(r"\1", text)
