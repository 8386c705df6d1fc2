"""Chunks of work on one machine: in this process, or in a pool that is started once."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

Kept = TypeVar("Kept")
Item = TypeVar("Item")
Result = TypeVar("Result")


def map_chunks(work: Callable[[list[Item]], list[Result]], chunks: Iterable[tuple[Kept, list[Item]]], workers: int = 1) -> Iterator[tuple[Kept, list[Result]]]:
    """The results of `work` on the items of each chunk, in order, each with what was kept beside its items.

    With more than one worker `work` runs in other processes, so it must be a function of a module; what is kept stays
    here. Few chunks are under way at a time: memory does not grow with their number.
    """
    if workers <= 1:
        yield from ((kept, work(items)) for kept, items in chunks)
        return
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts)
    waiting: deque[tuple[Kept, Future[list[Result]]]] = deque()
    try:
        for kept, items in chunks:
            waiting.append((kept, pool.submit(work, items)))
            if len(waiting) > 3 * workers:
                yield _settle(waiting.popleft())
        while waiting:
            yield _settle(waiting.popleft())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _settle(pair: tuple[Kept, Future[list[Result]]]) -> tuple[Kept, list[Result]]:
    return pair[0], pair[1].result()


def _leave_interrupts() -> None:
    """Ctrl-C is the parent's to handle; a worker ends when its pool does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
