"""A journey by what it rests on: where the texts differ from the record, what they name, sources.

Everything here is pure: lists of rows, in the order of the days on which the map shows them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from geo.bibliography import Bibliography, Citation, Work, is_remark
from geo.description import Text
from geo.journey.model import Journey
from geo.place import Place, Source

NEXT_CLAIM = re.compile(r"\. (?=\w+ ¶)")


class Row(NamedTuple):
    """A row of the table, and the first day on which the map shows it, None where it has none."""

    place: Place
    day: int | None


class Difference(NamedTuple):
    """What a text says, and what the record says instead."""

    row: Row
    said: str
    recorded: str


class Naming(NamedTuple):
    """A paragraph of a text and a row that it names; no row where it names none."""

    paragraph: int
    row: Row | None


class Cited(NamedTuple):
    """A row, one of its sources, and the work that this cites."""

    row: Row
    source: Source
    citation: Citation


class Support(NamedTuple):
    """The works that a row rests on, each once, and what its sources remark."""

    row: Row
    works: tuple[Work, ...]
    remarks: tuple[str, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the works, each once; of some nobody may have told it."""
        return tuple(dict.fromkeys(work.kind for work in self.works))

    @property
    def strength(self) -> int:
        """0 where it rests on nothing, 1 on one work, 2 on works of one kind, 3 on several."""
        if len(self.works) < 2:
            return len(self.works)
        return 2 if len(self.kinds) == 1 and self.kinds[0] else 3


def rows_in_order(journey: Journey) -> list[Row]:
    """All rows by their first day, those without one last.

    A row off the route may be dated too: the map then shows where he was on that day.
    """
    stays = [(stay.start, stay.end, stay.place) for stay in (*journey.nodes, *journey.areas)]
    first, last = journey.span or (0, 0)
    undated = []
    for place in (mention.place for mention in journey.mentions):
        day = place.arrived.earliest.toordinal() if place.arrived else 0
        if first <= day <= last and day:
            stays.append((day, day, place))
        else:
            undated.append(Row(place, None))
    stays.sort(key=lambda stay: stay[:2])
    return [*(Row(place, start) for start, _, place in stays), *undated]


def differences(rows: Iterable[Row]) -> list[Difference]:
    """Every difference between a text and the record.

    A claim tells first what the text says and, behind a semicolon, what the record says; of
    several claims each begins with a text and its paragraph: `Choonara ¶9 has a guard killed; …`.
    """
    return [
        Difference(row, said, recorded)
        for row in rows
        for claim in NEXT_CLAIM.split(row.place.claim)
        for said, _, recorded in [claim.partition("; ")]
        if said
    ]


def namings(text: Text, rows: Iterable[Row]) -> list[Naming]:
    """Every paragraph of a text, with each row that it names."""
    named: dict[int, list[Row]] = {}
    for row in rows:
        for reference in dict.fromkeys(row.place.texts):
            if reference.text == text.key:
                named.setdefault(reference.paragraph, []).append(row)
    return [
        Naming(paragraph, row)
        for paragraph in range(1, text.paragraphs + 1)
        for row in named.get(paragraph, [None])
    ]


def citations(rows: Iterable[Row], works: Sequence[Work]) -> list[Cited]:
    """Every citation, by its work: `works` in their order, then those that nobody lists."""
    cited = list(_cited(rows, Bibliography(works)))
    order = {work: number for number, work in enumerate(works)}
    for found in cited:
        order.setdefault(found.citation.work, len(order))
    return sorted(cited, key=lambda found: order[found.citation.work])


def _cited(rows: Iterable[Row], bibliography: Bibliography) -> Iterator[Cited]:
    for row in rows:
        for source in row.place.sources:
            if citation := bibliography.cited(source):
                yield Cited(row, source, citation)


def supports(rows: Iterable[Row], works: Sequence[Work]) -> list[Support]:
    """What each row rests on, the weakest first, and last those without a day to be sourced."""
    bibliography = Bibliography(works)
    found = (_support(row, bibliography) for row in rows)
    return sorted(found, key=lambda support: (support.row.day is None, support.strength))


def _support(row: Row, bibliography: Bibliography) -> Support:
    works = (found.citation.work for found in _cited([row], bibliography))
    remarks = (source.words for source in row.place.sources if is_remark(source))
    return Support(row, tuple(dict.fromkeys(works)), tuple(remarks))
