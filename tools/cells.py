"""Cut the modern provinces along the borders of the time, and select the pieces by name."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tools.polity_table import Land, TableError
from tools.units import Unit

Cuts = frozenset[str]  # the names of the lands whose outlines hold a piece

SMALLEST_PIECE = 0.02  # square degrees: 150 km² at 50° N


@dataclass(frozen=True, slots=True)
class Cell:
    """A province, or a piece of one: all of it lies on the same side of every cut."""

    a3: str
    iso: str
    geometry: BaseGeometry
    cuts: Cuts

    def __str__(self) -> str:
        return " ".join([self.iso, *(f"within {cut}" for cut in sorted(self.cuts))])


def cut_units(units: list[Unit], lands: dict[str, Land]) -> list[Cell]:
    """Return the provinces cut along the outlines of the lands; still a valid coverage."""
    outlines = {name: land.outline for name, land in lands.items() if land.outline is not None}
    shapes = np.array([unit.geometry for unit in units])
    drawn = np.array(list(outlines.values()), dtype=object)
    group = crossed(shapes, drawn)
    pieces = [(i, shape) for i, shape in enumerate(shapes) if i not in group]
    pieces += split(shapes, sorted(group), drawn)
    smallest = {name: min(SMALLEST_PIECE, outline.area / 10) for name, outline in outlines.items()}
    members: dict[int, dict[Cuts, list[BaseGeometry]]] = defaultdict(lambda: defaultdict(list))
    for i, geometry in pieces:
        members[i][_around(geometry, _cutting(units[i], lands))].append(geometry)
    return [
        Cell(units[i].a3, units[i].iso, land, cuts)
        for i in sorted(members)
        for cuts, land in _without_slivers(members[i], smallest)
    ]


def _cutting(unit: Unit, lands: Mapping[str, Land]) -> dict[str, BaseGeometry]:
    """Return the outlines that cut a province: those of the lands that it may be a member of."""
    return {
        name: land.outline
        for name, land in lands.items()
        if land.outline is not None and _may_hold(land.members.split(), unit)
    }


def _may_hold(words: list[str], unit: Unit) -> bool:
    return unit.a3 in words or unit.iso in words or any(word[0] in "@&-" for word in words)


def _around(geometry: BaseGeometry, outlines: Mapping[str, BaseGeometry]) -> Cuts:
    spot = geometry.representative_point()
    return frozenset(name for name, outline in outlines.items() if outline.contains(spot))


def _without_slivers(
    faces: dict[Cuts, list[BaseGeometry]], smallest: Mapping[str, float]
) -> list[tuple[Cuts, BaseGeometry]]:
    """Join the pieces of a province by their cuts; give what is too small to its neighbour.

    Slivers come where an outline runs along the province's own border. Within a small outline
    (Fiume) `smallest` lets smaller pieces be.
    """
    parts = [
        (cuts, part)
        for cuts in sorted(faces, key=sorted)
        for part in shapely.get_parts(shapely.coverage_union_all(faces[cuts]))
    ]
    joined = defaultdict(list)
    for cuts, part in parts:
        near = [p for p in parts if p[1] is part or _joins(part, p[1])]
        least = min([SMALLEST_PIECE, *(smallest[cut] for cut in cuts)])
        sliver = len(faces) > 1 and part.area < least
        joined[max(near, key=lambda p: p[1].area)[0] if sliver else cuts].append(part)
    return [(cuts, shapely.coverage_union_all(found)) for cuts, found in joined.items()]


def _joins(one: BaseGeometry, other: BaseGeometry) -> bool:
    return bool(shapely.length(shapely.intersection(one, other)) > 0)


def crossed(shapes: np.ndarray, outlines: np.ndarray) -> set[int]:
    """Return the provinces that an outline meets, and their neighbours: those get its corners."""
    tree = shapely.STRtree(shapes)
    crossed = np.unique(tree.query(outlines, predicate="intersects")[1])
    return set(np.unique(tree.query(shapes[crossed], predicate="intersects")[1]).tolist())


def split(
    shapes: np.ndarray, group: list[int], outlines: np.ndarray
) -> list[tuple[int, BaseGeometry]]:
    """Cut some of the shapes along the outlines: every piece, with the number of its shape."""
    lines = [*shapely.boundary(shapes[group]), *shapely.boundary(outlines)]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines)]))
    spots = shapely.point_on_surface(faces)
    found, owner = shapely.STRtree(shapes[group]).query(spots, predicate="within")
    return [(group[i], faces[face]) for face, i in zip(found.tolist(), owner.tolist(), strict=True)]


class Selector:
    """Finds the cells that a list of members means."""

    def __init__(self, cells: list[Cell], lands: dict[str, Land]) -> None:
        self.cells = cells
        self.lands = lands
        self._by_code: dict[str, set[int]] = defaultdict(set)
        for i, cell in enumerate(cells):
            self._by_code[cell.a3].add(i)
            self._by_code[cell.iso].add(i)
        self._known: dict[str, frozenset[int]] = {}

    def select(self, members: str) -> frozenset[int]:
        """Return the indexes of the cells; raises TableError where a word matches nothing."""
        chosen: set[int] = set()
        for word in members.split():
            if word.startswith("-"):
                chosen -= self._word(word[1:])
            elif word.startswith("&"):
                chosen &= self._word(word[1:])
            else:
                chosen |= self._word(word)
        return frozenset(chosen)

    def _word(self, word: str) -> frozenset[int]:
        if word not in self._known:
            found = self._land(word[1:]) if word.startswith("@") else self._by_code.get(word, ())
            if not found:
                raise TableError(f"{word!r} matches no land")
            self._known[word] = frozenset(found)
        return self._known[word]

    def _land(self, name: str) -> set[int] | frozenset[int]:
        if name not in self.lands:
            raise TableError(f"no land is called {name!r}")
        chosen = self.select(self.lands[name].members)
        if self.lands[name].outline is None:
            return chosen
        return {i for i in chosen if name in self.cells[i].cuts}
