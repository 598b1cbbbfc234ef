"""The row that `add` is about to write: asked for column by column, each checked at once."""

import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from itertools import count as count_from
from pathlib import Path

import click

from geo.cli.terminal import say
from geo.dates import parse
from geo.errors import DateError
from geo.geocode.candidates import fold
from geo.loading import describe, load_table, rules
from geo.place import BYS, KINDS, ROLES, Place
from geo.problems import Problem, format_problems
from geo.table.cells import bare, clean
from geo.table.edits import with_row
from geo.table.file import parse_file
from geo.table.reader import read_places

Values = dict[str, str]

# What is asked for each column, in the order of asking.
QUESTIONS = {
    "place": "Place, by the name used then",
    "modern_name": "Its name today, where it differs",
    "country": "Its country today, as two letters such as UA",
    "kind": f"What it is ({', '.join(KINDS)})",
    "role": f"What it is to the journey ({', '.join(ROLES)})",
    "phase": "Phase of the life",
    "arrived": "Arrived, as 1917-05-17, 1917-05 or 1902~",
    "departed": "Departed",
    "title": "Title, in a few words",
    "story": "Story, in one to three sentences of your own",
    "texts": "Where the texts name it, as addison:5; choonara:59",
    "claim": "What a text says where the record says otherwise",
    "sources": "What the dates rest on, separated by semicolons",
    "id": "Id of the row",
}
GIVEN_ONLY = {
    "by": f"How he came from the stop before ({', '.join(BYS)})",
    "conveyance": 'By what, in words: "the freighter Montserrat"',
    "via": 'Points of the way there, as "47.69 32.51 Novy Bug; 46.98 31.99"',
    "latitude": "Latitude in decimal degrees, where no gazetteer is to be asked",
    "longitude": "Longitude in decimal degrees",
    "located_by": 'Who says so, as "hand: why"',
}


class Form:
    """The new row as it is filled in: `values` by column, checked in the table it is meant for."""

    def __init__(self, places: Path, given: Values) -> None:
        """Begin with what was `given`, {column: value}, empty where it was not."""
        self.places, self.given, self.values = places, given, dict(given)
        self._rules = rules(describe(places))
        _, self._table = load_table(places)
        self._ids = _ids_in(places.read_bytes())
        self._told: set[Problem] = set()

    def ask(self) -> bool:
        """Ask for each column that was not given, or is wrong, until it is right.

        What is wrong in a column that nobody is asked for is told, and gives False.
        """
        wrong = {column for column, value in self.given.items() if value and self._wrong(column)}
        if wrong & GIVEN_ONLY.keys():
            return False
        asked = [column for column in QUESTIONS if column in wrong or not self.given[column]]
        while asked:
            for column in asked:
                self._ask(column)
            # Some mistakes only show in the whole row: no arrival in one that is on the route.
            _, problems = self._read_and_tell()
            mistaken = {problem.column for problem in problems if problem.severity == "error"}
            asked = [column for column in QUESTIONS if column in mistaken]
        return True

    def finish(self) -> Place | None:
        """Return the place that the values make, or None; what was not told yet is told."""
        return self._read_and_tell()[0]

    def cells(self) -> Values:
        """The cells to be written, without those that are empty."""
        return {column: value for column, value in self.values.items() if value}

    def twin(self, authority: str | None) -> Place | None:
        """Return the row of the table that says all that the new one says, whatever its id.

        Where an id was given, only the row of that id counts.
        """
        new, _ = self._read(self._proposed_id())
        named = _plain_id(self.given["id"])
        rows = (old for old in self._table.places if named in ("", old.id))
        return next((old for old in rows if new and _says_the_same(old, new, authority)), None)

    def _ask(self, column: str) -> None:
        proposal = self._proposal(column)
        wrong = True
        while wrong:
            self.values[column] = click.prompt(
                QUESTIONS[column], default=proposal, show_default=bool(proposal)
            )
            wrong = self._wrong(column)

    def _proposal(self, column: str) -> str:
        if column == "id":
            return self._proposed_id()
        if column == "phase":
            return self._table.places[-1].phase if self._table.places else ""
        return {"kind": "settlement", "role": "stop"}.get(column, "")

    def _wrong(self, column: str) -> bool:
        """Whether there is an error in a column; it is told, and so are its warnings."""
        problems = [problem for problem in self._read()[1] if problem.column == column]
        self._tell(problems)
        return any(problem.severity == "error" for problem in problems)

    def _read_and_tell(self) -> tuple[Place | None, list[Problem]]:
        place, problems = self._read()
        self._tell(problem for problem in problems if problem not in self._told)
        return place, problems

    def _tell(self, problems: Iterable[Problem]) -> None:
        telling = list(problems)
        self._told.update(telling)
        say(format_problems(telling), err=True)

    def _read(self, row: str = "") -> tuple[Place | None, list[Problem]]:
        """Read the table as it would be with the new row; give its place, and its problems.

        The row's id is `row`, else what was written, else what would be proposed.
        """
        row = row or self.values["id"] or self._proposed_id()
        problems = []
        if _plain_id(row) in self._ids:
            name = self._table.name
            problems = [Problem("error", None, "id", row, "is taken", "write another", name)]
            row = self._proposed_id()  # for what else is wrong
        with_it = with_row(self.places.read_bytes(), self.cells() | {"id": row}, self._table.name)
        trial = read_places(with_it, name=self._table.name, **self._rules)
        known = set(self._table.problems)
        made = (place for place in trial.places if place.id == _plain_id(row))
        place = None if problems else next(made, None)
        return place, problems + [found for found in trial.problems if found not in known]

    def _proposed_id(self) -> str:
        """`odessa-1888` from place and year, numbered where another row has that already."""
        columns = (self.values["place"], self.values["modern_name"])
        names = (re.sub(r"[^a-z0-9]+", "-", fold(name))[:60].strip("-") for name in columns)
        name = next(filter(None, names), "place")
        with suppress(DateError):  # the reader tells of it
            name += f"-{parse(self.values['arrived']).earliest.year}"
        numbered = (f"{name}-{number}" for number in count_from(2))
        return next(proposal for proposal in chain([name], numbered) if proposal not in self._ids)


def _ids_in(data: bytes) -> set[str]:
    """The ids of all rows, of those with a mistake too."""
    file = parse_file(data)
    position = file.header.get("id", sys.maxsize)
    return {_plain_id(row.cells[position]) for row in file.rows if position < len(row.cells)}


def _plain_id(written: str) -> str:
    return bare(clean(written)[0])


def _says_the_same(old: Place, new: Place, authority: str | None) -> bool:
    """Whether a row says all that a new one would, which may yet have to be located."""
    if (authority or new.located_by) not in ("", old.located_by):
        return False
    where = old if new.point is None else new
    return old == replace(
        new,
        line=old.line,
        id=old.id,
        latitude=where.latitude,
        longitude=where.longitude,
        located_by=old.located_by,
    )
