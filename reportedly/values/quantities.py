"""Quantities and money as news writes them: bounds, ranges, hedges, currencies and rates, never narrowed.

`find_quantities` reads a text; what a bare number counts ("800 to 1,000 workers") is decided by the parse, in
`understanding`, because the counted noun may stand after a quotation mark or before the number.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from reportedly.values.numbers import NUMBER, parse_number


@dataclass(frozen=True, slots=True)
class Quantity:
    """`least` to `most` of a unit (None = open). `bound` is exact, about, at least, at most, more than, less than or
    range; `unit` an ISO 4217 code, `percent`, `person` or a noun; `per` a unit of time; `scope` team, total or each;
    `flow` stock, flow or target."""

    least: int | float | None
    most: int | float | None
    bound: str = "exact"
    unit: str | None = None
    per: str | None = None
    scope: str | None = None
    flow: str | None = None


@dataclass(frozen=True, slots=True)
class QuantityMatch:
    """A quantity found at [start, end) of a text; `number_end` is where the number itself stops."""

    start: int
    end: int
    number_start: int
    number_end: int
    quantity: Quantity


# Floors without ceilings: the words promise at least this much and no more is known.
VAGUE = {
    "a couple": 2, "a few": 3, "several": 3, "dozens": 24, "several dozen": 36, "hundreds": 200, "several hundred": 200, "a few hundred": 200,
    "thousands": 2_000, "several thousand": 2_000, "a few thousand": 2_000, "tens of thousands": 20_000, "hundreds of thousands": 200_000, "millions": 2_000_000,
    "several million": 2_000_000, "tens of millions": 20_000_000, "hundreds of millions": 200_000_000, "billions": 2_000_000_000,
}  # fmt: skip
BOUNDS = {
    "about": "about", "around": "about", "some": "about", "roughly": "about", "approximately": "about", "nearly": "about", "almost": "about", "an estimated": "about",
    "close to": "about", "more than": "more than", "over": "more than", "upwards of": "more than", "greater than": "more than", "above": "more than", "exceeding": "more than",
    "in excess of": "more than", "at least": "at least", "a minimum of": "at least", "no fewer than": "at least", "no less than": "at least", "not less than": "at least",
    "not fewer than": "at least", "as few as": "at least", "up to": "at most", "at most": "at most", "as many as": "at most", "as much as": "at most", "no more than": "at most",
    "not more than": "at most", "a maximum of": "at most", "fewer than": "less than", "less than": "less than", "under": "less than", "below": "less than",
}  # fmt: skip
_SYMBOLS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₽": "RUB", "A$": "AUD", "C$": "CAD", "HK$": "HKD"}
_NAMES = {
    "dollars": "USD", "dollar": "USD", "us dollars": "USD", "euros": "EUR", "euro": "EUR", "pounds": "GBP", "rubles": "RUB", "roubles": "RUB", "ruble": "RUB",
    "rouble": "RUB", "yuan": "CNY", "won": "KRW", "yen": "JPY", "cents": "USD",
}  # fmt: skip
_CODES = "USD|EUR|GBP|JPY|CNY|RMB|KRW|KPW|RUB|INR|NPR|PHP|QAR|AED|SAR|KWD|CHF|CAD|AUD"

_BOUND = "|".join(sorted(map(re.escape, BOUNDS), key=len, reverse=True))
_VAGUE = "|".join(sorted(VAGUE, key=len, reverse=True))
_MONEY = rf"(?:US|A|C|HK)?[$€£¥₩₽] ?|(?:{_CODES}) ?"
_TO = r"(?(between)(?: and | to |\s?[-–—]\s?)|(?: to | or |\s?[-–—]\s?))"  # "and" makes a range only after "between"


_PERCENT = r"%| ?per ?cent\b|[ -]percentage points?\b"
_AFTER = {"more": "at least", "so": "about", "fewer": "at most", "less": "at most", "+": "at least"}
_SUFFIXES = {"k": 10**3, "m": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}


@cache
def _pattern() -> re.Pattern[str]:
    """One alternation: [hedges] [currency] number [to [currency] number] | [hedge] vague word, then bound, unit and rate."""
    return re.compile(
        rf"(?:\b(?P<bound>{_BOUND}) (?:(?P<bound2>about|around|some|roughly|nearly) )?(?:an? (?:total|estimated) of )?)?(?:(?P<between>between )|from )?(?P<minus>minus )?"
        rf"(?P<money>{_MONEY})?"
        rf"(?:(?P<low>{NUMBER})(?P<suffix>(?(money)(?:k|m|bn|b|tn)\b|))?(?P<percent>{_PERCENT})?(?:{_TO}(?:{_MONEY})?(?P<high>{NUMBER})(?P<suffix2>(?(money)(?:k|m|bn|b|tn)\b|))?)?(?P<odd>-odd)?|\b(?P<vague>{_VAGUE})\b)"
        rf"(?P<after> or (?:more|so|fewer|less)\b|\+)?"
        rf"(?P<unit>(?: of)? (?:US )?(?:dollars?|euros?|pounds|rubles?|roubles?|yuan|won|yen|cents)\b|[ -]?(?:{_CODES})\b|{_PERCENT})?"
        rf"(?:,? (?:an?|per|each|every) (?P<per>hour|day|week|month|year|worker|person|head)\b)?",
        re.IGNORECASE | re.ASCII,
    )


def find_quantities(text: str, taken: list[tuple[int, int]] | None = None) -> list[QuantityMatch]:
    """All quantities of a text outside the `taken` spans (times, names with numbers), left to right."""
    blocked = taken or []
    found = []
    for m in _pattern().finditer(text):
        match = _read(m)
        if match and all(match.number_end <= start or match.number_start >= end for start, end in blocked) and _is_count(text, match):
            found.append(match)
    return found


def _read(m: re.Match[str]) -> QuantityMatch | None:
    unit = _unit(m)
    if m["vague"]:
        quantity: Quantity | None = Quantity(VAGUE[m["vague"].lower()], None, "at least", unit, m["per"])
        begin, end = m.span("vague")
    else:
        quantity = _range(m, unit)
        begin, end = m.start("low"), m.end("high") if m["high"] else m.end("low")
    if quantity is None:
        return None
    if m["minus"] and not m["high"]:
        quantity = replace(quantity, least=-quantity.least if quantity.least else None, most=-quantity.most if quantity.most else None)
        begin = m.start("minus")
    start = m.start("bound") if m["bound"] else m.start("between") if m["between"] else m.start("money") if m["money"] else begin
    return QuantityMatch(start, m.end(), begin, end, quantity)


def _range(m: re.Match[str], unit: str | None) -> Quantity | None:
    low = _scaled(m["low"], m["suffix"])
    high = _scaled(m["high"], m["suffix2"]) if m["high"] else low
    hedge = (m["bound2"] or m["bound"] or "").lower()
    if m["bound2"] and BOUNDS[m["bound"].lower()] != "about":
        hedge = m["bound"].lower()  # "at least about 40"
    bound = BOUNDS.get(hedge, "about" if m["odd"] else "exact")
    if m["after"]:
        bound = _AFTER[m["after"].split()[-1].lower()]
    if low is None or high is None:
        return None
    scale = re.search(r"(hundred|thousand|million|billion|trillion)$", m["high"] or "", re.IGNORECASE)
    if m["high"] and scale and not re.search(r"[a-z]$", m["low"], re.IGNORECASE) and low < high:
        low = parse_number(f"{m['low']} {scale[1]}") or low  # "2 to 3 million": both in millions
    if m["high"] and m["suffix2"] and not m["suffix"] and low < high:
        low = _scaled(m["low"], m["suffix2"]) or low  # "$2-3bn"
    if low > high:
        return None
    if low != high:  # a bounded range ("at least 600 to 700") keeps both numbers, and its bound says which side is open
        return Quantity(low, high, "range" if bound == "exact" else bound, unit, m["per"])
    return _bounded(low, bound, unit, m["per"])


def _scaled(text: str, suffix: str | None) -> int | float | None:
    value = parse_number(text)
    return value * _SUFFIXES[suffix.lower()] if value is not None and suffix else value


def _bounded(value: float, bound: str, unit: str | None, per: str | None) -> Quantity:
    least = None if bound in ("at most", "less than") else value
    most = None if bound in ("at least", "more than") else value
    return Quantity(least, most, bound, unit, per)


def _unit(m: re.Match[str]) -> str | None:
    if m["money"]:
        mark = m["money"].strip()
        return {"RMB": "CNY"}.get(mark.upper(), _SYMBOLS.get(mark.upper(), mark.upper()))
    if m["percent"] and not m["unit"]:
        return "percent"
    if not m["unit"]:
        return None
    word = re.sub(r"^ ?of|[-\s]+", " ", m["unit"].lower()).strip()
    if word in ("%", "percent", "per cent") or "percentage" in word:
        return "percent"
    return _NAMES.get(word, {"RMB": "CNY"}.get(word.upper(), word.upper()))


def _is_count(text: str, match: QuantityMatch) -> bool:
    """Not an ordinal, a version, a document number or a part of a name ("COVID-19", "Resolution 2397", "5G")."""
    opening = match.start if match.quantity.unit and match.quantity.unit.isupper() else match.number_start
    before = text[max(0, opening - 24) : opening]
    if _NO_COUNT_AFTER.match(text, match.number_end) and match.end == match.number_end:
        return False
    return not _NO_COUNT_BEFORE.search(before)


_NO_COUNT_AFTER = re.compile(r"(?:st|nd|rd|th)\b|[A-Za-z]|[./:]\d|[- ](?:quarters?|thirds?|half|halves|fifths?|eighths?|tenths?)\b")
_NO_COUNT_BEFORE = re.compile(r"(?:\b(?:Resolution|resolution|Article|article|No\.|number|Order|Decree|Route|Flight|Room|page|chapter)\s|[A-Za-z][-–] ?|[\d./:#]|\w)$")


def with_unit(quantity: Quantity, unit: str | None, scope: str | None = None) -> Quantity:
    """The quantity with what it counts, unless the words already gave a unit."""
    return replace(quantity, unit=quantity.unit or unit, scope=scope or quantity.scope)
