"""How he travelled, as the project's own table has it: ships at sea, and each way known."""

from itertools import pairwise
from pathlib import Path

import pytest

from geo.journey.checks import check_routes
from geo.journey.curves import curve_through
from geo.loading import load_journey
from geo.routes.over_water import Land, Sea
from geo.routes.route_file import read_routes, routes_beside

PLACES = Path(__file__).parents[2] / "data" / "places.csv"
WIDEST = 10
"""Km of land that a ship's leg may cross: harbours and narrows on a coarse coast."""
RIVER_PORTS = {"Antwerp": 25, "Kherson": 25}
"""Km from a town to the mouth of its river."""
JOURNEY = load_journey(PLACES).journey
PASSAGES = {there.place.id: (here, there) for here, there in JOURNEY.passages}


@pytest.fixture(scope="module")
def land():
    return Land()


@pytest.fixture(scope="module")
def sea():
    return Sea()


def sailed(here, there):
    """The points between which a ship went: what was gone by land before it is left out."""
    marks = [mark.point for mark in there.place.via if mark.by not in ("", "ship")]
    points = [here.point, *there.way, there.point]
    return points[points.index(marks[-1]) :] if marks else points


@pytest.mark.parametrize("row", PASSAGES)
def test_no_ship_crosses_land(row, land):
    here, there = PASSAGES[row]
    drawn = [(lat, (lon + 180) % 360 - 180) for lat, lon in curve_through(sailed(here, there))]
    assert land.widest(drawn) <= RIVER_PORTS.get(here.place.place, WIDEST)


@pytest.mark.parametrize("row", PASSAGES)
def test_each_way_is_found_again_as_it_is_kept(row, sea):
    here, there = PASSAGES[row]
    again = sea.route(here.point, there.place)
    kept = read_routes(routes_beside(PLACES))[row]
    assert (again.asked, again.points, again.km) == (kept.asked, kept.points, kept.km)


def test_the_way_of_every_ship_is_known_and_no_other_is_kept():
    routes = read_routes(routes_beside(PLACES))
    assert list(check_routes(JOURNEY, routes, PLACES.name)) == []
    assert routes.keys() == PASSAGES.keys()


def test_the_road_goes_where_he_went():
    ways = {
        there.place.id: [here.point, *there.way, there.point]
        for here, there in pairwise(JOURNEY.nodes)
    }
    assert min(lat for lat, _ in ways["tampico-1937"]) < 25, "the tanker passed south of Florida"
    assert all(lon > -82 or lat < 30 for lat, lon in ways["tampico-1937"]), "not over Ohio"
    assert max(lat for lat, _ in ways["petrograd-1917"]) > 64, "round the Gulf of Bothnia"
    assert any(lon > 85 for _, lon in ways["samara-1902"]), "along the Trans-Siberian"


def test_areas_and_mentions_have_no_way():
    aside = (*JOURNEY.areas, *JOURNEY.mentions)
    assert [row.place.id for row in aside if row.place.by or row.place.via] == []
