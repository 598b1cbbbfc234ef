"""The project's own table as the dashboard reads it: without a problem, and where it says.

What the two texts name, and the order and the dates as written, is for test_mentions.py.
"""

import csv
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from geopy.distance import great_circle

from geo.dates import in_words
from geo.document.build import build_document
from geo.document.data import journey_data
from geo.geocode.checks import Outlines, misnamed, outside_country
from geo.geocode.evidence import EvidenceStore
from geo.geocode.gazetteer import Gazetteer
from geo.geocode.locate import locate
from geo.journey.model import Journey
from geo.loading import Loaded, load_journey
from geo.table.edits import with_cells

PLACES = Path(__file__).parents[2] / "data" / "places.csv"
ISTANBUL = (41.0138, 28.9497)


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_journey(PLACES)


@pytest.fixture(scope="module")
def journey(loaded) -> Journey:
    return loaded.journey


@pytest.fixture(scope="module")
def evidence() -> dict:
    return EvidenceStore(PLACES.with_name("evidence.json")).read()


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def where(journey: Journey, day: str) -> str:
    """The name of the place he is at on a day; on a day of travel, of the place he has reached."""
    ordinal = date.fromisoformat(day).toordinal()
    here = [node for node in journey.nodes if node.start <= ordinal <= node.end]
    return here[-1].place.place


def test_the_table_is_read_without_a_problem(loaded):
    assert [str(problem) for problem in loaded.table.problems] == []


def test_every_line_becomes_a_place_and_every_place_is_on_the_map(loaded):
    with PLACES.open(encoding="utf-8", newline="") as table:
        ids = [row["id"] for row in csv.DictReader(table)]
    journey = loaded.journey
    drawn = [row.place for row in (*journey.nodes, *journey.areas, *journey.mentions)]
    assert [place.id for place in loaded.table.places] == ids
    assert sorted(place.id for place in drawn) == sorted(ids)


def test_every_row_is_located_by_somebody(loaded):
    for place in loaded.table.places:
        assert place.latitude is not None and place.longitude is not None, place.id
        assert place.located_by.partition(":")[0] in {
            "geonames",
            "naturalearth",
            "wikidata",
            "hand",
        }, place.id


def test_every_point_lies_in_the_country_of_its_row(loaded):
    outlines = Outlines()
    assert [p.id for p in loaded.table.places if outside_country(p, outlines)] == []


def test_every_row_bears_the_name_of_the_place_that_its_authority_means(loaded, gazetteer):
    assert [p.id for p in loaded.table.places if misnamed(p, gazetteer)] == []


def test_locating_again_gives_the_same_coordinates(loaded, gazetteer):
    for place in loaded.table.places:
        again = locate(place, gazetteer)
        assert (again.point, again.located_by) == (place.point, place.located_by), place.id


def test_the_evidence_is_in_step_with_the_table(loaded, evidence):
    assert set(evidence) == {place.id for place in loaded.table.places}
    for place in loaded.table.places:
        record = evidence[place.id]
        assert record.authority == place.located_by, place.id
        assert record.query in (place.place, place.modern_name), place.id
        assert (record.country, record.kind) == (place.country, place.kind), place.id
        chosen = [c for c in record.candidates if c.authority == record.authority]
        (found,) = {(candidate.latitude, candidate.longitude) for candidate in chosen}
        assert found == pytest.approx((place.latitude, place.longitude), abs=0.000051), place.id


def test_writing_what_is_there_already_changes_no_byte(loaded):
    before = PLACES.read_bytes()
    cells = {place.id: {"located_by": place.located_by} for place in loaded.table.places}
    assert with_cells(before, cells, PLACES.name) == before


def test_the_stops_are_in_order_and_numbered(journey):
    assert all(here.end <= there.start for here, there in pairwise(journey.nodes))
    assert [stop.number for stop in journey.stops] == list(range(1, len(journey.stops) + 1))


def test_every_exact_date_is_shown_on_its_day(journey):
    for node in journey.nodes:
        arrived, departed = node.place.arrived, node.place.departed
        if arrived.exact:
            assert node.start == arrived.earliest.toordinal(), node.place.id
        if departed and departed.exact:
            assert node.end == departed.earliest.toordinal(), node.place.id


def test_every_stay_is_shown_within_its_dates(journey):
    for node in journey.nodes:
        arrived, departed = node.place.arrived, node.place.departed or node.place.arrived
        assert arrived.earliest.toordinal() <= node.start <= arrived.latest.toordinal()
        assert departed.earliest.toordinal() <= node.end <= departed.latest.toordinal()


def test_the_road_lasts_the_life(journey):
    assert tuple(map(date.fromordinal, journey.span)) == (date(1879, 11, 7), date(1940, 8, 21))


@pytest.mark.parametrize(
    ("day", "place"),
    [
        ("1879-11-07", "Yanovka"),
        ("1905-11-01", "Saint Petersburg"),
        ("1917-03-01", "New York City"),
        ("1917-05-17", "Petrograd"),
        ("1928-06-01", "Alma-Ata"),
        ("1930-06-01", "Prinkipo"),
    ],
)
def test_he_is_where_the_record_has_him_under_the_name_of_the_time(journey, day, place):
    assert where(journey, day) == place


def test_on_the_day_of_the_attack_he_is_in_coyoacan(journey):
    day = date(1940, 8, 20).toordinal()
    there = [node for node in journey.nodes if node.start <= day <= node.end]
    assert "Coyoacán" in there[0].place.place
    assert great_circle(there[0].point, (19.3581, -99.1589)).km < 1


def test_one_city_bears_the_name_of_its_date(journey):
    for node in journey.nodes:
        if "Petrograd" in node.place.place:
            assert date(1914, 9, 1).toordinal() <= node.start <= date(1924, 1, 26).toordinal()
        if "Saint Petersburg" in node.place.place:
            assert node.end < date(1914, 9, 1).toordinal()


def test_prinkipo_is_the_island_and_not_istanbul(journey):
    stays = [node for node in journey.nodes if node.place.place == "Prinkipo"]
    assert len(stays) >= 2
    for stay in stays:
        assert stay.place.kind == "island"
        assert great_circle(stay.point, ISTANBUL).km > 15


def test_every_area_of_the_route_has_an_outline(loaded):
    data = journey_data(loaded.journey, loaded.description)
    lacking = [area["id"] for area in data["areas"] if not area.get("shape")]
    assert lacking == []


def test_the_document_carries_every_row_in_words(loaded):
    document = build_document(loaded.journey, loaded.description)
    start = document.index(">", document.index('id="journey-data"')) + 1
    data = json.loads(document[start : document.index("</script>", start)])
    rows = (*data["road"], *data["areas"], *data["mentions"])
    told = {row["id"]: row.get("dates") for row in rows}
    assert len(told) == len(loaded.table.places)
    for place in loaded.table.places:
        if place.on_route:
            assert told[place.id], place.id
        if place.arrived and not place.departed:
            assert told[place.id] == in_words(place.arrived)
