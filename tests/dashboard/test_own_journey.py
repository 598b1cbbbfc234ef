"""A visitor's own table: located offline, completed, and told what could not be found."""

import pickle

import pytest

from geo.dashboard.own_journey import open_own, unlocated
from geo.dashboard.packing import unpack
from geo.dashboard.session import OwnTable
from geo.dashboard.shown import Shown
from geo.document.build import build_document
from geo.geocode.gazetteer import Gazetteer

TABLE = b"""\
id,place,country,kind,role,phase,arrived
warsaw,Warsaw,PL,settlement,stop,youth,1867-11-07
cambridge,Cambridge,,settlement,stop,youth,1870
nowhere,Xyzzyville,PL,settlement,stop,youth,1880
"""


@pytest.fixture(scope="module")
def own():
    return open_own(TABLE, "Marie_Curie.csv", Gazetteer())


def test_what_is_found_is_on_the_map_under_the_file_s_name(own):
    assert own.loaded.description.title == "Marie Curie"
    (stop,) = own.loaded.journey.stops
    assert stop.place.id == "warsaw"
    assert stop.point == pytest.approx((52.23, 21.01), abs=0.02)


def test_the_table_comes_back_with_coordinates_and_nothing_guessed(own):
    header, warsaw, cambridge, nowhere = own.completed().decode().splitlines()
    assert header.endswith("latitude,longitude,located_by")
    assert "geonames:" in warsaw
    assert not any(char.isdigit() for char in cambridge.split("1870")[1] + nowhere.split("1880")[1])


def test_what_is_not_found_or_not_settled_is_a_problem_that_says_what_to_write(own):
    told = {problem.value: problem.repair for problem in own.loaded.table.errors}
    assert told.keys() == {"Cambridge", "Xyzzyville"}
    assert "write its country" in told["Cambridge"]
    assert "modern_name" in told["Xyzzyville"]


def test_a_key_that_is_no_place_is_a_problem_of_its_column():
    table = b"id,place,role,located_by\na,Warsaw,mentioned,geonames:1\n"
    own = open_own(table, "a.csv", Gazetteer())
    (problem,) = own.loaded.table.errors
    assert (problem.line, problem.column, problem.value) == (2, "located_by", "geonames:1")
    assert problem.repair == "write its latitude and longitude, or empty located_by"
    assert own.completed() == table


def test_a_table_with_its_coordinates_comes_back_as_it_was():
    table = b"id,place,role,latitude,longitude\na,Somewhere,mentioned,50,10\n"
    assert open_own(table, "a.csv", Gazetteer()).completed() == table


def test_rows_without_coordinates_are_told(own):
    told = [problem.message for problem in unlocated(own.loaded.table)]
    assert len(told) == 2
    assert "Xyzzyville has no coordinates" in told[1]


@pytest.fixture
def table(own):
    table = OwnTable("a file", TABLE, "Marie_Curie.csv", Shown.of(own.loaded))
    table.draw(own, None)
    return table


def test_the_document_is_kept_packed_and_comes_out_as_it_went_in(own, table):
    loaded = own.loaded
    assert unpack(table.packed) == build_document(loaded.journey, loaded.description)


def test_what_is_taken_away_is_made_anew_from_the_upload(own, table):
    downloads = table.downloads()
    assert downloads.document() == unpack(table.packed)
    assert downloads.journey() == own.loaded.journey
    assert downloads.table() == own.completed()


def test_what_is_kept_of_a_table_is_much_less_than_its_journey():
    story = "x" * 2_000
    rows = "".join(f"row-{n},Warsaw,PL,{1300 + n},{story}{n}\n" for n in range(600))
    data = f"id,place,country,arrived,story\n{rows}".encode()
    own = open_own(data, "a.csv", Gazetteer())
    table = OwnTable("a file", data, "a.csv", Shown.of(own.loaded))
    table.draw(own, None)
    assert len(pickle.dumps(table)) < 1.5 * len(data)
