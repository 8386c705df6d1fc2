"""Feasts and memorial days: from a name and a year to the day, or to days where the day is not known. Table: tables/feasts.tsv."""

import re
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@cache
def feast_names() -> dict[str, str]:
    """Every name of a feast, in small letters and with a straight apostrophe, to its usual name."""
    return {name: row[0] for row in _rows() for name in (row[0], *(one for one in row[1].split("|") if one))}


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    text = files("reportedly.values").joinpath("tables/feasts.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _rules() -> dict[str, str]:
    return {row[0]: row[2] for row in _rows()}


def place_feast(name: str, year: int) -> tuple[date, date]:
    """First and last day that a feast can be in a year. Raises ValueError where the calendar has no such year."""
    rule = _rules()[name]
    if m := re.fullmatch(r"(\d\d)-(\d\d)", rule):
        day = date(year, int(m[1]), int(m[2]))
        return day, day
    if m := re.fullmatch(r"easter([+-]\d+)", rule):
        day = easter(year) + timedelta(days=int(m[1]))
        return day, day
    if m := re.fullmatch(r"(\d\d) (\d|last) (\w{3})", rule):
        day = _nth_weekday(year, int(m[1]), m[2], _WEEKDAYS.index(m[3]))
        return day, day
    return _from_table(rule, year)


def _from_table(rule: str, year: int) -> tuple[date, date]:
    """The day of the table, wider by the days either way that the rule names; without it the span that holds all years."""
    listed = re.findall(rf"\b{year:04d}-\d\d-\d\d", rule)
    either = re.match(r"dates±(\d)", rule)
    if listed:
        day, wider = date.fromisoformat(listed[0]), timedelta(days=int(either[1]) if either else 0)
        return day - wider, day + wider
    first, last = re.findall(r"\d\d-\d\d", rule.split("between:")[1])
    return date(year, int(first[:2]), int(first[3:])), date(year, int(last[:2]), int(last[3:]))


def _nth_weekday(year: int, month: int, nth: str, weekday: int) -> date:
    if nth == "last":
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (int(nth) - 1))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus, Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
