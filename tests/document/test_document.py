"""The map document opened from disk with the network off, in a real browser."""

import base64
import html
import io
import json
import re
import threading
from collections import Counter
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import OpenPage
from PIL import Image
from playwright.sync_api import expect

from bench.journeys import made_table
from dev.documents import (
    AREA,
    BASEMAP_PAINTED,
    LONDON,
    MENTION,
    PAINTED,
    PARIS,
    PLACES,
    day_of,
    document_of,
    settle,
    show,
    table_of,
    told,
    until,
    written,
)
from geo.borders.polities import state_at
from geo.dates import old_style, span_in_words
from geo.document.blocks import DATA
from geo.document.build import build_document
from geo.document.data import EPOCH
from geo.document.tiles import OnlineTiles
from geo.loading import load_journey
from geo.place import ROLE_WORDS

SIZES = [(1920, 1080), (1366, 768), (390, 844)]
DAYS = [
    "1879-11-07", "1898-06-01", "1902-11-01", "1905-10-30", "1914-08-05",
    "1917-03-28", "1917-05-17", "1918-08-20", "1929-02-14", "1940-08-20",
]  # fmt: skip
ZOOMS = [2, 3, 4.1, 5.5, 7]
STEPS = 60
FRAME_SCRIPT = PLACES.parent.parent / "page" / "dashboard" / "map_frame.ts"
ROWS_300 = [
    f"r{i},Place {i},,settlement,stop,phase {i % 5},{1700 + i}-01-05,{1700 + i}-11-05,Stay,,a book,"
    f"{-60 + (i * 37) % 130},{-170 + (i * 71) % 340}"
    for i in range(300)
]


def hurried(page):
    """The page, with less patience for what a test presses than Playwright's half a minute."""
    page.set_default_timeout(8000)
    return page


def day_number(iso):
    return date.fromisoformat(iso).toordinal() - EPOCH


@pytest.fixture(scope="session")
def journey():
    return load_journey(PLACES).journey


@pytest.fixture(scope="session")
def journey_text():
    return document_of(PLACES)


@pytest.fixture(scope="session")
def journey_file(tmp_path_factory, journey_text):
    file = tmp_path_factory.mktemp("document") / "journey.html"
    file.write_text(journey_text, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def shared_page(browser, journey_file):
    """What listens to one page of the journey without a network, and that page."""
    opener = OpenPage(browser)
    yield opener, hurried(opener(journey_file, offline=True))
    opener.close()


@pytest.fixture
def open_journey(shared_page):
    """A function that shows the journey, opened from disk, afresh or at the day of an address.

    Tests share one page, as loading it is most of their time; its complaints are the test's.
    """
    opener, page = shared_page

    def open_journey(day="", width=1920, height=1080, colours="light", motion="no-preference"):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=colours, reduced_motion=motion)
        page.evaluate(AFRESH, day)
        if day[:1].isdigit():
            until(page, "document.documentElement.dataset.mode === 'journey'")
        return page

    yield open_journey
    complaints, opener.errors[:] = opener.errors[:], []
    assert not complaints
    assert not opener.requests_outside


# The page as it was at first, then the day of an address. Two frames on it has heard of its size.
AFRESH = """async (day) => {
    const next = () => new Promise((done) => requestAnimationFrame(done));
    await next().then(next);
    document.activeElement.blur();
    history.replaceState(null, "", location.pathname);
    document.getElementById("card").classList.remove("open");
    document.getElementById("whole").click();
    if (day) location.hash = day;
}"""


@pytest.fixture
def open_table(open_page, tmp_path):
    """A function that builds the document of some rows and opens it from disk."""

    def open_table(*rows, **options):
        file = tmp_path / "journey.html"
        file.write_text(document_of(written(tmp_path, table_of(*rows))), encoding="utf-8")
        return hurried(open_page(file, offline=True, **options))

    return open_table


@pytest.fixture
def open_hosted(open_page, tmp_path, journey_text):
    """A function that opens the document in a sandboxed frame, as the dashboard mounts it.

    Returns the page, whose `messages` holds what the frame told it, and the frame.
    """
    sandbox = re.search(r'SANDBOX = "([^"]+)"', FRAME_SCRIPT.read_text("utf-8"))[1]

    def open_hosted(document=journey_text, side="100v", **options):
        file = tmp_path / "host.html"
        file.write_text(
            "<!doctype html><title>host</title><style>body { margin: 0 }"
            f"iframe {{ border: 0; width: {side}w; height: {side}h; display: block }}</style>"
            "<script>messages = []; addEventListener('message', (e) => messages.push(e.data))"
            f"</script><iframe sandbox='{sandbox}' srcdoc='{html.escape(document)}'></iframe>",
            encoding="utf-8",
        )
        page = open_page(file, offline=True, **options)
        until(page, "messages.some((message) => message.type === 'ready')")
        frame = page.frames[1]
        until(frame, PAINTED)
        return page, frame

    return open_hosted


def days_told(page):
    return page.evaluate("messages.filter((message) => message.type === 'date')")


def drag(page, box, start=0.2, end=0.95, steps=STEPS):
    """Press on the time bar and move on in equal steps; yields after each, still pressed."""
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * start, y)
    page.mouse.down()
    for step in range(1, steps + 1):
        page.mouse.move(box["x"] + box["width"] * (start + (end - start) * step / steps), y)
        yield step


def camera(frame):
    return frame.evaluate("[app.map.getZoom(), ...Object.values(app.map.getCenter())]")


def traveller(frame):
    """The traveller's place on the screen: x and y in px of the document."""
    return frame.evaluate(
        """() => {
            const box = document.querySelector(".now-dot").getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];
        }"""
    )


# ---- opening


def test_it_draws_from_disk_with_the_network_off_and_asks_for_nothing(open_page, journey_file):
    page = open_page(journey_file, offline=True)
    until(page, PAINTED)
    assert page.evaluate(BASEMAP_PAINTED)
    assert page.title() == "Leon Trotsky – a life in places, 1879–1940"
    expect(page.locator(".leg.all").first).to_be_attached()
    asked = [address for address in open_page.requests if not address.startswith("blob:")]
    assert asked == [journey_file.as_uri()]


WITHOUT_WORKERS = {
    "no canvas off the page": "delete window.OffscreenCanvas",
    "no worker granted": "window.Worker = class { constructor() { throw new Error('no'); } }",
}


@pytest.mark.parametrize("script", WITHOUT_WORKERS.values(), ids=WITHOUT_WORKERS)
def test_a_browser_without_workers_paints_on_the_page(open_page, journey_file, script):
    page = open_page("about:blank")
    page.context.add_init_script(script)
    page.goto(f"{journey_file.as_uri()}#1917-05-17")
    until(page, f"document.querySelector('.states') && ({PAINTED})")


def test_equal_tables_give_equal_documents(journey_text):
    assert document_of(PLACES) == journey_text


INTRUSIONS = [
    "const own = document.createElement('script'); own.textContent = 'window.pwned = 1';"
    "document.body.append(own)",
    "document.body.setAttribute('onclick', 'window.pwned = 1'); document.body.click()",
    "new Image().src = 'https://example.org/a.png'",
    "fetch('https://example.org/a.json').catch(() => undefined)",
    "const own = document.createElement('iframe'); own.src = 'https://example.org/';"
    "document.body.append(own)",
    "location.href = 'javascript:window.pwned=1'",
]


