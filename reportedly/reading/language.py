"""Which language a text is in."""

import re

_ENOUGH = 12  # words; below that the model guesses, and a short Latin-script text is taken for English


def find_language(text: str) -> str | None:
    """ISO 639-1 code of a text, None where it holds no words."""
    sample = text[:4000]
    words = re.findall(r"[^\W\d_]+", sample)
    if not words:
        return None
    if len(words) < _ENOUGH and all(word.isascii() for word in words):
        return "en"
    import py3langid  # loads its model on import

    return str(py3langid.classify(sample)[0])
