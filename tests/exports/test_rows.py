"""The JSON contract: keys, their order, always present."""

from tests_support import EXAMPLES

from reportedly.exports.rows import claim_row, leaving_row, report_row
from reportedly.pipeline import Case

CLAIM = "report id playbook frame start end quote page address translation_of trigger trigger_start trigger_end status polarity certainty roles when voice hedges condition known".split()
REPORT = "id file title outlet agency published language media_type url read_from translation_of origin".split()
FILLER = "text start end name min max bound unit per scope flow change unit_basis derived from to".split()
WHEN = "text start end from to edtf precision anchor anchor_reason other".split()
VOICE = "kind text name start end on place reason role count spoke perhaps".split()


def test_claims_have_their_keys_in_order(case: Case) -> None:
    case.add([EXAMPLES])
    view = case.view()
    rows = [claim_row(claim, view.reports[claim.report]) for claim in case.claims(view)]
    assert {tuple(row) for row in rows} == {tuple(CLAIM)}
    assert {tuple(filler) for row in rows for fillers in row["roles"].values() for filler in fillers} == {tuple(FILLER)}
    assert {tuple(row["when"]) for row in rows if row["when"]} == {tuple(WHEN)}
    assert {tuple(voice) for row in rows for voice in row["voice"]} == {tuple(VOICE)}


def test_the_time_of_a_claim_stands_in_its_roles_too(case: Case) -> None:
    case.add([EXAMPLES])
    view = case.view()
    dated = [row for claim in case.claims(view) if (row := claim_row(claim, view.reports[claim.report]))["when"]]
    assert dated
    assert all(row["when"]["text"] in {filler["text"] for filler in row["roles"]["time"]} for row in dated)


def test_reports_and_leavings_have_their_keys_in_order(case: Case) -> None:
    case.add([EXAMPLES])
    view = case.view()
    assert {tuple(report_row(report)) for report in view.reports.values()} == {tuple(REPORT)}
    assert {tuple(leaving_row(left, None)) for left in case.leavings(view)} == {("report", "file", "stage", "reason", "start", "end", "text", "note")}


def test_an_undated_report_has_a_basis_and_no_days(case: Case) -> None:
    case.add([EXAMPLES / "5-undated-note.txt"])
    (report,) = case.view().reports.values()
    assert report_row(report)["published"] == {"from": None, "to": None, "basis": "unknown"}
