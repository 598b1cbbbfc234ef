"""The command line: `python -m geo COMMAND`, thin over the parts that do the work."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from geo import __version__
from geo.cli.add import add
from geo.cli.locate import locate
from geo.cli.route import route
from geo.cli.state import state
from geo.cli.terminal import (
    DEFAULT_PLACES,
    EXIT_CODES,
    Exit,
    Failure,
    count,
    country_code,
    examples,
    open_gazetteer,
    places_argument,
    places_file,
    say,
    some,
)
from geo.cli.way import way_in_words
from geo.errors import GeoError, ReferenceDataError
from geo.export.geojson import journey_geojson
from geo.files import write_whole
from geo.geocode.checks import check_coordinates
from geo.geocode.evidence import explain
from geo.geocode.keeping import EVIDENCE_NAME, evidence_beside
from geo.journey.build import build_journey
from geo.journey.checks import check_routes
from geo.loading import Loaded, journey_of, load_table
from geo.place import KINDS
from geo.problems import Problem, format_problems
from geo.routes.route_file import read_routes, routes_beside
from geo.table.reader import PlaceTable

MOST_DRAWN = 10_000
"""Rows of a journey that is exported: more would take a browser, and this machine, too long."""

PROBLEM_KEYS = ("severity", "file", "line", "column", "value", "message", "repair")


class Commands(click.Group):
    """The commands, each of whose failures ends in words and an exit code, never a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except GeoError as error:
            raise Failure(str(error)) from error
        except BrokenPipeError:
            raise  # click ends quietly: whoever read our output has read enough
        except OSError as error:
            raise Failure(f"{error.filename or 'the system'}: {error.strerror or error}") from error
        except sqlite3.Error as error:
            raise Failure(f"the gazetteer's index: {error}") from error
        except (KeyboardInterrupt, click.Abort):
            click.echo("\nStopped.", err=True)
            ctx.exit(Exit.STOPPED)


@click.group(cls=Commands, epilog=EXIT_CODES)
@click.version_option(__version__, message="journey-map %(version)s")
def main() -> None:
    """Check, locate and export the places of a journey, and add to them."""


@main.command(
    epilog=examples("python -m geo check data/places.csv", "python -m geo check --strict")
)
@places_argument
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for a program.")
@click.option(
    "--strict", is_flag=True, help="Exit with 1 on warnings and rows without coordinates too."
)
@click.pass_context
def check(ctx: click.Context, places: Path, as_json: bool, strict: bool) -> None:
    """Tell all that is wrong in FILE, with line, column, value and repair.

    The evidence and the routes beside it and the table of historic names are checked too. The
    texts and the life are taken from journey.toml beside FILE, where there is one. Rows that
    have no coordinates yet are counted: no map draws them.
    """
    _, table = load_table(places)
    problems = sorted(_all_problems(places, table), key=lambda problem: problem.line or 0)
    errors = sum(problem.severity == "error" for problem in problems)
    unlocated = sum(place.point is None for place in table.places)
    if as_json:
        told = [_as_record(problem) for problem in problems]
        counted = {"places": len(table.places), "unlocated": unlocated}
        click.echo(json.dumps({**counted, "problems": told}))
    else:
        say([*format_problems(problems), _summary(table, problems, errors), *_undrawn(unlocated)])
    wrong = errors or (strict and (problems or unlocated))
    ctx.exit(Exit.WRONG if wrong else Exit.DONE)


def _all_problems(places: Path, table: PlaceTable) -> Iterator[Problem]:
    """What is wrong in the table, in what is kept beside it and in the historic names."""
    yield from table.problems
    try:
        gazetteer = open_gazetteer()
        yield from gazetteer.problems
        yield from check_coordinates(table, gazetteer)
    except ReferenceDataError as error:
        yield from error.problems
    try:
        evidence_beside(places).read()
    except ReferenceDataError as error:
        yield from error.problems
    try:
        routes = read_routes(routes_beside(places))
        yield from check_routes(build_journey(table.places), routes, table.name)
    except ReferenceDataError as error:
        yield from error.problems


def _undrawn(rows: int) -> list[str]:
    if not rows:
        return []
    have, them = ("has", "it") if rows == 1 else ("have", "them")
    return [f"{count(rows, 'row')} {have} no coordinates yet, so no map draws {them}; run locate."]


def _as_record(problem: Problem) -> dict[str, str | int | None]:
    return {key: getattr(problem, key) for key in PROBLEM_KEYS}


def _summary(table: PlaceTable, problems: list[Problem], errors: int) -> str:
    return (
        f"{table.name}: {count(len(table.places), 'usable row')}, {count(errors, 'error')}, "
        f"{count(len(problems) - errors, 'warning')}"
    )


