"""The wire to a Nominatim service: in turn, at its pace, and never twice for one question.

It stands where geopy lets a geocoder's wire be chosen (`adapter_factory`), so that whatever geopy
asks goes through the cache and the pace. Each way of failing gets its own error.
"""

import errno
import json
import math
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing, contextmanager
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import partial
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from queue import Empty, SimpleQueue
from ssl import SSLContext
from threading import Thread
from typing import Any

from filelock import FileLock, Timeout
from geopy import exc
from geopy.adapters import AdapterHTTPError, URLLibAdapter

from geo import errors
from geo.files import write_whole

INTERVAL = 1.0
"""Seconds between the end of a request and the start of the next."""

MOST_WAITED = 10.0
"""Seconds that a question waits where a service asks for it; a longer wait is told instead."""

MOST_KEPT = 86_400.0
"""Seconds for which a service is left alone at most, whatever it asks for."""

PATIENCE = 30.0
"""Seconds to wait for the questions of other programs on this machine."""

Answer = dict[str, Any]
"""A place as a service wrote it in JSON: `lat` and `lon` are checked, nothing else is."""

_LAST = ""  # when any service was asked last; no service has this name
_ANSWERS = "CREATE TABLE IF NOT EXISTS answers (url TEXT PRIMARY KEY, places TEXT)"


# Over urllib, for with `requests` a time-out would ask three times, past the rate limiter.
class PoliteAdapter(URLLibAdapter):  # type: ignore[misc]  # geopy has no types
    """Asks a service once a second at most, and answers again what it has answered before."""

    def __init__(
        self,
        *,
        service: str,
        folder: Path,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        proxies: Mapping[str, str] | None,
        ssl_context: SSLContext | None,
    ) -> None:
        """Keep answers and turns in `folder`; `service` is its name in messages.

        `proxies` and `ssl_context` are what geopy gives to each adapter.
        """
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        folder.mkdir(parents=True, exist_ok=True)
        self._service, self._clock = service, clock
        self._answers = _Answers(folder / "nominatim.sqlite")
        self._limiter = _RateLimiter(folder / "nominatim.turn", service, clock, sleep)

    def get_json(
        self, url: str, *, timeout: float | None, headers: Mapping[str, str]
    ) -> list[Answer]:
        """Return the places that answer `url`, from the cache or else from the service.

        Raises:
            Refused, RateLimited, TimedOut, Unreachable, GarbledAnswer: the service failed.
        """
        places = self._answers.get(url)
        if places is None:
            places = _read(self.get_text(url, timeout=timeout, headers=headers), self._service)
            self._answers.put(url, places)
        # geopy makes a Location of each place, and refuses one without an address.
        return [place | {"display_name": text(place, "display_name")} for place in places]

    def get_text(self, url: str, *, timeout: float | None, headers: Mapping[str, str]) -> str:
        """Ask the service once, in turn; the errors are those of `get_json`.

        `timeout` is for the whole answer, in seconds.
        """
        ask = partial(super().get_text, url, timeout=timeout, headers=headers)
        with self._limiter.turn(), self._failures_told_apart(timeout):
            return _within(timeout, ask)

    @contextmanager
    def _failures_told_apart(self, timeout: float | None) -> Iterator[None]:
        try:
            yield
        except AdapterHTTPError as error:
            seconds = _retry_after(error, self._clock())
            if seconds:
                self._limiter.pause(seconds)
            raise _failure(error.status_code, self._service, seconds) from error
        except (exc.GeocoderTimedOut, TimeoutError) as error:
            raise errors.TimedOut(f"{self._service} did not answer in {timeout} s.") from error
        except (exc.GeocoderParseError, UnicodeError, LookupError) as error:
            raise errors.GarbledAnswer(f"{self._service} did not answer in JSON.") from error
        except (exc.GeocoderServiceError, HTTPException, OSError) as error:
            raise errors.Unreachable(f"{self._service} could not be reached: {error}") from error


def _within(timeout: float | None, ask: Callable[[], str]) -> str:
    """Return what `ask` returns, or raise TimeoutError once `timeout` seconds have passed.

    A time-out of the wire is for each piece of an answer: one that comes a byte a second would
    never end. What is given up goes on in a thread that keeps nobody waiting.
    """
    answers: SimpleQueue[Future[str]] = SimpleQueue()

    def run() -> None:
        answer: Future[str] = Future()
        try:
            answer.set_result(ask())
        except Exception as error:
            answer.set_exception(error)
        answers.put(answer)

    Thread(target=run, daemon=True).start()
    try:
        return answers.get(timeout=timeout).result()
    except Empty:
        raise TimeoutError from None


