"""The command palette, keys, themes, links to share, and messages about errors."""

import asyncio
import json

from playwright.async_api import Route, expect

from tests.e2e.api import Api
from tests.e2e.conftest import DESKTOP, PHONE, Visit
from tests.e2e.places import at_rest, panel, picture, row
from tests.e2e.views import every_view

MOST_SHIFT = 0.01
"""A tenth of the limit that Web Vitals rates as good."""
WATCH_SHIFTS = """window.shifts = [];
new PerformanceObserver(list => shifts.push(...list.getEntries().filter(({ hadRecentInput }) => !hadRecentInput)
    .map(({ value, sources }) => ({ value, what: sources.map(({ node }) => node?.className ?? node?.nodeName) }))
)).observe({ type: "layout-shift", buffered: true });"""


async def test_the_palette_finds_people_and_views_by_part_of_their_name(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("combobox", name="Search people, worlds, commands")).to_be_focused()
    await page.keyboard.type("cose")
    await expect(page.get_by_role("option", name="Cosette")).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(panel(page).get_by_role("heading", name="Cosette")).to_be_visible()
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("combobox", name="Search people, worlds, commands")).to_be_focused()
    await page.keyboard.type("numbers")
    await expect(page.get_by_role("option", name="Numbers")).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="The network")).to_be_visible()


