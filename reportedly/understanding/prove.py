"""A playbook's cases, read by the engine: what came out otherwise than the author expects."""

import re
from dataclasses import dataclass, replace

from reportedly.playbooks.schema import CaseExample, Expected, Playbook
from reportedly.records import Claim, Filler, Published, Report, Segment
from reportedly.understanding.compile import compile_playbook
from reportedly.understanding.read import understand
from reportedly.values import parse_day


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that does not hold, and in one line why."""

    case: str
    why: str


_BLANK = Report("0" * 16, "case", "", "0" * 64, "", "0" * 64, (), Published(None, "unknown"), "text/plain", "utf-8", "en", "the outlet")


def prove(playbook: Playbook) -> list[Failure]:
    """Read every case and compare the claims of the playbook's frames with what it expects, in order."""
    compiled = compile_playbook(playbook)
    reports = [_report(case, number) for number, case in enumerate(playbook.cases)]
    failures = []
    for case, claim_set in zip(playbook.cases, understand(reports, playbooks=(compiled,)), strict=True):
        claims = [claim for claim in claim_set.claims if claim.playbook]
        why = _compare(case, claims)
        if why:
            failures.append(Failure(case.name, why))
    return failures


def _report(case: CaseExample, number: int) -> Report:
    when = parse_day(case.published) if case.published else None
    published = Published(when, "given" if when else "unknown")
    return replace(_BLANK, id=f"{number:016x}", text=case.text, segments=(Segment(0, len(case.text), "body"),), published=published)


def _compare(case: CaseExample, claims: list[Claim]) -> str | None:
    if len(claims) != len(case.expect):
        found = ", ".join(f"{claim.frame} ({claim.trigger})" for claim in claims) or "none"
        return f"{len(case.expect)} claims expected, {len(claims)} read: {found}"
    for expected, claim in zip(case.expect, claims, strict=True):
        why = _differs(expected, claim)
        if why:
            return f"{claim.frame} ({claim.trigger}): {why}"
    return None


def _differs(expected: Expected, claim: Claim) -> str | None:
    """The first thing that is not as expected. A role's text must be found in the filler, or be its number or range."""
    for name in ("frame", "trigger", "status", "polarity", "certainty"):
        wanted = getattr(expected, name)
        if wanted is not None and wanted != getattr(claim, name):
            return f"{name} {getattr(claim, name)!r}, not {wanted!r}"
    if expected.voice is not None and expected.voice != claim.voice[0].text:
        return f"voice {claim.voice[0].text!r}, not {expected.voice!r}"
    for role, wanted in (expected.model_extra or {}).items():
        fillers = claim.roles.get(role, ())
        if not any(_fits(wanted, filler) for filler in fillers):
            return f"{role} {[filler.text for filler in fillers]}, not {wanted!r}"
    return None


def _fits(wanted: object, filler: Filler) -> bool:
    quantity = filler.quantity
    bounds = (quantity.least, quantity.most) if quantity else None
    if isinstance(wanted, list):
        low, high = (None if str(one) in ("null", "") else float(str(one)) for one in wanted)
        return bounds == (low, high)
    if re.fullmatch(r"\d+(?:\.\d+)?", str(wanted)) and bounds is not None:
        return bounds == (float(str(wanted)), float(str(wanted)))
    return str(wanted).lower() in filler.text.lower()
