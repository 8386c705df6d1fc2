"""Faults while the workbench runs: another program that writes, files that are lost or damaged, processes that die, and how it ends."""

import os
import shutil
import signal
import socket
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from tests_support import ROOT
from web_support import Client, Served, children_of, is_alive, last_seen, list_claims, port_of, read_in, send_raw, serving

from reportedly.pipeline import open_case

PAGES = ("/", "/events", "/plans", "/timeline", "/map", "/sources", "/reports", "/conflicts", "/gaps", "/leavings", "/changes", "/review", "/search?q=ferry", "/compare", "/add")
SCRIPT = "<script>window.owned = 1</script>"
MARKUP = '"><img src=x onerror="window.owned=2"><svg onload="window.owned=3"><style>body{display:none}</style>{{7*7}}${7*7}'
TURNED = "Tide\u202eliaM"  # a right-to-left override that is never ended


# What may fail meanwhile


def test_pages_are_read_and_a_decision_waits_while_another_program_writes(own: tuple[Served, Path]) -> None:
    with own[0].client() as client:
        claim = list_claims(client)[0]
        writer = sqlite3.connect(own[1] / "ledger.sqlite", isolation_level=None, check_same_thread=False)
        writer.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        threading.Timer(1.5, writer.close).start()
        assert client.get(f"/claims/{claim}/panel").status_code == 200
        assert time.monotonic() - began < 1.4
        client.post(f"/claims/{claim}/review", {"verdict": "accept", "seen": "0"}, htmx=True)
        assert time.monotonic() - began > 1.4
        assert last_seen(client, claim) != "0"


