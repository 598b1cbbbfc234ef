"""Typed rows from a table, and what is said about those that are none."""

import io
import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.dates import in_words, parse
from geo.errors import PlacesError
from geo.files import PATIENCE
from geo.place import BYS, KINDS, ROLES, Reference, Source, Waymark
from geo.problems import (
    MOST_PROBLEMS,
    PRINTED_PROBLEMS,
    SHOWN_CHARACTERS,
    Problem,
    format_problems,
    shown,
)
from geo.table.cells import (
    FORMULA,
    MAX_CELL,
    SPREADSHEET_ERROR,
    bare,
    clean,
    is_clean,
    plain_number,
)
from geo.table.columns import COLUMNS, HEADER_WITHIN, MAX_COLUMNS
from geo.table.csv_text import MOST_CELLS
from geo.table.file import MAX_BYTES, MAX_ROWS
from geo.table.plausibility import KM_PER_DAY_UNTIL, km_per_day
from geo.table.reader import read_places
from geo.table.rows import LONGEST_ID

UNHURRIED = settings(deadline=None)  # a busy machine is no failure

FULL = (
    "id,place,modern_name,country,kind,role,phase,arrived,departed,title,story,texts,claim,"
    "sources,latitude,longitude,located_by\n"
    "prinkipo-1929,Prinkipo,Büyükada,TR,island,stop,last exile,1929-03-08,1933-07-17,"
    "Writes,Writes his life.,addison:5; choonara:59,1928,"
    '"Deutscher, p. 3 <https://a.example/x;y>; My Life, ch. 42",40.86,29.12,geonames:1\n'
)


def table(*rows, header="id,place,arrived", **options):
    return read_places("\n".join([header, *rows]).encode(), **options)


def cell(column, value, **options):
    """The table of one row that is good but for, perhaps, one cell."""
    row = {"id": "a", "place": "Paris", "arrived": "1902", column: value}
    quoted = ('"' + text.replace('"', '""') + '"' for text in row.values())
    return table(",".join(quoted), header=",".join(row), **options)


def only_problem(read):
    (problem,) = read.problems
    return problem


# Good rows


def test_a_full_row_becomes_a_place():
    (place,) = read_places(FULL.encode()).require()
    assert (place.line, place.id, place.place, place.modern_name) == (
        2,
        "prinkipo-1929",
        "Prinkipo",
        "Büyükada",
    )
    assert (place.country, place.kind, place.role) == ("TR", "island", "stop")
    assert (place.phase, place.title, place.story) == ("last exile", "Writes", "Writes his life.")
    assert (place.arrived.text, place.departed.text) == ("1929-03-08", "1933-07-17")
    assert place.texts == (Reference("addison", 5), Reference("choonara", 59))
    assert place.sources == (
        Source("Deutscher, p. 3", "https://a.example/x;y"),
        Source("My Life, ch. 42"),
    )
    assert (place.latitude, place.longitude, place.located_by) == (40.86, 29.12, "geonames:1")


def test_a_bare_row_takes_the_defaults():
    (place,) = table("a,Paris,1902").require()
    assert (place.role, place.kind, place.country, place.texts) == ("stop", "settlement", "", ())
    assert (place.departed, place.latitude, place.longitude) == (None, None, None)


def test_good_rows_are_usable_beside_bad_ones():
    read = table("a,Paris,1902", "b,Wien,soon", "c,Rome,1903")
    assert [place.id for place in read.places] == ["a", "c"]
    with pytest.raises(PlacesError, match="soon") as caught:
        read.require()
    assert caught.value.problems == read.problems


@pytest.mark.parametrize("role", ["unreached", "acted-from-afar", "mentioned"])
def test_off_the_route_no_date_is_needed(role):
    (place,) = table(f"a,Paris,,{role}", header="id,place,arrived,role").require()
    assert place.role == role
    assert place.arrived is None


