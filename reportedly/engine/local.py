"""The two verbs on one machine: each worker is a process that may die, and what is grouped passes through files, so that memory stays flat."""

import pickle
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from reportedly.engine.guarded import Guarded, Lost
from reportedly.engine.verbs import Emit, Pair, Work, group_pairs
from reportedly.errors import EngineProblem

Item = TypeVar("Item")
Result = TypeVar("Result")
_BUCKETS = 64


class Local:
    """Some processes on this machine. Use as a context manager."""

    def __init__(self, workers: int, scratch: Path | None = None) -> None:
        """`scratch` is where what is grouped lies meanwhile; else where temporary files go."""
        self._scratch = scratch
        self._workers = workers
        self._mine = threading.local()
        self._all: list[Guarded] = []
        self._threads = ThreadPoolExecutor(workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._threads.shutdown(wait=error is None, cancel_futures=True)
        for worker in self._all:
            worker.end()

    @property
    def workers(self) -> int:
        """How many processes work."""
        return self._workers

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Lost]]:
        """Each item with what `work`, a function of a module, makes of it, as they come; Lost where two processes died of it. Few are under way at a time."""
        waiting: dict[Future[Result | Lost], Item] = {}
        left = iter(items)
        while True:
            for item in left:
                waiting[self._threads.submit(self._run, work, item)] = item
                if len(waiting) >= 2 * self._workers:
                    break
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for one in done:
                yield waiting.pop(one), one.result()

    def group(self, items: Iterable[Item], emit: Emit[Item], *steps: Work) -> Iterator[Any]:
        """What the last step makes of each group, in no order. `emit` gives the pairs of an item, a step those of a group, to be grouped again; a key is a
        whole number, and the values of a group come sorted. Raises EngineProblem where two processes died of a part."""
        with tempfile.TemporaryDirectory(prefix=".grouping-", dir=self._scratch) as folder:
            parts: Iterable[Any] = items
            makers: list[Callable[[Any], list[Any]]] = [partial(_emit_one, emit=emit), *(partial(_group_file, step=step) for step in steps)]
            for number, make in enumerate(makers[:-1]):
                parts = self._spread(partial(_in_buckets, make=make), parts, Path(folder) / str(number))
            for _, made in self.map(makers[-1], parts):
                yield from _whole(made)

    def _spread(self, work: Callable[[object], list[bytes]], parts: Iterable[object], folder: Path) -> Sequence[Path]:
        """The pairs that `work` gives, in files by their keys."""
        folder.mkdir()
        files = [folder / str(number) for number in range(_BUCKETS)]
        for _, made in self.map(work, parts):
            for path, packed in zip(files, _whole(made), strict=True):
                if packed:
                    with path.open("ab") as out:
                        out.write(packed)
        return [path for path in files if path.exists()]

    def _run(self, work: Callable[[Item], Result], item: Item) -> Result | Lost:
        if not hasattr(self._mine, "worker"):
            self._mine.worker = Guarded()
            self._all.append(self._mine.worker)
        worker: Guarded = self._mine.worker
        return worker.run(work, item)


def _whole(made: list[Result] | Lost) -> list[Result]:
    if isinstance(made, Lost):
        raise EngineProblem(f"what was kept could not be grouped ({made.note}); run the same command again, with fewer workers if memory is short")
    return made


def _emit_one(item: Item, emit: Emit[Item]) -> list[Pair]:
    return list(emit(item))


def _in_buckets(part: object, make: Callable[[object], list[Pair]]) -> list[bytes]:
    """The pairs of a part, packed by bucket."""
    buckets: list[list[Pair]] = [[] for _ in range(_BUCKETS)]
    for key, value in make(part):
        buckets[key % _BUCKETS].append((key, value))
    return [pickle.dumps(one, protocol=pickle.HIGHEST_PROTOCOL) if one else b"" for one in buckets]


def _group_file(path: Path, step: Work) -> list[object]:
    return group_pairs(_read_pairs(path), step)


def _read_pairs(path: Path) -> Iterator[Pair]:
    with path.open("rb") as file:
        while True:
            try:
                yield from pickle.load(file)  # noqa: S301 our own file
            except EOFError:
                return
