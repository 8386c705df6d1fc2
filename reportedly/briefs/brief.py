"""The brief: who says what, by voice and by the time spoken of; plans apart from what is said to have happened.

Nothing is said here that a report does not say: each line is a quotation with its source. The same claims and day
give the same bytes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from reportedly.reconciling.dating import resolve
from reportedly.reconciling.findings import WHETHER
from reportedly.reconciling.plans import is_tellable
from reportedly.records import STATUSES, Body, Dated, Decision, Event, Finding, Leaving, Link, Plan, Reconciled, Report, View, Voice
from reportedly.values import When

_SECTIONS = (
    ("Said to have happened", ("occurred",), "positive"),
    ("Said to be under way, or to hold", ("ongoing",), "positive"),
    ("Said not to have happened, or not to hold", ("occurred", "ongoing"), "negative"),
    ("Planned", ("planned",), None),
    ("Ordered or required", ("required",), None),
    ("Under consideration", ("considered",), None),
    ("Expected", ("predicted",), None),
    ("Conditional or asked", ("hypothetical",), None),
)
_MOST_OF_SIDE = 8  # claims of one side of a conflict that are shown
_MARK = "Each line is a report's own words"  # in the heading of every brief
_DOUBT = {"probable": "probably", "possible": "possibly"}


def is_brief(path: Path) -> bool:
    """Whether a file is a brief of ours: such a one may be written anew."""
    with path.open("rb") as file:
        return _MARK.encode() in file.read(4096)


def write_brief(title: str, view: View, reconciled: Reconciled, leavings: Iterable[Leaving], headings: dict[str, str] | None = None) -> str:
    """The brief of a case as Markdown: plans and what came of them; what several claims tell of, by stages; options; numbers;
    conflicts; what is said to be unknown; the claims of each frame under its heading and in the order of `headings`; all
    others by status and voice. Reports are numbered by publication."""
    numbers = {report.id: number for number, report in enumerate(view.reports.values(), start=1)}
    by_id = {line.claim.id: line for line in reconciled.claims}
    threads = [event for event in reconciled.events if len(event.claims) > 1 or event.round]
    parts = [_heading(title, view, len(reconciled.claims)), _plan_board(reconciled.plans, numbers), _threads(threads, by_id, numbers)]
    parts += [_options(reconciled.decisions, numbers), _numbers(reconciled.findings, by_id, numbers), _conflicts(reconciled.findings, by_id, numbers)]
    parts += [_unknowns(reconciled.claims, numbers), _bodies(reconciled.bodies, numbers)]
    told = {one for event in threads for one in event.claims} | {command.dated.claim.id for body in reconciled.bodies for command in body.commands}
    rest = [line for line in reconciled.claims if line.claim.playbook and line.claim.id not in told]
    order = [*(headings or {}), *sorted({line.claim.frame for line in rest} - set(headings or {}))]
    parts += [_frame_section((headings or {}).get(frame, frame), chosen, numbers) for frame in order if (chosen := [line for line in rest if line.claim.frame == frame])]
    others = [line for line in reconciled.claims if line.claim.playbook is None]
    for heading, statuses, polarity in _SECTIONS:
        chosen = [line for line in others if line.claim.status in statuses and polarity in (None, line.claim.polarity)]
        if chosen:
            parts.append(_section(heading, chosen, numbers))
    parts += [_sources(view, reconciled.links, reconciled.degraded, numbers), _set_apart(leavings)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _heading(title: str, view: View, claims: int) -> str:
    day = f"as of {view.as_of}" if view.as_of else "all reports, whatever their date"
    left = f" {view.undated} undated report{'s' * (view.undated != 1)} left out." if view.undated else ""
    reports = len(view.reports)
    known = f" As the ledger stood at the end of {view.known_by} (UTC)." if view.known_by else ""
    gone = f" {view.withheld} report{'s' * (view.withheld != 1)} known then {'were' if view.withheld != 1 else 'was'} withheld since." if view.withheld else ""
    return (
        f"# {_plain(title)}\n\n{reports} report{'s' * (reports != 1)}, {claims} claims; {day}.{left}{known}{gone}\n\n"
        f"{_MARK}: before them the time they speak of, after them the word that carries the claim and\n"
        "[report: characters]. Who says so stands above. A copy is no second source: what\n"
        "each report rests on stands in the list of reports."
    )


def _plan_board(plans: Iterable[Plan], numbers: dict[str, int]) -> str:
    """What was announced and what came of it, overdue first; only what names a day, a round or a number."""
    rows = []
    for plan in plans:
        if not is_tellable(plan):
            continue
        claim = plan.announced.claim
        due = f"due {plan.due.edtf}; " if plan.due else ""
        more = f"; {len(plan.mentions)} mentions" if len(plan.mentions) > 1 else ""
        note = f"[{numbers[claim.report]}: {claim.start}–{claim.end}]"
        rows.append(
            f"- **{plan.outcome}** {_plain(plan.label)} — {due}{_plain(plan.why)}{more}. First by {' → '.join(_voice(voice) for voice in claim.voice)}: “{_plain(claim.quote)}” {note}"
        )
    return "## Plans and what came of them\n\n" + "\n".join(rows) if rows else ""


def _threads(events: list[Event], lines: dict[str, Dated], numbers: dict[str, int]) -> str:
    """What several claims tell of, or a round: its stages as they were told, by publication. The unsure is said."""
    rows = []
    for event in sorted(events, key=lambda event: (_first(event, lines, numbers), event.id)):
        when = f", {event.when.edtf}" if event.when and event.when.edtf else ""
        rows.append(f"### {_plain(event.label)}: {event.status}{when}\n")
        rows += [f"{_plain(event.perhaps.capitalize())}.\n"] if event.perhaps else []
        members = sorted((lines[one] for one in event.claims), key=lambda line: (numbers[line.claim.report], line.claim.trigger_start))
        rows += [f"- *{line.claim.status}* {_line(line, numbers)}" for line in members]
        rows += [f"\nTaken together because {_plain('; '.join(event.why))}."] if event.why else []
        rows.append("")
    return "## What happened, at which stage\n\n" + "\n".join(rows).rstrip() if rows else ""


def _first(event: Event, lines: dict[str, Dated], numbers: dict[str, int]) -> tuple[int, int]:
    return min((numbers[lines[one].claim.report], lines[one].claim.trigger_start) for one in event.claims)


def _bodies(bodies: Iterable[Body], numbers: dict[str, int]) -> str:
    """The chain of command as said: each body with those under it, and the words for both."""
    rows = []
    for body in bodies:
        also = f" (also: {', '.join(map(_plain, body.also))})" if body.also else ""
        under = f" → {'; '.join(map(_plain, body.under))}" if body.under else ""
        rows.append(f"### {_plain(body.name)}{also}{under}\n")
        rows += [f"- {_line(command.dated, numbers)}" for command in body.commands]
        rows.append("")
    return "## Who commands\n\n" + "\n".join(rows).replace("\n\n\n", "\n\n").rstrip() if rows else ""


def _options(decisions: Iterable[Decision], numbers: dict[str, int]) -> str:
    """What is weighed against each other, the favoured marked."""
    rows = []
    for decision in decisions:
        rows.append(f"### {_plain(decision.frame)}: {len(decision.options)} options in report {numbers[decision.options[0].report.id]}\n")
        for option in decision.options:
            mark = "**favoured** " if option.claim.id in decision.favoured else ""
            rows.append(f"- {mark}{_line(option, numbers)}")
        rows.append("")
    return "## Options under discussion\n\n" + "\n".join(rows).rstrip() if rows else ""


def _conflicts(findings: Iterable[Finding], lines: dict[str, Dated], numbers: dict[str, int]) -> str:
    """Roles whose answers differ: revised by later reports, or contested. All answers stand."""
    rows = []
    for finding in (one for one in findings if one.state in ("contested", "revised")):
        rows.append(f"### {_plain(finding.label)} · {_plain(finding.role)}: {finding.state}\n")
        if finding.role == WHETHER:
            rows += [
                f"- {'said' if answer.polarity == 'positive' else 'denied'}: {_line(lines[one], numbers)}" for answer in finding.answers for one in answer.claims[:_MOST_OF_SIDE]
            ]
        else:
            rows += [f"- “{_plain(answer.filler.text)}” — {_line(lines[answer.claims[0]], numbers)}" for answer in finding.answers]
        rows += ["", *(f"{relation.kind}: {_plain(relation.why)}." for relation in finding.relations if relation.kind not in ("refines", "scope-differs", "denies"))]
        rows.append("")
    return "## Conflicts and revisions\n\n" + "\n".join(rows).rstrip() if rows else ""


def _unknowns(lines: Iterable[Dated], numbers: dict[str, int]) -> str:
    """What a report says nobody knows, it could not learn or was not told: values of their own, no gap."""
    rows = [f"- {line.claim.known}: {_line(line, numbers)}" for line in lines if line.claim.known != "stated"]
    return "## Said to be unknown\n\n" + "\n".join(rows) if rows else ""


def _frame_section(heading: str, lines: list[Dated], numbers: dict[str, int]) -> str:
    """The claims of one frame by status, then by the time spoken of."""
    parts = [f"## {_plain(heading)}"]
    for status in STATUSES:
        chosen = sorted(
            (line for line in lines if line.claim.status == status), key=lambda line: (_spoken_of(line.when), numbers[line.claim.report], line.claim.trigger_start, line.claim.id)
        )
        if chosen:
            parts.append(f"### {status}\n\n" + "\n".join(f"- {_line(line, numbers)}" for line in chosen))
    return "\n\n".join(parts)


def _line(line: Dated, numbers: dict[str, int]) -> str:
    """A claim with its speaker on the same line."""
    return f"{' → '.join(_voice(voice) for voice in line.claim.voice)}: {_row(line, numbers).removeprefix('- ')}"


def _numbers(findings: Iterable[Finding], lines: dict[str, Dated], numbers: dict[str, int]) -> str:
    """Every number of an event with who gives it: ranges as they are said, origins as an interval."""
    rows = []
    for finding in findings:
        for answer in (one for one in finding.answers if one.filler.quantity):
            line = lines[answer.claims[0]]
            origins = str(answer.origins.least) if answer.origins.least == answer.origins.most else f"{answer.origins.least} to {answer.origins.most}"
            state = f", {finding.state}" if finding.state in ("contested", "revised") else ""
            note = f"[{numbers[line.claim.report]}: {answer.filler.start}–{answer.filler.end}]"
            rows.append(
                f"- {_plain(finding.label)} · {finding.role}: “{_plain(answer.filler.text)}”, {answer.status}, origins {origins}{state} — {' → '.join(_voice(voice) for voice in line.claim.voice)} {note}"
            )
    return "## Numbers\n\n" + "\n".join(rows) if rows else ""


def _section(heading: str, lines: list[Dated], numbers: dict[str, int]) -> str:
    by_voice: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    for line in lines:
        by_voice[_speaker(line)].append(line)
    parts = [f"## {heading}"]
    for speaker in sorted(by_voice, key=lambda speaker: (min(numbers[line.claim.report] for line in by_voice[speaker]), speaker)):
        rows = sorted(by_voice[speaker], key=lambda line: (_spoken_of(line.when), numbers[line.claim.report], line.claim.trigger_start, line.claim.id))
        parts.append(f"### {speaker[0]}{_caution(by_voice[speaker])}\n\n" + "\n".join(_row(line, numbers) for line in rows))
    return "\n\n".join(parts)


def _speaker(line: Dated) -> tuple[str, str]:
    """The chain in words, and what keeps two of the same words apart: the report, where its outlet is not known."""
    words = " → ".join(_voice(voice) for voice in line.claim.voice)
    if line.report.outlet is not None:
        return words, line.report.outlet
    return f"{words} of {_plain(line.report.file)}", line.report.id


def _voice(voice: Voice) -> str:
    """ "a source in North Korea (anonymous)", "Hong Min", "the outlet"."""
    text = voice.name or voice.text
    text = text[0].lower() + text[1:] if text.split(" ", 1)[0] in ("A", "An", "The", "One", "Two", "Some", "Many", "Most", "Several", "Multiple") else text
    return _plain(text) + (f" ({voice.kind})" if voice.kind not in ("outlet", "named") else "")


def _caution(lines: list[Dated]) -> str:
    """Words that describe a source do not tell one person from two."""
    reports = {line.claim.report for line in lines}
    if lines[0].claim.voice[0].kind == "anonymous" and len(reports) > 1:
        return f" — so described in {len(reports)} reports; one person or several"
    return ""


def _row(line: Dated, numbers: dict[str, int]) -> str:
    claim = line.claim
    time = f"`{line.when.edtf}` " if line.when and line.when.edtf else f"({_plain(claim.when.text)}) " if claim.when else ""
    marks = [word for word in ("not" if claim.polarity == "negative" else "", _DOUBT.get(claim.certainty, "")) if word]
    marks += [f"if: {_plain(claim.condition)}"] if claim.condition else []
    marks += [f"counted from the original's day; from its own {line.when.other}"] if line.when and line.when.anchor == "original" else []
    told = _told(claim.voice, line.report)
    note = f" — *{'; '.join(marks)}*" if marks else ""
    return f"- {time}“{_plain(claim.quote)}” · **{_plain(claim.trigger)}**{note}{told} [{numbers[claim.report]}: {claim.start}–{claim.end}]"


def _told(chain: tuple[Voice, ...], report: Report) -> str:
    told = resolve(chain[0].on, report)
    return f" — told {told.edtf}" if told and told.edtf else ""


def _sources(view: View, links: Iterable[Link], degraded: frozenset[str], numbers: dict[str, int]) -> str:
    rests: dict[str, list[str]] = defaultdict(list)
    for link in links:
        rests[link.source].append(f"{link.kind} {'with' if link.direction == 'either way' else 'of'} {numbers[link.target]}")
    for copy in degraded:
        rests[copy].append("an original that is not here")
    rows = ["## Reports", "", "| no. | published | outlet | title | rests on | file | SHA-256 of the original |", "|---|---|---|---|---|---|---|"]
    for report in view.reports.values():
        when = report.published.when
        day = f"{when.edtf} ({report.published.basis})" if when else "undated"
        cells = (
            str(numbers[report.id]),
            day + (" perhaps" if report.id in view.perhaps else ""),
            report.outlet or "–",
            report.title or "–",
            "; ".join(rests[report.id]) or "–",
            report.file,
            report.sha256[:16] + "…",
        )
        rows.append("| " + " | ".join(_plain(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def _set_apart(leavings: Iterable[Leaving]) -> str:
    counts = Counter(leaving.reason for leaving in leavings)
    if not counts:
        return ""
    listed = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
    return f"## Set apart\n\n{listed}. List them with `reportedly leavings CASE`."


def _spoken_of(when: When | None) -> str:
    if when is None or not when.edtf:
        return "9999"
    return str(when.earliest or when.latest)


def _plain(text: str) -> str:
    """Text that stays text in Markdown: one line, control characters shown, markup escaped."""
    line = "".join(mark if mark.isprintable() else " " if mark.isspace() else f"\\u{ord(mark):04x}" for mark in text)
    line = " ".join(line.split())
    return "".join("\\" + mark if mark in "\\`*_[]<>#" else mark for mark in line)
