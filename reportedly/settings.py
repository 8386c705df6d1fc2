"""The settings of one run, built once at the edge from the environment; stages get plain arguments."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Settings:
    """`workers` processes read reports (0: decide by how many there are); `batch_size` passages a parser call;
    a file over `max_bytes`, or one that takes more than `seconds` to read, is a leaving; `analyst` signs reviews, ratings and withholdings."""

    workers: int = 0
    batch_size: int = 8
    max_bytes: int = 10_000_000
    seconds: int = 60
    analyst: str = ""


_LIMITS = {"workers": (0, 64), "batch_size": (1, 1024), "max_bytes": (1_000, 1_000_000_000), "seconds": (1, 3600)}


def make_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from REPORTEDLY_WORKERS, REPORTEDLY_BATCH_SIZE, REPORTEDLY_MAX_BYTES, REPORTEDLY_SECONDS and
    REPORTEDLY_ANALYST. Raises BadSetting."""
    environment = os.environ if environment is None else environment
    found = {}
    for name, (least, most) in _LIMITS.items():
        text = environment.get(f"REPORTEDLY_{name.upper()}", "").strip()
        if not text:
            continue
        if not text.isdigit() or not least <= int(text) <= most:
            raise BadSetting(f"REPORTEDLY_{name.upper()}={text}: set it to a whole number from {least} to {most}")
        found[name] = int(text)
    return Settings(**found, analyst=environment.get("REPORTEDLY_ANALYST", "").strip())
