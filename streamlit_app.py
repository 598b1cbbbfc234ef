"""The dashboard: the map document on the first screen, and below it what it rests on."""

import json
import os
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from geo.dashboard.own_journey import MAX_BYTES, MAX_ROWS, OwnJourney, open_own, unlocated
from geo.dashboard.tables import places_table, problems_table, text_table
from geo.document.build import build_document
from geo.document.tiles import RELIEF, OnlineTiles
from geo.errors import GeoError
from geo.export.geojson import journey_geojson
from geo.geocode.gazetteer import Gazetteer
from geo.journey.model import Journey, as_date
from geo.loading import DESCRIPTION_NAME, Loaded, load_journey
from geo.problems import format_problems

ROOT = Path(__file__).parent
PLACES = Path(os.environ.get("JOURNEY_PLACES") or ROOT / "data" / "places.csv")
TEMPLATE = ROOT / "data" / "template.csv"
DASHBOARD = ROOT / "geo" / "dashboard"

map_frame = st.components.v2.component(
    "journey_map",
    html='<div class="map-frame"></div>',
    css=(DASHBOARD / "map_frame.css").read_text("utf-8"),
    js=(DASHBOARD / "components" / "map_frame.js").read_text("utf-8"),
)
watcher = st.components.v2.component(
    "journey_watch",
    html="<span></span>",
    js=(DASHBOARD / "components" / "watch.js").read_text("utf-8"),
)


def main():
    """Read top to bottom: the table, the map, and what lies below it."""
    st.set_page_config(page_title="Journey map", page_icon=DASHBOARD / "icon.png", layout="wide")
    st.html(DASHBOARD / "page.css")
    notices = st.container(key="notices")
    stamps = file_stamps()
    own = own_journey(notices)
    try:
        journey, document = drawn_own(own) if own else drawn(PLACES, stamps, wants_relief())
    except GeoError as error:
        notices.error("The journey cannot be drawn.")
        notices.code(str(error), language=None)
        watch(stamps)
        return
    name_problems(journey, notices)
    settled = show_map(document, asked_day(journey.journey, notices))
    if map_drawn():
        with st.container(key="below"):
            show_below(journey, document, settled, own)
    watch(stamps)


def file_stamps() -> tuple:
    """What changes when the table or its description does: times of change and sizes."""
    stamps = []
    for path in (PLACES, PLACES.with_name(DESCRIPTION_NAME)):
        try:
            status = path.stat()
            stamps.append((status.st_mtime_ns, status.st_size))
        except OSError:
            stamps.append((0, 0))
    return tuple(stamps)


@st.cache_data(show_spinner="Drawing the journey …", max_entries=2)
def drawn(path: Path, stamps: tuple, relief: bool) -> tuple[Loaded, str]:
    """The journey of a file and its map document, made once for each state of the file."""
    del stamps  # the cache's key
    journey = load_journey(path)
    return journey, build_document(journey.journey, journey.description, online(relief))


def wants_relief() -> bool:
    """Whether this visitor has asked for a map that may use the network."""
    return st.session_state.get("relief", False)


def online(relief: bool) -> OnlineTiles | None:
    """The tiles that a map document may offer."""
    return RELIEF if relief else None


def own_journey(notices) -> OwnJourney | None:
    """The visitor's own table, located offline; it lives in this session's memory alone."""
    upload = st.session_state.get("own_table")
    if upload is None:
        st.session_state.pop("own", None)
        st.session_state.pop("own_document", None)
        return None
    if st.session_state.get("own", (None,))[0] != upload.file_id:
        with notices, st.spinner("Reading and locating your places …"):
            own = open_own(upload.getvalue(), upload.name, Gazetteer())
        st.session_state.own = (upload.file_id, own)
        forget_day()
        st.toast("Your journey is on the map at the top of the page.")
    return st.session_state.own[1]


def drawn_own(own: OwnJourney) -> tuple[Loaded, str]:
    """The same pair as `drawn`, kept in this session's memory alone."""
    state, relief = st.session_state, wants_relief()
    if state.get("own_document", (None,))[:2] != (state.own[0], relief):
        document = build_document(own.loaded.journey, own.loaded.description, online(relief))
        state.own_document = (state.own[0], relief, document)
    return own.loaded, state.own_document[2]


def forget_day():
    """Another journey begins at its own beginning."""
    for name in ("go", "settled", "heard"):
        st.session_state.pop(name, None)
    st.query_params.pop("date", None)


def name_problems(journey: Loaded, notices):
    """Say above the map that rows are missing from it."""
    count = len(journey.table.errors)
    if count:
        what = "1 problem" if count == 1 else f"{count} problems"
        notices.warning(
            f"{what} in the table: the rows in question are not drawn. "
            "The tab Problems below the map lists them."
        )


def asked_day(journey: Journey, notices) -> str | None:
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
    state = st.session_state
    if "go" not in state:
        state.go = {"date": asked, "order": 1} if asked else None
        state.settled = asked
    result = map_frame(
        key="map",
        data={"document": document, "go": state.go},
        on_settled_change=lambda: None,
        on_drawn_change=lambda: None,
    )
    state.map_drawn = state.get("map_drawn", False) or bool(result.drawn)
    day = result.settled["date"] if result.settled else None
    if day and day != state.get("heard"):
        state.heard = state.settled = day
        st.query_params["date"] = day
    return state.settled


def map_drawn() -> bool:
    """Whether the map is on the screen: what lies below it comes after, not to hold it up."""
    return st.session_state.map_drawn


