"""Reports that come in through a page: they are read in a process of their own, which can be killed, and how far it has come is told."""

import csv
import json
import multiprocessing
import re
import secrets
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from reportedly.errors import BadSetting, ReportedlyError
from reportedly.pipeline import open_case
from reportedly.settings import Settings

MOST_FILES = 200  # at once: more come by the command line
_AT_ONCE = 2  # intakes
_PATIENCE = 5  # seconds for a process that was killed to end
_KEPT = 50  # intakes whose end can still be looked at
_STEM, _ENDING = 160, 20  # bytes of a name before and after its last dot
_TEXTS = ".texts"
_FACTS = ".facts.csv"  # a name that no upload gets
_PLAIN = re.compile(r"[^\w. ()\[\]+-]")  # of a file's name what could lead out of its folder, or be no name


@dataclass(slots=True)
class Intake:
    """How far reading has come, in reports; at its end what was added and up to which entry of the log, which problems were
    met, and why it failed as a whole."""

    number: str
    done: int = 0
    total: int = 0
    ended: bool = False
    new: int = 0
    known: int = 0
    claims: int = 0
    leavings: int = 0
    entry: int = 0
    problems: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that was pasted, with what is known of it."""

    text: str
    outlet: str = ""
    published: str = ""
    title: str = ""


def write_pasted(folder: Path, pasted: Iterable[Pasted]) -> None:
    """Texts as files with front matter. Raises BadSetting where one has no words."""
    for number, one in enumerate(pasted, start=1):
        if not one.text.strip():
            raise BadSetting("a text has no words; paste an article")
        facts = {"outlet": one.outlet, "published": one.published, "title": one.title}
        head = "".join(f"{name}: {json.dumps(value.strip())}\n" for name, value in facts.items() if value.strip())
        text = one.text.replace("\r\n", "\n").replace("\0", "\ufffd").lstrip("\ufeff")
        (folder / _TEXTS).mkdir(exist_ok=True)
        (folder / _TEXTS / f"pasted-{number}.md").write_bytes(f"---\n{head}---\n{text}\n".encode("utf-8", "replace"))


def write_facts(folder: Path, outlet: str, published: str) -> None:
    """What is known of all files of a folder, as a manifest; none where nothing is known."""
    facts = {name: value.strip() for name, value in (("outlet", outlet), ("published", published)) if value.strip()}
    names = sorted(one.name for one in folder.iterdir() if one.is_file())
    if facts and names:
        with (folder / _FACTS).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["file", *facts], *([name, *facts.values()] for name in names)])


def plain_name(name: str, taken: set[str]) -> str:
    """A file's name without what could lead elsewhere, no longer than a folder takes, and not one of those taken."""
    base = _PLAIN.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .") or "report"
    stem, dot, ending = base.rpartition(".")
    stem, ending = (stem, dot + ending.encode()[:_ENDING].decode("utf-8", "ignore")) if stem else (ending, "")
    stem = stem.encode()[:_STEM].decode("utf-8", "ignore")
    found, number = stem + ending, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem}-{number}{ending}"
    taken.add(found.casefold())
    return found


class Intakes:
    """The intakes of one run of the server."""

    def __init__(self, case: Path, settings: Settings) -> None:
        self._case, self._settings = case, settings
        self._folder = tempfile.TemporaryDirectory(prefix="reportedly-intake-", ignore_cleanup_errors=True)
        self._found: dict[str, Intake] = {}
        self._processes: set[multiprocessing.process.BaseProcess] = set()
        self._lock = threading.Lock()

    def start(self, folder: Path) -> Intake:
        """Read what lies in a folder into the case; the folder is removed afterwards. Raises BadSetting where too much is under way."""
        with self._lock:
            if self.under_way >= _AT_ONCE:
                raise BadSetting(f"{_AT_ONCE} intakes are under way; wait for one to end, then add again")
            intake = Intake(secrets.token_hex(8))
            self._found = dict(list(self._found.items())[-_KEPT:]) | {intake.number: intake}
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=take_in, args=(self._case, folder, self._settings, theirs))
        process.start()
        theirs.close()
        self._processes.add(process)
        threading.Thread(target=self._follow, args=(intake, process, ours, folder), daemon=True).start()
        return intake

    def make_folder(self) -> Path:
        """A folder for what comes in, that nobody else may read, and that is gone with the server."""
        return Path(tempfile.mkdtemp(dir=self._folder.name))

    @property
    def under_way(self) -> int:
        """How many have not ended."""
        return sum(not one.ended for one in self._found.values())

    def find(self, number: str) -> Intake | None:
        """The intake of a number."""
        return self._found.get(number)

    def close(self) -> None:
        """End what is under way: every report that was added is whole."""
        for process in list(self._processes):
            process.kill()
            process.join(_PATIENCE)
        self._folder.cleanup()

    def _follow(self, intake: Intake, process: multiprocessing.process.BaseProcess, pipe: Connection, folder: Path) -> None:
        try:
            while not intake.ended:
                told = pipe.recv()
                for name, value in told.items():
                    setattr(intake, name, value)
        except (EOFError, OSError):
            intake.failed, intake.ended = "reading ended before it was done; every report that was added is whole, add the rest again", True
        process.join()
        self._processes.discard(process)
        shutil.rmtree(folder, ignore_errors=True)


def _tell(pipe: Connection, done: int, total: int) -> None:
    pipe.send({"done": done, "total": total})


def take_in(case: Path, folder: Path, settings: Settings, pipe: Connection) -> None:
    """Read a folder into a case, and tell how far it has come: the work of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with open_case(case, settings) as opened:
            before = opened.ledger.last_entry
            facts = folder / _FACTS
            named = [] if facts.exists() else sorted(one for one in folder.iterdir() if one.is_file())
            pasted = sorted((folder / _TEXTS).iterdir()) if (folder / _TEXTS).is_dir() else []
            progress = partial(_tell, pipe)
            added = opened.add([*named, *pasted], manifest=facts if facts.exists() else None, progress=progress)
            entry = opened.ledger.last_before_exports()
            reports = sorted({about for _, kind, about in opened.ledger.entries_since(before) if kind == "collected"})
        counts = {"new": added.new, "known": added.known, "claims": added.claims, "leavings": added.leavings}
        pipe.send(counts | {"problems": [str(one) for one in added.problems], "reports": reports, "entry": entry, "ended": True})
    except ReportedlyError as error:
        pipe.send({"failed": str(error), "ended": True})
