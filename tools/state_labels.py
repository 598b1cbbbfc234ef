"""Find where a state's name fits best: the largest box of the name's shape inside its land."""

from functools import cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tools.lens import LON_WEIGHT, weight_at

ANGLES = (0, -10, 10, -20, 20, -30, 30, -40, 40, -55, 55)
PENALTY = 0.008  # of the width, for every degree by which a name is turned
HALVINGS = 7

Box = tuple[float, float, np.ndarray, int]  # score, width, spot, angle


def mercator(geometry: BaseGeometry) -> BaseGeometry:
    """Return the geometry in degrees of longitude along both axes, as the map shows it."""
    return shapely.transform(geometry, _project)


def _project(points: np.ndarray) -> np.ndarray:
    lon, lat = points.T
    return np.column_stack([lon, np.degrees(np.arcsinh(np.tan(np.radians(lat))))])


def label_box(land: BaseGeometry, letters: int) -> list[float]:
    """Return [lat, lon, width, angle] for a name of so many letters on some land.

    `width` is in degrees of longitude, `angle` in degrees clockwise from the horizontal.
    """
    body = max(shapely.get_parts(mercator(land)), key=lambda part: part.area)
    body = shapely.Polygon(shapely.simplify(body, 0.05 * body.area**0.5).exterior)
    body = body if body.is_valid else shapely.make_valid(body, method="structure")
    aspect = max(3.0, 0.72 * letters)
    spots = _spots(body)
    best = max((_widest(body, spots, aspect, angle) for angle in ANGLES), key=lambda b: b[0])
    _, width, (x, y), angle = best
    lat = float(np.degrees(np.arctan(np.sinh(np.radians(y)))))
    return [round(lat, 2), round(float(x), 2), round(float(width), 2), angle]


def _spots(body: BaseGeometry) -> np.ndarray:
    """Return some points spread over the land, its innermost among them."""
    west, south, east, north = body.bounds
    along = np.linspace(west, east, 26)[1:-1]
    up = np.linspace(south, north, 22)[1:-1]
    grid = np.array([(x, y) for x in along for y in up])
    inside = grid[shapely.contains_xy(body, *grid.T)]
    centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(np.array([body])))[:1]
    return np.concatenate([centre, inside])


def _widest(body: BaseGeometry, spots: np.ndarray, aspect: float, angle: int) -> Box:
    """Return (score, width, spot, angle) of the widest box turned by `angle`, by halving.

    The score favours places near the journey, so that Russia is named west of the Urals.
    """
    low = np.zeros(len(spots))
    high = np.full(len(spots), (body.bounds[2] - body.bounds[0]) * 1.2)
    shape = _corners(aspect, angle)
    shapely.prepare(body)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        boxes = shapely.polygons(spots[:, None, :] + middle[:, None, None] * shape)
        fits = shapely.contains(body, boxes)
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    nearness = weight_at(spots[:, 0], LON_WEIGHT)
    winner = int(np.argmax(low * nearness))
    width = low[winner] or high[winner]
    score = width * nearness[winner] * (1 - PENALTY * abs(angle))
    return score, width, spots[winner], angle


@cache
def _corners(aspect: float, angle: int) -> np.ndarray:
    half: np.ndarray = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]) / (1, aspect)
    turn = np.radians(-angle)
    turned: np.ndarray = half @ np.array(
        [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]
    )
    return turned
