"""Which claims can have a say in each other's events: those that a chain of ties connects. Only they are joined anew when a claim comes
or goes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from reportedly.reconciling.events import SHORT, Pairs, Tie, makes_event, short_time, ties_of
from reportedly.records import Dated


class Ties:
    """The claims that make events, by what ties them."""

    def __init__(self) -> None:
        self._sharing: dict[tuple[str, Tie], dict[str, Dated]] = defaultdict(dict)
        self._starting: dict[tuple[str, int], dict[str, Dated]] = defaultdict(dict)  # by frame and first day of a short time

    def add(self, dated: Dated, families: Mapping[str, str]) -> None:
        """Take a claim in; `families` names for each copy the group that it is of."""
        for claims in self._places_of(dated, families):
            claims[dated.claim.id] = dated

    def remove(self, dated: Dated, families: Mapping[str, str]) -> None:
        """Forget a claim; `families` as they were when it came."""
        for claims in self._places_of(dated, families):
            claims.pop(dated.claim.id, None)

    def _places_of(self, dated: Dated, families: Mapping[str, str]) -> Iterator[dict[str, Dated]]:
        if makes_event(dated.claim):
            yield from (self._sharing[dated.claim.frame, tie] for tie in ties_of(dated, families))
            if (short := short_time(dated.when)) is not None:
                yield self._starting[dated.claim.frame, short[0].toordinal()]

    def reach(self, claims: Iterable[Dated], families: Mapping[str, str], joined: Pairs, by_id: Mapping[str, Dated]) -> dict[str, Dated]:
        """These claims and all that a chain of ties connects with them, an analyst's word among the ties."""
        partners: dict[str, set[str]] = defaultdict(set)
        for pair in joined:
            for one in pair:
                partners[one] |= pair & by_id.keys()
        found: dict[str, Dated] = {}
        used: set[int] = set()  # of the dictionaries walked through
        waiting = [dated for dated in claims if makes_event(dated.claim)]
        while waiting:
            dated = waiting.pop()
            if dated.claim.id in found:
                continue
            found[dated.claim.id] = dated
            waiting += self._neighbours(dated, families, used)
            waiting += [by_id[one] for one in partners.get(dated.claim.id, ())]
        return found

    def _neighbours(self, dated: Dated, families: Mapping[str, str], used: set[int]) -> Iterator[Dated]:
        for tie in ties_of(dated, families):
            sharing = self._sharing.get((dated.claim.frame, tie), {})
            if id(sharing) not in used:
                used.add(id(sharing))
                yield from sharing.values()
        if (short := short_time(dated.when)) is None:
            return
        start, end = (day.toordinal() for day in short)
        for day in range(start - SHORT.days, end + 1):
            starting = self._starting.get((dated.claim.frame, day))
            if starting is None or id(starting) in used:
                continue
            if day >= start:  # whatever begins within overlaps
                used.add(id(starting))
                yield from starting.values()
            else:
                yield from (other for other in starting.values() if (theirs := short_time(other.when)) is not None and theirs[1] >= short[0])
