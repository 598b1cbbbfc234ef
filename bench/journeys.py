"""Made journeys for the benchmarks: so many stops, the same each time."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from geo.place import Point

HOP_DEGREES = 1.0
NORTH, SOUTH, WEST, EAST = 65, -50, -120, 150


def made_table(stops: int, *, hops: bool = False) -> str:
    """A table of stops at random points, one every ten days; with `hops`, each near the last."""
    lines = ["id,place,kind,role,phase,arrived,departed,title,sources,latitude,longitude"]
    for i, (lat, lon) in zip(range(stops), wandering() if hops else scattered(), strict=False):
        day = date(1500, 1, 1) + timedelta(days=10 * i)
        lines.append(
            f"s{i},Place {i},settlement,stop,phase {i * 5 // stops},"
            f"{day},{day + timedelta(days=8)},Stay {i},made,{lat:.4f},{lon:.4f}"
        )
    return "\n".join(lines)


def scattered() -> Iterator[Point]:
    """Points anywhere, so that most legs are thousands of kilometres long."""
    chance = random.Random(1879)
    while True:
        yield chance.uniform(SOUTH, NORTH), chance.uniform(WEST, EAST)


def wandering() -> Iterator[Point]:
    """Points from 48° N 10° E on, each within a degree of the one before."""
    chance = random.Random(1879)
    lat, lon = 48.0, 10.0
    while True:
        yield lat, lon
        lat = min(max(lat + chance.uniform(-HOP_DEGREES, HOP_DEGREES), SOUTH), NORTH)
        lon = min(max(lon + chance.uniform(-HOP_DEGREES, HOP_DEGREES), WEST), EAST)
