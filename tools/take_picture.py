"""Take the README's picture, docs/picture.png, of the running app: python -m tools.take_picture."""

import io
import sys
from itertools import pairwise
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tools.browser import launch_browser
from tools.server import ROOT, serve

PICTURE = ROOT / "docs" / "picture.png"
DAY = "1917-05-17"
WIDTH, HEIGHT = 1920, 1080  # CSS pixels, one pixel of the picture each
COLOURS = 256
WAIT_MS = 30_000
MOST_SHOTS = 40
# The document's own policy forbids the text that Playwright's wait_for_function would evaluate.
PAINTED = """() => new Promise((resolve) => {
    const done = () => document.querySelector(".sheet.painted")
        && document.querySelector(".map").getAttribute("aria-busy") === "false";
    const look = () => done() ? resolve() : requestAnimationFrame(look);
    look();
})"""


def take_picture(picture: Path = PICTURE) -> None:
    """Write the app's first screen on `DAY` to `picture`, a PNG of `WIDTH` × `HEIGHT`."""
    with serve() as app, sync_playwright() as playwright:
        browser = launch_browser(playwright)
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme="light",
            reduced_motion="reduce",
        )
        page.goto(f"{app.url}/?date={DAY}")
        shot = settled(page)
        browser.close()
    # A palette keeps the file small; k-means keeps the soft tints free of bands.
    shot.quantize(COLOURS, kmeans=3).save(picture, optimize=True)


def settled(page: Page) -> Image.Image:
    """The page once its ground is painted and two shots in a row are the same.

    Raises RuntimeError where it does not come to rest.
    """
    plate = page.frame_locator(".plate-frame iframe")
    expect(plate.locator("#card-place")).not_to_be_empty(timeout=WAIT_MS)
    plate.locator("#score").evaluate(PAINTED, timeout=WAIT_MS)
    shots = (page.screenshot() for _ in range(MOST_SHOTS))
    for before, after in pairwise(shots):
        if before == after:
            return Image.open(io.BytesIO(after)).convert("RGB")
    raise RuntimeError("the page does not come to rest")


if __name__ == "__main__":
    take_picture()
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size:,} bytes\n")
