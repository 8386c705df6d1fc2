"""Printing: tables on a terminal, plain columns in a pipe, JSON lines on request. Control characters are shown."""

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence

from reportedly.exports.rows import Row

STATUS_COLOURS = {
    "occurred": "green", "ongoing": "cyan", "planned": "yellow", "required": "magenta", "considered": "blue", "predicted": "bright_blue", "hypothetical": "bright_black",
}  # fmt: skip


def print_rows(rows: Iterable[Row]) -> None:
    """JSON lines, keys as they stand in each row."""
    import msgspec

    encoder = msgspec.json.Encoder()
    for row in rows:
        sys.stdout.write(encoder.encode(row).decode() + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], wide: int, empty: str) -> None:
    """A table that fits the terminal; column `wide` takes what the others leave. In a pipe: columns parted by tabs.
    Says `empty` on stderr where there is no row."""
    shown = [[show(cell) for cell in row] for row in rows]
    if not shown:
        sys.stderr.write(empty + "\n")
        return
    if not sys.stdout.isatty():
        for row in shown:
            sys.stdout.write("\t".join(row) + "\n")
        return
    _print_rich(columns, shown, wide)


def print_entries(rows: Iterable[tuple[Sequence[str], str]], empty: str) -> None:
    """Records with long words: on a terminal a line of cells and below it the words, wrapped; in a pipe tab-parted lines."""
    count = 0
    for cells, words in rows:
        count += 1
        if not sys.stdout.isatty():
            sys.stdout.write("\t".join(show(cell) for cell in (*cells, words)) + "\n")
            continue
        first, status, *rest = (show(cell) for cell in cells)
        head = _head([one for one in (first, status, *rest) if one], status)
        sys.stdout.write("\n".join([*head, *textwrap.wrap(show(words), width() - 10, initial_indent="          ", subsequent_indent="          ")]) + "\n")
    if not count:
        sys.stderr.write(empty + "\n")


def _head(cells: list[str], status: str) -> list[str]:
    """The cells of a record on as few lines as hold them, its status in its colour."""
    lines, room = [""], width()
    for cell in cells:
        for part in textwrap.wrap(cell, room - 4, break_on_hyphens=False) or [""]:
            if lines[-1] and len(lines[-1]) + 2 + len(part) > room:
                lines.append("    " + part)
            else:
                lines[-1] += ("  " if lines[-1] else "") + part
    return [
        line.replace(status, paint(status, STATUS_COLOURS.get(status.rsplit(" ", maxsplit=1)[-1], "")), 1) if status and number == 0 else line for number, line in enumerate(lines)
    ]


_CODES = {"bold": "1", "italic": "3", "green": "32", "cyan": "36", "yellow": "33", "magenta": "35", "blue": "34", "bright_blue": "94", "bright_black": "90"}


def paint(text: str, style: str) -> str:
    """Text in a colour or style, where there is a terminal that wants it."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if style and has_colour() else text


def _print_rich(columns: Sequence[str], rows: list[list[str]], wide: int) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for index, column in enumerate(columns):
        table.add_column(column, overflow="fold" if index == wide else "ellipsis", no_wrap=index != wide, ratio=1 if index == wide else None)
    for row in rows:
        table.add_row(*(Text(cell, style=STATUS_COLOURS.get(cell.split(" ")[-1], "")) for cell in row))
    Console().print(table)


def show(text: str) -> str:
    """Text safe for a terminal: on one line, control and bidi characters as escapes."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else " " if mark in "\n\r\t\u2028\u2029" or mark.isspace() else f"\\u{ord(mark):04x}" for mark in text)


def width() -> int:
    """Columns of the terminal, 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def has_colour() -> bool:
    """Whether to colour stdout: a terminal, and no NO_COLOR in the environment."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def put(text: str, first: str = "", later: str | None = None) -> None:
    """Words of the case on stdout, wrapped to the terminal: `first` stands before the first line, `later` (else as much room) before the
    others."""
    sys.stdout.write(textwrap.fill(show(text), width(), initial_indent=first, subsequent_indent=" " * len(first) if later is None else later) + "\n")


def tell(text: str) -> None:
    """What was done, on stdout: on a terminal in lines that fit it, in a pipe on one."""
    sys.stdout.write(_fit(show(text), sys.stdout.isatty()) + "\n")


def say(text: str) -> None:
    """A line for the person, on stderr; on a terminal in lines that fit it."""
    sys.stderr.write(_fit(show(text), sys.stderr.isatty()) + "\n")


def _fit(text: str, on_terminal: bool) -> str:
    """Long words (a path, a hash) stay whole, so that they can be copied."""
    return textwrap.fill(text, width(), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False) if on_terminal else text
