"""What an engine does: `map` work over items, and `group` what they give by keys. Who uses it does not know where it runs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from reportedly.engine.guarded import Lost

Item = TypeVar("Item")
Result = TypeVar("Result")
In_contra = TypeVar("In_contra", contravariant=True)
Pair = tuple[int, Any]  # a key and a value of any kind that can be sorted among its like


class Emit(Protocol[In_contra]):
    """Pairs of an item."""

    def __call__(self, item: In_contra, /) -> Iterable[Pair]:
        """The pairs."""
        ...


class Work(Protocol):
    """What is made of a key and its values, sorted: pairs where another step follows."""

    def __call__(self, key: int, values: list[Any], /) -> Iterable[Any]:
        """What is made of one group."""
        ...


class Engine(Protocol):
    """Where work runs. All results are the same on each, but for their order."""

    @property
    def workers(self) -> int:
        """How many processes work."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Lost]]:
        """Each item with what `work` makes of it, as they come; Lost where processes died of it."""
        ...

    def group(self, items: Iterable[Item], emit: Emit[Item], *steps: Work) -> Iterator[Any]:
        """What the last step makes of each group, in no order."""
        ...


def group_pairs(pairs: Iterable[Pair], step: Work) -> list[Any]:
    """What a step makes of all groups of some pairs, by key."""
    groups: dict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return [made for key in sorted(groups) for made in step(key, sorted(groups[key]))]
