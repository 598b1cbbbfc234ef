"""Build geo/data/polities.json (the borders of the time) from polities.csv and lands.csv.

Run from the repository's root: python -m tools.build_polities
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.borders.polities import LAST
from tools import topology
from tools.build_basemap import (
    BORDER_TOLERANCE,
    ORIGIN,
    STEP,
    Object,
    is_seam,
    on_grid,
    without_islets,
    write,
)
from tools.cells import Cell, Selector, cut_units
from tools.lens import through_lens
from tools.polity_table import NO_CLAIM, Span, read_lands, read_spans
from tools.state_labels import label_box
from tools.timelines import DAY, Timeline, cell_timelines, check_named, day_number, naming_spans
from tools.tints import colour
from tools.towns import cut_at_towns, joined, read_towns, redrawn
from tools.units import LEFT_OUT, read_units

DATA = Path(__file__).resolve().parent.parent / "geo" / "data"

# The greatest keep the tints they have in the map's design.
FIXED_TINTS = {"russia": 1, "austria-hungary": 2, "france": 3, "germany": 4, "britain": 5}

# Land that no state held has no name on the map.
UNNAMED = {"no-state"}

Atom = tuple[str, Timeline | None]  # modern country, and who held it


def atoms_of(cells: list[Cell], held: dict[int, Timeline]) -> dict[Atom, BaseGeometry]:
    """Return the simplified land of every atom: cells of one country with one history."""
    members = defaultdict(list)
    for i, cell in enumerate(cells):
        if cell.a3 not in LEFT_OUT:
            members[cell.a3, held.get(i)].append(cell.geometry)
    order = sorted(members, key=lambda atom: (atom[0], [span.line for span in atom[1] or ()]))
    lands = [shapely.coverage_union_all(members[atom]) for atom in order]
    shapes = without_islets(np.array(lands))
    pieces, owner = cut_at_towns(shapes, read_towns())
    pieces = through_lens(pieces, lambda g: shapely.coverage_simplify(g, BORDER_TOLERANCE))
    return {atom: joined(pieces[owner == i]) for i, atom in enumerate(order)}


class Layer:
    """Everything that goes into polities.json, numbered."""

    def __init__(self, atoms: dict[Atom, BaseGeometry], named: dict[str, Timeline]) -> None:
        self.atoms = atoms
        self.named = named
        self.keys = list(named)
        self.timelines = list(dict.fromkeys(t for _, t in atoms if t))
        rows = [*self.timelines, *named.values()]
        self.sources = sorted({span.source for spans in rows for span in spans})
        self._boxes: dict[tuple[tuple[Atom, ...], int], list[Any]] = {}

    def document(self) -> Object:
        """Return the whole file."""
        table = topology.ArcTable()
        geometries = self._geometries(table)
        return {
            "type": "Topology",
            "transform": {"scale": [STEP, STEP], "translate": list(ORIGIN)},
            "objects": {"atoms": {"type": "GeometryCollection", "geometries": geometries}},
            "arcs": table.deltas(),
            "seams": [i for i, arc in enumerate(table.arcs) if is_seam(*arc[:2])],
            "timelines": [self._entries(timeline) for timeline in self.timelines],
            "changes": self._changes(),
            "polities": self._polities(geometries),
            "sources": self.sources,
        }

    def _geometries(self, table: topology.ArcTable) -> list[Object]:
        coverage = on_grid(np.array(list(self.atoms.values())))
        rings = topology.coverage_rings(coverage, is_seam, table)
        number = {timeline: i for i, timeline in enumerate(self.timelines)}
        return [
            {
                "type": "MultiPolygon",
                "arcs": arcs,
                "properties": {"a3": a3, "t": held and number[held]},
            }
            for (a3, held), arcs in zip(self.atoms, rings, strict=True)
            if arcs
        ]

    def _entries(self, timeline: Timeline) -> list[list[int | None]]:
        return [
            [day_number(s.start), self._number(s.polity), self.sources.index(s.source)]
            for s in timeline
        ]

    def _number(self, polity: str) -> int | None:
        return None if polity == NO_CLAIM else self.keys.index(polity)

    def _changes(self) -> list[int]:
        rows = [*self.timelines, *self.named.values()]
        days = {span.start for spans in rows for span in spans}
        ends = {span.end + DAY for spans in rows for span in spans if span.end < LAST}
        return sorted(day_number(day) for day in days | ends)

    def _polities(self, geometries: list[Object]) -> list[Object]:
        neighbours = _neighbours(geometries, self.timelines)
        contested = {k for k, spans in self.named.items() if spans[0].status == "contested"}
        beside = {
            key: neighbours.get(key, set()) - contested for key in self.keys if key not in contested
        }
        tints = colour(beside, FIXED_TINTS)
        return [
            {
                "key": key,
                "tint": tints.get(key, 0),
                "spans": [self._name(span) for span in self.named[key]],
                "labels": [] if key in UNNAMED else self._labels(key),
            }
            for key in self.keys
        ]

    def _name(self, span: Span) -> list[Any]:
        under = self.keys.index(span.under) if span.under else None
        source = self.sources.index(span.source)
        called = [span.name, span.status, under, source, span.rank, span.short]
        return [day_number(span.start), *called]

    def _labels(self, key: str) -> list[list[Any]]:
        """Return where the polity's name goes, from day to day on which land or name changes."""
        days = {span.start for span in self.named[key]}
        for timeline in self.timelines:
            for span in (s for s in timeline if s.polity == key):
                days |= {span.start} | ({span.end + DAY} if span.end < LAST else set())
        labels: list[list[Any]] = []
        for day in sorted(days):
            box = self._label_on(key, day)
            if not labels or labels[-1][1:] != box:
                labels.append([day_number(day), *box])
        return labels

    def _label_on(self, key: str, day: date) -> list[Any]:
        held = tuple(
            atom
            for atom in self.atoms
            if atom[1] and any(s.polity == key and s.start <= day <= s.end for s in atom[1])
        )
        name = next((s.name for s in self.named[key] if s.start <= day <= s.end), "")
        if not held or not name:
            return [None]
        if (held, len(name)) not in self._boxes:
            land = shapely.coverage_union_all([self.atoms[atom] for atom in held])
            box = [None] if land.is_empty else label_box(land, len(name))  # islets are left out
            self._boxes[held, len(name)] = box
        return self._boxes[held, len(name)]


