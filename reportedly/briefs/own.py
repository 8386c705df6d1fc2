"""An analyst's own paragraphs, as sections of a brief."""

from itertools import groupby

from reportedly.briefs.cited import Cited, Placed, split_sentences
from reportedly.briefs.document import Section, Sentence
from reportedly.briefs.forms import flatten
from reportedly.briefs.ground import Ground

_HEADING = "In the analyst’s words"  # over paragraphs that stand under none


def make_own(text: Cited, ground: Ground) -> tuple[Section, ...]:
    """The paragraphs of a text under their headings, in its order; rows of tables are paragraphs."""
    heads = [Placed(0, _HEADING, ()), *text.headings]
    sections: list[Section] = []
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        inside = [one for one in (*text.sentences, *text.rows) if head.line <= one.line < (after.line if after else one.line + 1)]
        paragraphs = groupby(sorted(inside, key=lambda one: one.line), key=lambda one: one.line)
        lines = tuple(tuple(_resolve(part, ground) for one in ones for part in split_sentences(one)) for _, ones in paragraphs)
        sections += [Section(flatten(head.text), lines, 2, prose=True)] if lines else []
    return tuple(sections)


def _resolve(one: Placed, ground: Ground) -> Sentence:
    """A sentence whose citations are whole ids."""
    return Sentence(flatten(one.text), tuple(line.claim.id for cite in one.cites for line in ground.find(cite)))
