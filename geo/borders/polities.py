"""Tell which state held a place on a day, as `geo/data/polities.json` has it.

The layer covers 1879-01-01 to 1940-12-31; its tables, method and known errors are in
docs/borders.md. Borders are drawn to about 2 km, and cut lines less surely.
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate, pairwise
from math import cos, floor, hypot, radians
from pathlib import Path

from geo.borders.status import STATUSES

LAYER = Path(__file__).resolve().parents[1] / "data" / "polities.json"
FIRST, LAST = date(1879, 1, 1), date(1940, 12, 31)

BAND = 0.25  # degrees of latitude: edges are looked up by the bands they cross
KM_A_DEGREE = 111.2
# Small islands are not in the layer, and coasts are smoothed: a place at sea belongs to the
# nearest land within this distance.
OFFSHORE_KM = 25.0


@dataclass(frozen=True, slots=True)
class State:
    """A state as it was on a day; `under` is the state it depended on, if any."""

    polity: str
    status: str
    under: str | None
    source: str

    def in_words(self) -> str:
        """Say what it was: `Grand Duchy of Finland, autonomous under Russian Empire`."""
        standing = STATUSES[self.status].in_words(self.under)
        told = not standing or standing in self.polity.lower()  # `Contested in the civil war`
        return self.polity if told else f"{self.polity}, {standing}"


def state_at(lat: float, lon: float, day: date) -> State | None:
    """Return the state at a point (decimal degrees) on a day; None where no claim is made.

    Raises ValueError when the point is not on Earth.
    """
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat}, {lon} is not a latitude and a longitude")
    if not FIRST <= day <= LAST:
        return None
    return _layer().state_at(lat, lon, (day - date(1970, 1, 1)).days)


@cache
def _layer() -> "Layer":
    return Layer(json.loads(LAYER.read_text(encoding="utf-8")))


class Layer:
    """The borders of the time, ready to be asked."""

    def __init__(self, document: dict) -> None:
        self._timelines = document["timelines"]
        self._polities = document["polities"]
        self._sources = document["sources"]
        atoms = document["objects"]["atoms"]["geometries"]
        self._histories = [atom["properties"]["t"] for atom in atoms]
        self._bands = _edges_by_band(_decode(document), _owners(atoms))

    def state_at(self, lat: float, lon: float, day: int) -> State | None:
        """Return the state at a point on a day counted from 1970-01-01."""
        atom = self._atom_at(lat, lon)
        history = None if atom is None else self._histories[atom]
        if history is None:
            return None
        _, polity, source = _latest(self._timelines[history], day)
        return self._state(polity, self._sources[source], day)

    def _state(self, polity: int, source: str, day: int) -> State:
        _, name, status, under, naming = _latest(self._polities[polity]["spans"], day)
        other = None if under is None else _latest(self._polities[under]["spans"], day)[1]
        sources = dict.fromkeys([source, self._sources[naming]])
        return State(name, status, other, " | ".join(sources))

    def _atom_at(self, lat: float, lon: float) -> int | None:
        """Return the atom that holds the point, else the nearest within OFFSHORE_KM."""
        odd: set[int] = set()
        for x1, y1, x2, y2, owners in self._bands.get(floor(lat / BAND), ()):
            if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
                odd.symmetric_difference_update(owners)
        return min(odd) if odd else self._nearest(lat, lon)

    def _nearest(self, lat: float, lon: float) -> int | None:
        best, found = OFFSHORE_KM / KM_A_DEGREE, None
        bands = range(floor((lat - best) / BAND), floor((lat + best) / BAND) + 1)
        aside = best / max(cos(radians(lat)), 0.01)
        for x1, y1, x2, y2, owners in (e for band in bands for e in self._bands.get(band, ())):
            if min(x1, x2) - aside < lon < max(x1, x2) + aside:
                apart = _distance(lat, lon, x1, y1, x2, y2)
                if apart < best:
                    best, found = apart, min(owners)
        return found


def _latest(entries: list[list], day: int) -> list:
    """Return the last entry that begins on or before the day."""
    return entries[max(0, bisect_right(entries, day, key=lambda entry: entry[0]) - 1)]


def _distance(lat: float, lon: float, x1: float, y1: float, x2: float, y2: float) -> float:
    """Return the distance from a point to an edge in degrees of latitude."""
    shrink = cos(radians(lat))
    ax, ay, bx, by = (x1 - lon) * shrink, y1 - lat, (x2 - lon) * shrink, y2 - lat
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    along = 0.0 if square == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / square))
    return hypot(ax + along * dx, ay + along * dy)


def _decode(document: dict) -> list[list[tuple[float, float]]]:
    """Return every arc as (longitude, latitude) pairs in degrees."""
    (sx, sy), (tx, ty) = document["transform"]["scale"], document["transform"]["translate"]
    lines = (accumulate(arc, lambda p, d: (p[0] + d[0], p[1] + d[1])) for arc in document["arcs"])
    return [[(x * sx + tx, y * sy + ty) for x, y in line] for line in lines]


def _owners(atoms: list[dict]) -> dict[int, list[int]]:
    """Return the atoms on either side of every arc."""
    owners: dict[int, list[int]] = defaultdict(list)
    for i, atom in enumerate(atoms):
        for arc in _flat(atom["arcs"]):
            owners[arc].append(i)
    return owners


def _flat(nested: Iterable) -> Iterator[int]:
    for item in nested:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item if item >= 0 else ~item


def _edges_by_band(arcs: list, owners: dict[int, list[int]]) -> dict[int, list[tuple]]:
    bands: dict[int, list[tuple]] = defaultdict(list)
    for arc, sides in owners.items():
        for (x1, y1), (x2, y2) in pairwise(arcs[arc]):
            low, high = sorted((y1, y2))
            for band in range(floor(low / BAND), floor(high / BAND) + 1):
                bands[band].append((x1, y1, x2, y2, sides))
    return bands