def test_the_policy_stops_what_is_not_the_pages_own(open_page, journey_file):
    page = open_page(journey_file)
    page.evaluate(
        "() => addEventListener('securitypolicyviolation', () => { window.refused += 1 })"
    )
    for intrusion in INTRUSIONS:
        page.evaluate(f"() => {{ window.refused = 0; {intrusion} }}")
        until(page, "window.refused")
    assert page.evaluate("window.pwned") is None
    # The browser lists what the policy stopped on its way out.
    open_page.errors.clear()
    open_page.requests.clear()


@pytest.mark.parametrize(
    ("rows", "invitation"),
    [
        ([], "No place on the map yet"),
        ([PARIS], "Press play"),
        ([PARIS, LONDON], "Press play"),
        ([MENTION], "No place on the map yet"),
        ([AREA], "Press play"),
        (ROWS_300, "Press play"),
    ],
    ids=["no rows", "one row", "two rows", "mention only", "area only", "300 rows"],
)
def test_a_journey_of_any_size_opens_and_obeys_the_keys(open_table, rows, invitation):
    page = open_table(*rows)
    until(page, PAINTED)
    assert page.evaluate(BASEMAP_PAINTED)
    expect(page.locator("#invite-call")).to_contain_text(invitation)
    page.locator("#timeline").focus()
    for key in ("ArrowRight", "End", "PageDown", "Home", "Shift+ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    page.evaluate("document.activeElement.blur()")
    for key in ("PageDown", "PageUp", "End", "Home", "Space", "Space"):
        page.keyboard.press(key)
    low, now, high = (
        int(page.locator("#timeline").get_attribute(f"aria-value{end}"))
        for end in ("min", "now", "max")
    )
    assert low <= now <= high
    assert told(page)


# ---- the pointer on the bar


def test_every_step_of_a_drag_is_a_day_and_the_page_around_hears_of_the_last_alone(open_hosted):
    page, frame = open_hosted()
    days, spots, painted, heard, cameras = [], [], [], [], []
    for _ in drag(page, frame.locator("#timeline").bounding_box()):
        days.append(day_of(frame))
        spots.append(tuple(traveller(frame)))
        painted.append(frame.evaluate(BASEMAP_PAINTED))
        cameras.append(camera(frame))
        heard.append(len(days_told(page)))
    assert all(before < after for before, after in pairwise(days))
    assert len(days) == STEPS
    assert len(set(spots)) > STEPS / 4
    assert all(painted)
    assert not any(heard)
    assert len({tuple(view) for view in cameras}) < STEPS / 4
    page.mouse.up()
    until(page, "messages.some((message) => message.type === 'date')")
    settle(frame)
    last = date.fromordinal(days[-1] + EPOCH).isoformat()
    assert [message["date"] for message in days_told(page)] == [last]


def test_a_frame_that_had_no_size_shows_its_day_once_it_has(open_hosted, journey_text):
    # A browser need not tell a window that its frame has been laid out for the first time.
    deaf = "<script>addEventListener('resize', (e) => e.stopImmediatePropagation())</script>"
    page, frame = open_hosted(journey_text.replace("<head>", f"<head>{deaf}", 1), side="0v")
    page.evaluate("() => frames[0].postMessage({ type: 'go', date: '1917-05-17' }, '*')")
    until(frame, "document.documentElement.dataset.mode === 'journey'")
    page.add_style_tag(content="iframe { width: 100vw !important; height: 100vh !important }")
    until(frame, "innerWidth && app.map.getSize().x === app.map.getContainer().clientWidth")
    settle(frame)
    assert frame.evaluate(BASEMAP_PAINTED)
    x, y = traveller(frame)
    assert 0.3 < x / 1920 < 0.7
    assert 0.3 < y / 1080 < 0.7
    for _ in drag(page, frame.locator("#timeline").bounding_box()):
        pass
    page.mouse.up()
    until(page, "messages.some((message) => message.type === 'date')")
    settle(frame)


def test_the_camera_follows_only_out_of_view(open_journey):
    page = open_journey("1917-05-17", motion="reduce")
    settle(page)
    free = page.evaluate("app.overlays.free")
    map_box = page.locator(".leaflet-container").bounding_box()
    before, moved, painted = camera(page), [], []
    for _ in drag(page, page.locator("#timeline").bounding_box(), 0.6, 0.4):
        x, y = traveller(page)
        assert free["left"] <= x - map_box["x"] <= free["right"]
        assert free["top"] <= y - map_box["y"] <= free["bottom"]
        moved.append(camera(page) != before)
        before = camera(page)
        painted.append(page.evaluate(BASEMAP_PAINTED))
    page.mouse.up()
    assert any(moved), "New York lies out of view of Petrograd"
    assert sum(moved) < STEPS / 3
    assert all(painted)


def test_a_finger_outside_the_bar_still_holds_the_handle(open_journey):
    page = open_journey()
    box = page.locator("#timeline").bounding_box()
    for _ in drag(page, box, steps=2):
        pass
    page.mouse.move(box["x"] + box["width"] / 2, 100)
    held = day_of(page)
    page.mouse.up()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 10)
    assert day_of(page) == held


# ---- keys


def test_the_time_bar_is_a_slider_to_a_screen_reader(open_journey, journey):
    page = open_journey("1917-05-17")
    bar = page.get_by_role("slider", name="Day of the journey")
    first, last = (day - EPOCH for day in journey.span)
    expect(bar).to_have_attribute("aria-valuemin", str(first))
    expect(bar).to_have_attribute("aria-valuemax", str(last))
    expect(bar).to_have_attribute("aria-valuenow", str(day_number("1917-05-17")))
    number = next(stop.number for stop in journey.stops if stop.place.id == "petrograd-1917")
    said = f"17 May 1917, Petrograd, stop {number} of {len(journey.stops)}"
    expect(bar).to_have_attribute("aria-valuetext", said)


def test_keys_on_the_slider(open_journey, journey):
    page = open_journey("1917-05-17")
    first, last = (day - EPOCH for day in journey.span)
    start = day_number("1917-05-17")
    after = next(stop.start for stop in journey.stops if stop.start - EPOCH > start) - EPOCH
    page.locator("#timeline").focus()
    for key, day in [
        ("ArrowRight", start + 1),
        ("ArrowLeft", start),
        ("ArrowUp", start + 1),
        ("ArrowDown", start),
        ("PageUp", day_number("1918-05-17")),
        ("PageDown", start),
        ("Shift+ArrowRight", after),
        ("Shift+ArrowLeft", start),
        ("Home", first),
        ("ArrowLeft", first),
        ("End", last),
        ("ArrowRight", last),
    ]:
        page.keyboard.press(key)
        assert day_of(page) == day, key


def test_page_keys_elsewhere_go_from_stop_to_stop(open_journey, journey):
    page = open_journey()
    page.keyboard.press("PageDown")
    starts = [stop.start - EPOCH for stop in journey.stops]
    assert day_of(page) == starts[0]
    later = sorted({start for start in starts if start > starts[0]})
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    assert day_of(page) == later[1]
    page.keyboard.press("PageUp")
    assert day_of(page) == later[0]


def test_space_plays_and_pauses(open_journey):
    page = open_journey("1917-05-17")
    root = page.locator("html")
    page.keyboard.press("Space")
    expect(root).to_have_class(re.compile("playing"))
    until(page, f"Number(document.getElementById('timeline').ariaValueNow) > {day_of(page)}")
    page.keyboard.press("Space")
    expect(root).not_to_have_class(re.compile("playing"))
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play")


