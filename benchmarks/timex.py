"""Board adapter: times of a text as TIMEX3. python -m benchmarks.timex INPUT.jsonl > PREDICTED.jsonl"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from reportedly.reading import Given, make_reading
from reportedly.understanding.measures import Timed, read_times
from reportedly.understanding.parser import parse
from reportedly.values import TimeExpression, When, parse_day, resolve_time
from reportedly.values.times import Length, Point

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
_DAYPARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
_SEASONS = {1: "SP", 2: "SU", 3: "FA", 4: "WI"}
_VAGUE = {"in": "PRESENT_REF", "until": "PAST_REF", "since": "FUTURE_REF"}


def write_timexes(time: Timed, published: When) -> Iterator[dict[str, object]]:
    """TIMEX3 of one expression: a range gives its two ends, a stretch up to the day of publication its length."""
    for start, end, expression in time.ends or ((time.start, time.end, time.expression),):
        value = _value(expression, published)
        if value is not None:
            yield {"start": start, "end": end, "type": _type(expression), "value": value}


def _type(expression: TimeExpression) -> str:
    if expression.kind == "set":
        return "SET"
    if expression.length is not None:
        return "DURATION"
    point = expression.first
    return "TIME" if point is not None and (point.clock or point.daypart) else "DATE"


def _value(expression: TimeExpression, published: When) -> str | None:
    point = expression.first
    if expression.kind == "set" and point is not None:
        return f"XXXX-{point.month:02d}" if point.month else f"XXXX-WXX-{(point.weekday or 0) + 1}{_DAYPARTS.get(point.daypart or '', '')}"
    if expression.length is not None:
        return _length(expression.length)
    if point is None:
        return None
    if point.grain == "vague":
        return _VAGUE[expression.relation]
    when = resolve_time(TimeExpression("date", "in", point, expression.last), published)
    if when.earliest is None or expression.last is not None:
        return "XXXX"
    return _point(point, when)


def _length(length: Length) -> str:
    count = length.least if length.least is not None else length.most
    if length.unit == "year" and count is not None and count != int(count) and not length.vague:
        return f"P{int(count)}Y{int(12 * (count % 1))}M" if count > 1 else f"P{int(12 * count)}M"
    if length.unit == "hour" and count is not None and count != int(count) and count > 1:
        return f"PT{int(count)}H{int(60 * (count % 1))}M"
    if length.unit == "minute" and count is not None and count != int(count):
        return f"PT{int(count)}M{int(60 * (count % 1))}S"
    return _UNITS[length.unit].format("X" if count is None or length.vague else f"{count:g}")


def _point(point: Point, when: When) -> str:
    first = when.earliest
    assert first is not None
    if point.part in ("week 1", "week 2", "week 3", "week 4", "week last") or point.grain == "week":
        return f"{first:%G-W%V}"
    if point.grain == "weekend":
        return f"{first:%G-W%V}-WE"
    if point.grain == "season":
        return f"{point.year or first.year}-{_SEASONS[point.nth or 1]}"
    if point.grain == "quarter":
        return f"{first.year}-Q{(first.month + 2) // 3}"
    if point.grain == "half":
        return f"{first.year}-H{1 if first.month <= 6 else 2}"
    if point.grain == "fiscal year":
        return f"{first.year + 1}" + (f"-Q{point.nth}" if point.nth else "")
    if point.grain == "month":
        return f"{first:%Y-%m}"
    if point.grain in ("year", "decade", "century"):
        return f"{first:%Y}"[: {"year": 4, "decade": 3, "century": 2}[point.grain]]
    return first.isoformat() + (f"T{point.clock}" if point.clock else _DAYPARTS.get(point.daypart or "", ""))


def main() -> None:
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        report = make_reading(row["text"].encode(), "text", Given(published=row["published"])).report
        timexes = [timex for passage in parse(iter([report])) for time in read_times(passage) for timex in write_timexes(time, parse_day(row["published"]))]
        print(json.dumps({"id": row["id"], "timexes": timexes}))


if __name__ == "__main__":
    main()
