"""The contents of a journey by source, as tables for the dashboard's widgets."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from geo.bibliography import Work, is_remark
from geo.contents import (
    Cited,
    Difference,
    Naming,
    Row,
    Support,
    citations,
    differences,
    namings,
    rows_in_order,
    supports,
)
from geo.dates import span_in_words
from geo.description import Description, Text
from geo.journey.model import Journey, as_date
from geo.place import ROLE_WORDS

NO_PLACE = "names no place"
Cells = dict[str, object]


class Leading(NamedTuple):
    """A table whose rows lead to days, as YYYY-MM-DD; None where a row has none."""

    table: pd.DataFrame
    days: tuple[str | None, ...]

    def only(self, rows: Sequence[int]) -> "Leading":
        """Some of its rows, by their positions."""
        return Leading(self.table.iloc[list(rows)], tuple(self.days[row] for row in rows))


@dataclass(frozen=True, slots=True)
class Sources:
    """What a journey rests on.

    `cited_by` has, for each row of `works`, the rows of `citations` that cite it; `counts` how
    many rows there are of each strength of support.
    """

    works: pd.DataFrame
    citations: Leading
    cited_by: tuple[tuple[int, ...], ...]
    supports: Leading
    counts: Counter[int]


@dataclass(frozen=True, slots=True)
class BySource:
    """The differences between texts and record, what each text names, and the sources."""

    differences: Leading
    texts: tuple[tuple[Text, Leading], ...]
    sources: Sources

    @classmethod
    def of(cls, journey: Journey, description: Description) -> "BySource":
        """Take the contents from a journey; the journey itself is not kept."""
        rows = rows_in_order(journey)
        return cls(
            _leading((found.row, _difference(found)) for found in differences(rows)),
            tuple((text, _text(text, rows)) for text in description.texts),
            _sources(rows, description.works),
        )


def _leading(rows: Iterable[tuple[Row | None, Cells]]) -> Leading:
    found = list(rows)
    days = [row.day if row else None for row, _ in found]
    return Leading(
        pd.DataFrame([cells for _, cells in found]),
        tuple(as_date(day).isoformat() if day else None for day in days),
    )


def _where(row: Row) -> Cells:
    place = row.place
    return {"Place": place.place, "Dates": span_in_words(place.arrived, place.departed)}


def _difference(difference: Difference) -> Cells:
    where = _where(difference.row)
    return {
        "Place": where["Place"],
        "What the text says": difference.said,
        "What the record says": difference.recorded,
        "Dates": where["Dates"],
        "Sources": "; ".join(
            source.words for source in difference.row.place.sources if not is_remark(source)
        ),
    }


def _text(text: Text, rows: Sequence[Row]) -> Leading:
    return _leading((naming.row, _naming(naming)) for naming in namings(text, rows))


def _naming(naming: Naming) -> Cells:
    cells: Cells = {"Paragraph": naming.paragraph}
    if naming.row is None:
        empty = dict.fromkeys(("Dates", "Role", "What", "Where the record differs"), "")
        return cells | {"Place": NO_PLACE} | empty
    place = naming.row.place
    return (
        cells
        | _where(naming.row)
        | {
            "Role": ROLE_WORDS[place.role],
            "What": place.title,
            "Where the record differs": place.claim,
        }
    )


def _sources(rows: Sequence[Row], works: Sequence[Work]) -> Sources:
    cited = citations(rows, works)
    by_work: dict[Work, list[int]] = {}
    for number, found in enumerate(cited):
        by_work.setdefault(found.citation.work, []).append(number)
    weakest_first = supports(rows, works)
    return Sources(
        _without_empty(
            pd.DataFrame(
                _work(work, len({cited[number].row for number in numbers}))
                for work, numbers in by_work.items()
            )
        ),
        _leading((found.row, _citation(found)) for found in cited),
        tuple(map(tuple, by_work.values())),
        _leading((support.row, _support(support)) for support in weakest_first),
        Counter(support.strength for support in weakest_first),
    )


def _without_empty(table: pd.DataFrame) -> pd.DataFrame:
    """The table without the columns of which nobody knows anything."""
    return table.loc[:, table.astype(bool).any()]


def _work(work: Work, rows: int) -> Cells:
    return {
        "Author": work.author,
        "Title": work.title,
        "Kind": work.kind,
        "Published": ", ".join(filter(None, (work.publisher, work.year))),
        "Rows": rows,
        "Link": work.url or None,
    }


def _citation(cited: Cited) -> Cells:
    work, passage = cited.citation
    return (
        {"Work": work.cited_as[0], "Passage": passage}
        | _where(cited.row)
        | {"Link": cited.source.url}
    )


def _support(support: Support) -> Cells:
    return (
        {"Rests on": _strength(support)}
        | _where(support.row)
        | {
            "Role": ROLE_WORDS[support.row.place.role],
            "Works": "; ".join(work.cited_as[0] for work in support.works),
            "Remarks": "; ".join(support.remarks),
        }
    )


def _strength(support: Support) -> str:
    kinds = ", ".join(filter(None, support.kinds))
    words = ("no source", "one source", "one kind", "several sources")[support.strength]
    return f"{words}: {kinds}" if kinds else words
