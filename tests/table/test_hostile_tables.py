"""What spreadsheets, browsers and enemies hand over instead of a clean table.

Every kind that docs/places-csv.md has a rule for is met here on purpose.
"""

import io
import os
import re
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GeoError, PlacesError
from geo.place import KINDS, ROLES
from geo.problems import MOST_PROBLEMS, format_problems
from geo.table.columns import COLUMNS
from geo.table.edits import with_cells, with_row
from geo.table.file import parse_file
from geo.table.reader import PlaceTable, read_places

UNHURRIED = settings(deadline=None)  # a busy machine is no failure

ROWS = "id,place,arrived,story\na,Zürich,1902,He said “no”\nb,Київ,1905,\n"
WESTERN = "id,place,arrived,story\na,Zürich,1902,He said “no”\nb,Kiev,1905,\n"


def severities(read):
    return [(problem.severity, problem.line) for problem in read.problems]


def names(read):
    return [place.place for place in read.places]


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_in_silence(encoding):
    read = read_places(ROWS.encode(encoding))
    assert names(read) == ["Zürich", "Київ"]
    assert read.problems == ()


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_of_either_order_is_read(mark):
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert names(read_places(mark + ROWS.encode(encoding))) == ["Zürich", "Київ"]


def test_windows_1252_is_read_with_a_warning_at_its_first_line():
    read = read_places(("# plain\n" + WESTERN).encode("cp1252"))
    assert names(read) == ["Zürich", "Kiev"]
    assert severities(read) == [("warning", 3)]
    assert "Windows-1252" in read.problems[0].message


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (ROWS.encode("utf-8") + "c,Genève,1914,\n".encode("cp1252"), 4, "neither UTF-8 nor"),
        (b"id,place,arrived\na,Par\x81is,1902\n", 2, "neither UTF-8 nor"),
        (b"id,place,arrived\na,Par\0is,1902\n", 2, "NUL"),
        (WESTERN.encode("utf-16-le"), 1, "NUL"),
        (b"\xff\xfe" + WESTERN.encode("utf-16-le") + b"x", None, "broken as UTF-16"),
        (b"\xef\xbb\xbfid,place\n\xff", None, "broken as UTF-8"),
    ],
)
def test_other_bytes_are_refused_with_their_line(data, line, words):
    read = read_places(data)
    assert read.places == ()
    assert severities(read) == [("error", line)]
    assert words in read.problems[0].message
    assert read.problems[0].repair == "save it as CSV UTF-8"


# Not a table


