"""What a sentence is held against: the claims of a view, what the case derives from them, and how their sources were rated."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reportedly.briefs.document import sentences_of
from reportedly.briefs.forms import read_form
from reportedly.briefs.sections import Told, write_sections
from reportedly.records import Dated, Event, Origins


@dataclass(frozen=True)
class Ground:
    """Claims by id; the event of each claim; how many origins stand behind the answer that a claim gives for a role; the sentences that
    the case derives (a plan is overdue, two values exclude each other), each with the claims that it cites (two happenings may give one sentence); and the grades by name."""

    lines: Mapping[str, Dated]
    events: Mapping[str, Event]
    origins: Mapping[tuple[str, str], Origins]
    derived: Mapping[str, frozenset[frozenset[str]]]
    grades: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str) -> list[Dated]:
        """The claims whose id begins so."""
        if (whole := self.lines.get(name)) is not None:
            return [whole]
        if len(name) < _SHORTEST:
            return []
        first = bisect_left(self.ids, name)
        return [self.lines[one] for one in self.ids[first : bisect_left(self.ids, name + "\U0010ffff")]]

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the claims, sorted."""
        return sorted(self.lines)

    def beside(self, cited: Sequence[Dated]) -> list[Dated]:
        """The claims of the reports of some claims."""
        return [line for report in dict.fromkeys(one.claim.report for one in cited) for line in self.by_report[report]]

    @cached_property
    def by_report(self) -> Mapping[str, list[Dated]]:
        """The claims of each report."""
        found: dict[str, list[Dated]] = defaultdict(list)
        for line in self.lines.values():
            found[line.claim.report].append(line)
        return found


_SHORTEST = 6  # of the beginning of a claim's id that is taken for it


def lay_ground(told: Told, grades: Mapping[str, str]) -> Ground:
    """The ground of what a brief would tell."""
    made = told.reconciled
    origins = {(claim, finding.role): answer.origins for finding in made.findings for answer in finding.answers for claim in answer.claims}
    derived: dict[str, frozenset[frozenset[str]]] = {}
    for sentence in sentences_of(write_sections(told)):
        if read_form(sentence.text) is None:
            derived[sentence.text] = derived.get(sentence.text, frozenset()) | {frozenset(sentence.cites)}
    return Ground(told.lines, {claim: event for event in made.events for claim in event.claims}, origins, derived, grades)
