"""Decisions on a page: the same log, the same parsers, and nobody overrides what they have not seen."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_support import Client, Served, serving

from reportedly.pipeline import open_case
from reportedly.records import Review


@pytest.fixture
def fresh(timber: Path, tmp_path: Path) -> Iterator[tuple[Served, Path]]:
    """A copy of the example case of a test's own, served."""
    folder = tmp_path / "case"
    shutil.copytree(timber, folder)
    with serving(folder, "--by", "Ana") as served:
        yield served, folder


def _claims(client: Client, **wanted: str) -> list[dict[str, str]]:
    rows = [json.loads(line) for line in client.get("/claims.json").text.splitlines()]
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def _reviews(folder: Path) -> list[Review]:
    with open_case(folder) as case:
        return case.ledger.reviews()


def test_a_rejected_claim_is_counted_no_more_and_can_be_taken_back(fresh: tuple[Served, Path]) -> None:
    served, folder = fresh
    with served.client() as client:
        claim = _claims(client, frame="dispatch", status="planned")[0]["id"]
        client.post(f"/claims/{claim}/review", {"verdict": "reject", "seen": "0", "note": "it is a ship"}, htmx=True)
        assert claim not in [row["id"] for row in _claims(client)]
        seen = str(_reviews(folder)[-1].seq)
        client.post(f"/claims/{claim}/review", {"verdict": "undo", "seen": seen, "undoes": seen}, htmx=True)
        assert claim in [row["id"] for row in _claims(client)]
    assert [(one.verdict, one.by) for one in _reviews(folder)] == [("reject", "Ana"), ("undo", "Ana")]


def test_two_windows_that_decide_on_one_claim_see_each_other(fresh: tuple[Served, Path]) -> None:
    served, folder = fresh
    with served.client() as client, served.client() as other:
        claim = _claims(client)[0]["id"]
        client.post(f"/claims/{claim}/review", {"verdict": "accept", "seen": "0"}, htmx=True)
        late = other.post(f"/claims/{claim}/review", {"verdict": "reject", "seen": "0", "note": "no date"}, htmx=True)
        assert "accept by Ana" in late.text
        assert 'value="no date"' in late.text
        assert [one.verdict for one in _reviews(folder)] == ["accept"]
        seen = str(_reviews(folder)[-1].seq)
        other.post(f"/claims/{claim}/review", {"verdict": "reject", "seen": seen, "note": "no date"}, htmx=True)
    assert [one.verdict for one in _reviews(folder)] == ["accept", "reject"]


def test_a_value_is_typed_as_a_report_would_say_it_and_read_as_it_would_be(fresh: tuple[Served, Path]) -> None:
    served, folder = fresh
    with served.client() as client:
        claim = next(row for row in _claims(client, frame="dispatch") if row["roles"].get("people"))["id"]  # type: ignore[attr-defined]
        assert "45" in client.get(f"/claims/{claim}/try?set-people=at least 45 men").text
        assert "reads as no time" in client.get(f"/claims/{claim}/try?set-time=soonish").text
        client.post(f"/claims/{claim}/review", {"verdict": "edit", "seen": "0", "set-people": "at least 45 men", "was-people": "men"}, htmx=True)
        changed = json.loads(client.get(f"/claims/{claim}.json").text)["roles"]["people"][0]
    assert (changed["min"], changed["max"], changed["bound"]) == (45, None, "at least")
    assert [(one.field, one.value) for one in _reviews(folder)] == [("people", "at least 45 men")]


def test_an_edit_that_cannot_be_read_says_why_and_keeps_what_was_typed(client: Client) -> None:
    claim = _claims(client, frame="dispatch")[0]["id"]
    answer = client.post(f"/claims/{claim}/review", {"verdict": "edit", "seen": "0", "set-time": "whenever", "was-time": ""}, htmx=True)
    assert "time=whenever: reads as no time" in answer.text
    assert 'value="whenever"' in answer.text


