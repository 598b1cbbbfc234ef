"""Read a places table and its description, as the dashboard and the command line both do."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypedDict

from geo.bibliography import Work, read_works
from geo.description import Description, read_description
from geo.journey.build import build_journey
from geo.journey.model import Journey
from geo.routes.route_file import read_routes, routes_beside
from geo.table.reader import PlaceTable, read_places

DESCRIPTION_NAME = "journey.toml"
BIBLIOGRAPHY_NAME = "bibliography.csv"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A table, what describes it, and the journey that its usable rows make."""

    description: Description
    table: PlaceTable
    journey: Journey


class Rules(TypedDict, total=False):
    """What `read_places` needs to know of a description to check references, dates and sources."""

    texts: dict[str, int]
    life: tuple[date, date] | None
    works: tuple[Work, ...]


def load_journey(places: Path, description: Path | None = None) -> Loaded:
    """Read the table at `places` with its description, and build its journey.

    The description is the `journey.toml` beside the table unless another is named; where there
    is none, the file's name is the title, and texts, life and sources are not checked.

    Raises:
        PlacesError: the table cannot be read at all; what is wrong inside it is in its problems.
        DescriptionError: the description is wrong, or the one named is missing.
        BibliographyError: the bibliography beside the description is wrong.
        ReferenceDataError: the routes of its ships cannot be used.
    """
    described, table = load_table(places, description)
    return journey_of(places, described, table)


def journey_of(places: Path, description: Description, table: PlaceTable) -> Loaded:
    """Build the journey of a table read from `places`, with the routes of its ships beside it.

    Raises:
        ReferenceDataError: the routes cannot be used.
    """
    routes = read_routes(routes_beside(places))
    return Loaded(description, table, build_journey(table.places, routes))


def load_table(places: Path, description: Path | None = None) -> tuple[Description, PlaceTable]:
    """Read the table at `places` with its description, by the rules of `load_journey`."""
    described = describe(places, description)
    table = read_places(places, **rules(described))
    return described or Description(places.stem, "", (), ()), table


def describe(places: Path, description: Path | None = None) -> Description | None:
    """Read the description named, or the one beside the table, with the bibliography beside it.

    None where there is no description.
    """
    beside = places.with_name(DESCRIPTION_NAME)
    if description is None and not beside.exists():
        return None
    path = description or beside
    works = read_works(path.with_name(BIBLIOGRAPHY_NAME))
    return replace(read_description(path), works=works)


def rules(described: Description | None) -> Rules:
    """The rules that a description gives; without one, nothing is checked."""
    if described is None:
        return {}
    return {
        "texts": {text.key: text.paragraphs for text in described.texts},
        "life": described.life,
        "works": described.works,
    }
