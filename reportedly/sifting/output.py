"""The folder that a sift writes: nobody else's files, one sift at a time, and no table in it before all are finished."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from reportedly.errors import BadInput
from reportedly.reading.gather import SIFT_WORK, SIFTED
from reportedly.records import Leaving
from reportedly.sifting.kept import write_json
from reportedly.sifting.manifest import Manifest, write_leavings

DRAFT = ".draft"
TIMINGS = "timings.json"
_LEAVINGS = "leavings.jsonl"
_TABLES = ("reports", "claims", "links", "audit")
_OURS = frozenset((SIFTED, TIMINGS, _LEAVINGS, SIFT_WORK, DRAFT, ".lock", *_TABLES))
_BEGUN = re.compile(r"\.(?:" + "|".join(map(re.escape, (SIFTED, TIMINGS, _LEAVINGS))) + r")\.[0-9a-f]{32}")


def make_work_folder(output: Path) -> Path:
    """Where a sift works in its output, made if need be. Raises BadInput where the output is no folder of a sift's."""
    try:
        output.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise BadInput(f"--out {output}: is a file; name a folder") from error
    strange = sorted(one.name for one in output.iterdir() if one.name not in _OURS and not _BEGUN.fullmatch(one.name))
    if strange:
        raise BadInput(f"--out {output}: holds other files ({', '.join(strange[:3])}); name a new folder, or one that a sift wrote")
    work = output.resolve() / SIFT_WORK
    work.mkdir(exist_ok=True)
    return work


@contextmanager
def hold(output: Path) -> Iterator[Path]:
    """The folder in which a sift works, for nobody else as long; what a dead one had begun is taken away. Raises BadInput."""
    work = make_work_folder(output)
    with (output / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BadInput(f"--out {output}: another sift writes there; wait for it, or name another folder") from error
        for begun in (*output.glob(".*.*"), *work.glob(".grouping-*"), *work.glob("*/.*")):
            if begun.is_dir():
                shutil.rmtree(begun, ignore_errors=True)
            elif begun.parent != output or _BEGUN.fullmatch(begun.name):
                begun.unlink(missing_ok=True)
        shutil.rmtree(output / DRAFT, ignore_errors=True)
        yield work


@contextmanager
def mark_output(output: Path) -> Iterator[Path]:
    """A file in the output for as long, by which workers elsewhere tell whether they see the same folder. Raises BadInput."""
    mark = make_work_folder(output) / f"seen-{os.getpid()}"
    mark.touch()
    try:
        yield mark
    finally:
        mark.unlink(missing_ok=True)


def sees_output(mark: str) -> str:
    """What is wrong with the output as this machine sees it; "" where all is well."""
    folder = Path(mark).parent
    if not Path(mark).exists():
        return f"does not see {folder.parent}; put the output on a disk that all workers have at the same path"
    return "" if os.access(folder, os.W_OK) else f"may not write to {folder.parent}; give it the right to"


def publish(output: Path, told: Manifest, leavings: Sequence[Leaving], timings: Mapping[str, object]) -> None:
    """Put the tables that lie in the draft in the place of what an earlier sift left, the manifest last."""
    (output / SIFTED).unlink(missing_ok=True)
    for table in _TABLES:
        shutil.rmtree(output / table, ignore_errors=True)
        if (output / DRAFT / table).exists():
            (output / DRAFT / table).replace(output / table)
    write_leavings(output / _LEAVINGS, leavings)
    write_json(output / TIMINGS, timings)
    shutil.rmtree(output / DRAFT)
    write_json(output / SIFTED, told)
