"""The places table against the two texts and against itself.

`mentions.csv` lists every naming of a place in reading order, and in square brackets the
places that a text puts him in without naming them. The table must answer each of them.
"""

import csv
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from geo.dates import EdtfDate, parse
from geo.description import read_description

DATA = Path(__file__).parents[2] / "data"
TEXTS = {text.key: text for text in read_description(DATA / "journey.toml").texts}
COLUMNS = [
    "id", "place", "modern_name", "country", "kind", "role", "phase", "arrived", "departed",
    "title", "story", "texts", "claim", "sources", "latitude", "longitude", "located_by",
    "by",
    "conveyance",
    "via",
]  # fmt: skip
PHASES = ["youth", "prison and exile", "emigration", "revolution and power", "last exile"]
ROUTE_ROLES = {"stop", "passed-through", "expelled"}
ROLES = ROUTE_ROLES | {"unreached", "acted-from-afar", "mentioned"}
AREA_KINDS = {"region", "country", "sea"}
KINDS = AREA_KINDS | {"site", "settlement", "island"}
BORN, DIED = date(1879, 11, 7), date(1940, 8, 21)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


PLACES = read(DATA / "places.csv")
BY_ID = {place["id"]: place for place in PLACES}
MENTIONS = read(Path(__file__).with_name("mentions.csv"))
ROUTE = [place for place in PLACES if place["role"] in ROUTE_ROLES]
POINTS = [place for place in ROUTE if place["kind"] not in AREA_KINDS]
AREAS = [place for place in ROUTE if place["kind"] in AREA_KINDS]


def references(place: dict[str, str]) -> list[tuple[str, int]]:
    """The (text, paragraph) pairs of a row's `texts` cell."""
    cells = [cell.split(":") for cell in place["texts"].split("; ") if cell]
    return [(text, int(paragraph)) for text, paragraph in cells]


def span(place: dict[str, str]) -> tuple[EdtfDate, EdtfDate]:
    return parse(place["arrived"]), parse(place["departed"])


def mentioned_pairs() -> set[tuple[str, str, int]]:
    return {
        (row, mention["text"], int(mention["paragraph"]))
        for mention in MENTIONS
        for row in mention["rows"].split()
    }


def test_the_header_is_the_documented_one():
    assert list(PLACES[0]) == COLUMNS


