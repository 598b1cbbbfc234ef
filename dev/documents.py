"""Map documents for the browser tests, and what a test asks of an open one."""

import json
from datetime import date
from pathlib import Path

from playwright.sync_api import Frame, Page

from geo.document.build import build_document
from geo.document.data import EPOCH
from geo.loading import load_journey

PLACES = Path(__file__).parent.parent / "data" / "places.csv"
HEADER = "id,place,country,kind,role,phase,arrived,departed,title,texts,sources,latitude,longitude"
PARIS = "paris-1902,Paris,FR,settlement,stop,youth,1902-11-01,1902-11-20,A talk,,a book,48.85,2.35"
LONDON = (
    "london-1902,London,GB,settlement,stop,youth,1902-12-01,1902-12-20,A flat,,a book,51.51,-0.13"
)
MENTION = "oslo,Oslo,NO,settlement,mentioned,,,,Named once,,a book,59.91,10.75"
AREA = "france-1902,France,FR,country,stop,youth,1902-11-01,1902-12-20,A land,,a book,47,2.5"
PAUSE_MS = 15_000

# All that was asked of the worker is on the page, the coarse world below it too.
PAINTED = """
    document.querySelector(".world.painted")
    && document.querySelector(".map").getAttribute("aria-busy") === "false"
"""
LAID_OUT = "!app.layers.labels.pending && !app.map._animatingZoom && !app.map._panAnim?._inProgress"
# Whether the basemap is painted at nine points of the map, read back from its canvases. On a
# phone's first view the top of the map lies beyond the pole, under the title.
BASEMAP_PAINTED = """() => {
    const map = document.querySelector(".leaflet-container").getBoundingClientRect();
    const basemap = ".leaflet-tile-loaded, .world.painted, .states, .world-states";
    const canvases = [...document.querySelectorAll(basemap)];
    const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const painted = (x, y) => canvases.some((canvas) => {
        const box = canvas.getBoundingClientRect();
        if (x < box.left || x >= box.right || y < box.top || y >= box.bottom) return false;
        const [across, down] = [canvas.width / box.width, canvas.height / box.height];
        pen.clearRect(0, 0, 1, 1);
        pen.drawImage(canvas, (x - box.left) * across, (y - box.top) * down, 1, 1, 0, 0, 1, 1);
        const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
        return alpha === 255 && red + green + blue > 0;
    });
    return [0.1, 0.5, 0.9].every((across) => [0.4, 0.65, 0.9].every((down) =>
        painted(map.left + map.width * across, map.top + map.height * down)));
}"""


def document_of(places: Path) -> str:
    """The map document of the table at `places`, as the dashboard and the export build it."""
    loaded = load_journey(places)
    return build_document(loaded.journey, loaded.description)


def written(
    folder: Path, text: str, name: str = "places.csv", description: str | None = None
) -> Path:
    """Write a table, and the journey.toml beside it, into `folder`; return the table's path."""
    table = folder / name
    table.write_text(text, encoding="utf-8")
    if description is not None:
        (folder / "journey.toml").write_text(description, encoding="utf-8")
    return table


def table_of(*rows: str) -> str:
    """The text of a table with these rows under `HEADER`."""
    return "\n".join([HEADER, *rows, ""])


def until(page: Page | Frame, condition: str) -> None:
    """Wait until a JavaScript expression is true, looked at in every frame of the page.

    Playwright's own wait_for_function evaluates text inside the page, which the document's
    Content-Security-Policy forbids.
    """
    page.evaluate(
        f"""() => new Promise((resolve, reject) => {{
            const end = performance.now() + {PAUSE_MS};
            const look = () => {{
                if ({condition}) resolve();
                else if (performance.now() > end) reject(new Error({json.dumps(condition)}));
                else requestAnimationFrame(look);
            }};
            look();
        }})"""
    )


def day_of(page: Page | Frame) -> int:
    """The day shown, as the slider tells it: days from 1 January 1970."""
    return int(page.locator("#timeline").get_attribute("aria-valuenow") or "")


def date_of(page: Page | Frame) -> str:
    """The day shown, as YYYY-MM-DD."""
    return date.fromordinal(EPOCH + day_of(page)).isoformat()


def told(page: Page | Frame) -> str | None:
    """The sentence that the slider tells a screen reader."""
    return page.locator("#timeline").get_attribute("aria-valuetext")


def settle(page: Page | Frame) -> None:
    """Wait until the map stands still, its basemap is painted and its names are laid out."""
    until(page, f"({LAID_OUT}) && {PAINTED}")


def show(page: Page | Frame, day: str, zoom: float | None = None) -> None:
    """Open a day as an address does, at a zoom around the traveller, and let it settle."""
    page.evaluate(
        """([day, zoom]) => {
            app.open(day);
            if (zoom === null) return;
            app.map.setZoom(zoom, { animate: false });
            app.camera.jump(app.state.moment.point);
            app.layers.labels.layout();
        }""",
        [day, zoom],
    )
    settle(page)


def scroll_below(page: Page | Frame) -> None:
    """Bring what lies below the map into view, as a reader would before pressing it."""
    until(page, "document.querySelector('.stMain')?.scrollHeight > innerHeight * 1.3")
    page.evaluate("document.querySelector('.stMain').scrollTo(0, innerHeight)")
    until(page, "document.querySelector('.stMain').scrollTop > 100")
