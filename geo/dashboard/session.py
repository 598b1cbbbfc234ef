"""What one visit to the page remembers from run to run, under one key of Streamlit's session."""

from dataclasses import dataclass

import streamlit as st

from geo.dashboard.own_journey import OwnJourney
from geo.document.tiles import OnlineTiles

KEY = "visit"


@dataclass
class OwnTable:
    """A visitor's own table, as it was uploaded, and the document last made of its journey."""

    file_id: str
    journey: OwnJourney
    document: str
    online: OnlineTiles | None


@dataclass
class Visit:
    """What is remembered; days are YYYY-MM-DD.

    `opened` tells whether the day in the address has been read, `settled` is the day that map and
    page show, None for the whole journey. `order` counts how often the map was asked for it, and
    `heard` is the time (ms since 1970) at which the map told of it last.
    `table_days` holds the first day of each row of the table of places. `upload` is the id of the
    upload read last, `own` the last of which something could be drawn; where that is another,
    `refused` says what was wrong in it, or `failure` why it could not be read.
    """

    opened: bool = False
    drawn: bool = False
    order: int = 0
    heard: int = 0
    settled: str | None = None
    table_days: tuple[str | None, ...] = ()
    own: OwnTable | None = None
    upload: str | None = None
    refused: OwnJourney | None = None
    failure: str | None = None


def this_visit() -> Visit:
    """The visit whose page is being run."""
    visit: Visit = st.session_state.setdefault(KEY, Visit())
    return visit