@pytest.mark.parametrize("harm", ["deleted", "overwritten", "cut"])
def test_a_shelf_that_is_lost_while_it_is_read_is_made_again(harm: str, own: tuple[Served, Path]) -> None:
    with own[0].client() as client:
        before = client.get("/plans.json").text
        shelf = own[1] / "shelf.sqlite"
        sqlite3.connect(shelf).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
        if harm == "deleted":
            for one in own[1].glob("shelf.sqlite*"):
                one.unlink()
        else:
            shelf.write_bytes(b"no shelf" * 4000 if harm == "overwritten" else shelf.read_bytes()[: shelf.stat().st_size // 3])
        assert client.get("/plans.json", **{"if-none-match": "x"}).text == before


def test_the_process_that_derives_views_may_die(own: tuple[Served, Path]) -> None:
    with own[0].client() as client:
        client.get("/?as-of=2031-04-03")
        deriving = children_of(own[0].process.pid)
        for one in deriving:
            os.kill(one, signal.SIGKILL)
        assert client.get("/?as-of=2031-04-22").status_code == 200
        assert children_of(own[0].process.pid) != deriving


def test_a_case_that_is_taken_away_is_told_and_not_made_again(own: tuple[Served, Path]) -> None:
    with own[0].client() as client:
        claim, form = list_claims(client)[0], client.form_token()
        shutil.rmtree(own[1])
        answer = client.http.post(f"/claims/{claim}/review", data={"form-token": form, "verdict": "accept", "seen": "0"}, headers={"origin": own[0].base})
        assert answer.status_code == 503
        assert "the case cannot be read or written" in answer.text
        assert client.http.get("/reports").status_code in (202, 503)
        assert client.http.get("/static/bench.js").status_code == 200
        assert not own[1].exists()


def test_what_was_taken_back_is_not_taken_back_twice(own: tuple[Served, Path]) -> None:
    with own[0].client() as client:
        claim = list_claims(client)[0]
        client.post(f"/claims/{claim}/review", {"verdict": "reject", "seen": "0"}, htmx=True)
        undo = {"verdict": "undo", "seen": (seen := last_seen(client, claim)), "undoes": seen}
        assert "took it back already" not in client.post(f"/claims/{claim}/review", undo, htmx=True).text
        assert "took it back already" in client.post(f"/claims/{claim}/review", undo, htmx=True).text
        assert "took it back already" in client.post(f"/claims/{claim}/review", undo | {"seen": last_seen(client, claim)}, htmx=True).text
    with open_case(own[1]) as case:
        assert [one.verdict for one in case.ledger.reviews()] == ["reject", "undo"]


def test_who_opens_connections_and_sends_nothing_keeps_nobody_out(client: Client, served: Served) -> None:
    idle = [socket.create_connection(("127.0.0.1", port_of(served)), timeout=5) for _ in range(200)]
    try:
        for one in idle[:100]:
            one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1")
        began = time.monotonic()
        assert client.get("/reports").status_code == 200
        assert time.monotonic() - began < 2
    finally:
        for one in idle:
            one.close()


def test_forty_who_ask_at_once_are_all_answered(client: Client, served: Served) -> None:
    paths = ("/", "/reports", "/review", "/search?q=april", "/events.json", "/claims.json", "/timeline", "/sources")

    def ask(path: str) -> tuple[str, int, str]:
        answer = httpx.get(served.base + path, cookies=client.http.cookies, timeout=30)
        return path, answer.status_code, answer.headers["etag"]

    alone = {path: (path, 200, client.get(path).headers["etag"]) for path in paths}
    with ThreadPoolExecutor(40) as pool:
        assert set(pool.map(ask, paths * 5)) == set(alone.values())


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_with_all_that_it_started_and_leaves_nothing_behind(how: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving("--by", "Ana") as served:
        with served.client() as client:
            client.get("/reports")
        started = children_of(served.process.pid)
        assert started
        assert list(tmp_path.glob("reportedly-scratch-*"))
        served.process.send_signal(how)
        served.process.wait(timeout=15)
        time.sleep(0.5)
        assert [one for one in started if is_alive(one)] == []
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("others", ['prefs={"a":"b"}', "a b=c", "flag", "=x", "n=\u00e9"])
def test_cookies_of_other_programs_keep_nobody_out(others: str, client: Client, served: Served) -> None:
    ours = "; ".join(f"{one.name}={one.value}" for one in client.http.cookies.jar)
    head = f"GET /reports HTTP/1.1\r\nHost: {served.base.removeprefix('http://')}\r\nConnection: close\r\nCookie: {others}; {ours}\r\n\r\n"
    assert b" 200 OK" in send_raw(served, head.encode("latin-1")).splitlines()[0]


@pytest.mark.parametrize("origin", ["http://[", "http://127.0.0.1", "null", "http://127.0.0.1:99999999", "//", "http://localhost.evil.example"])
def test_an_origin_that_is_none_of_ours_is_refused_in_a_line(origin: str, client: Client) -> None:
    answer = client.http.post("/add", data={"form-token": client.form_token()}, headers={"origin": origin})
    assert (answer.status_code, "nothing was done" in answer.text) == (403, True)


@pytest.mark.parametrize("query", ["page=000000001" + "9" * 30, "page=" + "9" * 900, "page=\u00b2", "path=x&self=y", "page=1&page=2"])
def test_no_parameter_breaks_a_page(query: str, client: Client) -> None:
    assert client.get(f"/events?{query}").status_code in (200, 400)
    assert client.get(f"/search?q=april&{query}").status_code in (200, 400)
    assert client.get(f"/events.json?{query}").status_code in (200, 400)


@pytest.mark.parametrize("query", ["entry=\u00b2", "entry=" + "9" * 900, "claim=x&seen=\u00b2"])
def test_no_number_breaks_the_pulse(query: str, client: Client) -> None:
    assert client.get(f"/pulse?{query}").status_code == 200


def test_a_value_or_a_note_that_is_a_text_is_refused_at_once(client: Client) -> None:
    claim = list_claims(client)[0]
    for fields, said in (({"verdict": "edit", "set-people": "1 " * 200_000}, "value: has"), ({"verdict": "note", "note": "a" * 9_000}, "note: has 9,000 letters")):
        assert said in client.post(f"/claims/{claim}/review", fields | {"seen": "0"}, htmx=True).text


def test_a_decision_on_one_claim_is_not_taken_back_under_another(own: tuple[Served, Path]) -> None:
    served, folder = own
    with served.client() as client:
        one, other = list_claims(client)[:2]
        client.post(f"/claims/{one}/review", {"verdict": "accept", "seen": "0"}, htmx=True)
        with open_case(folder) as case:
            number = str(case.ledger.reviews()[-1].seq)
        assert "can be taken back under that number" in client.post(f"/claims/{other}/review", {"verdict": "undo", "undoes": number, "seen": "0"}, htmx=True).text
    with open_case(folder) as case:
        assert [review.verdict for review in case.ledger.reviews()] == ["accept"]


def test_a_case_is_not_kept_while_a_text_is_read_and_the_text_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    with serving("--by", "Ana") as served, served.client() as client:
        text = "\n\n".join(f"A guard said that {number} men left the quay on Friday." for number in range(60))
        client.post("/add", {"text-1": text}, files=[("file", ("", b""))])
        assert "a text is still being read" in client.post("/keep", {"name": "early"}).text
        for _ in range(300):
            if client.post("/keep", {"name": "late"}).status_code != 400:
                break
            time.sleep(0.2)
    with open_case(tmp_path / "late") as case:
        assert len(case.ledger.reports()) == 1
    assert not (tmp_path / "early").exists()


def test_a_shelf_damaged_behind_its_first_page_is_made_again(own: tuple[Served, Path]) -> None:
    served, folder = own
    with served.client() as client:
        before = client.get("/events").text
        with sqlite3.connect(folder / "shelf.sqlite") as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        size = (folder / "shelf.sqlite").stat().st_size
        with (folder / "shelf.sqlite").open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * (size - 4096))
        for _ in range(40):
            answer = client.get("/events?state=overdue")
            if answer.status_code == 200:
                break
            time.sleep(0.25)
        assert client.get("/events").text == before


def test_a_name_of_very_many_bytes_is_cut_and_read(own: tuple[Served, Path]) -> None:
    served, _ = own
    with served.client() as client:
        assert "1 report added" in read_in(client, [("\u9577" * 130 + ".txt", b"A guard said that 40 men left.")])
