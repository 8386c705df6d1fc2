"""Quantities and money as news writes them: bounds, ranges, hedges, currencies and rates, never narrowed.

`find_quantities` reads a text; what a bare number counts ("900 to 1,100 workers") is decided by the parse, in
`understanding`, because the counted noun may stand after a quotation mark or before the number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from reportedly.values.numbers import NUMBER, ONES, SCALES, TEENS, TENS, parse_number
from reportedly.values.units import currency_of, currency_signs, measure_of, measure_pattern, money_pattern, sign_pattern
from reportedly.values.windows import windows


@dataclass(frozen=True, slots=True)
class Quantity:
    """`least` to `most` of a unit (None = open). `bound` is exact, about, at least, at most, more than, less than or
    range; `unit` an ISO 4217 code, `percent`, `fraction`, `times`, a unit of measure, `person` or a noun; `per` a rate
    ("month", "worker"); `scope` team, total, each or age; `flow` stock, flow or target; `change` how it moved ("rose by",
    "fell to", "rose from") where the number is the size or an end of a change; `unit_basis` why a dollar without a state is
    taken for one state's; `derived` that no words give the number, but a product of two that they give."""

    least: int | float | None
    most: int | float | None
    bound: str = "exact"
    unit: str | None = None
    per: str | None = None
    scope: str | None = None
    flow: str | None = None
    change: str | None = None
    unit_basis: str | None = None
    derived: bool = False


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
    "close to": "about", "barely": "about", "an average of": "about", "more than": "more than", "over": "more than", "just over": "more than", "upwards of": "more than", "greater than": "more than",
    "above": "more than", "exceeding": "more than", "in excess of": "more than", "at least": "at least", "a minimum of": "at least", "no fewer than": "at least", "no less than": "at least",
    "not less than": "at least", "not fewer than": "at least", "as few as": "at least", "up to": "at most", "at most": "at most", "as many as": "at most", "as much as": "at most",
    "no more than": "at most", "not more than": "at most", "a maximum of": "at most", "fewer than": "less than", "less than": "less than", "under": "less than", "just under": "less than",
    "below": "less than", "sub-": "less than",
}  # fmt: skip
# Verbs and adverbs of change; what stands right after them, or after "by", is the size of it.
_ROSE = "rise|rises|rose|risen|rising|jump|jumps|jumped|jumping|gain|gains|gained|gaining|climb|climbs|climbed|climbing|increase|increases|increased|increasing|grow|grows|grew|grown|growing|surge|surges|surged|surging|soar|soars|soared|soaring|advance|advances|advanced|advancing|rally|rallied|rallying|up|added|expanded|swelled"
_FELL = "fall|falls|fell|fallen|falling|drop|drops|dropped|dropping|decline|declines|declined|declining|lose|loses|lost|losing|tumble|tumbles|tumbled|tumbling|plummet|plummets|plummeted|plummeting|slip|slips|slipped|slipping|sink|sank|sunk|sinking|slide|slides|slid|sliding|plunge|plunges|plunged|plunging|shed|sheds|shedding|decrease|decreases|decreased|decreasing|dip|dips|dipped|dipping|shrink|shrinks|shrank|shrunk|shrinking|slump|slumps|slumped|slumping|down|eased|narrowed|crashed|dwindled"
_MOVE = re.compile(
    rf"\b(?:(?P<rose>{_ROSE})|(?P<fell>{_FELL}))(?: (?:further|again|sharply|slightly|to end))?(?P<way> by| to| from|)(?: (?:another|a further|a|the|an additional))? $",
    re.IGNORECASE,
)

_BOUND = "|".join(sorted(map(re.escape, BOUNDS), key=len, reverse=True))
_VAGUE = "|".join(sorted(VAGUE, key=len, reverse=True))
_MONEY = sign_pattern()
_TO = r"(?(between)(?: and | to |\s?[-–—]\s?)|(?: to | or |\s?[-–—]\s?))"  # "and" makes a range only after "between"
_PERCENT = r"%| ?per ?cent\b|[ -]percentage points?\b"
_AFTER = {"more": "at least", "so": "about", "fewer": "at most", "less": "at most", "+": "at least"}
_SUFFIXES = {"k": 10**3, "m": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
RATE = r"(?:,? ?(?:an?|per|each|every)[ -](?P<per>second|minute|hour|day|week|month|year|share|ounce|barrel|litre|liter|gallon|ton|tonne|square (?:foot|metre|meter|mile|kilometre)|worker|person|head|capita|household|employee|child|night)\b(?! (?:ago|earlier|later|before|after)\b))"
_FRACTIONS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6, "eighth": 1 / 8, "tenth": 1 / 10}


