"""A journey as GeoJSON (RFC 7946), for other maps."""

import json
import math
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NotRequired, TypedDict

from geo.dates import EdtfDate
from geo.geocode.gazetteer import AREAS
from geo.journey.curves import curve_through
from geo.journey.model import Journey, Leg, Mention, Stay
from geo.place import Place, Point, Waymark

Position = list[float]
"""[longitude, latitude] in decimal degrees."""


class PointGeometry(TypedDict):
    """Where something is."""

    type: Literal["Point"]
    coordinates: Position


class LineGeometry(TypedDict):
    """A way in one piece."""

    type: Literal["LineString"]
    coordinates: list[Position]


class CutLineGeometry(TypedDict):
    """A way in several pieces."""

    type: Literal["MultiLineString"]
    coordinates: list[list[Position]]


class Feature(TypedDict):
    """One thing on a map, and all that is told of it."""

    type: Literal["Feature"]
    id: NotRequired[str]
    geometry: PointGeometry | LineGeometry | CutLineGeometry
    properties: dict[str, object]


class FeatureCollection(TypedDict):
    """A whole map."""

    type: Literal["FeatureCollection"]
    features: list[Feature]


def journey_geojson(journey: Journey) -> FeatureCollection:
    """Return a FeatureCollection of the journey's points and legs.

    Stops, way-points, areas and mentions are Points, an area's at its label; each property
    `feature` says which it is. A leg is a LineString, or a MultiLineString cut in two where it
    crosses the 180th meridian. Positions are [longitude, latitude] in decimal degrees; dates
    are EDTF; `bounds` of an area are [south, west, north, east].
    """
    features = [
        *(_place_feature(node, "stop" if node.number else "way-point") for node in journey.nodes),
        *(_place_feature(area, "area") for area in journey.areas),
        *(_place_feature(mention, "mention") for mention in journey.mentions),
        *(_leg_feature(leg) for leg in journey.legs),
    ]
    return {"type": "FeatureCollection", "features": features}


def _place_feature(row: Stay | Mention, feature: str) -> Feature:
    lat, lon = row.point
    number = row.number if isinstance(row, Stay) else None
    return {
        "type": "Feature",
        "id": row.place.id,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"feature": feature, "number": number}
        | _told(row.place)
        | _extent(row.place),
    }


def _told(place: Place) -> dict[str, object]:
    return {
        "id": place.id,
        "place": place.place,
        "modern_name": place.modern_name,
        "country": place.country,
        "kind": place.kind,
        "role": place.role,
        "phase": place.phase,
        "arrived": _edtf(place.arrived),
        "departed": _edtf(place.departed),
        "by": place.by,
        "conveyance": place.conveyance,
        "via": [_waymark(mark) for mark in place.via],
        "title": place.title,
        "story": place.story,
        "texts": [f"{reference.text}:{reference.paragraph}" for reference in place.texts],
        "claim": place.claim,
        "sources": [{"words": source.words, "url": source.url} for source in place.sources],
        "located_by": place.located_by,
    }


def _waymark(mark: Waymark) -> dict[str, object]:
    lat, lon = mark.point
    return {"name": mark.name, "by": mark.by, "position": [lon, lat]}


def _edtf(when: EdtfDate | None) -> str | None:
    return when.text if when else None


def _extent(place: Place) -> dict[str, object]:
    """The bounds of an area, where the basemap knows it."""
    bounds = _bounds().get(place.located_by) if place.is_area else None
    return {"bounds": bounds} if bounds else {}


@cache
def _bounds() -> dict[str, list[float]]:
    areas = json.loads(AREAS.read_text(encoding="utf-8"))
    return {key: area["bounds"] for key, area in areas.items()}


def _leg_feature(leg: Leg) -> Feature:
    return {
        "type": "Feature",
        "geometry": _line(curve_through(leg.points)),
        "properties": {
            "feature": "leg",
            "from": leg.origin.place.id,
            "to": leg.destination.place.id,
            "via": [stay.place.id for stay in leg.via],
            "by": list(dict.fromkeys(s.place.by for s in leg.reached if s.place.by)),
            "km": round(leg.km),
        },
    }


def _line(curve: Sequence[Point]) -> LineGeometry | CutLineGeometry:
    parts = [[[lon, lat] for lat, lon in part] for part in cut_at_antimeridian(curve)]
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def cut_at_antimeridian(curve: Sequence[Point]) -> list[list[Point]]:
    """Cut a curve of (lat, lon) points, whose longitudes run on past ±180, where it crosses.

    Returns curves within ±180, of two points at least, as RFC 7946 (3.1.9) asks for.
    """
    parts = [[curve[0]]]
    for here, there in pairwise(curve):
        for crossing in _crossings(here, there):
            if crossing != here:
                parts[-1].append(crossing)
            parts.append([crossing])
        parts[-1].append(there)
    moved = [_within_the_globe(part) for part in parts if len(set(part)) > 1]
    return moved or [_within_the_globe(parts[0])]


def _crossings(here: Point, there: Point) -> Iterable[Point]:
    """Where the line from `here`, included, to `there` meets 180, 540, -180 …, in its order."""
    (lat, lon), (to_lat, to_lon) = here, there
    start, end = (lon + 180) / 360, (to_lon + 180) / 360
    east = range(math.ceil(start), math.ceil(end))
    for turn in east or range(math.floor(start), math.floor(end), -1):
        meridian = 360.0 * turn - 180
        share = (meridian - lon) / (to_lon - lon)
        yield (round(lat + (to_lat - lat) * share, 4), meridian)


def _within_the_globe(part: Sequence[Point]) -> list[Point]:
    """Move a part that lies within one turn of the globe to longitudes from -180 to 180."""
    middle = (min(lon for _, lon in part) + max(lon for _, lon in part)) / 2
    turn = math.floor((middle + 180) / 360)
    return [(lat, round(lon - 360 * turn, 4)) for lat, lon in part]
