"""Tell which state held a place on a day, as `geo/data/polities.json` has it.

The layer covers 1879-01-01 to 1940-12-31; its tables, format and known errors are in
docs/borders.md. Borders are drawn to about 2 km, and cut lines less surely.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol, TypedDict, TypeVar

from geo.borders.status import STATUSES
from geo.topojson import Lands, MultiPolygon, Topology, decode, shape

LAYER = Path(__file__).resolve().parents[1] / "data" / "polities.json"
FIRST, LAST = date(1879, 1, 1), date(1940, 12, 31)
EPOCH = date(1970, 1, 1)

# Small islands are not in the layer, and coasts are smoothed: a place at sea belongs to the
# nearest land within 25 km, at 111.2 km a degree of latitude.
OFFSHORE = 25 / 111.2


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
    return _layer().state_at(lat, lon, (day - EPOCH).days)


@cache
def _layer() -> "Layer":
    return Layer(json.loads(LAYER.read_text(encoding="utf-8")))


class Dated(Protocol):
    """What holds from a day on, counted from 1970-01-01, until the next of its kind."""

    @property
    def day(self) -> int:
        """The first day."""


Entry = TypeVar("Entry", bound=Dated)


class Holding(NamedTuple):
    """From `day` on an atom belongs to a polity, or to none that the map knows."""

    day: int
    polity: int | None
    source: int


class Naming(NamedTuple):
    """From `day` on a polity bears a name and has a status, `under` another polity or none.

    `rank` is 1 for a great power, `short` the name for where there is little room, or empty.
    """

    day: int
    name: str
    status: str
    under: int | None
    source: int
    rank: int
    short: str


class AtomProperties(TypedDict):
    """The modern country, and the timeline, if any."""

    a3: str
    t: int | None


class Atom(MultiPolygon):
    """A piece of land of one modern country and one history."""

    properties: AtomProperties


class Atoms(TypedDict):
    """The only object of the layer."""

    geometries: list[Atom]


class Objects(TypedDict):
    """The objects of the layer."""

    atoms: Atoms


class Polity(TypedDict):
    """A polity, as far as it is read here."""

    spans: list[tuple[int, str, str, int | None, int, int, str]]


class LayerDocument(Topology):
    """The file, as far as it is read here."""

    objects: Objects
    timelines: list[list[tuple[int, int | None, int]]]
    polities: list[Polity]
    sources: list[str]


class Layer:
    """The borders of the time, ready to be asked."""

    def __init__(self, document: LayerDocument) -> None:
        arcs, atoms = decode(document), document["objects"]["atoms"]["geometries"]
        self._lands = Lands(shape(atom, arcs) for atom in atoms)
        self._histories = [atom["properties"]["t"] for atom in atoms]
        self._timelines = [[Holding(*h) for h in timeline] for timeline in document["timelines"]]
        self._namings = [[Naming(*n) for n in polity["spans"]] for polity in document["polities"]]
        self._sources = document["sources"]
        # A stay asks for its first day and its last, and people come back.
        self._atom_at = lru_cache(maxsize=10_000)(self._find_atom)

    def state_at(self, lat: float, lon: float, day: int) -> State | None:
        """Return the state at a point on a day counted from 1970-01-01."""
        atom = self._atom_at(lat, lon)
        history = None if atom is None else self._histories[atom]
        if history is None:
            return None
        holding = _latest(self._timelines[history], day)
        return None if holding.polity is None else self._state(holding, holding.polity, day)

    def _state(self, holding: Holding, polity: int, day: int) -> State:
        naming = _latest(self._namings[polity], day)
        under = None if naming.under is None else _latest(self._namings[naming.under], day).name
        sources = dict.fromkeys(self._sources[entry.source] for entry in (holding, naming))
        return State(naming.name, naming.status, under, " | ".join(sources))

    def _find_atom(self, lat: float, lon: float) -> int | None:
        """Return the atom that holds the point, else the nearest within reach."""
        found = self._lands.holding(lat, lon) or self._lands.within(OFFSHORE, lat, lon)
        return found[0] if found else None


def _latest(entries: Sequence[Entry], day: int) -> Entry:
    """Return the last entry that begins on or before the day."""
    return entries[max(0, bisect_right(entries, day, key=lambda entry: entry.day) - 1)]
