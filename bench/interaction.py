"""How soon each key, click and menu shows on the screen: `python -m bench.interaction`.

Every interaction is done some times in the exported file and in the dashboard, and timed by the
browser itself (Event Timing): from the input to the next paint, in steps of 8 ms. The slowest
event of an interaction counts. The wheel has no such entry, and is timed to after the frame that
paints it. At most 100 ms is asked for. The window is wide: what only a narrow one has, such as the
handle of the card, is not in it.

    python -m bench.interaction                # 3 rounds, about five minutes
    python -m bench.interaction --rounds 5
"""

import argparse
import os
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Frame, Page, sync_playwright

from bench.first_place import FIRST_PLACE, inner_frame, new_context
from bench.measuring import print_machine
from dev.browser import launch_browser
from dev.documents import LAID_OUT, PLACES, document_of, until
from dev.server import ROOT, serve

BAR_MS = 100
ROUNDS = 3
DAY = "1917-05-17"
REST_MS = 200
# Put into every page before its own scripts: the events' input delay, the time of their handlers
# and the time from there to the paint, in ms.
NOTE_EVENTS = """window.events = [];
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
        // Without an id it is no press or click: the pointer has come over something.
        if (!entry.interactionId) continue;
        const { startTime, duration, processingStart, processingEnd } = entry;
        const delay = processingStart - startTime, handled = processingEnd - processingStart;
        events.push([delay, handled, Math.max(0, duration - delay - handled)]);
    }
}).observe({ type: "event", durationThreshold: 16, buffered: true });
const after = new MessageChannel();
const turned = [];
after.port1.onmessage = () => {
    const now = performance.now();
    for (const stamp of turned.splice(0)) events.push([0, 0, now - stamp]);
};
addEventListener("wheel", ({ timeStamp }) => {
    turned.push(timeStamp);
    requestAnimationFrame(() => after.port2.postMessage(0));
}, { capture: true, passive: true });"""
TAKE = "() => events.splice(0)"
# A mark that can be hit: not under the card or the title, and not the one he is at.
MARK = """() => {
    for (const mark of [...document.querySelectorAll(".road .mark.stay")].reverse()) {
        const box = mark.getBoundingClientRect();
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        const free = document.elementFromPoint(x, y)?.matches("#map, #map canvas");
        if (box.width && free) return [x, y];
    }
    throw new Error("no mark can be hit");
}"""

Act = Callable[[Page, Frame], None]
Event = tuple[float, float, float]  # ms it waited, was handled, and took from there to the paint


@dataclass(frozen=True)
class Home:
    """Where the document is open, and what else there is to be used."""

    name: str
    url: str
    acts: dict[str, Act]


def click(selector: str) -> Act:
    """Click an element of the document."""
    return lambda _, frame: frame.locator(selector).click()


def press(selector: str, key: str) -> Act:
    """Press a key on an element of the document."""
    return lambda _, frame: frame.locator(selector).press(key)


def click_mark(page: Page, frame: Frame) -> None:
    """Click a stop on the map; the document begins at the corner of the page."""
    x, y = frame.evaluate(MARK)
    page.mouse.click(x, y)


def click_bar(across: float) -> Act:
    """Click the line of years."""

    def act(_: Page, frame: Frame) -> None:
        bar = frame.locator("#timeline")
        box = bar.bounding_box()
        if box is None:
            raise RuntimeError("the line of years is not to be seen")
        bar.click(position={"x": box["width"] * across, "y": box["height"] / 2})

    return act


def turn_wheel(by: int) -> Act:
    """Turn the wheel over the middle of the map."""

    def act(page: Page, _: Frame) -> None:
        page.mouse.move(900, 500)
        page.mouse.wheel(0, by)

    return act


def click_tab(name: str) -> Act:
    """Click a tab below the map."""
    return lambda page, _: page.get_by_role("tab", name=name).click()


