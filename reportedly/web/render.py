"""Templates filled: every value is escaped, and one that is missing is an error."""

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from reportedly.answering import CONFLICTS
from reportedly.briefs.forms import flatten
from reportedly.records import CERTAINTIES, POLARITIES, STATUSES
from reportedly.web.words import say, script_words


@cache
def _environment() -> Environment:
    environment = Environment(loader=PackageLoader("reportedly.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals |= {"say": say, "script_words": script_words, "STATUSES": STATUSES, "POLARITIES": POLARITIES, "CERTAINTIES": CERTAINTIES, "CONFLICTS": CONFLICTS}
    environment.filters |= {
        "label": write_label,
        "found": write_found,
        "exact": write_exact,
        "range": write_range,
        "flat": flatten,
        "origins": write_origins,
        "answer": write_answer,
    }
    return environment


def render(template: str, **values: Any) -> bytes:
    """The bytes of a page or a piece of one."""
    return _environment().get_template(template).render(**values).encode("utf-8", "replace")


def write_exact(text: str) -> Markup:
    """Text of which a browser keeps every character: one that reads pages drops a carriage return or a NUL, and all offsets after it would be
    another's."""
    return Markup(escape(text.replace("\0", "\ufffd"))).replace("\r", Markup("&#13;"))  # noqa: S704  escaped in the same breath


def write_range(row: dict[str, Any]) -> str:
    """The bounds of a value, "…" where one is open; of a time its days."""
    if row.get("min") is not None or row.get("max") is not None:
        low, high = ("…" if row[end] is None else _number(row[end]) for end in ("min", "max"))
        return " ".join(part for part in (low if low == high else f"{low}–{high}", say("units.person") if row.get("unit") == "person" else row.get("unit") or "") if part)
    if row.get("from") or row.get("to"):
        first, last = row["from"] or "…", row["to"] or "…"
        return first if first == last else f"{first} – {last}"
    return ""


def _number(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


_ONE = r"(?:\d{4}(?:-\d\d){0,2})"
_TIME = re.compile(rf"(?<![\w/-])(?:({_ONE})/(\.\.|{_ONE})|\.\./({_ONE})|(\d{{4}}-\d\d(?:-\d\d)?))(?![\w/-])")


def write_label(text: str) -> str:
    """A label with its EDTF in words: "2031-04-01/2031-04-10" as "1–10 Apr 2031", "../2022-11-30" as "by 30 Nov 2022"."""
    return flatten(_TIME.sub(_write_time, text))


def _write_time(found: re.Match[str]) -> str:
    first, last, until, alone = found.groups()
    if until:
        return say("time.by", day=_day(until))
    if alone:
        return _day(alone)
    if last == "..":
        return say("time.from", day=_day(first))
    if first[:7] == last[:7] and len(first) == len(last) == 10:
        return _day(last) if first == last else f"{int(first[8:])}–{_day(last)}"
    return _day(first) if first == last else f"{_day(first)} – {_day(last)}"


def _day(text: str) -> str:
    year, *rest = text.split("-")
    months = say("time.months").split()
    month = [months[int(rest[0]) - 1]] if rest and 1 <= int(rest[0]) <= len(months) else rest[:1]
    return " ".join([*(str(int(one)) for one in rest[1:]), *month, year])


def write_found(snippet: str) -> Markup:
    """Words of a search with what was found marked."""
    return Markup(escape(flatten(snippet))).replace("«", Markup("<mark>")).replace("»", Markup("</mark>"))  # noqa: S704  escaped in the same breath


def write_origins(row: dict[str, Any]) -> str:
    """How many origins stand behind an answer, as an interval."""
    least, most = row["min"], row["max"]
    return say("origins.one", n=most) if least == most == 1 else say("origins.exact", n=most) if least == most else say("origins.range", least=least, most=most)


def write_answer(row: dict[str, Any]) -> str:
    """An answer in words: the report's, and the range that they are read as."""
    value = write_range(row)
    return f"{flatten(row['text'])} ({value})" if value and value != row["text"] else flatten(row["text"])
