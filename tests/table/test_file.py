"""The table as a file: its cells, and where they stand."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.problems import MOST_PROBLEMS, Findings
from geo.table.columns import COLUMNS
from geo.table.csv_text import cell_spans, rows
from geo.table.file import parse_file

UNHURRIED = settings(deadline=None)  # a busy machine is no failure

CELL = st.text(st.sampled_from(list("ab ,;\"\n\r\t'é#")), max_size=6)


@UNHURRIED
@given(
    st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=6),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_cells_are_those_of_the_csv_module(table, delimiter, eol, quoting):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=eol, quoting=quoting).writerows(table)
    text = out.getvalue()
    theirs = [
        tuple(row)
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        if "".join(row).strip() and not row[0].lstrip(" \t").startswith("#")
    ]
    plain_comment = any(line.lstrip(" \t").startswith("#") for line in text.splitlines())
    findings = Findings("places.csv")
    ours = [row.cells for row in rows(text, 0, delimiter, findings)]
    if not plain_comment:
        assert ours == theirs
        assert findings.problems == []


@UNHURRIED
@given(st.text(st.sampled_from(list('ab,"\n\r#')), max_size=60))
def test_every_cell_knows_where_it_stands(text):
    for row in rows(text, 0, ",", Findings("places.csv")):
        written = [text[start:end] for start, end in cell_spans(text, row, ",")]
        read = [w[1:-1].replace('""', '"') if w.startswith('"') else w for w in written]
        assert tuple(read) == row.cells
        before = text[: row.start].replace("\r\n", "\n").replace("\r", "\n")
        assert row.line == before.count("\n") + 1


def test_a_row_is_named_by_its_first_physical_line():
    table = b'# a comment, "with a quote\n\nid,place,story\na,Paris,"one\ntwo"\nb,Wien,x\n'
    assert [row.line for row in parse_file(table).rows] == [4, 6]


def test_an_open_quote_costs_its_line_only():
    file = parse_file(b'id,place\na,"Paris\nb,Wien\nc,"Rome"\n')
    assert [row.cells for row in file.rows] == [("b", "Wien"), ("c", "Rome")]
    assert [(problem.line, problem.severity) for problem in file.problems] == [(2, "error")]


def test_of_very_many_open_quotes_only_the_first_are_told():
    file = parse_file(b"id,place\n" + b'a,"x\nb,""""y\n' * 200_000)
    assert len(file.problems) == MOST_PROBLEMS


def test_columns_are_those_of_the_documents():
    assert len(COLUMNS) == len(set(COLUMNS)) == 20