@pytest.mark.parametrize("role", ["", "stop", "passed-through", "expelled"])
def test_on_the_route_a_date_is_needed(role):
    problem = only_problem(table(f"a,Paris,{role},", header="id,place,role,arrived"))
    assert (problem.line, problem.column, problem.message) == (2, "arrived", "is empty")


def test_a_table_without_the_column_arrived_is_one_error_at_its_header():
    rows = ("a,Paris,", "b,Wien,stop", "c,Rome,mentioned")
    read = table("# c", *rows, header="# about\nid,place,role")
    assert [place.id for place in read.places] == ["c"]
    assert [str(problem) for problem in read.problems] == [
        "places.csv:2: arrived: the column is missing, and rows on the route need it; "
        "add a column arrived"
    ]


def test_a_misspelt_arrived_is_told_as_that_alone():
    read = table("a,Paris,1902", "b,Wien,1907", header="id,place,arived")
    assert [str(problem) for problem in read.problems] == [
        'places.csv:1: arived: "arived" is not the name of a column; write arrived'
    ]
    assert read.places == ()


# Coordinates under another name


@pytest.mark.parametrize("lon", ["lng", "lon", "long", "Long", " LNG "])
def test_lat_and_lon_are_taken_for_coordinates_and_said_so_once(lon):
    rows = ("a,Paris,1902,48.80,2.30", "b,Wien,1907,48.2,16.4")
    read = table(*rows, header=f"id,place,arrived,Lat,{lon}")
    assert [place.point for place in read.places] == [(48.8, 2.3), (48.2, 16.4)]
    assert [str(problem) for problem in read.problems] == [
        'places.csv:1: warning: latitude: "Lat" was taken for latitude; write latitude',
        f'places.csv:1: warning: longitude: "{lon}" was taken for longitude; write longitude',
    ]


@pytest.mark.parametrize(
    "cell",
    ["48.80, 2.30", "48.80,2.30", "48.80 2.30", "48,80; 2,30", "48,80, 2,30", "48°48′ N, 2°18′ E"],
)
def test_coordinates_in_one_cell_are_latitude_and_longitude(cell):
    read = table(f'a,Paris,1902,"{cell}"', header="id,place,arrived,coordinates")
    assert read.places[0].point == (48.8, 2.3)
    assert str(read.problems[0]) == (
        'places.csv:1: warning: coordinates: "coordinates" was taken for latitude and longitude, '
        "in this order; write them into two columns, latitude and longitude"
    )


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("48,80", 'coordinates: "48,80" may be a pair, or one number with a decimal comma'),
        ("48.80", 'coordinates: "48.80" is not a latitude and a longitude'),
        ("48,80,2,30", 'coordinates: "48,80,2,30" is not a latitude and a longitude'),
        ("[2.30, 48.80]", 'latitude: "[2.30" is not a number of degrees'),
        ("2.30 E, 48.80 N", 'latitude: "2.30 E" points E, which no latitude does'),
        ("116.4, 39.9", 'latitude: "116.4" lies beyond the pole; exchange the two'),
    ],
)
def test_a_cell_that_holds_no_plain_pair_costs_its_row(cell, words):
    read = table(f'a,Paris,1902,"{cell}"', header="id,place,arrived,coordinates")
    assert read.places == ()
    assert words in str(read.errors[0])


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("lat,latitude", 'latitude: "latitude" means latitude, as lat does; delete one of the two'),
        ("long,lng", 'longitude: "lng" means longitude, as long does; delete one of the two'),
        ("lat,lat", 'latitude: "latitude" names two columns; rename one of them, or delete it'),
        (
            "coordinates,lat,longitude",
            'coordinates: "coordinates" means latitude and longitude, which stand in lat and '
            "longitude too; delete one or the other",
        ),
        (
            "GPS,mood",
            'GPS: "GPS" may hold coordinates, and is a column unknown here; write latitude, '
            "longitude or coordinates (latitude first), or another name",
        ),
        (
            "lattitude,longitude",
            'lattitude: "lattitude" is not the name of a column; write latitude',
        ),
    ],
)
def test_doubtful_columns_of_coordinates_leave_no_row_to_be_located_elsewhere(header, told):
    read = table("a,Paris,1902,48.80,2.30,", header=f"id,place,arrived,{header}")
    assert read.places == ()
    assert str(read.errors[0]) == f"places.csv:1: {told}"


