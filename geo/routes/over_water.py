"""Finds a ship's way over water: along the sea lanes that searoute knows, clear of the land.

A step of whoever keeps a table. The library is needed here alone, and only when a way is looked
for: its network of lanes (Eurostat's) is searched for the shortest way, then the corners that open
water does not ask for are cut. Where the lanes are too coarse, `via` leads the ship.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from geopy.distance import great_circle

from geo.errors import NoWay, RouterMissing
from geo.globe import angle_between, degrees_of, length, unit_vectors
from geo.place import By, Place, Point
from geo.routes.route import Route, question
from geo.topojson import decode, shape

BASEMAP = Path(__file__).parents[1] / "data" / "basemap.json"
DIGITS = 3
"""Of a degree: a hundred metres."""
OPEN = 0.5
"""Km of land that a way across open water may touch: the coast of the basemap is no finer."""
NARROWS = 5.0
"""Km of land that a lane may cross: some straits are narrower than the network is fine."""
HARBOUR = 8.0
"""Km of land between a harbour's town and the lanes."""
RELUCTANCE = 20.0
"""How many times its length a stretch of land counts, where a lane touches it."""
REACH = 300.0
"""Km within which a harbour is joined to the lanes."""
RIVER = 60.0
"""Km between two given points that no lane joins: they follow a river, and are joined straight."""
STEP = 50.0
"""Km between the points at which a great circle is held against the land."""
SETTINGS = (
    f"northwest passage closed; lanes over more than {NARROWS:g} km of land left out, but for "
    f"canals and straits; harbours joined within {REACH:g} km; corners cut over open water"
)


class Sea:
    """The land of the basemap, and the lanes that lead past it."""

    def __init__(self) -> None:
        """Read both. Raises RouterMissing where the library is not installed."""
        try:
            import searoute
        except ImportError as error:
            raise RouterMissing(
                "searoute is not installed, which finds the ways over water: "
                "python -m pip install -r requirements-dev.txt"
            ) from error
        self.library = f"searoute {searoute.__version__}"
        self._search = searoute.searoute
        self._land = Land()
        self._lanes = searoute.setup_M().copy()
        self._close_lanes()
        self._nodes = np.array([node for node in self._lanes.nodes])

    def route(self, here: Point, place: Place) -> Route:
        """The way by ship from a point to a place, past its waymarks. Raises NoWay."""
        if place.point is None:
            raise NoWay(f"{place.id} has no coordinates yet: run locate")
        points = [here]
        for there, by in _stretches(place, place.point):
            points += self._between(points[-1], there, place) if by == "ship" else []
            points.append(there)
        inner = tuple(points[1:-1])
        km = round(length(points), 1)
        today = date.today().isoformat()
        return Route(question(here, place), inner, km, self.library, SETTINGS, today)

    def _between(self, here: Point, there: Point, place: Place) -> list[Point]:
        """The points on the way between two that were given; none where it is straight."""
        if self._land.widest([here, there]) <= OPEN:
            return []
        lanes = self._lanes.copy()
        joined = [self._join(lanes, end) for end in (here, there)]
        if self._land.widest([here, there]) <= HARBOUR:
            lanes.add_edge(_lon_lat(here), _lon_lat(there), weight=self._weight([here, there]))
        if all(joined):
            found = self._search(_lon_lat(here), _lon_lat(there), M=lanes)
            # Both ends are lanes' ends by now, and the first and last of what is found.
            inner = [_rounded(lat, lon) for lon, lat in found.geometry.coordinates[1:-1]]
            if len(found.geometry.coordinates) > 1:
                return self._straightened([here, *inner, there])[1:-1]
        if great_circle(here, there).km <= RIVER:
            return []
        raise NoWay(
            f"{place.id}: no way over water from {here} to {there}; "
            "lead the ship by points in via, out of its harbour or along its river"
        )

    def _join(self, lanes: Any, end: Point) -> bool:
        """Join a harbour to all lanes that it can be left for."""
        lat, lon = end
        reach = REACH / 111
        beside = np.abs(self._nodes[:, 1] - lat) <= reach
        near = self._nodes[beside]
        near = near[np.abs(near[:, 0] - lon) <= reach / max(0.1, np.cos(np.radians(lat)))]
        ways = [(x, y) for x, y in near.tolist() if self._land.widest([end, (y, x)]) <= HARBOUR]
        for x, y in ways:
            lanes.add_edge(_lon_lat(end), (x, y), weight=self._weight([end, (y, x)]))
        return bool(ways)

    def _weight(self, way: Sequence[Point]) -> float:
        """What a lane costs: its length in km, and much more where it lies on land."""
        return length(way) + RELUCTANCE * sum(self._land.crossed(way))

    def _straightened(self, way: Sequence[Point]) -> list[Point]:
        """The way without its corners that a ship on open water need not turn."""
        kept, at = [way[0]], 0
        while at < len(way) - 1:
            ahead = range(len(way) - 1, at + 1, -1)
            at = next((i for i in ahead if self._is_open(way[at], way[i])), at + 1)
            kept.append(way[at])
        return kept

    def _is_open(self, here: Point, there: Point) -> bool:
        return abs(here[1] - there[1]) < 180 and self._land.widest([here, there]) <= OPEN

    def _close_lanes(self) -> None:
        """Leave out the lanes that cut across land, where no canal or strait has a name."""
        for a, b, lane in list(self._lanes.edges(data=True)):
            if lane.get("passage"):
                continue
            way = [_lon_lat(a), _lon_lat(b)]
            if self._land.widest(way) > NARROWS:
                self._lanes.remove_edge(a, b)
            else:
                lane["weight"] = self._weight(way)


