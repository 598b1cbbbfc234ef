"""Points of the globe as unit vectors, and the great circles between them.

Points are (lat, lon) in decimal degrees; a unit vector points to 0° at x, 90° E at y, the north
pole at z. `page/lib/globe.ts` and `page/journey/course.ts` have the same.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from geopy.distance import great_circle
from numpy.typing import NDArray

from geo.place import Point

Vectors = NDArray[np.float64]


def unit_vectors(points: Sequence[Point]) -> Vectors:
    """The unit vectors of points, one a row: shape (n, 3)."""
    lat, lon = np.radians(points).T
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


def degrees_of(vectors: Vectors) -> Vectors:
    """The points under vectors, (lat, lon) in decimal degrees, one a row: shape (n, 2)."""
    x, y, z = vectors.T
    degrees: Vectors = np.degrees(
        np.column_stack((np.arctan2(z, np.hypot(x, y)), np.arctan2(y, x)))
    )
    return degrees


def angle_between(here: Vectors, there: Vectors) -> float:
    """The angle between two unit vectors, in radians.

    Unlike the arc cosine, this is exact for points close together and for antipodes.
    """
    return 2 * math.atan2(np.linalg.norm(there - here), np.linalg.norm(there + here))


def length(points: Iterable[Point]) -> float:
    """Length in km of the great circles from point to point."""
    return float(sum(great_circle(a, b).km for a, b in pairwise(points)))