@pytest.mark.parametrize("verdict", ["merge", "split"])
def test_claims_are_joined_and_parted_by_the_beginning_of_their_ids(verdict: str, fresh: tuple[Served, Path]) -> None:
    served, folder = fresh
    with served.client() as client:
        one, other = (row["id"] for row in _claims(client, frame="dispatch")[:2])
        client.post(f"/claims/{one}/review", {"verdict": verdict, "seen": "0", "others": other[:8]}, htmx=True)
        wrong = client.post(f"/claims/{one}/review", {"verdict": verdict, "seen": "99999", "others": "zzzz"}, htmx=True)
        assert "no claim has an id that begins so" in wrong.text
    assert [(review.verdict, review.others) for review in _reviews(folder)] == [(verdict, (other,))]


def test_words_that_are_marked_become_a_claim_that_stays_when_the_report_is_read_again(fresh: tuple[Served, Path]) -> None:
    served, folder = fresh
    with served.client() as client:
        report = json.loads(client.get("/reports.json?limit=1").text)["id"]
        with open_case(folder) as case:
            text = case.ledger.stored_report(report).text
        start = text.index("had chosen between")
        words = {"start": str(start), "end": str(text.index("January") + 7), "frame": "selection", "time": "January", "role-1": "people", "fills-1": "between 400 and 500 men"}
        client.post(f"/reports/{report}/claims", words)
        made = next(row for row in _claims(client, report=report) if row["start"] == start)  # type: ignore[comparison-overlap]
    assert made["quote"] == text[start : made["end"]]  # type: ignore[index, misc]
    with open_case(folder) as case:
        from reportedly.keeping import reread, verify

        effect = reread(case, dry_run=False)
        assert (effect.gained, effect.lost) == ((), ())
        assert made["id"] in [claim.id for claim in case.claims_of(report)]
        assert list(verify(case)) == []


def test_what_is_marked_by_hand_is_held_to_the_text(client: Client) -> None:
    report = json.loads(client.get("/reports.json?limit=1").text)["id"]
    for fields, said in (
        ({}, "no words are marked"),
        ({"start": "5", "end": "900000"}, "no stretch of this text"),
        ({"start": "0", "end": "40", "time": "in May"}, "do not stand in what is marked"),
    ):
        answer = client.post(f"/reports/{report}/claims", fields)
        assert answer.status_code == 400
        assert said in answer.text


def test_nobody_decides_without_a_name(timber: Path, tmp_path: Path) -> None:
    shutil.copytree(timber, tmp_path / "case")
    with serving(tmp_path / "case", "--by", "") as served, served.client() as client:
        claim = _claims(client)[0]
        assert "--by NAME" in client.post(f"/claims/{claim['id']}/review", {"verdict": "accept", "seen": "0"}).text
        assert "Nobody signs decisions here" in client.get(f"/reports/{claim['report']}?claim={claim['id']}").text


def test_a_decision_elsewhere_is_told_to_the_page_that_shows_the_claim(fresh: tuple[Served, Path]) -> None:
    served, folder = fresh
    with served.client() as client:
        claim = _claims(client)[0]["id"]
        assert "Meanwhile" not in client.get(f"/pulse?claim={claim}&seen=0").text
        with open_case(folder) as case:
            from reportedly.deciding import review

            review(case, Review(claim, "reject", "Bo", "two sources only"))
        told = client.get(f"/pulse?claim={claim}&seen=0").text
    assert "Meanwhile Bo decided: Reject" in told
    assert "two sources only" in told


