"""Benchmark of jumps and zooms in real Chromium: `python -m bench.jumps`.

After each frame of a jump the map's canvases (world, tiles, states, shading) are drawn as they
lie, every fourth pixel of the map, onto a small one. A frame has a bare patch where a point of
the map lies under no picture of states, or in the overview under no basemap, and in the last
frame does: beyond the pole there is neither. The map stands still from Leaflet's last `moveend`
on, and is sharp from the first frame on that shows what the last one shows. Road and names are
not looked at. Looking costs the page some ms in each frame.
"""

import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench.measuring import SIZE, print_machine
from dev.browser import launch_browser
from dev.documents import PLACES, document_of, settle
from dev.server import ROOT

PHONE = ViewportSize(width=390, height=844)
ROUNDS = 3
REST_MS = 700
BARE = 0.01  # share of the map's points from which a patch counts
SAME = 0.001  # share of the pixels up to which two frames show the same
PETROGRAD, NEW_YORK, MEXICO = "1917-05-17", "1917-02-01", "1937-01-20"
FIRST_STOP = "app.state.itinerary.stops[0]"
# Installed in the document: what each frame shows, from `watch.begin` to `watch.end`.
WATCH = """() => {
    const STEP = 4, TOLERANCE = 12;
    const box = (element) => element.getBoundingClientRect();
    const container = app.map.getContainer();
    const after = new MessageChannel();
    let frames = [], still = 0, watching = false;
    app.map.on("moveend resize", () => { still = performance.now(); });
    const canvases = () => ["tile", "states", "shade"].flatMap((name) => [
        ...container.querySelectorAll(`.leaflet-${name}-pane:not(.off) canvas`),
    ]).filter((canvas) => box(canvas).width > 0 && getComputedStyle(canvas).opacity > 0);
    const states = (canvas) => canvas.closest(".leaflet-states-pane");
    const bareOf = (map, drawn) => {
        const day = app.state.overview ? drawn : drawn.filter(states);
        const boxes = day.map(box);
        return Array.from({ length: 400 }, (_, i) => {
            const x = map.left + map.width * (i % 20 + 0.5) / 20;
            const y = map.top + map.height * (Math.floor(i / 20) + 0.5) / 20;
            const holds = (own) => x >= own.left && x < own.right && y >= own.top && y < own.bottom;
            return !boxes.some(holds);
        });
    };
    const bareShare = (bare, last) => bare.filter((is, i) => is && !last[i]).length / 400;
    const look = () => {
        const map = box(container);
        const [width, height] = [map.width / STEP | 0, map.height / STEP | 0];
        const small = new OffscreenCanvas(width, height);
        const pen = small.getContext("2d", { willReadFrequently: true });
        pen.imageSmoothingEnabled = false;
        const drawn = canvases();
        for (const canvas of drawn) {
            const own = box(canvas);
            const [x, y] = [(own.left - map.left) / STEP, (own.top - map.top) / STEP];
            pen.drawImage(canvas, x, y, own.width / STEP, own.height / STEP);
        }
        const pixels = pen.getImageData(0, 0, width, height).data;
        frames.push({ at: performance.now(), bare: bareOf(map, drawn), pixels });
    };
    const difference = (a, b) => {
        if (a.length !== b.length) return 1;
        let other = 0;
        for (let i = 0; i < a.length; i += 4) {
            const far = (k) => Math.abs(a[i + k] - b[i + k]) > TOLERANCE;
            if (far(0) || far(1) || far(2)) other += 1;
        }
        return other / (a.length / 4);
    };
    after.port1.onmessage = () => {
        if (!watching) return;
        look();
        requestAnimationFrame(() => after.port2.postMessage(0));
    };
    window.watch = {
        begin() {
            frames = [];
            still = performance.now();
            watching = true;
            requestAnimationFrame(() => after.port2.postMessage(0));
        },
        end() {
            watching = false;
            look();
            const last = frames.at(-1);
            return { still, frames: frames.map(({ at, bare, pixels }) =>
                [at, bareShare(bare, last.bare), difference(pixels, last.pixels)]) };
        },
    };
}"""


class Jump(NamedTuple):
    """A name, the day on which it begins ("" for the overview), and what is done then."""

    name: str
    day: str
    act: Callable[[Page], object]


class Seen(NamedTuple):
    """What was seen: frames, those with a bare patch, the largest patch (a share), ms to sharp."""

    frames: int
    bare: int
    patch: float
    sharp: float