def _neighbours(geometries: list[Object], timelines: list[Timeline]) -> dict[str, set[str]]:
    """Return which polities ever had a border with which."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in _pairs(geometries):
        for left, right in _together(timelines[one], timelines[other]):
            if left != right and NO_CLAIM not in (left, right):
                neighbours[left].add(right)
                neighbours[right].add(left)
    return neighbours


def _pairs(geometries: list[Object]) -> set[tuple[int, int]]:
    """Return the pairs of timelines whose atoms share an arc."""
    owners: dict[int, set[int]] = defaultdict(set)
    for geometry in geometries:
        if (timeline := geometry["properties"]["t"]) is not None:
            for arc in _arcs(geometry["arcs"]):
                owners[arc].add(timeline)
    return {(min(found), max(found)) for found in owners.values() if len(found) == 2}


def _arcs(nested: Iterable[Any]) -> Iterator[int]:
    for item in nested:
        if isinstance(item, list):
            yield from _arcs(item)
        else:
            yield item if item >= 0 else ~item


def _together(one: Timeline, other: Timeline) -> Iterator[tuple[str, str]]:
    for left in one:
        for right in other:
            if left.start <= right.end and right.start <= left.end:
                yield left.polity, right.polity


def build() -> Object:
    """Return the layer; raises polity_table.TableError when the tables do not hold together."""
    spans, lands = read_spans(), read_lands()
    cells = cut_units(redrawn(read_units(), read_towns()), lands)
    named = naming_spans(spans)
    held = cell_timelines(spans, Selector(cells, lands))
    check_named(held.values(), named)
    return Layer(atoms_of(cells, held), named).document()


def main() -> None:
    """Build the layer and write it."""
    write(DATA / "polities.json", build())


if __name__ == "__main__":
    main()