def test_a_key_shows_the_wall_in_full_screen(open_journey):
    page = open_journey("1917-05-17")
    page.keyboard.press("f")
    expect(page.locator("html")).to_have_attribute("data-mode", "present")
    expect(page.locator("#wall-place")).to_have_text("Petrograd")
    expect(page.locator("#wall-day")).to_have_text("17 May 1917")
    for name in ("#wall-place", "#wall-day"):
        expect(page.locator(name)).to_be_visible()
        assert page.locator(name).evaluate(CAPITALS) >= 32
    page.keyboard.press("PageDown")
    expect(page.locator("#wall-place")).to_contain_text("Kresty prison")
    page.keyboard.press("f")
    expect(page.locator("html")).to_have_attribute("data-mode", "journey")


# Height in px of an element's capitals.
CAPITALS = """(element) => {
    const pen = new OffscreenCanvas(1, 1).getContext("2d");
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    return pen.measureText("H").actualBoundingBoxAscent;
}"""


def test_keys_belong_to_the_date_box_while_one_types(open_journey):
    page = open_journey("1917-05-17")
    page.locator("#date").click()
    entry = page.locator("#date-entry")
    entry.fill("")
    for key in ("f", "Space", "Home", "PageDown", "End", "x"):
        page.keyboard.press(key)
    assert entry.input_value() == "f x"
    assert day_of(page) == day_number("1917-05-17")
    expect(page.locator("html")).to_have_attribute("data-mode", "journey")
    expect(page.locator("html")).not_to_have_class(re.compile("playing"))


# ---- buttons and play


def test_buttons_go_from_stop_to_stop_and_rest_at_the_ends(open_table):
    page = open_table(PARIS, LONDON)
    expect(page.locator("#previous")).to_be_disabled()
    page.locator("#next").click()
    expect(page.locator("#card-place")).to_have_text("Paris")
    expect(page.locator("#previous")).to_be_disabled()
    page.locator("#next").click()
    expect(page.locator("#card-place")).to_have_text("London")
    expect(page.locator("#next")).to_be_disabled()
    page.locator("#previous").click()
    expect(page.locator("#card-place")).to_have_text("Paris")


def test_play_reaches_the_end_and_stops(open_table):
    page = open_table(PARIS, LONDON)
    page.locator("#begin").click()
    until(page, f"Number(document.getElementById('timeline').ariaValueNow) > {day_of(page)}")
    until(page, "!document.documentElement.classList.contains('playing')")
    assert day_of(page) == day_number("1902-12-20")
    expect(page.locator("#card-place")).to_have_text("London")


def test_speeds_go_round(open_journey):
    page = open_journey()
    speed = page.locator("#speed")
    words = []
    for _ in range(5):
        words.append(speed.inner_text())
        speed.click()
    assert len(set(words)) == 4
    assert words[4] == words[0]


# ---- dates


@pytest.mark.parametrize("typed", ["17 May 1917", "1917-05-17", "May 17, 1917", "17 may 1917"])
def test_an_exact_date_can_be_typed(open_journey, typed):
    page = open_journey()
    page.locator("#date").click()
    page.locator("#date-entry").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator("#date-words")).to_have_text("Thursday 17 May 1917")
    expect(page.locator("#date-entry")).to_be_hidden()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("soon", "17 May 1917 or 1917-05-17"),
        ("31 February 1917", "17 May 1917 or 1917-05-17"),
        ("", "17 May 1917 or 1917-05-17"),
        ("1 January 2001", "7 November 1879 to 21 August 1940"),
    ],
)
def test_a_date_that_is_none_says_what_to_write(open_journey, typed, answer):
    page = open_journey("1917-05-17")
    page.locator("#date").click()
    page.locator("#date-entry").fill(typed)
    page.keyboard.press("Enter")
    problem = page.get_by_role("alert")
    expect(problem).to_be_visible()
    expect(problem).to_contain_text(answer)
    page.keyboard.press("Escape")
    expect(problem).to_be_hidden()
    expect(page.locator("#date-entry")).to_be_hidden()
    expect(page.locator("#date")).to_be_focused()
    assert day_of(page) == day_number("1917-05-17")


def test_an_address_opens_its_day(open_journey):
    page = open_journey("1917-05-17")
    expect(page.locator("#card-place")).to_have_text("Petrograd")
    expect(page.locator("#old-style")).to_have_text("Old Style 4 May")
    page.evaluate("() => { location.hash = '#1929-02-20' }")
    expect(page.locator("#card-place")).to_have_text("Constantinople")


def test_an_address_that_is_no_day_shows_the_whole_journey(open_journey):
    page = open_journey("soon")
    expect(page.locator("html")).to_have_attribute("data-mode", "overview")


@pytest.mark.parametrize(
    "address", ["100%", "%E0%A4%A", "%00", "<b>1917-05-17</b>", "1917-05-17&x"]
)
def test_no_address_does_any_harm(open_page, journey_file, address):
    page = hurried(open_page(f"{journey_file.as_uri()}#{address}", offline=True))
    until(page, PAINTED)
    expect(page.locator("html")).to_have_attribute("data-mode", "overview")
    expect(page.locator("#title")).to_have_text("Leon Trotsky")


STRANGE = """[
    null, 1, "go", [], {}, { type: "go" }, { type: "go", date: null }, { type: "go", date: {} },
    { type: "go", date: "100%" }, { type: "page" }, { type: "page", theme: 1, address: "x" },
    { type: "page", theme: "light", address: "javascript:window.pwned=1" }, { type: "date" },
]"""


def test_no_message_from_outside_does_any_harm(open_hosted):
    page, frame = open_hosted()
    page.evaluate(f"() => {STRANGE}.forEach((message) => frames[0].postMessage(message, '*'))")
    page.evaluate("() => frames[0].postMessage({ type: 'go', date: '1917-05-17' }, '*')")
    expect(frame.locator("#card-place")).to_have_text("Petrograd")
    assert frame.evaluate("window.pwned") is None
    assert shared(frame) == ""


# What a press on the link's button copies; empty where it says that there is none.
SHARED = """async () => {
    let copied = "";
    navigator.clipboard.writeText = async (text) => { copied = text; };
    document.getElementById("share").click();
    await new Promise((done) => setTimeout(done));
    return copied;
}"""


def shared(page):
    page.evaluate("() => navigator.clipboard || (navigator.clipboard = {})")
    return page.evaluate(SHARED)


def test_a_link_to_the_day_works_where_the_document_is(open_hosted, open_journey, journey_file):
    page = open_journey("1917-05-17")
    assert shared(page) == f"{journey_file.as_uri()}#1917-05-17"
    page, frame = open_hosted()
    expect(frame.locator("#toast")).to_have_count(1)
    assert shared(frame) == ""
    expect(frame.locator("#toast")).to_contain_text("does not say its address")
    told = "{ type: 'page', theme: 'light', address: 'https://maps.example/a?b=1' }"
    page.evaluate(f"() => frames[0].postMessage({told}, '*')")
    page.evaluate("() => frames[0].postMessage({ type: 'go', date: '1917-05-17' }, '*')")
    expect(frame.locator("#card-place")).to_have_text("Petrograd")
    assert shared(frame) == "https://maps.example/a?b=1&date=1917-05-17"


