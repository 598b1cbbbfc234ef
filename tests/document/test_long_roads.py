"""A road of many legs: on canvas, kept up with the days, and the same as if it were drawn anew."""

from datetime import date

import pytest

from bench.journeys import made_table
from dev.documents import document_of, until
from geo.document.data import EPOCH

STOPS = 400
EARLY, LATE = "1502-03-01", "1508-03-01"
# What of a picture in tiles is drawn, as a sum over its pixels; null while it is not all there.
INK = """(name) => {
    const picture = document.querySelector(`.road.${name}`);
    if (picture.hidden || "drawing" in picture.dataset) return null;
    if (document.querySelector(".recent").childElementCount) return null;
    const [{ x: w, y: h }, tiles] = [app.map.getSize(), [...picture.children]];
    const context = new OffscreenCanvas(w, h).getContext("2d", { willReadFrequently: true });
    const map = document.getElementById("map").getBoundingClientRect();
    for (const tile of tiles) {
        const { left, top } = tile.getBoundingClientRect();
        context.drawImage(tile, Math.round(left - map.left), Math.round(top - map.top));
    }
    const { data } = context.getImageData(0, 0, w, h);
    let [ink, sum] = [0, 0];
    for (let i = 3; i < data.length; i += 4) {
        if (data[i]) { ink += 1; sum = (sum * 31 + i * data[i]) % 1e9; }
    }
    return `${ink} ${sum}`;
}"""


@pytest.fixture(scope="module")
def long_road(tmp_path_factory):
    folder = tmp_path_factory.mktemp("long")
    (folder / "places.csv").write_text(made_table(STOPS), encoding="utf-8")
    file = folder / "journey.html"
    file.write_text(document_of(folder / "places.csv"), encoding="utf-8")
    return file


@pytest.fixture
def opened(open_page, long_road):
    """A function that opens the road in one view, which does not follow the traveller."""

    def opened():
        page = open_page(long_road, offline=True, reduced_motion="reduce")
        page.evaluate("app.camera.following = false")
        page.evaluate("app.map.setView([30, 20], 3, { animate: false })")
        return page

    return opened


def go(page, *days):
    """Pass through days as under the pointer, and rest on the last; return what is drawn then."""
    numbers = [date.fromisoformat(day).toordinal() - EPOCH for day in days]
    for day in numbers[:-1]:
        page.evaluate("(day) => app.state.setDay(day, 'drag')", day)
    page.evaluate("(day) => app.state.setDay(day, 'rest')", numbers[-1])
    until(page, f"({INK})('sharp') !== null")
    return page.evaluate(INK, "sharp"), page.evaluate(INK, "marks")


def test_a_road_of_many_legs_is_drawn_on_canvas(opened):
    page = opened()
    early, late = go(page, EARLY), go(page, LATE)
    assert early[0] != late[0]
    assert early[1] != late[1]
    assert page.locator(".road :is(.leg, .mark[d])").count() == 0


def test_the_whole_of_a_long_road_is_drawn_once(opened):
    page = opened()
    page.evaluate("app.state.showOverview()")
    until(page, f"({INK})('sharp') !== null")
    tiles = page.evaluate(
        "window.tiles = [...document.querySelectorAll('.sharp canvas')]; tiles.length"
    )
    # It once began anew as soon as it was done.
    page.evaluate("new Promise((done) => setTimeout(done, 500))")
    assert tiles
    assert page.evaluate("tiles.every((tile) => tile.isConnected)")


def test_marks_on_canvas_follow_what_the_reader_wants(opened):
    page = opened()
    with_ahead = go(page, EARLY)[1]
    page.evaluate(
        "app.layers.setOptions({ follow: true, ahead: false, mentions: true, borders: 'day' })"
    )
    without = go(page, EARLY)[1]
    assert int(without.split()[0]) < int(with_ahead.split()[0])


def test_what_went_back_and_forth_is_as_if_drawn_anew(opened):
    wandered = go(opened(), EARLY, LATE, "1504-01-01", LATE, "1503-06-01")
    assert wandered == go(opened(), "1503-06-01")
