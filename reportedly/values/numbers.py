"""Cardinal numbers in words and digits: the part of the grammar that times and quantities share."""

import re

ONES = {
    word: value
    for value, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split())
}
TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000}
ORDINALS = {word: value for value, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1)}

_SMALL = "|".join(sorted((*ONES, *TENS), key=len, reverse=True))
_SCALE = "|".join(SCALES)
# Digits are bounded so that a 400-digit number costs no more than its length.
DIGITS = r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|(?<![\d.,])\d{1,15}(?:\.\d{1,9})?(?![\d])"
WORDS = rf"(?:(?:{_SMALL}|a(?= (?:{_SCALE})\b))(?:[- ](?:{_SMALL}))?(?: (?:{_SCALE})\b)*(?:(?: and)? (?:{_SMALL})(?:[- ](?:{_SMALL}))?(?: (?:{_SCALE})\b)*)*)"
NUMBER = rf"(?:\bhalf a dozen\b|(?:{DIGITS})(?:[ -](?:{_SCALE}|mn|bn)\b)*|\b{WORDS}\b)"


def parse_number(text: str) -> int | float | None:
    """The value of a cardinal: "1,200", "2.5 million", "twenty-five", "two hundred and six". None if it is none."""
    if text.strip().lower() == "half a dozen":
        return 6
    total, group, seen = 0.0, 0.0, False
    for word in re.split(r"[\s-]+", text.strip().lower()):
        value = _value_of(word)
        if value is not None:
            group, seen = group + value, True
        elif word in SCALES or word in ("mn", "bn"):
            scale = SCALES[{"mn": "million", "bn": "billion"}.get(word, word)]
            if scale <= 100:
                group = (group or 1) * scale
            else:
                total, group = total + (group or 1) * scale, 0.0
            seen = True
        elif word not in ("and", "a"):
            return None
    if not seen:
        return None
    number = total + group
    return int(number) if number == int(number) else number


def _value_of(word: str) -> float | None:
    if word in ONES:
        return float(ONES[word])
    if word in TENS:
        return float(TENS[word])
    digits = word.replace(",", "")
    return float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits, re.ASCII) else None
