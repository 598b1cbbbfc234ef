"""The borders of the time: dated facts, areas against cited figures, and a layer without faults."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.borders.polities import FIRST, LAST, Layer, state_at
from geo.dates import parse
from geo.topojson import decode, shape
from tools.cells import Selector, cut_units
from tools.polity_table import TOOLS, Land, Span, TableError, read_lands, read_spans
from tools.timelines import cell_timelines, check_named, naming_spans
from tools.tints import TooFewTints, colour
from tools.units import Unit

ROOT = Path(__file__).resolve().parents[2]
LAYER = ROOT / "geo" / "data" / "polities.json"
EARTH_KM = 6371.0072  # radius of the sphere with the Earth's surface


@pytest.fixture(scope="module")
def layer():
    return json.loads(LAYER.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def atoms(layer):
    arcs = decode(layer)
    found = layer["objects"]["atoms"]["geometries"]
    return np.array([shape(geometry, arcs) for geometry in found])


@pytest.fixture(scope="module")
def holders(layer):
    """Return a function from a day to the key of the polity that holds each atom, or None."""
    histories = [g["properties"]["t"] for g in layer["objects"]["atoms"]["geometries"]]

    def on(day):
        number = (day - date(1970, 1, 1)).days
        now = [[e for e in entries if e[0] <= number][-1][1] for entries in layer["timelines"]]
        keys = [None if held is None else layer["polities"][held]["key"] for held in now]
        return [None if history is None else keys[history] for history in histories]

    return on


# --- facts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "lat", "lon", "day", "polity", "status"),
    [
        ("Lemberg", 49.84, 24.03, "1900-01-01", "Austria-Hungary", "sovereign"),
        ("Lwów", 49.84, 24.03, "1925-01-01", "Poland", "sovereign"),
        ("Lvov", 49.84, 24.03, "1940-01-01", "USSR", "sovereign"),
        ("Vilna", 54.69, 25.28, "1914-01-01", "Russian Empire", "sovereign"),
        ("Vilna", 54.69, 25.28, "1921-06-01", "Central Lithuania", "contested"),
        ("Wilno", 54.69, 25.28, "1939-06-01", "Poland", "sovereign"),
        ("Vilnius", 54.69, 25.28, "1939-12-01", "Lithuania", "sovereign"),
        ("Kars", 40.6, 43.1, "1900-01-01", "Russian Empire", "sovereign"),
        ("Kars", 40.6, 43.1, "1922-06-01", "Turkey (Grand National Assembly)", "sovereign"),
        ("Strassburg", 48.58, 7.75, "1910-01-01", "German Empire", "sovereign"),
        ("Strasbourg", 48.58, 7.75, "1920-01-01", "France", "sovereign"),
        ("Kishinev", 47.01, 28.86, "1913-01-01", "Russian Empire", "sovereign"),
        ("Chişinău", 47.01, 28.86, "1925-01-01", "Romania", "sovereign"),
        ("Trieste", 45.65, 13.77, "1914-01-01", "Austria-Hungary", "sovereign"),
        ("Trieste", 45.65, 13.77, "1920-01-01", "Italy", "sovereign"),
        ("Petsamo", 69.55, 31.2, "1919-01-01", "RSFSR", "sovereign"),
        ("Petsamo", 69.55, 31.2, "1925-01-01", "Finland", "sovereign"),
        ("Viipuri", 60.71, 28.75, "1910-01-01", "Grand Duchy of Finland", "autonomous"),
        ("Viipuri", 60.71, 28.75, "1930-01-01", "Finland", "sovereign"),
        ("Viborg", 60.71, 28.75, "1940-06-01", "USSR", "sovereign"),
        ("Brest-Litovsk", 52.1, 23.7, "1914-01-01", "Russian Empire", "sovereign"),
        ("Brest-Litovsk", 52.1, 23.7, "1918-01-09", "German-occupied East", "occupied"),
        ("Brześć", 52.1, 23.7, "1925-01-01", "Poland", "sovereign"),
        ("Büyükada", 40.86, 29.12, "1929-05-01", "Turkey", "sovereign"),
        ("Sarajevo", 43.85, 18.4, "1900-01-01", "Bosnia and Herzegovina", "occupied"),
        ("Sarajevo", 43.85, 18.4, "1910-01-01", "Austria-Hungary", "sovereign"),
        ("Sofia", 42.7, 23.32, "1908-10-04", "Bulgaria", "vassal"),
        ("Sofia", 42.7, 23.32, "1908-10-05", "Bulgaria", "sovereign"),
        ("Plovdiv", 42.15, 24.75, "1885-09-17", "Eastern Rumelia", "autonomous"),
        ("Plovdiv", 42.15, 24.75, "1885-09-18", "Bulgaria", "vassal"),
        ("Christiania", 59.91, 10.75, "1905-06-06", "Sweden–Norway", "union"),
        ("Christiania", 59.91, 10.75, "1905-06-07", "Norway", "sovereign"),
        ("Petrograd", 59.94, 30.31, "1917-05-17", "Russia (Provisional Government)", "sovereign"),
        ("Petrograd", 59.94, 30.31, "1917-09-15", "Russian Republic", "sovereign"),
        ("Moscow", 55.75, 37.6, "1922-12-29", "RSFSR", "sovereign"),
        ("Moscow", 55.75, 37.6, "1922-12-30", "USSR", "sovereign"),
        ("Riga", 56.95, 24.1, "1918-04-01", "Lands given up at Brest-Litovsk", "occupied"),
        ("Dvinsk", 55.87, 26.52, "1918-04-01", "Soviet Russia behind the German lines", "occupied"),
        ("Kiev", 50.45, 30.5, "1919-06-01", "Contested in the civil war", "contested"),
        ("Danzig", 54.35, 18.65, "1930-01-01", "Free City of Danzig", "international"),
        ("Saarbrücken", 49.23, 7.0, "1934-01-01", "Saar Territory", "international"),
        ("Memel", 55.7, 21.15, "1921-01-01", "Memel Territory", "international"),
        ("Memel", 55.7, 21.15, "1939-03-23", "Germany", "sovereign"),
        ("Cairo", 30.05, 31.25, "1914-12-17", "Egypt", "vassal"),
        ("Cairo", 30.05, 31.25, "1914-12-18", "Egypt", "protectorate"),
        ("Nicosia", 35.17, 33.36, "1900-01-01", "Cyprus", "leased"),
        ("Antioch", 36.2, 36.16, "1939-01-01", "Hatay", "autonomous"),
        ("Belgrade", 44.82, 20.46, "1928-01-01", "Kingdom of Serbs, Croats and Slovenes",
         "sovereign"),
        ("Belgrade", 44.82, 20.46, "1930-01-01", "Yugoslavia", "sovereign"),
        ("Karlsbad", 50.23, 12.87, "1939-01-01", "Germany", "sovereign"),
        ("Pilsen", 49.75, 13.38, "1939-01-01", "Czechoslovakia", "sovereign"),
        ("Kaschau", 48.72, 21.26, "1939-01-01", "Hungary", "sovereign"),
        ("Bordeaux", 44.84, -0.58, "1940-08-01", "Occupied France", "occupied"),
        ("Lyon", 45.76, 4.84, "1940-08-01", "France (Vichy)", "sovereign"),
        ("Tehran", 35.7, 51.4, "1935-01-01", "Persia", "sovereign"),
        ("Havana", 23.1, -82.4, "1901-01-01", "Cuba", "occupied"),
        ("Halifax", 44.65, -63.57, "1917-03-30", "Canada", "dominion"),
        ("St John's", 47.56, -52.71, "1917-03-30", "Newfoundland", "dominion"),
        # Beside a cut through a modern province.
        ("Jaworzno", 50.205, 19.275, "1900-01-01", "Austria-Hungary", "sovereign"),
        ("Zaklików", 50.758, 22.102, "1900-01-01", "Russian Empire", "sovereign"),
        ("Ribe", 55.331, 8.77, "1900-01-01", "Denmark", "sovereign"),
        ("Gorna Dzhumaya", 42.015, 23.098, "1900-01-01", "Ottoman Empire", "sovereign"),
        ("Valandovo", 41.318, 22.563, "1914-01-01", "Serbia", "sovereign"),
        ("Suojärvi", 62.088, 32.373, "1925-01-01", "Finland", "sovereign"),
        ("Alakurtti", 66.967, 30.349, "1925-01-01", "Finland", "sovereign"),
        ("Knurów", 50.22, 18.651, "1925-01-01", "Poland", "sovereign"),
        ("Flatow", 53.363, 17.041, "1925-01-01", "Germany", "sovereign"),
        ("Podbrdo", 46.21, 13.964, "1925-01-01", "Italy", "sovereign"),
        ("Galanta", 48.19, 17.727, "1939-01-01", "Hungary", "sovereign"),
        ("Senec", 48.22, 17.4, "1939-01-01", "Hungary", "sovereign"),
        ("Ostrołęka", 53.086, 21.576, "1940-01-01", "Germany", "sovereign"),
        ("Gex", 46.333, 6.058, "1940-08-01", "Occupied France", "occupied"),
        # On the days before and after a change.
        ("Kabul", 34.528, 69.172, "1879-01-15", "Afghanistan", "sovereign"),
        ("Kabul", 34.528, 69.172, "1879-05-26", "Afghanistan", "protectorate"),
        ("Hofuf", 25.365, 49.588, "1913-05-05", "Ottoman Empire", "sovereign"),
        ("Hofuf", 25.365, 49.588, "1913-05-06", "No state’s land", "contested"),
        ("Novorossiysk", 44.732, 37.762, "1920-03-26", "Contested in the civil war", "contested"),
        ("Novorossiysk", 44.732, 37.762, "1920-03-27", "RSFSR", "sovereign"),
        ("Tehran", 35.694, 51.422, "1935-03-20", "Persia", "sovereign"),
        ("Tehran", 35.694, 51.422, "1935-03-21", "Iran", "sovereign"),
        ("Karviná", 49.854, 18.542, "1938-10-01", "Czechoslovakia", "sovereign"),
        ("Karviná", 49.854, 18.542, "1938-10-02", "Poland", "sovereign"),
        ("Karviná", 49.854, 18.542, "1939-10-25", "Poland", "occupied"),
        ("Karviná", 49.854, 18.542, "1939-10-26", "Germany", "sovereign"),
    ],
)  # fmt: skip
def test_a_place_lay_in_its_state(place, lat, lon, day, polity, status):
    found = state_at(lat, lon, date.fromisoformat(day))
    assert (found.polity, found.status) == (polity, status), place
    assert found.source


def test_dependence_is_named():
    assert state_at(60.17, 24.94, date(1907, 4, 1)).under == "Russian Empire"
    assert state_at(60.17, 24.94, date(1925, 4, 1)).under is None
    # Teschen was held with the rest of Poland under military rule before it was annexed.
    assert state_at(49.854, 18.542, date(1939, 10, 1)).under == "Germany"


@pytest.mark.parametrize(
    ("where", "lat", "lon"),
    [("Wadai", 13.83, 20.83), ("the Atlantic", 40, -40), ("the pole", 90, 0)],
)
def test_elsewhere_no_claim_is_made(where, lat, lon):
    assert state_at(lat, lon, date(1900, 1, 1)) is None, where


def test_a_claim_may_begin_late():
    assert state_at(13.83, 20.83, date(1900, 4, 21)) is None
    assert state_at(13.83, 20.83, date(1911, 1, 1)).polity == "French Equatorial Africa"


def test_outside_the_time_no_claim_is_made():
    assert state_at(55.75, 37.6, FIRST - timedelta(1)) is None
    assert state_at(55.75, 37.6, LAST + timedelta(1)) is None


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (0, 181), (float("nan"), 0)])
def test_a_point_off_the_earth_is_refused(lat, lon):
    with pytest.raises(ValueError, match="not a latitude"):
        state_at(lat, lon, date(1900, 1, 1))


def test_every_stop_of_the_journey_has_a_state_on_its_days():
    with (ROOT / "data" / "places.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["arrived"] and row["latitude"]]
    stops = [row for row in rows if row["role"] in ("stop", "passed-through", "expelled")]
    assert len(stops) > 100
    for row in stops:
        for day in (parse(row["arrived"]).earliest, parse(row["departed"]).latest):
            found = state_at(float(row["latitude"]), float(row["longitude"]), day)
            assert found is not None, (row["id"], day)


# --- areas -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "day", "cited", "source"),
    [
        ("austria-hungary", "1912-01-01", 676_060, "vhu.cz, Central Powers in 1914"),
        ("germany", "1910-01-01", 540_858, "Wikimedia Commons, German Empire (1910)"),
        ("france", "1910-01-01", 536_464, "Story of the Great War, vol. I: 207,129 sq. miles"),
        ("poland", "1925-01-01", 388_634, "Second Polish Republic (1921)"),
        ("romania", "1925-01-01", 295_049, "Archives Portal Europe, Borders of Greater Romania"),
        ("hungary", "1925-01-01", 93_073, "Treaty of Trianon"),
        ("czechoslovakia", "1925-01-01", 140_800, "First Czechoslovak Republic"),
        ("yugoslavia", "1930-01-01", 247_542, "Kingdom of Yugoslavia"),
        ("bohemia-moravia", "1940-01-01", 49_363, "Protectorate of Bohemia and Moravia"),
        ("finland", "1910-01-01", 377_426, "Finnland im Anfang des 20. Jahrhunderts (1901–07)"),
        ("eastern-rumelia", "1880-01-01", 35_208, "Bulgarian News Agency, 6 September 2022"),
        ("danzig", "1928-01-01", 1_952, "Free City of Danzig (1928)"),
        ("memel", "1921-01-01", 2_657, "Klaipėda Region"),
        ("saar", "1925-01-01", 1_912, "Saar area (German Wikipedia)"),
    ],
)
def test_a_state_is_as_large_as_it_was(atoms, holders, key, day, cited, source):
    held = np.array([holder == key for holder in holders(date.fromisoformat(day))])
    assert shapely.area(equal_area(atoms[held])).sum() == pytest.approx(cited, rel=0.03), source


def equal_area(lands):
    """Lambert's cylindrical projection: square kilometres on the sphere."""
    return shapely.transform(
        lands,
        lambda p: EARTH_KM * np.column_stack([np.radians(p[:, 0]), np.sin(np.radians(p[:, 1]))]),
    )


