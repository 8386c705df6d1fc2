"""Claims as columns, roles, times and voices with columns of their own: built straight from records, which is several times as fast as by
way of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.exports.places import find_page, make_address
from reportedly.records import Claim, Filler, Report, Voice
from reportedly.values import When, resolve_time

LOSSES = ()
PLAIN = ("report", "id", "playbook", "frame", "start", "end", "quote", "page", "address", "translation_of", "trigger", "trigger_start", "trigger_end", "status", "polarity", "certainty", "condition", "known", "outlet", "published_from", "published_to")  # fmt: skip
FILLER = ("role", "text", "start", "end", "name", "min", "max", "bound", "unit", "per", "scope", "flow", "change", "unit_basis", "derived", "from", "to")
WHEN = ("text", "start", "end", "from", "to", "edtf", "precision", "anchor", "anchor_reason", "other")
VOICE = ("kind", "text", "name", "start", "end", "on", "place", "reason", "role", "count", "spoke", "perhaps")
_NO_WHEN = (None,) * len(WHEN)
_NO_QUANTITY = (None, None, None, None, None, None, None, None, False)
Values = tuple[object, ...]


@dataclass(slots=True)
class Columns:
    """A batch of claims, to be turned into columns at once: the values of claims, fillers, times and voices, each kind in one long list, and
    the number of fillers and voices up to each claim."""

    plain: list[object] = field(default_factory=list)
    fillers: list[object] = field(default_factory=list)
    whens: list[object] = field(default_factory=list)
    voices: list[object] = field(default_factory=list)
    hedges: list[tuple[str, ...]] = field(default_factory=list)
    filler_ends: list[int] = field(default_factory=lambda: [0])
    voice_ends: list[int] = field(default_factory=lambda: [0])

    def add(self, claim: Claim, report: Report) -> None:
        """One claim more."""
        published = report.published.when
        self.plain += (
            claim.report, claim.id, claim.playbook, claim.frame, claim.start, claim.end, claim.quote, find_page(report, claim.start), make_address(report, claim.start, claim.end),
            report.translation_of, claim.trigger, claim.trigger_start, claim.trigger_end, claim.status, claim.polarity, claim.certainty, claim.condition, claim.known,
            report.outlet, published.earliest if published else None, published.latest if published else None,
        )  # fmt: skip
        for role, fillers in claim.roles.items():
            for filler in fillers:
                self.fillers += _filler(role, filler, published)
        self.filler_ends.append(len(self.fillers) // len(FILLER))
        self.whens += _when(claim.when, published)
        for voice in claim.voice:
            self.voices += _voice(voice, published)
        self.voice_ends.append(len(self.voices) // len(VOICE))
        self.hedges.append(claim.hedges)


def turn(names: Sequence[str], values: list[object]) -> Mapping[str, list[object]]:
    """A long list of values, row after row, as columns by name."""
    return {name: values[at :: len(names)] for at, name in enumerate(names)}


def _filler(role: str, filler: Filler, published: When | None) -> Values:
    quantity, time = filler.quantity, filler.time
    when = resolve_time(time, published) if time else None
    days = (when.earliest, when.latest) if when else (None, None)
    if quantity:
        said: Values = (
            quantity.least, quantity.most, quantity.bound, quantity.unit, quantity.per, quantity.scope, quantity.flow, quantity.change, quantity.unit_basis, quantity.derived
        )  # fmt: skip
    elif time and time.length:
        said = (time.length.least, time.length.most, None, time.length.unit, None, None, None, None, None, False)
    else:
        said = (None, *_NO_QUANTITY)
    return (role, filler.text, filler.start, filler.end, filler.name, *said, *days)


def _when(filler: Filler | None, published: When | None) -> Values:
    if filler is None or filler.time is None:
        return _NO_WHEN
    when = resolve_time(filler.time, published)
    return filler.text, filler.start, filler.end, when.earliest, when.latest, when.edtf, when.precision, when.anchor, when.anchor_reason, when.other


def _voice(voice: Voice, published: When | None) -> Values:
    told = resolve_time(voice.on.time, published) if voice.on and voice.on.time else None
    count = (voice.count.least, voice.count.most) if voice.count else None
    return (
        voice.kind, voice.text, voice.name, voice.start, voice.end, told.edtf or None if told else None, voice.place, voice.reason, voice.role, count, voice.spoke, voice.perhaps,
    )  # fmt: skip
