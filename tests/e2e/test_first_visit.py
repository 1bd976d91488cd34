"""The size of the scripts that a first visit loads, and the list of worlds page by page."""

import re
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.e2e.api import Api
from tests.e2e.conftest import Visit

LIST_SCRIPT_MAX = 25_000
WORLD_SCRIPT_MAX = 62_000
"""In bytes, compressed, with the libraries (29,000)."""


async def test_the_list_of_worlds_loads_at_most_25_kb_of_script_and_a_world_62_kb(
    visit: Visit, api: Api, sample_path: str
) -> None:
    page = await visit("/")
    await expect(page.locator("a.card").first).to_be_visible()
    assert 0 < await _script(page, api) <= LIST_SCRIPT_MAX
    await page.goto(sample_path)
    await page.locator(".stage[data-drawn]").wait_for()
    await expect(page.get_by_text("Live", exact=True)).to_be_visible()
    assert LIST_SCRIPT_MAX < await _script(page, api) <= WORLD_SCRIPT_MAX


async def test_the_first_paint_needs_no_script_and_no_style_sheet(api: Api, sample_path: str) -> None:
    for path in ("/", sample_path):
        page = (await api.http.get(path)).text
        assert "<h1>" in page
        assert re.findall(r"<(?:script|link)[^>]*(?:src|href)=[^>]*>", page) == [
            '<link rel="icon" href="/icon.svg" type="image/svg+xml" />'
        ]
        assert "requestAnimationFrame(() => setTimeout(start))" in page


async def test_the_script_of_a_world_is_fetched_at_the_first_movement_of_the_pointer(visit: Visit) -> None:
    page = await visit("/")
    await expect(page.locator("a.card").first).to_be_visible()
    assert not [address for address in await _scripts(page) if "/world-" in address]
    async with page.expect_response("**/assets/world-*.js"):
        await page.mouse.move(300, 300)


async def test_scrolling_the_list_of_worlds_loads_the_next_page_without_repeats(visit: Visit, author: Api) -> None:
    series = f"Series {uuid4().hex[:6]}"
    names = [f"{series} {number:02}" for number in range(30)]
    for name in names:
        await author.world(title=name)
    page = await visit(f"/?order=NAME&q={series}")
    cards = page.locator(".card h2")
    await expect(cards).to_have_count(24)
    await cards.last.scroll_into_view_if_needed()
    await page.mouse.wheel(0, 5_000)
    await expect(cards).to_have_text(names)
    await cards.first.click()
    await expect(page).to_have_title(f"{names[0]} · The Character Observatory")
    await page.go_back()
    await expect(cards.first).to_have_text(names[0])
    await page.get_by_role("searchbox", name="Search worlds").fill(names[7])
    await expect(cards).to_have_text([names[7]])


async def _scripts(page: Page) -> list[str]:
    """The addresses of the scripts that the page and its workers have fetched."""
    found: list[str] = await page.evaluate(
        "[...new Set(performance.getEntriesByType('resource').map(({name}) => name).filter((name) => name.endsWith('.js')))]"
    )
    return found


async def _script(page: Page, api: Api) -> int:
    sizes = []
    for address in await _scripts(page):
        async with api.http.stream("GET", address, headers={"accept-encoding": "br"}) as answer:
            assert answer.headers["content-encoding"] == "br", address
            sizes.append(sum([len(chunk) async for chunk in answer.aiter_raw()]))
    return sum(sizes)
