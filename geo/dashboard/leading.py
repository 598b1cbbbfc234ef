"""A table on the page whose rows take the map to their days."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.elements.lib.column_types import ColumnConfig

from geo.dashboard.map_frame import go_to

HEADER, ROW = 38, 35
"""Heights in px, as Streamlit draws them."""


def show_leading(
    key: str,
    table: pd.DataFrame | Styler,
    days: Sequence[str | None],
    *,
    most: int,
    row: int = ROW,
    columns: dict[str, ColumnConfig] | None = None,
) -> None:
    """Show a table, at most `most` px high; a row chosen takes the map to its day, if it has one.

    `days` has one for each row, as YYYY-MM-DD; `row` is the height of one in px; `columns` tells
    how some columns look.
    """
    st.dataframe(
        table,
        key=key,
        hide_index=True,
        height=height(len(days), most, row),
        row_height=row,
        column_config=columns,
        on_select=partial(_take_map_to_row, key, days),
        selection_mode="single-row",
        placeholder="",
    )


def height(rows: int, most: int, row: int = ROW) -> int:
    """Height of a table in px: its rows and header, or `most` where it scrolls."""
    return min(most, HEADER + row * max(1, rows))


def _take_map_to_row(key: str, days: Sequence[str | None]) -> None:
    """Go to the day of the row that was chosen in a table."""
    rows = st.session_state[key]["selection"]["rows"]
    if rows and (day := days[rows[0]]):
        go_to(day)
