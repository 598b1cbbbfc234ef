"""Benchmark of the slider in real Chromium: `python -m bench.slider`.

The pointer drags the time bar for 3 s in 60 steps, on the real data in the dashboard and on
journeys of 1,000 and 10,000 stops in the document alone. A change is timed to after the
frame that paints it (requestAnimationFrame, then a message): once from the page's first
listener of the event, once from the event's own timestamp, which the browser sets when the
input arrives and which therefore holds its wait for the frame before.
"""

import os
import tempfile
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from playwright.sync_api import Browser, Frame, Page, sync_playwright

from bench.first_place import FIRST_PLACE, inner_frame, new_context
from bench.journeys import made_table
from bench.measuring import (
    SECONDS,
    STEPS,
    move_along,
    point_along,
    print_machine,
    spread,
)
from dev.browser import launch_browser
from dev.server import ROOT, RunningApp, serve
from geo.document.build import build_document
from geo.loading import load_journey

Notes = dict[str, Any]  # what the page noted, by name
Row = tuple[str, str, object, bool | None]  # figure, bar, measured, whether the bar is met
# Installed in the document: notes of each move when it came and when its change was painted,
# the time between frames, and whether the middle of the map has its basemap painted.
WATCH = """() => {
    const slider = document.getElementById("timeline");
    const notes = { moves: [], frames: [], days: new Set(), spots: new Set(), blank: 0 };
    const after = new MessageChannel();
    const waiting = [];
    after.port1.onmessage = () => {
        const now = performance.now();
        for (const { heard, stamp } of waiting.splice(0)) {
            notes.moves.push([now - heard, now - stamp]);
        }
        notes.days.add(slider.getAttribute("aria-valuenow"));
        notes.spots.add(document.querySelector(".traveller").getAttribute("transform"));
    };
    let asked = false;
    addEventListener("pointermove", (event) => {
        if (!event.buttons) return;
        waiting.push({ heard: performance.now(), stamp: event.timeStamp });
        if (asked) return;
        asked = true;
        requestAnimationFrame(() => { asked = false; after.port2.postMessage(0); });
    }, { capture: true });
    const map = document.querySelector(".leaflet-container").getBoundingClientRect();
    const [x, y] = [map.left + map.width / 2, map.top + map.height / 2];
    const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const basemap = ".leaflet-tile-loaded, .world.painted, .states";
    const canvases = () => [...document.querySelectorAll(basemap)];
    const painted = () => canvases().some((canvas) => {
        const box = canvas.getBoundingClientRect();
        if (x < box.left || x >= box.right || y < box.top || y >= box.bottom) return false;
        pen.clearRect(0, 0, 1, 1);
        const [across, down] = [canvas.width / box.width, canvas.height / box.height];
        pen.drawImage(canvas, (x - box.left) * across, (y - box.top) * down, 1, 1, 0, 0, 1, 1);
        return pen.getImageData(0, 0, 1, 1).data[3] === 255;
    });
    let last = performance.now();
    const frame = (now) => {
        notes.frames.push(now - last);
        last = now;
        if (notes.looking && !painted()) notes.blank += 1;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    window.notes = notes;
}"""
CLEAR = """(looking) => {
    Object.assign(notes, { moves: [], frames: [], blank: 0, looking });
    Object.assign(notes, { days: new Set(), spots: new Set() });
}"""
READ = "() => ({ ...notes, days: notes.days.size, spots: notes.spots.size })"
COUNT_SENT = """() => {
    const { send } = WebSocket.prototype;
    window.sent = 0;
    WebSocket.prototype.send = function (data) { window.sent += 1; send.call(this, data); };
}"""


def main() -> None:
    """Measure everything and print it as tables."""
    with sync_playwright() as playwright:
        browser = launch_browser(playwright)
        print_machine(browser)
        with serve() as app:
            measure_dashboard(browser, app)
        for stops in (1_000, 10_000):
            measure_stops(browser, stops)
        browser.close()


