"""Axe reports no accessibility violation in any view, in both themes, on wide and narrow screens."""

import json
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.async_api import Page, expect

from tests.e2e.api import Api
from tests.e2e.conftest import DESKTOP, PHONE, Visit
from tests.e2e.places import at_rest, picture
from tests.e2e.views import every_view

AXE = next(Path(axe_playwright_python.__file__).parent.glob("**/axe.min.js")).read_text()


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["wide", "narrow"])
async def test_no_view_has_an_accessibility_violation(visit: Visit, author: Api, theme: str, viewport: dict[str, int]) -> None:
    page = await visit(by=author, color_scheme=theme, viewport=viewport, reduced_motion="reduce", bypass_csp=True)
    faults: list[str] = []
    for path in await every_view(author):
        await page.goto(path)
        await at_rest(page)
        faults += [f"{path}: {fault}" for fault in await _faults(page)]
        # Axe requires no heading where it takes the graph for a dialog.
        if not await page.get_by_role("heading", level=1).or_(page.get_by_role("dialog")).count():
            faults.append(f"{path}: no heading of the first level")
    assert faults == []


async def test_a_selected_entry_and_the_open_legend_have_no_accessibility_violation(visit: Visit, sample_path: str) -> None:
    page = await visit(sample_path, bypass_csp=True, reduced_motion="reduce")
    await picture(page)
    await page.get_by_role("button", name="Legend").click()
    await page.get_by_role("link", name="Why: ").first.click()
    await expect(page.get_by_role("heading", name="Effects")).to_be_visible()
    assert await _faults(page) == []


async def _faults(page: Page) -> list[str]:
    await page.evaluate(AXE)
    found: dict[str, Any] = json.loads(await page.evaluate("axe.run().then(result => JSON.stringify(result))"))
    return [
        f"{fault['id']} at {fault['nodes'][0]['target']}: {fault['nodes'][0]['html'][:160]}" for fault in found["violations"]
    ]
