"""What the workbench costs: each page on a large case, and many who read while others add and decide.

    python -m benchmarks.workbench [--claims 100000] [--seconds 120] [--clients 30] [--case FOLDER]

The case is generated (`benchmarks.reconciling`), ten claims a report, unless a folder is named. Server times are taken by a client on the same machine,
request by request; the first paint by Chromium, where there is one. The clients wait a second between two pages, as a fast reader does.
"""

import argparse
import json
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.reconciling import fill_case
from reportedly.pipeline import init_case, open_case

PATHS = (
    "/",
    "/events",
    "/events?state=contested",
    "/plans",
    "/timeline",
    "/map",
    "/sources",
    "/reports",
    "/conflicts",
    "/gaps",
    "/changes",
    "/review",
    "/search?q=men",
    "/search?frame=dispatch&status=planned",
)
DATA = ("/plans.json", "/timeline.json", "/map.json", "/network.json", "/claims.json?limit=100")
_ROUNDS = 30
_FORM = re.compile(r'name="form-token" value="(\w+)"')
_SEEN = re.compile(r'data-seen="(\d+)"')


def build(folder: Path, claims: int) -> None:
    with init_case(folder, "Generated", playbooks=("labour_export",)) as case:
        fill_case(case, claims // 10)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server of its own process, with its token."""
    command = [sys.executable, "-c", "from reportedly.cli import main; main()", "serve", str(folder), "--by", "Bench"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


@contextmanager
def open_client(address: str) -> Iterator[httpx.Client]:
    """A client that has shown the token."""
    base, _, token = address.partition("/?token=")
    with httpx.Client(base_url=base, follow_redirects=True, timeout=60) as client:
        client.get(f"/?token={token}")
        yield client


def wait_for(client: httpx.Client, path: str = "/") -> float:
    """Seconds until a view is derived."""
    began = time.perf_counter()
    while client.get(path).status_code == 202:
        time.sleep(0.2)
    return time.perf_counter() - began


def measure_pages(address: str) -> None:
    with open_client(address) as client:
        print(f"derived for the first time in {wait_for(client):.1f} s")
        report = client.get("/reports.json?limit=1").json()["id"]
        claim = client.get("/claims.json?limit=1").json()["id"]
        event = client.get("/cards.json?limit=1").json()["id"]
        everything: list[float] = []
        for path in (*PATHS, f"/reports/{report}", f"/reports/{report}?claim={claim}", f"/events/{event}", f"/claims/{claim}/panel", *DATA):
            times, size = _time(client, path)
            everything += times
            print(f"  {path[:44]:<46}{size / 1000:>7.0f} KB  median {statistics.median(times) * 1000:>5.0f} ms  p95 {_p95(times) * 1000:>5.0f} ms")
        print(f"  all pages{'':<44}p95 {_p95(everything) * 1000:.0f} ms")


def _time(client: httpx.Client, path: str) -> tuple[list[float], int]:
    times, size = [], 0
    for number in range(_ROUNDS):
        began = time.perf_counter()
        answer = client.get(f"{path}{'&' if '?' in path else '?'}round={number}")  # another address: no page that is kept answers it
        times.append(time.perf_counter() - began)
        assert answer.status_code == 200, (path, answer.status_code)
        size = len(answer.content)
    return times, size


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def measure_paint(address: str) -> None:
    chromium = next((one for one in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(one).exists()), None)
    if chromium is None:
        print("first paint: no Chromium here")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(address)
        paints = []
        for _ in range(5):
            page.goto(address.partition("?")[0])
            page.wait_for_timeout(600)
            paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        sent = page.evaluate("performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')).reduce((sum, one) => sum + one.encodedBodySize, 0)")
        print(f"first contentful paint of the overview {statistics.median(paints):.0f} ms (most {max(paints):.0f}); {sent / 1000:.0f} KB with all it loads")
        browser.close()


class Load:
    """Clients that read, one that adds, two that decide."""

    def __init__(self, address: str, seconds: float) -> None:
        self.address, self.until = address, time.monotonic() + seconds
        self.times: list[float] = []
        self.errors: list[str] = []
        self.decided = 0
        self.refused = 0
        self.added = 0
        self._lock = threading.Lock()

    def note(self, seconds: float, answer: httpx.Response, where: str) -> None:
        """Count an answer."""
        with self._lock:
            self.times.append(seconds)
            if answer.status_code >= 400:
                self.errors.append(f"{answer.status_code} {where}")

    def get(self, client: httpx.Client, path: str) -> httpx.Response:
        """A page, timed."""
        began = time.perf_counter()
        answer = client.get(path)
        self.note(time.perf_counter() - began, answer, path)
        return answer

    def read(self, number: int) -> None:
        """Read pages until the end."""
        draw = random.Random(number)
        with open_client(self.address) as client:
            while time.monotonic() < self.until:
                self._try(lambda: self.get(client, draw.choice(PATHS)))
                time.sleep(draw.uniform(0.5, 1.5))

    def decide(self, number: int) -> None:
        """Decide on claims of the queue until the end."""
        draw = random.Random(1000 + number)
        with open_client(self.address) as client:
            claims = [row["claim"] for row in map(_json, client.get("/review.json?limit=400").text.splitlines())]
            while time.monotonic() < self.until and claims:
                self._try(lambda: self._decide_one(client, draw.choice(claims), draw.choice(("accept", "note"))))
                time.sleep(draw.uniform(0.5, 1.5))

    def _decide_one(self, client: httpx.Client, claim: str, verdict: str) -> None:
        panel = self.get(client, f"/claims/{claim}/panel").text
        fields = {"form-token": _FORM.search(panel), "seen": _SEEN.search(panel)}
        data = {name: found.group(1) for name, found in fields.items() if found} | {"verdict": verdict, "note": "looked at"}
        began = time.perf_counter()
        answer = client.post(f"/claims/{claim}/review", data=data, headers={"origin": str(client.base_url).rstrip("/"), "hx-request": "true"})
        self.note(time.perf_counter() - began, answer, "review")
        with self._lock:
            if 'role="alert"' in answer.text:
                self.refused += 1
            elif answer.status_code == 200:
                self.decided += 1

    def add(self) -> None:
        """Add one report after the other until the end."""
        with open_client(self.address) as client:
            number = 0
            while time.monotonic() < self.until:
                number += 1
                self._try(lambda number=number: self._add_one(client, number))
                time.sleep(2)

    def _add_one(self, client: httpx.Client, number: int) -> None:
        form = _FORM.search(self.get(client, "/search").text)
        assert form is not None
        text = f"The harbour office said on Monday that {number + 40} men would leave for the north in early April. A second group of {number + 20} left in March."
        data = {"form-token": form.group(1), "text-1": text, "outlet-1": "Load Times", "published-1": "2031-03-15"}
        answer = client.post("/add", data=data, files={"file": ("", b"")}, headers={"origin": str(client.base_url).rstrip("/")})
        self.note(0.0, answer, "add")
        while "every 700ms" in (answer := client.get(answer.url.path)).text and time.monotonic() < self.until + 30:
            time.sleep(0.5)
        self.added += "1 report added" in answer.text

    def _try(self, step) -> None:  # type: ignore[no-untyped-def]
        try:
            step()
        except httpx.HTTPError as error:
            with self._lock:
                self.errors.append(repr(error))


def _json(line: str) -> dict[str, str]:

    return json.loads(line)  # type: ignore[no-any-return]


def measure_load(folder: Path, address: str, seconds: float, clients: int) -> None:
    with open_client(address) as client:
        wait_for(client)
    with open_case(folder) as case:
        before = len(case.ledger.reviews())
    load = Load(address, seconds)
    threads = [threading.Thread(target=load.read, args=(number,)) for number in range(clients)]
    threads += [threading.Thread(target=load.decide, args=(number,)) for number in range(2)] + [threading.Thread(target=load.add)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with open_case(folder) as case:
        logged = len(case.ledger.reviews()) - before
    print(
        f"{clients} clients for {seconds:.0f} s: {len(load.times)} answers, {len(load.errors)} errors, p95 {_p95(load.times) * 1000:.0f} ms, most {max(load.times) * 1000:.0f} ms"
    )
    print(f"  {load.added} reports added; {load.decided} decisions acknowledged, {logged} in the log, {load.refused} shown the other's first")
    for error in load.errors[:5]:
        print(f"  {error}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--clients", type=int, default=30)
    parser.add_argument("--case", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = options.case or Path(work) / "case"
        if options.case is None:
            build(folder, options.claims)
        with serving(folder) as address:
            measure_pages(address)
            measure_paint(address)
            measure_load(folder, address, options.seconds, options.clients)


if __name__ == "__main__":
    main()
