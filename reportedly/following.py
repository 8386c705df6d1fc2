"""What is made of all claims of a case, brought from one view to the next: only what came, changed or went between the two is
made again. A command sees one view; a program that stays open sees many."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from reportedly.ledger import Ledger
from reportedly.lineage import Lineage, count_origins, find_families
from reportedly.lineage.dates import find_original_days
from reportedly.lineage.tells import find_tells, is_copy_of_unknown
from reportedly.reconciling.dating import date_claims
from reportedly.reconciling.reviews import Judgement, pairs
from reportedly.reconciling.standing import Standing
from reportedly.records import Claim, Dated, Inferred, Link, Reconciled, Report
from reportedly.values import When

Inferences = Mapping[str, Inferred]


class Following:
    """The links between reports and how their claims stand, as of the view and the log entry that were asked for last. `claims_of` gives
    the claims of a report in reading order, as their reviews left them; `reports_of` the reports that have a claim; `judged` how reviewed
    claims stand."""

    def __init__(
        self, ledger: Ledger, claims_of: Callable[[str], Sequence[Claim]], reports_of: Callable[[str], Iterable[str]], judged: Callable[[], Mapping[str, Judgement]]
    ) -> None:
        self._ledger = ledger
        self._claims_of, self._reports_of, self._judged = claims_of, reports_of, judged
        self._start()

    def _start(self) -> None:
        self._seen = 0
        self._judgements: Mapping[str, Judgement] = {}
        self._inferred: dict[str, Inferred | None] = {}  # of all reports of the last view
        self._reports: dict[str, Report] = {}
        self._lineage, self._unlinked = Lineage(), set[str]()
        self._standing, self._unreconciled = Standing(count_origins), set[str]()
        self._originals: dict[str, When] = {}
        self._degraded: set[str] = set()

    def links(self, reports: Mapping[str, Report], inferred: Inferences) -> list[Link]:
        """Which of some reports rest on which others; `inferred` are the days that undated ones were given."""
        with self._whole():
            self._follow(reports, inferred)
            return self._link()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What is interrupted in the middle is made anew next time."""
        try:
            yield
        except BaseException:
            self._start()
            raise

    def _link(self) -> list[Link]:
        changed = {report: self._reports.get(report) for report in sorted(self._unlinked)}
        self._lineage.take(changed, {report: self._claims_of(report) for report, now in changed.items() if now is not None})
        self._unlinked.clear()
        return self._lineage.links

    def reconcile(self, reports: Mapping[str, Report], inferred: Inferences, as_of: date | None, links: list[Link] | None) -> Reconciled:
        """The claims of some reports against each other as of a day; `links` where they are known already."""
        with self._whole():
            self._follow(reports, inferred)
            return self._reconcile(as_of, self._link() if links is None else [link for link in links if {link.source, link.target} <= self._reports.keys()])

    def _reconcile(self, as_of: date | None, links: list[Link]) -> Reconciled:
        originals = find_original_days(links, self._reports)
        again = self._unreconciled | {report for report in originals.keys() | self._originals.keys() if originals.get(report) != self._originals.get(report)}
        join, part = pairs(self._ledger.reviews())
        self._standing.take({report: self._date(report, originals) for report in again}, families=find_families(links), join=join, part=part, as_of=as_of)
        self._originals = originals
        for report in self._unreconciled:
            self._degraded.discard(report)
            if report in self._reports and is_copy_of_unknown(find_tells(self._reports[report])):
                self._degraded.add(report)
        self._unreconciled.clear()
        return self._tell(links)

    def _tell(self, links: list[Link]) -> Reconciled:
        made = self._standing
        return Reconciled(
            made.claims, tuple(made.events), tuple(made.bodies), tuple(made.plans), tuple(made.findings), tuple(made.decisions), tuple(links), frozenset(self._degraded)
        )

    def _date(self, report: str, originals: Mapping[str, When]) -> list[Dated]:
        return date_claims(self._claims_of(report), self._reports, originals) if report in self._reports else []

    def _follow(self, reports: Mapping[str, Report], inferred: Inferences) -> None:
        """Note what came, changed or went since the last view."""
        entries = self._ledger.entries_since(self._seen)
        if any(kind == "withholding" for _, kind, _ in entries) and self._seen:
            self._start()  # any entry may have lost words
        logged = {about for _, kind, about in entries if kind in ("report", "claims")}
        if any(kind == "review" for _, kind, _ in entries):
            before, self._judgements = self._judgements, self._judged()
            turned = {claim for claim in before.keys() | self._judgements.keys() if before.get(claim) != self._judgements.get(claim)} if self._seen else set()
            logged |= {report for claim in turned for report in self._reports_of(claim)}
        now = {report: inferred.get(report) for report in reports}
        changed = {report for report, one in now.items() if report in logged or report not in self._inferred or self._inferred[report] != one}
        gone = self._inferred.keys() - now.keys()
        self._reports |= {report: reports[report] for report in changed}
        for report in gone:
            del self._reports[report]
        self._inferred = now
        self._seen = max((seq for seq, _, _ in entries), default=self._seen)
        self._unlinked |= changed | gone
        self._unreconciled |= changed | gone
