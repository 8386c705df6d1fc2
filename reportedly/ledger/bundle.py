"""A case in one archive: the log as lines, the originals, and a verifier that needs nothing but Python. The same case gives the
same bytes, so that two people can tell by a hash that they hold the same."""

import lzma
import re
import secrets
import shutil
import sqlite3
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from reportedly.errors import LedgerProblem
from reportedly.ledger import chain
from reportedly.ledger.evidence import evidence_path
from reportedly.ledger.formats import restore_log
from reportedly.ledger.output import is_in_case

_NAMES = re.compile(r"case\.toml|log\.jsonl|verify\.py|evidence/([0-9a-f]{2})/\1[0-9a-f]{62}")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the only time in the archive: entries carry their own
_MOST = 100  # times its own size that an archive may unpack to, above a gigabyte: more is no text but a trap
_GIGABYTE = 1 << 30


def write_bundle(folder: Path, entries: Iterable[chain.Entry], originals: Iterable[str], output: Path) -> None:
    """Pack a case into a new file: its log, and the originals that the log says are there. Raises LedgerProblem
    where a withholding was not seen through, OSError where it cannot be written."""
    if any(folder.glob(chain.PENDING)):
        raise LedgerProblem(f"{folder}: a withholding was not seen through; no other program may read the case, then run: reportedly verify {folder}")
    with zipfile.ZipFile(output, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _put(archive, "case.toml", (folder / "case.toml").read_bytes())
        with archive.open(_info("log.jsonl"), "w", force_zip64=True) as lines:
            for entry in entries:
                lines.write(chain.write_line(entry).encode("utf-8", "surrogatepass"))
        _put(archive, "verify.py", Path(chain.__file__).read_bytes())
        for sha256 in sorted(set(originals)):
            path = evidence_path(folder / "evidence", sha256)
            if path.is_file():
                _put(archive, path.relative_to(folder).as_posix(), path.read_bytes())


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = (stat.S_IFREG | (0o444 if name.startswith("evidence/") else 0o644)) << 16
    return info


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(_info(name), content)


def unpack_bundle(archive: Path, folder: Path) -> list[chain.Broken]:
    """Unpack a bundle into a new folder as a case, if it holds; else say what does not, and make nothing. Every name and size is
    checked before a byte is written, and nothing outside the folder is touched. Raises LedgerProblem with the place and the reason."""
    if folder.is_symlink() or folder.is_file() or (folder.exists() and any(folder.iterdir())):
        raise LedgerProblem(f"{folder}: is there already; name a new folder")
    if is_in_case(folder):
        raise LedgerProblem(f"{folder}: lies inside a case; name a place outside it")
    draft = folder.absolute().with_name(f".{folder.absolute().name}.{secrets.token_hex(4)}.part")
    try:
        with zipfile.ZipFile(archive) as packed:
            _check_names(packed, archive)
            _make_folder(draft, folder)
            _unpack_into(packed, draft)
        broken = [*_find_planted(draft), *chain.check_case(draft)]
        if not broken:
            if folder.exists():
                folder.rmdir()
            draft.replace(folder)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, sqlite3.Error, OSError, EOFError, ValueError, TypeError, KeyError, ArithmeticError, RuntimeError) as error:
        what = "a number in its log is too large" if isinstance(error, OverflowError) else error
        raise LedgerProblem(f"{archive}: cannot be unpacked ({what}); ask for it again") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return broken


def _make_folder(draft: Path, folder: Path) -> None:
    try:
        draft.mkdir(parents=True)
    except OSError as error:
        raise LedgerProblem(f"{folder}: cannot be made ({error.strerror}); name another place") from error


def _unpack_into(packed: zipfile.ZipFile, folder: Path) -> None:
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


def _find_planted(folder: Path) -> Iterator[chain.Broken]:
    """Originals that no report of the log has."""
    with closing(chain.open_log(folder / "ledger.sqlite")) as connection:
        known = {sha256 for sha256, _ in chain.find_originals(connection)}
    for path in sorted((folder / "evidence").glob("??/*")):
        if path.name not in known:
            yield chain.Broken(path.relative_to(folder).as_posix(), "no report of the log has this original")


def _check_names(packed: zipfile.ZipFile, archive: Path) -> None:
    seen: set[str] = set()
    total = 0
    for info in packed.infolist():
        kind = stat.S_IFMT(info.external_attr >> 16)
        packs = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and not info.flag_bits & 1
        if not _NAMES.fullmatch(info.filename) or kind not in (0, stat.S_IFREG) or info.filename in seen or not packs:
            raise LedgerProblem(f"{archive}: {info.filename!r} is no part of a bundle; nothing was unpacked")
        seen.add(info.filename)
        total += info.file_size
    if total > max(_GIGABYTE, _MOST * archive.stat().st_size):
        raise LedgerProblem(f"{archive}: would unpack to {total:,} bytes, far more than texts do; nothing was unpacked")
    if missing := {"case.toml", "log.jsonl"} - seen:
        raise LedgerProblem(f"{archive}: {', '.join(sorted(missing))} is missing: no bundle of a case")
