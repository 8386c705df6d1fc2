"""Work in a process that may die of it: whoever asks lives on, and is told."""

import gc
import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from types import TracebackType
from typing import Self, TypeVar, cast

Item = TypeVar("Item")
Result = TypeVar("Result")
_TRIES = 2
_START = "from reportedly.engine.guarded import serve; serve({number}, {memory})"
_PATIENCE = 5.0  # seconds for a process that closed its pipe to be gone: a crash takes time to be written down
_LOADING = 600.0  # seconds for what is loaded first
_LOOK = 2.0  # seconds between looks whether the parent lives


@dataclass(frozen=True, slots=True)
class Lost:
    """What no process lived through: `how` it ended the last one (timeout, crash, memory; unreadable where it failed), with a word on it."""

    how: str
    note: str


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception
    told: str

    def as_lost(self) -> Lost:
        return Lost("unreadable", f"a reader failed on it ({self.told})")


class Guarded:
    """A process that does one thing after the other, started when first needed and again after it died. One thing may take `seconds`, and the process
    `memory` bytes of address space; None is no limit. It is no child of `multiprocessing`, which gives workers of other systems none. Use as a context
    manager."""

    def __init__(self, seconds: float | None = None, memory: int | None = None) -> None:
        self._seconds, self._memory = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection
        self._lock = threading.Lock()  # one thing after the other, also where threads ask
        self._is_over = False
        self._loaded: bytes | None = None  # the work that the process was last made ready for

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    @property
    def pid(self) -> int | None:
        """The number of the process that works now."""
        return self._process.pid if self._process else None

    def run(self, work: Callable[[Item], Result], item: Item) -> Result | Lost:
        """What `work`, a function of a module, makes of an item. Where it ends its process it is tried once more, then lost. What it raises is raised here."""
        answer = self._try(work, item, _TRIES)
        if isinstance(answer, _Failed):
            raise answer.error
        return answer

    def run_each(self, work: Callable[[list[Item]], Sequence[Result]], items: list[Item]) -> list[Result | Lost]:
        """What `work` makes of some items, one result for each: of all together, and where it fails or ends its process, of each once more alone. An item that
        it fails on then is lost (`unreadable`): what nobody foresaw costs itself, not what stands beside it. What `work` loads, which it does for no items
        too, is no item's fault: it has ten minutes, and what is raised there is raised here."""
        first = pickle.dumps((work, []))
        made = self._try(work, items, 1, first)
        if not isinstance(made, (_Failed, Lost)):
            return list(made)
        alone = (self._try(work, [item], 1, first) for item in items)
        return [one if isinstance(one, Lost) else one.as_lost() if isinstance(one, _Failed) else one[0] for one in alone]

    def _try(self, work: Callable[[Item], Result], item: Item, tries: int, first: bytes | None = None) -> "Result | Lost | _Failed":
        asked = pickle.dumps((work, item), protocol=pickle.HIGHEST_PROTOCOL)
        answer: object = Lost("crash", "")
        with self._lock:
            for _ in range(tries):
                answer = self._ask(asked, first)
                if not isinstance(answer, Lost):
                    break
        return cast("Result | Lost | _Failed", answer)

    def _ask(self, asked: bytes, first: bytes | None) -> object:
        if self._is_over:
            return Lost("crash", "it was ended from outside")
        if first is not None and first != self._loaded:
            ready = self._exchange(first, _LOADING)
            if isinstance(ready, Lost):
                return ready
            if isinstance(ready, _Failed):
                raise ready.error
            self._loaded = first
        return self._exchange(asked, self._seconds)

    def _exchange(self, asked: bytes, seconds: float | None) -> object:
        try:
            self._start()
            self._pipe.send_bytes(asked)
            if not self._pipe.poll(seconds):
                self._kill(0.0)
                return Lost("timeout", f"it took more than {seconds:.0f} seconds")
            answer = pickle.loads(self._pipe.recv_bytes())  # noqa: S301 it comes from our own process
        except (EOFError, OSError):
            return Lost("crash", f"it ended its process ({self._kill(_PATIENCE)})")
        if isinstance(answer, _Failed) and isinstance(answer.error, MemoryError):
            self._kill(0.0)
            return Lost("memory", "it takes more memory than it may")
        return answer

    def _start(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self._pipe, theirs = Pipe()
        command = [sys.executable, "-P", "-c", _START.format(number=theirs.fileno(), memory=self._memory or 0)]
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))})  # noqa: S603
        theirs.close()
        self._loaded = None
        self._pipe.recv_bytes()  # it is up: how long that takes is no page's fault

    def end(self) -> None:
        """End the process for good: what is under way is lost, and nothing is begun."""
        self._is_over = True
        if (process := self._process) is not None:
            process.kill()
            process.wait()

    def _kill(self, patience: float) -> str:
        """End the process, if it does not end by itself in so many seconds; how it had ended, if it had."""
        process, self._process, self._loaded = self._process, None, None
        if process is None:
            return ""
        try:
            code = process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return "it did not end"
        finally:
            self._pipe.close()
        return f"signal {-code}" if code < 0 else f"code {code}"


def serve(number: int, memory: int) -> None:
    """Do what is asked through an open file, until the other end is gone or the parent is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    pipe = Connection(number)
    pipe.send_bytes(b"up")
    while True:
        try:
            asked = pipe.recv_bytes()
        except EOFError:
            return
        pipe.send_bytes(_answer(asked))
        if not gc.get_freeze_count():
            gc.collect()
            gc.freeze()  # what the first work loaded stays: nobody need look through it again


def _answer(asked: bytes) -> bytes:
    try:
        work, item = pickle.loads(asked)  # noqa: S301 it comes from the process that started us
        return pickle.dumps(work(item), protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 whatever it is, who asked is to know
        return _pack_failure(error)


def _pack_failure(error: Exception) -> bytes:
    """What was raised; as plain words where it can be packed or unpacked by no other process."""
    told = f"{type(error).__name__}: {' '.join(str(error).split())[:100]}"
    try:
        packed = pickle.dumps(_Failed(error, told))
        pickle.loads(packed)  # noqa: S301 our own
    except Exception:  # noqa: BLE001 libraries' errors are made in many ways
        return pickle.dumps(_Failed(RuntimeError(told), told))
    return packed


def _end_with(parent: int) -> None:
    """A worker that hangs outlives nobody."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)
