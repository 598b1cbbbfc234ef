"""The dashboard as a browser sees it: the map on the first screen, and what lies below it."""

import json
import re
import shutil
from contextlib import contextmanager
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from dev.documents import (
    BASEMAP_PAINTED,
    LAID_OUT,
    LONDON,
    PAINTED,
    PARIS,
    PLACES,
    date_of,
    day_of,
    document_of,
    scroll_below,
    table_of,
    until,
    written,
)
from dev.server import ROOT, serve
from geo.dashboard.addresses import Addresses
from geo.dashboard.by_source import NO_PLACE
from geo.dashboard.packing import unpack
from geo.dashboard.session import KEY, Visit
from geo.dashboard.source_tabs import DIFFERENCE_HEIGHT
from geo.loading import load_journey

APP = ROOT / "streamlit_app.py"
DESCRIPTION = PLACES.with_name("journey.toml")
ADDRESSES = Addresses(load_journey(PLACES).journey)


def map_frame(page):
    """The frame that holds the document, once its basemap is painted."""
    page.set_default_timeout(15_000)
    page.locator("iframe[title='Journey map']").wait_for()
    frame = page.locator("iframe[title='Journey map']").element_handle().content_frame()
    frame.wait_for_selector("#timeline svg", state="attached")
    until(frame, PAINTED)
    return frame


def at_rest(page):
    """Wait until Streamlit has drawn what it was asked for."""
    # The first run of a server takes seconds where the machine is busy.
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=30_000
    )


@pytest.fixture
def dashboard(open_page, app):
    """A function that opens the app and returns its page and the frame of its map."""

    def dashboard(query="", **options):
        page = open_page(app.url + query, **options)
        frame = map_frame(page)
        at_rest(page)
        return page, frame

    return dashboard


# ---- the map in its frame


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (390, 844)])
def test_the_map_fills_the_first_screen_edge_to_edge(dashboard, width, height):
    page, frame = dashboard(width=width, height=height)
    box = page.locator("iframe[title='Journey map']").bounding_box()
    scrollbar = width - page.evaluate("document.querySelector('.stMain').clientWidth")
    assert (box["x"], box["y"]) == (0, 0)
    assert box["width"] == width - scrollbar
    assert box["height"] == height
    assert frame.evaluate(BASEMAP_PAINTED)


def test_the_address_opens_its_day_and_follows_the_pointer(dashboard):
    page, frame = dashboard("/?date=1917-05-17")
    expect(frame.locator("#card-place")).to_have_text("Petrograd")
    sent = listen_for_frames(page)
    before = day_of(frame)
    box = frame.locator("#timeline").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(box["x"] + box["width"] * (0.5 + step / 200), box["y"] + 20)
    assert day_of(frame) != before
    assert sent() == 0
    assert "date=1917-05-17" in page.url
    page.mouse.up()
    iso = date_of(frame)
    page.wait_for_url(f"**date={iso}*")
    assert sent() > 0


def listen_for_frames(page):
    """Count from now on what the page sends to the server: its socket's own `send` is watched."""
    page.evaluate(
        """() => {
            const { send } = WebSocket.prototype;
            window.sent = 0;
            WebSocket.prototype.send = function (data) { window.sent += 1; send.call(this, data); };
        }"""
    )
    return lambda: page.evaluate("window.sent")


@contextmanager
def same_frame(page, frame):
    """The block leaves the document in the frame, and its zoom, as they were."""
    frame.evaluate("() => { window.mine = 1; app.map.setZoom(5.25, { animate: false }) }")
    until(frame, LAID_OUT)
    yield
    at_rest(page)
    assert frame.evaluate("window.mine") == 1
    assert frame.evaluate("app.map.getZoom()") == 5.25


