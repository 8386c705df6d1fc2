"""What some say is so and others say is not: claims of one frame with opposite polarity that share what they speak of, wherever their
events stand."""

import re
from collections import Counter, defaultdict
from datetime import timedelta

from reportedly.reconciling.dating import published_day, reading_order
from reportedly.reconciling.findings import WHETHER, Count, state_of
from reportedly.reconciling.relations import Said
from reportedly.records import STAGES, Answer, Dated, Filler, Finding, Relation
from reportedly.values.places import fold

_YET = re.compile(r"\b(?:yet|so far|until now|how (?:much|many))\b", re.IGNORECASE)  # what has not happened yet is no denial; what is asked, no claim
_TOLD = ("occurred", "ongoing", "planned", "required", "predicted")
_WHOSE = ("people", "group", "actor", "holder", "payer", "earner", "selector", "sender")  # of another group, what is denied is another thing
_PLACES = ("destination", "origin", "via", "place", "time")  # many things happen there and then
_ANYBODY = frozenset(
    "it they them this that these those he she who which what worker workers people person men women labourers laborers residents families soldiers others some many".split()
)
_NEAR = timedelta(days=180)  # between reports, beyond which a thing may have changed
_Thing = tuple[str, str, str]  # frame, role, head
_MOST = 200  # claims of one frame that share a word, of which more say nothing new


class Denials:
    """The claims that can say or deny a thing, by what they speak of; told of those that come and go."""

    def __init__(self) -> None:
        self._sharing: dict[_Thing, dict[str, Dated]] = defaultdict(dict)
        self._denied: dict[str, Counter[_Thing]] = defaultdict(Counter)  # by frame how many deny each thing

    def add(self, dated: Dated) -> None:
        """Take a claim in."""
        for key in _things(dated):
            self._sharing[key][dated.claim.id] = dated
            self._denied[key[0]][key] += dated.claim.polarity == "negative"

    def remove(self, dated: Dated) -> None:
        """Forget a claim that was taken in."""
        for key in _things(dated):
            self._denied[key[0]][key] -= dated.claim.polarity == "negative"
            del self._sharing[key][dated.claim.id]
            if not self._sharing[key]:
                del self._sharing[key], self._denied[key[0]][key]

    def find(self, frame: str, count: Count) -> list[Finding]:
        """A finding of each thing of a frame that is both said and denied, with the claims of both sides; by smallest claim id. The
        shared filler in most words names it."""
        seen: set[str] = set()
        found = []
        keys = [key for key, denied in self._denied[frame].items() if denied]
        for key in sorted(keys, key=lambda one: (len(self._sharing[one]), one)):  # the most telling first: what fewest speak of
            sharing = sorted(self._sharing[key].values(), key=reading_order)
            denied = [one for one in sharing if one.claim.polarity == "negative" and one.claim.id not in seen]
            said = [one for one in sharing if one.claim.polarity == "positive"][:_MOST]
            said = [one for one in said if any(_is_of_same(one, other) for other in denied)]
            if denied and said:
                seen |= {one.claim.id for one in denied}
                found.append(_make_finding(frame, key[2], said, denied, count))
        return sorted(found, key=lambda one: one.event)


def _things(dated: Dated) -> set[_Thing]:
    """The heads of what fills the roles of a claim that says something for certain, each with frame and role: not of whom it is said, nor
    where."""
    claim = dated.claim
    if claim.playbook is None or claim.known != "stated" or claim.status not in _TOLD or claim.certainty == "possible" or _YET.search(claim.quote):
        return set()
    roles = ((role, fillers) for role, fillers in claim.roles.items() if role not in _WHOSE and role not in _PLACES)
    return {
        (claim.frame, role, head)
        for role, fillers in roles
        for filler in fillers
        if filler.quantity is None and filler.time is None and (head := _head(filler)) and head not in _ANYBODY
    }


def _is_of_same(one: Dated, other: Dated) -> bool:
    """Whether two claims of two reports near in time can be of the same people: what one group does is not denied by what another does
    not, and a counted group is one of many."""
    days = [published_day(dated) for dated in (one, other)]
    far = days[0] is not None and days[1] is not None and abs(days[0] - days[1]) > _NEAR
    if far or one.report.id == other.report.id or _counts_people(one) or _counts_people(other):
        return False
    for role in _WHOSE:
        mine, theirs = ({_head(filler) for filler in dated.claim.roles.get(role, ())} - {""} for dated in (one, other))
        if mine and theirs and not mine & theirs:
            return False
    return True


def _counts_people(dated: Dated) -> bool:
    return any(filler.quantity is not None or any(mark.isdigit() for mark in filler.text) for role in _WHOSE for filler in dated.claim.roles.get(role, ()))


def _head(filler: Filler) -> str:
    """The last word of a phrase before its first preposition, or of its usual name."""
    words = fold(filler.name or filler.text).split()
    cut = next((number for number, word in enumerate(words) if number and word in ("of", "in", "on", "to", "for", "by", "from", "with", "at")), len(words))
    return words[cut - 1] if words else ""


def _make_finding(frame: str, thing: str, said: list[Dated], denied: list[Dated], count: Count) -> Finding:
    sides = [sorted(side, key=_told) for side in (said, denied)]
    relations = tuple(_denies(one, sides[0][0]) for one in sides[1])
    answers = tuple(_answer(side, count) for side in sides)
    chains = {Said(Filler("", 0, 0), None, one).chain for side in sides for one in side}
    event = min(dated.claim.id for side in sides for dated in side)
    return Finding(event, frame, f"{frame}: {thing}", WHETHER, "revised" if len(chains) == 1 else state_of(answers, relations), answers, relations)


def _told(dated: Dated) -> tuple[str, str]:
    when = dated.report.published.when
    return when.edtf if when else "9999", dated.claim.id


def _denies(one: Dated, other: Dated) -> Relation:
    words = [f"“{dated.claim.quote}” ({dated.claim.voice[0].name or dated.claim.voice[0].text}, {_told(dated)[0].replace('9999', 'undated')})" for dated in (other, one)]
    return Relation(one.claim.id, other.claim.id, WHETHER, "denies", f"{words[0]} and {words[1]}: one says so, the other says not")


def _answer(side: list[Dated], count: Count) -> Answer:
    first = side[0].claim
    days = [when.latest for dated in side if (when := dated.report.published.when) and when.latest]
    status = min((dated.claim.status for dated in side), key=STAGES.index)
    filler = Filler(first.quote, first.start, first.end)
    return Answer(filler, None, status, first.polarity, count(side), tuple(sorted(one.claim.id for one in side)), min(days, default=None), max(days, default=None))