# --- the layer -------------------------------------------------------------------------------


def arcs_in(item):
    if isinstance(item, int):
        yield item
    elif isinstance(item, list):
        for inner in item:
            yield from arcs_in(inner)
    elif isinstance(item, dict):
        yield from arcs_in(item.get("geometries", item.get("arcs", [])))


def test_atoms_are_valid_and_neither_overlap_nor_gape(atoms):
    assert shapely.is_valid(atoms).all()
    assert shapely.coverage_is_valid(atoms)


def test_the_modern_countries_are_whole(layer):
    countries = {g["properties"]["a3"] for g in layer["objects"]["atoms"]["geometries"]}
    basemap = json.loads((ROOT / "geo" / "data" / "basemap.json").read_text(encoding="utf-8"))
    drawn = {g["properties"]["a3"] for g in basemap["objects"]["countries"]["geometries"]}
    assert countries == drawn


def test_every_border_is_stored_once(layer):
    seen = set()
    for line in decode(layer):
        arc = tuple(map(tuple, line.tolist()))
        assert arc not in seen and arc[::-1] not in seen
        seen.add(arc)


@pytest.mark.parametrize("index", range(40))
def test_on_any_day_every_claimed_atom_has_one_named_holder(layer, index):
    day = FIRST + (LAST - FIRST) * index / 39
    number = (day - date(1970, 1, 1)).days
    for entries in layer["timelines"]:
        days = [entry[0] for entry in entries]
        assert days == sorted(set(days)) and days[0] == (FIRST - date(1970, 1, 1)).days
        _, polity, source = [entry for entry in entries if entry[0] <= number][-1]
        assert layer["sources"][source]
        if polity is not None:
            assert layer["polities"][polity]["spans"][0][0] <= number