def test_a_link_works_in_a_page_that_embeds_the_file(open_page, tmp_path, journey_file):
    host = tmp_path / "embedding.html"
    host.write_text(f"<!doctype html><iframe src='{journey_file.as_uri()}#1917-05-17'></iframe>")
    page = hurried(open_page(host, offline=True))
    frame = page.frames[1]
    until(frame, PAINTED)
    assert shared(frame) == f"{journey_file.as_uri()}#1917-05-17"


def test_old_style_until_russia_changed_its_calendar(open_journey):
    page = open_journey()
    first, last = date(1879, 11, 7).toordinal(), date(1918, 2, 13).toordinal()
    days = [*range(first, last + 1, 29), last]
    said = page.evaluate(
        """(days) => days.map((day) => {
            app.state.setDay(day);
            return document.getElementById("old-style").textContent;
        })""",
        [day - EPOCH for day in days],
    )
    julian = [old_style(date.fromordinal(day)) for day in days]
    words = [f"Old Style {day.day} {date(1900, day.month, 1):%B}" for day in julian]
    # A day that the record is not sure of has no date in another calendar.
    sure = [i for i, told in enumerate(said) if not told.startswith("He may ")]
    assert len(sure) > len(days) / 2
    assert [said[i] for i in sure] == [words[i] for i in sure]
    show(page, "1918-02-05")
    expect(page.locator("#old-style")).to_have_text("Old Style 23 January")
    show(page, "1918-04-05")
    expect(page.locator("#old-style")).to_have_text("")


# ---- the data


def test_the_page_reads_what_the_table_says(open_journey, journey):
    page = open_journey()
    data = page.evaluate("app.state.itinerary.data")
    assert [stay.get("number") for stay in data["road"]] == [node.number for node in journey.nodes]
    for kind, entries in [
        ("road", journey.nodes),
        ("areas", journey.areas),
        ("mentions", journey.mentions),
    ]:
        for read, entry in zip(data[kind], entries, strict=True):
            place = entry.place
            assert (read["lat"], read["lon"]) == entry.point
            for field in ("id", "place", "kind", "title", "story", "claim"):
                assert read[field] == getattr(place, field)
            assert (read["modern"], read["areal"]) == (place.modern_name, place.is_area)
            assert read["role"] == ROLE_WORDS[place.role]
            assert read["sources"] == [
                {"words": source.words, "url": source.url or ""} for source in place.sources
            ]


# ---- journeys of thousands of stops


# Elements of the bar, of the lens, and how wide the mark of the stay is, in px.
BAR = """() => {
    const count = (selector) => document.querySelectorAll(selector).length;
    const { width } = document.querySelector("#timeline .here").getBBox();
    return [count("#timeline *"), count("#lens *"), width];
}"""


@pytest.mark.parametrize(("stops", "phases"), [(10_000, 5), (2_000, 40)])
def test_a_crowded_bar_draws_no_more_than_can_be_seen(open_page, tmp_path, stops, phases):
    rows = made_table(stops, hops=True).splitlines()
    if phases == 40:
        rows[1:] = [re.sub(r"phase \d", f"phase {i % 40}", row) for i, row in enumerate(rows[1:])]
    file = tmp_path / "journey.html"
    file.write_text(document_of(written(tmp_path, "\n".join(rows))), encoding="utf-8")
    page = open_page(f"{file.as_uri()}#1520-01-05", offline=True)
    number = (date(1520, 1, 5) - date(1500, 1, 1)).days // 10 + 1
    assert day_of(page) == day_number("1520-01-05")
    assert told(page).endswith(f"stop {number} of {stops}")
    # The lens is looked through near either end, and in the middle.
    bar = page.locator("#timeline .axis-box").first.bounding_box()
    for along in (0.01, 0.5, 0.99):
        page.mouse.move(bar["x"] + bar["width"] * along, bar["y"])
        expect(page.locator("#lens .stay").first).to_be_attached()
        on_bar, in_lens, mark = page.evaluate(BAR)
        assert on_bar <= 100 + 25 * phases
        assert in_lens <= 2_000
        assert mark >= 3


# ---- the card


def test_the_card_tells_every_stop_as_the_table_has_it(open_journey, journey):
    page = open_journey()
    read = """(day) => {
        app.navigation.open(day);
        const read = (id) => document.getElementById(id).textContent;
        return ["card-number", "card-place", "card-dates", "card-story"].map(read);
    }"""
    latest = {stop.start: stop for stop in journey.stops}
    for stop in latest.values():
        place = stop.place
        assert page.evaluate(read, stop.start - EPOCH) == [
            f"Stop {stop.number} of {len(journey.stops)}",
            place.place,
            span_in_words(place.arrived, place.departed),
            place.story or place.title,
        ]


def test_the_card_names_then_and_now_and_where_it_is_from(open_journey, journey):
    page = open_journey("1917-05-17")
    place = next(stop.place for stop in journey.stops if stop.place.id == "petrograd-1917")
    expect(page.locator("#card-place")).to_have_text("Petrograd")
    expect(page.locator("#card-now")).to_have_text("now Saint Petersburg, Russia")
    expect(page.locator("#card-dates")).to_have_text("17 May – 5 August 1917")
    facts = page.locator("#card-facts")
    expect(facts).to_contain_text("¶")
    links = facts.get_by_role("link")
    assert [link.get_attribute("href") for link in links.all()] == [
        source.url for source in place.sources if source.url
    ]
    for link in links.all():
        assert "noopener" in link.get_attribute("rel")
        assert link.get_attribute("target") == "_blank"
    for source in place.sources:
        expect(facts).to_contain_text(source.words)


def test_the_card_sets_claim_and_record_side_by_side(open_journey, journey):
    claimed = next(stop for stop in journey.stops if stop.place.claim)
    page = open_journey(date.fromordinal(claimed.start).isoformat())
    says = page.locator("#card-says")
    expect(says).to_contain_text(claimed.place.claim)
    expect(says).to_contain_text("Text says")
    expect(says).to_contain_text("Record says")


# The middle of a mark that nothing covers.
FREE_MARK = """(marks) => [...document.querySelectorAll(marks)]
    .map((mark) => mark.getBoundingClientRect())
    .map(({ left, top, width, height }) => [left + width / 2, top + height / 2])
    .find(([x, y]) => document.elementFromPoint(x, y)?.matches("#map, #map canvas"))"""


def test_a_finger_need_not_hit_a_mark_exactly(open_page, journey_file):
    page = open_page(journey_file, width=390, height=844, has_touch=True, offline=True)
    show(page, "1917-05-17", 3)
    x, y = page.evaluate(FREE_MARK, ".road .mark.stay")
    page.touchscreen.tap(x + 9, y + 9)
    until(page, "app.state.day !== " + str(day_number("1917-05-17")))


def test_places_only_named_are_off_until_asked_for(open_journey):
    page = open_journey("1917-05-17")
    mention = page.locator(".road .mark.mention").first
    expect(mention).to_be_hidden()
    ask_for_mentions(page)
    expect(mention).to_be_visible()


def ask_for_mentions(page):
    page.locator("#layers").click()
    page.locator("#switch-mentions").check()
    page.keyboard.press("Escape")


# Each name of a place only named with the other marks of places he has been to within 8 px of it.
MENTIONS_NEAR_MARKS = """(() => {
    const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().width;
    const marks = [...document.querySelectorAll(".road .mark:is(.stay, .way):not(.ahead)")];
    const boxes = marks.filter(seen).map((mark) => mark.getBoundingClientRect());
    const names = [...document.querySelectorAll(".label.mention:not(.off)")].filter(seen);
    return names.map((name) => {
        const { left, right, top, bottom } = name.getBoundingClientRect();
        const near = boxes.filter((box) => {
            const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
            return x > left - 8 && x < right + 8 && y > top - 8 && y < bottom + 8;
        });
        return [name.textContent, near.length];
    });
})()"""


