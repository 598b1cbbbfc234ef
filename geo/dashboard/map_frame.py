"""The map on the page: the document in its frame, and the day that map, page and address share."""

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.dashboard.assets import frame_script, frame_style, page_style
from geo.dashboard.packing import serve
from geo.dashboard.session import this_visit
from geo.journey.model import as_date


def asked_day(span: tuple[int, int] | None, notices: DeltaGenerator) -> str | None:
    """The day in the address, if it is one of the journey's `span`; else it is said in words."""
    text = st.query_params.get("date")
    if not text or not span:
        return None
    first, last = map(as_date, span)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        notices.warning("The date in the address is not a day. Write it as in ?date=1917-05-17.")
        return None
    if not first <= day <= last:
        notices.warning(f"The date in the address lies outside the journey, {first} to {last}.")
        return None
    return day.isoformat()


def style_page() -> None:
    """Give the page its style, as a component: `st.html` would give it after the map is there."""
    page = st.components.v2.component("page_style", css=page_style(), isolate_styles=False)
    page(key="style")


def show_map(packed: bytes, journey: str, asked: str | None) -> str | None:
    """Mount a packed map document; return the day on which the pointer has settled, as YYYY-MM-DD.

    Another document of the same `journey` opens on the day of the one before; that of another
    opens on the day asked for, or on the whole journey. None is the whole journey. A visitor's own
    has a name that nobody can guess, the file's none: any browser may keep that.
    """
    visit = this_visit()
    if not visit.opened:
        visit.opened, visit.settled = True, asked
    # Made at each run, so that a component built anew is seen without a restart.
    frame = st.components.v2.component(
        "journey_map",
        html='<div class="map-frame"></div>',
        css=frame_style(),
        js=frame_script(),
    )
    result = frame(
        key="map",
        data={
            "document": serve(packed, journey),
            "cache": "no-store" if journey else "force-cache",
            "journey": journey,
            "day": visit.settled,
            "order": visit.order,
        },
        on_settled_change=lambda: None,
        on_drawn_change=lambda: None,
        on_reconnected_change=lambda: None,
    )
    visit.drawn = visit.drawn or bool(result.drawn)
    if result.settled and result.settled["time"] != visit.heard:
        visit.heard = result.settled["time"]
        _settle(result.settled["date"] or None)
    return visit.settled


def _settle(day: str | None) -> None:
    """Keep the day that map and page show, in the address too."""
    this_visit().settled = day
    if day:
        st.query_params["date"] = day
    else:
        st.query_params.pop("date", None)


def go_to(day: str) -> None:
    """Ask the map to show a day."""
    this_visit().order += 1
    _settle(day)


def forget_day() -> None:
    """Let another journey begin at its own beginning."""
    this_visit().opened = False
    _settle(None)
