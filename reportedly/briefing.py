"""A case as a document for others: composed, checked sentence by sentence against its claims, written in a format, and handed over."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from reportedly.answering import find_assessments, gaps, most_reported
from reportedly.briefs.cited import Cited, Placed, read_cited
from reportedly.briefs.compose import make_brief
from reportedly.briefs.document import Brief, Section, sentences_of
from reportedly.briefs.ground import lay_ground
from reportedly.briefs.lint import Fault, Read, check_brief, check_sentences, check_text
from reportedly.briefs.own import make_own
from reportedly.briefs.reader import write_reader
from reportedly.briefs.render import render
from reportedly.briefs.sections import Told
from reportedly.errors import BadBrief, BadSetting
from reportedly.keeping import hand_over
from reportedly.pipeline import Case
from reportedly.reconciling.plans import is_tellable
from reportedly.records import ReadSentence, View
from reportedly.values import When

_MAX_BYTES = 10_000_000  # of a text to check: longer than any brief of a case that people read


def build_brief(case: Case, as_of: date | None = None, own: Path | None = None) -> Brief:
    """The brief of what was known on a day, with an analyst's `own` paragraphs (Markdown): the same case, day and paragraphs give the same
    brief. Raises BadBrief with every word that a sentence says and its claims do not, BadSetting where the paragraphs cannot be read."""
    view = case.view(as_of)
    told = tell(case, view)
    ground = lay_ground(told, grades(case))
    text = read_cited(load_text(own)) if own else Cited()
    brief = _make(case, view, told, make_own(text, ground))
    faults = (check_text(text, _make(case, view, told), ground, _reader(case)) if own else []) or check_brief(brief, ground, _reader(case))
    if faults:
        raise BadBrief(write_faults(faults, str(own or case.ledger.title)))
    return brief


def _make(case: Case, view: View, told: Told, own: tuple[Section, ...] = ()) -> Brief:
    return make_brief(case.ledger.title, view, told, case.leavings(view), head=case.ledger.head_before_exports(), grade=grades(case, "outlet").get, own=own)


def export_brief(case: Case, output: Path, brief: Brief, kind: str, template: Path | None = None) -> None:
    """Write a brief to a file, and log that it left the case. Raises LedgerProblem where it cannot be written, BadSetting and MissingPart as
    `render` does."""
    original = render(brief, kind, template)
    hand_over(case, "brief", output, lambda draft: draft.write_bytes(original))


def has_other_scripts(brief: Brief) -> bool:
    """Whether a brief has letters for which a PDF needs fonts of the machine: those that come with Typst have none of them."""
    texts = (brief.title, *(note.quote for note in brief.notes), *(sentence.text for sentence in sentences_of(brief.sections)))
    return any(mark.isalpha() and ord(mark) > _LAST_LETTER for text in texts for mark in text)


_LAST_LETTER = 0x052F  # of Latin, Greek and Cyrillic


def export_reader(case: Case, output: Path, as_of: date | None = None) -> None:
    """Write the case as one page for a reader who has nothing installed, and log that it left. Raises LedgerProblem where it cannot be
    written."""
    brief = build_brief(case, as_of)
    view = case.view(as_of)
    made = case.reconcile(view)
    original = write_reader(brief, made.claims, filter(is_tellable, made.plans), {report: number for number, report in enumerate(view.reports, start=1)})
    hand_over(case, "page", output, lambda draft: draft.write_bytes(original))


def lint(case: Case, text: str, as_of: date | None = None) -> list[Fault]:
    """The faults of a text against a case, as of the day that is given, else of the day that its cover names, if it is a brief."""
    cited = read_cited(text)
    days = (m[1] for one in cited.sentences[:_COVER] if (m := _AS_OF.fullmatch(one.text)))
    view = case.view(as_of or next(map(_read_day, days), None))
    told = tell(case, view)
    return check_text(cited, _make(case, view, told), lay_ground(told, grades(case)), _reader(case))


def lint_sentences(case: Case, sentences: Iterable[Placed], as_of: date | None = None) -> list[Fault]:
    """The faults of single sentences, whose lines are what their writer likes them to be."""
    return check_sentences(sentences, lay_ground(tell(case, case.view(as_of)), grades(case)), _reader(case))


_AS_OF = re.compile(r"As of (\d{4}-\d\d-\d\d)\.")


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadSetting(f"As of {text}: no day; write the day of the brief, or give --as-of") from None


_COVER = 8  # sentences among which the cover names its day


def load_text(path: Path) -> str:
    """A text that somebody wrote. Raises BadSetting where it cannot be read."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise BadSetting(f"{path}: is larger than {_MAX_BYTES:,} bytes; check it in parts")
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path}: cannot be read ({getattr(error, 'strerror', None) or 'no UTF-8'}); name a text in UTF-8") from error


def _reader(case: Case) -> Read:
    """How sentences in free words are read: with the playbooks of the case. The parser is loaded when there is one."""

    def read(sentences: list[tuple[str, When | None]]) -> list[ReadSentence]:
        from reportedly.understanding.compile import compile_named
        from reportedly.understanding.sentences import read_sentences

        return read_sentences(sentences, tuple(map(compile_named, case.ledger.playbooks)))

    return read


def write_faults(faults: list[Fault], name: str) -> list[str]:
    """Each fault as a line: where, which word, what is wrong with it, in which sentence."""
    return [f"{name}{f':{fault.line}' if fault.line else ''}: “{fault.word}”: {fault.what}; in: {fault.sentence}" for fault in faults]


def tell(case: Case, view: View) -> Told:
    """All that a brief of a view has to tell."""
    headings = {frame: heading for playbook in reversed(case.playbooks) for frame, heading in playbook.headings().items()}
    return Told(case.reconcile(view), tuple(gaps(case, view)), tuple(most_reported(find_assessments(case, view))), headings)


def grades(case: Case, *kinds: str) -> dict[str, str]:
    """The reliability that outlets, voices or both were rated with, the latest of each; F says that it cannot be judged."""
    return {one.name: one.grade for one in case.ledger.ratings() if one.kind in (kinds or ("outlet", "voice"))}
