"""The derived map data is what the map relies on: small, valid, and right where it matters."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, Polygon

from geo.topojson import decode, shape, stitch
from tools import areas as outlines
from tools import topology
from tools.build_cities import great_cities
from tools.units import Unit

DATA = Path(__file__).resolve().parents[2] / "geo" / "data"


@pytest.fixture(scope="module")
def basemap():
    return json.loads((DATA / "basemap.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def arcs(basemap):
    return decode(basemap)


@pytest.fixture(scope="module")
def countries(basemap, arcs):
    return {g["properties"]["a3"]: shape(g, arcs) for g in geometries(basemap, "countries")}


@pytest.fixture(scope="module")
def areas():
    return json.loads((DATA / "areas.json").read_text(encoding="utf-8"))


def geometries(basemap, kind):
    return basemap["objects"][kind]["geometries"]


def polygon_arcs(geometry):
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def arcs_of(geometry):
    rings = (ring for polygon in polygon_arcs(geometry) for ring in polygon)
    return {i if i >= 0 else ~i for ring in rings for i in ring}


def owner_of(countries, lat, lon):
    spot = Point(lon, lat)
    return {a3 for a3, land in countries.items() if land.contains(spot)}


def test_files_are_small_enough_to_ship():
    assert (DATA / "basemap.json").stat().st_size < 560_000
    assert (DATA / "areas.json").stat().st_size < 150_000


def test_basemap_is_a_topology_in_range(basemap, arcs):
    assert basemap["type"] == "Topology"
    assert set(basemap["objects"]) == {"countries", "lakes", "rivers"}
    points = np.array([point for arc in arcs for point in arc])
    assert (np.abs(points) <= [180.000001, 90.000001]).all()


def test_every_ring_closes_and_every_polygon_is_valid(basemap, arcs, countries):
    lakes = [shape(geometry, arcs) for geometry in geometries(basemap, "lakes")]
    for geometry in geometries(basemap, "countries") + geometries(basemap, "lakes"):
        for polygon in polygon_arcs(geometry):
            for ring in polygon:
                line = stitch(arcs, ring)
                assert (line[0] == line[-1]).all()
    assert shapely.is_valid(list(countries.values())).all()
    assert shapely.is_valid(lakes).all()


def test_countries_leave_no_gap_and_no_overlap(countries):
    assert shapely.coverage_is_valid(np.array(list(countries.values())))


def test_nothing_runs_across_the_whole_map(arcs):
    steps = [abs(b[0] - a[0]) for arc in arcs for a, b in pairwise(arc)]
    assert max(steps) < 30
    assert all(max(x) - min(x) < 180 for x in ([lon for lon, _ in arc] for arc in arcs))


def test_seams_are_exactly_the_arcs_along_the_antimeridian(basemap, arcs):
    along = [i for i, arc in enumerate(arcs) if all(abs(lon) == 180 for lon, _ in arc)]
    assert basemap["seams"] == along
    assert along


@pytest.mark.parametrize(
    ("place", "lat", "lon", "a3"),
    [
        ("Petrograd", 59.94, 30.31, "RUS"),
        ("London", 51.507, -0.128, "GBR"),
        ("Berlin", 52.52, 13.405, "DEU"),
        ("Mexico City", 19.43, -99.13, "MEX"),
        ("Alma-Ata", 43.25, 76.95, "KAZ"),
        ("Odessa, inland", 46.6, 30.6, "UKR"),
        ("Simferopol", 44.95, 34.10, "UKR"),
        ("Oslo, Nordmarka", 60.05, 10.7, "NOR"),
        ("Amherst, Nova Scotia", 45.83, -64.2, "CAN"),
        ("Åland, its north", 60.23, 19.93, "ALD"),
        ("Chukotka, east of 180°", 66.5, -172.5, "RUS"),
    ],
)
def test_land_belongs_to_its_country(countries, place, lat, lon, a3):
    assert owner_of(countries, lat, lon) == {a3}, place


@pytest.mark.parametrize(
    ("water", "lat", "lon"),
    [
        ("Black Sea", 43, 34),
        ("North Sea", 56, 3),
        ("Caspian Sea", 42, 50.5),
        ("Sea of Azov", 46, 36.5),
        ("Sea of Marmara", 40.7, 28.2),
        ("Sognefjord", 61.12, 6.5),
        ("Atlantic", 50, -30),
    ],
)
def test_sea_belongs_to_nobody(countries, water, lat, lon):
    assert owner_of(countries, lat, lon) == set(), water


@pytest.mark.parametrize(
    ("name", "lat", "lon"), [("Lake Baikal", 53.5, 108.2), (None, 61.0, 31.5), (None, 44.0, -87.0)]
)
def test_lakes_are_drawn_over_the_land(basemap, arcs, name, lat, lon):
    found = [
        geometry["properties"]["name"]
        for geometry in geometries(basemap, "lakes")
        if shape(geometry, arcs).contains(Point(lon, lat))
    ]
    assert found == [name]


def test_countries_carry_their_codes(basemap):
    found = [geometry["properties"] for geometry in geometries(basemap, "countries")]
    codes = {country["a3"]: country["a2"] for country in found}
    assert len(codes) == len(found)
    assert (codes["UKR"], codes["NOR"], codes["FRA"], codes["KAZ"]) == ("UA", "NO", "FR", "KZ")
    assert (codes["CYP"], codes["CUB"], codes["NZL"]) == ("CY", "CU", "NZ")
    given = [code for code in codes.values() if code is not None]
    assert len(set(given)) == len(given)
    assert all(len(code) == 2 and code.isupper() for code in given)


def test_neighbours_share_arcs_and_no_arc_has_three_owners(basemap):
    by_a3 = {g["properties"]["a3"]: arcs_of(g) for g in geometries(basemap, "countries")}
    assert by_a3["FRA"] & by_a3["ESP"]
    assert not by_a3["FRA"] & by_a3["RUS"]
    uses = np.bincount([i for found in by_a3.values() for i in found])
    assert uses.max() == 2
    assert not uses[basemap["seams"]].max() > 1


def test_labels_of_open_water_lie_on_water(basemap, countries, arcs):
    lakes = [shape(geometry, arcs) for geometry in geometries(basemap, "lakes")]
    for label in basemap["waters"]:
        on_land = owner_of(countries, label["lat"], label["lon"])
        in_lake = any(lake.contains(Point(label["lon"], label["lat"])) for lake in lakes)
        assert not on_land or in_lake, label["name"]
        assert 1 <= label["rank"] <= 4
        assert -90 <= label["angle"] <= 90


def test_areas_are_well_formed(areas):
    for key, area in areas.items():
        south, west, north, east = area["bounds"]
        lat, lon = area["label"]
        assert south <= lat <= north, key
        assert west <= lon <= east, key
        assert area["kind"] in {"country", "region", "island", "sea"}
        assert area["country"] is None or len(area["country"]) == 2
        assert area["citation"]
        assert area["name"] not in area["names"]
        for ring in area["polygons"]:
            assert ring[0] == ring[-1]
            assert Polygon(ring).is_valid, key


@pytest.mark.parametrize(
    ("key", "place", "lat", "lon"),
    [
        ("wikidata:Q5428", "Irkutsk", 52.29, 104.28),
        ("wikidata:Q5428", "Ust-Kut", 56.79, 105.77),
        ("wikidata:Q5428", "Beryozovo, in Tobolsk guberniya then", 63.93, 65.05),
        ("wikidata:Q35600", "Yekaterinburg", 56.84, 60.6),
        ("wikidata:Q7835", "Simferopol", 44.95, 34.1),
        ("wikidata:Q166", "middle of the Black Sea", 43, 34),
        ("wikidata:Q15180", "Kharkov", 49.99, 36.23),
        ("wikidata:Q34266", "Warsaw", 52.23, 21.01),
        ("wikidata:Q34266", "Helsingfors, inland", 60.4, 24.95),
        ("wikidata:Q28513", "Lemberg", 49.84, 24.03),
        ("wikidata:Q27496", "Paris", 48.86, 2.35),
        ("naturalearth:NOR", "Oslo", 59.95, 10.75),
        ("naturalearth:MEX", "Mexico City", 19.43, -99.13),
    ],
)
def test_area_holds_place(areas, key, place, lat, lon):
    assert any(Polygon(ring).contains(Point(lon, lat)) for ring in areas[key]["polygons"]), place


@pytest.mark.parametrize(
    ("key", "place", "lat", "lon"),
    [
        ("wikidata:Q5428", "Perm", 58.0, 56.25),
        ("wikidata:Q15180", "Lwów, Polish until 1939", 49.84, 24.03),
        ("wikidata:Q166", "Sea of Azov", 46.0, 36.5),
        ("wikidata:Q27496", "Moscow", 55.75, 37.62),
    ],
)
def test_area_leaves_place_out(areas, key, place, lat, lon):
    assert not any(Polygon(ring).contains(Point(lon, lat)) for ring in areas[key]["polygons"]), (
        place
    )


def unit(a3, iso, west):
    return Unit(a3, iso, a3[:2], iso, a3, shapely.box(west, 0, west + 1, 1))


def row(name="Somewhere", kind="region", key="wikidata:Q1", members=()):
    return outlines.Row(key, name, (), kind, None, members, (), "a test")


UNITS = [unit("AAA", "AA-1", 0), unit("AAA", "AA-2", 1), unit("BBB", "BB-1", 2)]


def test_members_are_added_and_taken_away():
    chosen = outlines.members(row(members=("AAA", "BB-1", "-AA-2")), UNITS)
    assert [found.iso for found in chosen] == ["AA-1", "BB-1"]


@pytest.mark.parametrize("members", [("CCC",), ("AAA", "-BB-1"), ("AA-3",)])
def test_selector_that_matches_nothing_fails_the_build(members):
    with pytest.raises(ValueError, match="matches nothing"):
        outlines.build(UNITS, [row(members=members)])


def test_name_used_twice_for_one_kind_fails_the_build():
    rows = [row(key="wikidata:Q1", members=("AAA",)), row(key="wikidata:Q2", members=("BBB",))]
    with pytest.raises(ValueError, match="used twice"):
        outlines.build(UNITS, rows)


def test_coverage_shares_its_common_border_once():
    table = topology.ArcTable()
    left = [[[(0, 0), (0, 2), (2, 2), (2, 0), (0, 0)]]]
    right = [[[(2, 0), (2, 2), (4, 2), (4, 0), (2, 0)]]]
    found = topology.coverage_rings([left, right], lambda a, b: False, table)
    used = [{i if i >= 0 else ~i for i in owner[0][0]} for owner in found]
    assert len(used[0] & used[1]) == 1
    assert len(table.arcs) == 3


def test_untangle_drops_the_vertex_that_crosses_its_ring():
    crossed = [(0, 0), (0, 10), (10, 10), (10, 0), (6, 0), (5, 11), (4, 0), (0, 0)]
    [[[ring]]] = topology.untangle([[[crossed]]])
    assert Polygon(ring).is_valid
    assert (5, 11) not in ring


def test_great_cities_are_those_that_geonames_has():
    assert json.loads((DATA / "cities.json").read_text("utf-8")) == great_cities()
