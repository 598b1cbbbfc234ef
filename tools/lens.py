"""See the world as the journey does: near it in detail, far from it coarsely."""

from collections.abc import Callable

import numpy as np
import shapely

# How much a degree counts along each axis: 1 along the journey, less far from it.
LON_WEIGHT: list[tuple[float, float]] = [
    (-180, 0.25), (-130, 0.25), (-115, 0.45), (-105, 0.6), (-60, 0.6), (-50, 0.45), (-30, 0.45),
    (-25, 0.8), (-12, 1.0), (45, 1.0), (55, 0.7), (75, 0.45), (110, 0.4), (120, 0.25), (180, 0.25),
]  # fmt: skip
LAT_WEIGHT: list[tuple[float, float]] = [
    (-90, 0.2), (-20, 0.2), (10, 0.35), (17, 0.6), (28, 0.7), (36, 1.0), (69, 1.0), (72, 0.5),
    (90, 0.15),
]  # fmt: skip
MERCATOR_LIMIT = 66.0


def lens(points: np.ndarray) -> np.ndarray:
    """Map (lon, lat) rows to a plane where equal areas deserve equal detail.

    It is Web Mercator up to `MERCATOR_LIMIT`, shrunk where the journey is far away, so that one
    tolerance serves the whole world and no seam between regions can open a gap.
    """
    lon, lat = points.T
    grid = np.linspace(-90, 90, 3601)
    stretch = 1 / np.cos(np.radians(np.clip(grid, -MERCATOR_LIMIT, MERCATOR_LIMIT)))
    slope = stretch * weight_at(grid, LAT_WEIGHT)
    y = np.concatenate([[0], np.cumsum((slope[1:] + slope[:-1]) / 2 * np.diff(grid))])
    along = np.linspace(-180, 180, 3601)
    weight = weight_at(along, LON_WEIGHT)
    x = np.concatenate([[0], np.cumsum((weight[1:] + weight[:-1]) / 2 * np.diff(along))])
    return np.column_stack([np.interp(lon, along, x), np.interp(lat, grid, y)])


def weight_at(places: np.ndarray, weights: list[tuple[float, float]]) -> np.ndarray:
    """Return the weight at each place along an axis, between those of the table."""
    known, weight = np.array(weights).T
    found: np.ndarray = np.interp(places, known, weight)
    return found


def through_lens(
    geometries: np.ndarray, simplify: Callable[[np.ndarray], np.ndarray]
) -> np.ndarray:
    """Apply `simplify` to the geometries as seen through the lens; vertices keep their place.

    `simplify` may only drop vertices (as Visvalingam-Whyatt does), never make new ones.
    """
    before = shapely.get_coordinates(geometries)
    after = lens(before)
    home = dict(zip(map(tuple, after), map(tuple, before), strict=True))
    simplified = simplify(shapely.transform(geometries, lens))
    return shapely.transform(simplified, lambda xy: np.array([home[tuple(p)] for p in xy]))


def weighted_area(geometries: np.ndarray) -> np.ndarray:
    """Return areas in square lens degrees."""
    return shapely.area(shapely.transform(geometries, lens))


def weighted_length(geometries: np.ndarray) -> np.ndarray:
    """Return lengths in lens degrees."""
    return shapely.length(shapely.transform(geometries, lens))