def test_nothing_on_the_page_loads_the_frame_anew(dashboard):
    page, frame = dashboard("/?date=1917-05-17")
    with same_frame(page, frame):
        for name in ("Differences", "The texts", "Sources", "Downloads", "Places"):
            page.get_by_role("tab", name=name).click()
    with same_frame(page, frame):
        frame.locator("#timeline").press("ArrowRight")
        page.wait_for_url("**date=1917-05-18*")
    paper = "getComputedStyle(document.querySelector('.bar')).backgroundColor"
    with same_frame(page, frame):
        light = frame.evaluate(paper)
        page.emulate_media(color_scheme="dark")
        until(frame, f"{paper} !== {json.dumps(light)}")
    with same_frame(page, frame):
        page.set_viewport_size({"width": 1366, "height": 768})
        until(frame, "innerWidth < 1400")


# ---- below the map


def take_row(page, number=4):
    """Choose a row of the table of places, and return the table."""
    scroll_below(page)
    table = page.get_by_test_id("stDataFrame").first
    # The table draws itself on a canvas, and its rows stand in the page once it has.
    expect(table.locator("tbody tr").nth(number)).to_be_attached()
    table.locator(".dvn-scroller").click(position={"x": 15, "y": 35 + 35 * (number + 0.5)})
    return table


def addressed(page):
    """What the page's address says of the day."""
    return dict(parse_qsl(urlsplit(page.url).query))


def test_a_row_of_the_table_takes_the_map_there(dashboard):
    page, frame = dashboard()
    table = take_row(page)
    page.wait_for_url("**date=*")
    until(frame, "document.documentElement.dataset.mode === 'journey'")
    assert addressed(page) == ADDRESSES.of(date.fromisoformat(date_of(frame)))
    shown = frame.locator("#card-place").inner_text()
    assert shown in table.locator("table").inner_text()


