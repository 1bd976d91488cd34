"""The graph of a world: drawn, used with keys, and as a table."""

import asyncio
import math

import pytest
from playwright.async_api import Page, expect

from tests.e2e.api import Api
from tests.e2e.conftest import Visit
from tests.e2e.places import lit, live, panel, picture, place_of, row, until_lit

NAMES_IN_VIEW = """(({ picture }) => picture.columns.names.filter((_, index) => picture.isInView(index)))(
    document.querySelector(".stage"))"""
NAMES_IN_PICTURE = "document.querySelector('.stage').picture.columns.names"
ALL_IN_VIEW = f"{NAMES_IN_VIEW}.length === 77"


async def test_a_click_on_a_character_selects_the_character(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await picture(page)
    place = await place_of(page, "Myriel")
    await page.mouse.click(place["left"], place["top"])
    await expect(panel(page).get_by_role("heading", name="Myriel")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("heading", name="How to read the graph")).to_be_visible()


async def test_pointing_at_a_character_shows_the_name_and_the_number_of_relationships(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await picture(page)
    place = await place_of(page, "Valjean")
    await page.mouse.move(place["left"], place["top"])
    await expect(page.locator(".tip")).to_have_text("Valjean · 36 relationships")


async def test_arrow_keys_move_the_selection_to_a_neighbour(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    stage = await picture(page)
    await stage.focus()
    await page.keyboard.press("ArrowRight")
    first = page.get_by_role("complementary").or_(panel(page)).get_by_role("heading", level=1)
    await expect(first).to_have_text("Valjean")
    await page.keyboard.press("ArrowRight")
    await expect(first).not_to_have_text("Valjean")
    await expect(page.get_by_role("status").filter(has_text="knows")).to_have_count(1)


async def test_the_relationships_are_shown_as_a_sortable_table(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await picture(page)
    await page.get_by_role("link", name="Show as a table").click()
    table = page.get_by_role("table")
    await expect(table.locator("caption")).to_contain_text("508 relationships")
    await expect(table.get_by_role("columnheader", name="Bond")).to_have_attribute("aria-sort", "descending")
    await table.get_by_role("button", name="Bond").click()
    first = table.locator("tbody tr").first
    await expect(first).to_contain_text("enemy")
    await expect(first).to_contain_text("Valjean")


async def test_the_filter_of_the_legend_is_kept_in_the_address(visit: Visit, sample_path: str) -> None:
    page = await visit(f"{sample_path}?as=table")
    await page.get_by_role("button", name="Legend").click()
    for stage in ("acquaintance", "stranger"):
        await page.get_by_role("checkbox", name=f"Show relationships of stage {stage}", exact=True).uncheck()
    await expect(page.get_by_role("table").locator("caption")).to_contain_text("82 relationships")
    await page.reload()
    await expect(page.get_by_role("table").locator("caption")).to_contain_text("82 relationships")
    await expect(page.get_by_role("button", name="Legend · filtered")).to_be_visible()


async def test_a_minimum_strength_hides_weaker_relationships(visit: Visit, sample_path: str) -> None:
    page = await visit(f"{sample_path}?as=table&strength=0.6")
    table = page.get_by_role("table")
    await table.get_by_role("button", name="Bond").click()
    bonds = await table.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert bonds
    assert all(abs(float(bond.replace("−", "-"))) >= 0.6 for bond in bonds)


async def test_the_address_restores_the_camera_in_another_browser(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await picture(page)
    place = await place_of(page, "Myriel")
    await page.mouse.move(place["left"], place["top"])
    await page.mouse.wheel(0, -600)
    await page.wait_for_url("**camera=**")
    here = await place_of(page, "Myriel")
    assert abs(here["left"] - place["left"]) < 2
    other = await visit(page.url)
    await picture(other)
    there = await place_of(other, "Myriel")
    assert abs(there["left"] - here["left"]) < 3
    assert abs(there["top"] - here["top"]) < 3


@pytest.mark.parametrize("by", ["key", "button"])
async def test_fit_all_brings_every_character_into_view(visit: Visit, sample_path: str, by: str) -> None:
    page = await visit(sample_path)
    await picture(page)
    place = await place_of(page, "Myriel")
    await page.mouse.move(place["left"], place["top"])
    await page.mouse.wheel(0, -900)
    await page.wait_for_url("**camera=**")
    near = page.url
    assert not await page.evaluate(ALL_IN_VIEW)
    if by == "key":
        await page.keyboard.press("f")
    else:
        await page.get_by_role("button", name="Fit all").click()
    await page.wait_for_url(lambda url: url != near)
    assert await page.evaluate(ALL_IN_VIEW)


@pytest.mark.parametrize("by", ["key", "button"])
async def test_the_neighbours_of_the_selection_fill_the_graph(visit: Visit, sample_path: str, by: str) -> None:
    page = await visit(sample_path)
    await picture(page)
    await row(page, "Myriel").click()
    await expect(panel(page).get_by_role("heading", name="Myriel")).to_be_visible()
    before = await _apart(page, "Myriel", "Napoleon")
    if by == "key":
        await page.keyboard.press("e")
    else:
        await page.get_by_role("button", name="Show the neighbours of the selection").click()
    await page.wait_for_url("**camera=**")
    assert await _apart(page, "Myriel", "Napoleon") > 1.5 * before
    circle = await lit(page)
    assert circle is not None
    assert len(circle) == 11
    assert set(circle) <= set(await page.evaluate(NAMES_IN_VIEW))


async def test_a_pinned_character_stays_highlighted_when_another_is_selected(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await picture(page)
    await until_lit(page, None)
    await row(page, "Napoleon").click()
    await page.get_by_role("button", name="Pin the selection").click()
    await expect(page.get_by_role("button", name="Pin the selection")).to_have_attribute("aria-pressed", "true")
    await row(page, "Isabeau").click()
    await expect(panel(page).get_by_role("heading", name="Isabeau")).to_be_visible()
    await until_lit(page, ["Isabeau", "Myriel", "Napoleon", "Valjean"])
    await page.reload()
    await picture(page)
    await until_lit(page, ["Isabeau", "Myriel", "Napoleon", "Valjean"])
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Clear pins")).to_be_visible()
    await until_lit(page, ["Myriel", "Napoleon"])
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Clear pins")).to_have_count(0)
    await until_lit(page, None)


async def test_the_key_p_pins_and_unpins_the_selection(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await picture(page)
    await row(page, "Napoleon").click()
    await page.keyboard.press("p")
    await page.wait_for_url("**pin=**")
    await page.keyboard.press("p")
    await page.wait_for_url(lambda url: "pin=" not in url)


async def test_the_path_between_two_people_is_listed_step_by_step(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await row(page, "Napoleon").click()
    await panel(page).get_by_role("link", name="Path to").click()
    await panel(page).get_by_role("combobox", name="To").fill("Cosette")
    await panel(page).get_by_role("option", name="Cosette").click()
    await expect(panel(page).locator(".way .name")).to_have_text(["Napoleon", "Myriel", "Valjean", "Cosette"])
    await panel(page).get_by_role("button", name="Strongest relationships").click()
    await expect(panel(page).locator(".way .name").last).to_have_text("Cosette")


async def test_a_new_character_is_placed_and_all_others_keep_their_place(visit: Visit, author: Api) -> None:
    world = await author.world("Fantine", "Myriel", "Javert")
    await world.meet("Fantine", "Myriel")
    page = await visit(world.path)
    await picture(page)
    await live(page)
    before = {name: await place_of(page, name) for name in ("Fantine", "Myriel", "Javert")}
    await world.person("Cosette")
    await world.meet("Cosette", "Fantine")
    await expect(page.get_by_role("application", name="4 people")).to_be_visible()
    for name, place in before.items():
        now = await place_of(page, name)
        assert (now["x"], now["y"]) == (place["x"], place["y"])


async def test_characters_created_while_the_page_is_busy_are_drawn(visit: Visit, author: Api) -> None:
    world = await author.world("Marius", "Cosette")
    page = await visit(world.path)
    await picture(page)
    await live(page)
    busy = asyncio.create_task(page.evaluate("{ const begin = performance.now(); while (performance.now() - begin < 2000); }"))
    for name in ("Éponine", "Gavroche", "Azelma"):
        await asyncio.sleep(0.3)
        await world.person(name)
    await busy
    await page.wait_for_function(f"{NAMES_IN_PICTURE}.length === 5")
    assert await page.evaluate(NAMES_IN_PICTURE) == ["Marius", "Cosette", "Éponine", "Gavroche", "Azelma"]


async def test_an_empty_world_offers_to_create_the_first_person(visit: Visit, author: Api) -> None:
    world = await author.world()
    page = await visit(world.path, by=author)
    await expect(page.locator(".stage-room").get_by_text("This world has no people yet.")).to_be_visible()
    await expect(page.locator(".stage-room").get_by_role("link", name="Create the first person")).to_be_visible()


async def _apart(page: Page, one: str, other: str) -> float:
    a, b = await place_of(page, one), await place_of(page, other)
    return math.hypot(a["left"] - b["left"], a["top"] - b["top"])
