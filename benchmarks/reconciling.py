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
from reportedly.reconciling.denials import find_denials
from reportedly.reconciling.events import find_events
from reportedly.reconciling.findings import find_findings
from reportedly.reconciling.plans import find_plans
from reportedly.records import Claim, Dated, Filler, Report, Voice
from reportedly.values import Quantity, find_times

_PER_EVENT = 50
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


def measure(events: int) -> dict[str, float]:
    """Seconds of each step over the claims of so many happenings."""
    dated = make_claims(events)
    by_id, count = {one.claim.id: one for one in dated}, partial(count_origins, roots={})
    joined = find_events(dated)
    steps: dict[str, Callable[[], object]] = {
        "events": partial(find_events, dated),
        "plans": partial(find_plans, joined, by_id, date(2031, 1, 1)),
        "findings": partial(find_findings, joined, by_id, count),
        "denials": partial(find_denials, dated, count),
    }
    seconds = {}
    for name, step in steps.items():
        at = time.perf_counter()
        step()
        seconds[name] = time.perf_counter() - at
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, nargs="*", default=[20, 200, 2000])
    for events in parser.parse_args().events:
        seconds = measure(events)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{events * _PER_EVENT:>7,} claims, {events:,} happenings: {sum(seconds.values()):.1f} s ({', '.join(f'{name} {one:.1f}' for name, one in seconds.items())}), {most} MB"
        )


if __name__ == "__main__":
    main()
