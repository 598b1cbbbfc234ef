"""A road of many legs: on canvas, kept up with the days, and the same as if it were drawn anew."""

from datetime import date

import pytest

from bench.journeys import made_table
from dev.documents import document_of, until
from geo.document.data import EPOCH

STOPS = 400
EARLY, LATE = "1502-03-01", "1508-03-01"
# What of the sharp picture is drawn, as a sum over its pixels; null while it is not the one shown.
INK = """() => {
    const canvas = document.querySelector("canvas.sharp");
    const drawing = canvas.hidden || "drawing" in canvas.dataset;
    if (drawing || document.querySelector(".recent").childElementCount) return null;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let [ink, sum] = [0, 0];
    for (let i = 3; i < data.length; i += 4) {
        if (data[i]) { ink += 1; sum = (sum * 31 + i * data[i]) % 1e9; }
    }
    return `${canvas.width} ${canvas.height} ${ink} ${sum}`;
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
    until(page, f"({INK})() !== null")
    return page.evaluate(INK)


def test_a_road_of_many_legs_is_drawn_on_canvas(opened):
    page = opened()
    early, late = go(page, EARLY), go(page, LATE)
    assert early != late
    assert page.locator(".road .leg").count() == 0


def test_what_went_back_and_forth_is_as_if_drawn_anew(opened):
    wandered = go(opened(), EARLY, LATE, "1504-01-01", LATE, "1503-06-01")
    assert wandered == go(opened(), "1503-06-01")
