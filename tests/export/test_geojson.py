"""A journey as GeoJSON: what each feature holds, and where a line may not go."""

import json
import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.export.geojson import cut_at_antimeridian, journey_geojson
from geo.journey.build import build_journey
from geo.loading import load_journey
from geo.table.reader import read_places

PLACES = Path(__file__).parents[2] / "data" / "places.csv"
TABLE = """\
id,place,modern_name,country,kind,role,phase,arrived,departed,title,story,texts,claim,sources,\
latitude,longitude,located_by
norway,Norway,,NO,country,stop,exile,1935,1936,,,,,,64.5,12.5,naturalearth:NOR
oslo,Oslo,,NO,settlement,stop,exile,1935,1936,A title,A story,a:1; b:2,A claim,\
Words <https://a.example/b>; no link,59.9127,10.7461,geonames:3143244
yokohama,Yokohama,,JP,settlement,stop,exile,1936-03~,1936-04?,,,,,,35.4437,139.638,geonames:1848354
honolulu,Honolulu,,US,settlement,passed-through,exile,1936-05,1936-05,,,,,,21.3,-157.85,
sf,San Francisco,,US,settlement,stop,exile,1936-06,1936-07,,,,,,37.77,-122.42,
paris,Paris,,FR,settlement,mentioned,,,,,,,,,48.85,2.35,
nowhere,Nowhere,,,settlement,mentioned,,,,,,,,,,,
"""


@pytest.fixture(scope="module")
def features():
    table = read_places(TABLE.encode())
    assert not table.errors
    collection = journey_geojson(build_journey(table.places))
    assert collection["type"] == "FeatureCollection"
    return collection["features"]


def test_each_row_with_a_point_is_a_feature(features):
    told = [(f["properties"]["feature"], f.get("id"), f["properties"].get("number"))
            for f in features]  # fmt: skip
    assert told == [
        ("stop", "oslo", 1),
        ("stop", "yokohama", 2),
        ("way-point", "honolulu", None),
        ("stop", "sf", 3),
        ("area", "norway", None),
        ("mention", "paris", None),
        ("leg", None, None),
        ("leg", None, None),
    ]


def test_a_stop_tells_all_that_its_row_tells(features):
    assert features[0] == {
        "type": "Feature",
        "id": "oslo",
        "geometry": {"type": "Point", "coordinates": [10.7461, 59.9127]},
        "properties": {
            "feature": "stop",
            "number": 1,
            "id": "oslo",
            "place": "Oslo",
            "modern_name": "",
            "country": "NO",
            "kind": "settlement",
            "role": "stop",
            "phase": "exile",
            "arrived": "1935",
            "departed": "1936",
            "by": "",
            "conveyance": "",
            "via": [],
            "title": "A title",
            "story": "A story",
            "texts": ["a:1", "b:2"],
            "claim": "A claim",
            "sources": [
                {"words": "Words", "url": "https://a.example/b"},
                {"words": "no link", "url": None},
            ],
            "located_by": "geonames:3143244",
        },
    }


def test_dates_are_edtf_or_absent(features):
    dates = [(f["properties"]["arrived"], f["properties"]["departed"]) for f in features[:6]]
    assert dates[1] == ("1936-03~", "1936-04?")
    assert dates[5] == (None, None)


def test_an_area_has_its_extent(features):
    south, west, north, east = features[4]["properties"]["bounds"]
    assert 57 < south < 59
    assert 70 < north < 82
    assert -10 < west < 5
    assert 30 < east < 35
    assert all("bounds" not in f["properties"] for f in features if f is not features[4])


def test_a_leg_across_the_pacific_is_cut_in_two(features):
    leg = features[7]
    assert leg["properties"] == {
        "feature": "leg",
        "from": "yokohama",
        "to": "sf",
        "via": ["honolulu"],
        "by": [],
        "km": pytest.approx(6200 + 3860, rel=0.02),
    }
    assert leg["geometry"]["type"] == "MultiLineString"
    west, east = leg["geometry"]["coordinates"]
    assert (west[0], west[-1][0]) == ([139.638, 35.4437], 180)
    assert (east[0][0], east[-1]) == (-180, [-122.42, 37.77])
    assert west[-1][1] == east[0][1]
    assert features[6]["geometry"]["type"] == "LineString"


def test_the_project_s_own_journey_is_sound_geojson():
    journey = load_journey(PLACES).journey
    features = json.loads(json.dumps(journey_geojson(journey), allow_nan=False))["features"]
    count = len(journey.nodes) + len(journey.areas) + len(journey.mentions) + len(journey.legs)
    assert len(features) == count > 150
    ids = [feature["id"] for feature in features if "id" in feature]
    assert len(set(ids)) == len(ids)
    for lon, lat in positions(features):
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90


def positions(features):
    for feature in features:
        coordinates = feature["geometry"]["coordinates"]
        match feature["geometry"]["type"]:
            case "Point":
                yield coordinates
            case "LineString":
                yield from coordinates
            case "MultiLineString":
                for part in coordinates:
                    yield from part


LATITUDES = st.floats(-85, 85).map(lambda lat: round(lat, 4))
STEPS = st.one_of(
    st.floats(-170, 170).map(lambda step: round(step, 4)), st.sampled_from([0.0, 1.0, -1.0, 90.0])
)


@st.composite
def curves(draw):
    """Curves as the legs are: they start within ±180 and run on past it."""
    lon = draw(st.one_of(st.floats(-180, 180), st.sampled_from([179.0, 180.0, -180.0])))
    curve = [(draw(LATITUDES), round(lon, 4))]
    for lat, step in draw(st.lists(st.tuples(LATITUDES, STEPS), min_size=1, max_size=12)):
        curve.append((lat, round(curve[-1][1] + step, 4)))
    return curve


def length(curve):
    return sum(math.dist(here, there) for here, there in pairwise(curve))


@given(curves())
@example([(0.0, 179.0), (0.0, 180.0), (0.0, 181.0)])
@example([(0.0, 181.0 - 360), (0.0, -180.0), (0.0, -181.0)])
@example([(0.0, 180.0), (5.0, 180.0)])
@example([(0.0, 10.0), (0.0, 10.0)])
def test_a_cut_curve_is_the_same_curve_within_the_globe(curve):
    parts = cut_at_antimeridian(curve)
    for part in parts:
        assert len(part) > 1
        assert all(-180 <= lon <= 180 for _, lon in part)
    assert sum(map(length, parts)) == pytest.approx(length(curve), abs=0.01)
    for before, after in pairwise(parts):
        assert before[-1][0] == after[0][0]
        assert abs(before[-1][1]) == abs(after[0][1]) == 180


@given(st.lists(st.tuples(LATITUDES, st.floats(-179, 179)), min_size=2, max_size=9))
def test_a_curve_that_crosses_nothing_stays_whole(curve):
    (part,) = cut_at_antimeridian(curve)
    assert [lat for lat, _ in part] == [lat for lat, _ in curve]