def test_a_difference_takes_the_map_there(dashboard):
    page, frame = dashboard("/?date=1917-05-17")
    scroll_below(page)
    page.get_by_role("tab", name="Differences").click()
    table = page.get_by_role("tabpanel", name="Differences").get_by_test_id("stDataFrame")
    expect(table.locator("tbody tr").first).to_be_attached()
    table.locator(".dvn-scroller").click(position={"x": 15, "y": 35 + DIFFERENCE_HEIGHT // 2})
    until(page, "location.search === '?date=autumn+1896&stay=odessa-1896'")
    expect(frame.locator("#card-place")).to_have_text("Odessa")
    expect(frame.locator("#date-words")).to_have_text("Autumn 1896")
    expect(page.get_by_role("tab", name="Differences")).to_have_attribute("aria-selected", "true")
    day = date_of(frame)
    page.reload()
    at_rest(page)
    expect(map_frame(page).locator("#date-words")).to_have_text("Autumn 1896")
    assert date_of(map_frame(page)) == day


def test_a_work_shows_its_citations_alone_and_one_takes_the_map_there(dashboard):
    page, frame = dashboard()
    scroll_below(page)
    page.get_by_role("tab", name="Sources").click()
    tables = page.get_by_role("tabpanel", name="Sources").get_by_test_id("stDataFrame")
    expect(tables.nth(1).locator("tbody tr").first).to_be_attached()
    tables.nth(0).locator(".dvn-scroller").click(position={"x": 15, "y": 35 + 52})
    expect(page.get_by_text("4 citations.")).to_be_visible()
    cited = tables.nth(1)
    expect(cited.locator("tbody tr").first).to_contain_text("New York City")
    cited.locator(".dvn-scroller").click(position={"x": 15, "y": 35 + 17})
    expect(frame.locator("#card-place")).to_have_text("New York City")


def test_downloads_are_the_document_the_table_and_the_points(dashboard, tmp_path):
    page, _ = dashboard()
    scroll_below(page)
    page.get_by_role("tab", name="Downloads").click()
    saved = {}
    for name in ("Map document (HTML)", "Table (CSV)", "Points and legs (GeoJSON)"):
        with page.expect_download() as begun:
            page.get_by_test_id("stDownloadButton").filter(has_text=name).click()
        saved[name] = begun.value.path().read_bytes()
    page_, table, points = saved.values()
    assert page_.decode() == document_of(PLACES)
    assert table == PLACES.read_bytes()
    features = json.loads(points)["features"]
    assert {feature["geometry"]["type"] for feature in features} >= {"Point", "LineString"}


@pytest.fixture
def run_app(monkeypatch):
    """A function that runs the page without a browser and returns its elements."""

    def run_app(places=PLACES, tab=None, **query):
        monkeypatch.setenv("JOURNEY_PLACES", str(places))
        page = AppTest.from_file(str(APP), default_timeout=30)
        page.session_state[KEY] = Visit(drawn=True, tab=tab)
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return run_app


def test_the_table_is_in_step_with_the_date(run_app):
    page = run_app(date="1917-05-17")
    table = page.dataframe[0].value
    here = table[table["When"] == "he is here"]
    assert list(here["Place"]) == ["Petrograd"]
    assert set(table["When"]) >= {"been", "he is here", "to come"}


def test_the_row_he_is_in_is_marked_and_every_row_is_there(run_app):
    page = run_app(date="1917-05-17")
    styled = page.dataframe[0].proto.arrow_data
    table = convert_arrow_bytes_to_pandas_df(styled.data)
    (here,) = table.index[table["When"] == "he is here"]
    assert set(re.findall(r"_row(\d+)_", styled.styler.styles)) == {str(here)}
    assert "background-color" in styled.styler.styles
    written = convert_arrow_bytes_to_pandas_df(styled.styler.display_values)
    assert list(written["Place"]) == list(table["Place"])
    assert len(table) == len(run_app().dataframe[0].value)


def test_the_texts_list_every_naming(run_app):
    page = run_app(tab="The texts")
    headings = [heading.value.replace("\\", "") for heading in page.subheader]
    assert headings == [
        "Mitch Addison, Stalin's Most Hated Rival",
        "Esme Choonara, Trotsky's socialism",
    ]
    addison, choonara = (frame.value for frame in page.dataframe[1:3])
    references = re.findall(r"(addison|choonara):\d+", PLACES.read_text("utf-8"))
    assert sum(addison["Place"] != NO_PLACE) == references.count("addison")
    assert sum(choonara["Place"] != NO_PLACE) == references.count("choonara")
    assert set(addison["Paragraph"]) == set(range(1, 12))
    assert "Obdorsk" in {*addison["Place"], *choonara["Place"]}


def test_what_is_told_by_source_is_sent_when_it_is_opened(run_app):
    assert len(run_app().dataframe) == 1
    differences = run_app(tab="Differences").dataframe[1].value
    assert "Addison ¶5 has him attend a university" in set(differences["What the text says"])
    works, cited, rested = (table.value for table in run_app(tab="Sources").dataframe[1:])
    assert list(works.loc[works["Title"] == "Kronstadt 1921", "Author"]) == ["Paul Avrich"]
    assert len(cited) > len(works)
    assert rested["Rests on"].iloc[0].startswith("one source: ")


def test_a_table_without_texts_has_no_tab_of_texts(run_app, tmp_path):
    page = run_app(written(tmp_path, table_of(PARIS)), tab="Sources")
    assert [tab.label for tab in page.tabs] == [
        "Places",
        "Sources",
        "Downloads",
        "Your own journey",
        "Problems",
    ]
    works, *_ = (table.value for table in page.dataframe[1:])
    assert works.to_dict("records") == [{"Title": "a book", "Rows": 1}]


def test_a_row_without_a_source_is_a_sentence(run_app, tmp_path):
    page = run_app(written(tmp_path, table_of(PARIS.replace("a book", ""))), tab="Sources")
    assert [info.value for info in page.info] == ["No row names a source."]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("soon", "is not a day"),
        ("1917-02-31", "is not a day"),
        ("2001-01-01", "lies outside the journey, 1879-11-07 to 1940-08-21"),
        ("<script>window.pwned=1</script>", "is not a day"),
    ],
)
def test_a_bad_date_in_the_address_is_said_in_words(run_app, text, answer):
    page = run_app(date=text)
    assert not page.exception
    assert answer in page.warning[0].value


