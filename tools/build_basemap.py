"""Build geo/data/basemap.json (land, borders, lakes, rivers) and geo/data/areas.json (outlines).

Run from the repository's root: python -m tools.build_basemap
"""

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.topojson import decode, shape
from tools import areas, topology
from tools.lens import through_lens, weighted_area, weighted_length
from tools.sources import INLAND_WATERS, read_json
from tools.units import Unit, describe, dissolve, read_units

Object = dict[str, Any]  # of JSON

TOOLS = Path(__file__).resolve().parent
DATA = TOOLS.parent / "geo" / "data"

# One grid step is 0.005°: half a pixel at zoom 7 (360° / 256 / 2**7 = 0.011°).
STEP = 0.005
ORIGIN = (-180.0, -90.0)

# Tolerances, in lens degrees (see `lens`): the square root of the smallest triangle kept.
BORDER_TOLERANCE = 0.055
RIVER_TOLERANCE = 0.035
SMALLEST_ISLET = 0.07**2
SMALLEST_LAKE = 0.25**2
SHORTEST_RIVER = 3.0

# Rank 1 is the greatest: the area or the length, in lens degrees, that earns ranks 1, 2 and 3.
LAKE_RANKS = (4.0, 1.0, 0.25)
RIVER_RANKS = (30.0, 15.0, 7.0)


def without_islets(countries: np.ndarray) -> np.ndarray:
    """Drop the parts too small to see that touch no other country."""
    parts, owner = shapely.get_parts(countries, return_index=True)
    small = weighted_area(parts) < SMALLEST_ISLET
    tree = shapely.STRtree(parts)
    left, _ = tree.query(parts[small], predicate="touches")
    touching = np.zeros(len(parts), dtype=bool)
    touching[np.flatnonzero(small)[left]] = True
    kept = ~small | touching
    return np.array([MultiPolygon(list(parts[kept & (owner == i)])) for i in range(len(countries))])


# --- to the grid -----------------------------------------------------------------------------


def grid_line(line: BaseGeometry) -> list[topology.Point]:
    """Return the line's vertices as grid points, repeats dropped."""
    snapped = np.rint((shapely.get_coordinates(line) - ORIGIN) / STEP).astype(int).tolist()
    points = [tuple(point) for point in snapped]
    return points[:1] + [b for a, b in pairwise(points) if a != b]


def on_grid(coverage: np.ndarray) -> topology.Coverage:
    """Return the polygons of a coverage on the grid, still a valid coverage."""
    return topology.untangle([_grid_polygons(geometry) for geometry in coverage])


def _grid_polygons(geometry: BaseGeometry) -> list[list[topology.Ring]]:
    polygons = []
    for part in shapely.get_parts(geometry):
        rings = [grid_line(ring) for ring in (part.exterior, *part.interiors)]
        if len(rings[0]) > 3:
            polygons.append([ring for ring in rings if len(ring) > 3])
    return polygons


def is_seam(a: topology.Point, b: topology.Point) -> bool:
    """Tell whether an edge lies on the antimeridian, where land is cut but has no coast."""
    return a[0] == b[0] and a[0] in (0, round(360 / STEP))


# --- the objects of the topology -------------------------------------------------------------


def country_objects(
    units: list[Unit], names: dict[str, str], table: topology.ArcTable
) -> list[Object]:
    """Return the countries as TopoJSON geometries."""
    countries, described = dissolve(units), describe(units)
    shapes = without_islets(np.array(list(countries.values())))
    shapes = through_lens(shapes, lambda g: shapely.coverage_simplify(g, BORDER_TOLERANCE))
    arcs = topology.coverage_rings(on_grid(shapes), is_seam, table)
    objects = []
    for a3, refs in zip(countries, arcs, strict=True):
        name, a2 = described[a3]
        if refs:
            objects.append(_polygon(refs, {"a3": a3, "a2": a2, "name": names.get(a3, name)}))
    return objects


def _polygon(arcs: list[Any], properties: Object) -> Object:
    if len(arcs) == 1:
        return {"type": "Polygon", "arcs": arcs[0], "properties": properties}
    return {"type": "MultiPolygon", "arcs": arcs, "properties": properties}


