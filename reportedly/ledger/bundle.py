"""A case in one archive: the log as lines, the originals, and a verifier that needs nothing but Python. The same case gives the
same bytes, so that two people can tell by a hash that they hold the same."""

import hashlib
import re
import shutil
import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path

from reportedly.errors import LedgerProblem
from reportedly.ledger import chain
from reportedly.ledger.formats import restore_log

_NAMES = re.compile(r"case\.toml|log\.jsonl|verify\.py|evidence/([0-9a-f]{2})/\1[0-9a-f]{62}")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the only time in the archive: entries carry their own
_MOST = 100  # times its own size that an archive may unpack to, above a gigabyte: more is no text but a trap
_GIGABYTE = 1 << 30


def write_bundle(folder: Path, entries: Iterable[chain.Entry], output: Path) -> str:
    """Pack a case and return the archive's SHA-256. Raises LedgerProblem where it cannot be written."""
    if output.is_dir() or not output.name:
        raise LedgerProblem(f"{output}: is a folder; name the archive to write")
    if output.resolve().is_relative_to(folder.resolve()):
        raise LedgerProblem(f"{output}: lies inside the case; name a place outside it")
    if output.exists() and not _is_bundle(output):
        raise LedgerProblem(f"{output}: is there and no bundle; it is not written over, name another file")
    draft = output.with_name(output.name + ".part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            _put(archive, "case.toml", (folder / "case.toml").read_bytes())
            with archive.open(_info("log.jsonl"), "w", force_zip64=True) as lines:
                for entry in entries:
                    lines.write(chain.write_line(entry).encode("utf-8", "surrogatepass"))
            _put(archive, "verify.py", Path(chain.__file__).read_bytes())
            for path in sorted((folder / "evidence").glob("??/*")):
                if _NAMES.fullmatch(f"evidence/{path.parent.name}/{path.name}"):
                    _put(archive, f"evidence/{path.parent.name}/{path.name}", path.read_bytes())
        draft.replace(output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise LedgerProblem(f"{output}: the bundle cannot be written ({error.strerror or error}); free space or check permissions") from error
    return hashlib.sha256(output.read_bytes()).hexdigest()


def _is_bundle(path: Path) -> bool:
    """Whether a file is an archive with the log of a case: such a one may be written anew."""
    try:
        with zipfile.ZipFile(path) as packed:
            return {"case.toml", "log.jsonl"} <= set(packed.namelist())
    except (zipfile.BadZipFile, OSError):
        return False


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = (stat.S_IFREG | (0o444 if name.startswith("evidence/") else 0o644)) << 16
    return info


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(_info(name), content)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a bundle into a new folder as a case. Every name and size is checked before a byte is written, and nothing
    outside the folder is touched. Raises LedgerProblem with the place and the reason."""
    if folder.exists() and any(folder.iterdir()):
        raise LedgerProblem(f"{folder}: the folder is not empty; name a new one")
    try:
        with zipfile.ZipFile(archive) as packed:
            _check_names(packed, archive)
            folder.mkdir(parents=True, exist_ok=True)
            for info in packed.infolist():
                target = folder / info.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(info) as source, target.open("xb") as sink:
                    shutil.copyfileobj(source, sink)
                if info.filename.startswith("evidence/"):
                    target.chmod(0o444)
        (folder / "evidence").mkdir(exist_ok=True)
        restore_log(folder, chain.read_lines(folder / "log.jsonl"))
        for name in ("log.jsonl", "verify.py"):
            (folder / name).unlink(missing_ok=True)
    except (zipfile.BadZipFile, OSError, ValueError, TypeError, NotImplementedError, RuntimeError) as error:
        raise LedgerProblem(f"{archive}: cannot be unpacked ({error}); ask for it again") from error


def _check_names(packed: zipfile.ZipFile, archive: Path) -> None:
    seen: set[str] = set()
    total = 0
    for info in packed.infolist():
        kind = stat.S_IFMT(info.external_attr >> 16)
        if not _NAMES.fullmatch(info.filename) or kind not in (0, stat.S_IFREG) or info.filename in seen:
            raise LedgerProblem(f"{archive}: {info.filename!r} is no part of a bundle; nothing was unpacked")
        seen.add(info.filename)
        total += info.file_size
    if total > max(_GIGABYTE, _MOST * archive.stat().st_size):
        raise LedgerProblem(f"{archive}: would unpack to {total:,} bytes, far more than texts do; nothing was unpacked")
    if missing := {"case.toml", "log.jsonl"} - seen:
        raise LedgerProblem(f"{archive}: {', '.join(sorted(missing))} is missing: no bundle of a case")
