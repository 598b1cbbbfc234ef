"""The statuses of a state: one table of them, known to the layer, its documentation and the map."""

import json
import re
from pathlib import Path

import pytest

from geo.borders.polities import State
from geo.borders.status import STATUSES, statuses_for_page

ROOT = Path(__file__).resolve().parents[2]
LAYER = ROOT / "geo" / "data" / "polities.json"
TABLE = ROOT / "geo" / "borders" / "status.py"
# Two of these in one source are a list of statuses; the others are words of every day.
TELLING = {"autonomous", "vassal", "protectorate", "colony", "mandate", "leased"}


def test_every_status_of_the_layer_is_in_the_table():
    polities = json.loads(LAYER.read_text(encoding="utf-8"))["polities"]
    assert {span[2] for polity in polities for span in polity["spans"]} == STATUSES.keys()


def test_the_documentation_tells_each_status_and_how_it_is_drawn():
    page = (ROOT / "docs" / "borders.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| .+ \| (plain|dependent|occupied|contested) \|$", page, re.M)
    drawn = {name: status.drawn for name, status in STATUSES.items()}
    assert dict(told) == {name: how.replace("sovereign", "plain") for name, how in drawn.items()}


@pytest.mark.parametrize("kind", ["py", "ts"])
def test_no_other_source_has_a_list_of_them(kind):
    sources = [
        file
        for top in ("geo", "page", "tools")
        for file in (ROOT / top).rglob(f"*.{kind}")
        if "test" not in file.parts
    ]
    assert sources
    lists = {
        str(file.relative_to(ROOT)): named
        for file in sources
        if file != TABLE and len(named := words_of(file) & TELLING) > 1
    }
    assert lists == {}


def words_of(file):
    return set(re.findall(r"\w+", file.read_text(encoding="utf-8").lower()))


@pytest.mark.parametrize(
    ("polity", "status", "under", "words"),
    [
        ("France", "sovereign", None, "France"),
        ("Lebanon", "mandate", "France", "Lebanon, mandate of France"),
        ("Libya", "colony", "Italy", "Libya, colony of Italy"),
        ("Bulgaria", "vassal", "Ottoman Empire", "Bulgaria, tributary to Ottoman Empire"),
        ("Constantinople", "occupied", None, "Constantinople, occupied"),
        ("Luxembourg", "union", "Netherlands", "Luxembourg, in union with Netherlands"),
        ("Sweden–Norway", "union", None, "Sweden–Norway"),
        ("Central Lithuania", "contested", None, "Central Lithuania, contested"),
        ("Contested in the civil war", "contested", None, "Contested in the civil war"),
    ],
)
def test_a_state_is_told_with_what_it_was(polity, status, under, words):
    assert State(polity, status, under, "source").in_words() == words


def test_the_page_gets_the_same_table_as_plain_data():
    told = json.loads(json.dumps(statuses_for_page()))
    assert told["mandate"] == {"alone": "mandate", "under": "mandate of", "drawn": "dependent"}
    assert told.keys() == STATUSES.keys()
