"""Paths to sources: files, folders, a manifest's files, standard input. What is no report is said, not skipped."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportedly.errors import BadManifest, UnreadableReport
from reportedly.reading.given import Given, read_manifest
from reportedly.records import Leaving

MANIFEST = "manifest.csv"
SIFTED, SIFT_WORK = "manifest.json", ".shards"  # in a folder that `sift` wrote: what tells that it is finished, and where it works


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, with what a manifest says of it. `original` is set where the bytes are already at hand;
    `label` is the path as seen from the folder that was named."""

    file: str
    path: Path | None
    given: Given
    original: bytes | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Sources in the order of their names, and the problems met on the way."""

    sources: tuple[Source, ...]
    problems: tuple[UnreadableReport, ...]
    leavings: tuple[Leaving, ...]


def gather_sources(paths: list[Path], manifest: Path | None = None, stdin: bytes | None = None) -> Gathered:
    """All files that the paths name. A folder that holds `manifest.csv` is read with it; `manifest` alone adds its files.

    Raises BadManifest where a manifest's columns are wrong.
    """
    problems: list[UnreadableReport] = []
    leavings: list[Leaving] = []
    given: dict[Path, Given] = {}
    refused: set[Path] = set()
    for listing in [*([manifest] if manifest else []), *(path / MANIFEST for path in paths if (path / MANIFEST).is_file())]:
        _read_listing(listing, given, refused, problems)
    sifts = {path: found for path in paths if (found := find_sifted(path)) is not None}
    labels = {path: path.name for path in given} | {path.resolve(): label for path, label in _walk(paths, sifts, problems, leavings)}
    sources = [Source(label_of(Path(path.name)), path, given.get(path, Given()), label=labels[path]) for path in sorted(labels) if path not in refused]
    sources += [Source(name, one, Given(), label=name) for path in sifts for name in (label_of(Path(path.resolve().name)),) for one in sifts[path]]
    if stdin is not None:
        sources.append(Source("stdin", None, Given(), stdin))
    return Gathered(tuple(sources), tuple(problems), tuple(leavings))


def find_sifted(path: Path) -> list[Path] | None:
    """The files of reports in a folder that `sift` wrote, none where it is not finished; None where it is no such folder."""
    try:
        is_finished = '"sifted"' in (path / SIFTED).read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):
        is_finished = False
    if not is_finished and not (path / SIFT_WORK).is_dir():
        return None
    return sorted(path.glob("reports/*/*.parquet")) if is_finished else []


def _read_listing(listing: Path, given: dict[Path, Given], refused: set[Path], problems: list[UnreadableReport]) -> None:
    try:
        text = listing.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadManifest([f"{listing}: cannot be read ({_why(error)}); give a CSV file in UTF-8"]) from error
    for row in read_manifest(text, str(listing)):
        place = f"{listing}:{row.line}"
        try:
            path = (listing.parent / row.file).resolve()
            path.is_file()
        except (OSError, ValueError) as error:
            problems.append(UnreadableReport(place, "manifest", f"{row.file[:200]}: no file name ({_why(error)})", "mend the row and add again"))
            continue
        if row.mistake or row.given is None:
            problems.append(UnreadableReport(place, "manifest", f"{row.file}: {row.mistake}" if row.file else str(row.mistake), "mend the row and add again", row.file))
            refused.add(path)
        elif path in given:
            problems.append(UnreadableReport(place, "manifest", f"{row.file} stands in an earlier row too", "keep one", row.file))
        elif not path.is_file():
            problems.append(UnreadableReport(place, "missing-file", f"{row.file} does not exist", "mend the name or remove the row", row.file))
        else:
            given.setdefault(path, row.given)


def label_of(path: Path) -> str:
    """A path as text; bytes that are no UTF-8 are shown as escapes, so that every name can be stored and printed."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _walk(paths: list[Path], sifts: Mapping[Path, list[Path]], problems: list[UnreadableReport], leavings: list[Leaving]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        try:
            path.stat()
        except FileNotFoundError:
            problems.append(UnreadableReport(str(path), "missing-file", "no such file or folder", "check the path"))
            continue
        except (OSError, ValueError) as error:
            problems.append(UnreadableReport(str(path)[:200], "unreadable", f"cannot be read ({_why(error)})", "check the path"))
            continue
        if path in sifts:
            if not sifts[path] and not (path / SIFTED).is_file():
                problems.append(UnreadableReport(str(path), "unfinished", "is a sift that was not finished", "run the same sift again; it goes on from there"))
        elif path.is_dir():
            yield from ((file, label_of(Path(path.resolve().name) / file.relative_to(path))) for file in _walk_folder(path, leavings))
        else:
            yield path, label_of(Path(path.name))


def _walk_folder(folder: Path, leavings: list[Leaving]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") for part in parts):
            if not any(part.startswith(".") for part in parts[:-1]):
                leavings.append(Leaving("reading", "hidden", path.name, note="hidden files and folders are not read; name the file itself"))
            continue
        if path.is_dir() and path.is_symlink():
            leavings.append(Leaving("reading", "unreadable", label_of(Path(path.name)), note="a link to a folder is not followed; name the folder itself"))
            continue
        if path.is_dir() or path.name == MANIFEST:
            continue
        if not path.is_file():
            leavings.append(Leaving("reading", "unreadable", label_of(Path(path.name)), note="a link that leads nowhere, or no regular file"))
            continue
        yield path


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