@pytest.mark.parametrize("name", ["my_gps", "lat lon", "latitude (deg)", "LatLng", "geo-coords"])
def test_what_may_be_coordinates_is_no_harm_beside_coordinates(name):
    row = "a,Paris,1902,48.80,2.30,x"
    assert table(row, header=f"id,place,arrived,latitude,mood,{name}").places == ()
    assert table(row, header=f"id,place,arrived,latitude,longitude,{name}").errors == ()


def test_a_place_is_read_from_a_path_bytes_or_a_stream(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(FULL, encoding="utf-8")
    from_path, from_bytes = read_places(path), read_places(FULL.encode(), name="mine.csv")
    assert from_path == from_bytes == read_places(io.BytesIO(FULL.encode()), name="mine.csv")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "No such file"),
        (lambda path: path.mkdir(), "Is a directory"),
        (lambda path: path.symlink_to(path), "symbolic links"),
        (os.mkfifo, "it is a pipe, not a file; save what it gives as a file"),
        (lambda path: path.symlink_to("/dev/zero"), "it is a device, not a file; save what it"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_of_its_own(tmp_path, make, words):
    path = tmp_path / "places.csv"
    make(path)
    with pytest.raises(PlacesError, match=rf"places\.csv cannot be read: .*{words}"):
        read_places(path)


# One cell


@pytest.mark.parametrize(
    ("column", "value", "message", "repair"),
    [
        ("id", "", "is empty", "every row needs its id"),
        ("id", "Prinkipo 1929", "is not an id", "write prinkipo-1929"),
        ("id", "a" * 81, "is not an id", "write aaa"),
        ("place", "", "is empty", "every row needs its place"),
        ("arrived", "30/2/1917", "names a day that February 1917 does not have", "1917-02-28"),
        ("arrived", "03/04/1917", "two ways", "1917-04-03 or 1917-03-04"),
        ("arrived", "9999-12-31", "no end", "leave the cell empty"),
        ("departed", "1901", "lies before the arrival, 1902", "exchange the two"),
        ("country", "UK", "not a country code", "write GB"),
        ("country", "Ukraine", "not a country code", "write UA"),
        ("country", "QQ", "not a country code", "two letters"),
        ("country", "AN", "not a country code", "two letters"),
        ("kind", "city", "is not a kind", "settlement"),
        ("kind", "iland", "is not a kind", "write island"),
        ("role", "expeled", "is not a role", "write expelled"),
        ("role", "zzz", "is not a role", "passed-through"),
        ("texts", "addison", "is not a reference", "addison:5"),
        ("texts", "addison:5, choonara:6", "is not a reference", "addison:5; choonara:59"),
        ("texts", "addison:9", "names a paragraph that the text does not have", "1 to 8"),
        ("texts", "addison:0", "names a paragraph that the text does not have", "1 to 8"),
        (
            "texts",
            "deutscher:1",
            "names a text that journey.toml does not have",
            "describe the text there",
        ),
        ("by", "train", "is not a way of travelling", "write rail"),
        ("by", "balloon", "is not a way of travelling", "rail, ship, road, sledge, foot, air"),
        ("via", "Novy Bug", "is not a latitude and a longitude", "47.69 32.51 Novy Bug"),
        ("via", "47.69", "is not a latitude and a longitude", "47.69 32.51 Novy Bug"),
        ("via", "47.69 32.51 7", "is not a latitude and a longitude", "47.69 32.51 Novy Bug"),
        ("via", "97.69 32.51", "lies beyond the pole", "exchange the two: 32.51, 97.69"),
        ("via", "47.69 232.51", "lies more than half round the world", "-180 to 180"),
        ("title", "#REF!", "is a spreadsheet's error", "fix the cell"),
        ("story", "x" * 20_001, "is longer than 20,000 characters", "shorten"),
    ],
)
def test_a_bad_cell_costs_its_row_and_says_what_to_write(column, value, message, repair):
    read = cell(column, value, texts={"addison": 8, "choonara": 60})
    problem = only_problem(read)
    assert read.places == ()
    assert (problem.severity, problem.line, problem.column) == ("error", 2, column)
    assert message in problem.message
    assert repair in problem.repair
    assert problem.value == (value[:200] or None)


@pytest.mark.parametrize(
    ("column", "value", "read_as"),
    [
        ("country", "NA", "NA"),
        ("country", "ua", "UA"),
        ("place", "None", "None"),
        ("place", "null", "null"),
        ("place", "nan", "nan"),
        ("place", "True", "True"),
        ("place", "القدس", "القدس"),
        ("place", "ירושלים", "ירושלים"),
        ("place", "Mu\u0308nchen", "München"),
        ("place", "New\u00a0York", "New York"),
        ("place", "New\u200b York\ufeff", "New York"),
        ("place", "  New   York\n", "New York"),
        ("place", "می\u200cخواهم", "می\u200cخواهم"),
        ("story", "“So” he said – ‘well’", "“So” he said – ‘well’"),
        ("story", "one\r\ntwo", "one two"),
        ("story", "{{ 7*7 }} <script>", "{{ 7*7 }} <script>"),
        ("role", "Passed through", "passed-through"),
        ("kind", "Island", "island"),
        ("id", "“a-1”", "a-1"),
        ("id", "\u200ba\u00a0", "a"),
    ],
)
def test_what_spreadsheets_do_to_text_is_undone_in_silence(column, value, read_as):
    read = cell(column, value)
    assert read.problems == ()
    assert getattr(read.places[0], column) == read_as


@pytest.mark.parametrize(
    ("column", "value", "read_as", "message"),
    [
        ("place", "Par\u202eis", "Paris", "reverse the direction"),
        ("place", "Par\u2067is\u2069", "Paris", "reverse the direction"),
        ("place", "Par\x1bis", "Paris", "control characters"),
        ("place", "Par\ufffdis", "Par\ufffdis", "a letter was lost"),
        ("story", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0", "formula"),
        ("story", "@SUM(A1)", "@SUM(A1)", "formula"),
        ("title", "+1", "+1", "formula"),
        ("title", "-x", "-x", "formula"),
        ("located_by", "me", "me", "names no authority"),
    ],
)
def test_what_deserves_a_look_is_accepted_with_a_warning(column, value, read_as, message):
    read = cell(column, value)
    problem = only_problem(read)
    assert (problem.severity, problem.column, problem.value) == ("warning", column, value)
    assert message in problem.message
    assert getattr(read.places[0], column) == read_as


def test_a_date_that_was_understood_is_kept_in_its_proper_form():
    read = cell("departed", "17 May 1917")
    assert only_problem(read).message == "was read as 1917-05-17"
    assert read.places[0].departed.text == "1917-05-17"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "https://", "http://a b", "//x"]
)
def test_only_web_addresses_become_links(address):
    read = cell("sources", f"Deutscher <{address}>")
    assert read.errors == ()
    assert read.places[0].sources == (Source(f"Deutscher <{address}>"),)


