"""Cardinal numbers in words and digits: the part of the grammar that times and quantities share."""

import re
from decimal import Decimal

ONES = {word: value for value, word in enumerate("zero one two three four five six seven eight nine".split())}
TEENS = {word: value for value, word in enumerate("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=10)}
TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "mn": 10**6, "bn": 10**9}
ORDINALS = {
    word: value
    for value, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1)
}  # fmt: skip
_LIMIT = 10**24  # beyond any count in news; above it a string of digits is something else

_UNITS = "|".join(ONES)
_SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{_UNITS}))?|{'|'.join(TEENS)}|{_UNITS})"
_BIG = r"(?:thousand|million|billion|trillion)"
_NOT_SCALE = r"(?![ -](?:dozen|hundred|thousand|million|billion|trillion)\b)"
_HUNDREDS = rf"(?:(?:{_SMALL}|a) hundred(?:(?: and)? {_SMALL}\b{_NOT_SCALE})?|{_SMALL})"
_GROUP = rf"(?:{_HUNDREDS}|a)(?: {_BIG})+"
WORDS = rf"(?:half an? (?:dozen|hundred|{_BIG})|(?:{_SMALL}|a) dozen\b|{_GROUP}(?:,? (?:and )?{_GROUP})*(?:(?: and)? {_HUNDREDS}\b{_NOT_SCALE})?|{_HUNDREDS}(?: and a half)?)"
# Thousands may be parted by commas or (hard, thin) spaces. Lengths are bounded: a 400-digit number costs no more than its length.
DIGITS = r"(?:(?<![\d.,])\d{1,3}(?:(?:,\d{3}){1,6}|(?:[ \u00a0\u202f]\d{3}){1,6})(?:\.\d{1,9})?(?!\d|,\d{3})|(?<![\d.,])\d{1,15}(?:\.\d{1,9})?(?!\d|,\d{3}))"
NUMBER = rf"(?:{DIGITS}(?: and a half|(?:[ -](?:dozen|hundred|thousand|million|billion|trillion|mn|bn)\b|(?:mn|bn)\b)*)|\b{WORDS}\b)"


def parse_number(text: str) -> int | float | None:
    """The value of a cardinal: "1,200", "2.5 million", "twenty-five", "two hundred and six", "one and a half".

    None if it is no cardinal or beyond 10^24.
    """
    words = re.sub(r"(?<=\d)(?=(?:mn|bn)\b)", " ", re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", text.strip().lower()))
    half = words.endswith(" and a half")
    total = _add_up(re.split(r"[\s,-]+(?!\d)", words.removesuffix(" and a half")))
    if total is None or total > _LIMIT:
        return None
    value = total + Decimal("0.5") if half else total
    return int(value) if value == int(value) else float(value)


def _add_up(words: list[str]) -> Decimal | None:
    total, group, seen = Decimal(0), Decimal(0), False
    for word in words:
        value = _value_of(word)
        if value is not None:
            group, seen = group + value, True
        elif word == "half":
            group = Decimal("0.5")
        elif word in SCALES:
            scale, seen = SCALES[word], True
            if scale <= 100:
                group = (group or Decimal(1)) * scale
            elif group or not total:
                total, group = total + (group or Decimal(1)) * scale, Decimal(0)
            else:
                total *= scale  # "a million million"
        elif word not in ("and", "a", "an", ""):
            return None
    return total + group if seen else None


def _value_of(word: str) -> Decimal | None:
    for table in (ONES, TEENS, TENS):
        if word in table:
            return Decimal(table[word])
    digits = word.replace(",", "")
    return Decimal(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits, re.ASCII) else None
