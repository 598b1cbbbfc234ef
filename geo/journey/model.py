"""A journey in time: the rows of a places table as stops, legs, areas and mentions.

Everything here is pure and frozen. Days are integers, the proleptic Gregorian ordinal of
`datetime.date.toordinal`; coordinates are (lat, lon) in decimal degrees, WGS 84; distances
are kilometres along great circles (geopy's mean Earth radius of 6371.009 km).
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from geo.dates import EdtfDate
from geo.place import By, Place, Point


@dataclass(frozen=True, slots=True)
class Doubt:
    """A coming or leaving of which the record does not know the day, only `when`.

    `first` and `last` are the days between which it was, by its date and those around it.
    """

    when: EdtfDate
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Stay:
    """One row on the route, with the days that the map shows it for.

    `point` is where it is, or an area's label; `number` counts the stops from 1, and a
    way-point and an area that holds stops have none. `way` is what the way from the stay before
    leads through, as points (lat, lon). `came` and `left` tell what is not known of a stay of
    the road: where nobody says when he left, he left when he came to the next.
    """

    place: Place
    point: Point
    start: int
    end: int
    number: int | None = None
    way: tuple[Point, ...] = ()
    came: Doubt | None = None
    left: Doubt | None = None

    @property
    def bys(self) -> tuple[By, ...]:
        """How he came to each point of the way, and last to the stay itself."""
        marks = list(self.place.via)
        by = self.place.by
        bys = [by]
        for point in reversed(self.way):
            if marks and marks[-1].point == point:
                by = marks.pop().by or self.place.by
            bys.append(by)
        return tuple(reversed(bys))


@dataclass(frozen=True, slots=True)
class Mention:
    """One row that is only named: where it is, but no days."""

    place: Place
    point: Point


@dataclass(frozen=True, slots=True)
class Leg:
    """The way from one stop to the next, bent through its way-points."""

    origin: Stay
    destination: Stay
    via: tuple[Stay, ...]
    km: float

    @property
    def reached(self) -> tuple[Stay, ...]:
        """The stays that it leads to, one after the other."""
        return (*self.via, self.destination)

    @property
    def points(self) -> tuple[Point, ...]:
        """The points that it joins, (lat, lon), from origin to destination."""
        return (self.origin.point, *(p for stay in self.reached for p in (*stay.way, stay.point)))


@dataclass(frozen=True, slots=True)
class Journey:
    """A whole journey: stops and way-points in order, areas, legs, and what is only named."""

    nodes: tuple[Stay, ...]
    areas: tuple[Stay, ...]
    legs: tuple[Leg, ...]
    mentions: tuple[Mention, ...]
    phases: tuple[str, ...]
    silences: tuple[tuple[int, int], ...]

    @property
    def stops(self) -> tuple[Stay, ...]:
        """The numbered stops, in order."""
        return tuple(node for node in self.nodes if node.number is not None)

    @property
    def passages(self) -> tuple[tuple[Stay, Stay], ...]:
        """Where he went by ship: from which stay to which, the next on the road."""
        return tuple(two for two in pairwise(self.nodes) if two[1].place.by == "ship")

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last day of the route, or None where there is none."""
        days = [day for stay in self.nodes + self.areas for day in (stay.start, stay.end)]
        return (min(days), max(days)) if days else None

    @property
    def km(self) -> float:
        """Length of the whole road in kilometres."""
        return sum(leg.km for leg in self.legs)


def as_date(day: int) -> date:
    """The calendar day of an ordinal."""
    return date.fromordinal(day)
