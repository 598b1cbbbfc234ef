"""The dashboard: the map document on the first screen, and below it what it rests on."""

import os
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.dashboard.assets import ICON
from geo.dashboard.by_source import BySource
from geo.dashboard.drawing import drawn_or_last
from geo.dashboard.lazy_tabs import Tab, show_tabs
from geo.dashboard.map_frame import asked_day, show_map, style_page
from geo.dashboard.notices import tell_of_problems
from geo.dashboard.own_table import show_own, uploaded_table
from geo.dashboard.session import OwnTable, this_visit
from geo.dashboard.shown import Downloads, Shown
from geo.dashboard.source_tabs import show_differences, show_sources, show_texts
from geo.dashboard.tabs import show_downloads, show_places, show_problems
from geo.dashboard.turns import one_at_a_time
from geo.dashboard.watch import Stamps, file_stamps, watch
from geo.document.tiles import RELIEF

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
    own = uploaded_table(notices, online)
    if journey := own or drawn_or_last(PLACES, stamps, online, notices):
        with one_at_a_time():
            show_journey(notices, journey.shown, journey.packed, journey.downloads(), own)


def show_journey(
    notices: DeltaGenerator,
    shown: Shown,
    packed: bytes,
    downloads: Downloads,
    own: OwnTable | None,
) -> None:
    """Show a journey that has been read: on the map, and below it."""
    tell_of_problems(shown.name, shown.problems, notices)
    day = asked_day(shown.addresses, notices)
    settled = show_map(packed, own.file_id if own else "", shown.addresses, day)
    # What lies below the map comes once the map is on the screen, not to hold it up.
    if this_visit().drawn:
        with st.container(key="below"):
            show_below(shown, downloads, settled, own)


def show_below(
    shown: Shown, downloads: Downloads, settled: str | None, own: OwnTable | None
) -> None:
    """Tabs under the map, in step with the settled day."""
    refused = this_visit().refused
    problems = (
        *(refused.problems if refused else ()),
        *shown.problems,
        *(() if own else shown.unlocated),
    )
    found = shown.by_source
    show_tabs(
        [
            Tab("Places", lambda: show_places(shown.places, settled)),
            Tab("Sources", lambda: show_sources(found.sources), lazy=True),
            Tab("Downloads", lambda: show_downloads(downloads)),
            Tab("Your own journey", lambda: show_own(own, TEMPLATE)),
            Tab("Problems", lambda: show_problems(problems), len(problems)),
            # Not every journey has these: the browser knows the open tab by its place in the row.
            *text_tabs(found),
        ]
    )


def text_tabs(found: BySource) -> list[Tab]:
    """The tabs that tell of texts, where the journey has any."""
    differences = Tab("Differences", lambda: show_differences(found.differences), lazy=True)
    texts = Tab("The texts", lambda: show_texts(found.texts), lazy=True)
    if found.texts:
        return [differences, texts]
    return [differences] if found.differences.days else []


main()
