"""A ship's way over water, and the question to which it is the answer."""

from dataclasses import dataclass

from geo.place import Place, Point
from geo.table.cells import plain_number


@dataclass(frozen=True, slots=True)
class Route:
    """How a ship came from one stay to the next, and on whose word.

    `asked` names both ends and what `via` has between them; `points` are all points between the
    ends, (lat, lon); `km` is the length of the whole along great circles. `library` found it,
    with `settings`, on the day `when` (ISO 8601).
    """

    asked: str
    points: tuple[Point, ...]
    km: float
    library: str
    settings: str
    when: str


def question(here: Point, place: Place) -> str:
    """What is asked of the sea: from where, by way of what, to where, as the table writes it."""
    marks = [f"{mark.by} {_written(mark.point)}".strip() for mark in place.via]
    end = [_written(place.point)] if place.point else []
    return "; ".join([_written(here), *marks, *end])


def _written(point: Point) -> str:
    return " ".join(map(plain_number, point))
