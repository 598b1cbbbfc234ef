"""The journey as tables, for the dashboard's widgets."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from geo.dates import span_in_words
from geo.journey.model import Journey, Stay, as_date
from geo.place import ROLE_WORDS, Place
from geo.problems import Problem, shown

PLACE_COLUMNS = ["№", "Place", "Today", "Dates", "Phase", "What", "Texts", "Role", "When", "day"]
TEXT_COLUMNS = ["Paragraph", "Place", "Role", "Dates", "What", "Where the record differs"]
PROBLEM_COLUMNS = ["Severity", "Line", "Column", "Value", "What is wrong", "Write instead"]


def places_table(journey: Journey, day: date | None) -> pd.DataFrame:
    """Every row of the journey in the order of the road, off-route rows last.

    `When` tells how the row stands to `day`; the column `day` holds its first day as
    YYYY-MM-DD, or None off the route.
    """
    stays = sorted((*journey.nodes, *journey.areas), key=lambda stay: (stay.start, stay.end))
    here = _here(journey, day)
    rows = [_stay_row(stay, day, here) for stay in stays]
    rows += [_row(mention.place) | {"When": "", "day": None} for mention in journey.mentions]
    return pd.DataFrame(rows, columns=PLACE_COLUMNS).astype({"№": "Int64"})


def _here(journey: Journey, day: date | None) -> Stay | None:
    if day is None:
        return None
    begun = [stay for stay in journey.nodes if stay.start <= day.toordinal()]
    return begun[-1] if begun and day.toordinal() <= begun[-1].end else None


def _stay_row(stay: Stay, day: date | None, here: Stay | None) -> dict[str, object]:
    when = ""
    if day:
        ended = stay.end < day.toordinal()
        when = "to come" if stay.start > day.toordinal() else "been" if ended else "now"
    return _row(stay.place) | {
        "№": stay.number,
        "When": "he is here" if stay is here else when,
        "day": as_date(stay.start).isoformat(),
    }


def _row(place: Place) -> dict[str, object]:
    return {
        "№": None,
        "Place": place.place,
        "Today": place.modern_name,
        "Dates": span_in_words(place.arrived, place.departed),
        "Phase": place.phase,
        "What": place.title,
        "Texts": "; ".join(f"{named.text} {named.paragraph}" for named in place.texts),
        "Role": ROLE_WORDS[place.role],
    }


def text_table(places: Iterable[Place], key: str) -> pd.DataFrame:
    """Every place that one text names, by paragraph."""
    named = sorted(
        (reference.paragraph, place.line, place)
        for place in places
        for reference in place.texts
        if reference.text == key
    )
    rows = [
        {
            "Paragraph": paragraph,
            "Place": place.place,
            "Role": ROLE_WORDS[place.role],
            "Dates": span_in_words(place.arrived, place.departed),
            "What": place.title,
            "Where the record differs": place.claim,
        }
        for paragraph, _, place in named
    ]
    return pd.DataFrame(rows, columns=TEXT_COLUMNS)


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
