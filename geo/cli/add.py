"""The command `add`: one more row, asked for or given as options, checked before it is written."""

import re
from collections.abc import Callable
from contextlib import suppress
from itertools import chain
from itertools import count as count_from
from pathlib import Path
from typing import TypeVar

import click

from geo.cli.locate import in_words, keep_and_tell, not_settled
from geo.cli.prompts import ask_which, take
from geo.cli.terminal import Exit, at_terminal, examples, open_gazetteer, places_argument, say
from geo.dates import parse
from geo.errors import DateError, NotFound
from geo.geocode.candidates import Ambiguous, fold
from geo.geocode.candidates import choose as choose_by_rule
from geo.geocode.locate import Outcome, locate, moved, needs_locating
from geo.loading import describe, load_table, rules
from geo.place import KINDS, ROLES, Place
from geo.problems import Problem, format_problems
from geo.table.cells import bare, clean
from geo.table.edits import append_row, with_row
from geo.table.reader import PlaceTable, read_places

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
    "latitude": "Latitude in decimal degrees, where no gazetteer is to be asked",
    "longitude": "Longitude in decimal degrees",
    "located_by": 'Who says so, as "hand: why"',
}
NOTHING = "Nothing was written."
Values = dict[str, str]
Command = TypeVar("Command", bound=Callable[..., object])


def _column_options(command: Command) -> Command:
    for column, question in reversed((QUESTIONS | GIVEN_ONLY).items()):
        command = click.option(f"--{column.replace('_', '-')}", default="", help=question)(command)
    return command


@click.command(epilog=examples("python -m geo add --place Kherson --country UA --role mentioned"))
@places_argument
@_column_options
@click.option("--authority", help="Which of several places is meant, as geonames:698740.")
@click.pass_context
def add(ctx: click.Context, /, places: Path, authority: str | None, **given: str) -> None:
    """Add a row to FILE, with coordinates and evidence.

    Without --place you are asked for everything at the terminal. With it nothing is asked: a
    row with a mistake, an unknown name or an ambiguous one is not written.
    """
    asking = not given["place"]
    if asking and not at_terminal():
        raise click.UsageError("There is no terminal to ask in; give --place and the rest.")
    if given["latitude"] and not given["located_by"]:
        raise click.UsageError('Coordinates need --located-by, such as "hand: why".')
    _, table = load_table(places)
    if asking:
        place, values = _ask_until_right(places, given, table)
    else:
        values = given | {"id": given["id"] or _propose_id(given, table)}
        place, _ = _trial(places, values, table)
    if place is None:
        say([NOTHING], err=True)
        ctx.exit(Exit.WRONG)
    ctx.exit(_add(places, place, values, authority, asking))


def _ask_until_right(places: Path, given: Values, table: PlaceTable) -> tuple[Place | None, Values]:
    """Ask for every column that was not given, and again for each that has a mistake."""
    values, wrong = dict(given), [column for column in QUESTIONS if not given[column]]
    while True:
        for column in wrong:
            proposal = _proposal(column, values, table)
            values[column] = click.prompt(
                QUESTIONS[column], default=proposal, show_default=bool(proposal)
            )
        place, problems = _trial(places, values, table)
        wrong = [c for c in QUESTIONS if c in {problem.column for problem in problems}]
        if place or not wrong:
            return place, values


def _proposal(column: str, values: Values, table: PlaceTable) -> str:
    if column == "id":
        return _propose_id(values, table)
    if column == "phase":
        return table.places[-1].phase if table.places else ""
    return {"kind": "settlement", "role": "stop"}.get(column, "")


def _propose_id(values: Values, table: PlaceTable) -> str:
    """`odessa-1888` from the place and the year, numbered where another row has that already."""
    names = (re.sub(r"[^a-z0-9]+", "-", fold(values[c]))[:60] for c in ("place", "modern_name"))
    name = next(filter(None, (name.strip("-") for name in names)), "place")
    with suppress(DateError):  # the reader tells of it
        name += f"-{parse(values['arrived']).earliest.year}"
    taken = {place.id for place in table.places}
    numbered = (f"{name}-{number}" for number in count_from(2))
    return next(proposal for proposal in chain([name], numbered) if proposal not in taken)


def _trial(places: Path, values: Values, table: PlaceTable) -> tuple[Place | None, list[Problem]]:
    """Read the table as it would be with the new row; give its place, and tell what is wrong."""
    name = bare(clean(values["id"])[0])
    if name in {place.id for place in table.places}:
        new = Problem("error", None, "id", values["id"], "is taken", "write another", table.name)
        place, problems = None, [new]
    else:
        with_it = with_row(places.read_bytes(), _filled(values), table.name)
        trial = read_places(with_it, name=table.name, **rules(describe(places)))
        known = set(table.problems)
        problems = [problem for problem in trial.problems if problem not in known]
        place = next((place for place in trial.places if place.id == name), None)
    say(format_problems(problems), err=True)
    return place, [problem for problem in problems if problem.severity == "error"]


def _filled(values: Values) -> Values:
    return {column: value for column, value in values.items() if value}


def _add(places: Path, place: Place, values: Values, authority: str | None, asking: bool) -> Exit:
    """Locate the new row and write it; where that fails, only if the person wants it so."""
    choose = ask_which(place.id) if asking else choose_by_rule
    if authority:
        choose = take(authority)
    try:
        located = locate(place, open_gazetteer(), choose=choose) if needs_locating(place) else None
    except (Ambiguous, NotFound) as error:
        say(_unlocated(place, error, asking), err=True)
        if not (asking and click.confirm("Add it without coordinates?", default=True)):
            say([NOTHING], err=True)
        else:
            append_row(places, _filled(values))
            say([f"Added {place.id} without coordinates; locate asks for them again."])
        return Exit.AMBIGUOUS if isinstance(error, Ambiguous) else Exit.WRONG
    append_row(places, _filled(values))
    if located:
        keep_and_tell(places, [Outcome(place, located)])
        place = moved(place, located)
    say([f"Added {in_words(place)}."])
    return Exit.DONE


def _unlocated(place: Place, error: Ambiguous | NotFound, asked: bool) -> list[str]:
    if isinstance(error, Ambiguous) and not asked:
        return not_settled(place.id, error, "give its country, or --authority with one of these")
    return [str(error)]
