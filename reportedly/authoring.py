"""What the author of a playbook asks: why a line does not match, what a playbook misses in texts, what a change does to a case."""

from dataclasses import replace
from pathlib import Path

from reportedly.adding import understand_reports
from reportedly.errors import UnknownName, UnreadableReport
from reportedly.keeping import Effect
from reportedly.pipeline import Case
from reportedly.playbooks import load_playbook
from reportedly.reading import Limits, Worker, gather_sources, make_reading
from reportedly.records import Claim, Reading, Report
from reportedly.understanding.coverage import Coverage, measure_coverage
from reportedly.understanding.explain import Tried, explain


def explain_text(text: str, playbook: str) -> list[Tried]:
    """Which lines of a playbook match a text, which almost do, and what they lack."""
    return explain(make_reading(text.encode(), "text").report, load_playbook(playbook))


def cover_texts(paths: list[Path], playbook: str) -> Coverage:
    """What a playbook makes of the texts at some paths: words that never fired, predicates that no line covers. Raises
    UnreadableReport for a path that is none, UnknownName where no text lies there."""
    gathered = gather_sources(paths)
    if gathered.problems:
        raise gathered.problems[0]
    if not gathered.sources:
        raise UnknownName(f"{', '.join(map(str, paths))}: no text lies there; name files or folders of .txt and .md")
    with Worker(Limits()) as worker:
        items = [item for source in gathered.sources for item in worker.read(source)]
    for item in items:
        if isinstance(item, UnreadableReport):
            raise item
    return measure_coverage([item.report for item in items if isinstance(item, Reading)], load_playbook(playbook))


def compare_playbooks(case: Case, old: str, new: str) -> Effect:
    """The claims that two playbooks, or two states of one, make of all reports of a case. Nothing is stored."""
    reports = list(case.view().reports.values())
    before, after = (_framed(reports, case.settings.batch_size, name) for name in (old, new))
    gained = tuple((report, claim) for key, (report, claim) in after.items() if key not in before)
    lost = tuple((report, claim) for key, (report, claim) in before.items() if key not in after)
    both = ((before[key][0], before[key][1], after[key][1]) for key in before if key in after)
    return Effect(gained, lost, tuple(one for one in both if replace(one[1], playbook=None, id="") != replace(one[2], playbook=None, id="")))


def _framed(reports: list[Report], batch_size: int, playbook: str) -> dict[tuple[str, str, int], tuple[Report, Claim]]:
    """The claims that a playbook makes, by report, frame and place of the trigger."""
    by_id = {report.id: report for report in reports}
    sets = understand_reports(reports, batch_size, (playbook,))
    return {(claim.report, claim.frame, claim.trigger_start): (by_id[claim.report], claim) for one in sets for claim in one.claims if claim.playbook}
