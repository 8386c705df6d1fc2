"""What reconciling costs: python -m benchmarks.reconciling [--events 20 200 2000]. Generated claims, fifty an event, from a fixed seed."""

import argparse
import random
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from reportedly.lineage import count_origins
from reportedly.reading import Given, make_reading
from reportedly.reconciling.dating import date_claims
from reportedly.reconciling.standing import Standing
from reportedly.records import Claim, Dated, Filler, Report, Voice
from reportedly.values import Quantity, find_times

_PER_EVENT = 50
_ALONE = 200  # reports that are taken in one by one
_STATUSES = ("planned", "planned", "occurred", "ongoing", "required")


def make_claims(events: int) -> list[Dated]:
    """Claims of so many happenings, two months apart and of their own number of people, told by five outlets."""
    draw = random.Random(1)  # noqa: S311
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
    people = Filler(f"{count} men", 0, 8, quantity=Quantity(count, count, unit="person"))
    voice = (Voice("anonymous", "a guard"), Voice("outlet", report.outlet or ""))
    status = draw.choice(_STATUSES)
    return Claim(
        report.id, f"{event:06}{number:02}", "p@1", "dispatch", 0, 20, "men left", "left", 4, 8, status, "positive", "certain", {"people": (people,), "time": (when,)}, when, voice
    )


def measure(events: int) -> tuple[float, list[float]]:
    """Seconds of taking in the claims of so many happenings together, and of each of the last reports of as many, taken in alone."""
    by_report: dict[str, list[Dated]] = {}
    for dated in make_claims(events):
        by_report.setdefault(dated.report.id, []).append(dated)
    last = random.Random(2).sample(sorted(by_report), min(_ALONE, len(by_report) // 2))  # noqa: S311
    standing = Standing(count_origins)
    together = _time(lambda: standing.take({report: claims for report, claims in by_report.items() if report not in last}, roots={}))
    return together, sorted(_time(partial(_ask, standing, {report: by_report[report]})) for report in last)


def _ask(standing: Standing, changed: dict[str, list[Dated]]) -> tuple[int, int, int]:
    """Take a report in, and ask for all that a page shows of the case."""
    standing.take(changed, roots={})
    return len(standing.events), len(standing.findings), len(standing.plans)


def _time(step: Callable[[], object]) -> float:
    at = time.perf_counter()
    step()
    return time.perf_counter() - at


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, nargs="*", default=[20, 200, 2000])
    for events in parser.parse_args().events:
        together, alone = measure(events)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        middle, late = alone[len(alone) // 2], alone[int(0.95 * len(alone))]
        print(
            f"{events * _PER_EVENT:>7,} claims, {events:,} happenings: {together:.1f} s together; "
            f"one report more {1000 * middle:.1f} ms, p95 {1000 * late:.1f} ms of {len(alone)}; {most} MB"
        )


if __name__ == "__main__":
    main()
