"""On a phone: one pane at a time, the selection as a sheet, everything narrow enough and large enough to touch."""

import math

import pytest
from playwright.async_api import expect

from tests.e2e.api import Api
from tests.e2e.conftest import PHONE, Visit
from tests.e2e.places import at_rest, panel, picture, place_of, row
from tests.e2e.views import every_view

TOO_SMALL = """least => {
    const isInSentence = element => element.matches("a") && [...element.parentElement.childNodes]
        .some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    const isMark = element => element.matches("[type=checkbox], [type=radio], [type=file]");
    const touched = element => isMark(element) ? element.closest("label") : element;
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=option]")]
        .filter(element => element.checkVisibility({ contentVisibilityAuto: true }))
        .filter(element => !element.matches(".skip") && !isInSentence(element))
        .map(element => [element, touched(element).getBoundingClientRect()])
        .filter(([, box]) => Math.min(Math.round(box.width), Math.round(box.height)) < least)
        .map(([element, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${element.outerHTML.slice(0, 120)}`);
}"""
"""Lists controls smaller than `least` px; links inside a sentence may be as high as its line, as WCAG 2.5.5 allows."""


async def test_the_bottom_bar_shows_one_pane_at_a_time(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path, viewport=PHONE, has_touch=True)
    await picture(page)
    bar = page.get_by_role("navigation", name="Panes")
    await bar.get_by_role("link", name="People").click()
    await expect(row(page, "Anzelma")).to_be_visible()
    await expect(page.locator(".stage")).to_have_count(0)
    await bar.get_by_role("link", name="Feed").click()
    await expect(page.locator(".feed .entry").first).to_be_visible()
    await bar.get_by_role("link", name="Conversations").click()
    await expect(page.get_by_text("No conversations yet.")).to_be_visible()


async def test_a_touch_opens_a_sheet_with_three_heights(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path, viewport=PHONE, has_touch=True)
    await picture(page)
    place = await place_of(page, "Myriel")
    await page.touchscreen.tap(place["left"], place["top"])
    sheet = page.get_by_role("region", name="Selection")
    await expect(panel(page).get_by_role("heading", name="Myriel")).to_be_visible()
    handle = sheet.get_by_role("button", name="Height of the sheet")
    await expect(handle).to_have_accessible_name("Height of the sheet: half")
    await handle.press("ArrowUp")
    await expect(handle).to_have_accessible_name("Height of the sheet: full")
    await handle.press("ArrowDown")
    await handle.press("ArrowDown")
    await expect(handle).to_have_accessible_name("Height of the sheet: low")
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


async def test_controls_are_at_least_44_px_large_in_every_view(visit: Visit, author: Api) -> None:
    page = await visit(by=author, viewport=PHONE, has_touch=True, is_mobile=True)
    small: list[str] = []
    for path in await every_view(author):
        await page.goto(path)
        await at_rest(page)
        small += [f"{path}: {one}" for one in await page.evaluate(TOO_SMALL, 44)]
    assert small == []


async def test_controls_in_menus_are_at_least_44_px_large(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path, viewport=PHONE, has_touch=True, is_mobile=True)
    await picture(page)
    for opener in ("Legend", "Settings", "World: Les Misérables"):
        await page.get_by_role("button", name=opener).tap()
        assert await page.evaluate(TOO_SMALL, 44) == [], opener
        await page.get_by_role("button", name=opener).tap()
    await page.goto(f"{sample_path}?pane=feed")
    await page.get_by_role("button", name="Filter the feed").tap()
    assert await page.evaluate(TOO_SMALL, 44) == []


async def test_a_pinch_zooms_in_around_its_centre(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path, viewport=PHONE, has_touch=True, is_mobile=True)
    await picture(page)
    session = await page.context.new_cdp_session(page)
    before = {name: await place_of(page, name) for name in ("Myriel", "Fantine")}
    x, y = before["Myriel"]["left"], before["Myriel"]["top"]

    async def touch(kind: str, apart: float) -> None:
        fingers = [] if kind == "touchEnd" else [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    await touch("touchStart", 20)
    for apart in range(24, 64, 4):
        await touch("touchMove", apart)
    await touch("touchEnd", 0)
    await page.wait_for_url("**camera=**")
    after = {name: await place_of(page, name) for name in before}
    assert _apart(after) == pytest.approx(3 * _apart(before), rel=0.05)
    assert after["Myriel"]["left"] == pytest.approx(x, abs=3)
    assert after["Myriel"]["top"] == pytest.approx(y, abs=3)
    await expect(page.get_by_role("region", name="Selection")).to_have_count(0)


def _apart(places: dict[str, dict[str, float]]) -> float:
    one, other = places.values()
    return math.hypot(one["left"] - other["left"], one["top"] - other["top"])


async def test_an_interaction_can_be_started_on_a_phone(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    pair = f"{world.people['Marius']}~{world.people['Cosette']}"
    page = await visit(f"{world.path}?meet={pair}~GREETING", by=author, viewport=PHONE, has_touch=True)
    await page.get_by_role("button", name="Greeting now").tap()
    await expect(panel(page).locator(".verdict")).to_contain_text("Marius greets Cosette.")