async def test_a_slash_focuses_the_search_and_a_question_mark_opens_the_shortcuts(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await expect(row(page, "Anzelma")).to_be_visible()
    await page.keyboard.press("/")
    await expect(page.get_by_role("searchbox", name="Search people")).to_be_focused()
    await page.keyboard.type("?")
    await expect(page.get_by_role("searchbox", name="Search people")).to_have_value("?")
    await page.get_by_role("searchbox", name="Search people").blur()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_the_layout_does_not_shift_when_data_arrives(visit: Visit, author: Api, sample_path: str) -> None:
    """Skeletons have the size of the content, so that a late response moves nothing."""
    moved: list[str] = []
    for viewport in (DESKTOP, PHONE):
        page = await visit("/nowhere", viewport=viewport, has_touch=viewport is PHONE)
        await page.add_init_script(WATCH_SHIFTS)
        await page.route("**/graphql", _late)
        for path in [*await every_view(author), sample_path, f"{sample_path}/numbers", f"{sample_path}?as=table"]:
            await page.goto(path)
            await at_rest(page)
            shifts = await page.evaluate("shifts")
            if sum(shift["value"] for shift in shifts) > MOST_SHIFT:
                moved.append(f"{viewport['width']} {path}: {shifts}")
    assert moved == []


async def _late(route: Route) -> None:
    await asyncio.sleep(0.15)
    await route.continue_()


async def test_a_chosen_theme_is_kept_and_the_default_is_that_of_the_system(visit: Visit) -> None:
    page = await visit(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert await page.evaluate(ground) == "rgb(13, 17, 24)"
    await page.get_by_role("button", name="Settings").click()
    await page.get_by_role("button", name="Light", exact=True).click()
    assert await page.evaluate(ground) == "rgb(248, 250, 252)"
    await page.reload()
    assert await page.evaluate(ground) == "rgb(248, 250, 252)"
    light = await visit(color_scheme="light")
    assert await light.evaluate(ground) == "rgb(248, 250, 252)"


async def test_reduced_motion_stops_all_animations(visit: Visit, sample_path: str) -> None:
    page = await visit(f"{sample_path}?do=shortcuts", reduced_motion="reduce")
    await expect(page.get_by_role("dialog")).to_be_visible()
    running = "document.getAnimations().filter(({ playState }) => playState === 'running').length"
    assert await page.evaluate(running) == 0


async def test_the_shared_link_opens_the_same_view(visit: Visit, sample_path: str) -> None:
    page = await visit(f"{sample_path}/numbers?network=EXCHANGES", permissions=["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="World: Les Misérables").click()
    await page.get_by_role("link", name="Share a link").click()
    await expect(page.get_by_role("dialog")).to_contain_text("signed in or not")
    await page.get_by_role("button", name="Copy").click()
    await expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = await page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("/numbers?network=EXCHANGES")


async def test_an_internal_error_shows_its_request_id_and_advice(visit: Visit, sample_path: str) -> None:
    page = await visit()
    broken = {"message": "Something went wrong inside.", "extensions": {"code": "INTERNAL", "id": "f00dfeedc0de"}}

    failed: list[str] = []

    async def fail_once(route: Route) -> None:
        if "query People" in (route.request.post_data or "") and not failed:
            failed.append(route.request.url)
            await route.fulfill(
                status=200, content_type="application/json", body=json.dumps({"data": None, "errors": [broken]})
            )
        else:
            await route.continue_()

    await page.route("**/graphql", fail_once)
    await page.goto(sample_path)
    alert = page.get_by_role("region", name="People").get_by_role("alert")
    await expect(alert).to_contain_text("f00dfeedc0de")
    await expect(alert).to_contain_text("Nothing was changed.")
    await alert.get_by_role("button", name="Try again").click()
    await expect(row(page, "Anzelma")).to_be_visible()


async def test_an_unreachable_server_is_reported_and_retried(visit: Visit, sample_path: str) -> None:
    page = await visit()
    await page.route("**/graphql", lambda route: route.abort())
    await page.goto(sample_path)
    await expect(page.get_by_role("alert").first).to_contain_text("The server does not answer.")
    await page.unroute("**/graphql")
    await page.get_by_role("button", name="Try again").first.click()
    await expect(page.get_by_role("heading", name="Les Misérables")).to_be_visible()


async def test_panes_are_resized_by_keys_and_keep_their_width(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    line = page.get_by_role("separator", name="Width of the list of people")
    await line.focus()
    before = int(await line.get_attribute("aria-valuenow") or 0)
    for _ in range(3):
        await page.keyboard.press("ArrowRight")
    await expect(line).to_have_attribute("aria-valuenow", str(before + 48))
    await page.reload()
    await expect(line).to_have_attribute("aria-valuenow", str(before + 48))


async def test_the_rules_of_a_world_are_shown(visit: Visit, sample_path: str) -> None:
    page = await visit(f"{sample_path}?do=rules")
    dialog = page.get_by_role("dialog", name="The rules of Les Misérables")
    await expect(dialog.get_by_role("row", name="Conflict")).to_contain_text("20 %")
    await expect(dialog).to_contain_text("What makes a character accept")


async def test_every_measure_of_a_world_is_explained(visit: Visit, sample_path: str) -> None:
    page = await visit(f"{sample_path}/numbers")
    await expect(page.get_by_role("table", name="Relationships by stage")).to_contain_text("acquaintance")
    await expect(page.locator(".measure-cards")).to_contain_text("254")
    await expect(page.locator(".measure-cards")).to_contain_text("How often two neighbours of a character are joined too.")
    ranking = page.get_by_role("region", name="Measures of characters")
    await expect(ranking.locator("tbody tr").first).to_contain_text("Valjean")
    await ranking.get_by_role("button", name="Degree", exact=True).click()
    await expect(ranking.get_by_role("columnheader", name="Degree", exact=True)).to_have_attribute("aria-sort", "ascending")


async def test_repeated_visits_do_not_leak_memory(visit: Visit, sample_path: str, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit(sample_path)
    session = await page.context.new_cdp_session(page)

    async def heap_mb() -> float:
        await session.send("HeapProfiler.collectGarbage")
        used = await session.send("Runtime.getHeapUsage")
        return float(used["usedSize"]) / 1e6

    async def visit_both(times: int) -> None:
        for _ in range(times):
            for path in (world.path, sample_path):
                await page.evaluate(
                    "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }", path
                )
                await picture(page)

    await visit_both(10)
    before = await heap_mb()
    await visit_both(40)
    assert await heap_mb() - before < 3
