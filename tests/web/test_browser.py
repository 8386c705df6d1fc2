"""The workbench in a real browser: what an analyst does in it, and what a page may not do."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from web_support import Served

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PAGES = (
    "/",
    "/events",
    "/plans",
    "/timeline",
    "/map",
    "/sources",
    "/reports",
    "/conflicts",
    "/gaps",
    "/leavings",
    "/changes?from=2031-03-31&to=2031-05-01",
    "/review",
    "/search?q=april",
    "/compare",
    "/add",
)
PICTURES = os.environ.get("REPORTEDLY_PICTURES")  # a folder: what the scripted analyst sees is kept there, as the pictures of the documentation are
SIZES = ((1440, 900), (820, 1180))


def _findings(page: Page) -> list[str]:
    """What axe-core calls serious or critical."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # as a debugger does: the page's own policy lets no script in
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"] if one["impact"] in ("serious", "critical")]


def _visit(page: Page, address: str) -> None:
    """Open a view and wait until it is shown: one that was not derived before says so first, and loads itself again."""
    page.goto(address)
    _await_view(page)


def _await_view(page: Page) -> None:
    expect(page.locator("h1")).not_to_have_text("Being worked out", timeout=30_000)
    page.wait_for_load_state("networkidle")  # its scripts listen


def _open_event(page: Page, served: Served) -> None:
    _visit(page, served.base + "/plans")
    page.locator("table a").first.click()


def _open_claim(page: Page, served: Served) -> None:
    _visit(page, served.base + "/reports")
    page.locator("table a").first.click()
    page.locator("#text a.said").first.click()
    page.wait_for_load_state("networkidle")  # its scripts listen


def _size(page: Page) -> int:
    """Bytes of a page with all that it loads."""
    return int(page.evaluate("performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')).reduce((sum, one) => sum + one.encodedBodySize, 0)"))


def _stands_out(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_every_page_is_whole_for_those_who_do_not_see_it_small_and_asks_no_other_machine(watch: Callable, served: Served) -> None:  # type: ignore[type-arg]
    watched = watch()
    page = watched.page
    faults: dict[str, object] = {}
    for path in PAGES:
        _visit(page, served.base + path)
        faults[path] = [*_findings(page), *(["over half a megabyte"] if _size(page) > 500_000 else []), *(["wider than its window"] if _stands_out(page) else [])]
    for name, visit in (("event", _open_event), ("claim", _open_claim)):
        visit(page, served)
        page.wait_for_load_state("networkidle")
        faults[name] = _findings(page)
    assert {name: found for name, found in faults.items() if found} == {}
    assert watched.console == []
    assert [address for address in watched.asked if not address.startswith((served.base + "/", "blob:", "data:"))] == []


def test_in_the_dark_and_on_a_tablet_too(watch: Callable, served: Served) -> None:  # type: ignore[type-arg]
    page = watch(820, 1180, color_scheme="dark").page
    faults: dict[str, object] = {}
    for path in PAGES:
        _visit(page, served.base + path)
        faults[path] = [*_findings(page), *(["wider than its window"] if _stands_out(page) else [])]
    assert {name: found for name, found in faults.items() if found} == {}


def _move_slider(page: Page, at: int) -> None:
    page.locator("form.day input[type=range]").evaluate(
        "(range, at) => { range.value = at; range.dispatchEvent(new Event('input')); range.dispatchEvent(new Event('change')); }", at
    )


def _shoot(page: Page, name: str) -> None:
    """Keep what is seen, where a folder for it is named."""
    if PICTURES:
        size = page.viewport_size or {}
        page.wait_for_load_state("networkidle")
        page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}x{size['height']}.png")


@pytest.mark.parametrize("size", SIZES, ids=["screen", "tablet"])
def test_an_analyst_finds_the_plan_checks_its_claim_rejects_a_wrong_one_moves_the_day_and_exports(size: tuple[int, int], watch: Callable, served: Served) -> None:  # type: ignore[type-arg]
    watched = watch(*size)
    page = watched.page
    expect(page.locator("figure[data-chart=slippage] svg")).to_be_visible()
    _shoot(page, "overview")
    page.locator("nav").get_by_role("link", name="Plans").click()
    expect(page.locator("figure[data-chart=slippage] svg")).to_be_visible()
    page.get_by_role("row").filter(has_text="overdue").get_by_role("link").first.click()
    page.locator("code").first.click()
    expect(page.locator("#text .chosen").first).to_be_visible()
    quote = page.locator("#panel .quote .words").inner_text()
    assert quote in page.locator("#text").inner_text()
    _shoot(page, "reader")

    _visit(page, served.base + "/review")
    page.keyboard.press("j")
    expect(page.locator("#panel .quote")).to_be_visible()
    page.keyboard.press("r")
    expect(page.locator("#panel .chip.rejected")).to_be_visible()
    _shoot(page, "review")
    page.keyboard.press("u")
    expect(page.locator("#panel .history .gone").last).to_be_visible()

    _visit(page, served.base + "/plans")
    _move_slider(page, 1)
    expect(page).to_have_url(re.compile(r"as-of=2031-03-14"))
    expect(page.locator("#content tbody tr")).not_to_have_count(0)
    _shoot(page, "plans")

    _visit(page, served.base + "/search?q=april")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "claims.csv"
    assert "april" in Path(download.value.path()).read_text(encoding="utf-8").lower()
    assert watched.console == []


