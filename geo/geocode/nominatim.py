"""Nominatim, the second backend: a geopy geocoder that keeps its usage policy.

An identifying user agent and a configurable address stand here; the pace and the cache in its
adapter: operations.osmfoundation.org/policies/nominatim.
"""

import os
import re
import time
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from geopy.geocoders import Nominatim as GeopyNominatim
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.location import Location

from geo import __version__
from geo.errors import GeocodingError
from geo.geocode.candidates import Candidate, Matched, by_fit, fold
from geo.geocode.gazetteer import Gazetteer
from geo.geocode.geonames_index import cache_folder
from geo.geocode.locations import as_answer
from geo.geocode.nominatim_adapter import Answer, PoliteAdapter, text
from geo.place import Kind

ATTRIBUTION = "© OpenStreetMap contributors (ODbL 1.0), answered by Nominatim"
PUBLIC_ADDRESS = "https://nominatim.openstreetmap.org"
ADDRESS_VARIABLE = "JOURNEY_MAP_NOMINATIM"
USER_AGENT = f"journey-map/{__version__} (maps of historical journeys; a maintainer's step, cached)"

_LIMIT = 10
# name, name:de, old_name:1900-1917, alt_name; not name:etymology, which is what it is named after.
_NAME = re.compile(r"(?:\w+_)?name(?::(?!etymology).*)?")
_OBJECTS = ("node", "way", "relation")
_SETTLEMENTS = "city town village hamlet municipality suburb borough quarter city_district"
_KINDS: dict[str, Kind] = {
    "country": "country",
    **dict.fromkeys("state region province county state_district".split(), "region"),
    **dict.fromkeys(_SETTLEMENTS.split(), "settlement"),
    **dict.fromkeys("island islet archipelago".split(), "island"),
    **dict.fromkeys("sea ocean bay strait".split(), "sea"),
}


class Nominatim(GeopyNominatim):  # type: ignore[misc]  # geopy has no types
    """Asks a Nominatim service, politely, and tells every way of failing apart."""

    def __init__(
        self,
        *,
        address: str | None = None,
        cache: Path | None = None,
        timeout: float = 10,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Ask the service at `address` (`https://host/path`), waiting `timeout` seconds at most.

        Without `address`, the variable JOURNEY_MAP_NOMINATIM of the environment is taken, else
        the public service. `cache` is a folder, by default the user's cache folder. `clock`
        gives the time in seconds since 1970.

        Raises:
            GeocodingError: the address is not one.
        """
        self._cache = cache or cache_folder()
        parts = _parts(address or os.environ.get(ADDRESS_VARIABLE) or PUBLIC_ADDRESS)
        service = f"{parts.netloc}{parts.path}".rstrip("/")
        super().__init__(
            domain=service,
            scheme=parts.scheme,
            timeout=timeout,
            user_agent=USER_AGENT,
            adapter_factory=partial(
                PoliteAdapter,
                service=service,
                folder=self._cache,
                clock=clock,
                sleep=sleep,
            ),
        )

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: float | None = DEFAULT_SENTINEL,
        country: str | None = None,
        kind: str | None = None,
    ) -> Location | list[Location] | None:
        """Return where `query` is, as `Gazetteer.geocode` does; None when the service knows none.

        Raises:
            Ambiguous: exactly one was asked for, several fit and none dominates.
            Refused, RateLimited, TimedOut, Unreachable, GarbledAnswer: the service failed.
        """
        candidates = self.find(query, country=country, kind=kind, timeout=timeout)
        return as_answer(query, candidates, exactly_one=exactly_one)

    def find(
        self,
        name: str,
        *,
        country: str | None = None,
        kind: str | None = None,
        timeout: float | None = DEFAULT_SENTINEL,
    ) -> list[Candidate]:
        """Return the places that the service answers for `name`, with the errors of `geocode`."""
        found = super().geocode(
            name,
            exactly_one=False,
            timeout=timeout,
            limit=_LIMIT,
            addressdetails=True,
            extratags=True,
            namedetails=True,
            language="en",
            country_codes=country.lower() if country else None,
        )
        candidates = [_candidate(location.raw, name) for location in found or ()]
        fitting = (candidate for candidate in candidates if kind in (None, candidate.kind))
        return by_fit(name, fitting, country and country.upper())

    def entry(self, authority: str) -> Candidate | None:
        """Return what the embedded gazetteer files as `authority`: a service is asked by name."""
        return self._embedded.entry(authority)

    @cached_property
    def _embedded(self) -> Gazetteer:
        return Gazetteer(cache=self._cache)


def _parts(address: str) -> SplitResult:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise GeocodingError(f"{address!r} is not an address such as {PUBLIC_ADDRESS}.")
    return parts


def _candidate(place: Answer, query: str) -> Candidate:
    return Candidate(
        name=_own_names(place)[0],
        country=text(_part(place, "address"), "country_code").upper() or None,
        kind=_KINDS.get(text(place, "addresstype") or text(place, "type"), "site"),
        latitude=float(place["lat"]),
        longitude=float(place["lon"]),
        authority=_authority(place, query),
        population=_population(_part(place, "extratags")),
        matched=_matched(place, query),
        citation=ATTRIBUTION,
    )


def _matched(place: Answer, query: str) -> Matched:
    """How the place bears the name; a service also answers with what it takes for similar."""
    asked = fold(query)
    if asked in map(fold, _own_names(place)):
        return "name"
    details = _part(place, "namedetails")
    names = (
        name for key in details if _NAME.fullmatch(key) for name in text(details, key).split(";")
    )
    return "alternate" if asked in map(fold, names) else "guess"


def _own_names(place: Answer) -> list[str]:
    names = [text(place, "name"), text(place, "display_name").partition(",")[0]]
    return list(filter(None, names)) or ["(without a name)"]


def _authority(place: Answer, query: str) -> str:
    # Some answers, such as postcodes, stand for no object of OpenStreetMap.
    if text(place, "osm_type") in _OBJECTS and isinstance(place.get("osm_id"), int):
        return f"osm:{place['osm_type']}/{place['osm_id']}"
    return f"hand: Nominatim's answer to {query!r}"


def _part(place: Answer, key: str) -> Answer:
    part = place.get(key)
    return part if isinstance(part, dict) else {}


def _population(tags: Answer) -> int | None:
    # OpenStreetMap's tag is free text: "ca. 900" says nothing that can be compared.
    people = text(tags, "population")
    return int(people) or None if people.isascii() and people.isdecimal() else None
