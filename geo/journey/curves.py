"""Curves over the globe: great circles through points, rounded where they meet.

`page/journey/course.ts` draws the same; a test holds one to the other. Points are (lat, lon) in
decimal degrees; between them and the curve stand unit vectors.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from geopy.distance import EARTH_RADIUS

from geo.globe import Vectors, angle_between, degrees_of, unit_vectors
from geo.place import Point

# A curve is drawn through points about this far apart, a third more in the worst of bends:
# a pixel or so from its true course at the closest zoom, 9.
STEP_KM = 80
DIGITS = 4  # of a degree: some ten metres


def smooth_curve(points: Sequence[Point]) -> list[list[Point]]:
    """Great circles through (lat, lon) `points`, rounded where they meet.

    Returns one list of (lat, lon) per part between two points, both ends included. The
    parts are a centripetal Catmull-Rom spline over unit vectors, held to the great circle
    by knots at quarters of each part
    (E. Catmull, R. Rom, "A class of local interpolating splines", 1974).
    """
    vectors = unit_vectors(points)
    knots: list[Vectors] = []
    marks = [0]
    for here, there in pairwise(vectors):
        knots += _knots(here, there)
        marks.append(len(knots))
    knots.append(vectors[-1])
    return [_sampled(knots, first, last) for first, last in pairwise(marks)]


def curve_through(points: Sequence[Point]) -> list[Point]:
    """The same curve in one piece, its longitudes running on past ±180 rather than jumping."""
    curve = [point for part in smooth_curve(points) for point in part]
    longitudes = np.unwrap([lon for _, lon in curve], period=360).round(DIGITS).tolist()
    return [(lat, lon) for (lat, _), lon in zip(curve, longitudes, strict=True)]


def _points(vectors: Vectors) -> list[Point]:
    return list(map(tuple, degrees_of(vectors).round(DIGITS).tolist()))


def _knots(here: Vectors, there: Vectors) -> list[Vectors]:
    """The beginning of a part and, unless it is short, its quarters, along the great circle."""
    angle = angle_between(here, there)
    if angle * EARTH_RADIUS <= 4 * STEP_KM:
        return [here]
    ahead = there - math.cos(angle) * here
    if np.linalg.norm(ahead) < 1e-9:
        ahead = _east(here)
    ahead /= np.linalg.norm(ahead)
    return [math.cos(turn) * here + math.sin(turn) * ahead for turn in np.arange(4) * (angle / 4)]


def _east(here: Vectors) -> Vectors:
    """Eastwards, the way between antipodes, which any great circle joins."""
    x, y, _ = here
    return np.array([-y, x, 0.0]) if math.hypot(x, y) > 1e-9 else np.array([0.0, 1.0, 0.0])


def _sampled(knots: Sequence[Vectors], first: int, last: int) -> list[Point]:
    """The spline from one knot to another as (lat, lon), in three points at least."""
    km = EARTH_RADIUS * np.linalg.norm(knots[first + 1] - knots[first])
    steps = max(2, math.ceil(km / STEP_KM))
    shares = (np.arange(steps) / steps)[:, np.newaxis]
    return _points(
        np.vstack([*(_spline(knots, k, shares) for k in range(first, last)), knots[last]])
    )


def _spline(knots: Sequence[Vectors], k: int, t: Vectors) -> Vectors:
    """Points at `t` (0–1) between knots `k` and `k + 1`, tangents weighed by the chords."""
    p1, p2 = knots[k], knots[k + 1]
    p0 = knots[k - 1] if k else p1
    p3 = knots[k + 2] if k + 2 < len(knots) else p2
    d0, d1, d2 = (math.sqrt(np.linalg.norm(q - p)) for p, q in ((p0, p1), (p1, p2), (p2, p3)))
    m1 = m2 = chord = p2 - p1
    if d0 and d1:
        m1 = chord + d1 * ((p1 - p0) / d0 - (p2 - p0) / (d0 + d1))
    if d1 and d2:
        m2 = chord + d1 * ((p3 - p2) / d2 - (p3 - p1) / (d1 + d2))
    rise = 3 * t**2 - 2 * t**3
    return p1 + rise * chord + (t**3 - 2 * t**2 + t) * m1 + (t**3 - t**2) * m2
