"""The journey of a file and its map document, packed: made once for each state of the file."""

from pathlib import Path
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.dashboard.notices import tell_of_failure, tell_of_refusal
from geo.dashboard.packing import pack
from geo.dashboard.session import OwnTable
from geo.dashboard.watch import Stamps
from geo.document.build import build_document
from geo.document.tiles import OnlineTiles
from geo.errors import GeoError
from geo.loading import Loaded, load_journey


def drawn_or_last(
    places: Path, stamps: Stamps, online: OnlineTiles | None, notices: DeltaGenerator
) -> tuple[Loaded, bytes] | None:
    """The journey of the file; while it cannot be drawn, why, and the last one that could."""
    last = _last_drawn()
    try:
        shown = _drawn(places, stamps, online)
    except GeoError as error:
        tell_of_failure(str(error), places in last, notices)
        return last.get(places)
    loaded = shown[0]
    if loaded.journey.span is None and loaded.table.errors and places in last:
        tell_of_refusal(loaded, notices)
        return last[places]
    last[places] = shown
    return shown


# Shared, for all of it is frozen: st.cache_data would make a copy for each run, in 3 ms.
@st.cache_resource(show_spinner="Drawing the journey …", max_entries=2)
def _drawn(places: Path, stamps: Stamps, online: OnlineTiles | None) -> tuple[Loaded, bytes]:
    """The journey of a file and its map document, made once for each state of the file."""
    del stamps  # the cache's key
    loaded = load_journey(places)
    return loaded, pack(build_document(loaded.journey, loaded.description, online))


@st.cache_resource
def _last_drawn() -> dict[Path, tuple[Loaded, bytes]]:
    """What each file made last, for as long as the server runs."""
    return {}


def own_drawn(table: OwnTable) -> tuple[Loaded, bytes]:
    """A visitor's own journey and its map document, packed once for each that is drawn."""
    online, packed = _own_packed.get(table, (None, b""))
    if not packed or online != table.online:
        packed = pack(table.document())
        _own_packed[table] = table.online, packed
    return table.journey.loaded, packed


_own_packed: WeakKeyDictionary[OwnTable, tuple[OnlineTiles | None, bytes]] = WeakKeyDictionary()
"""Gone with the table, hence with the visit."""