def test_great_powers_rank_before_the_others(layer):
    def first(year):
        number = (date(year, 6, 1) - date(1970, 1, 1)).days
        now = [[s for s in p["spans"] if s[0] <= number][-1:] for p in layer["polities"]]
        return {span[0][1] for span in now if span and span[0][5] == 1}

    common = {"United Kingdom", "France", "Italy", "Japan", "United States"}
    assert first(1914) == common | {
        "German Empire", "Austria-Hungary", "Russian Empire", "Ottoman Empire",
    }  # fmt: skip
    # Austria-Hungary's name outlives it, but holds no land any more.
    assert first(1930) - {"Austria-Hungary"} == common | {"Germany", "USSR"}
    assert {span[5] for p in layer["polities"] for span in p["spans"]} == {1, 2, 3}


def test_long_names_have_short_ones(layer):
    shorts = {s[1]: s[6] for p in layer["polities"] for s in p["spans"]}
    assert shorts["Kingdom of Serbs, Croats and Slovenes"] == "S.H.S."
    assert shorts["Russian Empire"] == "Russia"
    assert shorts["United Kingdom"] == "U.K."
    assert shorts["Belgium"] == ""
    assert all(len(short) < len(called) for called, short in shorts.items())


def test_neighbours_never_wear_the_same_tint(layer, holders):
    tints = {polity["key"]: polity["tint"] for polity in layer["polities"]}
    sides = {}
    for i, atom in enumerate(layer["objects"]["atoms"]["geometries"]):
        for arc in arcs_in(atom):
            sides.setdefault(abs(arc + 0.5), []).append(i)
    pairs = {tuple(both) for both in sides.values() if len(both) == 2}
    for year in range(1879, 1941):
        held = holders(date(year, 7, 1))
        for one, other in pairs:
            left, right = held[one], held[other]
            if left and right and left != right and tints[left] and tints[right]:
                assert tints[left] != tints[right], (year, left, right)


