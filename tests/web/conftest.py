"""A real server in a process of its own, a client that has shown its token, and a real Chromium where there is one."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests_support import EXAMPLES
from web_support import Client, Served, serving

from reportedly.pipeline import init_case

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
NO_BROWSER = "no Chromium is installed here (apt-get install chromium)"


@pytest.fixture(scope="session")
def timber(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example case, read with its playbook: not to be written to, but copied."""
    folder = tmp_path_factory.mktemp("timber") / "case"
    with init_case(folder, "Crews", playbooks=("labour_export",)) as case:
        case.add([EXAMPLES])
    return folder


@pytest.fixture(scope="module")
def served(timber: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A copy of the example case, served for the tests of a module, in which Ana decides."""
    folder = tmp_path_factory.mktemp("served") / "case"
    shutil.copytree(timber, folder)
    with serving(folder, "--by", "Ana") as found, found.client() as client:
        client.get("/")  # derived, so that no page loads itself again under a test
        yield found


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[Client]:
    with served.client() as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip(NO_BROWSER)
    with sync_playwright() as play:
        found = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
        )
        yield found
        found.close()


@dataclass
class Watched:
    """A page with what it wrote on its console and every address that it asked for."""

    page: Page
    console: list[str]
    asked: list[str]


@pytest.fixture
def watch(browser: Browser, served: Served) -> Iterator[Callable[..., Watched]]:
    """Opens a page of the workbench in a window of a size, and watches it."""
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1440, height: int = 900, address: str = "", **options: object) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        watched = Watched(page, [], [])
        page.on("console", lambda message: watched.console.append(f"{message.type}: {message.text}") if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: watched.console.append(f"fault: {error}"))
        page.on("request", lambda request: watched.asked.append(request.url))
        page.goto(address or served.address)
        return watched

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def own(timber: Path, tmp_path: Path) -> Iterator[tuple[Served, Path]]:
    """A copy of the example case of a test's own, served."""
    shutil.copytree(timber, tmp_path / "case")
    with serving(tmp_path / "case", "--by", "Ana") as served:
        yield served, tmp_path / "case"