def go_to(day: str):
    """Ask the map to show a day."""
    order = (st.session_state.go or {"order": 0})["order"] + 1
    st.session_state.go = {"date": day, "order": order}
    st.session_state.settled = day
    st.query_params["date"] = day


def show_below(journey: Loaded, document: str, settled: str | None, own: OwnJourney | None):
    """Tabs under the map, in step with the settled day."""
    problems = (*journey.table.problems, *(() if own else unlocated(journey.table)))
    trouble = f"Problems ({len(problems)})" if problems else "Problems"
    names = ["Places", "The texts", "Downloads", "Your own journey", trouble]
    places, texts, downloads, yours, tray = st.tabs(names)
    with places:
        show_places(journey.journey, settled)
    with texts:
        show_texts(journey)
    with downloads:
        show_downloads(journey, document, own.completed if own else PLACES.read_bytes())
    with yours:
        show_own(own)
    with tray:
        show_problems(problems)


def show_places(journey: Journey, settled: str | None):
    """The table of places; choosing a row takes the map there."""
    table = places_table(journey, date.fromisoformat(settled) if settled else None)
    st.session_state.table_days = list(table["day"])
    if table.empty:
        st.info("The table holds no place that can be drawn yet.")
        return
    st.caption("Choose a row to take the map there. The row of the day shown is marked.")
    st.dataframe(
        table.style.apply(mark_here, axis=1),
        key="table",
        hide_index=True,
        height=table_height(table, 520),
        on_select=take_map_to_row,
        selection_mode="single-row",
        placeholder="",
        column_order=[name for name in table.columns if name != "day"],
    )


def table_height(table: pd.DataFrame, most: int) -> int:
    """Height of a table in px: its rows and header, or `most` where it scrolls."""
    return min(most, 38 + 35 * max(1, len(table)))


def mark_here(row: pd.Series) -> list[str]:
    """Style of a row of the table: the one he is in stands out."""
    here = row["When"] == "he is here"
    return ["background-color: #b3261e33; font-weight: bold" if here else ""] * len(row)


def take_map_to_row():
    """Go to the first day of the row that was chosen in the table."""
    rows = st.session_state.table["selection"]["rows"]
    day = st.session_state.table_days[rows[0]] if rows else None
    if day:
        go_to(day)


def show_texts(journey: Loaded):
    """What each text contributes: every place it names, paragraph by paragraph."""
    if not journey.description.texts:
        st.info("No texts are described beside this table.")
    for text in journey.description.texts:
        table = text_table(journey.table.places, text.key)
        st.text(text.author)
        st.text(f"{text.title}. {text.publication}, {text.date}. {text.paragraphs} paragraphs.")
        named = table["Paragraph"].nunique()
        st.caption(f"{len(table)} namings of places in {named} paragraphs.")
        st.dataframe(table, hide_index=True, height=table_height(table, 480))


def show_downloads(journey: Loaded, document: str, table: bytes):
    """The journey to take away: the page, the table, and the points for other tools."""
    geojson = json.dumps(journey_geojson(journey.journey), ensure_ascii=False)
    page, rows, points = st.columns(3)
    page.download_button(
        "Map document (HTML)",
        document,
        "journey.html",
        "text/html",
        on_click="ignore",
        width="stretch",
        help="One file that works with the network off.",
    )
    rows.download_button(
        "Table (CSV)", table, "places.csv", "text/csv", on_click="ignore", width="stretch"
    )
    points.download_button(
        "Points and legs (GeoJSON)",
        geojson,
        "journey.geojson",
        "application/geo+json",
        on_click="ignore",
        width="stretch",
    )
    show_relief()


def show_relief():
    """The one thing on the page that a network is for."""
    st.toggle(
        "Offer a relief from the network",
        key="relief",
        on_change=stay_on_day,
        help="Adds a choice to Layers, in the map above and in its download. Tiles come from "
        "gibs.earthdata.nasa.gov, and only once you choose them there.",
    )


def stay_on_day():
    """Another document opens on the day of the one before."""
    if st.session_state.settled:
        go_to(st.session_state.settled)


def show_own(own: OwnJourney | None):
    """A teacher's own table: a template to begin with, and a place to open it."""
    st.write(
        "Open a table of your own to see its journey here. It is located without the network, "
        "stays in this browser session, and is gone when the page is closed."
    )
    st.download_button(
        "Template (CSV)", TEMPLATE.read_bytes(), "template.csv", "text/csv", on_click="ignore"
    )
    st.file_uploader(
        f"Your table: a CSV of at most {MAX_BYTES // 1_000_000} MB and {MAX_ROWS:,} rows",
        type="csv",
        key="own_table",
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


def show_problems(problems: tuple):
    """What is wrong in the table, row by row, with what to write instead."""
    if not problems:
        st.success("Every row of the table is drawn.")
        return
    st.caption("Errors cost a row its place on the map; warnings do not.")
    st.dataframe(problems_table(problems), hide_index=True)
    words = "\n".join(format_problems(problems, limit=len(problems)))
    st.download_button("Problems as text", words, "problems.txt", "text/plain", on_click="ignore")


@st.fragment
def watch(stamps: tuple):
    """Draw the page anew when the table or its description has been edited.

    The component asks, not a timer of Streamlit's, which would also run while the pointer is down.
    """
    watcher(key="watch", on_look_change=lambda: None)
    if file_stamps() != stamps:
        st.rerun(scope="app")


main()
