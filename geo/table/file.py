"""The table as a file: bytes divided into a header, rows and cells."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from geo.problems import Findings, Problem
from geo.table.columns import COLUMNS, HEADER_WITHIN, find_heading, plain_name, read_header
from geo.table.csv_text import COMMENT, Row, declared_delimiter, decode, rows

MAX_BYTES = 20_000_000
MAX_ROWS = 100_000
NO_HEADING = Row(line=0, cells=(), start=0, end=0)


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """A table as it is written: its text, how to turn that into bytes again, its rows.

    `header` maps the name of each column to its position (a known name in its proper
    spelling, any other as written); it is empty where the file cannot be used at all.
    `heading` is the row it was read from, empty where there is none. `problems` concern the file
    or the form of a row.
    """

    text: str
    bom: bytes
    encoding: str
    delimiter: str
    heading: Row
    header: Mapping[str, int]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def parse_file(data: bytes, name: str = "places.csv", max_rows: int = MAX_ROWS) -> PlacesFile:
    """Divide `data` into rows and cells; never raises, whatever the bytes are."""
    findings = Findings(name)
    decoded = decode(data, findings)
    if decoded is None:
        return PlacesFile("", b"", "utf-8", ",", NO_HEADING, {}, (), tuple(findings.problems))
    text, bom, encoding = decoded
    declared, start = declared_delimiter(text)
    delimiter = declared or likely_delimiter(text)
    limit = min(sys.maxsize, max_rows + HEADER_WITHIN)
    found = list(islice(rows(text, start, delimiter, findings), limit))
    heading = find_heading(found[:HEADER_WITHIN])
    header = read_header(found, heading, findings)
    below = found[found.index(heading) + 1 :] if heading and header else []
    if len(below) > max_rows:
        findings.line = below[max_rows].line
        findings.error(f"is one row too many: at most {max_rows:,} are read", "split the file")
    return PlacesFile(
        text,
        bom,
        encoding,
        delimiter,
        heading or NO_HEADING,
        header,
        tuple(below[:max_rows]),
        tuple(findings.problems),
    )


def likely_delimiter(text: str) -> str:
    """The delimiter by which some early line shows most column names; a comma if none does."""
    lines = text[:100_000].splitlines()[: 2 * HEADER_WITHIN]
    early = [line for line in lines if not COMMENT.match(line)]

    def names_shown(delimiter: str) -> int:
        return max(
            (sum(plain_name(cell) in COLUMNS for cell in line.split(delimiter)) for line in early),
            default=0,
        )

    return max(",;\t", key=names_shown)
