"""A day is called the same wherever it is said, and to the precision of the record."""

from datetime import date
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from dev.documents import PLACES, document_of, settle, told
from geo.dashboard.addresses import Addresses
from geo.document.data import EPOCH
from geo.loading import load_journey

# A day of the map, and what the record calls it.
DAYS = [
    ("1886-08-31", "About 1886"),
    ("1900-06-15", "Perhaps 1900"),
    ("1902-10-18", "About October 1902"),
    ("1902-02-10", "Winter 1901–02"),
    ("1917-01-13", "About 13 January 1917"),
    ("1917-05-17", "17 May 1917"),
]
# The date that an address asks for, as the page would copy it.
LINK = """async () => {
    let copied = "";
    navigator.clipboard ??= {};
    navigator.clipboard.writeText = async (text) => { copied = text; };
    document.getElementById("share").click();
    await new Promise((done) => setTimeout(done));
    return copied;
}"""
# What the page calls each day of a list, as its address has it.
NAMES = """(days) => days.map((day) => {
    const { uncertainty } = app.state.itinerary.at(day);
    return uncertainty && [uncertainty.stay[uncertainty.end].words, uncertainty.stay.id];
})"""
# Where the live region changes while a button is pressed, once for each change.
TOLD = """async (button) => {
    const told = [];
    const watch = new MutationObserver((changes) => {
        for (const { target } of changes) told.push(target.id || target.parentElement.id);
    });
    watch.observe(document.getElementById("status"), { childList: true, characterData: true });
    document.getElementById(button).click();
    await new Promise((done) => setTimeout(done, 100));
    watch.disconnect();
    return told;
}"""


@pytest.fixture(scope="module")
def journey_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("days") / "journey.html"
    file.write_text(document_of(PLACES), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def journey():
    return load_journey(PLACES).journey


def opened(open_page, file, day):
    page = open_page(f"{file.as_uri()}#{day}", offline=True)
    settle(page)
    return page


def test_six_places_call_a_day_the_same(open_page, journey_file):
    page = opened(open_page, journey_file, "1879-11-07")
    for day, name in DAYS:
        page.evaluate("(day) => { location.hash = day }", day)
        expect(page.locator("#date-words")).to_contain_text(name)
        expect(page.locator("#wall-day")).to_have_text(name)
        assert (told(page) or "").startswith(f"{name}, ")
        assert page.title().startswith(f"{name}, ")
        card = page.locator("#card-dates").inner_text().lower()
        link = unquote(page.evaluate(LINK).split("#")[1])
        if name == "17 May 1917":
            assert (card, link) == ("17 may – 5 august 1917", day)
        else:
            assert name.lower() in card
            assert link.lower().startswith(f"{name.lower()}&stay=")
            assert "Old Style" not in page.locator("#old-style").inner_text()


def test_a_link_leads_back_to_the_stay_it_tells_of(open_page, journey_file):
    page = opened(open_page, journey_file, "1902-10-18")
    link = page.evaluate(LINK)
    again = open_page(link, offline=True)
    settle(again)
    expect(again.locator("#card-place")).to_have_text("Vienna")
    expect(again.locator("#date-words")).to_have_text("About October 1902")
    assert again.evaluate(LINK) == link


def test_page_and_address_of_the_dashboard_call_every_day_the_same(
    open_page, journey_file, journey
):
    page = opened(open_page, journey_file, "1917-05-17")
    first, last = journey.span
    addresses = Addresses(journey)
    days = range(first, last + 1)
    names = page.evaluate(NAMES, [day - EPOCH for day in days])
    for day, name in zip(days, names, strict=True):
        own = date.fromordinal(day)
        address = addresses.of(own)
        assert list(address.values()) == (name or [own.isoformat()])


def test_words_can_be_typed(open_page, journey_file):
    page = opened(open_page, journey_file, "1917-05-17")
    page.locator("#date").click()
    page.locator("#date-entry").fill("about 1888")
    page.keyboard.press("Enter")
    expect(page.locator("#date-words")).to_have_text("About 1888")


def test_a_day_is_told_to_a_screen_reader_once(open_page, journey_file):
    page = opened(open_page, journey_file, "1917-05-17")
    assert page.evaluate(TOLD, "next") == ["status"]
    said = page.locator("#status").inner_text()
    assert said == told(page)
    page.locator("#timeline").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#status").text_content() == ""
    assert told(page) != said


def test_an_uncertain_day_is_seen(open_page, journey_file):
    page = opened(open_page, journey_file, "1917-01-13")
    uncertain = page.locator(".traveller.uncertain, .latest.uncertain")
    expect(uncertain).to_have_count(2)
    expect(page.locator("#old-style")).to_have_text("He may not be there yet")
    page.evaluate("() => { location.hash = '#1917-05-17' }")
    expect(uncertain).to_have_count(0)
    expect(page.locator("#old-style")).to_have_text("Old Style 4 May")


def test_a_disputed_date_shows_both_readings(open_page, journey_file):
    page = opened(open_page, journey_file, "1917-01-20")
    readings = page.locator("#card-says")
    expect(readings).to_contain_text("Sources differ")
    expect(readings).to_contain_text("On the landing: 13 or 14 January")
    expect(readings).to_contain_text("Record says")
    expect(page.locator("#card-facts")).not_to_contain_text("13 or 14 January")


def test_the_road_so_far_says_how_it_is_reckoned(open_page, journey_file):
    page = opened(open_page, journey_file, "1917-01-13")
    page.locator(".so-far summary").click()
    expect(page.locator("#so-far-phases")).to_contain_text("12 years 1 month – 12 years 4 months")
    expect(page.locator(".so-far p")).to_contain_text("great circles from place to place")
    for width, height in [(1920, 1080), (1366, 768), (390, 844)]:
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator("#so-far-phases")).to_be_visible()
        box = page.locator("#title-block").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