def test_texts_are_checked_only_against_known_ones():
    assert cell("texts", "any:999").problems == ()
    assert only_problem(cell("texts", "any:1", texts={})).severity == "error"
    assert cell("texts", "Addison : 5;addison:5;", texts={"addison": 5}).places[0].texts == (
        Reference("addison", 5),
    )


@UNHURRIED
@given(st.text() | st.text(st.characters(max_codepoint=127)))
def test_what_looks_clean_is_clean(text):
    if is_clean(text):
        assert clean(text) == (text, [])
        assert bare(text) == text
        assert not FORMULA.match(text)
        assert not SPREADSHEET_ERROR.match(text)


# Coordinates


def point(latitude, longitude, delimiter=","):
    row = delimiter.join(["a", "Paris", "1902", f'"{latitude}"', f'"{longitude}"'])
    return table(row, header=delimiter.join(["id", "place", "arrived", "latitude", "longitude"]))


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected", "warnings"),
    [
        ("46.4775", "30.7326", (46.4775, 30.7326), 0),
        ("-33.9", "+18.4", (-33.9, 18.4), 0),
        ("\u221233.9", "18.4", (-33.9, 18.4), 1),
        ("46,4775", "30,7326", (46.4775, 30.7326), 2),
        ("54°06′N", "105°34′E", (54.1, 105.566667), 2),
        ('46° 28\' 39"" N', '30°43\'57""E', (46.4775, 30.7325), 2),
        ("33 55 12 S", "W 18° 25.5'", (-33.92, -18.425), 2),
        ("46.5°", "30.7E", (46.5, 30.7), 2),
        ("90", "-180", (90.0, -180.0), 0),
        ("0", "6.7", (0.0, 6.7), 0),
    ],
)
def test_coordinates_are_read_in_every_clear_form(latitude, longitude, expected, warnings):
    read = point(latitude, longitude)
    assert len(read.problems) == len(read.warnings) == warnings
    assert (read.places[0].latitude, read.places[0].longitude) == pytest.approx(expected)


