"""What the page shows of a journey from run to run: much less than the journey, and made once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from geo.dashboard.addresses import Addresses
from geo.dashboard.by_source import BySource
from geo.dashboard.own_journey import unlocated
from geo.dashboard.tables import PlacesTable
from geo.journey.model import Journey
from geo.loading import Loaded
from geo.problems import Problem


class Downloads(NamedTuple):
    """What can be taken away, each made when somebody asks for it; no `table` without a file."""

    document: Callable[[], str]
    journey: Callable[[], Journey]
    table: Callable[[], bytes] | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a journey: `problems` are those of its table, which is called `name`.

    `addresses` are those of its days; `unlocated` warns of rows without
    coordinates.
    """

    name: str
    addresses: Addresses
    problems: tuple[Problem, ...]
    unlocated: tuple[Problem, ...]
    places: PlacesTable
    by_source: BySource

    @classmethod
    def of(cls, loaded: Loaded) -> "Shown":
        """Take from a journey what is shown of it."""
        table = loaded.table
        return cls(
            table.name,
            Addresses(loaded.journey),
            table.problems,
            unlocated(table),
            PlacesTable(loaded.journey),
            BySource.of(loaded.journey, loaded.description),
        )
