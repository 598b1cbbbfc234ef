"""The dashboard: the map document on the first screen, and below it what it rests on."""

import os
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.dashboard.assets import ICON, PAGE_STYLE
from geo.dashboard.map_frame import asked_day, show_map
from geo.dashboard.notices import tell_of_failure, tell_of_problems, tell_of_refusal
from geo.dashboard.own_journey import OwnJourney, unlocated
from geo.dashboard.own_table import own_drawn, show_own, uploaded_table
from geo.dashboard.session import this_visit
from geo.dashboard.tabs import show_downloads, show_places, show_problems, show_texts
from geo.dashboard.watch import Stamps, file_stamps, watch
from geo.document.build import build_document
from geo.document.tiles import RELIEF, OnlineTiles
from geo.errors import GeoError
from geo.loading import Loaded, load_journey

ROOT = Path(__file__).parent
PLACES = Path(os.environ.get("JOURNEY_PLACES") or ROOT / "data" / "places.csv")
TEMPLATE = ROOT / "data" / "template.csv"


def main() -> None:
    """Read top to bottom: the table, the map, and what lies below it."""
    st.set_page_config(page_title="Journey map", page_icon=ICON, layout="wide")
    st.html(PAGE_STYLE)
    notices = st.container(key="notices")
    stamps = file_stamps(PLACES)
    show_page(notices, stamps)
    watch(PLACES, stamps)


def show_page(notices: DeltaGenerator, stamps: Stamps) -> None:
    """Show the visitor's own journey, or that of the file; where neither can be drawn, say why."""
    online = RELIEF if st.session_state.get("relief") else None
    table = uploaded_table(notices)
    shown = own_drawn(table, online) if table else drawn_or_last(stamps, online, notices)
    if shown is None:
        return
    loaded, document = shown
    tell_of_problems(loaded, notices)
    journey = table.file_id if table else ""
    settled = show_map(document, journey, asked_day(loaded.journey, notices))
    # What lies below the map comes once the map is on the screen, not to hold it up.
    if this_visit().drawn:
        with st.container(key="below"):
            show_below(loaded, document, settled, table.journey if table else None)


def drawn_or_last(
    stamps: Stamps, online: OnlineTiles | None, notices: DeltaGenerator
) -> tuple[Loaded, str] | None:
    """The journey of the file; while it cannot be drawn, why, and the last one that could."""
    last = last_drawn()
    try:
        shown = drawn(PLACES, stamps, online)
    except GeoError as error:
        tell_of_failure(str(error), PLACES in last, notices)
        return last.get(PLACES)
    loaded = shown[0]
    if loaded.journey.span is None and loaded.table.errors and PLACES in last:
        tell_of_refusal(loaded, notices)
        return last[PLACES]
    last[PLACES] = shown
    return shown


@st.cache_data(show_spinner="Drawing the journey …", max_entries=2)
def drawn(places: Path, stamps: Stamps, online: OnlineTiles | None) -> tuple[Loaded, str]:
    """The journey of a file and its map document, made once for each state of the file."""
    del stamps  # the cache's key
    loaded = load_journey(places)
    return loaded, build_document(loaded.journey, loaded.description, online)


@st.cache_resource
def last_drawn() -> dict[Path, tuple[Loaded, str]]:
    """What each file made last, for as long as the server runs."""
    return {}


def show_below(loaded: Loaded, document: str, settled: str | None, own: OwnJourney | None) -> None:
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
        show_downloads(loaded.journey, document, own.completed if own else file_bytes())
    with yours:
        show_own(own, TEMPLATE)
    with tray:
        show_problems(problems)


def file_bytes() -> bytes | None:
    """The table as it is on the disk; None where it is not."""
    try:
        return PLACES.read_bytes()
    except OSError:
        return None


main()