def test_an_address_opens_the_same_view_again_day_and_filters_included(watch: Callable, served: Served) -> None:  # type: ignore[type-arg]
    page = watch().page
    _visit(page, served.base + "/search?q=april&status=planned&as-of=2031-04-21")
    first = page.locator("#content").inner_text()
    assert page.locator("form.day output").inner_text() == "2031-04-21"
    _visit(page, served.base + "/")
    page.go_back()
    _await_view(page)
    assert page.locator("#content").inner_text() == first
    assert "as-of=2031-04-21" in (page.locator("nav").get_by_role("link", name="Events").get_attribute("href") or "")


@pytest.mark.parametrize("chart", ["slippage", "timeline", "map", "network"])
def test_a_picture_has_a_table_behind_it_and_is_saved_as_a_file(chart: str, watch: Callable, served: Served) -> None:  # type: ignore[type-arg]
    watched = watch()
    page = watched.page
    _visit(page, served.base + {"slippage": "/plans", "timeline": "/timeline", "map": "/map", "network": "/sources"}[chart])
    expect(page.locator(f"figure[data-chart={chart}] svg").first).to_be_visible()
    _shoot(page, chart)
    assert page.locator("main table tbody tr").count() > 0
    for kind, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save as {kind}").click()
        assert begins in Path(download.value.path()).read_bytes()[:200]
    assert watched.console == []


def test_selected_words_stand_at_their_code_points_after_emoji_and_line_ends(watch: Callable, served: Served) -> None:  # type: ignore[type-arg]
    page = watch().page
    _open_claim(page, served)
    page.evaluate("""() => {
        const stretch = document.querySelector('#text span[data-start]');
        stretch.textContent = '\\u{1F6A2}\\r\\nmen left';
        const range = document.createRange();
        range.setStart(stretch.firstChild, 4); range.setEnd(stretch.firstChild, 7);
        getSelection().removeAllRanges(); getSelection().addRange(range);
    }""")
    expect(page.locator("#marked")).to_have_text("men")
    start = int(page.locator("#text span[data-start]").first.get_attribute("data-start") or 0)
    assert (page.locator("#by-hand [name=start]").input_value(), page.locator("#by-hand [name=end]").input_value()) == (str(start + 3), str(start + 6))


def test_words_of_a_claim_are_selected_by_the_mouse_without_leaving_the_page(watch: Callable, served: Served) -> None:  # type: ignore[type-arg]
    page = watch().page
    _visit(page, served.base + "/reports")
    page.locator("table a").first.click()
    page.wait_for_load_state("networkidle")
    address, box = page.url, page.locator("#text a.said").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 10, steps=6)
    page.mouse.up()
    expect(page.locator("#marked")).not_to_have_text("–")
    assert page.url == address
    start, end = (int(page.locator(f"#by-hand [name={name}]").input_value()) for name in ("start", "end"))
    assert end - start == len(page.locator("#marked").inner_text())


def test_enter_in_the_reason_decides_nothing(watch: Callable, served: Served) -> None:  # type: ignore[type-arg]
    page = watch().page
    _visit(page, served.base + "/review")
    page.keyboard.press("j")
    page.locator("#panel .note input").fill("because it names no day")
    before = page.locator("#panel").get_attribute("data-seen")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.locator("#panel").get_attribute("data-seen") == before


def test_a_day_on_which_a_report_was_not_known_is_said_and_not_shown_as_another(watch: Callable, served: Served) -> None:  # type: ignore[type-arg]
    page = watch().page
    _visit(page, served.base + "/reports")
    page.locator("table a").last.click()
    page.wait_for_load_state("networkidle")
    _move_slider(page, 0)
    expect(page.get_by_role("alert")).to_contain_text("no such report")


def test_the_slider_plays_from_day_to_day(watch: Callable, served: Served) -> None:  # type: ignore[type-arg]
    page = watch().page
    _await_view(page)
    page.locator("form.day .play").click()
    expect(page).to_have_url(re.compile(r"as-of=2031-03-12"))
    expect(page.locator("h1")).to_contain_text("2031-03-12")
    expect(page).to_have_url(re.compile(r"as-of=2031-03-14"), timeout=8000)
    page.locator("form.day .play").click()
    expect(page.locator("form.day .play")).to_have_attribute("aria-pressed", "false")
