"""What the page shows of a journey, taken from it once."""

from geo.dashboard.by_source import NO_PLACE
from geo.dashboard.shown import Shown
from geo.loading import load_journey

TABLE = """\
id,place,role,arrived,texts,latitude,longitude
paris,Paris,stop,1902-11,primer:2,48.85,2.35
wien,Wien,stop,1907,,,
madrid,Madrid,mentioned,,primer:1,40.4,
"""
DESCRIPTION = """\
title = "A life"
subtitle = "in places"
captive_phases = []

[[texts]]
key = "primer"
author = "A. Writer"
title = "A primer"
publication = "A paper"
date = "1950"
paragraphs = 3
"""


def test_it_holds_tables_days_and_all_that_is_wrong(tmp_path):
    places = tmp_path / "places.csv"
    places.write_text(TABLE)
    (tmp_path / "journey.toml").write_text(DESCRIPTION)
    loaded = load_journey(places)
    shown = Shown.of(loaded)
    assert (shown.name, shown.addresses.span) == ("places.csv", loaded.journey.span)
    assert list(shown.places.on(None)["Place"]) == ["Paris"]
    ((text, paragraphs),) = shown.by_source.texts
    assert text.author == "A. Writer"
    assert list(paragraphs.table["Place"]) == [NO_PLACE, "Paris", NO_PLACE]
    assert [problem.line for problem in shown.problems] == [4]
    assert [problem.line for problem in shown.unlocated] == [3]
