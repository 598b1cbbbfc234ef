"""Places and descriptions made up for tests; what a test does not name is empty or plain."""

from itertools import count

from geo.dates import parse
from geo.description import Description, Text
from geo.place import Place

LINES = count(2)


def make_place(arrived: str = "", departed: str = "", **fields) -> Place:
    """A row with EDTF dates; `at=(lat, lon)` in decimal degrees puts it somewhere."""
    line = fields.pop("line", None) or next(LINES)
    latitude, longitude = fields.pop("at", (50.0, 10.0))
    plain = {
        "id": f"row-{line}",
        "place": f"Town {line}",
        "modern_name": "",
        "country": "",
        "kind": "settlement",
        "role": "stop",
        "phase": "youth",
        "title": "Lives there",
        "story": "He lives there.",
        "texts": (),
        "claim": "",
        "sources": (),
        "located_by": "hand: made up",
    }
    return Place(
        line=line,
        arrived=parse(arrived) if arrived else None,
        departed=parse(departed) if departed else None,
        latitude=latitude,
        longitude=longitude,
        **plain | fields,
    )


def make_description(**fields) -> Description:
    """A description with one text, `primer`, of nine paragraphs."""
    plain = {
        "title": "A Life",
        "subtitle": "in places",
        "texts": (Text("primer", "A. Author", "Primer", "Press", "1930", 9),),
        "captive_phases": ("prison",),
    }
    return Description(**plain | fields)
