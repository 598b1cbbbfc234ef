"""What lies below the map, tab by tab: places, texts, downloads and problems."""

import json
from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from geo.dashboard.map_frame import go_to
from geo.dashboard.session import this_visit
from geo.dashboard.tables import places_table, problems_table, text_table
from geo.export.geojson import journey_geojson
from geo.journey.model import Journey
from geo.loading import Loaded
from geo.problems import Problem, format_problems

TABLE = "table"
HERE = {"background-color": "#b3261e33", "font-weight": "bold"}


def show_places(journey: Journey, settled: str | None) -> None:
    """Show the table of places; choosing a row takes the map there."""
    table = places_table(journey, date.fromisoformat(settled) if settled else None)
    this_visit().table_days = tuple(table["day"])
    if table.empty:
        st.info("The table holds no place that can be drawn yet.")
        return
    st.caption("Choose a row to take the map there. The row of the day shown is marked.")
    st.dataframe(
        _with_mark(table),
        key=TABLE,
        hide_index=True,
        height=_height(table, 520),
        on_select=_take_map_to_row,
        selection_mode="single-row",
        placeholder="",
        column_order=[name for name in table.columns if name != "day"],
    )


def _with_mark(table: pd.DataFrame) -> Styler:
    """The table with the row he is in standing out; only that row is styled, for speed."""
    here = table.index[table["When"] == "he is here"]
    return table.style.set_properties(subset=pd.IndexSlice[here, :], **HERE)


def _height(table: pd.DataFrame, most: int) -> int:
    """Height of a table in px: its rows and header, or `most` where it scrolls."""
    return min(most, 38 + 35 * max(1, len(table)))


def _take_map_to_row() -> None:
    """Go to the first day of the row that was chosen in the table."""
    rows = st.session_state[TABLE]["selection"]["rows"]
    day = this_visit().table_days[rows[0]] if rows else None
    if day:
        go_to(day)


def show_texts(loaded: Loaded) -> None:
    """Show what each text contributes: every place it names, paragraph by paragraph."""
    if not loaded.description.texts:
        st.info("No texts are described beside this table.")
    for text in loaded.description.texts:
        table = text_table(loaded.table.places, text.key)
        st.text(text.author)
        st.text(f"{text.title}. {text.publication}, {text.date}. {text.paragraphs} paragraphs.")
        named = table["Paragraph"].nunique()
        st.caption(f"{len(table)} namings of places in {named} paragraphs.")
        st.dataframe(table, hide_index=True, height=_height(table, 480))


def show_downloads(
    journey: Journey, document: Callable[[], bytes], table: Callable[[], bytes] | None
) -> None:
    """Offer the journey to take away: the page, the table, and the points for other tools.

    Each is made when somebody asks for it, not at every run.
    """
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
        "Table (CSV)",
        table or b"",
        "places.csv",
        "text/csv",
        on_click="ignore",
        width="stretch",
        disabled=table is None,
    )
    points.download_button(
        "Points and legs (GeoJSON)",
        lambda: json.dumps(journey_geojson(journey), ensure_ascii=False),
        "journey.geojson",
        "application/geo+json",
        on_click="ignore",
        width="stretch",
    )
    _offer_relief()


def _offer_relief() -> None:
    """Offer the one thing on the page that a network is for."""
    st.toggle(
        "Offer a relief from the network",
        key="relief",
        help="Adds a choice to Layers, in the map above and in its download. Tiles come from "
        "gibs.earthdata.nasa.gov, and only once you choose them there.",
    )


def show_problems(problems: Sequence[Problem]) -> None:
    """Show what is wrong in the table, row by row, with what to write instead."""
    if not problems:
        st.success("Every row of the table is drawn.")
        return
    st.caption("Errors cost a row its place on the map; warnings do not.")
    st.dataframe(problems_table(problems), hide_index=True)
    words = "\n".join(format_problems(problems, limit=len(problems)))
    st.download_button("Problems as text", words, "problems.txt", "text/plain", on_click="ignore")
