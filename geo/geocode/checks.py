"""Checks of coordinates beyond their form: does the point lie where its row says it does?"""

import json
from itertools import islice
from math import cos, radians
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely

from geo.geocode.gazetteer import DATA, Gazetteer
from geo.place import POINT_KINDS, Place, Point
from geo.problems import MOST_PROBLEMS, Problem
from geo.table.reader import PlaceTable
from geo.topojson import Lands, decode, shape

BASEMAP = DATA / "basemap.json"
TOLERANCE = 0.5
"""Degrees by which a point may miss its country: its outline is simplified, islets are left out."""


class Remark(NamedTuple):
    """What is wrong with a row's coordinates: in which cell it shows, and what to do about it."""

    column: str
    value: str
    message: str
    repair: str


class Outlines:
    """The outlines of the countries of today, by ISO 3166-1 alpha-2 code."""

    def __init__(self, basemap: Path = BASEMAP):
        """Read them from the basemap, a TopoJSON topology with an object `countries`."""
        topology = json.loads(basemap.read_text(encoding="utf-8"))
        arcs = decode(topology)
        countries = topology["objects"]["countries"]["geometries"]
        self._codes = [country["properties"]["a2"] for country in countries]
        shapes = np.array([shape(country, arcs) for country in countries])
        shapely.prepare(shapes)  # a table may ask for a hundred thousand points
        codes = np.array(self._codes)
        self._shapes = {code: shapes[codes == code] for code in self._codes}
        self._lands = Lands(shapes)

    def knows(self, country: str) -> bool:
        """Tell whether the country has an outline."""
        return country in self._shapes

    def near(self, country: str, point: Point) -> bool:
        """Tell whether a point lies in a country known, or within the tolerance."""
        lat, lon = point
        outlines = self._shapes[country]
        if shapely.intersects_xy(outlines, lon, lat).any():
            return True
        # A degree of longitude is the shorter one, so only between these two bounds is it open.
        there = shapely.Point(lon, lat)
        if shapely.dwithin(outlines, there, TOLERANCE).any():
            return True
        widest = TOLERANCE / max(cos(radians(lat)), 0.01)
        if not shapely.dwithin(outlines, there, widest).any():
            return False
        near = self._lands.within(TOLERANCE, lat, lon)
        return any(self._codes[number] == country for number in near)


def check_coordinates(table: PlaceTable, gazetteer: Gazetteer) -> list[Problem]:
    """Return a warning for each row whose coordinates do not fit the rest of it."""
    outlines = Outlines()
    remarks = (
        Problem("warning", place.line, *remark, table.name)
        for place in table.places
        for remark in (outside_country(place, outlines), misnamed(place, gazetteer))
        if remark
    )
    return list(islice(remarks, MOST_PROBLEMS))


def outside_country(place: Place, outlines: Outlines) -> Remark | None:
    """Remark on a point that lies outside its country by more than the tolerance."""
    if place.point is None or place.kind not in POINT_KINDS or not outlines.knows(place.country):
        return None
    if outlines.near(place.country, place.point):
        return None
    lat, lon = place.point
    if outlines.near(place.country, (lon, lat)):
        return Remark(
            "latitude",
            f"{lat}, {lon}",
            f"lies outside {place.country}; the other way round it lies inside",
            f"write latitude {lon} and longitude {lat}",
        )
    return Remark(
        "latitude",
        f"{lat}, {lon}",
        f"lies outside {place.country}",
        "correct the country or the coordinates, or empty latitude and longitude and locate again",
    )


def misnamed(place: Place, gazetteer: Gazetteer) -> Remark | None:
    """Remark on a row whose authority's entry bears neither of the row's names."""
    names = [name for name in (place.place, place.modern_name) if name]
    if any(gazetteer.bears(place.located_by, name) for name in names):
        return None
    entry = gazetteer.name_of(place.located_by)
    if entry is None:
        return None
    return Remark(
        "located_by",
        place.located_by,
        f"is {entry!r} and does not bear the name {' or '.join(names)}",
        "correct located_by, or empty it with latitude and longitude and locate again",
    )
