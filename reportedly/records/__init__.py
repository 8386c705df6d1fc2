"""The nouns of the ledger: frozen, without behaviour. What each word means stands in docs/architecture.md."""

from reportedly.records.answers import Assessment, Change, Dependence, ElementTest, Gap, Happening, Reply, Track
from reportedly.records.claims import CERTAINTIES, PLACE_ROLES, POLARITIES, STATUSES, Claim, ClaimSet, Filler, ReadSentence, Voice
from reportedly.records.decisions import Export, Rating, Reason, Review, Withholding
from reportedly.records.events import STAGES, Answer, Body, Command, Dated, Decision, Event, Finding, Origins, Plan, Reconciled, Relation, Rest, View
from reportedly.records.links import Aligned, Drift, Inferred, Link, Tell
from reportedly.records.reports import Collected, Leaving, Published, Reading, Report, Segment, Value

__all__ = [
    "CERTAINTIES",
    "PLACE_ROLES",
    "POLARITIES",
    "STAGES",
    "STATUSES",
    "Aligned",
    "Answer",
    "Assessment",
    "Body",
    "Change",
    "Claim",
    "ClaimSet",
    "Collected",
    "Command",
    "Dated",
    "Decision",
    "Dependence",
    "Drift",
    "ElementTest",
    "Event",
    "Export",
    "Filler",
    "Finding",
    "Gap",
    "Happening",
    "Inferred",
    "Leaving",
    "Link",
    "Origins",
    "Plan",
    "Published",
    "Rating",
    "ReadSentence",
    "Reading",
    "Reason",
    "Reconciled",
    "Relation",
    "Reply",
    "Report",
    "Rest",
    "Review",
    "Segment",
    "Tell",
    "Track",
    "Value",
    "View",
    "Voice",
    "Withholding",
]
