"""The evidentiary copy: original bytes under their SHA-256, written once, read-only."""

import hashlib
import os
from pathlib import Path

from reportedly.errors import LedgerProblem


def store_evidence(folder: Path, original: bytes) -> str:
    """Keep the bytes and return their SHA-256. The file appears whole or not at all; the same bytes are kept once, and take the place of
    a file of that name that was damaged."""
    sha256 = hashlib.sha256(original).hexdigest()
    target = evidence_path(folder, sha256)
    if target.is_file() and target.read_bytes() == original:
        return sha256
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{sha256}.part")  # of the same name each time: what a kill left is written over
        with draft.open("wb") as file:
            file.write(original)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o444)
        draft.replace(target)
    except OSError as error:
        raise LedgerProblem(f"{target.parent}: evidence cannot be written ({error.strerror}); free space or check permissions, then add again") from error
    return sha256


def write_beside(path: Path, content: bytes) -> Path:
    """Write a file that appears whole or not at all. Raises LedgerProblem where it cannot be written."""
    draft = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        raise LedgerProblem(f"{path}: cannot be written ({error.strerror}); free space or check permissions") from error
    return path


def evidence_path(folder: Path, sha256: str) -> Path:
    """Where the bytes of that hash lie."""
    return folder / sha256[:2] / sha256
