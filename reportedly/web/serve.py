"""The server: one port of this machine, one case, until it is stopped."""

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from reportedly.errors import BadSetting
from reportedly.settings import Settings
from reportedly.web.app import make_app
from reportedly.web.bench import Bench
from reportedly.web.guard import check_address
from reportedly.web.served import load_all

PORT = 8377  # the next free one where it is taken
_TRIED = 20


def serve(case: Path | None, settings: Settings, *, host: str, port: int | None, playbooks: tuple[str, ...], tell: Callable[[str], None]) -> None:
    """Serve a case, or without one a scratch case read with some playbooks, until interrupted; `tell` is told the address with its token.
    Raises BadSetting for an address that is not this machine's or a port that is taken, LedgerProblem where there is no case."""
    with _listen(check_address(host), port) as listening:
        number = int(listening.getsockname()[1])
        bench = Bench(case, settings, playbooks, Path.cwd())
        try:
            load_all()
            server = uvicorn.Server(uvicorn.Config(make_app(bench, number), lifespan="off", log_level="warning", server_header=False, timeout_graceful_shutdown=2))
            tell(f"http://127.0.0.1:{number}/?token={bench.keys.token}")
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            pass  # how a server is stopped
        finally:
            bench.close()


def _listen(host: str, port: int | None) -> socket.socket:
    for number in [port] if port is not None else range(PORT, PORT + _TRIED):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that answers are sent without delay (TCP_NODELAY)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # started again at once, it is the same address
        try:
            listening.bind((host, number))
        except OSError as error:
            listening.close()
            if port is not None:
                raise BadSetting(f"--port {port}: cannot be listened on ({error.strerror}); name another, or leave it out") from error
        else:
            listening.listen(128)
            return listening
    raise BadSetting(f"ports {PORT} to {PORT + _TRIED - 1} are taken; name a free one with --port")
