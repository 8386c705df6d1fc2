"""JSON rows of what reconciling answers: relations, gaps, changes, replies, tracks, dependences. Keys in a fixed order, always present."""

from reportedly.exports.rows import Row, answer_row
from reportedly.reconciling.tracks import find_interval
from reportedly.records import Answer, Assessment, Change, Dated, Dependence, ElementTest, Event, Gap, Happening, Relation, Reply, Track


def relation_row(relation: Relation) -> Row:
    """How one claim stands to another, with the sentence that says why."""
    return {"source": relation.source, "target": relation.target, "role": relation.role, "kind": relation.kind, "why": relation.why}


def gap_row(gap: Gap) -> Row:
    """What is not known of an event, as a question with words to search with."""
    return {
        "event": gap.event,
        "frame": gap.frame,
        "label": gap.label,
        "role": gap.role,
        "state": gap.state,
        "claims": list(gap.claims),
        "question": gap.question,
        "search": list(gap.search),
    }


def change_row(change: Change) -> Row:
    """What a report changed; the report is null where the day alone did it."""
    return {"report": change.report or None, "kind": change.kind, "what": change.what, "before": change.before, "after": change.after, "claims": list(change.claims)}


def reply_row(reply: Reply) -> Row:
    """An answer with its status, voices, origins and claims."""
    origins = {"min": reply.origins.least, "max": reply.origins.most, "why": reply.origins.why}
    return {"answer": reply.answer, "status": reply.status, "voice": list(reply.voices), "origins": origins, "claims": list(reply.claims)}


def track_row(track: Track) -> Row:
    """What became of the plans of a voice class, each share with its 95 % interval."""
    shares = {"kept": (track.kept, track.due), "on_time": (track.on_time, track.kept), "in_range": (track.in_range, track.counted)}
    row: Row = {"outlet": track.outlet, "voice": track.voice}
    for name, (hits, of) in shares.items():
        low, high = find_interval(hits, of)
        row[name] = {"n": hits, "of": of, "from": round(low, 2), "to": round(high, 2)}
    return row


def dependence_row(dependence: Dependence) -> Row:
    """What a claim is said to hang on."""
    return {
        "claim": dependence.claim,
        "kind": dependence.kind,
        "words": dependence.words,
        "start": dependence.start,
        "end": dependence.end,
        "events": list(dependence.events),
    }


def moment_row(event: Event | None, dated: Dated) -> Row:
    """A claim in the order of the time that it speaks of."""
    when = dated.when
    return {
        "from": str(when.earliest) if when and when.earliest else None,
        "to": str(when.latest) if when and when.latest else None,
        "edtf": when.edtf if when else None,
        "frame": dated.claim.frame,
        "status": dated.claim.status,
        "polarity": dated.claim.polarity,
        "event": event.id if event else None,
        "label": event.label if event else None,
        "claim": dated.claim.id,
        "report": dated.report.id,
    }


def happening_row(one: Happening) -> Row:
    """One happening with its toll, and what each report counts."""
    counts = [{"report": report, "killed": killed, "injured": injured} for report, killed, injured in one.by_report]
    return {
        "reports": list(one.reports),
        "killed": one.killed,
        "injured": one.injured,
        "share": round(one.share, 3),
        "day": str(one.day) if one.day else None,
        "town": one.town,
        "state": one.state,
        "counts": counts,
    }


def preferred_row(chosen: tuple[Answer, str] | None) -> Row | None:
    """The answer that a rule took, with the rule in words."""
    return {"answer": answer_row(chosen[0]), "why": chosen[1]} if chosen else None


def fault_row(line: int, word: str, what: str, sentence: str) -> Row:
    """A word of a text that its citations do not carry, and what they have instead."""
    return {"line": line, "word": word, "what": what, "sentence": sentence}


def assessment_row(one: Assessment) -> Row:
    """How the elements of a provision fare against an event; `event` is null where all reports are asked."""

    def test_row(test: ElementTest) -> Row:
        return {"element": test.element, "state": test.state, "why": test.why, "claims": list(test.claims)}

    return {
        "sheet": one.sheet,
        "provision": one.provision,
        "start": one.start.isoformat(),
        "reference": one.reference,
        "event": one.event,
        "label": one.label,
        "tests": [test_row(test) for test in one.tests],
        "exceptions": [test_row(test) for test in one.exceptions],
        "opinions": list(one.opinions),
    }
