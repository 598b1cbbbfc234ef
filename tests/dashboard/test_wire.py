"""The way of the map document to a browser: packed, once, and a visitor's own to them alone."""

from playwright.sync_api import expect
from streamlit import runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from dev.documents import LONDON, PARIS, PLACES, document_of, scroll_below, table_of, until
from dev.server import serve as serve_app
from geo.dashboard.packing import pack, serve, unpack

PACKED = "**/media/*.gz"
# Documents that the page has fetched: their addresses, and the bytes that came over the wire.
FETCHED = """performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".gz"))
    .map(({ name, transferSize }) => [name, transferSize])"""
IS_KEPT = """(address) => fetch(address, { cache: "only-if-cached", mode: "same-origin" })
    .then(({ ok }) => ok, () => false)"""


def title(page):
    """The heading of the document in the frame."""
    return page.frame_locator("iframe[title='Journey map']").locator("#title")


def test_a_packed_document_comes_out_as_it_went_in_and_equal_ones_are_equal():
    document = document_of(PLACES)
    assert unpack(pack(document)) == document
    assert pack(document) == pack(document)
    assert len(pack(document)) < len(document) / 3


def test_ones_own_document_is_named_by_a_word_that_nobody_can_guess(monkeypatch):
    class Runtime:
        media_file_mgr = MediaFileManager(MemoryMediaFileStorage("/media"))

    monkeypatch.setattr(runtime, "get_instance", Runtime)
    packed = pack("a journey")
    addresses = [serve(packed, owner) for owner in ("", "a word", "another", "")]
    assert all(address.startswith("./media/") for address in addresses)
    assert addresses[0] == addresses[3]
    assert len(set(addresses)) == 3


def test_a_browser_that_has_the_document_is_not_sent_it_again(open_page, app):
    page = open_page(app.url)
    expect(title(page)).to_have_text("Leon Trotsky", timeout=15_000)
    ((address, came),) = page.evaluate(FETCHED)
    assert 0 < came < len(document_of(PLACES)) / 3
    page.reload()
    expect(title(page)).to_have_text("Leon Trotsky", timeout=15_000)
    assert page.evaluate(FETCHED) == [[address, 0]]


def test_a_settled_day_does_not_fetch_the_document(open_page, app):
    page = open_page(f"{app.url}/?date=1917-05-17")
    frame = page.frame_locator("iframe[title='Journey map']")
    frame.locator("#next").click()
    until(page, "location.search !== '?date=1917-05-17'")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    assert len(page.evaluate(FETCHED)) == 1


def test_ones_own_document_is_not_kept_by_the_browser(open_page, app):
    page = open_page(app.url)
    expect(title(page)).to_have_text("Leon Trotsky", timeout=15_000)
    scroll_below(page)
    page.get_by_role("tab", name="Your own journey").click()
    table = {"name": "mine.csv", "mimeType": "text/csv", "buffer": table_of(PARIS, LONDON).encode()}
    page.locator("input[type=file]").set_input_files(table)
    expect(title(page)).to_have_text("mine", timeout=15_000)
    (shared, _), (own, _) = page.evaluate(FETCHED)
    assert page.evaluate(IS_KEPT, shared)
    assert not page.evaluate(IS_KEPT, own)
    # The browser lists each answer that it does not have.
    open_page.errors.clear()


def test_a_document_that_does_not_come_is_asked_for_again(open_page, app):
    page = open_page("about:blank")
    page.route(PACKED, lambda route: route.abort(), times=1)
    page.goto(app.url)
    expect(title(page)).to_have_text("Leon Trotsky", timeout=15_000)
    assert len(open_page.errors) == 1
    assert "net::ERR_FAILED" in open_page.errors.pop()


def test_a_refusal_is_not_remembered(open_page, app):
    page = open_page("about:blank")
    page.route(PACKED, lambda route: route.fulfill(status=404), times=1)
    page.goto(app.url)
    expect(title(page)).to_have_text("Leon Trotsky", timeout=15_000)
    assert len(open_page.errors) == 1
    assert "404" in open_page.errors.pop()


def test_the_document_is_found_under_a_path_of_the_server(open_page, monkeypatch):
    path = "/journeys/trotsky"
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", path)
    with serve_app() as running:
        page = open_page(f"{running.url}?date=1917-05-17")
        expect(title(page)).to_have_text("Leon Trotsky", timeout=15_000)
        ((address, _),) = page.evaluate(FETCHED)
        assert address.startswith(f"{running.url}/media/")
        assert running.url.endswith(path)
        page.close()
