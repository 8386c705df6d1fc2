"""Board adapter: who says what. python -m benchmarks.attribution INPUT.jsonl > PREDICTED.jsonl

The board asks for the words of source and content in each sentence; they come from the same attribution that claims use.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc, Span, Token

from reportedly.reading import make_reading
from reportedly.understanding.attribution import Attributed, Speech, attribute, next_speaker
from reportedly.understanding.cues import SPEECH, Cue, find_attitudes, find_impressions
from reportedly.understanding.grammar import children, edges, governor, noun_edges
from reportedly.understanding.parser import Passage, load_parser, parse
from reportedly.understanding.quotes import find_quotes, first_char, read_speech
from reportedly.understanding.read import open_turn
from reportedly.understanding.voices import Hearing

Row = dict[str, list[list[int]]]


def write_attributions(passage: Passage, hearing: Hearing) -> Iterator[Row]:
    """One row a statement: what a cue gives, with the rest of its quotation before and after, as far as the paragraph."""
    hearing.start = passage.start
    breaks = [one.start - passage.start for one in passage.report.segments if one.kind == "body" and 0 <= one.start - passage.start < len(passage.text)]
    quotes = find_quotes(passage.text, breaks)
    sentences = list(passage.doc.sents)
    rows: list[Row] = []
    waiting: list[list[int]] = []  # quoted sentences whose speaker a later one names
    spoken: Row | None = None  # the statement that a quotation goes on with
    for index, sentence in enumerate(sentences):
        speech = read_speech(sentences, index, quotes, frozenset(breaks))
        if not speech.same_paragraph:
            spoken, waiting = None, []
        if not speech.same_paragraph:
            opened = next((one for one in passage.report.segments if one.kind == "body" and one.start - passage.start == first_char(sentence)), None)
            if opened is not None:
                open_turn(opened, hearing)
            if opened is not None and hearing.floor and opened.start in hearing.turns:
                label = hearing.turns[opened.start]
                name = passage.report.text[label.start : label.end].rstrip(" :.\t")
                rows.append({"source": [[label.start, label.start + len(name)]], "cue": [], "content": [[opened.start, opened.end]]})
        attributed = attribute(sentence, hearing, speech)
        if attributed.continued and attributed.quoted_by:
            stretch = _quoted(passage, sentence, quotes)
            if spoken is not None:
                spoken["content"] += stretch
            elif next_speaker(speech) is not None:
                waiting += stretch
            else:
                voice = attributed.quoted_by[0]
                spoken = {"source": [[voice.start or 0, voice.end or 0]], "cue": [], "content": stretch}
                rows.append(spoken)
            continue
        for row, is_direct in _statements(passage, sentence, attributed, speech, quotes):
            rows.append(row)
            if is_direct:
                row["content"] = waiting + row["content"]
                spoken, waiting = row, []
        rows += _attitudes(passage, sentence, attributed)
    yield from rows


def _statements(passage: Passage, sentence: Span, attributed: Attributed, speech: Speech, quotes: list[tuple[int, int]]) -> Iterator[tuple[Row, bool]]:
    """What the cues of a sentence give, and whether it is direct speech."""
    outside = [cue for cue in attributed.cues if cue.verb.i not in speech.inside and cue.kind in ("verb", "tag")]
    for cue in attributed.cues:
        if cue.kind == "noun" or (cue.source is None and cue.kind not in ("passive", "adverb")) or _is_party(cue):
            continue
        within = cue.verb.i in speech.inside
        row: Row = {"source": _source(passage, cue), "cue": [_chars(passage, cue.verb.i, cue.verb.i)], "content": []}
        for stretch in (stretch for content in cue.contents for stretch in _stretches(content, cue)):
            row["content"] += [one for one in _content(passage, stretch, () if within else quotes) if one not in row["content"]]
        is_direct = not within and _is_direct(row, quotes, passage.start)
        if is_direct and len(outside) == 1:
            row["content"] += [one for one in _quoted(passage, sentence, quotes) if one not in row["content"]]  # "…," said the clerk, "and …"
        yield row, is_direct


def _attitudes(passage: Passage, sentence: Span, attributed: Attributed) -> Iterator[Row]:
    known = {cue.verb.i for cue in attributed.cues}
    for cue in (*find_attitudes(sentence), *find_impressions(sentence)):
        if not _is_party(cue) and cue.verb.i not in known:
            yield _attitude(passage, cue)


def _is_party(cue: Cue) -> bool:
    """Whether speaker or hearer of the words themselves are meant: "I think" gives the word to nobody new."""
    return cue.source is not None and cue.source.lower_ in ("i", "we", "you")


def _source(passage: Passage, cue: Cue) -> list[list[int]]:
    if cue.source is None:
        return []
    relative = [one for one in cue.verb.children if cue.verb.dep_ == "relcl" and one.dep_ == "nsubj" and one.lower_ in ("who", "which", "that")]
    return [_chars(passage, *noun_edges(relative[0] if relative else cue.source, coordinated=True))]


def _attitude(passage: Passage, cue: Cue) -> Row:
    """What is asked, wanted or praised: one stretch from its first word to its last; of an impression its two parts."""
    stretches = [_chars(passage, *edges(content, frozenset())) for content in cue.contents]
    content = stretches if cue.kind == "impression" else [[min(first for first, _ in stretches), max(last for _, last in stretches)]]
    return {"source": _source(passage, cue), "cue": [_chars(passage, cue.verb.i, cue.verb.i)], "content": content}


def _stretches(content: Token, cue: Cue) -> list[tuple[int, int]]:
    """The words of a content without those of the cue and its source, which may interrupt it ("the plan, he said, is ready")."""
    if cue.kind == "forecast":
        below = [one for one in children(cue.verb, "ccomp", "xcomp") if one.i > cue.verb.i]
        return [edges(below[0])] if below else []
    if cue.kind == "object":
        after = [token.i for token in cue.verb.subtree if token.i > cue.verb.i and token.dep_ not in ("punct", "cc")]
        return [(min(after), max(after))] if after else []
    others = frozenset(one.i for one in content.subtree if one.i > content.i and (_goes_on(one) or (one.dep_ == "conj" and governor(one).i != one.head.i)))
    first, last = edges(content, frozenset([cue.verb.i]) | others)
    while last > first and content.doc[last].dep_ == "cc":
        last -= 1
    asides = [one for one in content.subtree if one.dep_ == "relcl" and one.left_edge.i > 0 and one.doc[one.left_edge.i - 1].text == "," and one.left_edge.i > cue.verb.i]
    last = min((one.left_edge.i - 1 for one in asides if one.right_edge.i >= last - 1 and one.left_edge.i - 1 > first), default=last)  # "…, which is spread by": the outlet's aside
    cut = {token.i for token in cue.verb.subtree} if cue.verb.i != content.i and any(one.i == content.i for one in cue.verb.ancestors) else set()
    found: list[tuple[int, int]] = []
    for number in range(first, last + 1):
        token = content.doc[number]
        if number in cut or token.is_space:
            continue
        if found and (found[-1][1] == number - 1 or all(content.doc[one].is_space for one in range(found[-1][1] + 1, number))):
            found[-1] = (found[-1][0], number)
        elif not token.is_punct or token.text in '"“':
            found.append((number, number))
    return [_without_commas(content.doc, stretch) for stretch in found if stretch[1] > stretch[0] or len(found) == 1]


def _goes_on(verb: Token) -> bool:
    """ "said it was a loss, calling for …": a participle of speech is the speaker's doing, not what is said."""
    return (
        verb.dep_ == "advcl"
        and verb.tag_ == "VBG"
        and verb.lemma_ in SPEECH | {"call", "describe", "refer", "point", "accuse", "cite", "highlight"}
        and verb.left_edge.i > 0
        and verb.doc[verb.left_edge.i - 1].text in (",", "”", '"')
    )


