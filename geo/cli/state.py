"""The command `state`: which state held a point on a day, and says who."""

import json
from datetime import date
from math import isnan, nan

import click

from geo.borders.polities import FIRST, LAST, state_at
from geo.cli.terminal import Exit, examples, say


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as in 1917-05-17.", param, ctx)


class Degrees(click.FloatRange):
    """Decimal degrees between two bounds: a number, which `nan` is not."""

    name = "degrees"

    def convert(
        self, value: str | float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read the number."""
        try:
            degrees = float(value)
        except ValueError:
            degrees = nan
        if isnan(degrees):
            self.fail(f"{value!r} is not a number of degrees; write it as in 49.84.", param, ctx)
        return float(super().convert(degrees, param, ctx))


@click.command(
    # A latitude south of the equator begins with a minus, as an option does.
    context_settings={"ignore_unknown_options": True},
    epilog=examples("python -m geo state 49.84 24.03 1900-01-01"),
)
@click.argument("lat", type=Degrees(-90, 90))
@click.argument("lon", type=Degrees(-180, 180))
@click.argument("day", metavar="DATE", type=Day())
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for a program.")
@click.pass_context
def state(ctx: click.Context, lat: float, lon: float, day: date, as_json: bool) -> None:
    """Tell in which state the point LAT LON (decimal degrees) lay on DATE (YYYY-MM-DD)."""
    found = state_at(lat, lon, day)
    if as_json:
        told = {key: getattr(found, key, None) for key in ("polity", "status", "under", "source")}
        click.echo(json.dumps(told, ensure_ascii=False))
    elif found:
        say([found.in_words(), f"Source: {found.source}"])
    else:
        say([f"The table makes no claim for this point and day ({FIRST} to {LAST})."], err=True)
    ctx.exit(Exit.DONE if found else Exit.WRONG)