def test_a_place_only_named_is_named_beside_its_own_mark_alone(open_journey):
    page = open_journey("1917-05-17", motion="reduce")
    ask_for_mentions(page)
    named, found = 0, []
    for day in DAYS:
        show(page, day)
        mentions = page.evaluate(MENTIONS_NEAR_MARKS)
        named += len(mentions)
        found += [f"{day}: {name} is beside another mark" for name, near in mentions if near]
        found += collisions({"when": day, **page.evaluate(SCENE), "overlays": []})
    page.locator("#layers").click()
    page.locator("#switch-mentions").uncheck()
    page.keyboard.press("Escape")
    assert named >= 5
    assert not found, "\n".join(found)


def test_the_card_tells_of_a_place_only_named_once_chosen(open_journey, journey):
    page = open_journey()
    show(page, "1917-05-17", 3)
    ask_for_mentions(page)
    x, y = page.evaluate(FREE_MARK, ".road .mark.mention")
    page.mouse.move(x, y)
    cursor = "getComputedStyle(app.map.getContainer()).cursor"
    assert page.evaluate(cursor) == "pointer"
    page.mouse.move(x + 30, y + 30)
    page.mouse.click(x, y)
    expect(page.locator("#card-number")).to_have_text(
        re.compile("Named, not visited|Never reached|Acted on from afar")
    )
    named = {mention.place.place: mention.place for mention in journey.mentions}
    chosen = named[page.locator("#card-place").inner_text()]
    expect(page.locator("#card-story")).to_have_text(chosen.story or chosen.title)
    page.keyboard.press("PageDown")
    expect(page.locator("#card-number")).to_contain_text("Stop")


def test_the_card_tells_of_the_road_between_stops(open_journey):
    page = open_journey("1917-05-02")
    expect(page.locator("#card-place")).to_have_text("To Petrograd")
    expect(page.locator("#card-now")).to_have_text("from Amherst")
    road = page.locator("#card-facts")
    expect(road).to_contain_text("by way of Christiania, Stockholm, Torneå")
    expect(road).to_contain_text(re.compile(r"[\d,]+ km"))
    assert told(page).endswith("on the way from Amherst to Petrograd")


def test_way_points_are_marked_once_passed(open_journey):
    page = open_journey("1917-05-20")
    expect(page.locator(".mark.way").first).to_be_attached()
    page = open_journey("1879-11-07")
    expect(page.locator(".mark.way")).to_have_count(0)


# ---- what is drawn where

# Boxes of visible names: text, left, top, right, bottom in px of the window.
NAMES = """[...document.querySelectorAll(".label:not(.off)")]
    .filter((label) => getComputedStyle(label).display !== "none")
    .flatMap((label) => {
        const [name, path] = [label.textContent, label.querySelector("textPath")];
        if (!path) {
            const box = label.getBoundingClientRect();
            return [[name, box.left, box.top, box.right, box.bottom]];
        }
        // Words along a bent leg: one box around them all would lie over what is beside them.
        const { e, f } = path.getScreenCTM();
        return Array.from({ length: path.getNumberOfChars() }, (_, i) => {
            const { x, y, width, height } = path.getExtentOfChar(i);
            return [name, x + e, y + f, x + e + width, y + f + height];
        });
    })"""
OVERLAYS = """["#title-block", ".controls", "#card", "#legend", ".bar", ".credit"]
    .map((name) => [name, document.querySelector(name).getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height)
    .map(([name, box]) => [name, box.left, box.top, box.right, box.bottom])"""
MAP_BOX = """(() => {
    const box = document.querySelector(".leaflet-container").getBoundingClientRect();
    return ["map", box.left, box.top, box.right, box.bottom];
})()"""
SCENE = f"({{ names: {NAMES}, overlays: {OVERLAYS}, map: {MAP_BOX} }})"
# A frame later the page has heard that its card is of another size.
OPEN_AND_LOOK = f"""async ([day, zooms]) => {{
    const next = () => new Promise((done) => requestAnimationFrame(done));
    const frames = () => next().then(next);
    app.open(day);
    await frames();
    const scenes = [];
    for (const zoom of zooms) {{
        app.map.setZoom(zoom, {{ animate: false }});
        app.camera.jump(app.state.moment.point);
        await frames();
        app.layers.labels.layout();
        scenes.push({{ when: `${{day}} at ${{zoom}}`, ...{SCENE} }});
    }}
    return scenes;
}}"""


def overlap(a, b):
    """How far two boxes lie over each other, in px; 0 or less where they do not."""
    return min(min(a[3], b[3]) - max(a[1], b[1]), min(a[4], b[4]) - max(a[2], b[2]))


def within(inner, outer):
    return (
        inner[1] >= outer[1] - 0.5
        and inner[2] >= outer[2] - 0.5
        and inner[3] <= outer[3] + 0.5
        and inner[4] <= outer[4] + 0.5
    )


def collisions(scene):
    """What lies over something else, or is cut off, in words."""
    names, overlays = scene["names"], scene["overlays"]
    pairs = [(a, b) for a, b in combinations(names, 2) if a[0] != b[0]]
    pairs += combinations(overlays, 2)
    pairs += [(name, overlay) for name in names for overlay in overlays if overlay[0] != ".credit"]
    found = [f"{a[0]} / {b[0]}: {overlap(a, b):.1f} px" for a, b in pairs if overlap(a, b) > 0.5]
    found += [f"{name[0]} is cut off" for name in names if not within(name, scene["map"])]
    return [f"{scene['when']}: {words}" for words in found]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_lies_over_anything_else_on_any_date_at_any_zoom(open_journey, width, height):
    page = open_journey(width=width, height=height)
    scenes = [{"when": "overview", **page.evaluate(SCENE)}]
    for day in DAYS:
        scenes += page.evaluate(OPEN_AND_LOOK, [day, ZOOMS])
    assert len(scenes) == 1 + len(DAYS) * len(ZOOMS)
    assert all(scene["names"] for scene in scenes if scene["when"].endswith("4.1"))
    found = [words for scene in scenes for words in collisions(scene)]
    assert not found, "\n".join(found)


