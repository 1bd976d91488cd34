"""`python -m tests.e2e.frames URL WORLD`: frame times of the graph of a world while it is panned, zoomed and pointed at.

Needs a server that runs and the path of a world in it: `observatory import` of what `python -m tests.e2e.frames --crowd`
prints makes one of 1,000 characters and 20,000 relationships. Prints the median and the 95th percentile of the frame times
in ms; `still` is what the machine gives a page that does nothing, which no picture can be better than.
"""

import asyncio
import statistics
import sys
from typing import Any

from playwright.async_api import Page, async_playwright

from tests.e2e import chromium
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.crowd import edges_csv

FRAMES = 240
TARGET_MS = 17.0
RECORD = """frames => new Promise(done => {
    const times = []; let last;
    const step = now => { if (last !== undefined) times.push(now - last); last = now;
        times.length < frames ? requestAnimationFrame(step) : done(times); };
    requestAnimationFrame(step);
})"""
GESTURES = {
    "still": "",
    "pan": "picture.pan(Math.cos(turn / 9) * 9, Math.sin(turn / 9) * 9)",
    "zoom": "picture.zoom(turn % 60 < 30 ? 1.03 : 1 / 1.03)",
    "hover": "picture.hoverOn((turn * 7) % picture.columns.ids.length)",
}
MOVE = """gesture => { const { picture } = document.querySelector(".stage"); let turn = 0;
    const step = () => { turn++; GESTURE; if (turn < 300) requestAnimationFrame(step); }; requestAnimationFrame(step); }"""


async def measured(url: str, path: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.path(), args=["--no-sandbox"])
        for name, viewport, ratio in (("desktop", DESKTOP, 1), ("phone", PHONE, 2)):
            context = await browser.new_context(base_url=url, viewport=viewport, device_scale_factor=ratio)  # type: ignore[arg-type]
            page = await context.new_page()
            await page.goto(path)
            await page.locator(".stage[data-drawn]").wait_for(timeout=60_000)
            await page.wait_for_load_state("networkidle")
            for gesture, code in GESTURES.items():
                _report(name, gesture, await _frames(page, code))
            await context.close()
        await browser.close()


async def _frames(page: Page, code: str) -> list[float]:
    await page.evaluate(MOVE.replace("GESTURE", code))
    times: Any = await page.evaluate(RECORD, FRAMES)
    return [float(time) for time in times]


def _report(screen: str, gesture: str, times: list[float]) -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    verdict = "" if p95 <= TARGET_MS else f"  (over {TARGET_MS} ms)"
    print(f"{screen:8} {gesture:6} p50 {statistics.median(times):5.1f} ms  p95 {p95:5.1f} ms{verdict}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--crowd"]:
        sys.stdout.write(edges_csv())
    else:
        asyncio.run(measured(sys.argv[1], sys.argv[2]))