def inland_water(kind: str) -> np.ndarray:
    """Return the lakes (polygons) or rivers (lines) of Natural Earth 1:50m, one a feature."""
    source = read_json(INLAND_WATERS, "dist/world_50m.json")
    arcs = decode(source)
    found = [shape(item, arcs) for item in source["objects"][kind]["geometries"]]
    return shapely.make_valid(np.array(found), method="structure", keep_collapsed=False)


def lake_objects(labels: list[Object], table: topology.ArcTable) -> list[Object]:
    """Return the lakes as TopoJSON geometries, greatest first, named where a label lies."""
    shapes = inland_water("lakes")
    areas = weighted_area(shapes)
    order = [i for i in np.argsort(-areas, kind="stable") if areas[i] > SMALLEST_LAKE]
    smoothed = through_lens(shapes[order], lambda g: shapely.coverage_simplify(g, BORDER_TOLERANCE))
    arcs = topology.coverage_rings(on_grid(smoothed), is_seam, table)
    return [
        _polygon(refs, {"name": _name_within(shape, labels), "rank": _rank(area, LAKE_RANKS)})
        for refs, shape, area in zip(arcs, smoothed, areas[order], strict=True)
        if refs
    ]


def _name_within(geometry: BaseGeometry, labels: list[Object]) -> str | None:
    spots = ((label["name"], label["lon"], label["lat"]) for label in labels)
    return next((n for n, lon, lat in spots if shapely.intersects_xy(geometry, lon, lat)), None)


def _rank(size: float, thresholds: tuple[float, ...]) -> int:
    return 1 + sum(1 for threshold in thresholds if size < threshold)


def river_objects(table: topology.ArcTable) -> list[Object]:
    """Return the rivers as TopoJSON geometries, longest first; the source has no names."""
    shapes = shapely.line_merge(inland_water("rivers"))
    lengths = weighted_length(shapes)
    order = [i for i in np.argsort(-lengths, kind="stable") if lengths[i] > SHORTEST_RIVER]
    smoothed = through_lens(shapes[order], lambda g: shapely.simplify(g, RIVER_TOLERANCE))
    objects = []
    for geometry, length in zip(smoothed, lengths[order], strict=True):
        lines = [grid_line(part) for part in shapely.get_parts(geometry)]
        arcs = [[table.reference(line)] for line in lines if len(line) > 1]
        properties = {"name": None, "rank": _rank(length, RIVER_RANKS)}
        objects.append({"type": "MultiLineString", "arcs": arcs, "properties": properties})
    return objects


def read_waters() -> list[Object]:
    """Return the labels of the waters from tools/waters.csv."""
    with (TOOLS / "waters.csv").open(encoding="utf-8", newline="") as lines:
        return [
            {"name": row["name"], "lat": float(row["lat"]), "lon": float(row["lon"]),
             "rank": int(row["rank"]), "angle": float(row["angle"])}
            for row in csv.DictReader(lines)
        ]  # fmt: skip


def build(units: list[Unit], names: dict[str, str]) -> Object:
    """Return the whole topology."""
    table, waters = topology.ArcTable(), read_waters()
    objects = {
        "countries": country_objects(units, names, table),
        "lakes": lake_objects(waters, table),
        "rivers": river_objects(table),
    }
    return {
        "type": "Topology",
        "transform": {"scale": [STEP, STEP], "translate": list(ORIGIN)},
        "objects": {
            key: {"type": "GeometryCollection", "geometries": found}
            for key, found in objects.items()
        },
        "arcs": table.deltas(),
        "seams": [i for i, arc in enumerate(table.arcs) if is_seam(*arc[:2])],
        "waters": waters,
    }


def write(path: Path, content: Object) -> None:
    """Write compact JSON, the same bytes for the same content."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def main() -> None:
    """Build what the map is drawn from."""
    units, rows = read_units(), areas.read_rows()
    names = {row.key.removeprefix("naturalearth:"): row.name for row in rows}
    write(DATA / "basemap.json", build(units, names))
    write(DATA / "areas.json", areas.build(units, rows))


if __name__ == "__main__":
    main()
