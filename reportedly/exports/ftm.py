"""Claims as FollowTheMoney entities, one JSON object a line: what is said to have happened as Trip, Payment or Event, all else as notes, each
with the article that proves it. One dataset a report, for statement ids there ignore the source document: a copy must not be merged."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from reportedly.exports.rows import Row
from reportedly.reconciling.dating import resolve
from reportedly.records import PLACE_ROLES, Claim, Filler, Report
from reportedly.values import When

_HELD = ("occurred", "ongoing")
_SCHEMAS = {"dispatch": "Trip", "pay": "Payment"}
_FROM, _TO, _THERE = ("origin", "whence"), ("destination", "whither"), ("via", "place", "where")
_LANGUAGES = dict(
    pair.split(":")
    for pair in "ar:ara bg:bul bn:ben cs:ces da:dan de:deu el:ell en:eng es:spa et:est fa:fas fi:fin fr:fra he:heb hi:hin hr:hrv hu:hun hy:hye id:ind it:ita ja:jpn ka:kat kk:kaz ko:kor "
    "lt:lit lv:lav mn:mon ms:msa ne:nep nl:nld no:nor pl:pol ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam th:tha tl:tgl tr:tur uk:ukr ur:urd uz:uzb vi:vie zh:zho".split()
)  # ISO 639-1 to the terms of ISO 639-2, which the schema takes
LOSSES = (
    "status, polarity and certainty: what is planned, denied or uncertain is a Note, never a Trip, Payment or Event",
    "the chain of voices: only who speaks first is named, in the note",
    "intervals: both ends are given, their precision and anchor are not",
    "bounds of numbers: an amount is given only where it is exact",
    "offsets: the note has the words, not where they stand",
    "hedges, conditions, scopes and rates",
    "who fills a role by no name that the playbook knows, and roles other than places, payers and payees",
    "the proof of a Payment, which has no such property: its note has it",
)


def write_ftm(reports: Iterable[Report], claims: Iterable[tuple[Claim, Report]], path: Path) -> int:
    """Write the entities of reports and claims, and return how many claims they are of."""
    count = 0
    with path.open("wb") as file:
        for report in reports:
            file.write(msgspec.json.encode(_article(report)) + b"\n")
        for claim, report in claims:
            for entity in _entities(claim, report):
                file.write(msgspec.json.encode(entity) + b"\n")
            count += 1
    return count


def read_ftm(path: Path) -> Iterator[tuple[str, str]]:
    """The claims that such a file can give back: each id with its words."""
    for line in path.read_bytes().splitlines():
        entity = msgspec.json.decode(line)
        if entity["schema"] == "Note":
            yield entity["properties"]["name"][0], entity["properties"]["description"][0]


def _entities(claim: Claim, report: Report) -> Iterator[Row]:
    held = claim.status in _HELD and claim.polarity == "positive" and claim.certainty == "certain" and claim.playbook is not None
    held = held and claim.known == "stated" and claim.condition is None
    schema = _SCHEMAS.get(claim.frame, "Event") if held else None
    happening = _id("happening", report.id, claim.id) if schema else None
    if schema and happening:
        actors = list(_actors(claim, report))
        yield from (entity for _, entity in actors)
        by_role: dict[str, list[str]] = defaultdict(list)
        for role, entity in actors:
            by_role[role].append(entity["id"])
        yield _entity(report, happening, schema, _happening(claim, report, schema, by_role))
    speaker = claim.voice[0]
    note = {
        "name": [claim.id],
        "description": [claim.quote],
        "summary": [f"{claim.frame}; {claim.certainty}, {claim.polarity}, {claim.status}; said by {speaker.name or speaker.text}"],
        "proof": [_id("article", report.id)],
        "entity": [happening or _id("article", report.id)],
    }
    yield _entity(report, _id("note", report.id, claim.id), "Note", note)


def _happening(claim: Claim, report: Report, schema: str, actors: dict[str, list[str]]) -> dict[str, list[str]]:
    when = resolve(claim.when, report)
    found = {"recordId": [claim.id], "startDate": _day(when, first=True), "endDate": _day(when, first=False)}
    involved = sorted({one for ids in actors.values() for one in ids})
    if schema == "Trip":
        found |= {
            "proof": [_id("article", report.id)],
            "name": [claim.trigger],
            "startLocation": _names(claim, _FROM),
            "endLocation": _names(claim, _TO),
            "location": _names(claim, _THERE),
            "involved": involved,
        }
    elif schema == "Payment":
        found |= {"purpose": [claim.quote], "payer": _of(actors, "payer"), "beneficiary": _of(actors, "recipient", "earner"), **_amount(claim)}
    else:
        found |= {"proof": [_id("article", report.id)], "name": [f"{claim.frame}: {claim.trigger}"], "location": _names(claim, PLACE_ROLES), "involved": involved}
    return {name: values for name, values in found.items() if values}


def _amount(claim: Claim) -> dict[str, list[str]]:
    """The amount of a payment where one is named exactly, in a currency."""
    exact = [filler.quantity for filler in claim.roles.get("amount", ()) if filler.quantity and filler.quantity.bound == "exact" and filler.quantity.least == filler.quantity.most]
    chosen = next((one for one in exact if one.unit and len(one.unit) == 3 and one.unit.isupper()), None)
    return {"amount": [str(chosen.least)], "currency": [str(chosen.unit)]} if chosen else {}


def _actors(claim: Claim, report: Report) -> Iterator[tuple[str, Row]]:
    """Those who are named by a name that the playbook knows."""
    for role, fillers in claim.roles.items():
        for filler in fillers:
            if filler.name and role not in PLACE_ROLES:
                yield role, _entity(report, _id("actor", report.id, filler.name), "LegalEntity", {"name": [filler.name], "proof": [_id("article", report.id)]})


def _article(report: Report) -> Row:
    when = report.published.when
    found = {
        "title": report.title,
        "author": report.byline,
        "publisher": report.outlet,
        "publishedAt": when.edtf if when and "/" not in when.edtf else None,
        "sourceUrl": report.url,
        "language": _LANGUAGES.get((report.language or "").partition("-")[0]),
        "fileName": report.file,
        "contentHash": report.sha256,
        "mimeType": report.media_type,
    }
    return _entity(report, _id("article", report.id), "Article", {name: [value] for name, value in found.items() if value})


def _entity(report: Report, number: str, schema: str, properties: dict[str, list[str]]) -> Row:
    return {"id": number, "schema": schema, "properties": properties, "datasets": [f"report-{report.id}"], "referents": []}


def _id(*parts: str) -> str:
    return "rep-" + hashlib.sha1("\n".join(parts).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def _of(actors: dict[str, list[str]], *roles: str) -> list[str]:
    return [one for role in roles for one in actors.get(role, ())]


def _names(claim: Claim, roles: tuple[str, ...]) -> list[str]:
    fillers: list[Filler] = [filler for role in roles for filler in claim.roles.get(role, ())]
    return [filler.name or filler.text for filler in fillers]


def _day(when: When | None, *, first: bool) -> list[str]:
    day = (when.earliest if first else when.latest) if when else None
    return [day.isoformat()] if day else []
