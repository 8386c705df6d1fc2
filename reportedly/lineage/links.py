"""All links of a set of reports: candidates by shared keys, compared and classified, and what the reports cite themselves."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from reportedly.lineage.boilerplate import find_site_lines
from reportedly.lineage.candidates import find_candidates, find_keys
from reportedly.lineage.citations import find_citations
from reportedly.lineage.classify import SHORT, Paper, classify
from reportedly.lineage.compare import compare
from reportedly.lineage.features import find_features
from reportedly.records import Claim, Link, Report

_AT_HAND = 512  # reports whose features are kept while pairs are compared
COPIES = ("verbatim", "edited", "rewritten", "translated")  # kinds under which two reports are one voice


def find_links(claims: Iterable[Claim], reports: Mapping[str, Report]) -> list[Link]:
    """The links between reports, in the order of publication given, sorted by source and target: the same for any order of arrival. A
    report that cites another and tells what it told is a digest of it, or of one outlet a follow-up; copies are told by their text."""
    copies = find_copies(reports)
    found = {(link.source, link.target): link for link in copies}
    by_pair = {frozenset(pair): link for pair, link in found.items()}
    for link in find_citations(claims, reports):
        known = by_pair.get(frozenset((link.source, link.target)))
        if known is not None and known.kind in COPIES and not _is_digest(link, known, reports):
            continue
        if known is not None:
            del found[known.source, known.target]
        found[link.source, link.target] = link
    return [found[pair] for pair in sorted(found)]


def _is_digest(citation: Link, known: Link, reports: Mapping[str, Report]) -> bool:
    """Whether what looks like a rewrite is a short account that says whose it is."""
    lengths = [len(reports[one].text) for one in (citation.source, citation.target)]
    return citation.kind == "digest" and known.kind == "rewritten" and lengths[0] < SHORT * lengths[1]


def find_copies(reports: Mapping[str, Report]) -> list[Link]:
    """The links that the texts show by themselves. Only keys are kept of all reports; what is compared is read again, a few at a time."""
    lines = find_site_lines(reports.values())
    names = list(reports)
    keys = [find_keys(find_features(reports[name], lines[name])) for name in names]

    @lru_cache(maxsize=_AT_HAND)
    def paper(at: int) -> Paper:
        return Paper(reports[names[at]], find_features(reports[names[at]], lines[names[at]]))

    links = []
    for one, other in find_candidates(keys):
        link = classify(paper(one), paper(other), compare(paper(one).features, paper(other).features))
        if link is not None:
            links.append(link)
    return links
