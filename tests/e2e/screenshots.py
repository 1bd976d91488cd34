"""`python -m tests.e2e.screenshots URL LINK`: takes the pictures of docs/tour.md from a server with the sample world.

LINK is what `observatory link` prints: it signs in as the host, who may start interactions in the sample world.
The sample world is not changed; the conversation takes place in a new world.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

from tests.e2e import chromium
from tests.e2e.api import Api, World
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.places import picture

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images"
SCRIPT = [
    ("Éponine", "You are still awake."),
    ("Gavroche", "So are you. The street needs a watchman."),
    ("Éponine", "Go home. It is no place for a child."),
    ("Gavroche", "Home! That is a good one. I have the whole elephant to myself, and you send me home."),
    ("Éponine", "I came by the Rue Plumet. There was a light."),
    ("Gavroche", "There is always a light for some people."),
]
PAIR = """query ($id: ID!) { ecosystem(id: $id) {
    one: characters(first: 1, filter: { query: "Valjean" }) { edges { node { id } } }
    two: characters(first: 1, filter: { query: "Javert" }) { edges { node { id } } } } }"""


async def make(url: str, link: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    api = Api(url)
    sample = await _sample(api)
    pair = await api.ask(PAIR, id=sample)
    valjean, javert = (pair["ecosystem"][name]["edges"][0]["node"]["id"] for name in ("one", "two"))
    street, talk = await _conversation(api)
    path = f"/worlds/{sample}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.path(), args=["--no-sandbox"])
        async with _page(browser, url, "dark", link=link) as page:
            await _shot(page, "/", "worlds")
            await _shot(page, path, "world", is_drawn=True)
            await _shot(page, f"{path}?who={valjean}", "character", is_drawn=True)
            await _shot(page, f"{path}?tie={javert}~{valjean}", "relationship", is_drawn=True)
            await _shot(page, f"{path}?meet={javert}~{valjean}~DISCUSSION", "meeting", is_drawn=True)
            await _shot(page, f"{path}?do=palette", "palette", is_drawn=True)
        async with _page(browser, url, "light") as page:
            await _shot(page, path, "world-light", is_drawn=True)
            await _shot(page, f"{path}/numbers", "numbers")
            await _shot(page, f"{path}?as=table", "table")
            await _shot(page, f"{street.path}/conversations?talk={talk}", "conversation")
        async with _page(browser, url, "dark", viewport=PHONE, ratio=2) as page:
            await _shot(page, path, "phone-world", is_drawn=True)
            await _shot(page, f"{path}?who={valjean}", "phone-character", is_drawn=True)
            await _shot(page, f"{path}?pane=feed", "phone-feed")
        await browser.close()


async def _sample(api: Api) -> str:
    found = await api.ask('{ ecosystems(first: 1, filter: { query: "Les Mis" }) { edges { node { id } } } }')
    return str(found["ecosystems"]["edges"][0]["node"]["id"])


async def _conversation(api: Api) -> tuple[World, str]:
    author = await api.signed_up()
    world = await author.world("Éponine", "Gavroche", title="A street in Paris", rate=100)
    talk = await world.conversation("Before the barricade", "Éponine", "Gavroche")
    for name, text in SCRIPT:
        await world.say(talk, name, text)
    return world, talk


@asynccontextmanager
async def _page(
    browser: Browser, url: str, theme: str, *, viewport: dict[str, int] = DESKTOP, ratio: int = 1, link: str = ""
) -> AsyncIterator[Page]:
    context = await browser.new_context(
        base_url=url,
        viewport=viewport,  # type: ignore[arg-type]
        device_scale_factor=ratio,
        color_scheme=theme,  # type: ignore[arg-type]
        has_touch=ratio > 1,
    )
    page = await context.new_page()
    if link:
        await page.goto(link)
    yield page
    await context.close()


async def _shot(page: Page, path: str, name: str, *, is_drawn: bool = False) -> None:
    await page.goto(path)
    if is_drawn:
        await picture(page)
    await page.wait_for_load_state("networkidle")
    await expect(page.locator("[aria-busy=true], .skeleton")).to_have_count(0)
    await page.evaluate("document.fonts.ready")
    await page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
    print(FOLDER / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(make(sys.argv[1], sys.argv[2]))