# Words and buttons that stick out of the window, or out of what holds them.
CUT_OFF = """[...document.querySelectorAll("body *")].filter((element) => {
    const elsewhere = element.closest("svg, .map, .lens, .timeline, .unseen");
    if (elsewhere || !element.checkVisibility()) return false;
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    if (!width || !height) return false;
    const out = left < -0.5 || right > innerWidth + 0.5 || top < -0.5 || bottom > innerHeight + 0.5;
    const block = getComputedStyle(element).display !== "inline";
    const spills = block && element.scrollWidth > element.clientWidth + 1;
    return (out && !element.closest(".card")) || spills;
}).map((element) => element.id || element.className || element.tagName)"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_off(open_journey, width, height):
    page = open_journey(width=width, height=height)
    assert page.evaluate(CUT_OFF) == []
    for day in DAYS:
        show(page, day)
        assert page.evaluate(CUT_OFF) == [], day


def test_the_card_of_a_phone_opens_to_all_it_says(open_journey):
    page = open_journey("1917-05-17", width=390, height=844)
    expect(page.locator("#card-facts")).to_be_hidden()
    page.locator("#more").click()
    expect(page.locator("#card-facts")).to_be_visible()
    assert page.evaluate(CUT_OFF) == []


# ---- for everybody


# ---- the states of the day


# Colour of the picture of states at a point of the land, as [red, green, blue].
TINT = """([lat, lon]) => {
    const picture = document.querySelector(".states");
    const box = picture.getBoundingClientRect();
    const map = app.map.getContainer().getBoundingClientRect();
    const { x, y } = app.map.latLngToContainerPoint([lat, lon]);
    const across = ((x + map.left - box.left) * picture.width) / box.width;
    const down = ((y + map.top - box.top) * picture.height) / box.height;
    const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    pen.drawImage(picture, across, down, 1, 1, 0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""
GALICIA, HUNGARY, RUSSIAN_POLAND, VOLGA = (49.7, 23.2), (46.9, 19.4), (51.9, 20.4), (53.6, 46.3)
FRANCE = (46.8, 2.4)


def states_named(page):
    """The names of the states on the map, without what is said below them."""
    return {name for name, _ in page.evaluate(STATE_NAMES)}


@pytest.mark.parametrize(
    ("day", "named", "gone"),
    [
        ("1900-06-01", {"RUSSIAN EMPIRE", "SWEDEN–NORWAY", "OTTOMAN EMPIRE"}, {"USSR"}),
        ("1917-10-20", {"RUSSIAN REPUBLIC", "SWEDEN"}, {"RUSSIAN EMPIRE", "SWEDEN–NORWAY"}),
        ("1918-06-01", {"SOVIET RUSSIA", "PERSIA"}, {"RUSSIAN REPUBLIC"}),
        ("1925-06-01", {"USSR", "TURKEY", "PERSIA"}, {"RSFSR", "OTTOMAN EMPIRE"}),
        ("1938-06-01", {"UNITED STATES"}, {"USSR"}),
    ],
)
def test_states_bear_their_names_of_the_day(open_journey, day, named, gone):
    page = open_journey()
    show(page, day, 4.1)
    assert named <= states_named(page)
    assert not gone & states_named(page)


# Thirty days on which he was in different states, at home and abroad.
NAMED_DAYS = [
    "1879-11-07", "1890-06-01", "1897-06-01", "1900-06-01", "1902-06-01", "1902-11-15",
    "1903-06-01", "1904-06-01", "1905-10-30", "1907-06-20", "1908-06-01", "1910-09-01",
    "1913-09-01", "1914-08-10", "1915-03-01", "1916-11-10", "1917-01-20", "1917-04-10",
    "1917-05-17", "1918-03-20", "1919-11-20", "1920-08-01", "1923-06-01", "1925-06-01",
    "1928-06-01", "1930-06-01", "1934-01-01", "1935-09-01", "1937-06-01", "1940-08-20",
]  # fmt: skip
# The words of each state's name, without its note, and their size in px.
STATE_NAMES = """[...document.querySelectorAll(".label.state:not(.off)")].map((label) => [
    [...label.querySelectorAll("tspan:not(.note)")].map((line) => line.textContent).join("").trim(),
    Number(label.getAttribute("font-size")),
])"""
# Where a wall's large letters find no room between the roads, marks and names of other powers.
NO_ROOM_ON_WALL = {("1917-05-17", "Austria-Hungary"), ("1918-03-20", "Austria-Hungary")}
# What is said below the name of the place he is in: a state too small for a name of its own.
TOLD_WITH_PLACE = """document.querySelector(".label.now:not(.off) .note")
    ?.textContent.toUpperCase()"""
COLONIAL = ("colony", "protectorate", "mandate", "vassal")
# Towns by which it is told how much of a power's land in Europe is in view.
TOWNS = [
    (51.5, -0.1), (52.5, -1.9), (53.8, -1.5), (55.9, -3.2),
    (48.9, 2.3), (45.8, 4.8), (44.8, -0.6), (47.2, -1.6),
    (52.5, 13.4), (48.1, 11.6), (53.5, 10.0), (51.0, 6.9),
    (48.2, 16.4), (47.5, 19.0), (46.8, 23.6), (45.8, 16.0),
    (41.9, 12.5), (45.5, 9.2), (40.8, 14.3), (37.6, 14.3),
    (59.9, 30.3), (55.8, 37.6), (56.3, 44.0), (53.2, 50.1),
]  # fmt: skip
# Whether points are in view beside the card, 20 px from the map's edge and what lies over it.
IN_VIEW = """(points) => {
    const map = app.map.getContainer().getBoundingClientRect();
    const card = document.getElementById("card").getBoundingClientRect();
    const over = [...document.querySelectorAll("[data-overlay]")]
        .map((element) => element.getBoundingClientRect());
    const holds = (box, x, y, gap) =>
        x > box.left - gap && x < box.right + gap && y > box.top - gap && y < box.bottom + gap;
    return points.map((point) => {
        const at = app.map.latLngToContainerPoint(point);
        const [x, y] = [at.x + map.left, at.y + map.top];
        const beside = holds(map, x, y, -20) && x < (card.left || innerWidth);
        return beside && !over.some((box) => holds(box, x, y, 20));
    });
}"""


@pytest.fixture(scope="module")
def spans():
    """A function that gives each polity's span on a day by the polity's name on that day."""
    polities = json.loads((DATA / "polities.json").read_text("utf-8"))["polities"]

    def spans(day):
        number = day_number(day)
        known = [[span for span in polity["spans"] if span[0] <= number] for polity in polities]
        return {own[-1][1]: own[-1] for own in known if own}

    return spans


def spellings(span):
    """Each way in which the name of a state may be written on the map."""
    name, short = span[1], span[6]
    words = {name, short, name.split(" (")[0], name.split(" of ")[-1].removeprefix("the ")}
    return {word.upper() for word in words if word}


def unnamed(page, day, spans, wall):
    """What of the names that matter is missing on a day, too small or outshouted, in words."""
    show(page, day)
    names = dict(page.evaluate(STATE_NAMES))
    if min(names.values()) < (32 if wall else 11):
        yield f"{day}: {min(names, key=names.get)} is in {min(names.values())} px"
    known, when = spans(day), date.fromisoformat(day)
    home = known[state_at(*page.evaluate("app.state.moment.point"), when).polity]
    if not spellings(home) & {*names, page.evaluate(TOLD_WITH_PLACE)}:
        yield f"{day}: his state, {home[1]}, is not in {names}"
    seen = [town for town, shown in zip(TOWNS, page.evaluate(IN_VIEW, TOWNS), strict=True) if shown]
    held = Counter(state.polity for town in seen if (state := state_at(*town, when)))
    for power, towns in held.items():
        if known[power][5] != 1 or towns < 3 or (wall and (day, power) in NO_ROOM_ON_WALL):
            continue
        if not spellings(known[power]) & set(names):
            yield f"{day}: {power}, of which {towns} towns are in view, is not in {names}"
    colonies = {word for span in known.values() if span[2] in COLONIAL for word in spellings(span)}
    largest = max((size for name, size in names.items() if name in colonies), default=0)
    small = {name: size for name, size in names.items() if size < largest and name not in colonies}
    if small:
        yield f"{day}: a colony in {largest} px outshouts {small}"


@pytest.mark.parametrize(
    ("width", "height", "wall"),
    [(1920, 1080, False), (1366, 768, False), (1920, 1080, True)],
)
def test_the_states_that_matter_are_named(open_journey, spans, width, height, wall):
    page = open_journey(width=width, height=height, motion="reduce")
    if wall:
        page.evaluate("document.documentElement.requestFullscreen()")
        until(page, "document.documentElement.dataset.mode === 'present'")
    missing = [words for day in NAMED_DAYS for words in unnamed(page, day, spans, wall)]
    if wall:
        page.evaluate("document.exitFullscreen()")
        until(page, "document.documentElement.dataset.mode === 'journey'")
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768)])
def test_russia_germany_and_britain_are_named_on_17_may_1917(open_journey, width, height):
    page = open_journey("1917-05-17", width=width, height=height, motion="reduce")
    settle(page)
    names = " ".join(name for name, _ in page.evaluate(STATE_NAMES))
    assert re.search(r"\bRUSSIA\b", names)
    assert re.search(r"\bGERMAN", names)
    assert re.search(r"UNITED KINGDOM|U\.K\.", names)


