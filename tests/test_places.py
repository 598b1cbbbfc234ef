"""Typed rows from a table, and what is said about those that are none."""

from geo.places import read_places


def test_a_good_row_becomes_a_place():
    table = read_places(b"id,place,arrived\nyanovka,Yanovka,1879-11-07\n")
    assert table.problems == ()
    (place,) = table.require()
    assert (place.id, place.place, place.role, place.kind) == (
        "yanovka",
        "Yanovka",
        "stop",
        "settlement",
    )
