"""The feed: live, patient with readers, and whole again after an outage."""

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
"""A browser without a head shows all of its tabs at once; the page is told otherwise."""


async def test_what_happens_is_there_at_once_newest_first(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit(world.path)
    await live(page)
    await world.meet("Marius", "Cosette", "GREETING")
    await expect(entries(page).filter(has_text="Marius greets Cosette.")).to_be_visible()
    told = "\n".join(await entries(page).all_inner_texts())
    assert told.index("Marius greets Cosette.") < told.index("Cosette comes into") < told.index("Marius comes into")


async def test_it_holds_still_while_somebody_reads_and_says_how_many_are_new(visit: Visit, author: Api) -> None:
    world = await _eventful(author)
    page = await visit(world.path)
    await live(page)
    await expect(entries(page).first).to_be_visible()
    feed = page.locator(".feed")
    await feed.evaluate("element => element.scrollTo(0, 120)")
    top = await entries(page).first.inner_text()
    await world.person("Gavroche")
    await world.person("Éponine")
    await expect(page.get_by_role("button", name="2 new facts")).to_be_visible()
    assert await entries(page).first.inner_text() == top
    await page.get_by_role("button", name="2 new facts").click()
    await expect(entries(page).first).to_contain_text("Éponine is created.")


async def test_it_goes_on_to_the_beginning_of_the_world(visit: Visit, author: Api) -> None:
    world = await _eventful(author, people=50)
    page = await visit(world.path)
    await expect(entries(page).first).to_be_visible()
    beginning = page.locator(".feed").get_by_text("The world begins.")
    while not await beginning.count():
        await page.locator(".feed").evaluate("element => element.scrollTo(0, element.scrollHeight)")
        await expect(page.locator(".feed .more:enabled").or_(beginning).first).to_be_visible()
    await expect(page.locator(".feed")).to_contain_text("The world begins.")


async def test_it_is_filtered_by_type_and_the_address_keeps_it(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    await world.meet("Marius", "Cosette")
    page = await visit(world.path)
    await expect(page.locator(".feed")).to_contain_text("Cosette is created.")
    await page.get_by_role("button", name="Filter the feed").click()
    await page.get_by_role("checkbox", name="Interactions").check()
    await expect(page.locator(".feed")).not_to_contain_text("comes into the world")
    await expect(entries(page)).to_have_count(1)
    await page.reload()
    await expect(entries(page)).to_have_count(1)


async def test_every_entry_says_why_when_asked(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await page.get_by_role("link", name="Why: ").first.click()
    await expect(panel(page).get_by_role("heading", name="Why")).to_be_visible()
    await expect(panel(page)).to_contain_text("Chance")
    await expect(panel(page).get_by_role("table", name="Reasons and their weights")).to_be_visible()
    await expect(panel(page).locator(".effect")).to_have_count(2)


async def test_it_says_why_nothing_happens(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette", rate=0)
    page = await visit(world.path, by=author)
    await expect(page.locator(".quiet")).to_contain_text("The clock is stopped")
    await page.locator(".quiet").get_by_role("link", name="Start it").click()
    await page.get_by_role("dialog").get_by_role("button", name="Real time").click()
    await page.get_by_role("dialog").get_by_role("button", name="Set the clock").click()
    await expect(page.locator(".quiet", has_text="stopped")).to_have_count(0)


async def test_after_a_killed_server_it_resumes_and_says_how_many_it_caught_up(
    visit: Visit, author: Api, server: Server
) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit()
    away: list[bool] = []

    async def keep_away(socket: WebSocketRoute) -> None:
        """As long as it is away, no socket of this page reaches the server."""
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
    await expect(page.get_by_text("Stale")).to_be_visible()
    await server.start()
    await world.meet("Marius", "Cosette", "GREETING")
    await world.person("Gavroche")
    away.clear()
    await page.evaluate("dispatchEvent(new Event('online'))")
    await live(page)
    await expect(page.get_by_role("button", name="Caught up 2 facts")).to_be_visible()
    await expect(entries(page).locator("p")).to_contain_text(
        ["Gavroche comes", "Marius greets Cosette.", "Cosette comes", "Marius comes", "The world begins."]
    )
    await expect(entries(page)).to_have_count(5)


async def test_the_wait_for_the_server_can_be_ended(visit: Visit, author: Api, server: Server) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit(world.path)
    await live(page)
    await server.kill()
    await expect(page.locator(".live.off")).to_contain_text("reconnecting in")
    await server.start()
    await page.evaluate("dispatchEvent(new Event('online'))")
    await live(page)


@pytest.mark.parametrize("reason", ["the network is back", "the tab is looked at"])
async def test_a_long_wait_is_ended_by_a_reason_to_try(visit: Visit, author: Api, reason: str) -> None:
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
