"""Where a grammar need look: stretches of a text around what hints at it. A long text is then no dearer than what it holds."""

import re
from collections.abc import Iterator

_BACK, _AHEAD = 64, 72  # characters: how far the words of a value reach before and after its hint


def windows(text: str, hint: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Start and end of the stretches around each hint, those that touch as one; each ends between two words."""
    start = end = -1
    for m in hint.finditer(text):
        if m.start() - _BACK > end:
            if end > 0:
                yield start, min(end, len(text))
            start = max(0, m.start() - _BACK)
        end = max(end, m.end() + _AHEAD)
        while end < len(text) and text[end].isalnum():
            end += 1
    if end > 0:
        yield start, min(end, len(text))
