"""On a phone: one pane at a time, the selection as a sheet, nothing too wide or too small to touch."""

from playwright.async_api import expect

from tests.e2e.api import Api
from tests.e2e.conftest import PHONE, Visit
from tests.e2e.places import panel, picture, place_of, row


async def test_panes_come_one_at_a_time_from_the_bar_below(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path, viewport=PHONE, has_touch=True)
    await picture(page)
    bar = page.get_by_role("navigation", name="Panes")
    await bar.get_by_role("link", name="People").click()
    await expect(row(page, "Anzelma")).to_be_visible()
    await expect(page.locator(".stage")).to_have_count(0)
    await bar.get_by_role("link", name="Feed").click()
    await expect(page.locator(".feed .entry").first).to_be_visible()
    await bar.get_by_role("link", name="Talk").click()
    await expect(page.get_by_text("Nobody has talked here yet.")).to_be_visible()


async def test_a_touch_opens_the_sheet_which_has_three_heights(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path, viewport=PHONE, has_touch=True)
    await picture(page)
    place = await place_of(page, "Myriel")
    await page.touchscreen.tap(place["left"], place["top"])
    sheet = page.get_by_role("region", name="What is selected")
    await expect(panel(page).get_by_role("heading", name="Myriel")).to_be_visible()
    handle = sheet.get_by_role("button", name="Height of the sheet")
    await expect(handle).to_have_accessible_name("Height of the sheet: half")
    await handle.press("ArrowUp")
    await expect(handle).to_have_accessible_name("Height of the sheet: full")
    await handle.press("ArrowDown")
    await handle.press("ArrowDown")
    await expect(handle).to_have_accessible_name("Height of the sheet: glimpse")
    await sheet.get_by_role("link", name="Close").click()
    await expect(sheet).to_have_count(0)


async def test_nothing_is_wider_than_the_screen(visit: Visit, sample_path: str) -> None:
    for width in (320, 390):
        page = await visit(sample_path, viewport={"width": width, "height": 700}, has_touch=True)
        for path in ("/", sample_path, f"{sample_path}/numbers", f"{sample_path}?pane=people", f"{sample_path}?pane=feed"):
            await page.goto(path)
            await expect(page.get_by_role("main")).to_be_visible()
            await page.wait_for_load_state("networkidle")
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, path


async def test_what_is_touched_is_large_enough(visit: Visit, sample_path: str) -> None:
    page = await visit(f"{sample_path}?pane=people", viewport=PHONE, has_touch=True)
    await expect(row(page, "Anzelma")).to_be_visible()
    heights = await page.evaluate(
        """[...document.querySelectorAll("button, a.button, a.person, .bottom-bar a")]
            .map(element => element.getBoundingClientRect()).filter(box => box.width > 1).map(box => Math.round(box.height))"""
    )
    assert heights
    assert min(heights) >= 40


async def test_two_are_let_meet_on_a_phone(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    pair = f"{world.people['Marius']}~{world.people['Cosette']}"
    page = await visit(f"{world.path}?meet={pair}~GREETING", by=author, viewport=PHONE, has_touch=True)
    await page.get_by_role("button", name="Greeting now").tap()
    await expect(panel(page).locator(".verdict")).to_contain_text("Marius greets Cosette.")
