"""Seeing a withholding through: the originals, and whatever is left of the words in the files of a case.

A file that stands in the case from before the words leave the log until no trace of them is left tells the next one who opens it, and
whoever checks it, that a program died between.
"""

import secrets
import sqlite3
from pathlib import Path

from reportedly.errors import LedgerProblem
from reportedly.ledger.canonical import read_canonical
from reportedly.ledger.chain import PENDING, find_withheld
from reportedly.ledger.derived import INDEX, drop_index
from reportedly.ledger.evidence import evidence_path
from reportedly.ledger.formats import OLD_LOG, say_why, write_settings
from reportedly.ledger.shelf import SHELF, drop_shelf


def mark_pending(path: Path) -> None:
    """Note in the case that words are being taken out of it. Call inside the transaction that does so. Raises LedgerProblem where that
    cannot be written: then nothing is taken out."""
    try:
        (path / PENDING.replace("*", secrets.token_hex(8))).write_bytes(b"")
    except OSError as error:
        raise LedgerProblem(f"{path}: nothing is withheld, for the case cannot be written to ({say_why(error)}); free space or check permissions") from error


def erase_withheld(path: Path, connection: sqlite3.Connection) -> None:
    """Remove the originals that are withheld, the index and the shelf, a title that was blacked out, and what is left of the texts in the database
    file and in the log of an earlier format. Raises LedgerProblem where something stays, because another program reads the case or
    a file cannot be removed."""
    marks = sorted(path.glob(PENDING))
    try:
        connection.execute("BEGIN IMMEDIATE")  # waits until the one who wrote the marks has committed
        for draft in (path / "evidence").glob("??/.*"):  # what a kill left of an original; nobody writes one while we hold the log
            _remove(draft)
        connection.execute("COMMIT")
        for sha256 in sorted(find_withheld(connection)):
            _remove(evidence_path(path / "evidence", sha256))
        (path / OLD_LOG).unlink(missing_ok=True)
        drop_index(path / INDEX)
        drop_shelf(path / SHELF)
        _write_title(path, connection)
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("VACUUM")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except (sqlite3.Error, OSError) as error:
        raise LedgerProblem(f"{path}: withheld in the log, and words of it lie in files still ({say_why(error)}); mend that, then run: reportedly verify {path}") from error
    if busy:
        raise LedgerProblem(
            f"{path}: withheld in the log, and words of it lie in ledger.sqlite-wal while another program reads the case; end that, then run: reportedly verify {path}"
        )
    for mark in marks:
        mark.unlink(missing_ok=True)


def _remove(path: Path) -> None:
    if path.exists():
        path.chmod(0o644)
        path.unlink()


def _write_title(path: Path, connection: sqlite3.Connection) -> None:
    """Write `case.toml` as the newest entry has it, where a title was blacked out."""
    entries = connection.execute("SELECT body FROM log WHERE kind = 'case' ORDER BY seq").fetchall()
    if len(entries) > 1:
        case = read_canonical(entries[-1][0], dict)
        write_settings(path, case["title"], case["playbooks"])