def test_a_relief_from_the_network_is_offered_only_where_asked_for(run_app, monkeypatch):
    served = []
    monkeypatch.setattr("geo.dashboard.map_frame.serve", lambda packed, _: served.append(packed))

    def policy_allows_it():
        return "blob: https://gibs.earthdata.nasa.gov;" in unpack(served[-1])

    page = run_app(date="1917-05-17")
    assert not policy_allows_it()
    page.toggle(key="relief").set_value(True).run()
    assert not page.exception
    assert policy_allows_it()
    page.toggle(key="relief").set_value(False).run()
    assert not policy_allows_it()


# ---- tables that are not as they should be


BROKEN = {
    "missing": lambda folder: folder / "nowhere.csv",
    "broken description": lambda folder: written(
        folder, table_of(PARIS), description="title = Leon Trotsky"
    ),
    "a folder": lambda folder: folder,
}


@pytest.mark.parametrize("table", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_drawn_is_said_in_words(run_app, tmp_path, table):
    page = run_app(table(tmp_path))
    assert not page.exception
    assert page.error[0].value == "The journey cannot be drawn."
    said = page.code[0].value
    assert len(said.split()) > 5
    assert "Traceback" not in said


def test_a_picture_for_a_table_is_told_apart(run_app, tmp_path):
    table = tmp_path / "places.csv"
    table.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8)
    page = run_app(table)
    assert not page.exception
    assert [*page.error, *page.warning]
    said = [code.value for code in page.code] or page.dataframe[-1].value.astype(str).sum()
    assert "Traceback" not in str(said)
    assert re.search("CSV|table|column", str(said))


@pytest.mark.parametrize("rows", [[], [PARIS]], ids=["header only", "one row"])
def test_a_table_of_no_row_or_one_is_a_page(run_app, tmp_path, rows):
    page = run_app(written(tmp_path, table_of(*rows)))
    assert not page.exception
    assert not page.error
    assert len(page.info) == (not rows)
    assert len(page.dataframe) == len(rows)


def test_a_broken_row_is_listed_with_what_to_write(run_app, tmp_path):
    broken = PARIS.replace("1902-11-01", "sometime").replace("paris-1902", "paris-1903")
    page = run_app(written(tmp_path, table_of(PARIS, broken)))
    assert not page.exception
    assert "1 problem in the table" in page.warning[0].value
    problems = page.dataframe[-1].value
    assert list(problems["Line"]) == [3]
    assert "sometime" in problems["Value"].iloc[0]


def test_a_missing_table_is_a_message_in_the_browser_and_an_edit_is_seen(
    app_with, open_page, tmp_path
):
    table = tmp_path / "places.csv"
    running = app_with(table)
    page = open_page(running.url)
    page.set_default_timeout(15_000)
    expect(page.get_by_text("The journey cannot be drawn.")).to_be_visible()
    words = page.locator("body").inner_text()
    assert not re.search("traceback|stack trace|Error:", words, re.IGNORECASE)
    assert "Traceback" not in running.output
    written(tmp_path, table_of(PARIS))
    frame = map_frame(page)
    expect(frame.locator("#invite-count")).to_contain_text("1 stop")
    shutil.copy(DESCRIPTION, tmp_path)
    shutil.copy(PLACES, table)
    heading = page.frame_locator("iframe[title='Journey map']").locator("#title")
    expect(heading).to_have_text("Leon Trotsky", timeout=15_000)
    assert "Traceback" not in running.output


def test_a_settled_day_does_not_send_the_document_again(run_app):
    page = run_app()
    (before, *_) = page.get("bidi_component")
    page.session_state[KEY].settled = "1917-05-17"
    page.run()
    (after, *_) = page.get("bidi_component")
    assert "he is here" in set(page.dataframe[0].value["When"])
    assert after.proto.bytes == before.proto.bytes


# ---- the day stays


