"""The command `add`: one more row, asked for or given as options, checked before it is written."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from geo.cli.form import GIVEN_ONLY, QUESTIONS, Form, Values
from geo.cli.locate import in_words, not_settled, tell_of_key
from geo.cli.prompts import ask_which, take
from geo.cli.terminal import Exit, at_terminal, examples, open_gazetteer, places_argument, say
from geo.errors import NotFound
from geo.geocode.candidates import Ambiguous
from geo.geocode.candidates import choose as choose_by_rule
from geo.geocode.evidence import explain
from geo.geocode.keeping import EVIDENCE_NAME, add_row
from geo.geocode.locate import Located, locate, moved, needs_locating
from geo.place import Place
from geo.table.cells import coordinate_cells
from geo.table.columns import COLUMNS

NOTHING = "Nothing was written."
Command = TypeVar("Command", bound=Callable[..., object])


def _column_options(command: Command) -> Command:
    for column, question in reversed((QUESTIONS | GIVEN_ONLY).items()):
        command = click.option(f"--{column.replace('_', '-')}", default="", help=question)(command)
    return command


@click.command(epilog=examples("python -m geo add --place Kherson --country UA --role mentioned"))
@places_argument
@_column_options
@click.option("--authority", help="Which of several places is meant, as geonames:698740.")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@click.pass_context
def add(
    ctx: click.Context, /, places: Path, authority: str | None, dry_run: bool, **given: str
) -> None:
    """Add a row to FILE, with coordinates and evidence.

    Without --place you are asked for everything at the terminal. With it nothing is asked: a
    row with a mistake, an unknown name or an ambiguous one is not written. Nor is a row that
    is there already with all that was given, unless --id names another.
    """
    asking = not given["place"]
    if asking and not at_terminal():
        raise click.UsageError("There is no terminal to ask in; give --place and the rest.")
    if given["latitude"] and not given["located_by"]:
        raise click.UsageError('Coordinates need --located-by, such as "hand: why".')
    if authority and given["located_by"]:
        raise click.UsageError("Give --authority or --located-by: both say which place is meant.")
    form = Form(places, given)
    if asking and not form.ask():
        say([NOTHING], err=True)
        ctx.exit(Exit.WRONG)
    if twin := form.twin(authority):
        told = f"{twin.id} is there already, with all of this; --id adds another."
        say([told, NOTHING], err=True)
        ctx.exit(Exit.DONE)
    place = form.finish()
    if place is None:
        say([NOTHING], err=True)
        ctx.exit(Exit.WRONG)
    ctx.exit(_add(form, place, authority, asking=asking, dry_run=dry_run))


def _add(form: Form, place: Place, authority: str | None, *, asking: bool, dry_run: bool) -> Exit:
    """Locate the new row and write it; where that fails, only if the person wants it so."""
    choose = ask_which(place.id) if asking else choose_by_rule
    if authority:
        choose = take(authority)
    located, ended = None, Exit.DONE
    try:
        if needs_locating(place):
            located = locate(place, open_gazetteer(), choose=choose)
            tell_of_key(place, located)
    except (Ambiguous, NotFound) as error:
        say(_unlocated(place, error, asking), err=True)
        if not (asking and click.confirm("Add it without coordinates?", default=True)):
            say([NOTHING], err=True)
            return _exit_for(error)
        ended = _exit_for(error)
    values = form.cells() | {"id": place.id}
    if dry_run:
        say(_would_add(form.places, values, located))
        say([NOTHING], err=True)
    else:
        add_row(form.places, values, located)
        say([_added(moved(place, located) if located else place)])
    return ended


def _exit_for(error: Ambiguous | NotFound) -> Exit:
    return Exit.AMBIGUOUS if isinstance(error, Ambiguous) else Exit.WRONG


def _added(place: Place) -> str:
    if place.point is None:
        return f"Added {place.id} without coordinates; locate asks for them again."
    return f"Added {in_words(place)}."


def _would_add(places: Path, values: Values, located: Located | None) -> list[str]:
    """The cells of the new row in lines, and the evidence for where it is."""
    if located:
        values = values | coordinate_cells(located.point, located.located_by)
    lines = [f"Would add to {places}:"]
    lines += [f"  {column:11} {values[column]}" for column in COLUMNS if column in values]
    if located:
        evidence = explain(values["id"], located.evidence)
        lines += [f"and to {EVIDENCE_NAME} beside it:", *(f"  {line}" for line in evidence)]
    return lines


def _unlocated(place: Place, error: Ambiguous | NotFound, asked: bool) -> list[str]:
    if isinstance(error, Ambiguous) and not asked:
        return not_settled(place.id, error, "give its country, or --authority with one of these")
    return [str(error)]
