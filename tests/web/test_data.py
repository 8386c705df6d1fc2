"""JSON of every view: what the commands print, by stretches, with tags."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from web_support import Client, Served, serving

from reportedly.web.data import KINDS

COMMANDS = {
    "events": "events",
    "findings": "findings",
    "plans": "plans",
    "conflicts": "conflicts",
    "timeline": "timeline",
    "gaps": "gaps",
    "chains": "chains",
    "sources": "sources",
    "leavings": "leavings",
    "reports": "reports",
    "claims": "claims",
}


def _printed(case: Path, *arguments: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-c", "from reportedly.cli import main; main()", *arguments, "--json"]
    done = subprocess.run([*command[:3], arguments[0], str(case), *arguments[1:], "--json"], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("as_of", ["", "2031-04-21"])
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_view_is_told_as_the_command_prints_it(name: str, as_of: str, client: Client, timber: Path) -> None:
    answer = client.get(f"/{name}.json" + (f"?as-of={as_of}" if as_of else ""))
    told = [json.loads(line) for line in answer.text.splitlines()]
    assert told == _printed(timber, COMMANDS[name], *(("--as-of", as_of) if as_of else ()))
    assert told or name in ("conflicts", "chains")


def test_changes_between_two_days_are_those_of_the_command(client: Client, timber: Path) -> None:
    told = [json.loads(line) for line in client.get("/changes.json?from=2031-03-31&to=2031-05-01").text.splitlines()]
    assert told == _printed(timber, "diff", "--from", "2031-03-31", "--to", "2031-05-01")


def test_a_search_is_that_of_the_command(client: Client, timber: Path) -> None:
    told = [json.loads(line) for line in client.get("/search.json?q=april&status=planned").text.splitlines()]
    assert told == _printed(timber, "search", "april", "--status", "planned")
    assert told


def test_a_long_list_is_told_by_stretches_that_make_the_whole(client: Client) -> None:
    whole = client.get("/claims.json").text
    path, parts = "/claims.json?limit=7", []
    while path:
        answer = client.get(path)
        parts.append(answer.text)
        link = re.match(r'<([^>]+)>; rel="next"', answer.headers.get("link", ""))
        path = link.group(1) if link else ""
    assert "".join(parts) == whole
    assert int(answer.headers["x-total-count"]) == len(whole.splitlines())


@pytest.mark.parametrize("query", ["limit=x", "limit=99999", "offset=-1", "limit=1e3", "as-of=soon", "offset=٣"])
def test_a_stretch_that_makes_no_sense_is_refused_in_a_line(query: str, client: Client) -> None:
    answer = client.get(f"/claims.json?{query}")
    assert answer.status_code == 400
    assert query.split("=", 1)[0] in json.loads(answer.text)["error"]


@pytest.mark.parametrize("query", ["from=2031-03-31", "to=2031-03-31", "from=2031-05-01&to=2031-03-01", "from=2031-03-01&to=2031-04-01&as-of=2031-03-14"])
@pytest.mark.parametrize("path", ["/changes", "/changes.json"])
def test_changes_are_told_between_two_days_in_order_and_of_no_other_day(path: str, query: str, client: Client) -> None:
    assert client.get(f"{path}?{query}").status_code == 400


def test_pages_as_of_a_day_know_nothing_of_later_reports(client: Client, timber: Path) -> None:
    late = next(row for row in _printed(timber, "reports") if row["published"]["from"] == "2031-05-20")
    claims = [row["id"] for row in _printed(timber, "claims", "--report", late["id"])]
    pages = [
        client.get(f"{path}{'&' if '?' in path else '?'}as-of=2031-04-21")
        for path in ("/", "/events", "/plans", "/timeline", "/map", "/sources", "/reports", "/conflicts", "/changes", "/review", "/search?q=april")
    ]
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert not any(late["id"] in page.text or any(claim in page.text for claim in claims) for page in pages)
    assert client.get(f"/reports/{late['id']}?as-of=2031-04-21").status_code == 404
    assert client.get(f"/claims/{claims[0]}/panel?as-of=2031-04-21").status_code == 404


@pytest.mark.parametrize("path", ["/", "/plans", "/claims.json", "/review", "/static/bench.css", "/network.json?as-of=2031-04-21"])
def test_what_did_not_change_is_not_sent_again(path: str, client: Client) -> None:
    first = client.get(path)
    again = client.get(path, **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_decision_changes_the_tag_of_what_shows_it(served: Served) -> None:
    with served.client() as client:
        claim = json.loads(client.get("/claims.json?limit=1").text)
        before = client.get(f"/reports/{claim['report']}").headers["etag"]
        client.post(f"/claims/{claim['id']}/review", {"verdict": "note", "note": "seen", "seen": "0"})
        assert client.get(f"/reports/{claim['report']}").headers["etag"] != before


def test_every_kind_has_an_address(client: Client) -> None:
    assert [name for name in KINDS if client.get(f"/{name}.json").status_code != 200] == []


def test_one_claim_report_and_event_can_be_had_alone(client: Client) -> None:
    claim = json.loads(client.get("/claims.json?limit=1").text)
    event = json.loads(client.get("/events.json?limit=1").text)
    assert json.loads(client.get(f"/claims/{claim['id']}.json").text) == claim
    assert json.loads(client.get(f"/reports/{claim['report']}.json").text.splitlines()[0])["id"] == claim["report"]
    assert json.loads(client.get(f"/events/{event['id']}.json").text.splitlines()[0]) == event


def test_a_case_that_may_not_be_written_to_is_shown_all_the_same(timber: Path, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "case"
    shutil.copytree(timber, folder)
    mounted = subprocess.run(["mount", "--bind", "-o", "ro", str(folder), str(folder)], capture_output=True, check=False)
    if mounted.returncode or subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], capture_output=True, check=False).returncode:
        subprocess.run(["umount", str(folder)], capture_output=True, check=False)
        pytest.skip("no folder can be mounted read-only here")
    try:
        with serving(folder, "--by", "Ana") as served, served.client() as client:
            assert "Crews" in client.get("/plans").text
            assert "may not be written to" in client.get("/add").text
    finally:
        subprocess.run(["umount", str(folder)], capture_output=True, check=True)
    assert not (folder / "shelf.sqlite").exists()