@pytest.fixture
def edited(app_with, open_page, tmp_path):
    """A function that opens a table's page and returns it, its frame and a function to edit it."""

    def edited(query=""):
        table = written(tmp_path, table_of(PARIS, LONDON))
        page = open_page(app_with(table).url + query)
        frame = map_frame(page)
        at_rest(page)

        def edit(*rows):
            """Write other rows, and wait for the document that has them."""
            written(tmp_path, table_of(*rows))
            stops = f"{len(rows)} stops" if len(rows) > 1 else "1 stop"
            invitation = page.frame_locator("iframe[title='Journey map']").locator("#invite-count")
            expect(invitation).to_contain_text(stops)
            frame = map_frame(page)
            at_rest(page)
            return frame

        return page, frame, edit

    return edited


ROME = "rome-1903,Rome,IT,settlement,stop,youth,1903-01-10,1903-02-01,A visit,,a book,41.9,12.5"


def test_a_saved_table_is_shown_on_the_day_the_reader_was_on(edited):
    page, frame, edit = edited("/?date=1902-11-05")
    expect(frame.locator("#card-place")).to_have_text("Paris")
    frame.locator("#next").click()
    expect(frame.locator("#card-place")).to_have_text("London")
    until(page, "location.search === '?date=1902-12-01'")
    frame = edit(PARIS, LONDON, ROME)
    expect(frame.locator("#card-place")).to_have_text("London")
    assert date_of(frame) == "1902-12-01"
    assert page.url.endswith("?date=1902-12-01")


def test_a_table_saved_while_the_pointer_is_down_waits_for_it(edited, tmp_path):
    page, frame, _ = edited("/?date=1902-11-05")
    box = frame.locator("#timeline").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20)
    page.mouse.down()
    until(page, "document.documentElement.dataset.map === 'moving'")
    frame.evaluate("window.mine = 1")
    sent = listen_for_frames(page)
    broken = PARIS.replace("1902-11-01", "sometime").replace("paris-1902", "paris-1903")
    written(tmp_path, table_of(PARIS, LONDON, ROME, broken))
    expect(page.get_by_text("1 problem in the table")).to_be_visible()
    assert sent() == 0
    assert frame.evaluate("window.mine") == 1
    page.mouse.up()
    invitation = page.frame_locator("iframe[title='Journey map']").locator("#invite-count")
    expect(invitation).to_contain_text("3 stops")
    assert map_frame(page).evaluate("window.mine") is None


def test_an_open_page_that_nobody_touches_asks_nothing_and_sees_an_edit(edited):
    page, _, edit = edited()
    sent = listen_for_frames(page)
    edit(PARIS)
    # What the new document says once it is drawn is all that the page sends.
    assert sent() <= 1


def test_a_saved_table_without_the_readers_day_shows_the_nearest(edited):
    page, _, edit = edited("/?date=1902-12-10")
    frame = edit(PARIS)
    until(page, "location.search === '?date=1902-11-20'")
    assert date_of(frame) == "1902-11-20"
    expect(page.get_by_text("lies outside the journey")).to_have_count(0)


def test_a_saved_table_is_shown_whole_to_whom_saw_the_whole_journey(edited):
    page, frame, edit = edited("/?date=1902-11-05")
    frame.locator("#whole").click()
    until(page, "location.search === ''")
    frame = edit(PARIS, LONDON, ROME)
    expect(frame.locator("html")).to_have_attribute("data-mode", "overview")
    assert "date=" not in page.url


def test_the_reader_comes_back_to_a_day_after_the_table_led_away(dashboard):
    page, frame = dashboard("/?date=1917-05-17")
    frame.locator("#next").click()
    until(page, "location.search !== '?date=1917-05-17'")
    day = date_of(frame)
    take_row(page)
    until(page, f"location.search !== '?date={day}'")
    frame.locator("html").evaluate(f"() => app.open('{day}') || app.navigation.rest()")
    until(page, f"location.search === '?date={day}'")


