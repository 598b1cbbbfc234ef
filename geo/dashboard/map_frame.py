"""The map on the page: the document in its frame, and the day that map, page and address share."""

import json
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.dashboard.assets import frame_script, frame_style
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


def show_map(document: bytes, journey: str, asked: str | None) -> str | None:
    """Mount the map document; return the day on which the pointer has settled, as YYYY-MM-DD.

    Another document of the same `journey` opens on the day of the one before; that of another
    opens on the day asked for, or on the whole journey. None is the whole journey.
    """
    visit = this_visit()
    if not visit.opened:
        visit.opened, visit.asked, visit.settled = True, asked, asked
    # Made at each run, so that a component built anew is seen without a restart.
    frame = st.components.v2.component(
        "journey_map",
        html='<div class="map-frame"></div>',
        css=frame_style(),
        js=frame_script(),
    )
    result = frame(
        key="map",
        data=_for_the_frame(document, journey),
        on_settled_change=lambda: None,
        on_drawn_change=lambda: None,
        on_reconnected_change=lambda: None,
    )
    visit.drawn = visit.drawn or bool(result.drawn)
    if result.settled and result.settled["time"] != visit.heard:
        visit.heard = result.settled["time"]
        _settle(result.settled["date"] or None)
    return visit.settled


def _for_the_frame(document: bytes, journey: str) -> bytes:
    """A line of JSON and the document, the same bytes until the page asks for another day.

    What is the same is not sent again. So the day on which the pointer has settled is not in it;
    the frame, which has told it, knows it.
    """
    visit = this_visit()
    asked = {"journey": journey, "day": visit.asked, "order": visit.order}
    return json.dumps(asked).encode() + b"\n" + document


def _settle(day: str | None) -> None:
    """Keep the day that map and page show, in the address too."""
    this_visit().settled = day
    if day:
        st.query_params["date"] = day
    else:
        st.query_params.pop("date", None)


def go_to(day: str) -> None:
    """Ask the map to show a day."""
    visit = this_visit()
    visit.order += 1
    visit.asked = day
    _settle(day)


def forget_day() -> None:
    """Let another journey begin at its own beginning."""
    this_visit().opened = False
    _settle(None)
