"""Places: a table read and checked as a whole, good rows beside every problem.

The rules are written down in docs/places-csv.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO

from geo.bibliography import Bibliography, Work
from geo.errors import PlacesError
from geo.place import Place
from geo.problems import MOST_PROBLEMS, Findings, Problem, format_problems
from geo.reading import read_bounded
from geo.table.columns import misspelt
from geo.table.file import MAX_BYTES, MAX_ROWS, PlacesFile, parse_file
from geo.table.plausibility import check_journey
from geo.table.rows import RowReader


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """The usable rows of a file in its order, and all that is wrong in it, by line."""

    places: tuple[Place, ...]
    problems: tuple[Problem, ...]
    name: str

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What cost a row, or the whole file."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What cost nothing but ought to be looked at."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")

    def require(self) -> tuple[Place, ...]:
        """All places, or PlacesError with every problem where one of them is an error."""
        if self.errors:
            raise PlacesError("\n".join(format_problems(self.errors)), self.problems)
        return self.places


def read_places(
    source: Path | bytes | BinaryIO,
    *,
    name: str | None = None,
    texts: Mapping[str, int] | None = None,
    life: tuple[date, date] | None = None,
    works: Sequence[Work] = (),
    max_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
) -> PlaceTable:
    """Read and check a table; bad content becomes problems, never an exception.

    `texts` gives the number of paragraphs of each text, `life` the first and the last day,
    `works` what sources may cite; what is not given is not checked. No more than `max_bytes`
    and one byte is ever read.
    Raises PlacesError only where `source` cannot be read at all.
    """
    name = name or (source.name if isinstance(source, Path) else "places.csv")
    findings = Findings(name)
    data = _read(source, name, max_bytes)
    if data is None or len(data) > max_bytes:
        findings.error(f"is larger than {max_bytes / 1e6:g} MB", "split it, or leave rows out")
        return PlaceTable((), tuple(findings.problems), name)
    file = parse_file(data, name, max_rows)
    findings.problems.extend(file.problems)
    reader = RowReader(file, findings, texts, life, Bibliography(works))
    rows = takewhile(lambda row: not findings.full, file.rows)
    places = tuple(place for place in map(reader.place, rows) if place)
    if reader.undated:
        _report_no_arrivals(file, findings)
    check_journey(places, findings)
    if findings.full:
        findings.error(
            f"and the lines below were not read: {MOST_PROBLEMS:,} problems", "fix those first"
        )
    in_order = sorted(findings.problems, key=lambda problem: problem.line or 0)
    return PlaceTable(places, tuple(in_order), name)


def _report_no_arrivals(file: PlacesFile, findings: Findings) -> None:
    """Tell once of a column that every row on the route needs; misspelt, it is told already."""
    if "arrived" not in file.header and "arrived" not in map(misspelt, file.header):
        findings.line = file.heading.line
        findings.error(
            "the column is missing, and rows on the route need it",
            "add a column arrived",
            "arrived",
        )


def _read(source: Path | bytes | BinaryIO, name: str, max_bytes: int) -> bytes | None:
    """At most one byte more than `max_bytes`; None where a file is larger."""
    if isinstance(source, bytes):
        return source
    try:
        return (
            read_bounded(source, max_bytes)
            if isinstance(source, Path)
            else source.read(max_bytes + 1)
        )
    except OSError as error:
        raise PlacesError(f"{name} cannot be read: {error.strerror or error}") from error
