"""The command `locate`: coordinates for the rows that lack them, with the evidence."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click
from geopy.geocoders.base import Geocoder

from geo.cli.prompts import ask_which, by_population, listed
from geo.cli.terminal import (
    Exit,
    at_terminal,
    count,
    examples,
    open_gazetteer,
    places_argument,
    progress,
    say,
    some,
)
from geo.errors import (
    GarbledAnswer,
    GeocodingError,
    NotFound,
    RateLimited,
    Refused,
    TimedOut,
    Unreachable,
)
from geo.files import locked, replace_whole
from geo.geocode.candidates import Ambiguous
from geo.geocode.evidence import EvidenceStore
from geo.geocode.locate import Located, locate_places, needs_locating
from geo.geocode.locate import locate as locate_row
from geo.geocode.nominatim import Nominatim
from geo.loading import load_table
from geo.place import Place
from geo.problems import format_problems
from geo.table.cells import plain_number
from geo.table.edits import with_cells
from geo.table.reader import PlaceTable, read_places

EVIDENCE_NAME = "evidence.json"
Outcome = tuple[Place, Located | GeocodingError]

SETTLING = (
    "write the country or a fuller name, or latitude, longitude and located_by of one; "
    "or run this in a terminal and choose"
)
MOST_LISTED = 5
"""Ambiguous rows whose candidates are listed; each may have tens."""

ADVICE = {
    Refused: "Ask another service (JOURNEY_MAP_NOMINATIM), or locate without --service.",
    RateLimited: "Wait, and run it again: what was located is kept.",
    TimedOut: "Run it again: what was located is kept.",
    Unreachable: "Check the connection and run it again, or locate without --service.",
    GarbledAnswer: "Check the service's address (JOURNEY_MAP_NOMINATIM).",
}


@click.command(epilog=examples("python -m geo locate data/places.csv"))
@places_argument
@click.option(
    "--service",
    type=click.Choice(["nominatim"]),
    help="Ask this service on the network instead of the embedded gazetteer.",
)
@click.pass_context
def locate(ctx: click.Context, places: Path, service: str | None) -> None:
    """Write coordinates into the rows of FILE that lack them.

    Only those rows are asked for and only their cells change. What was asked, found and chosen
    is kept in evidence.json beside FILE. Where a name fits several places you are asked which
    one is meant; where there is no terminal to ask in, they are listed.
    """
    _, table = load_table(places)
    say(format_problems(table.errors), err=True)
    lacking = [place for place in table.places if needs_locating(place)]
    if not lacking:
        click.echo("No row lacks coordinates.")
        ctx.exit(Exit.WRONG if table.errors else Exit.DONE)
    geocoder = Nominatim() if service else open_gazetteer()
    outcomes = locate_places(lacking, geocoder, progress=progress("Locating"))
    keep(places, outcomes)
    if at_terminal():
        outcomes = [_settle(places, outcome, geocoder) for outcome in outcomes]
    _report(outcomes)
    ctx.exit(_exit_code(outcomes, table))


def keep(places: Path, outcomes: Iterable[Outcome]) -> None:
    """Write what was located into the table at `places`, and the evidence for it beside it.

    A row that was changed meanwhile is left as it is, and told of.
    """
    located = [(place, result) for place, result in outcomes if isinstance(result, Located)]
    with locked(places) as real:
        before = real.read_bytes()
        now = {place.id: place for place in read_places(before, name=real.name).places}
        found = {p.id: result for p, result in located if _same(p, now.get(p.id))}
        evidence = {name: result.evidence for name, result in found.items()}
        EvidenceStore(places.with_name(EVIDENCE_NAME)).update(evidence)
        cells = {name: _coordinate_cells(result) for name, result in found.items()}
        after = with_cells(before, cells, real.name)
        if after != before:
            replace_whole(real, after)
    changed = [place.id for place, _ in located if place.id not in found]
    say(some([f"{name} was changed meanwhile and left as it is." for name in changed]), err=True)


def _coordinate_cells(located: Located) -> dict[str, str]:
    """The cells of a row that say where it is."""
    return {
        "latitude": plain_number(located.latitude),
        "longitude": plain_number(located.longitude),
        "located_by": located.located_by,
    }


def _same(asked: Place, now: Place | None) -> bool:
    return now is not None and replace(now, line=asked.line) == asked


def _settle(places: Path, outcome: Outcome, geocoder: Geocoder) -> Outcome:
    """Put an ambiguous name to the person at the terminal, and keep the answer at once."""
    place, result = outcome
    if not isinstance(result, Ambiguous):
        return outcome
    try:
        result = locate_row(place, geocoder, choose=ask_which(place.id))
    except GeocodingError as error:
        return place, error
    keep(places, [(place, result)])
    return place, result


def _report(outcomes: list[Outcome]) -> None:
    located = [(place, result) for place, result in outcomes if isinstance(result, Located)]
    say(some([_located(place, result) for place, result in located]))
    click.echo(f"Located {len(located):,} of {count(len(outcomes), 'row')} without coordinates.")
    open_rows = [(place, result) for place, result in outcomes if isinstance(result, Ambiguous)]
    for place, result in open_rows[:MOST_LISTED]:
        asked = at_terminal()
        say([str(result)] if asked else not_settled(place.id, result, SETTLING), err=True)
    if len(open_rows) > MOST_LISTED:
        say([f"… and {count(len(open_rows) - MOST_LISTED, 'more ambiguous row')}"], err=True)
    others = [
        str(result) if isinstance(result, NotFound) else f"{place.id}: {result} {_advice(result)}"
        for place, result in outcomes
        if not isinstance(result, Located | Ambiguous)
    ]
    say(some(others), err=True)


def _advice(error: GeocodingError) -> str:
    return next((words for kind, words in ADVICE.items() if isinstance(error, kind)), "")


def _located(place: Place, located: Located) -> str:
    return f"{place.id}: {located.latitude}, {located.longitude} ({located.located_by})"


def not_settled(row: str, error: Ambiguous, advice: str) -> list[str]:
    """Lines that list the candidates of an ambiguous row and say how to settle it."""
    offered = by_population(error.candidates)
    return [
        f"{row}: the name fits {len(offered)} places (km from the first):",
        *some(listed(offered)),
        f"To settle it {advice}.",
    ]


def _exit_code(outcomes: list[Outcome], table: PlaceTable) -> Exit:
    failures = [result for _, result in outcomes if not isinstance(result, Located)]
    if any(not isinstance(failure, Ambiguous | NotFound) for failure in failures):
        return Exit.FAILED
    if any(isinstance(failure, Ambiguous) for failure in failures):
        return Exit.AMBIGUOUS
    return Exit.WRONG if failures or table.errors else Exit.DONE
