"""Who commands whom, as said."""

from pathlib import Path

from reportedly.exports.rows import command_row
from reportedly.pipeline import init_case


def test_authority_keeps_its_holder_its_day_and_who_says_so(tmp_path: Path) -> None:
    text = "A clerk said the Cadres Department supervised the scheme in 2021."
    (tmp_path / "report.md").write_text(f"---\noutlet: Hill Post\npublished: 2031-03-03\n---\n{text}\n", encoding="utf-8")
    with init_case(tmp_path / "case", playbooks=("labour_export",)) as case:
        case.add([tmp_path / "report.md"])
        (row,) = map(command_row, case.commands(case.view()))
    assert (row["holder"], row["over"], row["since"]["edtf"]) == (["the Cadres Department"], ["the scheme"], "2021")
    assert [voice["text"] for voice in row["voice"]] == ["A clerk", "Hill Post"]


def test_bodies_stand_in_a_chain_from_the_top_under_their_fullest_name(tmp_path: Path) -> None:
    text = (
        "The Works Department supervised the Harbour Committee. In 2021 the council empowered the Central Office’s Works Department. "
        "The Works Department managed the selection of welders."
    )
    (tmp_path / "report.md").write_text(f"---\noutlet: Hill Post\npublished: 2031-03-03\n---\n{text}\n", encoding="utf-8")
    with init_case(tmp_path / "case", playbooks=("labour_export",)) as case:
        case.add([tmp_path / "report.md"])
        bodies = case.reconcile(case.view()).bodies
    assert [(body.name, body.also, body.under) for body in bodies] == [
        ("the council", (), ("the Central Office’s Works Department",)),
        ("the Central Office’s Works Department", ("The Works Department",), ("the Harbour Committee",)),
    ]
    assert [len(body.commands) for body in bodies] == [1, 2]
