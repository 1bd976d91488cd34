"""The people of a world: search, order, filter, details, creation and edits."""

from playwright.async_api import expect

from tests.e2e.api import Api
from tests.e2e.conftest import Visit
from tests.e2e.places import panel, row


async def test_the_search_ignores_case_and_accents(visit: Visit, author: Api) -> None:
    world = await author.world("Éponine", "Enjolras", "Cosette")
    page = await visit(world.path)
    await expect(page.locator("a.person")).to_have_count(3)
    await page.get_by_role("searchbox", name="Search people").fill("epon")
    await expect(page.locator("a.person .person-name")).to_have_text(["Éponine"])
    await page.get_by_role("searchbox", name="Search people").fill("zzz")
    await page.get_by_role("button", name="Show all people").click()
    await expect(page.locator("a.person")).to_have_count(3)


async def test_people_can_be_ordered_by_activity(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await expect(page.locator("a.person .person-name").first).to_have_text("Anzelma")
    await page.get_by_label("Order", exact=True).select_option("Most active")
    await expect(page.locator("a.person .person-name").first).to_have_text("Valjean")
    await page.reload()
    await expect(page.locator("a.person .person-name").first).to_have_text("Valjean")


async def test_inactive_people_are_marked_and_can_be_hidden(visit: Visit, author: Api) -> None:
    world = await author.world("Fantine", "Tholomyes")
    await world.change_person("Tholomyes", version=1, isActive=False)
    page = await visit(world.path)
    await expect(row(page, "Tholomyes")).to_contain_text("inactive")
    await page.get_by_role("button", name="Active", exact=True).click()
    await expect(page.locator("a.person .person-name")).to_have_text(["Fantine"])


async def test_arrow_keys_move_the_focus_along_the_people(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await row(page, "Anzelma").focus()
    await page.keyboard.press("ArrowDown")
    await expect(row(page, "Babet")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(panel(page).get_by_role("heading", name="Babet")).to_be_visible()


async def test_a_person_shows_energy_traits_and_relationships_in_both_directions(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await row(page, "Javert").click()
    await expect(panel(page).get_by_role("meter", name="Energy")).to_be_visible()
    await expect(panel(page).get_by_role("meter", name="Neuroticism")).to_be_visible()
    enemy = panel(page).locator(".tie", has_text="Valjean")
    await expect(enemy).to_contain_text("enemy")
    await expect(enemy.get_by_role("meter")).to_have_count(2)
    await panel(page).get_by_role("button", name="Feelings towards Javert").click()
    await expect(panel(page).locator(".tie", has_text="Valjean")).to_contain_text("enemy")


async def test_back_returns_to_the_person_selected_before(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await row(page, "Cosette").click()
    await expect(panel(page).get_by_role("heading", name="Cosette")).to_be_visible()
    await row(page, "Babet").click()
    await expect(panel(page).get_by_role("heading", name="Babet")).to_be_visible()
    await page.go_back()
    await expect(panel(page).get_by_role("heading", name="Cosette")).to_be_visible()


async def test_a_person_shows_history_measures_and_conversations(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await row(page, "Valjean").click()
    await panel(page).get_by_role("link", name="History").click()
    await expect(panel(page).locator(".entry").first).to_contain_text("Valjean")
    await panel(page).get_by_role("link", name="Numbers").click()
    await expect(panel(page).locator("dl.measures")).to_contain_text("Betweenness")
    await expect(panel(page).locator("dl.measures")).to_contain_text("36")
    await panel(page).get_by_role("link", name="Conversations").click()
    await expect(panel(page).get_by_text("No conversations yet.")).to_be_visible()


async def test_a_relationship_shows_both_sides_and_its_history(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path)
    await row(page, "Javert").click()
    await panel(page).locator(".tie", has_text="Valjean").click()
    await expect(panel(page)).to_contain_text("Relationship: enemies")
    await expect(panel(page).get_by_role("meter", name="Bond of Javert")).to_be_visible()
    await expect(panel(page).get_by_role("meter", name="Bond of Valjean")).to_be_visible()
    await expect(panel(page).get_by_role("img", name="Bonds over time")).to_be_visible()
    await expect(panel(page).get_by_text("People they both know")).to_be_visible()


async def test_a_person_is_created_with_traits_and_appears_in_the_list(visit: Visit, author: Api) -> None:
    world = await author.world()
    page = await visit(world.path, by=author)
    await page.get_by_role("link", name="Create the first person").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill("Gavroche")
    await dialog.get_by_label("Extraversion").fill("0.9")
    await dialog.get_by_role("button", name="Create").click()
    await expect(panel(page).get_by_role("heading", name="Gavroche")).to_be_visible()
    await expect(panel(page).get_by_role("meter", name="Extraversion")).to_have_attribute("aria-valuenow", "0.9")
    await expect(row(page, "Gavroche")).to_be_visible()


async def test_a_name_that_is_too_long_is_refused_at_its_field(visit: Visit, author: Api) -> None:
    world = await author.world()
    page = await visit(f"{world.path}?do=new-character", by=author)
    await page.get_by_role("dialog").get_by_label("Name").fill("x" * 10_000)
    await page.get_by_role("dialog").get_by_role("button", name="Create").click()
    await expect(page.get_by_role("dialog").locator("small.problem")).to_be_visible()


async def test_an_edit_of_an_outdated_version_is_refused_and_can_be_reloaded(visit: Visit, author: Api) -> None:
    world = await author.world("Fantine")
    page = await visit(f"{world.path}?do=character&of={world.people['Fantine']}", by=author)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Description").fill("A grisette of Paris.")
    await world.change_person("Fantine", version=1, description="Cosette's mother.")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_role("alert").first).to_contain_text("changed since")
    await dialog.get_by_role("button", name="Reload").click()
    await expect(dialog.get_by_label("Description")).to_have_value("Cosette's mother.")
    await dialog.get_by_label("Description").fill("Cosette's mother, of Paris.")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0)
    await row(page, "Fantine").click()
    await expect(panel(page)).to_contain_text("Cosette's mother, of Paris.")


async def test_a_deleted_person_leaves_the_list_but_stays_in_the_feed(visit: Visit, author: Api) -> None:
    world = await author.world("Fantine", "Myriel")
    await world.meet("Fantine", "Myriel")
    page = await visit(f"{world.path}?do=character&of={world.people['Fantine']}", by=author)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text("Delete Fantine").click()
    await dialog.get_by_role("button", name="Delete permanently").click()
    await expect(dialog).to_have_count(0)
    await expect(page.locator("a.person .person-name")).to_have_text(["Myriel"])
    await expect(page.locator(".feed")).to_contain_text("Fantine chats with Myriel")
    await expect(page.locator(".feed")).to_contain_text("Fantine is deleted.")
