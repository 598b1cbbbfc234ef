"""Checks of coordinates beyond their form: does the point lie where its row says it does?"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from geo.geocode.gazetteer import DATA, Gazetteer
from geo.geocode.locate import Named
from geo.place import POINT_KINDS, Place
from geo.problems import Problem
from geo.table.reader import PlaceTable

BASEMAP = DATA / "basemap.json"
TOLERANCE = 0.5
"""Degrees by which a point may miss its country: its outline is simplified, islets are left out."""

AT_ONCE = 500
"""Points tested against an outline at once, to bound the memory that takes."""


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
        arcs = _arcs(topology)
        self._rings = defaultdict(list)
        for country in topology["objects"]["countries"]["geometries"]:
            polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
            # Holes stay out: a point in an enclave is within reach of its neighbour anyway.
            rings = (_ring(polygon[0], arcs) for polygon in polygons)
            self._rings[country["properties"]["a2"]] += rings
        self._corners = {code: _corners(rings) for code, rings in self._rings.items()}

    def knows(self, country: str) -> bool:
        """Tell whether the country has an outline."""
        return country in self._rings

    def near(self, country: str, latitude: float, longitude: float) -> bool:
        """Tell whether a point (decimal degrees) lies in the country, or within the tolerance."""
        # A degree of longitude shrinks with the cosine of the latitude; so do the rings here.
        squeeze = max(math.cos(math.radians(latitude)), 1e-6)
        point = np.array([longitude, latitude])
        reach = np.array([TOLERANCE / squeeze, TOLERANCE])
        west_south, east_north = self._corners[country]
        boxed = ((west_south - reach <= point) & (point <= east_north + reach)).all(axis=1)
        rings = [self._rings[country][i] for i in np.flatnonzero(boxed)]
        return any(_encloses(ring, *point[:, None])[0] for ring in rings) or any(
            _distance((ring.T - point) * (squeeze, 1.0)) <= TOLERANCE for ring in rings
        )

    def inside(self, country: str, points: np.ndarray) -> np.ndarray:
        """Tell of each point, a row of latitude and longitude, whether it lies in the country."""
        lats, lons = points.T
        found = np.zeros(len(points), dtype=bool)
        for ring, (west, south), (east, north) in zip(
            self._rings[country], *self._corners[country], strict=True
        ):
            boxed = (west <= lons) & (lons <= east) & (south <= lats) & (lats <= north)
            asked = np.flatnonzero(boxed & ~found)
            for start in range(0, len(asked), AT_ONCE):
                some = asked[start : start + AT_ONCE]
                found[some] = _encloses(ring, lons[some], lats[some])
        return found


def check_coordinates(table: PlaceTable, gazetteer: Gazetteer) -> list[Problem]:
    """Return a warning for each row whose coordinates do not fit the rest of it."""
    outlines = Outlines()
    inside = _inside_their_country(table.places, outlines)
    return [
        Problem("warning", place.line, *cell, message, repair, table.name)
        for place in table.places
        for remark in (
            None if place.id in inside else outside_country(place, outlines),
            misnamed(place, gazetteer),
        )
        if remark
        for *cell, message, repair in [remark]
    ]


def _inside_their_country(places: Iterable[Place], outlines: Outlines) -> set[str]:
    """The ids of places that need no closer look, found for all of a country at once."""
    by_country = defaultdict(list)
    for place in places:
        if place.latitude is not None and outlines.knows(place.country):
            by_country[place.country].append(place)
    inside = set()
    for country, group in by_country.items():
        points = np.array([(place.latitude, place.longitude) for place in group])
        inside.update(group[i].id for i in np.flatnonzero(outlines.inside(country, points)))
    return inside


def outside_country(place: Named, outlines: Outlines) -> Remark | None:
    """Remark on a point that lies outside its country by more than the tolerance."""
    located = place.latitude is not None and place.longitude is not None
    if not (located and place.kind in POINT_KINDS and outlines.knows(place.country)):
        return None
    if outlines.near(place.country, place.latitude, place.longitude):
        return None
    where = "latitude", f"{place.latitude}, {place.longitude}"
    if outlines.near(place.country, place.longitude, place.latitude):
        return Remark(
            *where,
            f"lies outside {place.country}; the other way round it lies inside",
            f"write latitude {place.longitude} and longitude {place.latitude}",
        )
    return Remark(
        *where,
        f"lies outside {place.country}",
        "correct the country or the coordinates, or empty latitude and longitude and locate again",
    )


def misnamed(place: Named, gazetteer: Gazetteer) -> Remark | None:
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


def _arcs(topology: dict) -> list[np.ndarray]:
    """Return the arcs as arrays of (longitude, latitude); TopoJSON writes steps on a grid."""
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(arc, axis=0) * scale + origin for arc in topology["arcs"]]


def _ring(indices: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Join arcs to a ring, a row of longitudes and a row of latitudes.

    In TopoJSON ~i stands for arc i taken backwards.
    """
    ring = np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices])
    return np.ascontiguousarray(ring.T)


def _corners(rings: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return the south-western and north-eastern corners of rings, as (longitude, latitude)."""
    lowest = np.array([ring.min(axis=1) for ring in rings])
    return lowest, np.array([ring.max(axis=1) for ring in rings])


def _encloses(ring: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Tell of each point whether a closed ring, a row of x and a row of y, has it inside.

    A ray from the point along x crosses the ring's edges an odd number of times.
    """
    xs, ys = ring
    above = ys > y[:, None]
    point, edge = np.nonzero(above[:, :-1] != above[:, 1:])
    x1, y1, x2, y2 = xs[edge], ys[edge], xs[edge + 1], ys[edge + 1]
    crossed = x1 + (y[point] - y1) * (x2 - x1) / (y2 - y1) > x[point]
    return np.bincount(point[crossed], minlength=len(x)) % 2 == 1


def _distance(ring: np.ndarray) -> float:
    """Return the distance from the origin to the nearest edge of a closed ring of (x, y)."""
    starts, edges = ring[:-1], np.diff(ring, axis=0)
    lengths = np.maximum((edges**2).sum(axis=1), 1e-12)
    along = np.clip(-(starts * edges).sum(axis=1) / lengths, 0, 1)
    return float(np.hypot(*(starts + along[:, None] * edges).T).min())
