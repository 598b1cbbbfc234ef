"""Keep what was located: rows and coordinates in the table, the evidence for them beside it.

This is the one place that holds two locks at once: the table's first, then its evidence's. Whoever
comes to need both takes them in this order, or two programs could wait for each other for ever.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from geo.files import locked, replace_whole
from geo.geocode.evidence import EvidenceStore
from geo.geocode.locate import Located, Outcome
from geo.place import Place
from geo.table.cells import coordinate_cells
from geo.table.edits import with_cells, with_row
from geo.table.reader import read_places

EVIDENCE_NAME = "evidence.json"


def evidence_beside(places: Path) -> EvidenceStore:
    """Return the evidence for the table at `places`."""
    return EvidenceStore(places.with_name(EVIDENCE_NAME))


def keep(places: Path, outcomes: Iterable[Outcome]) -> list[str]:
    """Write what was located into the table at `places`, and the evidence for it beside it.

    A row that was changed meanwhile is left as it is; the ids of such rows are returned. A
    `located_by` that somebody wrote stays, byte for byte.

    Raises:
        FileBusy: another program is writing one of the two for too long.
        PlacesError, GeocodingError: one of the two cannot be used.
    """
    located = [(place, result) for place, result in outcomes if isinstance(result, Located)]
    with locked(places) as real:
        before = real.read_bytes()
        now = {place.id: place for place in read_places(before, name=real.name).places}
        found = {p.id: result for p, result in located if _same(p, now.get(p.id))}
        # The evidence first: if the other cannot be written, evidence without coordinates does
        # no harm, as coordinates without evidence would.
        evidence_beside(places).update({name: result.evidence for name, result in found.items()})
        cells = {name: _cells(now[name], result) for name, result in found.items()}
        after = with_cells(before, cells, real.name)
        if after != before:
            replace_whole(real, after)
    return [place.id for place, _ in located if place.id not in found]


def add_row(places: Path, values: Mapping[str, str], located: Located | None) -> None:
    """Add a row to the table at `places`, with the evidence for where it is, as one change.

    `values` is {column: value}, with an id; where the row was `located`, its coordinates are
    written with it. Whoever is killed on the way leaves the table as it was.

    Raises:
        FileBusy: another program is writing one of the two for too long.
        PlacesError: the table has such a row by now, or cannot be used.
        GeocodingError: the evidence cannot be used.
        NotWritten: one of the two cannot be written.
    """
    cells = dict(values)
    if located:
        cells |= coordinate_cells(located.point, located.located_by)
    with locked(places) as real:
        after = with_row(real.read_bytes(), cells, real.name)
        if located:
            # First, as in `keep`: until the row is there, nobody looks for its evidence.
            evidence_beside(places).update({values["id"]: located.evidence})
        replace_whole(real, after)


def _cells(place: Place, located: Located) -> dict[str, str]:
    cells = coordinate_cells(located.point, located.located_by)
    if place.located_by:
        del cells["located_by"]
    return cells


def _same(asked: Place, now: Place | None) -> bool:
    return now is not None and replace(now, line=asked.line) == asked
