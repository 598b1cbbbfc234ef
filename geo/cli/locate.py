"""The command `locate`: coordinates for the rows that lack them, with the evidence."""

from collections.abc import Iterable
from pathlib import Path

import click

from geo.cli.prompts import ask_which, listed
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
from geo.geocode.candidates import Ambiguous, how_it_fits
from geo.geocode.checks import misnamed
from geo.geocode.keeping import keep
from geo.geocode.locate import Finder, Located, Outcome, locate_places, moved, needs_locating
from geo.geocode.locate import locate as locate_row
from geo.geocode.nominatim import Nominatim
from geo.loading import load_table
from geo.place import Place
from geo.problems import format_problems
from geo.table.reader import PlaceTable

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

    Only those rows are asked for and only their cells change; a located_by that you wrote is
    taken as the answer. What was asked, found and chosen is kept in evidence.json beside FILE.
    Where a name fits several places you are asked which one is meant; where there is no
    terminal to ask in, they are listed.
    """
    _, table = load_table(places)
    say(format_problems(table.errors), err=True)
    lacking = [place for place in table.places if needs_locating(place)]
    if not lacking:
        click.echo("No row lacks coordinates.")
        ctx.exit(Exit.WRONG if table.errors else Exit.DONE)
    geocoder: Finder = Nominatim() if service else open_gazetteer()
    outcomes = locate_places(lacking, geocoder, progress=progress("Locating"))
    keep_and_tell(places, outcomes)
    if at_terminal():
        outcomes = [_settle(places, outcome, geocoder) for outcome in outcomes]
    _report(outcomes)
    ctx.exit(_exit_code(outcomes, table))


def keep_and_tell(places: Path, outcomes: Iterable[Outcome]) -> None:
    """Keep what was located, and tell of the rows that were changed meanwhile."""
    changed = keep(places, outcomes)
    say(some([f"{name} was changed meanwhile and left as it is." for name in changed]), err=True)


def _settle(places: Path, outcome: Outcome, geocoder: Finder) -> Outcome:
    """Put an ambiguous name to the person at the terminal, and keep the answer at once."""
    place, result = outcome
    if not isinstance(result, Ambiguous):
        return outcome
    try:
        result = locate_row(place, geocoder, choose=ask_which(place.id))
    except GeocodingError as error:
        return Outcome(place, error)
    settled = Outcome(place, result)
    keep_and_tell(places, [settled])
    return settled


def _report(outcomes: list[Outcome]) -> None:
    located = [(place, result) for place, result in outcomes if isinstance(result, Located)]
    say(some([in_words(moved(place, result)) for place, result in located]))
    for row, found in located:
        tell_of_key(row, found)
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


def tell_of_key(place: Place, located: Located) -> None:
    """Tell where the key that somebody wrote is a place of another name: it may be mistyped."""
    if not place.located_by:
        return
    if remark := misnamed(moved(place, located), open_gazetteer()):
        say([f"{place.id}: {remark.column}: {remark.value} {remark.message}"], err=True)


def _advice(error: GeocodingError) -> str:
    return next((words for kind, words in ADVICE.items() if isinstance(error, kind)), "")


def in_words(place: Place) -> str:
    """Where a located row is, and by which authority."""
    return f"{place.id}: {place.latitude}, {place.longitude} ({place.located_by})"


def not_settled(row: str, error: Ambiguous, advice: str) -> list[str]:
    """Lines that list the candidates of an ambiguous row and say how to settle it."""
    return [
        f"{row}: the name {how_it_fits(error.candidates)} (km from the first):",
        *some(listed(error.candidates)),
        f"To settle it {advice}.",
    ]


def _exit_code(outcomes: list[Outcome], table: PlaceTable) -> Exit:
    failures = [result for _, result in outcomes if not isinstance(result, Located)]
    if any(not isinstance(failure, Ambiguous | NotFound) for failure in failures):
        return Exit.FAILED
    if any(isinstance(failure, Ambiguous) for failure in failures):
        return Exit.AMBIGUOUS
    return Exit.WRONG if failures or table.errors else Exit.DONE
