"""Board adapter: quantities of a sentence. python -m benchmarks.quantity INPUT.jsonl > PREDICTED.jsonl"""

import json
import sys
from pathlib import Path

from reportedly.reading import make_reading
from reportedly.records import Filler
from reportedly.understanding.measures import read_measures
from reportedly.understanding.parser import parse

_CHANGES = {"exact": "=", "range": "=", "about": "~", "more than": ">", "at least": ">", "less than": "<", "at most": "<"}


def write_quantity(filler: Filler) -> dict[str, object] | None:
    quantity, time = filler.quantity, filler.time
    if time is not None and time.length is not None:
        count = time.length.least if time.length.least is not None else time.length.most
        return {"value": count, "unit": time.length.unit, "change": "="}
    if quantity is None:
        return None
    both = quantity.least is not None and quantity.most is not None and quantity.least != quantity.most
    value = [quantity.least, quantity.most] if both else quantity.least if quantity.least is not None else quantity.most
    return {"value": value, "unit": quantity.unit, "change": _CHANGES[quantity.bound]}


def main() -> None:
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        report = make_reading(row["text"].encode(), "text").report
        found = [found.filler for passage in parse(iter([report])) for measures in [read_measures(passage)] for found in (*measures.quantities, *measures.times)]
        print(json.dumps({"id": row["id"], "quantities": [one for filler in found if (one := write_quantity(filler))]}))


if __name__ == "__main__":
    main()
