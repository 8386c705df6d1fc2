"""Chunks of work, here and in other processes."""

import os

import pytest

from reportedly.engine import map_chunks


def square_all(numbers: list[int]) -> list[tuple[int, int]]:
    return [(number * number, os.getpid()) for number in numbers]


CHUNKS = [(f"kept {number}", items) for number, items in enumerate([[1, 2], [3], [4, 5, 6], [], [7]] * 4)]


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order_with_their_chunks(workers: int) -> None:
    done = list(map_chunks(square_all, iter(CHUNKS), workers))
    assert [kept for kept, _ in done] == [kept for kept, _ in CHUNKS]
    assert [[value for value, _ in result] for _, result in done] == [[number * number for number in items] for _, items in CHUNKS]


def test_two_workers_are_other_processes() -> None:
    seen = {process for _, result in map_chunks(square_all, iter(CHUNKS), 2) for _, process in result}
    assert os.getpid() not in seen


def test_chunks_are_taken_as_they_are_needed() -> None:
    taken = []

    def chunks():  # type: ignore[no-untyped-def]
        for number in range(1_000):
            taken.append(number)
            yield number, [number]

    next(map_chunks(square_all, chunks(), 2))
    assert len(taken) < 20


def fail(numbers: list[int]) -> list[int]:
    raise ValueError(f"cannot do {numbers}")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_in_the_work_reaches_the_caller(workers: int) -> None:
    with pytest.raises(ValueError, match=r"cannot do \[1\]"):
        list(map_chunks(fail, iter([(None, [1]), (None, [2])]), workers))
