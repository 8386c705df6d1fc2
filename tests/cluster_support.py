"""A real Dask cluster on this machine, for tests: a scheduler and workers, each a process of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_SOON = 60.0  # seconds for a process to be up


@dataclass
class Running:
    """A cluster: where its scheduler listens, and its processes."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self, folder: Path, env: dict[str, str] | None = None, threads: int = 1) -> subprocess.Popen[bytes]:
        """One worker more, without a nanny: killed, it stays dead."""
        command = [
            sys.executable,
            "-m",
            "dask",
            "worker",
            self.address,
            "--nthreads",
            str(threads),
            "--no-nanny",
            "--no-dashboard",
            "--memory-limit",
            "0",
            "--local-directory",
            str(folder),
        ]
        self.workers.append(_start(command, env))
        return self.workers[-1]


@contextmanager
def start_cluster(folder: Path, workers: int) -> Iterator[Running]:
    told = folder / "scheduler.json"
    scheduler = _start([sys.executable, "-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)])
    running = Running("", scheduler)
    try:
        until = time.monotonic() + _SOON
        while not told.exists() or not told.read_text(encoding="utf-8").strip():
            assert scheduler.poll() is None, "the scheduler ended"
            assert time.monotonic() < until, "no scheduler"
            time.sleep(0.05)
        running.address = json.loads(told.read_text(encoding="utf-8"))["address"]
        for _ in range(workers):
            running.add_worker(folder)
        yield running
    finally:
        for process in (*running.workers, scheduler):
            process.kill()
            process.wait()


def _start(command: list[str], env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths, **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
