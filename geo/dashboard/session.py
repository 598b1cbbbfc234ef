"""What one visit to the page remembers from run to run, under one key of Streamlit's session."""

from dataclasses import dataclass
from typing import TypedDict

import streamlit as st

from geo.dashboard.own_journey import OwnJourney
from geo.document.tiles import OnlineTiles

KEY = "visit"


class Going(TypedDict):
    """A day that the map is asked to show; `order` counts the askings, each of which is sent once.

    It goes to the component as it is.
    """

    date: str
    order: int


@dataclass
class OwnTable:
    """A visitor's own table, as it was uploaded, and the document last made of its journey."""

    file_id: str
    journey: OwnJourney
    document: str | None = None
    online: OnlineTiles | None = None


@dataclass
class Visit:
    """What is remembered; days are YYYY-MM-DD.

    `opened` tells whether the map has been given the day in the address, `going` what it was last
    asked for. `heard` is the day that it told last, `settled` the one that the page below it shows.
    `table_days` holds the first day of each row of the table of places.
    """

    opened: bool = False
    drawn: bool = False
    going: Going | None = None
    heard: str | None = None
    settled: str | None = None
    table_days: tuple[str | None, ...] = ()
    own: OwnTable | None = None


def this_visit() -> Visit:
    """The visit whose page is being run."""
    visit: Visit = st.session_state.setdefault(KEY, Visit())
    return visit
