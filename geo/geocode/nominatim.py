"""Nominatim, the second backend: a geopy geocoder that keeps its usage policy.

At most one request a second over everything that runs on this machine, one at a time, with an
identifying user agent, answers kept in a cache that outlives the process, and the service's
address configurable: operations.osmfoundation.org/policies/nominatim.
"""

import json
import math
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from filelock import FileLock
from geopy import exc
from geopy.adapters import AdapterHTTPError, URLLibAdapter
from geopy.geocoders import Nominatim as GeopyNominatim
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.location import Location

from geo import errors
from geo.geocode.candidates import Candidate, choose, fold
from geo.geocode.gazetteer import as_location
from geo.geocode.geonames_index import cache_folder

ATTRIBUTION = "© OpenStreetMap contributors (ODbL 1.0), answered by Nominatim"
PUBLIC_ADDRESS = "https://nominatim.openstreetmap.org"
ADDRESS_VARIABLE = "JOURNEY_MAP_NOMINATIM"
USER_AGENT = "journey-map/1.0 (maps of historical journeys; a maintainer's step, cached)"
INTERVAL = 1.0
"""Seconds between the end of a request and the start of the next."""

_LIMIT = 10
_OBJECTS = ("node", "way", "relation")
_ANSWERS = "CREATE TABLE IF NOT EXISTS answers (url TEXT PRIMARY KEY, places TEXT)"
_SETTLEMENTS = "city town village hamlet municipality suburb borough quarter city_district"
_KINDS = {
    "country": "country",
    **dict.fromkeys("state region province county state_district".split(), "region"),
    **dict.fromkeys(_SETTLEMENTS.split(), "settlement"),
    **dict.fromkeys("island islet archipelago".split(), "island"),
    **dict.fromkeys("sea ocean bay strait".split(), "sea"),
}


class Nominatim(GeopyNominatim):
    """Asks a Nominatim service, politely, and tells every way of failing apart."""

    def __init__(
        self,
        *,
        address: str | None = None,
        cache: Path | None = None,
        timeout: float = 10,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ):
        """Ask the service at `address` (`https://host/path`), waiting `timeout` seconds at most.

        Without `address`, the variable JOURNEY_MAP_NOMINATIM of the environment is taken, else
        the public service. `cache` is a folder, by default the user's cache folder. `clock`
        gives the time in seconds since 1970.

        Raises:
            GeocodingError: the address is none.
        """
        parts = _parts(address or os.environ.get(ADDRESS_VARIABLE) or PUBLIC_ADDRESS)
        super().__init__(
            domain=f"{parts.netloc}{parts.path}",
            scheme=parts.scheme,
            timeout=timeout,
            user_agent=USER_AGENT,
            # With `requests` a time-out would ask three times, past the rate limiter.
            adapter_factory=URLLibAdapter,
        )
        folder = cache or cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        self._answers = _Answers(folder / "nominatim.sqlite")
        self._limiter = _RateLimiter(folder / "nominatim.turn", clock, sleep)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout=DEFAULT_SENTINEL,
        country: str | None = None,
        kind: str | None = None,
    ) -> Location | list[Location] | None:
        """Return where `query` is, as `Gazetteer.geocode` does; None when the service knows none.

        Raises:
            Ambiguous: exactly one was asked for, several fit and none dominates.
            Refused, RateLimited, TimedOut, Unreachable, GarbledAnswer: the service failed.
        """
        found = super().geocode(
            query,
            exactly_one=False,
            timeout=timeout,
            limit=_LIMIT,
            addressdetails=True,
            extratags=True,
            language="en",
            country_codes=country.lower() if country else None,
        )
        candidates = [_candidate(place, query) for place in found]
        candidates = [c for c in candidates if kind in (None, c.kind)]
        if not candidates:
            return None
        if exactly_one:
            return as_location(choose(query, candidates).candidate)
        return [as_location(candidate) for candidate in candidates]

    def _call_geocoder(
        self, url, callback, *, timeout=DEFAULT_SENTINEL, is_json=True, headers=None
    ):
        """Answer geopy's request from the cache, else ask once, in turn."""
        if (known := self._answers.get(url)) is not None:
            return known
        with self._limiter.turn():
            places = self._ask(url, self.timeout if timeout is DEFAULT_SENTINEL else timeout)
        self._answers.put(url, places)
        return places

    def _ask(self, url: str, timeout: float) -> list[dict]:
        try:
            answer = self.adapter.get_json(url, timeout=timeout, headers=self.headers)
        except AdapterHTTPError as error:
            raise _failure(error, self.domain) from error
        except (exc.GeocoderTimedOut, TimeoutError) as error:
            raise errors.TimedOut(f"{self.domain} did not answer in {timeout} s.") from error
        except (exc.GeocoderParseError, UnicodeError, LookupError, RecursionError) as error:
            raise errors.GarbledAnswer(f"{self.domain} did not answer in JSON.") from error
        except (exc.GeocoderServiceError, HTTPException, OSError) as error:
            raise errors.Unreachable(f"{self.domain} could not be reached: {error}") from error
        return _checked(answer)


