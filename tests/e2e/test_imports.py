"""Importing a file that is dropped on the page."""

from playwright.async_api import Page, expect

from tests.e2e.api import Api
from tests.e2e.conftest import Visit
from tests.e2e.places import row

EDGES = "source,target,weight,kind\nAntigone,Ismene,3,\nAntigone,Creon,2,\nCreon,Haemon,1,\n"
DROP = """([name, text]) => {
    const files = new DataTransfer();
    files.items.add(new File([text], name));
    for (const kind of ["dragenter", "dragover", "drop"])
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


async def test_a_dropped_network_becomes_a_world(visit: Visit, api: Api) -> None:
    page = await visit(by=await api.signed_up())
    await _drop(page, "thebes.csv", EDGES)
    dialog = page.get_by_role("dialog", name="Import a file")
    await expect(dialog).to_contain_text("thebes.csv")
    await dialog.get_by_role("button", name="Import").click()
    await page.get_by_role("link", name="Open world").or_(row(page, "Antigone")).first.click()
    await expect(row(page, "Antigone")).to_be_visible()
    await expect(page.locator("a.person")).to_have_count(4)


async def test_an_invalid_file_is_refused_with_a_reason(visit: Visit, author: Api) -> None:
    page = await visit(by=author)
    await _drop(page, "broken.xml", "<TEI><text><body></TEI>")
    await page.get_by_role("dialog").get_by_role("button", name="Import").click()
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    await expect(page.get_by_role("button", name="Import")).to_be_enabled()


async def test_importing_requires_signing_in(visit: Visit) -> None:
    page = await visit()
    await expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    await _drop(page, "thebes.csv", EDGES)
    await expect(page.get_by_role("dialog")).to_contain_text("a world needs an owner")


async def _drop(page: Page, name: str, text: str) -> None:
    await expect(page.get_by_role("main")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    await page.evaluate(DROP, [name, text])