def test_the_map_goes_on_while_the_server_is_away_and_finds_back(open_page):
    with serve() as running:
        port = urlsplit(running.url).port
        page = open_page(f"{running.url}/?date=1917-05-17")
        frame = map_frame(page)
        at_rest(page)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "PINGING_SERVER", timeout=15_000)
    frame.locator("#next").click()
    expect(frame.locator("#card-place")).not_to_have_text("Petrograd")
    shown = frame.locator("#card-place").inner_text()
    expect(page.get_by_role("dialog")).to_have_count(0)
    with serve(port=port):
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
        at_rest(page)
        assert frame.locator("#card-place").inner_text() == shown
        page.close()
    # The browser lists each try to reach the server.
    open_page.errors.clear()


# ---- the last good map stays


def test_a_table_that_breaks_leaves_the_last_good_map(app_with, open_page, tmp_path):
    table = written(tmp_path, table_of(PARIS, LONDON))
    running = app_with(table)
    page = open_page(f"{running.url}/?date=1902-11-05")
    frame = map_frame(page)
    for broken in (b"\x89PNG\r\n\x1a\n\0\0", b"name\nParis\n"):
        table.write_bytes(broken)
        expect(page.get_by_text("The map shows the journey as it was before.")).to_be_visible()
        expect(frame.locator("#card-place")).to_have_text("Paris")
        written(tmp_path, table_of(PARIS, LONDON))
        expect(page.get_by_text("as it was before")).to_have_count(0)
    table.unlink()
    expect(page.get_by_text("The journey cannot be drawn.")).to_be_visible()
    expect(frame.locator("#card-place")).to_have_text("Paris")
    assert "Traceback" not in running.output


def upload(page, name, data):
    """Open a table of one's own on the page."""
    scroll_below(page)
    page.get_by_role("tab", name="Your own journey").click()
    file = {"name": name, "mimeType": "text/csv", "buffer": data}
    page.locator("input[type=file]").set_input_files(file)


def test_an_upload_that_draws_nothing_leaves_the_map_and_says_why(dashboard):
    page, frame = dashboard("/?date=1917-05-17")
    upload(page, "holiday.csv", b"\x89PNG\r\n\x1a\n\0\0")
    expect(page.get_by_text("Nothing in holiday.csv can be drawn.")).to_be_attached()
    expect(page.get_by_text("Your journey is on the map")).to_have_count(0)
    expect(frame.locator("#card-place")).to_have_text("Petrograd")
    assert "date=1917-05-17" in page.url


def test_a_server_started_anew_does_without_the_upload(open_page):
    with serve() as running:
        port = urlsplit(running.url).port
        page = open_page(running.url)
        map_frame(page)
        upload(page, "mine.csv", table_of(PARIS, LONDON).encode())
        title = page.frame_locator("iframe[title='Journey map']").locator("#title")
        expect(title).to_have_text("mine")
    with serve(port=port) as again:
        app = page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
        at_rest(page)
        expect(title).to_have_text("Leon Trotsky", timeout=30_000)
        assert "Traceback" not in again.output
        page.close()
    # The browser lists each try to reach the server.
    open_page.errors.clear()


# ---- nothing jumps


WATCH_SHIFTS = """if (self === top) {
    window.shifts = [];
    const note = (list) => window.shifts.push(...list.getEntries().map(({ value }) => value));
    new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (390, 844)])
@pytest.mark.parametrize("query", ["", "?date=1917-05-17"])
def test_the_page_does_not_jump(open_page, app, width, height, query):
    page = open_page("about:blank", width=width, height=height)
    page.context.add_init_script(WATCH_SHIFTS)
    page.goto(app.url + query)
    frame = map_frame(page)
    page.get_by_test_id("stDataFrame").first.wait_for()
    at_rest(page)
    frame.locator("#next").click()
    page.wait_for_url(lambda address: address != f"{app.url}/{query}")
    at_rest(page)
    # The observer is told after the frame that shifted.
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert sum(page.evaluate("shifts")) <= 0.02
