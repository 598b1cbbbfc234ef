"""The borders beside the towns that lay on them: within a kilometre of where they ran."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.topojson import decode
from tools.polity_table import TableError, read_lands
from tools.towns import SQUARE_KM, TOWNS, Town, cut_at_towns, joined, read_towns, redrawn, squares
from tools.units import Unit

LAYER = Path(__file__).resolve().parents[2] / "geo" / "data" / "polities.json"
KM = 111.2  # a degree of latitude
CUT = "on the cut @"
FRONTS = {"front-1917"}  # where armies stood is not known to a kilometre
with TOWNS.open(encoding="utf-8", newline="") as lines:
    ON_A_CUT = [
        row
        for row in csv.DictReader(lines)
        if row["border"].startswith(CUT) and row["border"].removeprefix(CUT) not in FRONTS
    ]


def arcs_in(item):
    for inner in item:
        if isinstance(inner, int):
            yield inner if inner >= 0 else ~inner
        else:
            yield from arcs_in(inner)


@pytest.fixture(scope="module")
def borders():
    """All arcs with land on both sides."""
    layer = json.loads(LAYER.read_text(encoding="utf-8"))
    arcs, sides = decode(layer), {}
    for atom in layer["objects"]["atoms"]["geometries"]:
        for arc in arcs_in(atom["arcs"]):
            sides[arc] = sides.get(arc, 0) + 1
    return np.array([shapely.LineString(arcs[arc]) for arc, count in sides.items() if count == 2])


def around(geometry, lat, lon):
    """The geometry in km from a point."""
    return shapely.transform(
        geometry,
        lambda p: np.column_stack(
            [(p[:, 0] - lon) * np.cos(np.radians(lat)) * KM, (p[:, 1] - lat) * KM]
        ),
    )


def strays(borders, lat, lon, spot):
    near = borders[shapely.STRtree(borders).query(shapely.Point(lon, lat).buffer(0.2))]
    return shapely.distance(around(near, lat, lon), spot).min()


@pytest.mark.parametrize(
    ("where", "lat", "lon"),
    [
        ("Belgrade, the bridge over the Save", 44.8147, 20.4466),
        ("Belgrade, the mouth of the Save", 44.8275, 20.447),
        ("Belgrade, the Danube at the bridge of Pančevo", 44.829, 20.494),
        ("Český Těšín, the bridge over the Olza", 49.7487, 18.63),
        ("Narva, the bridge over the Narova", 59.3755, 28.2045),
        ("Marienburg, the Nogat", 54.04, 19.023),
        ("Fiume, the Fiumara", 45.327, 14.4515),
        ("Chalon, the bridge over the Saône", 46.779, 4.857),
        ("Moulins, the bridge over the Allier", 46.559, 3.323),
        ("Przemyśl, the bridge over the San", 49.787, 22.768),
        ("Konstanz, the gate to Kreuzlingen", 47.657, 9.173),
        ("Görlitz, the bridge over the Neisse", 51.155, 14.9945),
    ],
)
def test_a_border_runs_where_it_did(borders, where, lat, lon):
    assert strays(borders, lat, lon, shapely.Point(0, 0)) < 1, where


@pytest.mark.parametrize("town", ON_A_CUT, ids=lambda town: town["town"])
def test_a_cut_is_kept_beside_a_town(borders, town):
    lat, lon = float(town["lat"]), float(town["lon"])
    cut = around(read_lands()[town["border"].removeprefix(CUT)].outline.boundary, lat, lon)
    seen = shapely.intersection(cut, shapely.Point(0, 0).buffer(2.5))
    spots = shapely.points(shapely.get_coordinates(shapely.segmentize(seen, 0.2)))
    assert all(strays(borders, lat, lon, spot) < 1 for spot in spots)


# --- how it is done ---------------------------------------------------------------------------


def unit(a3, iso, west):
    return Unit(a3, iso, None, iso, a3, shapely.box(west, 0, west + 1, 1))


def test_the_squares_around_a_town_hold_it():
    town = Town("Town", 50.0, 10.0, 3.0)
    found = shapely.union_all(squares(town))
    assert found.contains(shapely.Point(10, 50))
    _, south, _, north = found.bounds
    assert (north - south) * KM == pytest.approx(4 * SQUARE_KM)


def test_what_is_cut_at_a_town_is_joined_again():
    shapes = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(5, 5, 6, 6)])
    pieces, owner = cut_at_towns(shapes, [Town("Town", 0.5, 1.0, 3.0)])
    assert len(pieces) > 10 and shapely.coverage_is_valid(pieces)
    for i, shape in enumerate(shapes):
        assert joined(pieces[owner == i]).symmetric_difference(shape).area < 1e-9


def test_without_towns_nothing_is_cut():
    shapes = np.array([shapely.box(0, 0, 1, 1)])
    pieces, owner = cut_at_towns(shapes, [])
    assert pieces.tolist() == shapes.tolist() and owner.tolist() == [0]


def test_a_border_on_the_wrong_side_of_a_town_is_redrawn():
    units = [unit("AAA", "A-1", 0), unit("BBB", "B-1", 1)]
    town = Town("Town", 0.5, 1.05, 3.0, "A-1", shapely.box(0.9, 0.4, 1.1, 0.6))
    west, east = redrawn(units, [town])
    assert west.geometry.contains(shapely.Point(1.05, 0.5))
    assert west.geometry.area + east.geometry.area == pytest.approx(2)
    assert redrawn(units, [Town("Town", 0.5, 1.05, 3.0)]) is units


def test_a_town_in_an_unknown_province_is_refused():
    town = Town("Town", 0.5, 1.0, 3.0, "C-1", shapely.box(0.9, 0.4, 1.1, 0.6))
    with pytest.raises(TableError, match="C-1"):
        redrawn([unit("AAA", "A-1", 0)], [town])


def test_the_table_of_towns_is_read():
    towns = {town.name: town for town in read_towns()}
    assert {"Belgrade", "Český Těšín", "Narva"} <= towns.keys()
    assert towns["Narva"].province == "EE-44"
