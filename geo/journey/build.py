"""From the rows of a table to a journey: which rows are stops, on which days, joined by which way.

A pure function of the rows; units are those of `geo.journey.model`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, count, pairwise
from typing import NamedTuple

from geo.dates import EdtfDate
from geo.globe import length
from geo.journey.model import Doubt, Journey, Leg, Mention, Stay
from geo.place import Place, Point
from geo.routes.route import Route, question

# A traveller without a known day of departure is sent off in time to arrive. A guess at a day
# by train or steamer, for the drawing only; what is possible at all is for geo.table.plausibility.
KM_PER_DAY = 800
# Shorter gaps are journeys and roundings of dates rather than a silence of the texts.
SILENCE_DAYS = 60


class _Visit(NamedTuple):
    """A row on the route that has what a stay needs: a point, and a date of arrival."""

    place: Place
    point: Point
    arrived: EdtfDate
    departed: EdtfDate | None

    @property
    def left(self) -> EdtfDate:
        """When he left; where nobody tells, no earlier than he came."""
        return self.departed or self.arrived


def build_journey(places: Iterable[Place], routes: Mapping[str, Route] | None = None) -> Journey:
    """Order the located rows of a places table into a journey; its ships keep to their `routes`.

    Rows on the route need `arrived`, and every row needs coordinates; rows without them are
    left out (the reader of the table has reported them). A country, region or sea on the
    route whose days hold a stay at a point is an area around that stay; otherwise the road
    itself passes through it. A ship whose route is not known, or was found for another way,
    goes straight from point to point, as everything else does.
    """
    visits, mentions = _located(places)
    points = [visit for visit in visits if not visit.place.is_area]
    holding = [visit for visit in visits if visit.place.is_area and _holds(visit, points)]
    on_road = sorted(
        (visit for visit in visits if visit not in holding),
        key=lambda visit: (visit.arrived.earliest, visit.arrived.latest, visit.place.line),
    )
    nodes = _led(_numbered(_stays(on_road)), routes or {})
    areas = tuple(_area_stay(visit) for visit in holding)
    return Journey(
        nodes=nodes,
        areas=areas,
        legs=tuple(_legs(nodes)),
        mentions=tuple(mentions),
        phases=tuple(dict.fromkeys(stay.place.phase for stay in (*nodes, *areas))),
        silences=tuple(_silences(nodes, areas)),
    )


def _located(places: Iterable[Place]) -> tuple[list[_Visit], list[Mention]]:
    visits, mentions = [], []
    for place in places:
        if not place.point:
            continue
        if not place.on_route:
            mentions.append(Mention(place, place.point))
        elif place.arrived:
            visits.append(_Visit(place, place.point, place.arrived, place.departed))
    return visits, mentions


def _holds(area: _Visit, points: Iterable[_Visit]) -> bool:
    """Whether some stay at a point can have begun and ended within the area's days."""
    first, last = area.arrived.earliest, area.left.latest

    def within(when: EdtfDate) -> bool:
        return when.earliest <= last and first <= when.latest

    return any(within(point.arrived) and within(point.left) for point in points)


def _area_stay(visit: _Visit) -> Stay:
    """The days of an area, from the middle of its arrival to the middle of its departure."""
    start = _middle(visit.arrived)
    end = _middle(visit.departed) if visit.departed else visit.arrived.latest.toordinal()
    return Stay(visit.place, visit.point, start, max(start, end))


def _middle(when: EdtfDate) -> int:
    return (when.earliest.toordinal() + when.latest.toordinal()) // 2


def _stays(visits: Sequence[_Visit]) -> list[Stay]:
    """Give every stay its days, so that uncertain dates keep their order and known days hold."""
    windows = [_window(when) for visit in visits for when in (visit.arrived, visit.left)]
    days = _settle(windows)
    arrivals, departures = days[::2], days[1::2]
    for i, (here, there) in enumerate(pairwise(visits)):
        departures[i], arrivals[i + 1] = _depart_and_arrive(
            here, there, (departures[i], arrivals[i + 1])
        )
    doubts = _doubts(visits)
    return [
        Stay(visit.place, visit.point, arrival, departure, came=came, left=left)
        for visit, arrival, departure, came, left in zip(
            visits, arrivals, departures, doubts[::2], doubts[1::2], strict=True
        )
    ]