@main.command("explain", epilog=examples("python -m geo explain odessa-1888"))
@click.argument("row", metavar="ID")
@places_argument
@click.pass_context
def explain_command(ctx: click.Context, row: str, places: Path) -> None:
    """Show on what evidence the row ID of FILE has its coordinates, and how he came there."""
    _, table = load_table(places)
    place = next((place for place in table.places if place.id == row), None)
    evidence = evidence_beside(places).read().get(row)
    if place is None:
        say([f"{table.name} has no usable row with the id {row}."], err=True)
    elif place.point is None:
        say([f"{row} has no coordinates yet: run locate."], err=True)
    elif evidence is None or evidence.authority != place.located_by:
        authority = place.located_by or "nobody named"
        say([f"{row}: {place.latitude}, {place.longitude} by {authority}."])
        say([f"{EVIDENCE_NAME} has no record of that: it was not written by locate."], err=True)
    else:
        say(explain(row, evidence))
        say(_way_to(row, places, table))
        return
    if place:
        say(_way_to(row, places, table))
    ctx.exit(Exit.WRONG)


def _way_to(row: str, places: Path, table: PlaceTable) -> list[str]:
    routes = read_routes(routes_beside(places))
    return way_in_words(row, build_journey(table.places, routes), routes)


@main.command(epilog=examples("python -m geo find Odessa --country UA"))
@click.argument("name")
@click.option("--country", callback=country_code, help="Two letters (ISO 3166-1), such as UA.")
@click.option("--kind", type=click.Choice(KINDS), help="What the place is.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list for a program.")
@click.pass_context
def find(
    ctx: click.Context, name: str, country: str | None, kind: str | None, as_json: bool
) -> None:
    """List the places that the embedded gazetteer knows by NAME, the best fit first."""
    candidates = open_gazetteer().find(name, country=country, kind=kind)
    if as_json:
        click.echo(json.dumps([asdict(candidate) for candidate in candidates]))
    else:
        say(some([candidate.in_words() for candidate in candidates]))
    if not candidates:
        say([_unknown(name, country, kind)], err=True)
        ctx.exit(Exit.WRONG)


def _unknown(name: str, country: str | None, kind: str | None) -> str:
    hints = ", ".join(filter(None, (country, kind)))
    return f"The gazetteer knows no {name!r}{f' ({hints})' if hints else ''}."


@main.command(
    epilog=examples(
        "python -m geo export trotsky.html",
        "python -m geo export trotsky.geojson --places data/places.csv",
        "python -m geo export trotsky.html --online",
    )
)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--places", type=places_file, default=DEFAULT_PLACES, show_default=True, help="The table."
)
@click.option(
    "--online",
    is_flag=True,
    help="Let the page offer a relief from a server on the network; it asks only once chosen.",
)
@click.pass_context
def export(ctx: click.Context, out: Path, places: Path, online: bool) -> None:
    """Write the journey to OUT: a page that needs no network (.html), or GeoJSON (.geojson).

    Rows that cannot be drawn are listed and left out, and the exit code is 1.
    """
    write = EXPORTS.get(out.suffix.lower())
    if write is None:
        raise click.BadParameter(f"{str(out)!r} ends neither in .html nor in .geojson.")
    if online and write is not _html:
        raise click.BadParameter("--online is for pages (.html) only.")
    if online:
        write = _online_html
    if not out.parent.is_dir():
        raise Failure(f"There is no folder {out.parent}; make it first.")
    loaded = _load_drawable(places)
    left_out = [*format_problems(loaded.table.errors), *_unlocated(loaded.table)]
    say(left_out, err=True)
    if not any(place.point for place in loaded.table.places):
        raise Failure(f"{places} has no row that can be drawn; nothing was written.")
    write_whole(out, write(loaded).encode())
    say([f"Wrote {out}: {count(len(loaded.journey.stops), 'stop')}."])
    ctx.exit(Exit.WRONG if left_out else Exit.DONE)


def _load_drawable(places: Path) -> Loaded:
    """The journey, where there is one that can be drawn; that is known before it is built."""
    description, table = load_table(places)
    drawable = sum(place.point is not None for place in table.places)
    if drawable > MOST_DRAWN:
        raise Failure(
            f"{places} has {drawable:,} rows to draw, more than {MOST_DRAWN:,}; leave rows out. "
            "Nothing was written."
        )
    return journey_of(places, description, table)


def _unlocated(table: PlaceTable) -> list[str]:
    lacking = [place for place in table.places if place.point is None]
    return some([f"{table.name}:{p.line}: {p.id} has no coordinates; run locate" for p in lacking])


def _html(loaded: Loaded) -> str:
    # Imported here, for folium takes longer to start than any other command takes to run.
    from geo.document.build import build_document

    return build_document(loaded.journey, loaded.description)


def _online_html(loaded: Loaded) -> str:
    from geo.document.build import build_document
    from geo.document.tiles import RELIEF

    return build_document(loaded.journey, loaded.description, RELIEF)


def _geojson(loaded: Loaded) -> str:
    return json.dumps(journey_geojson(loaded.journey), ensure_ascii=False, indent=1) + "\n"


EXPORTS = {".html": _html, ".geojson": _geojson}

main.add_command(add)
main.add_command(locate)
main.add_command(route)
main.add_command(state)
