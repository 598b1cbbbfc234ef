"""The routes of a table's ships in one JSON file beside it, sorted by id; written whole or not."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from pathlib import Path

from geo.files import locked, replace_whole
from geo.records import DAY, KM, TEXT, Record, RecordReader, Rule, as_json, is_number
from geo.routes.route import Route

ROUTES_NAME = "routes.json"


def _is_point(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and is_number(value[0], -90, 90)
        and is_number(value[1], -180, 180)
    )


RULES = {
    "asked": TEXT,
    "points": Rule(
        lambda value: isinstance(value, list) and all(map(_is_point, value)),
        "a list of points, each a latitude and a longitude",
    ),
    "km": KM,
    "library": TEXT,
    "settings": TEXT,
    "when": DAY,
}


def routes_beside(places: Path) -> Path:
    """Where the routes of the table at `places` are kept."""
    return places.with_name(ROUTES_NAME)


def read_routes(path: Path) -> dict[str, Route]:
    """Return the routes by the ids of the rows that they lead to; empty where there is no file.

    Raises:
        ReferenceDataError: the file holds something else; every problem is told.
    """
    try:
        return RecordReader(path, "routes").read(_route, RULES)
    except FileNotFoundError:
        return {}


def _route(_: str, record: Record) -> Route:
    return Route(**record | {"points": tuple(map(tuple, record["points"]))})


def keep_routes(path: Path, found: Mapping[str, Route], sailed: Collection[str]) -> None:
    """Put what was found into the file; rows that are no longer `sailed` to lose their route.

    What was found before just so keeps the date on which it was. Raises FileBusy.
    """
    with locked(path) as real:
        known = read_routes(path)
        merged = {
            name: _older(known.get(name), route)
            for name, route in {**known, **found}.items()
            if name in sailed
        }
        if merged != known:
            replace_whole(real, as_json({name: asdict(route) for name, route in merged.items()}))


def _older(known: Route | None, new: Route) -> Route:
    return known if known and replace(new, when=known.when) == known else new
