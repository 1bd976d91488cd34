"""Worlds: created, edited, shared by roles, and deleted."""

from playwright.async_api import expect

from tests.e2e.api import Api
from tests.e2e.conftest import Visit


async def test_a_new_world_opens_with_the_chosen_rules(visit: Visit, author: Api) -> None:
    page = await visit("/?do=new-world", by=author)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill("Montfermeil")
    await dialog.get_by_label("Visibility").select_option("Public")
    await dialog.get_by_label("Rules").select_option("realistic")
    await dialog.get_by_role("button", name="Create world").click()
    await expect(page.get_by_role("heading", name="Montfermeil")).to_be_visible()
    await expect(page.get_by_text("rules: realistic")).to_be_visible()
    await expect(page.get_by_text("your role: owner")).to_be_visible()


async def test_a_world_without_a_name_cannot_be_created(visit: Visit, author: Api) -> None:
    page = await visit("/?do=new-world", by=author)
    await expect(page.get_by_role("dialog").get_by_role("button", name="Create world")).to_be_disabled()


async def test_a_new_name_of_a_world_reaches_every_open_browser(visit: Visit, author: Api) -> None:
    world = await author.world("Fantine")
    watcher = await visit(world.path)
    await expect(watcher.locator(".live.on")).to_be_visible()
    page = await visit(f"{world.path}?do=world", by=author)
    await page.get_by_role("dialog").get_by_label("Name").fill("Montreuil")
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    for browser in (page, watcher):
        await expect(browser.get_by_role("button", name="World: Montreuil")).to_be_visible()


async def test_roles_are_granted_and_revoked(visit: Visit, author: Api, api: Api) -> None:
    world = await author.world("Fantine")
    friend = await api.signed_up()
    page = await visit(f"{world.path}?do=members", by=author)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("User name").fill(friend.name)
    await dialog.get_by_role("button", name="Grant role").click()
    await expect(dialog.get_by_label(f"Role of {friend.name}")).to_have_value("EDITOR")
    other = await visit(world.path, by=friend)
    await expect(other.get_by_text("your role: editor")).to_be_visible()
    await dialog.get_by_role("button", name=f"Remove {friend.name}").click()
    await expect(dialog.get_by_label(f"Role of {friend.name}")).to_have_count(0)
    await other.reload()
    await expect(other.get_by_text("your role: observer")).to_be_visible()


async def test_a_role_for_an_unknown_user_is_refused_at_its_field(visit: Visit, author: Api) -> None:
    world = await author.world()
    page = await visit(f"{world.path}?do=members", by=author)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("User name").fill("no-such-user")
    await dialog.get_by_role("button", name="Grant role").click()
    await expect(dialog.locator("small.problem")).to_be_visible()


async def test_the_last_owner_cannot_be_removed(visit: Visit, author: Api) -> None:
    world = await author.world()
    page = await visit(f"{world.path}?do=members", by=author)
    await page.get_by_role("button", name=f"Remove {author.name}").click()
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    await expect(page.get_by_label(f"Role of {author.name}")).to_have_value("OWNER")


async def test_a_stopped_clock_is_shown_and_can_be_started(visit: Visit, author: Api) -> None:
    world = await author.world("Fantine", rate=0)
    page = await visit(f"{world.path}?do=clock", by=author)
    await expect(page.locator(".clock")).to_contain_text("stopped")
    await page.get_by_role("dialog").get_by_role("button", name="×3600").click()
    await page.get_by_role("dialog").get_by_role("button", name="Set the clock").click()
    await expect(page.locator(".clock")).to_contain_text("×3600")


async def test_deleting_a_world_requires_its_name(visit: Visit, author: Api) -> None:
    world = await author.world("Fantine")
    page = await visit(f"{world.path}?do=world", by=author)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text("Delete this world").click()
    await expect(dialog.get_by_role("button", name="Delete permanently")).to_be_disabled()
    await dialog.get_by_label("to confirm").fill(world.name)
    await dialog.get_by_role("button", name="Delete permanently").click()
    await expect(page.get_by_role("heading", name="Worlds of characters who remember")).to_be_visible()
    await expect(page.locator(".card", has_text=world.name)).to_have_count(0)
