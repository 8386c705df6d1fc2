"""Lines that belong to a site and not to a story: they link nothing."""

import re
from collections import defaultdict
from collections.abc import Mapping
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


class SiteLines:
    """Which lines of the reports taken in so far are their site's: by their words, or for standing in three or more stories of the site
    that are otherwise unlike."""

    def __init__(self) -> None:
        self._lines: dict[str, frozenset[str]] = {}
        self._site: dict[str, str] = {}
        self._holders: dict[tuple[str, str], set[str]] = defaultdict(set)  # by site and line
        self._shared: set[tuple[str, str]] = set()

    def take(self, changed: Mapping[str, Report | None]) -> set[str]:
        """Take in reports that came, changed or went (None), by id; all those whose lines may be told otherwise now."""
        touched: set[tuple[str, str]] = set()
        for report, now in changed.items():
            touched |= self._keys(report)
            for key in self._keys(report):
                self._holders[key].discard(report)
            self._lines.pop(report, None)
            if now is not None:
                self._lines[report], self._site[report] = _lines(now), site_of(now)
                touched |= self._keys(report)
                for key in self._keys(report):
                    self._holders[key].add(report)
        turned = {key for key in touched if self._is_shared(key) != (key in self._shared)}
        self._shared ^= turned
        return changed.keys() | {report for key in turned for report in self._holders[key]}

    def of(self, report: str) -> frozenset[str]:
        """The lines of a report that are its site's."""
        site = self._site[report]
        return frozenset(line for line in self._lines[report] if (site, line) in self._shared or _says_site(line))

    def _keys(self, report: str) -> set[tuple[str, str]]:
        site = self._site.get(report, "")
        return {(site, line) for line in self._lines.get(report, ())} if site else set()

    def _is_shared(self, key: tuple[str, str]) -> bool:
        """Whether a line stands in three stories that are otherwise unlike, or in four that have each something of its own."""
        holders = self._holders[key]
        known: list[frozenset[str]] = []
        for report in sorted(holders) if len(holders) >= _STORIES else ():
            story = self._lines[report]
            if all(_own(story, one) >= _OWN and _own(one, story) >= _OWN for one in known):
                known.append(story)
            if len(known) == _MORE_STORIES:
                return True
        return len(known) >= _STORIES and all(_likeness(one, other) < _UNLIKE for one, other in combinations(known, 2))


def _lines(report: Report) -> frozenset[str]:
    return frozenset(line for one in report.text.splitlines() if (line := one.strip()))


def site_of(report: Report) -> str:
    """What a report's lines are counted under: its outlet, else its host."""
    return report.outlet or host_of(report)


def host_of(report: Report) -> str:
    """The host in a report's address; "" where it has none."""
    try:
        return urlsplit(report.url or "").hostname or ""
    except ValueError:  # no address at all
        return ""


def _says_site(line: str) -> bool:
    return len(line.split()) <= _MOST and _SITE.search(line) is not None


def _own(story: frozenset[str], other: frozenset[str]) -> int:
    """The words of a story's lines that the other does not have."""
    return sum(len(line.split()) for line in story - other)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    both, least = (sum(len(line.split()) for line in lines) for lines in (one & other, min(one, other, key=len)))
    return both / least if least else 0.0
