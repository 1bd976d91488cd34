"""Locators of the parts of the page."""

import asyncio
from typing import Any

from playwright.async_api import Locator, Page, expect


def row(page: Page, name: str) -> Locator:
    """The row of a character in the list of people."""
    return page.locator("a.person", has_text=name).first


def entries(page: Page) -> Locator:
    """The facts in the feed, newest first."""
    return page.locator(".feed .entry")


def panel(page: Page) -> Locator:
    """The panel of the selection."""
    return page.locator(".panel")


async def picture(page: Page) -> Locator:
    """The graph, once it is drawn."""
    stage = page.locator(".stage")
    await expect(stage).to_have_attribute("data-drawn", "yes")
    return stage


async def place_of(page: Page, name: str) -> dict[str, Any]:
    """The place of a character: `x`, `y` in the world, `left`, `top` on the screen in px."""
    found: dict[str, Any] = await page.evaluate(
        """name => {
            const stage = document.querySelector(".stage"), { columns } = stage.picture;
            const index = columns.names.indexOf(name), box = stage.getBoundingClientRect();
            const [x, y] = stage.picture.toScreen(index);
            return { x: columns.x[index], y: columns.y[index], left: box.left + x, top: box.top + y };
        }""",
        name,
    )
    return found


async def lit(page: Page) -> list[str] | None:
    """The names of the highlighted characters, sorted; None if all are highlighted."""
    found: list[str] | None = await page.evaluate(
        """() => {
            const { picture } = document.querySelector(".stage"), lit = picture.highlighted();
            return lit && [...lit].map(index => picture.columns.names[index]).sort();
        }"""
    )
    return found


async def until_lit(page: Page, names: list[str] | None) -> None:
    """Waits until these names are highlighted, at most 10 s: the graph is updated after the page."""
    deadline = asyncio.get_running_loop().time() + 10
    while (found := await lit(page)) != names:
        assert asyncio.get_running_loop().time() < deadline, found
        await asyncio.sleep(0.02)


async def live(page: Page) -> None:
    await expect(page.locator(".live.on")).to_be_visible()


async def at_rest(page: Page) -> None:
    """Waits until the content of the address has loaded."""
    await expect(page.get_by_role("main").or_(page.get_by_role("dialog")).first).to_be_visible()
    await expect(page.locator("[aria-busy=true], .skeleton")).to_have_count(0)
    await page.wait_for_load_state("networkidle")
