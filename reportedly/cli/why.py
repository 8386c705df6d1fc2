"""`reportedly why`: how one claim was read."""

import sys
import textwrap
from typing import Annotated

import typer

from reportedly.cli.options import AsJson, AsOf, CasePath, KnownBy, parse_as_of, parse_known_by
from reportedly.cli.screen import print_rows, show, width
from reportedly.records import Claim, Report

Relations = Annotated[bool, typer.Option("--relations", help="Also how it stands to the other claims of its event.")]
ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="A claim id, or its beginning.")]


def why(case: CasePath, claim: ClaimId, relations: Relations = False, as_of: AsOf = None, known_by: KnownBy = None, as_json: AsJson = False) -> None:
    """Show a claim's report, its words in their place, who says so, and how each value was read.

    Example: reportedly why donbas 3f2a
    """
    from reportedly.answering import relations_of
    from reportedly.exports.rows import claim_row
    from reportedly.lineage.citations import find_citations
    from reportedly.lineage.tells import find_tells, is_copy_of_unknown
    from reportedly.pipeline import open_case

    with open_case(case, known_by=parse_known_by(known_by)) as opened:
        view = opened.view(parse_as_of(as_of))
        found, report = opened.find_claim(claim, view)
        judgement = opened.judgement(found.id)
        tells = find_tells(report)
        related = relations_of(opened, found.id, view) if relations else []
        cited = {link.target: view.reports[link.target] for link in find_citations([found], view.reports)}
    if as_json:
        print_rows([claim_row(found, report)])
        return
    lines = _lines(found, report, list(cited.values()))
    if is_copy_of_unknown(tells):
        lines.append(f"degraded   a copy of an original that is not in the case: {'; '.join(f'{one.kind} “{one.words[:40]}”' for one in tells[:3])}")
    if judgement is not None:
        said = [judgement.verdict + f" by {judgement.by}", *(f"{field} set to {value}" for field, value in judgement.edits)]
        said += [f"joined to {one[:8]}" for one in judgement.joined] + [f"parted from {one[:8]}" for one in judgement.parted]
        lines.append("reviewed   " + "; ".join([*said, *judgement.notes]))
    lines += [f"{one.kind:<10} {one.why} [{(one.target if one.source == found.id else one.source)[:8]}]" for one in related]
    for line in lines:
        sys.stdout.write("\n".join(textwrap.wrap(show(line), width(), subsequent_indent=" " * 11, drop_whitespace=True) or [""]) + "\n")


def _lines(claim: Claim, report: Report, cited: list[Report]) -> list[str]:
    from reportedly.exports.rows import claim_row

    row = claim_row(claim, report)
    page = f"page {row['page']}, " if row["page"] else ""
    when = report.published.when
    before, after = report.text[max(0, claim.start - 60) : claim.start], report.text[claim.end : claim.end + 60]
    lines = [
        f"claim      {claim.id}  ({claim.frame}; found as: {claim.found})",
        f"report     {report.id}  {show(report.file)}",
        f"           {show(report.outlet or 'outlet not given')}, {when.edtf + ' (' + report.published.basis + ')' if when else 'undated'}, sha256 {report.sha256[:16]}…",
        *textwrap.wrap(f"words      …{show(before)}[{show(claim.quote)}]{show(after)}…", width(), subsequent_indent=" " * 11, drop_whitespace=True),
        f"place      {page}characters {claim.start}–{claim.end}; trigger '{show(claim.trigger)}' at {claim.trigger_start}",
        f"read as    {claim.status}, {claim.polarity}, {claim.certainty}"
        + (f", {claim.known}" if claim.known != "stated" else "")
        + (f"; hedged by {', '.join(claim.hedges)}" if claim.hedges else ""),
    ]
    lines += [f"open       {row['address']}"] if row["address"] else []
    lines += [f"translates {show(report.translation_of)}, as was given"] if report.translation_of else []
    if claim.condition:
        lines.append(f"condition  {show(claim.condition)}")
    for depth, voice in enumerate(row["voice"]):
        place = f" at {voice['start']}–{voice['end']}" if voice["start"] is not None else ""
        told = f", told {voice['on']}" if voice["on"] else ""
        lines.append(f"{'voice' if depth == 0 else '  via'}      {voice['kind']}: {show(voice['text'])}{place}{told}")
        facts = [f"{name} {voice[name]}" for name in ("role", "spoke") if voice[name]]
        facts += [f"not named: {voice['reason']}"] if voice["reason"] else []
        facts += [voice["perhaps"]] if voice["perhaps"] else []
        lines += textwrap.wrap(show("; ".join(facts)), width(), initial_indent=" " * 11, subsequent_indent=" " * 11)
    lines += [f"cites      {one.id[:8]}  {show(one.file)}" for one in cited]
    if row["when"]:
        time = row["when"]
        reason = time["anchor_reason"] or "the words say it"
        lines.append(f"when       '{show(time['text'])}' → {time['edtf'] or 'unresolved'} ({reason}" + (f"; other reading {time['other']})" if time["other"] else ")"))
    for name, fillers in row["roles"].items():
        lines += [f"  {name:<10} {show(filler['text'])}{_value(filler)}" for filler in fillers]
    return lines


def _value(filler: dict) -> str:  # type: ignore[type-arg]
    """How a filler was read: bounds, unit, interval or usual name."""
    if filler["min"] is not None or filler["max"] is not None:
        bounds = f"{filler['min'] if filler['min'] is not None else '…'} to {filler['max'] if filler['max'] is not None else '…'}"
        words = [
            bounds,
            filler["unit"] or "",
            f"a {filler['per']}" if filler["per"] else "",
            f"[{filler['bound']}]" if filler["bound"] else "",
            f"({filler['scope']})" if filler["scope"] else "",
        ]
        return " → " + " ".join(word for word in words if word)
    if filler["from"] or filler["to"]:
        return f" → {filler['from'] or '..'}/{filler['to'] or '..'}"
    return f" → {filler['name']}" if filler["name"] and filler["name"] != filler["text"] else ""