class _RateLimiter:
    """Lets one request through at a time, a second after the last, over all processes."""

    def __init__(self, path: Path, clock: Callable[[], float], sleep: Callable[[float], None]):
        self._path, self._clock, self._sleep = path, clock, sleep
        self._lock = FileLock(path.with_suffix(".lock"))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for our turn, and keep others waiting until our request is done."""
        with self._lock:
            # A time in the future (a clock set back) makes nobody wait longer than the interval.
            waited = max(0.0, self._clock() - self._last())
            if waited < INTERVAL:
                self._sleep(INTERVAL - waited)
            self._stamp()
            try:
                yield
            finally:
                # Again, for what counts is when the service hears us, and that may be later.
                self._stamp()

    def _stamp(self) -> None:
        self._path.write_text(repr(self._clock()), encoding="ascii")

    def _last(self) -> float:
        try:
            return float(self._path.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return -math.inf


class _Answers:
    """What the service answered, by the whole address of the question. Failures are not kept."""

    def __init__(self, path: Path):
        self._path = path

    def get(self, url: str) -> list[dict] | None:
        with closing(self._open()) as answers:
            row = answers.execute("SELECT places FROM answers WHERE url = ?", [url]).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, url: str, places: list[dict]) -> None:
        with closing(self._open()) as answers, answers:
            answers.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?)", [url, json.dumps(places)]
            )

    def _open(self) -> sqlite3.Connection:
        answers = sqlite3.connect(self._path)
        try:
            answers.execute(_ANSWERS)
        except sqlite3.DatabaseError as error:
            answers.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
                raise
            # A cache can be asked for again; a broken one is begun anew.
            self._path.unlink()
            answers = sqlite3.connect(self._path)
            answers.execute(_ANSWERS)
        return answers


def _parts(address: str) -> SplitResult:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise errors.GeocodingError(f"{address!r} is no address such as {PUBLIC_ADDRESS}.")
    return parts


def _failure(error: AdapterHTTPError, service: str) -> errors.GeocodingError:
    status = error.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return errors.RateLimited(f"{service} asks us to slow down.", _retry_after(error))
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return errors.TimedOut(f"{service} gave up waiting for our question.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return errors.Unreachable(f"{service} failed on its side (HTTP {status}).")
    return errors.Refused(f"{service} refused to answer (HTTP {status}).")


def _retry_after(error: AdapterHTTPError) -> float | None:
    # The header may be a date instead; then we say no number.
    text = error.headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdecimal() else None


def _checked(answer) -> list[dict]:
    """Return the answer if it is a list of places that each have a point on the globe."""
    if not isinstance(answer, list) or not all(isinstance(place, dict) for place in answer):
        raise errors.GarbledAnswer("The service answered with JSON that is no list of places.")
    for place in answer:
        if not _is_placed(place):
            where = f"lat {place.get('lat')!r}, lon {place.get('lon')!r}"
            raise errors.GarbledAnswer(f"The service answered with a place at {where}.")
    return answer


def _is_placed(place: dict) -> bool:
    try:
        latitude, longitude = float(place["lat"]), float(place["lon"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return False
    # 0/0 is what a service writes that has no coordinates. NaN fails every comparison.
    return abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)


def _candidate(place: dict, query: str) -> Candidate:
    name = _text(place, "name") or _text(place, "display_name").partition(",")[0] or query
    return Candidate(
        name=name,
        country=_text(_part(place, "address"), "country_code").upper() or None,
        kind=_KINDS.get(_text(place, "addresstype") or _text(place, "type"), "site"),
        latitude=float(place["lat"]),
        longitude=float(place["lon"]),
        authority=_authority(place, query),
        population=_population(_part(place, "extratags")),
        matched="name" if fold(name) == fold(query) else "alternate",
        citation=ATTRIBUTION,
    )


def _authority(place: dict, query: str) -> str:
    # Some answers, such as postcodes, stand for no object of OpenStreetMap.
    if _text(place, "osm_type") in _OBJECTS and isinstance(place.get("osm_id"), int):
        return f"osm:{place['osm_type']}/{place['osm_id']}"
    return f"hand: Nominatim's answer to {query!r}"


def _part(place: dict, key: str) -> dict:
    part = place.get(key)
    return part if isinstance(part, dict) else {}


def _text(part: dict, key: str) -> str:
    value = part.get(key)
    return value if isinstance(value, str) else ""


def _population(tags: dict) -> int | None:
    # OpenStreetMap's tag is free text: "ca. 900" says nothing that can be compared.
    text = _text(tags, "population")
    return int(text) or None if text.isascii() and text.isdecimal() else None
