"""The whole way on one page: bytes to reports, reports to claims, both into the ledger, and back out as of a day.

    1. gather    paths → sources            (reading.gather)
    2. read      bytes → Report             (reading.read)
    3. understand Report → Claims           (understanding.read)
    4. store     both, whole or not at all  (ledger)
    5. view      what was known on a day    (records.View)
    6. reconcile claims → Events, Findings, Plans  (reconciling)
    7. brief     claims → text              (briefs)

Every stage also yields leavings. `Case` is the Python API and does what the commands do.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from reportedly.briefs import write_brief
from reportedly.engine import map_chunks
from reportedly.errors import BadSetting, UnknownName, UnreadableReport
from reportedly.ledger import Ledger, Sealed, create_case, open_ledger, seal
from reportedly.ledger.bundle import unpack, write_bundle
from reportedly.ledger.chain import Broken, check_case
from reportedly.ledger.derived import Hit, as_query, dump_index, open_index, rebuild_index, search_claims, search_reports
from reportedly.ledger.evidence import write_beside
from reportedly.ledger.given_claims import read_given
from reportedly.ledger.timestamp import fetch_token, make_request
from reportedly.lineage import find_citations
from reportedly.playbooks import SHIPPED, load_playbook, stamp
from reportedly.reading import Gathered, Given, Source, gather_sources, make_reading, read_source
from reportedly.reconciling.actors import find_bodies, find_commands
from reportedly.reconciling.dating import date_claims, publication_order, published_day
from reportedly.reconciling.events import find_events
from reportedly.reconciling.findings import find_findings
from reportedly.reconciling.options import find_decisions
from reportedly.reconciling.plans import find_plans
from reportedly.reconciling.reviews import EDITABLE, Judgement, apply_edits, judge, pairs, standing
from reportedly.records import Claim, ClaimSet, Command, Dated, Event, Finding, Leaving, Link, Plan, Rating, Reading, Reconciled, Report, Review, Value, View, Withholding
from reportedly.settings import Settings
from reportedly.understanding.reader import reader_name

if TYPE_CHECKING:  # these load the parser's library
    from reportedly.understanding.coverage import Coverage
    from reportedly.understanding.explain import Tried

Record = TypeVar("Record")
Progress = Callable[[int, int], None]
_FEW = 150  # reports below which starting worker processes costs more than it saves
_CHUNK = 16  # reports that are parsed, and committed, together


@dataclass(slots=True)
class Added:
    """What `add` did: new reports, those known before, claims, leavings, and each problem met."""

    new: int = 0
    known: int = 0
    claims: int = 0
    leavings: int = 0
    problems: list[UnreadableReport] = field(default_factory=list)

    def count(self, reading: Reading, sealed: Sealed) -> None:
        """One more report is stored."""
        self.new += 1
        self.claims += sealed.claims
        self.leavings += len(reading.leavings) + sealed.leavings


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
    for playbook in playbooks:
        load_playbook(playbook)
    create_case(Path(path), title, tuple(name if name in SHIPPED else str(Path(name).resolve()) for name in playbooks))
    return open_case(path, settings)


def read_report(source: bytes | str | Path, given: Given | None = None) -> Report:
    """One report from bytes or a file. Raises UnreadableReport."""
    if isinstance(source, bytes):
        return make_reading(source, "bytes", given).report
    return read_source(Source(Path(source).name, Path(source), given or Given())).report


def read_claims(report: Report | str, *, playbooks: tuple[str, ...] = (), published: str | None = None) -> list[Claim]:
    """The claims of a report, or of a text published on a day (YYYY, YYYY-MM or YYYY-MM-DD), with these playbooks."""
    if isinstance(report, str):
        report = make_reading(report.encode(), "text", Given(published=published)).report
    return list(_understand([report], Settings().batch_size, playbooks)[0].claims)


def explain_text(text: str, playbook: str) -> "list[Tried]":
    """Which lines of a playbook match a text, which almost do, and what they lack."""
    from reportedly.understanding.explain import explain

    return explain(make_reading(text.encode(), "text").report, load_playbook(playbook))


def cover_texts(paths: list[Path], playbook: str) -> "Coverage":
    """What a playbook makes of the texts at some paths: words that never fired, predicates that no line covers."""
    from reportedly.understanding.coverage import measure_coverage

    gathered = gather_sources(paths)
    reports = [read_source(source, Settings().max_bytes).report for source in gathered.sources]
    return measure_coverage(reports, load_playbook(playbook))


@dataclass(frozen=True, slots=True)
class PlaybookEffect:
    """What another playbook makes of a case: claims gained, lost, and changed (before, after), each with its report."""

    gained: tuple[tuple[Report, Claim], ...]
    lost: tuple[tuple[Report, Claim], ...]
    changed: tuple[tuple[Report, Claim, Claim], ...]


def read_values(report: Report, *, playbooks: tuple[str, ...] = ()) -> list[Value]:
    """Every time, length, quantity and place of a report, in reading order; places of these playbooks come before others."""
    from reportedly.understanding.measures import list_values
    from reportedly.understanding.parser import parse

    heads = [load_playbook(name).head for name in playbooks]
    return [value for passage in parse(iter([report])) for value in list_values(passage, [place for head in heads for place in head.places])]


INDEX = "search.sqlite"  # derived, and no part of what a case must keep


class Case:
    """A case folder, open. Use as a context manager."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self.ledger = ledger
        self.settings = settings
        self.reader = reader_name(*(stamp(load_playbook(name)) for name in ledger.playbooks))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.ledger.__exit__(None, None, None)

    def add(self, paths: list[Path], *, manifest: Path | None = None, stdin: bytes | None = None, progress: Progress | None = None) -> Added:
        """Read reports and their claims into the ledger. What is there already is left alone; each report is stored
        whole or not at all; a file that cannot be read becomes a leaving and the others go on."""
        gathered = gather_sources(paths, manifest, stdin)
        added = Added(problems=list(gathered.problems), leavings=len(gathered.leavings) + len(gathered.problems))
        with self.ledger.transaction():
            for leaving in (*gathered.leavings, *map(_failure, gathered.problems)):
                self.ledger.add_failure(leaving)
        workers = self.settings.workers or (1 if len(gathered.sources) < _FEW else 2)
        work = partial(understand_chunk, batch_size=self.settings.batch_size, playbooks=self.ledger.playbooks)
        if progress:
            progress(0, len(gathered.sources))
        chunks = ((readings, [reading.report for reading in readings]) for readings in self._read(gathered, added))
        for readings, sealed_sets in map_chunks(work, chunks, workers):
            with self.ledger.transaction():
                for reading, sealed in zip(readings, sealed_sets, strict=True):
                    if self.ledger.reader_of(reading.report.id) == self.reader:
                        added.known += 1  # another `add` was quicker
                        continue
                    self.ledger.add_reading(reading)
                    self.ledger.add_claims(sealed)
                    added.count(reading, sealed)
            if progress:
                progress(added.new + added.known + len(added.problems), len(gathered.sources))
        return added

    def add_given(self, path: Path) -> tuple[int, int]:
        """Take another reader's claims, JSON lines with the keys of `claims --json`; they stand for ours of the same reports. A file
        with a mistake adds nothing. The numbers of reports and claims. Raises BadClaims with every mistake."""
        sets = read_given(path, self.ledger.reports(), f"given:{path.name}")
        for at in range(0, len(sets), _CHUNK):
            with self.ledger.transaction():
                for claim_set in sets[at : at + _CHUNK]:
                    self.ledger.add_claims(seal(claim_set))
        return len(sets), sum(len(one.claims) for one in sets)

    def _read(self, gathered: Gathered, added: Added) -> Iterator[list[Reading]]:
        """Readings that the ledger does not hold yet, a few at a time. Of two files with the same bytes and outlet the
        first by name stands. A date or title learnt since is logged; the claims stay."""
        seen: dict[str, str] = {}
        for at in range(0, len(gathered.sources), _CHUNK):
            fresh = []
            for source in gathered.sources[at : at + _CHUNK]:
                reading = self._read_one(source, added)
                if reading is None:
                    continue
                label = source.label or source.file
                first = seen.setdefault(reading.report.id, label)
                if first != label:
                    self._leave(Leaving("reading", "same-bytes", label, note=f"the same bytes and outlet as {first}"), added)
                elif not self._is_known(reading, added):
                    fresh.append(reading)
            if fresh:
                yield fresh

    def _read_one(self, source: Source, added: Added) -> Reading | None:
        try:
            reading = read_source(source, self.settings.max_bytes)
        except UnreadableReport as problem:
            added.problems.append(problem)
            self._leave(_failure(problem, source), added)
            return None
        if self.ledger.has_failed(source.label or source.file):
            with self.ledger.transaction():
                self.ledger.add_mended(source.label or source.file)
        return reading

    def _leave(self, leaving: Leaving, added: Added) -> None:
        with self.ledger.transaction():
            self.ledger.add_failure(leaving)
        added.leavings += 1

    def _is_known(self, reading: Reading, added: Added) -> bool:
        report = reading.report
        stored = self.ledger.report(report.id)
        if stored is None or self.ledger.reader_of(report.id) != self.reader:
            return False
        added.known += 1
        self.ledger.keep_evidence(reading)
        newer = _learn(stored, report)
        if newer != stored:
            with self.ledger.transaction():
                self.ledger.add_report(newer)
        return True

    def view(self, as_of: date | None = None) -> View:
        """The reports known on a day; those whose interval of publication straddles it are `perhaps`. Without a day all
        reports, the undated ones too."""
        reports = self.ledger.reports()
        if as_of is None:
            return View(None, reports, frozenset(), 0)
        dated = {report.id: report.published.when for report in reports.values() if report.published.when}
        known = {one: reports[one] for one, when in dated.items() if when.earliest and when.earliest <= as_of}
        perhaps = frozenset(one for one in known if (latest := dated[one].latest) is None or latest > as_of)
        return View(as_of, known, perhaps, len(reports) - len(dated))

    def claims(self, view: View, wanted: Callable[[Claim], bool] = lambda _: True) -> Iterator[Claim]:
        """Claims of the view's reports as their reviews left them, by publication, report and place in the text, one report at a
        time. What was rejected is not among them."""
        judged = judge(self.ledger.reviews())
        for report in sorted(view.reports.values(), key=publication_order):
            for claim_set in self.ledger.claim_sets({report.id}):
                for claim in sorted(claim_set.claims, key=lambda claim: (claim.trigger_start, claim.id)):
                    judgement = judged.get(claim.id)
                    if (judgement is None or judgement.verdict != "rejected") and wanted(edited := apply_edits(claim, judgement)):
                        yield edited

    def leavings(self, view: View) -> Iterator[Leaving]:
        """Everything set aside: files that are no reports, then per report what reading and understanding left."""
        yield from self.ledger.failures()
        left = [*self.ledger.reading_leavings(), *(leaving for claim_set in self.ledger.claim_sets() for leaving in claim_set.leavings)]
        known = (leaving for leaving in left if leaving.report in view.reports)
        yield from sorted(known, key=lambda one: (publication_order(view.reports[one.report or ""]), one.report or "", one.start or 0, one.reason))

    def dated(self, view: View) -> list[Dated]:
        """The claims of the view with their reports and resolved times."""
        return date_claims(self.claims(view), view.reports)

    def events(self, view: View) -> list[Event]:
        """Which claims of the playbooks speak of one happening."""
        return find_events(self.dated(view), *pairs(self.ledger.reviews()))

    def findings(self, view: View) -> list[Finding]:
        """For each role of each event all answers, and who stands behind them."""
        return list(self.reconcile(view).findings)

    def plans(self, view: View) -> list[Plan]:
        """What was planned, and what came of it as of the view's day (without one, of its last report)."""
        return list(self.reconcile(view).plans)

    def reconcile(self, view: View) -> Reconciled:
        """Claims against each other: plans, findings and options, each a pure function of the claims and the day."""
        dated = self.dated(view)
        by_id = {one.claim.id: one for one in dated}
        events = find_events(dated, *pairs(self.ledger.reviews()))
        day = view.as_of or max((day for one in dated if (day := published_day(one))), default=None)
        plans = find_plans(events, by_id, day) if day else []
        bodies = find_bodies(find_commands(dated))
        return Reconciled(tuple(dated), tuple(events), tuple(bodies), tuple(plans), tuple(find_findings(events, by_id)), tuple(find_decisions(dated)))

    def commands(self, view: View) -> list[Command]:
        """Who commands whom, as said."""
        return find_commands(self.dated(view))

    def links(self, view: View) -> list[Link]:
        """Which reports cite which others of the view."""
        return find_citations(self.claims(view), view.reports)

    def brief(self, as_of: date | None = None) -> str:
        """What the reports known on a day say, as Markdown: the same case and day give the same bytes."""
        view = self.view(as_of)
        headings = {frame: heading for name in reversed(self.ledger.playbooks) for frame, heading in load_playbook(name).headings().items()}
        return write_brief(self.ledger.title, view, self.reconcile(view), self.leavings(view), headings)

    def review(self, review: Review) -> Review:
        """Log a decision on a claim and return it with its number. Raises UnknownName where there is no such claim or entry,
        BadSetting where a value cannot stand in the field."""
        known = {claim.id: claim for claim_set in self.ledger.claim_sets() for claim in claim_set.claims}
        if review.verdict == "undo":
            if review.undoes not in {one.seq for one in self.ledger.reviews()}:
                raise UnknownName(f"review {review.undoes}: no such review; list them with: reportedly reviews CASE")
        else:
            missing = next((one for one in (review.claim, *review.others) if one not in known), None)
            if missing is not None:
                raise UnknownName(f"claim {missing}: no such claim")
        if review.verdict == "edit" and review.field in EDITABLE and review.value not in EDITABLE[review.field]:
            raise BadSetting(f"{review.field}={review.value}: it is one of {', '.join(EDITABLE[review.field])}")
        with self.ledger.transaction():
            seq = self.ledger.add_review(review)
        return next(one for one in self.ledger.reviews() if one.seq == seq)

    def judgement(self, claim: str) -> Judgement | None:
        """How a claim stands after its reviews; None where it has none."""
        return judge(self.ledger.reviews()).get(claim)

    def orphans(self) -> list[Review]:
        """Reviews whose claim is not read any more: for a second look."""
        known = {claim.id for claim_set in self.ledger.claim_sets() for claim in claim_set.claims}
        return [one for one in standing(self.ledger.reviews()) if one.claim not in known]

    def rate(self, rating: Rating) -> Rating:
        """Log a rating. Raises BadSetting where the grade is none of its kind's."""
        grades = "123456" if rating.kind == "claim" else "ABCDEF"
        if rating.grade not in grades:
            raise BadSetting(f"{rating.grade}: {'an' if rating.kind == 'outlet' else 'a'} {rating.kind} is rated {', '.join(grades)}; {grades[-1]} where it cannot be judged")
        with self.ledger.transaction():
            seq = self.ledger.add_rating(rating)
        return replace(rating, seq=seq)

    def withhold(self, report: Report, by: str, why: str, words: str | None = None) -> Withholding:
        """Take a report, or the passage `words` of it, out of the case behind a tombstone that keeps the hashes. Raises
        UnknownName where the words do not stand in it once."""
        replacement, span = None, None
        if words is not None:
            start = report.text.find(words)
            if start < 0 or report.text.find(words, start + 1) >= 0:
                raise UnknownName(f"{words!r}: stands {'nowhere' if start < 0 else 'more than once'} in {report.file}; give words that stand there once")
            span = (start, start + len(words))
            replacement = _without(report, span, next(self.ledger.claim_sets({report.id}), None))
        with self.ledger.transaction():
            withholding = self.ledger.withhold(report, by, why, replacement, span)
        self.ledger.erase(withholding)
        self.rebuild()
        return withholding

    def verify(self, head: str | None = None) -> Iterator[Broken]:
        """Everything that does not hold: evidence, chain, spans, and the search index against a fresh one."""
        yield from check_case(self.ledger.path, head)
        index = self.ledger.path / INDEX
        if index.exists():
            with tempfile.TemporaryDirectory() as folder:
                fresh = open_index(self.ledger.path / "ledger.sqlite", Path(folder) / INDEX)
                kept = open_index(self.ledger.path / "ledger.sqlite", index)
                for ours, theirs in zip_longest(dump_index(kept), dump_index(fresh)):
                    if ours != theirs:
                        yield Broken(INDEX, f"a row is not what the log gives: {(ours or theirs or '')[:80]}; run: reportedly rebuild CASE")
                        break
                kept.close()
                fresh.close()

    def stamp(self, url: str | None) -> Path:
        """Write a time-stamp request (RFC 3161) for the head of the log into the case, and with a server's `url` its answer beside
        it; the path of the last one written. Raises LedgerProblem where the server gives none."""
        head = self.ledger.head
        request = make_request(head)
        folder = self.ledger.path / "timestamps"
        written = write_beside(folder / f"{head}.tsq", request)
        return write_beside(folder / f"{head}.tsr", fetch_token(url, request)) if url else written

    def rebuild(self) -> tuple[int, int]:
        """Drop the search index and derive it from the log again, without parsing; the reports and claims in it."""
        return rebuild_index(self.ledger.path / "ledger.sqlite", self.ledger.path / INDEX)

    def bundle(self, output: Path) -> str:
        """Pack the case into one archive and return its SHA-256: the same case gives the same bytes."""
        return write_bundle(self.ledger.path, self.ledger.entries(), output)

    def search(self, words: str, wanted: dict[str, str], limit: int) -> list[Hit]:
        """Claims, then reports, that have the words, best first."""
        connection = open_index(self.ledger.path / "ledger.sqlite", self.ledger.path / INDEX)
        try:
            query = as_query(words)
            found = search_claims(connection, query, wanted, limit)
            return found + ([] if wanted else search_reports(connection, query, limit))
        finally:
            connection.close()

    def reread(self, *, dry_run: bool) -> PlaybookEffect:
        """Parse every report again with the current playbooks: the claims gained, lost and changed; stored, but for a dry run."""
        reports = list(self.view().reports.values())
        old = {claim.id: (claim_set.report, claim) for claim_set in self.ledger.claim_sets() for claim in claim_set.claims}
        by_id = {report.id: report for report in reports}
        sets = [claim_set for at in range(0, len(reports), _CHUNK) for claim_set in _understand(reports[at : at + _CHUNK], self.settings.batch_size, self.ledger.playbooks)]
        new = {claim.id: (claim_set.report, claim) for claim_set in sets for claim in claim_set.claims}
        if not dry_run:
            with self.ledger.transaction():
                for claim_set in sets:
                    self.ledger.add_claims(seal(claim_set))
        return PlaybookEffect(
            tuple((by_id[new[one][0]], new[one][1]) for one in sorted(new.keys() - old.keys())),
            tuple((by_id[old[one][0]], old[one][1]) for one in sorted(old.keys() - new.keys()) if old[one][0] in by_id),
            tuple((by_id[new[one][0]], old[one][1], new[one][1]) for one in sorted(new.keys() & old.keys()) if new[one][1] != old[one][1]),
        )

    def compare_playbooks(self, old: str, new: str) -> PlaybookEffect:
        """The claims that two playbooks, or two states of one, make of all reports of the case. Nothing is stored."""
        reports = list(self.view().reports.values())
        before, after = (_framed(reports, self.settings.batch_size, name) for name in (old, new))
        gained = tuple((report, claim) for key, (report, claim) in after.items() if key not in before)
        lost = tuple((report, claim) for key, (report, claim) in before.items() if key not in after)
        both = ((before[key][0], before[key][1], after[key][1]) for key in before if key in after)
        return PlaybookEffect(gained, lost, tuple(one for one in both if replace(one[1], playbook=None, id="") != replace(one[2], playbook=None, id="")))

    def find_report(self, name: str, view: View) -> Report:
        """A report by id, by the beginning of its id, or by its file's name or stem. Raises UnknownName."""
        fits = [one for one in view.reports.values() if name in (one.id, one.file, Path(one.file).stem)]
        fits = fits or [one for one in view.reports.values() if one.id.startswith(name) or one.file.startswith(name)]
        return _only(fits, name, "report", [Path(one.file).stem for one in view.reports.values()])

    def find_claim(self, name: str, view: View) -> tuple[Claim, Report]:
        """A claim by id or the beginning of its id, with its report, as its reviews left it; a rejected one too. Raises
        UnknownName."""
        judged = judge(self.ledger.reviews())
        proposed = (claim for claim_set in self.ledger.claim_sets() if claim_set.report in view.reports for claim in claim_set.claims)
        fits = [apply_edits(claim, judged.get(claim.id)) for claim in proposed if claim.id.startswith(name)]
        claim = _only(fits, name, "claim", [])
        return claim, view.reports[claim.report]