def measure_dashboard(browser: Browser, app: RunningApp) -> None:
    """The real data, in the sandboxed frame of the dashboard."""
    page = new_context(browser).new_page()
    page.goto(f"{app.url}/?date=1902-11-01")
    frame = inner_frame(page)
    frame.evaluate(FIRST_PLACE)
    page.wait_for_load_state("networkidle")
    page.evaluate(COUNT_SENT)
    notes = drag(page, frame)
    rows = figures(notes)
    rows.append(("blank frames", "0", notes["blank"], notes["blank"] == 0))
    rows.append(("messages to the server, pointer down", "0", notes["sent"], notes["sent"] == 0))
    print_table(f"Real data in the dashboard, {STEPS} steps in {SECONDS} s", rows)
    page.context.close()


def measure_stops(browser: Browser, stops: int) -> None:
    """A made journey of so many stops, in the document alone; there is no bar yet."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "places.csv"
        table.write_text(made_table(stops), encoding="utf-8")
        begun = perf_counter()
        loaded = load_journey(table)
        file = Path(folder) / "journey.html"
        file.write_text(build_document(loaded.journey, loaded.description), encoding="utf-8")
        built = perf_counter() - begun
        page = new_context(browser).new_page()
        begun = perf_counter()
        page.goto(file.as_uri(), timeout=120_000)
        page.evaluate(FIRST_PLACE)
        opened = perf_counter() - begun
        page.evaluate(WATCH)
        notes = one_drag(page, page.main_frame, looking=False)
        rows: list[Row] = [(name, "–", value, None) for name, _, value, _ in figures(notes)]
    rows.append(("document built (s)", "–", f"{built:.2f}", None))
    rows.append(("document opened, first place drawn (s)", "–", f"{opened:.2f}", None))
    print_table(f"{stops:,} stops in the document", rows)
    page.context.close()


def drag(page: Page, frame: Frame) -> Notes:
    """Drag twice, timed and then looked at for blank frames; return what was noted.

    Looking reads pixels back, which costs the page time: the figures come from the first drag.
    """
    frame.evaluate(WATCH)
    notes = one_drag(page, frame, looking=False)
    notes["blank"] = one_drag(page, frame, looking=True)["blank"]
    return notes


def one_drag(page: Page, frame: Frame, *, looking: bool) -> Notes:
    """One press, 60 steps over 3 s, one release."""
    box = frame.locator("#timeline").bounding_box()
    if box is None:
        raise RuntimeError("the line of years is not to be seen")
    page.mouse.move(*point_along(box, 0))
    page.mouse.down()
    sleep(0.3)
    frame.evaluate(CLEAR, looking)
    sent = page.evaluate("window.sent ?? 0")
    step, taken = move_along(page, box)
    notes: Notes = frame.evaluate(READ)
    notes["taken"] = f"{step} in {taken:.1f} s"
    notes["sent"] = page.evaluate("window.sent ?? 0") - sent
    page.mouse.up()
    sleep(1)
    return notes


def figures(notes: Notes) -> list[Row]:
    """Rows of the table: figure, bar, measured, whether the bar is met."""
    rows: list[Row] = [
        ("steps of the pointer", "60 in 3 s", notes["taken"], None),
        ("map changes (days painted)", "60", notes["days"], notes["days"] >= STEPS),
        ("places of the traveller painted", "–", notes["spots"], None),
    ]
    for i, name in enumerate(("first listener", "event's timestamp")):
        p50, p95, most = spread([move[i] for move in notes["moves"]])
        rows.append((f"input to painted change, p50 from {name} (ms)", "–", f"{p50:.1f}", None))
        rows.append((f"… p95 from {name} (ms)", "≤ 20", f"{p95:.1f}", p95 <= 20))
        rows.append((f"… most from {name} (ms)", "–", f"{most:.1f}", None))
    slow = sum(frame > 50 for frame in notes["frames"])
    rows.append(("frames over 50 ms", "0", slow, slow == 0))
    rows.append(("longest frame (ms)", "–", f"{max(notes['frames']):.1f}", None))
    return rows


def print_table(title: str, rows: list[Row]) -> None:
    """Print rows under a title as a Markdown table."""
    print(f"\n{title}\n\n| figure | bar | measured | met |\n|---|---|---|---|")
    words = {True: "yes", False: "NO", None: ""}
    for figure, bar, measured, met in rows:
        print(f"| {figure} | {bar} | {measured} | {words[met]} |")


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
