"""Candidates as geopy answers them: Locations, each with its candidate as `raw`."""

from geopy.location import Location

from geo.geocode.candidates import Candidate, choose


def as_answer(
    query: str, candidates: list[Candidate], *, exactly_one: bool
) -> Location | list[Location] | None:
    """Return what a geocoder answers for `query`: a Location, a list of them, or None.

    Raises:
        Ambiguous: exactly one was asked for, several fit and none dominates (see `choose`).
    """
    if not candidates:
        return None
    if exactly_one:
        return _location(choose(query, candidates).candidate)
    return [_location(candidate) for candidate in candidates]


def _location(candidate: Candidate) -> Location:
    address = f"{candidate.name}, {candidate.country}" if candidate.country else candidate.name
    return Location(address, candidate.point, candidate)
