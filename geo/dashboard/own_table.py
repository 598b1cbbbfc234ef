"""A visitor's own table on the page; it lives in the memory of that visit alone."""

from pathlib import Path
from threading import Lock

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.dashboard.map_frame import forget_day
from geo.dashboard.memory import give_back_large_blocks, give_back_what_is_free
from geo.dashboard.notices import tell_of_failure, tell_of_refusal
from geo.dashboard.own_journey import MAX_BYTES, MAX_ROWS, open_own
from geo.dashboard.session import OwnTable, Refused, this_visit
from geo.dashboard.shown import Shown
from geo.document.tiles import OnlineTiles
from geo.errors import GeoError
from geo.geocode.gazetteer import Gazetteer

UPLOAD = "own_table"

give_back_large_blocks()

_reading = Lock()
"""Tables are read one after another: side by side each would need its memory at once."""


def uploaded_table(notices: DeltaGenerator, online: OnlineTiles | None) -> OwnTable | None:
    """The visitor's own table, read, located offline and drawn once for each upload.

    One of which nothing can be drawn leaves the last that could, and is told of.
    """
    visit, upload = this_visit(), st.session_state.get(UPLOAD)
    # A server that was started anew knows the name of an upload, but no longer has it.
    if not isinstance(upload, UploadedFile):
        visit.own = visit.upload = visit.refused = visit.failure = None
        return None
    if visit.upload != upload.file_id:
        visit.upload = upload.file_id
        with notices, st.spinner("Reading and locating your places …"), _reading:
            _read(upload, online)
            give_back_what_is_free()
    elif visit.own and visit.own.online != online:
        with _reading:
            visit.own.draw(visit.own.read(), online)
    if visit.failure:
        tell_of_failure(visit.failure, True, notices)
    if visit.refused:
        tell_of_refusal(visit.refused.name, visit.refused.problems, notices)
    return visit.own


def _read(upload: UploadedFile, online: OnlineTiles | None) -> None:
    visit = this_visit()
    visit.refused = visit.failure = None
    data = upload.getvalue()
    try:
        journey = open_own(data, upload.name, Gazetteer())
    except GeoError as error:
        visit.failure = str(error)
        return
    shown = Shown.of(journey.loaded)
    if shown.addresses.span is None:
        visit.refused = Refused(shown.name, shown.problems)
        return
    table = OwnTable(upload.file_id, data, upload.name, shown)
    table.draw(journey, online)
    visit.own = table
    forget_day()
    st.toast("Your journey is on the map at the top of the page.")


def show_own(own: OwnTable | None, template: Path) -> None:
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
            lambda: own.read().completed(),
            "completed.csv",
            "text/csv",
            on_click="ignore",
        )