def test_names_lie_on_their_state(layer, atoms, holders):
    for year in (1879, 1900, 1914, 1918, 1925, 1938, 1940):
        day = date(year, 6, 1)
        number = (day - date(1970, 1, 1)).days
        held = holders(day)
        for polity in layer["polities"]:
            land = atoms[[holder == polity["key"] for holder in held]]
            label = [box for box in polity["labels"] if box[0] <= number][-1:]
            if len(land) and label and label[0][1] is not None:  # an islet left out has no name
                lat, lon = label[0][1:3]
                assert shapely.intersects_xy(land, lon, lat).any(), (year, polity["key"])


# --- the tables ------------------------------------------------------------------------------


def square(a3, iso, west):
    return Unit(a3, iso, None, iso, a3, shapely.box(west, 0, west + 1, 1))


WHOLE = Land("whole", "AAA", None, None)
WEST = Land("west", "AAA", shapely.box(-1, -1, 0.5, 2), 5.0)


def span(polity, start, end, members, name="", line=2):
    days = date.fromisoformat(start), date.fromisoformat(end)
    status = "sovereign" if name else ""
    return Span(line, polity, name, status, "", *days, members, "event; citation")


def selector(lands):
    return Selector(cut_units([square("AAA", "A-1", 0), square("AAA", "A-2", 1)], lands), lands)