def test_the_overview_names_what_everybody_knows(open_journey):
    page = open_journey()
    settle(page)
    named = set(page.locator(".label.stop:not(.off)").all_text_contents())
    assert len(named) <= 12
    assert named >= {
        "Petrograd", "Moscow", "Vienna", "London", "Paris", "Berlin", "Odessa", "Constantinople",
        "New York City", "Mexico City", "Alma-Ata",
    }  # fmt: skip
    assert page.locator(".label.area:not(.off)", has_text="Siberia").is_visible()


def test_no_place_is_named_twice(open_journey):
    page = open_journey("1937-06-01", motion="reduce")
    for day in ("1925-06-01", "1930-06-01", "1935-09-01", "1937-06-01"):
        show(page, day)
        names = [name.upper() for name, *_ in page.evaluate(NAMES)]
        assert len(set(names)) == len(names), day
        assert not {"SOVIET UNION"} & set(names)
    show(page, "1925-06-01")
    assert "Butyrka prison, Moscow" not in [name for name, *_ in page.evaluate(NAMES)]


def test_three_hatchings_differ_in_grey_in_more_than_angle(open_journey):
    page = open_journey("1917-05-17")
    textures = [texture(page, swatch) for swatch in ("occupied", "contested", "hatched")]
    differences = [np.abs(one - other).sum() / 2 for one, other in combinations(textures, 2)]
    assert min(differences) > 0.25, differences


def texture(page, swatch):
    """How a swatch of the legend, without its colour, varies at each width, whatever the angle."""
    box = page.evaluate(ENLARGED, swatch)
    picture = Image.open(io.BytesIO(page.screenshot(clip=box))).convert("L")
    page.evaluate(ENLARGED, "")
    grey = np.asarray(picture, dtype=float)
    window = np.outer(*[np.hanning(size) for size in grey.shape])
    power = np.abs(np.fft.fft2((grey - grey.mean()) * window)) ** 2
    down, across = (np.fft.fftfreq(size) * min(grey.shape) for size in grey.shape)
    rings = np.hypot(*np.meshgrid(across, down)).round().astype(int)
    strength = np.bincount(rings.ravel(), power.ravel(), minlength=min(grey.shape))
    return strength / strength.sum()


# A swatch of the legend laid over the page six times as large; away with it for none.
ENLARGED = """(name) => {
    document.querySelector("i.enlarged")?.remove();
    if (!name) return null;
    const swatch = document.querySelector(`.legend i.${name}`).cloneNode();
    swatch.classList.add("enlarged");
    swatch.style.cssText = `position: fixed; left: 0; top: 0; z-index: 9999; border: none;
        transform: scale(6); transform-origin: 0 0; background-color: var(--paper)`;
    document.querySelector(".legend li:last-child").append(swatch);
    const { left, top } = swatch.getBoundingClientRect();
    return { x: left + 6, y: top + 6, width: 108, height: 72 };
}"""


def test_below_its_name_a_state_says_what_it_was(open_journey):
    page = open_journey()
    show(page, "1900-06-01", 4.1)
    algeria = page.locator(".label.state:not(.off)", has_text="ALGERIA")
    assert algeria.locator(".note").text_content() == "colony of France"


def tints(page, *points):
    """The tints of points, those that differ by a river's or a stipple's breath made one."""
    seen = []
    for point in points:
        tint = page.evaluate(TINT, point)
        known = (own for own in seen if max(abs(a - b) for a, b in zip(own, tint, strict=True)) < 4)
        seen.append(next(known, tint))
    return seen


def test_land_wears_the_tint_of_whom_it_belongs_to(open_journey):
    page = open_journey(motion="reduce")
    show(page, "1900-06-01", 4.1)
    galicia, hungary, poland, volga = tints(page, GALICIA, HUNGARY, RUSSIAN_POLAND, VOLGA)
    assert galicia == hungary != poland == volga
    show(page, "1923-06-01", 4.1)
    galicia, hungary, poland, volga = tints(page, GALICIA, HUNGARY, RUSSIAN_POLAND, VOLGA)
    assert galicia == poland
    assert galicia != hungary != volga != galicia


def test_states_change_under_the_pointer(open_journey):
    page = open_journey("1914-08-05")
    settle(page)
    before = page.evaluate(TINT, GALICIA)
    box = page.locator("#timeline").bounding_box()
    moves = drag(page, box, start=0.56, end=0.74, steps=12)
    for _ in moves:
        pass
    changed = f"String(({TINT})({list(GALICIA)})) !== '{','.join(map(str, before))}'"
    until(page, changed)
    assert page.evaluate("app.state.pace === 'drag'")
    page.mouse.up()


# Notes in `views` which sharp pictures of states are asked for from now on.
NOTE_VIEWS = """() => {
    const { queue } = opening;
    window.views = [];
    queue.paintStates = (place, view, ...rest) => {
        if (place === "view") views.push(view);
        Object.getPrototypeOf(queue).paintStates.call(queue, place, view, ...rest);
    };
}"""


@pytest.fixture
def note_views(open_journey):
    """A function that has the page note what is asked for, as long as the test lasts."""
    pages = []

    def note_views(page):
        pages.append(page)
        page.evaluate(NOTE_VIEWS)

    yield note_views
    for page in pages:
        page.evaluate("() => { delete opening.queue.paintStates; }")


def test_a_hasty_view_is_painted_in_full_once_the_pointer_stands_still(open_journey, note_views):
    page = open_journey("1914-08-05")
    settle(page)
    note_views(page)
    sharp = "app.layers.states.picture.view.ratio >= 1"
    box = page.locator("#timeline").bounding_box()
    for _ in drag(page, box, start=0.6, end=0.8, steps=20):
        if page.evaluate("views.length > 0"):
            break
    assert page.evaluate("app.state.pace === 'drag' && views[0].ratio < 1")
    until(page, f"({sharp}) && !app.layers.states.draft && ({PAINTED})")
    assert page.evaluate("app.state.pace === 'drag'")
    page.mouse.up()
    settle(page)
    assert page.evaluate(BASEMAP_PAINTED)


# Whether one picture of states reaches over the whole map, a picture that is on the page.
COVERED = """() => {
    const map = app.map.getContainer().getBoundingClientRect();
    const pane = document.querySelector(".leaflet-states-pane:not(.off)");
    return [...pane.querySelectorAll("canvas")].some((canvas) => {
        const box = canvas.getBoundingClientRect();
        return box.left <= map.left && box.top <= map.top
            && box.right >= map.right && box.bottom >= map.bottom;
    });
}"""
NEXT_FRAME = "new Promise((done) => requestAnimationFrame(done))"


