"""A time stamp by a third party (RFC 3161): the request for the head of a log, and, where the user names a server, its answer.

Only a hash leaves the machine, and only on request. The request can be sent by hand: curl -H 'Content-Type:
application/timestamp-query' --data-binary @FILE URL.
"""

import hashlib
import urllib.error
import urllib.request

from reportedly.errors import LedgerProblem

_SHA256 = bytes.fromhex("300d06096086480165030402010500")  # AlgorithmIdentifier of SHA-256, RFC 5754
_CERTIFICATES = bytes.fromhex("0101ff")  # certReq TRUE: the answer carries what is needed to check it
_LONGEST = 1 << 20
_PATIENCE = 30  # seconds


def make_request(head: str) -> bytes:
    """The DER of a TimeStampReq (RFC 3161, 2.4.1) over the SHA-256 of a head as ASCII; without a nonce, so that the same head
    gives the same bytes."""
    imprint = _der(0x30, _SHA256 + _der(0x04, hashlib.sha256(head.encode("ascii")).digest()))
    return _der(0x30, _der(0x02, b"\x01") + imprint + _CERTIFICATES)


def _der(tag: int, content: bytes) -> bytes:
    return bytes([tag, len(content)]) + content  # all parts here are shorter than 128 bytes


def fetch_token(url: str, request: bytes) -> bytes:
    """A server's answer to a request, as it came. Raises LedgerProblem where it does not answer, or grants no stamp."""
    if not url.startswith(("http://", "https://")):
        raise LedgerProblem(f"{url}: a time-stamp server is named by http:// or https://")
    asked = urllib.request.Request(url, request, {"Content-Type": "application/timestamp-query"})  # noqa: S310  checked above
    try:
        with urllib.request.urlopen(asked, timeout=_PATIENCE) as answer:  # noqa: S310
            token: bytes = answer.read(_LONGEST)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise LedgerProblem(f"{url}: gave no time stamp ({getattr(error, 'reason', error)}); the request is kept, send it later") from error
    if not is_granted(token):
        raise LedgerProblem(f"{url}: refused a time stamp, or answered with something else; the request is kept, send it elsewhere")
    return token


def is_granted(token: bytes) -> bool:
    """Whether an answer says that the stamp was granted: PKIStatus 0, or 1 with changes (RFC 3161, 2.4.2)."""
    at = 2 + (token[1] & 0x7F if len(token) > 1 and token[1] & 0x80 else 0)
    info = token[at : at + 5]
    return token[:1] == b"\x30" and len(info) == 5 and info[0] == 0x30 and info[2:4] == b"\x02\x01" and info[4] in (0, 1)
