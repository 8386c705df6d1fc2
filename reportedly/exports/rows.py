"""JSON rows of reports, claims and leavings: keys in a fixed order and always present, times resolved."""

from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.exports.places import find_page, make_address
from reportedly.reconciling.dating import published_day, resolve
from reportedly.records import Answer, Claim, Collected, Command, Drift, Event, Filler, Finding, Leaving, Link, Plan, Report, Review, Tell, Value, Voice
from reportedly.values import Quantity, When
from reportedly.values.times import Length

if TYPE_CHECKING:  # the ledger is not loaded for a list that does not ask it
    from reportedly.ledger.chain import Entry

Row = dict[str, Any]
_encoder = msgspec.json.Encoder()


def write_row(row: Row) -> str:
    """A row as a line of JSON, keys as they stand in it."""
    return _encoder.encode(row).decode()


def report_row(report: Report, origin: str | None = None) -> Row:
    """id, file, title, outlet, agency, published {from, to, basis}, language, media type, url, where on the page what was read off it
    stood, the report that it translates, and the report that its copies go back to, if any."""
    when = report.published.when
    return {
        "id": report.id,
        "file": report.file,
        "title": report.title,
        "outlet": report.outlet,
        "agency": report.agency,
        "published": {"from": _day(when.earliest if when else None), "to": _day(when.latest if when else None), "basis": report.published.basis},
        "language": report.language,
        "media_type": report.media_type,
        "url": report.url,
        "read_from": report.read_from,
        "translation_of": report.translation_of,
        "origin": origin,
    }


def claim_row(claim: Claim, report: Report) -> Row:
    """A claim with its times resolved against the report's publication date, the page of a PDF on which it begins, and for a web page the
    address that opens at its words; `translation_of` names the text that its report translates."""
    return {
        "report": claim.report,
        "id": claim.id,
        "playbook": claim.playbook,
        "frame": claim.frame,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "page": find_page(report, claim.start),
        "address": make_address(report, claim.start, claim.end),
        "translation_of": report.translation_of,
        "trigger": claim.trigger,
        "trigger_start": claim.trigger_start,
        "trigger_end": claim.trigger_end,
        "status": claim.status,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "roles": {name: [filler_row(filler, report) for filler in fillers] for name, fillers in claim.roles.items()},
        "when": when_row(claim.when, report),
        "voice": [_voice_row(voice, report) for voice in claim.voice],
        "hedges": list(claim.hedges),
        "condition": claim.condition,
        "known": claim.known,
    }


def collected_row(collected: Collected) -> Row:
    """How an original came to the case, with the number of its log entry; null where it was not said."""
    return {
        "report": collected.report,
        "sha256": collected.sha256,
        "file": collected.file,
        "media_type": collected.media_type,
        "collected_at": collected.collected_at,
        "collector": collected.collector,
        "source_url": collected.source_url,
        "method": collected.method,
        "notes": collected.notes,
        "seq": collected.seq,
        "at": collected.at,
    }


def entry_row(entry: "Entry") -> Row:
    """An entry of the log; its body as JSON, null where it is withheld."""
    return {
        "seq": entry.seq,
        "at": entry.at,
        "kind": entry.kind,
        "about": entry.about,
        "body_sha256": entry.body_sha256,
        "hash": entry.hash,
        "body": msgspec.json.decode(entry.body) if entry.body is not None else None,
    }


def review_row(review: Review, *, orphan: bool) -> Row:
    """A review; `orphan` where its claim is not read any more."""
    return {
        "seq": review.seq,
        "at": review.at,
        "by": review.by,
        "verdict": review.verdict,
        "claim": review.claim,
        "field": review.field,
        "value": review.value,
        "others": list(review.others),
        "undoes": review.undoes,
        "note": review.note,
        "orphan": orphan,
    }


