"""A visitor's own table: read, located offline and completed, all in memory."""

from dataclasses import dataclass

from geo.description import Description
from geo.errors import GeocodingError
from geo.geocode.candidates import Ambiguous
from geo.geocode.locate import Finder, Located, locate_places, moved
from geo.journey.build import build_journey
from geo.loading import Loaded
from geo.place import Place
from geo.problems import Problem
from geo.table.cells import coordinate_cells
from geo.table.edits import with_cells
from geo.table.reader import PlaceTable, read_places

MAX_BYTES = 5_000_000
MAX_ROWS = 2_000
CANDIDATES_NAMED = 4


@dataclass(frozen=True, slots=True)
class OwnJourney:
    """What came of a visitor's table: the journey, and the cells that were found for the table."""

    loaded: Loaded
    data: bytes
    found: dict[str, dict[str, str]]

    def completed(self) -> bytes:
        """The table with its coordinates filled in: made when asked for, for it may be large."""
        return (
            with_cells(self.data, self.found, self.loaded.table.name) if self.found else self.data
        )


def open_own(data: bytes, name: str, geocoder: Finder) -> OwnJourney:
    """Read a table and locate its rows that lack coordinates; nothing is kept or guessed.

    What is wrong with the table, and what could not be located, is in the journey's
    `table.problems`.
    """
    table = read_places(data, name=name, max_bytes=MAX_BYTES, max_rows=MAX_ROWS)
    outcomes = locate_places(table.places, geocoder)
    located = {place.id: found for place, found in outcomes if isinstance(found, Located)}
    failures = [(place, error) for place, error in outcomes if isinstance(error, GeocodingError)]
    places = tuple(
        moved(place, located[place.id]) if place.id in located else place for place in table.places
    )
    problems = (*table.problems, *(_problem(place, error, name) for place, error in failures))
    completed = PlaceTable(places, problems, name)
    title = name.removesuffix(".csv").replace("_", " ")
    description = Description(title, "", (), ())
    loaded = Loaded(description, completed, build_journey(places))
    found = {key: coordinate_cells(own.point, own.located_by) for key, own in located.items()}
    return OwnJourney(loaded, data, found)


def unlocated(table: PlaceTable) -> tuple[Problem, ...]:
    """A warning for each row that is read but has no coordinates, hence no place on the map."""
    return tuple(
        Problem(
            severity="warning",
            file=table.name,
            line=place.line,
            column="latitude",
            value="",
            message=f"{place.place} has no coordinates yet, so it is not drawn",
            repair="run python -m geo locate",
        )
        for place in table.places
        if place.point is None
    )


def _problem(place: Place, error: GeocodingError, name: str) -> Problem:
    """The row cannot be drawn: which places its name may mean, or that none is known."""
    repair = "write the name used today in modern_name, or latitude and longitude"
    if isinstance(error, Ambiguous):
        some = error.candidates[:CANDIDATES_NAMED]
        named = "; ".join(candidate.in_words() for candidate in some)
        repair = f"write its country, or the latitude and longitude of one of: {named}"
    column, value = "place", place.place
    if place.located_by:
        column, value = "located_by", place.located_by
        repair = "write its latitude and longitude, or empty located_by"
    return Problem(
        severity="error",
        file=name,
        line=place.line,
        column=column,
        value=value,
        message=str(error).rstrip("."),
        repair=repair,
    )