def _doubts(visits: Sequence[_Visit]) -> list[Doubt | None]:
    """Of every coming and leaving what is not known of its day, none where nothing is.

    Each lies between its own first and last day, no earlier than what came before can have been
    and no later than what comes after.
    """
    due = [*(visit.arrived for visit in visits[1:]), *(visit.left for visit in visits[-1:])]
    dates = [
        when
        for visit, latest in zip(visits, due, strict=True)
        for when in (visit.arrived, visit.departed or latest)
    ]
    limits = _limits([_window(when) for when in dates])
    firsts = accumulate(
        (min(_window(when)[0], limit) for when, limit in zip(dates, limits, strict=True)), max
    )
    return [
        None if when.exact else Doubt(when, first, limit)
        for when, first, limit in zip(dates, firsts, limits, strict=True)
    ]


def _window(when: EdtfDate) -> tuple[int, int]:
    return when.earliest.toordinal(), when.latest.toordinal()


def _limits(windows: Sequence[tuple[int, int]]) -> list[int]:
    """The last day of each window that lets those after it keep theirs."""
    return list(accumulate((latest for _, latest in reversed(windows)), min))[::-1]


def _settle(windows: Sequence[tuple[int, int]]) -> list[int]:
    """Choose a day in each window, never before the one before, spread where they share one.

    A stay that reaches beyond the arrival at a later place is cut short by it: arrivals
    that stand in order, each no later than its own departure, always keep their windows.
    """
    limits = _limits(windows)
    sharing = [1] * len(limits)
    for i in range(len(limits) - 2, -1, -1):
        if limits[i] == limits[i + 1]:
            sharing[i] = sharing[i + 1] + 1
    days: list[int] = []
    for (earliest, latest), limit, share in zip(windows, limits, sharing, strict=True):
        floor = max(min(earliest, limit), days[-1] if days else 0)
        exact = earliest == latest
        days.append(floor if exact else floor + (limit - floor) // (share + 1))
    return days


def _depart_and_arrive(here: _Visit, there: _Visit, days: tuple[int, int]) -> tuple[int, int]:
    """Bring an uncertain departure or arrival as near to the other as the way takes.

    A stay without a known end lasts until the next place is due.
    """
    if here.departed and here.departed.exact and there.arrived.exact:
        return days
    departure, arrival = days
    journey = math.ceil(length([here.point, there.point]) / KM_PER_DAY)
    if here.departed is None or not here.departed.exact:
        latest = here.departed.latest.toordinal() if here.departed else arrival
        departure = max(departure, min(latest, arrival - journey))
    if not there.arrived.exact:
        earliest = there.arrived.earliest.toordinal()
        arrival = min(arrival, max(earliest, departure + journey))
    return departure, arrival


def _numbered(stays: Iterable[Stay]) -> tuple[Stay, ...]:
    numbers = count(1)
    return tuple(
        stay if stay.place.role == "passed-through" else replace(stay, number=next(numbers))
        for stay in stays
    )


def _legs(nodes: Sequence[Stay]) -> Iterable[Leg]:
    """Legs between stops; a way-point at either end of the journey ends a leg too."""
    ends = [
        i for i, node in enumerate(nodes) if node.number is not None or i in (0, len(nodes) - 1)
    ]
    for first, last in pairwise(ends):
        yield _leg(nodes[first : last + 1])


def _leg(nodes: Sequence[Stay]) -> Leg:
    leg = Leg(nodes[0], nodes[-1], tuple(nodes[1:-1]), 0)
    return replace(leg, km=length(leg.points))


def _led(nodes: Sequence[Stay], routes: Mapping[str, Route]) -> tuple[Stay, ...]:
    """Give every stay but the first the way that leads to it."""
    led = (replace(there, way=_way(here, there, routes)) for here, there in pairwise(nodes))
    return (*nodes[:1], *led)


def _way(here: Stay, there: Stay, routes: Mapping[str, Route]) -> tuple[Point, ...]:
    route = route_to(here, there, routes)
    return route.points if route else tuple(mark.point for mark in there.place.via)


def route_to(here: Stay, there: Stay, routes: Mapping[str, Route]) -> Route | None:
    """The route by which a ship comes from one stay to the next, if it is the one asked for."""
    route = routes.get(there.place.id) if there.place.by == "ship" else None
    return route if route and route.asked == question(here.point, there.place) else None


def _silences(nodes: Sequence[Stay], areas: Sequence[Stay]) -> Iterable[tuple[int, int]]:
    """Spans of the route, in days, that no stay named by a text covers."""
    if not nodes:
        return
    told = sorted((stay.start, stay.end) for stay in (*nodes, *areas) if stay.place.texts)
    if not told:
        return
    reach, last = nodes[0].start, max(node.end for node in nodes)
    for start, end in [*told, (last, last)]:
        if start - reach > SILENCE_DAYS:
            yield (reach, start)
        reach = max(reach, end)
