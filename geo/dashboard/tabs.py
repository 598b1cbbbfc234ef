"""What lies below the map, tab by tab: places, downloads and problems."""

import json
from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from geo.dashboard.leading import show_leading
from geo.dashboard.shown import Downloads
from geo.dashboard.tables import HERE, PlacesTable, problems_table
from geo.export.geojson import journey_geojson
from geo.problems import Problem, format_problems

TABLE = "table"
MARK = {"background-color": "#b3261e33", "font-weight": "bold"}


def show_places(places: PlacesTable, settled: str | None) -> None:
    """Show the table of places; choosing a row takes the map there."""
    table = places.on(date.fromisoformat(settled) if settled else None)
    if table.empty:
        st.info("The table holds no place that can be drawn yet.")
        return
    st.caption("Choose a row to take the map there. The row of the day shown is marked.")
    show_leading(TABLE, _with_mark(table), places.first_days, most=520)


def _with_mark(table: pd.DataFrame) -> Styler:
    """The table with the row he is in standing out.

    The other rows are hidden from pandas, which would write each of their cells into HTML anew,
    longer than the rest of the run takes. Streamlit shows all rows, whatever the style hides.
    """
    here = table["When"] == HERE
    return table.style.hide(table.index[~here]).set_properties(
        subset=pd.IndexSlice[table.index[here], :], **MARK
    )


def show_downloads(downloads: Downloads) -> None:
    """Offer the journey to take away: the page, the table, and the points for other tools.

    Each is made when somebody asks for it, not at every run.
    """
    page, rows, points = st.columns(3)
    page.download_button(
        "Map document (HTML)",
        downloads.document,
        "journey.html",
        "text/html",
        on_click="ignore",
        width="stretch",
        help="One file that works with the network off.",
    )
    rows.download_button(
        "Table (CSV)",
        downloads.table or b"",
        "places.csv",
        "text/csv",
        on_click="ignore",
        width="stretch",
        disabled=downloads.table is None,
    )
    points.download_button(
        "Points and legs (GeoJSON)",
        lambda: json.dumps(journey_geojson(downloads.journey()), ensure_ascii=False),
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
    st.download_button(
        "Problems as text",
        lambda: "\n".join(format_problems(problems, limit=len(problems))),
        "problems.txt",
        "text/plain",
        on_click="ignore",
    )
