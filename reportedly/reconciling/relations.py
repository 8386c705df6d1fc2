"""How two answers to one question stand to each other, with one sentence that names both. Numbers are compared within one scope and
times as intervals; what can be true together is no conflict."""

from dataclasses import dataclass
from datetime import date

from reportedly.reconciling.dating import published_day
from reportedly.records import Dated, Filler, Relation
from reportedly.values import Quantity, When
from reportedly.values.places import fold

_STAGES = {"occurred": "told", "ongoing": "told", "planned": "ahead", "required": "ahead", "predicted": "ahead", "considered": "weighed", "hypothetical": "weighed"}
_ABOUT = 0.1  # "about 300" is taken to leave a tenth either way open: reporters round to the leading digit
_SLIP_OF_THE_PEN = 100  # times the other number, from which a missing or doubled group of zeros is likelier than news
_Ends = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Said:
    """What one claim gives for a role, with its resolved time."""

    filler: Filler
    when: When | None
    dated: Dated

    @property
    def stage(self) -> str:
        """told, ahead or weighed: what has happened is not measured against what is only planned, nor one option against another."""
        return _STAGES[self.dated.claim.status]

    @property
    def chain(self) -> tuple[str, str]:
        """Outlet and named voice: a later value of one chain revises, of another it conflicts. The unnamed voices of an outlet and the
        outlet itself are one chain, for nobody can tell them apart."""
        voice = self.dated.claim.voice[0]
        outlet = fold(self.dated.report.outlet or self.dated.report.id).removeprefix("the ")
        return outlet, fold(voice.name or voice.text).removeprefix("the ") if voice.kind in ("named", "organisation", "document", "report") else ""

    @property
    def day(self) -> date | None:
        """The day of the report."""
        return published_day(self.dated)

    @property
    def words(self) -> str:
        """The value as the report has it, with who says so and when."""
        voice = self.dated.claim.voice[0]
        return f"“{self.filler.text}” ({voice.name or voice.text}, {self.day or 'undated'})"


def relate(role: str, one: Said, other: Said) -> Relation | None:
    """How the later of two values stands to the earlier; None where both can be true, or cannot be compared. One claim says nothing
    against itself, and "now" is the time of speaking."""
    if one.dated.claim.id == other.dated.claim.id or _is_now(one) or _is_now(other):
        return None
    first, later = sorted((one, other), key=lambda said: (str(said.day or "9999"), said.dated.claim.id))
    both = f"{first.words} and {later.words}"
    if first.stage == later.stage and first.dated.claim.polarity != later.dated.claim.polarity and _is_same_value(first, later):
        return _relation(later, first, role, "denies", f"{both}: one says so, the other says not")
    if first.dated.claim.polarity == "negative" or later.dated.claim.polarity == "negative":
        return None
    compared = compare(first, later)
    if compared == "scope":
        return _relation(later, first, role, "scope-differs", f"{both}: of another scope, rate or kind, and not compared")
    if compared == "apart":
        return _relate_apart(role, first, later, both)
    if compared in ("narrower", "wider") and first.stage == later.stage:
        narrow, wide = (later, first) if compared == "narrower" else (first, later)
        return _relation(narrow, wide, role, "refines", f"{narrow.words} lies within {wide.words}")
    return None


def _is_now(said: Said) -> bool:
    return said.filler.time is not None and said.filler.text.lower() in ("now", "right now", "currently", "at present", "already", "today")


def _relation(source: Said, target: Said, role: str, kind: str, why: str) -> Relation:
    return Relation(source.dated.claim.id, target.dated.claim.id, role, kind, why)


def _relate_apart(role: str, first: Said, later: Said, both: str) -> Relation | None:
    """Two values that cannot both be true."""
    slip = _slip(first, later) if first.dated.report.id != later.dated.report.id else None
    if slip is not None and (first.stage, later.stage) in (("ahead", "ahead"), ("ahead", "told")):
        return _relation(later, first, role, "slips", f"{both}: {slip} days later than was said")
    if first.stage != later.stage or first.stage == "weighed":
        return None
    if first.dated.report.id == later.dated.report.id and first.chain == later.chain:
        return _relation(later, first, role, "scope-differs", f"{both}: one report says both, so they speak of two things, or of one at two times")
    often = _how_often(first, later)
    slip_of_pen = f"; one is {often:,.0f} times the other, perhaps a slip of the pen" if often >= _SLIP_OF_THE_PEN else ""
    if first.chain == later.chain and first.day is not None and later.day is not None and first.day < later.day:
        return _relation(later, first, role, "revises", f"{both}: the same chain says otherwise later{slip_of_pen}")
    return _relation(later, first, role, "contradicts", f"{both}: both cannot be true{slip_of_pen}")


def _slip(first: Said, later: Said) -> int | None:
    """By how many days a time lies after the one said before; None where it does not."""
    if first.when is None or later.when is None or first.when.latest is None or later.when.earliest is None or later.when.earliest <= first.when.latest:
        return None
    return ((later.when.latest or later.when.earliest) - first.when.latest).days


def _is_same_value(one: Said, other: Said) -> bool:
    if (compared := compare(one, other)) is not None:
        return compared in ("same", "narrower", "wider")
    return fold(one.filler.name or one.filler.text) == fold(other.filler.name or other.filler.text)


def compare(one: Said, other: Said) -> str | None:
    """same, narrower (the other within the one), wider, overlapping or apart; scope where they measure different things of one unit; None
    where there is nothing to compare."""
    mine, theirs = one.filler.quantity, other.filler.quantity
    if mine is not None and theirs is not None:
        if mine.unit != theirs.unit or mine.change != theirs.change:
            return None
        if (mine.per, mine.scope, mine.flow) != (theirs.per, theirs.scope, theirs.flow):
            return "scope"
        return _compare_ends(_ends(mine), _ends(theirs))
    if one.when is None or other.when is None or not one.when.edtf or not other.when.edtf:
        return None
    return _compare_ends(_days(one.when), _days(other.when))


def _days(when: When) -> _Ends:
    return when.earliest.toordinal() if when.earliest else None, when.latest.toordinal() if when.latest else None


def _ends(quantity: Quantity) -> _Ends:
    """The bounds of a number; those of an approximate one a tenth wider."""
    if quantity.bound != "about" or quantity.least is None or quantity.most is None:
        return quantity.least, quantity.most
    return quantity.least * (1 - _ABOUT), quantity.most * (1 + _ABOUT)


def _compare_ends(mine: _Ends, theirs: _Ends) -> str:
    low, high = (float("-inf") if end[0] is None else end[0] for end in (mine, theirs)), (float("inf") if end[1] is None else end[1] for end in (mine, theirs))
    (my_low, their_low), (my_high, their_high) = low, high
    if my_high < their_low or their_high < my_low:
        return "apart"
    if (my_low, my_high) == (their_low, their_high):
        return "same"
    if my_low <= their_low and their_high <= my_high:
        return "narrower"
    return "wider" if their_low <= my_low and my_high <= their_high else "overlapping"


def _how_often(one: Said, other: Said) -> float:
    """How many times the smaller of two numbers the larger is; 1 where they are none."""
    ends = [said.filler.quantity.least for said in (one, other) if said.filler.quantity is not None and said.filler.quantity.least]
    return max(ends) / min(ends) if len(ends) == 2 else 1.0