def test_the_queue_begins_with_what_is_contested_or_overdue_and_loses_what_is_decided(fresh: tuple[Served, Path]) -> None:
    served, _ = fresh
    with served.client() as client:
        queue = [json.loads(line) for line in client.get("/review.json").text.splitlines()]
        assert {queue[0]["why"][0], queue[1]["why"][0]} <= {"contested", "overdue"}
        page = client.get("/review").text
        assert f'data-claim="{queue[0]["claim"]}"' in page
        client.post(f"/claims/{queue[0]['claim']}/review", {"verdict": "accept", "seen": "0"}, htmx=True)
        page = client.get("/review").text
    assert f'data-claim="{queue[0]["claim"]}"' not in page
    assert f"<b>1</b> of {len(queue)} decided" in page


def test_what_another_decided_meanwhile_is_not_sent_back_as_typed(fresh: tuple[Served, Path]) -> None:
    served, folder = fresh
    with served.client() as client:
        claim = _claims(client, frame="dispatch", status="planned")[0]["id"]
        with open_case(folder) as case:
            from reportedly.deciding import review

            review(case, Review(claim, "edit", "Bo", field="status", value="considered"))
        sent = {"verdict": "edit", "seen": "0", "set-status": "planned", "was-status": "planned", "set-certainty": "possible", "was-certainty": "certain"}
        page = client.post(f"/claims/{claim}/review", sent, htmx=True).text
    assert "edit by Bo" in page
    assert "<option selected>considered</option>" in page
    assert "<option selected>possible</option>" in page


def test_a_merge_that_is_taken_back_under_the_other_claim_is_told_here_too(fresh: tuple[Served, Path]) -> None:
    served, folder = fresh
    with served.client() as client:
        one, other = (row["id"] for row in _claims(client, frame="dispatch")[:2])
        client.post(f"/claims/{one}/review", {"verdict": "merge", "seen": "0", "others": other[:8]}, htmx=True)
        merge = str(_reviews(folder)[-1].seq)
        client.post(f"/claims/{other}/review", {"verdict": "undo", "undoes": merge, "seen": merge}, htmx=True)
        assert "Meanwhile Ana decided: Undo" in client.get(f"/pulse?claim={one}&seen={merge}").text
        late = client.post(f"/claims/{one}/review", {"verdict": "accept", "seen": merge}, htmx=True).text
    assert "undo by Ana" in late
    assert [review.verdict for review in _reviews(folder)] == ["merge", "undo"]


def test_words_that_are_marked_already_are_said_to_be(fresh: tuple[Served, Path]) -> None:
    served, _ = fresh
    with served.client() as client:
        report = json.loads(client.get("/reports.json?limit=1").text)["id"]
        words = {"start": "0", "end": "30"}
        client.post(f"/reports/{report}/claims", words)
        again = client.post(f"/reports/{report}/claims", words | {"status": "planned", "polarity": "negative"}, htmx=True)
    assert "marked already" in again.text
    assert '<option value="planned" selected>' in again.text
    assert "<option selected>negative</option>" in again.text


def test_progress_counts_what_was_rejected_and_shows_it_on_request(fresh: tuple[Served, Path]) -> None:
    served, _ = fresh
    with served.client() as client:
        queue = [json.loads(line)["claim"] for line in client.get("/review.json").text.splitlines()]
        for claim in queue[:2]:
            client.post(f"/claims/{claim}/review", {"verdict": "reject", "seen": "0"}, htmx=True)
        for _ in range(40):
            page = client.get("/review").text
            if "is being worked in" not in page:
                break
        assert f"<b>2</b> of {len(queue)} decided" in page
        assert f'data-claim="{queue[0]}"' in client.get("/review?all=1").text


def test_claims_are_told_whole_by_stretches_right_after_a_decision(fresh: tuple[Served, Path]) -> None:
    served, _ = fresh
    with served.client() as client:
        claims = [row["id"] for row in _claims(client)]
        client.post(f"/claims/{claims[3]}/review", {"verdict": "reject", "seen": "0"}, htmx=True)
        told = [json.loads(line)["id"] for offset in range(0, len(claims), 7) for line in client.get(f"/claims.json?limit=7&offset={offset}").text.splitlines()]
    assert sorted(told) == sorted(set(claims) - {claims[3]})