@pytest.mark.parametrize(
    "jump", ["app.open('1937-01-20')", "app.navigation.drag(-19326)", "app.map.setZoom(3.2)"]
)
def test_the_frame_after_a_jump_is_covered(open_journey, jump):
    page = open_journey("1917-05-17", motion="reduce")
    settle(page)
    covered = page.evaluate(f"async () => {{ {jump}; await {NEXT_FRAME}; return ({COVERED})(); }}")
    assert covered
    page.evaluate("app.navigation.rest()")
    settle(page)


def test_the_coarse_world_wears_the_tints_of_the_day(open_journey):
    page = open_journey(motion="reduce")
    for day in ("1900-06-01", "1923-06-01"):
        show(page, day, 4.1)
        for point in (FRANCE, RUSSIAN_POLAND, VOLGA):
            sharp = page.evaluate(TINT, point)
            # It is seen only where the sharp picture does not cover the map.
            page.evaluate("app.map.getContainer().classList.remove('covered')")
            coarse = page.evaluate(TINT.replace(".states", ".world-states"), point)
            assert max(abs(a - b) for a, b in zip(sharp, coarse, strict=True)) < 4


def test_after_a_zoom_the_old_picture_stays_until_the_new_has_come(open_journey):
    page = open_journey("1914-08-05", motion="reduce")
    settle(page)
    shades = page.locator(".areas canvas").count()
    assert shades
    stays = page.evaluate(f"""async () => {{
        const {{ canvas }} = (window.old = app.layers.states.picture);
        app.navigation.zoomBy(2);
        const zoomed = canvas.isConnected && ({COVERED})();
        await {NEXT_FRAME};
        const shades = document.querySelectorAll(".areas canvas").length;
        return [zoomed, document.querySelectorAll(".states").length, shades];
    }}""")
    assert stays == [True, 1, shades]
    settle(page)
    assert page.evaluate("app.layers.states.picture !== old && !old.canvas.isConnected")


@pytest.mark.parametrize("move", ["app.navigation.goToLast()", "app.navigation.zoomBy(2)"])
def test_where_a_flight_or_a_zoom_ends_is_painted_while_it_lasts(open_journey, note_views, move):
    page = open_journey("1917-05-17")
    settle(page)
    note_views(page)
    asked = page.evaluate(f"""async () => {{
        const begun = new Promise((done) => app.map.once("flight zoomanim", () => done()));
        {move};
        await begun;
        return views.length;
    }}""")
    assert asked == 1
    until(page, "app.layers.states.picture.view === views[0]")
    assert page.evaluate("views.length") == 1
    settle(page)


def test_states_give_way_to_todays_borders_or_none(open_journey):
    page = open_journey()
    show(page, "1918-06-01", 4.1)
    assert states_named(page)
    note, legend = page.locator("#borders-note"), page.locator("#states-legend")
    expect(note).to_have_text("Borders of June 1918.")
    assert legend.locator("li").all_inner_texts() == [
        "Dependent",
        "Occupied",
        "Contested",
        "No claim made",
    ]
    page.locator("#layers").click()
    for choice, words in (("modern", "Borders of today."), ("none", "No borders drawn.")):
        page.locator("#switch-borders").select_option(choice)
        expect(note).to_have_text(words)
        expect(page.locator(".states")).not_to_be_visible()
        expect(legend).not_to_be_visible()
        settle(page)
        assert not states_named(page)
        assert page.evaluate(BASEMAP_PAINTED)
    page.locator("#switch-borders").select_option("day")
    expect(page.locator(".states")).to_be_visible()
    settle(page)
    assert states_named(page)
    page.locator("#layers").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_neighbours_are_told_apart_in_both_themes(open_journey, scheme):
    page = open_journey("1910-06-01", colours=scheme)
    show(page, "1910-06-01", 4.1)
    galicia, poland, prussia = tints(page, GALICIA, RUSSIAN_POLAND, (52.5, 12))
    assert galicia != poland != prussia != galicia


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("day", ["", "1917-05-17"], ids=["overview", "stop"])
def test_axe_finds_nothing_serious(open_journey, scheme, day):
    page = open_journey(day, colours=scheme)
    until(page, PAINTED)
    violations = Axe().run(page).response["violations"]
    serious = [
        (violation["id"], [node["target"] for node in violation["nodes"]])
        for violation in violations
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_the_page_around_sets_the_theme(open_hosted):
    page, frame = open_hosted(color_scheme="light")
    paper = "getComputedStyle(document.querySelector('.bar')).backgroundColor"
    light = frame.evaluate(paper)
    page.evaluate(
        "() => frames[0].postMessage({ type: 'page', theme: 'dark', address: 'http://a/' }, '*')"
    )
    until(frame, f"{paper} !== {light!r}")
    until(frame, PAINTED)
    assert frame.evaluate(BASEMAP_PAINTED)


@pytest.mark.parametrize(("motion", "flies"), [("reduce", False), ("no-preference", True)])
def test_no_flight_for_who_wants_no_motion(open_journey, motion, flies):
    page = open_journey("1917-05-17", motion=motion)
    page.evaluate("() => { window.moves = 0; app.map.on('move', () => { window.moves += 1 }) }")
    page.keyboard.press("End")
    settle(page)
    until(
        page,
        f"!app.map._flyToFrame || {str(not flies).lower()} || moves > 3",
    )
    assert (page.evaluate("moves") > 3) == flies


@pytest.fixture
def tile_server():
    """Serves one grey tile for every address; `asked` are the paths, `broken` answers 404."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append(self.path)
            self.send_response(404 if server.broken else 200)
            self.end_headers()
            if not server.broken:
                self.wfile.write(GREY_TILE)

        def log_message(self, *_):
            """Be silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.asked, server.broken = [], False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


GREY_TILE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)


@pytest.mark.parametrize("broken", [False, True], ids=["answers", "does not answer"])
def test_a_relief_is_asked_for_once_it_is_chosen(open_page, tmp_path, tile_server, broken):
    tile_server.broken = broken
    url = f"http://127.0.0.1:{tile_server.server_port}/{{z}}/{{x}}/{{y}}.png"
    loaded = load_journey(PLACES)
    file = tmp_path / "online.html"
    online = OnlineTiles(url, "Somebody’s relief", 5)
    file.write_text(build_document(loaded.journey, loaded.description, online), "utf-8")
    page = hurried(open_page(file))
    until(page, PAINTED)
    assert not tile_server.asked
    page.locator("#layers").click()
    page.locator("#switch-borders").select_option("online")
    says = "does not answer" if broken else "Somebody’s relief"
    expect(page.locator(".credit")).to_contain_text(says)
    assert tile_server.asked
    assert page.evaluate(BASEMAP_PAINTED)
    page.locator("#switch-borders").select_option("day")
    expect(page.locator(".credit")).to_have_text("Natural Earth · GeoNames CC BY 4.0 · Leaflet")
    if broken:
        open_page.errors.clear()


def test_no_relief_is_offered_where_the_page_may_not_ask_for_it(open_journey):
    page = open_journey()
    choices = page.locator("#switch-borders option:enabled")
    assert choices.all_inner_texts() == ["of the day", "of today", "none"]


def test_without_scripts_the_page_says_so(open_page, journey_file):
    page = open_page(Path(journey_file), java_script_enabled=False)
    expect(page.locator(".no-script")).to_contain_text("Allow scripts")
