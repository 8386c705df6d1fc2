"""What is worth a person's look: claims on which something hangs that is contested, overdue or revised, or that were read with little confidence."""

from collections import defaultdict
from collections.abc import Iterable

from reportedly.records import Claim, Dated, Finding, Plan

_WEIGHTS = {"contested": 8, "overdue": 6, "revised": 3, "possible": 2, "two readings": 2, "nobody named": 1, "probable": 1}  # of what makes a claim worth a look


def find_concerns(claims: Iterable[Dated], findings: Iterable[Finding], plans: Iterable[Plan]) -> list[tuple[Dated, tuple[str, ...]]]:
    """The claims of the playbooks that are worth a person's look, most consequential first, each with why: what is contested, overdue or
    revised rests on it, or it was read with little confidence."""
    why: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.state in _WEIGHTS:
            for answer in finding.answers:
                for claim in answer.claims:
                    why[claim].add(finding.state)
    for plan in plans:
        if plan.outcome == "overdue":
            for mention in plan.mentions:
                why[mention.claim.id].add("overdue")
    found = [
        (dated, tuple(sorted(why[dated.claim.id] | set(_doubts(dated.claim, dated)), key=lambda one: (-_WEIGHTS[one], one))))
        for dated in claims
        if dated.claim.playbook is not None
    ]
    return sorted(
        (pair for pair in found if pair[1]), key=lambda pair: (-sum(_WEIGHTS[one] for one in pair[1]), pair[0].report.order, pair[0].claim.trigger_start, pair[0].claim.id)
    )


def _doubts(claim: Claim, dated: Dated) -> Iterable[str]:
    if claim.certainty != "certain":
        yield claim.certainty
    if dated.when is not None and dated.when.other:
        yield "two readings"
    if claim.voice[0].kind == "unspecified":
        yield "nobody named"
