"""The two verbs, on each engine: the same results, whatever dies."""

import os
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from cluster_support import Running, start_cluster
from engine_work import (
    all_well,
    collect,
    count,
    die,
    die_once,
    eat,
    emit_words,
    fail,
    fail_awkwardly,
    fail_to_load,
    lacks_disk,
    load_slowly,
    no_versions,
    sleep,
    square,
    square_each,
    versions_of_process,
)

from reportedly.engine import Engine, Guarded, Local, Lost
from reportedly.engine.cluster import Cluster
from reportedly.errors import EngineProblem

WORDS = ["the crew left the yard", "the crew was paid", "a guard left"] * 4


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start_cluster(tmp_path_factory.mktemp("dask"), 2) as running:
        yield running


@pytest.fixture(params=["local", "dask"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    made = Local(2) if request.param == "local" else Cluster(request.getfixturevalue("cluster").address, no_versions, all_well)
    with made as engine:
        yield engine


def test_map_gives_each_item_with_its_result(engine: Engine) -> None:
    assert sorted(engine.map(square, range(20))) == [(number, number * number) for number in range(20)]


def test_map_of_nothing_is_nothing(engine: Engine) -> None:
    assert list(engine.map(square, [])) == []


def test_group_brings_values_together_by_key_in_as_many_steps_as_are_given(engine: Engine) -> None:
    lengths: dict[int, list[str]] = {}
    for word in " ".join(WORDS).split():
        lengths.setdefault(len(word), []).append(word)
    counted: dict[int, list[tuple[int, int]]] = {}
    for key, words in lengths.items():
        counted.setdefault(len(words), []).append((key, len(set(words))))
    assert sorted(engine.group(WORDS, emit_words, count, collect)) == sorted((key, sorted(values)) for key, values in counted.items())


def test_group_of_nothing_is_nothing(engine: Engine) -> None:
    assert list(engine.group([], emit_words, count, collect)) == []


def test_what_the_work_raises_is_raised_here(engine: Engine) -> None:
    with pytest.raises(ValueError, match="cannot do 3"):
        list(engine.map(fail, [3]))


def test_an_item_whose_process_dies_is_tried_again(tmp_path: Path) -> None:
    with Local(1) as engine:
        assert list(engine.map(die_once, [str(tmp_path / "mark")])) == [(str(tmp_path / "mark"), "done")]


def test_an_item_that_kills_twice_is_lost_and_the_others_are_done() -> None:
    with Local(2) as engine:
        made = dict(engine.map(die, range(5)))
    lost = made.pop(2)
    assert isinstance(lost, Lost)
    assert (lost.how, "signal 9" in lost.note) == ("crash", True)
    assert made == {number: number for number in (0, 1, 3, 4)}


def test_of_what_is_done_together_only_what_fails_or_kills_is_lost() -> None:
    with Guarded() as guarded:
        assert guarded.run_each(square_each, [4, 5]) == [16, 25]
        one, killed, failed, other = guarded.run_each(square_each, [1, 2, 3, 4])
    assert (one, other) == (1, 16)
    assert isinstance(killed, Lost)
    assert isinstance(failed, Lost)
    assert (killed.how, failed.how) == ("crash", "unreadable")
    assert "ValueError: three is no number" in failed.note


def test_an_error_that_cannot_be_packed_or_unpacked_is_told_all_the_same() -> None:
    with Guarded() as guarded:
        unpacked, packed, well = guarded.run_each(fail_awkwardly, [1, 2, 3])
        pid = guarded.pid
        assert guarded.run_each(fail_awkwardly, [4]) == [4]
        assert guarded.pid == pid
    assert unpacked == Lost("unreadable", "a reader failed on it (Awkward: one is odd)")
    assert packed == Lost("unreadable", "a reader failed on it (ValueError: two is even)")
    assert well == 3


def test_what_cannot_be_loaded_is_no_fault_of_the_items() -> None:
    with Guarded() as guarded, pytest.raises(ModuleNotFoundError, match="no such model"):
        guarded.run_each(fail_to_load, [1, 2])


def test_what_is_loaded_first_is_no_fault_of_the_items() -> None:
    with Guarded(seconds=1.0) as guarded:
        lost, made = guarded.run_each(load_slowly, [3, 4])
    assert isinstance(lost, Lost)
    assert (lost.how, made) == ("unreadable", 16)


def test_a_guarded_process_is_ended_where_it_takes_too_long_and_started_again() -> None:
    with Guarded(seconds=1.0) as guarded:
        lost = guarded.run(sleep, 60.0)
        assert isinstance(lost, Lost)
        assert lost.how == "timeout"
        assert guarded.run(square, 3) == 9


def test_a_guarded_process_that_asks_for_too_much_memory_is_told() -> None:
    with Guarded(memory=1 << 30) as guarded:
        lost = guarded.run(eat, 2 << 30)
    assert isinstance(lost, Lost)
    assert lost.how == "memory"


def test_a_guarded_process_ends_with_the_one_that_started_it() -> None:
    guarded = Guarded()
    assert guarded.run(square, 2) == 4
    pid = guarded.pid
    assert pid is not None
    guarded.end()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_scheduler_that_is_not_there_is_one_line_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportedly.engine.cluster._WAIT", 1)
    with pytest.raises(EngineProblem, match="no scheduler answers there; start one with: dask scheduler"):
        Cluster("tcp://127.0.0.1:9", no_versions, all_well)


def test_a_worker_of_other_versions_is_refused_with_both(tmp_path: Path) -> None:
    with start_cluster(tmp_path, 0) as running:
        running.add_worker(tmp_path, {"RULES": "2"})
        with pytest.raises(EngineProblem, match="has the rules 2, this machine has 1; install the same on both"):
            Cluster(running.address, versions_of_process, all_well)


def test_a_worker_that_cannot_do_the_work_says_so(cluster: Running) -> None:
    with pytest.raises(EngineProblem, match="the disk is not there"):
        Cluster(cluster.address, no_versions, lacks_disk)


def test_a_worker_of_several_threads_is_refused(tmp_path: Path) -> None:
    with start_cluster(tmp_path, 0) as running:
        running.add_worker(tmp_path, threads=2)
        with pytest.raises(EngineProblem, match="works in 2 threads; start it with --nthreads 1"):
            Cluster(running.address, no_versions, all_well)


def test_what_is_ended_begins_nothing_again() -> None:
    with Guarded() as guarded:
        assert guarded.run(square, 3) == 9
    lost = guarded.run(square, 3)
    assert isinstance(lost, Lost)
    assert guarded.run(square, 3) == lost


@pytest.mark.parametrize("what", ["worker", "scheduler"])
def test_what_dies_of_a_cluster_costs_no_result_or_is_said(tmp_path: Path, what: str) -> None:
    with start_cluster(tmp_path, 2) as running, Cluster(running.address, no_versions, all_well) as engine:
        victim = running.workers[0] if what == "worker" else running.scheduler
        threading.Timer(1.5, victim.kill).start()
        with nullcontext() if what == "worker" else pytest.raises(EngineProblem, match="the scheduler was lost; what is finished is kept"):
            assert sorted(seconds for _, seconds in engine.map(sleep, [0.2 + number / 1000 for number in range(30)])) == [0.2 + number / 1000 for number in range(30)]
