"""Candidates put to a person: as a list to read, as a question, as an authority to name."""

from collections.abc import Callable, Sequence

import click
from geopy.distance import great_circle

from geo.cli.terminal import say, some
from geo.errors import NotFound
from geo.geocode.candidates import Ambiguous, Candidate, Choice, bearing, choose, how_it_fits

Chooser = Callable[[str, list[Candidate]], Choice]


def listed(candidates: Sequence[Candidate]) -> list[str]:
    """A numbered line for each candidate, with its distance from the first in km."""
    first = candidates[0].point
    return [
        f"{number:4}  {candidate.in_words()}, {great_circle(first, candidate.point).km:,.0f} km"
        for number, candidate in enumerate(candidates, 1)
    ]


def ask_which(row: str) -> Chooser:
    """Return a chooser that asks the person at the terminal, proposing what the rule chooses.

    It raises Ambiguous where the person leaves `row` open.
    """

    def ask(name: str, candidates: list[Candidate]) -> Choice:
        proposed = _by_rule(name, candidates)
        say([f"{row}: {name!r} {how_it_fits(candidates)} (km from the first):"])
        say(listed(candidates))
        number = click.prompt(
            "Which one? (0 leaves it open)",
            type=click.IntRange(0, len(candidates)),
            default=1 + candidates.index(proposed.candidate) if proposed else None,
        )
        if not number:
            raise Ambiguous(f"{row}: {name!r} was left open.", candidates)
        candidate = candidates[number - 1]
        if proposed and candidate == proposed.candidate:
            return proposed
        return _chosen(candidate, candidates)

    return ask


def _by_rule(name: str, candidates: list[Candidate]) -> Choice | None:
    try:
        return choose(name, candidates)
    except Ambiguous:
        return None


def take(authority: str) -> Chooser:
    """Return a chooser that takes the candidate of `authority`; NotFound where there is none."""

    def choose_it(name: str, candidates: list[Candidate]) -> Choice:
        for candidate in candidates:
            if candidate.authority == authority:
                return _chosen(candidate, candidates)
        known = "; ".join(some([c.authority for c in candidates]))
        raise NotFound(f"{authority} is none of the places called {name!r}; they are: {known}")

    return choose_it


def _chosen(candidate: Candidate, candidates: list[Candidate]) -> Choice:
    if candidate.matched == "guess":
        return Choice(candidate, "chosen by a person, though it does not bear the name")
    number = len(bearing(candidates))
    return Choice(candidate, f"chosen by a person from {number} that bear the name")
