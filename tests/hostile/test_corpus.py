"""Every hostile file ends as it should: a report, or a leaving with its reason; the rest goes on, and nothing else happens."""

from pathlib import Path

import pytest
from hostile.make_corpus import make_corpus

from reportedly.errors import UnreadableReport
from reportedly.pipeline import init_case
from reportedly.reading import Given, Limits, Source, Worker
from reportedly.records import Reading

SECONDS = 240.0  # a machine under load reads the hundred thousand entries slowly


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("hostile")
    return folder, make_corpus(folder)


def test_each_file_ends_as_expected(corpus: tuple[Path, dict[str, str]]) -> None:
    folder, expected = corpus
    found = {}
    with Worker(Limits(), SECONDS) as worker:
        for name in expected:
            outcomes = {item.code if isinstance(item, UnreadableReport) else "read" for item in worker.read(Source(name, folder / name, Given()))}
            found[name] = "+".join(sorted(outcomes, key=lambda outcome: (outcome != "read", outcome)))
    assert found == expected


def test_a_case_takes_the_whole_folder_and_no_script_of_a_page(corpus: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    folder, expected = corpus
    few = tmp_path / "in"
    few.mkdir()
    for name in expected:
        if name not in ("many-items.rss", "long-line.txt"):
            (few / name).symlink_to(folder / name)
    with init_case(tmp_path / "case") as case:
        added = case.add([few])
        texts = [report.text for report in case.view().reports.values()]
        leavings = [leaving.file for leaving in case.leavings(case.view())]
    assert added.new >= sum(outcome.startswith("read") for name, outcome in expected.items() if name != "many-items.rss")
    assert not any("onerror" in text or "javascript:" in text or "alert(" in text for text in texts)
    failed = [name for name, outcome in expected.items() if outcome != "read" and name != "long-line.txt"]
    assert [name for name in failed if not any(name in left for left in leavings)] == []


def test_the_same_bytes_are_read_to_the_same_text(corpus: tuple[Path, dict[str, str]]) -> None:
    folder, expected = corpus
    for name, outcome in expected.items():
        if outcome == "read" and name != "many-items.rss":
            with Worker(Limits(), SECONDS) as worker:
                twice = [[item.report for item in worker.read(Source(name, folder / name, Given())) if isinstance(item, Reading)] for _ in range(2)]
            assert twice[0] == twice[1]