def test_with_semicolons_a_decimal_comma_is_plain():
    read = point("46,4775", "30,7326", delimiter=";")
    assert read.problems == ()
    assert (read.places[0].latitude, read.places[0].longitude) == (46.4775, 30.7326)


@pytest.mark.parametrize(
    ("latitude", "longitude", "column", "message", "repair"),
    [
        ("105.57", "54.1", "latitude", "beyond the pole", "exchange the two: 54.1, 105.57"),
        ("91", "100", "latitude", "beyond the pole", "-90 to 90"),
        ("10", "200", "longitude", "half round the world", "-180 to 180"),
        ("0", "0.0", "latitude", "stands for 'unknown'", "leave both cells empty"),
        ("46.5", "", "longitude", "is empty though its twin is not", "both or neither"),
        ("", "46.5", "latitude", "is empty though its twin is not", "both or neither"),
        ("1,234.5", "30", "latitude", "is not a number of degrees", "46.4775"),
        ("46.477.500", "30", "latitude", "is not a number of degrees", "46.4775"),
        ("464 775", "30", "latitude", "is not a number", "46.4775"),
        ("46°61'", "30", "latitude", "is not a number of degrees, minutes", "46.4775"),
        ("46.48 30.73", "30", "latitude", "is not a number of degrees", "46.4775"),
        ("46.48, 30.73", "30", "latitude", "is not a number of degrees", "46.4775"),
        ("46.5°30'", "30", "latitude", "is not a number of degrees, minutes", "46.4775"),
        ("-46°N", "30", "latitude", "is not a number of degrees, minutes", "46.4775"),
        ("30.7E", "46.5", "latitude", "points E, which no latitude does", "46.4775"),
        ("46.5", "nan", "longitude", "is not a number of degrees", "46.4775"),
        ("inf", "30", "latitude", "is not a number of degrees", "46.4775"),
        ("4.6E+01", "30", "latitude", "is not a number of degrees", "46.4775"),
        ("٤٦", "30", "latitude", "is not a number of degrees", "46.4775"),
        ("1 " * 5000, "30", "latitude", "is not a number of degrees", "46.4775"),
    ],
)
def test_unclear_coordinates_cost_the_row(latitude, longitude, column, message, repair):
    read = point(latitude, longitude)
    problem = only_problem(read)
    assert (problem.severity, problem.column) == ("error", column)
    assert message in problem.message
    assert repair in problem.repair
    assert read.places == ()


