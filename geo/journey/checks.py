"""Whether the way of each ship over water is known, so that it keeps to the sea."""

from collections.abc import Iterator, Mapping

from geo.journey.build import route_to
from geo.journey.model import Journey, Stay
from geo.problems import Problem
from geo.routes.route import Route


def unrouted(journey: Journey, routes: Mapping[str, Route]) -> list[tuple[Stay, Stay]]:
    """The passages by ship, from which stay to which, whose route is still to be found."""
    return [two for two in journey.passages if not route_to(*two, routes)]


def check_routes(journey: Journey, routes: Mapping[str, Route], table: str) -> Iterator[Problem]:
    """Warn of each ship whose route is missing, or was found for other points."""
    for here, there in unrouted(journey, routes):
        known = there.place.id in routes
        yield Problem(
            severity="warning",
            file=table,
            line=there.place.line,
            column="by",
            value=there.place.by,
            message=f"from {here.place.place} is drawn straight: its way over water "
            + ("was found for other points" if known else "is not known"),
            repair="run python -m geo route",
        )
