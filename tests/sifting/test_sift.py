"""A whole sift, from archives to a case: the same bytes wherever and however often it runs, and nothing lost."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from cluster_support import start_cluster
from pyarrow import dataset, parquet

from benchmarks.crawl import Crawl, read_texts, write_crawl, write_shard
from reportedly.engine import Engine, Local
from reportedly.engine.cluster import Cluster
from reportedly.errors import BadInput
from reportedly.ledger.canonical import read_canonical
from reportedly.lineage.links import find_copies
from reportedly.pipeline import init_case
from reportedly.reconciling.stories import find_stories
from reportedly.records import Report
from reportedly.sifting import Recipe, Watch, find_shards, seal, sift, versions
from reportedly.sifting.evidence import LEAST
from reportedly.sifting.funnel import Task, sift_shard
from reportedly.sifting.kept import read_refs
from reportedly.sifting.manifest import interval
from reportedly.sifting.output import mark_output, sees_output

COMMAND = [sys.executable, "-c", "import sys; sys.argv[0] = 'reportedly'; from reportedly.cli import main; main()"]
DERIVED = ("reports", "claims", "links", "audit", "manifest.json", "leavings.jsonl")
_PAGES, _SHARDS = 480, 4


def recipe(**asked: Any) -> Recipe:
    plain: dict[str, Any] = {
        "playbooks": ("labour_export",), "since": None, "until": None, "words": 40, "share": 0.05, "seed": 1, "today": date(2026, 1, 1), "max_bytes": 10_000_000, "seconds": 60, "batch_size": 8,
    }  # fmt: skip
    return seal(Recipe(**(plain | asked)))


def run(engine: Engine, crawl: Path, output: Path, **asked: Any) -> dict[str, Any]:
    with engine:
        return sift(find_shards([str(crawl)]), recipe(**asked), output, engine, Watch()).told


def contents(output: Path) -> dict[str, bytes]:
    files = [file for name in DERIVED for file in ([output / name] if (output / name).is_file() else sorted((output / name).rglob("*.*")))]
    return {str(file.relative_to(output)): file.read_bytes() for file in files if file.is_file()}


def rows(output: Path, table: str) -> list[dict[str, Any]]:
    return [row for file in sorted((output / table).rglob("*.parquet")) for row in parquet.ParquetFile(file).read().to_pylist()]


def command(*words: str | Path, env: dict[str, str] | None = None, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, words)], capture_output=True, text=True, env={**os.environ, **(env or {})}, timeout=timeout, check=False)


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawl")
    write_crawl(folder, _PAGES, _SHARDS, share=0.05)
    return folder


@pytest.fixture(scope="module")
def sifted(crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("sifted") / "out"
    run(Local(2), crawl, output)
    return output


def test_what_is_on_the_subject_is_kept_and_little_else(sifted: Path) -> None:
    numbers = {int(row["url"].rsplit("/", 1)[1]) for row in rows(sifted, "reports")}
    made = Crawl(7, read_texts([]), 0.05)
    wanted = {number for number in range(_PAGES) if made.page(number)[3]}
    short = {number for number in wanted if number // 20 % 6 == 3}  # a follow-up whose words stand in any news: see test_screen
    assert wanted - short <= numbers
    assert len(numbers - wanted) <= 0.02 * _PAGES


def test_each_report_tells_how_much_speaks_for_it_and_each_refused_page_how_little(sifted: Path) -> None:
    assert all(row["evidence"] >= LEAST for row in rows(sifted, "reports"))
    audited = rows(sifted, "audit")
    assert audited
    assert all(row["evidence"] < LEAST for row in audited)


def test_the_manifest_adds_up(sifted: Path) -> None:
    told = json.loads((sifted / "manifest.json").read_text(encoding="utf-8"))
    assert told["pages"] == _PAGES == sum(one["pages"] for one in told["shards"])
    assert told["funnel"][0]["in"] == _PAGES
    assert told["funnel"][-1]["in"] - told["funnel"][-1]["fell"] == told["kept"] == len(rows(sifted, "reports"))
    assert told["claims"] == len(rows(sifted, "claims")) > 0
    assert told["links"] == len(rows(sifted, "links"))
    assert told["audit"]["drawn"] > 0
    assert told["audit"]["with happenings"]["from"] <= told["audit"]["with happenings"]["to"]
    assert {day: one["reports"] for day, one in told["days"].items()} == {
        file.parent.name.removeprefix("day="): len(parquet.ParquetFile(file).read()) for file in (sifted / "reports").rglob("*.parquet")
    }


def test_the_folders_are_those_that_other_tools_know(sifted: Path) -> None:
    table = dataset.dataset(sifted / "reports", partitioning="hive").to_table(columns=["report", "day", "published_from"])
    assert table.num_rows == len(rows(sifted, "reports"))
    assert all(str(row["published_from"]) == str(row["day"]) for row in table.to_pylist())


def test_one_worker_two_and_any_order_of_shards_give_the_same_bytes(crawl: Path, sifted: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(crawl, moved)
    shards = find_shards([str(path) for path in sorted(moved.iterdir(), reverse=True)])
    told: dict[str, tuple[int, int]] = {}
    with Local(1) as engine:
        sift(shards[::-1], recipe(), tmp_path / "out", engine, Watch(lambda watch: told.update({watch.stage: (watch.done, watch.total)})))
    assert contents(tmp_path / "out") == contents(sifted)
    assert all(done == total > 0 for stage in ("sifting", "links", "stories", "understanding") for done, total in [told[stage]])


def test_a_dask_cluster_gives_the_same_bytes(crawl: Path, sifted: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    with start_cluster(tmp_path, 2) as running, mark_output(output) as mark:
        run(Cluster(running.address, partial(versions, ("labour_export",)), partial(sees_output, str(mark))), crawl, output)
    assert contents(output) == contents(sifted)


def test_a_sift_that_was_killed_goes_on_and_gives_the_same_bytes(crawl: Path, sifted: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    words = ["sift", "--playbook", "labour_export", "--in", str(crawl), "--out", str(output), "--audit", "0.05", "--workers", "1"]
    process = subprocess.Popen([*COMMAND, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + 60
    while not (done := list(output.glob(".shards/*/*.json"))):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (output / "manifest.json").exists()
    before = {path: path.stat().st_mtime_ns for path in done}
    assert command("add", _case(tmp_path), output).stderr.count("is a sift that was not finished") == 1
    again = command(*words)
    assert again.returncode == 0, again.stderr
    audit = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["audit"]
    assert f"audit: {audit['drawn']} of {audit['refused']} refused pages read\n" in again.stdout
    assert f"  {audit['with happenings']['pages']}  with claims of a happening (" in again.stdout
    assert {path: path.stat().st_mtime_ns for path in done} == before
    assert contents(output) == contents(sifted)
    assert not list(output.glob(".shards/*/.*"))


def _case(folder: Path) -> Path:
    init_case(folder / "case", playbooks=("labour_export",)).__exit__()
    return folder / "case"


def test_links_and_stories_are_those_of_a_case(sifted: Path) -> None:
    reports = {row["report"]: row for row in rows(sifted, "reports")}
    records = [
        read_canonical(row["record"], Report)
        for path in sifted.glob(".shards/*/*.parquet")
        if path.name.count(".") == 1
        for row in parquet.ParquetFile(path).read().to_pylist()
        if not row["sampled"]
    ]
    known = {report.id: report for report in records}
    assert known.keys() == reports.keys()
    found = {(row["from"], row["to"], row["kind"], row["score"]) for row in rows(sifted, "links")}
    assert found == {(link.source, link.target, link.kind, link.score) for link in find_copies(known)}
    assert found
    told: dict[str, set[str]] = {}
    for name, row in reports.items():
        told.setdefault(row["story"], set()).add(name)
    assert sorted(map(sorted, told.values())) == sorted(map(sorted, find_stories(known.values())))


def test_a_case_takes_a_sift_with_the_same_claims(sifted: Path, tmp_path: Path) -> None:
    case = _case(tmp_path)
    added = command("add", case, sifted)
    assert added.returncode == 0, added.stderr
    told = [json.loads(line) for line in command("claims", case, "--json").stdout.splitlines()]
    copies = {row["report"] for row in rows(sifted, "reports") if row["copy_of"]}
    assert {row["id"] for row in told if row["report"] not in copies} == {row["id"] for row in rows(sifted, "claims")}
    assert command("add", case, sifted).stderr.startswith("added 0 reports, ")
    assert command("verify", case).returncode == 0


def test_a_text_that_stands_on_many_pages_is_understood_once(tmp_path: Path) -> None:
    body = read_texts([])[0]
    lines = [{"text": body.text, "title": body.title, "url": f"https://post{number}.example/a", "published": f"2024-05-0{number}"} for number in (3, 1, 2)]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rows.jsonl").write_text("\n".join(map(json.dumps, [*lines, lines[0]])), encoding="utf-8")
    told = run(Local(1), tmp_path / "in", tmp_path / "out", share=0.0)
    found = rows(tmp_path / "out", "reports")
    assert (told["kept"], told["reports"], told["copies"]) == (4, 3, 2)
    first = next(row["report"] for row in found if row["url"] == "https://post1.example/a")
    assert {row["copy_of"] for row in found} == {None, first}
    assert {row["report"] for row in rows(tmp_path / "out", "claims")} == {first}


def test_tables_and_packed_rows_are_read_and_days_and_lengths_are_kept_to(tmp_path: Path) -> None:
    texts = read_texts([])
    lines = [{"body": texts[0].text, "headline": texts[0].title, "link": f"https://post.example/{day}", "day": f"2024-05-{day:02d}", "views": 3.5} for day in range(1, 11)]
    source = tmp_path / "in"
    source.mkdir()
    parquet.write_table(pa.Table.from_pylist(lines[:5]), source / "a.parquet")
    (source / "b.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, lines[5:])).encode()))
    columns = {"text": "body", "title": "headline", "published": "day", "url": "link"}
    told = run(Local(1), source, tmp_path / "out", share=0.0, since=date(2024, 5, 3), until=date(2024, 5, 8), columns=columns)
    assert (told["pages"], told["kept"], list(told["days"])) == (10, 6, [f"2024-05-{day:02d}" for day in range(3, 9)])
    assert run(Local(1), source, tmp_path / "long", share=0.0, words=10_000, columns=columns)["kept"] == 0
    case = _case(tmp_path)
    assert command("add", case, tmp_path / "out").stderr.startswith("added 6 reports; ")
    (tmp_path / "url").mkdir()
    assert run_url(f"file://{source}/*.parquet", tmp_path / "url" / "out", columns) == 5


def run_url(pattern: str, output: Path, columns: dict[str, str]) -> int:
    with Local(1) as engine:
        return int(sift(find_shards([pattern]), recipe(share=0.0, columns=columns), output, engine, Watch()).told["kept"])


def test_the_clock_of_a_worker_decides_nothing(tmp_path: Path) -> None:
    write_shard(tmp_path / "in.warc.gz", Crawl(7, read_texts([]), 1.0), range(3))
    shard = find_shards([str(tmp_path / "in.warc.gz")])[0]
    days = {}
    for today in (date(2024, 4, 1), date(2030, 1, 1)):  # one lies before any page was saved
        outcome = sift_shard(Task(shard, recipe(today=today), str(tmp_path / str(today))))
        days[today.year] = {row["day"] for _, row in read_refs(outcome.path)}
    assert days[2024] == {""}  # no such day can be
    assert "" not in days[2030]
    assert len(days[2030]) > 0


@pytest.mark.parametrize("found", [0, 1, 50, 99, 100])
def test_an_interval_holds_the_share_and_never_says_never(found: int) -> None:
    least, most = interval(found, 100)
    assert 0.0 <= least <= found / 100 <= most <= 1.0
    assert interval(0, 0) == (0.0, 1.0)
    assert interval(0, 1000)[1] == pytest.approx(0.0038, abs=0.0001)


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Path]:
    """Archives that are cut, corrupt or empty beside two that are whole."""
    folder = tmp_path / "in"
    write_crawl(folder, 40, 2, share=0.2)
    whole = (folder / "news-00000.warc.gz").read_bytes()
    (folder / "cut.warc.gz").write_bytes(whole[: len(whole) // 2])
    (folder / "corrupt.warc.gz").write_bytes(whole[:2000] + b"\xff" * 500 + whole[2500:])
    (folder / "empty.warc.gz").write_bytes(b"")
    return folder


def test_what_is_broken_is_said_and_the_rest_is_kept(broken: Path, tmp_path: Path) -> None:
    ended = command("sift", "--playbook", "labour_export", "--in", broken, "--out", tmp_path / "out", "--workers", "1")
    assert ended.returncode == 1
    for name in ("cut.warc.gz: ", "corrupt.warc.gz: ", "empty.warc.gz: it is empty"):
        assert f"reportedly: {name}" in ended.stderr, ended.stderr
    assert "Traceback" not in ended.stderr
    told = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert told["reports"] >= 6
    left = [json.loads(line) for line in (tmp_path / "out" / "leavings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {one["file"] for one in left} >= {"cut.warc.gz", "empty.warc.gz"}


def test_a_page_that_no_process_lives_through_is_set_aside_and_its_shard_is_done(tmp_path: Path) -> None:
    story = read_texts([])[0]
    link = "<p>The crew of the Orlen {} left <a href='x'>the yard</a> at Tarovsk, and a guard said so.</p>"
    poison = f"<html><body><article><h1>{story.title}</h1><p>{story.text}</p>" + "".join(map(link.format, range(60_000)))  # a minute's work
    lines = [f"<html><body><article><h1>{story.title}</h1><p>{text}</p></article></body></html>" for text in (story.text, story.text + " They left.")]
    path = tmp_path / "in.warc"
    path.write_bytes(b"".join(_record(number, page.encode()) for number, page in enumerate([lines[0], poison, lines[1]])))
    told = run(Local(1), path, tmp_path / "out", share=0.0, seconds=5)
    assert (told["pages"], told["reports"], told["leavings"]) == (3, 2, {"timeout": 1})


def _record(number: int, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/{number}\r\nWARC-Date: 2024-05-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
    return head.encode() + f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


def test_rows_whose_packing_is_corrupt_and_pages_that_hold_many_reports_are_set_aside(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    rows_of = "\n".join(json.dumps({"text": f"{one.text} {number}", "url": f"https://post.example/{number}"}) for number in range(200) for one in read_texts([])[:1]).encode()
    packed = gzip.compress(rows_of)
    (source / "rows.jsonl.gz").write_bytes(packed[: len(packed) // 2] + bytes(400) + packed[len(packed) // 2 + 400 :])
    story = read_texts([])[0].text
    items = "".join(f"<item><title>Men picked {number}</title><link>https://post.example/{number}</link><description>{story}</description></item>" for number in range(3))
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'
    (source / "feed.warc").write_bytes(_record(1, feed.encode()))
    told = run(Local(1), source, tmp_path / "out", share=0.0)
    left = {one["file"]: one["reason"] for one in map(json.loads, (tmp_path / "out" / "leavings.jsonl").read_text(encoding="utf-8").splitlines())}
    assert left["rows.jsonl.gz"] == "damaged"
    assert left["feed.warc/1"] == "nested"
    assert told["funnel"][-1]["in"] - told["funnel"][-1]["fell"] == told["kept"]
    assert all(row["fell"] >= 0 for row in told["funnel"])
    assert not list((tmp_path / "out").glob(".shards/*/*rows*.json"))


def test_the_same_page_twice_is_one_report_whatever_server_sent_it(tmp_path: Path) -> None:
    story = read_texts([])[0]
    body = f"<html><body><article><h1>{story.title}</h1><p>{story.text} Caf\u00e9.</p></article></body></html>".encode("latin-1")
    one = _record(1, body)
    other = one.replace(b"Content-Type: text/html\r\n", b"Content-Type: text/html; charset=cp1250\r\n")
    other = other.replace(f"Content-Length: {len(body) + 44}".encode(), f"Content-Length: {len(body) + 60}".encode())
    assert len(other) == len(one) + 16
    (tmp_path / "in.warc").write_bytes(one + other)
    told = run(Local(1), tmp_path / "in.warc", tmp_path / "out", share=0.0)
    assert (told["pages"], told["kept"], told["reports"], told["links"]) == (2, 2, 1, 0)


def test_an_interrupt_ends_at_once_and_says_how_to_go_on(crawl: Path, tmp_path: Path) -> None:
    words = ["sift", "--playbook", "labour_export", "--in", str(crawl), "--out", str(tmp_path / "out"), "--workers", "2"]
    process = subprocess.Popen([*COMMAND, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not list(tmp_path.glob("out/.shards/*/.*")):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted; what is finished is kept, run the same again to go on" in told
    assert time.monotonic() - began < 10  # not as long as the shards would take


def test_what_a_sift_wrote_is_not_sifted_and_is_known_without_its_work(crawl: Path, tmp_path: Path) -> None:
    news = tmp_path / "news"
    shutil.copytree(crawl, news)
    with Local(2) as engine:
        first = sift(find_shards([str(news)], news / "sifted"), recipe(), news / "sifted", engine, Watch()).told
        again = sift(find_shards([str(news)], news / "sifted"), recipe(), news / "sifted", engine, Watch()).told
    assert first == again
    shutil.rmtree(news / "sifted" / ".shards")
    added = command("add", _case(tmp_path), news / "sifted")
    assert added.stderr.startswith(f"added {first['reports']} reports; "), added.stderr


def test_a_full_disk_is_one_line_and_no_sift_is_finished(crawl: Path, tmp_path: Path) -> None:
    words = ["sift", "--playbook", "labour_export", "--in", crawl, "--out", tmp_path / "out", "--audit", "0.05", "--workers", "1"]
    limited = ["bash", "-c", 'ulimit -f 20; exec "$@"', "bash", *COMMAND, *map(str, words)]  # no file may be larger than 20 kB
    full = subprocess.run(limited, capture_output=True, text=True, timeout=120, check=False)
    assert (full.returncode, "Traceback" in full.stderr) == (1, False), full.stderr
    assert "the output cannot be written (Error writing bytes to file. Detail: [errno 27] File too large); free space or name another place" in full.stderr
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_two_sifts_do_not_write_into_one_folder_and_strangers_files_stay(crawl: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match=r"holds other files \(notes.txt\)"):
        run(Local(1), crawl, tmp_path)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ([], "--in: nothing to sift"),
        (["--in", "nowhere/*.warc.gz", "--playbook", "labour_export"], "--in nowhere/*.warc.gz: no such file"),
        (["--in", "."], "--playbook: a sift needs to know what matters"),
        (["--in", ".", "--playbook", "nonsense"], "nonsense: no such playbook"),
        (["--in", ".", "--playbook", "labour_export", "--engine", "spark"], "--engine spark: no such engine; there are local and dask"),
        (["--in", ".", "--playbook", "labour_export", "--engine", "dask"], "--scheduler: say where the cluster is"),
        (["--in", ".", "--playbook", "labour_export", "--scheduler", "tcp://x:1"], "--scheduler: is for a cluster; add --engine dask"),
        (["--in", ".", "--playbook", "labour_export", "--since", "2024-05-02", "--until", "2024-05-01"], "--until 2024-05-01: lies before --since"),
        (["--in", "nosuch://bucket/x", "--playbook", "labour_export"], "--in nosuch://bucket/x: cannot be listed"),
    ],
)
def test_mistakes_are_one_line_with_a_remedy(words: list[str], line: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    asked = [str(tmp_path) if word == "." else word for word in words]
    ended = command("sift", "--out", tmp_path / "out", *asked)
    assert (ended.returncode, ended.stderr.startswith(f"reportedly: {line}"), ended.stderr.count("\n")) == (1, True, 1), ended.stderr


def test_progress_is_kept_as_prometheus_text(crawl: Path, tmp_path: Path) -> None:
    ended = command("sift", "--playbook", "labour_export", "--in", crawl / "news-00000.warc.gz", "--out", tmp_path / "out", "--metrics", tmp_path / "sift.prom", "--workers", "1")
    assert ended.returncode == 0, ended.stderr
    lines = (tmp_path / "sift.prom").read_text(encoding="utf-8").splitlines()
    told = dict(line.split(" ") for line in lines if not line.startswith("#"))
    assert told["reportedly_sift_pages_total"] == str(_PAGES // _SHARDS)
    assert told['reportedly_sift_stage{stage="writing"}'] == "1"
    assert {line.split(" ")[2] for line in lines if line.startswith("# TYPE")} == {name.split("{")[0] for name in told}
    assert f"{_PAGES // _SHARDS} pages in 1 shard" in ended.stdout
