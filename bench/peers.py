"""Our document beside what folium's time plug-ins make of the same stops: `python -m bench.peers`.

One drag of the time slider each, taking turns, of 60 steps in 3 s: over the real data, and over
made journeys with short hops and with long legs. A move is timed from the event's own time stamp
to after the frame that paints its date (requestAnimationFrame, then a message). Each page runs
in a browser and a process of its own, which is given up where it does not end.

    python -m bench.peers                  # 91 (the real data), 1,000 and 10,000 stops
    python -m bench.peers 91 1000 --rounds 5
"""

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, sleep
from typing import Any, TypedDict
from urllib.parse import urlsplit

import folium
from folium.plugins import Timeline, TimelineSlider, TimestampedGeoJson
from folium.utilities import JsCode
from playwright.sync_api import BrowserContext, FloatRect, Page, Route, sync_playwright

from bench.journeys import made_table
from bench.measuring import (
    SECONDS,
    SIZE,
    STEPS,
    move_along,
    point_along,
    print_machine,
    spread,
)
from dev.browser import launch_browser
from dev.server import ROOT
from geo.document.build import build_document
from geo.journey.model import Stay
from geo.loading import Loaded, load_journey

REAL = 91
SIZES = (REAL, 1_000, 10_000)
ROUNDS = 3
# A page that has not opened, been dragged and read after so long is given up.
RUN_SECONDS = 90
REST_SECONDS = 2
MODULES = ROOT / "node_modules"
# The plug-ins' files by the names that folium asks for. Ours has Leaflet 1.9.4 too.
ASSETS = {
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "iso8601.min.js": "iso8601-js-period/iso8601.js",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "jquery-ui.min.js": "jquery-ui-dist/jquery-ui.min.js",
    "jquery.min.js": "jquery/dist/jquery.min.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.timedimension.control.css": "leaflet-timedimension/dist/"
    "leaflet.timedimension.control.css",
    "leaflet.timedimension.min.js": "leaflet-timedimension/dist/leaflet.timedimension.min.js",
    "leaflet.timeline.min.js": "leaflet.timeline/dist/leaflet.timeline.js",
    "moment.min.js": "moment/min/moment.min.js",
}
# Files for icons and code listings, which no stop here needs: answered as empty.
NEEDLESS = {
    "all.min.css",
    "bootstrap-glyphicons.css",
    "default.min.css",
    "glyphicons-halflings-regular.ttf",
    "glyphicons-halflings-regular.woff",
    "leaflet.awesome-markers.css",
    "leaflet.awesome-markers.js",
    "leaflet.awesome.rotate.min.css",
}
# folium's time plug-ins show nothing before 1970 (they take a time of 0 or less for none), and
# TimestampedGeoJson sorts its times as text: all need 13 digits, from September 2001 to 2286.
# So every date is moved by the same number of days, the first to this one.
FIRST_DAY = date(2002, 1, 1)
DAY_MS = 86_400_000

Feature = dict[str, Any]
Shape = list[float] | list[list[float]]

# Put into every page before its own scripts. The plug-ins log every step, which costs a reader
# nothing; here each line would go to Playwright.
NOTE_FIRST_MARK = """(() => {
    console.log = () => {};
    const after = new MessageChannel();
    window.firstMark = new Promise((done) => {
        after.port1.onmessage = () => done(performance.now());
        const look = () => {
            if (!document.querySelector(MARK)) requestAnimationFrame(look);
            else requestAnimationFrame(() => after.port2.postMessage(0));
        };
        look();
    });
})()"""
FIRST_MARK = "() => firstMark"
# Installed once a page stands: notes of each move when its date was painted, of each frame how
# long it took, and how many different dates and maps were seen.
WATCH = """([dateAt, dateIn, mapAt, mapIn]) => {
    const [dateElement, mapElement] = [dateAt, mapAt].map((at) => document.querySelector(at));
    const read = (element, name) => element.getAttribute(name) ?? String(element[name]);
    const notes = { moves: [], frames: [], dates: new Set(), maps: new Set(), waiting: [] };
    let [asked, painted, last] = [false, read(dateElement, dateIn), performance.now()];
    const after = new MessageChannel();
    const ask = () => {
        if (asked) return;
        asked = true;
        requestAnimationFrame(() => { asked = false; after.port2.postMessage(0); });
    };
    after.port1.onmessage = () => {
        const now = performance.now();
        const date = read(dateElement, dateIn);
        if (date === painted) { if (notes.waiting.length) ask(); return; }
        painted = date;
        notes.dates.add(date);
        notes.maps.add(read(mapElement, mapIn));
        for (const stamp of notes.waiting.splice(0)) notes.moves.push(now - stamp);
    };
    addEventListener("pointermove", (event) => {
        if (!event.buttons) return;
        notes.waiting.push(event.timeStamp);
        ask();
    }, { capture: true });
    const frame = (now) => {
        notes.frames.push(now - last);
        last = now;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    window.notes = notes;
}"""
CLEAR = """() => Object.assign(notes, {
    moves: [], frames: [], dates: new Set(), maps: new Set(), waiting: [],
})"""
# What was noted, once the last move is painted or has waited for a second.
READ = """async () => {
    const end = performance.now() + 1000;
    while (notes.waiting.length && performance.now() < end) {
        await new Promise((next) => requestAnimationFrame(next));
    }
    return { moves: notes.moves, frames: notes.frames, dates: notes.dates.size,
             maps: notes.maps.size, unpainted: notes.waiting.length };
}"""


