"""Interactions: what is shown before, their effects, and how they reach other browsers."""

from playwright.async_api import expect

from tests.e2e.api import Api, World
from tests.e2e.conftest import Visit
from tests.e2e.places import entries, live, panel, picture, place_of


def _meeting(world: World, kind: str = "CHAT") -> str:
    return f"{world.path}?meet={world.people['Marius']}~{world.people['Cosette']}~{kind}"


async def test_cost_chance_and_reasons_are_shown_before_an_interaction(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit(_meeting(world), by=author)
    await expect(panel(page)).to_contain_text("Costs Marius 6 % of energy")
    await expect(panel(page).get_by_role("heading", name="%")).to_be_visible()
    await expect(panel(page).get_by_role("table", name="Reasons and their weights")).to_be_visible()
    await panel(page).get_by_text("If declined").click()
    await expect(panel(page).get_by_role("meter", name="Affinity of Marius for Cosette").last).to_be_visible()


async def test_reasons_name_the_initiator_and_the_responder(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    await world.meet("Marius", "Cosette", "CONFLICT")
    page = await visit(_meeting(world), by=author)
    reasons = panel(page).get_by_role("table", name="Reasons and their weights")
    await expect(reasons).to_contain_text("Marius began a conflict with Cosette within the last two days.")


async def test_an_interaction_reaches_feed_and_graph_of_another_browser(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    watcher = await visit(world.path)
    await picture(watcher)
    await live(watcher)
    await expect(watcher.get_by_role("application", name="2 people, 0 relationships")).to_be_visible()
    page = await visit(_meeting(world, "COLLABORATION"), by=author)
    await panel(page).get_by_role("button", name="Collaboration now").click()
    await expect(panel(page).locator(".verdict")).to_contain_text("Marius works with Cosette.")
    await expect(panel(page).get_by_role("heading", name="Effects")).to_be_visible()
    for browser in (page, watcher):
        await expect(entries(browser).filter(has_text="Marius works with Cosette.")).to_have_count(1)
    await expect(watcher.get_by_role("application", name="2 people, 2 relationships")).to_be_visible()


async def test_the_list_shows_the_energy_after_an_interaction_at_once(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit(_meeting(world, "CONFLICT"), by=author)
    await panel(page).get_by_role("button", name="Conflict now").click()
    await expect(panel(page).locator(".verdict")).to_be_visible()
    meter = page.locator("a.person", has_text="Marius").get_by_role("meter")
    await expect(meter).to_have_attribute("aria-valuetext", "80 %, well")


async def test_a_tired_character_cannot_interact_and_the_time_of_recovery_is_shown(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette", rate=0)
    for _ in range(5):
        await world.meet("Marius", "Cosette", "CONFLICT")
    page = await visit(_meeting(world, "CONFLICT"), by=author)
    await expect(panel(page)).to_contain_text("Too tired until")
    await expect(panel(page).get_by_role("button", name="Conflict now")).to_be_disabled()


async def test_a_refusal_after_sending_is_explained_in_the_panel(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit(_meeting(world), by=author)
    await expect(panel(page).get_by_role("button", name="Chat now")).to_be_enabled()
    await page.route("**/graphql", _held_back(world))
    await panel(page).get_by_role("button", name="Chat now").click()
    await expect(panel(page).get_by_role("alert")).to_contain_text("not active")


def _held_back(world: World):  # type: ignore[no-untyped-def]
    """Makes Cosette inactive just before the interaction goes through."""

    async def handle(route) -> None:  # type: ignore[no-untyped-def]
        if "mutation Interact" in (route.request.post_data or ""):
            await world.change_person("Cosette", version=1, isActive=False)
        await route.continue_()

    return handle


async def test_visitors_without_an_account_are_asked_to_sign_in(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit(_meeting(world))
    await expect(panel(page).get_by_role("link", name="Sign in to interact")).to_be_visible()
    await expect(panel(page).get_by_role("button", name="Chat now")).to_have_count(0)


async def test_an_interaction_can_be_started_with_the_keyboard_alone(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit(world.path, by=author)
    await picture(page)
    await page.keyboard.press("m")
    await page.get_by_role("combobox", name="Initiator").focus()
    await page.keyboard.type("mar")
    await expect(page.get_by_role("option", name="Marius")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.get_by_role("combobox", name="Responder").focus()
    await page.keyboard.type("cos")
    await expect(page.get_by_role("option", name="Cosette")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Chat now").focus()
    await page.keyboard.press("Enter")
    await expect(panel(page).locator(".verdict")).to_contain_text("Marius chats with Cosette.")


async def test_an_interaction_does_not_move_characters_in_the_graph(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    await world.meet("Marius", "Cosette")
    page = await visit(world.path, by=author)
    await picture(page)
    before = await place_of(page, "Marius")
    await world.meet("Cosette", "Marius", "GREETING")
    await expect(entries(page).filter(has_text="Cosette greets Marius.")).to_be_visible()
    assert await place_of(page, "Marius") == before
