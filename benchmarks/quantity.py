"""Board adapter: quantities of a sentence. python -m benchmarks.quantity INPUT.jsonl > PREDICTED.jsonl"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from reportedly.reading import make_reading
from reportedly.records import Filler
from reportedly.understanding.measures import Found, read_measures
from reportedly.understanding.parser import parse
from reportedly.values import Quantity
from reportedly.values.numbers import NUMBER
from reportedly.values.quantities import BOUNDS
from reportedly.values.times import Length

_CHANGES = {"exact": "=", "range": "=", "about": "~", "more than": ">", "at least": ">", "less than": "<", "at most": "<"}
_BOUND = re.compile(rf"^(?:(?:{'|'.join(sorted(map(re.escape, BOUNDS), key=len, reverse=True))}|between|from|about|some|another|a|an)\b ?|[-–+])+", re.IGNORECASE)
_NAMES = {"percent": "percentage", "times": "count"}
_NUMBER = re.compile(NUMBER, re.IGNORECASE | re.ASCII)


def write_quantities(found: list[Found]) -> Iterator[dict[str, object]]:
    """The rows of a passage: a number that rose or fell from one value to another is one row of both."""
    fillers = [one.filler for one in found]
    index = 0
    while index < len(fillers):
        filler, follower = fillers[index], fillers[index + 1] if index + 1 < len(fillers) else None
        if follower and _is_move(filler.quantity, follower.quantity):
            assert filler.quantity
            assert follower.quantity
            yield {
                "value": sorted([_single(filler.quantity), _single(follower.quantity)]),
                "unit": _unit(filler),
                "change": "up" if "rose" in (filler.quantity.change or "") else "down",
            }
            index += 2
            continue
        row = _row(filler)
        if row:
            yield row
        index += 1


def _is_move(one: Quantity | None, other: Quantity | None) -> bool:
    return one is not None and other is not None and (one.change or "").endswith("from") and (other.change or "").endswith("to") and one.unit in (other.unit, None)


def _single(quantity: Quantity) -> float:
    return quantity.least if quantity.least is not None else quantity.most or 0


def _row(filler: Filler) -> dict[str, object] | None:
    quantity, time = filler.quantity, filler.time
    if time is not None:
        length = time.length if time.kind == "duration" else None
        if time.first is not None and time.first.event is not None and time.kind == "date":
            length = Length(abs(time.first.shift or 0), abs(time.first.shift or 0), time.first.grain)
        return _length(length, filler) if length is not None and not length.vague and _NUMBER.search(filler.text) else None
    if quantity is None:
        return None
    scale = 100 if re.search(r"cents?\b|pence\b|¢", filler.text, re.IGNORECASE) and (quantity.unit or "").isupper() else 1
    least, most = (value * scale if value is not None else None for value in (quantity.least, quantity.most))
    value = [least, most] if least is not None and most is not None and least != most else least if least is not None else most
    if isinstance(value, list):
        return {"value": value, "unit": _unit(filler), "change": "="}
    moved = {"rose by": "up", "fell by": "down"}.get(quantity.change or "") if quantity.bound in ("exact", "about", "range") else None
    return {"value": value, "unit": _unit(filler), "change": moved or _CHANGES[quantity.bound]}


def _length(length: Length, filler: Filler) -> dict[str, object]:
    if length.least is not None and length.most is not None and length.least != length.most:
        return {"value": [length.least, length.most], "unit": _unit(filler), "change": "="}
    value = length.least if length.least is not None else length.most
    return {"value": value, "unit": _unit(filler), "change": "<" if length.least is None else ">" if length.most is None else "="}


def _unit(filler: Filler) -> str:
    """The unit as written: the sign before the number, or the words after it."""
    quantity, time = filler.quantity, filler.time
    if time is not None and time.first is not None and time.first.event is not None:
        return time.first.grain + "s"
    if quantity is not None and quantity.unit in _NAMES:
        return _NAMES[quantity.unit]
    words = _BOUND.sub("", filler.text)
    numbers = list(_NUMBER.finditer(words))
    if not numbers:
        return quantity.unit or "-" if quantity else "-"
    sign = words[: numbers[0].start()].strip().replace(" ", "")
    if numbers[-1].end() == len(words) and len(numbers) > 1:  # "from 208 pounds to 193"
        after = re.sub(r" (?:to|and|or) $|[-–—]", "", words[numbers[0].end() : numbers[1].start()]).strip("$€£ ")
        return f"{sign}{after}" or "-"
    after = re.sub(r"^(?:-odd| or (?:so|more)|[-–]|(?:[kmb]|bn|tn)(?=\s|$))", "", words[numbers[-1].end() :]).strip(" -")
    after = re.sub(r"^more |(?<=^times)(?! (?:a|an|per|each) ) .*", "", after)
    after = re.sub(r"^of (?:(?:the|my|his|her|its|their|our) )?", "", after)
    return f"{sign} {after}".strip() or "-" if quantity and (quantity.unit or "").isupper() else after or "-"


def main() -> None:
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        report = make_reading(row["text"].encode(), "text").report
        found = [
            one
            for passage in parse(iter([report]))
            for measures in [read_measures(passage)]
            for one in sorted((*measures.quantities, *measures.times), key=lambda one: one.filler.start)
        ]
        print(json.dumps({"id": row["id"], "quantities": list(write_quantities(found))}))


if __name__ == "__main__":
    main()
