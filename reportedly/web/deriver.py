"""The process that derives views while pages are read: it holds the case open, so that what did not change is not made again, and what takes
long keeps nobody waiting."""

import multiprocessing
import signal
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

from reportedly.errors import ReportedlyError
from reportedly.pipeline import Case, open_case
from reportedly.viewing import TODAY, shelve

_WAITING = 3  # days that may wait to be derived: who drags a slider wants the last of them


def derive_forever(case: Path, shelf: Path, jobs: Connection) -> None:
    """Derive the views whose names come, and answer each with "" or what went wrong. Ends with the one who asks. The case is open twice, for today
    and for other days: what is made of a view is made from the last one, and today is never far from where it was."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    opened: dict[bool, Case] = {}
    while True:
        try:
            name = jobs.recv()
            is_today = name == TODAY
            opened[is_today] = opened.get(is_today) or open_case(case)
            shelve(opened[is_today], name, shelf)
            jobs.send("")
        except ReportedlyError as error:
            opened.clear()
            jobs.send(str(error))
        except (EOFError, OSError):
            return


class Deriver:
    """Asks for views and waits for them. Safe to use from many threads."""

    def __init__(self, case: Path, shelf: Path) -> None:
        self._paths = (case, shelf)
        self._changed = threading.Condition()
        self._waiting: list[str] = []
        self._under_way: str | None = None
        self._began = 0.0
        self._seconds: dict[str, float] = {}
        self._done = 0
        self._problems: dict[str, str] = {}
        self._closed = False
        self._process: multiprocessing.process.BaseProcess | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def problem(self, name: str) -> str:
        """What went wrong when a view was derived last; "" where nothing did."""
        return self._problems.get(name, "")

    def ask(self, name: str, patience: float) -> None:
        """Ask for a view, and wait for as many seconds at most; not at all where deriving it took longer the last time, or takes
        longer already."""
        with self._changed:
            if name not in self._waiting and name != self._under_way:
                self._waiting.append(name)
                others = [one for one in self._waiting if one != TODAY]
                self._waiting = [one for one in self._waiting if one == TODAY or one in others[-_WAITING:]]
                self._changed.notify_all()
            taken = time.monotonic() - self._began if name == self._under_way else 0.0
            if max(self._seconds.get(name, 0.0), taken) > patience:
                return
            done, until = self._done, time.monotonic() + patience
            while (name in self._waiting or name == self._under_way or self._done == done) and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)

    def close(self) -> None:
        """End the process."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._process is not None:
            self._process.kill()

    def _serve(self) -> None:
        """Hand one name after the other to the process, today's view first, then the one asked for last; start it anew where it died."""
        pipe: Connection | None = None
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                name = TODAY if TODAY in self._waiting else self._waiting[-1]
                self._waiting.remove(name)
                self._under_way, self._began = name, time.monotonic()
            try:
                pipe = pipe or self._start()
                pipe.send(name)
                problem = pipe.recv()
            except (EOFError, OSError):
                pipe, problem = None, "the process that derives views ended; it is started anew"
            with self._changed:
                self._seconds[name], self._under_way, self._problems[name] = time.monotonic() - self._began, None, problem
                self._done += 1
                self._changed.notify_all()

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=derive_forever, args=(*self._paths, theirs), daemon=True)
        self._process.start()
        theirs.close()
        return ours
