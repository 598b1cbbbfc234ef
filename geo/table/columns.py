"""The columns of the table, and the row that names them, recognised however it is spelt."""

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from geo.problems import Findings
from geo.table.cells import clean
from geo.table.csv_text import Row

COLUMNS = (
    "id", "place", "modern_name", "country", "kind", "role", "phase", "arrived", "departed",
    "title", "story", "texts", "claim", "sources", "latitude", "longitude", "located_by",
)  # fmt: skip
REQUIRED = ("id", "place")
COORDINATES = ("latitude", "longitude")
MAX_COLUMNS = 100
HEADER_WITHIN = 20  # rows


def find_heading(found: Iterable[Row]) -> Row | None:
    """The first row that names two columns, or else the first that nearly does."""
    for recognise in (lambda cell: plain_name(cell) in COLUMNS, _meant):
        for row in found:
            if sum(bool(recognise(cell)) for cell in row.cells[:MAX_COLUMNS]) > 1:
                return row
    return None


def read_header(found: list[Row], heading: Row | None, findings: Findings) -> dict[str, int]:
    """Positions of the columns, or nothing where rows cannot be read by them."""
    if heading is None:
        findings.line = found[0].line if found else None
        findings.error("no line of column names found", "begin with one: id,place,arrived")
        return {}
    for above in found[: found.index(heading)]:
        findings.line = above.line
        findings.warning(
            "stands above the column names and was left out",
            "delete it, or begin it with #",
            value=above.cells[0],
        )
    findings.line = heading.line
    if len(heading.cells) > MAX_COLUMNS:
        findings.error(
            f"has {len(heading.cells):,} columns, more than {MAX_COLUMNS}",
            "delete the columns that nobody needs",
        )
        return {}
    return _positions(heading, findings)


def _positions(heading: Row, findings: Findings) -> dict[str, int]:
    header: dict[str, int] = {}
    doubled = set()
    for position, cell in enumerate(heading.cells):
        plain = plain_name(cell)
        name = plain if plain in COLUMNS else clean(cell)[0]
        if name in header:
            doubled.add(name)
        elif name:
            header[name] = position
    for name in sorted(doubled):
        findings.error("names two columns", "rename one of them, or delete it", name, name)
    lost = _report_unknown(header, findings)
    for name in REQUIRED:
        if name not in header and name not in lost:
            findings.error("the column is missing", f"add a column {name}", name)
    return {} if doubled or not header.keys() >= set(REQUIRED) else header


def _report_unknown(header: Mapping[str, int], findings: Findings) -> set[str]:
    """Tell of unknown columns; gives the names that misspelt ones were meant to be."""
    lost = set()
    for name in header:
        meant = None if name in COLUMNS else _meant(name)
        if meant and meant not in header:
            lost.add(meant)
            findings.error("is not the name of a column", f"write {meant}", name, name)
        elif name not in COLUMNS:
            findings.warning("is a column unknown here: kept, but not used", "", name)
    return lost


def plain_name(name: str) -> str:
    """A column's name without capitals, spaces, quotes and what cannot be seen."""
    bare = clean(name[:60])[0].strip("\"'“”").casefold()
    return re.sub(r"[\s-]+", "_", bare)


@lru_cache(maxsize=1000)
def _meant(name: str) -> str | None:
    """The column whose name is nearest to a misspelt one."""
    close = difflib.get_close_matches(plain_name(name[:40]), COLUMNS, n=1, cutoff=0.8)
    return close[0] if close else None
