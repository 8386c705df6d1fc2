"""Which language a text is in."""

import re

_ENOUGH = 12  # words; below that the model guesses, and one English function word settles it
_PLAINLY = 0.2  # of the words, English function words: in English they are a third, in no other language a tenth
ENGLISH = frozenset("the of and to is are was were a an with they he she it that this by from not has have had will said says told met reported police officials".split())
_OTHERS = frozenset("der die das und ist sind haben am im nicht le les des est une dans el los las una il gli che het een wordt og och jest nie".split())


def find_language(text: str) -> str | None:
    """ISO 639-1 code of a text, None where it holds no words."""
    sample = text[:4000]
    words = re.findall(r"[^\W\d_]+", sample)
    if not words:
        return None
    said = {word.lower() for word in words}
    latin = sum(word.isascii() for word in words) * 2 > len(words)
    if latin and len(words) < _ENOUGH and (ENGLISH & said or not _OTHERS & said):
        return "en"
    if latin and sum(word.lower() in ENGLISH for word in words) > _PLAINLY * len(words):
        return "en"
    import py3langid  # loads its model on import

    return str(py3langid.classify(sample)[0])