@cache
def _pattern() -> re.Pattern[str]:
    """One alternation: [hedges] [currency] number [to [currency] number] | [hedge] vague word, then bound, unit and rate."""
    unit = rf"{money_pattern()}|{_PERCENT}|{measure_pattern()}"
    return re.compile(
        rf"(?:(?<!\w)(?P<bound>{_BOUND})(?:(?<=-)| )(?:(?P<bound2>about|around|some|roughly|nearly) )?(?:an? (?:total|estimated) of )?)?(?:(?P<between>between )|from )?"
        rf"(?P<minus>minus[- ]|(?<![\w)])[-−](?=[\d.]+ ?(?:%|°|deg)))?(?P<plus>(?<!\w)\+(?=\d))?(?P<money>{_MONEY})?"
        rf"(?:(?P<low>{NUMBER})(?P<suffix>(?(money)(?:k|m|bn|b|tn)\b|(?-i:[MBK])\b))?(?:(?P<percent>{_PERCENT})|(?P<lowunit>{unit}))?(?:(?P<link>{_TO})(?P<money2>{_MONEY})?(?P<high>{NUMBER})(?P<suffix2>(?(money)(?:k|m|bn|b|tn)\b|(?-i:[MBK])\b))?(?(percent)(?={_PERCENT}))(?P<highunit>{unit})?)?(?P<odd>-odd)?|\b(?P<vague>{_VAGUE})\b)"
        rf"(?P<after> or (?:more|so|fewer|less)\b|\+)?(?P<unit>{unit})?(?P<age>[- ]years?[- ]olds?\b| years? of age\b)?{RATE}?",
        re.IGNORECASE | re.ASCII,
    )


_FRACTION = re.compile(
    r"(?:(?P<bound>about|nearly|almost|more than|over|less than|at least|up to|around|roughly|some) )?"
    r"(?<![-\w])(?:(?P<count>an?|one|two|three|four|five|seven|nine)[- ](?P<part>third|quarter|fifth|sixth|eighth|tenth)s?(?= (?:of|the)\b)|(?P<fold>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|a hundred)[- ]?fold\b|(?<!first )(?<!second )(?<!latter )(?<!other )(?P<half>half)(?= (?:of|the|its|his|their|all)\b))",
    re.IGNORECASE,
)


_HINT = re.compile(rf"\d|\b(?:{'|'.join((*ONES, *TEENS, *TENS, *SCALES))}|dozens|hundreds|thousands|millions|billions|couple|few|several|half)\b|[Pp]er ?cent|sub-", re.IGNORECASE)


def find_quantities(text: str, taken: list[tuple[int, int]] | None = None) -> list[QuantityMatch]:
    """All quantities of a text outside the `taken` spans (times, names with numbers), left to right."""
    blocked = taken or []
    found = [match for start, end in windows(text, _HINT) for match in _scan(text, start, end) if _is_count(text, match)]
    found += [match for m in _FRACTION.finditer(text) if (match := _read_fraction(m))]
    clear = sorted((match for match in found if all(match.number_end <= start or match.number_start >= end for start, end in blocked)), key=lambda match: match.start)
    return list(_moved(text, _settle_dollars(text, clear)))


_DOLLARS = frozenset(["AUD", "CAD", "HKD", "NZD", "SGD", "TWD"])
_BARE_DOLLAR = re.compile(r"(?<![A-Za-z])(?<!US )(?<!HK )\$|(?<!US )(?<!U\.S\. )(?<!American )\b(?:dollars?|cents?|bucks?)\b", re.IGNORECASE)


def _settle_dollars(text: str, matches: list[QuantityMatch]) -> list[QuantityMatch]:
    """A dollar without a state is the one state's whose dollars the text names, if it names one and not the American too;
    else it is taken for the American. Either way the basis is said."""
    bare = {match.start for match in matches if match.quantity.unit == "USD" and _BARE_DOLLAR.search(text, match.start, match.end)}
    if not bare:
        return matches
    named = {match.quantity.unit for match in matches if match.quantity.unit in _DOLLARS}
    american = any(match.quantity.unit == "USD" and match.start not in bare for match in matches)
    code, basis = (named.pop() or "USD", "the only dollars that the text names") if len(named) == 1 and not american else ("USD", "a dollar without a state")
    return [replace(match, quantity=replace(match.quantity, unit=code, unit_basis=basis)) if match.start in bare else match for match in matches]


def _scan(text: str, start: int, end: int) -> Iterator[QuantityMatch]:
    """The matches between two places. What looks like a range and is two numbers ("fell $2 to $40", "US$60 or A$90") is read
    again up to its link, and from there on."""
    while m := _pattern().search(text, start, end):
        if m["high"] and _are_two(text, m):
            yield from _scan(text, m.start(), m.start("link"))
            start = m.end("link")
            continue
        if match := _read(m):
            yield match
        start = max(m.end(), m.start() + 1)