def _without_commas(doc: Doc, stretch: tuple[int, int]) -> tuple[int, int]:
    first, last = stretch
    while last > first and (doc[last].is_space or doc[last].text in ",;:–—-."):
        last -= 1
    return first, last


def _content(passage: Passage, ends: tuple[int, int], quotes: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The words of a clause; where a quotation holds most of them, the quotation within the sentence."""
    first, last = _chars(passage, *ends)
    inside = [(max(start, first - passage.start - 3), min(end, last - passage.start + 3)) for start, end in quotes if start < last - passage.start and end > first - passage.start]
    held = sum(end - start for start, end in inside)
    if held < 0.6 * (last - first):
        return [[first, last]]
    sentence = passage.doc[ends[0]].sent
    low, high = sentence.start_char, sentence.end_char
    touched = [(start, end) for start, end in quotes if start < last - passage.start and end > first - passage.start]
    return [[passage.start + max(start, low), passage.start + min(end, high)] for start, end in touched]


def _quoted(passage: Passage, sentence: Span, quotes: list[tuple[int, int]]) -> list[list[int]]:
    low, high = sentence.start_char, sentence.start_char + len(sentence.text.rstrip())
    spans = [[passage.start + max(start, low), passage.start + min(end, high)] for start, end in quotes if start < high and end > low]
    return spans or [_span(passage, sentence)]


def _is_direct(row: Row, quotes: list[tuple[int, int]], offset: int) -> bool:
    return any(start <= first - offset < end for first, _ in row["content"] for start, end in quotes)


def _chars(passage: Passage, first: int, last: int) -> list[int]:
    doc = passage.doc
    return [passage.start + doc[first].idx, passage.start + doc[last].idx + len(doc[last])]


def _span(passage: Passage, sentence: Span) -> list[int]:
    return [passage.start + sentence.start_char, passage.start + sentence.start_char + len(sentence.text.rstrip())]


def main() -> None:
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        report = make_reading(row["text"].encode(), "text").report
        hearing = Hearing(report)
        with load_parser().memory_zone():
            found = [one for passage in parse(iter([report])) for one in write_attributions(passage, hearing)]
        print(json.dumps({"id": row["id"], "attributions": found}))


if __name__ == "__main__":
    main()
