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
