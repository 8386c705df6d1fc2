"""What runs away is killed and told, and what stands after it is read."""

import gzip
import json
import os
import signal
import zipfile
from pathlib import Path

from reportedly.errors import UnreadableReport
from reportedly.reading import Given, Item, Limits, Source, Worker
from reportedly.records import Reading

STORY = "The crew of the Orlen left the yard at Tarovsk. A guard said that they had signed for two years."


def told(items: list[Item]) -> list[str]:
    return [item.code if isinstance(item, UnreadableReport) else item.report.text for item in items]


def source(path: Path) -> Source:
    return Source(path.name, path, Given())


def test_a_page_that_takes_too_long_is_told_and_the_next_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "slow.html").write_text(f"<html><body><p>{STORY}</p></body></html>", encoding="utf-8")
    (tmp_path / "plain.txt").write_text(STORY, encoding="utf-8")
    with Worker(Limits(), seconds=0.001) as worker:
        assert told(list(worker.read(source(tmp_path / "slow.html")))) == ["timeout"]
        assert told(list(worker.read(source(tmp_path / "plain.txt")))) == [STORY]


def test_a_page_that_hangs_in_an_archive_is_told_and_those_after_it_are_read(tmp_path: Path) -> None:
    line = "<p>The crew of the Orlen {} left <a href='x'>the yard</a> at Tarovsk, and a guard said so.</p>"
    slow = "<html><body><article>" + "".join(map(line.format, range(60_000)))  # a minute's work: the library's time grows with the square
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.txt", STORY)
        archive.writestr("2.html", slow)
        archive.writestr("3.txt", STORY + " They left.")
    with Worker(Limits(50_000_000), seconds=8.0) as worker:
        found = told(list(worker.read(source(tmp_path / "a.zip"))))
    assert found == [STORY, "timeout", STORY + " They left."]


def test_a_process_that_dies_is_told_and_the_rest_of_its_container_is_read(tmp_path: Path) -> None:
    rows = [json.dumps({"text": f"{STORY} Man {number} was paid."}) for number in range(3000)]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    found = []
    with Worker(Limits()) as worker:
        for item in worker.read(source(tmp_path / "rows.jsonl")):
            found.append(item)
            if len(found) == 5 and worker.pid is not None:
                os.kill(worker.pid, signal.SIGKILL)
    assert [code for code in told(found) if code == "crash"] == ["crash"]
    assert told(found)[-1].endswith("Man 2999 was paid.")
    assert len(found) in (3000, 3001)  # the one that was being read is told instead, or had just been sent


def test_a_report_that_takes_more_memory_than_it_may_is_told(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "large.gz", "wb", compresslevel=1) as packed:
        for _ in range(900):
            packed.write(b"a" * 1_000_000)
    with Worker(Limits(2_000_000_000), memory=1 << 30) as worker:
        assert told(list(worker.read(source(tmp_path / "large.gz")))) == ["memory"]


def test_a_name_in_an_archive_is_shown_and_never_a_path(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../../evil.txt", STORY)
    with Worker(Limits()) as worker:
        (item,) = worker.read(source(tmp_path / "a.zip"))
    assert isinstance(item, Reading)
    assert item.report.file == "a.zip/evil.txt"
    assert not (tmp_path.parent / "evil.txt").exists()
