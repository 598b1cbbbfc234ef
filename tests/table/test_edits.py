"""Changes to the table: the cells asked for change, and every other byte stays."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import PlacesError
from geo.table.edits import with_cells, with_row
from geo.table.file import parse_file

UNHURRIED = settings(deadline=None)  # a busy machine is no failure

TABLE = b"id,place,arrived,latitude,longitude,located_by\na,Paris,1902,,,\nb,Wien,1907,,,\n"
HERE = {"latitude": "48.85", "longitude": "2.35", "located_by": "geonames:2988507"}


def cells(table):
    return [row.cells for row in parse_file(table).rows]


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_only_the_changed_cell_changes(eol, delimiter, encoding):
    lines = [
        '# a comment, with "quotes" and é',
        "PLACE,id,'x',latitude,longitude,located_by",
        '"Paris",a,"a ""word""",,,',
        "",
        "Wien ,b,é,,,",
        ",,,,,",
        "# the end",
    ]
    text = eol.join(lines).replace(",", delimiter) + eol
    changed = with_cells(text.encode(encoding), {"b": {"place": "Vienna"}})
    assert changed.decode(encoding) == text.replace("Wien ", "Vienna")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_the_byte_order_mark_stays_as_it_was(encoding):
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    table = (mark + TABLE.decode()).encode(encoding)
    changed = with_cells(table, {"a": {"place": "Lutetia"}})
    assert changed == (mark + TABLE.decode().replace("Paris", "Lutetia")).encode(encoding)


@st.composite
def tables(draw):
    """Well-formed tables in any manner of writing, and changes for some of their rows."""
    delimiter, eol = draw(st.sampled_from(",;\t")), draw(st.sampled_from(["\n", "\r\n"]))
    # a hash that begins a row makes it a comment, and is refused: see the test of refusals
    letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="#")
    word = st.text(letters, max_size=8)
    columns = draw(st.permutations(["id", "place", "story", "mine"]))
    count = draw(st.integers(1, 5))
    out = io.StringIO(newline="")
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(out, delimiter=delimiter, lineterminator=eol, quoting=quoting)
    writer.writerow(columns)
    for i in range(count):
        row = {"id": f"r{i}", "place": "P", "story": draw(word), "mine": draw(word)}
        writer.writerow([row[column] for column in columns])
    changes = draw(
        st.dictionaries(
            st.sampled_from([f"r{i}" for i in range(count)]),
            st.dictionaries(st.sampled_from(["story", "title", "place"]), word, max_size=3),
        )
    )
    return out.getvalue().encode(), changes


@UNHURRIED
@given(tables())
def test_what_was_written_is_read_again_and_nothing_else_changed(table_and_changes):
    table, changes = table_and_changes
    before, after = parse_file(table), parse_file(with_cells(table, changes))
    assert len(before.rows) == len(after.rows)
    for old, new in zip(before.rows, after.rows, strict=True):
        change = changes.get(old.cells[before.header["id"]], {})
        for column, position in after.header.items():
            known = before.header.get(column)
            unchanged = "" if known is None else old.cells[known]
            assert new.cells[position] == change.get(column, unchanged)
        if not change and before.header == after.header:
            assert before.text[old.start : old.end] == after.text[new.start : new.end]
    assert with_cells(with_cells(table, changes), changes) == with_cells(table, changes)


def test_missing_columns_are_added_at_the_end_of_every_row_and_only_when_needed():
    table = b"# c\nid,place\na,Paris\n\nb,Wien\nc\n"
    assert with_cells(table, {}) == table
    assert with_cells(table, {"b": HERE}) == (
        b"# c\nid,place,latitude,longitude,located_by\na,Paris,,,\n\n"
        b"b,Wien,48.85,2.35,geonames:2988507\nc,,,,\n"
    )


