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
    "by", "conveyance", "via", "title", "story", "texts", "claim", "sources",
    "latitude", "longitude", "located_by",
)  # fmt: skip
REQUIRED = ("id", "place")
COORDINATES = ("latitude", "longitude")
PAIR = "coordinates"  # both in one cell, latitude first; not ours, but what others write
OTHER_NAMES = dict.fromkeys(("lng", "lon", "long"), "longitude") | {"lat": "latitude", PAIR: PAIR}
PERHAPS_COORDINATES = re.compile(
    r"lat|lng|lon|latitude|longitude|coords?|coordinates?|gps|lat(?:lng|long?)|(?:lng|long?)lat"
)
MAX_COLUMNS = 100
HEADER_WITHIN = 20  # rows


def find_heading(found: Iterable[Row]) -> Row | None:
    """The first row that names two columns, or else the first that nearly does."""
    for recognise in (lambda cell: plain_name(cell) in COLUMNS, misspelt):
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
    errors_before = findings.errors
    for position, cell in enumerate(heading.cells):
        name = _column(cell)
        if name in header:
            _report_twice(name, heading.cells[header[name]], cell, findings)
        elif name:
            header[name] = position
    _report_both(heading, header, findings)
    unsound = findings.errors > errors_before
    _report_renamed(heading, header, findings)
    lost = _report_unknown(header, findings)
    missing = [name for name in REQUIRED if name not in header and name not in lost]
    for name in missing:
        findings.error("the column is missing", f"add a column {name}", name)
    # Without its own coordinates a row would be located anew, somewhere else.
    unsound = unsound or not lost.isdisjoint((*REQUIRED, *COORDINATES))
    return {} if unsound or missing else header


def _column(cell: str) -> str:
    """The column that a cell of the header names: a known one in its proper spelling."""
    plain = plain_name(cell)
    return plain if plain in COLUMNS else OTHER_NAMES.get(plain) or clean(cell)[0]


def _report_twice(name: str, first: str, second: str, findings: Findings) -> None:
    if plain_name(first) == plain_name(second):
        findings.error("names two columns", "rename one of them, or delete it", name, name)
    else:
        findings.error(
            f"means {name}, as {clean(first)[0]} does", "delete one of the two", name, second
        )


def _report_both(heading: Row, header: Mapping[str, int], findings: Findings) -> None:
    """Coordinates in a pair, and in columns of their own too: nobody can tell which count."""
    single = [clean(heading.cells[header[name]])[0] for name in COORDINATES if name in header]
    if PAIR in header and single:
        findings.error(
            f"means latitude and longitude, which stand in {' and '.join(single)} too",
            "delete one or the other",
            PAIR,
            heading.cells[header[PAIR]],
        )


def _report_renamed(heading: Row, header: Mapping[str, int], findings: Findings) -> None:
    """Tell which columns were taken for coordinates under another name."""
    for name in COORDINATES:
        if name in header and plain_name(written := heading.cells[header[name]]) != name:
            findings.warning(f"was taken for {name}", f"write {name}", name, written)
    if PAIR in header:
        findings.warning(
            "was taken for latitude and longitude, in this order",
            "write them into two columns, latitude and longitude",
            PAIR,
            heading.cells[header[PAIR]],
        )


def _report_unknown(header: Mapping[str, int], findings: Findings) -> set[str]:
    """Tell of unknown columns; gives the names that misspelt ones were meant to be."""
    lost = set()
    located = PAIR in header or header.keys() >= set(COORDINATES)
    for name in (name for name in header if name not in (PAIR, *COLUMNS)):
        meant = misspelt(name)
        if meant and meant not in header:
            lost.add(meant)
            findings.error("is not the name of a column", f"write {meant}", name, name)
        elif not located and _perhaps_coordinates(name):
            lost.update(COORDINATES)
            findings.error(
                "may hold coordinates, and is a column unknown here",
                f"write latitude, longitude or {PAIR} (latitude first), or another name",
                name,
                name,
            )
        else:
            findings.warning("is a column unknown here: kept, but not used", "", name)
    return lost


def _perhaps_coordinates(name: str) -> bool:
    words = re.split(r"[^a-z]+", plain_name(name))
    return any(PERHAPS_COORDINATES.fullmatch(word) for word in words)


def plain_name(name: str) -> str:
    """A column's name without capitals, spaces, quotes and what cannot be seen."""
    bare = clean(name[:60])[0].strip("\"'“”").casefold()
    return re.sub(r"[\s-]+", "_", bare)


@lru_cache(maxsize=1000)
def misspelt(name: str) -> str | None:
    """The column whose name is nearest to a misspelt one."""
    close = difflib.get_close_matches(plain_name(name[:40]), COLUMNS, n=1, cutoff=0.8)
    return close[0] if close else None
