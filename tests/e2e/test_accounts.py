"""Signing up, in and out, and private worlds."""

from uuid import uuid4

from playwright.async_api import expect

from tests.e2e.api import PASSWORD, Api
from tests.e2e.conftest import Visit
from tests.e2e.places import row
from tests.e2e.server import Server


async def test_signing_up_also_signs_in(visit: Visit) -> None:
    name = f"fantine-{uuid4().hex[:6]}"
    page = await visit("/?do=sign-up")
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign up").click()
    await expect(page.get_by_role("button", name=f"Signed in as {name}")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name=f"Signed in as {name}")).to_be_visible()


async def test_a_name_that_is_taken_is_refused_at_its_field(visit: Visit, author: Api) -> None:
    page = await visit("/?do=sign-up")
    await page.get_by_label("Name").fill(author.name)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign up").click()
    await expect(page.locator("label", has_text="Name").locator(".problem")).to_be_visible()
    await expect(page.get_by_label("Name")).to_have_attribute("aria-invalid", "true")


async def test_a_wrong_password_is_refused_and_the_form_stays_filled(visit: Visit, author: Api) -> None:
    page = await visit("/?do=sign-in")
    await page.get_by_label("Name").fill(author.name)
    await page.get_by_label("Password").fill("not the password")
    await page.get_by_role("dialog").get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("name or the password is wrong")
    await expect(page.get_by_label("Name")).to_have_value(author.name)


async def test_signing_in_returns_to_the_view_before(visit: Visit, author: Api, sample_path: str) -> None:
    page = await visit(f"{sample_path}/numbers")
    await page.get_by_role("link", name="Sign in", exact=True).click()
    await page.get_by_label("Name").fill(author.name)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("dialog").get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("button", name=f"Signed in as {author.name}")).to_be_visible()
    assert page.url.endswith("/numbers")


async def test_signing_out_removes_the_cookies(visit: Visit, author: Api) -> None:
    page = await visit(by=author)
    await page.get_by_role("button", name=f"Signed in as {author.name}").click()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    assert await page.context.cookies() == []


async def test_the_link_printed_at_the_start_signs_in_once(visit: Visit, server: Server) -> None:
    page = await visit()
    await page.goto(server.link)
    await expect(page.get_by_role("button", name="Signed in as host")).to_be_visible()
    assert "token" not in page.url
    stranger = await visit()
    answer = await stranger.goto(server.link)
    assert answer is not None
    assert answer.status == 410


async def test_a_private_world_is_visible_to_members_only(visit: Visit, author: Api, api: Api) -> None:
    world = await author.world("Fantine", visibility="PRIVATE")
    friend = await api.signed_up()
    page = await visit(world.path, by=friend)
    await expect(page.get_by_role("heading", name="This page does not exist")).to_be_visible()
    await world.grant(friend.name, "OBSERVER")
    await page.reload()
    await expect(row(page, "Fantine")).to_be_visible()
