"""What a sift is asked for, and all that its results rest on: the same recipe makes of the same shard the same bytes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from reportedly.errors import EngineProblem
from reportedly.installed import list_versions
from reportedly.playbooks import load_playbook, stamp
from reportedly.sifting.evidence import Evidence, find_evidence

_ASKED = ("since", "until", "words", "share", "seed", "max_bytes", "seconds")


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a sift is asked for. `since` and `until` bound the day of publication, `words` is the least length of a story, `share` of the refused pages is read
    for the audit, drawn by `seed`. `today` is the day by the clock of who asks, and no part of the digest: what bears no day of its saving and claims a day
    after `today` is taken for undated. `evidence` is what the playbooks are told by, `installed` the versions that read, `digest` names it all."""

    playbooks: tuple[str, ...]
    since: date | None
    until: date | None
    words: int
    share: float
    seed: int
    today: date
    max_bytes: int
    seconds: int
    batch_size: int
    columns: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    installed: str = ""
    digest: str = ""


def versions(playbooks: tuple[str, ...]) -> dict[str, str]:
    """Everything that results rest on, by name: a worker must have the same. Raises UnknownName or BadPlaybook where it lacks a playbook."""
    return list_versions() | {f"the playbook {name}": stamp(load_playbook(name)) for name in playbooks}


def seal(recipe: Recipe) -> Recipe:
    """The recipe with its evidence and digest. Raises UnknownName or BadPlaybook."""
    loaded = [load_playbook(name) for name in recipe.playbooks]
    asked = {name: str(getattr(recipe, name)) for name in _ASKED} | {"columns": dict(recipe.columns), "playbooks": list(map(stamp, loaded)), "installed": _installed()}
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    return replace(recipe, evidence=tuple(map(find_evidence, loaded)), installed=_installed(), digest=digest[:16])


def check_installed(recipe: Recipe) -> None:
    """Refuse to work on what was asked by another installation: a worker may come to a cluster late. Raises EngineProblem."""
    if recipe.installed != _installed():
        raise EngineProblem("a worker that came later has another installation than this machine; install the same on all, and run the same command again")


@cache
def _installed() -> str:
    return hashlib.sha256(json.dumps(list_versions(), sort_keys=True).encode()).hexdigest()[:16]
