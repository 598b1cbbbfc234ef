"""Build geo/data/basemap.json: land, borders, lakes and rivers as one TopoJSON topology.

Run from the repository's root: python -m tools.build_basemap
"""

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from tools import topology
from tools.sources import INLAND_WATERS, PROVINCES, read_json

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

# How much a degree counts along each axis: 1 along the journey, less far from it.
LON_WEIGHT = [(-180, 0.3), (-130, 0.3), (-125, 0.45), (-30, 0.45), (-25, 0.8), (-12, 1.0),
              (45, 1.0), (55, 0.7), (75, 0.45), (110, 0.4), (120, 0.25), (180, 0.25)]  # fmt: skip
LAT_WEIGHT = [(-90, 0.2), (-20, 0.2), (10, 0.35), (28, 0.6), (36, 1.0), (70, 1.0),
              (74, 0.5), (90, 0.2)]  # fmt: skip
MERCATOR_LIMIT = 66.0

# Units that Natural Earth files elsewhere: Crimea and Sevastopol, the Baikonur lease.
COUNTRY_OF_UNIT = {"UA-43": "UKR", "UA-40": "UKR"}
COUNTRY_OF_GROUP = {"KAB": "KAZ", "ESB": "CYP", "WSB": "CYP", "USG": "CUB"}
LEFT_OUT = {"ATA"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One first-order province of Natural Earth, with the codes it is selected by."""

    a3: str
    iso: str
    a2: str | None
    name: str
    country: str
    geometry: BaseGeometry


def read_units() -> list[Unit]:
    """Return Natural Earth's 4,596 provinces; together they form a valid coverage."""
    features = read_json(PROVINCES, "data/build.json")["features"]
    return [_unit(feature["properties"], shape(feature["geometry"])) for feature in features]


def _unit(facts: dict, geometry: BaseGeometry) -> Unit:
    a3 = COUNTRY_OF_UNIT.get(facts["iso_3166_2"])
    a3 = a3 or COUNTRY_OF_GROUP.get(facts["adm0_a3"], facts["adm0_a3"])
    a2 = facts["iso_a2"] if facts["iso_a2"].isalpha() else None
    return Unit(a3, facts["iso_3166_2"], a2, facts["name"] or "", facts["admin"], geometry)


# --- simplifying -----------------------------------------------------------------------------


def lens(points: np.ndarray) -> np.ndarray:
    """Map (lon, lat) rows to a plane where equal areas deserve equal detail.

    It is Web Mercator up to `MERCATOR_LIMIT`, shrunk where the journey is far away, so that one
    tolerance serves the whole world and no seam between regions can open a gap.
    """
    lon, lat = points.T
    grid = np.linspace(-90, 90, 3601)
    stretch = 1 / np.cos(np.radians(np.clip(grid, -MERCATOR_LIMIT, MERCATOR_LIMIT)))
    slope = stretch * np.interp(grid, *zip(*LAT_WEIGHT, strict=True))
    y = np.concatenate([[0], np.cumsum((slope[1:] + slope[:-1]) / 2 * np.diff(grid))])
    along = np.linspace(-180, 180, 3601)
    weight = np.interp(along, *zip(*LON_WEIGHT, strict=True))
    x = np.concatenate([[0], np.cumsum((weight[1:] + weight[:-1]) / 2 * np.diff(along))])
    return np.column_stack([np.interp(lon, along, x), np.interp(lat, grid, y)])


def through_lens(geometries: np.ndarray, simplify) -> np.ndarray:
    """Apply `simplify` to the geometries as seen through the lens; vertices keep their place.

    `simplify` may only drop vertices (as Visvalingam-Whyatt does), never make new ones.
    """
    before = shapely.get_coordinates(geometries)
    after = lens(before)
    home = dict(zip(map(tuple, after), map(tuple, before), strict=True))
    simplified = simplify(shapely.transform(geometries, lens))
    return shapely.transform(simplified, lambda xy: np.array([home[tuple(p)] for p in xy]))


def dissolve(units: list[Unit]) -> dict[str, BaseGeometry]:
    """Return each country's land, by its three-letter code, in the order of the codes."""
    members = defaultdict(list)
    for unit in units:
        members[unit.a3].append(unit.geometry)
    kept = sorted(set(members) - LEFT_OUT)
    return {a3: shapely.coverage_union_all(members[a3]) for a3 in kept}


def without_islets(countries: np.ndarray) -> np.ndarray:
    """Drop the parts too small to see that touch no other country."""
    parts, owner = shapely.get_parts(countries, return_index=True)
    small = shapely.area(shapely.transform(parts, lens)) < SMALLEST_ISLET
    tree = shapely.STRtree(parts)
    left, right = tree.query(parts[small], predicate="touches")
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


def country_objects(units: list[Unit], names: dict[str, str], table: topology.ArcTable) -> list:
    """Return the countries as TopoJSON geometries."""
    countries = dissolve(units)
    shapes = without_islets(np.array(list(countries.values())))
    shapes = through_lens(shapes, lambda g: shapely.coverage_simplify(g, BORDER_TOLERANCE))
    arcs = topology.coverage_rings(on_grid(shapes), is_seam, table)
    first = {unit.a3: unit for unit in reversed(units)}
    return [
        _polygon(refs, {"a3": a3, "a2": first[a3].a2, "name": names.get(a3, first[a3].country)})
        for a3, refs in zip(countries, arcs, strict=True)
        if refs
    ]


def _polygon(arcs: list, properties: dict) -> dict:
    if len(arcs) == 1:
        return {"type": "Polygon", "arcs": arcs[0], "properties": properties}
    return {"type": "MultiPolygon", "arcs": arcs, "properties": properties}


def inland_water(kind: str) -> np.ndarray:
    """Return the lakes (polygons) or rivers (lines) of Natural Earth 1:50m, one a feature."""
    source = read_json(INLAND_WATERS, "dist/world_50m.json")
    arcs = topology.decode(source)
    return np.array([_geometry(o, arcs) for o in source["objects"][kind]["geometries"]])


def _geometry(item: dict, arcs: list) -> BaseGeometry:
    if item["type"] == "Polygon":
        outer, *holes = (topology.stitch(arcs, refs) for refs in item["arcs"])
        return shapely.make_valid(
            Polygon(outer, holes), method="structure", keep_collapsed=False
        )
    lines = item["arcs"] if item["type"] == "MultiLineString" else [item["arcs"]]
    return shapely.MultiLineString([topology.stitch(arcs, refs) for refs in lines])


def lake_objects(labels: list[dict], table: topology.ArcTable) -> list[dict]:
    """Return the lakes as TopoJSON geometries, greatest first, named where a label lies."""
    shapes = inland_water("lakes")
    areas = shapely.area(shapely.transform(shapes, lens))
    order = [i for i in np.argsort(-areas, kind="stable") if areas[i] > SMALLEST_LAKE]
    smoothed = through_lens(shapes[order], lambda g: shapely.coverage_simplify(g, BORDER_TOLERANCE))
    arcs = topology.coverage_rings(on_grid(smoothed), is_seam, table)
    return [
        _polygon(refs, {"name": _name_within(shape, labels), "rank": _rank(area, LAKE_RANKS)})
        for refs, shape, area in zip(arcs, smoothed, areas[order], strict=True)
        if refs
    ]


def _name_within(geometry: BaseGeometry, labels: list[dict]) -> str | None:
    spots = ((label["name"], label["lon"], label["lat"]) for label in labels)
    return next((n for n, lon, lat in spots if shapely.intersects_xy(geometry, lon, lat)), None)


def _rank(size: float, thresholds: tuple[float, ...]) -> int:
    return 1 + sum(1 for threshold in thresholds if size < threshold)


def river_objects(table: topology.ArcTable) -> list[dict]:
    """Return the rivers as TopoJSON geometries, longest first; the source has no names."""
    shapes = shapely.line_merge(inland_water("rivers"))
    lengths = shapely.length(shapely.transform(shapes, lens))
    order = [i for i in np.argsort(-lengths, kind="stable") if lengths[i] > SHORTEST_RIVER]
    smoothed = through_lens(shapes[order], lambda g: shapely.simplify(g, RIVER_TOLERANCE))
    objects = []
    for geometry, length in zip(smoothed, lengths[order], strict=True):
        lines = [grid_line(part) for part in shapely.get_parts(geometry)]
        arcs = [[table.reference(line)] for line in lines if len(line) > 1]
        properties = {"name": None, "rank": _rank(length, RIVER_RANKS)}
        objects.append({"type": "MultiLineString", "arcs": arcs, "properties": properties})
    return objects


def read_waters() -> list[dict]:
    """Return the labels of the waters from tools/waters.csv."""
    with (TOOLS / "waters.csv").open(encoding="utf-8", newline="") as lines:
        return [
            {"name": row["name"], "lat": float(row["lat"]), "lon": float(row["lon"]),
             "rank": int(row["rank"]), "angle": float(row["angle"])}
            for row in csv.DictReader(lines)
        ]  # fmt: skip


def build(units: list[Unit], names: dict[str, str]) -> dict:
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


def write(path: Path, content: dict) -> None:
    """Write compact JSON, the same bytes for the same content."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def main() -> None:
    """Build what the map is drawn from."""
    units = read_units()
    write(DATA / "basemap.json", build(units, {}))


if __name__ == "__main__":
    main()
