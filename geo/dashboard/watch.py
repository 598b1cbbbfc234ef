"""Files on disk: whether the table, or what the page is built of, has changed while it is open."""

from pathlib import Path

import streamlit as st

from geo.dashboard.assets import watch_script
from geo.document.assets import stamps as page_stamps
from geo.loading import DESCRIPTION_NAME

Stamps = tuple[tuple[int, int], ...]
"""Time of change (ns) and size (bytes) of each file; zeros where it is not there."""

_watcher = st.components.v2.component("journey_watch", html="<span></span>", js=watch_script())


def file_stamps(places: Path) -> Stamps:
    """What changes when the table, its description or the built page does."""
    return _stamp(places), _stamp(places.with_name(DESCRIPTION_NAME)), *page_stamps()


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@st.fragment
def watch(places: Path, stamps: Stamps) -> None:
    """Draw the page anew when the table or its description has been edited.

    The component asks, not a timer of Streamlit's, which would also run while the pointer is down.
    """
    _watcher(key="watch", on_look_change=lambda: None)
    if file_stamps(places) != stamps:
        st.rerun(scope="app")
