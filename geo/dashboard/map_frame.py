"""The map on the page: the document in its frame, and the day that map, page and address share."""

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.dashboard.assets import frame_script, frame_style
from geo.dashboard.session import this_visit
from geo.journey.model import Journey, as_date


def asked_day(journey: Journey, notices: DeltaGenerator) -> str | None:
    """The day in the address, if it is one of the journey; anything else is said in words."""
    text = st.query_params.get("date")
    if not text or not journey.span:
        return None
    first, last = map(as_date, journey.span)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        notices.warning("The date in the address is not a day. Write it as in ?date=1917-05-17.")
        return None
    if not first <= day <= last:
        notices.warning(f"The date in the address lies outside the journey, {first} to {last}.")
        return None
    return day.isoformat()


def show_map(document: str, asked: str | None) -> str | None:
    """Mount the map document; return the day on which the pointer has settled, as YYYY-MM-DD."""
    visit = this_visit()
    if not visit.opened:
        visit.opened, visit.settled = True, asked
        visit.going = {"date": asked, "order": 1} if asked else None
    # Made at each run, so that a component built anew is seen without a restart.
    frame = st.components.v2.component(
        "journey_map",
        html='<div class="map-frame"></div>',
        css=frame_style(),
        js=frame_script(),
    )
    result = frame(
        key="map",
        data={"document": document, "go": visit.going},
        on_settled_change=lambda: None,
        on_drawn_change=lambda: None,
    )
    visit.drawn = visit.drawn or bool(result.drawn)
    day = result.settled["date"] if result.settled else None
    if day and day != visit.heard:
        visit.heard = visit.settled = day
        st.query_params["date"] = day
    return visit.settled


def go_to(day: str) -> None:
    """Ask the map to show a day."""
    visit = this_visit()
    order = visit.going["order"] + 1 if visit.going else 1
    visit.going = {"date": day, "order": order}
    visit.settled = day
    st.query_params["date"] = day


def stay_on_day() -> None:
    """Let another document open on the day of the one before."""
    if day := this_visit().settled:
        go_to(day)


def forget_day() -> None:
    """Let another journey begin at its own beginning."""
    visit = this_visit()
    visit.opened, visit.going, visit.heard, visit.settled = False, None, None, None
    st.query_params.pop("date", None)
