"""What strangers may do to the workbench: pages in the same browser, reports that were made to do harm, and faults while it runs."""

import io
import json
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web_support import Client, Served, last_seen, list_claims, port_of, read_in, send_raw, serving

from reportedly.pipeline import init_case
from reportedly.web.intake import plain_name

PAGES = ("/", "/events", "/plans", "/timeline", "/map", "/sources", "/reports", "/conflicts", "/gaps", "/leavings", "/changes", "/review", "/search?q=ferry", "/compare", "/add")
SCRIPT = "<script>window.owned = 1</script>"
MARKUP = '"><img src=x onerror="window.owned=2"><svg onload="window.owned=3"><style>body{display:none}</style>{{7*7}}${7*7}'
TURNED = "Tide\u202eliaM"  # a right-to-left override that is never ended


def _write_hostile(folder: Path) -> None:
    """Reports that nobody wrote to be read."""
    folder.mkdir()
    head = {"title": f"{SCRIPT}{{{{7*7}}}}", "outlet": f"Quay Post {SCRIPT}", "published": "2031-06-03", "url": "javascript:window.owned=4"}
    text = f'A ferry clerk said on Monday that 40 weavers boarded at Hanok. {SCRIPT} "{MARKUP}," a guard named <b>Il Do</b> said.\n\nThe harbour office said on Friday that 12 weavers plan to leave in July.'
    front = "".join(f"{name}: {json.dumps(value)}\n" for name, value in head.items())
    (folder / "script.md").write_text(f"---\n{front}---\n{text}\n", encoding="utf-8")
    row = {
        "outlet": TURNED,
        "title": "a\0b",
        "text": "The \u202eferry\u202c clerk said that 15 \U0001f600\U00010348 weavers left\r\nthe quay.\rA guard\0 said that 16 weavers \u2067returned on Friday.",
    }
    (folder / "turned.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    long = f"The ferry clerk said that 17 weavers left the quay.\n\n{'x' * 2_000_000}\n\nA guard said that 18 weavers returned."
    (folder / "long.md").write_text(f"---\noutlet: Long Post\npublished: 2031-06-05\n---\n{long}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A case of hostile reports with a hostile title, served for an analyst with a hostile name."""
    folder = tmp_path_factory.mktemp("strangers")
    _write_hostile(folder / "reports")
    with init_case(folder / "case", f"Title {SCRIPT}{{{{7*7}}}}", playbooks=("labour_export",)) as case:
        case.add([folder / "reports"])
        stranger = next(report for report in case.ledger.reports().values() if report.file == "script.md")
        at = stranger.text.index("weavers")
        quote = {"start": 0, "end": at + 7, "quote": stranger.text[: at + 7], "trigger": "said", "trigger_start": (said := stranger.text.index("said")), "trigger_end": said + 4}
        filler = {"text": "weavers", "start": at, "end": at + 7, "name": SCRIPT}
        plain = {"report": stranger.id, "id": "crowd", "frame": "open", "status": "occurred", "polarity": "positive", "certainty": "certain", "roles": {"who": [filler] * 5000}}
        voice = {"voice": [{"kind": "outlet", "text": stranger.outlet, "name": stranger.outlet}]}
        (folder / "crowd.jsonl").write_text(json.dumps(plain | quote | voice), encoding="utf-8")
        case.add_given(folder / "crowd.jsonl")
    with serving(folder / "case", "--by", f"Ana {SCRIPT}") as served:
        yield served


@pytest.fixture(scope="module")
def stranger(hostile: Served) -> Iterator[Client]:
    with hostile.client() as found:
        yield found


# Who may ask


def test_it_listens_on_this_address_of_this_machine_alone(served: Served) -> None:
    socket.create_connection(("127.0.0.1", port_of(served)), timeout=5).close()
    with pytest.raises(OSError, match=r"refused|unreachable|assign"):
        socket.create_connection(("127.0.0.2", port_of(served)), timeout=5)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.7"])
def test_it_is_not_served_to_other_machines(host: str, timber: Path) -> None:
    command = [sys.executable, "-c", "from reportedly.cli import main; main()", "serve", str(timber), "--host", host]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "for this machine alone" in ended.stderr


@pytest.mark.parametrize("path", ["/", "/reports", "/claims.json", "/add", "/pulse", "/nothing", "/?token=", "/?token=guessed", "/?token=%FF%FE", "/?token=a&token=b"])
def test_without_the_token_nothing_of_the_case_is_told(path: str, served: Served) -> None:
    answer = httpx.get(served.base + path)
    assert answer.status_code == 403
    assert "with its token" in answer.text
    assert "set-cookie" not in answer.headers


def test_the_token_becomes_a_cookie_that_no_script_reads_and_stands_in_no_address(served: Served) -> None:
    answer = httpx.get(f"{served.address}&page=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?page=1")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert served.address.partition("token=")[2].lower() not in cookie


@pytest.mark.parametrize("path", ["//elsewhere.example/", "/%5Celsewhere.example/", "/%2F%2Felsewhere.example/", "/%0D%0ALocation:%20http://elsewhere.example/"])
def test_the_address_with_the_token_leads_nowhere_else(path: str, served: Served) -> None:
    token = served.address.partition("token=")[2]
    answer = send_raw(served, f"GET {path}?token={token} HTTP/1.1\r\nHost: 127.0.0.1:{port_of(served)}\r\nConnection: close\r\n\r\n".encode()).decode()
    assert re.findall(r"(?im)^location: (/(?![/\\]).*)", answer), answer
    assert len(re.findall(r"(?im)^location:", answer)) == 1


@pytest.mark.parametrize(
    "host", ["elsewhere.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.elsewhere.example:{port}", "127.0.0.1:{port}.elsewhere.example", "[::1]:{port}"]
)
def test_a_name_that_was_made_to_point_here_is_not_answered(host: str, client: Client, served: Served) -> None:
    for path in ("/", "/static/bench.js", "/claims.json"):
        answer = client.http.get(path, headers={"host": host.format(port=port_of(served))})
        assert answer.status_code == 421
        assert "set-cookie" not in answer.headers


FORGED: tuple[dict[str, str], ...] = (
    {},
    {"origin": "null"},
    {"origin": "http://elsewhere.example"},
    {"origin": "http://127.0.0.1:1"},
    {"origin": "https://127.0.0.1:{port}"},
    {"origin": "http://127.0.0.1:{port}@elsewhere.example"},
    {"referer": "http://elsewhere.example/http://127.0.0.1:{port}/"},
    {"origin": "http://127.0.0.1:{port}", "sec-fetch-site": "cross-site"},
    {"origin": "http://127.0.0.1:{port}", "sec-fetch-site": "same-site"},
)


@pytest.mark.parametrize("headers", FORGED, ids=str)
def test_a_form_that_no_page_of_ours_sent_decides_nothing(headers: dict[str, str], client: Client, served: Served) -> None:
    claim = list_claims(client)[0]
    sent = {name: value.format(port=port_of(served)) for name, value in headers.items()}
    answer = client.http.post(f"/claims/{claim}/review", data={"form-token": client.form_token(), "verdict": "reject", "seen": "0"}, headers=sent)
    assert (answer.status_code, last_seen(client, claim)) == (403, "0")
    assert "nothing was done" in answer.text


@pytest.mark.parametrize("token", [None, "", "0" * 64, "\u00e9\U0001f600"])
@pytest.mark.parametrize("path", ["/claims/{claim}/review", "/reports/{claim}/claims", "/add", "/export", "/keep"])
def test_a_form_without_the_token_of_this_run_does_nothing(path: str, token: str | None, client: Client, served: Served) -> None:
    claim = list_claims(client)[0]
    fields = {"verdict": "reject", "text-1": "A guard said that 5 weavers left.", "format": "csv", "name": "x"} | ({} if token is None else {"form-token": token})
    answer = client.http.post(path.format(claim=claim), data=fields, headers={"origin": served.base})
    assert (answer.status_code, last_seen(client, claim)) == (403, "0")
    assert "nothing was done" in answer.text


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_an_address_that_takes_forms_takes_nothing_else(method: str, client: Client, served: Served) -> None:
    claim = list_claims(client)[0]
    fields = {"form-token": client.form_token(), "verdict": "reject", "seen": "0"}
    answer = client.http.request(method, f"/claims/{claim}/review", params=fields, headers={"origin": served.base})
    assert (answer.status_code, last_seen(client, claim)) == (405, "0")


def test_two_workbenches_do_not_open_each_other(client: Client, served: Served, timber: Path, tmp_path: Path) -> None:
    shutil.copytree(timber, tmp_path / "case")
    with serving(tmp_path / "case", "--by", "Bo") as other, other.client() as second:
        assert other.base != served.base
        both = {**dict(client.http.cookies), **dict(second.http.cookies)}  # a browser sends the cookies of all ports to each
        assert [httpx.get(f"{base}/add", cookies=both).status_code for base in (served.base, other.base)] == [200, 200]
        assert httpx.get(f"{other.base}/add", cookies=dict(client.http.cookies)).status_code == 403
        claim = list_claims(second)[0]
        answer = second.http.post(f"/claims/{claim}/review", data={"form-token": client.form_token(), "verdict": "reject", "seen": "0"}, headers={"origin": other.base})
        assert (answer.status_code, last_seen(second, claim)) == (403, "0")


@pytest.mark.parametrize(
    ("path", "headers"), [*((page, {}) for page in (*PAGES, "/events.json", "/static/bench.js", "/pulse", "/nothing", "/?page=0")), ("/", {"host": "x"}), ("/", {"cookie": ""})]
)
def test_every_answer_forbids_scripts_of_others_and_frames(path: str, headers: dict[str, str], client: Client) -> None:
    answer = client.http.get(path, headers=headers)
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == ("'none'", "'none'", "'self'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


# What reports may do


def _all_pages(client: Client) -> list[str]:
    reports = [json.loads(line)["id"] for line in client.get("/reports.json").text.splitlines()]
    claims = [json.loads(line) for line in client.get("/claims.json").text.splitlines()]
    events = [json.loads(line)["id"] for line in client.get("/events.json").text.splitlines()]
    compared = f"/compare?one={reports[0]}&other={reports[1]}"
    shown = [f"/reports/{claim['report']}?claim={claim['id']}" for claim in claims] + [f"/claims/{claim['id']}/panel" for claim in claims]
    return [*PAGES, f"/search?q={SCRIPT}&voice={MARKUP.partition('{')[0]}", compared, *(f"/reports/{one}" for one in reports), *shown, *(f"/events/{one}" for one in events)]


def test_no_page_has_markup_or_a_template_of_a_report_in_it(stranger: Client) -> None:
    for path in _all_pages(stranger):
        answer = stranger.get(path)
        assert answer.status_code == 200, path
        tags = re.findall(r"<[a-z][^>]*>", answer.text)
        assert not re.findall(r"<(?:img|svg|style|iframe)\b|<b>Il Do|<script>", answer.text), path
        assert all(" src=" in tag or "application/json" in tag for tag in tags if tag.startswith("<script")), path
        assert not [tag for tag in tags if re.search(r"\s(?:on\w+|style)=", re.sub(r'"[^"]*"', '""', tag))], path
        assert 'href="javascript' not in answer.text, path
    assert "{{7*7}}" in stranger.get("/reports").text


def test_a_browser_runs_nothing_of_a_report_and_shows_its_words(hostile: Served, stranger: Client, watch: Callable) -> None:  # type: ignore[type-arg]
    watched = watch(address=hostile.address)
    report = next(json.loads(line) for line in stranger.get("/reports.json").text.splitlines() if "script.md" in line)["id"]
    for path in ("/reports", "/sources", "/timeline", f"/reports/{report}?claim=crowd", f"/reports/{report}", f"/search?q={SCRIPT}"):
        watched.page.goto(hostile.base + path)
        watched.page.wait_for_load_state("load")
        assert watched.page.evaluate("typeof window.owned") == "undefined", path
        assert watched.page.is_visible("h1"), path
    watched.page.goto(f"{hostile.base}/reports/{report}")
    assert SCRIPT in watched.page.locator("#text").inner_text()
    assert watched.console == []
    assert [address for address in watched.asked if not address.startswith(hostile.base)] == []


def test_words_that_turn_the_direction_of_writing_turn_no_words_around_them(stranger: Client) -> None:
    for path in ("/reports", "/sources"):
        page = stranger.get(path).text
        table = page[page.index("<table") :]
        assert TURNED in table
        assert table.count(f"<bdi>{TURNED}</bdi>") == table.count(TURNED)
    assert "a\\u0000b" in stranger.get("/reports").text


def test_a_paragraph_without_an_end_is_shown_in_parts(stranger: Client) -> None:
    report = next(json.loads(line) for line in stranger.get("/reports.json").text.splitlines() if "long.md" in line)["id"]
    first = stranger.get(f"/reports/{report}").text
    parts = int(re.findall(r"of (\d+)", first)[-1])
    assert parts >= 2_000_000 // 24_000
    assert max(len(first), len(stranger.get(f"/reports/{report}?part={parts}").text)) < 60_000
    assert "18 weavers returned" in stranger.get(f"/reports/{report}?part={parts}").text


def test_a_claim_with_five_thousand_fillers_is_shown_short_and_told_whole(stranger: Client) -> None:
    panel = stranger.get("/claims/crowd/panel").text
    assert len(panel) < 60_000
    assert "4,960 more" in panel
    assert len(json.loads(stranger.get("/claims/crowd.json").text)["roles"]["who"]) == 5000


# What an address may do


@pytest.mark.parametrize(
    "path",
    [
        "/static/..%2F..%2Fserve.py",
        "/static/%2E%2E/serve.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/",
        "/static/vendor/../../bench.py",
        "/reports/..%2F..%2Fcase.toml",
        "/reports/%00",
        "/reports/%FF%FE",
        "/reports/" + "a" * 5000,
        "/events/..%2Fx.json",
        "/claims/%F0%9F%98%80",
        "/add/..%2F..%2Fetc%2Fpasswd",
        "/compare?one=..%2Fx&other=%00",
        "/%3Cscript%3E",
    ],
)
def test_what_is_not_there_is_said_and_no_file_is_read(path: str, client: Client) -> None:
    answer = client.http.get(path)
    assert answer.status_code == 404
    assert re.search(r"\bno such\b|no event of this view", answer.text)
    assert "<script>" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "?as-of=2031-13-01",
        "?as-of=%00",
        "?as-of=%FF",
        "?as-of=yesterday",
        "?page=0",
        "?page=-1",
        "?page=%C2%B2",
        "?page=1e3",
        "?page=",
        "?page=999999999",
        "changes?from=2031-05-01",
        "changes?from=2031-05-02&to=2031-05-01",
        "changes?from=x&to=y",
        "events.json?limit=-1",
        "events.json?limit=99999",
        "events.json?offset=%D9%A3",
        "events.json?offset=1.5",
        "claims.json?as-of=%00",
    ],
)
def test_a_value_that_makes_no_sense_is_refused_in_a_line(query: str, client: Client) -> None:
    answer = client.http.get(f"/{query}")
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
    assert 'role="alert"' in answer.text or "error" in json.loads(answer.text)


@pytest.mark.parametrize("query", ['"', "(" * 2000 + " AND ", "a%00b", "*", "NEAR(", "%ED%A0%80", "'; DROP TABLE claim; --", "-" * 5000, "a" * 40_000, "%25_%5E"])
@pytest.mark.parametrize("field", ["q", "voice", "place", "actor"])
def test_no_words_to_search_for_break_the_search(field: str, query: str, client: Client) -> None:
    answer = client.get(f"/search?{field}={query}")
    if len(query) > 1000:
        assert (answer.status_code, f"{field}: has more than 1000 letters" in answer.text) == (400, True)
    else:
        assert answer.status_code == 200
        assert "<h1>Search</h1>" in answer.text


@pytest.mark.parametrize(
    ("request_line", "more"),
    [
        ("GET /\xff HTTP/1.1", ""),
        ("GARBAGE", ""),
        ("GET / HTTP/1.1", "Host: elsewhere.example\r\n"),
        ("GET /?" + "a" * 100_000 + " HTTP/1.1", ""),
        ("POST /add HTTP/1.1", "Content-Length: -1\r\n"),
        ("POST /add HTTP/1.1", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
    ],
)
def test_what_is_no_request_is_refused_and_the_next_is_answered(request_line: str, more: str, client: Client, served: Served) -> None:
    answer = send_raw(served, f"{request_line}\r\nHost: 127.0.0.1:{port_of(served)}\r\n{more}Connection: close\r\n\r\n".encode("latin-1"))
    assert re.match(rb"HTTP/1.1 4\d\d ", answer), answer[:80]
    assert b"Traceback" not in answer
    assert client.get("/reports").status_code == 200


def test_a_question_for_the_head_alone_is_answered_without_a_body(client: Client) -> None:
    for path in ("/reports", "/events.json", "/static/bench.js"):
        head, whole = client.http.head(path), client.http.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == whole.headers["etag"]
        unchanged = client.http.get(path, headers={"if-none-match": whole.headers["etag"]})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert client.http.get(path, headers={"if-none-match": '"another"'}).content == whole.content


# What is sent


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_no_name_of_a_file_leads_out_of_its_folder(names: list[str]) -> None:
    taken: set[str] = set()
    plain = [plain_name(name, taken) for name in (*names, "../../etc/passwd", "..\\..\\boot.ini", "..", "/", "\0", ".hidden", "a\r\nb: c", "\u202etxt.exe")]
    assert all(name and Path(name).name == name and not name.startswith(".") and name.isprintable() for name in plain)
    assert len({name.casefold() for name in plain}) == len(plain)


def test_a_bomb_is_told_a_path_in_an_archive_leads_nowhere_and_the_rest_goes_in(own: tuple[Served, Path]) -> None:
    bomb, climbing = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w", force_zip64=True) as part:
        for _ in range(300):
            part.write(bytes(1_000_000))
    with zipfile.ZipFile(climbing, "w") as archive:
        archive.writestr(f"../../../../../../..{own[1]}/climbed.md", "A guard said that 6 weavers left Hanok.")
    with own[0].client() as client:
        page = read_in(
            client, [("bomb.docx", bomb.getvalue()), ("bomb.zip", bomb.getvalue()), ("climbing.zip", climbing.getvalue()), ("../good.txt", b"A guard said that 5 weavers left.")]
        )
    assert page.count("unpack to more than 50 MB") == 2
    assert "2 reports added" in page
    assert not (own[1] / "climbed.md").exists()


def test_more_than_may_be_sent_is_refused_with_how_much_may(client: Client, served: Served) -> None:
    form = client.form_token()
    large = client.http.post("/add", data={"form-token": form, "text-1": "a" * 1_100_000}, headers={"origin": served.base})
    assert (large.status_code, "1,000,000 bytes" in large.text) == (413, True)
    many = client.http.post("/add", data={"form-token": form}, files=[("file", (f"{number}.txt", b"x")) for number in range(201)], headers={"origin": served.base})
    assert (many.status_code, "Maximum number of files" in many.text) == (400, True)
    long = client.http.post("/add", data={"form-token": form, "text-1": "a" * 4_100_000}, files=[("file", ("", b""))], headers={"origin": served.base})
    assert (long.status_code, "exceeded maximum size" in long.text) == (400, True)
    assert client.get("/add").status_code == 200


def test_a_scratch_case_is_kept_under_no_name_that_leads_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))  # the server is started in another folder
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with serving("--by", "Ana") as served, served.client() as client:
        for name in ("../out", "a/b", "..", ".", "", "/tmp/out", "a\0b", "a\nb/c", "x.y", "~/x", "-rf/", "\u202ex", "<script>", "x" * 62):
            answer = client.post("/keep", {"name": name})
            assert (answer.status_code, "is no name for a folder" in answer.text) == (400, True), name
        assert [*folder.iterdir(), *(one for one in tmp_path.iterdir() if one != folder)] == []
