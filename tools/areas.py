"""Outline the areas that the map may have to draw: countries, regions, islands and seas.

What an area is made of stands in tools/areas.csv. Every country of the basemap is an area of its
own, whether the table names it or not.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tools.lens import through_lens, weighted_area
from tools.units import Unit, describe, dissolve

TABLE = Path(__file__).with_name("areas.csv")

# An outline is drawn with a soft edge: its tolerance (lens degrees, see tools/lens.py) is this
# share of its breadth, within limits.
TOLERANCE_SHARE = 0.075
FINEST, COARSEST = 0.25, 0.6
# Beside the largest part, one is drawn only if it has this share of its area, and this area.
SMALLEST_SHARE = 0.02
SMALLEST_PART = 0.05
# A part within so many degrees of the largest belongs to the main body, which gives the bounds.
NEAR = 5.0
# A strait narrower than twice this (degrees) parts two seas.
STRAIT = 0.06


@dataclass(frozen=True, slots=True)
class Row:
    """One row of areas.csv; bounds are (south, west, north, east) in degrees, or empty."""

    key: str
    name: str
    names: tuple[str, ...]
    kind: str
    country: str | None
    members: tuple[str, ...]
    bounds: tuple[float, ...]
    citation: str


def read_rows() -> list[Row]:
    """Return the rows of areas.csv; ValueError names a name or key used twice."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [_row(cells) for cells in csv.DictReader(lines)]


def _row(cells: dict[str, str]) -> Row:
    return Row(
        key=cells["key"],
        name=cells["name"],
        names=tuple(name for name in cells["names"].split("; ") if name),
        kind=cells["kind"],
        country=cells["country"] or None,
        members=tuple(cells["members"].split()),
        bounds=tuple(float(edge) for edge in cells["bounds"].split()),
        citation=cells["citation"],
    )


def build(units: list[Unit], rows: list[Row]) -> dict[str, dict[str, Any]]:
    """Return every area by its key; ValueError names what is wrong with the table."""
    countries = dissolve(units)
    rows = [*rows, *_rows_of_unnamed(units, countries, rows)]
    _check_names(rows)
    return {row.key: _area(row, units, countries) for row in sorted(rows, key=lambda r: r.key)}


def _rows_of_unnamed(units: list[Unit], countries: Iterable[str], rows: list[Row]) -> list[Row]:
    named = {row.key for row in rows}
    return [
        Row(f"naturalearth:{a3}", name, (), "country", a2, (), (), "")
        for a3, (name, a2) in describe(units).items()
        if a3 in countries and f"naturalearth:{a3}" not in named
    ]


def _check_names(rows: list[Row]) -> None:
    bearers: dict[str | tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        bearers[row.key].append(row.key)
        for name in {row.name, *row.names}:
            bearers[name.casefold(), row.kind].append(row.key)
    doubled = {name: keys for name, keys in bearers.items() if len(keys) > 1}
    if doubled:
        raise ValueError(f"{TABLE.name}: used twice: {doubled}")


def _area(row: Row, units: list[Unit], countries: dict[str, BaseGeometry]) -> dict[str, Any]:
    geometry = _geometry(row, units, countries)
    parts = _drawn_parts(geometry)
    return {
        "name": row.name,
        "names": list(row.names),
        "kind": row.kind,
        "country": row.country,
        "label": _label(parts[0]) if parts else _middle(row.bounds),
        "bounds": list(row.bounds) or _bounds(parts),
        "polygons": _rings(parts),
        "citation": row.citation or "Natural Earth 1:10m",
    }


def _geometry(row: Row, units: list[Unit], countries: dict[str, BaseGeometry]) -> BaseGeometry:
    if row.kind == "sea":
        return _water(row.bounds, countries.values())
    if row.bounds:
        return shapely.MultiPolygon()
    if not row.members:
        return countries[row.key.removeprefix("naturalearth:")]
    return shapely.coverage_union_all([unit.geometry for unit in members(row, units)])


def members(row: Row, units: list[Unit]) -> list[Unit]:
    """Return the units that the row's selectors choose, in Natural Earth's order.

    A selector is a country's three-letter code or an ISO 3166-2 code; with "-" before it, what it
    chooses is taken away. ValueError names a selector that chooses nothing.
    """
    chosen: set[int] = set()
    for selector in row.members:
        code = selector.removeprefix("-")
        found = {i for i, unit in enumerate(units) if code in (unit.a3, unit.iso)}
        if not found or (selector != code and not found <= chosen):
            raise ValueError(f"{TABLE.name}: {row.key}: {selector} matches nothing")
        chosen = chosen - found if selector != code else chosen | found
    return [units[i] for i in sorted(chosen)]


def _water(bounds: tuple[float, ...], land: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the widest water within the bounds, cut off at narrow straits."""
    south, west, north, east = bounds
    frame = shapely.box(west, south, east, north)
    near = shapely.clip_by_rect(np.array(list(land)), west, south, east, north)
    water = shapely.difference(frame, shapely.union_all(near))
    opened = shapely.buffer(shapely.buffer(water, -STRAIT), STRAIT)
    widest: BaseGeometry = max(shapely.get_parts(opened), key=shapely.area)
    return widest


def _drawn_parts(geometry: BaseGeometry) -> list[shapely.Polygon]:
    parts = shapely.get_parts(geometry)
    areas = weighted_area(parts)
    order = np.argsort(-areas, kind="stable")
    enough = max(SMALLEST_SHARE * areas.max(initial=0), SMALLEST_PART)
    return [parts[i] for i in order if i == order[0] or areas[i] >= enough]


def _rings(parts: list[shapely.Polygon]) -> list[list[list[float]]]:
    """Return the outer rings, [lon, lat] in hundredths of a degree (thousandths for the tiny)."""
    if not parts:
        return []
    outer = np.array([shapely.Polygon(part.exterior) for part in parts])
    breadth = np.sqrt(weighted_area(outer[:1])[0])
    tolerance = float(np.clip(TOLERANCE_SHARE * breadth, FINEST, COARSEST))
    coarse = through_lens(outer, lambda g: shapely.coverage_simplify(g, tolerance))
    decimals = 2 if breadth > FINEST else 3
    return [np.round(shapely.get_coordinates(part), decimals).tolist() for part in coarse]


def _bounds(parts: list[shapely.Polygon]) -> list[float]:
    body = [part for part in parts if shapely.distance(part, parts[0]) <= NEAR]
    west, south, east, north = shapely.total_bounds(np.array(body)).tolist()
    return [round(edge, 4) for edge in (south, west, north, east)]


def _label(part: shapely.Polygon) -> list[float]:
    """Return the pole of inaccessibility as [lat, lon]."""
    coarse = shapely.simplify(part, 0.02)
    circle = shapely.maximum_inscribed_circle(coarse, tolerance=0.01)
    lon, lat = shapely.get_coordinates(circle)[0].tolist()
    return [round(lat, 4), round(lon, 4)]


def _middle(bounds: tuple[float, ...]) -> list[float]:
    south, west, north, east = bounds
    return [round((south + north) / 2, 4), round((west + east) / 2, 4)]
