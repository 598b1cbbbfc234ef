"""The journey as tables, for the dashboard's widgets."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from geo.dates import span_in_words
from geo.journey.model import Journey, as_date
from geo.place import ROLE_WORDS, Place
from geo.problems import Problem, shown

PLACE_COLUMNS = ["№", "Place", "Today", "Dates", "Came", "Phase", "What", "Texts", "Role", "When"]
HERE = "he is here"

# Streamlit writes a styled table cell by cell, which strings kept in Arrow make slow.
pd.options.mode.string_storage = "python"
PROBLEM_COLUMNS = ["Severity", "Line", "Column", "Value", "What is wrong", "Write instead"]


class PlacesTable:
    """Every row of a journey in the order of the road, off-route rows last.

    All but one column is the same on every day, and is made once.
    """

    def __init__(self, journey: Journey) -> None:
        """Take what the table shows of a journey; the journey itself is not kept."""
        stays = sorted((*journey.nodes, *journey.areas), key=lambda stay: (stay.start, stay.end))
        self._days = [(stay.start, stay.end) for stay in stays]
        at = {id(stay): row for row, stay in enumerate(stays)}
        self._nodes = [(node.start, node.end, at[id(node)]) for node in journey.nodes]
        self.first_days = (
            *(as_date(start).isoformat() for start, _ in self._days),
            *(None for _ in journey.mentions),
        )
        rows = [_row(stay.place) | {"№": stay.number} for stay in stays]
        rows += [_row(mention.place) for mention in journey.mentions]
        self._table = pd.DataFrame(rows, columns=PLACE_COLUMNS).astype({"№": "Int64"})

    def on(self, day: date | None) -> pd.DataFrame:
        """The table; `When` tells how each row stands to `day`, None for the whole journey."""
        return self._table.assign(When=self._when(day.toordinal() if day else None))

    def _when(self, day: int | None) -> list[str]:
        if day is None:
            return [""] * len(self.first_days)
        said = [
            "to come" if start > day else "been" if end < day else "now"
            for start, end in self._days
        ]
        begun = [(end, row) for start, end, row in self._nodes if start <= day]
        if begun and day <= begun[-1][0]:
            said[begun[-1][1]] = HERE
        return said + [""] * (len(self.first_days) - len(said))


def _row(place: Place) -> dict[str, object]:
    return {
        "№": None,
        "Place": place.place,
        "Today": place.modern_name,
        "Dates": span_in_words(place.arrived, place.departed),
        "Came": place.how,
        "Phase": place.phase,
        "What": place.title,
        "Texts": "; ".join(f"{named.text} {named.paragraph}" for named in place.texts),
        "Role": ROLE_WORDS[place.role],
    }


def problems_table(problems: Iterable[Problem]) -> pd.DataFrame:
    """Problems of a table, one a row, errors first."""
    rows = [
        (
            problem.severity,
            problem.line,
            problem.column,
            shown(problem.value or ""),
            problem.message,
            problem.repair,
        )
        for problem in sorted(problems, key=lambda own: (own.severity, own.line or 0))
    ]
    return pd.DataFrame(rows, columns=PROBLEM_COLUMNS)