class Noted(TypedDict):
    """What a page noted of a drag: times in ms, and how many dates and maps were seen."""

    moves: list[float]
    frames: list[float]
    dates: int
    maps: int
    unpainted: int


@dataclass(frozen=True, slots=True)
class Run:
    """One page built, opened and dragged; times in s, sizes in bytes."""

    built: float
    size: int
    asked: int
    opened: float
    steps: int
    taken: float
    noted: Noted


@dataclass(frozen=True, slots=True)
class Way:
    """A way of drawing a journey, and where its page shows the date and the marks.

    `date` and `drawn` are a selector and the attribute or property of its element that changes
    with the day; `knob` is what has to be pressed, where the bar itself cannot be.
    """

    name: str
    build: Callable[[Loaded], str]
    mark: str
    bar: str
    date: tuple[str, str]
    drawn: tuple[str, str]
    knob: str | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """The stops as a plug-in of folium is given them, days in ms since 1970 after the shift."""

    stops: tuple[Stay, ...]
    shift: int

    @classmethod
    def of(cls, loaded: Loaded) -> "Peer":
        """The stops of a journey, moved to where the plug-ins show them."""
        stops = loaded.journey.stops
        return cls(stops, FIRST_DAY.toordinal() - min(stop.start for stop in stops))

    def ms(self, day: int) -> int:
        """The time of a day, moved."""
        return (day + self.shift - date(1970, 1, 1).toordinal()) * DAY_MS

    def legs(self) -> Iterator[tuple[Stay, Stay]]:
        """Each stop with the next."""
        yield from zip(self.stops, self.stops[1:], strict=False)


def at(stop: Stay) -> list[float]:
    """Where a stop is, as GeoJSON has it."""
    return [stop.point[1], stop.point[0]]


def feature(kind: str, coordinates: Shape, properties: Feature) -> Feature:
    """One GeoJSON feature."""
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def page_of(stops: tuple[Stay, ...], *layers: Any) -> str:
    """A folium map of all stops with these on it, without tiles: there is no network to ask."""
    drawn = folium.Map(tiles=None)
    lats, lons = zip(*(stop.point for stop in stops), strict=True)
    drawn.fit_bounds([[min(lats), min(lons)], [max(lats), max(lons)]])
    for layer in layers:
        layer.add_to(drawn)
    return str(drawn.get_root().render())


def timestamped_page(loaded: Loaded) -> str:
    """The stops as circles and the legs as lines in a TimestampedGeoJson, moved by dragging."""
    peer = Peer.of(loaded)
    circle = {"icon": "circle", "iconstyle": {"radius": 5, "fillOpacity": 0.8}}
    marks = [
        feature(
            "Point",
            at(stop),
            {"times": [peer.ms(stop.start)], "popup": stop.place.place, **circle},
        )
        for stop in peer.stops
    ]
    lines = [
        feature(
            "LineString",
            [at(a), at(b)],
            {"times": [peer.ms(min(a.end, b.start)), peer.ms(b.start)], "style": {"weight": 2}},
        )
        for a, b in peer.legs()
    ]
    return page_of(
        peer.stops,
        TimestampedGeoJson(  # type: ignore[no-untyped-call]
            {"type": "FeatureCollection", "features": lines + marks},
            period="P1D",
            auto_play=False,
            loop=False,
            add_last_point=False,
            date_options="YYYY-MM-DD",
            # Without it the map stands still until the knob is let go.
            time_slider_drag_update=True,
        ),
    )


def timeline_page(loaded: Loaded) -> str:
    """The stops as circles and the legs as lines in a Timeline, each from its day to the end."""
    peer = Peer.of(loaded)
    end = peer.ms(max(stop.end for stop in peer.stops))
    marks = [
        feature(
            "Point",
            at(stop),
            {"start": peer.ms(stop.start), "end": end, "name": stop.place.place},
        )
        for stop in peer.stops
    ]
    lines = [
        feature("LineString", [at(a), at(b)], {"start": peer.ms(b.start), "end": end})
        for a, b in peer.legs()
    ]
    timeline = Timeline(
        {"type": "FeatureCollection", "features": lines + marks},
        style=JsCode("function (feature) { return { weight: 2 }; }"),
        point_to_layer=JsCode(
            "function (feature, at) {"
            " return L.circleMarker(at, { radius: 5, fillOpacity: 0.8 })"
            ".bindPopup(feature.properties.name); }"
        ),
    )
    slider = TimelineSlider(auto_play=False, date_options="YYYY-MM-DD")
    slider.add_timelines(timeline)  # type: ignore[no-untyped-call]
    return page_of(peer.stops, timeline, slider)