def _xlsx():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG picture"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG picture"),
        (b"GIF89a", "GIF picture"),
        (_xlsx(), "workbook (XLSX, ODS)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook (XLS)"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"%PDF-1.7", "PDF"),
        (b"\n<!DOCTYPE html><html><form action=/login>", "web page"),
        (b"<html><body>Sign in, place, id</body></html>", "web page"),
        (b"", "empty"),
        (b" \n\r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"hello world\n", "no line of column names"),
        (b"# only a comment\n", "no line of column names"),
        (b"1,2,3\n4,5,6\n", "no line of column names"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data, words):
    read = read_places(data)
    assert read.places == ()
    (problem,) = read.problems
    assert problem.severity == "error"
    assert words in problem.message
    assert problem.repair


def test_a_header_alone_is_a_table_of_no_places():
    assert read_places(b"id,place,arrived\n") == PlaceTable((), (), "places.csv")


# Delimiters and lines


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_is_understood(delimiter, declared, eol):
    text = (f"sep={delimiter}\n" if declared else "") + ROWS.replace(",", delimiter)
    read = read_places(text.replace("\n", eol).encode())
    assert names(read) == ["Zürich", "Київ"]
    assert read.problems == ()
    assert [place.line for place in read.places] == [2 + declared, 3 + declared]


def test_a_comment_does_not_decide_the_delimiter():
    read = read_places(b"#,id,place,arrived,title\nid;place;arrived\na;P;1902\n")
    assert (names(read), read.problems) == (["P"], ())


def test_a_declared_delimiter_wins():
    assert names(read_places(b'sep=;\nid;place;"a,b,c,d,e"\n"a";P;x\n')) == []
    read = read_places(b"sep=;\nid;place;arrived;id,place,arrived\na;P;1902;x\n")
    assert names(read) == ["P"]


def test_blank_lines_and_comments_are_passed_over():
    above = b'# made by hand, "see\n\n'
    data = above + b'id,place,arrived\n   \n,,,\n  # more\n"# quoted",,\na,P,1902\n\n\n'
    read = read_places(data)
    assert (names(read), read.problems) == (["P"], ())
    assert read.places[0].line == 8


def test_a_spreadsheet_error_in_the_first_cell_is_no_comment():
    read = read_places(b"id,place,arrived\n#REF!,P,1902\n#NAME?,Q,1902\n")
    assert {(problem.line, problem.column) for problem in read.errors} >= {(2, "id"), (3, "id")}


def test_a_title_line_above_the_header_is_left_out_with_a_warning():
    read = read_places(b"My journey;;\n\nid;place;arrived\na;P;1902\n")
    assert names(read) == ["P"]
    assert severities(read) == [("warning", 1)]
    assert read.problems[0].value == "My journey"


def test_a_quoted_line_break_keeps_the_count_of_lines():
    read = read_places(b'id,place,arrived,story\na,P,1902,"one\ntwo\r\nthree"\nb,Q,never,\n')
    assert read.places[0].story == "one two three"
    assert severities(read) == [("error", 5)]


# Headers


def header_problem(header):
    read = read_places(f"{header}\na,P,1902\n".encode())
    return read, [(p.severity, p.column, p.repair) for p in read.problems]


@pytest.mark.parametrize(
    "header", ["ID,Place,Arrived", " id , place,“arrived”", "Id,PLACE,arrived\u200b"]
)
def test_capitals_spaces_and_quotes_in_column_names_do_no_harm(header):
    read, problems = header_problem(header)
    assert (names(read), problems) == (["P"], [])


def test_modern_name_may_be_written_with_a_space():
    read = read_places(b"id,place,arrived,Modern Name\na,P,1902,Q\n")
    assert (read.places[0].modern_name, read.problems) == ("Q", ())


def test_a_missing_column_refuses_the_file():
    read, problems = header_problem("id,town,arrived")
    assert names(read) == []
    assert ("error", "place", "add a column place") in problems


def test_a_doubled_column_refuses_the_file():
    read = read_places(b"id,place,arrived,place\na,P,1902,Q\n")
    assert names(read) == []
    assert severities(read) == [("error", 1)]
    assert read.problems[0].column == "place"


@pytest.mark.parametrize(("written", "meant"), [("arived", "arrived"), ("Lattitude", "latitude")])
def test_a_misspelt_column_is_an_error_with_the_name_that_was_meant(written, meant):
    read = read_places(f"id,place,role,{written}\na,P,mentioned,1\n".encode())
    assert [(p.severity, p.value, p.repair) for p in read.problems] == [
        ("error", written, f"write {meant}")
    ]


def test_a_misspelt_required_column_is_one_error_and_no_rows():
    read, problems = header_problem("id,plase,arrived")
    assert (names(read), problems) == ([], [("error", "plase", "write place")])


def test_an_unknown_column_is_warned_of_once():
    rows = "".join(f"r{i},P,1902,x\n" for i in range(50))
    read = read_places(f"id,place,arrived,mood\n{rows}".encode())
    assert len(read.places) == 50
    assert severities(read) == [("warning", 1)]
    assert read.problems[0].column == "mood"


def test_two_thousand_columns_are_refused():
    header = "id,place,arrived," + ",".join(f"c{i}" for i in range(2000))
    read = read_places(f"{header}\na,P,1902\n".encode())
    assert severities(read) == [("error", 1)]
    assert "2,003 columns" in read.problems[0].message


# Rows


def test_ragged_rows():
    read = read_places(b"id,place,arrived,title\na,P,1902\nb,Q,1902,,,\nc,Paris, France,1902,x\n")
    assert [place.id for place in read.places] == ["a", "b"]
    assert severities(read) == [("warning", 2), ("error", 4), ("error", 4)]
    too_many = read.problems[1]
    assert (too_many.value, "straight quotes" in too_many.repair) == ("x", True)


def test_curly_quotes_do_not_hold_a_delimiter():
    read = read_places("id,place,arrived\na,“Paris, France”,1902\n".encode())
    assert names(read) == []
    assert any("straight quotes" in problem.repair for problem in read.errors)


def test_five_thousand_bad_rows_are_all_counted_and_some_tens_printed():
    rows = "".join(f"r{i},P,30/2/1917\n" for i in range(5000))
    read = read_places(f"id,place,arrived\n{rows}".encode())
    assert len(read.errors) == 5000
    lines = format_problems(read.problems)
    assert len(lines) == 31
    assert lines[-1] == "… and 4,970 more"


def test_reading_ends_where_too_much_is_wrong():
    rows = "".join(f"r{i},,\n" for i in range(15_000))
    read = read_places(f"id,place,arrived\n{rows}".encode())
    assert MOST_PROBLEMS < len(read.problems) <= MOST_PROBLEMS + 5
    assert "below were not read" in read.problems[-1].message


def test_too_many_rows_are_told_and_the_first_are_read():
    rows = "".join(f"r{i},P,1902\n" for i in range(12))
    read = read_places(f"id,place,arrived\n{rows}".encode(), max_rows=10)
    assert len(read.places) == 10
    assert severities(read) == [("error", 12)]


# Large


def test_a_hundred_megabytes_are_refused_unread(tmp_path):
    path = tmp_path / "places.csv"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 100_000_000)
    tracemalloc.start()
    read = read_places(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [problem.message for problem in read.problems] == ["is larger than 20 MB"]
    assert peak < 1_000_000


def test_of_a_stream_no_more_than_its_bound_is_read():
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size=-1):
            assert size >= 0
            self.taken += size
            return b"x" * size

    stream = Endless()
    read = read_places(stream, max_bytes=5_000_000)
    assert [problem.message for problem in read.problems] == ["is larger than 5 MB"]
    assert stream.taken == 5_000_001


