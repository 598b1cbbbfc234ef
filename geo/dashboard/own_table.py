"""A visitor's own table on the page; it lives in the memory of that visit alone."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.dashboard.map_frame import forget_day
from geo.dashboard.notices import tell_of_refusal
from geo.dashboard.own_journey import MAX_BYTES, MAX_ROWS, OwnJourney, open_own
from geo.dashboard.session import OwnTable, this_visit
from geo.document.build import build_document
from geo.document.tiles import OnlineTiles
from geo.geocode.gazetteer import Gazetteer
from geo.loading import Loaded

UPLOAD = "own_table"


def uploaded_table(notices: DeltaGenerator) -> OwnTable | None:
    """The visitor's own table, read and located offline once for each upload.

    One of which nothing can be drawn leaves the last that could, and is told of.
    """
    visit, upload = this_visit(), st.session_state.get(UPLOAD)
    # A server that was started anew knows the name of an upload, but no longer has it.
    if not isinstance(upload, UploadedFile):
        visit.own = visit.upload = visit.refused = None
    elif visit.upload != upload.file_id:
        visit.upload = upload.file_id
        _read(upload, notices)
    if visit.refused:
        tell_of_refusal(visit.refused.loaded, notices)
    return visit.own


def _read(upload: UploadedFile, notices: DeltaGenerator) -> None:
    visit = this_visit()
    with notices, st.spinner("Reading and locating your places …"):
        own = open_own(upload.getvalue(), upload.name, Gazetteer())
    if own.loaded.journey.span is None:
        visit.refused = own
        return
    visit.own, visit.refused = OwnTable(upload.file_id, own), None
    forget_day()
    st.toast("Your journey is on the map at the top of the page.")


def own_drawn(own: OwnTable, online: OnlineTiles | None) -> tuple[Loaded, str]:
    """The visitor's own journey and its map document, made once for each table."""
    if own.document is None or own.online != online:
        loaded = own.journey.loaded
        own.document = build_document(loaded.journey, loaded.description, online)
        own.online = online
    return own.journey.loaded, own.document


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
