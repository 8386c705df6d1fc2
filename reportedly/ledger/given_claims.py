"""Claims of another reader, as JSON lines: held to the doctrine before one of them is stored."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import msgspec

from reportedly.errors import BadClaims
from reportedly.records import CERTAINTIES, POLARITIES, STATUSES, Claim, ClaimSet, Filler, Report, Voice
from reportedly.values import Quantity

GIVEN = "given:"  # how the name of another reader begins, before its file's
_KNOWN = ("stated", "said-unknown", "not-found", "unstated")
_ID = re.compile(r"[0-9A-Za-z_.-]{1,64}")
_KINDS = ("outlet", "named", "anonymous", "organisation", "document", "report", "unspecified")


class _Given(msgspec.Struct):
    """One line, as far as it is read: the keys of `claims --json`; what is missing has its plain value."""

    report: str
    id: str
    frame: str
    start: int
    end: int
    quote: str
    trigger: str
    trigger_start: int
    trigger_end: int
    status: str
    polarity: str
    certainty: str
    voice: list[dict[str, object]]
    roles: dict[str, list[dict[str, object]]] = {}
    playbook: str | None = None
    hedges: list[str] = []
    condition: str | None = None
    known: str = "stated"


@dataclass(frozen=True, slots=True)
class Known:
    """What claims are held against: the case's reports, the reports that have a claim of an id, and the frames of each playbook by its
    name."""

    reports: Mapping[str, Report]
    having: Callable[[str], list[str]]
    frames: Mapping[str, frozenset[str]]


def read_given(lines: Iterable[bytes], name: str, known: Known) -> list[ClaimSet]:
    """The claim sets that the JSON lines of a file of that name give, by report. Raises BadClaims with every mistake and its line: a report that
    is not in the case, words that do not stand where they are said to, values that do not exist, a chain without the report's outlet,
    an id that another claim has; and where there is none at all."""
    by_report: dict[str, list[Claim]] = defaultdict(list)
    mistakes: list[str] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            given = msgspec.json.decode(line, type=_Given)
            claim = _make_claim(given)
        except (msgspec.MsgspecError, TypeError, KeyError, ValueError) as error:
            mistakes.append(f"{name}:{number}: {error}")
            continue
        report = known.reports.get(given.report)
        wrong = what_is_wrong(claim, report) or _what_is_foreign(claim, known, seen) if report is not None else f"report {given.report}: not in the case"
        seen.add(claim.id)
        if wrong:
            mistakes.append(f"{name}:{number}: {wrong}")
        else:
            by_report[claim.report].append(claim)
    if mistakes:
        raise BadClaims(mistakes)
    if not by_report:
        raise BadClaims([f"{name}: holds no claim; write one a line, as claims --json does"])
    return [ClaimSet(report, f"{GIVEN}{name}", tuple(sorted(claims, key=lambda one: (one.trigger_start, one.id)))) for report, claims in sorted(by_report.items())]


def _make_claim(given: _Given) -> Claim:
    fields = msgspec.structs.asdict(given) | {
        "roles": {name: tuple(_filler(row) for row in rows) for name, rows in sorted(given.roles.items())},
        "voice": tuple(_voice(row) for row in given.voice),
        "hedges": tuple(given.hedges),
        "when": None,  # a symbolic time cannot be had from its resolved days
        "found": "given by another reader",
    }
    return Claim(**fields)


def _filler(row: dict[str, object]) -> Filler:
    filler = msgspec.convert({key: row.get(key) for key in ("text", "start", "end", "name")}, Filler)
    if row.get("min") is None and row.get("max") is None:
        return filler
    fields = {"least": row.get("min"), "most": row.get("max"), **{key: row.get(key) for key in ("bound", "unit", "per", "scope", "change") if row.get(key) is not None}}
    return replace(filler, quantity=msgspec.convert(fields, Quantity))


def _voice(row: dict[str, object]) -> Voice:
    return msgspec.convert({key: row.get(key) for key in ("kind", "text", "name", "start", "end", "place", "reason", "role", "spoke", "perhaps")}, Voice)


def what_is_wrong(claim: Claim, report: Report) -> str:
    """The first thing in which a claim breaks the doctrine, or ""."""
    for name, value, known in (
        ("status", claim.status, STATUSES),
        ("polarity", claim.polarity, POLARITIES),
        ("certainty", claim.certainty, CERTAINTIES),
        ("known", claim.known, _KNOWN),
    ):
        if value not in known:
            return f"{name} {value!r} is none of {', '.join(known)}"
    if not claim.voice or claim.voice[-1].kind != "outlet" or any(one.kind not in _KINDS for one in claim.voice):
        return "voice: the chain ends with the outlet, and each kind is one of " + ", ".join(_KINDS)
    if report.outlet and report.outlet not in (claim.voice[-1].name, claim.voice[-1].text):
        return f"voice: the chain ends with {claim.voice[-1].text!r}, and the report is of {report.outlet!r}"
    spans = [("quote", claim.start, claim.end, claim.quote), ("trigger", claim.trigger_start, claim.trigger_end, claim.trigger)]
    spans += [(f"roles.{name}", one.start, one.end, one.text) for name, fillers in claim.roles.items() for one in fillers]
    spans += [("voice", one.start, one.end, one.text) for one in claim.voice if one.start is not None and one.end is not None]
    for name, start, end, words in spans:
        if start < 0 or end <= start or report.text[start:end] != words:
            return f"{name} {words[:40]!r} does not stand at {start}–{end}"
    if not (claim.start <= claim.trigger_start and claim.trigger_end <= claim.end):
        return f"trigger {claim.trigger[:40]!r} stands outside the quote"
    counted = [one.quantity for fillers in claim.roles.values() for one in fillers if one.quantity is not None]
    wrong = next((one for one in counted if one.least is not None and one.most is not None and one.least > one.most), None)
    return f"min {wrong.least:g} is more than max {wrong.most:g}" if wrong is not None else ""


def _what_is_foreign(claim: Claim, known: Known, seen: set[str]) -> str:
    """The first thing that is not as the case has it, or ""."""
    if not _ID.fullmatch(claim.id) or claim.id.strip(".") != claim.id or claim.id.endswith(".json"):
        return f"id {claim.id[:40]!r}: write letters and digits, 1 to 64, no dot at an end and no .json"
    if claim.id in seen:
        return f"id {claim.id}: an earlier line has it"
    if others := sorted(set(known.having(claim.id)) - {claim.report}):
        return f"id {claim.id}: a claim of report {others[0]} has it"
    playbook = claim.playbook.partition("@")[0] if claim.playbook is not None else None
    if playbook is not None and playbook not in known.frames:
        return f"playbook {claim.playbook!r}: the case is not read with it; " + (f"there are {', '.join(sorted(known.frames))}" if known.frames else "leave it out")
    frames = known.frames[playbook] if playbook is not None else frozenset({"open"})
    return "" if claim.frame in frames else f"frame {claim.frame!r} is none of {', '.join(sorted(frames))}"
