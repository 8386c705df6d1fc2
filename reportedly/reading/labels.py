"""Who has the floor: the labels that open the turns of a transcript or an interview ("Q:", "HOST:", "Albano:")."""

import re
from collections import Counter

from reportedly.values import find_place

_LABEL = re.compile(
    r"(?:(?P<letter>[QA])(?:[:.]|\s[–—-])|(?P<name>[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|for|the|de|van|al)){0,6}(?:, [\w .'’-]{1,40})?(?: \([^()\n]{1,30}\))?)\s?:)[ \t]+(?=\S)"
)
_ROLES = frozenset("question answer interviewer interviewee host anchor presenter reporter correspondent moderator narrator journalist newsreader caller voiceover".split())
_NO_SPEAKERS = re.compile(
    r"^(?:(?:editor|author|translator)['’]?s? )?(?:note|update|updated|correction|clarification|warning|watch|read|photo|summary|background|analysis|opinion|exclusive|breaking|key points?)s?$",
    re.I,
)


def find_labels(paragraphs: list[str]) -> list[int]:
    """For each paragraph the length of the speaker's label that opens it, blanks after it included; 0 where there is none.

    Letters count where both Q and A occur; names where the text has two turns of a speaker's kind: names in capitals, the
    parts that broadcasts name ("HOST"), or names that come again beside others. A list of facts ("Pay: 600 dollars") has none.
    """
    found = [_LABEL.match(paragraph) for paragraph in paragraphs]
    letters = {m["letter"] for m in found if m and m["letter"]}
    names = Counter(m["name"] for m in found if m and m["name"] and _may_name(m["name"]))
    loud = [name for name in names if _is_loud(name)]
    again = [name for name in names if names[name] > 1]
    turns = letters >= {"Q", "A"} or sum(names[name] for name in loud) >= 2
    heard = set(names) if turns or (again and len(names) > 1) else set()
    heard = {name for name in heard if turns or name in again or _is_loud(name)}
    return [m.end() if m and ((m["letter"] and letters >= {"Q", "A"}) or m["name"] in heard) else 0 for m in found]


def _may_name(name: str) -> bool:
    return not _NO_SPEAKERS.match(name) and find_place(name.title()) is None  # "NEW DELHI: " opens a dispatch


def _is_loud(name: str) -> bool:
    letters = [mark for mark in name.partition("(")[0].partition(",")[0] if mark.isalpha()]
    return (len(letters) > 1 and all(mark.isupper() for mark in letters)) or name.partition(" ")[0].lower() in _ROLES
