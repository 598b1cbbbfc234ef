"""Read the tables of the borders of the time: who held which land, and what the lands are.

`polities.csv`: a row with a `name` says what a polity is called, and its status, from `from` to
`to`; a row with `members` says what land it holds in that time. A name may have a `short` form for
where there is little room, and a `rank` where it is not that of its status. Land whose states the
table does not tell for a time is held by `-`. `lands.csv`: named lands, put
together from members, and cut to an `outline` where a border crossed a modern province.

Members are countries by Natural Earth's three letters (`NOR`), provinces by ISO 3166-2 (`RU-IRK`)
and named lands (`@galicia`), read from left to right; a minus before what is taken away, an
ampersand before what alone is kept.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import shapely

from geo.borders.polities import FIRST, LAST
from geo.borders.status import STATUSES

TOOLS = Path(__file__).resolve().parent


# A state's rank: its name matters the more, the lower the number.
GREAT_POWER, OTHER_STATE, DEPENDENT_LAND = RANKS = (1, 2, 3)


NO_CLAIM = "-"  # holds the land of which the map says nothing for a time


class TableError(ValueError):
    """A table of polities or lands that cannot be built from."""


@dataclass(frozen=True, slots=True)
class Span:
    """One line of polities.csv; `start` and `end` are both included."""

    line: int
    polity: str
    name: str
    status: str
    under: str
    start: date
    end: date
    members: str
    source: str
    short: str = ""
    rank: int = OTHER_STATE


@dataclass(frozen=True, slots=True)
class Land:
    """One line of lands.csv; `outline` is None where the members are taken whole."""

    name: str
    members: str
    outline: shapely.Polygon | None
    accuracy_km: float | None


def read_spans(path: Path = TOOLS / "polities.csv") -> list[Span]:
    """Return the spans of the table; raises TableError naming the line that is wrong."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        spans = [_span(reader.line_num, row) for row in reader]
    known = {span.polity for span in spans if span.name} | {NO_CLAIM}
    for span in spans:
        for key in {span.polity, span.under or span.polity} - known:
            raise TableError(f"polities.csv:{span.line}: no row names the polity {key!r}")
    return spans


def _span(line: int, row: dict[str, str]) -> Span:
    where = f"polities.csv:{line}"
    try:
        start, end = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
    except ValueError as error:
        raise TableError(f"{where}: {error}") from error
    if not FIRST <= start <= end <= LAST:
        raise TableError(f"{where}: {start} to {end} is no span within {FIRST} to {LAST}")
    if bool(row["name"]) != bool(row["status"]) or not (row["name"] or row["members"]):
        raise TableError(f"{where}: a row has a name and a status, or members, or all three")
    if row["polity"] == NO_CLAIM and row["name"]:
        raise TableError(f"{where}: land without a claim has no name")
    if row["status"] and row["status"] not in STATUSES:
        raise TableError(f"{where}: unknown status {row['status']!r}")
    if not row["event"] or not row["citation"]:
        raise TableError(f"{where}: no event or no citation (write 'unsourced')")
    source = f"{row['event']}; {row['citation']}"
    called = (row["polity"], row["name"], row["status"], row["under"])
    rank = _rank(row, where)
    return Span(line, *called, start, end, row["members"], source, row["short"], rank)


def _rank(row: dict[str, str], where: str) -> int:
    """Return the rank in the table; without one, a state's own or that of a dependent land."""
    if not row["name"] and (row["short"] or row["rank"]):
        raise TableError(f"{where}: a short name or a rank, and no name")
    if row["rank"] not in {"", *map(str, RANKS)}:
        raise TableError(f"{where}: {row['rank']!r} is no rank")
    if len(row["short"]) >= max(1, len(row["name"])):
        raise TableError(f"{where}: the short name is no shorter")
    if row["rank"] or not row["name"]:
        return int(row["rank"] or OTHER_STATE)
    return OTHER_STATE if STATUSES[row["status"]].drawn == "sovereign" else DEPENDENT_LAND


def read_lands(path: Path = TOOLS / "lands.csv") -> dict[str, Land]:
    """Return the named lands; raises TableError for a name used twice or an outline astray."""
    lands: dict[str, Land] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["land"] in lands:
                raise TableError(f"lands.csv: {row['land']!r} is there twice")
            lands[row["land"]] = _land(row)
    return lands


def _land(row: dict[str, str]) -> Land:
    if not row["source"]:
        raise TableError(f"lands.csv: {row['land']!r} has no source (write 'unsourced')")
    accuracy = float(row["accuracy_km"]) if row["accuracy_km"] else None
    return Land(row["land"], row["members"], read_outline(row["land"], row["outline"]), accuracy)


def read_outline(name: str, text: str) -> shapely.Polygon | None:
    """Return the polygon through `lon lat, lon lat, …`."""
    if not text:
        return None
    corners = [tuple(map(float, pair.split())) for pair in text.split(",")]
    outline = shapely.Polygon(corners)
    if not outline.is_valid:
        raise TableError(f"the outline of {name!r} crosses itself")
    return outline
