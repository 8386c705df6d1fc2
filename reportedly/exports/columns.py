"""Claims as columns, roles, times and voices with columns of their own: built straight from records, which is several times as fast as by
way of rows."""

from functools import lru_cache

from reportedly.exports.places import find_page, make_address
from reportedly.records import Claim, Filler, Report, Voice
from reportedly.values import TimeExpression, When, resolve_time

LOSSES = ()
PLAIN = ("report", "id", "playbook", "frame", "start", "end", "quote", "page", "address", "translation_of", "trigger", "trigger_start", "trigger_end", "status", "polarity", "certainty", "condition", "known", "outlet", "published_from", "published_to")  # fmt: skip
FILLER = ("role", "text", "start", "end", "name", "min", "max", "bound", "unit", "per", "scope", "flow", "change", "unit_basis", "derived", "from", "to")
WHEN = ("text", "start", "end", "from", "to", "edtf", "precision", "anchor", "anchor_reason", "other")
VOICE = ("kind", "text", "name", "start", "end", "on", "place", "reason", "role", "count", "spoke", "perhaps")


@lru_cache(maxsize=65_536)
def _resolve(expression: TimeExpression, published: When | None) -> When:
    """Times are few and claims are many: "on Tuesday" of one day is resolved once."""
    return resolve_time(expression, published)


class Columns:
    """The columns of a batch of claims, growing row by row."""

    def __init__(self) -> None:
        self.plain: dict[str, list[object]] = {name: [] for name in PLAIN}
        self.fillers: dict[str, list[object]] = {name: [] for name in FILLER}
        self.whens: dict[str, list[object]] = {name: [] for name in WHEN}
        self.voices: dict[str, list[object]] = {name: [] for name in VOICE}
        self.hedges: list[list[str]] = []
        self.filler_ends, self.voice_ends = [0], [0]
        self.dated: list[bool] = []

    def add(self, claim: Claim, report: Report) -> None:
        """One claim more."""
        published = report.published.when
        values = (
            claim.report, claim.id, claim.playbook, claim.frame, claim.start, claim.end, claim.quote, find_page(report, claim.start), make_address(report, claim.start, claim.end),
            report.translation_of, claim.trigger, claim.trigger_start, claim.trigger_end, claim.status, claim.polarity, claim.certainty, claim.condition, claim.known,
            report.outlet, published.earliest if published else None, published.latest if published else None,
        )  # fmt: skip
        for column, value in zip(self.plain.values(), values, strict=True):
            column.append(value)
        for role, fillers in claim.roles.items():
            for filler in fillers:
                _extend(self.fillers, _filler(role, filler, published))
        self.filler_ends.append(len(self.fillers["role"]))
        when = _resolve(claim.when.time, published) if claim.when and claim.when.time else None
        self.dated.append(when is not None)
        _extend(self.whens, _when(claim.when, when))
        for voice in claim.voice:
            _extend(self.voices, _voice(voice, published))
        self.voice_ends.append(len(self.voices["kind"]))
        self.hedges.append(list(claim.hedges))

    def __len__(self) -> int:
        return len(self.hedges)


def _extend(columns: dict[str, list[object]], values: tuple[object, ...]) -> None:
    for column, value in zip(columns.values(), values, strict=True):
        column.append(value)


def _filler(role: str, filler: Filler, published: When | None) -> tuple[object, ...]:
    quantity, time = filler.quantity, filler.time
    when = _resolve(time, published) if time else None
    measured = quantity or (time.length if time else None)
    ends = (measured.least, measured.most) if measured else (None, None)
    said = (quantity.bound, measured.unit, quantity.per, quantity.scope, quantity.flow, quantity.change, quantity.unit_basis, quantity.derived) if quantity and measured else None
    kept = said or (None, measured.unit if measured else None, None, None, None, None, None, False)
    return (role, filler.text, filler.start, filler.end, filler.name, *ends, *kept, when.earliest if when else None, when.latest if when else None)


def _when(filler: Filler | None, when: When | None) -> tuple[object, ...]:
    if filler is None or when is None:
        return (None,) * len(WHEN)
    return filler.text, filler.start, filler.end, when.earliest, when.latest, when.edtf, when.precision, when.anchor, when.anchor_reason, when.other


def _voice(voice: Voice, published: When | None) -> tuple[object, ...]:
    told = _resolve(voice.on.time, published) if voice.on and voice.on.time else None
    count = [voice.count.least, voice.count.most] if voice.count else None
    return (
        voice.kind, voice.text, voice.name, voice.start, voice.end, told.edtf or None if told else None, voice.place, voice.reason, voice.role, count, voice.spoke, voice.perhaps,
    )  # fmt: skip
