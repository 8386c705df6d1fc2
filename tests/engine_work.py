"""Work for engines to do. It loads little: each worker loads it."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path


def no_versions() -> dict[str, str]:
    return {}


def all_well() -> str:
    return ""


def square(number: int) -> int:
    return number * number


def emit_words(line: str) -> Iterator[tuple[int, str]]:
    for word in line.split():
        yield len(word), word


def count(key: int, words: list[str]) -> Iterator[tuple[int, tuple[int, int]]]:
    assert words == sorted(words)
    yield len(words), (key, len(set(words)))


def collect(key: int, values: list[tuple[int, int]]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    yield key, values


def fail(number: int) -> int:
    raise ValueError(f"cannot do {number}")


def square_each(numbers: list[int]) -> list[int]:
    """Squares; 2 kills the process, and 3 is no number."""
    if 2 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    if 3 in numbers:
        raise ValueError("three is no number")
    return [number * number for number in numbers]


class Awkward(Exception):
    """One that no other process can unpack."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place} is {why}")


def fail_awkwardly(numbers: list[int]) -> list[int]:
    """Raises what cannot be unpacked for 1, and what cannot be packed for 2."""
    if 1 in numbers:
        raise Awkward("one", "odd")
    if 2 in numbers:
        error = ValueError("two is even")
        error.held = threading.Lock()  # type: ignore[attr-defined]
        raise error
    return numbers


def fail_to_load(numbers: list[int]) -> list[int]:
    """What it needs is not installed."""
    raise ModuleNotFoundError("no such model")


_LOADED: list[int] = []


def load_slowly(numbers: list[int]) -> list[int]:
    """Squares; two seconds for what is loaded first."""
    if not _LOADED:
        time.sleep(2.0)
        _LOADED.append(1)
    return square_each(numbers)


def die_once(mark: str) -> str:
    """Ends its process the first time."""
    path = Path(mark)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def die(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def eat(size: int) -> int:
    return len(bytearray(size))


def versions_of_process() -> dict[str, str]:
    return {"the rules": os.environ.get("RULES", "1")}


def lacks_disk() -> str:
    return "the disk is not there"
