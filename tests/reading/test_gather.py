"""Paths to sources: what is no report is said, not skipped."""

from pathlib import Path

import pytest

from reportedly.errors import BadManifest
from reportedly.reading import Gathered, gather_sources

BODY = "The quarry hired forty masons in spring.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "case"
    (home / "deep").mkdir(parents=True)
    for name in ("b.txt", "a.md", "deep/c.text", "scan.pdf", ".hidden.txt"):
        (home / name).write_text(BODY, encoding="utf-8")
    return home


def write_manifest(folder: Path, text: str) -> Path:
    manifest = folder / "manifest.csv"
    manifest.write_text(text, encoding="utf-8")
    return manifest


def names(gathered: Gathered) -> list[str]:
    return [source.file for source in gathered.sources]


def test_a_folder_gives_its_texts_in_the_order_of_their_names(folder: Path) -> None:
    assert names(gather_sources([folder])) == ["a.md", "b.txt", "c.text", "scan.pdf"]


def test_a_path_that_does_not_exist_is_a_problem_and_stops_nothing(folder: Path) -> None:
    gathered = gather_sources([folder / "gone.txt", folder / "b.txt"])
    assert ([problem.code for problem in gathered.problems], names(gathered)) == (["missing-file"], ["b.txt"])


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert names(gather_sources([folder / "b.txt", folder, folder / "deep" / ".." / "b.txt"])) == ["a.md", "b.txt", "c.text", "scan.pdf"]


def test_the_order_of_the_paths_does_not_matter(folder: Path) -> None:
    one, two = folder / "a.md", folder / "deep"
    assert gather_sources([one, two]) == gather_sources([two, one])


def test_a_folder_is_read_with_its_manifest(folder: Path) -> None:
    write_manifest(folder, "file,title\nb.txt,Masons leave\ndeep/c.text,Deep\n")
    assert [(source.file, source.given.title) for source in gather_sources([folder]).sources] == [("a.md", None), ("b.txt", "Masons leave"), ("c.text", "Deep"), ("scan.pdf", None)]


def test_a_manifest_alone_adds_its_files(folder: Path) -> None:
    assert names(gather_sources([], write_manifest(folder, "file\ndeep/c.text\nb.txt\n"))) == ["b.txt", "c.text"]


def test_a_manifest_with_a_byte_order_mark_is_read(folder: Path) -> None:
    (folder / "manifest.csv").write_bytes(b"\xef\xbb\xbffile,title\r\nb.txt,A\r\n")
    assert [source.given.title for source in gather_sources([folder]).sources] == [None, "A", None, None]


def test_a_row_that_names_a_missing_file_is_a_problem_with_its_line(folder: Path) -> None:
    write_manifest(folder, "file\nb.txt\ngone.txt\n")
    (problem,) = gather_sources([folder]).problems
    assert problem.code == "missing-file"
    assert str(problem).endswith("manifest.csv:3: gone.txt does not exist; mend the name or remove the row")


@pytest.mark.parametrize("row", ["b.txt,soon", "b.txt,2022,more"])
def test_a_file_whose_row_is_bad_waits_until_the_row_is_mended(folder: Path, row: str) -> None:
    write_manifest(folder, f"file,published\n{row}\n")
    gathered = gather_sources([folder])
    assert ([problem.code for problem in gathered.problems], names(gathered)) == (["manifest"], ["a.md", "c.text", "scan.pdf"])


def test_a_file_with_two_rows_is_a_problem(folder: Path) -> None:
    write_manifest(folder, "file,title\nb.txt,A\nb.txt,B\n")
    assert [problem.code for problem in gather_sources([folder]).problems] == ["manifest"]


def test_a_file_with_two_rows_under_two_spellings_is_a_problem(folder: Path) -> None:
    write_manifest(folder, "file,title\nb.txt,A\n./b.txt,B\n")
    assert [problem.code for problem in gather_sources([folder]).problems] == ["manifest"]


def test_a_row_that_names_a_file_outside_the_folder_is_not_dropped_in_silence(folder: Path) -> None:
    (folder.parent / "outside.txt").write_text(BODY, encoding="utf-8")
    write_manifest(folder, "file\n../outside.txt\n")
    gathered = gather_sources([folder])
    assert "outside.txt" in names(gathered) or gathered.problems or any(leaving.file == "outside.txt" for leaving in gathered.leavings)


def test_a_manifest_beside_a_path_still_adds_all_its_files(folder: Path) -> None:
    manifest = write_manifest(folder, "file\nb.txt\ndeep/c.text\n")
    assert names(gather_sources([folder / "a.md"], manifest)) == ["a.md", "b.txt", "c.text"]


def test_a_hidden_file_is_not_skipped_in_silence(folder: Path) -> None:
    assert ".hidden.txt" in [leaving.file for leaving in gather_sources([folder]).leavings]


@pytest.mark.parametrize("content", [b"file,titel\nb.txt,A\n", b"file,title\nb.txt,\xc4\n", b"title\nA\n", b""])
def test_a_manifest_that_cannot_be_trusted_stops_the_whole_folder(folder: Path, content: bytes) -> None:
    (folder / "manifest.csv").write_bytes(content)
    with pytest.raises(BadManifest, match=r"manifest\.csv"):
        gather_sources([folder])


def test_a_manifest_that_does_not_exist_is_said(folder: Path) -> None:
    with pytest.raises(BadManifest, match=r"nowhere\.csv: cannot be read \(No such file or directory\)"):
        gather_sources([], folder / "nowhere.csv")


def test_standard_input_is_a_source_without_a_path() -> None:
    (source,) = gather_sources([], stdin=b"Masons left.").sources
    assert (source.file, source.path, source.original) == ("stdin", None, b"Masons left.")


def test_a_link_to_a_folder_is_not_passed_over_in_silence(folder: Path) -> None:
    (folder / "elsewhere").symlink_to(folder / "deep", target_is_directory=True)
    assert ("elsewhere", "unreadable") in [(leaving.file, leaving.reason) for leaving in gather_sources([folder]).leavings]
