"""Claims as linked data: each a W3C annotation of its report (oa), derived and attributed as PROV-O says, with the slots of an AIDA claim
frame, and all that our own JSON has under a vocabulary of ours. One claim a line inside one graph."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from reportedly.exports.rows import Row, report_row
from reportedly.records import Claim, Relation, Report

_CONTEXT = {
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "aida": "https://raw.githubusercontent.com/NextCenturyCorporation/AIDA-Interchange-Format/master/java/src/main/resources/com/ncc/aif/ontologies/InterchangeOntology#",
    "rep": "urn:reportedly:vocab:",
    "id": "@id",
    "type": "@type",
    "row": {"@id": "rep:row", "@type": "@json"},
    "claim_row": {"@id": "rep:claim", "@type": "@json"},
}
_AROUND = 32  # characters before and after a quotation that tell it from others (Web Annotation, TextQuoteSelector)
_HELD = ("occurred", "ongoing")  # what is said to be so; a plan is neither true nor false
_EPISTEMIC = {
    ("positive", True): "EpistemicTrueCertain",
    ("positive", False): "EpistemicTrueUncertain",
    ("negative", True): "EpistemicFalseCertain",
    ("negative", False): "EpistemicFalseUncertain",
}
LOSSES = ()


def write_jsonld(reports: Iterable[Report], claims: Iterable[tuple[Claim, Report, Row]], relations: Mapping[str, list[Relation]], reader: str, path: Path) -> int:
    """Write a graph of reports and claims, and return how many claims it holds. `relations` are those of each claim; `reader` names what
    read them."""
    count = 0
    with path.open("wb") as file:
        file.write(b'{"@context":' + msgspec.json.encode(_CONTEXT) + b',"@graph":[\n')
        file.write(msgspec.json.encode({"id": "urn:reportedly:reader", "type": "prov:SoftwareAgent", "dcterms:title": reader}))
        for report in reports:
            file.write(b",\n" + msgspec.json.encode(_report(report)))
        for claim, report, row in claims:
            file.write(b",\n" + msgspec.json.encode(_claim(claim, report, row, relations.get(claim.id, []))))
            count += 1
        file.write(b"\n]}\n")
    return count


def read_jsonld(path: Path) -> Iterator[Row]:
    """The claim rows of such a file. Raises ValueError where it is none."""
    graph = msgspec.json.decode(path.read_bytes(), type=dict[str, object]).get("@graph")
    if not isinstance(graph, list):
        raise ValueError("has no @graph")  # noqa: TRY004  what is wrong is the file
    yield from (node["claim_row"] for node in graph if isinstance(node, dict) and "claim_row" in node)


def _report(report: Report) -> Row:
    return {
        "id": f"urn:reportedly:report:{report.id}",
        "type": "prov:Entity",
        "dcterms:title": report.title,
        "dcterms:publisher": report.outlet,
        "dcterms:issued": report.published.when.edtf if report.published.when else None,
        "dcterms:source": report.url,
        "rep:sha256": report.sha256,
        "row": report_row(report),
    }


def _claim(claim: Claim, report: Report, row: Row, relations: list[Relation]) -> Row:
    source = f"urn:reportedly:report:{report.id}"
    speaker = claim.voice[0]
    return {
        "id": f"urn:reportedly:claim:{claim.id}",
        "type": ["oa:Annotation", "aida:ClaimFrame"],
        "oa:hasTarget": {
            "oa:hasSource": {"id": source},
            "oa:hasSelector": [_quote(claim, report), {"type": "oa:TextPositionSelector", "oa:start": claim.start, "oa:end": claim.end}],
        },
        "prov:wasDerivedFrom": {"id": source},
        "prov:wasAttributedTo": {"id": "urn:reportedly:reader"},
        "aida:claimer": speaker.name or speaker.text,
        "rep:chain": [voice.name or voice.text for voice in claim.voice],
        "aida:claimMedium": report.outlet or report.file,
        "aida:epistemic": f"aida:{_epistemic(claim)}",
        "rep:status": claim.status,
        "aida:identicalClaims": _others(claim.id, relations, "same", "copy"),
        "aida:refutingClaims": _others(claim.id, relations, "contradicts", "denies"),
        "claim_row": row,
    }


def _epistemic(claim: Claim) -> str:
    held = claim.status in _HELD and claim.known == "stated" and claim.condition is None
    return _EPISTEMIC[claim.polarity, claim.certainty == "certain"] if held else "EpistemicUnknown"


def _quote(claim: Claim, report: Report) -> Row:
    return {
        "type": "oa:TextQuoteSelector",
        "oa:exact": claim.quote,
        "oa:prefix": report.text[max(0, claim.start - _AROUND) : claim.start],
        "oa:suffix": report.text[claim.end : claim.end + _AROUND],
    }


def _others(claim: str, relations: list[Relation], *kinds: str) -> list[Row]:
    found = {one.target if one.source == claim else one.source for one in relations if one.kind in kinds}
    return [{"id": f"urn:reportedly:claim:{other}"} for other in sorted(found)]
