"""From names to coordinates: the maintainer's step, never taken while a map is viewed.

Only rows without coordinates are asked for. Every answer comes with its evidence, every
failure with its kind; nothing is guessed and nothing is written here.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, Protocol

from geo.errors import GarbledAnswer, GeocodingError, NotFound, RateLimited, Refused, Unreachable
from geo.geocode.candidates import Candidate, Choice, choose
from geo.geocode.evidence import Evidence, weigh
from geo.place import AREA_KINDS, Place, Point

DECIMALS = 4
"""Decimals of a degree that are kept: 11 m, finer than any of the gazetteers claims to be."""

SERVICE_FAILURES = (RateLimited, Refused, Unreachable)
"""Failures after which the service is left alone: the rows left get the same failure."""


class Finder(Protocol):
    """What finds the places that bear a name: the embedded gazetteer, or a service."""

    def find(
        self, name: str, *, country: str | None = None, kind: str | None = None
    ) -> list[Candidate]:
        """Return every place of that name; `country` and `kind` narrow the answer."""

    def entry(self, authority: str) -> Candidate | None:
        """Return the place filed as `geonames:698740` or another key, or None."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a place is, by which authority, and on what evidence."""

    point: Point
    located_by: str
    evidence: Evidence


class Outcome(NamedTuple):
    """What came of locating one row."""

    place: Place
    result: Located | GeocodingError


def needs_locating(place: Place) -> bool:
    """Tell whether a row lacks its coordinates."""
    return place.point is None


def moved(place: Place, located: Located) -> Place:
    """Return the row where it was located."""
    latitude, longitude = located.point
    return replace(place, latitude=latitude, longitude=longitude, located_by=located.located_by)


def locate(
    place: Place,
    geocoder: Finder,
    *,
    today: Callable[[], date] = date.today,
    choose: Callable[[str, list[Candidate]], Choice] = choose,
) -> Located:
    """Locate one row by its name then, or, where nobody knows that one, by its name now.

    A `located_by` that somebody wrote is the answer, and no name is asked for. `choose` settles
    which of the candidates for a name is meant; another than the rule may ask a person.

    Raises:
        NotFound: neither name is known, or what `located_by` names cannot be taken.
        Ambiguous: the name that is known fits several places.
        Refused, RateLimited, TimedOut, Unreachable, GarbledAnswer: the service failed.
    """
    if place.located_by:
        choice = Choice(_written(place, geocoder), "the row's own located_by names it")
        return _located(place, "located_by", place.located_by, choice, [choice.candidate], today)
    for column, name in _names(place):
        if candidates := _ask(geocoder, name, place):
            return _located(place, column, name, choose(name, candidates), candidates, today)
    raise NotFound(_not_found(place))


def _located(
    place: Place,
    column: str,
    query: str,
    choice: Choice,
    candidates: list[Candidate],
    today: Callable[[], date],
) -> Located:
    evidence = weigh(
        choice,
        candidates,
        query=query,
        column=column,
        country=place.country,
        kind=place.kind,
        when=today().isoformat(),
    )
    return Located(_point(choice.candidate), choice.candidate.authority, evidence)


def locate_places(
    places: Iterable[Place],
    geocoder: Finder,
    *,
    today: Callable[[], date] = date.today,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Outcome]:
    """Locate every row that lacks coordinates; return each with its place or its failure.

    One row's failure does not stop the others, but a service that refuses, limits or cannot
    be reached is not asked again. `progress` is called with (rows done, rows to do).
    """
    asked = [place for place in places if needs_locating(place)]
    results: list[Outcome] = []
    failure: GeocodingError | None = None
    for done, place in enumerate(asked):
        progress(done, len(asked))
        result = failure or _try(place, geocoder, today)
        failure = result if isinstance(result, SERVICE_FAILURES) else None
        results.append(Outcome(place, result))
    progress(len(asked), len(asked))
    return results


def _try(place: Place, geocoder: Finder, today: Callable[[], date]) -> Located | GeocodingError:
    try:
        return locate(place, geocoder, today=today)
    except GeocodingError as error:
        return error


def _names(place: Place) -> list[tuple[str, str]]:
    names = [("place", place.place), ("modern_name", place.modern_name)]
    return [(column, name) for column, name in names if name]


def _written(place: Place, geocoder: Finder) -> Candidate:
    """Return the place that the row's `located_by` names; NotFound says why it cannot be taken."""
    candidate, where = geocoder.entry(place.located_by), f"{place.id} (line {place.line})"
    if candidate is None:
        raise NotFound(
            f"{where}: located_by: {place.located_by!r} is no place that the gazetteer knows. "
            "Write its latitude and longitude, or empty located_by to have the name looked up."
        )
    if place.country and candidate.country not in (None, place.country):
        raise NotFound(
            f"{where}: located_by: {place.located_by!r} is {candidate.name} in "
            f"{candidate.country}, not in {place.country}. Correct located_by or country."
        )
    if place.is_area != (candidate.kind in AREA_KINDS):
        raise NotFound(
            f"{where}: located_by: {place.located_by!r} is {candidate.name}, of the kind "
            f"{candidate.kind}, not {place.kind}. Correct located_by or kind."
        )
    return candidate


def _ask(geocoder: Finder, name: str, place: Place) -> list[Candidate]:
    candidates = geocoder.find(name, country=place.country or None, kind=place.kind)
    for candidate in candidates:
        point = _point(candidate)
        if not all(map(math.isfinite, point)) or point == (0, 0):
            raise GarbledAnswer(f"{candidate.authority} was answered without coordinates.")
    return candidates


def _point(candidate: Candidate) -> Point:
    return round(candidate.latitude, DECIMALS), round(candidate.longitude, DECIMALS)


def _not_found(place: Place) -> str:
    names = " nor ".join(repr(name) for _, name in _names(place)) or "a row without a name"
    hints = ", ".join(hint for hint in (place.kind, place.country) if hint)
    return (
        f"{place.id}: found no {names}{f' ({hints})' if hints else ''}. Check country and kind, or "
        "write a name that a gazetteer knows as modern_name, or latitude, longitude and located_by."
    )
