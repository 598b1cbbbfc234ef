"""What one visit to the page remembers from run to run, under one key of Streamlit's session."""

from dataclasses import dataclass

import streamlit as st

from geo.dashboard.own_journey import OwnJourney, open_own
from geo.dashboard.packing import pack, unpack
from geo.dashboard.shown import Downloads, Shown
from geo.document.build import build_document
from geo.document.tiles import OnlineTiles
from geo.geocode.gazetteer import Gazetteer
from geo.problems import Problem

KEY = "visit"


class OwnTable:
    """A visitor's own table, as it was uploaded, and the document last made of its journey.

    It is kept for as long as the visit, so as little of it as can be: what the page shows, and
    the document packed, which may be 6 MB. The journey is made anew when a download asks for it.
    """

    def __init__(self, file_id: str, data: bytes, name: str, shown: Shown) -> None:
        """Take the bytes of the upload, which Streamlit keeps too: they are not copied."""
        self.file_id = file_id
        self.shown = shown
        self.online: OnlineTiles | None = None
        self.packed = b""
        self._data = data
        self._name = name

    def read(self) -> OwnJourney:
        """Read and locate the table."""
        return open_own(self._data, self._name, Gazetteer())

    def draw(self, journey: OwnJourney, online: OnlineTiles | None) -> None:
        """Make the document."""
        loaded = journey.loaded
        self.packed = pack(build_document(loaded.journey, loaded.description, online))
        self.online = online

    def downloads(self) -> Downloads:
        """Return what can be taken away of it."""
        return Downloads(
            lambda: unpack(self.packed),
            lambda: self.read().loaded.journey,
            lambda: self.read().completed(),
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """An upload of which nothing can be drawn: its name, and what is wrong in it."""

    name: str
    problems: tuple[Problem, ...]


@dataclass
class Visit:
    """What is remembered; days are YYYY-MM-DD.

    `opened` tells whether the day in the address has been read, `settled` is the day that map and
    page show, None for the whole journey; `order` counts how often the map was asked for a day,
    and `heard` is the time (ms since 1970) at which it told of one last. `tab` names the one open
    below the map, None for the first. `upload` is the id of the upload read last, `own` the last
    of which something could be drawn; where that is another, `refused` says what was wrong in it,
    or `failure` why it could not be read.
    """

    opened: bool = False
    drawn: bool = False
    order: int = 0
    heard: int = 0
    settled: str | None = None
    tab: str | None = None
    own: OwnTable | None = None
    upload: str | None = None
    refused: Refused | None = None
    failure: str | None = None


def this_visit() -> Visit:
    """The visit whose page is being run."""
    visit: Visit = st.session_state.setdefault(KEY, Visit())
    return visit
