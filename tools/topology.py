"""Write polygons and lines on an integer grid as TopoJSON, sharing every common edge once.

Grid points are (x, y) integers: x counts steps eastwards, y northwards. The format is that of
the TopoJSON Specification 1.0: an arc is a list of differences, and the reference ~i (that is,
-1 - i) means arc i read backwards.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TypeVar

import numpy as np
import shapely

Point = tuple[int, int]
Edge = tuple[Point, Point]
Ring = list[Point]
Coverage = list[list[list[Ring]]]  # one list of polygons per owner; a polygon is its closed rings
Label = TypeVar("Label")


class ArcTable:
    """The arcs of one topology, each kept once whichever way it is read."""

    def __init__(self) -> None:
        self.arcs: list[tuple[Point, ...]] = []
        self._index: dict[tuple[Point, ...], int] = {}

    def reference(self, points: Iterable[Point]) -> int:
        """Return the index of the arc through `points`, adding it if it is new."""
        forwards = tuple(points)
        backwards = forwards[::-1]
        if forwards in self._index:
            return self._index[forwards]
        if backwards in self._index:
            return ~self._index[backwards]
        self._index[forwards] = len(self.arcs)
        self.arcs.append(forwards)
        return self._index[forwards]

    def deltas(self) -> list[list[list[int]]]:
        """Return every arc as its first point followed by the steps to each next one."""
        return [_deltas(arc) for arc in self.arcs]


def _deltas(arc: tuple[Point, ...]) -> list[list[int]]:
    steps = ([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(arc))
    return [list(arc[0]), *steps]


def coverage_rings(
    coverage: Coverage, is_seam: Callable[[Point, Point], bool], table: ArcTable
) -> list[list[list[list[int]]]]:
    """Cut a polygonal coverage into shared arcs.

    An arc ends wherever the owners of an edge change, or `is_seam` changes its mind about it.
    Returns the same nesting with each ring replaced by its arc references.
    """
    labels = {edge: (who, is_seam(*edge)) for edge, who in _owners(coverage).items()}
    nodes = {p for p, found in _around(labels).items() if len(found) != 2 or len(set(found)) > 1}
    return [
        [[_cut(ring, nodes, table) for ring in polygon] for polygon in polygons]
        for polygons in coverage
    ]


def _owners(coverage: Coverage) -> dict[Edge, frozenset[int]]:
    owners: dict[Edge, set[int]] = defaultdict(set)
    for owner, polygons in enumerate(coverage):
        for ring in (ring for polygon in polygons for ring in polygon):
            for a, b in pairwise(ring):
                owners[(a, b) if a < b else (b, a)].add(owner)
    return {edge: frozenset(who) for edge, who in owners.items()}


def _around(labels: Mapping[Edge, Label]) -> dict[Point, list[Label]]:
    around: dict[Point, list[Label]] = defaultdict(list)
    for (a, b), label in labels.items():
        around[a].append(label)
        around[b].append(label)
    return around


def _cut(ring: Ring, nodes: set[Point], table: ArcTable) -> list[int]:
    corners = ring[:-1]
    at_node = [i for i, point in enumerate(corners) if point in nodes]
    start = at_node[0] if at_node else corners.index(min(corners))
    turned = [*corners[start:], *corners[:start], corners[start]]
    stops = [i for i, point in enumerate(turned) if point in nodes] or [0, len(turned) - 1]
    return [table.reference(turned[a : b + 1]) for a, b in pairwise(stops)]


def untangle(coverage: Coverage) -> Coverage:
    """Drop the few vertices whose rounding to the grid laid an edge across another.

    Only a vertex whose edges all have the same owners is dropped, and from every ring that
    has it, so neighbours still meet. Rings left with fewer than three corners go.
    """
    while tangled := _tangled(coverage):
        coverage = [[_without(polygon, tangled) for polygon in polygons] for polygons in coverage]
        coverage = [[polygon for polygon in polygons if polygon] for polygons in coverage]
    return coverage


def _tangled(coverage: Coverage) -> set[Point]:
    owners = _owners(coverage)
    around = _around(owners)
    free = {point for point, found in around.items() if len(set(found)) == 1}
    pinched = {point for point in free if len(around[point]) > 2}
    return pinched | {_intruder(a, b, free) for a, b in _crossings(sorted(owners))}


def _crossings(edges: list[Edge]) -> Iterator[tuple[Edge, Edge]]:
    lines = np.array([shapely.LineString(edge) for edge in edges])
    left, right = shapely.STRtree(lines).query(lines, predicate="intersects")
    for i, j in zip(left, right, strict=True):
        if i < j and not set(edges[i]) & set(edges[j]):
            yield edges[i], edges[j]


def _intruder(first: Edge, second: Edge, free: set[Point]) -> Point:
    """Return the end of either edge that lies nearest the other edge and may be dropped."""

    def distance(end: tuple[Point, Edge]) -> float:
        return shapely.distance(shapely.Point(end[0]), shapely.LineString(end[1]))

    ends = [(p, second) for p in first if p in free] + [(p, first) for p in second if p in free]
    return min(ends, key=distance)[0]


def _without(polygon: list[Ring], dropped: set[Point]) -> list[Ring]:
    rings = [_closed([p for p in ring[:-1] if p not in dropped]) for ring in polygon]
    return [ring for ring in rings if len(ring) > 3] if len(rings[0]) > 3 else []


def _closed(corners: Ring) -> Ring:
    return [*corners, *corners[:1]]