class Land:
    """The land of the basemap, which tells how much of it lies in a way."""

    def __init__(self, basemap: Path = BASEMAP) -> None:
        """Read it from a TopoJSON topology with an object `countries`."""
        topology = json.loads(basemap.read_text(encoding="utf-8"))
        arcs = decode(topology)
        countries = topology["objects"]["countries"]["geometries"]
        self._parts = shapely.get_parts([shape(country, arcs) for country in countries])
        self._tree = shapely.STRtree(self._parts)

    def widest(self, way: Sequence[Point]) -> float:
        """The longest stretch of land, in km, that great circles through points run over."""
        return max(self.crossed(way), default=0.0)

    def crossed(self, way: Sequence[Point]) -> list[float]:
        """The length in km of each stretch of land that a way runs over."""
        return [length(stretch) for stretch in self.stretches(way)]

    def stretches(self, way: Sequence[Point]) -> Iterator[list[Point]]:
        """The stretches of land that a way runs over, as lists of (lat, lon)."""
        for part in _unbroken(way):
            line = shapely.LineString([(lon, lat) for lat, lon in part])
            beside = self._parts[self._tree.query(line, "intersects")]
            if not beside.size:
                continue
            over = shapely.line_merge(shapely.intersection(line, shapely.union_all(beside)))
            for piece in shapely.get_parts(over):
                if piece.geom_type == "LineString":
                    yield [(lat, lon) for lon, lat in piece.coords]


def _unbroken(way: Sequence[Point]) -> Iterator[list[Point]]:
    """The points along a way, in pieces that do not cross the antimeridian."""
    piece = [way[0]]
    for here, there in pairwise(way):
        for point in _along(here, there):
            if abs(point[1] - piece[-1][1]) > 180:
                if len(piece) > 1:
                    yield piece
                piece = []
            piece.append(point)
    if len(piece) > 1:
        yield piece


def _along(here: Point, there: Point) -> Iterable[Point]:
    """Points of the great circle from one point, left out, to another."""
    steps = int(great_circle(here, there).km // STEP) + 1
    if steps == 1:
        return [there]
    a, b = unit_vectors([here, there])
    angle = angle_between(a, b)
    shares = np.arange(1, steps) / steps
    turned = np.outer(np.sin((1 - shares) * angle), a) + np.outer(np.sin(shares * angle), b)
    return [*map(tuple, degrees_of(turned).tolist()), there]


def _stretches(place: Place, end: Point) -> Iterator[tuple[Point, By]]:
    """Each point that is come to, with the way in which it is."""
    for mark in place.via:
        yield mark.point, mark.by or place.by
    yield end, place.by


def _rounded(lat: float, lon: float) -> Point:
    return round(lat, DIGITS), round((lon + 180) % 360 - 180, DIGITS)


def _lon_lat(point: Point) -> Point:
    return point[1], point[0]
