"""How soon the dashboard shows its first place, beside an empty component: both apps warm.

    python -m bench.first_place                # 9 rounds
    python -m bench.first_place --rounds 15

The two take turns, each with a browser that knows the page already and with one that is new to
it. The empty component (`bench/empty_app.py`) mounts a sandboxed frame that says hello: what it
takes is Streamlit's own, and a bar beside it holds on a slow machine too.
"""

import argparse
import os
import statistics
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Frame, Page, sync_playwright

from bench.measuring import SIZE, print_machine
from dev.browser import launch_browser
from dev.server import ROOT, serve

ROUNDS = 9
REST_MS = 2500
EMPTY_APP = Path(__file__).with_name("empty_app.py")
BARS = {"full": 1.4, "empty": 1.6}
"""How many times as long as the empty component ours may take, by the state of the cache."""

# Put into every page before its own scripts: the browser's clock, in ms, at the frame after all
# of the selectors are there. It only looks where a document may be, not in the page around.
NOTE_FIRST_PLACE = """const holds = self !== top || location.protocol === "file:";
if (holds) window.firstPlace = new Promise((done) => {
    const look = () => {
        if (SELECTORS.every((selector) => document.querySelector(selector)))
            requestAnimationFrame((now) => done(performance.timeOrigin + now));
        else requestAnimationFrame(look);
    };
    look();
});"""
FIRST_PLACE = "() => firstPlace"
MAP = [".road .mark[d]:not([d=''])", ".leaflet-tile-loaded, .world.painted"]
HELLO = [".hello"]


@dataclass
class Measured:
    """An app, what tells that its frame is drawn, and the seconds it took by state of the cache."""

    url: str
    drawn: list[str]
    times: dict[str, list[float]] = field(default_factory=lambda: {"full": [], "empty": []})


def main() -> None:
    """Measure both apps in turns, and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="turns that each app takes")
    rounds = parser.parse_args().rounds
    with sync_playwright() as playwright, serve() as ours, serve(script=EMPTY_APP) as theirs:
        browser = launch_browser(playwright)
        print_machine(browser)
        apps = Measured(ours.url, MAP), Measured(theirs.url, HELLO)
        measure(browser, apps, rounds)
        browser.close()
    print_ratios(*apps, rounds)


def measure(browser: Browser, apps: tuple[Measured, Measured], rounds: int) -> None:
    """Navigate to both apps in turns, with a browser that knows them and with new ones."""
    regulars = [new_context(browser, app.drawn) for app in apps]
    for regular, app in zip(regulars, apps, strict=True):
        time_to_first_place(regular, app.url)
    for _ in range(rounds):
        for regular, app in zip(regulars, apps, strict=True):
            app.times["full"].append(time_to_first_place(regular, app.url))
        for app in apps:
            newcomer = new_context(browser, app.drawn)
            app.times["empty"].append(time_to_first_place(newcomer, app.url))
            newcomer.close()


def new_context(browser: Browser, drawn: list[str] = MAP) -> BrowserContext:
    """A reader's browser of their own, that notes when what is looked for is drawn."""
    context = browser.new_context(viewport=SIZE)
    context.add_init_script(NOTE_FIRST_PLACE.replace("SELECTORS", str(drawn)))
    return context


def time_to_first_place(context: BrowserContext, url: str) -> float:
    """Seconds from the start of a navigation, as its page has it, to the first place drawn."""
    page = context.new_page()
    page.goto(url, wait_until="commit")
    drawn: float = inner_frame(page).evaluate(FIRST_PLACE)
    begun: float = page.evaluate("performance.timeOrigin")
    # What the page does afterwards is not to weigh on the next navigation.
    page.wait_for_timeout(REST_MS)
    page.close()
    return (drawn - begun) / 1000


def inner_frame(page: Page) -> Frame:
    """The frame in the page, once it holds its document.

    A handle on the frame's element would have its whole document described to the bench.
    """
    if len(page.frames) < 2:
        page.wait_for_event("frameattached")
    frame = page.frames[1]
    frame.wait_for_selector("body > *", state="attached")
    return frame


def print_ratios(ours: Measured, theirs: Measured, rounds: int) -> None:
    """Print medians, ratios and whether the bars are met as a Markdown table."""
    print(f"\nFirst place drawn, median of {rounds} (s); load {os.getloadavg()[0]:.1f} at the end")
    print("\n| cache | empty component | ours | ratio | bar | met |\n|---|---|---|---|---|---|")
    for cache, bar in BARS.items():
        least = statistics.median(theirs.times[cache])
        own = statistics.median(ours.times[cache])
        met = "yes" if own <= bar * least else "NO"
        print(f"| {cache} | {least:.2f} | {own:.2f} | {own / least:.2f} | ≤ {bar} | {met} |")


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
