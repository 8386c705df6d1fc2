"""Whether what is derived from a log is what the log gives."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

from reportedly.ledger.chain import Broken
from reportedly.ledger.derived import INDEX, Index, check_words


def compare_rows(kept: Iterator[str], fresh: Iterator[str]) -> Iterator[Broken]:
    """The first derived row that is not what the log gives."""
    try:
        for ours, theirs in zip_longest(kept, fresh):
            if ours != theirs:
                yield Broken(INDEX, f"a row is not what the log gives: {(ours or theirs or '')[:80]}; run: reportedly rebuild CASE")
                return
    except sqlite3.DatabaseError as error:
        yield Broken(INDEX, f"is damaged ({error}); run: reportedly rebuild CASE")


def find_damaged_words(index: Index, copy: Path) -> Iterator[Broken]:
    """What is wrong with the tables of words, looked for in a copy: SQLite checks them only where it may write."""
    with closing(sqlite3.connect(copy)) as writable:
        index.backup(writable)
        wrong = check_words(writable)
    if wrong is not None:
        yield Broken(INDEX, f"{wrong}; run: reportedly rebuild CASE")
