"""The embedded gazetteer: a geopy geocoder that asks no network.

Sources in the order of their authority: our table of historic names, the areas of the basemap
(countries, regions, seas, islands), the populated places of GeoNames.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn
from weakref import finalize

from geopy.adapters import BaseSyncAdapter
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from geo.geocode.candidates import Candidate, by_fit, fold
from geo.geocode.geonames_index import Notice, Progress, open_index
from geo.geocode.historic_names import read_historic_names
from geo.geocode.locations import as_answer

DATA = Path(__file__).parents[1] / "data"
HISTORIC_NAMES = DATA / "historic_names.csv"
AREAS = DATA / "areas.json"

_SETTLEMENTS = """
    SELECT places.name, country, latitude, longitude, places.id, population, alternate
    FROM names JOIN places USING (id)
    WHERE names.name = ? AND (? IS NULL OR country = ?)
    ORDER BY alternate, population DESC, places.id
"""
_BY_KEY = """
    SELECT name, country, latitude, longitude, id, population, 0 FROM places WHERE id = ?
"""
# The key as text, for SQLite compares text with a number, and Python's integers are longer.
_BEARS = "SELECT 1 FROM names WHERE name = ? AND id = ?"


class Unplugged(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """An adapter without a wire: whatever asks the network through it fails."""

    def get_json(self, url: str, *, timeout: float | None, headers: Mapping[str, str]) -> NoReturn:
        """Refuse to ask."""
        raise RuntimeError(f"The embedded gazetteer asks no network, not even {url}")

    get_text = get_json


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Answers names of places from what is installed, with all candidates and their authority."""

    def __init__(
        self,
        *,
        cache: Path | None = None,
        historic_names: Path = HISTORIC_NAMES,
        areas: Path = AREAS,
        progress: Progress | None = None,
        notice: Notice | None = None,
        adapter_factory: Callable[..., BaseSyncAdapter] = Unplugged,
    ) -> None:
        """Read the small sources; GeoNames' index is opened (or built) at the first question.

        `cache` is the folder of that index, by default the user's cache folder; `progress` is
        called with (places done, places in all) while it is built, which takes some seconds;
        `notice` is told in a sentence where it is damaged or cannot be kept. `problems` has what
        deserves a warning in the table of historic names.

        Raises ReferenceDataError where that table cannot be used.
        """
        super().__init__(adapter_factory=adapter_factory)
        self._cache = cache
        self._progress = progress
        self._notice = notice
        historic, self.problems = read_historic_names(historic_names)
        self._listed = _by_name(historic, _areas(areas))

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: float | None = DEFAULT_SENTINEL,
        country: str | None = None,
        kind: str | None = None,
    ) -> Location | list[Location] | None:
        """Return where `query` is, as geopy does: a Location, a list of them, or None.

        `country` (ISO 3166-1 alpha-2) and `kind` narrow the answer. A Location's `raw` is its
        `Candidate`. `timeout` is there for geopy's sake: nothing is waited for.

        Raises:
            Ambiguous: exactly one was asked for, several fit and none dominates (see `choose`).
        """
        candidates = self.find(query, country=country, kind=kind)
        return as_answer(query, candidates, exactly_one=exactly_one)

    def find(
        self, name: str, *, country: str | None = None, kind: str | None = None
    ) -> list[Candidate]:
        """Return every place that bears `name` exactly, its own or another of its names.

        Case, diacritics, apostrophes, dots and hyphens do not count. The best fit comes first
        (see `by_fit`); a place is listed once, by the higher authority.
        """
        country = country.upper() if country else None
        folded = fold(name)
        found: dict[str, Candidate] = {}
        for candidate in self._all(folded, country, kind):
            if _fits(candidate, country, kind):
                found.setdefault(candidate.authority, candidate)
        return by_fit(name, found.values(), country)

    def entry(self, authority: str) -> Candidate | None:
        """Return the place filed as `geonames:698740` or another key, or None.

        A `hand: …` is a key where a row of our table has it.
        """
        for candidates in self._listed.values():
            for candidate in candidates:
                if candidate.authority == authority:
                    return self._peopled(candidate)
        source, _, key = authority.partition(":")
        found = self._rows(_BY_KEY, key) if source == "geonames" else []
        # SQLite takes `0698740` for the same number; whoever wrote that is told.
        settlements = (_settlement(*row) for row in found)
        return next((place for place in settlements if place.authority == authority), None)

    def name_of(self, authority: str) -> str | None:
        """Return the name under which the gazetteer files `geonames:698740` or another key.

        None for a key it does not have, and for `hand: …`, which is nobody's key.
        """
        if not authority or authority.startswith("hand:"):
            return None
        if record := self._record(authority):
            return record[0]
        return self._listed_names.get(authority)

    def bears(self, authority: str, name: str) -> bool:
        """Tell whether the place filed as `authority` has this name among its names."""
        folded = fold(name)
        if any(c.authority == authority for c in self._listed.get(folded, ())):
            return True
        source, _, key = authority.partition(":")
        if source != "geonames":
            return False
        return bool(self._rows(_BEARS, folded, key))

    @cached_property
    def _index(self) -> sqlite3.Connection:
        return self._opened()

    def _rows(self, question: str, *values: str | None) -> list[tuple[Any, ...]]:
        """Ask the index; where that shows damage inside it, once more of one built anew."""
        try:
            return self._index.execute(question, values).fetchall()
        except sqlite3.DatabaseError:
            self._index = self._opened(distrust=True)
            return self._index.execute(question, values).fetchall()

    def _opened(self, *, distrust: bool = False) -> sqlite3.Connection:
        """The index, which is closed with the gazetteer."""
        index = open_index(self._cache, self._progress, notice=self._notice, distrust=distrust)
        finalize(self, index.close)
        return index

    @cached_property
    def _listed_names(self) -> dict[str, str]:
        """The first name listed of each authority's key."""
        listed = [c for candidates in self._listed.values() for c in candidates]
        return {c.authority: c.name for c in reversed(listed)}

    def _record(self, authority: str) -> tuple[str, int] | None:
        """Return the name and population in GeoNames' record of `geonames:ID`."""
        source, _, key = authority.partition(":")
        if source != "geonames":
            return None
        # As text, for SQLite compares any text with a number, and Python's integers are longer.
        found = self._rows("SELECT name, population FROM places WHERE id = ?", key)
        return found[0] if found else None

    def _peopled(self, candidate: Candidate) -> Candidate:
        """Return it with the population that GeoNames has for it."""
        record = self._record(candidate.authority)
        return replace(candidate, population=record[1] or None) if record else candidate

    def _all(self, folded: str, country: str | None, kind: str | None) -> Iterator[Candidate]:
        yield from map(self._peopled, self._listed.get(folded, ()))
        if kind in (None, "settlement"):
            for row in self._rows(_SETTLEMENTS, folded, country, country):
                yield _settlement(*row)


