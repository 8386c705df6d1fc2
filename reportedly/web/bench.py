"""What one run of the server holds: the case on the desk, the keys, and what comes in."""

import hashlib
import re
import secrets
import shutil
import tempfile
from pathlib import Path

from starlette.requests import Request

from reportedly.errors import BadSetting
from reportedly.keeping import bundle
from reportedly.ledger.bundle import unpack_bundle
from reportedly.pipeline import init_case, open_case
from reportedly.settings import Settings
from reportedly.web.desk import Desk, Sight
from reportedly.web.guard import Keys
from reportedly.web.intake import Intakes

_NAME = re.compile(r"[\w][\w -]{0,60}")  # of a case that is kept: no dot, no slash, nothing that leads elsewhere


class Bench:
    """The bench of a case; without one, of a scratch case that is gone at the end unless it is kept."""

    def __init__(self, case: Path | None, settings: Settings, playbooks: tuple[str, ...] = (), keep_in: Path = Path()) -> None:
        self.keys = Keys()
        self.settings = settings
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
        self.intakes = Intakes(case, self.settings)

    @property
    def scratch(self) -> bool:
        """Whether the case is gone with the server."""
        return self._folder is not None

    def tag(self, sight: Sight, request: Request) -> str:
        """What tells one state of a page from another: the run, the address, the view as it is kept, and the last entry of the log."""
        parts = (self.run, self.desk.number, sight.name, sight.entry, self.desk.case.ledger.last_entry, len(self.desk.days()), request.url.path, request.url.query)
        return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'

    def keep(self, name: str) -> Path:
        """Keep the scratch case under a name in the folder in which the server was started; it is served from there. Raises BadSetting for a
        name that is none, LedgerProblem where something is there."""
        if self._folder is None:
            raise BadSetting("this case is kept already")
        if not _NAME.fullmatch(name.strip()):
            raise BadSetting(f"{name[:40]}: is no name for a folder; write letters, digits, blanks and hyphens")
        target = self._keep_in / name.strip()
        packed = Path(self._folder.name) / "packed.zip"
        with open_case(self.desk.path, self.settings) as case:
            bundle(case, packed)
        unpack_bundle(packed, target)
        self.desk.close()
        self.intakes.close()
        folder, self._folder = self._folder, None
        self._put(target)
        folder.cleanup()
        return target

    def close(self) -> None:
        """End what runs beside the pages, and remove what is not kept."""
        self.intakes.close()
        self.desk.close()
        if self._folder is not None:
            shutil.rmtree(self._folder.name, ignore_errors=True)