def key(name: str) -> Callable[[Page], object]:
    """A press of a key."""
    return lambda page: page.keyboard.press(name)


def script(text: str) -> Callable[[Page], object]:
    """What the page does by itself."""
    return lambda page: page.evaluate(f"() => {{ {text}; }}")


def drag_to(day: str) -> Callable[[Page], object]:
    """The pointer, held down, reaches a day."""
    return script(f"app.navigation.drag((Date.parse('{day}') / 864e5))")


def wheel(by: int) -> Callable[[Page], object]:
    """A turn of the wheel over the middle of the map."""

    def turn(page: Page) -> None:
        size = page.viewport_size or SIZE
        page.mouse.move(size["width"] * 0.4, size["height"] * 0.4)
        page.mouse.wheel(0, by)

    return turn


def resize(page: Page) -> None:
    """A window a fifth narrower."""
    size = page.viewport_size or SIZE
    page.set_viewport_size({"width": size["width"] * 4 // 5, "height": size["height"]})


JUMPS = (
    Jump("key to the last stop, far away", PETROGRAD, key("End")),
    Jump("click on a stop far away", MEXICO, script(f"app.navigation.choose({FIRST_STOP})")),
    Jump("day of the address", PETROGRAD, script(f"location.hash = '{MEXICO}'")),
    Jump("jump while dragging", PETROGRAD, drag_to(NEW_YORK)),
    Jump("zoom in by the wheel", PETROGRAD, wheel(-200)),
    Jump("zoom out by the wheel", PETROGRAD, wheel(200)),
    Jump("zoom in by the button", PETROGRAD, script("app.navigation.zoomBy(2)")),
    Jump("overview to a day", "", script(f"location.hash = '{PETROGRAD}'")),
    Jump("overview to the first stop, by key", "", key("PageDown")),
    Jump("day to overview", PETROGRAD, script("app.navigation.showOverview()")),
    Jump("narrower window", PETROGRAD, resize),
    Jump("full screen", PETROGRAD, key("f")),
)


def main() -> None:
    """Measure every jump on a desk and on a phone, and print two tables."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch_browser(playwright)
        print_machine(browser)
        file = Path(folder) / "journey.html"
        file.write_text(document_of(PLACES), encoding="utf-8")
        for size in (SIZE, PHONE):
            print(f"\n{size['width']} × {size['height']}, most of {ROUNDS} rounds\n")
            print("| jump | frames | with a bare patch | largest (%) | still to sharp, each (ms) |")
            print("|---|---|---|---|---|")
            for jump in JUMPS:
                print_row(jump.name, [measure(browser, file, size, jump) for _ in range(ROUNDS)])
        browser.close()
        print(f"\nload {os.getloadavg()[0]:.1f} at the end")


def measure(browser: Browser, file: Path, size: ViewportSize, jump: Jump) -> Seen:
    """One jump in a page of its own, that has come to rest before."""
    page = browser.new_page(viewport=size)
    page.goto(f"{file.as_uri()}#{jump.day}")
    settle(page)
    page.wait_for_timeout(REST_MS)
    page.evaluate(WATCH)
    page.evaluate("watch.begin()")
    jump.act(page)
    page.wait_for_timeout(REST_MS)
    settle(page)
    page.wait_for_timeout(REST_MS)
    notes: dict[str, Any] = page.evaluate("watch.end()")
    page.close()
    return seen(notes["still"], notes["frames"])


def seen(still: float, frames: list[tuple[float, float, float]]) -> Seen:
    """What frames tell: each is its time, the share that is bare, and what is not as at last."""
    bare = [share for _, share, _ in frames if share >= BARE]
    other = [at for at, _, share in frames if share > SAME]
    sharp = next(at for at, _, _ in frames if not other or at > other[-1])
    return Seen(len(frames), len(bare), max(bare, default=0), max(0, sharp - still))


def print_row(name: str, rounds: list[Seen]) -> None:
    """One row of the table."""
    frames = statistics.median(own.frames for own in rounds)
    bare, patch = max(own.bare for own in rounds), max(own.patch for own in rounds)
    sharp = " ".join(f"{own.sharp:.0f}" for own in rounds)
    print(f"| {name} | {frames:.0f} | {bare} | {100 * patch:.0f} | {sharp} |", flush=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
