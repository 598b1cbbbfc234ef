"""Read TopoJSON (specification 1.0), and tell which of its lands hold a point or lie near it.

An arc is a first grid point and the steps to each next one; where a land refers to ~i, that is
-1 - i, arc i is meant backwards. What is read is in decimal degrees: (longitude, latitude) in
lines, as the format has it, and `lat, lon` in questions.
"""

from collections.abc import Iterable, Sequence
from math import cos, radians
from typing import Literal, TypedDict

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Line = NDArray[np.float64]  # one row a point: longitude, latitude


class LineString(TypedDict):
    """A line, as the arcs that it is joined from."""

    type: Literal["LineString"]
    arcs: list[int]


class MultiLineString(TypedDict):
    """Several lines."""

    type: Literal["MultiLineString"]
    arcs: list[list[int]]


class Polygon(TypedDict):
    """A land as its rings, the outer one first."""

    type: Literal["Polygon"]
    arcs: list[list[int]]


class MultiPolygon(TypedDict):
    """Several lands."""

    type: Literal["MultiPolygon"]
    arcs: list[list[list[int]]]


Geometry = LineString | MultiLineString | Polygon | MultiPolygon


class Transform(TypedDict):
    """Size of a grid step, and where the grid begins, in degrees of longitude and latitude."""

    scale: tuple[float, float]
    translate: tuple[float, float]


class Topology(TypedDict):
    """What every topology holds besides its objects."""

    transform: Transform
    arcs: list[list[list[int]]]


def decode(topology: Topology) -> list[Line]:
    """Return every arc in degrees."""
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(arc, axis=0) * scale + origin for arc in topology["arcs"]]


def stitch(arcs: Sequence[Line], references: Iterable[int]) -> Line:
    """Join the referenced arcs into one line or ring, each common end kept once."""
    lines = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in references]
    return np.concatenate([lines[0], *(line[1:] for line in lines[1:])])


def shape(item: Geometry, arcs: Sequence[Line]) -> BaseGeometry:
    """Return a geometry in degrees; one line or polygon as a set of one."""
    match item["type"]:
        case "LineString":
            return shapely.MultiLineString([stitch(arcs, item["arcs"])])
        case "MultiLineString":
            return shapely.MultiLineString([stitch(arcs, line) for line in item["arcs"]])
        case "Polygon":
            return shapely.MultiPolygon([_polygon(item["arcs"], arcs)])
        case "MultiPolygon":
            return shapely.MultiPolygon([_polygon(rings, arcs) for rings in item["arcs"]])


def _polygon(rings: Iterable[Iterable[int]], arcs: Sequence[Line]) -> shapely.Polygon:
    outer, *holes = (stitch(arcs, ring) for ring in rings)
    return shapely.Polygon(outer, holes)


class Lands:
    """Lands in order, which answer by their numbers."""

    def __init__(self, shapes: Iterable[BaseGeometry]) -> None:
        self._shapes = np.array(list(shapes))
        self._tree = shapely.STRtree(self._shapes)

    def holding(self, lat: float, lon: float) -> list[int]:
        """Return the lands that hold a point: two or more where it is on their border."""
        return sorted(self._tree.query(shapely.points(lon, lat), "intersects").tolist())

    def within(self, reach: float, lat: float, lon: float) -> list[int]:
        """Return the lands within `reach` of a point, nearest first, in degrees of latitude."""
        # A degree of longitude shrinks with the cosine of the latitude; so do the lands here.
        squeeze = max(cos(radians(lat)), 0.01)
        aside = reach / squeeze
        surroundings = shapely.box(lon - aside, lat - reach, lon + aside, lat + reach)
        beside = np.sort(self._tree.query(surroundings))
        if not beside.size:
            return []
        lands = shapely.transform(self._shapes[beside], lambda points: points * (squeeze, 1.0))
        away = shapely.distance(lands, shapely.points(lon * squeeze, lat))
        order = np.argsort(away, kind="stable")
        return [int(beside[i]) for i in order if away[i] <= reach]
