"""Ways over water: found past the land, kept beside the table, and no longer than they are true."""

import json
import sys

import pytest

from geo.errors import NoWay, ReferenceDataError, RouterMissing
from geo.globe import length
from geo.place import Waymark
from geo.routes.over_water import HARBOUR, Land, Sea
from geo.routes.route import Route, question
from geo.routes.route_file import keep_routes, read_routes
from tests.builders import make_place

PIRAEUS, NAPLES = (37.94, 23.63), (40.83, 14.26)
ROUTE = Route("1 2; 3 4", ((2.5, 3.0),), 314.2, "searoute 1.6.0", "some", "2026-11-25")


@pytest.fixture(scope="module")
def sea():
    return Sea()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "routes.json"


def to(point, *via):
    return make_place(id="there", at=point, by="ship", via=via)


def test_a_ship_goes_round_the_land(sea):
    route = sea.route(PIRAEUS, to(NAPLES))
    way = [PIRAEUS, *route.points, NAPLES]
    assert Land().widest([PIRAEUS, NAPLES]) > 100
    assert Land().widest(way) <= HARBOUR
    assert route.km == pytest.approx(length(way), abs=0.1)
    assert min(lat for lat, _ in way) < 37, "the Peloponnese is rounded"


def test_a_ship_across_open_water_goes_straight(sea):
    assert sea.route((42.0, 30.0), to((43.5, 35.0))).points == ()


def test_waymarks_lead_the_ship_in_their_order(sea):
    canal = [Waymark((37.91, 23.03)), Waymark((37.961, 22.947), "Corinth canal")]
    route = sea.route(PIRAEUS, to(NAPLES, *canal))
    assert [p for p in route.points if p in [mark.point for mark in canal]] == [
        mark.point for mark in canal
    ]
    assert route.km < sea.route(PIRAEUS, to(NAPLES)).km


def test_what_was_not_sailed_goes_straight(sea):
    paris, dunkirk, esbjerg = (48.8534, 2.3488), (51.03, 2.38), (55.4703, 8.4519)
    route = sea.route(paris, to(esbjerg, Waymark(dunkirk, "Dunkirk", by="rail")))
    assert route.points[0] == dunkirk
    with pytest.raises(NoWay, match="lead the ship by points in via"):
        sea.route(paris, to(esbjerg))


def test_the_same_question_has_the_same_answer(sea):
    assert sea.route(PIRAEUS, to(NAPLES)) == Sea().route(PIRAEUS, to(NAPLES))


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "searoute", None)
    with pytest.raises(RouterMissing, match=r"pip install -r requirements-dev\.txt"):
        Sea()


def test_a_question_tells_all_that_the_way_depends_on():
    place = to((3.0, 4.0), Waymark((1.5, -2.25), "Somewhere", by="rail"))
    assert question((1.0, 2.0), place) == "1 2; rail 1.5 -2.25; 3 4"


def test_land_is_measured_on_both_sides_of_the_antimeridian():
    land = Land()
    assert land.widest([(0.0, 175.0), (0.0, -175.0)]) == 0
    assert land.widest([(66.0, 175.0), (66.0, -172.0)]) > 100, "Chukotka"


def test_routes_are_kept_as_they_were_written(file):
    keep_routes(file, {"b": ROUTE, "a": ROUTE}, {"a", "b"})
    assert read_routes(file) == {"a": ROUTE, "b": ROUTE}
    assert list(json.loads(file.read_text())) == ["a", "b"]


def test_what_was_found_before_just_so_keeps_its_day_and_the_file_its_bytes(file):
    keep_routes(file, {"a": ROUTE}, {"a"})
    before = file.stat().st_mtime_ns
    later = Route(*(getattr(ROUTE, key) for key in ROUTE.__slots__[:-1]), when="2027-01-01")
    keep_routes(file, {"a": later}, {"a"})
    assert file.stat().st_mtime_ns == before


def test_a_row_that_is_no_longer_sailed_to_loses_its_route(file):
    keep_routes(file, {"a": ROUTE, "b": ROUTE}, {"a", "b"})
    keep_routes(file, {}, {"b"})
    assert list(read_routes(file)) == ["b"]


def test_no_file_is_no_route(file):
    assert read_routes(file) == {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"points": [[91, 0]]}, 'a.points: "[[91, 0]]" is not a list of points'),
        ({"points": [[1, 2, 3]]}, "is not a list of points, each a latitude and a longitude"),
        ({"km": "far"}, 'a.km: "far" is not a distance in km'),
        ({"when": "today"}, 'a.when: "today" is not a day'),
        ({"asked": 1}, 'a.asked: "1" is not a text'),
        ({"more": 1}, "a.more: is an unknown key"),
    ],
)
def test_a_spoilt_record_is_told_with_its_line(file, change, told):
    keep_routes(file, {"a": ROUTE}, {"a"})
    records = json.loads(file.read_text())
    records["a"] |= change
    file.write_text(json.dumps(records, indent=1))
    with pytest.raises(ReferenceDataError) as caught:
        read_routes(file)
    assert "routes.json:2: " in str(caught.value)
    assert told in str(caught.value)
