"""How far a sift is, for who watches: a line, a bar, or a file for Prometheus."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from reportedly.sifting.kept import write_text

STAGES = ("sifting", "copies", "links", "stories", "understanding", "writing")


@dataclass(slots=True)
class Watch:
    """What is done so far. `stage` is under way since `since` (seconds of a steady clock), with `done` of `total` (bytes of shards, pages, files, or pieces of what is compared);
    what is done is counted from `counted` on; pages, bytes and kept pages are those of the whole sift. Each change is told to `tell`."""

    tell: Callable[["Watch"], None] = lambda _: None
    stage: str = ""
    since: float = 0.0
    done: int = 0
    total: int = 0
    pages: int = 0
    size: int = 0
    kept: int = 0
    took: dict[str, float] = field(default_factory=dict)
    counted: float = 0.0

    def begin(self, stage: str, total: int) -> None:
        """A stage begins, and the one before is over."""
        self.end()
        self.stage, self.since, self.done, self.total = stage, time.monotonic(), 0, total
        self.counted = self.since
        self.tell(self)

    def expect(self, total: int) -> None:
        """How much the stage under way has to do is known only now."""
        self.total, self.counted = total, time.monotonic()
        self.tell(self)

    def end(self) -> None:
        """The stage is over."""
        if self.stage:
            self.took[self.stage] = time.monotonic() - self.since

    def advance(self, done: int, pages: int, kept: int) -> None:
        """So much more is done."""
        self.done += done
        self.size += done if self.stage == "sifting" else 0
        self.pages += pages
        self.kept += kept
        self.tell(self)

    @property
    def rate(self) -> float:
        """Pages a second of sifting so far."""
        seconds = self.took.get("sifting") or (time.monotonic() - self.since)
        return self.pages / seconds if seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that the stage still takes if it goes on so; None while that cannot be told."""
        passed = time.monotonic() - self.counted
        return passed * (self.total - self.done) / self.done if self.done else None


def write_metrics(path: Path, watch: Watch) -> None:
    """What is done as Prometheus text, whole or not at all: for the textfile collector of its node exporter."""
    rows = [
        ("pages_total", "counter", "Pages read.", watch.pages),
        ("kept_total", "counter", "Pages kept.", watch.kept),
        ("bytes_total", "counter", "Bytes of shards read.", watch.size),
        ("pages_per_second", "gauge", "Pages read a second.", round(watch.rate, 3)),
        ("stage_done_ratio", "gauge", "Share of the stage that is done.", round(watch.done / watch.total, 6) if watch.total else 1),
        ("seconds_left", "gauge", "Seconds that the stage still takes.", "NaN" if watch.left is None else round(watch.left, 1)),
    ]
    text = "".join(f"# HELP reportedly_sift_{name} {what}\n# TYPE reportedly_sift_{name} {kind}\nreportedly_sift_{name} {value}\n" for name, kind, what, value in rows)
    text += "# HELP reportedly_sift_stage Which stage is under way.\n# TYPE reportedly_sift_stage gauge\n"
    text += "".join(f'reportedly_sift_stage{{stage="{one}"}} {int(one == watch.stage)}\n' for one in STAGES)
    write_text(path, text)