def _without(report: Report, span: tuple[int, int], claim_set: ClaimSet | None) -> tuple[Report, Sealed]:
    """A report with a stretch of its text blacked out, letter for letter, and its claims without those that touch it."""
    start, end = span
    text = report.text[:start] + "█" * (end - start) + report.text[end:]
    masked = replace(report, text=text, text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    claims = tuple(claim for claim in claim_set.claims if not _touches(claim, start, end)) if claim_set else ()
    leavings = (*(claim_set.leavings if claim_set else ()), Leaving("ledger", "withheld", report.file, report.id, start, end))
    return masked, seal(ClaimSet(report.id, claim_set.reader if claim_set else "", claims, leavings))


def _touches(claim: Claim, start: int, end: int) -> bool:
    spans = [(claim.start, claim.end)] + [(voice.start, voice.end) for voice in claim.voice if voice.start is not None and voice.end is not None]
    spans += [(filler.start, filler.end) for fillers in claim.roles.values() for filler in fillers]
    return any(first < end and start < last for first, last in spans)


def unpack_bundle(archive: Path, folder: Path) -> Iterator[Broken]:
    """Unpack a bundle into a new folder as a case; yields what does not hold of it. Raises LedgerProblem."""
    unpack(archive, folder)
    return check_case(folder)


def _framed(reports: list[Report], batch_size: int, playbook: str) -> dict[tuple[str, str, int], tuple[Report, Claim]]:
    """The claims that a playbook makes, by report, frame and place of the trigger."""
    by_id = {report.id: report for report in reports}
    sets = _understand(reports, batch_size, (playbook,))
    return {(claim.report, claim.frame, claim.trigger_start): (by_id[claim.report], claim) for one in sets for claim in one.claims if claim.playbook}


def understand_chunk(reports: list[Report], batch_size: int, playbooks: tuple[str, ...]) -> list[Sealed]:
    """The claim sets of some reports, as the log keeps them: the work of one worker process."""
    return [seal(claim_set) for claim_set in _understand(reports, batch_size, playbooks)]


def _understand(reports: list[Report], batch_size: int, playbooks: tuple[str, ...]) -> list[ClaimSet]:
    from reportedly.understanding.compile import compile_named  # loads the parser's library: only where something is read
    from reportedly.understanding.read import understand

    return list(understand(reports, batch_size, tuple(map(compile_named, playbooks))))


def _learn(stored: Report, found: Report) -> Report:
    """The stored report with what is given now and was not, or was otherwise; nothing known is lost."""
    given = {name: getattr(found, name) for name in ("agency", "title", "byline", "dateline", "url", "outlet", "language") if getattr(found, name)}
    published = found.published if found.published.when else stored.published
    return replace(stored, published=published, **given)


def _failure(problem: UnreadableReport, source: Source | None = None) -> Leaving:
    """A problem as a leaving, under the name its file goes by."""
    if source is not None:
        return Leaving("reading", problem.code, source.label or source.file, note=problem.what)
    where = "" if problem.file == problem.place else f"{Path(problem.place).name}: "
    return Leaving("reading", problem.code, problem.file, note=where + problem.what)


def _only(fits: list[Record], name: str, kind: str, known: list[str]) -> Record:
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise UnknownName(f"{name}: {len(fits)} {kind}s answer to that; give more of the id")
    listed = f"; there are {', '.join(sorted(known)[:8])}{' …' if len(known) > 8 else ''}" if known else f"; list them with: reportedly {kind}s CASE"
    raise UnknownName(f"{name}: no such {kind}{listed}")
