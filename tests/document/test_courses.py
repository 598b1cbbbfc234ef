"""The page and the exports draw the same way between two places."""

import math

import pytest
from geopy.distance import great_circle

from dev.documents import PLACES, document_of
from geo.journey.curves import smooth_curve
from geo.loading import load_journey

COURSES = """() => app.state.itinerary.legs.map(({ course }) =>
    Array.from({ length: course.parts }, (_, part) => course.sampled(part)))"""
KM = "() => app.state.itinerary.legs.map(({ km }) => km)"
CLOSE_KM = 0.05


@pytest.fixture
def page(open_page, tmp_path):
    file = tmp_path / "journey.html"
    file.write_text(document_of(PLACES), encoding="utf-8")
    return open_page(file, offline=True)


@pytest.fixture
def courses(page):
    return page.evaluate(COURSES)


def as_points(course):
    """Points of the world's unit square, x and y in turn, as (lat, lon)."""
    return [
        (math.degrees(math.atan(math.sinh((1 - 2 * y) * math.pi))), (x - 0.5) * 360)
        for x, y in zip(course[::2], course[1::2], strict=True)
    ]


def test_the_page_bends_each_leg_as_the_exports_do(courses):
    legs = load_journey(PLACES).journey.legs
    for leg, parts in zip(legs, courses, strict=True):
        curve = [point for part in smooth_curve(leg.points) for point in part[:-1]]
        drawn = [point for part in parts for point in as_points(part)[:-1]]
        assert len(drawn) == len(curve)
        assert all(great_circle(a, b).km < CLOSE_KM for a, b in zip(drawn, curve, strict=True))


def test_the_page_counts_the_kilometres_that_the_exports_do(page):
    for leg, km in zip(load_journey(PLACES).journey.legs, page.evaluate(KM), strict=True):
        assert km == pytest.approx(leg.km, abs=0.01)