def _are_two(text: str, m: re.Match[str]) -> bool:
    first, second = ((m[name] or "").strip().upper() for name in ("money", "money2"))
    if first and second and first != second:
        return True
    has_unit = bool(m["money"] or m["percent"] or m["lowunit"])
    move = _MOVE.search(text, max(0, m.start() - 40), m.start())
    return has_unit and m["link"].strip() == "to" and move is not None and move["way"] in ("", " by") and not m[0].lower().startswith("from ")


def _moved(text: str, matches: list[QuantityMatch]) -> Iterator[QuantityMatch]:
    """The matches with how their numbers moved: by the verb right before, or as the other end or the other unit of the one
    before ("fell from 40 at noon to 35", "down 2 points, or 0.1%")."""
    before: QuantityMatch | None = None
    for match in matches:
        change = match.quantity.change or _change(text, match) or (_carried(text, before, match) if before else None)
        before = replace(match, quantity=replace(match.quantity, change=change))
        yield before


_OTHER_UNIT = re.compile(r"(?: \w+)?(?:,? or| \() ?")


def _carried(text: str, before: QuantityMatch, match: QuantityMatch) -> str | None:
    verb, _, way = (before.quantity.change or "").partition(" ")
    between = text[before.end : match.start]
    if way == "from" and between.endswith(" to ") and "." not in between.removesuffix(" to ").replace("a.m.", "").replace("p.m.", ""):
        return f"{verb} to"
    if way == "to" and between.strip() == "from":
        return f"{verb} from"
    return before.quantity.change if way == "by" and _OTHER_UNIT.fullmatch(between) else None


def _change(text: str, match: QuantityMatch) -> str | None:
    """The verb or adverb of change right before the number."""
    move = _MOVE.search(text, max(0, match.start - 40), match.start)
    if move is None:
        return None
    adverb = (move["rose"] or move["fell"]).lower() in ("up", "down")
    if move["way"] == "" and not adverb and not _is_amount(match.quantity):
        return None  # "lost 40 kilometres of track": no change of a quantity
    if move["way"] == "" and match.quantity.unit is None and (move["rose"] or move["fell"]).lower() in _TRANSITIVE:
        return None  # "lost 40 men"
    if move["way"] == "" and adverb and not _STANDS.search(text, max(0, move.start() - 20), move.start()):
        return None  # "gave up 40 seats"
    return f"{'rose' if move['rose'] else 'fell'} {move['way'].strip() or 'by'}"


_TRANSITIVE = frozenset("lose loses lost losing shed sheds shedding added gain gains gained gaining expanded".split())
_STANDS = re.compile(
    r"(?:\A|\n|[,(:–—] ?|\b(?:is|are|was|were|be|been|being|ended|ends|closed|closing|finished|opened|trading|traded|moved|went|inched|edged|ticked|currently|just|now|shares|index|rate)\s)\Z",
    re.IGNORECASE,
)


def _is_amount(quantity: Quantity) -> bool:
    return quantity.unit is None or quantity.unit in ("percent", "fraction", "times", "basis point") or quantity.unit.isupper()


def _read_fraction(m: re.Match[str]) -> QuantityMatch:
    """ "nearly two-thirds of", "half the", and the multiple of "more than sixfold"."""
    bound = BOUNDS[m["bound"].lower()] if m["bound"] else "exact"
    if m["fold"]:
        return QuantityMatch(m.start(), m.end(), m.start("fold"), m.end(), _bounded(parse_number(m["fold"].lower()) or 1, bound, "times", None))
    share = _FRACTIONS[(m["half"] or m["part"]).lower()] * (1 if m["half"] else parse_number(m["count"].lower()) or 1)
    begin = m.start("half") if m["half"] else m.start("count")
    return QuantityMatch(m.start(), m.end(), begin, m.end(), _bounded(share, bound, "fraction", None))


def _read(m: re.Match[str]) -> QuantityMatch | None:
    unit = _unit(m)
    per = m["per"].lower() if m["per"] else None
    if m["vague"]:
        quantity: Quantity | None = Quantity(VAGUE[m["vague"].lower()], None, "at least", unit, per)
        begin, end = m.span("vague")
    else:
        quantity = _range(m, unit, per)
        begin, end = m.start("low"), m.end("high") if m["high"] else m.end("low")
    if quantity is None:
        return None
    if m["minus"] and not m["high"]:
        quantity = replace(quantity, least=-quantity.most if quantity.most else None, most=-quantity.least if quantity.least else None)
        begin = m.start("minus")
    if m["plus"] and unit == "percent":
        quantity = replace(quantity, change="rose by")
    if unit in ("USD", "GBP", "EUR") and _SMALL_COIN.search(m["unit"] or m["highunit"] or m["lowunit"] or ""):
        quantity = replace(quantity, least=_hundredth(quantity.least), most=_hundredth(quantity.most))
    if m["age"]:
        quantity = replace(quantity, unit="year", scope="age")
    start = m.start("bound") if m["bound"] else m.start("between") if m["between"] else m.start("money") if m["money"] else begin
    return QuantityMatch(start, m.end(), begin, end, quantity)


