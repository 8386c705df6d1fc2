"""The whole way on one page: bytes to reports, reports to claims, both into the ledger, and back out as of a day.

    1. gather    paths → sources            (reading.gather)
    2. read      bytes → Report             (reading.read)
    3. understand Report → Claims           (understanding.read)
    4. store     both, whole or not at all  (ledger)
    5. view      what was known on a day    (records.View)
    6. reconcile claims → Links, Events, Findings, Plans  (following: lineage, reconciling)

What is asked of a case beyond its lists is `answering`; what people decide on it `deciding`; what leaves it `briefing`, `exporting` and `keeping`.
Every stage also yields leavings. `Case` is the Python API and does what the commands do.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from reportedly.errors import UnknownName
from reportedly.exports.back import read_lines
from reportedly.exports.rows import event_row, finding_row, plan_row, write_row
from reportedly.following import Following
from reportedly.ledger import Ledger, create_case, open_ledger, seal
from reportedly.ledger.canonical import read_canonical, write_canonical
from reportedly.ledger.derived import (
    INDEX,
    Index,
    find_reports_having,
    find_reports_of,
    list_frames,
    list_published,
    open_index,
    open_past_index,
    read_reconciled,
    rebuild_index,
    write_reconciled,
)  # fmt: skip
from reportedly.ledger.given_claims import Known, read_given
from reportedly.ledger.searching import Hit, Wanted, search_claims, search_reports
from reportedly.ledger.shelf import SHELF
from reportedly.ledger.stored import StoredReports
from reportedly.lineage.dates import infer_published
from reportedly.lineage.drift import find_drift
from reportedly.lineage.features import find_features
from reportedly.lineage.links import find_copies
from reportedly.lineage.tells import find_tells, is_copy_of_unknown
from reportedly.reconciling.actors import find_commands
from reportedly.reconciling.reviews import Judgement, apply_edits, judge
from reportedly.records import (
    Claim,
    Command,
    Dated,
    Drift,
    Event,
    Finding,
    Inferred,
    Leaving,
    Link,
    Plan,
    Published,
    Reconciled,
    Report,
    Tell,
    Value,
    View,
)
from reportedly.settings import Settings
from reportedly.understanding.reader import reader_name
from reportedly.values import When

if TYPE_CHECKING:  # these load what only reading needs; a list of claims starts in half the time without
    from reportedly.adding import Added, Progress
    from reportedly.playbooks.schema import Playbook
    from reportedly.reading import Given

Record = TypeVar("Record")
_ALL = 100_000  # hits of a search that is cut to a view afterwards
_TOGETHER = 16  # given claim sets that are committed together


def open_case(path: str | Path, settings: Settings | None = None, known_by: date | None = None) -> "Case":
    """An existing case; with `known_by` as its ledger stood at the end of that day (UTC). Raises LedgerProblem where there is
    none."""
    ledger = open_ledger(Path(path))
    if known_by is not None:
        ledger.known_by(known_by)
    return Case(ledger, settings or Settings())


def init_case(path: str | Path, title: str | None = None, settings: Settings | None = None, playbooks: tuple[str, ...] = ()) -> "Case":
    """A new, empty case, read with the playbooks named (shipped ones, or folders).

    Raises LedgerProblem where something else is there, BadPlaybook or UnknownName for the playbooks.
    """
    from reportedly.playbooks import SHIPPED, load_playbook

    for playbook in playbooks:
        load_playbook(playbook)
    create_case(Path(path), title, tuple(name if name in SHIPPED else str(Path(name).resolve()) for name in playbooks))
    return open_case(path, settings)


def read_report(source: bytes | str | Path, given: "Given | None" = None) -> Report:
    """The one report that bytes or a file are. Raises UnreadableReport."""
    from reportedly.reading import load_original, make_reading

    if isinstance(source, bytes):
        return make_reading(source, "bytes", given).report
    return make_reading(load_original(Path(source)), Path(source).name, given).report


def read_claims(report: Report | str, *, playbooks: tuple[str, ...] = (), published: str | None = None) -> list[Claim]:
    """The claims of a report, or of a text published on a day (YYYY, YYYY-MM or YYYY-MM-DD), with these playbooks."""
    from reportedly.adding import understand_reports
    from reportedly.reading import Given, make_reading

    if isinstance(report, str):
        report = make_reading(report.encode(), "text", Given(published=published)).report
    return list(understand_reports([report], Settings().batch_size, playbooks)[0].claims)


def read_values(report: Report, *, playbooks: tuple[str, ...] = ()) -> list[Value]:
    """Every time, length, quantity and place of a report, in reading order; places of these playbooks come before others."""
    from reportedly.playbooks import load_playbook
    from reportedly.understanding.measures import list_values
    from reportedly.understanding.parser import parse

    heads = [load_playbook(name).head for name in playbooks]
    return [value for passage in parse(iter([report])) for value in list_values(passage, [place for head in heads for place in head.places])]


KINDS = ("dates", "links", "events", "findings", "plans")  # of what is made of all claims and kept


class Case:
    """A case folder, open. Use as a context manager."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self.ledger = ledger
        self.settings = settings
        self._made: tuple[tuple[date | None, str | None, int], Reconciled] | None = None
        self._judgements: tuple[str, dict[str, Judgement]] | None = None
        self._following = Following(ledger, self.claims_of, self._reports_having, lambda: self._judged)  # by their days, also those that were inferred
        self._as_said = Following(ledger, self.claims_of, self._reports_having, lambda: self._judged)  # by the days that they bear

    @cached_property
    def reader(self) -> str:
        """What reads claims here: rules, model and playbooks with their versions."""
        from reportedly.playbooks import stamp

        return reader_name(*map(stamp, self.playbooks))

    @cached_property
    def playbooks(self) -> "list[Playbook]":
        """The playbooks that the case is read with."""
        from reportedly.playbooks import load_playbook

        return [load_playbook(name) for name in self.ledger.playbooks]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.ledger.__exit__(None, None, None)

    def add(
        self,
        paths: list[Path],
        *,
        manifest: Path | None = None,
        stdin: bytes | None = None,
        progress: "Progress | None" = None,
        readmit: bool = False,
        columns: Mapping[str, str] | None = None,
    ) -> "Added":
        """Read reports and their claims into the ledger. Of what is there already only the coming is logged; each report is stored
        whole or not at all; a file that cannot be read becomes a leaving and the others go on. What was withheld stays out,
        unless it is to be taken in again (`readmit`). `columns` names the columns of CSV and JSON lines, ours to theirs."""
        from reportedly.adding import Intake
        from reportedly.reading import gather_sources

        added = Intake(self.ledger, self.settings, self.reader, readmit=readmit, columns=columns or {}).add(gather_sources(paths, manifest, stdin), progress)
        self.open_index().close()  # so that the next question need not wait for it
        return added

    def add_given(self, path: Path) -> tuple[int, int]:
        """Take another reader's claims, JSON lines with the keys of `claims --json` or an export of them; they stand for ours of the same reports. A file
        with a mistake adds nothing. The numbers of reports and claims. Raises BadClaims with every mistake."""
        frames = {playbook.head.name: frozenset(one.frame for one in playbook.frames) for playbook in self.playbooks}
        with closing(self.open_index()) as index:
            sets = read_given(read_lines(path), path.name, Known(self.ledger.reports(), partial(find_reports_having, index), frames))
        for at in range(0, len(sets), _TOGETHER):
            with self.ledger.transaction():
                for claim_set in sets[at : at + _TOGETHER]:
                    self.ledger.add_claims(seal(claim_set))
        return len(sets), sum(len(one.claims) for one in sets)

    def open_index(self) -> Index:
        """The index of the case, brought up to its log. Raises LedgerProblem."""
        return open_index(self.ledger.path / "ledger.sqlite", self.ledger.path / INDEX)

    def view(self, as_of: date | None = None) -> View:
        """The reports known on a day, in the order of publication; those whose interval of publication straddles it are `perhaps`.
        Without a day all reports, the undated ones too. An undated report has the interval that others and its own words give it."""
        entry, published = self.ledger.last_entry, self._published()
        inferred = self._inferred(as_of) if any(earliest is None and latest is None for _, earliest, latest in published) else {}
        spans = [(one, *_ends(inferred[one].when)) if one in inferred else (one, earliest, latest) for one, earliest, latest in published]
        undated = sum(earliest is None and latest is None for _, earliest, latest in spans)
        if as_of is not None:
            spans = [(one, earliest, latest) for one, earliest, latest in spans if earliest and earliest <= as_of.isoformat()]
        perhaps = frozenset(one for one, _, latest in spans if as_of and (latest is None or latest > as_of.isoformat()))
        withheld = self.ledger.withheld_since() if self.ledger.is_past else 0
        return View(as_of, self._stored([one for one, _, _ in spans], inferred), perhaps, undated if as_of else 0, self.ledger.known_day, withheld, inferred, entry)

    def _stored(self, reports: list[str], inferred: Mapping[str, Inferred]) -> StoredReports:
        """Reports as they are asked for, in the order of publication, with what was inferred of their days."""

        def load(report: str) -> Report:
            stored = self.ledger.stored_report(report)
            return replace(stored, published=Published(inferred[report].when, "inferred")) if report in inferred else stored

        found = StoredReports(reports, load)
        if not any(one in inferred for one in reports):
            return found
        return StoredReports(sorted(reports, key=lambda one: found[one].order), load)

    def _inferred(self, as_of: date | None) -> dict[str, Inferred]:
        """When the undated reports can have appeared, from what was known on a day."""
        if as_of is None and not self.ledger.is_past:
            found = (read_canonical(body, Inferred) for body in self.rows("dates"))
            return {one.report: one for one in found}
        return self._infer(as_of)

    def _infer(self, as_of: date | None) -> dict[str, Inferred]:
        """The same, derived: no report of a later day has a say in it."""
        known = [one for one, earliest, latest in self._published() if as_of is None or (earliest is None and latest is None) or (earliest and earliest <= as_of.isoformat())]
        reports = self._stored(known, {})
        return infer_published(reports, self.claims_of, self._as_said.links(reports, {}))

    def _published(self) -> list[tuple[str, str | None, str | None]]:
        """Each report with the first and last day on which it is said to have appeared, in the order of publication."""
        if not self.ledger.is_past:
            with closing(self.open_index()) as index:
                return list_published(index)
        reports = sorted(self.ledger.reports().values(), key=lambda report: report.order)
        return [(one.id, *_ends(one.published.when)) for one in reports]

    def claims(self, view: View, wanted: Callable[[Claim], bool] = lambda _: True) -> Iterator[Claim]:
        """Claims of the view's reports as their reviews left them, by publication, report and place in the text, one report at a
        time. What was rejected is not among them."""
        return (claim for report in view.reports for claim in self.claims_of(report) if wanted(claim))

    def claims_of(self, report: str) -> list[Claim]:
        """The claims of one report in the order of the text, as their reviews left them, without those that were rejected."""
        read = (claim for claim_set in self.ledger.claim_sets([report]) for claim in claim_set.claims)
        judged = self._judged
        return [
            apply_edits(claim, judgement)
            for claim in sorted(read, key=lambda claim: (claim.trigger_start, claim.id))
            if (judgement := judged.get(claim.id)) is None or judgement.verdict != "rejected"
        ]

    @property
    def _judged(self) -> dict[str, Judgement]:
        """How the claims stand that were reviewed."""
        head = self.ledger.head
        if self._judgements is None or self._judgements[0] != head:
            self._judgements = (head, judge(self.ledger.reviews()))
        return self._judgements[1]

    def leavings(self, view: View) -> Iterator[Leaving]:
        """Everything set aside: files that are no reports, then per report what reading and understanding left."""
        yield from self.ledger.failures()
        left = [*self.ledger.reading_leavings(), *(leaving for claim_set in self.ledger.claim_sets() for leaving in claim_set.leavings)]
        order = {report: number for number, report in enumerate(view.reports)}
        known = (leaving for leaving in left if leaving.report in order)
        yield from sorted(known, key=lambda one: (order[one.report or ""], one.start or 0, one.reason))

    def dated(self, view: View) -> list[Dated]:
        """The claims of the view with their reports and resolved times; those of a copy are counted from its original's day."""
        return list(self.reconcile(view).claims)

    def events(self, view: View) -> list[Event]:
        """Which claims of the playbooks speak of one happening."""
        return list(self.reconcile(view).events)

    def findings(self, view: View) -> list[Finding]:
        """For each role of each event all answers, and who stands behind them."""
        return list(self.reconcile(view).findings)

    def plans(self, view: View) -> list[Plan]:
        """What was planned, and what came of it as of the view's day (without one, of its last report)."""
        return list(self.reconcile(view).plans)

    def reconcile(self, view: View) -> Reconciled:
        """Claims against each other: plans, findings and options, each a function of the claims and the day. What was made last is
        not made again: nothing of it while neither the log nor the view is another, else only what the change can touch."""
        key = (view.as_of, view.known_by, view.entry)
        if self._made is None or self._made[0] != key:
            kept = self._kept_links() if view.as_of is None and view.entry == self.ledger.last_entry else None
            self._made = (key, self._following.reconcile(view.reports, view.inferred, view.as_of, kept))
        return self._made[1]

    def commands(self, view: View) -> list[Command]:
        """Who commands whom, as said."""
        return find_commands(self.dated(view))

    def links(self, view: View) -> list[Link]:
        """Which reports rest on which others of the view; of all reports as they were found last, while the log is the same."""
        if view.as_of is None and not self.ledger.is_past:
            return [read_canonical(body, Link) for body in self.rows("links")]
        return self._following.links(view.reports, view.inferred)

    def _kept_links(self) -> list[Link] | None:
        """The links of all reports, where they were kept and nothing changed since."""
        with closing(self.open_index()) as index:
            kept = read_reconciled(index, "links", self.ledger.last_before_exports()) if not self.ledger.is_past else None
        return [read_canonical(body, Link) for _, body in kept] if kept is not None else None

    def rows(self, kind: str) -> list[str]:
        """What was made of all claims, as JSON: the rows of `events`, `findings` or `plans`, or the `links` and inferred `dates` as records;
        kept ones where nothing changed since, else derived now and kept."""
        until = self.ledger.last_before_exports()
        with closing(self.open_index()) as index:
            kept = read_reconciled(index, kind, until)
        if kept is None:
            kept = self.derive_rows(kind)
            if self.ledger.writable and not self.ledger.is_past:
                with closing(self.open_index()) as index:
                    write_reconciled(index, kind, until, kept, self.ledger.last_before_exports)
        return [body for _, body in kept]

    def derive_rows(self, kind: str) -> list[tuple[str, str]]:
        """The rows of a kind with their ids, derived now."""
        if kind == "dates":
            return [(report, write_canonical(one).decode()) for report, one in sorted(self._infer(None).items())]
        view = self.view()
        if kind == "links":
            return [(f"{one.source} {one.target}", write_canonical(one).decode()) for one in self._following.links(view.reports, view.inferred)]
        made = self.reconcile(view)
        if kind == "events":
            return [(one.id, write_row(event_row(one))) for one in made.events]
        if kind == "plans":
            return [(one.event, write_row(plan_row(one))) for one in made.plans]
        return [(f"{one.event} {one.role}", write_row(finding_row(one))) for one in made.findings]

    def drift(self, one: Report, other: Report) -> tuple[Link, list[Drift]]:
        """What the copy of two reports changed of its original, with the link between them: the source of the link is the copy. Raises
        UnknownName where neither rests on the other."""
        pair = {report.id: report for report in (one, other)}
        link = next(iter(find_copies(pair)), None)
        if link is None:
            raise UnknownName(f"{one.file}, {other.file}: neither text rests on the other; see what does with: reportedly sources CASE")
        copy, original = pair[link.source], pair[link.target]
        claims = {report: self.claims_of(report) for report in pair}
        features = {report: find_features(pair[report]) for report in pair}
        return link, find_drift(features[original.id], features[copy.id], link.spans, claims[original.id], claims[copy.id], (original.text, copy.text))

    def tells(self, view: View) -> dict[str, list[Tell]]:
        """By report the marks of a copy whose original is not in the case, where they are enough to call it one."""
        found = {report.id: find_tells(report) for report in view.reports.values()}
        return {report: tells for report, tells in found.items() if is_copy_of_unknown(tells)}

    def check_frame(self, frame: str | None) -> None:
        """Refuse a frame that neither the case's playbooks nor its claims know. Raises UnknownName."""
        if frame is None or frame == "open":
            return
        known = {"open", *(one.frame for playbook in self.playbooks for one in playbook.frames)}
        with closing(self.open_index()) as index:
            known |= set(list_frames(index))
        if frame not in known:
            raise UnknownName(f"{frame}: no such frame; there are {', '.join(sorted(known))}")

    def _reports_having(self, claim: str) -> list[str]:
        with closing(self.open_index()) as index:
            return find_reports_having(index, claim)

    def judgements(self) -> dict[str, Judgement]:
        """How the claims stand that were reviewed, by id."""
        return dict(self._judged)

    def judgement(self, claim: str) -> Judgement | None:
        """How a claim stands after its reviews; None where it has none."""
        return self._judged.get(claim)

    def rebuild(self) -> tuple[int, int]:
        """Drop all that is derived and derive it from the log again, without parsing; the reports and claims in it."""
        counts = rebuild_index(self.ledger.path / "ledger.sqlite", self.ledger.path / INDEX, self.ledger.path / SHELF)
        for kind in KINDS:
            self.rows(kind)
        return counts

    def search(self, words: str | None, wanted: Wanted, limit: int, view: View | None = None) -> list[Hit]:
        """Claims, then reports, of a view that have the words, best first; what is wanted narrows to claims, and may stand without
        words. What was rejected is not among them; edits are not searched."""
        rejected = {claim for claim, one in self._judged.items() if one.verdict == "rejected"}
        most = limit + len(rejected) if view is None or view.as_of is None else _ALL
        past = self.ledger.is_past
        with closing(open_past_index(self.ledger.path / "ledger.sqlite", self.ledger.until) if past else self.open_index()) as index:
            claims = search_claims(index, words, wanted, most)
            reports = search_reports(index, words, most) if words is not None and wanted == Wanted() else []
        seen = [[hit for hit in hits if hit.claim not in rejected and (view is None or hit.report in view.reports)] for hits in (claims, reports)]
        return seen[0][:limit] + seen[1][:limit]

    def find_report(self, name: str, view: View) -> Report:
        """A report by id, by the beginning of its id, or by its file's name or stem. Raises UnknownName."""
        if not name:
            raise UnknownName("no report is named; list them with: reportedly reports CASE")
        reports = view.reports.values()
        fits = [one for one in reports if name in (one.id, one.file, Path(one.file).stem)]
        fits = fits or [one for one in reports if one.id.startswith(name) or one.file.startswith(name)]
        return only_one(fits, name, "report", [Path(one.file).stem for one in fits or reports])

    def find_claim(self, name: str, view: View) -> tuple[Claim, Report]:
        """A claim by id or the beginning of its id, with its report, as its reviews left it; a rejected one too. Raises
        UnknownName."""
        if not name:
            raise UnknownName("no claim is named; list them with: reportedly claims CASE")
        fits = [apply_edits(claim, self._judged.get(claim.id)) for claim in self.read_as(name) if claim.report in view.reports]
        claim = only_one(fits, name, "claim", [one.id for one in fits])
        return claim, view.reports[claim.report]

    def read_as(self, name: str) -> Iterator[Claim]:
        """The claims whose id begins so, as they were read."""
        reports = None
        if not self.ledger.is_past:
            with closing(self.open_index()) as index:
                reports = find_reports_of(index, name)
        return (claim for claim_set in self.ledger.claim_sets(reports) for claim in claim_set.claims if claim.id.startswith(name))


def _ends(when: When | None) -> tuple[str | None, str | None]:
    """The first and last day of an interval, as ISO."""
    return (str(when.earliest) if when and when.earliest else None, str(when.latest) if when and when.latest else None)


def only_one(fits: list[Record], name: str, kind: str, known: list[str]) -> Record:
    """The one that a name means; `known` are those it may mean."""
    if len(fits) == 1:
        return fits[0]
    listed = f"{', '.join(sorted(known)[:8])}{' …' if len(known) > 8 else ''}"
    if fits:
        raise UnknownName(f"{name}: {len(fits)} {kind}s answer to that: {listed}; give more of it")
    raise UnknownName(f"{name}: no such {kind}" + (f"; there are {listed}" if known else f"; list them with: reportedly {kind}s CASE" if kind in ("report", "claim") else ""))
