"""The journey as the tables that the dashboard shows."""

from datetime import date

import pandas as pd
import pytest

from geo.dashboard.tables import (
    PLACE_COLUMNS,
    PROBLEM_COLUMNS,
    PlacesTable,
    problems_table,
)
from geo.journey.build import build_journey
from geo.place import ROLE_WORDS, ROLES, Reference
from geo.problems import Problem
from tests.builders import make_place

FIRST = make_place(
    "1917-05-17",
    "1917-08-05",
    place="Petrograd",
    modern_name="Saint Petersburg",
    texts=(Reference("primer", 3), Reference("primer", 7)),
)
WAY = make_place("1917-08-07", "1917-08-08", place="Tver", role="passed-through")
LAST = make_place("1917-08-10", "1917-12-01", place="Moscow")
AREA = make_place("1917-05-17", "1917-12-01", place="Russia", kind="country")
NAMED = make_place(place="Madrid", role="mentioned", texts=(Reference("primer", 7),))
ROWS = [FIRST, WAY, LAST, AREA, NAMED]


def table(day: str | None = None):
    return PlacesTable(build_journey(ROWS)).on(day and date.fromisoformat(day))


def whens(day: str | None) -> dict[str, str]:
    rows = table(day)
    return dict(zip(rows["Place"], rows["When"], strict=True))


def test_places_stand_in_the_order_of_the_road_and_mentions_last():
    rows = table()
    assert list(rows.columns) == PLACE_COLUMNS
    assert list(rows["Place"]) == ["Petrograd", "Russia", "Tver", "Moscow", "Madrid"]
    assert list(rows["№"].dropna()) == [1, 2]


def test_a_row_says_what_the_table_of_places_says():
    row = table().iloc[0]
    assert row["Today"] == "Saint Petersburg"
    assert row["Dates"] == "17 May – 5 August 1917"
    assert row["Texts"] == "primer 3; primer 7"
    assert row["Role"] == "was there"


def test_a_row_has_its_first_day_on_the_route_and_a_mention_has_none():
    days = PlacesTable(build_journey(ROWS)).first_days
    assert days == ("1917-05-17", "1917-05-17", "1917-08-07", "1917-08-10", None)


def test_the_table_of_one_day_leaves_that_of_another():
    places = PlacesTable(build_journey(ROWS))
    first = places.on(date(1917, 5, 17))
    places.on(date(1917, 8, 7))
    assert list(first["When"][:1]) == ["he is here"]


def test_a_mention_has_neither_time_nor_number():
    row = table("1917-06-01").iloc[-1]
    assert row["Role"] == "named, not visited"
    assert row["When"] == ""
    assert pd.isna(row["№"])


def test_without_a_day_nothing_is_said_about_when():
    assert set(whens(None).values()) == {""}


@pytest.mark.parametrize(
    ("day", "petrograd", "tver", "moscow", "russia"),
    [
        ("1917-05-16", "to come", "to come", "to come", "to come"),
        ("1917-05-17", "he is here", "to come", "to come", "now"),
        ("1917-08-05", "he is here", "to come", "to come", "now"),
        ("1917-08-06", "been", "to come", "to come", "now"),
        ("1917-08-07", "been", "he is here", "to come", "now"),
        ("1917-12-01", "been", "been", "he is here", "now"),
        ("1917-12-02", "been", "been", "been", "been"),
    ],
)
def test_the_table_tells_where_he_is_on_a_day(day, petrograd, tver, moscow, russia):
    told = whens(day)
    assert (told["Petrograd"], told["Tver"]) == (petrograd, tver)
    assert (told["Moscow"], told["Russia"]) == (moscow, russia)


def test_he_is_never_in_two_places():
    rows = [make_place("1917-05-17", "1917-05-17", line=line) for line in (2, 3)]
    told = PlacesTable(build_journey(rows)).on(date(1917, 5, 17))
    assert list(told["When"]) == ["now", "he is here"]


def test_an_empty_journey_is_a_table_with_columns_only():
    rows = PlacesTable(build_journey([])).on(date(1917, 5, 17))
    assert list(rows.columns) == PLACE_COLUMNS
    assert rows.empty


def test_every_role_has_words():
    assert list(ROLE_WORDS) == list(ROLES)
    assert len(set(ROLE_WORDS.values())) == len(ROLES)


def test_problems_stand_with_errors_first_and_by_line():
    problems = [
        Problem("warning", 3, "arrived", "1917", "is vague", "look at it"),
        Problem("error", 9, "latitude", "north", "is not a number", "write 59.9"),
        Problem("error", None, None, None, "is not a table", "save it as CSV"),
    ]
    rows = problems_table(problems)
    assert list(rows.columns) == PROBLEM_COLUMNS
    assert list(rows["Severity"]) == ["error", "error", "warning"]
    assert list(rows["What is wrong"]) == ["is not a table", "is not a number", "is vague"]
    assert list(rows["Value"]) == ["", "north", "1917"]


def test_a_problem_s_value_is_cut_and_made_visible():
    long = Problem("error", 2, "title", "x" * 500 + "\x1b[31m", "is odd", "write less")
    (value,) = problems_table([long])["Value"]
    assert len(value) <= 80
    (value,) = problems_table([Problem("error", 2, "title", "a\x1b[31m", "is odd", "")])["Value"]
    assert value.isprintable()


def test_no_problems_are_a_table_with_columns_only():
    assert list(problems_table([]).columns) == PROBLEM_COLUMNS
