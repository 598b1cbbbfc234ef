"""TopoJSON read back: shared arcs, holes, and which lands hold a point or lie near it."""

import pytest
import shapely

from geo.topojson import Lands, decode, shape, stitch

# Two squares that share an edge, in steps of half a degree from 10° E, 60° N; the left one has a
# hole, which the right arc goes around backwards.
TOPOLOGY = {
    "transform": {"scale": [0.5, 0.5], "translate": [10, 60]},
    "arcs": [
        [[4, 0], [0, 4]],
        [[4, 4], [-4, 0], [0, -4], [4, 0]],
        [[4, 0], [4, 0], [0, 4], [-4, 0]],
        [[1, 1], [1, 0], [0, 1], [-1, 0], [0, -1]],
    ],
}
LEFT = {"type": "Polygon", "arcs": [[0, 1], [~3]]}
RIGHT = {"type": "MultiPolygon", "arcs": [[[2, ~0]]]}


@pytest.fixture
def arcs():
    return decode(TOPOLOGY)


@pytest.fixture
def lands(arcs):
    return Lands([shape(LEFT, arcs), shape(RIGHT, arcs)])


def test_steps_on_the_grid_become_degrees(arcs):
    assert arcs[1].tolist() == [[12, 62], [10, 62], [10, 60], [12, 60]]


def test_arcs_are_joined_at_their_common_ends_and_read_either_way(arcs):
    ring = stitch(arcs, [2, ~0]).tolist()
    assert ring == [[12, 60], [14, 60], [14, 62], [12, 62], [12, 60]]


def test_a_land_has_its_holes_and_a_line_its_length(arcs):
    assert shapely.area([shape(LEFT, arcs), shape(RIGHT, arcs)]).tolist() == [3.75, 4]
    line = shape({"type": "LineString", "arcs": [0]}, arcs)
    lines = shape({"type": "MultiLineString", "arcs": [[0], [~0]]}, arcs)
    assert (line.length, lines.length) == (2, 4)


@pytest.mark.parametrize(
    ("lat", "lon", "held_by"),
    [(61.5, 11.5, [0]), (61, 13, [1]), (60.75, 10.75, []), (61, 9, []), (61, 12, [0, 1])],
)
def test_a_point_is_held_by_the_lands_around_it(lands, lat, lon, held_by):
    assert lands.holding(lat, lon) == held_by


@pytest.mark.parametrize(
    ("lat", "lon", "near"),
    [(61, 12.4, [1, 0]), (61, 11.6, [0, 1]), (59.4, 11, [0]), (59, 11, []), (61, 15, [1])],
)
def test_a_degree_of_longitude_counts_for_less_in_the_north(lands, lat, lon, near):
    assert lands.within(0.7, lat, lon) == near
