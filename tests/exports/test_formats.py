"""Claims in the formats of other programs: what is read back is what was written, or the format says what it cannot carry."""

import csv
import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.deciding import review, withhold
from reportedly.errors import BadClaims, BadSetting, LedgerProblem
from reportedly.exporting import FORMATS, export
from reportedly.exports.back import read_lines
from reportedly.exports.ftm import read_ftm
from reportedly.exports.rows import claim_row
from reportedly.exports.sheet import _cell, _value
from reportedly.pipeline import Case
from reportedly.records import Review

BACK = ("csv", "parquet", "jsonld")


def rows_of(case: Case, as_of: date | None = None) -> list[dict[str, object]]:
    view = case.view(as_of)
    return [claim_row(claim, view.reports[claim.report]) for claim in case.claims(view)]


def back(path: Path) -> list[dict[str, object]]:
    return [msgspec.json.decode(line) for line in read_lines(path)]


@pytest.mark.parametrize("kind", BACK)
def test_what_is_read_back_is_what_was_written(framed: Case, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"claims.{kind}"
    assert export(framed, kind, path).claims == len(rows_of(framed))
    assert back(path) == rows_of(framed)


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_an_export_of_a_day_knows_nothing_later(framed: Case, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"claims.{kind}"
    count = export(framed, kind, path, date(2031, 4, 20)).claims
    assert 0 < count == len(rows_of(framed, date(2031, 4, 20)))
    assert b"Khasan" not in path.read_bytes()


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_the_same_case_gives_the_same_bytes(framed: Case, tmp_path: Path, kind: str) -> None:
    for name in ("one", "two"):
        export(framed, kind, tmp_path / f"{name}.{kind}")
    assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"two.{kind}").read_bytes()


@pytest.mark.parametrize("kind", BACK)
def test_a_rejected_claim_is_left_out_and_an_edited_one_is_as_edited(framed: Case, tmp_path: Path, kind: str) -> None:
    first, second, *_ = (claim.id for claim in framed.claims(framed.view()))
    review(framed, Review(first, "reject", "mk"), Review(second, "edit", "mk", field="certainty", value="possible"))
    export(framed, kind, tmp_path / f"c.{kind}")
    found = {row["id"]: row for row in back(tmp_path / f"c.{kind}")}
    assert first not in found
    assert found[second]["certainty"] == "possible"


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_only_what_was_reviewed_can_be_exported(framed: Case, tmp_path: Path, kind: str) -> None:
    first, second, third, fourth, *_ = (claim.id for claim in framed.claims(framed.view()))
    edit = Review(fourth, "edit", "mk", field="status", value="planned")
    review(framed, Review(first, "accept", "mk"), Review(second, "reject", "mk"), Review(third, "note", "mk", note="look again"), edit)
    path = tmp_path / f"c.{kind}"
    assert export(framed, kind, path, reviewed_only=True).claims == 2
    words = path.read_bytes()
    if kind != "parquet":
        assert first.encode() in words
        assert third.encode() not in words


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_what_was_withheld_stays_withheld(framed: Case, tmp_path: Path, kind: str) -> None:
    words = "between 400 and 500 men"
    withhold(framed, framed.find_report("1-first-round", framed.view()), "mk", "for safety", words)
    path = tmp_path / f"c.{kind}"
    export(framed, kind, path)
    text = b"\n".join(read_lines(path)) if kind in BACK else path.read_bytes()
    assert b"loggers" in text
    assert words.encode() not in text


@pytest.mark.parametrize("kind", BACK)
def test_claims_come_back_into_a_case(framed: Case, tmp_path: Path, kind: str) -> None:
    export(framed, kind, tmp_path / f"c.{kind}")
    before = [(row["id"], row["status"], row["quote"]) for row in rows_of(framed)]
    framed.add_given(tmp_path / f"c.{kind}")
    assert [(row["id"], row["status"], row["quote"]) for row in rows_of(framed)] == before


@pytest.mark.parametrize("kind", BACK)
def test_a_damaged_export_is_refused_in_one_line(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"c.{kind}"
    path.write_bytes(b"\x00nothing of ours,\n1,2\n")
    with pytest.raises(BadClaims, match=r"c\.\w+: is no export of claims"):
        read_lines(path)


def test_no_cell_begins_a_formula(case: Case, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('=HYPERLINK("http://x") was said on Monday to have left the camp, a guard said.\n\n+49 men left the camp at dawn.\n', encoding="utf-8")
    (tmp_path / "m.csv").write_text("file,outlet\na.txt,@Hill Post\n", encoding="utf-8")
    case.add([tmp_path / "a.txt"], manifest=tmp_path / "m.csv")
    export(case, "csv", tmp_path / "c.csv")
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert back(tmp_path / "c.csv") == rows_of(case)


@given(st.text())
@settings(max_examples=300)
def test_a_cell_gives_its_words_back(words: str) -> None:
    assert _value("quote", _cell("quote", words)) == (words or None)


def test_every_entity_proves_itself_by_an_article_of_its_own_dataset(framed: Case, tmp_path: Path) -> None:
    path = tmp_path / "c.ftm"
    export(framed, "ftm", path)
    entities = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    articles = {one["id"]: one["datasets"] for one in entities if one["schema"] == "Article"}
    assert len(articles) == 6
    for one in entities:
        if one["schema"] not in ("Article", "Payment"):  # a Payment has no proof there; its note has
            (proof,) = one["properties"]["proof"]
            assert articles[proof] == one["datasets"]


def test_a_plan_is_a_note_and_never_a_trip(framed: Case, tmp_path: Path) -> None:
    path = tmp_path / "c.ftm"
    export(framed, "ftm", path)
    entities = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    happenings = {one["id"]: one for one in entities if one["schema"] in ("Trip", "Payment", "Event")}
    for note in (one for one in entities if one["schema"] == "Note"):
        planned = "planned" in note["properties"]["summary"][0]
        assert not (planned and note["properties"]["entity"][0] in happenings)
    assert dict(read_ftm(path)) == {row["id"]: row["quote"] for row in rows_of(framed)}


def test_the_entities_hold_before_the_real_library(framed: Case, tmp_path: Path) -> None:
    model = pytest.importorskip("followthemoney", reason="followthemoney is not installed: it needs a compiler and ICU").model
    export(framed, "ftm", tmp_path / "c.ftm")
    for line in (tmp_path / "c.ftm").read_text(encoding="utf-8").splitlines():
        entity = json.loads(line)
        proxy = model.get_proxy(entity, cleaned=False)
        assert set(entity["properties"]) == set(proxy.properties)


def test_a_claim_in_linked_data_points_at_its_words(framed: Case, tmp_path: Path) -> None:
    export(framed, "jsonld", tmp_path / "c.jsonld")
    graph = json.loads((tmp_path / "c.jsonld").read_text(encoding="utf-8"))["@graph"]
    reports = framed.view().reports
    for node in (one for one in graph if "oa:hasTarget" in one):
        text = reports[node["oa:hasTarget"]["oa:hasSource"]["id"].rpartition(":")[2]].text
        quote, place = node["oa:hasTarget"]["oa:hasSelector"]
        assert text[place["oa:start"] : place["oa:end"]] == quote["oa:exact"]
        assert text[: place["oa:start"]].endswith(quote["oa:prefix"])


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_an_export_is_logged_and_written_over_nothing_else(framed: Case, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "out"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(LedgerProblem, match="is not written over"):
        export(framed, kind, path)
    path.unlink()
    export(framed, kind, path)
    export(framed, kind, path)
    assert [one.what for one in framed.ledger.exports()] == [kind, kind]


def test_a_format_that_there_is_not_is_named(framed: Case, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="there are csv, ftm, jsonld, parquet"):
        export(framed, "xlsx", tmp_path / "c.xlsx")


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_an_empty_case_gives_an_empty_export(case: Case, tmp_path: Path, kind: str) -> None:
    assert export(case, kind, tmp_path / f"c.{kind}").claims == 0
    if kind in BACK:
        assert read_lines(tmp_path / f"c.{kind}") == []


def test_two_processes_write_what_one_does(framed: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly import exporting

    export(framed, "parquet", tmp_path / "one.parquet")
    monkeypatch.setattr(exporting, "_MANY", 0)
    monkeypatch.setattr(exporting, "_CHUNK", 1)
    export(framed, "parquet", tmp_path / "two.parquet")
    assert back(tmp_path / "two.parquet") == back(tmp_path / "one.parquet")