# In this order: one leaves the page as the next one needs it.
IN_DOCUMENT: dict[str, Act] = {
    "key PageDown": press("body", "PageDown"),
    "key PageUp": press("body", "PageUp"),
    "key →": press("body", "ArrowRight"),
    "key ←": press("body", "ArrowLeft"),
    "key End": press("body", "End"),
    "key Home": press("body", "Home"),
    "time bar →": press("#timeline", "ArrowRight"),
    "time bar ←": press("#timeline", "ArrowLeft"),
    "time bar PageDown": press("#timeline", "PageDown"),
    "time bar PageUp": press("#timeline", "PageUp"),
    "time bar End": press("#timeline", "End"),
    "time bar Home": press("#timeline", "Home"),
    "time bar click, 60 %": click_bar(0.6),
    "time bar click, 90 %": click_bar(0.9),
    "map →": press("#map", "ArrowRight"),
    "map +": press("#map", "+"),
    "map −": press("#map", "-"),
    "wheel in": turn_wheel(-120),
    "wheel out": turn_wheel(120),
    "zoom in": click("#zoom-in"),
    "zoom out": click("#zoom-out"),
    "a mark": click_mark,
    "next": click("#next"),
    "previous": click("#previous"),
    "layers": click("#layers"),
    "road ahead off": click("#switch-ahead"),
    "road ahead on": click("#switch-ahead"),
    "places named off": click("#switch-mentions"),
    "places named on": click("#switch-mentions"),
    "camera follows off": click("#switch-follow"),
    "camera follows on": click("#switch-follow"),
    "borders of today": press("#switch-borders", "ArrowDown"),
    "no borders": press("#switch-borders", "ArrowDown"),
    "borders of the day": press("#switch-borders", "Home"),
    "layers closed": press("#layers", "Escape"),
    "link copied": click("#share"),
    "date to be typed": click("#date"),
    "a digit typed": press("#date-entry", "1"),
    "date given up": press("#date-entry", "Escape"),
    "speed": click("#speed"),
    "play": click("#play"),
    "pause": click("#play"),
    "play by the space bar": press("body", " "),
    "pause by the space bar": press("body", " "),
    "full screen": press("body", "f"),
    "window again": press("body", "f"),
    "the whole journey": click("#whole"),
    "play from the title": click("#begin"),
    "paused": click("#play"),
}
BELOW: dict[str, Act] = {
    f"tab {name}": click_tab(name)
    for name in ("The texts", "Downloads", "Your own journey", "Problems", "Places")
}


def main() -> None:
    """Measure both homes, and print a table of each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="times that each is done")
    rounds = parser.parse_args().rounds
    with sync_playwright() as playwright, serve() as app, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "journey.html"
        file.write_text(document_of(PLACES), encoding="utf-8")
        browser = launch_browser(playwright)
        print_machine(browser)
        for home in (
            Home("file", f"{file.as_uri()}#{DAY}", IN_DOCUMENT),
            Home("dashboard", f"{app.url}/?date={DAY}", IN_DOCUMENT | BELOW),
        ):
            print_table(home.name, measure(browser, home, rounds))
        browser.close()


def measure(browser: Browser, home: Home, rounds: int) -> dict[str, list[Event]]:
    """Do everything in turn, so many times, each time on a page of its own; slowest events."""
    slowest: dict[str, list[Event]] = defaultdict(list)
    for _ in range(rounds):
        context = new_context(browser)
        context.add_init_script(NOTE_EVENTS)
        page = context.new_page()
        page.goto(home.url)
        frame = page.main_frame if home.name == "file" else inner_frame(page)
        frame.evaluate(FIRST_PLACE)
        settle(page, frame)
        for name, act in home.acts.items():
            take(page, frame)
            act(page, frame)
            settle(page, frame)
            slowest[name].append(slowest_of(take(page, frame)))
        context.close()
    return slowest


def slowest_of(events: list[Event]) -> Event:
    """The slowest event of an interaction, with the longest handler: one paint ends all of them."""
    waited, handled, painted = max(events, key=sum, default=(0.0, 0.0, 0.0))
    longest = max((event[1] for event in events), default=0.0)
    return waited, longest, max(0.0, handled + painted - longest)


def settle(page: Page, frame: Frame) -> None:
    """Wait until what was asked for is shown and the browser has told of it."""
    until(frame, LAID_OUT)
    page.wait_for_timeout(REST_MS)


def take(page: Page, frame: Frame) -> list[Event]:
    """The events noted since, in the document and in the page around it."""
    return [event for where in {page.main_frame, frame} for event in where.evaluate(TAKE)]


def print_table(home: str, slowest: dict[str, list[Event]]) -> None:
    """Print what each took, the slowest first, as a Markdown table; 0 is less than 16 ms."""
    worst = {name: max(map(sum, events)) for name, events in slowest.items()}
    over = sum(ms > BAR_MS for ms in worst.values())
    print(f"\n{home}: {over} of {len(worst)} over {BAR_MS} ms", end="")
    print(f" (load {os.getloadavg()[0]:.1f} at the end)")
    print("\n| interaction | median (ms) | most | waited | handled | painted |")
    print("|---|---|---|---|---|---|")
    for name in sorted(worst, key=lambda name: -worst[name]):
        median = statistics.median(map(sum, slowest[name]))
        parts = " | ".join(f"{ms:.0f}" for ms in max(slowest[name], key=sum))
        print(f"| {name} | {median:.0f} | {worst[name]:.0f} | {parts} |")


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
