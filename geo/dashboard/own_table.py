"""A visitor's own table on the page; it lives in the memory of that visit alone."""

from pathlib import Path
from threading import Lock

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.dashboard.map_frame import forget_day
from geo.dashboard.memory import give_back_large_blocks
from geo.dashboard.own_journey import MAX_BYTES, MAX_ROWS, OwnJourney, open_own
from geo.dashboard.session import OwnTable, this_visit
from geo.document.tiles import OnlineTiles
from geo.geocode.gazetteer import Gazetteer

UPLOAD = "own_table"

give_back_large_blocks()

_reading = Lock()
"""Tables are read one after another: side by side each would need its memory at once."""


def uploaded_table(notices: DeltaGenerator, online: OnlineTiles | None) -> OwnTable | None:
    """The visitor's own table, read, located offline and drawn once for each upload."""
    visit, upload = this_visit(), st.session_state.get(UPLOAD)
    if upload is None:
        visit.own = None
    elif visit.own is None or visit.own.file_id != upload.file_id:
        visit.own = None
        with notices, st.spinner("Reading and locating your places …"), _reading:
            own = OwnTable(upload.file_id, open_own(upload.getvalue(), upload.name, Gazetteer()))
            own.draw(online)
        visit.own = own
        forget_day()
        st.toast("Your journey is on the map at the top of the page.")
    elif visit.own.online != online:
        with _reading:
            visit.own.draw(online)
    return visit.own


def show_own(own: OwnJourney | None, template: Path) -> None:
    """Show a template to begin with, a place to open a table of one's own, and what came of it."""
    st.write(
        "Open a table of your own to see its journey here. It is located without the network, "
        "stays in this browser session, and is gone when the page is closed."
    )
    st.download_button(
        "Template (CSV)", template.read_bytes(), "template.csv", "text/csv", on_click="ignore"
    )
    st.file_uploader(
        f"Your table: a CSV of at most {MAX_BYTES // 1_000_000} MB and {MAX_ROWS:,} rows",
        type="csv",
        key=UPLOAD,
        max_upload_size=MAX_BYTES // 1_000_000,
    )
    if own:
        st.download_button(
            "Your table with coordinates (CSV)",
            own.completed,
            "completed.csv",
            "text/csv",
            on_click="ignore",
        )
