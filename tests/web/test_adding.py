"""Reports that come in through a page: files, pasted texts, a scratch case that is kept."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests_support import ROOT
from web_support import Client, Served, serving

from reportedly.keeping import verify
from reportedly.pipeline import open_case

FIRST = "North Korea sent 400 workers to Russia on 1 March, a port official said. They left by train."
SECOND = "North Korea sent 250 workers to Russia on 2 March, according to two traders. The men will stay for two years."


def _wait(client: Client, path: str) -> str:
    for _ in range(300):
        page = client.get(path).text
        if "every 700ms" not in page:
            return page
        time.sleep(0.2)
    raise TimeoutError(path)


def _add(client: Client, data: dict[str, str], files: list[tuple[str, bytes]] | None = None) -> str:
    uploads = [("file", one) for one in files or [("", b"")]]
    answer = client.post("/add", data, files=uploads)
    assert answer.status_code == 200, answer.text
    return _wait(client, str(answer.url).removeprefix(client.base))


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A workbench without a case, started in a folder of its own."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    with serving("--by", "Ana") as served:
        yield served


def test_a_file_is_read_with_what_is_known_of_it_and_what_was_cut_is_said(served: Served) -> None:
    with served.client() as client:
        page = _add(client, {"outlet-files": "Hill Post", "published-files": "2031-03-05"}, [("two men.txt", SECOND.encode())])
        assert "1 report added" in page
        assert "Hill Post" in page
        assert "2031-03-05" in page
        rows = [json.loads(line) for line in client.get("/reports.json").text.splitlines()]
    assert [(row["outlet"], row["published"]["from"]) for row in rows if row["file"] == "two men.txt"] == [("Hill Post", "2031-03-05")]


def test_what_cannot_be_read_is_told_and_the_rest_goes_in(served: Served) -> None:
    with served.client() as client:
        page = _add(client, {}, [("broken.pdf", b"%PDF-1.4 not really"), ("good.txt", b"The mill in Hanok sent 30 weavers north, a guard said.")])
        assert "1 report added" in page
        assert "broken.pdf" in page
        assert "no day is known" in page


def test_two_pasted_texts_are_seen_side_by_side_with_what_may_be_one_happening(scratch: Served) -> None:
    with scratch.client() as client:
        assert "Paste and look" in client.get("/").text
        texts = {"text-1": FIRST, "outlet-1": "Coast Times", "published-1": "2031-03-04", "text-2": SECOND, "outlet-2": "Hill Post", "published-2": "2031-03-05"}
        page = _add(client, texts)
        compare = re.search(r'href="(/compare[^"]+)"', page)
        assert compare is not None
        side_by_side = client.get(compare.group(1).replace("&amp;", "&")).text
    assert "people 400 workers against 250 workers" in side_by_side
    assert "1 Mar 2031" in side_by_side or "2031-03-01" in side_by_side


def test_a_scratch_case_that_is_kept_is_a_case_that_holds_with_its_decisions(scratch: Served, tmp_path: Path) -> None:
    with scratch.client() as client:
        _add(client, {"text-1": FIRST, "outlet-1": "Coast Times", "published-1": "2031-03-04"})
        claim = json.loads(client.get("/claims.json?limit=1").text)["id"]
        client.post(f"/claims/{claim}/review", {"verdict": "accept", "seen": "0"})
        for name in ("../elsewhere", "", "a/b", ".hidden"):
            assert client.post("/keep", {"name": name}).status_code == 400
        kept = client.post("/keep", {"name": "two ports"})
        assert "Kept as a case" in client.get(str(kept.url).removeprefix(client.base)).text
        assert "two ports" in client.get("/plans").text
    with open_case(tmp_path / "two ports") as case:
        assert (case.ledger.title, [one.verdict for one in case.ledger.reviews()], list(verify(case))) == ("two ports", ["accept"], [])


def test_a_scratch_case_that_is_not_kept_is_gone(tmp_path: Path) -> None:

    folder = tmp_path / "temp"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        with serving("--by", "Ana") as served, served.client() as client:
            _add(client, {"text-1": FIRST})
            assert list(folder.glob("reportedly-scratch-*"))
    assert list(folder.glob("reportedly-*")) == []


def test_nothing_is_added_where_nothing_was_sent(client: Client) -> None:
    answer = client.post("/add", {"text-1": "   "}, files=[("file", ("", b""))])
    assert answer.status_code == 400
    assert "nothing to add" in answer.text
