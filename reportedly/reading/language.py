"""Which language a text is in."""

import re

_ENOUGH = 12  # words; below that the model guesses, and one English function word settles it
_ENGLISH = frozenset("the of and to is are was were a an with they he she it that this by from not has have had will".split())


def find_language(text: str) -> str | None:
    """ISO 639-1 code of a text, None where it holds no words."""
    sample = text[:4000]
    words = re.findall(r"[^\W\d_]+", sample)
    if not words:
        return None
    if len(words) < _ENOUGH and (len(words) < 4 or _ENGLISH & {word.lower() for word in words}) and all(word.isascii() for word in words):
        return "en"
    import py3langid  # loads its model on import

    return str(py3langid.classify(sample)[0])