# Rows among themselves


def test_an_id_stands_for_one_row():
    read = table("a,Paris,1902", "a,Wien,1907", "b,Rome,1910")
    problem = only_problem(read)
    assert (problem.severity, problem.line, problem.column) == ("error", 3, "id")
    assert "line 2" in problem.message
    assert problem.repair == "write another, such as a-2"
    assert [place.id for place in read.places] == ["a", "b"]


def test_a_row_said_twice_is_left_out_with_a_warning():
    read = table("a,Paris,1902", "a,Paris,1902")
    assert only_problem(read).severity == "warning"
    assert len(read.require()) == 1


def stays(*rows):
    return table(*rows, header="id,place,arrived,departed,kind,role,latitude,longitude")


def test_overlapping_stays_are_told():
    read = stays("a,Paris,1917-05-01,1917-05-20,,,,", "b,Wien,1917-05-10,1917-06-01,,,,")
    problem = only_problem(read)
    assert (problem.severity, problem.line, problem.column) == ("warning", 3, "arrived")
    assert problem.message == "lies within the stay in Paris (line 2), which ends on 1917-05-20"


@pytest.mark.parametrize(
    "second",
    [
        "b,Wien,1917-05-20,1917-06-01,,,,",
        "b,Wien,1917-05,1917-06-01,,,,",
        "b,Wien,1917-05-10~,1917-06-01,,,,",
        "b,France,1917-05-10,1917-06-01,country,,,",
        "b,Wien,1917-05-10,1917-06-01,,mentioned,,",
    ],
)
def test_what_may_be_true_is_not_called_an_overlap(second):
    assert stays("a,Paris,1917-05-01,1917-05-20,,,,", second).problems == ()


def test_a_leg_faster_than_its_age_allowed_is_told():
    read = stays(
        "a,New York,1917-01-13,1917-03-27,,,40.71,-74.01",
        "b,Petrograd,1917-03-28,,,,59.94,30.31",
    )
    problem = only_problem(read)
    assert (problem.severity, problem.line, problem.value) == ("warning", 3, "1917-03-28")
    assert "cannot be reached from New York (line 2)" in problem.message
    assert "in 2 days, where 1,600 km a day was the most" in problem.message


@pytest.mark.parametrize(
    ("arrived", "kind"), [("1917-05-17", ""), ("1917", ""), ("1917-03-28", "country")]
)
def test_a_leg_that_leaves_time_is_not(arrived, kind):
    read = stays(
        "a,New York,1917-01-13,1917-03-27,,,40.71,-74.01",
        f"b,Petrograd,{arrived},,{kind},,59.94,30.31",
    )
    assert read.problems == ()


def test_the_bound_on_speed_rises_with_the_years():
    bounds = [km_per_day(year) for year in (1271, 1829, 1830, 1918, 1919, 1957, 1958, 2026)]
    assert bounds == sorted(bounds)
    assert (bounds[0], bounds[-1]) == (400, 20_040)


LIFE = (date(1879, 11, 7), date(1940, 8, 21))


@pytest.mark.parametrize("arrived", ["1878", "1940-08-22", "2015-10-29"])
def test_nobody_is_anywhere_outside_the_life(arrived):
    problem = only_problem(table(f"a,Paris,{arrived}", life=LIFE))
    assert (problem.severity, problem.column) == ("error", "arrived")
    assert "1879-11-07 to 1940-08-21" in problem.message


@pytest.mark.parametrize("row", ["a,Paris,1879,", "a,Paris,1940-08-21,", "a,Paris,2015,mentioned"])
def test_a_date_that_may_lie_within_the_life_is_good(row):
    assert table(row, header="id,place,arrived,role", life=LIFE).problems == ()


