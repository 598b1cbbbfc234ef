"""Places near frontiers, each with the state that held it on a day and the source that says so."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from geo.borders.polities import state_at

TABLE = Path(__file__).with_name("frontier_places.csv")
with TABLE.open(encoding="utf-8", newline="") as lines:
    FACTS = list(csv.DictReader(lines))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['place']} {fact['day']}")
def test_a_place_near_a_frontier_lay_in_its_state(fact):
    spot = float(fact["latitude"]), float(fact["longitude"])
    found = state_at(*spot, date.fromisoformat(fact["day"]))
    assert found is not None and found.polity == fact["polity"], fact["source"]


def test_every_fact_has_an_address():
    assert len({fact["place"] for fact in FACTS}) > 100
    assert all("<http" in fact["source"] for fact in FACTS)
    assert max(Counter((f["place"], f["day"]) for f in FACTS).values()) == 1