class _RateLimiter:
    """Lets one request through at a time, a second after the last, over all processes.

    What a service asked for in a Retry-After is kept with it, for each service apart.
    """

    def __init__(
        self,
        path: Path,
        service: str,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._path, self._service, self._clock, self._sleep = path, service, clock, sleep
        self._lock = FileLock(path.with_suffix(".lock"), timeout=PATIENCE)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for our turn, and keep others waiting until our request is done.

        Raises RateLimited where that would take too long.
        """
        with self._alone():
            self._wait()
            self._stamp()
            try:
                yield
            finally:
                # Again, for what counts is when the service hears us, and that may be later.
                self._stamp()

    def pause(self, seconds: float) -> None:
        """Leave the service alone for so long, whoever asks. Call it within a turn."""
        until = self._clock() + min(seconds, MOST_KEPT)
        self._write(self._read() | {self._service: until})

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self._lock.acquire()
        except Timeout as error:
            told = f"Other programs here are asking too: our turn did not come in {PATIENCE:.0f} s."
            raise errors.RateLimited(told) from error
        try:
            yield
        finally:
            self._lock.release()

    def _wait(self) -> None:
        now, times = self._clock(), self._read()
        # A time in the future (a clock set back) makes nobody wait longer than the interval, ...
        left = INTERVAL - max(0.0, now - times.get(_LAST, -math.inf))
        pause = times.get(self._service, now) - now
        # ... nor longer than a service is ever left alone.
        if MOST_WAITED < pause <= MOST_KEPT:
            told = f"{self._service} asked us not to ask again for another {pause:,.0f} s."
            raise errors.RateLimited(told, pause)
        if pause <= MOST_KEPT:
            left = max(left, pause)
        if left > 0:
            self._sleep(left)

    def _stamp(self) -> None:
        self._write(self._read() | {_LAST: self._clock()})

    def _write(self, times: dict[str, float]) -> None:
        write_whole(self._path, json.dumps(times).encode())

    def _read(self) -> dict[str, float]:
        try:
            times = json.loads(self._path.read_text(encoding="ascii"))
            return {str(key): float(time) for key, time in times.items()}
        except (FileNotFoundError, ValueError, TypeError, AttributeError):
            return {}


class _Answers:
    """What the service answered, by the whole address of the question. Failures are not kept."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, url: str) -> list[Answer] | None:
        with self._opened() as answers:
            row = answers.execute("SELECT places FROM answers WHERE url = ?", [url]).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, url: str, places: list[Answer]) -> None:
        with self._opened() as answers, answers:
            answers.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?)", [url, json.dumps(places)]
            )

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._open()) as answers:
                yield answers
        except sqlite3.Error as error:
            raise errors.NotWritten(errno.EIO, str(error), str(self._path)) from error

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


def _failure(status: int, service: str, retry_after: float | None) -> errors.GeocodingError:
    wait = "" if retry_after is None else f" It is to be asked again in {retry_after:,.0f} s."
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return errors.RateLimited(f"{service} asks us to slow down.{wait}", retry_after)
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return errors.TimedOut(f"{service} gave up waiting for our question.{wait}")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return errors.Unreachable(f"{service} failed on its side (HTTP {status}).{wait}")
    return errors.Refused(f"{service} refused to answer (HTTP {status}).{wait}")


def _retry_after(error: AdapterHTTPError, now: float) -> float | None:
    """The seconds for which the service wants to be left alone, if it says so."""
    written = error.headers.get("retry-after", "").strip()
    if written.isascii() and written.isdecimal():
        return float(written)
    try:
        until = parsedate_to_datetime(written)
    except ValueError:
        return None
    # HTTP's dates are in UTC, also where they do not say so.
    return max(0.0, (until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - now)


def _read(answer: str, service: str) -> list[Answer]:
    try:
        places = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise errors.GarbledAnswer(f"{service} did not answer in JSON.") from error
    return _checked(places)


def _checked(answer: object) -> list[Answer]:
    """Return the answer if it is a list of places that each have a point on the globe."""
    if not isinstance(answer, list) or not all(isinstance(place, dict) for place in answer):
        raise errors.GarbledAnswer("The service answered with JSON that is not a list of places.")
    for place in answer:
        if not _is_placed(place):
            where = f"lat {place.get('lat')!r}, lon {place.get('lon')!r}"
            raise errors.GarbledAnswer(f"The service answered with a place at {where}.")
    return answer


def _is_placed(place: Answer) -> bool:
    try:
        latitude, longitude = float(place["lat"]), float(place["lon"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return False
    # 0/0 is what a service writes that has no coordinates. NaN fails every comparison.
    return abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)


def text(part: Answer, key: str) -> str:
    """Return what `part` holds under `key` if it is text, and nothing of any other kind."""
    value = part.get(key)
    return value if isinstance(value, str) else ""