def own_page(loaded: Loaded) -> str:
    """Our document."""
    return build_document(loaded.journey, loaded.description)


PATHS = ".leaflet-overlay-pane path[d]:not([d=''])"
COUNT = (".leaflet-overlay-pane svg g", "childElementCount")
WAYS = (
    Way(
        "this document",
        own_page,
        mark=".road .mark[d]:not([d='']), .marks canvas",
        bar="#timeline",
        date=("#timeline", "aria-valuenow"),
        drawn=(".traveller", "transform"),
    ),
    Way(
        "TimestampedGeoJson",
        timestamped_page,
        mark=PATHS,
        bar=".timecontrol-dateslider .slider",
        date=(".timecontrol-date", "textContent"),
        drawn=COUNT,
        knob=".timecontrol-dateslider .knob.main",
    ),
    Way(
        "Timeline",
        timeline_page,
        mark=PATHS,
        bar="input.time-slider",
        date=("output.time-text", "textContent"),
        drawn=COUNT,
    ),
)


class Assets:
    """Answers what a page asks other servers for from node_modules, and counts it."""

    def __init__(self) -> None:
        self.bytes = 0
        self.missing: list[str] = []

    def answer(self, route: Route) -> None:
        """Serve a file by its name; remember it where there is none."""
        name = Path(urlsplit(route.request.url).path).name
        file = MODULES / ASSETS.get(name, name)
        if name in NEEDLESS:
            route.fulfill(body="")
        elif name in ASSETS and file.is_file():
            self.bytes += file.stat().st_size
            route.fulfill(path=file)
        else:
            self.missing.append(f"{route.request.url} ({file.relative_to(ROOT)})")
            route.abort()

    def check(self) -> None:
        """Raise RuntimeError, naming them, where files were asked for that are not here."""
        if self.missing:
            raise RuntimeError(f"no file for {', '.join(self.missing)}: run npm ci, or add it")


def main() -> None:
    """Measure every journey in every way, and print a table of each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("stops", nargs="*", type=int, default=SIZES, help="91 is the real data")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="turns that each page takes")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = launch_browser(playwright)
        print_machine(browser)
        browser.close()
    print(f"{STEPS} steps in {SECONDS} s at {SIZE['width']}x{SIZE['height']}", end="; ")
    print(f"rounds: {options.rounds}; given up after {RUN_SECONDS} s")
    for stops in options.stops:
        for title, table in tables(stops):
            with tempfile.TemporaryDirectory() as folder:
                places = Path(folder) / "places.csv"
                if isinstance(table, str):
                    places.write_text(table, encoding="utf-8")
                compare(title, places if isinstance(table, str) else table, options.rounds)


def tables(stops: int) -> Iterator[tuple[str, str | Path]]:
    """The journeys of so many stops: a title, and the table's text or where it is."""
    if stops == REAL:
        yield f"Real data, {REAL} stops", ROOT / "data" / "places.csv"
        return
    yield f"{stops:,} stops, short hops", made_table(stops, hops=True)
    yield f"{stops:,} stops, long legs", made_table(stops)


def compare(title: str, places: Path, rounds: int) -> None:
    """Measure one journey in every way, taking turns, and print the table.

    A way that was given up is not asked again.
    """
    runs: dict[str, list[Run]] = {way.name: [] for way in WAYS}
    given_up: set[str] = set()
    for _ in range(rounds):
        for number, way in enumerate(WAYS):
            if way.name in given_up:
                continue
            run = bounded(number, places)
            if run is None:
                given_up.add(way.name)
            else:
                runs[way.name].append(run)
    columns = {name: figures(own) if own else {} for name, own in runs.items()}
    print(f"\n{title} (load {os.getloadavg()[0]:.1f} at the end)")
    print(f"\n| | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}")
    for figure in next(filter(None, columns.values()), {}):
        cells = [
            own.get(figure, "–") + (" *" if name in given_up and own else "")
            for name, own in columns.items()
        ]
        print(f"| {figure} | {' | '.join(cells)} |")
    for name in sorted(given_up):
        print(f"\n{name}: given up, not done after {RUN_SECONDS} s.")
    sys.stdout.flush()


