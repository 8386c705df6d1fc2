"""What reconciling costs: all claims together, and one report more.

    python -m benchmarks.reconciling [--events 20 200 2000] [--cases 1000 10000]

Claims are generated, fifty an event, from a fixed seed. A case has ten claims a report; one report more is counted from the question after
it was stored to the answer: the log and the index followed, the report linked to all others, its claims held against theirs.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from benchmarks.lineage import make_reports
from reportedly.ledger import seal
from reportedly.lineage import count_origins
from reportedly.pipeline import Case, init_case
from reportedly.reading import Given, make_reading
from reportedly.reconciling.dating import date_claims
from reportedly.reconciling.standing import Standing
from reportedly.records import Claim, ClaimSet, Dated, Filler, Reading, Report, Voice
from reportedly.values import Quantity, find_times

_PER_EVENT = 50
_ALONE = 200  # reports that are taken in one by one
_STATUSES = ("planned", "planned", "occurred", "ongoing", "required")


def make_claims(events: int) -> list[Dated]:
    """Claims of so many happenings, two months apart and of their own number of people, told by five outlets."""
    draw = random.Random(1)
    reports: dict[str, Report] = {}
    claims = []
    for event in range(events):
        day = date(1600, 1, 1) + timedelta(days=60 * event)
        for number in range(_PER_EVENT):
            told = day - timedelta(days=draw.randrange(1, 30)) if number % 2 else day + timedelta(days=draw.randrange(1, 30))
            outlet = f"Outlet {draw.randrange(5)}"
            report = _report(outlet, told, reports)
            claims.append(_claim(report, event, number, day, draw))
    return date_claims(claims, reports)


def _report(outlet: str, day: date, reports: dict[str, Report]) -> Report:
    made = make_reading(f"{outlet} on {day}".encode(), f"{outlet} {day}", Given(published=day.isoformat(), outlet=outlet)).report
    return reports.setdefault(made.id, made)


def _claim(report: Report, event: int, number: int, day: date, draw: random.Random) -> Claim:
    words = f"on {day.day} {day:%B} {day.year}"
    when = Filler(words, 0, len(words), time=find_times(words)[0].expression)
    count = 100 + event + draw.randrange(3) * 10_000
    people = Filler(f"{count} men", 0, len(f"{count} men"), quantity=Quantity(count, count, unit="person"))
    quote, at = f"{people.text} left {words}", len(people.text) + 1
    voice = (Voice("anonymous", "a guard"), Voice("outlet", report.outlet or ""))
    roles: dict[str, tuple[Filler, ...]] = {"people": (people,), "time": (when,)}
    status = draw.choice(_STATUSES)
    return Claim(report.id, f"{event:06}{number:02}", "p@1", "dispatch", 0, len(quote), quote, "left", at, at + 4, status, "positive", "certain", roles, when, voice)


def measure(events: int) -> tuple[float, list[float]]:
    """Seconds of taking in the claims of so many happenings together, and of each of the last reports of as many, taken in alone."""
    by_report: dict[str, list[Dated]] = {}
    for dated in make_claims(events):
        by_report.setdefault(dated.report.id, []).append(dated)
    last = random.Random(2).sample(sorted(by_report), min(_ALONE, len(by_report) // 2))
    standing = Standing(count_origins)
    together = _time(lambda: standing.take({report: claims for report, claims in by_report.items() if report not in last}, families={}))
    return together, sorted(_time(partial(_ask, standing, {report: by_report[report]})) for report in last)


def fill_case(case: Case, reports: int) -> None:
    """Store so many generated reports in a case, ten claims each."""
    made = list(_make_case(reports))
    for at in range(0, reports, 500):
        _store(case, made[at : at + 500])


def measure_case(reports: int) -> tuple[float, list[float]]:
    """Seconds of the first question to a case of so many reports, and of each question after one report more."""
    with tempfile.TemporaryDirectory() as folder, init_case(Path(folder) / "case") as case:
        made = list(_make_case(reports))
        for at in range(0, reports - _ALONE, 500):
            _store(case, made[at : min(at + 500, reports - _ALONE)])
        case.view()
        together = _time(lambda: case.reconcile(case.view()))
        seconds = []
        for one in made[-_ALONE:]:
            _store(case, [one])
            seconds.append(_time(lambda: case.reconcile(case.view())))
    return together, sorted(seconds)


def _make_case(reports: int) -> Iterator[tuple[Reading, ClaimSet]]:
    """Reports with texts of their own and ten claims each, of a happening that five of them tell of."""
    draw = random.Random(1)
    for number, report in enumerate(draw.sample(list(make_reports(reports).values()), reports)):
        event, day = number // 5, date(1600, 1, 1) + timedelta(days=60 * (number // 5))
        claims = tuple(_claim(report, event, at, day, draw) for at in range(number % 5 * 10, number % 5 * 10 + 10))
        reading = make_reading(report.text.encode(), report.file)
        yield replace(reading, report=report, collected=replace(reading.collected, report=report.id)), ClaimSet(report.id, "generated", claims)


def _store(case: Case, made: list[tuple[Reading, ClaimSet]]) -> None:
    with case.ledger.transaction():
        for reading, claim_set in made:
            case.ledger.add_reading(reading)
            case.ledger.add_claims(seal(claim_set))


def _ask(standing: Standing, changed: dict[str, list[Dated]]) -> tuple[int, int, int]:
    """Take a report in, and ask for all that a page shows of the case."""
    standing.take(changed, families={})
    return len(standing.events), len(standing.findings), len(standing.plans)


def _time(step: Callable[[], object]) -> float:
    at = time.perf_counter()
    step()
    return time.perf_counter() - at


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, nargs="*", default=[20, 200, 2000])
    parser.add_argument("--cases", type=int, nargs="*", default=[1000, 10_000])
    options = parser.parse_args()
    for reports in options.cases:
        together, alone = measure_case(reports)
        print(f"a case of {reports:,} reports, {10 * reports:,} claims: first question {together:.1f} s; {_tell(alone)}")
    for events in options.events:
        together, alone = measure(events)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{events * _PER_EVENT:>7,} claims, {events:,} happenings: {together:.1f} s together; {_tell(alone)}; {most} MB")


def _tell(alone: list[float]) -> str:
    return f"one report more {1000 * alone[len(alone) // 2]:.1f} ms, p95 {1000 * alone[int(0.95 * len(alone))]:.1f} ms of {len(alone)}"


if __name__ == "__main__":
    main()
