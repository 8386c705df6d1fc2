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
MEMORY = 3 << 30  # bytes of address space; the libraries that are loaded take half a gigabyte of it
_TRIES = 10  # reports of one container that may run away; who makes eleven means it
_CONTEXT = multiprocessing.get_context("spawn")


class Worker:
    """A process that reads sources one after the other; started when first needed, and again after it was killed. Use as a context manager.
    A report may take `seconds`, and the process `memory` bytes of address space."""

    def __init__(self, limits: Limits, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._limits, self._seconds, self._memory = limits, seconds, memory
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection
        self._at = 0  # the member of a container that is being read

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
        first = 0
        for _ in range(_TRIES):
            self._at = first - 1
            ended = None
            for item in self._ask(source, first):
                ended = item if isinstance(item, UnreadableReport) and item.code in ("timeout", "crash") else None
                yield item
            if ended is None or self._at < first:  # it is done, or no container
                return
            first = self._at + 1
        yield UnreadableReport(source.file, "timeout", f"{_TRIES} reports in it could not be read, and the rest was not tried", "unpack it, and add the files that matter")

    @property
    def pid(self) -> int | None:
        """The number of the process that reads now."""
        return self._process.pid if self._process is not None else None

    def _ask(self, source: Source, first: int) -> Iterator[Item]:
        """The reports that the process sends; where it ends or is late, the error that says so is the last."""
        self._start()
        try:
            self._pipe.send((source, self._limits, first))
            while self._pipe.poll(self._seconds):
                told = self._pipe.recv()
                if told is None:
                    return
                if isinstance(told, int):
                    self._at = told
                else:
                    yield told
        except (EOFError, OSError):
            how = self._kill()
            yield UnreadableReport(self._name(source), "crash", f"reading it ended its process ({how})", "save its text as .txt and add that")
            return
        self._kill()
        yield UnreadableReport(self._name(source), "timeout", f"reading it took more than {self._seconds:.0f} seconds", "save its text as .txt and add that")

    def _name(self, source: Source) -> str:
        return f"{source.file}/{self._at + 1}" if self._at >= 0 else source.file

    def _start(self) -> None:
        if self._process is None or not self._process.is_alive():
            self._pipe, theirs = _CONTEXT.Pipe()
            self._process = _CONTEXT.Process(target=_serve, args=(theirs, self._memory), daemon=True)
            self._process.start()
            theirs.close()

    def _kill(self) -> str:
        """End the process; how it had ended, if it had."""
        if self._process is None:
            return ""
        self._process.join(0.2)
        code = self._process.exitcode
        self._process.kill()
        self._process.join()
        self._pipe.close()
        self._process = None
        return f"signal {-code}" if code and code < 0 else f"code {code}"


def _serve(pipe: Connection, memory: int) -> None:
    """Read what is asked for until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while True:
        try:
            source, limits, first = pipe.recv()
        except EOFError:
            return
        for item in _read_safely(source, limits, first, pipe):
            pipe.send(item)
        pipe.send(None)


def _read_safely(source: Source, limits: Limits, first: int, pipe: Connection) -> Iterator[Item]:
    """Every report of a source; whatever a library raises that nobody foresaw is told, and ends this source alone."""
    try:
        yield from read_source(source, limits, first, pipe.send)
    except MemoryError:
        yield UnreadableReport(source.file, "memory", "reading it takes more memory than a report may", "save its text as .txt and add that")
    except Exception as error:  # noqa: BLE001 libraries let through what hostile bytes make them raise
        yield UnreadableReport(
            source.file, "unreadable", f"a reader failed on it ({type(error).__name__}: {' '.join(str(error).split())[:100]})", "save its text as .txt and add that"
        )
