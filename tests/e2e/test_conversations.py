"""Conversations: opened, read, written in, ended."""

from typing import Any

from playwright.async_api import Locator, Page, Route, expect

from tests.e2e.api import Api, World
from tests.e2e.conftest import Visit
from tests.e2e.places import live


async def test_a_conversation_is_opened_with_invited_participants(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit(f"{world.path}/conversations", by=author)
    await page.get_by_role("link", name="Open the first conversation").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Title").fill("In the garden")
    for name in ("Marius", "Cosette"):
        await dialog.get_by_role("combobox", name="Invite").fill(name)
        await dialog.get_by_role("option", name=name).click()
    await dialog.get_by_role("button", name="Open conversation").click()
    await expect(page.get_by_role("heading", name="In the garden")).to_be_visible()
    await expect(page.get_by_text("No messages yet.")).to_be_visible()


async def test_a_message_shows_its_effects_on_the_participants(visit: Visit, author: Api) -> None:
    world, talk = await _two(author)
    page = await visit(f"{world.path}/conversations?talk={talk}", by=author)
    words = page.get_by_role("textbox", name="Message as")
    await expect(page.get_by_text("no cost")).to_be_visible()
    await words.fill("You are late.")
    await words.press("Enter")
    await expect(_lines(page)).to_have_count(1)
    await expect(page.get_by_text("costs 6 % of energy")).to_be_visible()
    await words.fill("I walked all night.")
    await words.press("Enter")
    await expect(_lines(page)).to_have_count(2)
    second = _lines(page).nth(1)
    await expect(second.locator(".words")).to_have_text("I walked all night.")
    await second.hover()
    await expect(second.get_by_label("Effects")).to_contain_text("Marius: ")


async def test_a_message_appears_in_another_browser(visit: Visit, author: Api) -> None:
    world, talk = await _two(author)
    reader = await visit(f"{world.path}/conversations?talk={talk}")
    await live(reader)
    await world.say(talk, "Marius", "Is anyone there?")
    await world.say(talk, "Cosette", "I am.")
    await expect(_lines(reader).locator(".words")).to_have_text(["Is anyone there?", "I am."])


async def test_an_unsent_message_is_kept_and_a_retry_sends_it_once(visit: Visit, author: Api) -> None:
    world, talk = await _two(author)
    page = await visit(f"{world.path}/conversations?talk={talk}", by=author)
    await live(page)
    tries: list[str] = []

    async def lose_the_first_answer(route: Route) -> None:
        if "mutation Say" not in (route.request.post_data or ""):
            await route.continue_()
            return
        tries.append(str(route.request.post_data_json["variables"]["input"]["idempotencyKey"]))
        if len(tries) == 1:
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/graphql", lose_the_first_answer)
    await page.get_by_role("textbox", name="Message as").fill("Once and no more.")
    await page.get_by_role("textbox", name="Message as").press("Enter")
    await expect(page.locator(".line.failed")).to_contain_text("The server does not answer.")
    await page.get_by_role("button", name="Send again").click()
    await expect(page.locator(".line.failed")).to_have_count(0)
    await expect(_lines(page).locator(".words")).to_have_text(["Once and no more."])
    assert len(tries) == 2
    assert len(set(tries)) == 1


async def test_earlier_messages_load_back_to_the_first(visit: Visit, author: Api) -> None:
    world, talk = await _two(author, rate=100_000)
    for number in range(60):
        await world.say(talk, "Marius", f"Message {number + 1}.")
    page = await visit(f"{world.path}/conversations?talk={talk}")
    await expect(_lines(page).last).to_contain_text("Message 60.")
    await expect(_lines(page)).to_have_count(50)
    await page.get_by_role("button", name="Earlier messages").click()
    await expect(_lines(page)).to_have_count(60)
    await expect(_lines(page).first).to_contain_text("Message 1.")


async def test_an_ended_conversation_is_marked_and_accepts_no_message(visit: Visit, author: Api) -> None:
    world, talk = await _two(author)
    page = await visit(f"{world.path}/conversations?talk={talk}", by=author)
    await page.get_by_role("button", name="End conversation").click()
    await expect(page.get_by_text("This conversation has ended.")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message as")).to_have_count(0)
    await page.get_by_role("link", name="All conversations").click()
    await expect(page.locator(".talk", has_text="At the barricade")).to_contain_text("ended")


async def test_a_message_to_a_conversation_that_ended_meanwhile_is_refused_in_place(visit: Visit, author: Api) -> None:
    world, talk = await _two(author)
    page = await visit(f"{world.path}/conversations?talk={talk}", by=author)
    await expect(page.get_by_role("textbox", name="Message as")).to_be_visible()
    await world.close(talk)
    await page.get_by_role("textbox", name="Message as").fill("Too late.")
    await page.get_by_role("textbox", name="Message as").press("Enter")
    await expect(page.locator(".line.failed").get_by_role("alert")).to_contain_text("closed")
    await page.get_by_role("button", name="Discard").click()
    await expect(page.locator(".line.failed")).to_have_count(0)


async def _two(author: Api, **wish: Any) -> tuple[World, str]:
    world = await author.world("Marius", "Cosette", **wish)
    return world, await world.conversation("At the barricade", "Marius", "Cosette")


def _lines(page: Page) -> Locator:
    return page.locator(".script .line:not(.pending)")
