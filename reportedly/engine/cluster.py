"""The two verbs on a Dask cluster: its own scheduler, retries and shuffle."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from reportedly.engine.guarded import Lost
from reportedly.engine.verbs import Emit, Pair, Work, group_pairs
from reportedly.errors import EngineProblem, MissingPart

try:
    import dask
    import dask.bag
    from distributed import Client, KilledWorker, as_completed
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError
except ImportError as error:
    raise MissingPart("a Dask cluster needs its library: pip install 'reportedly[cluster]'") from error

Item = TypeVar("Item")
Result = TypeVar("Result")
_WAIT = 20  # seconds for a scheduler to answer, and for a first worker to come
_PARTS = 256  # of what is grouped; a fixed number, so that results fall alike for any number of workers
_FAR = (CommClosedError, OSError, TimeoutError, FutureCancelledError)


class Cluster:
    """The workers of a Dask scheduler. `versions`, a function of a module, tells what a process works with: workers that work with other things than the
    client are refused, with both. `probe` is called on each worker, and tells what it lacks. Use as a context manager. Raises EngineProblem."""

    def __init__(self, scheduler: str, versions: Callable[[], Mapping[str, str]], probe: Callable[[], str]) -> None:
        self._scheduler = scheduler
        dask.config.set({"distributed.comm.timeouts.connect": f"{_WAIT}s", "distributed.client.scheduler-info-interval": "5s"})
        try:
            self._client = Client(scheduler, timeout=_WAIT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise EngineProblem(f"{scheduler}: no scheduler answers there; start one with: dask scheduler") from error
        try:
            self._check(versions, probe)
        except BaseException:
            self._client.close()
            raise

    @property
    def workers(self) -> int:
        """How many there are now."""
        return len(self._client.scheduler_info(n_workers=-1)["workers"])

    def _check(self, versions: Callable[[], Mapping[str, str]], probe: Callable[[], str]) -> None:
        try:
            self._client.wait_for_workers(1, timeout=_WAIT)
        except TimeoutError as error:
            raise EngineProblem(f"{self._scheduler}: it has no workers; start some with: dask worker {self._scheduler} --nthreads 1") from error
        mine = versions()
        for worker, theirs in sorted(self._on_all(versions).items()):
            for name in mine:
                if theirs.get(name) != mine[name]:
                    raise EngineProblem(f"{worker}: has {name} {theirs.get(name, 'not at all')}, this machine has {mine[name]}; install the same on both")
        for worker, told in sorted(self._client.scheduler_info(n_workers=-1)["workers"].items()):
            if told["nthreads"] != 1:
                raise EngineProblem(f"{worker}: works in {told['nthreads']} threads; start it with --nthreads 1, and more of them")
        for worker, lacks in sorted(self._on_all(probe).items()):
            if lacks:
                raise EngineProblem(f"{worker}: {lacks}")

    def _on_all(self, ask: Callable[[], Any]) -> dict[str, Any]:
        """What each worker answers. One that cannot even load what is asked has another installation, or none."""
        answers = self._client.run(ask, on_error="return")
        for worker, answer in sorted(answers.items()):
            if isinstance(answer, BaseException):
                raise EngineProblem(f"{worker}: cannot do this work ({type(answer).__name__}: {' '.join(str(answer).split())[:120]}); install the same reportedly there as here")
        return dict(answers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close(timeout=5)

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Lost]]:
        """As `Local.map`; what an item kills is tried as often as the cluster's `allowed-failures` says."""
        left = iter(items)
        asked: dict[Any, Item] = {}
        running = as_completed(loop=self._client.loop)
        while True:
            try:
                for item in islice(left, max(0, 3 * max(1, self.workers) - len(asked))):
                    asked[future := self._client.submit(work, item, pure=False)] = item
                    running.add(future)
                if not asked:
                    return
                future = next(running)
                failure = future.exception() if future.status == "error" else None
                result = future.result() if failure is None else None
            except _FAR as error:
                raise self._lost() from error
            item = asked.pop(future)
            if failure is not None and not isinstance(failure, KilledWorker):
                raise failure
            yield item, cast("Result", result) if failure is None else Lost("crash", "every worker that read it ended")

    def group(self, items: Iterable[Item], emit: Emit[Item], *steps: Work) -> Iterator[Any]:
        """As `Local.group`, by Dask's shuffle."""
        listed = list(items)
        if not listed:
            return
        parts = dask.bag.from_sequence(listed, npartitions=min(len(listed), _PARTS)).map(emit).flatten()
        for step in steps:
            parts = parts.groupby(_key_of, shuffle="tasks", npartitions=min(len(listed), _PARTS)).map_partitions(partial(_step, step=step))
        future = self._client.compute(parts)
        try:
            failure = future.exception()
            made = future.result() if failure is None else []
        except _FAR as error:
            raise self._lost() from error
        if isinstance(failure, KilledWorker):
            raise EngineProblem("what was kept could not be grouped: every worker that tried ended; give them more memory, and run the same command again") from failure
        if failure is not None:
            raise failure
        yield from made

    def _lost(self) -> EngineProblem:
        return EngineProblem(f"{self._scheduler}: the scheduler was lost; what is finished is kept: start it again, and run the same command")


def _key_of(pair: Pair) -> int:
    return pair[0]


def _step(groups: Iterable[tuple[int, list[Pair]]], step: Work) -> list[Any]:
    return group_pairs((pair for _, pairs in groups for pair in pairs), step)
