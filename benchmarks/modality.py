"""Board adapter: modality of given mentions. python -m benchmarks.modality INPUT.jsonl > PREDICTED.jsonl

A mention is a verb or a noun that names an event; its modality is read from the grammar above it, as that of a claim is.
"""

import json
import sys
from pathlib import Path

from spacy.tokens import Doc, Token

from reportedly.reading import Given, make_reading
from reportedly.understanding.modality import read_mention
from reportedly.understanding.parser import parse

_AHEAD = ("planned", "required", "predicted", "considered", "hypothetical")


def judge(token: Token | None) -> dict[str, bool]:
    """The three judgements of the board: not yet happened, denied, less than certain."""
    if token is None:
        return {"future": False, "negative": False, "uncertain": False}
    modality = read_mention(token)
    return {
        "future": modality.status in _AHEAD,
        "negative": modality.polarity == "negative",
        "uncertain": modality.certainty != "certain" or modality.status in ("hypothetical", "considered"),
    }


def find_token(doc: Doc, start: int, end: int) -> Token | None:
    """The highest token of a stretch of the document."""
    inside = [token for token in doc if token.idx < end and start < token.idx + len(token)]
    return next((token for token in inside if token.head not in inside or token.head.i == token.i), inside[0] if inside else None)


def main() -> None:
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        report = make_reading(row["text"].encode(), "text", Given(published=row["published"])).report
        passages = list(parse(iter([report])))
        mentions = []
        for mention in row["mentions"]:
            passage = next((one for one in passages if one.start <= mention["start"] < one.start + len(one.text)), None)
            token = find_token(passage.doc, mention["start"] - passage.start, mention["end"] - passage.start) if passage else None
            mentions.append({"start": mention["start"], "end": mention["end"], **judge(token)})
        print(json.dumps({"id": row["id"], "mentions": mentions}))


if __name__ == "__main__":
    main()
