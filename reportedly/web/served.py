"""Scripts, styles, the map: served as they lie in the package, packed once."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from reportedly.errors import UnknownName

_TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}
_SMALL = 1_000  # bytes below which packing saves nothing


@dataclass(frozen=True, slots=True)
class _File:
    body: bytes
    packed: bytes
    tag: str
    kind: str


@cache
def _names() -> frozenset[str]:
    """Every file that may be served: a path that is not among them leads nowhere."""
    root = files("reportedly.web") / "static"
    found = [f"{folder}{one.name}" for folder, where in (("", root), ("vendor/", root / "vendor"), ("charts/", root / "charts")) for one in where.iterdir() if one.is_file()]
    return frozenset(found)


@cache
def _load(name: str) -> _File:
    body = (files("reportedly.web") / "static").joinpath(*name.split("/")).read_bytes()
    ending = "." + name.rsplit(".", 1)[-1]
    kind = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "text/plain"
    return _File(body, gzip.compress(body, 9, mtime=0) if len(body) > _SMALL else body, f'"{hashlib.sha256(body).hexdigest()[:24]}"', kind)


def serve(request: Request) -> Response:
    """A file of the package. Raises UnknownName for any other path."""
    name = request.path_params["path"]
    if name not in _names():
        raise UnknownName(f"{name[:60]}: there is no such file")
    file = _load(name)
    headers = {"etag": file.tag, "cache-control": "no-cache", "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == file.tag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", "") and file.packed is not file.body:
        return Response(file.packed, media_type=file.kind, headers=headers | {"content-encoding": "gzip"})
    return Response(file.body, media_type=file.kind, headers=headers)


def load_all() -> None:
    """Pack every file before the first is asked for."""
    for name in _names():
        _load(name)
