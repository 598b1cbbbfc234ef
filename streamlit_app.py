"""The dashboard: the map document on the first screen, and below it what it rests on."""

import json
import os
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from geo.errors import GeoError
from geo.exports import journey_geojson
from geo.journey import Journey, as_date
from geo.journey_map import build_document
from geo.loading import Loaded, load_journey
from geo.problems import format_problems
from geo.tables import places_table, problems_table, text_table

ROOT = Path(__file__).parent
PLACES = Path(os.environ.get("JOURNEY_PLACES") or ROOT / "data" / "places.csv")
DASHBOARD = ROOT / "geo" / "dashboard"
WATCH_SECONDS = 2

plate = st.components.v2.component(
    "journey_plate",
    html='<div class="plate-frame"></div>',
    css=(DASHBOARD / "plate_frame.css").read_text("utf-8"),
    js=(DASHBOARD / "plate_frame.js").read_text("utf-8"),
)


def stamp(path: Path) -> tuple[int, int]:
    """What changes when a file does: its time of change in ns and its size in bytes."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


@st.cache_data(show_spinner="Drawing the journey …", max_entries=4)
def loaded(path: Path, _stamps: tuple) -> tuple[Loaded, str]:
    """The journey of a file and its map document, made once for each state of the file."""
    journey = load_journey(path)
    return journey, build_document(journey.journey, journey.description)


def main():
    """Read top to bottom: the file, the plate, and what lies below it."""
    st.set_page_config(page_title="Journey map", page_icon=":material/map:", layout="wide")
    st.html(DASHBOARD / "page.css")
    notices = st.container(key="notices")
    stamps = (stamp(PLACES), stamp(PLACES.with_name("journey.toml")))
    try:
        journey, document = loaded(PLACES, stamps)
    except GeoError as error:
        notices.error("The journey cannot be drawn.", icon=":material/error:")
        notices.code(str(error), language=None)
        watch(stamps)
        return
    asked = asked_day(journey.journey, notices)
    if journey.table.errors:
        count = len(journey.table.errors)
        notices.warning(
            f"{count} {'problem' if count == 1 else 'problems'} in the table: the rows in "
            "question are not drawn. The tab Problems below lists them.",
            icon=":material/warning:",
        )
    settled = show_plate(document, asked)
    with st.container(key="below"):
        show_below(journey, document, settled)
    watch(stamps)


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
        notices.warning(
            f"The date in the address lies outside the journey, {first:%Y-%m-%d} to {last:%Y-%m-%d}."
        )
        return None
    return day.isoformat()


def show_plate(document: str, asked: str | None) -> str | None:
    """Mount the plate; return the day on which the hand has settled, as YYYY-MM-DD."""
    state = st.session_state
    if "go" not in state:
        state.go = {"date": asked, "order": 1} if asked else None
        state.settled = asked
    result = plate(
        key="plate", data={"document": document, "go": state.go}, on_settled_change=lambda: None
    )
    day = (result.settled or {}).get("date") if result.settled else None
    if day and day != state.get("heard"):
        state.heard = state.settled = day
        st.query_params["date"] = day
    return state.settled


def go_to(day: str):
    """Ask the plate to show a day."""
    order = (st.session_state.go or {"order": 0})["order"] + 1
    st.session_state.go = {"date": day, "order": order}
    st.session_state.settled = day
    st.query_params["date"] = day


def show_below(journey: Loaded, document: str, settled: str | None):
    """Tabs under the plate, in step with the settled day."""
    names = ["Places", "The texts", "Downloads"]
    if journey.table.problems:
        names.append(f"Problems ({len(journey.table.problems)})")
    places, texts, downloads, *problems = st.tabs(names)
    with places:
        show_places(journey.journey, settled)
    with texts:
        show_texts(journey)
    with downloads:
        show_downloads(journey, document)
    if problems:
        with problems[0]:
            show_problems(journey)


def show_places(journey: Journey, settled: str | None):
    """The table of places; choosing a row takes the map there."""
    table = places_table(journey, date.fromisoformat(settled) if settled else None)
    if table.empty:
        st.info("The table holds no place that can be drawn yet.")
        return
    st.caption("Choose a row to take the map there. The row of the day shown is marked.")
    st.dataframe(
        table.style.apply(mark_here, axis=1),
        key="table",
        hide_index=True,
        height=520,
        on_select=take_map_to_row,
        selection_mode="single-row",
        column_order=[name for name in table.columns if name != "day"],
    )
    st.session_state.table_days = list(table["day"])


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
        st.subheader(f"{text.author}", anchor=False)
        st.text(f"{text.title}. {text.publication}, {text.date}. {text.paragraphs} paragraphs.")
        named = table["Paragraph"].nunique()
        st.caption(f"{len(table)} namings of places in {named} paragraphs.")
        st.dataframe(table, hide_index=True, height=min(480, 38 + 35 * max(1, len(table))))


def show_downloads(journey: Loaded, document: str):
    """The journey to take away: the page, the table, and the points for other tools."""
    page, table, points = st.columns(3)
    page.download_button(
        "Map document (HTML)", document, "journey.html", "text/html", width="stretch",
        help="One file that works with the network off: for a memory stick or a school's server.",
    )
    table.download_button(
        "Table (CSV)", PLACES.read_bytes(), "places.csv", "text/csv", width="stretch"
    )
    points.download_button(
        "Points and legs (GeoJSON)", json.dumps(journey_geojson(journey.journey), ensure_ascii=False),
        "journey.geojson", "application/geo+json", width="stretch",
    )


def show_problems(journey: Loaded):
    """What is wrong in the table, row by row, with what to write instead."""
    st.caption("Errors cost a row its place on the map; warnings do not.")
    st.dataframe(problems_table(journey.table.problems), hide_index=True)
    st.download_button(
        "Problems as text", "\n".join(format_problems(journey.table.problems, limit=100_000)),
        "problems.txt", "text/plain",
    )


@st.fragment(run_every=WATCH_SECONDS)
def watch(stamps: tuple):
    """Draw the page anew when the table or its description has been edited."""
    if (stamp(PLACES), stamp(PLACES.with_name("journey.toml"))) != stamps:
        st.rerun(scope="app")


main()