def test_coordinates_go_into_the_columns_that_are_there_for_them_under_another_name():
    table = b"id,lng,place,Lat\r\na,,Paris,\r\nb,16.4,Wien,48.2\r\n"
    assert with_cells(table, {"a": HERE}) == (
        b"id,lng,place,Lat,located_by\r\na,2.35,Paris,48.85,geonames:2988507\r\n"
        b"b,16.4,Wien,48.2,\r\n"
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_pair_is_written_into_the_one_column_of_coordinates(delimiter):
    table = "id,coordinates,place\n# c\na,,Paris\nb,48.2 16.4,Wien\n".replace(",", delimiter)
    changed = with_cells(table.encode(), {"a": HERE}).decode()
    pair = '"48.85, 2.35"' if delimiter == "," else "48.85, 2.35"
    located = (
        "id,coordinates,place,located_by\n# c\na,PAIR,Paris,geonames:2988507\nb,48.2 16.4,Wien,\n"
    )
    assert changed == located.replace(",", delimiter).replace("PAIR", pair)
    added = with_row(table.encode(), {"id": "c", "latitude": "1.5", "longitude": "-2"}).decode()
    pair = '"1.5, -2"' if delimiter == "," else "1.5, -2"
    assert added == table + f"c{delimiter}{pair}{delimiter}\n"


def test_nothing_to_write_needs_no_column():
    table = b"id,place\na,Paris\n"
    assert with_cells(table, {"a": {"story": ""}}) == table
    assert with_row(table, {"id": "b", "place": "Wien", "story": ""}) == table + b"b,Wien\n"


def test_a_short_row_is_filled_up_to_the_changed_cell():
    table = b"id,place,title,story\na,Paris\nb,Wien\n"
    assert with_cells(table, {"a": {"story": "x"}}) == b"id,place,title,story\na,Paris,,x\nb,Wien\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain", b"plain"),
        ("a, b", b'"a, b"'),
        ('a "b"', b'"a ""b"""'),
        ("a\nb", b'"a\nb"'),
        (" a", b'" a"'),
        ("'a'", b"'a'"),
    ],
)
def test_a_cell_is_quoted_only_where_it_must_be(value, written):
    assert (
        with_cells(b"id,place\na,P\n", {"a": {"place": value}}) == b"id,place\na," + written + b"\n"
    )


def test_a_quoted_cell_stays_quoted():
    assert with_cells(b'id,place\n"a","P"\n', {"a": {"place": "Q"}}) == b'id,place\n"a","Q"\n'


@pytest.mark.parametrize(
    ("existing", "written"), [("", "48,85"), ("1,5", "48,85"), ("1.5", "48.85")]
)
def test_semicolons_take_decimal_commas_unless_the_file_has_points(existing, written):
    table = f"id;place;latitude;longitude\na;Paris;;\nb;Wien;{existing};{existing}\n".encode()
    changed = with_cells(table, {"a": {"latitude": "48.85", "longitude": "2"}})
    assert f"a;Paris;{written};2\n".encode() in changed


def test_a_row_is_appended_in_the_files_own_order_and_line_ends():
    table = b"\xef\xbb\xbfplace;mine;id\r\nParis;x;a"
    added = with_row(table, {"id": "b", "place": "Wien; Vienna"})
    assert added == table + b'\r\n"Wien; Vienna";;b\r\n'


def test_an_appended_row_brings_the_columns_it_needs():
    assert with_row(b"id,place\na,P\n", {"id": "b", "place": "Q", "arrived": "1917"}) == (
        b"id,place,arrived\na,P,\nb,Q,1917\n"
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: with_cells(TABLE, {"z": {"place": "x"}}), "not exactly one row with the id z"),
        (
            lambda: with_cells(TABLE + b"a,Lutetia,,,,\n", {"a": {"place": "x"}}),
            "not exactly one row",
        ),
        (lambda: with_cells(TABLE, {"a": {"colour": "x"}}), "no column colour"),
        (lambda: with_row(TABLE, {"id": "a", "place": "x"}), "already has a row"),
        (lambda: with_row(b"\x89PNG", {"id": "a"}), "PNG"),
        (lambda: with_cells("id,place\na,é".encode("cp1252"), {"a": {"place": "Київ"}}), "UTF-8"),
        (lambda: with_cells(b"id,place\na,b,c\n", {"a": HERE}), "extra cell"),
        (lambda: with_cells(TABLE, {"a": {"place": "\0"}}), "read otherwise than meant"),
        (lambda: with_cells(TABLE, {"a": {"id": "# a"}}), "read otherwise than meant"),
        (lambda: with_row(b'id,place\na,"P\n', {"id": "b", "place": ",x"}), "read otherwise"),
    ],
)
def test_what_cannot_be_written_is_said(change, words):
    with pytest.raises(PlacesError, match=words):
        change()
