"""What no single row can show: stays that overlap, and journeys faster than their age allowed.

Areas (a region, a country, a sea) hold other stays and are not legs of the road: they do not count.
"""

from collections.abc import Iterable
from itertools import pairwise

from geopy.distance import great_circle

from geo.place import POINT_KINDS, ROUTE_ROLES, Place
from geo.problems import Findings

# The most that anyone could travel in a day, in km of great circle, up to the end of a year.
# Generous, so that only mistakes are told: until 1829 a courier on relays of horses; until 1918
# an express train at 65 km/h, day and night; until 1957 an airliner with propellers, 20 hours at
# 225 km/h. Since the jets of 1958 no two points of the Earth are more than a day apart.
KM_PER_DAY_UNTIL = ((1829, 400), (1918, 1_600), (1957, 4_500))
KM_PER_DEGREE = 111.4  # of the equator, rounded up
ANYWHERE = 20_040  # km, half the Earth's circumference


def check_journey(places: Iterable[Place], findings: Findings) -> None:
    """Warn of stays that overlap and of legs that nobody could have travelled."""
    route = sorted(
        (
            place
            for place in places
            if place.role in ROUTE_ROLES and place.kind in POINT_KINDS and place.arrived
        ),
        key=lambda place: (place.arrived.earliest, place.arrived.latest, place.line),
    )
    _check_overlaps(route, findings)
    located = [place for place in route if place.latitude is not None]
    for here, there in pairwise(located):
        _check_leg(here, there, findings)


def _check_overlaps(route: list[Place], findings: Findings) -> None:
    """Only stays whose days are all known can be said to overlap; a day of travel is shared."""
    longest = None
    for place in route:
        if not (place.arrived.exact and place.departed and place.departed.exact):
            continue
        if longest and place.arrived.earliest < longest.departed.earliest:
            findings.line = place.line
            findings.warning(
                f"lies within the stay in {longest.place} (line {longest.line}), "
                f"which ends on {longest.departed.text}",
                "fix one of the two dates",
                "arrived",
                place.arrived.text,
            )
        if not longest or place.departed.earliest > longest.departed.earliest:
            longest = place


def _check_leg(here: Place, there: Place, findings: Findings) -> None:
    left = (here.departed or here.arrived).earliest
    days = (there.arrived.latest - left).days + 1
    if days < 1:
        return
    fastest = km_per_day(left.year)
    if _at_most(here, there) <= days * fastest:
        return
    km = great_circle((here.latitude, here.longitude), (there.latitude, there.longitude)).km
    if km > days * fastest:
        findings.line = there.line
        findings.warning(
            f"cannot be reached from {here.place} (line {here.line}): {km:,.0f} km in {days} "
            f"day{'s' * (days > 1)}, where {fastest:,} km a day was the most",
            "fix the dates or the coordinates of one of the two",
            "arrived",
            there.arrived.text,
        )


def _at_most(here: Place, there: Place) -> float:
    """A bound on the distance in km, cheap to know: no arc is longer than its steps."""
    east = abs(here.longitude - there.longitude)
    return KM_PER_DEGREE * (abs(here.latitude - there.latitude) + min(east, 360 - east))


def km_per_day(year: int) -> int:
    """The most that anyone could travel in a day of that year, in km."""
    return next((km for last, km in KM_PER_DAY_UNTIL if year <= last), ANYWHERE)
