"""Board adapter: who says what. python -m benchmarks.attribution INPUT.jsonl > PREDICTED.jsonl

The board asks for the words of source and content in each sentence; they come from the same attribution that claims use.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Span

from reportedly.reading import make_reading
from reportedly.understanding.attribution import attribute
from reportedly.understanding.grammar import edges, noun_edges
from reportedly.understanding.parser import Passage, load_parser, parse
from reportedly.understanding.quotes import find_quotes, read_speech
from reportedly.understanding.voices import Hearing

Row = dict[str, list[list[int]]]


def write_attributions(passage: Passage, hearing: Hearing) -> Iterator[Row]:
    hearing.start = passage.start
    breaks = [one.start - passage.start for one in passage.report.segments if one.kind == "body" and 0 <= one.start - passage.start < len(passage.text)]
    quotes = find_quotes(passage.text, breaks)
    sentences = list(passage.doc.sents)
    for index, sentence in enumerate(sentences):
        attributed = attribute(sentence, hearing, read_speech(sentences, index, quotes, frozenset(breaks)))
        for cue in attributed.cues:
            if cue.source is None or cue.kind not in ("verb", "according"):
                continue
            source = noun_edges(cue.source, coordinated=True)
            for content in cue.contents:
                first, last = edges(content, frozenset([cue.verb.i]))
                yield {"source": [_chars(passage, *source)], "cue": [_chars(passage, cue.verb.i, cue.verb.i)], "content": [_chars(passage, first, last)]}
        if attributed.continued and attributed.quoted_by and not attributed.cues:
            voice = attributed.quoted_by[0]
            if voice.start is not None and voice.end is not None:
                yield {"source": [[voice.start, voice.end]], "cue": [], "content": [_span(passage, sentence)]}


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