# What people read


def problem(**changes):
    usual = {"severity": "error", "line": 12, "column": "arrived", "value": "30/2/1917"}
    usual |= {"message": "is not a date", "repair": "write 1917-02-28", "file": "p.csv"}
    return Problem(**usual | changes)


def test_a_problem_is_one_line_that_names_file_line_column_value_and_repair():
    assert str(problem()) == 'p.csv:12: arrived: "30/2/1917" is not a date; write 1917-02-28'
    assert (
        str(problem(line=None, column=None, value=None)) == "p.csv: is not a date; write 1917-02-28"
    )
    assert str(problem(severity="warning", repair="")) == (
        'p.csv:12: warning: arrived: "30/2/1917" is not a date'
    )


def test_errors_come_first_and_the_rest_are_counted():
    warning = problem(severity="warning", line=1)
    lines = format_problems([warning, *[problem(line=i) for i in range(2, 5002)]], limit=30)
    assert len(lines) == 31
    assert lines[0].startswith("p.csv:2: arrived")
    assert lines[-1] == "… and 4,971 more"
    assert format_problems([]) == []


def test_a_shown_value_cannot_steer_the_terminal():
    assert shown("a\x1b[31m\n\u202eb") == "a\\x1b[31m\\n\\u202eb"
    assert shown("x" * 81) == "x" * 79 + "…"


def test_a_path_is_shown_by_its_name_only():
    assert read_places(Path(__file__)).name == "test_reader.py"


# How he came


NAMES = st.text("abc ø'.-", max_size=3).map(lambda text: " ".join(text.split()).strip("' "))
WAYMARKS = st.builds(
    Waymark,
    st.tuples(
        st.floats(-90, 90).map(lambda lat: round(lat, 4)),
        st.floats(-180, 180).map(lambda lon: round(lon, 4)),
    ),
    NAMES.filter(lambda name: not name or name[0] not in "-."),
    st.sampled_from(["", *BYS]),
)


def in_cell(mark):
    latitude, longitude = map(plain_number, mark.point)
    return " ".join(filter(None, (mark.by, latitude, longitude, mark.name)))


@UNHURRIED
@given(st.lists(WAYMARKS, max_size=5), st.sampled_from(["; ", ";", " ; "]))
def test_waymarks_are_read_as_they_are_written(marks, between):
    read = cell("via", between.join(map(in_cell, marks)))
    assert read.problems == ()
    assert read.places[0].via == tuple(marks)


def test_waymarks_may_have_a_comma_between_and_capitals():
    (place,) = cell("via", "Rail 51.03, 2.38 Dunkirk;").places
    assert place.via == (Waymark((51.03, 2.38), "Dunkirk", "rail"),)


def test_every_waymark_that_is_wrong_is_told():
    problems = cell("via", "here; 47 32 Novy Bug; 95 200").problems
    assert [problem.value for problem in problems] == ["here", "95 200", "95 200"]


@UNHURRIED
@given(st.text(max_size=40))
def test_any_cell_of_waymarks_is_read_or_told(text):
    read = cell("via", text)
    assert read.places or read.problems


@pytest.mark.parametrize(
    ("by", "conveyance", "how"),
    [
        ("", "", ""),
        ("rail", "", "by rail"),
        ("foot", "", "on foot"),
        ("ship", "the tanker Ruth", "by the tanker Ruth"),
    ],
)
def test_how_he_came_is_told_in_words(by, conveyance, how):
    (place,) = table(
        f"a,Paris,1902,{by},{conveyance}", header="id,place,arrived,by,conveyance"
    ).places
    assert (place.by, place.conveyance, place.how) == (by, conveyance, how)


# The document of the rules

RULES = (Path(__file__).parents[2] / "docs" / "places-csv.md").read_text(encoding="utf-8")
DATES = RULES.split("## Dates")[1].split("## Coordinates")[0]