def test_ids_are_unique_and_well_formed():
    assert len(BY_ID) == len(PLACES)
    assert [name for name in BY_ID if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_cells_hold_only_what_their_columns_allow():
    for place in PLACES:
        assert place["place"] and place["title"] and place["story"], place["id"]
        assert place["kind"] in KINDS, place["id"]
        assert place["role"] in ROLES, place["id"]
        assert re.fullmatch(r"([A-Z]{2})?", place["country"]), place["id"]
        assert place["modern_name"] != place["place"], place["id"]


@pytest.mark.parametrize("mention", MENTIONS, ids=lambda m: f"{m['text']}:{m['paragraph']}")
def test_every_naming_is_answered_by_rows_that_refer_to_it(mention):
    rows = mention["rows"].split()
    assert rows and mention["named"]
    for row in rows:
        assert (mention["text"], int(mention["paragraph"])) in references(BY_ID[row]), row


def test_every_reference_is_backed_by_a_naming():
    referred = {(place["id"], *pair) for place in PLACES for pair in references(place)}
    assert referred == mentioned_pairs()


def test_references_stay_inside_the_texts():
    for place in PLACES:
        for text, paragraph in references(place):
            assert 1 <= paragraph <= TEXTS[text].paragraphs, place["id"]


def test_references_are_in_the_order_of_the_texts():
    order = list(TEXTS)
    for place in PLACES:
        keys = [(order.index(text), paragraph) for text, paragraph in references(place)]
        assert keys == sorted(set(keys)), place["id"]


def test_namings_are_in_reading_order():
    order = list(TEXTS)
    keys = [(order.index(mention["text"]), int(mention["paragraph"])) for mention in MENTIONS]
    assert keys == sorted(keys)


def test_what_lies_off_the_route_is_named_by_a_text():
    assert [place["id"] for place in PLACES if place not in ROUTE and not place["texts"]] == []


def test_a_claim_names_the_paragraphs_it_contradicts():
    for place in PLACES:
        named = re.findall(r"\b(Addison|Choonara) ¶(\d+(?: and \d+)*)", place["claim"])
        for text, numbers in named:
            for number in re.findall(r"\d+", numbers):
                assert (text.lower(), int(number)) in references(place), place["id"]
        assert not place["claim"] or re.match(r"(Addison|Choonara) ¶\d+", place["claim"])


def test_the_route_comes_first_and_in_order_of_arrival():
    assert PLACES[: len(ROUTE)] == ROUTE
    arrivals = [span(place)[0].earliest for place in ROUTE]
    assert arrivals == sorted(arrivals)


@pytest.mark.parametrize(("place", "after"), list(pairwise(POINTS)), ids=lambda place: place["id"])
def test_one_stay_ends_before_the_next_begins(place, after):
    _, departed = span(place)
    arrived, _ = span(after)
    assert departed.earliest <= arrived.latest
    if departed.exact and arrived.exact:
        assert departed.latest <= arrived.earliest


def test_every_stay_on_the_route_is_dated_inside_the_life():
    for place in ROUTE:
        arrived, departed = span(place)
        assert BORN.year <= arrived.earliest.year, place["id"]
        assert arrived.earliest <= departed.latest, place["id"]
        assert departed.earliest <= DIED, place["id"]
        if arrived.exact:
            assert BORN <= arrived.earliest <= DIED, place["id"]


def test_the_journey_runs_from_birth_to_death():
    assert span(POINTS[0])[0].earliest == BORN
    assert span(POINTS[-1])[1].latest == DIED


def test_the_dates_of_the_route_rest_on_sources():
    assert [place["id"] for place in ROUTE if not place["sources"]] == []
    for place in PLACES:
        for source in filter(None, place["sources"].split("; ")):
            assert re.fullmatch(r"[^<>;]+( <https?://[^<>; ]+>)?", source), place["id"]


SHARED = re.compile(  # scans that somebody shared, and machines that copy pages
    r"yumpu|scribd|vdoc|dokumen|epdf|issuu|paperzz|bibliboba|hotlib|loveread|libking|rulit|chitka"
    r"|readfree|fb2|litmir|knig|whosread|trantor|wenovel|wiki7|perceptio|wikirouge|blogspot|wordpress"
)
ON_WIKIPEDIA = re.compile(r"<https://en\.wikipedia\.org/|^Wikipedia")


def test_no_source_is_a_shared_scan_or_a_mirror():
    assert [place["id"] for place in PLACES if SHARED.search(place["sources"])] == []


def test_wikipedia_never_comes_first():
    firsts = {place["id"]: place["sources"].split("; ")[0] for place in PLACES}
    assert [name for name, source in firsts.items() if ON_WIKIPEDIA.search(source)] == []


def test_phases_are_the_five_in_order_of_first_use():
    used = list(dict.fromkeys(place["phase"] for place in POINTS))
    assert used == PHASES
    assert {place["phase"] for place in PLACES} <= {*PHASES, ""}


def test_an_area_holds_only_stays_in_its_own_country():
    """But for Russia, whose empire and union reached beyond the country of today."""
    for area in AREAS:
        begins, ends = span(area)
        inside = {
            place["country"]
            for place in POINTS
            if span(place)[0].earliest >= begins.latest and span(place)[1].latest <= ends.earliest
        }
        if area["country"] not in ("RU", ""):
            assert inside <= {area["country"]}, area["id"]


@pytest.mark.parametrize("copied", ["latitude", "longitude", "located_by"])
def test_location_cells_are_filled_together(copied):
    for place in PLACES:
        assert bool(place[copied]) == bool(place["located_by"]), place["id"]
