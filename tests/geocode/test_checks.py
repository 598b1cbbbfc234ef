import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.geocode.checks import BASEMAP, Outlines, misnamed, outside_country
from geo.geocode.gazetteer import Gazetteer
from geo.topojson import Lands, decode, shape
from tests.builders import make_place


def make_row(id="odessa-1888", place="Odessa", modern_name="", **fields):
    """Odessa, in Ukraine, but for what a test names."""
    plain = {"country": "UA", "at": (46.4857, 30.7438), "located_by": "geonames:698740"}
    return make_place(id=id, place=place, modern_name=modern_name, **plain | fields)


@pytest.fixture(scope="module")
def outlines():
    return Outlines()


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


@pytest.mark.parametrize(
    ("country", "latitude", "longitude"),
    [
        ("UA", 46.4857, 30.7438),  # Odessa, on the coast
        ("UA", 44.6054, 33.5220),  # Sevastopol
        ("RU", 66.5337, 66.6096),  # Obdorsk
        ("RU", 64.7337, 177.5089),  # Anadyr
        ("RU", 66.1600, -169.8000),  # Uelen, beyond the antimeridian
        ("TR", 40.8678, 29.1331),  # Prinkipo
        ("CA", 44.6427, -63.5769),  # Halifax
        ("NO", 60.1314, 10.2693),  # Norderhov
        ("ES", 36.5267, -6.2891),  # Cádiz
        ("US", 40.7143, -74.0060),  # New York
        ("LS", -29.3167, 27.4833),  # Maseru, in a country inside another
    ],
)
def test_a_point_in_its_country_is_left_alone(outlines, country, latitude, longitude):
    row = make_row(country=country, at=(latitude, longitude))
    assert outside_country(row, outlines) is None


@pytest.mark.parametrize(
    ("country", "latitude", "longitude"),
    [
        ("UA", 31.8457, -102.3676),  # Odessa in Texas
        ("GB", 42.9834, -81.2330),  # London in Ontario
        ("ES", 10.9465, 123.2880),  # Cádiz in the Philippines
        ("UA", 0.0, 0.0),
        ("NO", 59.3294, 18.0687),  # Stockholm
        ("RU", -89.9, 60.0),
    ],
)
def test_a_point_elsewhere_is_remarked_on(outlines, country, latitude, longitude):
    row = make_row(country=country, at=(latitude, longitude))
    remark = outside_country(row, outlines)
    assert f"outside {country}" in remark.message
    assert remark.repair


def test_swapped_coordinates_are_recognised(outlines):
    remark = outside_country(make_row(at=(30.7438, 46.4857)), outlines)
    assert "write latitude 46.4857 and longitude 30.7438" in remark.repair


@pytest.mark.parametrize(
    "row",
    [
        make_row(at=(None, None)),
        make_row(country="", at=(0.0, 0.0)),
        make_row(country="XX", at=(0.0, 0.0)),
        make_row(kind="sea", at=(0.0, 0.0)),
        make_row(kind="country", at=(0.0, 0.0)),
    ],
)
def test_what_cannot_be_judged_is_left_alone(outlines, row):
    assert outside_country(row, outlines) is None


@pytest.mark.parametrize(
    "row",
    [
        make_row(),
        make_row(place="Одесса"),
        make_row(place="The port", modern_name="Odesa"),
        make_row(place="Nikolayev", located_by="geonames:700569"),
        make_row(place="Prinkipo", kind="island", country="TR", located_by="geonames:750249"),
        make_row(place="Norway", kind="country", country="NO", located_by="naturalearth:NOR"),
        make_row(place="Anything", located_by="hand: seen on a map"),
        make_row(place="Anything", located_by="geonames:999999999"),
        make_row(place="Anything", located_by=""),
    ],
)
def test_a_name_that_its_entry_bears_is_left_alone(gazetteer, row):
    assert misnamed(row, gazetteer) is None


@pytest.mark.parametrize(
    ("row", "entry"),
    [
        (make_row(place="Kiev"), "Odesa"),
        (make_row(place="Kiev", modern_name="Kyiv"), "Odesa"),
        (make_row(place="Sweden", kind="country", located_by="naturalearth:NOR"), "Norway"),
        (make_row(place="?"), "Odesa"),
    ],
)
def test_a_name_that_its_entry_does_not_bear_is_remarked_on(gazetteer, row, entry):
    remark = misnamed(row, gazetteer)
    assert repr(entry) in remark.message
    assert row.place in remark.message
    assert "locate again" in remark.repair


@pytest.fixture(scope="module")
def near_by_distance():
    """Whether a point is near a country, by its distance from every country alone."""
    topology = json.loads(BASEMAP.read_text(encoding="utf-8"))
    arcs = decode(topology)
    countries = topology["objects"]["countries"]["geometries"]
    lands = Lands(shape(country, arcs) for country in countries)
    codes = [country["properties"]["a2"] for country in countries]
    return lambda country, lat, lon: country in (codes[n] for n in lands.within(0.5, lat, lon))


@settings(deadline=None)  # a busy machine is no failure
@given(
    st.sampled_from([("UA", 46.5, 30.7), ("NO", 70.0, 25.0), ("LS", -29.3, 27.5), ("TR", 36, 36)]),
    st.floats(-2, 2),
    st.floats(-3, 3),
)
def test_what_is_quickly_known_to_be_near_is_near(outlines, near_by_distance, place, north, east):
    country, lat, lon = place[0], place[1] + north, place[2] + east
    assert outlines.near(country, (lat, lon)) == near_by_distance(country, lat, lon)
