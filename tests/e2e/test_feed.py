"""The feed: live, still while it is read, and complete after an outage."""

import re

import pytest
from playwright.async_api import WebSocketRoute, expect

from tests.e2e.api import Api, World
from tests.e2e.conftest import Visit
from tests.e2e.places import entries, live, panel
from tests.e2e.server import Server

SEEN = """state => {
    Object.defineProperty(document, "visibilityState", { get: () => state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
"""A headless browser reports each of its tabs as visible; this overrides the state that the page reads."""


async def test_a_new_fact_appears_at_once_and_on_top(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit(world.path)
    await live(page)
    await world.meet("Marius", "Cosette", "GREETING")
    await expect(entries(page).filter(has_text="Marius greets Cosette.")).to_be_visible()
    text = "\n".join(await entries(page).all_inner_texts())
    assert text.index("Marius greets Cosette.") < text.index("Cosette is created.") < text.index("Marius is created.")


async def test_a_scrolled_feed_does_not_move_and_counts_new_entries(visit: Visit, author: Api) -> None:
    world = await _eventful(author)
    page = await visit(world.path)
    await live(page)
    await expect(entries(page).first).to_be_visible()
    feed = page.locator(".feed")
    await feed.evaluate("element => element.scrollTo(0, 120)")
    top = await entries(page).first.inner_text()
    await world.person("Gavroche")
    await world.person("Éponine")
    await expect(page.get_by_role("button", name="2 new entries")).to_be_visible()
    assert await entries(page).first.inner_text() == top
    await page.get_by_role("button", name="2 new entries").click()
    await expect(entries(page).first).to_contain_text("Éponine is created.")


async def test_scrolling_down_loads_entries_back_to_the_creation_of_the_world(visit: Visit, author: Api) -> None:
    world = await _eventful(author, people=50)
    page = await visit(world.path)
    await expect(entries(page).first).to_be_visible()
    beginning = page.locator(".feed").get_by_text("The world begins.")
    while not await beginning.count():
        await page.locator(".feed").evaluate("element => element.scrollTo(0, element.scrollHeight)")
        await expect(page.locator(".feed .more:enabled").or_(beginning).first).to_be_visible()
    await expect(page.locator(".feed")).to_contain_text("The world begins.")


async def test_the_filter_by_type_is_kept_in_the_address(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    await world.meet("Marius", "Cosette")
    page = await visit(world.path)
    await expect(page.locator(".feed")).to_contain_text("Cosette is created.")
    await page.get_by_role("button", name="Filter the feed").click()
    await page.get_by_role("checkbox", name="Interactions").check()
    await expect(page.locator(".feed")).not_to_contain_text("is created.")
    await expect(entries(page)).to_have_count(1)
    await page.reload()
    await expect(entries(page)).to_have_count(1)


async def test_an_entry_opens_its_reasons_and_effects(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await page.get_by_role("link", name="Why: ").first.click()
    await expect(panel(page).get_by_role("heading", name="Why")).to_be_visible()
    await expect(panel(page)).to_contain_text("Chance")
    await expect(panel(page).get_by_role("table", name="Reasons and their weights")).to_be_visible()
    await expect(panel(page).locator(".effect")).to_have_count(2)


async def test_the_feed_explains_that_a_stopped_clock_stops_the_world(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette", rate=0)
    page = await visit(world.path, by=author)
    await expect(page.locator(".quiet")).to_contain_text("The clock is stopped")
    await page.locator(".quiet").get_by_role("link", name="Start the clock").click()
    await page.get_by_role("dialog").get_by_role("button", name="Real time").click()
    await page.get_by_role("dialog").get_by_role("button", name="Set the clock").click()
    await expect(page.locator(".quiet", has_text="stopped")).to_have_count(0)


async def test_after_a_crash_of_the_server_the_feed_resumes_and_counts_late_entries(
    visit: Visit, author: Api, server: Server
) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit()
    away: list[bool] = []

    async def keep_away(socket: WebSocketRoute) -> None:
        """Closes each new socket of the page while `away` is not empty."""
        if away:
            await socket.close()
        else:
            socket.connect_to_server()

    await page.route_web_socket("**/graphql", keep_away)
    await page.goto(world.path)
    await live(page)
    await expect(entries(page)).to_have_count(3)
    away.append(True)
    await server.kill()
    await expect(page.get_by_text("Offline")).to_be_visible()
    await server.start()
    await world.meet("Marius", "Cosette", "GREETING")
    await world.person("Gavroche")
    away.clear()
    await page.evaluate("dispatchEvent(new Event('online'))")
    await live(page)
    await expect(page.get_by_role("button", name="Caught up: 2 entries")).to_be_visible()
    await expect(entries(page).locator("p")).to_contain_text(
        ["Gavroche is created.", "Marius greets Cosette.", "Cosette is created.", "Marius is created.", "The world begins."]
    )
    await expect(entries(page)).to_have_count(5)


async def test_an_online_event_reconnects_at_once(visit: Visit, author: Api, server: Server) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit(world.path)
    await live(page)
    await server.kill()
    await expect(page.locator(".live.off")).to_contain_text("reconnecting in")
    await server.start()
    await page.evaluate("dispatchEvent(new Event('online'))")
    await live(page)


@pytest.mark.parametrize("reason", ["the network is back", "the tab is visible"])
async def test_a_long_wait_for_a_reconnection_ends_early(visit: Visit, author: Api, reason: str) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit()
    sockets: list[WebSocketRoute] = []
    away: list[bool] = []

    async def keep_away(socket: WebSocketRoute) -> None:
        if away:
            await socket.close()
        else:
            sockets.append(socket)
            socket.connect_to_server()

    await page.route_web_socket("**/graphql", keep_away)
    await page.goto(world.path)
    await live(page)
    away.append(True)
    if reason == "the network is back":
        await page.context.set_offline(True)
    else:
        await page.evaluate(SEEN, "hidden")
    for socket in sockets:
        await socket.close()
    await expect(page.locator(".live.off")).to_contain_text(re.compile(r"in ([5-9]|1\d) s"))
    away.clear()
    if reason == "the network is back":
        await page.context.set_offline(False)
    else:
        await page.evaluate(SEEN, "visible")
    await expect(page.locator(".live.on")).to_be_visible(timeout=3_000)


async def _eventful(author: Api, people: int = 20) -> World:
    return await author.world(*(f"Citizen {number}" for number in range(people)))
