"""What the tests of the workbench share: a server in a process of its own, and a client that sends what a page would send."""

import json
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

_FORM = re.compile(r'name="form-token" value="(\w+)"')


@dataclass(frozen=True)
class Served:
    """A running workbench: its address without and with the token, and its process."""

    base: str
    address: str
    process: subprocess.Popen[str]

    @contextmanager
    def client(self) -> Iterator["Client"]:
        """A client that has shown the token."""
        with httpx.Client(base_url=self.base, follow_redirects=True, timeout=30) as found:
            found.get(self.address)
            yield Client(found, self.base)


@dataclass(frozen=True)
class Client:
    """What a page of the workbench would send."""

    http: httpx.Client
    base: str

    def get(self, path: str, **headers: str) -> httpx.Response:
        """A page, once it is derived."""
        for _ in range(200):
            answer = self.http.get(path, headers=headers)
            if answer.status_code != 202:
                return answer
            time.sleep(0.05)
        raise TimeoutError(path)

    def form_token(self) -> str:
        """The token that the forms of this run bear."""
        found = _FORM.search(self.get("/search").text)
        assert found is not None
        return found.group(1)

    def post(self, path: str, data: dict[str, str], *, htmx: bool = False, **more: object) -> httpx.Response:
        """A form as a page sends it."""
        headers = {"origin": self.base} | ({"hx-request": "true"} if htmx else {})
        return self.http.post(path, data={"form-token": self.form_token()} | data, headers=headers, **more)  # type: ignore[arg-type]


@contextmanager
def serving(*arguments: str | Path) -> Iterator[Served]:
    """`reportedly serve` with these arguments, until the block ends."""
    command = [sys.executable, "-c", "from reportedly.cli import main; main()", "serve", *map(str, arguments)]
    said = tempfile.TemporaryFile(mode="w+")  # noqa: SIM115  closed below; a pipe that nobody reads would stop a server that has much to say
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        if not address:
            process.wait(10)
            said.seek(0)
            raise AssertionError(said.read())
        yield Served(address.partition("/?token=")[0], address, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        said.close()


def list_claims(client: Client) -> list[str]:
    """The ids of all claims."""
    return [json.loads(line)["id"] for line in client.get("/claims.json").text.splitlines()]


def last_seen(client: Client, claim: str) -> str:
    """The number of the last decision on a claim, as its panel tells it; 0 where there is none."""
    found = re.search(r'data-seen="(\d+)"', client.get(f"/claims/{claim}/panel").text)
    assert found is not None
    return found.group(1)


def port_of(served: Served) -> int:
    """The port that is listened on."""
    return int(served.base.rpartition(":")[2])


def send_raw(served: Served, request: bytes) -> bytes:
    """What comes back for these bytes, whole."""
    with socket.create_connection(("127.0.0.1", port_of(served)), timeout=10) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def children_of(process: int) -> list[int]:
    """The processes that a process started, and theirs."""
    listed = [
        (int(line.split()[0]), int(line.split()[1])) for line in subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    ]
    own = [child for child, parent in listed if parent == process]
    return own + [one for child in own for one in children_of(child)]


def is_alive(process: int) -> bool:
    """Whether a process runs; one that ended may still be listed until its parent looks."""
    return subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False).stdout[:1] not in ("", "Z")


def read_in(client: Client, files: list[tuple[str, bytes]]) -> str:
    """What is told at the end of an intake."""
    path = str(client.post("/add", {}, files=[("file", one) for one in files]).url).removeprefix(client.base)
    for _ in range(200):
        page = client.get(path).text
        if "every 700ms" not in page:
            return page
        time.sleep(0.2)
    raise TimeoutError(path)