# Anything at all

TEXTS = {"addison": 8}
LIFE = (date(1879, 11, 7), date(1940, 8, 21))
ODD_CELLS = """|1917|1917-02-30|0|91|200|46°N|=1+1|#REF!|\u202e|UA|NA|a:1|<x>|w <https://a.b>|
|"|;|\0|addison:5|-0043|١""".split("|")
ODD = st.sampled_from([*ODD_CELLS, "a\nb", "a" * 30_000, *ROLES, *KINDS, *COLUMNS])


def check(data):
    read = read_places(data, texts=TEXTS, life=LIFE)
    assert all(problem.message for problem in read.problems)
    for line in format_problems(read.problems):
        assert line.isprintable()
    for place in read.places:
        assert re.fullmatch(r"[a-z0-9-]{1,80}", place.id)
        assert place.place
        assert (place.latitude is None) == (place.longitude is None)
        assert place.arrived or not place.on_route
    assert len({place.id for place in read.places}) == len(read.places)
    return read


@UNHURRIED
@given(st.binary(max_size=300))
def test_random_bytes_become_problems(data):
    check(data)
    check(b"id,place,arrived\n" + data)


@UNHURRIED
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_random_text_becomes_problems(text, encoding):
    check(("id,place,arrived\n" + text).encode(encoding, "surrogatepass"))


@UNHURRIED
@given(
    st.lists(st.sampled_from(COLUMNS) | st.text(max_size=5), min_size=1, max_size=18, unique=True),
    st.lists(st.lists(ODD | st.text(max_size=9), max_size=18), max_size=5),
    st.sampled_from([",", ";", "\t"]),
)
def test_random_tables_become_places_or_problems(header, rows, delimiter):
    lines = [delimiter.join(['"' + c.replace('"', '""') + '"' for c in row]) for row in rows]
    data = "\n".join([delimiter.join(["id", "place", *header]), *lines])
    check(data.encode("utf-8", "replace"))


@UNHURRIED
@given(st.binary(max_size=120), st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=9)))
def test_writing_into_random_bytes_raises_only_what_is_documented(data, values):
    table = b"id,place,arrived\na,P,1902\n" + data
    for change in (lambda: with_cells(table, {"a": values}), lambda: with_row(table, values)):
        try:
            changed = change()
        except PlacesError as error:
            assert str(error)
        else:
            assert parse_file(changed).header


def test_every_error_has_the_one_root():
    with pytest.raises(GeoError):
        read_places(Path("/nowhere/at/all.csv"))
