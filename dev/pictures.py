"""Take the pictures of the documentation: python -m dev.pictures.

docs/picture.png is of the running app; docs/borders-YEAR.png are of map documents whose one
stay is Vienna, so that the whole of Europe is in view and no road lies over its states.
"""

import io
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Frame, Page, ViewportSize, expect, sync_playwright

from dev.browser import launch_browser
from dev.server import ROOT, serve
from geo.document.build import build_document
from geo.loading import DESCRIPTION_NAME, load_journey

PICTURE = ROOT / "docs" / "picture.png"
DAY = "1917-05-17"
WIDTH, HEIGHT = 1920, 1080  # CSS pixels, one pixel of the picture each
COLOURS = 256
BORDERS = (
    "1879-06-01", "1900-06-01", "1914-08-05", "1918-03-20", "1925-06-01", "1938-11-15",
    "1940-08-20",
)  # fmt: skip
BORDERS_SIZE = (1366, 900)
VIENNA = """id,place,country,arrived,departed,title,latitude,longitude
vienna,Vienna,AT,1879-01-01,1940-12-31,Europe from its middle,48.2,16.4
"""
EUROPE = """title = "Borders of the time"
subtitle = "Europe, 1879–1940"
captive_phases = []
"""
WAIT_MS = 30_000
MOST_SHOTS = 40
# The document's own policy forbids the text that Playwright's wait_for_function would evaluate.
PAINTED = """() => new Promise((resolve) => {
    const done = () => document.querySelector(".world.painted")
        && document.querySelector(".map").getAttribute("aria-busy") === "false";
    const look = () => done() ? resolve() : requestAnimationFrame(look);
    look();
})"""


def take_pictures() -> list[Path]:
    """Write every picture, a PNG, and return their paths."""
    with sync_playwright() as playwright:
        browser = launch_browser(playwright)
        taken = [take_picture(browser), *take_borders(browser)]
        browser.close()
    return taken


def take_picture(browser: Browser) -> Path:
    """Write the app's first screen on `DAY`."""
    with serve() as app:
        page = quiet_page(browser, WIDTH, HEIGHT)
        page.goto(f"{app.url}/?date={DAY}")
        page.locator(".map-frame iframe").wait_for()
        return save(settled(page, page.frames[1]), PICTURE)


def take_borders(browser: Browser) -> list[Path]:
    """Write a picture of the states on each day of `BORDERS`."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "places.csv"
        table.write_text(VIENNA, encoding="utf-8")
        table.with_name(DESCRIPTION_NAME).write_text(EUROPE, encoding="utf-8")
        loaded = load_journey(table)
        file = table.with_suffix(".html")
        file.write_text(build_document(loaded.journey, loaded.description), encoding="utf-8")
        taken = []
        for day in BORDERS:
            page = quiet_page(browser, *BORDERS_SIZE)
            page.goto(f"{file.as_uri()}#{day}")
            picture = PICTURE.with_name(f"borders-{day[:4]}.png")
            taken.append(save(settled(page, page.main_frame), picture))
        return taken


def quiet_page(browser: Browser, width: int, height: int) -> Page:
    """A page in which nothing moves by itself."""
    size = ViewportSize(width=width, height=height)
    return browser.new_page(viewport=size, color_scheme="light", reduced_motion="reduce")


def save(shot: Image.Image, picture: Path) -> Path:
    """Write a picture. A palette keeps it small; k-means keeps its soft tints free of bands."""
    shot.quantize(COLOURS, kmeans=3).save(picture, optimize=True)
    return picture


def settled(page: Page, document: Frame) -> Image.Image:
    """The page once the basemap of its document is painted and two shots in a row are the same.

    Raises RuntimeError where it does not come to rest.
    """
    expect(document.locator("#card-place")).not_to_be_empty(timeout=WAIT_MS)
    document.locator("#timeline").evaluate(PAINTED, timeout=WAIT_MS)
    shots = (page.screenshot() for _ in range(MOST_SHOTS))
    for before, after in pairwise(shots):
        if before == after:
            return Image.open(io.BytesIO(after)).convert("RGB")
    raise RuntimeError("the page does not come to rest")


if __name__ == "__main__":
    for picture in take_pictures():
        sys.stdout.write(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes\n")
