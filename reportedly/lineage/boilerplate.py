"""Lines that belong to a site and not to a story: they link nothing."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from urllib.parse import urlsplit

from reportedly.records import Report

_SITE = re.compile(
    r"^\d{1,2}:\d\d\b|^(?:advertis\w+|copyright|related|share|comments?)\b|^\d+ comments?\b"
    r"|\b(?:sign in|sign up|log ?in|password|your (?:account|profile|email|e-mail|inbox|browser)|privacy policy|terms of (?:use|service)|use of cookies|subscri(?:be|ption)s?"
    r"|our newsletter|all rights reserved|javascript|click (?:here|on)|download (?:the|our) \w*\s?app|follow us|share this|skip to|read more|(?:post|leave) a comment)\b",
    re.IGNORECASE,
)
_STORIES = 3  # of one site, unlike each other, that have a line: then it is the site's
_MORE_STORIES = 4  # where they are short, and most of their words are the site's
_UNLIKE = 0.5  # of the words of their lines that two such stories may share
_OWN = 8  # words that each must have for itself
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
    """Lines of three stories that are otherwise unlike, or of four that have each something of its own. Of each line at most four
    stories are kept, so this ends soon."""
    holders: dict[str, list[frozenset[str]]] = defaultdict(list)
    for story in stories:
        for line in story:
            known = holders[line]
            if len(known) < _MORE_STORIES and all(_own(story, one) >= _OWN and _own(one, story) >= _OWN for one in known):
                known.append(story)
    return frozenset(line for line, known in holders.items() if _is_shared(known))


def _is_shared(stories: list[frozenset[str]]) -> bool:
    if len(stories) >= _MORE_STORIES:
        return True
    return len(stories) >= _STORIES and all(_likeness(one, other) < _UNLIKE for one, other in combinations(stories, 2))


def _own(story: frozenset[str], other: frozenset[str]) -> int:
    """The words of a story's lines that the other does not have."""
    return sum(len(line.split()) for line in story - other)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    both, least = (sum(len(line.split()) for line in lines) for lines in (one & other, min(one, other, key=len)))
    return both / least if least else 0.0
