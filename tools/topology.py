"""Write polygons and lines on an integer grid as TopoJSON, sharing every common edge once.

Grid points are (x, y) integers: x counts steps eastwards, y northwards. The format is that of
the TopoJSON Specification 1.0: an arc is a list of differences, and the reference ~i (that is,
-1 - i) means arc i read backwards.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, pairwise

Point = tuple[int, int]
Ring = list[Point]


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
    coverage: list[list[list[Ring]]], is_seam: Callable[[Point, Point], bool], table: ArcTable
) -> list[list[list[list[int]]]]:
    """Cut a polygonal coverage into shared arcs.

    `coverage` is one list of polygons per owner, a polygon being its closed rings. An arc ends
    wherever the owners of an edge change, or `is_seam` changes its mind about it. Returns the
    same nesting with each ring replaced by its arc references.
    """
    owners = defaultdict(set)
    for owner, polygons in enumerate(coverage):
        for a, b in _edges(ring for polygon in polygons for ring in polygon):
            owners[_undirected(a, b)].add(owner)
    labels = {edge: (frozenset(who), is_seam(*edge)) for edge, who in owners.items()}
    nodes = _nodes(labels)
    return [
        [[_cut(ring, nodes, table) for ring in polygon] for polygon in polygons]
        for polygons in coverage
    ]


def _edges(rings: Iterable[Ring]) -> Iterator[tuple[Point, Point]]:
    for ring in rings:
        yield from pairwise(ring)


def _undirected(a: Point, b: Point) -> tuple[Point, Point]:
    return (a, b) if a < b else (b, a)


def _nodes(labels: dict) -> set[Point]:
    around = defaultdict(list)
    for (a, b), label in labels.items():
        around[a].append(label)
        around[b].append(label)
    return {p for p, found in around.items() if len(found) != 2 or found[0] != found[1]}


def _cut(ring: Ring, nodes: set[Point], table: ArcTable) -> list[int]:
    corners = ring[:-1]
    at_node = [i for i, point in enumerate(corners) if point in nodes]
    start = at_node[0] if at_node else corners.index(min(corners))
    turned = [*corners[start:], *corners[:start], corners[start]]
    stops = [i for i, point in enumerate(turned) if point in nodes] or [0, len(turned) - 1]
    return [table.reference(turned[a : b + 1]) for a, b in pairwise(stops)]


def decode(topology: dict) -> list[list[tuple[float, float]]]:
    """Return every arc of a TopoJSON topology as (longitude, latitude) pairs in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = (accumulate(arc, lambda p, d: (p[0] + d[0], p[1] + d[1])) for arc in topology["arcs"])
    return [[(x * sx + tx, y * sy + ty) for x, y in line] for line in lines]


def stitch(arcs: list[list[tuple]], references: list[int]) -> list[tuple]:
    """Join the referenced arcs into one line or ring, each common end kept once."""
    line = []
    for reference in references:
        arc = arcs[reference] if reference >= 0 else arcs[~reference][::-1]
        line.extend(arc[1:] if line else arc)
    return line
