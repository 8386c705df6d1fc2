"""What one run of the server holds: the case on the desk, the keys, and what comes in."""

import hashlib
import re
import secrets
import shutil
import tempfile
import threading
from collections import OrderedDict
from pathlib import Path

from starlette.requests import Request

from reportedly.errors import BadSetting
from reportedly.keeping import bundle
from reportedly.ledger.bundle import unpack_bundle
from reportedly.pipeline import init_case, open_case
from reportedly.settings import Settings
from reportedly.viewing import TODAY
from reportedly.web.asked import Asked
from reportedly.web.desk import Desk, Sight
from reportedly.web.guard import Keys
from reportedly.web.intake import Intakes
from reportedly.web.pages.frame import Frame, make_frame

_PAGES = 32_000_000  # bytes of pages that are kept
_NAME = re.compile(r"[\w][\w -]{0,60}")  # of a case that is kept: no dot, no slash, nothing that leads elsewhere


class Pages:
    """Pages as they were made, by their tags: many who look at one state of a case look at one page."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def find(self, tag: str) -> bytes | None:
        """The page of a tag, if it is kept."""
        with self._lock:
            if tag in self._kept:
                self._kept.move_to_end(tag)
            return self._kept.get(tag)

    def keep(self, tag: str, body: bytes) -> None:
        """Keep a page; those not asked for longest go."""
        with self._lock:
            self._size += len(body) - len(self._kept.pop(tag, b""))
            self._kept[tag] = body
            while self._size > _PAGES:
                self._size -= len(self._kept.popitem(last=False)[1])


class Bench:
    """The bench of a case; without one, of a scratch case that is gone at the end unless it is kept."""

    def __init__(self, case: Path | None, settings: Settings, playbooks: tuple[str, ...] = (), keep_in: Path = Path()) -> None:
        self.keys = Keys()
        self.settings = settings
        self.writing = threading.RLock()  # who writes to the case holds it: a scratch case moves when it is kept
        self.kept: Path | None = None
        self.run = secrets.token_hex(4)
        self.most_upload = min(settings.max_bytes, 10_000_000) * 8
        self._keep_in = keep_in
        self._folder = tempfile.TemporaryDirectory(prefix="reportedly-scratch-") if case is None else None
        if self._folder is not None:
            case = Path(self._folder.name) / "case"
            with init_case(case, "Scratch", settings, playbooks):
                pass
        assert case is not None
        self._put(case)

    def _put(self, case: Path) -> None:
        self.desk = Desk(case, self.settings)
        self.pages = Pages()
        self.intakes = Intakes(case, self.settings)

    @property
    def scratch(self) -> bool:
        """Whether the case is gone with the server."""
        return self._folder is not None

    def frame(self, sight: Sight | None, asked: Asked, here: str) -> Frame:
        """What stands around a page of a view; None where there is none yet."""
        return make_frame(self.desk, sight, asked, here, self.keys.form(), scratch=self.scratch, kept=str(self.kept or ""))

    def tag(self, sight: Sight, request: Request, *, live: bool) -> str:
        """What tells one state of a page from another: the run, the address, the view as it is kept, whether it is the newest, and, of a page that
        shows decisions as they are made, the last entry of the log."""
        today = sight.shelf.mark_of(TODAY)
        parts = (
            self.run,
            self.desk.number,
            sight.name,
            sight.entry,
            today,
            sight.newer > 0,
            sight.problem,
            self.desk.case.ledger.last_entry if live else 0,
            request.url.path,
            request.url.query,
        )
        return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'

    def keep(self, name: str) -> Path:
        """Keep the scratch case under a name in the folder in which the server was started; it is served from there. Raises BadSetting for a
        name that is none, LedgerProblem where something is there."""
        if self._folder is None:
            raise BadSetting("this case is kept already")
        if self.intakes.under_way:
            raise BadSetting("a text is still being read; wait until it is, then keep the case")
        if not _NAME.fullmatch(name.strip()):
            raise BadSetting(f"{name[:40]}: is no name for a folder; write letters, digits, blanks and hyphens")
        target = self._keep_in / name.strip()
        if target.exists():
            raise BadSetting(f"{name.strip()}: there is something of that name already; give another")
        packed = Path(self._folder.name) / "packed.zip"
        with open_case(self.desk.path, self.settings) as case:
            with case.ledger.transaction():
                case.ledger.rename(name.strip())
            bundle(case, packed)
        unpack_bundle(packed, target)
        folder, self._folder = self._folder, None
        old = (self.desk, self.intakes)
        self._put(target)
        for one in old:
            one.close()
        folder.cleanup()
        self.kept = target.resolve()
        return target

    def close(self) -> None:
        """End what runs beside the pages, and remove what is not kept."""
        self.intakes.close()
        self.desk.close()
        if self._folder is not None:
            shutil.rmtree(self._folder.name, ignore_errors=True)
