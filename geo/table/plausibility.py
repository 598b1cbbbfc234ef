"""What no single row can show: stays that overlap, and journeys faster than their age allowed.

Areas (a region, a country, a sea) hold other stays and are not legs of the road: they do not count.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from geopy.distance import great_circle

from geo.dates import EdtfDate
from geo.place import POINT_KINDS, ROUTE_ROLES, Place, Point
from geo.problems import Findings

# The most that anyone could travel in a day, in km of great circle, up to the end of a year.
# Generous, so that only mistakes are told: until 1829 a courier on relays of horses; until 1918
# an express train at 65 km/h, day and night; until 1957 an airliner with propellers, 20 hours at
# 225 km/h. Since the jets of 1958 no two points of the Earth are more than a day apart.
KM_PER_DAY_UNTIL = ((1829, 400), (1918, 1_600), (1957, 4_500))
KM_PER_DEGREE = 111.4  # of the equator, rounded up
ANYWHERE = 20_040  # km, half the Earth's circumference


class _Stay(NamedTuple):
    """A row on the route whose arrival is known; `point` is None where nobody has located it."""

    place: str
    line: int
    arrived: EdtfDate
    departed: EdtfDate | None
    point: Point | None


def check_journey(places: Iterable[Place], findings: Findings) -> None:
    """Warn of stays that overlap and of legs that nobody could have travelled."""
    route = sorted(
        _stays(places), key=lambda stay: (stay.arrived.earliest, stay.arrived.latest, stay.line)
    )
    _check_overlaps(route, findings)
    located = ((stay, stay.point) for stay in route if stay.point is not None)
    for (here, origin), (there, destination) in pairwise(located):
        _check_leg(here, there, origin, destination, findings)


def _stays(places: Iterable[Place]) -> Iterator[_Stay]:
    for place in places:
        if place.role in ROUTE_ROLES and place.kind in POINT_KINDS and place.arrived:
            yield _Stay(place.place, place.line, place.arrived, place.departed, place.point)


def _check_overlaps(route: Iterable[_Stay], findings: Findings) -> None:
    """Only stays whose days are all known can be said to overlap; a day of travel is shared."""
    longest, until = None, None
    for stay in route:
        if not (stay.arrived.exact and stay.departed and stay.departed.exact):
            continue
        if longest and until and stay.arrived.earliest < until.earliest:
            findings.line = stay.line
            findings.warning(
                f"lies within the stay in {longest.place} (line {longest.line}), "
                f"which ends on {until.text}",
                "fix one of the two dates",
                "arrived",
                stay.arrived.text,
            )
        if until is None or stay.departed.earliest > until.earliest:
            longest, until = stay, stay.departed


def _check_leg(
    here: _Stay, there: _Stay, origin: Point, destination: Point, findings: Findings
) -> None:
    left = (here.departed or here.arrived).earliest
    days = (there.arrived.latest - left).days + 1
    if days < 1:
        return
    fastest = km_per_day(left.year)
    if _at_most(origin, destination) <= days * fastest:
        return
    km = great_circle(origin, destination).km
    if km > days * fastest:
        findings.line = there.line
        findings.warning(
            f"cannot be reached from {here.place} (line {here.line}): {km:,.0f} km in {days} "
            f"day{'s' * (days > 1)}, where {fastest:,} km a day was the most",
            "fix the dates or the coordinates of one of the two",
            "arrived",
            there.arrived.text,
        )


def _at_most(origin: Point, destination: Point) -> float:
    """A bound on the distance in km, cheap to know: no arc is longer than its steps."""
    north, east = (abs(one - other) for one, other in zip(origin, destination, strict=True))
    return KM_PER_DEGREE * (north + min(east, 360 - east))


def km_per_day(year: int) -> int:
    """The most that anyone could travel in a day of that year, in km."""
    return next((km for last, km in KM_PER_DAY_UNTIL if year <= last), ANYWHERE)
