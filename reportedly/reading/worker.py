"""Reading what strangers made in a process that can be killed: a page that runs away in time or memory becomes a leaving, and the rest goes on."""

import multiprocessing
import resource
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from reportedly.errors import UnreadableReport
from reportedly.reading.gather import Source
from reportedly.reading.read import Item, Limits, is_plain, read_source

SECONDS = 60.0  # that one report may take
_MEMORY = 3 << 30  # bytes of address space; libraries that are loaded take half a gigabyte of it
_TRIES = 3  # times that a container is gone on with after a report in it ran away
_CONTEXT = multiprocessing.get_context("spawn")


class Worker:
    """A process that reads sources one after the other; started when first needed, and again after it was killed. Use as a context manager."""

    def __init__(self, limits: Limits, seconds: float = SECONDS) -> None:
        self._limits, self._seconds = limits, seconds
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._kill()

    def read(self, source: Source) -> Iterator[Item]:
        """Every report of a source, as `read_source` gives them; plain text is read here. A report that takes too long (`timeout`), or that the
        process does not live through (`crash`), is told as such, and what comes after it in a container is read by a new process."""
        if is_plain(source):
            yield from read_source(source, self._limits)
            return
        done = 0
        for _ in range(_TRIES):
            for item in self._ask(source, done):
                done += 1
                yield item
                if isinstance(item, UnreadableReport) and item.code in ("timeout", "crash"):
                    break
            else:
                return
        yield UnreadableReport(source.file, "timeout", f"{_TRIES} reports in it could not be read, and the rest was not tried", "unpack it, and add the files that matter")

    def _ask(self, source: Source, skip: int) -> Iterator[Item]:
        self._start()
        try:
            self._pipe.send((source, self._limits, skip))
            while self._pipe.poll(self._seconds):
                item = self._pipe.recv()
                if item is None:
                    return
                yield item
        except (EOFError, OSError):
            code = self._kill()
            yield UnreadableReport(source.file, "crash", f"reading it ended its process ({code}), after {skip} reports of it", "save its text as .txt and add that")
            return
        self._kill()
        yield UnreadableReport(source.file, "timeout", f"reading it took more than {self._seconds:.0f} seconds", "save its text as .txt and add that")

    def _start(self) -> None:
        if self._process is None or not self._process.is_alive():
            self._pipe, theirs = _CONTEXT.Pipe()
            self._process = _CONTEXT.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()

    def _kill(self) -> str:
        """End the process; how it had ended, if it had."""
        if self._process is None:
            return ""
        code = self._process.exitcode
        self._process.kill()
        self._process.join()
        self._pipe.close()
        self._process = None
        return f"signal {-code}" if code and code < 0 else f"code {code}"


def _serve(pipe: Connection) -> None:
    """Read what is asked for until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    while True:
        try:
            source, limits, skip = pipe.recv()
        except EOFError:
            return
        for number, item in enumerate(_read_safely(source, limits)):
            if number >= skip:
                pipe.send(item)
        pipe.send(None)


def _read_safely(source: Source, limits: Limits) -> Iterator[Item]:
    """Every report of a source; whatever a library raises that nobody foresaw is told, and ends this source alone."""
    try:
        yield from read_source(source, limits)
    except MemoryError:
        yield UnreadableReport(source.file, "memory", f"reading it takes more than {_MEMORY >> 30} GB of memory", "save its text as .txt and add that")
    except Exception as error:  # noqa: BLE001 libraries let through what hostile bytes make them raise
        yield UnreadableReport(
            source.file, "unreadable", f"a reader failed on it ({type(error).__name__}: {' '.join(str(error).split())[:100]})", "save its text as .txt and add that"
        )
