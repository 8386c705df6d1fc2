"""Files that leave a case: written beside their place first, never over what is not ours, never into the case."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reportedly.errors import LedgerProblem


@contextmanager
def write_out(output: Path, case: Path, kind: str, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """A draft that takes the place of `output` when the block ends well, and is gone when it does not. `is_ours` tells whether a file
    that is there already is one of this kind, and may be written anew. Raises LedgerProblem where it cannot be written or may not."""
    target = _check(output, case, kind, is_ours)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield draft
        draft.replace(target)
    except OSError as error:
        raise LedgerProblem(f"{output}: the {kind} cannot be written ({error.strerror or error}); free space or check permissions") from error
    finally:
        draft.unlink(missing_ok=True)


def _check(output: Path, case: Path, kind: str, is_ours: Callable[[Path], bool]) -> Path:
    """The file itself, where links lead to it."""
    try:
        target = output.resolve()
    except (OSError, RuntimeError) as error:
        raise LedgerProblem(f"{output}: leads nowhere ({error}); name another file") from error
    if target.is_dir() or not output.name:
        raise LedgerProblem(f"{output}: is a folder; name the file to write")
    if target.is_relative_to(case.resolve()) or is_in_case(target):
        raise LedgerProblem(f"{output}: lies inside {'the' if target.is_relative_to(case.resolve()) else 'a'} case; name a place outside it")
    if target.exists() and not (target.is_file() and is_ours(target)):
        raise LedgerProblem(f"{output}: is there and no {kind} of this case as it was written; it is not written over, name another file")
    return target


def is_in_case(path: Path) -> bool:
    """Whether a place lies in the folder of some case: nothing that is not of the case belongs there."""
    return any((folder / "case.toml").is_file() and (folder / "ledger.sqlite").is_file() for folder in path.resolve().parents)