def test_a_cut_parts_a_province_and_only_that():
    found = selector({"west": WEST})
    assert len(found.cells) == 3
    cut = found.select("@west")
    assert shapely.area([found.cells[i].geometry for i in cut]).sum() == pytest.approx(0.5)
    assert found.select("AAA -@west") | cut == found.select("AAA")
    assert found.select("AAA &A-2") == found.select("A-2")
    assert shapely.coverage_is_valid(np.array([cell.geometry for cell in found.cells]))


@pytest.mark.parametrize("members", ["BBB", "@nowhere", "A-1 -A-3"])
def test_a_member_that_matches_nothing_fails(members):
    with pytest.raises(TableError):
        selector({"whole": WHOLE}).select(members)


def test_land_held_twice_or_by_nobody_fails():
    whole = span("one", "1879-01-01", "1940-12-31", "AAA")
    with pytest.raises(TableError, match="held twice from 1900-01-01 to 1940-12-31"):
        cell_timelines([whole, span("two", "1900-01-01", "1940-12-31", "A-2")], selector({}))
    with pytest.raises(TableError, match="held by nobody from 1900-01-01 to 1900-01-01"):
        cell_timelines(
            [
                span("one", "1879-01-01", "1899-12-31", "AAA"),
                span("two", "1900-01-02", "1940-12-31", "AAA"),
            ],
            selector({}),
        )


