"""The journey of a file and its map document, packed: made once for each state of the file."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.dashboard.notices import tell_of_failure, tell_of_refusal
from geo.dashboard.packing import pack, unpack
from geo.dashboard.shown import Downloads, Shown
from geo.dashboard.watch import Stamps
from geo.document.build import build_document
from geo.document.tiles import OnlineTiles
from geo.errors import GeoError
from geo.journey.model import Journey
from geo.loading import load_journey


@dataclass(frozen=True, slots=True)
class Drawing:
    """The journey of the file at `places`, what the page shows of it, and its map document."""

    places: Path
    journey: Journey
    shown: Shown
    packed: bytes

    def downloads(self) -> Downloads:
        """Return what can be taken away of it."""
        table = self.places.read_bytes if self.places.is_file() else None
        return Downloads(lambda: unpack(self.packed), lambda: self.journey, table)


def drawn_or_last(
    places: Path, stamps: Stamps, online: OnlineTiles | None, notices: DeltaGenerator
) -> Drawing | None:
    """The journey of the file; while it cannot be drawn, why, and the last one that could."""
    last = _last_drawn()
    try:
        drawing = _drawn(places, stamps, online)
    except GeoError as error:
        tell_of_failure(str(error), places in last, notices)
        return last.get(places)
    shown = drawing.shown
    wrong = any(problem.severity == "error" for problem in shown.problems)
    if shown.addresses.span is None and wrong and places in last:
        tell_of_refusal(shown.name, shown.problems, notices)
        return last[places]
    last[places] = drawing
    return drawing


# Shared, for all of it is frozen: st.cache_data would make a copy for each run, in 3 ms.
@st.cache_resource(show_spinner="Drawing the journey …", max_entries=2)
def _drawn(places: Path, stamps: Stamps, online: OnlineTiles | None) -> Drawing:
    """The journey of a file and its map document, made once for each state of the file."""
    del stamps  # the cache's key
    loaded = load_journey(places)
    packed = pack(build_document(loaded.journey, loaded.description, online))
    return Drawing(places, loaded.journey, Shown.of(loaded), packed)


@st.cache_resource
def _last_drawn() -> dict[Path, Drawing]:
    """What each file made last, for as long as the server runs."""
    return {}
