"""Keep the borders of the time in their place beside the towns that lay on them.

`towns.csv` names towns through or past which a border ran. Around each, the land is cut into small
squares before it is simplified: where a border crosses a square's side it is held, so that within
the squares it strays by less than a square is wide. Afterwards the squares are joined again.

Where Natural Earth has the border of today on the wrong side of a town, the table names the
province that it lies in, and an outline that belongs to it.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from math import cos, radians
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tools.cells import crossed, split
from tools.polity_table import TableError, read_outline
from tools.units import Unit

TOWNS = Path(__file__).resolve().parent / "towns.csv"
DEGREE_KM = 111.2
SQUARE_KM = 1.5


@dataclass(frozen=True, slots=True)
class Town:
    """A town on a border of the time; the border is held within `reach_km` of it."""

    name: str
    lat: float
    lon: float
    reach_km: float
    province: str = ""
    outline: shapely.Polygon | None = None


def read_towns(path: Path = TOWNS) -> list[Town]:
    """Return the towns of the table."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Town(
                row["town"], float(row["lat"]), float(row["lon"]), float(row["reach_km"]),
                row["province"], read_outline(row["town"], row["outline"]),
            )
            for row in csv.DictReader(lines)
        ]  # fmt: skip


def redrawn(units: list[Unit], towns: list[Town]) -> list[Unit]:
    """Return the provinces with the towns' outlines given to theirs; still a valid coverage."""
    patches = [(town.province, town.outline) for town in towns if town.outline is not None]
    if not patches:
        return units
    numbers = {unit.iso: i for i, unit in enumerate(units)}
    if unknown := {province for province, _ in patches} - numbers.keys():
        raise TableError(f"towns.csv: {sorted(unknown)} match no province")
    shapes = np.array([unit.geometry for unit in units])
    outlines = np.array([outline for _, outline in patches], dtype=object)
    group = crossed(shapes, outlines)
    pieces = defaultdict(list)
    for owner, piece in split(shapes, sorted(group), outlines):
        spot = piece.representative_point()
        to = [numbers[province] for province, outline in patches if outline.contains(spot)]
        pieces[to[0] if to else owner].append(piece)
    return [
        replace(unit, geometry=shapely.coverage_union_all(pieces[i])) if i in pieces else unit
        for i, unit in enumerate(units)
    ]


def squares(town: Town) -> list[BaseGeometry]:
    """Return the squares around a town."""
    along = range(-round(town.reach_km / SQUARE_KM), round(town.reach_km / SQUARE_KM))
    up = SQUARE_KM / DEGREE_KM
    right = up / cos(radians(town.lat))
    return [
        shapely.box(
            town.lon + x * right, town.lat + y * up,
            town.lon + (x + 1) * right, town.lat + (y + 1) * up,
        )
        for x, y in product(along, along)
    ]  # fmt: skip


def cut_at_towns(shapes: np.ndarray, towns: list[Town]) -> tuple[np.ndarray, np.ndarray]:
    """Return the shapes cut along the towns' squares, and the number of each piece's shape."""
    drawn = np.array([square for town in towns for square in squares(town)], dtype=object)
    group = crossed(shapes, drawn) if len(drawn) else set()
    pieces = [(i, shape) for i, shape in enumerate(shapes) if i not in group]
    if group:
        pieces += split(shapes, sorted(group), drawn)
    owners, lands = zip(*pieces, strict=True)
    return np.array(lands, dtype=object), np.array(owners)


def joined(pieces: np.ndarray) -> BaseGeometry:
    """Return the pieces of one shape as one."""
    return pieces[0] if len(pieces) == 1 else shapely.coverage_union_all(pieces)