def bounded(number: int, places: Path) -> Run | None:
    """Measure a way in a process of its own; None where it does not end in time."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    folder = tempfile.TemporaryDirectory()
    process = context.Process(target=send_run, args=(theirs, number, places, Path(folder.name)))
    process.start()
    theirs.close()
    try:
        if not ours.poll(RUN_SECONDS):
            return None
        answer = ours.recv()
    except EOFError:
        raise RuntimeError(f"{WAYS[number].name} could not be measured") from None
    finally:
        process.terminate()
        process.join()
        folder.cleanup()
    if not isinstance(answer, Run):
        raise RuntimeError(f"{WAYS[number].name}: {answer}")
    return answer


def send_run(answer: Connection, number: int, places: Path, folder: Path) -> None:
    """Measure a way and send the run, or what went wrong."""
    try:
        answer.send(measure(WAYS[number], places, folder))
    except Exception as wrong:
        answer.send(str(wrong))


def measure(way: Way, places: Path, folder: Path) -> Run:
    """Build a page from the table into the folder, open it and drag its slider once."""
    with sync_playwright() as playwright:
        begun = perf_counter()
        file = folder / "journey.html"
        file.write_text(way.build(load_journey(places)), encoding="utf-8")
        built = perf_counter() - begun
        browser = launch_browser(playwright)
        context = browser.new_context(viewport=SIZE)
        assets = serve_assets(context)
        context.add_init_script(NOTE_FIRST_MARK.replace("MARK", json.dumps(way.mark)))
        page = context.new_page()
        page.set_default_timeout(RUN_SECONDS * 1000)
        page.goto(file.as_uri())
        assets.check()
        opened: float = page.evaluate(FIRST_MARK)
        sleep(REST_SECONDS)
        steps, taken, noted = drag(page, way)
        assets.check()
        run = Run(built, file.stat().st_size, assets.bytes, opened / 1000, steps, taken, noted)
        browser.close()
        return run


def serve_assets(context: BrowserContext) -> Assets:
    """Answer from disk whatever a page asks of another server."""
    assets = Assets()
    context.route(re.compile("^https?:"), assets.answer)
    return assets


def drag(page: Page, way: Way) -> tuple[int, float, Noted]:
    """One press, the steps, one release: the steps made, the seconds, what the page noted."""
    bar = box_of(page, way.bar)
    page.evaluate(WATCH, [*way.date, *way.drawn])
    if way.knob:
        knob = box_of(page, way.knob)
        page.mouse.move(knob["x"] + knob["width"] / 2, knob["y"] + knob["height"] / 2)
        page.mouse.down()
        page.mouse.move(*point_along(bar, 0))
    else:
        page.mouse.move(*point_along(bar, 0))
        page.mouse.down()
    sleep(0.3)
    page.evaluate(CLEAR)
    steps, taken = move_along(page, bar)
    noted: Noted = page.evaluate(READ)
    page.mouse.up()
    return steps, taken, noted


def box_of(page: Page, selector: str) -> FloatRect:
    """Where an element is on the page."""
    box = page.locator(selector).bounding_box()
    if box is None:
        raise RuntimeError(f"{selector} is not to be seen")
    return box


def figures(runs: list[Run]) -> dict[str, str]:
    """The figures of a way's runs by name: moves and frames of all runs, else the median."""
    moves = [move for run in runs for move in run.noted["moves"]]
    frames = [frame for run in runs for frame in run.noted["frames"]]
    p50, p95, most = (f"{ms:.1f}" for ms in spread(moves)) if moves else ("–", "–", "–")
    steps, taken = median(run.steps for run in runs), median(run.taken for run in runs)
    return {
        "rounds done": str(len(runs)),
        "steps of the pointer": f"{steps:.0f} in {taken:.1f} s",
        "dates painted": f"{median(run.noted['dates'] for run in runs):.0f}",
        "different maps painted": f"{median(run.noted['maps'] for run in runs):.0f}",
        "moves never painted": str(sum(run.noted["unpainted"] for run in runs)),
        "input to painted, p50 (ms)": p50,
        "… p95 (ms)": p95,
        "… most (ms)": most,
        "longest frame (ms)": f"{max(frames):.0f}",
        "frames in all": str(len(frames)),
        **{
            f"… over {bound} ms": str(sum(frame > bound for frame in frames))
            for bound in (34, 50, 100)
        },
        "opened, first mark painted (s)": f"{median(run.opened for run in runs):.2f}",
        "built from the table (s)": f"{median(run.built for run in runs):.2f}",
        "document (KB)": f"{median(run.size for run in runs) / 1000:,.0f}",
        "asked of other servers (KB)": f"{median(run.asked for run in runs) / 1000:,.0f}",
    }


def median(values: Iterator[float] | Iterator[int]) -> float:
    """The median, as a number to format."""
    return float(statistics.median(values))


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
