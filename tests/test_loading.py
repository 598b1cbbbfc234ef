"""A table and what describes it, read together."""

from datetime import date

import pytest

from geo.errors import DescriptionError, PlacesError
from geo.loading import load_journey, load_table

HEADER = "id,place,country,kind,role,phase,arrived,departed,title,texts,sources,latitude,longitude"
PARIS = "paris,Paris,FR,settlement,stop,youth,1902-11-01,1902-11-20,Talk,primer:3,a book,48.85,2.35"
DESCRIPTION = """
title = "A Life"
subtitle = "in places"
captive_phases = []
life = [1879-11-07, 1940-08-21]

[[texts]]
key = "primer"
author = "A. Author"
title = "Primer"
publication = "Press"
date = "1930"
paragraphs = 9
"""


@pytest.fixture
def places(tmp_path):
    path = tmp_path / "road.csv"
    path.write_text(f"{HEADER}\n{PARIS}\n", encoding="utf-8")
    return path


@pytest.fixture
def described(places):
    path = places.with_name("journey.toml")
    path.write_text(DESCRIPTION, encoding="utf-8")
    return path


def columns_of_errors(loaded) -> list[str | None]:
    return [problem.column for problem in loaded.table.errors]


def test_a_table_is_read_with_the_description_beside_it(places, described):
    loaded = load_journey(places)
    assert loaded.description.title == "A Life"
    assert loaded.table.problems == ()
    assert [stop.place.id for stop in loaded.journey.stops] == ["paris"]


def test_without_a_description_the_file_s_name_is_the_title(places):
    loaded = load_journey(places)
    assert loaded.description.title == "road"
    assert loaded.description.texts == ()
    assert loaded.description.life is None
    assert len(loaded.journey.stops) == 1


def test_without_a_description_references_are_not_checked(places):
    assert columns_of_errors(load_journey(places)) == []


def test_references_are_checked_against_the_texts_described(places, described):
    described.write_text(DESCRIPTION.replace('"primer"', '"reader"'), encoding="utf-8")
    assert "texts" in [problem.column for problem in load_journey(places).table.problems]


def test_dates_are_checked_against_the_life_described(places, described):
    described.write_text(DESCRIPTION.replace("1940-08-21", "1899-12-31"), encoding="utf-8")
    loaded = load_journey(places)
    assert loaded.description.life == (date(1879, 11, 7), date(1899, 12, 31))
    assert "arrived" in [problem.column for problem in loaded.table.problems]


def test_another_description_may_be_named(places, described, tmp_path):
    other = tmp_path / "other.toml"
    other.write_text(DESCRIPTION.replace("A Life", "Another Life"), encoding="utf-8")
    assert load_journey(places, other).description.title == "Another Life"


def test_a_description_that_is_named_must_be_there(places, described, tmp_path):
    with pytest.raises(DescriptionError, match=r"missing\.toml"):
        load_journey(places, tmp_path / "missing.toml")


def test_a_wrong_description_is_told_not_passed_over(places, described):
    described.write_text("title = 3", encoding="utf-8")
    with pytest.raises(DescriptionError, match="title"):
        load_journey(places)


def test_a_table_that_is_not_there_is_told(tmp_path):
    with pytest.raises(PlacesError, match=r"nowhere\.csv"):
        load_journey(tmp_path / "nowhere.csv")


def test_a_bad_row_costs_only_itself(places, described):
    bad = PARIS.replace("paris,Paris", "bad,Lyon").replace("1902-11-01", "30/2/1902")
    places.write_text(f"{HEADER}\n{PARIS}\n{bad}\n", encoding="utf-8")
    loaded = load_journey(places)
    assert columns_of_errors(loaded) == ["arrived"]
    assert [stop.place.id for stop in loaded.journey.stops] == ["paris"]


def test_a_file_that_is_no_table_has_problems_and_an_empty_journey(places, described):
    places.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    loaded = load_journey(places)
    assert loaded.table.errors
    assert loaded.journey.stops == ()


def test_the_table_alone_is_read_by_the_same_rules(places, described):
    description, table = load_table(places)
    loaded = load_journey(places)
    assert (description, table) == (loaded.description, loaded.table)
