"""The map on the page: the document in its frame, and the day that map, page and address share."""

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.dashboard.addresses import Address, Addresses
from geo.dashboard.assets import frame_script, frame_style, page_style
from geo.dashboard.packing import serve
from geo.dashboard.session import this_visit
from geo.journey.model import as_date


def asked_day(addresses: Addresses, notices: DeltaGenerator) -> str | None:
    """The day in the address, if it is one of the journey's; else it is said in words."""
    text = st.query_params.get("date")
    if not text or not addresses.span:
        return None
    if named := addresses.day(text, st.query_params.get("stay", "")):
        return named.isoformat()
    first, last = map(as_date, addresses.span)
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


def show_map(packed: bytes, journey: str, addresses: Addresses, asked: str | None) -> str | None:
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
        visit.settled = result.settled["date"] or None
        if not visit.settled:
            _put_into_address({})
    if visit.settled:
        _put_into_address(addresses.of(date.fromisoformat(visit.settled)))
    return visit.settled


def _put_into_address(address: Address) -> None:
    """Have the page's address say this, and no other day."""
    for name in ("date", "stay"):
        if name in address:
            st.query_params[name] = address[name]
        else:
            st.query_params.pop(name, None)


def go_to(day: str) -> None:
    """Ask the map to show a day."""
    visit = this_visit()
    visit.order, visit.settled = visit.order + 1, day


def forget_day() -> None:
    """Let another journey begin at its own beginning."""
    visit = this_visit()
    visit.opened, visit.settled = False, None
    _put_into_address({})