_SMALL_COIN = re.compile(r"cents?\b|pence\b|¢", re.IGNORECASE)


def _hundredth(value: float | None) -> float | None:
    """45 cents are 0.45 dollars."""
    return None if value is None else round(value / 100, 9)


def _range(m: re.Match[str], unit: str | None, per: str | None) -> Quantity | None:
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
    if m["high"] and scale and not re.search(r"[a-z]$", m["low"], re.IGNORECASE) and low < high and (scaled := parse_number(f"{m['low']} {scale[1]}") or low) <= high:
        low = scaled  # "2 to 3 million": both in millions
    if m["high"] and m["suffix2"] and not m["suffix"] and low < high and (scaled := _scaled(m["low"], m["suffix2"]) or low) <= high:
        low = scaled  # "$2-3bn"
    if low > high:  # "from 9 to 6 percent" moved from one to the other
        if not m[0].lower().startswith("from "):
            return None
        return Quantity(high, low, "range", unit, per, change="fell from")
    if low != high:  # a bounded range ("at least 340 to 380") keeps both numbers, and its bound says which side is open
        return Quantity(low, high, "range" if bound == "exact" else bound, unit, per)
    return _bounded(low, bound, unit, per)


def _scaled(text: str, suffix: str | None) -> int | float | None:
    value = parse_number(text)
    return value * _SUFFIXES[suffix.lower()] if value is not None and suffix else value


def _bounded(value: float, bound: str, unit: str | None, per: str | None) -> Quantity:
    least = None if bound in ("at most", "less than") else value
    most = None if bound in ("at least", "more than") else value
    return Quantity(least, most, bound, unit, per)


def _unit(m: re.Match[str]) -> str | None:
    after = m["unit"] or m["highunit"] or (m["lowunit"] if m["high"] or not m["unit"] else None)
    named = re.sub(r"^ ?of|^[-\s]+", "", re.sub(r"\s+", " ", after)).strip() if after else None
    if m["money"]:
        sign = m["money"].upper().replace(" ", "")
        named_code = currency_of(named) if named and sign == "$" else None
        return named_code or currency_signs().get(sign, sign)
    if m["percent"] and not named:
        return "percent"
    if named is None:
        return None
    if named == "¢":
        return "USD"
    if named.lower() in ("%", "percent", "per cent") or "percentage" in named.lower():
        return "percent"
    return currency_of(named) or currency_signs().get(named.upper()) or measure_of(named) or named.lower()


def _is_count(text: str, match: QuantityMatch) -> bool:
    """Not an ordinal, a version, a document number or a part of a name ("COVID-19", "Resolution 2397", "5G")."""
    opening = match.start if match.quantity.unit and match.quantity.unit.isupper() else match.number_start
    before = text[max(0, opening - 24) : opening]
    if _NO_COUNT_AFTER.match(text, match.number_end) and match.end == match.number_end:
        return False
    return text[match.start : match.start + 4].lower() == "sub-" or not _NO_COUNT_BEFORE.search(before)


_NO_COUNT_AFTER = re.compile(r"(?:st|nd|rd|th)\b|[A-Za-z]|[./:]\d|[- ](?:thirds?|half|halves|fifths?|eighths?|tenths?)\b|[- ]quarters? of\b")
_NO_COUNT_BEFORE = re.compile(r"(?:\b(?:Resolution|resolution|Article|article|No\.|number|Order|Decree|Route|Flight|Room|page|chapter)\s|(?<!minus)[A-Za-z][-–] ?|[\d./:#]|\w)$")


def multiply(count: Quantity, size: Quantity) -> Quantity:
    """So many of such a size: the bounds multiplied, as vague as the vaguer of the two, marked as derived."""
    least = None if count.least is None or size.least is None else count.least * size.least
    most = None if count.most is None or size.most is None else count.most * size.most
    bound = "exact" if (count.bound, size.bound) == ("exact", "exact") else "range" if least != most else "about"
    if least is None or most is None:
        bound = "at most" if least is None else "at least"
    return Quantity(least, most, bound, size.unit, scope="total", derived=True)


def with_unit(quantity: Quantity, unit: str | None, scope: str | None = None) -> Quantity:
    """The quantity with what it counts, unless the words already gave a unit."""
    return replace(quantity, unit=quantity.unit or unit, scope=scope or quantity.scope)