@pytest.mark.parametrize("name", [*COLUMNS, *KINDS, *ROLES])
def test_the_document_names_every_column_kind_and_role(name):
    assert f"`{name}`" in RULES


def test_the_table_to_start_from_is_good():
    example = RULES.split("```csv\n")[1].split("```")[0]
    read = read_places(example.encode())
    assert (len(read.places), read.problems) == (2, ())


@pytest.mark.parametrize(
    "limit",
    [
        f"{MAX_BYTES // 1_000_000} MB",
        f"more than {MAX_ROWS:,} rows",
        f"more than {MAX_COLUMNS} columns",
        f"more than {MOST_CELLS:,} cells",
        f"more than {MAX_CELL:,} characters",
        f"more than {MOST_PROBLEMS:,} problems",
        f"at most {PRINTED_PROBLEMS} are printed",
        f"Of a value, {SHOWN_CHARACTERS}",
        f"at most {LONGEST_ID} letters",
        f"first {HEADER_WITHIN} rows",
        f"at most {PATIENCE} seconds",
        *(f"{last} | {km:,} |" for last, km in KM_PER_DAY_UNTIL),
    ],
)
def test_the_document_states_every_limit(limit):
    assert limit in RULES.replace("\n", " ")


@pytest.mark.parametrize(
    ("row", "words"), re.findall(r"^\| `([^`]+)`[^|]*\|[^|]*\| ([^|]+) \|$", DATES, re.MULTILINE)
)
def test_the_document_says_dates_as_the_program_does(row, words):
    assert in_words(parse(row)) == words


def dated(arrived, departed=""):
    return table(f"a,Paris,{arrived},{departed}", header="id,place,arrived,departed")


def test_a_winter_that_may_be_a_span_of_years_is_asked_about():
    problem = only_problem(dated("1920-24"))
    assert str(problem) == (
        'places.csv:2: warning: arrived: "1920-24" was read as winter 1920–21; it may mean the '
        "years 1920 to 1924; write 1920 in arrived and 1924 in departed, or 1920-24~ for winter "
        "1920–21"
    )


@pytest.mark.parametrize(
    ("arrived", "departed", "asked"),
    [
        ("1920-24", "1924-05", ["arrived"]),
        ("1920-24", "1920-24", ["arrived", "departed"]),
        ("1920-24", "1921-05", []),  # the other date shows that it is a winter
        ("1905-02", "1905-21", []),
        ("1902-10", "1920-24", ["departed"]),
        ("1920-24~", "", []),
        ("1888-24", "", []),
    ],
)
def test_a_season_is_asked_about_only_where_the_row_leaves_it_open(arrived, departed, asked):
    assert [problem.column for problem in dated(arrived, departed).problems] == asked


def sourced(source):
    return table(f'a,Paris,1902,"{source}"', header="id,place,arrived,sources")


@pytest.mark.parametrize("address", ["https://a.example/x?y=1", "HTTP://a.example"])
def test_a_source_that_is_an_address_alone_is_a_link(address):
    read = sourced(f"My Life; {address}")
    assert read.problems == ()
    assert read.places[0].sources == (Source("My Life"), Source(address, address))


@pytest.mark.parametrize(
    "source",
    ["ftp://a.example/x", "javascript:alert(1)", "JavaScript:alert(1)", "see file:///etc/passwd"],
)
def test_an_address_that_is_never_made_a_link_is_warned_of(source):
    read = sourced(source)
    assert str(only_problem(read)) == (
        f'places.csv:2: warning: sources: "{source}" holds an address that is neither http nor '
        "https; it was kept as words; write <https://…>, or name the source in words"
    )
    assert read.places[0].sources == (Source(source),)


@pytest.mark.parametrize("source", ["Data: p. 3", "file: 12", "My Life: ch. 4", "a.example/x"])
def test_words_with_a_colon_are_no_address(source):
    assert sourced(source).problems == ()
