"""Lines that belong to a site and not to a story: they link nothing."""

import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from reportedly.records import Report

_SITE = re.compile(
    r"^\d{1,2}:\d\d\b|\b(?:sign in|sign up|log ?in|password|your (?:account|profile|email|e-mail|inbox|browser)|privacy policy|terms of (?:use|service)|cookies?|subscri(?:be|ption)|newsletter|"
    r"all rights reserved|javascript|advertis\w+|click (?:here|on)|copyright|download (?:the|our)|follow us|share this|skip to|read more|related (?:articles?|stories)|comments?)\b",
    re.IGNORECASE,
)
_STORIES = 3  # of one site, unlike each other, that have a line: then it is the site's
_UNLIKE = 0.5  # of the words of their lines that two such stories may share
_MOST = 30  # words of a line that may be a site's by its words alone: a story on passwords has longer ones


def find_site_lines(reports: Iterable[Report]) -> dict[str, frozenset[str]]:
    """For each report by id the lines that are its site's: by their words, or for standing in three or more stories of the site that
    are otherwise unlike."""
    lines = {report.id: _lines(report) for report in reports}
    sites: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        sites[_site(report)].append(report.id)
    shared = {site: _shared([lines[one] for one in sorted(members)]) if site else frozenset() for site, members in sites.items()}
    by_site = {one: shared[site] for site, members in sites.items() for one in members}
    return {report: frozenset(line for line in found if line in by_site[report] or _says_site(line)) for report, found in lines.items()}


def _lines(report: Report) -> frozenset[str]:
    return frozenset(line for one in report.text.splitlines() if (line := one.strip()))


def _site(report: Report) -> str:
    return report.outlet or host_of(report)


def host_of(report: Report) -> str:
    """The host in a report's address; "" where it has none."""
    try:
        return urlsplit(report.url or "").hostname or ""
    except ValueError:  # no address at all
        return ""


def _says_site(line: str) -> bool:
    return len(line.split()) <= _MOST and _SITE.search(line) is not None


def _shared(stories: list[frozenset[str]]) -> frozenset[str]:
    """Lines of three stories that are otherwise unlike. Of each line at most three such stories are kept, so this ends soon."""
    holders: dict[str, list[frozenset[str]]] = defaultdict(list)
    for story in stories:
        for line in story:
            known = holders[line]
            if len(known) < _STORIES and all(_likeness(story, one) < _UNLIKE for one in known):
                known.append(story)
    return frozenset(line for line, known in holders.items() if len(known) >= _STORIES)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    both, least = (sum(len(line.split()) for line in lines) for lines in (one & other, min(one, other, key=len)))
    return both / least if least else 0.0