def _fits(candidate: Candidate, country: str | None, kind: str | None) -> bool:
    in_country = country is None or candidate.country in (None, country)
    return in_country and kind in (None, candidate.kind)


def _by_name(*sources: Iterable[tuple[list[str], Candidate]]) -> dict[str, list[Candidate]]:
    listed = defaultdict(list)
    for source in sources:
        for names, candidate in source:
            for folded in dict.fromkeys(map(fold, names)):
                listed[folded].append(candidate)
    return listed


def _areas(path: Path) -> Iterator[tuple[list[str], Candidate]]:
    for authority, area in json.loads(path.read_text(encoding="utf-8")).items():
        latitude, longitude = area["label"]
        named = dict(
            name=area["name"],
            country=area["country"],
            kind=area["kind"],
            latitude=latitude,
            longitude=longitude,
            authority=authority,
            bounds=tuple(area["bounds"]),
            citation=area["citation"],
        )
        yield [area["name"]], Candidate(**named)
        yield area["names"], Candidate(**named, matched="alternate")


def _settlement(
    name: str,
    country: str,
    latitude: float,
    longitude: float,
    key: int,
    population: int,
    alternate: bool,
) -> Candidate:
    return Candidate(
        name=name,
        country=country,
        kind="settlement",
        latitude=latitude,
        longitude=longitude,
        authority=f"geonames:{key}",
        population=population or None,
        matched="alternate" if alternate else "name",
        citation="GeoNames, CC BY 4.0",
    )
