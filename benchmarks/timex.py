"""Board adapter: times of a text as TIMEX3. python -m benchmarks.timex INPUT.jsonl > PREDICTED.jsonl"""

import json
import sys
from pathlib import Path

from reportedly.values import TimeExpression, When, find_times, parse_day, resolve_time
from reportedly.values.time_grammar import TimeMatch

_UNITS = {
    "year": "P{}Y",
    "month": "P{}M",
    "week": "P{}W",
    "day": "P{}D",
    "hour": "PT{}H",
    "minute": "PT{}M",
    "second": "PT{}S",
    "decade": "P{}E",
    "quarter": "P{}Q",
    "century": "P{}C",
}


def write_timex(match: TimeMatch, published: When) -> dict[str, object]:
    expression = match.expression
    kind = {"date": "DATE", "duration": "DURATION", "set": "SET"}[expression.kind]
    return {"start": match.start, "end": match.end, "type": kind, "value": _value(expression, published)}


def _value(expression: TimeExpression, published: When) -> str:
    if expression.length is not None:
        count = expression.length.least if expression.length.least is not None else expression.length.most
        return _UNITS[expression.length.unit].format("X" if count is None else f"{count:g}")
    point = expression.first
    when = resolve_time(expression.leaning("past"), published)
    if point is None or when.earliest is None or expression.last is not None:
        return "XXXX"
    if point.grain == "week":
        return f"{when.earliest:%G-W%V}"
    if point.grain == "month" or point.part:
        return f"{when.earliest:%Y-%m}"
    return {"year": f"{when.earliest:%Y}", "decade": f"{when.earliest:%Y}"[:3]}.get(point.grain, when.earliest.isoformat())


def main() -> None:
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        published = parse_day(row["published"])
        print(json.dumps({"id": row["id"], "timexes": [write_timex(match, published) for match in find_times(row["text"])]}))


if __name__ == "__main__":
    main()
