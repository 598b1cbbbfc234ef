"""The dashboard: the map document on the first screen, and below it what it rests on."""

import os
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.dashboard.assets import ICON
from geo.dashboard.drawing import drawn_or_last, own_drawn
from geo.dashboard.map_frame import asked_day, show_map, style_page
from geo.dashboard.notices import tell_of_problems
from geo.dashboard.own_journey import OwnJourney, unlocated
from geo.dashboard.own_table import show_own, uploaded_table
from geo.dashboard.packing import unpack
from geo.dashboard.session import OwnTable, this_visit
from geo.dashboard.tabs import show_downloads, show_places, show_problems, show_texts
from geo.dashboard.turns import one_at_a_time
from geo.dashboard.watch import Stamps, file_stamps, watch
from geo.document.tiles import RELIEF
from geo.loading import Loaded

ROOT = Path(__file__).parent
PLACES = Path(os.environ.get("JOURNEY_PLACES") or ROOT / "data" / "places.csv")
TEMPLATE = ROOT / "data" / "template.csv"


def main() -> None:
    """Read top to bottom: the table, the map, and what lies below it."""
    st.set_page_config(page_title="Journey map", page_icon=ICON)
    style_page()
    notices = st.container(key="notices")
    stamps = file_stamps(PLACES)
    show_page(notices, stamps)
    watch(PLACES, stamps)


def show_page(notices: DeltaGenerator, stamps: Stamps) -> None:
    """Show the visitor's own journey, or that of the file; where neither can be drawn, say why."""
    online = RELIEF if st.session_state.get("relief") else None
    table = uploaded_table(notices, online)
    shown = own_drawn(table) if table else drawn_or_last(PLACES, stamps, online, notices)
    if shown:
        with one_at_a_time():
            show_journey(notices, *shown, table)


def show_journey(
    notices: DeltaGenerator, loaded: Loaded, packed: bytes, table: OwnTable | None
) -> None:
    """Show a journey that has been read: on the map, and below it."""
    tell_of_problems(loaded, notices)
    journey = table.file_id if table else ""
    settled = show_map(packed, journey, asked_day(loaded.journey, notices))
    # What lies below the map comes once the map is on the screen, not to hold it up.
    if this_visit().drawn:
        with st.container(key="below"):
            show_below(loaded, lambda: unpack(packed), settled, table.journey if table else None)


def show_below(
    loaded: Loaded, document: Callable[[], str], settled: str | None, own: OwnJourney | None
) -> None:
    """Tabs under the map, in step with the settled day."""
    refused = this_visit().refused
    problems = (
        *(refused.loaded.table.problems if refused else ()),
        *loaded.table.problems,
        *(() if own else unlocated(loaded.table)),
    )
    trouble = f"Problems ({len(problems)})" if problems else "Problems"
    names = ["Places", "The texts", "Downloads", "Your own journey", trouble]
    places, texts, downloads, yours, tray = st.tabs(names)
    with places:
        show_places(loaded.journey, settled)
    with texts:
        show_texts(loaded)
    with downloads:
        of_file = PLACES.read_bytes if PLACES.is_file() else None
        show_downloads(loaded.journey, document, own.completed if own else of_file)
    with yours:
        show_own(own, TEMPLATE)
    with tray:
        show_problems(problems)


main()
