"""Reports of a case, read from the log when they are asked for: a list of twenty claims does not load a hundred thousand texts."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from reportedly.records import Report


class StoredReports(Mapping[str, Report]):
    """Reports by id, in the order of the ids given; `load` reads one."""

    def __init__(self, ids: Iterable[str], load: Callable[[str], Report]) -> None:
        self._found: dict[str, Report | None] = dict.fromkeys(ids)
        self._load = load

    def __getitem__(self, report: str) -> Report:
        found = self._found[report]
        if found is None:
            found = self._found[report] = self._load(report)
        return found

    def __contains__(self, report: object) -> bool:
        return report in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
