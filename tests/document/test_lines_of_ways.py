"""Each way of travelling has a line of its own, in SVG and on canvas, and the legend says which."""

import csv
import io

import pytest

from bench.journeys import made_table
from dev.documents import LONDON, PARIS, PLACES, document_of, table_of, until, written
from tests.document.test_long_roads import INK

# What tells the line of a run from others, and what lies below it.
DRAWN = """(by) => {
    const look = (element) => {
        const { strokeDasharray, strokeWidth, stroke } = getComputedStyle(element);
        return [strokeDasharray, strokeWidth, stroke].join();
    };
    const runs = [...document.querySelectorAll(`.road .by-${by}`)];
    return [...new Set(runs.map(look))].sort();
}"""
LAST_DAY = "app.state.setDay(app.state.itinerary.data.last, 'rest')"
# The ways of the leg to a stop.
RUNS = """(id) => {
    const { legs, road } = app.state.itinerary;
    return legs.find(({ to }) => road[to].id === id).course.runs.map(({ by }) => by);
}"""
MANY = 210


@pytest.fixture(scope="module")
def journey_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("journey") / "journey.html"
    file.write_text(document_of(PLACES), encoding="utf-8")
    return file


@pytest.fixture
def page(open_page, journey_file):
    return open_page(journey_file, offline=True, reduced_motion="reduce")


@pytest.fixture
def open_text(open_page, tmp_path):
    """A function that opens the document of a table."""

    def open_text(text, name="places.csv", **options):
        file = tmp_path / f"{name}.html"
        file.write_text(document_of(written(tmp_path, text, name)), encoding="utf-8")
        return open_page(file, offline=True, reduced_motion="reduce", **options)

    return open_text


def with_ways(text, ways):
    """A table whose rows were reached in these ways, in turn."""
    header, *rows = csv.reader(io.StringIO(text))
    told = [[*row, ways[i % len(ways)]] for i, row in enumerate(rows)]
    out = io.StringIO()
    csv.writer(out).writerows([[*header, "by"], *told])
    return out.getvalue()


def in_legend(page):
    return page.locator("#ways-legend li:visible").all_inner_texts()


def test_a_ships_leg_and_a_rail_leg_are_drawn_differently(page):
    page.evaluate(LAST_DAY)
    looks = [page.evaluate(DRAWN, by) for by in ("rail", "ship", "road", "sledge")]
    # A casing and a line each.
    assert [len(look) for look in looks] == [2, 2, 2, 2]
    lines = {line for look in looks for line in look}
    # Paper lies below ships and sledges alike.
    assert len(lines) == 7


def test_ways_are_told_apart_within_a_leg_too(page):
    assert page.evaluate(RUNS, "odessa-1888") == ["road", "rail", "ship"]


def test_the_road_ahead_and_the_whole_road_are_drawn_as_ever(page):
    assert page.locator(".road [class*='by-']").count() == 0
    page.evaluate("app.state.setDay(app.state.itinerary.data.first, 'rest')")
    assert page.locator(".road [class*='by-']").count() == 0


def test_many_legs_are_told_apart_on_canvas(open_text):
    table = made_table(MANY, hops=True)
    drawn = set()
    for by in ("", "rail", "ship"):
        page = open_text(with_ways(table, [by]), f"{by or 'untold'}.csv")
        page.evaluate("app.camera.following = false")
        page.evaluate("app.map.setView([48, 10], 6, { animate: false })")
        page.evaluate(LAST_DAY)
        until(page, f"({INK})('sharp') !== null")
        drawn.add(page.evaluate(INK, "sharp"))
        page.close()
    assert len(drawn) == 3


@pytest.mark.parametrize(
    ("ways", "said"),
    [([""], []), (["", "foot"], ["Foot"]), (["", "air", "rail"], ["Rail", "Air"])],
)
def test_the_legend_has_the_journeys_ways_and_no_other(open_text, ways, said):
    bern = "bern-1903,Bern,CH,settlement,stop,youth,1903-01-01,1903-01-20,A rest,,a book,46.95,7.45"
    page = open_text(with_ways(table_of(PARIS, LONDON, bern), ways))
    page.evaluate(LAST_DAY)
    assert in_legend(page) == said


def test_the_legend_of_the_journey_itself(page):
    page.evaluate(LAST_DAY)
    assert in_legend(page) == ["Rail", "Ship", "Road", "Sledge"]
