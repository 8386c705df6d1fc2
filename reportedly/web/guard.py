"""Who may ask what: only pages that this program served, opened with the token that it printed, under an address of this machine.

A page of a stranger in the same browser can send requests here, and make a name of its own point here (DNS rebinding): so the Host and Origin
headers must be ours, a cookie must prove the token, and every form must bear a token of its own. What is sent back may run no script,
load nothing and be framed by nobody but ourselves.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportedly.errors import BadSetting

LOOPBACK = "127.0.0.1"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)  # fmt: skip
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # the Referer stands in for Origin where a browser sends none
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = ("GET", "HEAD")
_HTTP = 80  # a browser leaves this port out of the address
_SMALL = 1_000_000  # bytes of a form without files


def check_address(host: str) -> str:
    """The address to listen on. Raises BadSetting for any but this machine's own."""
    if host not in (LOOPBACK, "localhost"):
        raise BadSetting(f"--host {host}: the workbench is for this machine alone, since it holds what sources said; leave --host out, and reach it from elsewhere through ssh -L")
    return LOOPBACK


@dataclass(frozen=True, slots=True)
class Keys:
    """What a run of the server knows and nobody else: the token that its first address bears, and the key under which form tokens are made."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def session(self) -> str:
        """What the cookie holds: it proves that its bearer had the token."""
        return self._sign("session")

    def form(self) -> str:
        """What every form bears."""
        return self._sign("form")

    def _sign(self, what: str) -> str:
        return hmac.new(self._secret, f"{what} {self.token}".encode(), hashlib.sha256).hexdigest()

    def is_form(self, given: str) -> bool:
        """Whether a form bears the token of this run."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.form().encode())


class Guard:
    """Wraps the pages; `port` is the one that is listened on, `most` how many bytes an upload may have."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int, most: int) -> None:
        self._app = app
        self._keys = keys
        names = (LOOPBACK, "localhost")
        self._hosts = {f"{name}:{port}" for name in names} | (set(names) if port == _HTTP else set())
        self._origins = {f"http://{host}" for host in self._hosts}
        self._cookie = f"reportedly-{port}"  # a browser sends the cookies of all ports of this machine to each
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say in a line why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refuse(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        await self._app(scope, self._limited(receive, headers), _with_headers(send))

    def _refuse(self, scope: Scope, headers: Headers) -> Response | None:
        if headers.get("host") not in self._hosts:
            return PlainTextResponse("This address is not served. Open the one that was printed when the workbench was started.\n", 421)
        if scope["method"] not in _SAFE and not self._is_ours(headers):
            return PlainTextResponse("This was not sent by a page of the workbench, and nothing was done.\n", 403)
        if scope["path"].startswith("/static/"):
            return None
        if self._has_session(headers):
            return self._without_token(scope)
        return self._admit(scope)

    def _is_ours(self, headers: Headers) -> bool:
        """Whether a page of ours sent this."""
        origin, referer = headers.get("origin"), headers.get("referer", "")
        sent = origin in self._origins if origin is not None else any(referer == one or referer.startswith(f"{one}/") for one in self._origins)
        return sent and headers.get("sec-fetch-site", "same-origin") == "same-origin"

    def _has_session(self, headers: Headers) -> bool:
        """Whether the cookie of this port proves the token: other programs of this machine set cookies that no parser takes, and they are sent here too."""
        pairs = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
        return any(name == self._cookie and hmac.compare_digest(value.encode("utf-8", "replace"), self._keys.session().encode()) for name, _, value in pairs)

    def _admit(self, scope: Scope) -> Response:
        """Take the token for a cookie, and send on to the address without it, so that it stands in no history."""
        given = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token", "")
        if scope["method"] not in _SAFE or not hmac.compare_digest(given.encode("utf-8", "replace"), self._keys.token.encode()):
            return PlainTextResponse("Open the whole address that was printed when the workbench was started, with its token: it is another each time.\n", 403)
        response = self._without_token(scope)
        assert response is not None
        response.set_cookie(self._cookie, self._keys.session(), httponly=True, samesite="lax", path="/")
        return response

    def _without_token(self, scope: Scope) -> Response | None:
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["method"] not in _SAFE or all(name != "token" for name, _ in pairs):
            return None
        rest = urlencode([pair for pair in pairs if pair[0] != "token"])
        path = "/" + scope["path"].lstrip("/")  # never "//elsewhere"
        return RedirectResponse(path + (f"?{rest}" if rest else ""), 303)

    def _limited(self, receive: Receive, headers: Headers) -> Receive:
        """What comes in, cut off where it grows beyond what may be sent."""
        most = self._most if headers.get("content-type", "").startswith("multipart/") else _SMALL
        seen = 0

        async def take() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise TooLarge(most)
            return message

        return take


class TooLarge(Exception):
    """More was sent than may be; `most` is how many bytes may."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


def _with_headers(send: Send) -> Send:
    async def put(message: Message) -> None:
        if message["type"] == "http.response.start":
            names = {name.decode("latin-1").lower() for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *((name.encode(), value.encode()) for name, value in _HEADERS.items() if name not in names)]
        await send(message)

    return put