def test_a_polity_must_have_one_name_on_every_day_it_holds_land():
    held = (span("one", "1879-01-01", "1940-12-31", "AAA"),)
    named = [span("one", "1879-01-01", "1920-12-31", "", "One")]
    with pytest.raises(TableError, match="1921-01-01"):
        check_named([held], naming_spans(named))
    with pytest.raises(TableError, match="named twice"):
        naming_spans([*named, span("one", "1900-01-01", "1940-12-31", "", "Two")])


def test_an_unknown_polity_fails(tmp_path):
    table = tmp_path / "polities.csv"
    table.write_text(
        "polity,name,short,rank,status,under,from,to,members,event,citation\n"
        "one,One,,,sovereign,two,1879-01-01,1940-12-31,AAA,event,citation\n",
        encoding="utf-8",
    )
    with pytest.raises(TableError, match="'two'"):
        read_spans(table)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("one,One,Only,,sovereign,", "the short name is no shorter"),
        ("one,One,,4,sovereign,", "'4' is no rank"),
        ("one,,O,,,", "a short name or a rank, and no name"),
        ("-,None,,,sovereign,", "land without a claim has no name"),
    ],
)
def test_a_name_that_cannot_be_is_refused(tmp_path, row, told):
    table = tmp_path / "polities.csv"
    table.write_text(
        "polity,name,short,rank,status,under,from,to,members,event,citation\n"
        f"{row},1879-01-01,1940-12-31,AAA,event,citation\n",
        encoding="utf-8",
    )
    with pytest.raises(TableError, match=told):
        read_spans(table)


def test_land_without_a_claim_needs_no_name():
    held = (span("-", "1879-01-01", "1899-12-31", "AAA"),)
    check_named([held], {})


def test_six_tints_may_not_be_enough():
    everyone = {str(i): {str(j) for j in range(7) if j != i} for i in range(7)}
    with pytest.raises(TooFewTints):
        colour(everyone, {})


def test_the_tables_say_where_everything_comes_from():
    spans, lands = read_spans(), read_lands()
    assert all("; " in span.source for span in spans)
    assert all(land.accuracy_km for land in lands.values() if land.outline is not None)


def test_what_has_no_source_is_known():
    unsourced = [span for span in read_spans() if "unsourced" in span.source]
    # The north-east of Siberia in the civil war: of who held it in June 1918 nothing was found.
    expected = [("civil-war", date(1918, 6, 1), date(1922, 11, 14), "@north-east")]
    assert [(span.polity, span.start, span.end, span.members) for span in unsourced] == expected
    with (TOOLS / "lands.csv").open(encoding="utf-8", newline="") as lines:
        assert not [row["land"] for row in csv.DictReader(lines) if "unsourced" in row["source"]]


def test_a_layer_is_asked_without_the_file(layer):
    found = Layer(layer).state_at(55.75, 37.6, 0)
    assert found.polity == "USSR"