def filler_row(filler: Filler, report: Report) -> Row:
    """What fills a role: its words with their place, and its value as read."""
    quantity, when = filler.quantity, resolve(filler, report)
    least, most, unit = _measure(quantity, filler.time.length if filler.time else None)
    return {
        "text": filler.text,
        "start": filler.start,
        "end": filler.end,
        "name": filler.name,
        "min": least,
        "max": most,
        "bound": quantity.bound if quantity else None,
        "unit": unit,
        "per": quantity.per if quantity else None,
        "scope": quantity.scope if quantity else None,
        "flow": quantity.flow if quantity else None,
        "change": quantity.change if quantity else None,
        "unit_basis": quantity.unit_basis if quantity else None,
        "derived": quantity.derived if quantity else False,
        "from": _day(when.earliest if when else None),
        "to": _day(when.latest if when else None),
    }


def _measure(quantity: Quantity | None, length: Length | None) -> tuple[float | None, float | None, str | None]:
    """The bounds and the unit of a quantity, else of a length of time."""
    measured = quantity or length
    return (measured.least, measured.most, measured.unit) if measured else (None, None, None)


def when_row(filler: Filler | None, report: Report) -> Row | None:
    """A time with its words and its resolved interval."""
    when = resolve(filler, report)
    if filler is None or when is None:
        return None
    return {
        "text": filler.text,
        "start": filler.start,
        "end": filler.end,
        "from": _day(when.earliest),
        "to": _day(when.latest),
        "edtf": when.edtf,
        "precision": when.precision,
        "anchor": when.anchor,
        "anchor_reason": when.anchor_reason,
        "other": when.other,
    }


def _voice_row(voice: Voice, report: Report) -> Row:
    told = resolve(voice.on, report)
    return {
        "kind": voice.kind,
        "text": voice.text,
        "name": voice.name,
        "start": voice.start,
        "end": voice.end,
        "on": told.edtf or None if told else None,
        "place": voice.place,
        "reason": voice.reason,
        "role": voice.role,
        "count": [voice.count.least, voice.count.most] if voice.count else None,
        "spoke": voice.spoke,
        "perhaps": voice.perhaps,
    }


def leaving_row(leaving: Leaving, text: str | None) -> Row:
    """What was set aside: stage, reason code, where, and the words (null where no report could be made)."""
    words = text[leaving.start : leaving.end] if text is not None and leaving.start is not None and leaving.end is not None else None
    return {
        "report": leaving.report,
        "file": leaving.file,
        "stage": leaving.stage,
        "reason": leaving.reason,
        "start": leaving.start,
        "end": leaving.end,
        "text": words,
        "note": leaving.note,
    }


def value_row(value: Value) -> Row:
    """A time, length, quantity or place with its words, place in the text and reading; what its kind lacks is null."""
    quantity, place = value.quantity, value.place
    least, most, unit = _measure(quantity, value.length)
    return {
        "kind": value.kind,
        "text": value.text,
        "start": value.start,
        "end": value.end,
        "from": _day(value.when.earliest if value.when else None),
        "to": _day(value.when.latest if value.when else None),
        "edtf": value.when.edtf or None if value.when else None,
        "why": value.when.anchor_reason if value.when else None,
        "other": value.when.other if value.when else None,
        "min": least,
        "max": most,
        "unit": unit,
        "bound": quantity.bound if quantity else None,
        "per": quantity.per if quantity else None,
        "scope": quantity.scope if quantity else None,
        "change": quantity.change if quantity else None,
        "unit_basis": quantity.unit_basis if quantity else None,
        "name": place.place.name if place else None,
        "place": place.place.kind if place else None,
        "country": place.place.country if place else None,
        "claimed_by": list(place.place.claimed_by) if place else None,
        "said": place.said if place else None,
        "lat": place.place.latitude if place else None,
        "lon": place.place.longitude if place else None,
        "precision": place.place.precision if place else None,
    }


def event_row(event: Event) -> Row:
    """An event with its claims, why they were joined, the round it names and what it may be besides."""
    return {
        "id": event.id,
        "frame": event.frame,
        "label": event.label,
        "round": event.round,
        "perhaps": event.perhaps,
        "status": event.status,
        "when": _interval(event.when),
        "claims": list(event.claims),
        "why": list(event.why),
    }


