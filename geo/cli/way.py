"""How the way to a row was found, in lines for a terminal."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from geo.globe import length
from geo.journey.build import route_to
from geo.journey.model import Journey, Stay
from geo.place import Waymark
from geo.routes.route import Route


def way_in_words(row: str, journey: Journey, routes: Mapping[str, Route]) -> list[str]:
    """Tell of the way to the row with the id `row`; nothing where no road leads to it."""
    legs = (two for two in pairwise(journey.nodes) if two[1].place.id == row)
    return [line for here, there in legs for line in _told(here, there, routes)]


def _told(here: Stay, there: Stay, routes: Mapping[str, Route]) -> Iterator[str]:
    km = length([here.point, *there.way, there.point])
    yield f"{there.place.id}: {km:,.0f} km from {here.place.id}"
    yield f"  by          {there.place.by or 'nobody tells'}"
    if there.place.conveyance:
        yield f"  conveyance  {there.place.conveyance}"
    for mark in there.place.via:
        yield f"  via         {_mark(mark)}"
    if route := route_to(here, there, routes):
        yield f"  route       {route.library}, found {route.when}: {len(route.points)} points"
        yield f"  settings    {route.settings}"
    elif there.place.by == "ship":
        yield "  route       none for these points, so great circles: run route"
    else:
        yield "  route       great circles"


def _mark(mark: Waymark) -> str:
    lat, lon = mark.point
    return " ".join(filter(None, (mark.by and f"by {mark.by} to", f"{lat}, {lon}", mark.name)))
