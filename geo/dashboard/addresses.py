"""How a journey's days stand in the page's address: to the precision of the record.

A day of which the record is sure stands by its date. On another the address has the date of the
coming or leaving that may not have been yet, or may have been already, and the id of its stay;
it leads to the day on which the map has it. `page/journey/dayname.ts` names days in the same way.
"""

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from geo.dates import in_words
from geo.journey.model import Doubt, Journey, as_date

Address = dict[str, str]
"""`date`, as YYYY-MM-DD or in words; with words `stay`, the id of a row."""


class _Days(NamedTuple):
    """What is kept of a stay."""

    id: str
    start: int
    end: int
    came: Doubt | None
    left: Doubt | None


class Addresses:
    """The days of a journey, by their addresses."""

    def __init__(self, journey: Journey) -> None:
        """Take the days of a journey; the journey itself is not kept."""
        self.span = journey.span
        self._stays = [
            _Days(node.place.id, node.start, node.end, node.came, node.left)
            for node in journey.nodes
        ]
        self._named = _named(self._stays)

    def of(self, day: date) -> Address:
        """The address of a day."""
        number = day.toordinal()
        for here, there in pairwise([*self._stays, None]):
            if here and (there is None or number < there.start):
                return _uncertain(number, here, there) or {"date": day.isoformat()}
        return {"date": day.isoformat()}

    def day(self, words: str, stay: str) -> date | None:
        """The day that the words of an address lead to; None where there is no such stay."""
        day = self._named.get((words.lower(), stay))
        return as_date(day) if day else None


def _named(stays: list[_Days]) -> dict[tuple[str, str], int]:
    """The days of uncertain comings and leavings by their words, with the stay and without.

    Of several with the same words the first counts, comings before leavings.
    """
    came = [(stay.came, stay.id, stay.start) for stay in stays if stay.came]
    left = [(stay.left, stay.id, stay.end) for stay in stays if stay.left]
    days: dict[tuple[str, str], int] = {}
    for doubt, stay_id, day in [*came, *left]:
        for key in (stay_id, ""):
            days.setdefault((in_words(doubt.when).lower(), key), day)
    return days


def _uncertain(day: int, here: _Days, there: _Days | None) -> Address | None:
    """The address of a day at a stay, or on the way from it, that the record does not know."""
    if there and day > here.end:
        if there.came and day >= there.came.first:
            return _address(there, there.came)
        return _address(here, here.left) if here.left and day <= here.left.last else None
    if here.came and day <= here.came.last and (here.left or day < here.end):
        return _address(here, here.came)
    if here.left and day >= here.left.first and (here.came or day > here.start):
        return _address(here, here.left)
    return None


def _address(stay: _Days, doubt: Doubt) -> Address:
    return {"date": in_words(doubt.when), "stay": stay.id}
