"""The command `route`: the ways of ships over water, found once and kept beside the table."""

from pathlib import Path

import click

from geo.cli.terminal import (
    Exit,
    count,
    examples,
    places_argument,
    progress,
    say,
    some,
)
from geo.errors import NoWay
from geo.journey.build import build_journey
from geo.journey.checks import unrouted
from geo.journey.model import Stay
from geo.loading import load_table
from geo.problems import format_problems
from geo.routes.over_water import Sea
from geo.routes.route import Route
from geo.routes.route_file import ROUTES_NAME, keep_routes, read_routes, routes_beside


@click.command(epilog=examples("python -m geo route data/places.csv"))
@places_argument
@click.option("--again", is_flag=True, help="Find the ways that are known already, too.")
@click.pass_context
def route(ctx: click.Context, places: Path, again: bool) -> None:
    """Find the way over water for each row of FILE that he reached by ship.

    Only ways that are missing, or whose points have changed, are looked for; what is found is
    kept in routes.json beside FILE, which the map, the exports and the kilometres follow. FILE
    itself stays as it is. The library searoute, which finds them, is needed for this alone.
    """
    _, table = load_table(places)
    say(format_problems(table.errors), err=True)
    journey = build_journey(table.places)
    asked = unrouted(journey, {} if again else read_routes(routes_beside(places)))
    found, lost = _find(asked) if asked else ({}, [])
    keep_routes(routes_beside(places), found, {there.place.id for _, there in journey.passages})
    say(some([f"{name}: {way.km:,.0f} km ({way.library})" for name, way in found.items()]))
    say(some(lost), err=True)
    if asked:
        say([f"{len(found):,} of {count(len(asked), 'way')} found and kept in {ROUTES_NAME}."])
    else:
        say(["No ship lacks its way."])
    ctx.exit(Exit.WRONG if lost or table.errors else Exit.DONE)


def _find(asked: list[tuple[Stay, Stay]]) -> tuple[dict[str, Route], list[str]]:
    """The routes that there are, by the rows that they lead to, and what is wrong with the rest."""
    sea, tell = Sea(), progress("Sailing")
    found, lost = {}, []
    for done, (here, there) in enumerate(asked, 1):
        try:
            found[there.place.id] = sea.route(here.point, there.place)
        except NoWay as error:
            lost.append(str(error))
        tell(done, len(asked))
    return found, lost
