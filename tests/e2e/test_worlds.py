"""The list of worlds, and addresses that exist or do not."""

from playwright.async_api import expect

from tests.e2e.api import Api
from tests.e2e.conftest import Visit


async def test_a_first_visitor_reads_an_introduction_and_opens_the_sample_world(visit: Visit, api: Api) -> None:
    page = await visit("/?order=NAME")
    await expect(page.get_by_role("heading", name="Worlds of characters who remember")).to_be_visible()
    await page.get_by_role("link", name="Les Misérables").click()
    await expect(page).to_have_title("Les Misérables · The Character Observatory")
    await expect(page.get_by_role("heading", name="How to read the graph")).to_be_visible()
    await expect(page.get_by_text("Click a person to see their friends and enemies.")).to_be_visible()


async def test_a_hint_that_was_dismissed_does_not_come_back(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    hint = page.get_by_text("Click a person to see their friends and enemies.")
    await page.get_by_role("button", name="Dismiss: Click a person").click()
    await expect(hint).to_have_count(0)
    await page.reload()
    await expect(page.get_by_text("Open an entry of the feed to see why it happened.")).to_be_visible()
    await expect(hint).to_have_count(0)


async def test_worlds_are_found_by_a_part_of_their_name(visit: Visit, author: Api) -> None:
    world = await author.world()
    page = await visit("/?order=NAME")
    await page.get_by_role("searchbox", name="Search worlds").fill(world.name[-6:])
    await expect(page.locator(".card h2")).to_have_text([world.name])
    await page.get_by_role("searchbox", name="Search worlds").fill("no such world")
    await expect(page.get_by_text("No matches.")).to_be_visible()
    await page.get_by_role("button", name="Show all worlds").click()
    await expect(page.get_by_role("link", name="Les Misérables")).to_be_visible()


async def test_an_unknown_address_is_reported(visit: Visit) -> None:
    page = await visit("/somewhere/else")
    await expect(page.get_by_role("heading", name="This page does not exist")).to_be_visible()
    await page.get_by_role("link", name="All worlds", exact=True).click()
    await expect(page.get_by_role("heading", name="Worlds of characters who remember")).to_be_visible()


async def test_a_private_world_looks_like_a_world_that_does_not_exist(visit: Visit, author: Api) -> None:
    world = await author.world(visibility="PRIVATE")
    page = await visit(world.path)
    await expect(page.get_by_role("heading", name="This page does not exist")).to_be_visible()


async def test_a_missing_file_is_answered_with_404_and_not_with_the_page(api: Api) -> None:
    for path in ("/llms.txt", "/assets/none-12345678.js", "/.well-known/ai-catalog.json", "/.well-known/anything"):
        answer = await api.http.get(path)
        assert answer.status_code == 404, path
        assert "text/html" not in answer.headers["content-type"]
    assert (await api.http.get("/worlds/whatever/numbers")).status_code == 200


async def test_the_content_security_policy_allows_only_scripts_of_the_page(api: Api) -> None:
    answer = await api.http.get("/", headers={"accept-encoding": "br"})
    policy = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["content-encoding"] == "br"
