"""One happening in many reports: how many were killed and hurt, on which day, in which town."""

from collections.abc import Iterable, Mapping

from reportedly.reconciling.scenes import find_scene
from reportedly.reconciling.stories import find_stories
from reportedly.reconciling.tolls import FRAMES, count_tolls, first_day
from reportedly.records import Dated, Happening, Report


def find_happenings(claims: Iterable[Dated], reports: Mapping[str, Report]) -> list[Happening]:
    """The happenings that the reports tell of, by the day on which the first report of each appeared; those of which no claim tells of
    dead, hurt or shot people are none."""
    by_report: dict[str, list[Dated]] = {}
    for dated in claims:
        if dated.claim.frame in FRAMES:
            by_report.setdefault(dated.report.id, []).append(dated)
    stories = [[reports[one] for one in story] for story in find_stories(reports.values())]
    told = [story for story in stories if any(report.id in by_report for report in story)]
    found = [make_happening(story, [dated for report in story for dated in by_report.get(report.id, ())]) for story in told]
    return sorted(found, key=lambda one: reports[one.reports[0]].order)


def make_happening(reports: Iterable[Report], claims: Iterable[Dated]) -> Happening:
    """What the reports of one happening say of it together: None where nothing stands out. The day is the one that most claims name,
    else that of the first report."""
    reports, claims = sorted(reports, key=lambda report: report.order), list(claims)
    toll, scene = count_tolls(claims, reports), find_scene(reports)
    days = [when.earliest for report in reports if (when := report.published.when) and when.earliest]
    day = first_day(dated for dated in claims if dated.claim.frame in FRAMES) or min(days, default=None)
    return Happening(tuple(report.id for report in reports), toll.killed, toll.injured, toll.share, toll.by_report, day, scene.town, scene.state)
