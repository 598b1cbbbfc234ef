"""Our table of historic names, read and checked as the table of places is."""

from collections.abc import Iterator
from pathlib import Path

from geo.errors import ReferenceDataError
from geo.geocode.candidates import Candidate
from geo.place import KINDS
from geo.problems import Findings, Problem
from geo.reading import read_bounded
from geo.table.cells import clean
from geo.table.columns import plain_name
from geo.table.csv_text import Row, declared_delimiter, decode, rows
from geo.table.file import MAX_BYTES, likely_delimiter
from geo.table.values import ValueReader

COLUMNS = (
    "name", "country", "kind", "latitude", "longitude", "authority", "modern_name", "citation",
)  # fmt: skip
REQUIRED = ("name", "kind", "latitude", "longitude", "authority")

Named = tuple[list[str], Candidate]
"""The names that a place answers to, and the place."""


def read_historic_names(path: Path) -> tuple[list[Named], list[Problem]]:
    """Read the table; its rows, and what deserves a warning.

    Raises ReferenceDataError with every problem where one of them is an error.
    """
    findings = Findings(path.name)
    named = list(_read(path, findings))
    if findings.errors:
        raise ReferenceDataError(findings.problems)
    return named, findings.problems


def _read(path: Path, findings: Findings) -> Iterator[Named]:
    try:
        data = read_bounded(path, MAX_BYTES)
    except OSError as error:
        findings.error(f"cannot be read: {error.strerror or error}", "")
        return
    if data is None:
        findings.error(f"is larger than {MAX_BYTES / 1e6:g} MB", "leave rows out")
        return
    decoded = decode(data, findings)
    if decoded is None:
        return
    text = decoded[0]
    declared, start = declared_delimiter(text)
    delimiter = declared or likely_delimiter(text)
    found = rows(text, start, delimiter, findings)
    header = _header(next(found, None), findings)
    if header:
        reader = _RowReader(header, delimiter, findings)
        yield from filter(None, map(reader.named, found))


def _header(heading: Row | None, findings: Findings) -> list[str]:
    """The columns in their order, or nothing where rows cannot be read by them."""
    findings.line = heading.line if heading else None
    columns = [plain_name(cell) for cell in heading.cells] if heading else []
    errors_before = findings.errors
    for column in sorted(set(columns)):
        if columns.count(column) > 1:
            findings.error("names two columns", "delete one of them", column, column)
        elif column not in COLUMNS:
            known = ", ".join(COLUMNS)
            findings.error("is not the name of a column", f"write one of {known}", column, column)
    for column in COLUMNS:
        if column not in columns:
            findings.error("the column is missing", f"add a column {column}", column)
    return columns if findings.errors == errors_before else []


class _RowReader:
    """Reads one row after another; an authority that an earlier row has is an error."""

    def __init__(self, header: list[str], delimiter: str, findings: Findings) -> None:
        self.header = header
        self.findings = findings
        self.values = ValueReader(findings, decimal_comma=delimiter == ";")
        self.lines: dict[str, int] = {}

    def named(self, row: Row) -> Named | None:
        """The names and the place of one row; None where an error costs it."""
        self.findings.line = row.line
        errors_before = self.findings.errors
        if len(row.cells) != len(self.header):
            self.findings.error(
                f"has {len(row.cells)} cells where the header has {len(self.header)}",
                "put straight quotes round a cell with a delimiter in it, or fill the row up",
            )
            return None
        cells = {c: self._cell(c, cell) for c, cell in zip(self.header, row.cells, strict=True)}
        names = [name.strip() for name in cells["name"].split("|") if name.strip()]
        for column in REQUIRED:
            if not (names if column == "name" else cells[column]):
                self.findings.error("is empty", f"every row needs its {column}", column)
        kind = self.values.choice("kind", cells["kind"], KINDS, "settlement")
        country = self.values.country(cells["country"])
        latitude, longitude = self.values.point(cells["latitude"], cells["longitude"])
        authority = self._authority(row, cells["authority"])
        if self.findings.errors > errors_before or latitude is None or longitude is None:
            return None
        return names, Candidate(
            name=names[0],
            country=country or None,
            kind=kind,
            latitude=latitude,
            longitude=longitude,
            authority=authority,
            matched="historic",
            citation=cells["citation"],
        )

    def _cell(self, column: str, written: str) -> str:
        text, told = clean(written)
        for message in told:
            self.findings.warning(message, "type the cell anew", column, written)
        return text

    def _authority(self, row: Row, value: str) -> str:
        first = self.lines.setdefault(value, row.line)
        if value and first != row.line:
            self.findings.error(
                f"is the authority of line {first} already",
                "add the names to that line, or name another authority",
                "authority",
                value,
            )
        return self.values.authority(value, "authority")