def finding_row(finding: Finding) -> Row:
    """All answers for one role of an event."""
    return {
        "event": finding.event,
        "frame": finding.frame,
        "label": finding.label,
        "role": finding.role,
        "state": finding.state,
        "answers": [answer_row(answer) for answer in finding.answers],
        "relations": [{"source": one.source, "target": one.target, "kind": one.kind, "why": one.why} for one in finding.relations],
        "rests_on": [{"report": one.report, "becomes": one.becomes} for one in finding.rests_on],
    }


def answer_row(answer: Answer) -> Row:
    """One answer of a finding, with its origins and claims."""
    filler = answer.filler
    least, most, unit = _measure(filler.quantity, filler.time.length if filler.time else None)
    return {
        "text": answer.filler.text,
        "name": answer.filler.name,
        "min": least,
        "max": most,
        "unit": unit,
        "from": _day(answer.when.earliest if answer.when else None),
        "to": _day(answer.when.latest if answer.when else None),
        "status": answer.status,
        "polarity": answer.polarity,
        "origins": {"min": answer.origins.least, "max": answer.origins.most, "why": answer.origins.why},
        "claims": list(answer.claims),
        "first": _day(answer.first),
        "last": _day(answer.last),
    }


def plan_row(plan: Plan) -> Row:
    """A plan with who announced it, its due day, its mentions and what came of it."""
    announced = plan.announced
    due = next((one.claim.when.text for one in reversed(plan.mentions) if one.when == plan.due and one.claim.when), None)
    return {
        "event": plan.event,
        "frame": plan.frame,
        "label": plan.label,
        "announced": {
            "on": _day(published_day(announced)),
            "report": announced.report.id,
            "claim": announced.claim.id,
            "voice": [_voice_row(voice, announced.report) for voice in announced.claim.voice],
        },
        "due": {**_bounds(plan.due), "text": due},
        "mentions": [{"published": _day(published_day(one)), "claim": one.claim.id, **_bounds(one.when)} for one in plan.mentions],
        "outcome": plan.outcome,
        "slip_days": plan.slip_days,
        "why": plan.why,
        "told": list(plan.told),
        "numbers": [{"said": when, "text": words} for when, words in plan.numbers],
    }


def command_row(command: Command) -> Row:
    """Who holds what power over whom, since when, by whose word."""
    return {
        "holder": list(command.holders),
        "power": list(command.powers),
        "over": list(command.over),
        "giver": list(command.givers),
        "since": _interval(command.since),
        "claim": command.dated.claim.id,
        "voice": [_voice_row(voice, command.dated.report) for voice in command.dated.claim.voice],
    }


def source_row(report: Report, origin: str | None, tells: list[Tell]) -> Row:
    """A report as a source: the report that its copies go back to (null where it has none), and the marks by which it gives itself
    away as a copy of something that is not in the case."""
    row = report_row(report, origin)
    marks = [{"kind": one.kind, "start": one.start, "end": one.end, "words": one.words} for one in tells]
    return {"report": row["id"], "outlet": row["outlet"], "agency": row["agency"], "published": row["published"], "origin": origin, "tells": marks}


def link_row(link: Link) -> Row:
    """One report resting on another, with the stretches of both that show it."""
    spans = [[one.start, one.end, one.other_start, one.other_end] for one in link.spans]
    return {"from": link.source, "to": link.target, "kind": link.kind, "direction": link.direction, "score": link.score, "why": link.why, "spans": spans}


def drift_row(drift: Drift) -> Row:
    """What a copy changed: the words of the original with their place, and those of the copy."""
    return {
        "kind": drift.kind,
        "before": drift.before,
        "start": drift.start,
        "end": drift.end,
        "after": drift.after,
        "other_start": drift.other_start,
        "other_end": drift.other_end,
    }


def _bounds(when: When | None) -> Row:
    return {"from": _day(when.earliest if when else None), "to": _day(when.latest if when else None)}


def _interval(when: When | None) -> Row | None:
    return {**_bounds(when), "edtf": when.edtf} if when else None


def _day(day: object) -> str | None:
    return None if day is None else str(day)
